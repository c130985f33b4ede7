import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { defaultAccessKey } from '../../simulator/accounts.ts'
import { alertSecrets } from '../../simulator/cloudmonitor/event-documents.ts'
import { parseScriptEntry } from '../../simulator/fault-script.ts'
import { type Simulator, startSimulator } from '../../simulator/simulator.ts'
import { createManualClock, type ManualClock } from '../fakes/manual-clock.ts'
import { callRpc, type Flat, type RpcOptions } from './rpc-caller.ts'

const SECOND_MS = 1000
const MINUTE_MS = 60 * SECOND_MS
const DAY_MS = 24 * 60 * MINUTE_MS
const otherKey = { ...defaultAccessKey, id: 'LTAIother', accountId: '9999999999999999' }
let clock: ManualClock
let simulator: Simulator
beforeEach(async () => {
  clock = createManualClock()
  const accessKeys = [defaultAccessKey, otherKey]
  simulator = await startSimulator({ clock, accessKeys, regions: ['ap-southeast-1'] })
})
afterEach(() => simulator.close())

const version = '2019-01-01'
const call = async (action: string, parameters: Flat = {}, options: RpcOptions = {}) => {
  const { status, body } = await callRpc(simulator, action, parameters, { version, ...options })
  return { status, body: JSON.parse(body.toString()) }
}
const systemEvents = async (parameters: Flat = {}, options: RpcOptions = {}) => {
  const { body } = await call('DescribeSystemEventAttribute', { PageSize: 100, ...parameters }, options)
  return body.SystemEvents.SystemEvent
}
const alerts = async (parameters: Flat = {}) =>
  (await call('DescribeAlertLogList', { PageSize: 100, ...parameters })).body.AlertLogList
const events = () => simulator.cloudMonitorEvents
const idsOf = (list: readonly { readonly Id: string }[]) => list.map(({ Id }) => Id)

describe('DescribeSystemEventAttribute', () => {
  test('answers with the fields of the vendor, times in milliseconds', async () => {
    const [uid] = events().issue('system_event', 1)
    const { status, body } = await call('DescribeSystemEventAttribute')
    expect(status).toBe(200)
    expect(body).toMatchObject({ Code: '200', Success: 'true', RequestId: expect.any(String) })
    const [event] = body.SystemEvents.SystemEvent
    expect(Object.keys(event).toSorted()).toEqual(
      'Content GroupId Id InstanceName Level Name Product RegionId ResourceId Status Time'.split(' '),
    )
    expect(event).toMatchObject({ Time: clock.now(), Content: expect.any(String) })
    expect(`${event.Id}/${event.Status}`).toBe(uid)
    expect(simulator.ledger.totals()).toMatchObject([{ service: 'cms', source: 'system_events', items: 1 }])
  })

  test('pages until a page is short', async () => {
    events().issue('system_event', 23)
    const pages = await Promise.all([1, 2, 3, 4].map((PageNumber) => systemEvents({ PageSize: 10, PageNumber })))
    expect(pages.map(({ length }) => length)).toEqual([10, 10, 3, 0])
    expect(new Set(idsOf(pages.flat())).size).toBe(23)
    expect(await systemEvents({ PageSize: '' })).toHaveLength(10)
  })

  test.each([
    { PageSize: 101 },
    { PageSize: 0 },
    { PageNumber: 0 },
    // Seconds, as the English documentation says by mistake.
    { StartTime: 1_772_410_530 },
    { StartTime: 1_772_410_530_001, EndTime: 1_772_410_530_000 },
  ])('refuses %j', async (parameters) => {
    const answer = await call('DescribeSystemEventAttribute', parameters as Flat)
    expect(answer).toMatchObject({ status: 400, body: { Code: 'ParameterInvalid' } })
  })

  test('gives what lies in the window, both ends included, in the order that is set', async () => {
    const nowMs = clock.now()
    const at = (timeMs: number) => events().issueSystemEvent({}, { timeMs }).Id
    const ids = [-2000, -1000, 0].map((offsetMs) => at(nowMs + offsetMs))
    const window = { StartTime: nowMs - 2000, EndTime: nowMs - 1000 }
    expect(idsOf(await systemEvents(window))).toEqual([ids[1], ids[0]])
    events().behaviour.order = 'oldest_first'
    expect(idsOf(await systemEvents(window))).toEqual([ids[0], ids[1]])
  })

  test('shows late events when their time has come', async () => {
    events().issue('system_event', 1, { visibleAtMs: clock.now() + 5 * MINUTE_MS })
    expect(await systemEvents()).toEqual([])
    await clock.advance(5 * MINUTE_MS)
    expect(await systemEvents()).toHaveLength(1)
  })

  test('filters by what the vendor filters by', async () => {
    const { Id } = events().issueSystemEvent({
      Product: 'ECS',
      Name: 'Instance:StateChange',
      Level: 'WARN',
      GroupId: '1,22',
    })
    events().issueSystemEvent({ Product: 'OSS', Name: 'x', Level: 'INFO', GroupId: '2' })
    for (const filter of [
      { Product: 'ECS' },
      { Name: 'Instance:StateChange' },
      { Level: 'WARN' },
      { GroupId: '22' },
      { SearchKeywords: `${Id} and ECS` },
    ]) {
      expect(idsOf(await systemEvents(filter as Flat))).toEqual([Id])
    }
    expect(await systemEvents({ SearchKeywords: 'OSS or ECS' })).toHaveLength(2)
  })

  test('answers for all regions, or for that of the endpoint when told so', async () => {
    const here = events().issueSystemEvent({}, { region: 'cn-hangzhou' }).Id
    const there = events().issueSystemEvent({}, { region: 'ap-southeast-1' }).Id
    expect(await systemEvents()).toHaveLength(2)
    events().behaviour.regional = true
    expect(idsOf(await systemEvents())).toEqual([here])
    expect(idsOf(await systemEvents({}, { region: 'ap-southeast-1' }))).toEqual([there])
  })

  test('gives an event once more with another status under the same id', async () => {
    const first = events().issueSystemEvent({ Status: 'Executing' })
    events().issueSystemEvent({ ...first, Status: 'Executed' })
    expect(idsOf(await systemEvents())).toEqual([first.Id, first.Id])
    expect([...simulator.ledger.items()].map(({ uid }) => uid)).toEqual([
      `${first.Id}/Executing`,
      `${first.Id}/Executed`,
    ])
  })

  test('is of one account, and refuses as this API does: with status 200', async () => {
    events().issue('system_event', 1)
    expect(await systemEvents({}, { key: otherKey })).toEqual([])
    events().behaviour.refusal = { code: '403', message: 'forbidden' }
    const { status, body } = await call('DescribeSystemEventAttribute')
    expect({ status, body }).toMatchObject({ status: 200, body: { Code: '403', Success: 'false' } })
    expect((await call('DescribeAlertLogList')).body).toMatchObject({ Code: '403', Success: false })
  })
})

describe('DescribeAlertLogList', () => {
  test('answers with contacts, addresses and secrets, as the vendor does', async () => {
    const [uid] = events().issue('alert', 1)
    const { body } = await call('DescribeAlertLogList')
    expect(body).toMatchObject({
      Code: '200',
      Success: true,
      AlertLogList: [{ LogId: uid, AlertTime: String(clock.now()) }],
    })
    for (const secret of Object.values(alertSecrets)) expect(JSON.stringify(body)).toContain(secret)
    expect(simulator.ledger.totals()).toMatchObject([{ service: 'cms', source: 'alerts', items: 1 }])
  })

  test('looks 15 minutes back by itself, a year at most, and 15 days at a time', async () => {
    const nowMs = clock.now()
    for (const timeMs of [nowMs, nowMs - 14 * MINUTE_MS, nowMs - 16 * MINUTE_MS, nowMs - 366 * DAY_MS]) {
      events().issue('alert', 1, { timeMs })
    }
    expect(await alerts()).toHaveLength(2)
    expect(await alerts({ StartTime: nowMs - 15 * DAY_MS, EndTime: nowMs })).toHaveLength(3)
    expect(await alerts({ StartTime: nowMs - 370 * DAY_MS, EndTime: nowMs - 360 * DAY_MS })).toEqual([])
    for (const window of [{ StartTime: nowMs }, { StartTime: nowMs - 15 * DAY_MS - 1, EndTime: nowMs }]) {
      expect(await call('DescribeAlertLogList', window as Flat)).toMatchObject({ status: 400 })
    }
  })

  test('filters by level', async () => {
    events().issue('alert', 40)
    const list: { readonly Level: string }[] = await alerts({ Level: 'OK' })
    expect(list.length).toBeGreaterThan(0)
    expect(new Set(list.map(({ Level }) => Level))).toEqual(new Set(['OK']))
  })
})

test('events come at a rate until they are stopped', async () => {
  events().start(10)
  await clock.sleeping()
  await clock.advance(10 * SECOND_MS)
  events().stop()
  await clock.advance(10 * SECOND_MS)
  const items = simulator.ledger.totals().map(({ items }) => items)
  expect(items.reduce((a, b) => a + b)).toBe(100)
  expect(items).toHaveLength(2)
})

test('faults and scripts reach them', async () => {
  simulator.run(parseScriptEntry({ action: { kind: 'issue_cloudmonitor', system_events: 3, alerts: 2 } }))
  expect([await systemEvents(), await alerts()].map(({ length }) => length)).toEqual([3, 2])
  simulator.run(parseScriptEntry({ on: { service: 'cms', api: 'DescribeAlertLogList' }, effect: 'throttle' }))
  expect(await call('DescribeAlertLogList')).toMatchObject({ status: 400, body: { Code: 'Throttling.User' } })
  expect(await systemEvents()).toHaveLength(3)
})
