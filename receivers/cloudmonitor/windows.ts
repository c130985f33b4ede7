import type { StartAt } from '../../src/config/start-at.ts'

/** Open on the left, closed on the right, as CloudMonitor counts; milliseconds since the epoch, whole periods. */
export interface Window {
  readonly startMs: number
  readonly endMs: number
}

/** How far a metric is read. What lies before `floorMs` is never asked for: nobody wanted it, or it was passed over. */
export interface Position {
  readonly lastEndMs: number
  readonly floorMs: number
}

export interface WindowOptions {
  readonly periodMs: number
  /** How long points may take to appear. */
  readonly delayMs: number
  /** Periods before the last end that are looked at again for late points. */
  readonly overlapPeriods: number
  /** The longest one query may span, looking back apart. */
  readonly maxPeriods: number
}

const DAY_MS = 86_400_000

/** How long CloudMonitor keeps points, and how far its answers reach; fine points live shorter. */
const retentionMs = (periodMs: number) => (periodMs < 60_000 ? 7 : 31) * DAY_MS

/** The number of the period a time lies in. A whole period ends with its own number times its length. */
export const periodNumber = (timestampMs: number, periodMs: number): number => Math.ceil(timestampMs / periodMs)

/** Up to where points are complete: the last whole period that is older than the hold-back. */
export function dueEndMs(nowMs: number, { delayMs, periodMs }: WindowOptions): number {
  return Math.floor((nowMs - delayMs) / periodMs) * periodMs
}

/**
 * Where a metric begins that has no position: where `start_at` says, at the earliest where CloudMonitor's memory ends. A time
 * ago is at least so long ago that the newest period that is due is read: else ten minutes would mean to wait for three
 * hours where points are three hours late.
 */
export function firstPosition(startAt: StartAt, nowMs: number, options: WindowOptions): Position {
  const { periodMs } = options
  const wantedMs = Math.floor(wantedStartMs(startAt, nowMs, options) / periodMs) * periodMs
  const lastEndMs = Math.max(wantedMs, oldestMs(nowMs, periodMs))
  return { lastEndMs, floorMs: lastEndMs }
}

function wantedStartMs(startAt: StartAt, nowMs: number, options: WindowOptions): number {
  switch (startAt.at) {
    case 'earliest':
      return 0
    case 'latest':
      return nowMs
    case 'time':
      return startAt.unixMs
    case 'relative':
      return Math.min(nowMs + startAt.ms, dueEndMs(nowMs, options) - options.periodMs)
  }
}

/**
 * The position to go on from after a pause, and what is passed over because it lies too far back.
 *
 * @param maxBackMs how far back: `max_catch_up` after a start; while running, only CloudMonitor's memory is the limit
 */
export function resume(
  position: Position,
  nowMs: number,
  maxBackMs: number,
  options: WindowOptions,
): { readonly position: Position; readonly skipped: Window | undefined } {
  const { periodMs } = options
  const earliestMs = Math.max(
    Math.floor((dueEndMs(nowMs, options) - maxBackMs) / periodMs) * periodMs,
    oldestMs(nowMs, periodMs),
  )
  const { lastEndMs } = position
  if (lastEndMs >= earliestMs) return { position, skipped: undefined }
  return {
    position: { lastEndMs: earliestMs, floorMs: earliestMs },
    skipped: { startMs: lastEndMs, endMs: earliestMs },
  }
}

/** Where the first window begins, which looks back for late points; all before it is finished. */
export function lookBackMs({ lastEndMs, floorMs }: Position, { overlapPeriods, periodMs }: WindowOptions): number {
  return Math.max(lastEndMs - overlapPeriods * periodMs, floorMs)
}

/**
 * What to ask for now, oldest first; nothing where no period is due. Together the windows reach from the position to the
 * newest period that is due, however far that is after failures.
 */
export function nextWindows(position: Position, nowMs: number, options: WindowOptions): Window[] {
  const { periodMs, maxPeriods } = options
  const dueMs = dueEndMs(nowMs, options)
  const windows: Window[] = []
  for (let fromMs = position.lastEndMs; fromMs < dueMs; ) {
    const endMs = Math.min(dueMs, fromMs + maxPeriods * periodMs)
    windows.push({ startMs: windows.length === 0 ? lookBackMs(position, options) : fromMs, endMs })
    fromMs = endMs
  }
  return windows
}

const oldestMs = (nowMs: number, periodMs: number) => Math.ceil((nowMs - retentionMs(periodMs)) / periodMs) * periodMs
