import { setImmediate } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { cloudMonitorReceiver } from '../../../receivers/cloudmonitor/receiver.ts'
import type { Clock } from '../../../src/clock.ts'
import type { Checkpoints } from '../../../src/storage/checkpoints.ts'
import { createMemoryStore } from '../../../src/storage/memory.ts'
import { createFastClock } from '../../fakes/fast-clock.ts'
import type { FakeCms, FakeSeries } from './fake-cms.ts'
import { failure } from './fake-cms.ts'
import { clockAt, createReceiverWorld, type ReceiverWorld } from './receiver-world.ts'

const midnight = Date.UTC(2026, 2, 2)
const minute = 60_000
const at = (minutes: number) => midnight + minutes * minute
const cpuOf = (instanceId: string): FakeSeries => ({
  namespace: 'acs_ecs_dashboard',
  metric: 'CPUUtilization',
  dimensions: { userId: '1208863178618123', instanceId },
})
const cpuOnly = { namespaces: [{ namespace: 'acs_ecs_dashboard', metrics: ['CPUUtilization'] }] }

/** Points of whole minutes, visible a little later. */
function addMinutes(cms: FakeCms, series: FakeSeries, from: number, to: number, visibleAfterMs = 2 * minute) {
  for (let each = from; each <= to; each++) {
    cms.add(series, {
      timestampMs: at(each),
      visibleMs: at(each) + visibleAfterMs,
      values: { Average: each, Minimum: 0.5, Maximum: 100 },
    })
  }
}
const instance = (ResourceId: string, more: Record<string, unknown> = {}) => ({
  AccountId: '1208863178618123',
  RegionId: 'cn-hangzhou',
  ZoneId: 'cn-hangzhou-h',
  ResourceId,
  ResourceName: `name of ${ResourceId}`,
  ResourceType: 'ACS::ECS::Instance',
  ResourceGroupId: 'rg-1',
  IpAddresses: ['10.0.0.1'],
  Tags: [{ Key: 'team', Value: 'web' }],
  ...more,
})

describe('alibabacloud_cloudmonitor', () => {
  it('exports each statistic under its own name, with the time, the unit and the identity of the instance', async () => {
    const { cms, arrived, runAt } = await createReceiverWorld()
    addMinutes(cms, cpuOf('i-1'), 0, 60)
    cms.resources.push(instance('i-1'))
    await runAt(at(60), { ...cpuOnly, inventory: 'resource_center' })

    const points = arrived.filter(({ name }) => name !== 'alibabacloud.ecs.count')
    // start_at is ten minutes ago, the hold-back four.
    expect(
      points
        .filter(({ name }) => name.endsWith('average'))
        .map(({ timeMs, value }) => [timeMs, value])
        .sort(),
    ).toEqual([51, 52, 53, 54, 55, 56].map((each) => [at(each), each]))
    expect([...new Set(points.map(({ name }) => name))].sort()).toEqual([
      'alibabacloud.ecs.cpu_utilization.average',
      'alibabacloud.ecs.cpu_utilization.maximum',
      'alibabacloud.ecs.cpu_utilization.minimum',
    ])
    expect(points[0]).toMatchObject({ unit: '%', kind: 'gauge', startMs: 0, attributes: {} })
    expect(points[0]?.resource).toEqual({
      'cloud.provider': 'alibaba_cloud',
      'service.name': 'ecs',
      'cloud.account.id': '1208863178618123',
      'cloud.region': 'cn-hangzhou',
      'cloud.availability_zone': 'cn-hangzhou-h',
      'cloud.platform': 'alibaba_cloud_ecs',
      'cloud.resource_id': 'i-1',
      'host.id': 'i-1',
      'host.name': 'name of i-1',
      'host.ip': ['10.0.0.1'],
      'alibabacloud.namespace': 'acs_ecs_dashboard',
      'alibabacloud.instance.id': 'i-1',
      'alibabacloud.instance.name': 'name of i-1',
      'alibabacloud.arn': 'acs:ecs:cn-hangzhou:1208863178618123:instance/i-1',
      'alibabacloud.resource_group.id': 'rg-1',
      'alibabacloud.tag.team': 'web',
    })
    expect(arrived.filter(({ name }) => name === 'alibabacloud.ecs.count')).toMatchObject([
      {
        value: 1,
        unit: '{instance}',
        timeMs: at(60),
        resource: { 'cloud.region': 'cn-hangzhou', 'service.name': 'ecs' },
      },
    ])
  })

  it('goes on where it stopped, and sends a late point once', async () => {
    const { cms, arrived, runAt } = await createReceiverWorld()
    addMinutes(cms, cpuOf('i-1'), 0, 70)
    cms.add(cpuOf('i-late'), { timestampMs: at(56), visibleMs: at(61), values: { Average: 7 } })
    cms.add(cpuOf('i-late'), { timestampMs: at(55), visibleMs: at(64), values: { Average: 8 } })
    for (const now of [60, 62, 65, 66, 70]) await runAt(at(now), cpuOnly)
    const averages = arrived.filter(({ name }) => name.endsWith('average'))
    const timesOf = (id: string) =>
      averages.filter(({ resource }) => resource['host.id'] === id).map(({ timeMs }) => (timeMs - midnight) / minute)
    expect(timesOf('i-1').sort()).toEqual(Array.from({ length: 16 }, (_, index) => 51 + index))
    // The later one came after the periods that are looked at again.
    expect(timesOf('i-late')).toEqual([56])
  })

  it('catches up after a stop as far as max_catch_up, and says what it passed over', async () => {
    const { cms, arrived, log, runAt } = await createReceiverWorld()
    addMinutes(cms, cpuOf('i-1'), 0, 300)
    await runAt(at(60), cpuOnly)
    await runAt(at(100), cpuOnly)
    expect(arrived.filter(({ name }) => name.endsWith('average'))).toHaveLength(96 - 50)
    await runAt(at(300), cpuOnly)
    expect(arrived.filter(({ name }) => name.endsWith('average'))).toHaveLength(96 - 50 + 60)
    expect(log.lines.filter(({ level, message }) => level === 'warn' && message.includes('passed over'))).toMatchObject(
      [{ fields: { after: new Date(at(96)).toISOString(), until: new Date(at(236)).toISOString() } }],
    )
  })

  it('never fills what is missing', async () => {
    const { cms, arrived, runAt } = await createReceiverWorld()
    const add = (minutes: number, values: Record<string, unknown>) =>
      cms.add(cpuOf('i-1'), { timestampMs: at(minutes), visibleMs: at(minutes), values })
    add(52, { Average: '', Minimum: 1 })
    add(53, { Average: '', Minimum: '' })
    add(54, { CPUUtilization: 3 })
    add(55, { Average: 0, Maximum: null })
    await runAt(at(60), cpuOnly)
    expect(
      arrived.map(({ name, timeMs, value }) => [name.split('.').at(-1), (timeMs - midnight) / minute, value]).sort(),
    ).toEqual([
      ['average', 55, 0],
      ['minimum', 52, 1],
      ['value', 54, 3],
    ])
  })

  it('sends a point that was empty at first when its value comes', async () => {
    const { cms, arrived, runAt } = await createReceiverWorld()
    cms.add(cpuOf('i-1'), { timestampMs: at(56), visibleMs: 0, values: { Average: '' } })
    await runAt(at(60), cpuOnly)
    expect(arrived).toEqual([])
    cms.add(cpuOf('i-1'), { timestampMs: at(56), visibleMs: 0, values: { Average: 5 } })
    await runAt(at(61), cpuOnly)
    expect(arrived).toMatchObject([{ timeMs: at(56), value: 5 }])
  })

  it('lets a failing metric hold back nothing but itself, and reads its window when it works again', async () => {
    const { cms, arrived, runAt } = await createReceiverWorld()
    const settings = { namespaces: [{ namespace: 'acs_ecs_dashboard', metrics: ['CPUUtilization', 'DiskReadBPS'] }] }
    const disk = { ...cpuOf('i-1'), metric: 'DiskReadBPS' }
    addMinutes(cms, cpuOf('i-1'), 0, 70)
    addMinutes(cms, disk, 0, 70)
    cms.intercept = ({ parameters }) => (parameters['MetricName'] === 'DiskReadBPS' ? failure('400', 'no') : undefined)
    await expect(runAt(at(60), settings)).rejects.toThrow('400, no')
    const count = (part: string) => arrived.filter(({ name }) => name.includes(part) && name.endsWith('average')).length
    expect([count('cpu'), count('disk')]).toEqual([6, 0])
    cms.intercept = () => undefined
    await runAt(at(65), settings)
    expect([count('cpu'), count('disk')]).toEqual([11, 11])
  })

  it('repeats nothing of a window whose last page failed, even after a restart', async () => {
    const { cms, arrived, runAt } = await createReceiverWorld()
    cms.pageSize = 4
    for (const id of ['i-1', 'i-2', 'i-3']) addMinutes(cms, cpuOf(id), 0, 70)
    let pages = 0
    cms.intercept = ({ action }) =>
      action === 'DescribeMetricList' && ++pages === 4 ? failure('400', 'no') : undefined
    await expect(runAt(at(60), cpuOnly)).rejects.toThrow()
    expect(arrived).toHaveLength(12 * 3)
    cms.intercept = () => undefined
    await runAt(at(61), cpuOnly)
    const keys = arrived.map(({ name, resource, timeMs }) => `${name} ${resource['host.id']} ${timeMs}`)
    expect(keys).toHaveLength(7 * 3 * 3)
    expect(new Set(keys).size).toBe(keys.length)
  })

  it('asks an endpoint once that serves several regions, and sends once what two endpoints answer', async () => {
    const { cms, arrived, runAt } = await createReceiverWorld()
    addMinutes(cms, cpuOf('i-1'), 0, 70)
    const regions = ['cn-hangzhou', 'cn-beijing']
    await runAt(at(60), { ...cpuOnly, regions })
    expect(cms.count('DescribeMetricList')).toBe(1)
    expect(arrived).toHaveLength(18)

    // The same server under another name.
    const endpoint = { 'cn-hangzhou': cms.endpoint, 'cn-beijing': cms.endpoint.replace('127.0.0.1', 'localhost') }
    await runAt(at(65), { ...cpuOnly, regions, endpoint })
    await runAt(at(70), { ...cpuOnly, regions, endpoint })
    expect(cms.count('DescribeMetricList')).toBe(5)
    expect(arrived).toHaveLength(18 + 30)
  })

  it('keeps accounts apart', async () => {
    const { cms, arrived, store, runAt } = await createReceiverWorld()
    addMinutes(cms, cpuOf('i-1'), 0, 70)
    const access = (access_key_id: string) => ({
      type: 'access_key',
      access_key_id,
      access_key_secret: 'testAccessKeySecret',
    })
    const accounts = [
      { name: 'prod', credentials: access('first') },
      { name: 'test', credentials: access('second') },
    ]
    await runAt(at(60), { ...cpuOnly, accounts })
    expect(arrived).toHaveLength(36)
    const keys = (await store.scope('alibabacloud_cloudmonitor').list('at/')).map(({ key }) => key)
    expect(keys).toEqual([
      'at/prod/cn-hangzhou/acs_ecs_dashboard/CPUUtilization/60',
      'at/test/cn-hangzhou/acs_ecs_dashboard/CPUUtilization/60',
    ])
  })

  it('exports only what the filter lets pass, and nothing while it cannot tell', async () => {
    const { cms, arrived, runAt } = await createReceiverWorld()
    for (const id of ['i-web', 'i-db', 'i-unknown']) addMinutes(cms, cpuOf(id), 0, 70)
    cms.resources.push(instance('i-web'), instance('i-db', { Tags: [{ Key: 'team', Value: 'data' }] }))
    const settings = { ...cpuOnly, inventory: 'resource_center', filter: { tags: { team: 'w*' } } }
    cms.intercept = ({ action }) =>
      action === 'SearchResources' || action === 'ListTagResources'
        ? { status: 403, body: { Code: 'NoPermission', Message: 'no' } }
        : undefined
    await expect(runAt(at(60), settings)).rejects.toThrow('waits for the inventory')
    expect(arrived).toEqual([])
    cms.intercept = () => undefined
    await runAt(at(65), settings)
    const hosts = new Set(arrived.flatMap(({ resource }) => resource['host.id'] ?? []))
    expect([...hosts]).toEqual(['i-web'])
    expect(arrived.filter(({ name }) => name.endsWith('average'))).toHaveLength(11)
    expect(arrived.filter(({ name }) => name.endsWith('ecs.count'))).toMatchObject([{ value: 1 }])
  })

  it('asks the Tag API where Resource Center may not be used', async () => {
    const { cms, arrived, runAt } = await createReceiverWorld()
    addMinutes(cms, cpuOf('i-1'), 0, 70)
    cms.intercept = ({ action }) => {
      if (action === 'SearchResources')
        return { status: 403, body: { Code: 'Forbidden.NotEnabled', Message: 'not enabled' } }
      if (action !== 'ListTagResources') return undefined
      const arn = 'arn:acs:ecs:cn-hangzhou:1208863178618123:instance/i-1'
      const TagResources = [{ ResourceARN: arn, Tags: [{ Category: 'Custom', Key: 'team', Value: 'web' }] }]
      return { body: { RequestId: 'R', TagResources, NextToken: '' } }
    }
    await runAt(at(60), { ...cpuOnly, inventory: { source: 'resource_center', tag_prefix: '' } })
    expect(arrived.find(({ name }) => name.endsWith('average'))?.resource).toMatchObject({
      team: 'web',
      'cloud.region': 'cn-hangzhou',
    })
  })

  it('follows what the metadata says: metrics that are new, and none that are gone', async () => {
    const { cms, arrived, runAt } = await createReceiverWorld()
    const meta = (MetricName: string, more = {}) => ({
      Namespace: 'acs_ecs_dashboard',
      MetricName,
      Dimensions: 'userId,instanceId,device',
      Periods: '60',
      Statistics: 'Average',
      Unit: 'Count/Second',
      Description: 'd',
      ...more,
    })
    cms.metadata.set('acs_ecs_dashboard', [meta('NewDiskIOPS'), meta('CPUUtilization', { Unit: 'Percent' })])
    const dimensions = { userId: '1', instanceId: 'i-1', device: '/dev/vda' }
    cms.add(
      { ...cpuOf('i-1'), metric: 'NewDiskIOPS', dimensions },
      { timestampMs: at(55), visibleMs: 0, values: { Average: 9 } },
    )
    const settings = { namespaces: [{ namespace: 'acs_ecs_dashboard' }] }
    await runAt(at(60), settings)
    expect(arrived).toMatchObject([
      { name: 'alibabacloud.ecs.new_disk_iops.average', unit: '{count}/s', attributes: { device: '/dev/vda' } },
    ])
    expect(cms.count('DescribeMetricList')).toBe(2)
    // Read once a day.
    await runAt(at(65), settings)
    expect(cms.count('DescribeMetricMetaList')).toBe(1)
    await runAt(at(65 + 1440), settings)
    expect(cms.count('DescribeMetricMetaList')).toBe(2)
  })

  it('uses its own catalogue where the metadata API fails', async () => {
    const { cms, arrived, log, runAt } = await createReceiverWorld()
    addMinutes(cms, cpuOf('i-1'), 0, 70)
    cms.intercept = ({ action }) => (action === 'DescribeMetricMetaList' ? failure('403', 'no') : undefined)
    await runAt(at(60), cpuOnly)
    expect(arrived).toHaveLength(18)
    expect(log.lines.some(({ message }) => message.startsWith('Cannot read what CloudMonitor says'))).toBe(true)
  })

  it('makes delta sums of amounts where that is wanted, and tells periods apart', async () => {
    const { cms, arrived, runAt } = await createReceiverWorld()
    const queue = { namespace: 'acs_sls_dashboard', metric: 'SumQPS', dimensions: { userId: '1', project: 'web' } }
    const kind = {
      namespace: 'acs_fc',
      metric: 'FunctionTotalInvocations',
      dimensions: { userId: '1', region: 'cn-beijing', serviceName: 's', functionName: 'f' },
    }
    for (const series of [queue, kind])
      cms.add(series, { timestampMs: at(55), visibleMs: 0, values: { Sum: 4, Value: 4, Count: 4 } })
    await runAt(at(61), {
      totals: 'delta_sum',
      namespaces: [
        { namespace: 'acs_fc', metrics: ['FunctionTotalInvocations'], period: '60s' },
        { namespace: 'acs_fc', metrics: ['FunctionTotalInvocations'], period: '300s', statistics: ['Sum'] },
      ],
    })
    expect(arrived.map(({ kind, attributes }) => [kind, attributes['alibabacloud.period']]).sort()).toEqual([
      ['sum 1 true', 300n],
      ['sum 1 true', 60n],
      ['sum 1 true', 60n],
      ['sum 1 true', 60n],
    ])
    expect(arrived.find(({ attributes }) => attributes['alibabacloud.period'] === 60n)).toMatchObject({
      timeMs: at(55),
      startMs: at(54),
      resource: { 'faas.name': 'f', 'cloud.region': 'cn-beijing', 'cloud.platform': 'alibaba_cloud_fc' },
      attributes: { service_name: 's' },
    })
  })

  it('reads a bulk export to its end, keeps its cursor, and makes a new one where that is refused', async () => {
    const { cms, arrived, runAt } = await createReceiverWorld()
    cms.pageSize = 5
    const settings = { ...cpuOnly, api: 'batch_export' }
    addMinutes(cms, cpuOf('i-1'), 0, 200)
    await runAt(at(60), settings)
    // What comes late comes by itself, even what is older than what is looked at again.
    cms.add(cpuOf('i-2'), { timestampMs: at(53), visibleMs: at(69), values: { Average: 1 } })
    await runAt(at(70), settings)
    expect(cms.count('Cursor')).toBe(1)
    cms.intercept = ({ action, body }) =>
      action === 'BatchExport' && body.includes('v2.0') ? failure('400', 'cursor') : undefined
    await runAt(at(80), settings)
    expect(cms.count('Cursor')).toBe(2)
    await runAt(at(81), settings)
    const keys = arrived
      .filter(({ name }) => name.endsWith('average'))
      .map(({ resource, timeMs }) => `${resource['host.id']} ${timeMs}`)
    expect(new Set(keys).size).toBe(keys.length)
    expect(keys.filter((key) => key.startsWith('i-2'))).toHaveLength(1)
    const minutes = keys
      .filter((key) => key.startsWith('i-1'))
      .map((key) => (Number(key.split(' ')[1]) - midnight) / minute)
    expect(Math.max(...minutes)).toBe(79)
    expect(minutes).toHaveLength(79 - Math.min(...minutes) + 1)
  })

  it('finds what is late after the cursor of a bulk export was refused, and repeats nothing', async () => {
    const { cms, arrived, runAt } = await createReceiverWorld()
    const settings = { ...cpuOnly, api: 'batch_export' }
    addMinutes(cms, cpuOf('i-1'), 0, 60)
    await runAt(at(60), settings)
    // Not later than the hold-back, but further back than the periods that are looked at again.
    const newest = Math.max(...arrived.map(({ timeMs }) => timeMs))
    cms.add(cpuOf('i-2'), { timestampMs: newest - 4 * minute, visibleMs: at(61), values: { Average: 1 } })
    cms.intercept = ({ action, body }) =>
      action === 'BatchExport' && body.includes('v2.0') ? failure('400', 'cursor') : undefined
    await runAt(at(62), settings)
    expect(cms.count('Cursor')).toBe(2)
    const keys = arrived.map(({ name, resource, timeMs }) => `${resource['host.id']} ${name} ${timeMs}`)
    expect(new Set(keys).size).toBe(keys.length)
    expect(keys.filter((key) => key.startsWith('i-2'))).toHaveLength(1)
  })

  it('goes on until it is told to stop, metric by metric in its slots', async () => {
    const { cms, arrived, context, parse } = await createReceiverWorld()
    const newest = Math.floor(Date.now() / minute) * minute - 5 * minute
    cms.nowMs = Date.now()
    cms.add(cpuOf('i-1'), { timestampMs: newest, visibleMs: 0, values: { Average: 1 } })
    cms.resources.push(instance('i-1'))
    const polledOften = Promise.withResolvers<void>()
    cms.intercept = () => {
      if (cms.count('SearchResources') >= 2 && arrived.length > 1) polledOften.resolve()
      return undefined
    }
    const stop = new AbortController()
    const settings = { ...cpuOnly, poll_interval: '15s', inventory: { refresh: '1m' } }
    const receiver = cloudMonitorReceiver.create(parse(settings), context(createFastClock(1000), false))
    const running = receiver.run({ stop: stop.signal, abandon: new AbortController().signal })
    await polledOften.promise
    stop.abort(new Error('stopped'))
    await running
    expect(arrived.filter(({ name }) => name.endsWith('average'))).toMatchObject([{ timeMs: newest, value: 1 }])
  })

  it('keeps reading a region while another one never answers', async () => {
    const { cms, context, parse } = await createReceiverWorld()
    const healthyHost = new URL(cms.endpoint).host
    const polledOften = Promise.withResolvers<void>()
    let answered = 0
    cms.intercept = ({ action, headers }) => {
      if (action !== 'DescribeMetricList') return undefined
      if (headers['host'] !== healthyHost) return () => {}
      if (++answered === 50) polledOften.resolve()
      return undefined
    }
    const settings = {
      namespaces: [{ namespace: 'acs_kafka' }],
      regions: ['cn-beijing', 'cn-hangzhou'],
      endpoint: { 'cn-beijing': cms.endpoint.replace('127.0.0.1', 'localhost'), 'cn-hangzhou': cms.endpoint },
      poll_interval: '15s',
    }
    await runUntil(polledOften.promise, context, parse(settings))
    expect(answered).toBeGreaterThanOrEqual(50)
  })

  it('keeps reading a metric while others that failed before do not answer', async () => {
    const { cms, context, parse } = await createReceiverWorld()
    const polledOften = Promise.withResolvers<void>()
    const failed = new Set<string | undefined>()
    let answered = 0
    cms.intercept = ({ action, parameters: { MetricName } }) => {
      if (action !== 'DescribeMetricList') return undefined
      if (MetricName === 'topic_message_input') {
        if (++answered === 10) polledOften.resolve()
        return undefined
      }
      if (failed.has(MetricName)) return () => {}
      failed.add(MetricName)
      return failure('400', 'no')
    }
    const settings = { namespaces: [{ namespace: 'acs_kafka' }], poll_interval: '15s' }
    await runUntil(polledOften.promise, context, parse(settings))
    expect(failed.size).toBeGreaterThan(4)
    expect(answered).toBeGreaterThanOrEqual(10)
  })

  it('waits for the disk once at its first start, not once for each metric', async () => {
    const { cms, context, parse, store } = await createReceiverWorld()
    const checkpoints = store.scope('alibabacloud_cloudmonitor')
    let saving = 0
    let mostAtOnce = 0
    const slowCheckpoints: Checkpoints = {
      ...checkpoints,
      async save(entries) {
        mostAtOnce = Math.max(mostAtOnce, ++saving)
        await setImmediate()
        await checkpoints.save(entries)
        saving--
      },
    }
    const receiver = cloudMonitorReceiver.create(
      parse({ namespaces: [{ namespace: 'acs_kafka' }], start_at: 'latest' }),
      {
        ...context(clockAt(at(60)), true),
        checkpoints: slowCheckpoints,
      },
    )
    const never = new AbortController().signal
    await receiver.run({ stop: never, abandon: never })
    expect(cms.count('DescribeMetricMetaList')).toBe(1)
    expect(mostAtOnce).toBe((await checkpoints.list('at/')).length)
    expect(mostAtOnce).toBeGreaterThan(4)
  })

  it('says so when the endpoint is none of CloudMonitor, rather than to find nothing', async () => {
    const { cms, runAt } = await createReceiverWorld()
    cms.intercept = ({ action }) =>
      action === 'DescribeMetricList' ? { status: 404, body: '<html>404 Not Found</html>' } : undefined
    await expect(runAt(at(60), cpuOnly)).rejects.toThrow('404')
  })

  it('shares the rate of an account with the other receivers of the process', async () => {
    const { context, parse } = await createReceiverWorld()
    const clock = clockAt(at(60))
    const waits: number[] = []
    const slowClock: Clock = {
      ...clock,
      sleep(ms, signal) {
        waits.push(ms)
        return clock.sleep(ms, signal)
      },
    }
    const never = new AbortController().signal
    const runOnce = () =>
      cloudMonitorReceiver
        .create(parse({ ...cpuOnly, rate_limit: 1 }), {
          ...context(slowClock, true),
          checkpoints: createMemoryStore().scope('another'),
        })
        .run({ stop: never, abandon: never })
    await runOnce()
    expect(waits).not.toContain(1000)
    await runOnce()
    expect(waits).toContain(1000)
  })

  it('shows a tag that has no value', async () => {
    const { cms, arrived, runAt } = await createReceiverWorld()
    addMinutes(cms, cpuOf('i-1'), 0, 60)
    cms.resources.push(instance('i-1', { Tags: [{ Key: 'critical', Value: '' }] }))
    await runAt(at(60), { ...cpuOnly, inventory: 'resource_center' })
    expect(arrived.find(({ name }) => name.endsWith('average'))?.resource).toMatchObject({
      'alibabacloud.tag.critical': '',
    })
  })

  it.each([
    ['names', { names: ['name of i-*'] }],
    ['resource groups', { resource_groups: ['rg-1'] }],
  ])('loses nothing of a filter by %s while Resource Center may not be used', async (_case, filter) => {
    const { cms, arrived, runAt } = await createReceiverWorld()
    const settings = { ...cpuOnly, inventory: 'resource_center', filter }
    addMinutes(cms, cpuOf('i-1'), 0, 60)
    cms.resources.push(instance('i-1'))
    cms.intercept = ({ action }) =>
      action === 'SearchResources' ? { status: 403, body: { Code: 'NoPermission', Message: 'no' } } : undefined
    await expect(runAt(at(60), settings)).rejects.toThrow('waits for the inventory')
    expect(arrived).toEqual([])
    cms.intercept = () => undefined
    await runAt(at(61), settings)
    expect(arrived.filter(({ name }) => name.endsWith('average'))).toHaveLength(7)
  })

  it('makes no host of an application group', async () => {
    const { cms, arrived, runAt } = await createReceiverWorld()
    const metric = 'group_gpu_gpu_usedutilization'
    addMinutes(cms, { namespace: 'acs_ecs_dashboard', metric, dimensions: { userId: '1', groupId: '42' } }, 0, 60)
    await runAt(at(60), { namespaces: [{ namespace: 'acs_ecs_dashboard', metrics: [metric] }] })
    expect(arrived[0]?.attributes).toEqual({ group_id: '42' })
    expect(Object.keys(arrived[0]?.resource ?? {}).sort()).toEqual([
      'alibabacloud.namespace',
      'cloud.account.id',
      'cloud.platform',
      'cloud.provider',
      'service.name',
    ])
  })
})

/** Runs a receiver, a minute in some milliseconds, until something has happened. */
async function runUntil(
  happened: Promise<void>,
  context: ReceiverWorld['context'],
  options: ReturnType<ReceiverWorld['parse']>,
): Promise<void> {
  const stop = new AbortController()
  const clock: Clock = { ...createFastClock(1000), now: () => midnight + performance.now() * 1000 }
  const receiver = cloudMonitorReceiver.create(options, context(clock, false))
  const running = receiver.run({ stop: stop.signal, abandon: new AbortController().signal })
  await happened
  stop.abort(new Error('stopped'))
  await running
}
