import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { defaultAccessKey } from '../../simulator/accounts.ts'
import { shapeNames } from '../../simulator/actiontrail/documents.ts'
import { documentedLookupsPerSecond } from '../../simulator/actiontrail/issuer.ts'
import { isoSeconds } from '../../simulator/rpc/call.ts'
import { type Simulator, type SimulatorOptions, startSimulator } from '../../simulator/simulator.ts'
import { createManualClock, type ManualClock } from '../fakes/manual-clock.ts'
import { callRpc, callRpcV1, type Flat, lookupAll, lookupPage, rpcOutcome } from './rpc-caller.ts'
import { jsonOf } from './sls-caller.ts'

const DAY_MS = 86_400_000
const region = 'cn-hangzhou'

let clock: ManualClock
let simulator: Simulator
beforeEach(async () => {
  clock = createManualClock()
  simulator = await startSimulator({ clock })
})
afterEach(() => simulator.close())

async function restart(options: SimulatorOptions): Promise<void> {
  await simulator.close()
  simulator = await startSimulator({ clock, ...options })
}

/** A window around now, in whole seconds. */
const around = (beforeMs: number, afterMs = 1000): Flat => ({
  StartTime: isoSeconds(clock.now() - beforeMs),
  EndTime: isoSeconds(clock.now() + afterMs),
})
const issued = (source = region) => [...simulator.ledger.items(source)].map(({ uid }) => uid)
const outcome = async (parameters: Flat) => rpcOutcome(await callRpc(simulator, 'LookupEvents', parameters))
const idsOf = async (parameters: Flat = {}, options = {}) =>
  (await lookupAll(simulator, parameters, options)).flatMap(({ ids }) => ids)

describe('pages', () => {
  test.each(['FORWARD', 'BACKWARD'] as const)('%s come in the order of time, each event once', async (direction) => {
    simulator.actiontrail.issue(region, 137, { fromMs: clock.now() - 60_000, toMs: clock.now() })
    const pages = await lookupAll(simulator, { ...around(120_000), Direction: direction, MaxResults: 50 })
    expect(pages.map(({ ids }) => ids.length)).toEqual([50, 50, 37])
    expect(pages.flatMap(({ ids }) => ids).toSorted()).toEqual(issued().toSorted())
    const times = pages.flatMap(({ times }) => times)
    expect(times).toEqual(direction === 'FORWARD' ? times.toSorted() : times.toSorted().toReversed())
  })

  test('are 20 events of the newest without parameters, and the answer tells the window', async () => {
    simulator.actiontrail.issue(region, 30, { fromMs: clock.now() - 60_000, toMs: clock.now() })
    const page = await lookupPage(simulator)
    expect(page.ids).toHaveLength(20)
    expect(page.times[0]).toBe((await lookupPage(simulator, { Direction: 'BACKWARD', MaxResults: 1 })).times[0])
    expect(page.body).toMatchObject({
      StartTime: isoSeconds(clock.now() - 7 * DAY_MS),
      EndTime: isoSeconds(clock.now()),
    })
    expect((await lookupPage(simulator, { MaxResults: 0 })).ids).toHaveLength(20)
  })

  test('that hold everything that is left have no token', async () => {
    simulator.actiontrail.issue(region, 50)
    expect((await lookupPage(simulator, { MaxResults: 50 })).token).toBeUndefined()
    expect((await lookupPage(simulator, { MaxResults: 49 })).token).toEqual(expect.any(String))
    await restart({})
    expect(await lookupPage(simulator)).toMatchObject({ ids: [], token: undefined, body: { Events: [] } })
  })

  test('go on where they were although events came in between', async () => {
    simulator.actiontrail.issue(region, 30)
    const query = { ...around(60_000, 60_000), Direction: 'FORWARD', MaxResults: 20 }
    const first = await lookupPage(simulator, query)
    simulator.actiontrail.issue(region, 10)
    const second = await lookupPage(simulator, { ...query, NextToken: first.token ?? '' })
    expect([...first.ids, ...second.ids]).toEqual(issued())
  })

  test('have a token that needs percent-encoding sooner or later, and works with both signatures', async () => {
    simulator.actiontrail.issue(region, 3)
    const { token = '' } = await lookupPage(simulator, { MaxResults: 1 })
    expect(Buffer.from(token, 'base64').toString('base64')).toBe(token)
    for (const method of ['GET', 'POST']) {
      const answer = await callRpcV1(simulator, 'LookupEvents', { MaxResults: 1, NextToken: token }, { method })
      expect(rpcOutcome(answer)).toBe('200')
    }
  })
})

describe('the token is bound to', () => {
  const query: Flat = {
    Direction: 'FORWARD',
    MaxResults: 2,
    'LookupAttribute.1.Key': 'EventRW',
    'LookupAttribute.1.Value': 'Write',
  }
  let token = ''
  beforeEach(async () => {
    await restart({ regions: ['ap-southeast-1'] })
    simulator.actiontrail.issue(region, 100)
    token = (await lookupPage(simulator, { ...around(60_000), ...query })).token ?? ''
  })

  test('its query, which may be repeated', async () => {
    expect(await outcome({ ...around(60_000), ...query, NextToken: token })).toBe('200')
  })

  test.each([
    ['the window', { StartTime: '2026-03-01T00:00:00Z' }],
    ['the direction', { Direction: 'BACKWARD' }],
    ['the page size', { MaxResults: 3 }],
    ['the filters', { 'LookupAttribute.1.Value': 'Read' }],
    ['nothing that was made up', { NextToken: 'bm9uc2Vuc2U=' }],
  ])('%s', async (_name, change) => {
    const parameters: Flat = { ...around(60_000), ...query, NextToken: token, ...change }
    expect(await outcome(parameters)).toBe('400 InvalidQueryParameter')
  })

  test('the region', async () => {
    const parameters: Flat = { ...around(60_000), ...query, NextToken: token }
    const answer = await callRpc(simulator, 'LookupEvents', parameters, { region: 'ap-southeast-1' })
    expect(rpcOutcome(answer)).toBe('400 InvalidQueryParameter')
  })
})

describe('the window', () => {
  test('includes both of its ends', async () => {
    const at = (second: number) => `2026-02-20T10:00:0${second}Z`
    const documents = [1, 2, 3].map((second) => ({ eventId: `e${second}`, eventTime: at(second) }))
    simulator.actiontrail.issue(region, documents)
    expect(await idsOf({ StartTime: at(1), EndTime: at(3), Direction: 'FORWARD' })).toEqual(['e1', 'e2', 'e3'])
    expect(await idsOf({ StartTime: at(2), EndTime: at(3) })).toEqual(['e3', 'e2'])
  })

  test.each<[string, () => Flat]>([
    ['InvalidParameterStartTime', () => ({ StartTime: '2026-02-30T00:00:00Z' })],
    ['InvalidParameterStartTime', () => ({ StartTime: '2026-02-01T00:00:00.000Z' })],
    ['InvalidParameterStartTime', () => ({ StartTime: '1772410530' })],
    ['InvalidParameterStartTime', () => ({ StartTime: isoSeconds(clock.now() - 90 * DAY_MS - 1000) })],
    ['InvalidParameterEndTime', () => ({ EndTime: '2026-02-01 00:00:00' })],
    ['InvalidParameterCombination', () => ({ StartTime: isoSeconds(clock.now()), EndTime: isoSeconds(clock.now()) })],
    ['InvalidParameterCombination', () => ({ EndTime: isoSeconds(clock.now() - 8 * DAY_MS) })],
    ['InvalidQueryParameter', () => ({ MaxResults: 51 })],
    ['InvalidQueryParameter', () => ({ MaxResults: -1 })],
    ['InvalidQueryParameter', () => ({ MaxResults: 'many' })],
    ['InvalidQueryParameter', () => ({ Direction: 'SIDEWAYS' })],
    ['InvalidQueryParameter', () => ({ 'LookupAttribute.1.Key': 'Colour', 'LookupAttribute.1.Value': 'red' })],
    ['InvalidQueryParameter', () => ({ 'LookupAttribute.1.Key': 'EventRW' })],
  ])('%s (%#)', async (code, parameters) => {
    expect(await outcome(parameters())).toBe(`400 ${code}`)
  })

  test('may reach back 90 days and into the future', async () => {
    const parameters = around(90 * DAY_MS - 1000, DAY_MS)
    expect(await outcome(parameters)).toBe('200')
  })
})

describe('filters', () => {
  const filter = (...pairs: [key: string, value: string][]): Flat =>
    Object.fromEntries(
      pairs.flatMap(([key, value], index) => [
        [`LookupAttribute.${index + 1}.Key`, key],
        [`LookupAttribute.${index + 1}.Value`, value],
      ]),
    )
  beforeEach(() => {
    const identity = { type: 'ram-user', userName: 'alice', accessKeyId: 'LTAIEXAMPLEKEY01' }
    simulator.actiontrail.issue(region, [
      { eventId: 'a', serviceName: 'Ecs', eventName: 'StopInstance', eventRW: 'Write', userIdentity: identity },
      { eventId: 'b', serviceName: 'Ecs', eventName: 'DescribeInstances', eventRW: 'Read', userIdentity: identity },
      {
        eventId: 'c',
        serviceName: 'Oss',
        eventRW: 'Write',
        eventType: 'ApiCall',
        sourceIpAddress: '192.0.2.1',
        eventAttributes: { SensitiveAction: 'true' },
        userIdentity: { type: 'assumed-role', userName: 'deployer:session' },
        referencedResources: { 'ACS::OSS::Bucket': ['one', 'two'] },
      },
      { eventId: 'd', resourceType: 'ACS::ECS::Instance;ACS::ECS::Disk', resourceName: 'i-1,i-2;d-1' },
      { eventId: 'e', referencedResources: [{ resourceType: 'ACS::VPC::VSwitch', resourceName: 'vsw-1' }] },
    ])
  })

  test.each<[key: string, value: string, ids: string]>([
    ['ServiceName', 'Ecs', 'ab'],
    ['ServiceName', 'ecs', ''],
    ['EventName', 'StopInstance', 'a'],
    ['EventRW', 'Write', 'ac'],
    ['User', 'alice', 'ab'],
    ['EventId', 'd', 'd'],
    ['EventAccessKeyId', 'LTAIEXAMPLEKEY01', 'ab'],
    ['SensitiveAction', 'true', 'c'],
    ['SourceIpAddress', '192.0.2.1', 'c'],
    ['EventType', 'ApiCall', 'c'],
    ['RoleName', 'deployer', 'c'],
    ['ResourceType', 'ACS::OSS::Bucket', 'c'],
    ['ResourceType', 'ACS::ECS::Disk', 'd'],
    ['ResourceName', 'two', 'c'],
    ['ResourceName', 'i-2', 'd'],
    ['ResourceName', 'd-1', 'd'],
    ['ResourceName', 'vsw-1', 'e'],
  ])('%s %s', async (key, value, ids) => {
    expect((await idsOf({ ...filter([key, value]), Direction: 'FORWARD' })).join('')).toBe(ids)
  })

  test('are joined by AND, of one key the second counts, of three the first two', async () => {
    expect(await idsOf(filter(['ServiceName', 'Ecs'], ['EventRW', 'Write']))).toEqual(['a'])
    expect(await idsOf(filter(['EventRW', 'Write'], ['EventRW', 'Read']))).toEqual(['b'])
    expect(await idsOf(filter(['ServiceName', 'Ecs'], ['EventRW', 'Write'], ['EventName', 'None']))).toEqual(['a'])
  })

  test('page like everything else', async () => {
    simulator.actiontrail.issue(region, 200)
    const pages = await lookupAll(simulator, { ...filter(['EventRW', 'Write']), MaxResults: 10 })
    const bodies = pages.flatMap(({ body }) => body['Events'] as { eventRW: string }[])
    expect(pages.length).toBeGreaterThan(3)
    expect(new Set(bodies.map(({ eventRW }) => eventRW))).toEqual(new Set(['Write']))
  })
})

describe('regions', () => {
  const elsewhere = 'ap-southeast-1'
  beforeEach(() => restart({ regions: [elsewhere] }))

  test('keep their own events, and the ledger tells them apart', async () => {
    simulator.actiontrail.issue(region, 10)
    simulator.actiontrail.issue(elsewhere, 15)
    expect((await idsOf({}, { region })).toSorted()).toEqual(issued(region).toSorted())
    expect((await idsOf({}, { region: elsewhere })).toSorted()).toEqual(issued(elsewhere).toSorted())
    expect(simulator.ledger.totals()).toMatchObject([
      { service: 'actiontrail', source: elsewhere, items: 15 },
      { service: 'actiontrail', source: region, items: 10 },
    ])
  })

  test('of accounts differ: global events are in one of them only', async () => {
    const documents = [
      { eventId: 'signin', serviceName: 'AasSub' },
      { eventId: 'told', isGlobal: true, serviceName: 'New' },
      { eventId: 'not', isGlobal: false, serviceName: 'Ram' },
    ]
    expect(simulator.actiontrail.issue(elsewhere, documents)).toEqual([
      { id: 'signin', region, family: 'management' },
      { id: 'told', region, family: 'management' },
      { id: 'not', region: elsewhere, family: 'management' },
    ])
    expect(await idsOf({}, { region: elsewhere })).toEqual(['not'])
    expect((await idsOf({}, { region })).toSorted()).toEqual(['signin', 'told'])
    const answer = await callRpc(simulator, 'GetGlobalEventsStorageRegion')
    expect(jsonOf(answer)).toMatchObject({ StorageRegion: region })
  })

  test('of another account are not shown', async () => {
    const stranger = { id: 'LTAIstranger', secret: 's', accountId: '1987654321098765' }
    simulator.accounts.add(stranger)
    simulator.actiontrail.issue(region, 5)
    simulator.actiontrail.issue(region, [{ eventId: 'theirs' }], { accountId: stranger.accountId })
    expect(await idsOf({}, { key: stranger })).toEqual(['theirs'])
    expect(await idsOf({}, { key: defaultAccessKey })).toHaveLength(5)
  })
})

describe('late events', () => {
  test('are lost by a client that reads up to now, and found by one that waits', async () => {
    simulator.actiontrail.behaviour.lateSeconds = 600
    const naive = new Set<string>()
    let doneMs = clock.now() - 1000
    for (let minute = 0; minute < 30; minute++) {
      simulator.actiontrail.issue(region, 5)
      simulator.clock.advance(60_000)
      const nowMs = simulator.clock.now()
      const window = { StartTime: isoSeconds(doneMs), EndTime: isoSeconds(nowMs) }
      for (const id of await idsOf(window)) naive.add(id)
      doneMs = nowMs
    }
    expect(naive.size).toBe(0)
    const patient = await idsOf({ StartTime: isoSeconds(clock.now() - 1000), EndTime: isoSeconds(doneMs - 600_000) })
    expect(patient).toEqual(expect.arrayContaining(issued().slice(0, 100)))
  })

  test('may be late one by one, beyond what the vendor says', async () => {
    simulator.actiontrail.issue(region, [{ eventId: 'late', eventTime: isoSeconds(clock.now()) }], {
      lateSeconds: 3600,
    })
    simulator.clock.advance(3_500_000)
    expect(await idsOf()).toEqual([])
    simulator.clock.advance(101_000)
    expect(await idsOf()).toEqual(['late'])
  })
})

describe('the call rate', () => {
  test('is of the account, all regions together, and refills', async () => {
    await restart({ regions: ['ap-southeast-1'], actiontrail: { lookupsPerSecond: documentedLookupsPerSecond } })
    const call = async (options = {}) => rpcOutcome(await callRpc(simulator, 'LookupEvents', {}, options))
    expect(await call()).toBe('200')
    expect(await call({ region: 'ap-southeast-1' })).toBe('200')
    expect(await call()).toBe('400 Throttling.User')
    expect(rpcOutcome(await callRpc(simulator, 'DescribeRegions'))).toBe('200')
    simulator.clock.advance(500)
    expect(await call()).toBe('200')
    expect(await call()).toBe('400 Throttling.User')
    simulator.clock.advance(60_000)
    expect([await call(), await call(), await call()]).toEqual(['200', '200', '400 Throttling.User'])
    simulator.actiontrail.behaviour.lookupsPerSecond = undefined
    expect(await call()).toBe('200')
  })

  test('may be below one call a second, and throttle with 429', async () => {
    await restart({ rpc: { throttlingStatus: 429 }, actiontrail: { lookupsPerSecond: 0.5 } })
    expect(await outcome({})).toBe('200')
    simulator.clock.advance(1900)
    expect(await outcome({})).toBe('429 Throttling.User')
    simulator.clock.advance(200)
    expect(await outcome({})).toBe('200')
  })
})

describe('faults of pages', () => {
  const query = { Direction: 'FORWARD', MaxResults: 10 }
  beforeEach(() => {
    simulator.actiontrail.issue(region, 25)
  })

  test('duplicate_page: the token leads to the same page once more, and nothing is lost', async () => {
    simulator.faults.inject({ api: 'LookupEvents', times: 1, effect: { kind: 'duplicate_page' } })
    const pages = await lookupAll(simulator, query)
    expect(pages.map(({ ids }) => ids.length)).toEqual([10, 10, 10, 5])
    expect(pages[1]?.ids).toEqual(pages[0]?.ids)
    expect(new Set(pages.flatMap(({ ids }) => ids)).size).toBe(25)
  })

  test('same_token: the answer repeats the token of the call, for as long as the fault lasts', async () => {
    const first = await lookupPage(simulator, query)
    simulator.faults.inject({ times: 2, effect: { kind: 'same_token' } })
    const again = { ...query, NextToken: first.token ?? '' }
    expect((await lookupPage(simulator, again)).token).toBe(first.token)
    expect((await lookupPage(simulator, again)).token).toBe(first.token)
    expect((await lookupPage(simulator, again)).token).not.toBe(first.token)
  })

  test('empty_page: no events, and a token to those that are left', async () => {
    simulator.faults.inject({ times: 2, effect: { kind: 'empty_page' } })
    const pages = await lookupAll(simulator, query)
    expect(pages.map(({ ids }) => ids.length)).toEqual([0, 0, 10, 10, 5])
    expect(pages[0]?.token).not.toBe(pages[1]?.token)
  })

  test('BACKWARD as well', async () => {
    simulator.faults.inject({ times: 1, effect: { kind: 'empty_page' } })
    simulator.faults.inject({ times: 2, effect: { kind: 'duplicate_page' } })
    const pages = await lookupAll(simulator, { MaxResults: 10 })
    expect(pages.map(({ ids }) => ids.length)).toEqual([0, 10, 10, 10, 5])
    expect(new Set(pages.flatMap(({ ids }) => ids)).size).toBe(25)
  })
})

describe('documents', () => {
  test('keep every character: long integers, spaces, the order of keys, odd escapes', async () => {
    const text =
      '{"z":1,  "eventId":"raw","n":1754986938261234567,"f":1.50,"u":"\\u00e9","requestParameters":{"a.b":-9007199254740993}}'
    simulator.actiontrail.issue(region, [text])
    const answer = await callRpc(simulator, 'LookupEvents')
    expect(answer.body.toString('utf8')).toContain(`"Events":[${text}]`)
  })

  test('made by the simulator have integers beyond 2^53 too', async () => {
    simulator.actiontrail.issue(region, 1, { shapes: ['ecs-create-network-interface'] })
    const answer = await callRpc(simulator, 'LookupEvents')
    expect(answer.body.toString('utf8')).toContain('"stsTokenPlayerUid":1754986938261234567')
  })

  test('must be JSON objects, else none of them is issued', () => {
    expect(() => simulator.actiontrail.issue(region, ['{"eventId":"a"}', '{'])).toThrow(RangeError)
    expect(() => simulator.actiontrail.issue(region, ['[1]'])).toThrow('must be a JSON object')
    expect(simulator.ledger.totals()).toEqual([])
  })

  test('tell their version as a number, as text, or not at all, and come in many shapes', async () => {
    simulator.actiontrail.issue(region, 1000)
    const events = (await lookupAll(simulator, { MaxResults: 50 })).flatMap(
      ({ body }) => body['Events'] as Record<string, unknown>[],
    )
    expect(new Set(events.map((event) => event['eventVersion']))).toEqual(new Set([1, '1', undefined]))
    expect(new Set(events.map((event) => event['eventType']))).toEqual(
      new Set(['ApiCall', 'ConsoleSignin', 'ConsoleOperation', 'AliyunServiceEvent']),
    )
    expect(new Set(events.map((event) => event['eventName'])).size).toBeGreaterThan(20)
    expect(new Set(events.map((event) => event['eventId'])).size).toBe(1000)
    expect(events.filter((event) => !('acsRegion' in event)).length).toBeGreaterThan(0)
  })

  test('of every shape can be asked for; each goes where its family goes', async () => {
    expect(shapeNames).toHaveLength(26)
    for (const shape of shapeNames) simulator.actiontrail.issue(region, 1, { shapes: [shape] })
    expect(await idsOf()).toHaveLength(22)
    expect(await idsOf({}, { action: 'LookupInsightEvents' })).toHaveLength(2)
    expect(simulator.ledger.totals().map(({ source, items }) => [source, items])).toEqual([
      [region, 22],
      [`${region}/insights`, 2],
    ])
  })

  test('of insights are found by what they are about', async () => {
    simulator.actiontrail.issue(region, [
      { eventId: 'ip', insightDetails: { insightType: 'IpInsight', insightObject: '192.0.2.1' } },
      { eventId: 'key', insightDetails: { insightType: 'AkInsight', insightObject: 'LTAIEXAMPLEKEY01' } },
    ])
    const found = (key: string, value: string) =>
      idsOf({ 'LookupAttribute.1.Key': key, 'LookupAttribute.1.Value': value }, { action: 'LookupInsightEvents' })
    expect(await found('InsightType', 'IpInsight')).toEqual(['ip'])
    expect(await found('InsightObject', '192.0.2.1')).toEqual(['ip'])
    expect(await found('AccessKeyId', 'LTAIEXAMPLEKEY01')).toEqual(['key'])
  })
})

test('events come at a rate in all regions until stopped', async () => {
  simulator.actiontrail.start(20)
  expect(simulator.actiontrail.eventsPerSecond).toBe(20)
  for (let tick = 0; tick < 200; tick++) await clock.advance(50)
  const events = (source: string) => simulator.ledger.totals().find((each) => each.source === source)?.items ?? 0
  expect(events(region) + events('ap-southeast-1')).toBe(200)
  expect(events('ap-southeast-1')).toBeGreaterThan(50)
  simulator.actiontrail.stop()
  await clock.advance(5000)
  expect(events(region) + events('ap-southeast-1')).toBe(200)
})
