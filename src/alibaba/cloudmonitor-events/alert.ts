import { isJsonObject, type Json, type JsonObject, jsonInText, scalarText } from '../../lossless-json.ts'
import { severities } from '../../otlp/severity.ts'
import { Attributes, eventBody, resourceOf } from '../event-parts.ts'
import { parseEventTime } from '../event-time.ts'
import { withoutContacts } from './contacts.ts'
import {
  type CloudMonitorRecord,
  type CloudMonitorRecordOptions,
  cloudMonitorProduct,
  severityOfLevel,
} from './event-record.ts'
import { readFields, setExtra } from './fields.ts'

/** As `DescribeAlertLogList` answers (cloudmonitor.md 3.2), and as a rule sends to its target (smq.md section 10). */
const names = {
  logId: ['LogId'],
  batchId: ['batchId'],
  time: ['AlertTime', 'time'],
  ruleId: ['RuleId', 'ruleId'],
  ruleName: ['RuleName', 'ruleName'],
  level: ['Level', 'curLevel'],
  previousLevel: ['preLevel'],
  levelChange: ['LevelChange'],
  namespace: ['Namespace', 'namespace'],
  metric: ['MetricName', 'metricName'],
  eventName: ['EventName', 'eventName'],
  product: ['Product', 'product'],
  sendStatus: ['SendStatus'],
  groupId: ['GroupId', 'groupId'],
  groupName: ['GroupName', 'productGroupName'],
  instanceId: ['InstanceId', 'instanceId'],
  instanceName: ['InstanceName', 'instanceName'],
  dimensions: ['Dimensions', 'resources'],
  escalation: ['Escalation', 'escalation'],
  metricData: ['metricData'],
  message: ['Message'],
  accountId: ['userId'],
  regionId: ['regionId'],
} as const

/** What an alert of CloudMonitor becomes, raised or cleared. Takes any object: each field may be missing. No I/O, no state. */
export function convertAlert(original: JsonObject, options: CloudMonitorRecordOptions): CloudMonitorRecord {
  const alert = options.contacts === 'keep' ? original : withoutContacts(original)
  const { at, rest } = readFields(alert, names)
  const logId = scalarText(at.logId)
  const ruleId = scalarText(at.ruleId)
  const ruleName = scalarText(at.ruleName)
  const level = scalarText(at.level)
  const change = scalarText(at.levelChange)
  const previous = scalarText(at.previousLevel) ?? /^(.+?)->/.exec(change ?? '')?.[1]
  const namespace = scalarText(at.namespace)
  // `memory_actualusedspace#60`: the number is the period.
  const metric = scalarText(at.metric)?.replace(/#\d+$/, '')
  const product = scalarText(at.product)
  const dimensions = readDimensions(at.dimensions)
  const escalation = isJsonObject(at.escalation) ? at.escalation : {}
  const data = isJsonObject(at.metricData) ? at.metricData : {}
  const timeUnixNano = parseEventTime(at.time) ?? parseEventTime(data['timestamp'])
  const resourceId = scalarText(at.instanceId) ?? dimensions?.get('instanceId')

  const attributes = new Attributes()
  attributes.text('alibabacloud.alert.log_id', logId)
  attributes.text('alibabacloud.alert.batch_id', scalarText(at.batchId))
  attributes.text('alibabacloud.alert.rule_id', ruleId)
  attributes.text('alibabacloud.alert.rule_name', ruleName)
  attributes.text('alibabacloud.alert.level', level)
  attributes.text('alibabacloud.alert.previous_level', previous)
  attributes.text(
    'alibabacloud.alert.level_change',
    change ?? (previous !== undefined && level !== undefined ? `${previous}->${level}` : undefined),
  )
  attributes.text('alibabacloud.alert.namespace', namespace)
  attributes.text('alibabacloud.alert.metric', metric)
  attributes.text('alibabacloud.alert.event_name', scalarText(at.eventName))
  attributes.text('alibabacloud.alert.product', product)
  attributes.text('alibabacloud.alert.send_status', scalarText(at.sendStatus))
  attributes.text('alibabacloud.alert.group_id', scalarText(at.groupId))
  attributes.text('alibabacloud.alert.group_name', scalarText(at.groupName))
  attributes.text('alibabacloud.alert.instance_name', scalarText(at.instanceName))
  for (const [name, value] of dimensions ?? []) attributes.text(`alibabacloud.alert.dimension.${name}`, value)
  attributes.json('alibabacloud.alert.escalation', at.escalation)
  attributes.json('alibabacloud.alert.metric_data', at.metricData)
  attributes.json('alibabacloud.alert.message', jsonInText(at.message))
  setExtra(attributes, {
    ...rest,
    ...(dimensions === undefined ? { dimensions: at.dimensions } : {}),
    ...(parseEventTime(at.time) === undefined ? { time: at.time } : {}),
  })

  const statistic = scalarText(escalation['statistics'])
  const condition =
    scalarText(escalation['Expression']) ??
    [statistic, scalarText(escalation['comparisonOperator']), scalarText(escalation['threshold'])]
      .filter(Boolean)
      .join(' ')
  // The account is the same in all of them.
  const about = [...(dimensions ?? [])].flatMap(([name, value]) => (name === 'userId' ? [] : [value])).join(', ')
  const what = [
    namespace,
    metric,
    statistic === undefined ? undefined : scalarText(data[statistic]),
    condition === '' ? undefined : `[${condition}]`,
    about || resourceId,
  ]
    .filter(Boolean)
    .join(' ')
  const became = `${level ?? ''}${previous === undefined ? '' : ` (was ${previous})`}`
  const summary = `${[ruleName ?? ruleId ?? 'alert', became].filter(Boolean).join(' ')}${what === '' ? '' : `: ${what}`}`
  return {
    format: 'cms-alert',
    uid: logId,
    timeUnixNano,
    // An alert without a level that is known is an alert nevertheless.
    severityNumber: severityOfLevel(level) ?? severities.warn,
    eventName: 'alibabacloud.cms.alert',
    body: eventBody(options.body, summary, alert),
    attributes: attributes.finish(),
    product: (/^acs_([a-z0-9]+)/i.exec(namespace ?? '')?.[1] ?? product ?? cloudMonitorProduct).toLowerCase(),
    resource: resourceOf({
      'cloud.account.id': scalarText(at.accountId) ?? dimensions?.get('userId') ?? scalarText(data['userId']),
      'cloud.region': scalarText(at.regionId) ?? dimensions?.get('regionId') ?? dimensions?.get('region'),
      'cloud.resource_id': resourceId,
    }),
  }
}

/** `[{ Key, Value }]`, or an object, also as JSON inside a text; `undefined` where not all of it is names and texts. */
function readDimensions(value: Json | undefined): Map<string, string> | undefined {
  const found = jsonInText(value)
  if (found === undefined || found === null || found === '') return new Map()
  const pairs = Array.isArray(found)
    ? found.map((entry) => (isJsonObject(entry) ? ([entry['Key'], entry['Value']] as const) : []))
    : isJsonObject(found)
      ? Object.entries(found)
      : [[]]
  const dimensions = new Map<string, string>()
  for (const [key, each] of pairs) {
    const name = scalarText(key)
    const text = each === '' ? '' : scalarText(each)
    if (name === undefined || text === undefined) return undefined
    dimensions.set(name, text)
  }
  return dimensions
}
