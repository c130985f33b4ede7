import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { defaultAccessKey } from '../../simulator/accounts.ts'
import { isoSeconds } from '../../simulator/rpc/call.ts'
import { type Simulator, startSimulator } from '../../simulator/simulator.ts'
import { createManualClock, type ManualClock } from '../fakes/manual-clock.ts'
import { callRpc, type Flat, rpcOutcome } from './rpc-caller.ts'
import { jsonOf } from './sls-caller.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const region = 'cn-hangzhou'
const keyId = 'LTAIEXAMPLEKEY01'
const ram = { version: '2015-05-01' }
const ims = { version: '2019-08-15' }

let clock: ManualClock
let simulator: Simulator
beforeEach(async () => {
  clock = createManualClock()
  simulator = await startSimulator({ clock })
})
afterEach(() => simulator.close())

type Body = Record<string, unknown>
const call = async (action: string, parameters: Flat = {}, options = {}): Promise<Body> =>
  jsonOf(await callRpc(simulator, action, parameters, options)) as Body
const outcome = async (action: string, parameters: Flat = {}, options = {}) =>
  rpcOutcome(await callRpc(simulator, action, parameters, options))

/** An event of a key. */
const use = (eventName: string, more: object = {}) => ({
  eventId: `${eventName}-${simulator.clock.now()}`,
  eventTime: isoSeconds(simulator.clock.now()),
  eventVersion: '1',
  eventName,
  serviceName: 'Ecs',
  sourceIpAddress: '203.0.113.25',
  requestParameters: { InstanceId: 'i-1' },
  userIdentity: { type: 'ram-user', userName: 'alice', accessKeyId: keyId },
  ...more,
})

describe('the last use of a key', () => {
  test('is that of the events, seen from the next full hour on', async () => {
    const usedAtMs = Math.floor(simulator.clock.now() / 1000) * 1000
    simulator.actiontrail.issue(region, [use('StopInstance')])
    const owner = { AccessKeyId: keyId, AccountType: 'ram-user', OwnerId: '200000000000000001', UserName: 'alice' }
    const before = await call('GetAccessKeyLastUsedInfo', { AccessKey: keyId })
    expect(before).toMatchObject(owner)
    expect(before).not.toHaveProperty('UsedTimestamp')

    simulator.clock.advance(HOUR_MS)
    const after = await call('GetAccessKeyLastUsedInfo', { AccessKey: keyId })
    expect(after).toMatchObject({
      ...owner,
      ServiceName: 'Ecs',
      ServiceNameEn: 'Elastic Compute Service',
      Source: 'ManagementEvent',
      UsedTimestamp: usedAtMs,
    })
    const detail = JSON.parse(String(after['Detail']))
    expect(detail).toMatchObject({ eventName: 'StopInstance', eventVersion: 1 })
    expect(detail).not.toHaveProperty('requestParameters')
  })

  test('is told by product, event, address and resource, newest first', async () => {
    simulator.actiontrail.issue(region, [
      use('StopInstance', { resourceType: 'ACS::ECS::Instance', resourceName: 'i-1' }),
    ])
    simulator.clock.advance(60_000)
    simulator.actiontrail.issue(region, [
      use('StartInstance', { sourceIpAddress: '198.51.100.7' }),
      use('GetObject', { serviceName: 'Oss', eventCategory: 'Data' }),
      use('PutObject', { serviceName: 'Oss', userIdentity: { accessKeyId: 'LTAIEXAMPLEKEY03' } }),
    ])
    simulator.clock.advance(HOUR_MS)
    const ecs = { AccessKey: keyId, ServiceName: 'Ecs' }
    expect(await call('GetAccessKeyLastUsedProducts', { AccessKey: keyId })).toMatchObject({
      Products: expect.arrayContaining([
        expect.objectContaining({ ServiceName: 'Oss', Source: 'DataEvent' }),
        expect.objectContaining({ ServiceName: 'Ecs', Source: 'ManagementEvent' }),
      ]),
    })
    expect(await call('GetAccessKeyLastUsedEvents', ecs)).toMatchObject({
      Events: [{ EventName: 'StartInstance' }, { EventName: 'StopInstance' }],
    })
    expect(await call('GetAccessKeyLastUsedIps', ecs)).toMatchObject({
      Ips: [{ Ip: '198.51.100.7' }, { Ip: '203.0.113.25' }],
    })
    expect(await call('GetAccessKeyLastUsedResources', ecs)).toMatchObject({
      Resources: [{ ResourceType: 'ACS::ECS::Instance', ResourceName: 'i-1' }],
    })
  })

  test('comes in pages, with a token of its own query', async () => {
    simulator.actiontrail.issue(
      region,
      ['A', 'B', 'C', 'D', 'E'].map((name) => use(name)),
    )
    simulator.clock.advance(HOUR_MS)
    const query = { AccessKey: keyId, ServiceName: 'Ecs', PageSize: 2 }
    const names: unknown[] = []
    let token = ''
    do {
      const page = await call('GetAccessKeyLastUsedEvents', { ...query, NextToken: token })
      names.push((page['Events'] as Body[]).map((each) => each['EventName']))
      token = String(page['NextToken'] ?? '')
    } while (token !== '')
    expect(names.map((page) => (page as unknown[]).length)).toEqual([2, 2, 1])
    expect(names.flat().toSorted()).toEqual(['A', 'B', 'C', 'D', 'E'])
    const { NextToken } = await call('GetAccessKeyLastUsedEvents', query)
    const other = { ...query, PageSize: 3, NextToken: String(NextToken) }
    expect(await outcome('GetAccessKeyLastUsedEvents', other)).toBe('400 InvalidQueryParameter')
  })

  test('is forgotten after 400 days', async () => {
    simulator.actiontrail.issue(region, [use('StopInstance')])
    simulator.clock.advance(401 * DAY_MS)
    expect(await call('GetAccessKeyLastUsedProducts', { AccessKey: keyId })).toMatchObject({ Products: [] })
  })

  test.each<[string, Flat]>([
    ['GetAccessKeyLastUsedInfo', {}],
    ['GetAccessKeyLastUsedInfo', { AccessKey: 'LTAIunknown' }],
    ['GetAccessKeyLastUsedEvents', { AccessKey: keyId }],
    ['GetAccessKeyLastUsedIps', { AccessKey: keyId, ServiceName: 'Ecs', PageSize: 101 }],
    ['GetAccessKeyLastUsedResources', { AccessKey: keyId, ServiceName: 'Ecs', NextToken: 'bm9uZQ==' }],
  ])('%s refuses what it cannot know (%#)', async (action, parameters) => {
    expect(await outcome(action, parameters)).toBe('400 InvalidQueryParameter')
  })

  test('of the traffic is by the keys in use, from their addresses', async () => {
    simulator.actiontrail.issue(region, 3000)
    simulator.clock.advance(HOUR_MS)
    const lastUsed = async (id: string) => (await call('GetAccessKeyLastUsedInfo', { AccessKey: id }))['UsedTimestamp']
    expect(await lastUsed('LTAIEXAMPLEKEY01')).toEqual(expect.any(Number))
    expect(await lastUsed('LTAIEXAMPLEKEY03')).toEqual(expect.any(Number))
    expect(await lastUsed('LTAIEXAMPLEKEY02')).toBeUndefined()
    expect(await lastUsed('LTAIEXAMPLEKEY05')).toBeUndefined()
    expect(await lastUsed('LTAIEXAMPLEROOT1')).toBeUndefined()
    const { Ips } = await call('GetAccessKeyLastUsedIps', { AccessKey: 'LTAIEXAMPLEKEY04', ServiceName: 'Ecs' })
    expect((Ips as Body[]).map(({ Ip }) => Ip).toSorted()).toEqual(
      ['203.0.113.10', '203.0.113.11', '198.51.100.200', '2001:db8:0:1::25'].toSorted(),
    )
  })
})

describe('RAM and IMS', () => {
  test('list users in pages, by name and by principal name, without the root', async () => {
    const first = await call('ListUsers', { MaxItems: 3 }, ram)
    expect(first).toMatchObject({ IsTruncated: true, Users: { User: [{ UserName: 'alice' }, {}, {}] } })
    const second = await call('ListUsers', { MaxItems: 3, Marker: String(first['Marker']) }, ram)
    expect(second).toMatchObject({ IsTruncated: false, Users: { User: [{}, { DisplayName: '王芳' }] } })
    expect(second).not.toHaveProperty('Marker')
    expect(await call('ListUsers', {}, ims)).toMatchObject({
      Users: {
        User: expect.arrayContaining([
          expect.objectContaining({ UserPrincipalName: 'bob@1234567890123456.onaliyun.com' }),
        ]),
      },
    })
    expect(await outcome('ListUsers', { MaxItems: 1001 }, ram)).toBe('400 InvalidParameter.MaxItems')
  })

  test('are told apart by their versions and hosts', async () => {
    expect(await outcome('ListUsers', {}, { ...ram, host: 'ram.aliyuncs.com' })).toBe('200')
    expect(await outcome('ListUsers', {}, { ...ims, host: 'ims.aliyuncs.com' })).toBe('200')
    expect(await outcome('ListUsers', {}, { ...ims, host: 'ram.aliyuncs.com' })).toBe('404 InvalidVersion')
    expect(await outcome('GenerateCredentialReport', {}, ram)).toBe('404 InvalidVersion')
  })

  test('list the keys of a user, without one those of the caller', async () => {
    const days = (count: number) => isoSeconds(clock.now() - count * DAY_MS)
    expect(await call('ListAccessKeys', { UserName: 'ci-deployer' }, ram)).toMatchObject({
      AccessKeys: {
        AccessKey: [
          { AccessKeyId: 'LTAIEXAMPLEKEY04', Status: 'Active', CreateDate: days(60) },
          { AccessKeyId: 'LTAIEXAMPLEKEY05', Status: 'Inactive', CreateDate: days(390) },
        ],
      },
    })
    const principal = { UserPrincipalName: 'bob@1234567890123456.onaliyun.com' }
    expect(await call('ListAccessKeys', principal, ims)).toMatchObject({
      AccessKeys: { AccessKey: [{ AccessKeyId: 'LTAIEXAMPLEKEY03', UpdateDate: days(900) }] },
    })
    expect(await call('ListAccessKeys', {}, ram)).toMatchObject({
      AccessKeys: { AccessKey: [{ AccessKeyId: defaultAccessKey.id }] },
    })
    expect(await outcome('ListAccessKeys', { UserName: 'nobody' }, ram)).toBe('404 EntityNotExist.User')
    expect(await outcome('ListAccessKeys', { UserPrincipalName: 'bob' }, ims)).toBe('404 EntityNotExist.User')
  })

  test('tell when a key was last used', async () => {
    const usedAt = isoSeconds(simulator.clock.now())
    simulator.actiontrail.issue(region, [use('StopInstance')])
    const query = { UserAccessKeyId: keyId }
    expect(await call('GetAccessKeyLastUsed', { ...query, UserName: 'alice' }, ram)).toMatchObject({
      AccessKeyLastUsed: { LastUsedDate: '' },
    })
    simulator.clock.advance(HOUR_MS)
    const principal = { UserPrincipalName: 'alice@1234567890123456.onaliyun.com' }
    expect(await call('GetAccessKeyLastUsed', { ...query, UserName: 'alice' }, ram)).toMatchObject({
      AccessKeyLastUsed: { LastUsedDate: usedAt },
    })
    expect(await call('GetAccessKeyLastUsed', { ...query, ...principal }, ims)).toMatchObject({
      AccessKeyLastUsed: { LastUsedDate: usedAt, ServiceName: 'Ecs' },
    })
    expect(await outcome('GetAccessKeyLastUsed', { ...query, UserName: 'bob' }, ram)).toBe(
      '404 EntityNotExist.User.AccessKey',
    )
    expect(await outcome('GetAccessKeyLastUsed', { UserName: 'bob' }, ram)).toBe('400 MissingUserAccessKeyId')
  })

  test('follow the world: users and keys come, go and change', async () => {
    const { users } = simulator.ram
    users.add({ name: 'dave', id: '200000000000000009', createdDaysAgo: 0, keys: [] })
    users.addKey('dave', { id: 'LTAIdave', createdDaysAgo: 0, secret: 'of-dave' })
    const dave = { id: 'LTAIdave', secret: 'of-dave', accountId: defaultAccessKey.accountId }
    expect(await call('ListAccessKeys', {}, { ...ram, key: dave })).toMatchObject({
      AccessKeys: { AccessKey: [{ AccessKeyId: 'LTAIdave', Status: 'Active' }] },
    })
    simulator.accounts.disable('LTAIdave')
    expect(await call('ListAccessKeys', { UserName: 'dave' }, ram)).toMatchObject({
      AccessKeys: { AccessKey: [{ Status: 'Inactive' }] },
    })
    users.removeKey('LTAIdave')
    expect(await call('ListAccessKeys', { UserName: 'dave' }, ram)).toMatchObject({ AccessKeys: { AccessKey: [] } })
    users.remove('dave')
    expect(await outcome('ListAccessKeys', { UserName: 'dave' }, ram)).toBe('404 EntityNotExist.User')
    expect(() => users.addKey('dave', { id: 'LTAIdave', createdDaysAgo: 0 })).toThrow('There is no user dave')
  })
})

describe('the credential report', () => {
  const generate = async () => (await call('GenerateCredentialReport', {}, ims))['State']
  const csvOf = (body: Body) => Buffer.from(String(body['Content']), 'base64').toString('utf8')

  test('is started, in progress, completed, and new after four hours at the earliest', async () => {
    simulator.ram.behaviour.reportSeconds = 30
    expect(await outcome('GetCredentialReport', {}, ims)).toBe('404 EntityNotExist.CredentialReport')
    expect(await generate()).toBe('STARTED')
    expect(await generate()).toBe('INPROGRESS')
    expect(await outcome('GetCredentialReport', {}, ims)).toBe('404 EntityNotExist.CredentialReport')
    simulator.clock.advance(30_000)
    expect(await generate()).toBe('COMPLETED')
    const generatedAt = isoSeconds(simulator.clock.now())
    expect(await call('GetCredentialReport', {}, ims)).toMatchObject({ GeneratedTime: generatedAt })
    simulator.clock.advance(3.9 * HOUR_MS)
    expect(await generate()).toBe('COMPLETED')
    simulator.clock.advance(0.1 * HOUR_MS)
    expect(await generate()).toBe('STARTED')
  })

  test('has a line for each user, root first, and columns for its keys', async () => {
    simulator.actiontrail.issue(region, [use('StopInstance')])
    const usedAt = isoSeconds(simulator.clock.now())
    simulator.clock.advance(HOUR_MS)
    await generate()
    const report = await call('GetCredentialReport', {}, ims)
    expect(report).toMatchObject({ IsTruncated: 'false' })
    const [header = '', ...lines] = csvOf(report).trimEnd().split('\n')
    const columns = header.split(',')
    expect(columns).toHaveLength(28)
    const rows = lines.map((line) => Object.fromEntries(line.split(',').map((value, index) => [columns[index], value])))
    expect(rows.map((row) => row['user'])).toEqual([
      '<root>',
      ...['alice', 'bob', 'ci-deployer', 'otel-reader', 'wangfang'].map(
        (name) => `${name}@1234567890123456.onaliyun.com`,
      ),
    ])
    const days = (count: number) => isoSeconds(clock.now() - count * DAY_MS)
    expect(rows[0]).toMatchObject({ mfa_active: 'TRUE', access_key_1_exist: 'TRUE', access_key_1_last_used: '-' })
    expect(rows[1]).toMatchObject({
      user_creation_time: days(700),
      password_exist: 'TRUE',
      access_key_1_last_rotated: days(200),
      access_key_1_last_used: usedAt,
      access_key_2_exist: 'TRUE',
      access_key_2_last_used: '-',
      additional_access_key_1_exist: 'FALSE',
    })
    expect(rows[3]).toMatchObject({
      password_exist: 'FALSE',
      access_key_1_active: 'TRUE',
      access_key_2_active: 'FALSE',
    })
    expect(rows[5]).toMatchObject({ user_last_logon: '-', access_key_1_exist: 'FALSE', access_key_1_last_used: 'N/A' })
  })

  test('comes in pages of whole CSV', async () => {
    await generate()
    const users: string[] = []
    let token = ''
    do {
      const page = await call('GetCredentialReport', { MaxItems: 4, NextToken: token }, ims)
      const [header, ...lines] = csvOf(page).trimEnd().split('\n')
      expect(header).toMatch(/^user,/)
      users.push(...lines.map((line) => line.split(',')[0] ?? ''))
      token = String(page['NextToken'] ?? '')
    } while (token !== '')
    expect(users).toHaveLength(6)
    expect(new Set(users).size).toBe(6)
  })
})
