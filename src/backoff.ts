export interface BackoffOptions {
  readonly initialMs: number
  readonly maxMs: number
  /** How much the longest possible wait grows each time. Default 2. */
  readonly multiplier?: number
}

export interface Backoff {
  /** How long to wait before the next attempt, milliseconds. */
  nextMs(): number
  /** Starts over, after a success. */
  reset(): void
}

/**
 * Exponential back-off with full jitter: each wait is drawn evenly from zero to a bound that grows, so that many
 * callers refused at the same moment do not come back at the same moment.
 *
 * @param random a number in [0, 1), from the clock
 */
export function createBackoff(options: BackoffOptions, random: () => number): Backoff {
  const { initialMs, maxMs, multiplier = 2 } = options
  let boundMs = Math.min(initialMs, maxMs)
  return {
    nextMs() {
      const waitMs = random() * boundMs
      boundMs = Math.min(boundMs * multiplier, maxMs)
      return waitMs
    },
    reset() {
      boundMs = Math.min(initialMs, maxMs)
    },
  }
}
