import { describe, expect, it, onTestFinished } from 'vitest'
import type { InventoryItem } from '../../../receivers/cloudmonitor/identity.ts'
import { joinedSource } from '../../../receivers/cloudmonitor/inventory-sources.ts'
import { defaultAccessKey } from '../../../simulator/accounts.ts'
import type { ResourceSpec } from '../../../simulator/cloudmonitor/resources.ts'
import { startSimulator } from '../../../simulator/simulator.ts'
import { RpcError } from '../../../src/alibaba/rpc/errors.ts'
import { createRecordingLog } from '../../fakes/recording-log.ts'
import { clockAt, createReceiverWorld } from './receiver-world.ts'

const minute = 60_000
const nowMs = Date.UTC(2026, 2, 4, 2, 0)
const place = { region: 'cn-hangzhou', zone: 'cn-hangzhou-i', resourceGroupId: 'rg-shop' }
const resources: ResourceSpec[] = [
  {
    ...place,
    id: 'i-1',
    type: 'ACS::ECS::Instance',
    name: 'web-1',
    tags: { team: 'shop' },
    addresses: ['192.0.2.1', '203.0.113.1'],
    instanceType: 'ecs.c7.xlarge',
  },
  {
    ...place,
    id: 'pgm-1',
    type: 'ACS::RDS::DBInstance',
    name: 'orders',
    tags: { team: 'data' },
    engine: 'PostgreSQL',
  },
  { ...place, id: 'lb-1', type: 'ACS::SLB::LoadBalancer', name: 'entry', tags: { team: 'edge' } },
]
const known = {
  'cloud.account.id': defaultAccessKey.accountId,
  'cloud.region': 'cn-hangzhou',
  'alibabacloud.arn': `acs:ecs:cn-hangzhou:${defaultAccessKey.accountId}:instance/i-1`,
  'alibabacloud.tag.team': 'shop',
}
const host = {
  ...known,
  'cloud.availability_zone': 'cn-hangzhou-i',
  'host.name': 'web-1',
  'host.type': 'ecs.c7.xlarge',
  'host.ip': ['192.0.2.1', '203.0.113.1'],
  'alibabacloud.resource_group.id': 'rg-shop',
}

/** Reads ten minutes of the simulated hosts, databases and load balancers. */
async function startWorld() {
  const simulator = await startSimulator({
    clock: clockAt(nowMs),
    world: { projects: [], traffic: [], trails: [], resources },
    cloudmonitor: { resourceCenterActivated: false },
  })
  onTestFinished(() => simulator.close())
  const { arrived, log, runAt } = await createReceiverWorld()
  const settings = {
    endpoint: simulator.url,
    credentials: {
      type: 'access_key',
      access_key_id: defaultAccessKey.id,
      access_key_secret: defaultAccessKey.secret,
    },
    preset: ['ecs', 'rds', 'slb'],
    start_at: new Date(nowMs - 10 * minute).toISOString(),
  }
  return {
    simulator,
    log,
    read: (others: Record<string, unknown>) => runAt(nowMs, { ...settings, ...others }),
    /** The resource of an instance's points. */
    resourceOf: (id: string) => arrived.find(({ resource }) => resource['cloud.resource_id'] === id)?.resource,
  }
}

describe('names and tags without Resource Center', () => {
  it.each(['products', 'resource_center'])('come from ECS, RDS and the Tag API, inventory: %s', async (inventory) => {
    const { read, resourceOf } = await startWorld()
    await read({ inventory })
    expect(resourceOf('i-1')).toMatchObject(host)
    expect(resourceOf('pgm-1')).toMatchObject({
      'db.system.name': 'postgresql',
      'alibabacloud.instance.name': 'orders',
      'alibabacloud.tag.team': 'data',
      'alibabacloud.arn': `acs:rds:cn-hangzhou:${defaultAccessKey.accountId}:dbinstance/pgm-1`,
    })
    const balancer = resourceOf('lb-1')
    expect(balancer).toMatchObject({ 'alibabacloud.tag.team': 'edge', 'cloud.region': 'cn-hangzhou' })
    expect(balancer).not.toHaveProperty('alibabacloud.instance.name')
  })

  it('lack what the account may not read, and no metric waits for it', async () => {
    const { simulator, read, resourceOf, log } = await startWorld()
    simulator.faults.inject({
      api: 'DescribeInstances',
      effect: { kind: 'error', status: 403, code: 'Forbidden.RAM' },
    })
    await read({ inventory: 'products' })
    expect(resourceOf('i-1')).toMatchObject(known)
    expect(resourceOf('i-1')).not.toHaveProperty('host.name')
    expect(resourceOf('pgm-1')).toMatchObject({ 'alibabacloud.instance.name': 'orders' })
    const told = log.lines.filter(({ message }) => message === 'A part of the inventory cannot be read')
    expect(told).toMatchObject([{ level: 'warn', fields: { part: 'ECS' } }])
  })

  it('are enough for a filter by name only where hosts and databases are all that is collected', async () => {
    const { read, resourceOf, simulator } = await startWorld()
    const filter = { names: ['web-*'] }
    await expect(read({ inventory: 'products', filter })).rejects.toThrow('more than these is collected')
    simulator.faults.inject({
      api: 'DescribeInstances',
      times: 1,
      effect: { kind: 'error', status: 403, code: 'Forbidden.RAM' },
    })
    const preset = ['ecs', 'rds']
    await expect(read({ inventory: 'products', filter, preset })).rejects.toThrow('waits for the inventory')
    expect(resourceOf('i-1')).toBeUndefined()
    await read({ inventory: 'products', filter, preset })
    expect([resourceOf('i-1')?.['host.name'], resourceOf('pgm-1')]).toEqual(['web-1', undefined])
  })
})

describe('joinedSource', () => {
  const item = (id: string, others: Partial<InventoryItem> = {}): InventoryItem => ({
    id,
    type: 'ACS::ECS::Instance',
    addresses: [],
    tags: [],
    ...others,
  })
  const never = new AbortController().signal

  it('keeps of a part that fails what it said last, and says once that it fails', async () => {
    const log = createRecordingLog()
    let fails = false
    const source = joinedSource(
      [
        {
          name: 'Tag API',
          needed: 'never',
          read: async () => [item('i-1', { accountId: '1', tags: [['team', 'shop']] })],
        },
        {
          name: 'ECS',
          needed: 'never',
          read: async () => {
            if (fails) throw new Error('no answer')
            return [item('i-1', { name: 'web-1' }), item('i-2')]
          },
        },
      ],
      log,
    )
    const both = [
      item('i-1', { name: 'web-1', accountId: '1', tags: [['team', 'shop']] }),
      item('i-2', { accountId: '1' }),
    ]
    expect(await source([], never)).toEqual(both)
    fails = true
    expect(await source([], never)).toEqual(both)
    expect(await source([], never)).toEqual(both)
    expect(log.lines.map(({ fields }) => fields)).toMatchObject([{ part: 'ECS' }])
  })

  it.each([
    ['always', new RpcError('permission', 'may not'), false],
    ['always', new RpcError('transient', 'broken'), false],
    ['unless_refused', new RpcError('permission', 'may not'), true],
    ['unless_refused', new RpcError('transient', 'broken'), false],
    ['never', new RpcError('transient', 'broken'), true],
  ] as const)('where a part is needed %s, %o lets the others count: %s', async (needed, error, counts) => {
    const parts = [
      { name: 'Tag API', needed: 'never' as const, read: async () => [item('i-1')] },
      { name: 'ECS', needed, read: () => Promise.reject(error) },
    ]
    const read = joinedSource(parts, createRecordingLog())([], never)
    if (counts) expect(await read).toEqual([item('i-1')])
    else await expect(read).rejects.toBe(error)
  })

  it('fails where every part does', async () => {
    const error = new RpcError('permission', 'may not')
    const parts = [{ name: 'ECS', needed: 'never' as const, read: () => Promise.reject(error) }]
    await expect(joinedSource(parts, createRecordingLog())([], never)).rejects.toBe(error)
  })
})
