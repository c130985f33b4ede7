import { convertActionTrailEvent } from '../../../src/alibaba/actiontrail/event.ts'
import {
  actionTrailKind,
  actionTrailService,
  eventFields,
  eventResource,
} from '../../../src/alibaba/actiontrail/event-record.ts'
import { parseArn } from '../../../src/alibaba/arn.ts'
import { Attributes, eventBody, resourceOf } from '../../../src/alibaba/event-parts.ts'
import { parseEventTime } from '../../../src/alibaba/event-time.ts'
import { isJsonObject, type JsonObject, jsonInText, scalarText } from '../../../src/lossless-json.ts'
import { severities } from '../../../src/otlp/severity.ts'
import { severityOfFields } from '../severity.ts'
import { ossResource, setOssAttributes } from './oss.ts'
import type { ShapeContext, ShapedEvent, ShapeKind } from './shape.ts'

/** Members of the envelope that have a place of their own on the record. */
const placedMembers = [
  'specversion',
  'id',
  'source',
  'type',
  'subject',
  'time',
  'data',
  'datacontenttype',
  'aliyunaccountid',
  'aliyunoriginalaccountid',
  'aliyunregionid',
  'aliyuneventbusname',
  'aliyunpublishtime',
]

/** A CloudEvent, as EventBridge hands a complete event on; `undefined` for anything else. */
export function shapeCloudEvent(json: JsonObject, context: ShapeContext): ShapedEvent | undefined {
  const id = scalarText(json['id'])
  const source = scalarText(json['source'])
  const type = scalarText(json['type'])
  if (id === undefined || source === undefined || type === undefined) return undefined
  if (json['specversion'] === undefined && json['aliyuneventbusname'] === undefined) return undefined

  const data = jsonInText(json['data'])
  const identity = `${source}/${id}`
  const attributes = envelopeAttributes(json, { id, source, type })
  const timeUnixNano =
    parseEventTime(json['time']) ??
    (isJsonObject(data) ? parseEventTime(data['eventTime']) : undefined) ??
    parseEventTime(json['aliyunpublishtime'])

  // An ActionTrail event may come under the name of the service that it is about (smq.md section 10).
  if (isJsonObject(data) && (source === 'acs.actiontrail' || /^[^:]+:ActionTrail:/.test(type))) {
    const audit = shapeActionTrail(data, timeUnixNano ?? context.sentUnixNano, context, attributes.finish())
    const accountId = scalarText(json['aliyunoriginalaccountid']) ?? scalarText(json['aliyunaccountid'])
    const resource = { ...resourceOf({ 'cloud.account.id': accountId }), ...audit.resource }
    return { ...audit, kind: 'cloudevent/actiontrail', identity, resource }
  }

  const vendorProduct = /^acs\.([a-z0-9-]+)/i.exec(source)?.[1]?.toLowerCase()
  const arn = parseArn(scalarText(json['subject']))
  const fields = isJsonObject(data) ? data : {}
  const isOss = isJsonObject(fields['oss'])
  if (isOss) setOssAttributes(fields, attributes)
  attributes.json('alibabacloud.event.data', data)
  const region = scalarText(json['aliyunregionid']) ?? scalarText(fields['region']) ?? arn?.region
  const resourceId =
    vendorProduct === undefined
      ? undefined
      : (arn?.instanceId ?? scalarText(fields['instanceId']) ?? scalarText(fields['resourceId']))
  const state = scalarText(fields['state']) ?? scalarText(fields['eventStatus'])
  const about = isOss ? scalarText(json['subject'])?.split(':').at(-1) : (resourceId ?? scalarText(json['subject']))
  const summary = `${type}${state === undefined ? '' : ` ${state}`}${about === undefined ? '' : `: ${about}`}${
    region === undefined ? '' : ` (${region})`
  }`
  return {
    kind: kindOf(vendorProduct),
    format: 'eventbridge-event',
    uid: identity,
    identity,
    timeUnixNano,
    severityNumber:
      severityOfFields(fields) ?? (vendorProduct === undefined ? severities.info : severityOfVendorType(type)),
    eventName: type,
    body: eventBody(context.body, summary, json),
    attributes: attributes.finish(),
    product: vendorProduct,
    resource: {
      ...resourceOf({
        'cloud.account.id':
          (vendorProduct === undefined ? undefined : arn?.accountId) ??
          scalarText(json['aliyunoriginalaccountid']) ??
          scalarText(json['aliyunaccountid']),
        'cloud.region': region,
        'cloud.resource_id': resourceId,
        'alibabacloud.arn': vendorProduct !== undefined && arn?.isComplete && !isOss ? arn.arn : undefined,
      }),
      ...(isOss ? ossResource(fields) : {}),
    },
  }
}

/** An ActionTrail document: the same record as from any other way. */
export function shapeActionTrail(
  event: JsonObject,
  fallbackUnixNano: bigint,
  context: ShapeContext,
  more: ShapedEvent['attributes'] = {},
): ShapedEvent {
  const record = convertActionTrailEvent(event, { body: context.body, fallbackUnixNano })
  const { timeUnixNano, severityNumber, eventName, body, attributes } = eventFields(record, 0n)
  return {
    kind: 'actiontrail',
    format: actionTrailKind,
    uid: record.eventId,
    timeUnixNano,
    severityNumber,
    eventName,
    body,
    attributes: { ...more, ...attributes },
    product: actionTrailService,
    resource: Object.fromEntries(eventResource(record)),
    audit: { event, record },
  }
}

/** True for the document alone, which is what a rule sends that hands on only `data`. */
export function isActionTrailDocument(json: JsonObject): boolean {
  return (
    typeof json['eventId'] === 'string' &&
    typeof json['eventName'] === 'string' &&
    isJsonObject(json['userIdentity']) &&
    (typeof json['eventSource'] === 'string' || typeof json['serviceName'] === 'string')
  )
}

const kindOf = (vendorProduct: string | undefined): ShapeKind => `cloudevent/${vendorProduct ?? 'custom'}`

/** Events of the vendor carry no level on EventBridge; their names tell (catalogue of system events). */
function severityOfVendorType(type: string): number {
  if (/fail|error|exception|crash|down\b/i.test(type)) return severities.error
  return /maintenance|interruption|warn|alarm|expir|limit/i.test(type) ? severities.warn : severities.info
}

function envelopeAttributes(
  json: JsonObject,
  { id, source, type }: { id: string; source: string; type: string },
): Attributes {
  const attributes = new Attributes()
  attributes.text('cloudevents.event_id', id)
  attributes.text('cloudevents.event_source', source)
  attributes.text('cloudevents.event_type', type)
  attributes.text('cloudevents.event_subject', scalarText(json['subject']))
  attributes.text('cloudevents.event_spec_version', scalarText(json['specversion']))
  attributes.text('alibabacloud.eventbridge.bus', scalarText(json['aliyuneventbusname']))
  attributes.text('alibabacloud.eventbridge.publish_time', scalarText(json['aliyunpublishtime']))
  // On a bus that gathers several accounts the two differ; which one is the origin nobody could tell.
  const accountId = scalarText(json['aliyunaccountid'])
  if (accountId !== scalarText(json['aliyunoriginalaccountid'])) {
    attributes.text('alibabacloud.eventbridge.account_id', accountId)
  }
  const rest = Object.entries(json).filter(([name]) => !placedMembers.includes(name))
  if (rest.length > 0) attributes.json('alibabacloud.eventbridge.extensions', Object.fromEntries(rest))
  return attributes
}
