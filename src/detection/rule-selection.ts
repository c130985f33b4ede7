import { formatDuration } from '../config/duration.ts'
import { type ConfigFault, formatPath } from '../config/fault.ts'
import { nearest } from '../config/nearest.ts'
import { missingSettings, type Rule, type RuleDefinition, tuneRule } from './rule.ts'
import { builtInRules, type RuleFile, readRuleFiles } from './rule-files.ts'

/** `rules:` of the configuration. */
export interface RuleSelectionOptions {
  /** Exactly these; absent: all that need no setting, or have what they need. */
  readonly enabled?: readonly string[] | undefined
  readonly disabled: readonly string[]
  /** Rule files of the user's own. */
  readonly files: readonly string[]
  /** By the id of the rule, then by the name of the setting. */
  readonly settings: Readonly<Record<string, Readonly<Record<string, unknown>>>>
}

export const allRules: RuleSelectionOptions = { disabled: [], files: [], settings: {} }

/** A fault of the selection; `path` from `rules:` on. */
export interface SelectionFault {
  readonly path: readonly (string | number)[]
  readonly message: string
  readonly allowed?: readonly string[] | string
}

export interface SelectedRules {
  /** Every rule that is known, the user's own in place of built-in ones with the same id. */
  readonly known: readonly RuleDefinition[]
  /** Those that run. */
  readonly rules: readonly Rule[]
}

/** Finds, checks and tunes the rules that a configuration asks for. Reads the user's rule files. */
export function selectRules(
  options: RuleSelectionOptions,
  readFiles: (pattern: string) => RuleFile[] = readRuleFiles,
): SelectedRules | { faults: SelectionFault[] } {
  const faults: SelectionFault[] = []
  const known = new Map(builtInRules().map((rule) => [rule.id, rule]))
  const own = new Set<string>()
  for (const [index, pattern] of options.files.entries()) {
    for (const file of readFiles(pattern)) {
      for (const fault of file.faults) {
        faults.push({ path: ['files', index], message: `has a fault: ${onOneLine(file.path, fault)}` })
      }
      for (const rule of file.rules) {
        const problem = idFault(rule, known.has(rule.id), own.has(rule.id))
        if (problem !== undefined)
          faults.push({ path: ['files', index], message: `${file.path}: rule ${rule.id} ${problem}` })
        own.add(rule.id)
        known.set(rule.id, rule)
      }
    }
  }
  const ids = [...known.keys()]
  const refuseUnknown = (id: string, path: readonly (string | number)[]) => {
    if (!known.has(id)) faults.push({ path, message: 'is no rule that is known', allowed: hintFor(id, ids) })
  }
  for (const [index, id] of (options.enabled ?? []).entries()) refuseUnknown(id, ['enabled', index])
  for (const [index, id] of options.disabled.entries()) refuseUnknown(id, ['disabled', index])
  for (const id of Object.keys(options.settings)) refuseUnknown(id, ['settings', id])

  const disabled = new Set(options.disabled)
  const enabled = options.enabled === undefined ? undefined : new Set(options.enabled)
  const rules: Rule[] = []
  for (const definition of known.values()) {
    const { id } = definition
    const settings = options.settings[id]
    const tuned = tuneRule(definition, settings)
    if ('faults' in tuned) {
      for (const { setting, message, allowed } of tuned.faults) {
        const path = setting === '' ? ['settings', id] : ['settings', id, setting]
        faults.push({ path, message, ...(allowed === undefined ? {} : { allowed }) })
      }
      continue
    }
    if (disabled.has(id) || (enabled !== undefined && !enabled.has(id))) continue
    const missing = missingSettings(definition, settings)
    if (missing.length === 0) rules.push(tuned.rule)
    else if (enabled !== undefined) {
      faults.push({
        path: ['settings', id],
        message: `is needed: rule ${id} does not run without ${missing.join(', ')}`,
      })
    }
  }
  return faults.length > 0 ? { faults } : { known: [...known.values()], rules }
}

/** The user's rule files, and what is wrong with the ids in them beside the built-in rules and each other. */
export function withIdFaults(files: readonly RuleFile[]): RuleFile[] {
  const builtIn = new Set(builtInRules().map(({ id }) => id))
  const own = new Set<string>()
  return files.map((file) => {
    const faults = file.rules.flatMap((rule, index): ConfigFault[] => {
      const message = idFault(rule, builtIn.has(rule.id), own.has(rule.id))
      own.add(rule.id)
      return message === undefined ? [] : [{ path: formatPath(['rules', index, 'id']), message, found: `"${rule.id}"` }]
    })
    return { ...file, faults: [...file.faults, ...faults] }
  })
}

function idFault({ replacesBuiltIn }: RuleDefinition, isKnown: boolean, isOwn: boolean): string | undefined {
  if (isOwn) return 'is there twice'
  if (isKnown === replacesBuiltIn) return undefined
  return isKnown
    ? 'is there already; replaces_built_in: true puts yours in its place'
    : 'replaces nothing: there is no built-in rule of this id'
}

/** All the ids would be a page. */
function hintFor(id: string, ids: readonly string[]): string {
  const meant = nearest(id, ids)
  return `an id that \`rules list\` shows${meant === undefined ? '' : `, such as ${meant}`}`
}

function onOneLine(file: string, { path, line, column, message, found, allowed, suggestion }: ConfigFault): string {
  const place = [file, line, column].filter((part) => part !== undefined).join(':')
  const hint = suggestion === undefined ? { allowed } : { 'did you mean': suggestion }
  const details = Object.entries({ found, ...hint })
    .flatMap(([label, text]) => (text ? [`${label}: ${text}`] : []))
    .join('; ')
  return `${place} ${path === '' ? '' : `${path} `}${message}${details === '' ? '' : ` (${details})`}`
}

/** How often a rule that matches becomes a finding, for people: `5 in 30m for the same fact.user`. */
export function describeTrigger({ trigger }: Pick<RuleDefinition, 'trigger'>): string {
  if (trigger.on === 'event') return 'each event'
  const group = trigger.groupBy.length === 0 ? '' : ` for the same ${trigger.groupBy.join(' + ')}`
  if (trigger.on === 'window') {
    const window = formatDuration(trigger.windowMs)
    if (trigger.threshold === 1) return `the first event in ${window}${group}`
    return `${trigger.threshold} events in ${window}${group}`
  }
  const { of, learnForMs, learnValues } = trigger
  return `a new ${of}${group}, once ${formatDuration(learnForMs)} are over or ${learnValues} are known`
}
