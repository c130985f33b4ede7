import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { defaultAccessKey, defaultAccountId } from '../../simulator/accounts.ts'
import type { ResourceSpec } from '../../simulator/cloudmonitor/resources.ts'
import { type Simulator, startSimulator } from '../../simulator/simulator.ts'
import { createManualClock, type ManualClock } from '../fakes/manual-clock.ts'
import { callCms, MINUTE_MS } from './cloudmonitor-caller.ts'
import { callRpc, type Flat, type RpcOptions, rpcOutcome } from './rpc-caller.ts'

const ecs = 'ACS::ECS::Instance'
const resources: ResourceSpec[] = [
  {
    id: 'i-1',
    type: ecs,
    name: 'web-1',
    region: 'cn-hangzhou',
    zone: 'cn-hangzhou-h',
    resourceGroupId: 'rg-a',
    tags: { env: 'prod', owner: '' },
    addresses: ['192.0.2.1'],
  },
  { id: 'i-2', type: ecs, name: 'web-2', region: 'ap-southeast-1', tags: { env: 'test' }, reports: /^CPU/ },
  { id: 'lb-1', type: 'ACS::SLB::LoadBalancer', name: 'entry', region: 'cn-hangzhou', resourceGroupId: 'rg-a' },
  {
    id: 'i-other',
    type: ecs,
    name: 'other',
    region: 'cn-hangzhou',
    accountId: '9999999999999999',
    tags: { env: 'prod' },
  },
]
const otherKey = { ...defaultAccessKey, id: 'LTAIother', accountId: '9999999999999999' }
let clock: ManualClock
let simulator: Simulator
beforeEach(async () => {
  clock = createManualClock()
  simulator = await startSimulator({
    clock,
    accessKeys: [defaultAccessKey, otherKey],
    world: { projects: [], traffic: [], trails: [], resources },
  })
  onTestFinished(() => simulator.close())
})

describe('SearchResources', () => {
  const version = '2022-12-01'
  const search = async (parameters: Flat = {}, options: RpcOptions = {}) => {
    const answer = await callRpc(simulator, 'SearchResources', parameters, { version, ...options })
    return { outcome: rpcOutcome(answer), body: JSON.parse(answer.body.toString()) }
  }
  const ids = async (parameters: Flat = {}, options: RpcOptions = {}): Promise<string[]> =>
    (await search(parameters, options)).body.Resources.map((each: { ResourceId: string }) => each.ResourceId)
  const filter = (Key: string, MatchType: string, ...values: string[]): Flat => ({
    'Filter.1.Key': Key,
    'Filter.1.MatchType': MatchType,
    ...Object.fromEntries(values.map((value, at) => [`Filter.1.Value.${at + 1}`, value])),
  })

  test('lists all resources of the account, of all regions, with names, groups and tags', async () => {
    const { body } = await search()
    expect(body.Resources[0]).toEqual({
      AccountId: defaultAccountId,
      RegionId: 'cn-hangzhou',
      ZoneId: 'cn-hangzhou-h',
      ResourceId: 'i-1',
      ResourceName: 'web-1',
      ResourceType: ecs,
      ResourceGroupId: 'rg-a',
      CreateTime: expect.stringMatching(/Z$/),
      Deleted: false,
      IpAddresses: ['192.0.2.1'],
      IpAddressAttributes: [{ IpAddress: '192.0.2.1', NetworkType: 'Private', Version: 'Ipv4' }],
      Tags: [
        { Key: 'env', Value: 'prod' },
        { Key: 'owner', Value: '' },
      ],
    })
    expect(await ids()).toEqual(['i-1', 'i-2', 'lb-1'])
    expect(await ids({}, { host: 'resourcecenter.aliyuncs.com' })).toEqual(['i-1', 'i-2', 'lb-1'])
    expect(await ids({}, { key: otherKey })).toEqual(['i-other'])
  })

  test.each([
    [filter('ResourceType', 'Equals', ecs), ['i-1', 'i-2']],
    [filter('ResourceType', 'Equals', ecs, 'ACS::SLB::LoadBalancer'), ['i-1', 'i-2', 'lb-1']],
    [filter('RegionId', 'Equals', 'ap-southeast-1'), ['i-2']],
    [filter('ResourceId', 'Prefix', 'i-'), ['i-1', 'i-2']],
    [filter('ResourceName', 'Contains', 'web'), ['i-1', 'i-2']],
    [filter('ResourceName', 'NotContains', 'web'), ['lb-1']],
    [filter('Tag', 'Equals', '{"key": "env", "value": "test"}'), ['i-2']],
    [filter('Tag', 'NotExists'), ['lb-1']],
    [{ ...filter('ResourceType', 'Equals', ecs), ResourceGroupId: 'rg-a' }, ['i-1']],
    [
      { ...filter('ResourceType', 'Equals', ecs), 'Filter.2.Key': 'RegionId', 'Filter.2.Value.1': 'cn-hangzhou' },
      ['i-1'],
    ],
  ])('filters by %o', async (parameters, found) => {
    expect(await ids(parameters)).toEqual(found)
  })

  test('pages by a token, 20 to a page by default and 500 at most', async () => {
    for (let at = 0; at < 30; at++) {
      simulator.cloudmonitor.addInstance({ id: `i-new-${at}`, type: ecs, name: '', region: 'cn-hangzhou' })
    }
    const first = (await search()).body
    expect(first.Resources).toHaveLength(20)
    const last = (await search({ NextToken: first.NextToken })).body
    expect(last.Resources).toHaveLength(13)
    expect(last).not.toHaveProperty('NextToken')
    expect(await ids({ MaxResults: 500 })).toHaveLength(33)
    expect((await search({ MaxResults: 501 })).outcome).toBe('400 InvalidParameter.MaxResults')
    expect((await search({ NextToken: 'x' })).outcome).toBe('400 InvalidParameter.NextToken')
    expect((await search(filter('Colour', 'Equals', 'red'))).outcome).toBe('400 InvalidParameter.Filter')
  })

  test('what vanished is gone, when the inventory has heard of it, and listed as deleted if asked for', async () => {
    simulator.cloudmonitor.behaviour.inventoryDelayMs = 5 * MINUTE_MS
    simulator.cloudmonitor.removeInstance('i-1')
    simulator.cloudmonitor.addInstance({ id: 'i-9', type: ecs, name: '', region: 'cn-hangzhou' })
    expect(await ids()).toEqual(['i-1', 'i-2', 'lb-1'])
    await clock.advance(5 * MINUTE_MS)
    expect(await ids()).toEqual(['i-2', 'lb-1', 'i-9'])
    const { body } = await search({ IncludeDeletedResources: 'true' })
    expect(body.Resources.find((each: { ResourceId: string }) => each.ResourceId === 'i-1')).toMatchObject({
      Deleted: true,
    })
  })

  test('is refused until the account has switched it on', async () => {
    simulator.cloudmonitor.behaviour.resourceCenterActivated = false
    expect((await search()).outcome).toBe('403 ServiceNotEnabled')
  })
})

test('ListTagResources gives the tags of a region, by ARN and tag', async () => {
  const list = async (parameters: Flat) => {
    const answer = await callRpc(simulator, 'ListTagResources', parameters, { version: '2018-08-28' })
    return { outcome: rpcOutcome(answer), body: JSON.parse(answer.body.toString()) }
  }
  const arn = `arn:acs:ecs:cn-hangzhou:${defaultAccountId}:instance/i-1`
  const Tags = [
    { Category: 'Custom', Key: 'env', Value: 'prod' },
    { Category: 'Custom', Key: 'owner', Value: '' },
  ]
  const all = { TagResources: [{ ResourceARN: arn, Tags }], NextToken: '' }
  expect((await list({ RegionId: 'cn-hangzhou' })).body).toMatchObject(all)
  expect((await list({ RegionId: 'cn-hangzhou', 'ResourceARN.1': 'arn:acs:ecs:*:*:instance/*' })).body).toMatchObject(
    all,
  )
  const none = { TagResources: [], NextToken: '' }
  expect((await list({ RegionId: 'cn-hangzhou', 'ResourceARN.1': 'arn:acs:rds:*' })).body).toMatchObject(none)
  expect((await list({ RegionId: 'cn-hangzhou', Tags: '{"env":"test"}' })).body).toMatchObject(none)
  expect((await list({ RegionId: 'cn-hangzhou', Tags: '{"env":""}' })).body).toMatchObject(all)
  expect((await list({ RegionId: 'cn-hangzhou', Category: 'System' })).body).toMatchObject(none)
  expect((await list({})).outcome).toBe('400 MissingParameter.RegionId')
})

test('DescribeMonitoringAgentHosts lists the hosts whose agent reports', async () => {
  const hosts = async (parameters: Flat = {}) =>
    (await callCms(simulator, 'DescribeMonitoringAgentHosts', parameters)).body
  expect(await hosts()).toMatchObject({
    Total: 1,
    PageTotal: 1,
    Hosts: { Host: [{ InstanceId: 'i-1', HostName: 'web-1', Region: 'cn-hangzhou', IpGroup: '192.0.2.1' }] },
  })
  expect((await hosts({ KeyWord: 'db' })).Hosts.Host).toEqual([])
})

describe('the calls of the products', () => {
  const call = async (action: string, parameters: Flat, options: RpcOptions = {}) => {
    const version = action === 'DescribeInstances' ? '2014-05-26' : '2014-08-15'
    const answer = await callRpc(simulator, action, parameters, { version, ...options })
    return { outcome: rpcOutcome(answer), body: JSON.parse(answer.body.toString()) }
  }

  test('DescribeInstances lists the hosts of a region as ECS spells them', async () => {
    const { body } = await call('DescribeInstances', { RegionId: 'cn-hangzhou' })
    expect(body).toMatchObject({ TotalCount: 1, PageNumber: 1, PageSize: 10 })
    expect(body.Instances.Instance).toMatchObject([
      {
        InstanceId: 'i-1',
        InstanceName: 'web-1',
        ZoneId: 'cn-hangzhou-h',
        InstanceType: 'ecs.g7.large',
        ResourceGroupId: 'rg-a',
        VpcAttributes: { PrivateIpAddress: { IpAddress: ['192.0.2.1'] } },
        Tags: {
          Tag: [
            { TagKey: 'env', TagValue: 'prod' },
            { TagKey: 'owner', TagValue: '' },
          ],
        },
      },
    ])
    expect((await call('DescribeInstances', {})).outcome).toBe('400 MissingParameter')
  })

  test('pages go by token, or by number', async () => {
    for (let each = 0; each < 5; each++) {
      simulator.cloudmonitor.addInstance({
        id: `rm-${each}`,
        type: 'ACS::RDS::DBInstance',
        name: `orders-${each}`,
        region: 'cn-hangzhou',
        engine: 'PostgreSQL',
      })
    }
    const region = { RegionId: 'cn-hangzhou' }
    const idsOf = (body: { Items: { DBInstance: { DBInstanceId: string }[] } }) =>
      body.Items.DBInstance.map((each) => each.DBInstanceId)
    const first = (await call('DescribeDBInstances', { ...region, MaxResults: 3 })).body
    expect(idsOf(first)).toEqual(['rm-0', 'rm-1', 'rm-2'])
    expect(first.Items.DBInstance[0]).toMatchObject({ Engine: 'PostgreSQL', DBInstanceDescription: 'orders-0' })
    const second = (await call('DescribeDBInstances', { ...region, MaxResults: 3, NextToken: first.NextToken })).body
    expect([idsOf(second), second.NextToken]).toEqual([['rm-3', 'rm-4'], ''])
    const byNumber = (await call('DescribeDBInstances', { ...region, PageSize: 2, PageNumber: 2 })).body
    expect([idsOf(byNumber), byNumber.TotalRecordCount]).toEqual([['rm-2', 'rm-3'], 5])
    expect((await call('DescribeDBInstances', { ...region, MaxResults: 101 })).outcome).toMatch(/^400 InvalidParameter/)
  })

  test('an account sees its own', async () => {
    const { body } = await call('DescribeInstances', { RegionId: 'cn-hangzhou' }, { key: otherKey })
    expect(body.Instances.Instance).toMatchObject([{ InstanceId: 'i-other' }])
  })
})
