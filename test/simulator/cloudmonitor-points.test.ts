import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { checkPoints, type DeliveredValue } from '../../simulator/cloudmonitor/point-check.ts'
import { pointUid } from '../../simulator/cloudmonitor/points.ts'
import { parseScriptEntry } from '../../simulator/fault-script.ts'
import { uidOf } from '../../simulator/ledger.ts'
import { type Simulator, startSimulator } from '../../simulator/simulator.ts'
import { createManualClock, type ManualClock } from '../fakes/manual-clock.ts'
import { callCms, MINUTE_MS, readPoints, worldOf } from './cloudmonitor-caller.ts'

const namespace = 'acs_ecs_dashboard'
const startMs = Date.UTC(2026, 2, 4, 2, 0)
let clock: ManualClock
let simulator: Simulator
beforeEach(async () => {
  clock = createManualClock(startMs)
  simulator = await startSimulator({ clock, world: worldOf(3) })
  onTestFinished(() => simulator.close())
})

/** What the API gave for a window, in the form that is held against what is expected. */
async function delivered(metric: string, fromMs: number, toMs: number): Promise<DeliveredValue[]> {
  const points = await readPoints(simulator, namespace, metric, fromMs, toMs, { Period: 60 })
  return points.flatMap(({ timestamp, Average, Minimum, Maximum, ...dimensions }) => {
    const uid = pointUid(namespace, metric, dimensions as Record<string, string>, timestamp)
    return Object.entries({ Average, Minimum, Maximum }).map(([statistic, value]) => ({
      uid,
      statistic,
      value: Number(value),
    }))
  })
}

describe('checkPoints', () => {
  test('finds nothing wrong with what the API gives', async () => {
    for (const metric of ['CPUUtilization', 'cpu_total', 'diskusage_used']) {
      const expected = simulator.cloudmonitor.expectedPoints(namespace, metric, startMs - 10 * MINUTE_MS, startMs - 1)
      const check = checkPoints(expected, await delivered(metric, startMs - 10 * MINUTE_MS, startMs - 1))
      const series = metric === 'diskusage_used' ? 6 : 3
      expect(check).toEqual({ delivered: 9 * series * 3, missing: [], repeated: [], invented: [], wrongValue: [] })
    }
  })

  test('finds what is missing, repeated, of a wrong time and of a wrong value', async () => {
    const window = [startMs - 3 * MINUTE_MS, startMs - 1] as const
    const expected = simulator.cloudmonitor.expectedPoints(namespace, 'CPUUtilization', ...window)
    const [first, second, third, ...rest] = await delivered('CPUUtilization', ...window)
    if (first === undefined || second === undefined || third === undefined) throw new Error('There are too few points')
    const moved = { ...third, uid: third.uid.replace(/\d+$/, String(startMs)) }
    const changed = { ...second, value: 0 }
    const keyOf = ({ uid, statistic }: DeliveredValue) => `${uid} ${statistic}`
    expect(checkPoints(expected, [first, first, changed, moved, ...rest])).toEqual({
      delivered: 17,
      missing: [keyOf(third)],
      repeated: [keyOf(first)],
      invented: [keyOf(moved)],
      wrongValue: [keyOf(second)],
    })
  })
})

describe('the ledger', () => {
  test('has the points as they become due, a batch for each namespace and timestamp', async () => {
    simulator.cloudmonitor.behaviour.delayMs = { '*': 90_000 }
    simulator.cloudmonitor.start([
      { namespace, metrics: ['CPUUtilization', 'cpu_total'] },
      { namespace: 'acs_slb_dashboard', metrics: ['TrafficRXNew'] },
    ])
    simulator.cloudmonitor.addInstance({ id: 'lb-1', type: 'ACS::SLB::LoadBalancer', name: '', region: 'cn-hangzhou' })
    await clock.advance(5 * MINUTE_MS)
    const totals = simulator.ledger
      .totals()
      .map(({ service, source, items, batches }) => ({ service, source, items, batches }))
    expect(totals).toEqual([
      { service: 'cloudmonitor', source: 'acs_ecs_dashboard', items: 5 * 6, batches: 5 },
      { service: 'cloudmonitor', source: 'acs_slb_dashboard', items: 3 * 2, batches: 3 },
    ])
    const uids = [...simulator.ledger.items('acs_ecs_dashboard')].map(({ uid }) => uid)
    const expected = ['CPUUtilization', 'cpu_total'].flatMap((metric) =>
      simulator.cloudmonitor.expectedPoints(namespace, metric, startMs - 3 * MINUTE_MS, startMs + 2 * MINUTE_MS),
    )
    expect(new Set(uids)).toEqual(new Set(expected.map(({ uid }) => uid)))
    expect(uids[0]).toBe(
      `acs_ecs_dashboard/CPUUtilization/instanceId=i-0,userId=1234567890123456/${startMs - 2 * MINUTE_MS}`,
    )
    const [batch] = simulator.ledger.batches()
    if (batch === undefined) throw new Error('There is no batch')
    expect(batch).toMatchObject({ position: String(startMs - 2 * MINUTE_MS), items: 6, origin: 'traffic' })
    expect(uidOf(batch, 0)).toBe(uids[0])
  })

  test('has every point before anybody can read it', async () => {
    simulator.cloudmonitor.start([{ namespace, metrics: ['CPUUtilization'] }])
    // The simulator's own time alone, so that nothing that waits for its turn has run.
    simulator.clock.advance(3 * MINUTE_MS)
    const read = await readPoints(simulator, namespace, 'CPUUtilization', startMs - 1, startMs + 60 * MINUTE_MS)
    expect(read.length).toBeGreaterThan(0)
    expect([...simulator.ledger.items(namespace)]).toHaveLength(read.length)
  })

  test('knows nothing of points before the start, and counts up to the end', async () => {
    simulator.cloudmonitor.start([{ namespace, metrics: ['CPUUtilization'], periodSeconds: 300 }])
    expect(simulator.ledger.totals()).toEqual([])
    simulator.clock.advance(11 * MINUTE_MS)
    simulator.cloudmonitor.stop()
    expect(simulator.ledger.totals()).toMatchObject([{ items: 6, batches: 2 }])
    await clock.advance(60 * MINUTE_MS)
    expect(simulator.ledger.totals()).toMatchObject([{ items: 6 }])
    expect(() => simulator.cloudmonitor.start([{ namespace: 'acs_none' }])).toThrow(RangeError)
    expect(() => simulator.cloudmonitor.start([{ namespace, metrics: ['none'] }])).toThrow(RangeError)
  })
})

describe('a script', () => {
  const run = (action: object) => simulator.run(parseScriptEntry({ action }))
  const cpuCounts = async () => {
    const points = await readPoints(simulator, namespace, 'CPUUtilization', startMs - 1, startMs + 60 * MINUTE_MS)
    const counts: Record<string, number> = {}
    for (const { instanceId = '' } of points) counts[instanceId] = (counts[instanceId] ?? 0) + 1
    return counts
  }

  test('adds and removes instances, and holds points back', async () => {
    run({ kind: 'add_instance', type: 'ACS::ECS::Instance', id: 'i-9', tags: { a: 'b' } })
    run({ kind: 'remove_instance', id: 'i-0' })
    run({ kind: 'hold_points', namespace, id: 'i-1', span: '2m' })
    run({ kind: 'hold_points', namespace, metric: 'CPUUtilization', id: 'i-2', span: '2m', for: '10m' })
    await clock.advance(5 * MINUTE_MS)
    expect(await cpuCounts()).toEqual({ 'i-1': 3, 'i-2': 3, 'i-9': 5 })
    await clock.advance(5 * MINUTE_MS)
    expect(await cpuCounts()).toEqual({ 'i-1': 8, 'i-2': 10, 'i-9': 10 })
  })

  test('changes the behaviour, which the status shows', async () => {
    run({ kind: 'change_cloudmonitor', delay: '3m', order: 'shuffled', calls_per_second: 1, calls_per_month: 5 })
    run({
      kind: 'change_cloudmonitor',
      late_share: 0.1,
      late: '1h',
      gap_share: 0.1,
      last_token: 'null',
      code: 'number',
    })
    run({ kind: 'change_cloudmonitor', empty_statistic_share: 0.1, missing_statistic_share: 0.2, refusals: 'status' })
    expect(simulator.cloudmonitor.behaviour).toMatchObject({
      delayMs: { '*': 3 * MINUTE_MS },
      order: 'shuffled',
      callsPerSecond: { DescribeMetricList: 1 },
      callsPerMonth: 5,
      lateShare: 0.1,
      lateMs: 60 * MINUTE_MS,
      gapShare: 0.1,
      lastToken: 'null',
      code: 'number',
      emptyStatisticShare: 0.1,
      missingStatisticShare: 0.2,
      refusals: 'status',
    })
    run({ kind: 'change_cloudmonitor', calls_per_second: 0 })
    await callCms(simulator, 'DescribeMetricList', { Namespace: namespace, MetricName: 'CPUUtilization' })
    const status = await (await fetch(`${simulator.url}/_simulator/status`)).json()
    expect(status).toMatchObject({
      cloudmonitor: { meteredCalls: 1, resources: { 'ACS::ECS::Instance': 3 }, behaviour: { callsPerSecond: {} } },
    })
  })

  test('aims a fault at a metric', async () => {
    const on = { namespace, metric: 'CPUUtilization' }
    simulator.run(
      parseScriptEntry({ on, times: 1, effect: { kind: 'body_failure', code: '500', message: 'try again' } }),
    )
    const query = { Namespace: namespace, MetricName: 'CPUUtilization' }
    const { body } = await callCms(simulator, 'DescribeMetricList', query)
    expect(body).toMatchObject({ Success: false, Code: '500', Message: 'try again' })
    expect((await callCms(simulator, 'DescribeMetricList', query)).body.Success).toBe(true)
  })
})
