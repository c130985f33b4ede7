import { Attributes, eventBody, resourceOf } from '../../../src/alibaba/event-parts.ts'
import { parseEventTime } from '../../../src/alibaba/event-time.ts'
import { isJsonObject, type JsonObject, scalarText } from '../../../src/lossless-json.ts'
import { severities } from '../../../src/otlp/severity.ts'
import { objectAt } from '../severity.ts'
import type { ShapeContext, ShapedEvent } from './shape.ts'

/** The events of an OSS notification, which come as a list: a record each. `undefined` for anything else. */
export function shapeOssNotification(json: JsonObject, context: ShapeContext): ShapedEvent[] | undefined {
  const { events } = json
  if (!Array.isArray(events) || events.length === 0) return undefined
  const entries = events.filter(isJsonObject)
  if (entries.length !== events.length || !entries.every((entry) => isJsonObject(entry['oss']))) return undefined
  return entries.map((entry) => shapeEntry(entry, context))
}

function shapeEntry(entry: JsonObject, context: ShapeContext): ShapedEvent {
  const attributes = new Attributes()
  setOssAttributes(entry, attributes)
  attributes.json('alibabacloud.event.data', entry)
  const { bucket, key } = placeOf(entry)
  const eventName = scalarText(entry['eventName'])
  const region = scalarText(entry['region'])
  const place = [bucket, key].filter((part) => part !== undefined).join('/')
  return {
    kind: 'oss/event-notification',
    format: 'oss-event',
    timeUnixNano: parseEventTime(entry['eventTime']),
    severityNumber: severities.info,
    eventName,
    body: eventBody(
      context.body,
      `${eventName ?? 'OSS event'}: ${place}${region === undefined ? '' : ` (${region})`}`,
      entry,
    ),
    attributes: attributes.finish(),
    product: 'oss',
    resource: { ...resourceOf({ 'cloud.region': region }), ...ossResource(entry) },
  }
}

/** Attributes of an OSS event, named as those of OSS's access log. */
export function setOssAttributes(entry: JsonObject, attributes: Attributes): void {
  const object = objectAt(objectAt(entry, 'oss'), 'object')
  attributes.text('alibabacloud.event.name', scalarText(entry['eventName']))
  attributes.text('alibabacloud.oss.key', scalarText(object['key']))
  attributes.text('alibabacloud.oss.rule_id', scalarText(objectAt(entry, 'oss')['ruleId']))
  if (typeof object['size'] === 'number') attributes.set('alibabacloud.oss.object.size', object['size'])
  attributes.text('alibabacloud.request_id', scalarText(objectAt(entry, 'responseElements')['requestId']))
  attributes.text('client.address', scalarText(objectAt(entry, 'requestParameters')['sourceIPAddress']))
  attributes.text('user.id', scalarText(objectAt(entry, 'userIdentity')['principalId']))
}

/** The bucket that an OSS event is about. */
export function ossResource(entry: JsonObject): Record<string, string> {
  const { bucket, arn, owner } = placeOf(entry)
  return resourceOf({
    'cloud.account.id': owner,
    'cloud.resource_id': bucket,
    'alibabacloud.arn': arn,
    'alibabacloud.oss.bucket': bucket,
  })
}

function placeOf(entry: JsonObject) {
  const oss = objectAt(entry, 'oss')
  const bucket = objectAt(oss, 'bucket')
  return {
    bucket: scalarText(bucket['name']),
    arn: scalarText(bucket['arn']),
    owner: scalarText(bucket['ownerIdentity']),
    key: scalarText(objectAt(oss, 'object')['key']),
  }
}
