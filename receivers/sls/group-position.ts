import { SlsError } from '../../src/alibaba/sls/errors.ts'
import type { SlsConsumerGroup, SlsCursor } from '../../src/alibaba/sls/types.ts'
import { cursorTimeOf } from './discovery.ts'
import { sourceName } from './follow-shard.ts'
import type { SlsDeps } from './receiver.ts'

/** An answered page only marks; what is marked is written at the latest this much later. A write costs a request. */
const flushIntervalMs = 3_000
const writeRetryMs = 2_000

/** Where a consumer group stands in a shard that this process holds. Kept on the server. */
export interface GroupPosition {
  /** What was marked last, else what the server has, else where the group begins: then that is written first. */
  load(oldest: SlsCursor): Promise<SlsCursor>
  /** Notes that everything before the cursor is answered. Nothing is sent. */
  mark(cursor: SlsCursor): void
  /** Resolves when all that is marked is on the server, or will not be: it was refused, or `giveUp` aborted. */
  flush(): Promise<void>
  /** Flushes every few seconds until `signal` aborts. */
  flushUntil(signal: AbortSignal): Promise<void>
}

export interface GroupShard {
  readonly group: SlsConsumerGroup
  readonly consumer: string
  readonly shardId: number
  /** Asked where the server has no position: whether all of the shard is to be read, whatever `start_at` says. */
  isNew(): Promise<boolean>
  /** The server does not take this consumer for the owner of the shard. */
  onRefused(error: SlsError): void
}

/**
 * @param stop ends loading
 * @param giveUp ends writing: the shard is lost, or the time for shutting down is over
 */
export function createGroupPosition(
  shard: GroupShard,
  deps: Pick<SlsDeps, 'client' | 'clock' | 'health' | 'options'>,
  stop: AbortSignal,
  giveUp: AbortSignal,
): GroupPosition {
  const { group, consumer, shardId } = shard
  const { client, clock, health, options } = deps
  /** Beside the shard's own source, whose reading goes on meanwhile. */
  const source = `${sourceName({ logstore: group.logstore, shardId })} position`
  let marked: SlsCursor | undefined
  let written: SlsCursor | undefined
  /** One write at a time: a late one must not set the position back. */
  let writing: Promise<void> = Promise.resolve()

  async function writeMarked(): Promise<void> {
    let refused: SlsError | undefined
    while (marked !== undefined && marked !== written && refused === undefined && !giveUp.aborted) {
      const cursor = marked
      try {
        await client.updateCheckpoint(group, consumer, shardId, cursor, giveUp)
        written = cursor
        break
      } catch (error) {
        if (isRefused(error)) refused = error
        else if (!giveUp.aborted) {
          health.failed(source, error)
          await clock.sleep(writeRetryMs, giveUp).catch(() => {})
        }
      }
    }
    health.forget(source)
    if (refused !== undefined) shard.onRefused(refused)
  }

  function flush(): Promise<void> {
    writing = writing.then(writeMarked)
    return writing
  }

  return {
    async load(oldest) {
      if (marked !== undefined) return marked
      const checkpoints = await client.getCheckpoints(group, stop)
      const saved = checkpoints.find((each) => each.shardId === shardId)?.cursor
      if (saved !== undefined) return saved
      marked = (await shard.isNew())
        ? oldest
        : await client.getCursor(group.logstore, shardId, cursorTimeOf(options.startAt, clock.now()), stop)
      // Before anything is read: a crash must not make `latest` mean a later time.
      await flush()
      return marked
    },
    mark(cursor) {
      marked = cursor
    },
    flush,
    async flushUntil(signal) {
      while (!signal.aborted) {
        await clock.sleep(flushIntervalMs, signal).catch(() => {})
        if (!signal.aborted) await flush()
      }
    },
  }
}

const refusals: readonly string[] = ['not_owner', 'unknown_consumer', 'shard_gone'] satisfies SlsError['kind'][]

const isRefused = (error: unknown): error is SlsError => error instanceof SlsError && refusals.includes(error.kind)
