import type { Clock } from '../../src/clock.ts'

/** A clock on which every wait is over at once, but moves the time on by its length. */
export interface EagerClock extends Clock {
  /** The waits that were asked for, milliseconds, in order. */
  readonly waits: number[]
}

/**
 * @param deadlineMs waits of this length are deadlines of requests: they are not noted, and end only by abort
 */
export function createEagerClock(deadlineMs: number, random = () => 0.5): EagerClock {
  let nowMs = 1_772_410_530_000
  const waits: number[] = []
  return {
    waits,
    now: () => nowMs,
    random,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason)
        signal?.addEventListener('abort', () => reject(signal.reason), { once: true })
        if (ms === deadlineMs) return
        waits.push(ms)
        nowMs += ms
        setImmediate(resolve)
      }),
  }
}
