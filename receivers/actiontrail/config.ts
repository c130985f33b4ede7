import { z } from 'zod'
import type { EventCriteria } from '../../src/alibaba/actiontrail/event-search.ts'
import { globalStorageRegions } from '../../src/alibaba/actiontrail/lookup-events.ts'
import { type CredentialsOptions, credentialsSchema } from '../../src/alibaba/credentials.ts'
import type { BodyOption } from '../../src/alibaba/event-parts.ts'
import { regionIdSchema } from '../../src/alibaba/region-id.ts'
import type { EndpointOption } from '../../src/alibaba/rpc/endpoint.ts'
import { endpointFaults, endpointOptionSchema } from '../../src/alibaba/rpc/endpoint-option.ts'
import { durationSchema } from '../../src/config/duration.ts'
import { numberSchema } from '../../src/config/scalars.ts'
import { faultsIn } from '../../src/config/schema-faults.ts'
import { sizeSchema } from '../../src/config/size.ts'
import { type StartAt, startAtSchema } from '../../src/config/start-at.ts'

export interface ActiontrailOptions {
  /** Each is read on its own: the API answers with the events of the region that is called. */
  regions: string[]
  endpoint: EndpointOption
  /** Where a region starts that has no stored position; the API keeps 90 days. */
  startAt: StartAt
  /** Pause of a region once it is caught up. */
  pollIntervalMs: number
  /** Events can be asked for some ten minutes after they happened; younger seconds are not read yet. */
  settleDelayMs: number
  /** How much later than that an event may appear and still be found. */
  overlapMs: number
  /** Only events that are like this. The API is given one criterion, the rest is held against what comes back. */
  lookup: EventCriteria
  body: BodyOption
  serviceName: string
  /** `service`: an event is not delivered again that another receiver with the same setting has delivered. */
  deduplicate: 'own' | 'service'
  /** Fetched, converted or unanswered bytes of this receiver. */
  maxInFlightBytes: number
  credentials: CredentialsOptions | undefined
  proxy: string
  /** Calls a second, shared by all regions and by all receivers with the same credentials. The account has 2. */
  rateLimitPerSecond: number
}

const word = z.string().min(1)

const lookupSchema = z
  .strictObject({
    event_rw: z.enum(['Read', 'Write']).optional(),
    access_key: word.optional().describe('AccessKey id of the caller'),
    user: word.optional().describe('Name of the caller'),
    event_name: word.optional().describe('Such as DeleteInstance'),
    service_name: word.optional().describe('Such as Ecs'),
    resource_name: word.optional().describe('Such as i-…'),
    source_address: word.optional().describe('Address, or domain of the service that called'),
  })
  .transform(
    (raw): EventCriteria => ({
      readWrite: raw.event_rw,
      accessKeyId: raw.access_key,
      userName: raw.user,
      eventName: raw.event_name,
      serviceName: raw.service_name,
      resourceName: raw.resource_name,
      sourceAddress: raw.source_address,
    }),
  )

export const actiontrailSchema: z.ZodType<ActiontrailOptions> = z
  .strictObject({
    regions: z
      .array(regionIdSchema)
      .min(1)
      .default([...globalStorageRegions])
      .describe('Sign-ins and RAM events are in cn-hangzhou or ap-southeast-1, by account'),
    endpoint: endpointOptionSchema
      .default('')
      .describe('A host or URL for all regions, or one for each; empty: actiontrail.<region>.aliyuncs.com'),
    start_at: startAtSchema.prefault('-1h').describe('Used only where no position is stored; earliest: 90 days back'),
    poll_interval: durationSchema({ min: '1s', max: '1h', default: '60s' }),
    settle_delay: durationSchema({ min: '0s', max: '24h', default: '10m' }),
    overlap: durationSchema({ min: '0s', max: '24h', default: '10m' }),
    lookup: lookupSchema.prefault({}).describe('Only events that are like this'),
    body: z.enum(['summary', 'original', 'none']).default('summary'),
    service_name: z.string().min(1).default('actiontrail'),
    deduplicate: z
      .enum(['own', 'service'])
      .default('own')
      .describe('service: not what another receiver of this service with the same setting has delivered'),
    max_in_flight: sizeSchema({ min: '1MiB', max: '4GiB', default: '16MiB' }),
    credentials: credentialsSchema.optional(),
    proxy: z.string().default('').describe('URL, none, or empty for HTTP_PROXY, HTTPS_PROXY and NO_PROXY'),
    rate_limit: numberSchema({ min: 0.01, max: 100, default: 1.5 }).describe('API calls a second; the account has 2'),
  })
  .transform((raw, context): ActiontrailOptions => {
    const { regions, endpoint } = raw
    const fault = faultsIn(context)
    for (const [index, region] of regions.entries()) {
      if (regions.indexOf(region) < index) fault(['regions', index], 'is named twice', 'each region once')
    }
    for (const { path, message, allowed } of endpointFaults(
      endpoint,
      regions,
      'actiontrail.cn-hangzhou.aliyuncs.com',
    )) {
      fault(['endpoint', ...path], message, allowed)
    }
    return {
      regions,
      endpoint,
      startAt: raw.start_at,
      pollIntervalMs: raw.poll_interval,
      settleDelayMs: raw.settle_delay,
      overlapMs: raw.overlap,
      lookup: raw.lookup,
      body: raw.body,
      serviceName: raw.service_name,
      deduplicate: raw.deduplicate,
      maxInFlightBytes: raw.max_in_flight,
      credentials: raw.credentials,
      proxy: raw.proxy,
      rateLimitPerSecond: raw.rate_limit,
    }
  })
