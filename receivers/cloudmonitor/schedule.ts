/** A metric without points is asked for less often, down to a sixth; its window grows meanwhile, so nothing is missed. */
const mostStretch = 6
/** So many polls without a point say nothing yet: one may fall between two points, or just before the first. */
const patience = 3

/**
 * When a metric is asked for next. Metrics have their slots side by side, so that calls are spread over the interval.
 *
 * @param slot the metric's place, from 0 to below 1
 * @param emptyPolls polls in a row that brought no point
 */
export function nextPollMs(nowMs: number, intervalMs: number, slot: number, emptyPolls: number): number {
  const stretchedMs = intervalMs * Math.min(mostStretch, Math.max(1, 1 + emptyPolls - patience))
  const offsetMs = Math.floor(slot * stretchedMs)
  return (Math.floor((nowMs - offsetMs) / stretchedMs) + 1) * stretchedMs + offsetMs
}

/** Lets so many work at a time, first come first served. */
export interface Places {
  /** Rejects with the signal's reason if that comes first. */
  within<Result>(work: () => Promise<Result>, signal: AbortSignal): Promise<Result>
}

export function createPlaces(count: number): Places {
  let free = count
  const queue: (() => void)[] = []
  return {
    async within(work, signal) {
      signal.throwIfAborted()
      if (free > 0) free--
      else await new Promise<void>((resolve) => queue.push(resolve))
      try {
        signal.throwIfAborted()
        return await work()
      } finally {
        const next = queue.shift()
        if (next === undefined) free++
        else next()
      }
    },
  }
}
