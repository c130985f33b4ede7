import { SlsError } from '../../src/alibaba/sls/errors.ts'
import type { SlsCursor } from '../../src/alibaba/sls/types.ts'
import type { Clock } from '../../src/clock.ts'

/** An answered page only marks; what is marked is written at the latest this much later. A write costs a request. */
const flushIntervalMs = 3_000
const writeRetryMs = 2_000

/** Where a consumer group stands in a shard that this process holds. */
export interface GroupPosition {
  /** The place behind the last page that was answered; absent until the first mark. */
  readonly marked: SlsCursor | undefined
  /** Notes that everything before the cursor is answered. Nothing is sent. */
  mark(cursor: SlsCursor): void
  /** Resolves when all that is marked is on the server, or will not be: the shard was lost, or `giveUp` aborted. */
  flush(): Promise<void>
  /** Flushes every few seconds until `signal` aborts. */
  flushUntil(signal: AbortSignal): Promise<void>
}

export interface GroupPositionDeps {
  readonly clock: Clock
  /** Writes to the server, unforced. */
  write(cursor: SlsCursor, signal: AbortSignal): Promise<void>
  /** The server refused a write because the shard is somebody else's. */
  onRefused(error: SlsError): void
  /** A write failed and will be tried again. */
  onFailure(error: unknown): void
}

/** @param giveUp ends writing: the shard is lost, or the time for shutting down is over */
export function createGroupPosition(deps: GroupPositionDeps, giveUp: AbortSignal): GroupPosition {
  const { clock } = deps
  let marked: SlsCursor | undefined
  let written: SlsCursor | undefined
  /** One write at a time: a late one must not set the position back. */
  let writing: Promise<void> = Promise.resolve()

  async function writeMarked(): Promise<void> {
    while (marked !== undefined && marked !== written && !giveUp.aborted) {
      const cursor = marked
      try {
        await deps.write(cursor, giveUp)
        written = cursor
        return
      } catch (error) {
        if (giveUp.aborted) return
        if (isRefused(error)) return deps.onRefused(error)
        deps.onFailure(error)
        await clock.sleep(writeRetryMs, giveUp).catch(() => {})
      }
    }
  }

  function flush(): Promise<void> {
    writing = writing.then(writeMarked)
    return writing
  }

  return {
    get marked() {
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

/** The server does not take this consumer for the owner of the shard. */
const isRefused = (error: unknown): error is SlsError => error instanceof SlsError && refusals.includes(error.kind)
