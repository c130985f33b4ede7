import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { uidOf } from '../../simulator/ledger.ts'
import { type Simulator, type SimulatorOptions, startSimulator } from '../../simulator/simulator.ts'
import type { SlsLogGroup } from '../../src/alibaba/sls/log-group.ts'
import { createManualClock, type ManualClock } from '../fakes/manual-clock.ts'
import { cursorAt, groupOf, groupsOf, pull, put } from './sls-caller.ts'

let clock: ManualClock
const simulators: Simulator[] = []

beforeEach(() => {
  clock = createManualClock()
})
afterEach(async () => {
  for (const simulator of simulators.splice(0)) await simulator.close()
})

async function start(options: SimulatorOptions = {}): Promise<Simulator> {
  const simulator = await startSimulator({ clock, ...options })
  simulators.push(simulator)
  return simulator
}

/** Every group of a logstore with the number of its cursor, as a plain loop over all shards reads it. */
async function readAll(simulator: Simulator, logstore: string): Promise<{ place: string; group: SlsLogGroup }[]> {
  const read: { place: string; group: SlsLogGroup }[] = []
  for (const shard of simulator.sls.store.logstore('web-prod', logstore).shards(simulator.clock.now())) {
    let cursor = await cursorAt(simulator, logstore, shard.id, 'begin')
    for (;;) {
      const answer = await pull(simulator, logstore, shard.id, cursor, { count: 7 })
      const groups = groupsOf(answer)
      const first = BigInt(answer.headers['x-log-read-last-cursor'] ?? 0) - BigInt(groups.length) + 1n
      for (const [index, group] of groups.entries()) {
        read.push({ place: `web-prod/${logstore}/${shard.id}/${first + BigInt(index)}`, group })
      }
      const next = String(answer.headers['x-log-cursor'])
      if (next === cursor) break
      cursor = next
    }
  }
  return read
}

const fieldsOf = (group: SlsLogGroup | undefined, index = 0) => new Map(group?.logs[index]?.contents)

describe('the ledger', () => {
  test('holds exactly what a reader of all shards finds, split shards and jumps included', async () => {
    const simulator = await start()
    simulator.traffic.issue('web-prod', 'slb-access', 500)
    const store = simulator.sls.store.logstore('web-prod', 'slb-access')
    store.split(1, { shardCount: 2 }, simulator.clock.now())
    store.shard(2, simulator.clock.now()).jump(12_345n)
    simulator.traffic.issue('web-prod', 'slb-access', 500)
    await put(simulator, 'slb-access', groupOf(simulator, 'from', 'a client'))

    const found = (await readAll(simulator, 'slb-access')).flatMap(({ place, group }) =>
      group.logs.map((_, index) => `${place}/${index}`),
    )
    const issued = [...simulator.ledger.items()].map(({ uid }) => uid)
    expect(issued).toHaveLength(1002)
    expect(found.toSorted()).toEqual(issued.toSorted())
    expect(simulator.ledger.totals()).toMatchObject([{ source: 'web-prod/slb-access', items: 1002 }])
  })

  test('knows ActionTrail events by their own id, whoever wrote them', async () => {
    const simulator = await start()
    simulator.traffic.issue('web-prod', 'actiontrail_audit', 50)
    const group = { ...groupOf(simulator, ''), topic: 'actiontrail_audit_event' }
    for (const log of group.logs) log.contents = [['event', '{"eventId":"A-1","eventName":"Test"}']]
    await put(simulator, 'actiontrail_audit', group)

    const found = (await readAll(simulator, 'actiontrail_audit')).flatMap((read) =>
      read.group.logs.map((log) => JSON.parse(new Map(log.contents).get('event') ?? '').eventId as string),
    )
    const issued = [...simulator.ledger.items('web-prod/actiontrail_audit')].map(({ uid }) => uid)
    expect(issued).toContain('A-1')
    expect(found.toSorted()).toEqual(issued.toSorted())
    expect(new Set(issued).size).toBe(51)
  })

  test('tells listeners of every batch at the moment it is issued, until they leave', async () => {
    const simulator = await start()
    const heard: string[] = []
    const leave = simulator.ledger.onIssued((batch) => heard.push(uidOf(batch, 0)))
    simulator.traffic.issue('web-prod', 'rds-audit', 10, 5)
    leave()
    simulator.traffic.issue('web-prod', 'rds-audit', 10, 5)
    expect(heard).toHaveLength(2)
    expect([...simulator.ledger.batches()]).toHaveLength(4)
  })

  test('keeps only the newest batches, and all totals', async () => {
    const simulator = await start({ ledgerBatches: 10 })
    simulator.traffic.issue('web-prod', 'rds-audit', 100, 1)
    expect([...simulator.ledger.batches()].length).toBeLessThan(20)
    expect([...simulator.ledger.batches()].length + simulator.ledger.droppedBatches).toBe(100)
    expect(simulator.ledger.totals()).toMatchObject([{ items: 100, batches: 100 }])
  })
})

describe('traffic', () => {
  const logstores = [
    'slb-access',
    'alb_access',
    'rds-audit',
    'actiontrail_audit',
    'internal-operation_log',
    'app-stdout',
  ]

  test('is the same for the same seed and differs for another', async () => {
    const records = async (seed: number) => {
      const simulator = await start({ seed })
      for (const logstore of logstores) simulator.traffic.issue('web-prod', logstore, 200)
      const read = await Promise.all(logstores.map((logstore) => readAll(simulator, logstore)))
      return read.flat()
    }
    const first = await records(3)
    expect(await records(3)).toEqual(first)
    expect(await records(4)).not.toEqual(first)
  })

  test('varies: hardly two records of a kind are alike', async () => {
    const simulator = await start()
    for (const logstore of logstores) {
      simulator.traffic.issue('web-prod', logstore, 1000)
      const records = (await readAll(simulator, logstore)).flatMap(({ group }) =>
        group.logs.map((log) => JSON.stringify(log.contents)),
      )
      expect(new Set(records).size, logstore).toBeGreaterThan(950)
    }
  })

  test('comes in groups of many sizes on every shard', async () => {
    const simulator = await start()
    simulator.traffic.issue('web-prod', 'slb-access', 5000)
    const read = await readAll(simulator, 'slb-access')
    const sizes = new Set(read.map(({ group }) => group.logs.length))
    expect(sizes.size).toBeGreaterThan(20)
    expect(new Set(read.map(({ place }) => place.split('/')[2])).size).toBe(4)
  })

  test('of a balancer has retries, refusals, missing values and copies of the audit service', async () => {
    const simulator = await start()
    simulator.traffic.issue('web-prod', 'slb-access', 5000)
    const groups = (await readAll(simulator, 'slb-access')).map(({ group }) => group)
    expect(new Set(groups.map((group) => group.topic))).toEqual(new Set(['slb_layer7_access_log']))
    const records = groups.flatMap((group) => group.logs.map((log) => new Map(log.contents)))
    const values = (field: string) => new Set(records.map((record) => record.get(field)))
    expect([...values('status')]).toEqual(expect.arrayContaining(['200', '404', '499', '502', '503']))
    expect([...values('upstream_status')]).toEqual(expect.arrayContaining(['-', '502, 502', '502, 200']))
    expect([...values('http_user_agent')].length).toBeGreaterThan(8)
    expect([...values('owner_id')].length).toBe(2)
    for (const record of records) expect(record.get('slbid')).toMatch(/^lb-/)
  })

  test('of ActionTrail has sign-ins, refusals and many callers', async () => {
    const simulator = await start()
    simulator.traffic.issue('web-prod', 'actiontrail_audit', 1000)
    const groups = (await readAll(simulator, 'actiontrail_audit')).map(({ group }) => group)
    expect(new Set(groups.map((group) => group.topic))).toEqual(
      new Set(['actiontrail_audit_event', 'actiontrail_event']),
    )
    const events = groups.flatMap((group) =>
      group.logs.map((_, index) => JSON.parse(fieldsOf(group, index).get('event') ?? '')),
    )
    const names = (select: (event: Record<string, Record<string, string>>) => unknown) => new Set(events.map(select))
    expect(names((event) => event['eventName']).size).toBeGreaterThan(12)
    expect(names((event) => event['eventType'])).toEqual(new Set(['ApiCall', 'ConsoleSignin', 'AliyunServiceEvent']))
    expect(names((event) => event['errorCode'])).toContain('Forbidden.RAM')
    expect(names((event) => event['userIdentity']?.['type'])).toEqual(
      new Set(['root-account', 'assumed-role', 'system', 'ram-user']),
    )
  })

  test('of applications has duplicate keys, other scripts, huge values and bytes that are no text', async () => {
    const simulator = await start()
    simulator.traffic.issue('web-prod', 'app-stdout', 6000)
    const logs = (await readAll(simulator, 'app-stdout')).flatMap(({ group }) => group.logs)
    const keyLists = logs.map((log) => log.contents.map(([key]) => key))
    expect(keyLists.some((keys) => new Set(keys).size < keys.length)).toBe(true)
    expect(keyLists.some((keys) => keys.includes('用户'))).toBe(true)
    const values = logs.flatMap((log) => log.contents.map(([, value]) => value))
    expect(values.some((value) => value.length > 90_000)).toBe(true)
    // What is no UTF-8 reads as the replacement character.
    expect(values.some((value) => value.includes('\ufffd'))).toBe(true)
    expect(values.some((value) => value.includes('\ue000'))).toBe(false)
    expect(logs.some((log) => log.timeNs !== undefined)).toBe(true)
  })

  test('keeps its rate, shares it, and stops', async () => {
    const simulator = await start({ recordsPerSecond: 100 })
    for (let tick = 0; tick < 100; tick++) await clock.advance(50)
    const totals = new Map(simulator.ledger.totals().map(({ source, items }) => [source, items]))
    const sum = [...totals.values()].reduce((a, b) => a + b, 0)
    expect(sum).toBeGreaterThan(490)
    expect(sum).toBeLessThanOrEqual(500)
    expect(totals.get('web-prod/slb-access')).toBeGreaterThan(totals.get('web-prod/actiontrail_audit') ?? 0)
    simulator.traffic.stop()
    await clock.advance(5000)
    expect(simulator.ledger.totals().reduce((a, { items }) => a + items, 0)).toBe(sum)
  })

  test('keeps no more bytes than it may, the newest ones', async () => {
    const simulator = await start({ retentionBytes: 200_000 })
    for (let round = 0; round < 10; round++) {
      simulator.traffic.issue('web-prod', 'slb-access', 100)
      simulator.traffic.issue('web-prod', 'rds-audit', 100)
      simulator.clock.advance(1000)
    }
    const shards = ['slb-access', 'rds-audit'].flatMap((name) =>
      simulator.sls.store.logstore('web-prod', name).shards(simulator.clock.now()),
    )
    expect(shards.reduce((sum, shard) => sum + shard.bytes, 0)).toBeLessThanOrEqual(200_000)
    expect(shards.reduce((sum, shard) => sum + shard.expiredGroups, 0)).toBeGreaterThan(0)
    const read = await readAll(simulator, 'rds-audit')
    const issued = [...simulator.ledger.items('web-prod/rds-audit')]
    expect(read.some(({ place }) => issued.slice(-50).some(({ uid }) => uid.startsWith(`${place}/`)))).toBe(true)
  })

  test('of pages prepared beforehand is what a reader gets', async () => {
    const simulator = await start()
    simulator.traffic.issue('web-prod', 'slb-access', 300)
    simulator.sls.preparePages('web-prod', 'slb-access', 7, 'lz4')
    const records = (await readAll(simulator, 'slb-access')).reduce((sum, { group }) => sum + group.logs.length, 0)
    expect(records).toBe(300)
  })

  test('is refused for a logstore without a plan', async () => {
    const simulator = await start()
    expect(() => simulator.traffic.issue('web-prod', 'nine', 1)).toThrow('No traffic is planned for web-prod/nine')
  })
})
