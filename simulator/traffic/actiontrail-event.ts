import type { JsonObject } from '../../src/lossless-json.ts'
import type { Random } from '../random.ts'
import { accountId, clientAddress, type TrafficGroup, type TrafficKind, type TrafficRecord, uuid } from './kind.ts'

interface Operation {
  readonly service: string
  readonly name: string
  readonly apiVersion: string
  readonly rw: 'Read' | 'Write'
  readonly isSensitive?: true
  readonly isGlobal?: true
  /** Type of the resource it touches and how its ids begin. */
  readonly resource?: readonly [type: string, idPrefix: string]
}

const operations: readonly [Operation, ...Operation[]] = [
  { service: 'Ecs', name: 'DescribeInstances', apiVersion: '2014-05-26', rw: 'Read' },
  {
    service: 'Ecs',
    name: 'RunInstances',
    apiVersion: '2014-05-26',
    rw: 'Write',
    resource: ['ACS::ECS::Instance', 'i-example'],
  },
  {
    service: 'Ecs',
    name: 'StopInstance',
    apiVersion: '2014-05-26',
    rw: 'Write',
    resource: ['ACS::ECS::Instance', 'i-example'],
  },
  {
    service: 'Ecs',
    name: 'DeleteInstance',
    apiVersion: '2014-05-26',
    rw: 'Write',
    isSensitive: true,
    resource: ['ACS::ECS::Instance', 'i-example'],
  },
  {
    service: 'Ecs',
    name: 'AuthorizeSecurityGroup',
    apiVersion: '2014-05-26',
    rw: 'Write',
    resource: ['ACS::ECS::SecurityGroup', 'sg-example'],
  },
  { service: 'Rds', name: 'DescribeDBInstances', apiVersion: '2014-08-15', rw: 'Read' },
  {
    service: 'Rds',
    name: 'ModifySecurityIps',
    apiVersion: '2014-08-15',
    rw: 'Write',
    resource: ['ACS::RDS::DBInstance', 'rm-example'],
  },
  {
    service: 'Slb',
    name: 'SetLoadBalancerStatus',
    apiVersion: '2014-05-15',
    rw: 'Write',
    resource: ['ACS::SLB::LoadBalancer', 'lb-example'],
  },
  {
    service: 'Ram',
    name: 'CreateUser',
    apiVersion: '2015-05-01',
    rw: 'Write',
    isGlobal: true,
    resource: ['ACS::RAM::User', 'user-'],
  },
  {
    service: 'Ram',
    name: 'AttachPolicyToUser',
    apiVersion: '2015-05-01',
    rw: 'Write',
    isGlobal: true,
    isSensitive: true,
    resource: ['ACS::RAM::User', 'user-'],
  },
  {
    service: 'Ims',
    name: 'CreateAccessKey',
    apiVersion: '2019-08-15',
    rw: 'Write',
    isGlobal: true,
    isSensitive: true,
    resource: ['ACS::RAM::AccessKey', 'LTAIEXAMPLE'],
  },
  { service: 'Ims', name: 'ListAccessKeys', apiVersion: '2019-08-15', rw: 'Read', isGlobal: true },
  { service: 'Sts', name: 'AssumeRole', apiVersion: '2015-04-01', rw: 'Read', resource: ['ACS::RAM::Role', 'role-'] },
  {
    service: 'Oss',
    name: 'PutBucketAcl',
    apiVersion: '2019-05-17',
    rw: 'Write',
    isSensitive: true,
    resource: ['ACS::OSS::Bucket', 'bucket-'],
  },
  { service: 'Cms', name: 'DescribeMetricList', apiVersion: '2019-01-01', rw: 'Read' },
  { service: 'Kms', name: 'Decrypt', apiVersion: '2016-01-20', rw: 'Read', resource: ['ACS::KMS::Key', 'key-'] },
]

type Failure = readonly [code: string, message: string]

const userAgents = [
  'aliyun-cli/3.0.200',
  'HashiCorp-Terraform/1.9.0 Provider/1.230.0',
  'AlibabaCloud (linux; x64) Node.js/v20.0.0 Core/1.0.1 TeaDSL/1',
  'ram.console.aliyun.com',
  'Apache-HttpClient/4.5.7 (Java/1.8.0_275)',
] as const

const failures: readonly [Failure, ...Failure[]] = [
  ['Forbidden.RAM', 'User not authorized to operate on the specified resource, or this API does not support RAM.'],
  ['NoPermission', 'You are not authorized to do this action. You should be authorized by RAM.'],
  ['Throttling.User', 'Request was denied due to user flow control.'],
  ['InvalidInstanceId.NotFound', 'The specified InstanceId does not exist.'],
  ['InternalError', 'The request processing has failed due to some unknown error.'],
]

const users = ['alice', 'bob', 'carol', 'ci-deployer', '王芳'] as const
const regions = ['cn-hangzhou', 'cn-hangzhou', 'cn-beijing', 'ap-southeast-1'] as const

function identity(random: Random, eventTime: string): JsonObject {
  const session = { attributes: { mfaAuthenticated: random.chance(0.5) ? 'true' : 'false', creationDate: eventTime } }
  switch (random.integer(0, 5)) {
    case 0:
      return { type: 'root-account', principalId: accountId, accountId, userName: 'root', sessionContext: session }
    case 1:
      return {
        type: 'assumed-role',
        principalId: '300000000000000001:exporter',
        accountId,
        accessKeyId: 'STS.NEXAMPLEexample0001',
        userName: 'otlp-exporter:exporter',
        sessionContext: session,
      }
    case 2:
      return { type: 'system', userName: 'ecs.aliyuncs.com' }
    default: {
      const user = random.integer(0, users.length - 1)
      return {
        type: 'ram-user',
        principalId: `20000000000000000${user}`,
        accountId,
        userName: users[user] ?? 'alice',
        accessKeyId: `LTAIEXAMPLEKEY0${user}`,
      }
    }
  }
}

/** A RAM user at the console's door, a quarter of them with a wrong password. */
export function signIn(random: Random, timeMs: number, eventTime: string): JsonObject {
  const eventId = `1.${random.integer(100, 999)}_${timeMs}_${random.hex(8)}`
  const user = random.integer(0, users.length - 1)
  const failed = random.chance(0.25)
  return {
    eventId,
    eventVersion: '1',
    eventType: 'ConsoleSignin',
    eventName: 'ConsoleSignin',
    eventSource: 'signin.aliyun.com',
    serviceName: 'AasSub',
    eventTime,
    acsRegion: 'cn-hangzhou',
    requestId: eventId,
    sourceIpAddress: clientAddress(random),
    userAgent: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36',
    userIdentity: {
      type: 'ram-user',
      principalId: `20000000000000000${user}`,
      accountId,
      userName: users[user] ?? 'alice',
    },
    additionalEventData: {
      callbackUrl: 'https://home.console.example.test/',
      mfaChecked: random.chance(0.5) ? 'true' : 'false',
    },
    errorCode: failed ? 'PasswordIncorrect' : '',
    errorMessage: failed ? 'The password is incorrect.' : '',
  }
}

/** A product acting by itself: no caller, no source address. */
export function serviceEvent(random: Random, eventTime: string): JsonObject {
  const eventId = uuid(random)
  return {
    eventId,
    eventVersion: 1,
    eventType: 'AliyunServiceEvent',
    eventName: random.pick(['Renew', 'InstanceFailureReboot', 'Release']),
    eventSource: 'ecs.aliyuncs.com',
    serviceName: 'Ecs',
    eventTime,
    acsRegion: random.pick(regions),
    requestId: eventId,
    userAgent: 'usercenter2.aliyun.com/renew/auto',
    userIdentity: { type: 'system' },
    requestParameters: {},
    referencedResources: { 'ACS::ECS::Instance': [`i-example${random.hex(12)}`] },
  }
}

/** A call of any product, by any kind of caller; a tenth of them fails. */
export function apiCall(random: Random, eventTime: string): JsonObject {
  const { service, name, apiVersion, rw, isSensitive, isGlobal, resource } = random.pick(operations)
  const eventId = uuid(random).toUpperCase()
  const region = random.pick(regions)
  const failure = random.chance(0.1) ? random.pick(failures) : undefined
  const resourceId = resource === undefined ? undefined : `${resource[1]}${random.hex(10)}`
  const parameters: JsonObject = {
    AcsProduct: service,
    RegionId: region,
    ...(resourceId === undefined ? { PageSize: 100 } : { ResourceId: resourceId, DryRun: false }),
    stsTokenPlayerUid: 1_987_654_321_098_765,
  }
  return {
    eventId,
    // Text on newer trails, a number on older ones.
    eventVersion: random.chance(0.7) ? '1' : 1,
    eventCategory: 'Management',
    eventRW: rw,
    ...(isSensitive ? { eventAttributes: { SensitiveAction: 'true' } } : {}),
    eventType: 'ApiCall',
    eventName: name,
    eventSource: `${service.toLowerCase()}.${isGlobal ? '' : `${region}.`}aliyuncs.com`,
    serviceName: service,
    apiVersion,
    eventTime,
    acsRegion: region,
    isGlobal: isGlobal ?? false,
    recipientAccountId: accountId,
    requestId: eventId,
    sourceIpAddress: random.chance(0.1) ? 'Internal' : clientAddress(random),
    userAgent: random.pick(userAgents),
    userIdentity: identity(random, eventTime),
    requestParameters: parameters,
    requestParameterJson: JSON.stringify(parameters),
    ...(failure === undefined
      ? { responseElements: { RequestId: eventId } }
      : { errorCode: failure[0], errorMessage: failure[1] }),
    ...(resource === undefined || resourceId === undefined
      ? {}
      : { referencedResources: { [resource[0]]: [resourceId] }, resourceType: resource[0], resourceName: resourceId }),
    additionalEventData: { Scheme: 'https', CallerBid: '26888' },
  }
}

export const actiontrailEvent: TrafficKind = {
  name: 'actiontrail-event',
  group(random): TrafficGroup {
    // A trail's own delivery, or the copy of the Log Audit Service.
    const isAuditCopy = random.chance(0.2)
    return {
      topic: isAuditCopy ? 'actiontrail_event' : 'actiontrail_audit_event',
      source: isAuditCopy ? 'log_service' : 'actiontrail_internal',
      tags: isAuditCopy ? [] : [['__pack_id__', `${random.hex(16).toUpperCase()}-${random.integer(1, 99)}`]],
      record(timeMs): TrafficRecord {
        const eventTime = `${new Date(timeMs).toISOString().slice(0, 19)}Z`
        const roll = random.next()
        const event =
          roll < 0.1
            ? signIn(random, timeMs, eventTime)
            : roll < 0.15
              ? serviceEvent(random, eventTime)
              : apiCall(random, eventTime)
        const contents: [string, string][] = [['event', JSON.stringify(event)]]
        if (isAuditCopy) contents.unshift(['owner_id', accountId])
        return { contents, id: String(event['eventId']) }
      },
    }
  },
}
