import { SmqError } from '../../src/alibaba/smq/errors.ts'
import type { SmqClient } from '../../src/alibaba/smq/types.ts'
import type { Clock } from '../../src/clock.ts'
import type { SourceHealth } from '../../src/telemetry/source-health.ts'
import type { QueueMetrics } from './metrics.ts'

/** A delivery of a message to us: what deletes it, until when it is ours. */
export interface HeldReceipt {
  readonly messageId: string
  /** Replaced when the message is hidden anew, or comes again. */
  handle: string
  /** When to hide it anew, if it is still held; by this machine's clock. Infinite once that cannot be done any more. */
  extendAtMs: number
}

/**
 * An event on its way to the backend, with every message that brought it: the one that came first, and copies of it that
 * were sent to the queue, or handed out again, meanwhile.
 */
export interface HeldEvent {
  readonly identity: string
  readonly receipts: HeldReceipt[]
}

/**
 * The messages of one queue that are received and not yet deleted. As long as a message is here it is hidden anew in
 * time, so that a slow backend does not turn into duplicates.
 */
export interface Holding {
  readonly size: number
  byMessage(messageId: string): HeldReceipt | undefined
  byIdentity(identity: string): HeldEvent | undefined
  hold(identity: string, receipt: HeldReceipt): HeldEvent
  /** A copy of an event that is held: it is deleted with it. */
  attach(event: HeldEvent, receipt: HeldReceipt): void
  /** Takes the newer handle of a message that is held. */
  replace(receipt: HeldReceipt, newer: HeldReceipt): void
  release(event: HeldEvent): void
  /** Resolves when fewer than `max` are held. Rejects with the signal's reason. */
  room(max: number, signal: AbortSignal): Promise<void>
}

export interface HoldingDeps {
  readonly queue: string
  readonly client: Pick<SmqClient, 'changeVisibility'>
  readonly clock: Clock
  readonly health: SourceHealth
  readonly metrics: QueueMetrics
  readonly extendVisibilityMs: number
  /** Gives up: what is held comes again. */
  readonly abandon: AbortSignal
}

/** Calls that hide messages anew, at a time. */
const parallelExtensions = 8
const retryExtensionMs = 5_000

/** Nothing is held yet. What is held when `abandon` aborts is hidden no more and comes again. */
export function createHolding(deps: HoldingDeps): Holding {
  const { queue, client, clock, health, metrics, extendVisibilityMs, abandon } = deps
  const receipts = new Map<string, HeldReceipt>()
  const events = new Map<string, HeldEvent>()
  let waiting: (() => void)[] = []
  /** The keeper sleeps until the first receipt is due; an earlier one wakes it. */
  let keeper: { wakeAtMs: number; readonly wake: AbortController } | undefined
  const source = `${queue} (visibility)`

  function add(receipt: HeldReceipt): void {
    receipts.set(receipt.messageId, receipt)
    watch(receipt.extendAtMs)
  }

  function watch(extendAtMs: number): void {
    if (keeper === undefined) void keepHidden()
    else if (extendAtMs < keeper.wakeAtMs) keeper.wake.abort()
  }

  /** Runs while something is held. */
  async function keepHidden(): Promise<void> {
    while (receipts.size > 0 && !abandon.aborted) {
      const wakeAtMs = [...receipts.values()].reduce((first, it) => Math.min(first, it.extendAtMs), Infinity)
      keeper = { wakeAtMs, wake: new AbortController() }
      const signal = AbortSignal.any([abandon, keeper.wake.signal])
      // Longer than any timer can wait: the next one that comes wakes it.
      const waitMs = Math.min(wakeAtMs - clock.now(), 3_600_000)
      if (waitMs > 0) await clock.sleep(waitMs, signal).catch(() => {})
      const due = [...receipts.values()].filter(({ extendAtMs }) => extendAtMs <= clock.now())
      const lanes = Array.from({ length: Math.min(parallelExtensions, due.length) }, async () => {
        for (let next = due.shift(); next !== undefined && !abandon.aborted; next = due.shift()) await extend(next)
      })
      await Promise.all(lanes)
    }
    keeper = undefined
  }

  async function extend(receipt: HeldReceipt): Promise<void> {
    const { messageId, handle } = receipt
    if (receipts.get(messageId) !== receipt) return
    try {
      const changed = await client.changeVisibility(queue, handle, Math.ceil(extendVisibilityMs / 1000), abandon)
      // It may have come again meanwhile, with a handle that is newer still.
      if (receipt.handle === handle) receipt.handle = changed.receiptHandle
      receipt.extendAtMs = clock.now() + extendVisibilityMs / 2
      metrics.extended(queue)
      health.works(source)
    } catch (error) {
      if (abandon.aborted || receipts.get(messageId) !== receipt) return
      if (error instanceof SmqError && (error.kind === 'receipt_expired' || error.kind === 'no_message')) {
        // It comes again, and is known then.
        if (receipt.handle === handle) receipt.extendAtMs = Infinity
        return
      }
      health.failed(source, error)
      receipt.extendAtMs = clock.now() + retryExtensionMs
    }
  }

  return {
    get size() {
      return receipts.size
    },
    byMessage: (messageId) => receipts.get(messageId),
    byIdentity: (identity) => events.get(identity),
    hold(identity, receipt) {
      const event: HeldEvent = { identity, receipts: [receipt] }
      events.set(identity, event)
      add(receipt)
      return event
    },
    attach(event, receipt) {
      event.receipts.push(receipt)
      add(receipt)
    },
    replace(receipt, { handle, extendAtMs }) {
      receipt.handle = handle
      receipt.extendAtMs = extendAtMs
      watch(extendAtMs)
    },
    release(event) {
      if (events.get(event.identity) === event) events.delete(event.identity)
      for (const receipt of event.receipts) {
        if (receipts.get(receipt.messageId) === receipt) receipts.delete(receipt.messageId)
      }
      if (receipts.size === 0) keeper?.wake.abort()
      for (const look of waiting.splice(0)) look()
    },
    room(max, signal) {
      return new Promise((resolve, reject) => {
        const look = () => {
          if (signal.aborted) return reject(signal.reason)
          if (receipts.size >= max) {
            waiting.push(look)
            return
          }
          signal.removeEventListener('abort', leave)
          resolve()
        }
        const leave = () => {
          waiting = waiting.filter((each) => each !== look)
          reject(signal.reason)
        }
        signal.addEventListener('abort', leave, { once: true })
        look()
      })
    },
  }
}
