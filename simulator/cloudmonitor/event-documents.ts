import type { JsonObject } from '../../src/lossless-json.ts'
import type { Random } from '../random.ts'
import { accountId, uuid } from '../traffic/kind.ts'

/** How the vendor's page of system events names them: a form of `Content` for each product. */
interface EventForm {
  readonly product: string
  readonly name: string
  readonly level: 'CRITICAL' | 'WARN' | 'INFO'
  readonly status: string
  /** How ids of the resource begin, and its kind within an ARN. */
  readonly resource: readonly [prefix: string, arnKind: string]
  readonly content: (random: Random, resourceId: string) => JsonObject | string
}

const instance = ['i-bp1example', 'instance'] as const
const forms: readonly [EventForm, ...EventForm[]] = [
  {
    product: 'ECS',
    name: 'Instance:StateChange',
    level: 'INFO',
    status: 'Normal',
    resource: instance,
    content: (random, resourceId) => ({
      resourceId,
      resourceType: 'ALIYUN::ECS::Instance',
      state: random.pick(['Starting', 'Running', 'Stopping', 'Stopped']),
    }),
  },
  {
    product: 'ECS',
    name: 'Instance:SystemMaintenance.Reboot:Scheduled',
    level: 'CRITICAL',
    status: 'Scheduled',
    resource: instance,
    content: (random, instanceId) => ({
      eventId: `e-${random.hex(12)}`,
      eventType: 'SystemMaintenance.Reboot',
      instanceId,
      reason: 'Host maintenance',
    }),
  },
  {
    product: 'ECS',
    name: 'Instance:SystemFailure.Reboot:Executing',
    level: 'CRITICAL',
    status: 'Executing',
    resource: instance,
    content: (random, instanceId) => ({ eventId: `e-${random.hex(12)}`, instanceId, reason: 'Host fault' }),
  },
  {
    product: 'ECS',
    name: 'Instance:PreemptibleInstanceInterruption',
    level: 'WARN',
    status: 'Normal',
    resource: instance,
    content: (_random, instanceId) => ({ instanceId, action: 'delete' }),
  },
  {
    product: 'RDS',
    name: 'Instance_Failover',
    level: 'WARN',
    status: 'Executed',
    resource: ['rm-bp1example', 'dbinstance'],
    content: (_random, instanceName) => ({ instanceName, cause: '主备切换', secondsUnavailable: 12 }),
  },
  {
    product: 'AnalyticDB',
    name: 'InsertFailureRate',
    level: 'CRITICAL',
    status: 'Failed',
    resource: ['am-bp1example', 'dbcluster'],
    // Not every product writes JSON here.
    content: (random) => `insert failure rate ${random.integer(5, 60)} %`,
  },
]

/** An entry of `SystemEvents.SystemEvent` (cloudmonitor.md 3.1). */
export interface SystemEventDocument {
  readonly Id: string
  readonly Product: string
  readonly Name: string
  readonly Level: string
  readonly Status: string
  readonly Time: number
  readonly RegionId: string
  readonly ResourceId: string
  readonly InstanceName: string
  readonly GroupId: string
  readonly Content: string
}

export function createSystemEvent(random: Random, timeMs: number, region: string): SystemEventDocument {
  const { product, name, level, status, resource, content } = random.pick(forms)
  const [prefix, kind] = resource
  const resourceId = `${prefix}${random.hex(6)}`
  const written = content(random, resourceId)
  return {
    Id: uuid(random).toUpperCase(),
    Product: product,
    Name: name,
    Level: level,
    Status: status,
    Time: timeMs,
    RegionId: region,
    ResourceId: `acs:${product.toLowerCase()}:${region}:${accountId}:${kind}/${resourceId}`,
    InstanceName: random.pick(['web-1', 'web-2', '数据库', '']),
    GroupId: random.pick(['', '12345', '12345,67890']),
    Content: typeof written === 'string' ? written : JSON.stringify(written),
  }
}

/** An entry of `AlertLogList` (cloudmonitor.md 3.2). */
export interface AlertDocument extends JsonObject {
  readonly LogId: string
  readonly AlertTime: string
  readonly Product: string
  readonly Namespace: string
  readonly MetricName: string
  readonly RuleId: string
  readonly RuleName: string
  readonly GroupId: string
  readonly Level: string
  readonly SendStatus: string
}

/** Personal data and secrets that stand in every alert, so that a test can look for them where they must not arrive. */
export const alertSecrets = {
  name: 'Example Person',
  mail: 'oncall@example.com',
  phone: '13900000000',
  dingtalkToken: 'dingtalk-token-0123456789abcdef',
  webhookToken: 'webhook-token-0123456789abcdef',
} as const

export function createAlert(random: Random, timeMs: number): AlertDocument {
  const level = random.pick(['P2', 'P3', 'P4'])
  const isRecovery = random.chance(0.4)
  const instanceId = `i-bp1example${random.hex(6)}`
  const value = random.integer(70, 99)
  const dimensions = { userId: accountId, instanceId }
  return {
    LogId: random.hex(32),
    AlertTime: String(timeMs),
    RuleId: `putNewAlarm_user_${uuid(random)}`,
    RuleName: 'cpu is high',
    Product: 'ECS',
    Namespace: 'acs_ecs_dashboard',
    MetricName: 'CPUUtilization',
    EventName: isRecovery ? 'AlertOk' : 'AlertOn',
    Level: isRecovery ? 'OK' : level,
    LevelChange: isRecovery ? `${level}->OK` : `OK->${level}`,
    SendStatus: random.pick(['0', '0', '0', '1', '2']),
    InstanceId: instanceId,
    InstanceName: 'web-1',
    GroupId: '12345',
    GroupName: 'shop backend',
    Dimensions: Object.entries(dimensions).map(([Key, Value]) => ({ Key, Value })),
    ExtendedInfo: [{ Name: 'userId', Value: accountId }],
    Escalation: { Expression: '$Average>=80', Level: level, Times: 3 },
    Message: JSON.stringify({ alertName: 'cpu is high', expression: '$Average>=80', curValue: value, dimensions }),
    BlackListName: '',
    BlackListUUID: '',
    BlackListDetail: '',
    SendDetail: JSON.stringify({ ResultCode: 'Success', mail: alertSecrets.mail }),
    SendResultList: [{ Key: 'Mail', Value: [alertSecrets.mail] }],
    ContactGroups: ['on call', alertSecrets.name],
    ContactMailList: [alertSecrets.mail],
    ContactSMSList: [alertSecrets.phone],
    ContactOnCallList: [alertSecrets.phone],
    ContactALIIWWList: [],
    ContactDingList: [`https://oapi.dingtalk.com/robot/send?access_token=${alertSecrets.dingtalkToken}`],
    DingdingWebhookList: [`https://oapi.dingtalk.com/robot/send?access_token=${alertSecrets.dingtalkToken}`],
    WebhookList: [
      { url: `https://hooks.example.test/?token=${alertSecrets.webhookToken}`, code: '200', message: 'ok' },
    ],
  }
}
