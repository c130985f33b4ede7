import { describe, expect, it } from 'vitest'
import { builtInRules } from '../../src/detection/rule-files.ts'
import type { JsonObject } from '../../src/lossless-json.ts'
import { event, fired, later, rules, sample, startDetection } from './events.ts'

/** Events of one rule: those of `fires` bring it once in all, those of `silent` never. */
interface RuleCase {
  /** Rows of the table in actiontrail.md 5.4. */
  readonly rows: readonly number[]
  readonly settings?: Readonly<Record<string, unknown>>
  readonly watch?: readonly string[]
  readonly fires: readonly JsonObject[]
  readonly silent: readonly JsonObject[]
}

const root = { type: 'root-account', principalId: '1234567890123456', accountId: '1234567890123456', userName: 'root' }
const rootWithKey = { ...root, accessKeyId: 'LTAIEXAMPLEROOT1' }
const denied = { errorCode: 'Forbidden.RAM', errorMessage: 'no' }

const signIn = (parts: JsonObject = {}): JsonObject =>
  event({
    eventType: 'ConsoleSignin',
    eventName: 'ConsoleSignin',
    serviceName: 'AasSub',
    userIdentity: { type: 'ram-user', principalId: '200000000000000001', userName: 'alice' },
    errorCode: '',
    additionalEventData: { mfaChecked: 'true' },
    ...parts,
  })
const call = (serviceName: string, eventName: string, requestParameters: JsonObject = {}, parts: JsonObject = {}) =>
  event({ serviceName, eventName, requestParameters, ...parts })

/** So many events, ten seconds apart. */
const times = (count: number, make: (parts: JsonObject) => JsonObject, parts: JsonObject = {}): JsonObject[] =>
  Array.from({ length: count }, (_, index) => make({ eventTime: later(index * 10), ...parts }))

const insight = (insightType: string, state = 'Start'): JsonObject =>
  event({ eventType: 'ActionTrailInsight', eventCategory: 'Insight', insightDetails: { insightType, state } })

const cases: Readonly<Record<string, RuleCase>> = {
  'signin-failures': {
    rows: [1],
    fires: times(6, signIn, { errorCode: 'PasswordIncorrect' }),
    silent: [...times(5, signIn, { errorCode: 'PasswordIncorrect' }), ...times(9, signIn)],
  },
  'root-signin': { rows: [2], fires: [sample('03-console-signin-root-mfa-success')], silent: [signIn()] },
  'user-signin-without-mfa': {
    rows: [3],
    fires: [sample('01-console-signin-ram-user-success')],
    silent: [
      sample('02-console-signin-ram-user-failure'),
      signIn(),
      signIn({ userIdentity: root, additionalEventData: { isMFAChecked: false } }),
    ],
  },
  'root-signin-without-mfa': {
    rows: [4],
    fires: [signIn({ userIdentity: root, additionalEventData: { isMFAChecked: false } })],
    silent: [sample('03-console-signin-root-mfa-success'), sample('01-console-signin-ram-user-success')],
  },
  'signin-outside-allow-list': {
    rows: [5],
    settings: { allowed_addresses: ['198.51.100.0/24', '2001:db8::/32'] },
    fires: [signIn({ sourceIpAddress: '203.0.113.9' })],
    silent: [signIn(), signIn({ sourceIpAddress: '2001:db8::1' }), signIn({ sourceIpAddress: 'Internal' })],
  },
  'signin-outside-office-hours': {
    rows: [6],
    settings: { office_hours: 'Mon-Fri 08:00-19:00 Asia/Shanghai' },
    // 2025-06-02 was a Monday; Shanghai is eight hours ahead.
    fires: [signIn({ eventTime: '2025-06-02T11:00:00Z' })],
    silent: [signIn({ eventTime: '2025-06-02T00:00:00Z' }), signIn({ eventTime: '2025-06-02T10:59:59Z' })],
  },
  'root-access-key-used': {
    rows: [7],
    fires: [sample('24-root-accesskey-used')],
    silent: [
      sample('06-api-call-root-account-console'),
      event({ userIdentity: { ...root, accessKeyId: 'NULL' } }),
      event({ userIdentity: rootWithKey, ...denied }),
    ],
  },
  'failing-access-key': {
    rows: [8],
    settings: { threshold: 3 },
    fires: times(3, event, { errorCode: 'IncorrectInstanceStatus' }),
    silent: [
      ...times(2, event, { errorCode: 'IncorrectInstanceStatus' }),
      ...times(3, event, { errorCode: 'Throttling.User' }),
    ],
  },
  'access-key-created': {
    rows: [9],
    fires: [sample('09-accesskey-created')],
    silent: [sample('12-read-event-list-access-keys'), call('Ram', 'CreateAccessKey', {}, denied)],
  },
  'access-key-changed': {
    rows: [9],
    fires: [call('Ram', 'UpdateAccessKey', { Status: 'Inactive' })],
    silent: [sample('09-accesskey-created')],
  },
  'kms-key-disabled': { rows: [10], fires: [call('Kms', 'DisableKey')], silent: [call('Kms', 'EnableKey')] },
  'policy-attached-or-detached': {
    rows: [11],
    fires: [call('ResourceManager', 'DetachPolicy')],
    silent: [call('Ram', 'ListPoliciesForUser'), call('Ram', 'AttachPolicyToUser', {}, denied)],
  },
  'powerful-policy-attached': {
    rows: [11],
    fires: [sample('24-root-accesskey-used')],
    silent: [call('Ram', 'AttachPolicyToRole', { PolicyName: 'AliyunOSSReadOnlyAccess' })],
  },
  'policy-attached-to-user': {
    rows: [12],
    fires: [sample('24-root-accesskey-used')],
    silent: [call('Ram', 'AttachPolicyToGroup')],
  },
  'policy-changed': {
    rows: [13],
    fires: [call('Ram', 'SetDefaultPolicyVersion')],
    silent: [call('Ram', 'GetPolicy'), call('Ecs', 'DeletePolicy')],
  },
  'weak-password-policy': {
    rows: [14],
    fires: [call('Ims', 'SetPasswordPolicy', { MinimumPasswordLength: '8', MaxPasswordAge: '30' })],
    silent: [
      call('Ims', 'SetPasswordPolicy', {
        MinimumPasswordLength: 14,
        MaxPasswordAge: '90',
        MaxLoginAttemps: 5,
        PasswordReusePrevention: 4,
      }),
    ],
  },
  'repeated-password-changes': {
    rows: [15],
    fires: times(2, call.bind(undefined, 'AasSub', 'ChangePassword', {})),
    silent: [
      call('AasSub', 'ChangePassword'),
      call('AasSub', 'ChangePassword', {}, { userIdentity: { type: 'ram-user', userName: 'bob' } }),
    ],
  },
  'trail-stopped': {
    rows: [16],
    fires: [sample('19-trail-stopped')],
    silent: [call('Actiontrail', 'StartLogging'), call('Actiontrail', 'DeleteTrail', {}, denied)],
  },
  'trail-changed': {
    rows: [16],
    fires: [call('Actiontrail', 'UpdateTrail')],
    silent: [sample('19-trail-stopped'), call('Actiontrail', 'DescribeTrails')],
  },
  'unauthorized-calls': {
    rows: [17],
    fires: times(6, event, denied),
    silent: [...times(5, event, denied), ...times(9, event, { errorCode: 'Throttling' })],
  },
  'api-errors': {
    rows: [18],
    settings: { threshold: 2, window: '1m' },
    fires: times(2, event, { errorCode: 'InternalError' }),
    silent: [event(denied), event({ ...denied, serviceName: 'Rds' })],
  },
  'new-address-insight': {
    rows: [19],
    fires: [sample('13-insight-ip')],
    silent: [insight('IpInsight', 'End'), insight('AkInsight')],
  },
  'new-address-for-access-key': {
    rows: [19],
    settings: { learn_values: 2, known_addresses: ['192.0.2.0/24'] },
    fires: [event(), event({ sourceIpAddress: '203.0.113.1' }), event({ sourceIpAddress: '203.0.113.2' })],
    silent: [
      event(),
      event({ sourceIpAddress: '203.0.113.1' }),
      event({ sourceIpAddress: '192.0.2.77' }),
      event({ sourceIpAddress: 'ecs.aliyuncs.com' }),
      sample('15-ecs-create-network-interface'),
    ],
  },
  'unusual-access-key-use-insight': {
    rows: [20],
    fires: [insight('AkInsight')],
    silent: [insight('AkInsight', 'End'), sample('13-insight-ip')],
  },
  'other-insight': {
    rows: [20],
    fires: [insight('TrailConcealmentInsight')],
    silent: [sample('13-insight-ip'), insight('ApiErrorRateInsight', 'End')],
  },
  'watched-access-key': {
    rows: [],
    watch: ['LTAIEXAMPLEKEY01'],
    fires: times(3, event),
    silent: [sample('24-root-accesskey-used'), sample('01-console-signin-ram-user-success')],
  },
  'security-group-changed': {
    rows: [21],
    fires: [call('Ecs', 'RevokeSecurityGroupEgress')],
    silent: [call('Ecs', 'DescribeSecurityGroups'), call('Vpc', 'CreateSecurityGroup')],
  },
  'security-group-opened': {
    rows: [21],
    fires: [call('Ecs', 'AuthorizeSecurityGroup', { 'Permissions.1.SourceCidrIp': '0.0.0.0/0' })],
    silent: [
      call('Ecs', 'AuthorizeSecurityGroup', { SourceCidrIp: '10.0.0.0/8' }),
      call('Ecs', 'AuthorizeSecurityGroup', { SourceCidrIp: '0.0.0.0/0', Policy: 'drop' }),
      call('Ecs', 'AuthorizeSecurityGroupEgress', { DestCidrIp: '0.0.0.0/0' }),
    ],
  },
  'bucket-policy-changed': {
    rows: [22],
    fires: [call('Oss', 'PutBucketPolicy')],
    silent: [sample('16-oss-put-bucket'), sample('17-oss-data-event-get-object')],
  },
  'bucket-encryption-removed': {
    rows: [22],
    fires: [call('Oss', 'DeleteBucketEncryption')],
    silent: [call('Oss', 'PutBucketEncryption')],
  },
  'instance-released': {
    rows: [23],
    fires: [call('Ecs', 'DeleteInstances')],
    silent: [sample('10-error-access-denied'), sample('07-system-identity-delete-disk')],
  },
  'instance-forced-off': {
    rows: [23],
    fires: [call('Ecs', 'StopInstance', { ForceStop: 'True' })],
    silent: [call('Ecs', 'StopInstance', { ForceStop: false }), call('Ecs', 'RebootInstance')],
  },
  'deletion-protection-off': {
    rows: [23],
    fires: [call('Ecs', 'ModifyInstanceAttribute', { DeletionProtection: false })],
    silent: [call('Ecs', 'ModifyInstanceAttribute', { InstanceName: 'web' })],
  },
  'unencrypted-disk': {
    rows: [24],
    fires: [call('Ecs', 'RunInstances', { DataDisk: [{ Encrypted: 'true' }, { Encrypted: 'false' }] })],
    silent: [call('Ecs', 'CreateDisk', { Encrypted: true }), call('Ecs', 'CreateDisk')],
  },
  'snapshots-off': {
    rows: [24],
    fires: [call('Ecs', 'CancelAutoSnapshotPolicy')],
    silent: [call('Ecs', 'ApplyAutoSnapshotPolicy')],
  },
  'network-routing-changed': {
    rows: [25],
    fires: [call('Vpc', 'CreateRouteEntry')],
    silent: [call('Vpc', 'DescribeRouteEntryList')],
  },
  'flow-log-off': { rows: [25], fires: [call('Vpc', 'DeleteFlowLog')], silent: [call('Vpc', 'CreateFlowLog')] },
  'database-opened': {
    rows: [26],
    fires: [call('Rds', 'ModifySecurityIps', { SecurityIps: '10.23.12.24,0.0.0.0/0' })],
    silent: [
      call('Rds', 'ModifySecurityIps', { SecurityIps: '10.0.0.0/8,100.0.0.0' }),
      call('Rds', 'ModifySecurityIps', { SecurityIps: '0.0.0.0/0', ModifyMode: 'Delete' }),
    ],
  },
  'database-ssl-off': {
    rows: [26],
    fires: [call('Rds', 'ModifyDBInstanceSSL', { SSLEnabled: '0' })],
    silent: [call('Rds', 'ModifyDBInstanceSSL', { SSLEnabled: '1' })],
  },
  'database-audit-off': {
    rows: [26],
    fires: [call('Rds', 'ModifySQLCollectorPolicy', { SQLCollectorStatus: 'Disabled' })],
    silent: [call('Rds', 'ModifySQLCollectorPolicy', { SQLCollectorStatus: 'Enable' })],
  },
  'database-deleted': {
    rows: [26],
    fires: [call('Rds', 'DeleteDBInstance')],
    silent: [call('Rds', 'DeleteDBInstance', {}, denied), call('Ecs', 'Release')],
  },
  'firewall-weakened': {
    rows: [27],
    fires: [call('Cloudfw', 'ModifyDefaultIPSConfig', { BasicRules: '0' })],
    silent: [call('Cloudfw', 'ModifyDefaultIPSConfig', { BasicRules: '1' }), call('Cloudfw', 'PutEnableFwSwitch')],
  },
  'web-lock-off': {
    rows: [27],
    fires: [call('Sas', 'ModifyWebLockStatus', { Status: 'off' })],
    silent: [call('Sas', 'ModifyWebLockStatus', { Status: 'on' })],
  },
  'plain-http-listener': {
    rows: [28],
    fires: [call('Slb', 'CreateLoadBalancerHTTPListener')],
    silent: [
      call('Slb', 'CreateLoadBalancerHTTPSListener'),
      call('Alb', 'CreateListener', { ListenerProtocol: 'QUIC' }),
    ],
  },
}

describe('built-in rules', () => {
  it('each has its cases, and each case its rule', () => {
    expect(Object.keys(cases).sort()).toEqual(
      builtInRules()
        .map(({ id }) => id)
        .sort(),
    )
  })

  it('every row of the table of public rules is covered, but for the checks of configuration', () => {
    const rows = new Set(Object.values(cases).flatMap((each) => each.rows))
    expect([...rows].sort((a, b) => a - b)).toEqual(Array.from({ length: 28 }, (_, index) => index + 1))
  })

  describe.each(Object.entries(cases))('%s', (id, { settings = {}, watch = [], fires, silent }) => {
    it('fires once at what it looks for', async () => {
      const detection = await startDetection({ rules: rules({ [id]: settings }, [id]), watch })
      expect(fired(detection, ...fires)).toEqual([id])
    })

    it('is silent otherwise', async () => {
      const detection = await startDetection({ rules: rules({ [id]: settings }, [id]), watch })
      expect(fired(detection, ...silent)).toEqual([])
    })
  })

  it('those with queries have them for each of the backends', () => {
    const wanted = [1, 2, 3, 4, 7, 8, 9, 11, 16, 17, 19]
    for (const row of wanted) {
      const ids = Object.entries(cases).flatMap(([id, { rows }]) => (rows.includes(row) ? [id] : []))
      const queries = builtInRules().flatMap((rule) => (ids.includes(rule.id) ? [Object.keys(rule.queries)] : []))
      expect(queries).toContainEqual(['datadog', 'loki', 'elasticsearch'])
    }
  })
})
