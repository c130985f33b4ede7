import { z } from 'zod'
import { type CredentialsOptions, credentialsSchema } from '../../src/alibaba/credentials.ts'
import { regionOfEndpoint, slsAddress } from '../../src/alibaba/sls/endpoint.ts'
import { durationSchema } from '../../src/config/duration.ts'
import { numberSchema } from '../../src/config/scalars.ts'
import { faultsIn } from '../../src/config/schema-faults.ts'
import { sizeSchema } from '../../src/config/size.ts'
import { type StartAt, startAtSchema } from '../../src/config/start-at.ts'
import { kindIds } from './convert.ts'
import { isRecognisable, type KindTable } from './kinds/kind-table.ts'
import { ownKindsSchema } from './own-kinds.ts'

export interface SlsOptions {
  endpoint: string
  /** Scope of signature v4 and `cloud.region` of records that name none; absent only with signature v1. */
  region: string | undefined
  project: string
  /** Names and globs; one that starts with `!` excludes. */
  logstores: string[]
  /** Shares the shards with the group's other members and keeps positions on the server. Empty: reads all shards alone. */
  consumerGroup: string
  /** Where a shard starts that has no stored position. */
  startAt: StartAt
  /** `auto`, or the id of a kind, one of `kinds` among them. */
  kind: string
  /** Of the user's own; one with the id of a built-in kind takes its place. */
  kinds: KindTable[]
  body: 'summary' | 'original' | 'none'
  query: string
  /** Fetched, converted or unanswered bytes of this receiver. */
  maxInFlightBytes: number
  /** 1: shards are read where everything else runs. More: by as many threads, for when one core is not enough. */
  workers: number
  /** `service`: an audit event that any receiver of this service has delivered is not delivered again. */
  deduplicate: 'none' | 'service'
  /** Empty: the short code of the product whose log it is, else the logstore's name. */
  serviceName: string
  /** Pause of a shard once it is caught up; up to three times that while it stays quiet. Lower costs API calls, not memory. */
  pollIntervalMs: number
  /** How often logstores and shards are listed anew; the end of a shard does so at once. */
  refreshIntervalMs: number
  signature: 'v4' | 'v1'
  credentials: CredentialsOptions | undefined
  proxy: string
  /** API calls a second. SLS allows a project 10,000. */
  rateLimitPerSecond: number
}

export const slsSchema: z.ZodType<SlsOptions> = z
  .strictObject({
    endpoint: z.string().min(1).describe('cn-hangzhou.log.aliyuncs.com, or a URL such as http://127.0.0.1:9000'),
    region: z.string().default('').describe('Only where it cannot be read from the endpoint'),
    project: z.string().regex(/^[0-9A-Za-z_-]{1,128}$/, { error: 'must be a project name: letters, digits, - and _' }),
    logstores: z.array(z.string().min(1)).min(1).describe('Names and globs; "!x" excludes'),
    consumer_group: z
      .string()
      .regex(/^[0-9A-Za-z_-]{0,128}$/, { error: 'must be a name of up to 128 letters, digits, - and _' })
      .default('')
      .describe('Shares the shards with all that name the same group; positions are kept by SLS'),
    start_at: startAtSchema.prefault('latest').describe('Used only where no position is stored'),
    kind: z
      .string()
      .default('auto')
      .meta({
        description: 'A kind of log, one of kinds: among them, or auto to recognise each record',
        examples: ['auto', ...kindIds()],
      }),
    kinds: ownKindsSchema.prefault([]).describe('Kinds of log of your own, see README.md'),
    body: z.enum(['summary', 'original', 'none']).default('summary'),
    query: z.string().default('').describe('Server-side filter (SPL)'),
    max_in_flight: sizeSchema({ min: '1MiB', max: '4GiB', default: '16MiB' }),
    deduplicate: z
      .enum(['none', 'service'])
      .default('none')
      .describe('service: no audit event that any receiver of this service has delivered, this one included'),
    workers: numberSchema({ integer: true, min: 1, max: 32, default: 1 }).describe(
      'Threads that read and convert, for when one core is not enough; raise max_in_flight with them',
    ),
    service_name: z.string().default(''),
    poll_interval: durationSchema({ min: '200ms', max: '10m', default: '1s' }),
    refresh_interval: durationSchema({ min: '1s', max: '1h', default: '1m' }),
    signature: z.enum(['v4', 'v1']).default('v4'),
    credentials: credentialsSchema.optional(),
    proxy: z.string().default('').describe('URL, none, or empty for HTTP_PROXY, HTTPS_PROXY and NO_PROXY'),
    rate_limit: numberSchema({ min: 0.1, max: 10_000, default: 500 }).describe('API calls a second'),
  })
  .transform((raw, context): SlsOptions => {
    const fault = faultsIn(context)
    try {
      slsAddress(raw.endpoint, raw.project)
    } catch {
      fault(
        ['endpoint'],
        'is no address',
        'a host such as cn-hangzhou.log.aliyuncs.com, or an http(s) URL without a path',
      )
    }
    const region = raw.region === '' ? regionOfEndpoint(raw.endpoint) : raw.region
    if (region === undefined && raw.signature === 'v4') {
      fault(
        ['region'],
        `is needed: it cannot be read from the endpoint "${raw.endpoint}"`,
        'a region id such as cn-hangzhou',
      )
    }
    if (raw.logstores.every((pattern) => pattern.startsWith('!'))) {
      fault(['logstores'], 'only excludes, so nothing is left: begin with "*"')
    }
    if (raw.workers > 1 && raw.deduplicate === 'service') {
      const message = 'needs `workers: 1`, since threads do not know what others have delivered'
      fault(['deduplicate'], message, 'none')
    }
    const kinds = ['auto', ...new Set([...raw.kinds.map(({ id }) => id), ...kindIds()])]
    if (!kinds.includes(raw.kind)) {
      const message = 'is none of the values it can have'
      fault(['kind'], message, kinds)
    }
    for (const [index, table] of raw.kinds.entries()) {
      if (raw.kind !== 'auto' || isRecognisable(table)) continue
      fault(
        ['kinds', index],
        'can be told of no record: it has no topic, no logstore with a field, and no three fields that show it',
        `topics, topic_patterns, logstore_patterns, signature_fields; or kind: ${table.id}`,
      )
    }
    return {
      endpoint: raw.endpoint,
      region,
      project: raw.project,
      logstores: raw.logstores,
      consumerGroup: raw.consumer_group,
      startAt: raw.start_at,
      kind: raw.kind,
      kinds: raw.kinds,
      body: raw.body,
      query: raw.query,
      maxInFlightBytes: raw.max_in_flight,
      workers: raw.workers,
      deduplicate: raw.deduplicate,
      serviceName: raw.service_name,
      pollIntervalMs: raw.poll_interval,
      refreshIntervalMs: raw.refresh_interval,
      signature: raw.signature,
      credentials: raw.credentials,
      proxy: raw.proxy,
      rateLimitPerSecond: raw.rate_limit,
    }
  })
