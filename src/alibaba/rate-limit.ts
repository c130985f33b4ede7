import type { Clock } from '../clock.ts'

export interface RateLimitOptions {
  /** Calls a second in the long run; more than 0. */
  readonly perSecond: number
  /** Calls that may go at once after a pause. Default: what one second allows, at least 1. */
  readonly burst?: number
}

export interface RateLimiter {
  /** Resolves when the caller's turn has come, in the order of the calls. Rejects with the signal's reason. */
  acquire(signal: AbortSignal): Promise<void>
}

export interface AdjustableRateLimiter extends RateLimiter {
  /** Lowers the rate to this, if it is higher. */
  atMost(perSecond: number): void
}

/**
 * A token bucket, kept as the time at which it is full again: each call moves that time on by one interval and waits for
 * as much of it as lies further ahead than a whole bucket.
 */
export function createRateLimiter(options: RateLimitOptions, clock: Clock): AdjustableRateLimiter {
  let intervalMs = 1000 / options.perSecond
  const burst = options.burst ?? Math.max(1, Math.floor(options.perSecond))
  let fullAtMs = clock.now()
  let waiting = 0

  return {
    atMost(perSecond) {
      intervalMs = Math.max(intervalMs, 1000 / perSecond)
    },
    async acquire(signal) {
      signal.throwIfAborted()
      const nowMs = clock.now()
      // No queue reaches further ahead than this: beyond it, the clock was set back or waiting calls gave up.
      const furthestMs = nowMs + (burst + waiting) * intervalMs
      fullAtMs = Math.min(Math.max(fullAtMs, nowMs), furthestMs) + intervalMs
      const waitMs = fullAtMs - burst * intervalMs - nowMs
      if (waitMs <= 0) return
      waiting++
      try {
        await clock.sleep(waitMs, signal)
      } finally {
        waiting--
      }
    },
  }
}
