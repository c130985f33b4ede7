import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { defaultAccessKey } from '../../simulator/accounts.ts'
import { type Simulator, type SimulatorOptions, startSimulator } from '../../simulator/simulator.ts'
import { createManualClock, type ManualClock } from '../fakes/manual-clock.ts'
import { callCms, HOUR_MS, MINUTE_MS, worldOf } from './cloudmonitor-caller.ts'
import type { Flat } from './rpc-caller.ts'

interface Exported {
  readonly Timestamp: number
  readonly LogTime: number | null
  readonly Dimensions: readonly { readonly Label: string; readonly Value: string }[]
  readonly Measurements: Readonly<Record<string, number>>
}

const metric = { Namespace: 'acs_ecs_dashboard', Metric: 'CPUUtilization' }
const startMs = Date.UTC(2026, 2, 4, 2, 0)
let clock: ManualClock
let simulator: Simulator

async function start(options: SimulatorOptions = {}): Promise<void> {
  clock = createManualClock(startMs)
  const started = await startSimulator({ clock, world: worldOf(3), ...options })
  onTestFinished(() => started.close())
  simulator = started
}
beforeEach(() => start())

const call = (action: string, parameters: Flat) =>
  callCms(simulator, action, { ...metric, ...parameters }, { asForm: true })
const open = async (StartTime: number, more: Flat = {}): Promise<string> =>
  (await call('Cursor', { Period: 60, StartTime, ...more })).body.Cursor
const batch = async (Cursor: string, more: Flat = {}) =>
  (await call('BatchExport', { Cursor, Length: 10_000, ...more })).body
const keyOf = ({ Timestamp, Dimensions }: Exported) =>
  `${Dimensions.find(({ Label }) => Label === 'instanceId')?.Value} ${(Timestamp - startMs) / MINUTE_MS}`

/** Everything until the server has no more at the moment. */
async function drain(
  from: string,
  Length = 10_000,
): Promise<{ keys: string[]; sizes: number[]; cursor: string | null }> {
  const keys: string[] = []
  const sizes: number[] = []
  for (let cursor = from; ; ) {
    const body = await batch(cursor, { Length })
    keys.push(...body.DataResults.map(keyOf))
    sizes.push(body.Length)
    if (!body.HasNext) return { keys, sizes, cursor: body.Cursor }
    cursor = body.Cursor
  }
}

test('a cursor leads through the points from its start, which is included, in batches', async () => {
  const answer = await call('Cursor', { Period: 60, StartTime: startMs - 3 * MINUTE_MS })
  expect(answer.body).toEqual({
    RequestId: expect.any(String),
    Code: 200,
    Message: expect.any(String),
    Success: true,
    Cursor: expect.stringMatching(/^v2\./),
  })
  const first = await batch(answer.body.Cursor, { Length: 4 })
  expect(first).toMatchObject({ Code: 200, Success: true, HasNext: true, Length: 4, Anchor: startMs })
  expect(first.DataResults[0]).toEqual({
    Namespace: 'acs_ecs_dashboard',
    Metric: 'CPUUtilization',
    Period: 60,
    Timestamp: startMs - 3 * MINUTE_MS,
    LogTime: startMs - 2 * MINUTE_MS,
    Dimensions: [
      { Label: 'userId', Value: '1234567890123456' },
      { Label: 'instanceId', Value: 'i-0' },
    ],
    Measurements: { Average: expect.any(Number), Minimum: expect.any(Number), Maximum: expect.any(Number) },
    Associated: {},
  })
  const rest = await drain(first.Cursor, 4)
  expect(rest.sizes).toEqual([4, 1])
  expect(new Set([...first.DataResults.map(keyOf), ...rest.keys]).size).toBe(9)
})

test('an endless export has nothing more for now, and more when new points are there', async () => {
  const { keys, cursor } = await drain(await open(startMs - MINUTE_MS))
  expect(keys).toEqual(['i-0 -1', 'i-1 -1', 'i-2 -1'])
  const idle = await batch(cursor ?? '')
  expect(idle).toMatchObject({ HasNext: false, Length: 0, DataResults: [], Cursor: expect.stringMatching(/^v2\./) })
  await clock.advance(2 * MINUTE_MS)
  simulator.cloudmonitor.addInstance({ id: 'i-3', type: 'ACS::ECS::Instance', name: '', region: 'cn-hangzhou' })
  expect((await drain(idle.Cursor)).keys).toEqual(['i-0 0', 'i-0 1', 'i-1 0', 'i-1 1', 'i-2 0', 'i-2 1'])
})

test('by arrival late points come too, each once; by measurement they are lost', async () => {
  for (const exportOrder of ['arrival', 'measurement'] as const) {
    await start({ world: worldOf(10), cloudmonitor: { exportOrder, lateShare: 0.5, lateMs: 20 * MINUTE_MS } })
    let cursor = await open(startMs)
    const keys: string[] = []
    for (let minute = 0; minute < 60; minute++) {
      const more = await drain(cursor, 7)
      keys.push(...more.keys)
      cursor = more.cursor ?? ''
      await clock.advance(MINUTE_MS)
    }
    expect(new Set(keys).size).toBe(keys.length)
    const onTime = keys.filter((key) => Number(key.split(' ')[1]) < 30)
    if (exportOrder === 'arrival') expect(onTime).toHaveLength(300)
    else expect(onTime.length).toBeLessThan(200)
  }
})

test('a limited export ends with no cursor, once nothing of it can come any more', async () => {
  simulator.cloudmonitor.hold({ resourceId: 'i-1', hold: { untilMs: startMs + 10 * MINUTE_MS } })
  const range = { EndTime: startMs - MINUTE_MS }
  const first = await drain(await open(startMs - 2 * MINUTE_MS, range))
  expect(first.keys).toEqual(['i-0 -2', 'i-0 -1', 'i-2 -2', 'i-2 -1'])
  expect(first.cursor).not.toBeNull()
  await clock.advance(10 * MINUTE_MS)
  expect(await drain(first.cursor ?? '')).toEqual({ keys: ['i-1 -2', 'i-1 -1'], sizes: [2], cursor: null })
})

test('matchers choose series, and measurements statistics; of longer periods no log time is known', async () => {
  const Matchers = JSON.stringify([{ Label: 'instanceId', Operator: 'EQUALS', Value: 'i-2' }])
  const cursor = await open(startMs - HOUR_MS, { Matchers, Period: 300 })
  const { DataResults } = await batch(cursor, { Measurements: '["Average"]' })
  expect(DataResults).toHaveLength(12)
  for (const each of DataResults) {
    expect(keyOf(each)).toMatch(/^i-2 /)
    expect(Object.keys(each.Measurements)).toEqual(['Average'])
    expect(each).toMatchObject({ LogTime: null, Period: 300 })
  }
  const refused = { Success: false, Code: '400' }
  const swapped = '[{"Label":"i-2","Operator":"LIKE","Value":"instanceId"}]'
  expect((await call('Cursor', { Period: 60, StartTime: startMs, Matchers: swapped })).body).toMatchObject(refused)
})

test('refuses a cursor that is too old, of another metric or account, or made up', async () => {
  const other = { ...defaultAccessKey, id: 'LTAIother', accountId: '9999999999999999' }
  await start({ accessKeys: [defaultAccessKey, other], cloudmonitor: { cursorValidMs: HOUR_MS } })
  const cursor = await open(startMs)
  const refused = { Success: false, Code: '400', Message: expect.stringContaining('Cursor') }
  expect(await batch(cursor, { Metric: 'DiskReadBPS' })).toMatchObject(refused)
  expect(await batch('v2.bm9uZQ==')).toMatchObject(refused)
  expect(await batch('')).toMatchObject(refused)
  const parameters = { ...metric, Cursor: cursor, Length: 1 }
  const byOther = await callCms(simulator, 'BatchExport', parameters, { asForm: true, key: other })
  expect(byOther.body).toMatchObject(refused)
  expect(await batch(cursor, { Length: 10_001 })).toMatchObject({ Success: false, Code: '400' })
  await clock.advance(HOUR_MS + 1)
  expect(await batch(cursor)).toMatchObject({ ...refused, Message: 'Cursor is expired.' })
})

test('is forbidden until the account has switched it on, and does not count against the free calls', async () => {
  await drain(await open(startMs))
  expect(simulator.cloudmonitor.meteredCalls()).toBe(0)
  simulator.cloudmonitor.behaviour.exportActivated = false
  expect(await call('Cursor', { Period: 60, StartTime: startMs })).toMatchObject({
    status: 403,
    body: { Code: 'AccessForbidden' },
  })
})
