import { describe, expect, it } from 'vitest'
import type { FaultEffect } from '../../../simulator/faults.ts'
import type { World } from '../../../simulator/world.ts'
import { cursorOf } from '../../../src/alibaba/sls/cursor.ts'
import { encodeLogGroup } from '../../../src/alibaba/sls/log-group.ts'
import { fileStorage } from '../../../src/storage/sqlite/file-storage.ts'
import { createRecordingLog } from '../../fakes/recording-log.ts'
import { createWorld, type TestService, type TestWorld } from '../../fakes/world.ts'

/** One logstore of two shards with believable access logs. */
const small: World = {
  projects: [
    {
      name: 'web-prod',
      region: 'cn-hangzhou',
      accountId: '1234567890123456',
      logstores: [{ name: 'slb-access', shards: 2 }],
    },
  ],
  traffic: [{ project: 'web-prod', logstore: 'slb-access', kinds: ['clb-access'], share: 1 }],
}

interface ReceiverStatus {
  state: string
  details: { sources: number; caught_up: number; failing: Record<string, string> }
}

async function receiverStatus(service: TestService): Promise<ReceiverStatus> {
  const answer = await fetch(`${service.healthUrl}/status`)
  const { components } = (await answer.json()) as { components: ({ id: string } & ReceiverStatus)[] }
  const found = components.find(({ id }) => id === 'alibabacloud_sls')
  if (found === undefined) throw new Error('/status does not name the receiver')
  return found
}

const logstoreOf = (world: TestWorld) => world.simulator.sls.store.logstore('web-prod', 'slb-access')
const issue = (world: TestWorld, records: number, perGroup?: number) =>
  world.simulator.traffic.issue('web-prod', 'slb-access', records, perGroup)

function expectEachOnce(world: TestWorld, issued: number): void {
  expect(world.proof.total()).toEqual({ issued, delivered: issued, lost: 0, duplicates: 0 })
  expect(world.proof.unknown()).toBe(0)
}

/** Positions as they are in the store once no service holds it. */
async function storedPositions(world: TestWorld): Promise<Map<string, unknown>> {
  const log = createRecordingLog()
  const store = await fileStorage.open({ directory: `${world.folder}/state` }, { id: 'file_storage', log })
  const entries = await store.scope('alibabacloud_sls').list()
  await store.close()
  return new Map(entries.map(({ key, value }) => [key, JSON.parse(value)]))
}

describe('the SLS receiver, from a simulated SLS to an OTLP backend', () => {
  it('delivers every record of every logstore once, and ends with run --once', async () => {
    const world = await createWorld()
    for (const logstore of ['slb-access', 'rds-audit', 'actiontrail_audit', 'internal-operation_log', 'app-stdout']) {
      world.simulator.traffic.issue('web-prod', logstore, 300)
    }
    const service = await world.start({ once: true })
    expect(await service.ended).toBeUndefined()
    expectEachOnce(world, 1_500)
    const services = new Set(world.arrived.map(({ resource }) => resource['service.name']))
    expect([...services].sort()).toEqual(['actiontrail', 'app-stdout', 'rds', 'slb', 'sls'])
  })

  it('goes on where it stopped, and repeats nothing', async () => {
    const world = await createWorld({ world: small })
    issue(world, 500)
    const first = await world.start()
    await world.drained()
    await first.stop()
    issue(world, 500)
    await (await world.start({ once: true })).ended
    expectEachOnce(world, 1_000)
  })

  it('loses and repeats nothing while the backend refuses everything for a while', async () => {
    const world = await createWorld({ world: small })
    world.backend.setBehaviour({ kind: 'refuse', status: 503 })
    issue(world, 2_000, 10)
    const service = await world.start()
    await world.backend.received(5)
    expect(world.proof.total().delivered).toBe(0)
    world.backend.setBehaviour({ kind: 'accept' })
    await world.drained()
    await service.stop()
    expectEachOnce(world, 2_000)
  })

  it.each([400, 401, 404, 413, 429, 500])(
    'loses nothing while the backend answers everything with %i',
    async (status) => {
      const world = await createWorld({ world: small })
      issue(world, 60, 20)
      if (status !== 413) world.backend.setBehaviour({ kind: 'refuse', status })
      // A backend that answers 413 to single records means it: such records are parked. To larger ones it is a limit.
      else
        world.backend.setBehaviour((request) => (request.items > 7 ? { kind: 'refuse', status } : { kind: 'accept' }))
      const service = await world.start()
      await world.backend.received(4)
      world.backend.setBehaviour({ kind: 'accept' })
      await world.drained()
      await service.stop()
      expectEachOnce(world, 60)
    },
  )

  it('saves no position for what is not answered, and delivers it after a restart', async () => {
    const world = await createWorld({ world: small })
    issue(world, 200)
    const stalled = Promise.withResolvers<void>()
    world.backend.setBehaviour(() => {
      stalled.resolve()
      return { kind: 'stall' }
    })
    const first = await world.start()
    await stalled.promise
    const stopping = first.stop()
    await first.stop()
    await stopping
    const positions = await storedPositions(world)
    for (const id of [0, 1]) {
      const begin = cursorOf(logstoreOf(world).shard(id, Date.now()).numberAtTime(0))
      expect(positions.get(`web-prod/slb-access/${id}`)).toEqual({ cursor: begin })
    }
    world.backend.setBehaviour({ kind: 'accept' })
    await (await world.start({ once: true })).ended
    expectEachOnce(world, 200)
  })

  it('an answer that was lost on the way back repeats records, with the same uid, and loses none', async () => {
    const world = await createWorld({ world: small })
    issue(world, 100)
    let cut = true
    world.backend.setBehaviour(() => {
      const behaviour = cut ? ({ kind: 'cut', when: 'after_accepting' } as const) : ({ kind: 'accept' } as const)
      cut = false
      return behaviour
    })
    await (await world.start({ once: true })).ended
    const { delivered, duplicates, lost } = world.proof.total()
    expect({ delivered, lost }).toEqual({ delivered: 100, lost: 0 })
    expect(duplicates).toBeGreaterThan(0)
    expect(world.proof.unknown()).toBe(0)
  })

  it('start_at: latest reads what comes from then on, also what came while it was stopped', async () => {
    const world = await createWorld({ world: small })
    issue(world, 50)
    await (await world.start({ sls: { start_at: 'latest' }, once: true })).ended
    expect(world.arrived).toHaveLength(0)
    issue(world, 70)
    await (await world.start({ sls: { start_at: 'latest' }, once: true })).ended
    expect(world.proof.total()).toMatchObject({ delivered: 70, duplicates: 0 })
  })

  it('reads the children of a split after their parent, and those of a merge after both parents', async () => {
    const world = await createWorld({ world: small })
    const store = logstoreOf(world)
    issue(world, 300, 5)
    store.split(0, { shardCount: 2 }, Date.now())
    issue(world, 300, 5)
    store.merge(2, Date.now())
    issue(world, 300, 5)
    const service = await world.start({ sls: { refresh_interval: '1s' } })
    await world.drained()
    await service.stop()
    expectEachOnce(world, 900)
    // uid: project/logstore/shard/number/index
    const shardOf = (uid: string) => Number(uid.split('/')[2])
    const last = (id: number) => world.arrived.findLastIndex(({ uid }) => shardOf(uid) === id)
    const first = (id: number) => world.arrived.findIndex(({ uid }) => shardOf(uid) === id)
    for (const child of [2, 3]) expect(first(child)).toBeGreaterThan(last(0))
    for (const parent of [2, 3]) expect(first(4)).toBeGreaterThan(last(parent))
    const positions = await storedPositions(world)
    for (const id of [0, 2, 3]) expect(positions.get(`web-prod/slb-access/${id}`)).toMatchObject({ finished: true })
    for (const id of [1, 4]) expect(positions.get(`web-prod/slb-access/${id}`)).not.toHaveProperty('finished')
  })

  it('a split that is found after a restart is read from the beginning of its children, also with start_at: latest', async () => {
    const world = await createWorld({ world: small })
    await (await world.start({ sls: { start_at: 'latest' }, once: true })).ended
    logstoreOf(world).split(1, { shardCount: 2 }, Date.now())
    issue(world, 200)
    await (await world.start({ sls: { start_at: 'latest' }, once: true })).ended
    expectEachOnce(world, 200)
  })

  it('follows a logstore that is made while it runs, from its first record', async () => {
    const world = await createWorld({ world: small })
    const service = await world.start({ sls: { refresh_interval: '1s', start_at: 'latest', logstores: ['*-access'] } })
    await expect.poll(async () => (await receiverStatus(service)).details.sources, { timeout: 10_000 }).toBe(2)
    const made = world.simulator.sls.store.addLogstore('web-prod', { name: 'new-access', shards: 1 })
    const group = {
      topic: 'app',
      source: '192.0.2.1',
      tags: [],
      logs: [{ time: Math.floor(Date.now() / 1000), contents: [['hello', 'world'] as [string, string]] }],
    }
    world.simulator.sls.store.append(made, made.shard(0, Date.now()), {
      bytes: encodeLogGroup(group),
      logCount: 1,
      ids: undefined,
      origin: 'client',
      clientAddress: '192.0.2.1',
    })
    await world.drained()
    expect(world.arrived.filter(({ uid }) => uid.startsWith('web-prod/new-access/'))).toHaveLength(1)
    await service.stop()
  })

  it.each<[string, FaultEffect]>([
    ['throttling', { kind: 'throttle' }],
    ['a gateway’s HTML page', { kind: 'html', status: 502 }],
    ['server errors', { kind: 'error', status: 500, code: 'InternalServerError' }],
    ['connections dropped before the answer', { kind: 'drop', when: 'before_headers' }],
    ['connections dropped within the answer', { kind: 'drop', when: 'after_headers' }],
    ['bodies cut in half', { kind: 'truncated_body' }],
    ['a wrong count of groups', { kind: 'wrong_count', by: 1 }],
    ['a wrong size', { kind: 'wrong_rawsize', by: -1 }],
    ['garbage for protobuf', { kind: 'garbage' }],
    ['a clock 20 minutes off', { kind: 'clock_offset', ms: 20 * 60_000 }],
    ['tokens that have expired', { kind: 'expired_token' }],
  ])('loses and repeats nothing through %s', async (_name, effect) => {
    const world = await createWorld({ world: small })
    world.simulator.faults.inject({ service: 'sls', times: 3, probability: 0.5, effect })
    issue(world, 400, 4)
    const service = await world.start()
    await world.drained()
    await service.stop()
    expectEachOnce(world, 400)
  })

  it('a logstore that may not be read is named in the status, and its neighbours are read', async () => {
    const world = await createWorld()
    world.simulator.faults.inject({
      logstore: 'rds-audit',
      effect: {
        kind: 'error',
        status: 401,
        code: 'Unauthorized',
        message: 'denied by sts or ram, action: log:ListShards',
      },
    })
    for (const logstore of ['slb-access', 'rds-audit']) world.simulator.traffic.issue('web-prod', logstore, 100)
    const service = await world.start()
    await expect.poll(() => world.proof.tallies().get('web-prod/slb-access')?.lost, { timeout: 10_000 }).toBe(0)
    const { state, details } = await receiverStatus(service)
    expect(state).toBe('recoverable_error')
    expect(details.failing['rds-audit']).toContain('log:ListShards')
    expect(world.proof.tallies().get('web-prod/rds-audit')).toMatchObject({ delivered: 0, lost: 100 })
    await service.stop()
  })

  it('says loudly when records expired before they were read, and goes on', async () => {
    const world = await createWorld({ world: small, retentionBytes: 200_000 })
    issue(world, 50, 5)
    await (await world.start({ once: true })).ended
    issue(world, 2_000, 50)
    const service = await world.start({ once: true })
    await service.ended
    expect(service.lines.filter(({ fields }) => fields['code'] === 'DATA_EXPIRED').length).toBeGreaterThan(0)
    expect(world.proof.total().delivered).toBeGreaterThan(50)
    expect(world.proof.total().duplicates).toBe(0)
  })

  it('keeps what is in flight below max_in_flight while the backend is stuck', async () => {
    const world = await createWorld({ world: small })
    issue(world, 20_000, 20)
    world.backend.setBehaviour({ kind: 'stall' })
    const service = await world.start({ sls: { max_in_flight: '1MiB' }, shutdownGraceMs: 10 })
    await world.backend.received(1)
    const metrics = async () => await (await fetch(`${service.healthUrl}/metrics`)).text()
    const inFlight = async () =>
      Number(/alibabacloud_receiver_in_flight_bytes\{[^}]*\} (\d+)/.exec(await metrics())?.[1])
    const pulls = async () => Number(/api="PullLogs"[^}]*\} (\d+)/.exec(await metrics())?.[1])
    await expect.poll(inFlight, { timeout: 10_000 }).toBeGreaterThan(200_000)
    // Read is not delivered: what waits for the backend lags.
    const lags = [
      ...(await metrics()).matchAll(/alibabacloud_receiver_lag_seconds\{[^}]*source="slb-access\/\d"[^}]*\} (\S+)/g),
    ]
    expect(lags).toHaveLength(2)
    for (const [, seconds] of lags) expect(Number(seconds)).toBeGreaterThan(0)
    expect((await receiverStatus(service)).details.caught_up).toBe(0)
    const before = await pulls()
    expect(await inFlight()).toBeLessThan(2 * 2 ** 20)
    expect(await pulls()).toBe(before)
    await service.stop()
  })

  it('a shard that was caught up lags as soon as records wait for the backend', async () => {
    const world = await createWorld({ world: small })
    issue(world, 20)
    const service = await world.start({ shutdownGraceMs: 10 })
    const caughtUp = async () => (await receiverStatus(service)).details.caught_up
    await expect.poll(caughtUp, { timeout: 10_000 }).toBe(2)
    world.backend.setBehaviour({ kind: 'stall' })
    issue(world, 400, 5)
    await expect.poll(caughtUp, { timeout: 10_000 }).toBe(0)
    const metrics = await (await fetch(`${service.healthUrl}/metrics`)).text()
    for (const shard of [0, 1]) {
      const lag = new RegExp(`lag_seconds\\{[^}]*source="slb-access/${shard}"[^}]*\\} (\\S+)`).exec(metrics)?.[1]
      expect(Number(lag)).toBeGreaterThan(0)
    }
    await service.stop()
  })

  it('ends with the failure when an exporter is told to stop at a rejected record', async () => {
    const world = await createWorld({ world: small })
    issue(world, 20)
    world.backend.setBehaviour((request) =>
      request.items === 1 ? { kind: 'refuse', status: 413 } : { kind: 'refuse', status: 413 },
    )
    const service = await world.start({ exporter: { on_rejected: 'stop' } })
    expect(await service.ended).toMatchObject({ code: 'EXPORT_REJECTED' })
  })

  it('pulls once and encodes twice for two pipelines with different processors', async () => {
    const world = await createWorld({ world: small })
    issue(world, 30)
    const service = await world.start({
      once: true,
      processors: { 'resource/a': { attributes: { team: 'web' } }, batch: {} },
    })
    await service.ended
    expect(world.arrived.every(({ resource }) => resource['team'] === 'web')).toBe(true)
    expectEachOnce(world, 30)
  })

  it('moves its positions past records that a filter left out', async () => {
    const world = await createWorld({ world: small })
    issue(world, 40)
    const processors = { filter: { drop: ['severity >= TRACE', 'not severity >= TRACE'] } }
    await (await world.start({ once: true, processors })).ended
    expect(world.arrived).toEqual([])
    await (await world.start({ once: true })).ended
    expect(world.arrived).toEqual([])
    expect(world.proof.total()).toMatchObject({ issued: 40, delivered: 0 })
  })
})
