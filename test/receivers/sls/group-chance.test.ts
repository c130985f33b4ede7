import { describe, expect, it } from 'vitest'
import type { FaultEffect } from '../../../simulator/faults.ts'
import { createRandom } from '../../../simulator/random.ts'
import { startCable } from '../../fakes/cable.ts'
import { createWorld } from '../../fakes/world.ts'
import {
  balanced,
  groupOf,
  heartbeats,
  issue,
  logstoreOf,
  passTimeout,
  startMember,
  view,
  worldOf,
} from './group-world.ts'

const maxMembers = 4
const maxShards = 8

const faults: [FaultEffect, ...FaultEffect[]] = [
  { kind: 'throttle' },
  { kind: 'error', status: 500, code: 'InternalServerError' },
  { kind: 'html', status: 502 },
  { kind: 'drop', when: 'before_headers' },
  { kind: 'drop', when: 'after_headers' },
]
const calls: [string, ...string[]] = [
  'ConsumerGroupHeartBeat',
  'ConsumerGroupUpdateCheckPoint',
  'GetCheckPoint',
  'PullLogs',
  'ListShards',
]

interface Member {
  stop(): Promise<void>
  /** As good as kill -9: server and backend are out of its reach from now on. */
  cut(): void
}

describe('a consumer group left to chance', () => {
  it.each([1, 2, 3])('loses nothing, whatever its members and shards go through (seed %i)', async (seed) => {
    const random = createRandom(seed)
    const world = await createWorld({ world: worldOf(3) })
    const { clock } = world.simulator
    const members: Member[] = []

    async function join(): Promise<void> {
      if (members.length === maxMembers) return
      const [sls, backend] = [await startCable(world.simulator.url), await startCable(world.backend.url)]
      const service = await startMember(world, { sls: { endpoint: sls.url }, exporter: { endpoint: backend.url } })
      const cut = () => {
        sls.cut()
        backend.cut()
      }
      members.push({ stop: service.stop, cut })
    }
    /** One of them stays. */
    const takeMember = () => (members.length > 1 ? members.shift() : undefined)
    const stop = () => takeMember()?.stop()
    const kill = () => takeMember()?.cut()

    function split(): void {
      const open = logstoreOf(world).writableShards(clock.now())
      const parent = open[random.integer(0, open.length - 1)]
      if (parent !== undefined && open.length < maxShards) {
        logstoreOf(world).split(parent.id, { shardCount: 2 }, clock.now())
      }
    }
    function merge(): void {
      const [left, right] = logstoreOf(world).writableShards(clock.now())
      if (left !== undefined && right?.beginKey === left.endKey) logstoreOf(world).merge(left.id, clock.now())
    }
    function forgetConsumer(): void {
      const consumer = view(world).consumers[0]?.name
      if (consumer !== undefined) groupOf(world).expire(consumer, clock.now())
    }
    function stealShard(): void {
      const held = view(world).shards.find(({ state }) => state === 'already_alloc')
      if (held !== undefined) groupOf(world).steal(held.shardId, 'thief', clock.now())
    }
    function disturb(): void {
      world.simulator.faults.inject({ api: random.pick(calls), times: 5, effect: random.pick(faults) })
    }

    await join()
    await balanced(world, 1)
    for (let step = 0; step < 25; step++) {
      issue(world, 60, 5)
      await random.pick([join, stop, kill, split, merge, forgetConsumer, stealShard, disturb])()
      await heartbeats(world, 1)
    }
    world.simulator.faults.clear()
    await passTimeout(world, members.length)
    await world.drained()
    await balanced(world, members.length)
    expect(world.proof.total()).toMatchObject({ issued: 1_500, delivered: 1_500, lost: 0 })
    expect(world.proof.unknown()).toBe(0)
  })
})
