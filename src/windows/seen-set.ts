import { ReceiverError } from '../errors.ts'
import type { Checkpoints } from '../storage/checkpoints.ts'
import type { Log } from '../telemetry/log.ts'

/**
 * The ids of what was read and may be read again: a window that is repeated, seconds that windows share. Kept in memory,
 * and in the store as one entry for each page, so that a page costs its own ids and not those of all others.
 *
 * A group is what expires together, such as a region; `has` looks at all groups.
 */
export interface SeenSet {
  has(id: string): boolean
  /**
   * Remembers the ids of a page from now on.
   * @param newestUnixSeconds the latest second at which one of them may be read again
   * @returns the entry that makes it durable: to be saved with the position, after the answers
   */
  add(group: string, ids: readonly string[], newestUnixSeconds: number): readonly [key: string, value: string]
  /** Forgets a page that was not delivered after all, by the key of its entry: it has to be read again. */
  forget(key: string): void
  /** Forgets the pages of a group that are older; returns their keys, to be removed from the store. */
  expire(group: string, beforeUnixSeconds: number): string[]
  readonly size: number
}

export interface SeenSetOptions {
  /** What the keys in the store begin with. */
  readonly prefix: string
  /** Ids that are remembered at most; past that the oldest pages are forgotten and may come twice. */
  readonly maxIds: number
}

interface SeenPage {
  readonly key: string
  readonly group: string
  readonly newest: number
  readonly ids: readonly string[]
}

/** The set as it was saved. */
export async function loadSeenSet(checkpoints: Checkpoints, options: SeenSetOptions, log: Log): Promise<SeenSet> {
  const { prefix, maxIds } = options
  /** In the order in which they came. */
  const pages = new Map<string, SeenPage>()
  /** An id stands in more than one page when its page was read again after a crash between two saves. */
  const holders = new Map<string, number>()
  let lastNumber = 0
  let overflowed: string[] = []
  let warned = false

  const stored = await checkpoints.list(prefix)
  for (const page of stored
    .map(({ key, value }) => parsePage(key, value, prefix))
    .sort((a, b) => a.number - b.number)) {
    lastNumber = Math.max(lastNumber, page.number)
    keep(page)
  }

  function keep(page: SeenPage): void {
    pages.set(page.key, page)
    for (const id of page.ids) holders.set(id, (holders.get(id) ?? 0) + 1)
    while (holders.size > maxIds && pages.size > 1) {
      const [oldest] = pages.values()
      if (oldest === undefined) break
      drop(oldest)
      overflowed.push(oldest.key)
      if (warned) continue
      warned = true
      log.warn('More ids than can be remembered; events that are read again may come twice', { maxIds })
    }
  }

  function drop(page: SeenPage): void {
    pages.delete(page.key)
    for (const id of page.ids) {
      const left = (holders.get(id) ?? 1) - 1
      if (left === 0) holders.delete(id)
      else holders.set(id, left)
    }
  }

  return {
    has: (id) => holders.has(id),
    add(group, ids, newest) {
      const key = `${prefix}${group}/${++lastNumber}`
      keep({ key, group, newest, ids })
      return [key, JSON.stringify({ newest, ids })]
    },
    forget(key) {
      const page = pages.get(key)
      if (page !== undefined) drop(page)
    },
    expire(group, beforeUnixSeconds) {
      const expired = [...pages.values()].filter((page) => page.group === group && page.newest < beforeUnixSeconds)
      for (const page of expired) drop(page)
      const keys = [...expired.map(({ key }) => key), ...overflowed]
      overflowed = []
      return keys
    },
    get size() {
      return holders.size
    },
  }
}

function parsePage(key: string, value: string, prefix: string): SeenPage & { readonly number: number } {
  const slash = key.lastIndexOf('/')
  const number = Number(key.slice(slash + 1))
  try {
    const { newest, ids } = JSON.parse(value) as Partial<SeenPage>
    if (Number.isSafeInteger(number) && typeof newest === 'number' && Array.isArray(ids)) {
      return { key, number, group: key.slice(prefix.length, slash), newest, ids: ids.map(String) }
    }
  } catch {
    // Told below.
  }
  throw new ReceiverError('STORAGE_FAILED', `The stored value of "${key}" is no list of ids: ${value.slice(0, 100)}`)
}
