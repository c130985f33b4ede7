import { createHash } from 'node:crypto'
import type { AnyValue } from '@opentelemetry/api'
import { attributeValue } from '../../src/alibaba/actiontrail/limit.ts'
import { redactJson } from '../../src/alibaba/actiontrail/redact.ts'
import { formatJson, isJsonObject, type Json, type JsonObject, parseJson } from '../../src/lossless-json.ts'
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
const formats = { system_events: 'alibabacloud.cms-system-event', alerts: 'alibabacloud.cms-alert' } as const
const NANOS_PER_MILLISECOND = 1_000_000n
const severityOf: Readonly<Record<string, number>> = { CRITICAL: 17, WARN: 13, INFO: 9, P2: 17, P3: 13, P4: 13, OK: 9 }
/** Who is told of an alert, and how: personal data and secrets (cloudmonitor.md 3.2). */
const contactKey = /contact|mail|sms|phone|oncall|ding|webhook|^send(?:detail|resultlist)$/i

/** One entry of a list. Takes any JSON: what is no event is delivered as what it is. */
export function convertEvent(
  list: EventList,
  event: Json,
  observedUnixNano: bigint,
  options: ConvertOptions,
): ConvertedEvent {
  const shaped = isJsonObject(event)
    ? list === 'alerts'
      ? shapeAlert(options.contacts === 'keep' ? event : withoutContacts(event), options)
      : shapeSystemEvent(event, options)
    : undefined
  if (shaped === undefined) return malformed(list, event, observedUnixNano, options)
  const { uid, timeUnixNano, severityNumber, eventName, body, attributes, resource } = shaped
  return {
    uid,
    isMalformed: false,
    record: {
      scopeName,
      format: formats[list],
      resource: new Map([['service.name', options.serviceName], ...resource.entries()]),
      fields: {
        timeUnixNano,
        observedTimeUnixNano: observedUnixNano,
        severityNumber,
        eventName,
        body,
        attributes: { 'log.record.uid': uid, ...attributes.values },
      },
    },
  }
}

interface Shaped {
  readonly uid: string
  readonly timeUnixNano: bigint
  readonly severityNumber: number | undefined
  readonly eventName: string
  readonly body: AnyValue | undefined
  readonly attributes: Attributes
  readonly resource: ReadonlyMap<string, string>
}

/** `undefined` without an id or a time, by which it would have to be known. */
function shapeSystemEvent(event: JsonObject, { body }: ConvertOptions): Shaped | undefined {
  const id = textOf(event['Id'])
  const timeUnixNano = unixNanoOf(event['Time'])
  if (id === undefined || timeUnixNano === undefined) return undefined
  const name = textOf(event['Name']) ?? 'system event'
  const product = textOf(event['Product'])
  const level = textOf(event['Level'])
  const status = textOf(event['Status'])
  const region = textOf(event['RegionId'])
  const resource = resourceOf(textOf(event['ResourceId']), region)
  const content = parsed(event['Content'])

  const attributes = new Attributes()
  attributes.text('alibabacloud.event.id', id)
  attributes.text('alibabacloud.event.name', name)
  attributes.text('alibabacloud.event.product', product)
  attributes.text('alibabacloud.event.level', level)
  attributes.text('alibabacloud.event.status', status)
  attributes.text('alibabacloud.event.instance_name', textOf(event['InstanceName']))
  attributes.text('alibabacloud.event.resource_id', textOf(event['ResourceId']))
  attributes.text('alibabacloud.event.group_ids', textOf(event['GroupId']))
  attributes.json('alibabacloud.event.content', content)
  const placed = 'Id Name Product Level Status InstanceName ResourceId GroupId Content Time RegionId'
  attributes.rest(event, placed.split(' '))

  const state = isJsonObject(content) ? textOf(content['state'] ?? content['action']) : undefined
  const about = resource.get('cloud.resource_id')
  return {
    // Whether an event comes again with another status under its id is not known (cloudmonitor.md 3.3).
    uid: status === undefined ? id : `${id}/${status}`,
    timeUnixNano,
    severityNumber: severityOf[level?.toUpperCase() ?? ''],
    eventName: name,
    body: bodyOf(
      body,
      [product, name, state, about && `: ${about}`, region && `(${region})`]
        .filter(Boolean)
        .join(' ')
        .replace(' : ', ': '),
      event,
    ),
    attributes,
    resource,
  }
}

/** `undefined` without an id or a time. */
function shapeAlert(alert: JsonObject, { body }: ConvertOptions): Shaped | undefined {
  const id = textOf(alert['LogId'])
  const timeUnixNano = unixNanoOf(alert['AlertTime'])
  if (id === undefined || timeUnixNano === undefined) return undefined
  const level = textOf(alert['Level'])
  const change = textOf(alert['LevelChange'])
  const ruleName = textOf(alert['RuleName']) ?? textOf(alert['RuleId'])
  const dimensions = pairsOf(alert['Dimensions'])
  const message = parsed(alert['Message'])

  const attributes = new Attributes()
  attributes.text('alibabacloud.alert.log_id', id)
  attributes.text('alibabacloud.alert.rule_id', textOf(alert['RuleId']))
  attributes.text('alibabacloud.alert.rule_name', textOf(alert['RuleName']))
  attributes.text('alibabacloud.alert.level', level)
  attributes.text('alibabacloud.alert.level_change', change)
  attributes.text('alibabacloud.alert.namespace', textOf(alert['Namespace']))
  attributes.text('alibabacloud.alert.metric', textOf(alert['MetricName']))
  attributes.text('alibabacloud.alert.event_name', textOf(alert['EventName']))
  attributes.text('alibabacloud.alert.product', textOf(alert['Product']))
  attributes.text('alibabacloud.alert.send_status', textOf(alert['SendStatus']))
  attributes.text('alibabacloud.alert.group_id', textOf(alert['GroupId']))
  attributes.text('alibabacloud.alert.group_name', textOf(alert['GroupName']))
  attributes.text('alibabacloud.alert.instance_name', textOf(alert['InstanceName']))
  for (const [name, value] of dimensions) attributes.text(`alibabacloud.alert.dimension.${name}`, value)
  attributes.json('alibabacloud.alert.escalation', alert['Escalation'])
  attributes.json('alibabacloud.alert.message', message)
  const placed =
    'LogId RuleId RuleName Level LevelChange Namespace MetricName EventName Product SendStatus GroupId GroupName InstanceName InstanceId Dimensions Escalation Message AlertTime'
  attributes.rest(alert, placed.split(' '))

  const resourceId = textOf(alert['InstanceId']) ?? dimensions.get('instanceId')
  const resource = new Map<string, string>()
  const accountId = dimensions.get('userId')
  if (accountId !== undefined) resource.set('cloud.account.id', accountId)
  const region = dimensions.get('regionId') ?? dimensions.get('region')
  if (region !== undefined) resource.set('cloud.region', region)
  if (resourceId !== undefined) resource.set('cloud.resource_id', resourceId)
  const what = [textOf(alert['Namespace']), textOf(alert['MetricName']), resourceId].filter(Boolean).join(' ')
  return {
    uid: id,
    timeUnixNano,
    severityNumber: severityOf[level?.toUpperCase() ?? ''],
    eventName: 'alibabacloud.cms.alert',
    body: bodyOf(body, `${ruleName ?? 'alert'} ${change ?? level ?? ''}: ${what}`, alert),
    attributes,
    resource,
  }
}

function malformed(
  list: EventList,
  event: Json,
  observedUnixNano: bigint,
  { serviceName, contacts }: ConvertOptions,
): ConvertedEvent {
  const shown = isJsonObject(event) && contacts === 'drop' ? withoutContacts(event) : event
  const text = formatJson(redactJson(shown))
  const uid = createHash('sha256').update(text).digest('hex').slice(0, 32)
  const attributes = { 'log.record.uid': uid, 'alibabacloud.malformed.reason': 'no event with an id and a time' }
  return {
    uid,
    isMalformed: true,
    record: {
      scopeName,
      format: formats[list],
      resource: new Map([['service.name', serviceName]]),
      fields: { timeUnixNano: 0n, observedTimeUnixNano: observedUnixNano, body: text, attributes },
    },
  }
}

/** Without contacts at any depth, also inside of JSON that is kept as text. */
function withoutContacts(value: JsonObject): JsonObject {
  const kept = Object.entries(value).filter(([key]) => !contactKey.test(key))
  return Object.fromEntries(kept.map(([key, inner]) => [key, cleaned(inner)]))
}

function cleaned(value: Json): Json {
  if (Array.isArray(value)) return value.map(cleaned)
  if (isJsonObject(value)) return withoutContacts(value)
  const inner = parsed(value)
  return isJsonObject(inner) ? formatJson(withoutContacts(inner)) : value
}

// -------------------------------------------------------------------------------------------------------------- values

/** Attributes of an event. What is absent or empty is not set. */
class Attributes {
  readonly values: Record<string, AnyValue> = {}
  private readonly cut: string[] = []

  text(name: string, value: string | undefined): void {
    if (value !== undefined) this.values[name] = value
  }

  /** Secrets masked by the names of their keys, and limited in size as for audit events. */
  json(name: string, value: Json | undefined): void {
    if (value === undefined || value === null || value === '') return
    this.values[name] = attributeValue(redactJson(value), name, this.cut)
    if (this.cut.length > 0) this.values['alibabacloud.event.truncated'] = this.cut
  }

  /** What has no attribute of its own, so that the body is never the only place of anything. */
  rest(event: JsonObject, placed: readonly string[]): void {
    const isEmpty = (value: Json) => value === '' || value === null || (Array.isArray(value) && value.length === 0)
    const rest = Object.entries(event).filter(([name, value]) => !placed.includes(name) && !isEmpty(value))
    if (rest.length > 0) this.json('alibabacloud.event.extra', Object.fromEntries(rest))
  }
}

function bodyOf(option: ConvertOptions['body'], summary: string, event: Json): string | undefined {
  if (option === 'none') return undefined
  return option === 'summary' ? summary : formatJson(redactJson(event))
}

/** From `acs:<product>:<region>:<account>:<kind>/<id>`, or an id alone. */
function resourceOf(text: string | undefined, region: string | undefined): Map<string, string> {
  const resource = new Map<string, string>()
  const [arn, inside = '', accountId = '', id] =
    /^acs:[a-z0-9-]+:([a-z0-9-]*):(\d*):(?:[a-z-]+\/)?(.+)$/i.exec(text ?? '') ?? []
  if (accountId !== '') resource.set('cloud.account.id', accountId)
  if (region !== undefined || inside !== '') resource.set('cloud.region', region ?? inside)
  if (id !== undefined || text !== undefined) resource.set('cloud.resource_id', id ?? text ?? '')
  if (arn !== undefined && inside !== '' && accountId !== '') resource.set('alibabacloud.arn', arn)
  return resource
}

/** The JSON that a text holds; any other value as it is. */
function parsed(value: Json | undefined): Json | undefined {
  if (typeof value !== 'string' || !/^\s*[{[]/.test(value)) return value
  try {
    return parseJson(value)
  } catch {
    return value
  }
}

/** `[{ Key, Value }]` as a map. */
function pairsOf(value: Json | undefined): Map<string, string> {
  const entries = Array.isArray(value) ? value.filter(isJsonObject) : []
  return new Map(
    entries.flatMap((entry) => {
      const name = textOf(entry['Key'])
      const text = textOf(entry['Value'])
      return name === undefined || text === undefined ? [] : [[name, text] as const]
    }),
  )
}

/** Milliseconds, as number or text. */
function unixNanoOf(value: Json | undefined): bigint | undefined {
  const text = textOf(value) ?? ''
  return /^\d{1,15}$/.test(text) ? BigInt(text) * NANOS_PER_MILLISECOND : undefined
}

function textOf(value: Json | undefined): string | undefined {
  if (value === undefined || value === null || value === '' || typeof value === 'object') return undefined
  return String(value)
}
