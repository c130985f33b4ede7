import { z } from 'zod'
import { type CredentialsOptions, credentialsSchema } from '../../src/alibaba/credentials.ts'
import { regionIdSchema } from '../../src/alibaba/region-id.ts'
import { rpcAddress } from '../../src/alibaba/rpc/endpoint.ts'
import { durationSchema } from '../../src/config/duration.ts'
import { booleanSchema, numberSchema } from '../../src/config/scalars.ts'
import { faultsIn } from '../../src/config/schema-faults.ts'
import type { DetectionOptions } from '../../src/detection/detection.ts'
import { selectRules } from '../../src/detection/rule-selection.ts'
import { severities } from '../../src/otlp/severity.ts'

/** The APIs that this receiver calls. */
export type AccessKeyApi = 'ims' | 'ram' | 'actiontrail'

export interface AccessKeysOptions {
  /** The rules and the watch list that look at the audit events of all receivers. */
  detection: DetectionOptions
  /** Where the keys of the account come from: one report of all users, or a call for each; `none`: keys are not looked at. */
  inventory: 'credential_report' | 'list' | 'none'
  /** Products and addresses that each key was used with; costs a call for each key, and one for each of its products. */
  usage: boolean
  endpoints: Readonly<Record<AccessKeyApi, string>>
  /** How often keys are looked at. The vendor refreshes what it tells about their use once an hour. */
  pollIntervalMs: number
  /** A key that was not used for this long is a finding. */
  unusedAfterMs: number
  /** A key that is older is a finding. */
  maxAgeMs: number
  /** How often a finding comes again while nothing changes. */
  repeatFindingsMs: number
  /** How often the counts of audit events are sent. */
  metricsIntervalMs: number
  credentials: CredentialsOptions | undefined
  proxy: string
  rateLimitPerSecond: number
}

const accessKeyId = z
  .string()
  .regex(/^[A-Za-z0-9.]{8,128}$/, { error: 'must be the id of an AccessKey, such as LTAI…' })

const watchSeverities = ['info', 'warn', 'error', 'fatal'] as const

const rulesSchema = z.strictObject({
  enabled: z.array(z.string()).optional().describe('Exactly these rules; absent: all that need no setting'),
  disabled: z.array(z.string()).default([]),
  files: z.array(z.string().min(1)).default([]).describe('Rule files of your own; the last part may be a glob'),
  settings: z
    .record(z.string(), z.record(z.string(), z.unknown()))
    .default({})
    .describe('By the id of a rule: severity, threshold, window and its parameters; see docs/rules.md'),
})

const endpointSchema = z
  .union(
    [
      z.string(),
      z.strictObject({ ims: z.string().optional(), ram: z.string().optional(), actiontrail: z.string().optional() }),
    ],
    {
      error: 'must be a text, or a map of ims, ram and actiontrail to addresses',
    },
  )
  .default('')
  .describe('A host or URL for all calls, or one for each API; empty: the vendor’s own')

export const accessKeysSchema: z.ZodType<AccessKeysOptions> = z
  .strictObject({
    watch: z.array(accessKeyId).default([]).describe('Ids of AccessKeys each use of which is told'),
    watch_severity: z.enum(watchSeverities).default('warn'),
    rules: rulesSchema.prefault({}),
    inventory: z.enum(['credential_report', 'list', 'none']).default('credential_report'),
    usage: booleanSchema(true),
    region: regionIdSchema.default('cn-hangzhou').describe('Whose ActionTrail is asked for the use of keys'),
    endpoint: endpointSchema,
    poll_interval: durationSchema({ min: '1h', max: '7d', default: '1h' }),
    unused_after: durationSchema({ min: '1d', max: '400d', default: '90d' }),
    max_age: durationSchema({ min: '1d', max: '3650d', default: '90d' }),
    repeat_findings: durationSchema({ min: '1h', max: '90d', default: '24h' }),
    metrics_interval: durationSchema({ min: '1s', max: '1h', default: '1m' }),
    credentials: credentialsSchema.optional(),
    proxy: z.string().default('').describe('URL, none, or empty for HTTP_PROXY, HTTPS_PROXY and NO_PROXY'),
    rate_limit: numberSchema({ min: 0.01, max: 100, default: 2 }).describe('API calls a second'),
  })
  .transform((raw, context): AccessKeysOptions => {
    const fault = faultsIn(context)
    const selected = selectRules(raw.rules)
    if ('faults' in selected) {
      for (const { path, message, allowed } of selected.faults) fault(['rules', ...path], message, allowed)
    }
    const { endpoint, region } = raw
    const addressForm = 'a host such as ims.aliyuncs.com, or an http(s) URL without a path'
    const addressOf = (api: AccessKeyApi, vendorHost: string): string => {
      const text = (typeof endpoint === 'string' ? endpoint : endpoint[api]) || vendorHost
      const isOwn = typeof endpoint !== 'string'
      if (rpcAddress(text) === undefined) fault(isOwn ? ['endpoint', api] : ['endpoint'], 'is no address', addressForm)
      return text
    }
    return {
      detection: {
        watch: raw.watch,
        watchSeverityNumber: severities[raw.watch_severity],
        rules: 'faults' in selected ? [] : selected.rules,
      },
      inventory: raw.inventory,
      usage: raw.usage,
      endpoints: {
        ims: addressOf('ims', 'ims.aliyuncs.com'),
        ram: addressOf('ram', 'ram.aliyuncs.com'),
        actiontrail: addressOf('actiontrail', `actiontrail.${region}.aliyuncs.com`),
      },
      pollIntervalMs: raw.poll_interval,
      unusedAfterMs: raw.unused_after,
      maxAgeMs: raw.max_age,
      repeatFindingsMs: raw.repeat_findings,
      metricsIntervalMs: raw.metrics_interval,
      credentials: raw.credentials,
      proxy: raw.proxy,
      rateLimitPerSecond: raw.rate_limit,
    }
  })
