import { convertActionTrailEvent } from '../../src/alibaba/actiontrail/event.ts'
import {
  actionTrailKind,
  brokenEventFields,
  eventFields,
  eventResource,
  idOfText,
} from '../../src/alibaba/actiontrail/event-record.ts'
import type { BodyOption } from '../../src/alibaba/event-parts.ts'
import { formatJson, isJsonObject, type Json } from '../../src/lossless-json.ts'
import type { AuditEvents } from '../../src/pipeline/audit-events.ts'
import type { OutgoingRecord } from '../../src/pipeline/record-encoder.ts'

export interface EventSource {
  readonly serviceName: string
  readonly body: BodyOption
  readonly observedTimeUnixNano: bigint
  readonly audit: AuditEvents
}

export interface ConvertedEvent {
  /** What tells it when it comes again, and is its `log.record.uid`. */
  readonly eventId: string
  /** 0 where the event does not tell. */
  readonly timeUnixNano: bigint
  /** Of a service without regions, so another region may have it too. */
  readonly isGlobal: boolean
  /** What LookupEvents gave was no object: it is handed on as text. */
  readonly isMalformed: boolean
  /**
   * The records to deliver: the event, and what rules found at it. Asked only for events that are delivered, since rules
   * count what they are shown.
   */
  toRecords(): OutgoingRecord[]
}

const scopeName = 'alibabacloud-otel-receiver/receivers/actiontrail'
const format = `alibabacloud.${actionTrailKind}`

/** One member of `Events` (actiontrail.md 1.6). Takes any JSON: what is no event is delivered as what it is. */
export function convertEvent(event: Json, source: EventSource): ConvertedEvent {
  const { serviceName, body, observedTimeUnixNano, audit } = source
  if (!isJsonObject(event)) return convertBroken(formatJson(event), source)
  const record = convertActionTrailEvent(event, { body, fallbackUnixNano: 0n })
  const { eventId, timeUnixNano } = record
  return {
    eventId,
    timeUnixNano,
    isGlobal: event['isGlobal'] === true || event['isGlobal'] === 'true',
    isMalformed: false,
    toRecords() {
      const { severityNumber, findings } = audit.isActive
        ? audit.examine(event, record)
        : { severityNumber: record.severityNumber, findings: [] }
      const resource = new Map([['service.name', serviceName], ...eventResource(record)])
      return [
        { resource, scopeName, format, fields: eventFields(record, observedTimeUnixNano, severityNumber) },
        ...findings,
      ]
    },
  }
}

function convertBroken(text: string, source: EventSource): ConvertedEvent {
  const { serviceName, observedTimeUnixNano } = source
  const uid = idOfText(text)
  const broken = { text, reason: 'the event is no JSON object', uid }
  const fields = brokenEventFields(broken, 0n, observedTimeUnixNano)
  const resource = new Map([['service.name', serviceName]])
  return {
    eventId: uid,
    timeUnixNano: 0n,
    isGlobal: false,
    isMalformed: true,
    toRecords: () => [{ resource, scopeName, format, fields }],
  }
}
