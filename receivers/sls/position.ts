import type { SlsCursor } from '../../src/alibaba/sls/types.ts'

/**
 * What is stored for a shard: everything before `cursor` has been answered. `finished`: the shard is closed and was
 * read to its end, so it is never opened again.
 */
export interface ShardPosition {
  readonly cursor: SlsCursor
  readonly finished: boolean
}

export function encodePosition(position: ShardPosition): string {
  return JSON.stringify(position.finished ? { cursor: position.cursor, finished: true } : { cursor: position.cursor })
}

/** @throws {Error} when the text is not a position: better to stop than to start anew and skip or repeat */
export function parsePosition(text: string): ShardPosition {
  const value: unknown = JSON.parse(text)
  if (typeof value !== 'object' || value === null || !('cursor' in value) || typeof value.cursor !== 'string') {
    throw new Error(`Not a shard position: ${text.slice(0, 200)}`)
  }
  return { cursor: value.cursor, finished: 'finished' in value && value.finished === true }
}

/** Keys in the store: one for a logstore, which says that it has been seen, and one for each of its shards. */
export const logstoreKey = (project: string, logstore: string) => `${project}/${logstore}`
export const shardKey = (project: string, logstore: string, shardId: number | '') => `${project}/${logstore}/${shardId}`
