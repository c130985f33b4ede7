import { readFile } from 'node:fs/promises'
import { createNoopMeter } from '@opentelemetry/api'
import type { AccessKeysOptions } from '../../receivers/access_keys/config.ts'
import { convertActionTrailEvent } from '../alibaba/actiontrail/event.ts'
import { systemClock } from '../clock.ts'
import { formatFaults, formatPath } from '../config/fault.ts'
import { nearest } from '../config/nearest.ts'
import { describeCondition } from '../detection/condition.ts'
import { createDetection } from '../detection/detection.ts'
import { createEventView } from '../detection/event-view.ts'
import { parseRecordedEvents } from '../detection/recorded-events.ts'
import { missingSettings, type Rule, type RuleDefinition, settingsOf } from '../detection/rule.ts'
import { readRuleFiles } from '../detection/rule-files.ts'
import {
  allRules,
  describeTrigger,
  type SelectedRules,
  selectRules,
  withIdFaults,
} from '../detection/rule-selection.ts'
import { ReceiverError } from '../errors.ts'
import type { JsonObject } from '../lossless-json.ts'
import { createMemoryStore } from '../storage/memory.ts'
import { createLogger } from '../telemetry/logger.ts'
import { type CommandIo, exitCodes, styleFor } from './command-io.ts'
import { requireConfig } from './read-config.ts'
import { textTable } from './text-table.ts'

interface JsonFlag {
  readonly json: boolean
}

/** Which rules a command is about. */
export interface RuleSourceFlags extends JsonFlag {
  /** Rule files beside the built-in ones. */
  readonly rules: readonly string[]
}

const severityStyles = { info: 'gray', low: 'blue', medium: 'yellow', high: 'red', critical: 'redBright' } as const

/** `rules list`: every rule that is known, and which of them want for a setting. */
export function listRules(flags: RuleSourceFlags, io: CommandIo): number {
  const { known } = select(flags.rules)
  if (flags.json) {
    io.stdout.write(`${JSON.stringify(known.map(toJson), null, 2)}\n`)
    return exitCodes.done
  }
  const rows = known.map((rule) => [rule.id, rule.severity, rule.title, `${describeTrigger(rule)}${needOf(rule)}`])
  io.stdout.write(textTable([['RULE', 'SEVERITY', 'WHAT IT TELLS', 'FIRES AT'], ...rows]))
  return exitCodes.done
}

const needOf = (rule: RuleDefinition) => {
  const missing = missingSettings(rule)
  return missing.length === 0 ? '' : `; sleeps until ${missing.join(', ')} is set`
}

/**
 * `rules show ID`: all of one rule.
 * @throws {ReceiverError} USAGE for an id that nobody knows
 */
export function showRule(id: string, flags: RuleSourceFlags, io: CommandIo): number {
  const { known } = select(flags.rules)
  const rule = known.find((each) => each.id === id)
  if (rule === undefined) {
    const meant = nearest(
      id,
      known.map((each) => each.id),
    )
    const remedy = `${meant === undefined ? '' : `Did you mean ${meant}? `}\`rules list\` shows them all.`
    throw new ReceiverError('USAGE', `There is no rule "${id}"`, { remedy })
  }
  if (flags.json) {
    io.stdout.write(`${JSON.stringify(toJson(rule), null, 2)}\n`)
    return exitCodes.done
  }
  const style = styleFor(io.stdout, io.env)
  const section = (title: string, lines: readonly string[]) =>
    lines.length === 0 ? '' : `\n${style('bold', title)}\n${lines.map((line) => `  ${line}\n`).join('')}`
  const parameters = [...rule.parameters].map(([name, { description, default: value }]) => {
    const byDefault = value === undefined ? 'none: the rule sleeps until it is set' : JSON.stringify(value)
    return `${name}: ${description} (default ${byDefault})`
  })
  io.stdout.write(
    `${style('bold', rule.id)}: ${rule.title}\n\n${rule.description}\n` +
      section('Severity', [rule.severity]) +
      section('Condition', [describeCondition(rule.condition)]) +
      section('Fires at', [describeTrigger(rule)]) +
      section('Settings', [settingsOf(rule).join(', ')]) +
      section('Parameters', parameters) +
      section('References', rule.references) +
      section(
        'The same as a query',
        Object.entries(rule.queries).map(([backend, query]) => `${backend}: ${query}`),
      ),
  )
  return exitCodes.done
}

function toJson(rule: RuleDefinition): Record<string, unknown> {
  const { trigger, parameters, replacesBuiltIn: _, ...rest } = rule
  return {
    ...rest,
    fires_at: describeTrigger({ trigger }),
    settings: settingsOf(rule),
    missing_settings: missingSettings(rule),
    parameters: Object.fromEntries(parameters),
  }
}

export interface RuleTestFlags extends RuleSourceFlags {
  /** Rules and watch list of the configuration's receiver `alibabacloud_access_keys`; absent: all, untuned. */
  readonly config?: string | undefined
  readonly watch: readonly string[]
}

interface TestFinding {
  readonly time: string
  readonly event_id: string
  readonly event: string
  readonly rule: string
  readonly severity: Rule['severity']
  readonly title: string
  readonly uid: string
  /** What in the event, and how many of them. */
  readonly why: readonly string[]
}

/**
 * `rules test FILE…`: runs recorded events through the rules, in the order of the files, and tells which fired and why.
 * @throws {ReceiverError} USAGE for a file that cannot be read or holds no events
 */
export async function testRules(files: readonly string[], flags: RuleTestFlags, io: CommandIo): Promise<number> {
  const tested = await testedRules(flags, io)
  if ('exitCode' in tested) return tested.exitCode
  const { rules, watch } = tested
  const events = (await Promise.all(files.map(readEvents))).flat()
  const findings = await findingsOf(events, rules, watch)
  if (flags.json) {
    const result = { events: events.length, rules: rules.map(({ id }) => id), findings }
    io.stdout.write(`${JSON.stringify(result, null, 2)}\n`)
    return exitCodes.done
  }
  const style = styleFor(io.stdout, io.env)
  if (findings.length > 0) {
    const rows = findings.map(({ time, event, event_id: id, rule, severity, why }) => [
      time,
      event,
      id,
      severity,
      rule,
      why.join('; '),
    ])
    const lines = textTable([['TIME', 'EVENT', 'EVENT ID', 'SEVERITY', 'RULE', 'WHY'], ...rows]).split('\n')
    // Coloured after the columns are set, so that the codes count for no width.
    const coloured = lines.map((line, index) => {
      const severity = findings[index - 1]?.severity
      return severity === undefined
        ? line
        : line.replace(`  ${severity} `, `  ${style(severityStyles[severity], severity)} `)
    })
    io.stdout.write(`${coloured.join('\n')}\n`)
  }
  const fired = new Set(findings.map(({ rule }) => rule))
  const found = `${counted(findings.length, 'finding')} of ${counted(fired.size, 'rule')}`
  io.stdout.write(`${counted(events.length, 'event')}, ${found}; ${counted(rules.length, 'rule')} ran\n`)
  return exitCodes.done
}

const counted = (count: number, what: string) => `${count} ${what}${count === 1 ? '' : 's'}`

async function testedRules(
  flags: RuleTestFlags,
  io: CommandIo,
): Promise<{ rules: readonly Rule[]; watch: readonly string[] } | { exitCode: number }> {
  if (flags.config === undefined) return { rules: select(flags.rules).rules, watch: flags.watch }
  const loaded = await requireConfig({ config: flags.config, json: flags.json }, io)
  if ('exitCode' in loaded) return loaded
  const receiver = [...loaded.config.receivers.values()].find(({ type }) => type === 'alibabacloud_access_keys')
  if (receiver === undefined) {
    const remedy = 'Add one, or leave --config out to run all built-in rules as they are.'
    throw new ReceiverError('USAGE', `"${flags.config}" uses no receiver alibabacloud_access_keys`, { remedy })
  }
  const { detection } = receiver.options as AccessKeysOptions
  return { rules: detection.rules, watch: [...detection.watch, ...flags.watch] }
}

async function readEvents(path: string): Promise<JsonObject[]> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (cause) {
    throw new ReceiverError('USAGE', `Cannot read the events of "${path}"`, {
      cause,
      remedy: 'Give the path of a file.',
    })
  }
  try {
    return parseRecordedEvents(text)
  } catch (cause) {
    const remedy = 'Give ActionTrail events as JSON: one, a list, JSON lines, or a page of LookupEvents.'
    throw new ReceiverError('USAGE', `"${path}" holds no events`, { cause, remedy })
  }
}

async function findingsOf(
  events: readonly JsonObject[],
  rules: readonly Rule[],
  watch: readonly string[],
): Promise<TestFinding[]> {
  const detection = createDetection(
    { watch, watchSeverityNumber: 0, rules },
    {
      checkpoints: createMemoryStore().scope('test'),
      clock: systemClock,
      log: createLogger({ level: 'error', sinks: [], clock: systemClock }).log,
      meter: createNoopMeter(),
      receiver: 'test',
    },
  )
  await detection.load()
  const watched = new Set(watch)
  const byId = new Map(rules.map((rule) => [rule.id, rule]))
  return events.flatMap((event) => {
    const record = convertActionTrailEvent(event, { body: 'none', fallbackUnixNano: 0n })
    const view = createEventView(event, record, watched)
    return detection.examine(event, record).findings.flatMap(({ fields: { attributes } }): TestFinding[] => {
      const rule = byId.get(String(attributes['alibabacloud.finding.rule.id']))
      if (rule === undefined) return []
      const count = attributes['alibabacloud.finding.count']
      const group = attributes['alibabacloud.finding.group']
      return [
        {
          time: new Date(view.timeUnixMs).toISOString().replace('.000Z', 'Z'),
          event_id: record.eventId,
          event: [event['serviceName'], event['eventName'] ?? event['eventType']].filter(Boolean).join('.'),
          rule: rule.id,
          severity: rule.severity,
          title: rule.title,
          uid: String(attributes['log.record.uid']),
          why: [
            ...rule.condition.explain(view),
            ...(typeof count === 'number' && count > 1 ? [`${count} in the window`] : []),
            ...(Array.isArray(group) ? group.map(String) : []),
          ],
        },
      ]
    })
  })
}

/**
 * `rules validate FILE…`: everything that is wrong with rule files, with line and column.
 */
export function validateRules(files: readonly string[], flags: JsonFlag, io: CommandIo): number {
  const read = withIdFaults(files.flatMap(readRuleFiles))
  const bad = read.filter(({ faults }) => faults.length > 0)
  const count = read.reduce((sum, { rules }) => sum + rules.length, 0)
  if (flags.json) {
    const faults = bad.flatMap((file) => file.faults.map((fault) => ({ file: file.path, ...fault })))
    io.stdout.write(`${JSON.stringify({ valid: bad.length === 0, rules: count, faults }, null, 2)}\n`)
  } else if (bad.length === 0) io.stdout.write(`${counted(count, 'rule')} without a fault\n`)
  else {
    const style = styleFor(io.stderr, io.env)
    for (const { path, faults } of bad)
      io.stderr.write(`${formatFaults(path, faults, (text) => style('bold', text))}\n`)
  }
  return bad.length === 0 ? exitCodes.done : exitCodes.configInvalid
}

/** @throws {ReceiverError} CONFIG_INVALID with all that is wrong with the files */
function select(files: readonly string[]): SelectedRules {
  const selected = selectRules({ ...allRules, files })
  if (!('faults' in selected)) return selected
  const text = selected.faults.map(({ path, message }) => `${formatPath(path)} ${message}`).join('\n  ')
  throw new ReceiverError('CONFIG_INVALID', `The rule files have faults:\n  ${text}`, {
    remedy: '`rules validate FILE` shows them in full.',
  })
}
