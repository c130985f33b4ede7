import { z } from 'zod'
import { type CredentialsOptions, credentialsSchema } from '../../src/alibaba/credentials.ts'
import { type EndpointOption, rpcAddress } from '../../src/alibaba/rpc/endpoint.ts'
import { durationSchema } from '../../src/config/duration.ts'
import { numberSchema } from '../../src/config/scalars.ts'
import { type StartAt, startAtSchema } from '../../src/config/start-at.ts'
import { presets } from './catalogue/presets.ts'
import type { FilterOptions } from './filter.ts'
import type { Naming } from './naming.ts'
import type { MetricRequest } from './selection.ts'

export interface CloudMonitorOptions {
  /** One endpoint each, unless `endpoint` is the same for all. */
  regions: string[]
  endpoint: EndpointOption
  requests: MetricRequest[]
  /** How often each metric is asked for. A metric without points is asked less often, down to a sixth. */
  pollIntervalMs: number
  delayMs: number
  overlapPeriods: number
  /** How far back reading goes on after a stop. */
  maxCatchUpMs: number
  startAt: StartAt
  naming: Naming
  /** `delta_sum`: amounts of a period become sums with delta temporality, which not every backend takes. */
  totals: 'gauge' | 'delta_sum'
  inventory: InventoryConfig
  filter: FilterOptions
  /** Calls a month and account; infinite: no budget. */
  budgetCalls: number
  api: 'metric_list' | 'batch_export'
  accounts: AccountConfig[]
  proxy: string
  /** Calls a second, of each API and account. The vendor allows 50 for all programs of an account. */
  rateLimitPerSecond: number
}

export interface InventoryConfig {
  source: 'resource_center' | 'tags' | 'products' | 'none'
  /** Empty: `endpoint` if that is one text, else the vendor's. */
  endpoint: string
  refreshMs: number
  tagPrefix: string
}

export interface AccountConfig {
  /** Tells the positions of accounts apart; empty for the only one. */
  name: string
  credentials: CredentialsOptions | undefined
}

const pattern = z.string().min(1)
const patterns = z.array(pattern).default([])
const endpointForm = 'a host such as metrics.cn-hangzhou.aliyuncs.com, or an http(s) URL without a path'
const endpointText = z
  .string()
  .refine((text) => text === '' || rpcAddress(text) !== undefined, { error: `must be ${endpointForm}` })

const namespaceSchema = z.strictObject({
  namespace: pattern.describe('Such as acs_ecs_dashboard, or a glob'),
  metrics: z.array(pattern).min(1).default(['*']).describe('Names and globs; "!x" excludes'),
  period: durationSchema({ min: '15s', max: '24h' }).optional().describe('Absent: a minute, or what the metric has'),
  delay: durationSchema({ max: '24h' })
    .optional()
    .describe('Absent: that of the receiver, or longer where points are known to be late'),
  statistics: z.array(z.string().min(1)).default([]).describe('Such as Average; empty: all'),
})

const presetSchema = z.enum(Object.keys(presets) as [string, ...string[]])

const inventorySource = z.enum(['resource_center', 'tags', 'products', 'none'])
const inventorySchema = z.union([
  inventorySource.transform((source) => ({ source, endpoint: '', refresh: 600_000, tag_prefix: 'alibabacloud.tag.' })),
  z.strictObject({
    source: inventorySource.default('resource_center'),
    endpoint: endpointText.default(''),
    refresh: durationSchema({ min: '1m', max: '24h', default: '10m' }),
    tag_prefix: z
      .string()
      .default('alibabacloud.tag.')
      .describe('Before the key of a tag; empty keeps keys as they are'),
  }),
])

const filterSchema = z.strictObject({
  tags: z
    .record(z.string().min(1), z.union([pattern.transform((one) => [one]), z.array(pattern).min(1)]))
    .default({})
    .describe('By key: what the value must match'),
  resource_groups: patterns,
  ids: patterns,
  names: patterns,
  regions: patterns,
})

export const cloudMonitorSchema: z.ZodType<CloudMonitorOptions> = z
  .strictObject({
    regions: z.array(z.string().regex(/^[a-z0-9-]+$/, { error: 'must be a region id such as cn-hangzhou' })).min(1),
    endpoint: z
      .union([endpointText, z.record(z.string(), endpointText)])
      .default('')
      .describe('Text, or a map from region to URL; empty: the vendor’s'),
    preset: z
      .union([presetSchema.transform((one) => [one]), z.array(presetSchema)])
      .default([])
      .describe('Ready sets of metrics'),
    namespaces: z.array(namespaceSchema).default([]),
    poll_interval: durationSchema({ min: '15s', max: '6h', default: '5m' }),
    delay: durationSchema({ max: '24h', default: '4m' }).describe(
      'Hold-back: points younger than this are not asked for',
    ),
    overlap: numberSchema({ min: 0, max: 30, integer: true, default: 2 }).describe(
      'Periods looked at again for late points',
    ),
    max_catch_up: durationSchema({ min: '1m', max: '31d', default: '1h' }).describe('How far back after a stop'),
    start_at: startAtSchema.prefault('-10m').describe('Used only where no position is stored'),
    naming: z.enum(['datadog', 'raw']).default('datadog'),
    totals: z.enum(['gauge', 'delta_sum']).default('gauge').describe('What amounts of a period become'),
    inventory: inventorySchema.prefault('resource_center').describe('Names and tags on every metric'),
    filter: filterSchema.prefault({}),
    budget: numberSchema({ min: 1000, integer: true }).optional().describe('Calls a month and account'),
    api: z.enum(['metric_list', 'batch_export']).default('metric_list'),
    credentials: credentialsSchema.optional(),
    accounts: z
      .array(z.strictObject({ name: z.string().regex(/^[0-9A-Za-z_.-]+$/), credentials: credentialsSchema }))
      .default([])
      .describe('Several accounts or roles, in place of credentials'),
    proxy: z.string().default('').describe('URL, none, or empty for HTTP_PROXY, HTTPS_PROXY and NO_PROXY'),
    rate_limit: numberSchema({ min: 0.1, max: 50, default: 20 }).describe('Calls a second, of each API and account'),
  })
  .transform((raw, context): CloudMonitorOptions => {
    const fault = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message })
    if (raw.namespaces.length === 0 && raw.preset.length === 0) {
      fault('namespaces', 'is needed: nothing would be collected without namespaces or a preset')
    }
    if (raw.credentials !== undefined && raw.accounts.length > 0) {
      fault('accounts', 'cannot stand beside credentials: put these into an entry of accounts')
    }
    if (new Set(raw.accounts.map(({ name }) => name)).size < raw.accounts.length) {
      fault('accounts', 'names an account twice')
    }
    const { tags, names, resource_groups: groups } = raw.filter
    if (raw.inventory.source === 'none' && Object.keys(tags).length + names.length + groups.length > 0) {
      fault('filter', 'by tags, names or resource groups needs an inventory, and inventory is none')
    }
    if (raw.inventory.source === 'tags' && names.length + groups.length > 0) {
      fault('filter', 'by names or resource groups needs inventory: resource_center; the Tag API knows neither')
    }
    return {
      regions: [...new Set(raw.regions)],
      endpoint: raw.endpoint,
      requests: [
        // What the user wrote comes first: it decides over the sets.
        ...raw.namespaces.map(({ namespace, metrics, period, delay, statistics }) => ({
          namespace,
          metrics,
          periodSeconds: period === undefined ? undefined : period / 1000,
          delayMs: delay,
          statistics,
          trustsNames: true,
        })),
        ...raw.preset.flatMap((name) => (presets[name] ?? []).map((set) => ({ ...set, trustsNames: false }))),
      ],
      pollIntervalMs: raw.poll_interval,
      delayMs: raw.delay,
      overlapPeriods: raw.overlap,
      maxCatchUpMs: raw.max_catch_up,
      startAt: raw.start_at,
      naming: raw.naming,
      totals: raw.totals,
      inventory: {
        source: raw.inventory.source,
        endpoint: raw.inventory.endpoint,
        refreshMs: raw.inventory.refresh,
        tagPrefix: raw.inventory.tag_prefix,
      },
      filter: {
        tags: raw.filter.tags,
        resourceGroups: raw.filter.resource_groups,
        ids: raw.filter.ids,
        names: raw.filter.names,
        regions: raw.filter.regions,
      },
      budgetCalls: raw.budget ?? Number.POSITIVE_INFINITY,
      api: raw.api,
      accounts: raw.accounts.length > 0 ? raw.accounts : [{ name: '', credentials: raw.credentials }],
      proxy: raw.proxy,
      rateLimitPerSecond: raw.rate_limit,
    }
  })
