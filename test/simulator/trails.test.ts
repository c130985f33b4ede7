import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { defaultAccountId } from '../../simulator/accounts.ts'
import { parseScriptEntry } from '../../simulator/fault-script.ts'
import { isoSeconds } from '../../simulator/rpc/call.ts'
import { type Simulator, startSimulator } from '../../simulator/simulator.ts'
import { defaultWorld } from '../../simulator/world.ts'
import { createManualClock, type ManualClock } from '../fakes/manual-clock.ts'
import { callRpc, type Flat, lookupAll, rpcOutcome } from './rpc-caller.ts'
import { cursorAt, groupsOf, jsonOf, pull, send } from './sls-caller.ts'

const region = 'cn-hangzhou'
const source = 'web-prod/actiontrail_audit'

let clock: ManualClock
let simulator: Simulator
beforeEach(async () => {
  clock = createManualClock()
  simulator = await startSimulator({ clock })
})
afterEach(() => simulator.close())

const call = async (action: string, parameters: Flat = {}) => jsonOf(await callRpc(simulator, action, parameters))

/** The documents in the trail's logstore. */
async function delivered(): Promise<string[]> {
  const cursor = await cursorAt(simulator, 'actiontrail_audit', 0, 'begin')
  const groups = groupsOf(await pull(simulator, 'actiontrail_audit', 0, cursor))
  for (const { topic, source } of groups) {
    expect([topic, source]).toEqual(['actiontrail_audit_event', 'actiontrail_internal'])
  }
  return groups.flatMap(({ logs }) => logs.map(({ contents }) => new Map(contents).get('event') ?? ''))
}

describe('a trail', () => {
  test('delivers the same documents as the query finds, when delivery is switched on', async () => {
    simulator.actiontrail.issue(region, 5)
    expect(await delivered()).toEqual([])
    simulator.actiontrail.behaviour.trailDelivery = true
    simulator.actiontrail.issue(region, ['{"eventId":"raw",  "n":1754986938261234567}'])
    simulator.actiontrail.issue('ap-southeast-1', 5)
    const documents = await delivered()
    expect(documents).toHaveLength(6)
    expect(documents).toContain('{"eventId":"raw",  "n":1754986938261234567}')
    expect(simulator.ledger.totals()).toMatchObject([
      { service: 'actiontrail', source: 'ap-southeast-1', items: 5 },
      { service: 'actiontrail', source: region, items: 6 },
      { service: 'sls', source, items: 6 },
    ])
    const byTrail = [...simulator.ledger.items(source)].map(({ uid }) => uid)
    expect(byTrail).toEqual(['raw', ...[...simulator.ledger.items('ap-southeast-1')].map(({ uid }) => uid)])
  })

  test('delivers some a second time, which the ledger does not count again', async () => {
    Object.assign(simulator.actiontrail.behaviour, { trailDelivery: true, duplicateDelivery: 0.5 })
    simulator.actiontrail.issue(region, 100)
    const ids = (await delivered()).map((text) => JSON.parse(text).eventId as string)
    expect(ids.length).toBeGreaterThan(120)
    expect(new Set(ids).size).toBe(100)
    expect(simulator.ledger.totals()).toMatchObject([{ items: 100 }, { source, items: 100 }])
  })

  test('covers data events and insights, and only what its settings say', async () => {
    const issueAll = () => {
      for (const shape of ['insight-ip', 'oss-data-event-get-object', 'platform-operation-inner-trail'] as const) {
        simulator.actiontrail.issue(region, 1, { shapes: [shape] })
      }
      simulator.actiontrail.issue(region, 1, { shapes: ['error-throttling', 'error-access-denied'] })
      simulator.actiontrail.issue(region, 1, { shapes: ['error-access-denied'] })
    }
    simulator.actiontrail.behaviour.trailDelivery = true
    issueAll()
    expect(await delivered()).toHaveLength(4)
    await simulator.close()
    const trail = { accountId: defaultAccountId, region, project: 'web-prod', logstore: 'actiontrail_audit' }
    const writes = { ...trail, name: 'writes', eventRW: 'Write', isLogging: true } as const
    simulator = await startSimulator({
      clock,
      world: { ...defaultWorld, trails: [writes, { ...writes, name: 'off', isLogging: false }] },
      actiontrail: { trailDelivery: true },
    })
    issueAll()
    expect((await delivered()).map((text) => JSON.parse(text).errorCode)).toEqual(['Forbidden.RAM'])
  })

  test('tells its settings and whether it is logging; it can be stopped and started', async () => {
    expect(await call('DescribeTrails')).toMatchObject({
      TrailList: [
        {
          Name: 'audit-trail',
          HomeRegion: region,
          EventRW: 'All',
          Status: 'Enable',
          SlsProjectArn: 'acs:log:cn-hangzhou:1234567890123456:project/web-prod',
        },
      ],
    })
    expect(await call('DescribeTrails', { NameList: 'other' })).toMatchObject({ TrailList: [] })
    simulator.actiontrail.behaviour.trailDelivery = true
    simulator.actiontrail.issue(region, 1)
    const now = isoSeconds(clock.now())
    expect(await call('GetTrailStatus', { Name: 'audit-trail' })).toMatchObject({
      IsLogging: true,
      StartLoggingTime: now,
      LatestDeliveryTime: now,
    })
    await call('StopLogging', { Name: 'audit-trail' })
    simulator.actiontrail.issue(region, 1)
    expect(await delivered()).toHaveLength(1)
    expect(await call('GetTrailStatus', { Name: 'audit-trail' })).toMatchObject({
      IsLogging: false,
      StopLoggingTime: now,
    })
    await call('StartLogging', { Name: 'audit-trail' })
    simulator.actiontrail.issue(region, 1)
    expect(await delivered()).toHaveLength(2)
  })

  test('that does not exist is refused', async () => {
    expect(rpcOutcome(await callRpc(simulator, 'GetTrailStatus', { Name: 'x' }))).toBe('404 TrailNotFoundException')
    expect(rpcOutcome(await callRpc(simulator, 'GetTrailStatus'))).toBe('400 MissingName')
  })
})

test('DescribeRegions tells the world’s regions and those with a port', async () => {
  await simulator.close()
  simulator = await startSimulator({ clock, regions: ['eu-central-1'] })
  const body = await call('DescribeRegions')
  const found = (body as { Regions: { Region: { RegionId: string }[] } }).Regions.Region
  expect(found.map(({ RegionId }) => RegionId)).toEqual([region, 'ap-southeast-1', 'eu-central-1'])
  expect(found[1]).toMatchObject({ RegionEndpoint: 'actiontrail.ap-southeast-1.aliyuncs.com' })
})

describe('scripts', () => {
  test('issue events and change how ActionTrail answers', async () => {
    const run = (action: object) => simulator.run(parseScriptEntry({ action }))
    run({ kind: 'issue_events', region, events: 7 })
    run({ kind: 'issue_events', region, events: 1, shapes: ['root-accesskey-used'] })
    const pages = await lookupAll(simulator, { MaxResults: 50 })
    expect(pages[0]?.ids).toHaveLength(8)
    run({
      kind: 'change_actiontrail',
      late: '10m',
      lookups_per_second: 2,
      trail_delivery: true,
      duplicate_delivery: 0.5,
    })
    expect(simulator.actiontrail.behaviour).toEqual({
      lateSeconds: 600,
      lookupsPerSecond: 2,
      trailDelivery: true,
      duplicateDelivery: 0.5,
    })
    run({ kind: 'change_actiontrail', lookups_per_second: 0 })
    expect(simulator.actiontrail.behaviour).toMatchObject({ lateSeconds: 600, lookupsPerSecond: undefined })
    run({ kind: 'change_throttling', status: 429, retry_after: '2s' })
    expect(simulator.rpc.behaviour).toEqual({ throttlingStatus: 429, retryAfterMs: 2000 })
    run({ kind: 'change_throttling', status: 400 })
    expect(simulator.rpc.behaviour).toEqual({ throttlingStatus: 400, retryAfterMs: undefined })
  })

  test('inject faults of pages and by region', () => {
    expect(parseScriptEntry({ on: { api: 'LookupEvents', region }, effect: 'empty_page' })).toEqual({
      at: 0,
      on: { api: 'LookupEvents', region },
      effect: { kind: 'empty_page' },
    })
    for (const effect of ['duplicate_page', 'same_token']) expect(parseScriptEntry({ effect })).toMatchObject({})
  })
})

test('the admin address tells regions, behaviour, trails and users', async () => {
  const status = jsonOf(await send(simulator, 'GET', '/_simulator/status', { host: '127.0.0.1' }))
  expect(status).toMatchObject({
    actiontrail: {
      regionUrls: { [region]: simulator.url },
      globalEventsRegion: region,
      eventsPerSecond: 0,
      behaviour: { lateSeconds: 0, trailDelivery: false },
      trails: [{ name: 'audit-trail', isLogging: true }],
    },
    users: expect.arrayContaining([
      expect.objectContaining({
        name: 'ci-deployer',
        keys: [expect.objectContaining({ active: true }), expect.objectContaining({ active: false })],
      }),
    ]),
  })
})
