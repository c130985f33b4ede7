import { SmqError } from '../../src/alibaba/smq/errors.ts'
import { type DeleteFailure, maxBatch, type SmqClient } from '../../src/alibaba/smq/types.ts'
import { type Backoff, createBackoff } from '../../src/backoff.ts'
import type { Clock } from '../../src/clock.ts'
import type { SourceHealth } from '../../src/telemetry/source-health.ts'
import type { HeldReceipt } from './held.ts'
import type { QueueMetrics } from './metrics.ts'

export interface DeleteDeps {
  readonly client: Pick<SmqClient, 'deleteMessages'>
  readonly clock: Clock
  readonly health: SourceHealth
  readonly metrics: QueueMetrics
  /** Takes a failure that repeating does not cure; absent: it is tried again all the same. */
  readonly giveUp: ((error: SmqError) => void) | undefined
}

/** Pause after a failure that repeating alone does not cure: a missing right, a queue that is gone. */
export const slowRetryMs = 30_000

/**
 * Deletes messages, in batches, until each is gone or has expired: then somebody else has got it, or will. What the
 * service refuses for another reason is tried again without an end, unless `giveUp` takes it. Rejects with the signal's reason only.
 */
export async function deleteAll(
  queue: string,
  receipts: readonly HeldReceipt[],
  deps: DeleteDeps,
  abandon: AbortSignal,
): Promise<void> {
  const backoff = createBackoff({ initialMs: 200, maxMs: 10_000 }, deps.clock.random)
  let left = [...receipts]
  let batchSize = maxBatch
  while (left.length > 0) {
    const again: HeldReceipt[] = []
    for (let at = 0; at < left.length; at += batchSize) {
      again.push(...(await deleteBatch(queue, left.slice(at, at + batchSize), deps, abandon, backoff)))
    }
    left = again
    // A batch that is refused as a whole may be so for one handle: alone, each tells for itself.
    batchSize = 1
  }
}

/** @returns the receipts that are to be tried again */
async function deleteBatch(
  queue: string,
  batch: readonly HeldReceipt[],
  { client, clock, health, metrics, giveUp }: DeleteDeps,
  abandon: AbortSignal,
  backoff: Backoff,
): Promise<HeldReceipt[]> {
  // The handle may be replaced while the call is under way.
  const used = batch.map((receipt) => ({ receipt, handle: receipt.handle }))
  let failures: DeleteFailure[]
  try {
    failures = await client.deleteMessages(
      queue,
      used.map(({ handle }) => handle),
      abandon,
    )
    health.works(`${queue} (delete)`)
  } catch (error) {
    if (abandon.aborted || !(error instanceof SmqError)) throw error
    const isExpired = error.kind === 'receipt_expired' || error.kind === 'no_message'
    if (isExpired && batch.length > 1) return [...batch]
    if (!isExpired) {
      health.failed(`${queue} (delete)`, error)
      metrics.deleteFailed(queue, batch.length)
      if (giveUp !== undefined) {
        giveUp(error)
        return []
      }
      await clock.sleep(slowRetryMs, abandon)
      return [...batch]
    }
    failures = used.map(({ handle }) => ({ receiptHandle: handle, code: '', message: '', isExpired: true }))
  }

  const again: HeldReceipt[] = []
  let expired = 0
  let refused = 0
  for (const failure of failures) {
    const found = used.find(({ handle }) => handle === failure.receiptHandle)
    if (found === undefined) continue
    if (!failure.isExpired) {
      refused++
      again.push(found.receipt)
    } else if (found.receipt.handle !== found.handle) again.push(found.receipt)
    else expired++
  }
  metrics.deleted(queue, batch.length - again.length - expired)
  metrics.receiptExpired(queue, expired)
  metrics.deleteFailed(queue, refused)
  if (refused > 0) await clock.sleep(backoff.nextMs(), abandon)
  return again
}
