import type { RateLimiter } from '../../src/alibaba/rate-limit.ts'
import type { Clock } from '../../src/clock.ts'
import type { Checkpoints } from '../../src/storage/checkpoints.ts'
import type { Log } from '../../src/telemetry/log.ts'

/** From here on the rest is spread over what is left of the month. */
const slowFrom = 0.8
/** Calls that are counted in the store before they are made, so that a crash counts too many and never too few. */
const reservedCalls = 200
const HOUR_MS = 3_600_000
const slowingDown = 'Four fifths of the calls of this month are used; the rest is spread over what is left of it'

/** Counts the calls of an account in a month of UTC, and slows them down before the budget is spent. */
export interface CallBudget extends RateLimiter {
  readonly usedCalls: number
}

/**
 * How long after the last call the next may be made: at once below four fifths of the budget, then what is left of the
 * month divided by what is left of the budget. With nothing left, not in this month: windows wait, and nothing is lost that
 * CloudMonitor still keeps.
 */
export function budgetSpacingMs(usedCalls: number, maxCalls: number, nowMs: number): number {
  if (usedCalls < maxCalls * slowFrom) return 0
  if (usedCalls >= maxCalls) return Number.POSITIVE_INFINITY
  return (nextMonthMs(nowMs) - nowMs) / (maxCalls - usedCalls)
}

/** `2026-11` */
export const monthOf = (unixMs: number): string => new Date(unixMs).toISOString().slice(0, 7)

function nextMonthMs(unixMs: number): number {
  const date = new Date(unixMs)
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1)
}

/**
 * @param maxCalls a month; infinite where there is no budget: then calls are only counted
 * @param key of the count in the store
 */
export async function createCallBudget(
  maxCalls: number,
  key: string,
  { checkpoints, clock, log }: { readonly checkpoints: Checkpoints; readonly clock: Clock; readonly log: Log },
): Promise<CallBudget> {
  let month = monthOf(clock.now())
  let used = storedCalls(await checkpoints.load(key), month)
  let reserved = used
  let saving: Promise<void> | undefined
  let hasWarned = false
  let lastCallMs = Number.NEGATIVE_INFINITY
  let turn: Promise<void> = Promise.resolve()

  function startMonth(): void {
    const now = monthOf(clock.now())
    if (now === month) return
    month = now
    used = 0
    reserved = 0
    hasWarned = false
  }

  async function reserve(): Promise<void> {
    if (used <= reserved) return
    saving ??= (async () => {
      try {
        reserved = used + reservedCalls
        await checkpoints.save([[key, JSON.stringify({ month, calls: reserved })]])
      } finally {
        saving = undefined
      }
    })()
    await saving
  }

  async function take(signal: AbortSignal): Promise<void> {
    for (;;) {
      startMonth()
      const nowMs = clock.now()
      const waitMs = lastCallMs + budgetSpacingMs(used, maxCalls, nowMs) - nowMs
      if (waitMs <= 0) break
      if (!hasWarned) log.warn(slowingDown, { used, budget: maxCalls })
      hasWarned = true
      // A new month ends every wait.
      await clock.sleep(Math.min(waitMs, HOUR_MS), signal)
    }
    lastCallMs = clock.now()
    used++
    await reserve()
  }

  return {
    get usedCalls() {
      return used
    },
    acquire(signal) {
      // One after the other, so that pauses add up.
      const mine = turn.then(() => take(signal))
      turn = mine.catch(() => {})
      return mine
    },
  }
}

function storedCalls(stored: string | undefined, month: string): number {
  if (stored === undefined) return 0
  try {
    const { month: its, calls } = JSON.parse(stored) as { month?: unknown; calls?: unknown }
    return its === month && typeof calls === 'number' ? calls : 0
  } catch {
    return 0
  }
}
