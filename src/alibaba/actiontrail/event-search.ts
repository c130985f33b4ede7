import type { AnyValue } from '@opentelemetry/api'
import { isJsonObject, type JsonObject } from '../../lossless-json.ts'
import { type ActionTrailRecord, convertActionTrailEvent } from './event.ts'
import type { LookupKey, LookupRequest } from './lookup-events.ts'

/** What an event must be like to be found. What is left out matches everything; texts must be equal. */
export interface EventCriteria {
  readonly accessKeyId?: string | undefined
  /** Name of the caller. */
  readonly userName?: string | undefined
  /** `DeleteInstance` */
  readonly eventName?: string | undefined
  /** `Ecs` */
  readonly serviceName?: string | undefined
  /** Name of one of the resources: `i-…` */
  readonly resourceName?: string | undefined
  readonly eventId?: string | undefined
  /** Address, or domain of the service that called. */
  readonly sourceAddress?: string | undefined
  readonly readWrite?: 'Read' | 'Write' | undefined
  readonly failedOnly?: boolean | undefined
}

export interface FoundEvent {
  readonly event: JsonObject
  readonly record: ActionTrailRecord
}

/** The event with its conversion, or `undefined` when it is not what was asked for. */
export function findEvent(event: JsonObject, criteria: EventCriteria): FoundEvent | undefined {
  const record = convertActionTrailEvent(event, { body: 'summary', fallbackUnixNano: 0n })
  const { attributes } = record
  const isEqual = (attribute: string, wanted: AnyValue | undefined) =>
    wanted === undefined || attributes[attribute] === wanted
  const matches =
    isEqual('alibabacloud.user_identity.access_key.id', criteria.accessKeyId) &&
    isEqual('user.name', criteria.userName) &&
    isEqual('rpc.method', criteria.eventName) &&
    isEqual('alibabacloud.service.name', criteria.serviceName) &&
    isEqual('alibabacloud.actiontrail.event_id', criteria.eventId) &&
    isEqual('source.address', criteria.sourceAddress) &&
    (criteria.readWrite === undefined || isEqual('alibabacloud.event.read_only', criteria.readWrite === 'Read')) &&
    (criteria.failedOnly !== true || attributes['alibabacloud.event.outcome'] === 'failure') &&
    (criteria.resourceName === undefined || resourceNames(record).includes(criteria.resourceName))
  return matches ? { event, record } : undefined
}

/** Names of the resources that an event is about, as its record lists them. */
export function resourceNames({ attributes }: ActionTrailRecord): string[] {
  const resources = attributes['alibabacloud.resources']
  if (!Array.isArray(resources)) return []
  return resources.flatMap((resource) => {
    const name = isJsonObject(resource as JsonObject) ? (resource as JsonObject)['name'] : undefined
    return typeof name === 'string' ? [name] : []
  })
}

/**
 * The one filter that the API is given, the most selective that there is: which pairs it allows is not documented, so
 * all further criteria are held against what comes back.
 */
export function serverFilter(criteria: EventCriteria): LookupRequest['filter'] {
  const candidates: readonly (readonly [LookupKey, string | undefined])[] = [
    ['EventId', criteria.eventId],
    ['EventAccessKeyId', criteria.accessKeyId],
    ['ResourceName', criteria.resourceName],
    ['User', criteria.userName],
    ['EventName', criteria.eventName],
    ['ServiceName', criteria.serviceName],
    ['EventRW', criteria.readWrite],
  ]
  const chosen = candidates.find(([, value]) => value !== undefined)
  return chosen?.[1] === undefined ? undefined : { key: chosen[0], value: chosen[1] }
}

/** Windows of at most `longestMs` that cover the range, the newest first. They share their edges, which both may hold. */
export function windowsBackwards(fromMs: number, toMs: number, longestMs: number): { fromMs: number; toMs: number }[] {
  const windows: { fromMs: number; toMs: number }[] = []
  for (let end = toMs; end > fromMs; end -= longestMs) {
    windows.push({ fromMs: Math.max(fromMs, end - longestMs), toMs: end })
  }
  return windows
}
