import { NANOS_PER_SECOND } from '../nanoseconds.ts'

/**
 * How far a source has been read that is asked for windows of time and knows whole seconds only. Unix seconds; each
 * belongs to what it ends.
 */
export interface WindowPosition {
  /** Nothing before this second is asked for. */
  readonly start: number
  /** Everything up to this second was read. */
  readonly done: number
  /** Everything up to this second was read when it was so old that late events had come too. Never behind `done`. */
  readonly settled: number
}

export interface WindowOptions {
  /** Seconds younger than this are not read yet: their events are still on their way. */
  readonly settleDelayMs: number
  /** How much later than that an event may appear and still be found. */
  readonly overlapMs: number
  /** The longest window; 2 or more. */
  readonly maxSeconds: number
}

export interface Window {
  /** The first and the last second to ask for. */
  readonly from: number
  readonly to: number
  /** The position when all of the window is answered. */
  readonly after: WindowPosition
}

/** The position of a source that is read from second `start` on. */
export function positionFrom(start: number): WindowPosition {
  return { start, done: start - 1, settled: start - 1 }
}

/** The last second that may be read now. */
export function lastReadable(nowMs: number, { settleDelayMs }: Pick<WindowOptions, 'settleDelayMs'>): number {
  // The second that is running is not complete.
  return Math.floor((nowMs - settleDelayMs) / 1000) - 1
}

/**
 * The window to read next; `undefined` when there is none yet.
 *
 * - It begins one second before the end of what was read: whether the bounds of a query belong to it is not known for
 *   every API, and this is right for all four cases. What comes twice is told by its id.
 * - Seconds that were read young are read again for late events, up to the end. Not with every window, which with a poll
 *   every minute and ten minutes of overlap would ask for each second eleven times: whenever half an overlap of them has
 *   become old, which is four times.
 */
export function nextWindow(position: WindowPosition, nowMs: number, options: WindowOptions): Window | undefined {
  const { start, done, settled } = position
  const { overlapMs, maxSeconds } = options
  const target = lastReadable(nowMs, options)
  const lateTarget = lastReadable(nowMs - overlapMs, options)
  const readsAgain = settled < done && lateTarget - settled >= overlapMs / 2000
  const from = Math.max(start, (readsAgain ? settled : done) - 1)
  // APIs want an end that is later than the start.
  if (target <= done || target <= from) return undefined
  const to = Math.min(target, from + maxSeconds)
  const coversUnsettled = readsAgain || settled === done
  return {
    from,
    to,
    after: {
      start,
      done: Math.max(done, to),
      settled: coversUnsettled ? Math.max(settled, Math.min(to, lateTarget)) : settled,
    },
  }
}

/** Events of earlier seconds cannot come again, so their ids need not be remembered. */
export function firstRepeatable({ settled }: WindowPosition): number {
  return settled - 1
}

/**
 * The last second at which one of a page's events may come again. One that lies outside its window may lie anywhere in it.
 * @param timesUnixNano of the events, 0 where one does not tell
 */
export function newestRepeat(timesUnixNano: readonly bigint[], { from, to }: Pick<Window, 'from' | 'to'>): number {
  return timesUnixNano.reduce((newest, timeUnixNano) => {
    const second = Number(timeUnixNano / NANOS_PER_SECOND)
    return Math.max(newest, second >= from && second <= to ? second : to)
  }, from)
}

/**
 * The position moved to the oldest second that the source still keeps.
 * @returns `lostSeconds`: how much was not read before it expired; 0 in the ordinary case
 */
export function withinRetention(
  position: WindowPosition,
  oldest: number,
): { readonly position: WindowPosition; readonly lostSeconds: number } {
  const { start, done, settled } = position
  const lostSeconds = Math.max(0, oldest - (done + 1))
  if (lostSeconds > 0) return { position: positionFrom(oldest), lostSeconds }
  return { position: { start: Math.max(start, oldest), done, settled: Math.max(settled, oldest - 1) }, lostSeconds }
}

/** How long windows may be: halved when one was too much, grown while they are cheap. Seconds. */
export interface WindowLimits {
  readonly min: number
  readonly max: number
}

const cheapPages = 2
const manyPages = 40

/** The limit after a window that was too much. */
export function halvedLimit(seconds: number, { min }: WindowLimits): number {
  return Math.max(min, Math.floor(seconds / 2))
}

/** The limit after a window that took so many pages. */
export function adaptedLimit(seconds: number, pages: number, limits: WindowLimits): number {
  if (pages > manyPages) return halvedLimit(seconds, limits)
  return pages <= cheapPages ? Math.min(limits.max, seconds * 2) : seconds
}
