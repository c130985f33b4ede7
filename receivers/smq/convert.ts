import type { AnyValue } from '@opentelemetry/api'
import type { BodyOption } from '../../src/alibaba/event-parts.ts'
import type { SmqMessage, SmqProperty } from '../../src/alibaba/smq/types.ts'
import { describeError } from '../../src/errors.ts'
import { NANOS_PER_MS } from '../../src/nanoseconds.ts'
import type { AuditEvents } from '../../src/pipeline/audit-events.ts'
import type { OutgoingRecord } from '../../src/pipeline/record-encoder.ts'
import { type DecodeMode, decodeBody } from './decode-body.ts'
import { parseTraceparent, recognise } from './shapes/recognise.ts'
import type { ShapeContext, ShapedEvent, ShapeKind } from './shapes/shape.ts'

export interface ConvertOptions {
  readonly decode: DecodeMode
  readonly body: BodyOption
  /** Empty: the product's short code, or the queue's name. */
  readonly serviceName: string
}

/** Where messages come from. */
export interface QueueSource {
  readonly queue: string
  /** What the endpoint tells; counts where an event does not say it of itself. */
  readonly region: string | undefined
  readonly accountId: string | undefined
}

export interface ConvertedMessage {
  readonly kind: ShapeKind
  /** The same for every copy of the event that was sent to the queue; absent where only the message's id tells. */
  readonly identity: string | undefined
  /** Where it is one of ActionTrail's: the event's own id, the same whichever way it comes. */
  readonly auditEventId: string | undefined
  /** The body was no Base64 where it should be, or is no text. */
  readonly isMalformed: boolean
  /**
   * The records to deliver: one for each event, and what was found at it. Asked only for messages that are delivered, since
   * rules count what they are shown.
   * @param audit is shown the events that are ActionTrail's
   */
  toRecords(audit: Pick<AuditEvents, 'isActive' | 'examine'>): OutgoingRecord[]
}

export const scopeName = 'alibabacloud-otel-receiver/receivers/smq'
const messagingSystem = 'aliyun_smq'
const decodeErrorAttribute = 'alibabacloud.parse_error'

/**
 * The records of a message. No I/O, no state; every message gives at least one record, whatever it holds.
 *
 * - time: the event's own, else when the message was sent, else `observedTimeUnixNano`
 * - `log.record.uid`: ActionTrail's eventId; CloudEvents `source/id`; else the message's id, with the index in the message
 *   where that holds several events
 */
export function convertMessage(
  message: SmqMessage,
  source: QueueSource,
  options: ConvertOptions,
  observedTimeUnixNano: bigint,
): ConvertedMessage {
  const decoded = decodeBody(message.body, options.decode)
  const sentUnixNano =
    message.enqueueTimeMs === undefined ? observedTimeUnixNano : BigInt(message.enqueueTimeMs) * NANOS_PER_MS
  const events =
    decoded.form === 'bytes'
      ? [bytesEvent(decoded.bytes, options.body)]
      : eventsIn(decoded.text, { body: options.body, sentUnixNano })
  const ofMessage = messageAttributes(message, source.queue)
  if (decoded.form === 'undecodable') ofMessage[decodeErrorAttribute] = 'the body is no Base64'
  const span = parseTraceparent(message.systemProperties.get('traceparent')?.value)

  const toRecord = (event: ShapedEvent, index: number): OutgoingRecord => ({
    resource: resourceOfEvent(event, source, options.serviceName),
    scopeName,
    format: `alibabacloud.${event.format}`,
    fields: {
      timeUnixNano: event.timeUnixNano ?? sentUnixNano,
      observedTimeUnixNano,
      severityNumber: event.severityNumber,
      eventName: event.eventName,
      body: event.body,
      attributes: {
        'log.record.uid': event.uid ?? (events.length === 1 ? message.messageId : `${message.messageId}/${index}`),
        ...ofMessage,
        ...event.attributes,
      },
      span: span ?? event.span,
    },
  })
  const [first] = events
  return {
    kind: first?.kind ?? 'text',
    identity: events.length === 1 ? first?.identity : undefined,
    auditEventId: events.length === 1 ? first?.audit?.record.eventId : undefined,
    isMalformed: decoded.form !== 'text',
    toRecords: (audit) =>
      events.flatMap((event, index) => {
        const record = toRecord(event, index)
        if (event.audit === undefined || !audit.isActive) return [record]
        const { severityNumber, findings } = audit.examine(event.audit.event, event.audit.record)
        return [{ ...record, fields: { ...record.fields, severityNumber } }, ...findings]
      }),
  }
}

/** A fault of ours in reading one message must not hold its queue: it is delivered as the text that it is. */
function eventsIn(text: string, context: ShapeContext): ShapedEvent[] {
  try {
    return recognise(text, context)
  } catch (error) {
    const attributes = { [decodeErrorAttribute]: `the message could not be converted: ${describeError(error)}` }
    return [{ kind: 'text', format: 'smq-text', body: text, attributes, resource: {} }]
  }
}

function bytesEvent(bytes: Uint8Array, body: BodyOption): ShapedEvent {
  return {
    kind: 'bytes',
    format: 'smq-bytes',
    body: body === 'none' ? undefined : bytes,
    attributes: { [decodeErrorAttribute]: 'the body is Base64 of bytes that are no UTF-8 text' },
    resource: {},
  }
}

function resourceOfEvent(event: ShapedEvent, source: QueueSource, serviceName: string): OutgoingRecord['resource'] {
  const resource = new Map<string, string>([['service.name', serviceName || event.product || source.queue]])
  if (source.accountId !== undefined) resource.set('cloud.account.id', source.accountId)
  // ActionTrail tells the region where there is one; the queue's says nothing about it.
  if (source.region !== undefined && event.audit === undefined) resource.set('cloud.region', source.region)
  for (const [name, value] of Object.entries(event.resource)) resource.set(name, value)
  return resource
}

/** What the queue tells of a message. */
function messageAttributes(message: SmqMessage, queue: string): Record<string, AnyValue> {
  const attributes: Record<string, AnyValue> = {
    'messaging.system': messagingSystem,
    'messaging.destination.name': queue,
    'messaging.message.id': message.messageId,
    'messaging.message.body.size': Buffer.byteLength(message.body),
    'alibabacloud.smq.dequeue_count': message.dequeueCount,
  }
  if (message.enqueueTimeMs !== undefined) attributes['alibabacloud.smq.enqueue_time'] = isoTime(message.enqueueTimeMs)
  if (message.priority !== undefined) attributes['alibabacloud.smq.priority'] = message.priority
  if (message.groupId !== undefined) attributes['alibabacloud.smq.message_group_id'] = message.groupId
  for (const [name, property] of message.userProperties) {
    attributes[`alibabacloud.smq.property.${name}`] = propertyValue(property)
  }
  for (const [name, property] of message.systemProperties) {
    // The record's own trace and span ids.
    if (name === 'traceparent') continue
    attributes[deadLetterAttributes[name] ?? `alibabacloud.smq.system_property.${name}`] = propertyValue(property)
  }
  return attributes
}

const deadLetterAttributes: Readonly<Record<string, string>> = {
  DLQMessageType: 'alibabacloud.smq.dead_letter.message_type',
  DLQSourceArn: 'alibabacloud.smq.dead_letter.source_arn',
  DLQOriginMessageId: 'alibabacloud.smq.dead_letter.origin_message_id',
}

function propertyValue({ type, value }: SmqProperty): AnyValue {
  switch (type.toUpperCase()) {
    case 'NUMBER': {
      const number = Number(value)
      const isExact =
        value.trim() !== '' && Number.isFinite(number) && (!Number.isInteger(number) || Number.isSafeInteger(number))
      return isExact ? number : value
    }
    case 'BOOLEAN':
      return /^(true|false)$/i.test(value) ? value.toLowerCase() === 'true' : value
    case 'BINARY':
      return Uint8Array.from(Buffer.from(value, 'base64'))
    default:
      return value
  }
}

/** RFC 3339; the number as text where it is no time that a Date can hold. */
function isoTime(ms: number): string {
  const date = new Date(ms)
  return Number.isNaN(date.getTime()) ? String(ms) : date.toISOString()
}
