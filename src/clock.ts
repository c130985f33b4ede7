import { setTimeout as delay } from 'node:timers/promises'

/** Time and chance, passed in so that tests decide them. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number
  /** Waits `ms`; rejects with the signal's reason as soon as it aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
  /** A number in [0, 1). */
  random(): number
}

export const systemClock: Clock = {
  now: Date.now,
  sleep: async (ms, signal) => {
    try {
      await delay(ms, undefined, signal === undefined ? {} : { signal })
    } catch (error) {
      throw signal?.aborted ? signal.reason : error
    }
  },
  random: Math.random,
}
