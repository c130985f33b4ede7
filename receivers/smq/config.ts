import { z } from 'zod'
import { type CredentialsOptions, credentialsSchema } from '../../src/alibaba/credentials.ts'
import type { BodyOption } from '../../src/alibaba/event-parts.ts'
import { endpointFacts, smqOrigin } from '../../src/alibaba/smq/endpoint.ts'
import { maxBatch } from '../../src/alibaba/smq/types.ts'
import { durationSchema } from '../../src/config/duration.ts'
import { numberSchema } from '../../src/config/scalars.ts'
import { faultsIn } from '../../src/config/schema-faults.ts'
import { sizeSchema } from '../../src/config/size.ts'
import type { DecodeMode } from './decode-body.ts'

/** What becomes of a message that was delivered too often. */
export interface PoisonOptions {
  /** Deliveries that a message is given. */
  after: number
  /** `park`: kept in a file, or another queue, and deleted. `drop`: deleted. `leave`: hidden ever longer, never deleted. */
  action: 'park' | 'drop' | 'leave'
  /** Where `park` sends it; empty: the dead-letter folder. */
  queue: string
}

export interface SmqOptions {
  endpoint: string
  /** Names and globs; one that starts with `!` excludes. */
  queues: string[]
  /** Scope of the V4 signature, and `cloud.region` of events that name none. */
  region: string | undefined
  /** From the endpoint; `cloud.account.id` of events that name none. */
  accountId: string | undefined
  signature: 'classic' | 'v4'
  /** How long an empty queue holds a poll. Whole seconds up to 30, which is the service's limit. */
  waitSeconds: number
  batchSize: number
  /** Polls of one queue at a time. `auto`: one, and more while full batches keep coming. */
  polls: 'auto' | number
  /** How long a message is hidden again while it waits for the backend's answer. */
  extendVisibilityMs: number
  poison: PoisonOptions
  decode: DecodeMode
  body: BodyOption
  /** Empty: the product's short code where an event tells it, else the queue's name. */
  serviceName: string
  /**
   * Whether what was answered is remembered, so that it is deleted and not sent again when it comes again. `service`: also
   * an ActionTrail event that any receiver of this service has delivered.
   */
  deduplicate: 'own' | 'service' | 'none'
  /** How often queues are listed anew and their attributes read. */
  refreshIntervalMs: number
  /** Received, converted or unanswered bytes of this receiver. */
  maxInFlightBytes: number
  credentials: CredentialsOptions | undefined
  proxy: string
  /** API calls a second. A call for a batch counts as one here. */
  rateLimitPerSecond: number
}

const queueName = /^[A-Za-z][A-Za-z0-9-]{0,255}$/
const poisonSchema = z.strictObject({
  after: numberSchema({ min: 1, max: 10_000, integer: true, default: 10 }).describe('Deliveries a message is given'),
  action: z.enum(['park', 'drop', 'leave']).default('park'),
  queue: z
    .string()
    .refine((name) => name === '' || queueName.test(name), { error: 'must be the name of a queue' })
    .default('')
    .describe('Where park sends the message; empty: a file in the dead-letter folder'),
})

export const smqSchema: z.ZodType<SmqOptions> = z
  .strictObject({
    endpoint: z
      .string()
      .min(1)
      .describe('1234567890123456.mns.cn-hangzhou.aliyuncs.com, or a URL such as http://127.0.0.1:9000'),
    queues: z.array(z.string().min(1)).min(1).describe('Names and globs; "!x" excludes'),
    region: z.string().default('').describe('Only where it cannot be read from the endpoint'),
    signature: z.enum(['classic', 'v4']).default('classic'),
    wait: durationSchema({ min: '0s', max: '30s', default: '30s' }).describe('How long an empty queue holds a poll'),
    batch_size: numberSchema({ min: 1, max: maxBatch, integer: true, default: maxBatch }),
    polls: z
      .union([z.literal('auto'), numberSchema({ min: 1, max: 64, integer: true })], {
        error: 'must be auto or a whole number from 1 to 64',
      })
      .default('auto')
      .describe('Polls of one queue at a time; auto adds some while full batches keep coming'),
    extend_visibility: durationSchema({ min: '10s', max: '12h', default: '2m' }).describe(
      'How long a message is hidden again while it waits for the backend',
    ),
    poison: poisonSchema.prefault({ after: undefined }),
    decode: z.enum(['auto', 'base64', 'raw']).default('auto').describe('Whether bodies are Base64'),
    body: z.enum(['summary', 'original', 'none']).default('summary'),
    service_name: z.string().default(''),
    deduplicate: z
      .enum(['own', 'service', 'none'])
      .default('own')
      .describe('Whether what was answered is not sent again; service: nor what another receiver delivered'),
    refresh_interval: durationSchema({ min: '1s', max: '1h', default: '1m' }),
    max_in_flight: sizeSchema({ min: '1MiB', max: '4GiB', default: '16MiB' }),
    credentials: credentialsSchema.optional(),
    proxy: z.string().default('').describe('URL, none, or empty for HTTP_PROXY, HTTPS_PROXY and NO_PROXY'),
    rate_limit: numberSchema({ min: 0.1, max: 20_000, default: 1000 }).describe('API calls a second'),
  })
  .transform((raw, context): SmqOptions => {
    const fault = faultsIn(context)
    try {
      smqOrigin(raw.endpoint)
    } catch {
      fault(
        ['endpoint'],
        'is no address',
        'a host such as 1234567890123456.mns.cn-hangzhou.aliyuncs.com, or an http(s) URL without a path',
      )
    }
    const facts = endpointFacts(raw.endpoint)
    const region = raw.region === '' ? facts.region : raw.region
    if (region === undefined && raw.signature === 'v4') {
      fault(
        ['region'],
        `is needed for signature v4: it cannot be read from the endpoint "${raw.endpoint}"`,
        'a region id such as cn-hangzhou',
      )
    }
    if (raw.queues.every((pattern) => pattern.startsWith('!'))) {
      fault(['queues'], 'only excludes, so nothing is left: begin with "*"')
    }
    const { poison } = raw
    if (poison.queue !== '' && poison.action !== 'park') {
      fault(['poison', 'queue'], `is used by action: park only, not by ${poison.action}`)
    }
    if (poison.queue !== '' && raw.queues.includes(poison.queue)) {
      fault(['poison', 'queue'], 'is one of the queues that are read, so what is parked would come back')
    }
    return {
      endpoint: raw.endpoint,
      queues: raw.queues,
      region,
      accountId: facts.accountId,
      signature: raw.signature,
      waitSeconds: Math.ceil(raw.wait / 1000),
      batchSize: raw.batch_size,
      polls: raw.polls,
      extendVisibilityMs: raw.extend_visibility,
      poison,
      decode: raw.decode,
      body: raw.body,
      serviceName: raw.service_name,
      deduplicate: raw.deduplicate,
      refreshIntervalMs: raw.refresh_interval,
      maxInFlightBytes: raw.max_in_flight,
      credentials: raw.credentials,
      proxy: raw.proxy,
      rateLimitPerSecond: raw.rate_limit,
    }
  })
