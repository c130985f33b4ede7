import { parse as parseYaml } from 'yaml'
import { z } from 'zod'
import { durationSchema, parseDuration } from '../src/config/duration.ts'
import { ReceiverError } from '../src/errors.ts'
import { shapeNames } from './actiontrail/documents.ts'
import type { FaultEffect, FaultRule } from './faults.ts'

/** A duration of either sign, milliseconds. */
const offsetSchema = z.string().transform((text, context) => {
  const ms = parseDuration(text)
  if (ms === undefined) context.addIssue({ code: 'custom', message: 'must be a duration such as 20m or -20m' })
  return ms ?? 0
})

const effectSchema: z.ZodType<FaultEffect> = z.preprocess(
  // `effect: throttle` is short for `effect: { kind: throttle }`.
  (written) => (typeof written === 'string' ? { kind: written } : written),
  z.discriminatedUnion('kind', [
    z
      .strictObject({
        kind: z.literal('error'),
        status: z.int().min(400).max(599),
        code: z.string().min(1),
        message: z.string().optional(),
      })
      .transform(({ message, ...error }) => (message === undefined ? error : { ...error, message })),
    z.strictObject({ kind: z.literal('throttle') }),
    z.strictObject({ kind: z.literal('html'), status: z.int().min(400).max(599).default(502) }),
    z
      .strictObject({ kind: z.literal('delay'), time: durationSchema({ max: '10m', default: '1s' }) })
      .transform(({ kind, time }) => ({ kind, ms: time })),
    z.strictObject({
      kind: z.literal('drop'),
      when: z.literal(['before_headers', 'after_headers']).default('before_headers'),
    }),
    z
      .strictObject({ kind: z.literal('clock_offset'), by: offsetSchema.prefault('20m') })
      .transform(({ kind, by }) => ({ kind, ms: by })),
    z.strictObject({ kind: z.literal('expired_token') }),
    z.strictObject({ kind: z.literal('truncated_body') }),
    z.strictObject({ kind: z.literal('wrong_count'), by: z.int().default(1) }),
    z.strictObject({ kind: z.literal('wrong_rawsize'), by: z.int().default(1) }),
    z.strictObject({ kind: z.literal('garbage') }),
    z.strictObject({ kind: z.literal('skip_groups'), groups: z.int().min(1).default(1) }),
    z.strictObject({ kind: z.literal('text'), status: z.int().min(400).max(599).default(502) }),
    z
      .strictObject({ kind: z.literal('cut_wait'), after: durationSchema({ max: '10m', default: '1s' }) })
      .transform(({ kind, after }) => ({ kind, ms: after })),
    z.strictObject({ kind: z.literal('early_empty') }),
    z.strictObject({ kind: z.literal('duplicate_delivery') }),
    z.strictObject({ kind: z.literal('partial_failure'), count: z.int().min(1).max(16).default(1) }),
    z.strictObject({ kind: z.literal('duplicate_page') }),
    z.strictObject({ kind: z.literal('same_token') }),
    z.strictObject({ kind: z.literal('empty_page') }),
    z
      .strictObject({ kind: z.literal('body_failure'), code: z.string().min(1), message: z.string().optional() })
      .transform(({ message, ...failure }) => (message === undefined ? failure : { ...failure, message })),
  ]),
)

const targetSchema = z.strictObject({
  service: z.string().optional(),
  api: z.string().optional(),
  project: z.string().optional(),
  logstore: z.string().optional(),
  shard: z.int().min(0).optional(),
  queue: z.string().optional(),
  region: z.string().optional(),
  namespace: z.string().optional(),
  metric: z.string().optional(),
})

const share = z.number().min(0).max(1)

/** Something that happens once, to the simulated cloud itself. */
const actionSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('split'),
    project: z.string(),
    logstore: z.string(),
    shard: z.int().min(0),
    parts: z.int().min(2).max(64).default(2),
  }),
  z.strictObject({ kind: z.literal('merge'), project: z.string(), logstore: z.string(), shard: z.int().min(0) }),
  z.strictObject({
    kind: z.literal('jump'),
    project: z.string(),
    logstore: z.string(),
    shard: z.int().min(0),
    by: z.int().min(1).default(1000),
  }),
  z.strictObject({
    kind: z.literal('issue'),
    project: z.string(),
    logstore: z.string(),
    records: z.int().min(1).max(10_000_000),
  }),
  z.strictObject({ kind: z.literal('advance_clock'), by: durationSchema({ max: '3650d' }) }),
  z.strictObject({
    kind: z.literal('expire_consumer'),
    project: z.string(),
    logstore: z.string(),
    group: z.string(),
    consumer: z.string().min(1),
  }),
  z.strictObject({
    kind: z.literal('steal_shard'),
    project: z.string(),
    logstore: z.string(),
    group: z.string(),
    shard: z.int().min(0),
    /** Who gets it; joins the group if unknown. */
    consumer: z.string().min(1),
  }),
  z.strictObject({ kind: z.literal('issue_messages'), queue: z.string(), messages: z.int().min(1).max(1_000_000) }),
  z.strictObject({ kind: z.literal('release_messages'), queue: z.string() }),
  z.strictObject({
    kind: z.literal('issue_events'),
    region: z.string(),
    events: z.int().min(1).max(1_000_000),
    /** By turns; default: those of usual management events. */
    shapes: z.array(z.enum(shapeNames)).nonempty().optional(),
  }),
  z.strictObject({
    kind: z.literal('issue_cloudmonitor'),
    system_events: z.int().min(0).max(100_000).default(0),
    alerts: z.int().min(0).max(100_000).default(0),
  }),
  z.strictObject({
    kind: z.literal('change_actiontrail'),
    late: durationSchema({ max: '30d' }).optional(),
    /** 0: no limit. */
    lookups_per_second: z.number().min(0).optional(),
    trail_delivery: z.boolean().optional(),
    duplicate_delivery: z.number().min(0).max(1).optional(),
  }),
  z.strictObject({
    kind: z.literal('change_throttling'),
    status: z.literal([400, 429]),
    retry_after: durationSchema({ max: '1h' }).optional(),
  }),
  z.strictObject({
    kind: z.literal('add_instance'),
    type: z.string().regex(/^ACS::\w+::\w+$/, { error: 'must be a type such as ACS::ECS::Instance' }),
    id: z.string().min(1),
    name: z.string().default(''),
    region: z.string().default('cn-hangzhou'),
    tags: z.record(z.string(), z.string()).default({}),
  }),
  z.strictObject({ kind: z.literal('remove_instance'), id: z.string() }),
  z.strictObject({
    kind: z.literal('hold_points'),
    namespace: z.string().optional(),
    metric: z.string().optional(),
    id: z.string().optional(),
    /** Those with timestamps of the time that begins now. */
    span: durationSchema({ min: '1s', max: '31d', default: '5m' }),
    /** How long from now they cannot be seen; absent: for ever. */
    for: durationSchema({ min: '1s', max: '31d' }).optional(),
  }),
  z.strictObject({
    kind: z.literal('change_cloudmonitor'),
    delay: durationSchema({ max: '1d' }).optional(),
    late_share: share.optional(),
    late: durationSchema({ max: '31d' }).optional(),
    gap_share: share.optional(),
    empty_statistic_share: share.optional(),
    missing_statistic_share: share.optional(),
    order: z.literal(['by_time', 'by_series', 'newest_first', 'shuffled']).optional(),
    last_token: z.literal(['absent', 'empty', 'null', 'same']).optional(),
    refusals: z.literal(['body', 'status']).optional(),
    code: z.literal(['text', 'number']).optional(),
    /** Of each metric API; 0: no limit. */
    calls_per_second: z.number().min(0).optional(),
    calls_per_month: z.int().min(0).optional(),
  }),
  z.strictObject({ kind: z.literal('disable_key'), id: z.string() }),
  z.strictObject({ kind: z.literal('enable_key'), id: z.string() }),
])

const atSchema = durationSchema({ default: '0s' })

const faultEntrySchema = z.strictObject({
  at: atSchema,
  for: durationSchema({ min: '1ms' }).optional(),
  times: z.int().min(1).optional(),
  probability: z.number().min(0).max(1).optional(),
  on: targetSchema.default({}),
  effect: effectSchema,
})

const actionEntrySchema = z.strictObject({ at: atSchema, action: actionSchema })

export type SimulatorAction = z.infer<typeof actionSchema>
type FaultEntry = z.infer<typeof faultEntrySchema>
export type ScriptEntry = FaultEntry | z.infer<typeof actionEntrySchema>

/** What shall go wrong, and when after the start. */
export interface FaultScript {
  readonly faults: readonly ScriptEntry[]
}

/**
 * Reads a fault script, YAML or JSON: `faults:` with entries that have an `effect` on calls or a one-time `action`.
 * @param name how messages call the script: the file's name
 * @throws {ReceiverError} CONFIG_INVALID, listing every fault of the script with its path
 */
export function parseFaultScript(text: string, name: string): FaultScript {
  let raw: unknown
  try {
    raw = parseYaml(text)
  } catch (cause) {
    throw new ReceiverError('CONFIG_INVALID', `${name} is no YAML`, { cause })
  }
  const outer = z.strictObject({ faults: z.array(z.unknown()) }).safeParse(raw)
  if (!outer.success) throw invalid(name, issuesOf(outer.error, ''))
  const faults: ScriptEntry[] = []
  const problems: string[] = []
  for (const [index, entry] of outer.data.faults.entries()) {
    const parsed = parseEntry(entry)
    if (parsed.success) faults.push(parsed.data)
    else problems.push(...issuesOf(parsed.error, `faults[${index}]`))
  }
  if (problems.length > 0) throw invalid(name, problems)
  return { faults }
}

/** One entry, as the admin address takes it. @throws {ReceiverError} CONFIG_INVALID */
export function parseScriptEntry(raw: unknown): ScriptEntry {
  const parsed = parseEntry(raw)
  if (parsed.success) return parsed.data
  throw invalid('The fault', issuesOf(parsed.error, ''))
}

function parseEntry(raw: unknown): z.ZodSafeParseResult<ScriptEntry> {
  const isAction = typeof raw === 'object' && raw !== null && 'action' in raw
  return isAction ? actionEntrySchema.safeParse(raw) : faultEntrySchema.safeParse(raw)
}

function issuesOf(error: z.ZodError, prefix: string): string[] {
  return error.issues.map((issue) => {
    const path = issue.path.reduce<string>(
      (text, part) =>
        typeof part === 'number' ? `${text}[${part}]` : text === '' ? String(part) : `${text}.${String(part)}`,
      prefix,
    )
    return path === '' ? issue.message : `${path}: ${issue.message}`
  })
}

function invalid(name: string, problems: readonly string[]): ReceiverError {
  return new ReceiverError('CONFIG_INVALID', `${name} has faults of its own:\n  ${problems.join('\n  ')}`)
}

/** The rule for the running simulator. @param startMs what `at` counts from, milliseconds since the epoch */
export function ruleOf(entry: FaultEntry, startMs: number): FaultRule {
  const { service, api, project, logstore, shard, queue, region, namespace, metric } = entry.on
  return {
    fromMs: startMs + entry.at,
    effect: entry.effect,
    ...(entry.for === undefined ? {} : { untilMs: startMs + entry.at + entry.for }),
    ...(entry.times === undefined ? {} : { times: entry.times }),
    ...(entry.probability === undefined ? {} : { probability: entry.probability }),
    ...(service === undefined ? {} : { service }),
    ...(api === undefined ? {} : { api }),
    ...(project === undefined ? {} : { project }),
    ...(logstore === undefined ? {} : { logstore }),
    ...(shard === undefined ? {} : { shard }),
    ...(queue === undefined ? {} : { queue }),
    ...(region === undefined ? {} : { region }),
    ...(namespace === undefined ? {} : { namespace }),
    ...(metric === undefined ? {} : { metric }),
  }
}
