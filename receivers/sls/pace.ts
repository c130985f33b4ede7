/** SLS gives 1000 groups a call at most. */
const maxGroups = 1000
/** Until something is known of their size; a group holds from one log to thousands. */
const firstGroups = 16
const firstPageBytes = 1024 * 1024
/** What a shard that is caught up asks for: little, so that many of them may ask at the same time. */
const idlePageBytes = 256 * 1024
/** How much a page may grow over the one before. */
const growth = 8

/** How much to ask for next, learnt from the pages of one shard. */
export interface Pace {
  /** Groups to ask for. */
  readonly count: number
  /** What they will take; reserved before the page is fetched. */
  readonly expectedBytes: number
  /** The size of a group, of late; absent while none has been seen. */
  readonly groupBytes: number | undefined
}

export const firstPace = (targetBytes: number): Pace => ({
  count: firstGroups,
  expectedBytes: Math.min(firstPageBytes, targetBytes),
  groupBytes: undefined,
})

/** The pace after a page of `bytes` in `groups`: towards `targetBytes` while pages come full, down to little when idle. */
export function nextPace(pace: Pace, bytes: number, groups: number, targetBytes: number): Pace {
  const groupBytes = groups === 0 ? pace.groupBytes : bytes / groups
  if (groupBytes === undefined) return pace
  const wasFull = groups >= pace.count
  const wantedBytes = Math.min(targetBytes, Math.max(idlePageBytes, wasFull ? bytes * growth : bytes))
  const count = Math.max(1, Math.min(maxGroups, Math.floor(wantedBytes / Math.max(1, groupBytes))))
  return { count, expectedBytes: Math.ceil(count * groupBytes), groupBytes }
}

/** A shard that stays quiet is asked less and less often, down to a third: most of the cost of an idle receiver. */
const quietestPauses = 3
const pagesUntilQuietest = 20

/** Pauses end at multiples of this part of the interval: a process that wakes for ten shards at once costs half of ten wakes. */
const ticksPerInterval = 4

/**
 * The pause after `emptyPages` empty pages in a row, 1 for the first. Some chance spreads the shards of all replicas over
 * the ticks at which they ask.
 */
export function idlePauseMs(pollIntervalMs: number, emptyPages: number, nowMs: number, random: () => number): number {
  const quiet = Math.min(1, (emptyPages - 1) / pagesUntilQuietest)
  const pauseMs = pollIntervalMs * (1 + quiet * (quietestPauses - 1)) * (0.9 + 0.2 * random())
  const tickMs = pollIntervalMs / ticksPerInterval
  return Math.max(1, Math.round((nowMs + pauseMs) / tickMs) * tickMs - nowMs)
}
