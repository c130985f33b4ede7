import { describe, expect, it } from 'vitest'
import {
  afterEnd,
  afterHeartbeat,
  type HeldShard,
  type Membership,
  noShards,
} from '../../../receivers/sls/membership.ts'
import { ConsumerGroup } from '../../../simulator/sls/consumer-group.ts'
import { Logstore } from '../../../simulator/sls/store.ts'

/** `0w 1d 2f` for shard 0 working, 1 draining, 2 done. */
function membership(text: string): Membership {
  const doing: Record<string, HeldShard> = { w: { doing: 'working' }, d: { doing: 'draining' }, f: done(0) }
  return new Map(
    text.split(' ').flatMap((each) => {
      const shard = doing[each.slice(-1)]
      return shard === undefined ? [] : [[Number.parseInt(each, 10), shard] as const]
    }),
  )
}
const letters = { working: 'w', draining: 'd', done: 'f' }
const textOf = (held: Membership) => [...held].map(([id, { doing }]) => `${id}${letters[doing]}`).join(' ')
const done = (beats: number): HeldShard => ({ doing: 'done', beats })

describe('afterHeartbeat', () => {
  it.each<[name: string, before: string, assigned: number[], after: string, start: number[], drain: number[]]>([
    ['joins', '', [], '', [], []],
    ['starts what is assigned', '', [3, 0], '3w 0w', [3, 0], []],
    ['goes on with what stays', '0w 1w', [0, 1], '0w 1w', [], []],
    ['drains what is taken away, and holds it meanwhile', '0w 1w', [0], '0w 1d', [], [1]],
    ['drains only once', '0w 1d', [0], '0w 1d', [], []],
    ['starts, keeps and drains at the same time', '0w 1w', [1, 2], '0d 1w 2w', [2], [0]],
    ['a shard that comes back while it drains is drained first', '0d', [0], '0d', [], []],
    ['holds a shard that is done until the server takes it', '0f 1w', [0, 1], '0f 1w', [], []],
    ['gives up a shard that is done, and drains nothing for it', '0f 1w', [1], '1w', [], []],
    ['begins anew with one that was given up', '1w', [1, 0], '1w 0w', [0], []],
    ['takes a shard named twice for one', '', [0, 0], '0w', [0], []],
    ['drains everything', '0w 1w', [], '0d 1d', [], [0, 1]],
  ])('%s', (_name, before, assigned, after, start, drain) => {
    const step = afterHeartbeat(membership(before), assigned)
    expect({ ...step, held: textOf(step.held) }).toEqual({ held: after, start, drain })
  })

  it('opens a shard again that is done and stays assigned for a minute of heartbeats', () => {
    let held = membership('0f')
    for (let beat = 0; beat < 12; beat++) {
      const step = afterHeartbeat(held, [0])
      expect(step.start).toEqual([])
      held = step.held
    }
    const step = afterHeartbeat(held, [0])
    expect(step.start).toEqual([0])
    expect(textOf(step.held)).toBe('0w')
  })
})

describe('afterEnd', () => {
  it.each<[before: string, end: 'drained' | 'done' | 'lost', after: string]>([
    ['0d 1w', 'drained', '1w'],
    // At shutdown nothing was taken away, and yet everything is drained.
    ['0w 1w', 'drained', '1w'],
    ['0w 1w', 'done', '0f 1w'],
    // Taken away while its last answers were waited for.
    ['0d 1w', 'done', '1w'],
    ['0w 1w', 'lost', '1w'],
    ['0d 1w', 'lost', '1w'],
    ['1w', 'lost', '1w'],
    ['1w', 'done', '1w'],
  ])('%s, shard 0 %s: %s', (before, end, after) => {
    expect(textOf(afterEnd(membership(before), 0, end))).toBe(after)
  })

  it('changes nothing it was given', () => {
    const held = membership('0w')
    afterEnd(held, 0, 'lost')
    afterHeartbeat(held, [])
    expect(textOf(held)).toBe('0w')
    expect(textOf(noShards)).toBe('')
  })
})

describe('with the rules of the server', () => {
  /** A consumer whose shards are drained as soon as they are taken away. */
  interface Consumer {
    readonly name: string
    held: Membership
  }
  const nowMs = 1_772_410_530_000

  function beat(group: ConsumerGroup, consumer: Consumer): void {
    const assigned = group.heartbeat(consumer.name, [...consumer.held.keys()], nowMs)
    const { held, drain } = afterHeartbeat(consumer.held, assigned)
    consumer.held = drain.reduce((left, shardId) => afterEnd(left, shardId, 'drained'), held)
    // What is drained is told at once.
    if (drain.length > 0) beat(group, consumer)
  }

  it.each([2, 3, 4, 5, 6, 7, 8])('%i replicas hold all shards, evenly, after two heartbeats more', (replicas) => {
    const logstore = new Logstore('web-prod', { name: 'access', shards: 16 }, nowMs)
    const group = new ConsumerGroup('otel', { timeoutSeconds: 60, order: true }, (at) => logstore.shards(at), nowMs)
    const consumers = Array.from({ length: replicas }, (_, index): Consumer => ({ name: `c${index}`, held: noShards }))
    for (let round = 0; round < 3; round++) for (const consumer of consumers) beat(group, consumer)
    const sizes = consumers.map(({ held }) => held.size)
    expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1)
    const all = consumers.flatMap(({ held }) => [...held.keys()]).sort((a, b) => a - b)
    expect(all).toEqual(Array.from({ length: 16 }, (_, shardId) => shardId))
  })
})
