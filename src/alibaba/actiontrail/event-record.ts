import { createHash } from 'node:crypto'
import type { LogRecordFields } from '../../otlp/encode-log.ts'
import type { ActionTrailRecord } from './event.ts'

/**
 * What the log record of an event is, whichever way the event came: from a logstore, by LookupEvents or inside a queue
 * message. A user may change ways, or use two, and the backend cannot tell.
 */

/** The id of the kind: `encoding.format` is `alibabacloud.actiontrail-event`. */
export const actionTrailKind = 'actiontrail-event'
/** `service.name`, unless the receiver is told another. */
export const actionTrailService = 'actiontrail'

/** @param severityNumber where a rule found the event to be worse than it says itself */
export function eventFields(
  record: ActionTrailRecord,
  observedTimeUnixNano: bigint,
  severityNumber = record.severityNumber,
): LogRecordFields {
  const { timeUnixNano, eventName, body, attributes } = record
  return { timeUnixNano, observedTimeUnixNano, severityNumber, eventName, body, attributes }
}

/** What the event says about the resource that it belongs to. */
export function eventResource({ accountId, region }: ActionTrailRecord): [attribute: string, value: string][] {
  return [
    ...(accountId === undefined ? [] : [['cloud.account.id', accountId] satisfies [string, string]]),
    ...(region === undefined ? [] : [['cloud.region', region] satisfies [string, string]]),
  ]
}

/** What stands where an event should be: kept as it is, and marked. */
export function brokenEventFields(
  broken: { readonly text: string; readonly reason: string; readonly uid: string },
  timeUnixNano: bigint,
  observedTimeUnixNano: bigint,
): LogRecordFields {
  const { text, reason, uid } = broken
  const attributes = { 'log.record.uid': uid, 'alibabacloud.parse_error': reason }
  return { timeUnixNano, observedTimeUnixNano, body: text, attributes }
}

/** An id for what has none of its own: the same for the same text. */
export function idOfText(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32)
}
