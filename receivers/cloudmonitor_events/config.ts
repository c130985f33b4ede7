import { z } from 'zod'
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

/** What CloudMonitor is asked for. */
export type EventList = 'system_events' | 'alerts'

export interface CloudMonitorEventsOptions {
  /** Whose endpoints are asked. One probably answers for all; what comes from several is delivered once. */
  regions: string[]
  endpoint: EndpointOption
  collect: EventList[]
  /** Where a source starts that has no stored position. */
  startAt: StartAt
  /** Pause once caught up. */
  pollIntervalMs: number
  /** How late an event may appear and still be found. */
  overlapMs: number
  /** Contacts, mails, phone numbers and webhook addresses of alerts. */
  contacts: 'drop' | 'keep'
  body: BodyOption
  /** Empty: the short code of the product that an event is about. */
  serviceName: string
  /** Fetched, converted or unanswered bytes of this receiver. */
  maxInFlightBytes: number
  credentials: CredentialsOptions | undefined
  proxy: string
  /** Calls a second, shared by all regions and by all receivers with the same credentials. */
  rateLimitPerSecond: number
}

export const cloudMonitorEventsSchema: z.ZodType<CloudMonitorEventsOptions> = z
  .strictObject({
    regions: z
      .array(regionIdSchema)
      .min(1)
      .default(['cn-hangzhou'])
      .describe('Whose endpoints are asked; one probably answers for all regions'),
    endpoint: endpointOptionSchema
      .default('')
      .describe('A host or URL for all regions, or one for each; empty: metrics.<region>.aliyuncs.com'),
    collect: z
      .array(z.enum(['system_events', 'alerts']))
      .min(1)
      .default(['system_events', 'alerts']),
    start_at: startAtSchema.prefault('-1h').describe('Used only where no position is stored'),
    poll_interval: durationSchema({ min: '1s', max: '1h', default: '60s' }),
    overlap: durationSchema({ min: '0s', max: '24h', default: '10m' }),
    contacts: z.enum(['drop', 'keep']).default('drop').describe('Mails, phone numbers and webhooks in alerts'),
    body: z.enum(['summary', 'original', 'none']).default('summary'),
    service_name: z.string().default('').describe('Empty: the short code of the product, such as ecs'),
    max_in_flight: sizeSchema({ min: '1MiB', max: '4GiB', default: '16MiB' }),
    credentials: credentialsSchema.optional(),
    proxy: z.string().default('').describe('URL, none, or empty for HTTP_PROXY, HTTPS_PROXY and NO_PROXY'),
    rate_limit: numberSchema({ min: 0.01, max: 100, default: 5 }).describe('API calls a second'),
  })
  .transform((raw, context): CloudMonitorEventsOptions => {
    const { regions, endpoint, collect } = raw
    const fault = faultsIn(context)
    for (const [name, list] of [
      ['regions', regions],
      ['collect', collect],
    ] as const) {
      for (const [index, item] of list.entries()) {
        if (list.indexOf(item as never) < index) fault([name, index], 'is named twice', 'each once')
      }
    }
    for (const { path, message, allowed } of endpointFaults(endpoint, regions, 'metrics.cn-hangzhou.aliyuncs.com')) {
      fault(['endpoint', ...path], message, allowed)
    }
    return {
      regions,
      endpoint,
      collect,
      startAt: raw.start_at,
      pollIntervalMs: raw.poll_interval,
      overlapMs: raw.overlap,
      contacts: raw.contacts,
      body: raw.body,
      serviceName: raw.service_name,
      maxInFlightBytes: raw.max_in_flight,
      credentials: raw.credentials,
      proxy: raw.proxy,
      rateLimitPerSecond: raw.rate_limit,
    }
  })
