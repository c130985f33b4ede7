import { createHash } from 'node:crypto'
import { escapeXml } from '../../src/alibaba/smq/xml.ts'
import type { Random } from '../random.ts'
import type { MessageDraft } from '../smq/message.ts'
import { apiCall, serviceEvent } from './actiontrail-event.ts'
import { accountId, clientAddress, uuid } from './kind.ts'

/** What lands in queues, by how it gets there (smq.md 10). */
export type MessageKind =
  | 'app-json'
  | 'app-text'
  | 'cms-system-event'
  | 'cms-threshold-alert'
  | 'eventbridge-actiontrail'
  | 'eventbridge-custom'
  | 'eventbridge-ecs'
  | 'eventbridge-oss'
  | 'eventbridge-template'
  | 'oss-notification'
  | 'topic-json'
  | 'topic-simplified'
  | 'topic-xml'

type Json = Readonly<Record<string, unknown>>

/** A message of this kind about something that happened at `timeMs`, encoded as its producer does it. */
export function createMessage(kind: MessageKind, random: Random, timeMs: number): MessageDraft {
  const draft = writers[kind](random, timeMs)
  return typeof draft === 'string' ? { body: draft } : draft
}

const writers: Readonly<Record<MessageKind, (random: Random, timeMs: number) => string | MessageDraft>> = {
  'eventbridge-actiontrail': (random, timeMs) => eitherWay(random, actiontrailCloudEvent(random, timeMs)),
  'eventbridge-ecs': (random, timeMs) => eitherWay(random, ecsCloudEvent(random, timeMs)),
  'eventbridge-oss': (random, timeMs) => eitherWay(random, ossCloudEvent(random, timeMs)),
  'eventbridge-custom': (random, timeMs) => eitherWay(random, orderPaid(random, timeMs)),
  'eventbridge-template': (random) => JSON.stringify({ instance: instanceId(random), state: instanceState(random) }),
  'cms-system-event': (random, timeMs) => base64(JSON.stringify(systemEvent(random, timeMs))),
  'cms-threshold-alert': (random, timeMs) => eitherWay(random, thresholdAlert(random, timeMs)),
  'oss-notification': (random, timeMs) => base64(JSON.stringify(ossNotification(random, timeMs))),
  'topic-json': (random, timeMs) => topicJson(random, timeMs),
  'topic-xml': (random, timeMs) => topicXml(random, timeMs),
  'topic-simplified': (random) => published(random),
  'app-json': appJson,
  'app-text': (random) =>
    random.pick([
      `nightly import finished, ${random.integer(0, 40)} rows rejected`,
      `批处理完成：${random.integer(1, 900)} 条`,
      `disk & cpu < 90 % on web-${random.integer(1, 9)}\r\nnothing to do`,
      'deadbeefcafebabe',
    ]),
}

/** The switch on the target decides, and nothing in the message tells (smq.md 9). */
function eitherWay(random: Random, event: Json): string {
  const text = JSON.stringify(event)
  return random.chance(0.6) ? base64(text) : text
}

function base64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64')
}

const regions = ['cn-hangzhou', 'cn-hangzhou', 'cn-shanghai', 'eu-central-1'] as const
const instanceId = (random: Random) => `i-bp1example${random.hex(8)}`
const instanceState = (random: Random) => random.pick(['Starting', 'Running', 'Stopping', 'Stopped'])

// -------------------------------------------------------------------------------------------------------- EventBridge

interface CloudEvent {
  readonly source: string
  readonly type: string
  readonly subject: string
  readonly time: string
  readonly id: string
  readonly region: string
  readonly data: Json
  readonly bus?: string
}

/** The envelope of EventBridge, with its attributes in no particular order. */
function cloudEvent(random: Random, timeMs: number, { bus, region, ...event }: CloudEvent): Json {
  const publishedMs = timeMs + random.integer(200, 40_000)
  return {
    datacontenttype: 'application/json;charset=utf-8',
    aliyunaccountid: accountId,
    data: event.data,
    subject: event.subject,
    aliyunoriginalaccountid: accountId,
    source: event.source,
    type: event.type,
    // Older events have the local time of the service, marked with its country.
    aliyunpublishtime: random.chance(0.1)
      ? `${shanghaiTime(publishedMs).slice(0, 23)}PRC`
      : new Date(publishedMs).toISOString(),
    specversion: '1.0',
    aliyuneventbusname: bus ?? 'default',
    id: event.id,
    time: event.time,
    aliyunregionid: region,
    aliyunpublishaddr: '192.0.2.7',
  }
}

function actiontrailCloudEvent(random: Random, timeMs: number): Json {
  const data = writeEvent(random, timeMs)
  const region = String(data['acsRegion'])
  return cloudEvent(random, timeMs, {
    source: 'acs.actiontrail',
    type: `actiontrail:ActionTrail:${data['eventType']}`,
    subject: `acs:actiontrail:${region}:${accountId}:`,
    time: String(data['eventTime']),
    id: String(data['eventId']),
    region,
    data,
  })
}

/** EventBridge carries only what writes. */
function writeEvent(random: Random, timeMs: number): Json {
  if (random.chance(0.1)) return serviceEvent(random, utcSeconds(timeMs))
  for (;;) {
    const event = apiCall(random, utcSeconds(timeMs))
    if (event['eventRW'] === 'Write') return event
  }
}

function ecsCloudEvent(random: Random, timeMs: number): Json {
  const region = random.pick(regions)
  const id = instanceId(random)
  const isFailure = random.chance(0.2)
  const time = utcSeconds(timeMs)
  return cloudEvent(random, timeMs, {
    source: 'acs.ecs',
    type: isFailure ? 'ecs:Instance:SystemFailure.Reboot' : 'ecs:Instance:StateChange',
    subject: `acs:ecs:${region}:${accountId}:instance/${id}`,
    time: isFailure ? `${shanghaiTime(timeMs).slice(0, 19)}+08:00` : time,
    id: uuid(random),
    region,
    data: isFailure
      ? {
          eventId: `e-bp1example${random.hex(6)}`,
          eventType: 'SystemFailure.Reboot',
          eventStatus: random.pick(['Scheduled', 'Executing', 'Executed']),
          publishTime: time,
          notBefore: time,
          executeStartTime: time,
          instanceId: id,
          reason: 'Server reboot due to a host fault',
        }
      : { resourceId: id, resourceType: 'ALIYUN::ECS::Instance', state: instanceState(random) },
  })
}

function ossCloudEvent(random: Random, timeMs: number): Json {
  const data = ossEvent(random, timeMs, 'billing-exports')
  const { object } = data['oss'] as { readonly object: { readonly key: string } }
  return cloudEvent(random, timeMs, {
    source: 'acs.oss',
    type: `oss:${data['eventName']}`,
    subject: `acs:oss:cn-hangzhou:${accountId}:billing-exports/${object.key}`,
    time: String(data['eventTime']),
    id: random.hex(24).toUpperCase(),
    region: 'cn-hangzhou',
    data,
  })
}

function orderPaid(random: Random, timeMs: number): Json {
  return cloudEvent(random, timeMs, {
    source: 'shop.checkout',
    type: random.pick(['shop:Order:Paid', 'shop:Order:Refunded']),
    subject: `acs:eventbridge:cn-hangzhou:${accountId}:eventbus/shop-bus/eventsource/shop.checkout`,
    time: `${shanghaiTime(timeMs).slice(0, 19)}+08:00`,
    id: uuid(random),
    region: 'cn-hangzhou',
    bus: 'shop-bus',
    data: {
      orderId: `SO-2026-${random.integer(100_000, 999_999)}`,
      amount: random.integer(100, 90_000) / 100,
      currency: 'CNY',
      customer: { id: `c-${random.integer(1, 99)}`, tier: random.pick(['gold', 'silver']) },
      items: [{ sku: 'A1', qty: random.integer(1, 3) }],
    },
  })
}

// ------------------------------------------------------------------------------------------------------- CloudMonitor

function systemEvent(random: Random, timeMs: number): Json {
  const id = instanceId(random)
  const isInterruption = random.chance(0.2)
  return {
    ver: '1.0',
    id: uuid(random).toUpperCase(),
    product: 'ECS',
    name: isInterruption ? 'Instance:PreemptibleInstanceInterruption' : 'Instance:StateChange',
    level: isInterruption ? 'WARN' : 'INFO',
    eventTime: `${shanghaiTime(timeMs).slice(0, 23).replaceAll(/[-:]/g, '')}+0800`,
    regionId: 'cn-hangzhou',
    resourceId: `acs:ecs:cn-hangzhou:${accountId}:instance/${id}`,
    userId: accountId,
    ...(isInterruption ? { instanceName: `batch-worker-${random.integer(1, 9)}` } : {}),
    content: isInterruption
      ? { instanceId: id, action: 'delete' }
      : { resourceId: id, resourceType: 'ALIYUN::ECS::Instance', state: instanceState(random) },
  }
}

function thresholdAlert(random: Random, timeMs: number): Json {
  const isRecovery = random.chance(0.4)
  const level = random.pick(['CRITICAL', 'WARN', 'INFO'])
  const instance = instanceId(random)
  const average = random.integer(60, 99)
  return {
    ruleId: `putNewAlarm_user_${uuid(random)}`,
    ruleName: 'cpu is high',
    curLevel: isRecovery ? 'OK' : level,
    preLevel: isRecovery ? level : 'OK',
    resources: `{"instanceId": "${instance}"}`,
    escalation: {
      comparisonOperator: 'GreaterThanOrEqualToThreshold',
      level: 3,
      statistics: 'Average',
      tag: level,
      threshold: '80',
      times: 3,
    },
    metricData: { timestamp: timeMs, userId: accountId, instanceId: instance, Average: average, Maximum: average + 1 },
    metricName: 'CPUUtilization#60',
    namespace: 'acs_ecs_dashboard',
    period: '60',
    groupBy: 'group',
    productGroupName: 'shop backend',
    groupId: '12345',
    lastTime: random.integer(1, 9) * 60_000,
    time: timeMs,
    userId: accountId,
    eventName: isRecovery ? 'AlertOk' : 'AlertOn',
    eventType: 'Alert',
    batchId: `${random.integer(1_000_000, 9_999_999)}-${Math.floor(timeMs / 1000)}-0`,
    version: '1.0',
  }
}

// ---------------------------------------------------------------------------------------------------------------- OSS

function ossEvent(random: Random, timeMs: number, bucket: string): Json {
  const isUpload = random.chance(0.7)
  const size = random.integer(100, 5_000_000)
  return {
    eventName: isUpload ? 'ObjectCreated:PutObject' : 'ObjectDownloaded:GetObject',
    eventSource: 'acs:oss',
    eventTime: `${utcSeconds(timeMs).slice(0, 19)}.000Z`,
    eventVersion: '1.0',
    oss: {
      bucket: {
        arn: `acs:oss:cn-hangzhou:${accountId}:${bucket}`,
        name: bucket,
        ownerIdentity: accountId,
        virtualBucket: '',
      },
      object: {
        deltaSize: isUpload ? size : 0,
        eTag: random.hex(32).toUpperCase(),
        key: `input/${random.hex(6)}/图 ${random.integer(1, 99)}.jpg`,
        ...(isUpload ? { objectMeta: { mimeType: 'image/jpeg' } } : { readFrom: 0, readTo: size }),
        size,
      },
      ossSchemaVersion: '1.0',
      ruleId: random.hex(40),
    },
    region: 'cn-hangzhou',
    requestParameters: { sourceIPAddress: clientAddress(random) },
    responseElements: { requestId: random.hex(24).toUpperCase() },
    userIdentity: { principalId: '201234567890123456' },
  }
}

/** One message may hold several events. */
function ossNotification(random: Random, timeMs: number): Json {
  return { events: Array.from({ length: random.integer(1, 3) }, () => ossEvent(random, timeMs, 'media-inbox')) }
}

// -------------------------------------------------------------------------------------------------------------- topics

/** What an application publishes to the topic. */
function published(random: Random): string {
  return random.chance(0.5)
    ? JSON.stringify({
        service: 'payments',
        level: 'error',
        text: 'gateway timeout after 30s',
        traceId: random.hex(32),
      })
    : `disk & cpu high on web-${random.integer(1, 9)}`
}

/** The fields of a notification, in the order of the vendor's documents. */
function notification(random: Random, timeMs: number): [name: string, value: string][] {
  const message = published(random)
  return [
    ['TopicOwner', accountId],
    ['TopicName', 'ops-alerts'],
    ['Subscriber', accountId],
    ['SubscriptionName', 'to-queue'],
    ['MessageId', `${random.hex(16).toUpperCase()}-1-${timeMs.toString(16).toUpperCase()}-200000001`],
    ['Message', message],
    ['MessageMD5', createHash('md5').update(message).digest('hex').toUpperCase()],
    ['MessageTag', 'important'],
    ['PublishTime', String(timeMs)],
  ]
}

function topicJson(random: Random, timeMs: number): string {
  return JSON.stringify(Object.fromEntries(notification(random, timeMs)))
}

function topicXml(random: Random, timeMs: number): string {
  const fields = notification(random, timeMs).map(([name, value]) => `  <${name}>${escapeXml(value)}</${name}>\n`)
  return `<?xml version="1.0" encoding="utf-8"?>\n<Notification xmlns="http://mns.aliyuncs.com/doc/v1/">\n${fields.join('')}</Notification>`
}

// -------------------------------------------------------------------------------------------------------- applications

function appJson(random: Random, timeMs: number): MessageDraft {
  const body = JSON.stringify({
    ts: new Date(timeMs).toISOString(),
    level: random.pick(['info', 'warn', 'error']),
    service: 'payments',
    msg: random.pick(['charge declined', 'charge accepted', 'card expired']),
    order: `SO-2026-${random.integer(100_000, 999_999)}`,
    durationMs: random.integer(3, 900),
  })
  return {
    body,
    userProperties: [{ name: 'tenant', value: `t${random.integer(1, 5)}`, type: 'STRING' }],
    systemProperties: [{ name: 'traceparent', value: `00-${random.hex(32)}-${random.hex(16)}-01`, type: 'STRING' }],
  }
}

// --------------------------------------------------------------------------------------------------------------- times

function utcSeconds(timeMs: number): string {
  return `${new Date(timeMs).toISOString().slice(0, 19)}Z`
}

/** UTC+8 with milliseconds and no zone: `2026-11-20T17:01:14.058`. */
function shanghaiTime(timeMs: number): string {
  return new Date(timeMs + 8 * 3_600_000).toISOString().slice(0, 23)
}
