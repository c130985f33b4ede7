import type { Clock } from '../../src/clock.ts'
import type { Log } from '../../src/telemetry/log.ts'
import type { InventoryItem } from './identity.ts'

/** What there is in an account, with names and tags. Never waited for: it is as fresh as its last refresh. */
export interface Inventory {
  /** False until it was read for the first time. */
  readonly isLoaded: boolean
  find(id: string): InventoryItem | undefined
  /** An instance was seen that is not listed: a new one, most likely, so the next refresh comes early. */
  missed(): void
  /** What is listed now; without what has vanished and is kept for its last points. */
  listed(): Iterable<InventoryItem>
}

export interface InventoryOptions {
  readonly refreshMs: number
  /** Types to ask for; empty: all there are. */
  readonly resourceTypes: readonly string[]
}

/** Reads everything once. */
export type InventorySource = (resourceTypes: readonly string[], signal: AbortSignal) => Promise<InventoryItem[]>

/** The last points of an instance come after it is gone, and should carry its name. */
const vanishedKeptMs = 60 * 60_000
/** Between early refreshes, so that an instance that is never listed costs little. */
const earlyRefreshMs = 2 * 60_000
const retryMs = 60_000

export interface RefreshedInventory extends Inventory {
  /** Refreshes until `stop`. `onRefresh` is told when it has read everything. */
  run(onRefresh: (atMs: number) => Promise<void>, stop: AbortSignal): Promise<void>
  /** Resolves after the first attempt, whether it succeeded or not. */
  readonly firstAttempt: Promise<void>
}

export function createInventory(
  source: InventorySource,
  options: InventoryOptions,
  { clock, log }: { readonly clock: Clock; readonly log: Log },
): RefreshedInventory {
  let items = new Map<string, InventoryItem>()
  const vanished = new Map<string, { readonly item: InventoryItem; readonly untilMs: number }>()
  const firstAttempt = Promise.withResolvers<void>()
  let isLoaded = false
  let hasFailed = false
  let isMissing = false
  let missing = Promise.withResolvers<void>()

  async function refresh(stop: AbortSignal): Promise<number> {
    const found = await source(options.resourceTypes, stop)
    const nowMs = clock.now()
    const fresh = new Map(found.map((item) => [item.id, item]))
    for (const [id, item] of items) if (!fresh.has(id)) vanished.set(id, { item, untilMs: nowMs + vanishedKeptMs })
    for (const [id, { untilMs }] of vanished) if (untilMs <= nowMs || fresh.has(id)) vanished.delete(id)
    items = fresh
    if (!isLoaded || hasFailed) log.info('Inventory read', { instances: items.size })
    isLoaded = true
    hasFailed = false
    return nowMs
  }

  /** Until the next refresh is due, or an instance was missed and the last refresh was not just now. */
  async function pause(stop: AbortSignal): Promise<void> {
    await clock.sleep(Math.min(earlyRefreshMs, options.refreshMs), stop)
    if (isMissing || options.refreshMs <= earlyRefreshMs) return
    const early = new AbortController()
    void missing.promise.then(() => early.abort())
    await clock.sleep(options.refreshMs - earlyRefreshMs, AbortSignal.any([stop, early.signal])).catch(() => {})
  }

  return {
    get isLoaded() {
      return isLoaded
    },
    find: (id) => items.get(id) ?? vanished.get(id)?.item,
    missed() {
      isMissing = true
      missing.resolve()
    },
    listed: () => items.values(),
    firstAttempt: firstAttempt.promise,
    async run(onRefresh, stop) {
      while (!stop.aborted) {
        try {
          isMissing = false
          missing = Promise.withResolvers()
          const atMs = await refresh(stop)
          firstAttempt.resolve()
          await onRefresh(atMs)
          await pause(stop)
        } catch (error) {
          firstAttempt.resolve()
          if (stop.aborted) return
          if (!hasFailed) log.warn('Cannot read the inventory; names and tags stay as they are', { err: error })
          hasFailed = true
          await clock.sleep(retryMs, stop).catch(() => {})
        }
      }
    },
  }
}
