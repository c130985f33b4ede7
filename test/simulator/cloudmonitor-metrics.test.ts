import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { defaultAccessKey, defaultAccountId } from '../../simulator/accounts.ts'
import { documentedCallLimits, documentedDelaysMs } from '../../simulator/cloudmonitor/behaviour.ts'
import { type Simulator, type SimulatorOptions, startSimulator } from '../../simulator/simulator.ts'
import { createManualClock, type ManualClock } from '../fakes/manual-clock.ts'
import {
  type ApiPoint,
  callCms,
  DAY_MS,
  HOUR_MS,
  MINUTE_MS,
  readPages,
  readPoints,
  worldOf,
} from './cloudmonitor-caller.ts'
import type { Flat } from './rpc-caller.ts'

const ecs = { Namespace: 'acs_ecs_dashboard', MetricName: 'CPUUtilization' } as const
const otherKey = { ...defaultAccessKey, id: 'LTAIother', accountId: '9999999999999999' }
/** A full minute. */
const startMs = Date.UTC(2026, 2, 4, 2, 0)
let clock: ManualClock
let simulator: Simulator

async function start(options: SimulatorOptions = {}): Promise<void> {
  clock = createManualClock(startMs)
  const accessKeys = [defaultAccessKey, otherKey]
  const started = await startSimulator({ clock, accessKeys, world: worldOf(3), ...options })
  onTestFinished(() => started.close())
  simulator = started
}
beforeEach(() => start())

const list = (parameters: Flat = {}, more = {}) =>
  callCms(simulator, 'DescribeMetricList', { ...ecs, ...parameters }, more)
const cpu = (fromMs: number, toMs: number, more: Flat = {}) =>
  readPoints(simulator, ecs.Namespace, ecs.MetricName, fromMs, toMs, more)
const timesOf = (points: readonly ApiPoint[]) => [...new Set(points.map(({ timestamp }) => timestamp))].toSorted()
const expectedCpu = (fromMs: number, toMs: number) =>
  simulator.cloudmonitor.expectedPoints(ecs.Namespace, ecs.MetricName, fromMs, toMs)

describe('DescribeMetricList', () => {
  test('gives points of all instances as JSON text, with dimensions as text and statistics as numbers', async () => {
    const { status, body } = await list({ StartTime: startMs - 5 * MINUTE_MS, EndTime: startMs })
    expect(status).toBe(200)
    expect(body).toEqual({
      RequestId: expect.any(String),
      Code: '200',
      Message: expect.any(String),
      Success: true,
      Period: '60',
      Datapoints: expect.any(String),
    })
    const points: ApiPoint[] = JSON.parse(body.Datapoints)
    expect(points[0]).toEqual({
      timestamp: expect.any(Number),
      userId: defaultAccountId,
      instanceId: 'i-0',
      Maximum: expect.any(Number),
      Minimum: expect.any(Number),
      Average: expect.any(Number),
    })
    expect(new Set(points.map((point) => point['instanceId']))).toEqual(new Set(['i-0', 'i-1', 'i-2']))
    for (const { Minimum, Average, Maximum } of points as unknown as Record<string, number>[]) {
      expect(Minimum).toBeLessThanOrEqual(Average ?? 0)
      expect(Average).toBeLessThanOrEqual(Maximum ?? 0)
      expect(Maximum).toBeLessThanOrEqual(100)
    }
  })

  test('a window is open on the left and closed on the right', async () => {
    const points = await cpu(startMs - 5 * MINUTE_MS, startMs - 2 * MINUTE_MS)
    expect(timesOf(points)).toEqual([startMs - 4 * MINUTE_MS, startMs - 3 * MINUTE_MS, startMs - 2 * MINUTE_MS])
    const next = await cpu(startMs - 2 * MINUTE_MS, startMs - MINUTE_MS)
    expect(timesOf(next)).toEqual([startMs - MINUTE_MS])
  })

  test('a point appears when its period is over, and after the delay of its namespace', async () => {
    const newest = async () => timesOf(await cpu(startMs - HOUR_MS, startMs + HOUR_MS)).at(-1)
    expect(await newest()).toBe(startMs - MINUTE_MS)
    await clock.advance(59_999)
    expect(await newest()).toBe(startMs - MINUTE_MS)
    await clock.advance(1)
    expect(await newest()).toBe(startMs)
    simulator.cloudmonitor.behaviour.delayMs = documentedDelaysMs
    expect(await newest()).toBe(startMs - 3 * MINUTE_MS)
    simulator.cloudmonitor.behaviour.timestamps = 'period_end'
    expect(await newest()).toBe(startMs - 2 * MINUTE_MS)
  })

  test.each(['by_time', 'by_series', 'newest_first', 'shuffled'] as const)(
    'pages %s hold every point of the window once, full but for the last, and no point that came between them',
    async (order) => {
      await start({ world: worldOf(37), cloudmonitor: { order } })
      const parameters = { ...ecs, StartTime: startMs - 91 * MINUTE_MS, Length: 400 }
      const pages: ApiPoint[][] = []
      let token = ''
      do {
        const { body } = await list({ ...parameters, ...(token === '' ? {} : { NextToken: token }) })
        pages.push(JSON.parse(body.Datapoints))
        token = body.NextToken ?? ''
        // A later minute, and an instance more, between two pages.
        await clock.advance(MINUTE_MS)
        simulator.cloudmonitor.addInstance({
          id: `i-new-${pages.length}`,
          type: 'ACS::ECS::Instance',
          name: '',
          region: 'cn-hangzhou',
        })
      } while (token !== '')
      expect(pages.map((page) => page.length)).toEqual([...Array(8).fill(400), 37 * 90 - 8 * 400])
      const keys = pages.flat().map((point) => `${point['instanceId']} ${point.timestamp}`)
      expect(new Set(keys).size).toBe(37 * 90)
      const sorted = pages.flat().map(({ timestamp }) => timestamp)
      if (order === 'by_time') expect(sorted).toEqual(sorted.toSorted())
      if (order === 'newest_first') expect(sorted).toEqual(sorted.toSorted().toReversed())
    },
  )

  test('the same question has the same answer, also after a restart with the same seed, and another with another', async () => {
    const first = await cpu(startMs - HOUR_MS, startMs)
    expect(await cpu(startMs - HOUR_MS, startMs)).toEqual(first)
    await start()
    expect(await cpu(startMs - HOUR_MS, startMs)).toEqual(first)
    await start({ seed: 2 })
    expect(await cpu(startMs - HOUR_MS, startMs)).not.toEqual(first)
  })

  test('a page holds 1000 points by default and 1440 at most; more is cut or refused', async () => {
    await start({ world: worldOf(100) })
    const window = { StartTime: startMs - HOUR_MS, EndTime: startMs }
    const count = async (more: Flat) => JSON.parse((await list({ ...window, ...more })).body.Datapoints).length
    expect(await count({})).toBe(1000)
    expect(await count({ Length: 10_000 })).toBe(1440)
    simulator.cloudmonitor.behaviour.pageFill = 0.5
    expect(await count({ Length: 1440 })).toBe(720)
    simulator.cloudmonitor.behaviour.longLength = 'refuse'
    expect((await list({ ...window, Length: 1441 })).body).toMatchObject({ Success: false, Code: '400' })
  })

  test('a token is good for its own question only', async () => {
    const window = { StartTime: startMs - HOUR_MS, EndTime: startMs, Length: 10 }
    const token = (await list(window)).body.NextToken
    const refused = { Success: false, Code: '400', Datapoints: '', Message: expect.stringContaining('NextToken') }
    expect((await list({ ...window, NextToken: token })).body.Success).toBe(true)
    for (const other of [{ Length: 11 }, { EndTime: startMs - 1 }, { MetricName: 'DiskReadBPS' }, { Period: 120 }]) {
      expect((await list({ ...window, ...other, NextToken: token })).body).toMatchObject(refused)
    }
    expect((await list({ ...window, NextToken: token }, { key: otherKey })).body).toMatchObject(refused)
    expect((await list({ ...window, NextToken: 'made-up' })).body).toMatchObject(refused)
  })

  test.each([
    ['absent', undefined],
    ['empty', ''],
    ['null', null],
  ] as const)('the last page tells its end by a token that is %s', async (lastToken, token) => {
    simulator.cloudmonitor.behaviour.lastToken = lastToken
    const { body } = await list({ StartTime: startMs - HOUR_MS, EndTime: startMs })
    expect(body.NextToken).toBe(token)
    expect('NextToken' in body).toBe(lastToken !== 'absent')
  })

  test('or by the token that the page was asked with', async () => {
    simulator.cloudmonitor.behaviour.lastToken = 'same'
    const window = { StartTime: startMs - 4 * MINUTE_MS, EndTime: startMs, Length: 6 }
    const first = (await list(window)).body
    const last = (await list({ ...window, NextToken: first.NextToken })).body
    expect(last.NextToken).toBe(first.NextToken)
    expect(JSON.parse(last.Datapoints)).toHaveLength(3)
  })

  test('periods are those of the metadata or multiples; a longer one is what the shorter ones make together', async () => {
    const minutes = (await cpu(startMs - 10 * MINUTE_MS - 1, startMs - 5 * MINUTE_MS - 1)) as unknown as Record<
      string,
      number
    >[]
    const [five] = (await cpu(startMs - 10 * MINUTE_MS - 1, startMs - 5 * MINUTE_MS - 1, {
      Period: 300,
    })) as unknown as Record<string, number>[]
    const ofFirst = minutes.filter((point) => String(point['instanceId']) === 'i-0')
    expect(ofFirst).toHaveLength(5)
    expect(five?.['timestamp']).toBe(startMs - 10 * MINUTE_MS)
    expect(five?.['Average']).toBeCloseTo(ofFirst.reduce((sum, point) => sum + (point['Average'] ?? 0), 0) / 5, 2)
    expect(five?.['Maximum']).toBe(Math.max(...ofFirst.map((point) => point['Maximum'] ?? 0)))
    for (const Period of [15, 90, 0, 'x', 86_460]) {
      expect((await list({ Period })).body, String(Period)).toMatchObject({ Success: false, Code: '400' })
    }
    expect((await list({ MetricName: 'cpu_total' })).body.Period).toBe('15')
  })

  test('windows are 31 days at most, not upside down, and times are milliseconds or texts', async () => {
    const refused = { Success: false, Code: '400' }
    expect((await list({ StartTime: startMs, EndTime: startMs })).body).toMatchObject(refused)
    expect((await list({ StartTime: startMs - 31 * DAY_MS - 1, EndTime: startMs })).body).toMatchObject(refused)
    expect((await list({ StartTime: startMs - 31 * DAY_MS, EndTime: startMs })).body.Success).toBe(true)
    expect((await list({ StartTime: startMs / 1000, EndTime: startMs })).body).toMatchObject(refused)
    const texts = { StartTime: '2026-03-04 09:50:00', EndTime: '2026-03-04T01:55:00Z' }
    expect(timesOf(JSON.parse((await list(texts)).body.Datapoints))).toHaveLength(5)
  })

  test('points are kept 7 days, 31 days or 91 days, by their period', async () => {
    const oldest = async (MetricName: string, Period: number, agoMs: number) => {
      const window = { StartTime: startMs - agoMs - HOUR_MS, EndTime: startMs - agoMs + HOUR_MS }
      const points = await readPages(simulator, 'DescribeMetricList', { ...ecs, MetricName, Period, ...window })
      return timesOf(points.flat())[0]
    }
    expect(await oldest('cpu_total', 15, 7 * DAY_MS)).toBe(startMs - 7 * DAY_MS + 15_000)
    expect(await oldest('cpu_total', 60, 31 * DAY_MS)).toBe(startMs - 31 * DAY_MS + MINUTE_MS)
    expect(await oldest('cpu_total', 300, 91 * DAY_MS)).toBe(startMs - 91 * DAY_MS + 5 * MINUTE_MS)
  })

  test('Dimensions: an object or a list; part of them lets all series with them through; 50 at most', async () => {
    const window = { StartTime: startMs - 2 * MINUTE_MS, EndTime: startMs - MINUTE_MS }
    const seriesOf = async (Dimensions: unknown) => {
      const { body } = await list({
        ...window,
        MetricName: 'diskusage_used',
        Period: 60,
        Dimensions: JSON.stringify(Dimensions),
      })
      const points: ApiPoint[] = JSON.parse(body.Datapoints)
      return points.map((point) => `${point['instanceId']} ${point['device']}`)
    }
    expect(await seriesOf({ instanceId: 'i-1' })).toEqual(['i-1 /dev/vda1', 'i-1 /dev/vdb1'])
    expect(await seriesOf([{ instanceId: 'i-2', device: '/dev/vdb1', userId: defaultAccountId }])).toEqual([
      'i-2 /dev/vdb1',
    ])
    expect(await seriesOf([{ instanceId: 'i-0' }, { instanceId: 'i-2' }])).toHaveLength(4)
    expect(await seriesOf({ instanceId: 'i-9' })).toEqual([])
    const many = (count: number) =>
      JSON.stringify(Array.from({ length: count }, (_, at) => ({ instanceId: `i-${at}` })))
    expect((await list({ ...window, Dimensions: many(50) })).body.Success).toBe(true)
    expect((await list({ ...window, Dimensions: many(51) })).body).toMatchObject({ Success: false, Code: '400' })
    expect((await list({ ...window, Dimensions: 'i-1' })).body).toEqual({
      RequestId: expect.any(String),
      Code: '400',
      Message: 'parse param dimensions error(i-1)',
      Success: false,
      Datapoints: '',
      NextToken: '',
      Period: '',
    })
  })

  test('Express aggregates over the dimensions left out', async () => {
    const window = {
      MetricName: 'diskusage_used',
      Period: 60,
      StartTime: startMs - 2 * MINUTE_MS,
      EndTime: startMs - MINUTE_MS,
    }
    const parts: Record<string, number>[] = JSON.parse((await list(window)).body.Datapoints)
    const Express = JSON.stringify({ groupby: ['userId', 'instanceId'] })
    const whole: Record<string, number>[] = JSON.parse((await list({ ...window, Express })).body.Datapoints)
    expect(whole).toHaveLength(3)
    expect(whole[0]).not.toHaveProperty('device')
    const [one, two] = parts
    expect(whole[0]?.['Average']).toBeCloseTo(((one?.['Average'] ?? 0) + (two?.['Average'] ?? 0)) / 2, 0)
    expect((await list({ ...window, Express: '{}' })).body).toMatchObject({ Success: false, Code: '400' })
  })

  test('of a metric that there is not it tells 404, in a body or by the status', async () => {
    expect(await list({ MetricName: 'cpu' })).toMatchObject({ status: 200, body: { Success: false, Code: '404' } })
    simulator.cloudmonitor.behaviour.code = 'number'
    expect((await list({ MetricName: 'cpu' })).body.Code).toBe(404)
    simulator.cloudmonitor.behaviour.refusals = 'status'
    expect(await list({ MetricName: 'cpu' })).toMatchObject({ status: 404, body: { Code: 'ResourceNotFound' } })
    expect(await list({ Namespace: '' })).toMatchObject({ status: 400, body: { Code: 'ParameterInvalid' } })
  })

  test('a page without points has an empty list or an empty text', async () => {
    const future = { StartTime: startMs + HOUR_MS, EndTime: startMs + 2 * HOUR_MS }
    expect((await list(future)).body).toMatchObject({ Success: true, Datapoints: '[]' })
    simulator.cloudmonitor.behaviour.noPoints = ''
    expect((await list(future)).body).toMatchObject({ Success: true, Datapoints: '' })
  })

  test('answers an account with its own resources, and a region with its own if told to', async () => {
    const elsewhere = { id: 'i-sg', type: 'ACS::ECS::Instance', name: '', region: 'ap-southeast-1' }
    await start({
      world: { ...worldOf(1), resources: [...(worldOf(1).resources ?? []), elsewhere] },
      regions: ['ap-southeast-1'],
    })
    const window = { StartTime: startMs - 2 * MINUTE_MS, EndTime: startMs - MINUTE_MS }
    const ids = async (options: object) => {
      const points: ApiPoint[] = JSON.parse((await list(window, options)).body.Datapoints)
      return points.map((point) => point['instanceId'])
    }
    expect(await ids({ region: 'ap-southeast-1' })).toEqual(['i-0', 'i-sg'])
    expect(await ids({ key: otherKey })).toEqual([])
    simulator.cloudmonitor.behaviour.regional = true
    expect(await ids({ region: 'ap-southeast-1' })).toEqual(['i-sg'])
    expect(await ids({ host: 'metrics.cn-hangzhou.aliyuncs.com' })).toEqual(['i-0'])
  })
})

describe('points', () => {
  test('some come late, each once it is there for good, and some never', async () => {
    await start({ world: worldOf(20), cloudmonitor: { lateShare: 0.2, lateMs: 10 * MINUTE_MS, gapShare: 0.1 } })
    const window = [startMs - 10 * MINUTE_MS, startMs - MINUTE_MS] as const
    const early = await cpu(...window)
    await clock.advance(10 * MINUTE_MS)
    const all = await cpu(...window)
    const keyOf = (point: ApiPoint) => `${point['instanceId']} ${point.timestamp}`
    const keys = new Set(all.map(keyOf))
    expect(early.every((point) => keys.has(keyOf(point)))).toBe(true)
    expect(early.length).toBeLessThan(all.length)
    expect(all.length).toBeLessThan(20 * 9)
    expect(all.length).toBeGreaterThan(20 * 9 * 0.7)
    expect(expectedCpu(...window)).toHaveLength(all.length)
  })

  test('can be held back until a time, for a number of queries, or for ever', async () => {
    const window = [startMs - 4 * MINUTE_MS, startMs - MINUTE_MS] as const
    const metric = { namespace: ecs.Namespace, metric: ecs.MetricName }
    const newest = { afterMs: startMs - 2 * MINUTE_MS, untilMs: startMs - MINUTE_MS }
    simulator.cloudmonitor.hold({ ...metric, ...newest, resourceId: 'i-0', hold: { untilMs: startMs + HOUR_MS } })
    simulator.cloudmonitor.hold({ ...metric, ...newest, resourceId: 'i-1', hold: { queries: 3 } })
    simulator.cloudmonitor.hold({ ...metric, ...newest, resourceId: 'i-2', hold: 'for_ever' })
    expect(expectedCpu(...window)).toHaveLength(8)
    const counts: number[] = []
    for (let query = 0; query < 4; query++) counts.push((await cpu(...window)).length)
    expect(counts).toEqual([6, 6, 7, 7])
    await clock.advance(HOUR_MS)
    expect(await cpu(...window)).toHaveLength(8)
  })

  test('begin and end with their instance, and a period that it did not live through has none', async () => {
    const one = { id: 'i-late', type: 'ACS::ECS::Instance', name: '', region: 'cn-hangzhou' }
    await clock.advance(30_000)
    simulator.cloudmonitor.addInstance(one)
    expect(() => simulator.cloudmonitor.addInstance(one)).toThrow(RangeError)
    await clock.advance(3 * MINUTE_MS)
    simulator.cloudmonitor.removeInstance('i-late')
    expect(() => simulator.cloudmonitor.removeInstance('i-late')).toThrow(RangeError)
    await clock.advance(5 * MINUTE_MS)
    const Dimensions = JSON.stringify({ instanceId: 'i-late' })
    const points = await cpu(startMs - HOUR_MS, startMs + HOUR_MS, { Dimensions })
    expect(timesOf(points)).toEqual([startMs + MINUTE_MS, startMs + 2 * MINUTE_MS])
    simulator.cloudmonitor.addInstance(one)
    await clock.advance(3 * MINUTE_MS)
    expect(await cpu(startMs - HOUR_MS, startMs + HOUR_MS, { Dimensions })).toHaveLength(4)
  })

  test('show rush hours, and trouble when an instance is in it', async () => {
    await start({ world: worldOf(1, { fails: { everyMs: DAY_MS, forMs: 10 * MINUTE_MS } }) })
    const averageAt = async (timeMs: number) => {
      const points = await cpu(timeMs - 1, timeMs + 20 * MINUTE_MS)
      return points.reduce((sum, point) => sum + Number(point['Average']), 0) / points.length
    }
    const chinaMidnight = Date.UTC(2026, 2, 2, 16)
    const night = await averageAt(chinaMidnight + 3 * HOUR_MS)
    expect(await averageAt(chinaMidnight + 10.5 * HOUR_MS)).toBeGreaterThan(2 * night)
    expect(await averageAt(chinaMidnight + 20.5 * HOUR_MS)).toBeGreaterThan(2 * night)
    const [inTrouble] = await cpu(Date.UTC(2026, 2, 3) - 1, Date.UTC(2026, 2, 3))
    expect(inTrouble?.['Average']).toBeGreaterThan(96)
  })

  test('statistics are empty, missing or under the name of the metric where the behaviour says so', async () => {
    await start({ world: worldOf(20), cloudmonitor: { emptyStatisticShare: 0.2, missingStatisticShare: 0.2 } })
    const window = [startMs - 30 * MINUTE_MS, startMs - MINUTE_MS] as const
    const points = await cpu(...window)
    const values = points.flatMap(({ Average, Minimum, Maximum }) => [Average, Minimum, Maximum])
    const count = (matches: (value: unknown) => boolean) => values.filter(matches).length / values.length
    expect(count((value) => value === '')).toBeCloseTo(0.16, 1)
    expect(count((value) => value === undefined)).toBeCloseTo(0.2, 1)
    // What has no number at all is expected of nobody.
    const withValue = points.filter((point) =>
      [point['Average'], point['Minimum'], point['Maximum']].some((v) => typeof v === 'number'),
    )
    expect(withValue.length).toBeLessThan(points.length)
    expect(expectedCpu(...window)).toHaveLength(withValue.length)
    Object.assign(simulator.cloudmonitor.behaviour, {
      emptyStatisticShare: 0,
      missingStatisticShare: 0,
      valueUnderOwnName: ['acs_ecs_dashboard/CPUUtilization'],
    })
    const [point] = await cpu(...window)
    expect(Object.keys(point ?? {})).toEqual([
      'timestamp',
      'userId',
      'instanceId',
      'CPUUtilization',
      'Minimum',
      'Average',
    ])
  })

  test('of every namespace of the default world exist, with all dimensions of the metadata', async () => {
    await start({ world: { projects: [], traffic: [], trails: [] } })
    await clock.advance(6 * MINUTE_MS)
    const samples = [
      ['acs_slb_dashboard', 'TrafficRXNew', 'userId,instanceId,port,protocol'],
      ['acs_alb', 'ServerGroupQPS', 'userId,loadBalancerId,listenerProtocol,listenerPort,serverGroupId'],
      ['acs_rds_dashboard', 'MySQL_ActiveSessions', 'userId,instanceId'],
      ['acs_rds_dashboard', 'cpu_usage', 'userId,instanceId'],
      ['acs_kvstore', 'UsedMemory', 'userId,instanceId'],
      ['acs_k8s', 'pod.cpu.usage_rate', 'userId,cluster,namespace,type,app,pod'],
      ['acs_mns_new', 'ActiveMessages', 'userId,region,queue'],
      ['acs_oss_dashboard', 'UserTotalRequestCount', 'userId'],
      ['acs_cdn', 'QPS', 'userId,instanceId'],
    ] as const
    for (const [namespace, metric, dimensions] of samples) {
      const points = await readPoints(simulator, namespace, metric, clock.now() - 3 * MINUTE_MS, clock.now())
      expect(points.length, metric).toBeGreaterThan(0)
      const keys = Object.keys(points[0] ?? {})
      expect(keys.slice(1, 1 + dimensions.split(',').length).join(), metric).toBe(dimensions)
    }
    // No application groups were made.
    expect(await readPoints(simulator, 'acs_slb_dashboard', 'GroupTrafficRX', startMs - HOUR_MS, startMs)).toEqual([])
  })
})

describe('DescribeMetricLast, …Data and …Top', () => {
  const points = async (action: string, parameters: Flat = {}) =>
    (await readPages(simulator, action, { ...ecs, ...parameters })).flat()

  test('the last point of each series, also of one that ended less than two hours ago', async () => {
    simulator.cloudmonitor.removeInstance('i-1')
    const lastTimes = async () =>
      Object.fromEntries((await points('DescribeMetricLast')).map((point) => [point['instanceId'], point.timestamp]))
    await clock.advance(HOUR_MS)
    const newest = clock.now() - MINUTE_MS
    expect(await lastTimes()).toEqual({ 'i-0': newest, 'i-1': startMs - MINUTE_MS, 'i-2': newest })
    await clock.advance(HOUR_MS)
    expect(Object.keys(await lastTimes())).toEqual(['i-0', 'i-2'])
    const pages = await readPages(simulator, 'DescribeMetricLast', { ...ecs, Length: 1, StartTime: startMs - HOUR_MS })
    expect(pages.map((page) => page[0]?.['instanceId'])).toEqual(['i-0', 'i-1', 'i-2'])
  })

  test('Data is one series of the whole account, without Success and token', async () => {
    const { body } = await callCms(simulator, 'DescribeMetricData', ecs)
    expect(Object.keys(body).toSorted()).toEqual(['Code', 'Datapoints', 'Message', 'Period', 'RequestId'])
    const [whole, ...others]: ApiPoint[] = JSON.parse(body.Datapoints)
    expect(others).toEqual([])
    expect(whole).toMatchObject({ timestamp: startMs - MINUTE_MS, userId: defaultAccountId })
    expect(whole).not.toHaveProperty('instanceId')
    const three = await points('DescribeMetricData', { Dimensions: '{}' })
    expect(three).toHaveLength(3)
    const long = await points('DescribeMetricData', { StartTime: startMs - DAY_MS, EndTime: startMs })
    expect(long).toHaveLength(119)
  })

  test('Top ranks instances', async () => {
    const ranked = await points('DescribeMetricTop', { Orderby: 'Average', Length: 2 })
    const all = await points('DescribeMetricTop', { Orderby: 'Average', OrderDesc: 'True' })
    expect(ranked.map(({ order }) => order)).toEqual([1, 2])
    expect(ranked[0]?.['Average']).toBe(all[2]?.['Average'])
    expect(Number(all[0]?.['Average'])).toBeLessThan(Number(all[1]?.['Average']))
    expect(ranked[0]).toMatchObject({ _count: 1 })
    expect((await callCms(simulator, 'DescribeMetricTop', ecs)).body).toMatchObject({ Success: false, Code: '400' })
  })
})

describe('metadata', () => {
  test('DescribeMetricMetaList pages through the published metrics, with irregular units and labels as text', async () => {
    const page = async (parameters: Flat) => (await callCms(simulator, 'DescribeMetricMetaList', parameters)).body
    const first = await page({ Namespace: 'acs_slb_dashboard' })
    expect(first).toMatchObject({ Code: 200, Success: true, TotalCount: 62 })
    expect(first.Resources.Resource).toHaveLength(30)
    const all = await page({ Namespace: 'acs_slb_dashboard', PageSize: 1000 })
    const third = await page({ Namespace: 'acs_slb_dashboard', PageNumber: 3 })
    expect(third.Resources.Resource).toEqual(all.Resources.Resource.slice(60))
    const find = (name: string) =>
      all.Resources.Resource.find((each: { MetricName: string }) => each.MetricName === name)
    expect(find('Rt')).toMatchObject({ Unit: '', Labels: expect.stringContaining('{"name":"alertUnit","value":"ms"}') })
    expect(find('TrafficRXNew')).toMatchObject({
      Namespace: 'acs_slb_dashboard',
      Description: '',
      Dimensions: 'userId,instanceId,port,protocol',
      Statistics: 'Average,Minimum,Maximum',
      Periods: '60,300',
      Unit: 'bits/s',
      Labels: expect.stringContaining('{"name":"unitFactor","value":"1048576"}'),
    })
    expect(find('HeathyServerCount')).toBeDefined()
    const ofKvstore = await page({ Labels: '[{"name":"productCategory","value":"slb"}]' })
    expect(ofKvstore.TotalCount).toBe(62)
    expect((await page({ MetricName: 'MemoryUsage', PageSize: 10_000 })).TotalCount).toBe(2)
    expect((await page({ Namespace: 'acs_none' })).Resources.Resource).toEqual([])
    expect(await page({ Labels: 'x' })).toMatchObject({ Success: false, Code: '400' })
  })

  test('DescribeProjectMeta lists the namespaces', async () => {
    const { body } = await callCms(simulator, 'DescribeProjectMeta', { PageSize: 2, PageNumber: 2 })
    expect(body).toMatchObject({ Success: true, Total: '21', PageSize: 2, PageNumber: 2 })
    expect(body.Resources.Resource.map((each: { Namespace: string }) => each.Namespace)).toEqual(['acs_alb', 'acs_nlb'])
    expect((await callCms(simulator, 'DescribeProjectMeta', { PageNumber: 101 })).body.Success).toBe(false)
  })
})

describe('limits and faults', () => {
  test('calls a second are limited by account and API', async () => {
    await start({ cloudmonitor: { callsPerSecond: { ...documentedCallLimits, DescribeMetricList: 2 } } })
    const statuses = async (count: number) => {
      const answers = []
      for (let call = 0; call < count; call++) answers.push((await list({})).status)
      return answers
    }
    expect(await statuses(3)).toEqual([200, 200, 400])
    expect((await list({})).body.Code).toBe('Throttling.User')
    expect((await callCms(simulator, 'DescribeMetricLast', ecs)).status).toBe(200)
    expect((await list({}, { key: otherKey })).status).toBe(200)
    await clock.advance(500)
    expect(await statuses(2)).toEqual([200, 400])
  })

  test('the free calls of a month are counted, and come back with the next month', async () => {
    simulator.cloudmonitor.behaviour.callsPerMonth = 3
    for (const action of ['DescribeMetricList', 'DescribeMetricLast', 'DescribeMetricData']) {
      expect((await callCms(simulator, action, ecs)).status).toBe(200)
    }
    expect(simulator.cloudmonitor.meteredCalls()).toBe(3)
    expect(await list({})).toMatchObject({ status: 403, body: { Code: 'QuotaExceeded' } })
    expect((await callCms(simulator, 'DescribeMetricMetaList', {})).status).toBe(200)
    await clock.advance(31 * DAY_MS)
    expect((await list({})).status).toBe(200)
    expect(simulator.cloudmonitor.meteredCalls()).toBe(1)
  })

  test('faults can be aimed at a namespace, a metric and a call', async () => {
    const effect = { kind: 'body_failure', code: '503' } as const
    simulator.faults.inject({ namespace: ecs.Namespace, metric: 'CPUUtilization', api: 'DescribeMetricList', effect })
    expect(await list({})).toMatchObject({
      status: 200,
      body: { Success: false, Code: '503', Datapoints: '', NextToken: '' },
    })
    expect((await list({ MetricName: 'DiskReadBPS' })).body.Success).toBe(true)
    expect((await callCms(simulator, 'DescribeMetricLast', ecs)).body.Success).toBe(true)
    simulator.faults.clear()
    simulator.faults.inject({ metric: 'CPUUtilization', times: 1, effect: { kind: 'throttle' } })
    expect(await list({})).toMatchObject({ status: 400, body: { Code: 'Throttling.User' } })
    simulator.faults.inject({
      service: 'cms',
      times: 1,
      effect: { kind: 'error', status: 503, code: 'ServiceUnavailable' },
    })
    expect((await list({})).status).toBe(503)
  })

  test('a page may be empty, come twice, or lead back to itself', async () => {
    const window = { StartTime: startMs - 5 * MINUTE_MS, EndTime: startMs - MINUTE_MS, Length: 4 }
    const read = async (kind: 'empty_page' | 'duplicate_page') => {
      simulator.faults.inject({ times: 1, effect: { kind } })
      return (await readPages(simulator, 'DescribeMetricList', { ...ecs, ...window })).map((page) => page.length)
    }
    expect(await read('empty_page')).toEqual([0, 4, 4, 4])
    expect(await read('duplicate_page')).toEqual([4, 4, 4, 4])
    const { NextToken } = (await list(window)).body
    simulator.faults.inject({ times: 1, effect: { kind: 'same_token' } })
    expect((await list({ ...window, NextToken })).body.NextToken).toBe(NextToken)
  })

  test('a wrong signature is refused by the gateway', async () => {
    const wrong = { ...defaultAccessKey, secret: 'wrong' }
    expect(await list({}, { key: wrong })).toMatchObject({ status: 400, body: { Code: 'SignatureDoesNotMatch' } })
  })
})
