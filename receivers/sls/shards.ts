import type { SlsShard } from '../../src/alibaba/sls/types.ts'

/**
 * Whether `older` is an ancestor of `shard`: it was closed by a split or merge, their key ranges overlap, and it was
 * there first. SLS tells no parents (sls-protocol 2.1), so this is how they are found.
 */
function isAncestor(older: SlsShard, shard: SlsShard): boolean {
  if (older.status !== 'readonly' || older.shardId === shard.shardId) return false
  const overlap = older.beginKey < shard.endKey && shard.beginKey < older.endKey
  const first =
    older.createTime < shard.createTime || (older.createTime === shard.createTime && older.shardId < shard.shardId)
  return overlap && first
}

/**
 * The shards to start now: neither running nor finished, and with no unfinished ancestor, so that the records of a key
 * stay in order over splits and merges. An ancestor that expired and left the list holds nobody back.
 */
export function startableShards(
  shards: readonly SlsShard[],
  isFinished: (shardId: number) => boolean,
  isRunning: (shardId: number) => boolean,
): SlsShard[] {
  return shards.filter(
    (shard) =>
      !isFinished(shard.shardId) &&
      !isRunning(shard.shardId) &&
      !shards.some((other) => isAncestor(other, shard) && !isFinished(other.shardId)),
  )
}

/**
 * Whether a shard of which a consumer group has no position came after the group did, so that it is read from its first
 * record, whatever `start_at` says. The server keeps no record of when a group began: a child of a split or merge is taken
 * for newer than the group, and a shard as old as the first of the logstore for older.
 *
 * @param atStart the shards that were there when this process found the group without any position
 */
export function isNewToGroup(shard: SlsShard, shards: readonly SlsShard[], atStart: ReadonlySet<number>): boolean {
  if (atStart.has(shard.shardId)) return false
  if (shards.some((other) => isAncestor(other, shard))) return true
  // Without the first shard it may be a child of parents that have expired.
  return shards.find(({ shardId }) => shardId === 0)?.createTime !== shard.createTime
}
