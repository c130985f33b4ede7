import type { Clock } from '../../src/clock.ts'

/** A clock on which every sleep is over at once and moves time on by its length. */
export interface LeapingClock extends Clock {
  /** The sleeps so far, milliseconds. */
  readonly slept: number[]
  set(nowMs: number): void
}

/** @param random what `random()` always gives; just below 1 makes every back-off its longest */
export function createLeapingClock(startMs: number, random = 1): LeapingClock {
  let nowMs = startMs
  const slept: number[] = []
  return {
    slept,
    now: () => nowMs,
    random: () => random,
    set: (ms) => {
      nowMs = ms
    },
    sleep: async (ms, signal) => {
      signal?.throwIfAborted()
      slept.push(ms)
      nowMs += ms
    },
  }
}
