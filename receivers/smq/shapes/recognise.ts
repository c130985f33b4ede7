import { Attributes, resourceOf } from '../../../src/alibaba/event-parts.ts'
import { parseEventTime } from '../../../src/alibaba/event-time.ts'
import { isJsonObject, type Json, type JsonObject, parseJson, scalarText } from '../../../src/lossless-json.ts'
import type { SpanReference } from '../../../src/otlp/encode-log.ts'
import { severities } from '../../../src/otlp/severity.ts'
import { decodeBody } from '../decode-body.ts'
import { isShallow, toBodyValue } from '../json-value.ts'
import { firstOf, severityOfFields } from '../severity.ts'
import { isActionTrailDocument, shapeActionTrail, shapeCloudEvent } from './cloud-event.ts'
import { shapeAlert, shapeSystemEvent } from './cloudmonitor.ts'
import { shapeOssNotification } from './oss.ts'
import type { ShapeContext, ShapedEvent } from './shape.ts'
import { readTopicJson, readTopicXml, type TopicEnvelope } from './topic.ts'

/** The events in the text of a message; at least one. Nothing is refused: what is none of the known shapes is JSON or text. */
export function recognise(text: string, context: ShapeContext): ShapedEvent[] {
  const json = parsedJson(text)
  if (json === undefined) {
    const envelope = readTopicXml(text)
    return envelope === undefined ? [plainText(text, context)] : unwrap(envelope, context)
  }
  if (isJsonObject(json)) {
    const known = knownShapes(json, context)
    if (known !== undefined) return known
    const envelope = readTopicJson(json)
    if (envelope !== undefined) return unwrap(envelope, context)
  }
  return [otherJson(text, json, context)]
}

function knownShapes(json: JsonObject, context: ShapeContext): ShapedEvent[] | undefined {
  const one = shapeCloudEvent(json, context) ?? shapeSystemEvent(json, context) ?? shapeAlert(json, context)
  if (one !== undefined) return [one]
  if (isActionTrailDocument(json)) return [shapeActionTrail(json, context.sentUnixNano, context)]
  return shapeOssNotification(json, context)
}

/**
 * What a publisher sent to a topic. An event of a known shape is that event, wherever it came through; anything else is a
 * notification of the topic's, at the time it was published.
 */
function unwrap(envelope: TopicEnvelope, context: ShapeContext): ShapedEvent[] {
  const attributes = new Attributes()
  attributes.text('alibabacloud.smq.topic.name', envelope.topic)
  attributes.text('alibabacloud.smq.topic.subscription', envelope.subscription)
  attributes.text('alibabacloud.smq.topic.message_id', envelope.messageId)
  attributes.text('alibabacloud.smq.topic.message_tag', envelope.tag)
  const publishedUnixNano = parseEventTime(envelope.publishTime)
  const inner = { ...context, sentUnixNano: publishedUnixNano ?? context.sentUnixNano }
  const text = innerText(envelope.message)
  const json = parsedJson(text)
  const known = isJsonObject(json) ? knownShapes(json, inner) : undefined
  const more = attributes.finish()
  if (known !== undefined) return known.map((event) => ({ ...event, attributes: { ...more, ...event.attributes } }))
  const plain = json === undefined ? plainText(text, inner) : otherJson(text, json, inner)
  return [
    {
      ...plain,
      kind: envelope.form === 'json' ? 'smq/topic-notification' : 'smq/topic-notification-xml',
      format: 'smq-topic-notification',
      timeUnixNano: publishedUnixNano,
      severityNumber: severities.info,
      attributes: { ...more, ...plain.attributes },
      resource: resourceOf({ 'cloud.account.id': envelope.owner }),
    },
  ]
}

/** Publishers encode as they like, like senders. */
function innerText(message: string): string {
  const decoded = decodeBody(message, 'auto')
  return decoded.form === 'bytes' ? message : decoded.text
}

const timeKeys = ['time', 'timestamp', '@timestamp', 'ts', 'eventtime', 'event_time', 'datetime', 'date']

function otherJson(text: string, json: Json, context: ShapeContext): ShapedEvent {
  const fields = isJsonObject(json) ? json : {}
  return {
    kind: 'json/other',
    format: 'smq-json',
    timeUnixNano: firstOf(fields, timeKeys, parseEventTime),
    severityNumber: severityOfFields(fields),
    body: { none: undefined, summary: toBodyValue(json), original: text }[context.body],
    attributes: {},
    span: firstOf(fields, ['traceparent'], (value) => parseTraceparent(scalarText(value))),
    resource: {},
  }
}

function plainText(text: string, context: ShapeContext): ShapedEvent {
  return {
    kind: 'text',
    format: 'smq-text',
    body: context.body === 'none' ? undefined : text,
    attributes: {},
    resource: {},
  }
}

/** W3C trace context; `undefined` where it is not valid. */
export function parseTraceparent(text: string | undefined): SpanReference | undefined {
  const match = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/.exec(
    text?.trim().toLowerCase() ?? '',
  )
  if (match === null) return undefined
  const [, version, traceId = '', spanId = '', flags = '', more] = match
  // Later versions may add parts; version ff does not exist.
  if (version === 'ff' || (version === '00' && more !== undefined)) return undefined
  if (/^0+$/.test(traceId) || /^0+$/.test(spanId)) return undefined
  return { traceId, spanId, traceFlags: Number.parseInt(flags, 16) }
}

/** The JSON that a text is; only what is an object or a list, not too deep. */
function parsedJson(text: string): Json | undefined {
  if (!/^\s*[{[]/.test(text)) return undefined
  try {
    // Also without the byte order mark that some producers begin with.
    const json = parseJson(text.trim())
    return isShallow(json) ? json : undefined
  } catch {
    return undefined
  }
}
