import { expect, test } from 'vitest'
import { createRandom } from '../../simulator/random.ts'
import { ConsumerGroup } from '../../simulator/sls/consumer-group.ts'
import { Logstore } from '../../simulator/sls/store.ts'
import { cursorOf } from '../../src/alibaba/sls/cursor.ts'

const TIMEOUT_MS = 60_000
const MAX_MEMBERS = 8

/** A consumer that keeps the rules: it works on a shard from the answer that lists it until it drained it. */
interface Member {
  readonly held: Set<number>
  told: readonly number[]
  lastHeartbeatMs: number
}

test.each(Array.from({ length: 100 }, (_, seed) => seed))(
  'no shard is with two consumers that keep the rules, and in the end each is with one (seed %i)',
  (seed) => {
    const random = createRandom(seed)
    let nowMs = 1_772_410_530_000
    const logstore = new Logstore('web-prod', { name: 'app', shards: random.integer(1, 8) }, nowMs)
    const options = { timeoutSeconds: TIMEOUT_MS / 1000, order: random.chance(0.5) }
    const group = new ConsumerGroup('g', options, (atMs) => logstore.shards(atMs), nowMs)
    const members = new Map<string, Member>()
    let joined = 0

    const beat = (name: string, member: Member) => {
      member.told = group.heartbeat(name, [...member.held], nowMs)
      member.lastHeartbeatMs = nowMs
      for (const shard of member.told) member.held.add(shard)
    }
    const drain = (member: Member, probability: number) => {
      for (const shard of member.held) {
        if (!member.told.includes(shard) && random.chance(probability)) member.held.delete(shard)
      }
    }
    const expectOneHolderEach = () => {
      const held = [...members.values()].flatMap((member) => [...member.held])
      // Asked so often that an expectation each time would be most of the test.
      if (new Set(held).size < held.length) expect.fail(`held twice: ${JSON.stringify(held.toSorted((a, b) => a - b))}`)
    }
    const steps: readonly [() => void, ...(() => void)[]] = [
      function join() {
        if (members.size < MAX_MEMBERS)
          members.set(`c${joined++}`, { held: new Set(), told: [], lastHeartbeatMs: nowMs })
      },
      function die() {
        if (random.chance(0.3)) members.delete(random.pick(['nobody', ...members.keys()]))
      },
      function passTime() {
        nowMs += random.integer(1, TIMEOUT_MS / 2)
      },
      function split() {
        const [first, ...rest] = logstore.writableShards(nowMs)
        if (first === undefined || logstore.shards(nowMs).length >= 40) return
        logstore.split(random.pick([first, ...rest]).id, { shardCount: 2 }, nowMs)
      },
      function merge() {
        const [left, right] = logstore.writableShards(nowMs).toSorted((a, b) => (a.beginKey < b.beginKey ? -1 : 1))
        if (left !== undefined && right !== undefined) logstore.merge(left.id, nowMs)
      },
      function finish() {
        for (const [consumer, member] of members) {
          for (const shardId of member.held) {
            const { readonly, endNumber } = logstore.shard(shardId, nowMs)
            if (!readonly || random.chance(0.5)) continue
            // It holds the shard, so it may write, even while the shard is promised to another one.
            group.updateCheckpoint({ shardId, checkpoint: cursorOf(endNumber), consumer, force: false }, nowMs)
          }
        }
      },
    ]
    for (let step = 0; step < 300; step++) {
      random.pick(steps)()
      for (const [name, member] of members) {
        // Half the timeout is the longest that time passes in one step.
        const isDue = nowMs - member.lastHeartbeatMs >= TIMEOUT_MS / 2
        if (isDue || random.chance(0.3)) beat(name, member)
        drain(member, 0.3)
        expectOneHolderEach()
      }
    }

    if (members.size === 0) members.set('last', { held: new Set(), told: [], lastHeartbeatMs: nowMs })
    for (let round = 0; round < 8; round++) {
      nowMs += TIMEOUT_MS / 4
      for (const [name, member] of members) {
        beat(name, member)
        drain(member, 1)
      }
    }
    expectOneHolderEach()
    const { shards } = group.describe(nowMs) as { shards: { shardId: number; state: string }[] }
    const consumable = shards.filter(({ state }) => state !== 'over' && state !== 'wait')
    const held = [...members.values()].map((member) => [...member.held])
    expect(held.flat().toSorted((a, b) => a - b)).toEqual(consumable.map(({ shardId }) => shardId))
    const sizes = held.map(({ length }) => length)
    expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1)
  },
)
