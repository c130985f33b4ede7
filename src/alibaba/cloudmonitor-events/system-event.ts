import { isJsonObject, type JsonObject, jsonInText, scalarText } from '../../lossless-json.ts'
import { severities } from '../../otlp/severity.ts'
import { parseArn } from '../arn.ts'
import { Attributes, eventBody, resourceOf } from '../event-parts.ts'
import { parseEventTime } from '../event-time.ts'
import {
  type CloudMonitorRecord,
  type CloudMonitorRecordOptions,
  cloudMonitorProduct,
  severityOfLevel,
} from './event-record.ts'
import { readFields, setExtra } from './fields.ts'

/** As `DescribeSystemEventAttribute` answers (cloudmonitor.md 3.1), and as an event subscription sends (smq.md section 10). */
const names = {
  id: ['Id', 'id'],
  product: ['Product', 'product'],
  name: ['Name', 'name'],
  level: ['Level', 'level'],
  status: ['Status', 'status'],
  time: ['Time', 'eventTime'],
  regionId: ['RegionId', 'regionId'],
  resourceId: ['ResourceId', 'resourceId'],
  instanceName: ['InstanceName', 'instanceName'],
  groupId: ['GroupId', 'groupId'],
  content: ['Content', 'content'],
  accountId: ['userId'],
  formVersion: ['ver'],
} as const

/** What a system event of CloudMonitor becomes. Takes any object: each field may be missing. No I/O, no state. */
export function convertSystemEvent(
  event: JsonObject,
  { body }: Pick<CloudMonitorRecordOptions, 'body'>,
): CloudMonitorRecord {
  const { at, rest } = readFields(event, names)
  const id = scalarText(at.id)
  const product = scalarText(at.product)
  const name = scalarText(at.name)
  const level = scalarText(at.level)
  // The name of a maintenance or a failure ends in its status (smq.md section 10).
  const status =
    scalarText(at.status) ?? /:(Scheduled|Executing|Executed|Avoided|Canceled|Failed|Inquiring)$/.exec(name ?? '')?.[1]
  const timeUnixNano = parseEventTime(at.time)
  const content = jsonInText(at.content)
  const inside = isJsonObject(content) ? content : {}
  const resourceText = scalarText(at.resourceId)
  const arn = parseArn(resourceText)
  const resourceId =
    arn?.instanceId ?? scalarText(inside['resourceId']) ?? scalarText(inside['instanceId']) ?? resourceText
  const region = scalarText(at.regionId) ?? arn?.region

  const attributes = new Attributes()
  attributes.text('alibabacloud.event.id', id)
  attributes.text('alibabacloud.event.name', name)
  attributes.text('alibabacloud.event.product', product)
  attributes.text('alibabacloud.event.level', level)
  attributes.text('alibabacloud.event.status', status)
  attributes.text('alibabacloud.event.instance_name', scalarText(at.instanceName))
  attributes.text('alibabacloud.event.resource_id', resourceText)
  attributes.text('alibabacloud.event.group_ids', scalarText(at.groupId))
  attributes.json('alibabacloud.event.content', content)
  setExtra(attributes, timeUnixNano === undefined ? { ...rest, time: at.time } : rest)

  const state = scalarText(inside['state']) ?? scalarText(inside['action'])
  const what = [product, name ?? 'system event', state].filter(Boolean).join(' ')
  const about = resourceId === undefined ? '' : `: ${resourceId}`
  const where = region === undefined ? '' : ` (${region})`
  return {
    format: 'cms-system-event',
    // Whether an event comes again with another status under its id is not known (cloudmonitor.md 3.3).
    uid: id === undefined || status === undefined ? id : `${id}/${status}`,
    timeUnixNano,
    severityNumber: severityOfLevel(level) ?? severities.info,
    eventName: name ?? 'alibabacloud.cms.system_event',
    body: eventBody(body, `${what}${about}${where}`, event),
    attributes: attributes.finish(),
    product: product?.toLowerCase() ?? cloudMonitorProduct,
    resource: resourceOf({
      'cloud.account.id': scalarText(at.accountId) ?? arn?.accountId,
      'cloud.region': region,
      'cloud.resource_id': resourceId,
      'alibabacloud.arn': arn?.isComplete ? arn.arn : undefined,
    }),
  }
}
