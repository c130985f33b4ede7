import { describe, expect, it } from 'vitest'
import { cloudMonitorSchema } from '../../../receivers/cloudmonitor/config.ts'
import { createInstanceFilter } from '../../../receivers/cloudmonitor/filter.ts'
import type { InventoryItem, PointIdentity } from '../../../receivers/cloudmonitor/identity.ts'

const least = { regions: ['cn-hangzhou'], preset: 'ecs' }
const faultsOf = (settings: Record<string, unknown>) => {
  const { error } = cloudMonitorSchema.safeParse({ ...least, ...settings })
  return error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? []
}

describe('cloudMonitorSchema', () => {
  it('has the defaults of the design', () => {
    expect(cloudMonitorSchema.parse(least)).toMatchObject({
      pollIntervalMs: 300_000,
      delayMs: 240_000,
      overlapPeriods: 2,
      maxCatchUpMs: 3_600_000,
      startAt: { at: 'relative', ms: -600_000 },
      naming: 'datadog',
      totals: 'gauge',
      inventory: { source: 'resource_center', endpoint: '', refreshMs: 600_000, tagPrefix: 'alibabacloud.tag.' },
      budgetCalls: Number.POSITIVE_INFINITY,
      api: 'metric_list',
      accounts: [{ name: '' }],
    })
  })

  it('reads the block of the design', () => {
    const options = cloudMonitorSchema.parse({
      regions: ['cn-hangzhou'],
      endpoint: '',
      namespaces: [{ namespace: 'acs_ecs_dashboard', metrics: ['*', '!vm.*'], period: '60s', delay: '10m' }],
      start_at: '-10m',
      inventory: { source: 'resource_center', endpoint: 'http://127.0.0.1:9000', refresh: '1h' },
      filter: { tags: { team: 'web' }, resource_groups: [], ids: [] },
    })
    expect(options.requests).toEqual([
      {
        namespace: 'acs_ecs_dashboard',
        metrics: ['*', '!vm.*'],
        periodSeconds: 60,
        delayMs: 600_000,
        statistics: [],
        trustsNames: true,
      },
    ])
    expect(options.filter.tags).toEqual({ team: ['web'] })
  })

  it.each([
    [{ preset: [] }, 'namespaces: is needed'],
    [{ endpoint: 'http://host/path' }, 'endpoint'],
    [{ preset: 'ecss' }, 'preset'],
    [{ inventory: 'none', filter: { tags: { a: 'b' } } }, 'filter: by tags'],
    [
      { credentials: { type: 'ecs_ram_role' }, accounts: [{ name: 'a', credentials: { type: 'ecs_ram_role' } }] },
      'accounts',
    ],
    [{ inventory: 'tags', filter: { names: ['web-*'] } }, 'the Tag API knows neither'],
    [{ overlap: 31 }, 'overlap'],
    [{ budget: 10 }, 'budget'],
  ])('refuses %j', (settings, expected) => {
    expect(faultsOf(settings).join('\n')).toContain(expected)
  })
})

describe('createInstanceFilter', () => {
  const none = { tags: {}, resourceGroups: [], ids: [], names: [], regions: [] }
  const identity = (instanceId: string | undefined, region?: string): PointIdentity => ({
    key: '',
    accountId: '1',
    region,
    instanceId,
    attributes: [],
    pointAttributes: {},
  })
  const item: InventoryItem = {
    id: 'i-1',
    type: '',
    name: 'web-1',
    region: 'cn-beijing',
    resourceGroupId: 'rg-1',
    addresses: [],
    tags: [['team', 'web']],
  }
  it.each([
    ['nothing', {}, undefined, true],
    ['a tag', { tags: { team: ['w*'] } }, item, true],
    ['a tag with another value', { tags: { team: ['db'] } }, item, false],
    ['a tag that is not there', { tags: { env: ['prod'] } }, item, false],
    ['a tag that must not be', { tags: { env: ['!prod'] } }, item, true],
    ['a tag of an unknown instance', { tags: { env: ['!prod'] } }, undefined, false],
    ['an id', { ids: ['i-*', '!i-2'] }, undefined, true],
    ['a name', { names: ['web-*'] }, item, true],
    ['a name of an unknown instance', { names: ['*'] }, undefined, false],
    ['a region of the inventory', { regions: ['cn-beijing'] }, item, true],
    ['another region', { regions: ['cn-hangzhou'] }, item, false],
    ['a group', { resourceGroups: ['rg-2'] }, item, false],
    ['all of them', { ids: ['i-1'], names: ['db-*'] }, item, false],
  ])('by %s', (_case, options, known, expected) => {
    expect(createInstanceFilter({ ...none, ...options }).passes(identity('i-1'), known)).toBe(expected)
  })

  it('takes the region of the point where the inventory has none, and nothing of a whole account', () => {
    const filter = createInstanceFilter({ ...none, regions: ['cn-beijing'] })
    expect(filter.passes(identity('q-1', 'cn-beijing'), undefined)).toBe(true)
    expect(createInstanceFilter({ ...none, ids: ['*'] }).passes(identity(undefined), undefined)).toBe(false)
  })
})
