import type { JsonObject } from '../../src/lossless-json.ts'
import type { Random } from '../random.ts'
import { isoSeconds } from '../rpc/call.ts'
import { apiCall, serviceEvent, signIn } from '../traffic/actiontrail-event.ts'
import { clientAddress, uuid } from '../traffic/kind.ts'

export interface Person {
  readonly userName: string
  readonly userId: string
}

/** An AccessKey in use by somebody, from one of its addresses. */
export interface Caller extends Person {
  readonly accessKeyId: string
  readonly address: string
}

/** What all documents made at one moment share. */
export interface Scene {
  readonly random: Random
  readonly timeMs: number
  readonly accountId: string
  /** Of regional events. */
  readonly region: string
  readonly globalEventsRegion: string
  /** RAM users at work with their keys; may be empty. */
  readonly callers: readonly Caller[]
  /** RAM users who sign in to the console; may be empty. */
  readonly people: readonly Person[]
}

type Scope = 'regional' | 'global'

interface Shape {
  readonly scope: Scope
  /** How often it comes, against the others; 0: only when asked for by name. */
  readonly weight: number
  readonly make: (scene: Scene) => JsonObject
}

const ROLE_ID = '300000000000000001'
const STS_KEY = 'STS.NEXAMPLEexample0001'
const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36'
const SENSITIVE: JsonObject = { SensitiveAction: 'true' }
/** Beyond 2^53: a parser that makes numbers of it loses the last digits. */
const LARGE_ID = 1_754_986_938_261_234_567n

/** The shapes of documents known, by the names of the reference's samples (actiontrail.md section 4). */
const shapes = {
  'console-signin-ram-user-success': {
    scope: 'global',
    weight: 3,
    make: (scene) => ramUserSignIn(scene, '', ''),
  },
  'console-signin-ram-user-failure': {
    scope: 'global',
    weight: 1,
    make: (scene) => ramUserSignIn(scene, 'PasswordIncorrect', 'The password is incorrect.'),
  },
  'console-signin-root-mfa-success': {
    scope: 'global',
    weight: 1,
    make: (scene) => ({
      ...head(scene, { eventId: uuid(scene.random), eventVersion: 1, rw: 'Write' }),
      eventType: 'ConsoleSignin',
      eventName: 'ConsoleSignin',
      eventSource: 'http://account.aliyun.com/login/login_aliyun.htm',
      serviceName: 'AasCustomer',
      acsRegion: scene.globalEventsRegion,
      isGlobal: true,
      sourceIpAddress: '192.0.2.10',
      userAgent: BROWSER,
      userIdentity: root(scene),
      additionalEventData: { loginAccount: 'owner@example.com', isMFAChecked: 'true' },
      errorMessage: 'success',
    }),
  },
  'api-call-ram-user-accesskey': { scope: 'regional', weight: 30, make: keyCall },
  'api-call-assumed-role': {
    scope: 'regional',
    weight: 6,
    make: (scene) => ({
      ...call(scene, 'Actiontrail', 'LookupEvents', '2020-07-06', 'Read'),
      sourceIpAddress: clientAddress(scene.random),
      userAgent: 'AlibabaCloud (linux; x64) Node.js/v20.0.0 Core/1.0.1 TeaDSL/1',
      userIdentity: role(scene, 'otlp-exporter', 'exporter'),
      requestParameters: {
        stsTokenPrincipalName: 'otlp-exporter/exporter',
        stsTokenPlayerUid: 1_987_654_321_098_765,
        AcsProduct: 'Actiontrail',
        RegionId: scene.region,
        'LookupAttribute.1.Key': 'EventRW',
        'LookupAttribute.1.Value': 'Write',
      },
      additionalEventData: { Scheme: 'https' },
      errorCode: '',
      errorMessage: '',
    }),
  },
  'api-call-root-account-console': {
    scope: 'regional',
    weight: 2,
    make: (scene) => ({
      ...legacyHead(scene, 1),
      eventType: 'ApiCall',
      eventName: 'StopInstance',
      eventSource: `ecs-${scene.region}-share.aliyuncs.com`,
      serviceName: 'Ecs',
      apiVersion: '2014-05-26',
      isGlobal: false,
      sourceIpAddress: '192.0.2.10',
      userAgent: 'Apache-HttpClient/4.5.7 (Java/1.8.0_275)',
      userIdentity: consoleRoot(scene),
      requestParameters: {
        charset: 'UTF-8',
        AcsProduct: 'Ecs',
        InstanceId: instance(scene),
        ForceStop: false,
        AcceptLanguage: 'zh-CN',
      },
      additionalEventData: { Scheme: 'http', CallerBid: '26842' },
    }),
  },
  'system-identity-delete-disk': {
    scope: 'regional',
    weight: 2,
    make: (scene) => {
      const [instanceId, diskId] = [instance(scene), `d-example${scene.random.hex(12)}`]
      const { eventSource: _, ...rest } = call(scene, 'Ecs', 'DeleteDisk', undefined, 'Write')
      return {
        ...rest,
        eventVersion: 1,
        eventAttributes: SENSITIVE,
        extend: 'INSTANCE',
        recipientAccountId: scene.accountId,
        sourceIpAddress: 'ecs.aliyuncs.com',
        userAgent: 'ecs.aliyuncs.com',
        userIdentity: { type: 'system', userName: 'ecs.aliyuncs.com' },
        referencedResources: { 'ACS::ECS::Instance': [instanceId], 'ACS::ECS::Disk': [diskId] },
        resourceType: 'ACS::ECS::Instance;ACS::ECS::Disk',
        resourceName: `${instanceId};${diskId}`,
      }
    },
  },
  'aliyun-service-event-renew': {
    scope: 'regional',
    weight: 3,
    make: (scene) => ({ ...serviceEvent(scene.random, isoSeconds(scene.timeMs)), acsRegion: scene.region }),
  },
  'accesskey-created': {
    scope: 'global',
    weight: 1,
    make: (scene) => {
      const keyId = `LTAIEXAMPLE${scene.random.hex(6).toUpperCase()}`
      const principal = `alice@${scene.accountId}.onaliyun.com`
      return {
        ...call(scene, 'Ims', 'CreateAccessKey', '2019-08-15', 'Write', 'global'),
        eventVersion: 1,
        eventAttributes: SENSITIVE,
        recipientAccountId: scene.accountId,
        sourceIpAddress: '198.51.100.77',
        userAgent: 'ram.console.aliyun.com',
        userIdentity: consoleRoot(scene),
        requestParameters: { AcsProduct: 'Ims', AkProxySuffix: 'ram', UserPrincipalName: principal },
        responseElements: {
          AccessKey: { AccessKeyId: keyId, Status: 'Active', CreateDate: isoSeconds(scene.timeMs) },
        },
        referencedResources: { 'ACS::RAM::User': [principal], 'ACS::RAM::AccessKey': [keyId] },
      }
    },
  },
  'error-access-denied': {
    scope: 'regional',
    weight: 2,
    make: (scene) => {
      const instanceId = instance(scene)
      return {
        ...call(scene, 'Ecs', 'DeleteInstance', '2014-05-26', 'Write'),
        ...keyInUse(scene),
        userAgent: 'AlibabaCloud (Linux; amd64) Golang/1.22 Core/0.01 TeaDSL/1',
        requestParameters: { AcsProduct: 'Ecs', RegionId: scene.region, InstanceId: instanceId, Force: true },
        errorCode: 'Forbidden.RAM',
        errorMessage: 'User not authorized to operate on the specified resource, or this API does not support RAM.',
        referencedResources: { 'ACS::ECS::Instance': [instanceId] },
      }
    },
  },
  'error-throttling': {
    scope: 'regional',
    weight: 2,
    make: (scene) => ({
      ...call(scene, 'Ecs', 'DescribeInstances', '2014-05-26', 'Read'),
      ...keyInUse(scene),
      userAgent: 'HashiCorp-Terraform/1.9.0 Provider/1.230.0',
      requestParameters: { AcsProduct: 'Ecs', RegionId: scene.region, PageSize: 100 },
      errorCode: 'Throttling.User',
      errorMessage: 'Request was denied due to user flow control.',
    }),
  },
  'read-event-list-access-keys': {
    scope: 'global',
    weight: 2,
    make: (scene) => ({
      ...call(scene, 'Ims', 'ListAccessKeys', '2019-08-15', 'Read', 'global'),
      sourceIpAddress: '192.0.2.10',
      userAgent: 'ram.console.aliyun.com',
      userIdentity: consoleRoot(scene),
      requestParameters: { AcceptLanguage: 'en-US', AkProxySuffix: 'ram', AcsProduct: 'Ims' },
      requestParameterJson: '{"AcceptLanguage":"en-US","AkProxySuffix":"ram","AcsProduct":"Ims"}',
      additionalEventData: { CallerBid: '26888' },
    }),
  },
  'insight-ip': {
    scope: 'regional',
    weight: 0,
    make: (scene) => ({
      ...legacyHead(scene, '1'),
      eventCategory: 'Insight',
      eventType: 'ActionTrailInsight',
      sharedEventId: uuid(scene.random).toUpperCase(),
      recipientAccountId: scene.accountId,
      insightDetails: {
        state: scene.random.pick(['Start', 'End']),
        insightType: 'IpInsight',
        insightObject: clientAddress(scene.random),
        insightContext: {
          attributions: [
            { attribute: 'userAgent', insight: [{ value: 'aliyun-cli/3.0.200', average: 2 }] },
            { attribute: 'apiRelated', insight: [{ value: 'Ecs:DescribeInstances', average: 2 }] },
            { attribute: 'errorCode', insight: [{ value: 'null', average: 2 }] },
          ],
          statistics: {
            insight: { average: 2 },
            insightDuration: 1,
            baseline: { average: 0 },
            baselineDuration: 10_080,
            insightCount: 2,
          },
        },
      },
    }),
  },
  'insight-ip-legacy': {
    scope: 'regional',
    weight: 0,
    make: (scene) => ({
      ...legacyHead(scene, '1'),
      eventType: 'ActionTrailInsight',
      eventCategory: 'Insight',
      recipient: scene.accountId,
      insightDetails: {
        sourceIpAddress: clientAddress(scene.random),
        insightType: 'IpInsight',
        insightContext: {},
      },
      userIdentity: {
        type: 'ram-user',
        principalId: '200000000000000001',
        accountId: scene.accountId,
        userName: 'alice',
      },
    }),
  },
  'ecs-create-network-interface': {
    scope: 'regional',
    weight: 3,
    make: (scene) => {
      const suffix = scene.random.hex(12)
      const [group, vSwitch] = [`sg-example${suffix}`, `vsw-example${suffix}`]
      const networkInterface = `eni-example${suffix}`
      return {
        ...call(scene, 'Ecs', 'CreateNetworkInterface', '2014-05-26', 'Write'),
        vpcId: `vpc-example${suffix}`,
        sourceIpAddress: 'Internal',
        userAgent: 'Apache-HttpClient/4.5.7 (Java/1.8.0_152)',
        userIdentity: role(scene, 'aliyunstreamdefaultrole', scene.accountId),
        requestParameters: {
          'Tag.1.Key': 'CreatedBy',
          'Tag.1.Value': 'StreamCompute',
          SecurityGroupId: group,
          VSwitchId: vSwitch,
          RegionId: scene.region,
          SignatureType: '',
          stsTokenPlayerUid: LARGE_ID,
        },
        responseElements: { NetworkInterfaceId: networkInterface },
        referencedResources: {
          'ACS::VPC::VSwitch': [vSwitch],
          'ACS::ECS::SecurityGroup': [group],
          'ACS::ECS::NetworkInterface': [networkInterface],
        },
        resourceType: 'ACS::VPC::VSwitch;ACS::ECS::SecurityGroup;ACS::ECS::NetworkInterface',
        resourceName: `${vSwitch};${group};${networkInterface}`,
        additionalEventData: { Scheme: 'http' },
      }
    },
  },
  'oss-put-bucket': {
    scope: 'regional',
    weight: 2,
    make: (scene) => {
      const eventId = scene.random.hex(24).toUpperCase()
      const bucket = `example-bucket-${scene.random.hex(4)}`
      return {
        ...legacyHead(scene, 1),
        eventId,
        requestId: eventId,
        eventType: 'ApiCall',
        eventName: 'PutBucket',
        eventSource: `${bucket}.oss-${scene.region}-cross.aliyuncs.com`,
        serviceName: 'Oss',
        isGlobal: false,
        sourceIpAddress: 'Internal',
        userIdentity: root(scene),
        referencedResources: { 'ACS::OSS::Bucket': [bucket] },
        additionalEventData: { CallerBid: '26842' },
      }
    },
  },
  'oss-data-event-get-object': {
    scope: 'regional',
    weight: 0,
    make: (scene) => {
      const eventId = scene.random.hex(24).toUpperCase()
      const object = `example-bucket/reports/${scene.random.hex(6)}.csv`
      return {
        ...call(scene, 'Oss', 'GetObject', '2019-05-17', 'Read'),
        eventId,
        requestId: eventId,
        eventVersion: 1,
        eventCategory: 'Data',
        eventSource: `example-bucket.oss-${scene.region}.aliyuncs.com`,
        recipientAccountId: scene.accountId,
        ...keyInUse(scene),
        userAgent: 'aliyun-sdk-js/6.20.0 Node.js 20.0.0 on Linux 64-bit',
        requestParameters: { bucketName: 'example-bucket', objectName: object.slice('example-bucket/'.length) },
        referencedResources: { 'ACS::OSS::Object': [object] },
        resourceType: 'ACS::OSS::Object',
        resourceName: object,
      }
    },
  },
  'console-operation-buy-page': {
    scope: 'regional',
    weight: 2,
    make: (scene) => ({
      ...legacyHead(scene, 1),
      eventType: 'ConsoleOperation',
      eventName: 'Create',
      eventSource: 'ecs.aliyuncs.com',
      serviceName: 'Ecs',
      userAgent: 'AliyunConsole',
      userIdentity: root(scene),
      requestParameters: {},
      referencedResources: { 'ACS::ECS::Instance': [instance(scene)] },
      additionalEventData: {
        orderIds: '210000000000018',
        '210000000000018': { articleConfig: { vm_cpu: '4', vm_bandwidth: '1024,5' } },
      },
    }),
  },
  'trail-stopped': {
    scope: 'regional',
    weight: 1,
    make: (scene) => ({
      ...call(scene, 'Actiontrail', 'StopLogging', '2020-07-06', 'Write'),
      eventVersion: 1,
      eventAttributes: SENSITIVE,
      sourceIpAddress: '2001:db8:0:1::25',
      userAgent: 'actiontrail.console.aliyun.com',
      userIdentity: consoleRoot(scene),
      requestParameters: { AcsProduct: 'Actiontrail', Region: scene.region, Name: 'audit-trail' },
      referencedResources: { 'ACS::ActionTrail::Trail': ['audit-trail'] },
    }),
  },
  'service-linked-role-call': {
    scope: 'regional',
    weight: 5,
    make: (scene) => {
      const parameters = {
        stsTokenPrincipalName: 'aliyunserviceroleforactiontrail/actiontrail',
        MetricName: 'delivery_sls_success_count',
        AcsProduct: 'Cms',
        EndTime: scene.timeMs,
        StartTime: scene.timeMs - 3_600_000,
        Dimensions: [{ instanceId: 'audit-trail' }],
        Period: 60,
        stsTokenPlayerUid: 1_987_654_321_098_765,
        Namespace: 'acs_actiontrail',
      }
      return {
        ...call(scene, 'Cms', 'DescribeMetricList', '2019-01-01', 'Read'),
        eventSource: 'metrics-share.aliyuncs.com',
        sourceIpAddress: 'actiontrail.aliyuncs.com',
        userAgent: 'actiontrail.aliyuncs.com',
        userIdentity: role(scene, 'aliyunserviceroleforactiontrail', 'actiontrail'),
        requestParameters: parameters,
        requestParameterJson: JSON.stringify(parameters),
        additionalEventData: { CallerBid: '26888' },
      }
    },
  },
  'legacy-2015-shape': {
    scope: 'global',
    weight: 1,
    make: (scene) => {
      const { acsRegion: _, ...rest } = legacyHead(scene, '1')
      return {
        ...rest,
        apiVersion: '2015-05-01',
        eventType: 'ApiCall',
        eventName: 'DeleteGroup',
        eventSource: 'ram.aliyuncs.com',
        requestParameters: { GroupName: 'grp1' },
        serviceName: 'Ram',
        sourceIpAddress: '192.0.2.10',
        userAgent: 'AliyunConsole',
        userIdentity: {
          type: 'ram-user',
          principalId: '200000000000000001',
          accountId: scene.accountId,
          userName: 'alice',
          sessionContext: {
            sessionAttributes: { creationDate: isoSeconds(scene.timeMs), mfaAuthenticated: 'true' },
          },
        },
      }
    },
  },
  'missing-event-version': {
    scope: 'regional',
    weight: 2,
    make: (scene) => {
      const { eventVersion: _, ...rest } = legacyHead(scene, 1)
      return {
        ...rest,
        eventType: 'ApiCall',
        eventName: 'DescribeRegions',
        eventSource: 'ecs.aliyuncs.com',
        serviceName: 'Ecs',
        userAgent: '',
        ...keyInUse(scene),
      }
    },
  },
  'sts-assume-role': {
    scope: 'regional',
    weight: 4,
    make: (scene) => {
      const caller = keyInUse(scene)
      return {
        ...call(scene, 'Sts', 'AssumeRole', '2015-04-01', 'Write'),
        eventId: uuid(scene.random),
        recipientAccountId: scene.accountId,
        userAgent: 'aliyun-cli/3.0.200',
        ...caller,
        requestParameters: { RoleArn: `acs:ram::${scene.accountId}:role/ram-admin`, RoleSessionName: 'session' },
      }
    },
  },
  'root-accesskey-used': {
    scope: 'global',
    // The world's root key is never used unless a test says so.
    weight: 0,
    make: (scene) => ({
      ...call(scene, 'Ram', 'AttachPolicyToUser', '2015-05-01', 'Write', 'global'),
      sourceIpAddress: '198.51.100.77',
      userAgent: 'python-requests/2.31.0',
      userIdentity: { ...root(scene), accessKeyId: 'LTAIEXAMPLEROOT1' },
      requestParameters: {
        AcsProduct: 'Ram',
        PolicyName: 'AdministratorAccess',
        PolicyType: 'System',
        UserName: 'bob',
      },
      referencedResources: { 'ACS::RAM::User': ['bob'], 'ACS::RAM::Policy': ['AdministratorAccess'] },
      resourceType: 'ACS::RAM::User;ACS::RAM::Policy',
      resourceName: 'bob;AdministratorAccess',
    }),
  },
  'referenced-resources-as-list': {
    scope: 'regional',
    weight: 2,
    make: (scene) => {
      const vSwitch = `vsw-example${scene.random.hex(12)}`
      const { eventCategory: _, ...rest } = call(scene, 'Vpc', 'DeleteVSwitch', '2016-04-28', 'Write')
      return {
        ...rest,
        userAgent: 'aliyun-cli/3.0.200',
        ...keyInUse(scene),
        requestParameters: { VSwitchId: vSwitch },
        referencedResources: [{ resourceType: 'ACS::VPC::VSwitch', resourceName: vSwitch }],
      }
    },
  },
  'platform-operation-inner-trail': {
    scope: 'regional',
    weight: 0,
    make: ({ random, timeMs, region, accountId }) => ({
      EventID: uuid(random),
      EventVersion: '1.0.0',
      EventProduct: 'ACK',
      EventName: 'DescribeK8sResourceGroup',
      EventDescription: `requestID: ${uuid(random).toUpperCase()}`,
      EventType: 'ALIYUN_INITIATED_SERVICE',
      EventMethod: 'Regular Read',
      EventLevel: random.pick(['NOTICE', 'WARNING']),
      EventLocation: 'CN',
      EventTime: isoSeconds(timeMs),
      EmployeeID: '',
      ResourceType: 'ACS::ACK::Cluster',
      ResourceID: `c-example${random.hex(12)}`,
      ResourceRegionID: region,
      ResourceOwnerID: accountId,
      EventAdditionalDetail: JSON.stringify({ filter: `user_id:${accountId}` }),
    }),
  },
} satisfies Readonly<Record<string, Shape>>

export type ShapeName = keyof typeof shapes

export const shapeNames = Object.keys(shapes) as [ShapeName, ...ShapeName[]]

/** A document of the named shape. */
export function makeDocument(shape: ShapeName, scene: Scene): JsonObject {
  return shapes[shape].make(scene)
}

/**
 * A management event as it comes in a region, of any shape that is no special case: global ones only where the account's
 * global events are stored.
 */
export function makeManagementEvent(scene: Scene): JsonObject {
  const isGlobalHere = scene.region === scene.globalEventsRegion
  const usual = shapeNames
    .filter((name) => shapes[name].weight > 0 && (isGlobalHere || shapes[name].scope === 'regional'))
    .map((name) => [name, shapes[name].weight] as const)
  const [first = ['api-call-ram-user-accesskey', 1] as const, ...rest] = usual
  return makeDocument(scene.random.weighted([first, ...rest]), scene)
}

/** A call of any product; where a RAM user makes it, with a key that the world has in use. */
function keyCall(scene: Scene): JsonObject {
  const { random, region, globalEventsRegion } = scene
  let event = apiCall(random, isoSeconds(scene.timeMs))
  while (event['isGlobal'] === true && region !== globalEventsRegion) event = apiCall(random, isoSeconds(scene.timeMs))
  const isRamUser = JSON.stringify(event['userIdentity']).includes('"ram-user"')
  const isGlobal = event['isGlobal'] === true
  const product = String(event['serviceName']).toLowerCase()
  return {
    ...event,
    acsRegion: region,
    eventSource: `${product}.${isGlobal ? '' : `${region}.`}aliyuncs.com`,
    recipientAccountId: scene.accountId,
    ...(isRamUser ? keyInUse(scene) : {}),
  }
}

function ramUserSignIn(scene: Scene, errorCode: string, errorMessage: string): JsonObject {
  const { random, timeMs, accountId, globalEventsRegion, people } = scene
  const event = signIn(random, timeMs, isoSeconds(timeMs))
  const [first, ...rest] = people
  if (first !== undefined) {
    const { userName, userId } = random.pick([first, ...rest])
    event['userIdentity'] = { type: 'ram-user', principalId: userId, accountId, userName }
  }
  return { ...event, acsRegion: globalEventsRegion, errorCode, errorMessage }
}

/** Fields that every document has had from the beginning. */
function legacyHead(scene: Scene, eventVersion: string | number): JsonObject {
  const eventId = uuid(scene.random)
  return { eventId, eventVersion, eventTime: isoSeconds(scene.timeMs), acsRegion: scene.region, requestId: eventId }
}

function head(
  scene: Scene,
  { eventId, eventVersion, rw }: { eventId: string; eventVersion: string | number; rw: 'Read' | 'Write' },
): JsonObject {
  return {
    eventId,
    eventVersion,
    eventCategory: 'Management',
    eventRW: rw,
    eventTime: isoSeconds(scene.timeMs),
    requestId: eventId,
  }
}

function call(
  scene: Scene,
  service: string,
  name: string,
  apiVersion: string | undefined,
  rw: 'Read' | 'Write',
  scope: Scope = 'regional',
): JsonObject {
  const region = scope === 'global' ? scene.globalEventsRegion : scene.region
  return {
    ...head(scene, { eventId: uuid(scene.random).toUpperCase(), eventVersion: '1', rw }),
    eventType: 'ApiCall',
    eventName: name,
    eventSource: `${service.toLowerCase()}.${scope === 'global' ? '' : `${region}.`}aliyuncs.com`,
    serviceName: service,
    ...(apiVersion === undefined ? {} : { apiVersion }),
    acsRegion: region,
    isGlobal: scope === 'global',
  }
}

/** Identity and address of a RAM user whose key is at work; of a console session where no key is in use. */
function keyInUse(scene: Scene): JsonObject {
  const [first, ...rest] = scene.callers
  if (first === undefined) return { userIdentity: consoleRoot(scene), sourceIpAddress: '192.0.2.10' }
  const { userName, userId, accessKeyId, address } = scene.random.pick([first, ...rest])
  const { accountId } = scene
  return {
    userIdentity: { type: 'ram-user', principalId: userId, accountId, userName, accessKeyId },
    sourceIpAddress: address,
  }
}

function root({ accountId }: Scene): JsonObject {
  return { type: 'root-account', principalId: accountId, accountId, userName: 'root' }
}

function consoleRoot(scene: Scene): JsonObject {
  return { ...root(scene), sessionContext: session(scene) }
}

function role(scene: Scene, name: string, sessionName: string): JsonObject {
  return {
    type: 'assumed-role',
    principalId: `${ROLE_ID}:${sessionName}`,
    accountId: scene.accountId,
    accessKeyId: STS_KEY,
    userName: `${name}:${sessionName}`,
    sessionContext: session(scene),
  }
}

function session({ timeMs }: Scene): JsonObject {
  return { attributes: { mfaAuthenticated: 'false', creationDate: isoSeconds(timeMs) } }
}

function instance({ random }: Scene): string {
  return `i-example${random.hex(12)}`
}
