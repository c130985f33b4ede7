import type { SimulatorClock } from '../clock.ts'

/** Something issued at a rate. */
export interface Paced {
  /** Items a second; 0 when stopped. */
  readonly perSecond: number
  /** Issues at this rate until `stop`, or changes the rate. */
  start(perSecond: number): void
  /** Nothing is issued after this returns. */
  stop(): void
}

const TICK_MS = 50

/**
 * @param issueFor issues what the rate owes for a time
 * @param report told when issuing failed, which ends it
 */
export function createPaced(
  issueFor: (elapsedMs: number, perSecond: number) => void,
  clock: SimulatorClock,
  report: (error: unknown) => void,
): Paced {
  let perSecond = 0
  let running: AbortController | undefined

  const loop = async (signal: AbortSignal): Promise<void> => {
    let lastMs = clock.now()
    while (!signal.aborted) {
      // Ends with the signal, which is the only way it can reject.
      await clock.sleep(TICK_MS, signal).catch(() => {})
      if (signal.aborted) return
      const nowMs = clock.now()
      // A clock that was set or advanced by hand is no time in which anything came.
      issueFor(Math.min(Math.max(nowMs - lastMs, 0), 20 * TICK_MS), perSecond)
      lastMs = nowMs
    }
  }
  return {
    get perSecond() {
      return perSecond
    },
    start(rate) {
      perSecond = rate
      if (running !== undefined) return
      running = new AbortController()
      loop(running.signal).catch(report)
    },
    stop() {
      perSecond = 0
      running?.abort()
      running = undefined
    },
  }
}
