/**
 * The shards a consumer holds in its group, and what it does with each:
 *
 * - `working`: reads it.
 * - `draining`: was told to give it up; finishes what it has read, and holds it until then, so that nobody else gets it.
 * - `done`: has read all that is wanted of it; holds it until the server takes it back.
 *
 * What a heartbeat reports is the keys: all that is assigned or not yet drained (sls-protocol 4.2).
 */
export type Membership = ReadonlyMap<number, HeldShard>
export type HeldShard = { readonly doing: 'working' | 'draining' } | { readonly doing: 'done'; readonly beats: number }

export interface MembershipStep {
  readonly held: Membership
  /** Shards to begin with, at their checkpoints. */
  readonly start: readonly number[]
  /** Shards to stop reading; `afterEnd` tells when that is done. */
  readonly drain: readonly number[]
}

/**
 * A shard that is done, yet listed for this many heartbeats more, is opened again: its last checkpoint was set back, or
 * its end is not what the server takes for its end.
 */
const patienceBeats = 12

export const noShards: Membership = new Map()

/** What to do once the server has said which shards this consumer should hold. */
export function afterHeartbeat(held: Membership, assigned: readonly number[]): MembershipStep {
  const next = new Map<number, HeldShard>()
  const start: number[] = []
  const drain: number[] = []
  for (const [shardId, shard] of held) {
    if (assigned.includes(shardId)) {
      if (shard.doing !== 'done') next.set(shardId, shard)
      else if (shard.beats < patienceBeats) next.set(shardId, { doing: 'done', beats: shard.beats + 1 })
    } else if (shard.doing !== 'done') {
      next.set(shardId, { doing: 'draining' })
      if (shard.doing === 'working') drain.push(shardId)
    }
  }
  for (const shardId of new Set(assigned)) {
    // A shard that is assigned again while it drains is first drained, and begun anew after the next heartbeat.
    if (next.has(shardId)) continue
    next.set(shardId, { doing: 'working' })
    start.push(shardId)
  }
  return { held: next, start, drain }
}

/**
 * What is held once a shard is no longer read: it was drained, it is done, or it was lost to another consumer.
 */
export function afterEnd(held: Membership, shardId: number, end: 'drained' | 'done' | 'lost'): Membership {
  const next = new Map(held)
  if (end === 'done' && held.get(shardId)?.doing === 'working') next.set(shardId, { doing: 'done', beats: 0 })
  else next.delete(shardId)
  return next
}
