import { createHash } from 'node:crypto'
import type { AnyValue } from '@opentelemetry/api'
import { redactJson } from '../../src/alibaba/actiontrail/redact.ts'
import { convertAlert } from '../../src/alibaba/cloudmonitor-events/alert.ts'
import { maskContacts, withoutContacts } from '../../src/alibaba/cloudmonitor-events/contacts.ts'
import { type CloudMonitorRecord, cloudMonitorProduct } from '../../src/alibaba/cloudmonitor-events/event-record.ts'
import { convertSystemEvent } from '../../src/alibaba/cloudmonitor-events/system-event.ts'
import { describeError } from '../../src/errors.ts'
import { formatJson, isJsonObject, type Json } from '../../src/lossless-json.ts'
import type { OutgoingRecord } from '../../src/pipeline/record-encoder.ts'
import type { CloudMonitorEventsOptions, EventList } from './config.ts'

export type ConvertOptions = Pick<CloudMonitorEventsOptions, 'body' | 'contacts' | 'serviceName'>

export interface ConvertedEvent {
  /** What tells it when it comes again, and is its `log.record.uid`. */
  readonly uid: string
  readonly record: OutgoingRecord
  /** What came was no event: it is handed on as text. */
  readonly isMalformed: boolean
}

const scopeName = 'alibabacloud-otel-receiver/receivers/cloudmonitor_events'
const conversions = { system_events: convertSystemEvent, alerts: convertAlert } as const
const formats = { system_events: 'cms-system-event', alerts: 'cms-alert' } as const

/** One entry of a list. Takes any JSON: what is no event is delivered as what it is. No I/O, no state. */
export function convertEvent(
  list: EventList,
  entry: Json,
  observedTimeUnixNano: bigint,
  options: ConvertOptions,
): ConvertedEvent {
  const read = readEvent(list, entry, options)
  if (typeof read === 'string') return malformed(list, entry, read, observedTimeUnixNano, options)
  const { uid, timeUnixNano, severityNumber, eventName, body, attributes, product, resource } = read
  return {
    uid,
    isMalformed: false,
    record: {
      scopeName,
      format: `alibabacloud.${formats[list]}`,
      resource: new Map([['service.name', options.serviceName || product], ...Object.entries(resource)]),
      fields: {
        timeUnixNano,
        observedTimeUnixNano,
        severityNumber,
        eventName,
        body,
        attributes: { 'log.record.uid': uid, ...attributes },
      },
    },
  }
}

/** An event has an id and a time, by which it is known when it comes again. */
type KnownEvent = CloudMonitorRecord & { readonly uid: string; readonly timeUnixNano: bigint }

/** The event, or why the entry is none. A fault of ours in reading one entry must not hold its page. */
function readEvent(list: EventList, entry: Json, options: ConvertOptions): KnownEvent | string {
  if (!isJsonObject(entry)) return 'no object'
  try {
    const record = conversions[list](entry, options)
    const { uid, timeUnixNano } = record
    if (uid === undefined) return 'no id'
    return timeUnixNano === undefined ? 'no time' : { ...record, uid, timeUnixNano }
  } catch (error) {
    return `could not be converted: ${describeError(error)}`
  }
}

/** The entry as text. Its contacts cannot all be told by names, so that also what looks like one is masked. */
function malformed(
  list: EventList,
  entry: Json,
  reason: string,
  observedTimeUnixNano: bigint,
  { serviceName, contacts }: ConvertOptions,
): ConvertedEvent {
  const original = formatJson(entry)
  const named = contacts === 'drop' && isJsonObject(entry) ? withoutContacts(entry) : entry
  const text = formatJson(redactJson(named))
  const masked = contacts === 'drop' ? maskContacts(text) : text
  // Of what came: two entries that differ only in what is masked are two.
  const uid = createHash('sha256').update(original).digest('hex').slice(0, 32)
  const attributes: Record<string, AnyValue> = { 'log.record.uid': uid, 'alibabacloud.malformed.reason': reason }
  if (masked !== original) attributes['alibabacloud.malformed.is_masked'] = true
  return {
    uid,
    isMalformed: true,
    record: {
      scopeName,
      format: `alibabacloud.${formats[list]}`,
      resource: new Map([['service.name', serviceName || cloudMonitorProduct]]),
      fields: { timeUnixNano: 0n, observedTimeUnixNano, body: masked, attributes },
    },
  }
}
