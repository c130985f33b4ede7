import type { Json, JsonObject } from '../../../src/lossless-json.ts'
import { isJsonObject, parseJson } from '../../../src/lossless-json.ts'
import { parseEventTime } from '../event-time.ts'
import { textOf } from '../json-value.ts'
import { objectAt, severities, severityOfWord } from '../severity.ts'
import { Attributes, eventBody, parseArn, resourceOf, type ShapeContext, type ShapedEvent } from './shape.ts'

/** A system event of CloudMonitor, sent by an event subscription; `undefined` for anything else. */
export function shapeSystemEvent(json: JsonObject, context: ShapeContext): ShapedEvent | undefined {
  const product = textOf(json['product'])
  const name = textOf(json['name'])
  const level = textOf(json['level'])
  if (product === undefined || name === undefined || level === undefined || json['eventTime'] === undefined)
    return undefined

  const arnText = textOf(json['resourceId'])
  const arn = parseArn(arnText)
  const content = objectAt(json, 'content')
  const resourceId = arn?.instanceId ?? textOf(content['resourceId']) ?? textOf(content['instanceId']) ?? arnText
  const region = textOf(json['regionId']) ?? arn?.region
  // The middle part of the name ends in the status of a maintenance or a failure (smq.md section 10).
  const status =
    textOf(json['status']) ?? /:(Scheduled|Executing|Executed|Avoided|Canceled|Failed|Inquiring)$/.exec(name)?.[1]
  const attributes = new Attributes()
  attributes.text('alibabacloud.event.id', textOf(json['id']))
  attributes.text('alibabacloud.event.name', name)
  attributes.text('alibabacloud.event.product', product)
  attributes.text('alibabacloud.event.level', level)
  attributes.text('alibabacloud.event.status', status)
  attributes.text('alibabacloud.event.instance_name', textOf(json['instanceName']))
  attributes.text('alibabacloud.event.resource_id', arnText)
  attributes.json('alibabacloud.event.content', json['content'])
  const placed = [
    'ver',
    'id',
    'product',
    'name',
    'level',
    'status',
    'eventTime',
    'regionId',
    'resourceId',
    'userId',
    'instanceName',
    'content',
  ]
  setRest(json, placed, attributes)
  const state = textOf(content['state']) ?? textOf(content['action'])
  const summary = `${product} ${name}${state === undefined ? '' : ` ${state}`}${
    resourceId === undefined ? '' : `: ${resourceId}`
  }${region === undefined ? '' : ` (${region})`}`
  return {
    kind: 'cloudmonitor/system-event',
    format: 'cms-system-event',
    timeUnixNano: parseEventTime(json['eventTime']),
    severityNumber: severityOfWord(level) ?? severities.info,
    eventName: name,
    body: eventBody(context.body, summary, json),
    attributes: attributes.finish(),
    product: product.toLowerCase(),
    resource: resourceOf({
      'cloud.account.id': textOf(json['userId']) ?? arn?.accountId,
      'cloud.region': region,
      'cloud.resource_id': resourceId,
      'alibabacloud.arn': arn?.isComplete ? arn.arn : undefined,
    }),
  }
}

/** Keys of who is told of an alert, by mail, phone or webhook: personal data and secrets (cloudmonitor.md 3.2). */
const contactKey = /contact|mail|sms|phone|oncall|ding|webhook/i

/** A threshold alert of CloudMonitor, raised or cleared; `undefined` for anything else. */
export function shapeAlert(json: JsonObject, context: ShapeContext): ShapedEvent | undefined {
  const ruleId = textOf(json['ruleId'])
  const level = textOf(json['curLevel'])
  if (ruleId === undefined || level === undefined) return undefined

  const event = Object.fromEntries(Object.entries(json).filter(([key]) => !contactKey.test(key)))
  const previous = textOf(event['preLevel'])
  const namespace = textOf(event['namespace'])
  // `memory_actualusedspace#60`: the number is the period.
  const metric = textOf(event['metricName'])?.replace(/#\d+$/, '')
  const ruleName = textOf(event['ruleName'])
  const dimensions = parsedObject(event['resources'])
  const escalation = objectAt(event, 'escalation')
  const data = objectAt(event, 'metricData')
  const statistic = textOf(escalation['statistics'])
  const value = statistic === undefined ? undefined : textOf(data[statistic])
  const attributes = new Attributes()
  attributes.text('alibabacloud.alert.rule_id', ruleId)
  attributes.text('alibabacloud.alert.rule_name', ruleName)
  attributes.text('alibabacloud.alert.level', level)
  attributes.text('alibabacloud.alert.previous_level', previous)
  if (previous !== undefined) attributes.text('alibabacloud.alert.level_change', `${previous}->${level}`)
  attributes.text('alibabacloud.alert.namespace', namespace)
  attributes.text('alibabacloud.alert.metric', metric)
  attributes.text('alibabacloud.alert.batch_id', textOf(event['batchId']))
  attributes.text('alibabacloud.alert.event_name', textOf(event['eventName']))
  for (const [name, dimension] of Object.entries(dimensions)) {
    attributes.text(`alibabacloud.alert.dimension.${name}`, textOf(dimension))
  }
  attributes.json('alibabacloud.alert.escalation', event['escalation'])
  attributes.json('alibabacloud.alert.metric_data', event['metricData'])
  const placed = [
    'ruleId',
    'ruleName',
    'curLevel',
    'preLevel',
    'namespace',
    'metricName',
    'resources',
    'escalation',
    'metricData',
    'batchId',
    'eventName',
    'time',
    'userId',
  ]
  setRest(event, placed, attributes)

  const resourceId = textOf(dimensions['instanceId'])
  const about = Object.values(dimensions).map(textOf).filter(Boolean).join(', ')
  const condition = [statistic, textOf(escalation['comparisonOperator']), textOf(escalation['threshold'])]
    .filter(Boolean)
    .join(' ')
  const summary = `${ruleName ?? ruleId} ${level}${previous === undefined ? '' : ` (was ${previous})`}: ${[
    namespace,
    metric,
    value,
    condition === '' ? undefined : `[${condition}]`,
    about,
  ]
    .filter(Boolean)
    .join(' ')}`
  return {
    kind: 'cloudmonitor/threshold-alert',
    format: 'cms-alert',
    timeUnixNano: parseEventTime(event['time']) ?? parseEventTime(data['timestamp']),
    severityNumber: severityOfWord(level) ?? severities.warn,
    eventName: 'alibabacloud.cms.alert',
    body: eventBody(context.body, summary, event),
    attributes: attributes.finish(),
    product: /^acs_([a-z0-9]+)/i.exec(namespace ?? '')?.[1]?.toLowerCase() ?? 'cms',
    resource: resourceOf({
      'cloud.account.id': textOf(event['userId']) ?? textOf(data['userId']),
      'cloud.region': textOf(dimensions['regionId']) ?? textOf(event['regionId']),
      'cloud.resource_id': resourceId,
    }),
  }
}

/** What has no attribute of its own, so that the body is never the only place of anything. */
function setRest(json: JsonObject, placed: readonly string[], attributes: Attributes): void {
  const rest = Object.entries(json).filter(([name]) => !placed.includes(name))
  if (rest.length > 0) attributes.json('alibabacloud.event.extra', Object.fromEntries(rest))
}

/** An object, or the one that a text holds as JSON. */
function parsedObject(value: Json | undefined): JsonObject {
  if (isJsonObject(value)) return value
  if (typeof value !== 'string') return {}
  try {
    const parsed = parseJson(value)
    return isJsonObject(parsed) ? parsed : {}
  } catch {
    return {}
  }
}
