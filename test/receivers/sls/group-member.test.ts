import { describe, expect, it } from 'vitest'
import { cursorOf } from '../../../src/alibaba/sls/cursor.ts'
import { startCable } from '../../fakes/cable.ts'
import { createWorld } from '../../fakes/world.ts'
import {
  balanced,
  checkpoints,
  counter,
  expectEachOnce,
  groupOf,
  holdings,
  issue,
  logstoreOf,
  lostShards,
  passTimeout,
  patience,
  placeOf,
  startMember,
  view,
  worldOf,
} from './group-world.ts'

describe('replicas of a consumer group', () => {
  it.each([2, 3, 8])('%i share the shards evenly and read each record once', async (replicas) => {
    const world = await createWorld({ world: worldOf(12) })
    issue(world, 300, 5)
    for (let index = 0; index < replicas; index++) await startMember(world)
    await balanced(world, replicas)
    issue(world, 300, 5)
    await world.drained()
    expectEachOnce(world, 600)
  })

  it('hand shards over while records keep coming, and repeat none', async () => {
    const world = await createWorld({ world: worldOf(6) })
    world.simulator.traffic.start(2_000)
    const first = await startMember(world)
    await world.backend.received(5)
    await startMember(world)
    await balanced(world, 2)
    await startMember(world)
    await balanced(world, 3)
    world.simulator.traffic.stop()
    await world.drained()
    const { issued, delivered, lost, duplicates } = world.proof.total()
    expect({ delivered, lost, duplicates }).toEqual({ delivered: issued, lost: 0, duplicates: 0 })
    expect(await lostShards(first)).toBe(0)
  })

  it('lose nothing when one is killed, and repeat at most what it had not yet saved', async () => {
    const world = await createWorld({ world: worldOf(6) })
    const cables = [await startCable(world.simulator.url), await startCable(world.backend.url)] as const
    await startMember(world, {
      sls: { endpoint: cables[0].url },
      exporter: { endpoint: cables[1].url },
      processors: { resource: { attributes: { replica: 'doomed' } }, batch: {} },
    })
    await expect.poll(() => view(world).consumers.length, patience).toBe(1)
    const doomed = view(world).consumers[0]?.name
    await startMember(world)
    await balanced(world, 2)
    world.simulator.traffic.start(2_000)
    await world.backend.received(20)

    const held = holdings(world)?.get(String(doomed)) ?? []
    for (const cable of cables) cable.cut()
    expect(held).toHaveLength(3)
    const saved = checkpoints(world)
    await passTimeout(world, 1)
    await balanced(world, 1)
    world.simulator.traffic.stop()
    await world.drained()
    const unsaved = world.arrived.filter(({ uid, resource }) => {
      const { shard, group } = placeOf(uid)
      return resource['replica'] === 'doomed' && group >= (saved.get(shard) ?? 0n)
    })
    expect(world.proof.total()).toMatchObject({ lost: 0 })
    expect(world.proof.total().duplicates).toBeLessThanOrEqual(unsaved.length)
    expect(world.proof.unknown()).toBe(0)
  })

  it('read the children of a split after their parent, and those of a merge after both parents', async () => {
    const world = await createWorld({ world: worldOf(2) })
    for (let replica = 0; replica < 2; replica++) await startMember(world)
    await balanced(world, 2)
    issue(world, 300, 5)
    logstoreOf(world).split(0, { shardCount: 2 }, Date.now())
    issue(world, 300, 5)
    logstoreOf(world).merge(2, Date.now())
    issue(world, 300, 5)
    await world.drained()
    expectEachOnce(world, 900)
    const last = (id: number) => world.arrived.findLastIndex(({ uid }) => placeOf(uid).shard === id)
    const first = (id: number) => world.arrived.findIndex(({ uid }) => placeOf(uid).shard === id)
    for (const child of [2, 3]) expect(first(child)).toBeGreaterThan(last(0))
    for (const parent of [2, 3]) expect(first(4)).toBeGreaterThan(last(parent))
    const over = () => view(world).shards.flatMap(({ shardId, state }) => (state === 'over' ? [shardId] : []))
    expect(over()).toEqual([0, 2, 3])
    // What is over is given up, too.
    await balanced(world, 2)
  })

  it('that stop save everything before they leave: whoever takes over repeats nothing', async () => {
    const world = await createWorld({ world: worldOf(4) })
    // Time enough for all answers, also on a machine that is busy.
    const first = await startMember(world, { shutdownGraceMs: 400_000 })
    await startMember(world)
    await balanced(world, 2)
    world.simulator.traffic.start(2_000)
    await world.backend.received(10)
    await first.stop()
    expect(await first.ended).toBeUndefined()
    // The service has no call to leave a group: its shards are free when the group's timeout is over.
    await passTimeout(world, 1)
    await balanced(world, 1)
    world.simulator.traffic.stop()
    await world.drained()
    const { issued, delivered, lost, duplicates } = world.proof.total()
    expect({ delivered, lost, duplicates }).toEqual({ delivered: issued, lost: 0, duplicates: 0 })
  })

  it('that are restarted go on where the group stands, without any disk', async () => {
    const world = await createWorld({ world: worldOf(2) })
    issue(world, 200)
    await (await startMember(world, { once: true })).ended
    expect(world.proof.total()).toMatchObject({ delivered: 200, lost: 0 })
    issue(world, 200)
    await passTimeout(world, 0)
    await (await startMember(world, { once: true })).ended
    expectEachOnce(world, 400)
  })
})

describe('run --once', () => {
  it('of several members ends when all that was there is read by one or the other', async () => {
    const world = await createWorld({ world: worldOf(6) })
    issue(world, 600, 5)
    const members = await Promise.all([1, 2, 3].map(() => startMember(world, { once: true })))
    for (const member of members) expect(await member.ended).toBeUndefined()
    expectEachOnce(world, 600)
  })

  it('reads the children of a split as well, in order', async () => {
    const world = await createWorld({ world: worldOf(1) })
    issue(world, 100, 5)
    logstoreOf(world).split(0, { shardCount: 2 }, Date.now())
    issue(world, 100, 5)
    await (await startMember(world, { once: true })).ended
    expectEachOnce(world, 200)
  })
})

describe('run --dry-run', () => {
  it('reads without joining the group, whose positions are others’', async () => {
    const world = await createWorld({ world: worldOf(2) })
    issue(world, 3)
    const service = await startMember(world, { dryRun: true })
    await expect.poll(() => counter(service, 'otelcol_receiver_accepted_log_records'), patience).toBe(3)
    expect(logstoreOf(world).consumerGroups.size).toBe(0)
    expect(world.arrived).toHaveLength(0)
  })
})

describe('start_at of a consumer group', () => {
  it('is about what was there when the group was new: its position is written before anything is read', async () => {
    const world = await createWorld({ world: worldOf(2) })
    issue(world, 100)
    const sls = { start_at: 'latest' }
    await (await startMember(world, { sls, once: true })).ended
    expect(world.arrived).toHaveLength(0)
    for (const [shard, saved] of checkpoints(world)) {
      expect(saved).toBe(logstoreOf(world).shard(shard, Date.now()).endNumber)
    }
    issue(world, 70)
    await passTimeout(world, 0)
    await (await startMember(world, { sls, once: true })).ended
    expect(world.proof.total()).toMatchObject({ delivered: 70, duplicates: 0 })
  })

  it('is not about shards that came later: the children of a split are read from their beginning', async () => {
    const world = await createWorld({ world: worldOf(1) })
    const sls = { start_at: 'latest' }
    await (await startMember(world, { sls, once: true })).ended
    logstoreOf(world).split(0, { shardCount: 2 }, Date.now())
    issue(world, 200)
    await passTimeout(world, 0)
    await startMember(world, { sls })
    await world.drained()
    expectEachOnce(world, 200)
  })
})

describe('faults of the official libraries that cannot happen here', () => {
  it('a failed batch is never passed over', async () => {
    const world = await createWorld({ world: worldOf(2) })
    world.backend.setBehaviour({ kind: 'refuse', status: 503 })
    issue(world, 400, 4)
    const begins = new Map([0, 1].map((id) => [id, logstoreOf(world).shard(id, Date.now()).beginNumber]))
    await startMember(world)
    await world.backend.received(10)
    expect(checkpoints(world)).toEqual(begins)
    world.backend.setBehaviour({ kind: 'accept' })
    await world.drained()
    expectEachOnce(world, 400)
  })

  it('a stale owner never overwrites a position', async () => {
    const world = await createWorld({ world: worldOf(1) })
    world.backend.setBehaviour({ kind: 'refuse', status: 503 })
    issue(world, 100, 5)
    const service = await startMember(world)
    await world.backend.received(1)
    // Somebody else got the shard, and has read all of it, before the pages of the old owner are answered.
    world.simulator.run({
      at: 0,
      action: {
        kind: 'steal_shard',
        project: 'web-prod',
        logstore: 'slb-access',
        group: 'otel',
        shard: 0,
        consumer: 'thief',
      },
    })
    const end = logstoreOf(world).shard(0, Date.now()).endNumber
    const write = { shardId: 0, checkpoint: cursorOf(end), consumer: 'thief', force: false }
    groupOf(world).updateCheckpoint(write, world.simulator.clock.now())
    world.backend.setBehaviour({ kind: 'accept' })
    await expect.poll(() => lostShards(service), patience).toBe(1)
    expect(view(world).shards).toMatchObject([
      { shardId: 0, consumer: 'thief', checkpoint: { cursor: cursorOf(end), consumer: 'thief' } },
    ])
    expect(service.lines.some(({ message }) => message.includes('position was refused'))).toBe(true)
    // Its members are two: the thief, and the one that goes on without the shard.
    expect(view(world).consumers).toHaveLength(2)
  })

  it.each(['ConsumerNotMatch', 'ConsumerNotExist', 'ShardNotExist'])(
    'error codes are recognised by their right spelling: after %s the shard is dropped, and begun anew if it comes again',
    async (code) => {
      const world = await createWorld({ world: worldOf(2) })
      const api = 'ConsumerGroupUpdateCheckPoint'
      world.simulator.faults.inject({ api, times: 1, effect: { kind: 'error', status: 400, code } })
      issue(world, 300, 5)
      const service = await startMember(world)
      await expect.poll(() => lostShards(service), patience).toBe(1)
      issue(world, 300, 5)
      await world.drained()
      expect(world.proof.total()).toMatchObject({ delivered: 600, lost: 0 })
      expect(await lostShards(service)).toBe(1)
    },
  )

  it('an empty read-only shard is checkpointed at its end', async () => {
    const world = await createWorld({ world: worldOf(1) })
    logstoreOf(world).split(0, { shardCount: 2 }, Date.now())
    await startMember(world)
    await expect
      .poll(() => view(world).shards.map(({ state }) => state), patience)
      .toEqual(['over', 'already_alloc', 'already_alloc'])
    expect(checkpoints(world).get(0)).toBe(logstoreOf(world).shard(0, Date.now()).endNumber)
    await balanced(world, 1)
    issue(world, 50)
    await world.drained()
    expectEachOnce(world, 50)
  })

  it('an invalid cursor never jumps to the end', async () => {
    const world = await createWorld({ world: worldOf(1) })
    issue(world, 100, 10)
    await (await startMember(world, { once: true })).ended
    issue(world, 100, 10)
    await passTimeout(world, 0)
    world.simulator.faults.inject({
      api: 'PullLogs',
      times: 1,
      effect: { kind: 'error', status: 400, code: 'InvalidCursor' },
    })
    const service = await startMember(world)
    await world.drained()
    // From the oldest record kept, so what is still there of the past comes again.
    await expect
      .poll(() => world.proof.total(), patience)
      .toEqual({ issued: 200, delivered: 200, lost: 0, duplicates: 100 })
    expect(service.lines.filter(({ fields }) => fields['code'] === 'DATA_EXPIRED')).toHaveLength(1)
  })
})

describe('a consumer that loses its lease', () => {
  it('joins anew when the server has forgotten it', async () => {
    const world = await createWorld({ world: worldOf(3) })
    const service = await startMember(world)
    await balanced(world, 1)
    issue(world, 200, 5)
    await world.drained()
    const consumer = String(view(world).consumers[0]?.name)
    world.simulator.run({
      at: 0,
      action: { kind: 'expire_consumer', project: 'web-prod', logstore: 'slb-access', group: 'otel', consumer },
    })
    await expect.poll(() => lostShards(service), patience).toBe(3)
    await balanced(world, 1)
    issue(world, 200, 5)
    await world.drained()
    expect(world.proof.total()).toMatchObject({ delivered: 400, lost: 0 })
    expect(view(world).consumers.map(({ name }) => name)).toEqual([consumer])
  })

  it('takes its shards for lost when no heartbeat has succeeded for the timeout of the group', async () => {
    const world = await createWorld({ world: worldOf(2) })
    const service = await startMember(world)
    await balanced(world, 1)
    const effect = { kind: 'error', status: 500, code: 'InternalServerError' } as const
    const fault = world.simulator.faults.inject({ api: 'ConsumerGroupHeartBeat', effect })
    await expect.poll(() => lostShards(service), patience).toBe(2)
    issue(world, 50)
    const pulls = async () =>
      Number(/api="PullLogs"[^}]*\} (\d+)/.exec(await (await fetch(`${service.healthUrl}/metrics`)).text())?.[1])
    const before = await pulls()
    world.simulator.faults.remove(fault)
    await world.drained()
    expect(await pulls()).toBeGreaterThan(before)
    expect(world.proof.total()).toMatchObject({ delivered: 50, lost: 0 })
  })

  it('creates the group anew when it was deleted', async () => {
    const world = await createWorld({ world: worldOf(2) })
    await startMember(world)
    await balanced(world, 1)
    logstoreOf(world).consumerGroups.delete('otel')
    await expect.poll(() => logstoreOf(world).consumerGroups.has('otel'), patience).toBe(true)
    await balanced(world, 1)
    issue(world, 100)
    await world.drained()
    expectEachOnce(world, 100)
  })
})

describe('a right that is missing', () => {
  it('to write positions is named in the status; the position follows once it is granted', async () => {
    const world = await createWorld({ world: worldOf(1) })
    const service = await startMember(world)
    await balanced(world, 1)
    const fault = world.simulator.faults.inject({
      api: 'ConsumerGroupUpdateCheckPoint',
      effect: { kind: 'error', status: 401, code: 'Unauthorized', message: 'denied by sts or ram, action: …' },
    })
    issue(world, 100, 5)
    await world.drained()
    const status = async () => (await fetch(`${service.healthUrl}/status`)).text()
    await expect.poll(status, patience).toContain('log:ConsumerGroupUpdateCheckPoint')
    const end = logstoreOf(world).shard(0, Date.now()).endNumber
    expect(checkpoints(world).get(0)).toBeLessThan(end)
    world.simulator.faults.remove(fault)
    await expect.poll(() => checkpoints(world).get(0), patience).toBe(end)
    expect(await lostShards(service)).toBe(0)
  })
})

describe('a member that is stopped', () => {
  it('keeps its shards until the last answer is there, for longer than the timeout if need be', async () => {
    const world = await createWorld({ world: worldOf(1) })
    world.backend.setBehaviour({ kind: 'refuse', status: 503 })
    issue(world, 100, 10)
    const service = await startMember(world, { shutdownGraceMs: 400_000 })
    await world.backend.received(1)
    const stopping = service.stop()
    await passTimeout(world, 1)
    expect(view(world).consumers.map(({ listed }) => listed)).toEqual([[0]])
    world.backend.setBehaviour({ kind: 'accept' })
    await stopping
    expect(await lostShards(service).catch(() => 'stopped')).toBe('stopped')
    const { delivered, duplicates } = world.proof.total()
    expect({ delivered: delivered > 0, duplicates }).toEqual({ delivered: true, duplicates: 0 })
    // Everything answered is saved, and nothing else: the next member goes on right there.
    await passTimeout(world, 0)
    await (await startMember(world, { once: true })).ended
    expectEachOnce(world, 100)
  })

  it('writes the positions of what is answered, and none of what is not', async () => {
    const world = await createWorld({ world: worldOf(1) })
    issue(world, 100, 10)
    const service = await startMember(world, { shutdownGraceMs: 400 })
    await world.drained()
    const answered = logstoreOf(world).shard(0, Date.now()).endNumber
    world.backend.setBehaviour({ kind: 'stall' })
    issue(world, 60, 10)
    await world.backend.received(world.backend.counts.requests + 1)
    await service.stop()
    expect(checkpoints(world).get(0)).toBe(answered)
    // It has left: its last word was that it holds nothing.
    expect(view(world).consumers.map(({ listed }) => listed)).toEqual([[]])
  })

  it('hands a shard that was promised to another one over at once', async () => {
    const world = await createWorld({ world: worldOf(2) })
    world.backend.setBehaviour({ kind: 'stall' })
    issue(world, 100, 5)
    const first = await startMember(world, { shutdownGraceMs: 400 })
    await world.backend.received(1)
    await startMember(world)
    // The first one cannot give its shard up, because its answers are missing.
    await expect.poll(() => view(world).shards.map(({ state }) => state), patience).toContain('transfer')
    await first.stop()
    world.backend.setBehaviour({ kind: 'accept' })
    expect(view(world).shards.map(({ state }) => state)).not.toContain('transfer')
    await passTimeout(world, 1)
    await world.drained()
    expect(world.proof.total()).toMatchObject({ delivered: 100, lost: 0 })
  })
})
