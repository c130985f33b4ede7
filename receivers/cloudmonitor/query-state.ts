import type { Checkpoints } from '../../src/storage/checkpoints.ts'
import type { Log } from '../../src/telemetry/log.ts'
import { SeriesMarks } from './marks.ts'
import type { Position } from './windows.ts'

/** Series in one entry of the store. */
const seriesPerEntry = 20_000
/** What was not touched for so long belongs to no query any more. */
const staleMs = 3 * 86_400_000

/**
 * How far one query is: its position (or, for a bulk export, its cursor) and the marks of what was sent. The text in the
 * store: `at/<query>` holds the position, `marks/<query>/<n>` the marks as of then, `marks/<query>/+<n>` what a page added
 * since, so that a crash repeats one page at most.
 */
export interface QueryState {
  position: Position | undefined
  cursor: string | undefined
  readonly marks: SeriesMarks
  /** Makes durable what a page marked, with the cursor behind it. After its answer. */
  savePage(): Promise<void>
  /** Makes durable that a window is finished, in place of all its pages. */
  saveWindow(): Promise<void>
}

export interface StoredStates {
  /**
   * The state of a query as it was saved.
   * @param base the number of the period before the first that may still be asked for, from the stored position
   */
  take(query: string, minPeriods: number, base: (position: Position | undefined) => number): QueryState
  /** Removes from the store what no query took and nothing has touched for days. */
  removeStale(): Promise<void>
}

interface StoredEntry {
  readonly key: string
  readonly value: string
  readonly savedAtMs: number
}

/** Reads all states at once: one query of the store for any number of series. */
export async function loadStates(checkpoints: Checkpoints, nowMs: number, log: Log): Promise<StoredStates> {
  const positions = new Map((await checkpoints.list('at/')).map(({ key, value }) => [key.slice('at/'.length), value]))
  const entries = Map.groupBy<string, StoredEntry>(await checkpoints.list('marks/'), ({ key }) =>
    key.slice('marks/'.length, key.lastIndexOf('/')),
  )

  function take(query: string, minPeriods: number, base: (position: Position | undefined) => number): QueryState {
    const { position, cursor } = parsePosition(positions.get(query))
    const marks = new SeriesMarks(minPeriods, base(position))
    let keys: string[] = []
    for (const { key, value } of entries.get(query) ?? []) {
      keys.push(key)
      if (!marks.absorb(Buffer.from(value, 'base64'))) {
        log.warn('Marks of what was sent cannot be read; points of the last periods may come again', { key })
      }
    }
    entries.delete(query)
    let nextPage = Math.max(0, ...keys.map((key) => Number(key.split('/+')[1] ?? 0))) + 1
    let unsaved: Uint8Array | undefined

    const state: QueryState = {
      position,
      cursor,
      marks,
      async savePage() {
        // Kept until they are saved: a save that failed is repeated.
        unsaved ??= marks.takeChanges()
        const saved: [string, string][] = []
        if (unsaved !== undefined) {
          const key = `marks/${query}/+${nextPage++}`
          keys.push(key)
          saved.push([key, toText(unsaved)])
        }
        if (state.cursor !== undefined) saved.push([`at/${query}`, formatPosition(state)])
        if (saved.length > 0) await checkpoints.save(saved)
        unsaved = undefined
      },
      async saveWindow() {
        // What the pages hold is in the whole too.
        marks.takeChanges()
        const pieces = marks
          .snapshot(seriesPerEntry)
          .map((bytes, index) => [`marks/${query}/${index}`, toText(bytes)] as const)
        await checkpoints.save([[`at/${query}`, formatPosition(state)], ...pieces])
        const current: string[] = pieces.map(([key]) => key)
        const outdated = keys.filter((key) => !current.includes(key))
        keys = current
        if (outdated.length > 0) await checkpoints.remove(outdated)
      },
    }
    return state
  }

  return {
    take,
    async removeStale() {
      const stale = [...entries.values()].flat().filter(({ savedAtMs }) => savedAtMs < nowMs - staleMs)
      entries.clear()
      if (stale.length > 0) await checkpoints.remove(stale.map(({ key }) => key))
    },
  }
}

const toText = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64')

function formatPosition({ position, cursor }: Pick<QueryState, 'position' | 'cursor'>): string {
  return JSON.stringify({ end: position?.lastEndMs, floor: position?.floorMs, cursor })
}

function parsePosition(stored: string | undefined): Pick<QueryState, 'position' | 'cursor'> {
  if (stored === undefined) return { position: undefined, cursor: undefined }
  const { end, floor, cursor } = JSON.parse(stored) as Readonly<Record<string, unknown>>
  const isWhole = typeof end === 'number' && typeof floor === 'number'
  return {
    position: isWhole ? { lastEndMs: end, floorMs: floor } : undefined,
    cursor: typeof cursor === 'string' ? cursor : undefined,
  }
}
