const firstPageBytes = 1024 * 1024
const smallestPageBytes = 64 * 1024
/** SLS gives 1000 groups a call at most. */
const maxGroups = 1000

/** How much to ask for next, learnt from the pages of one shard, so that a page stays near `targetBytes`. */
export interface Pace {
  /** What to reserve for the next page. */
  expectedBytes: number
  /** How many groups to ask for. */
  count: number
}

export const firstPace = (targetBytes: number): Pace => ({
  expectedBytes: Math.min(firstPageBytes, targetBytes),
  count: maxGroups,
})

/** The pace after a page of `bytes` in `groups`; an empty page says nothing about size, so little is reserved. */
export function nextPace(pace: Pace, bytes: number, groups: number, targetBytes: number): Pace {
  if (groups === 0) return { expectedBytes: smallestPageBytes, count: pace.count }
  const count = Math.max(1, Math.min(maxGroups, Math.floor(targetBytes / Math.max(1, bytes / groups))))
  return { expectedBytes: Math.max(smallestPageBytes, Math.min(bytes, targetBytes)), count }
}
