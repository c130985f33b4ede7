import type { Clock } from '../../src/clock.ts'

/** A clock that stands still until a test moves it. */
export interface ManualClock extends Clock {
  /** Moves time on, waking sleepers in the order of their times; resolves when their next steps have run. */
  advance(ms: number): Promise<void>
  /** Resolves when somebody sleeps (at once if somebody does). */
  sleeping(): Promise<void>
  /** How long each sleeper still waits, shortest first. */
  waits(): number[]
}

export function createManualClock(startMs = 1_772_410_530_000, random = 0.5): ManualClock {
  let nowMs = startMs
  let sleepers: { atMs: number; wake: () => void }[] = []
  let watchers: (() => void)[] = []

  const settle = () => new Promise<void>((resolve) => setImmediate(resolve))

  return {
    now: () => nowMs,
    random: () => random,
    waits: () => sleepers.map(({ atMs }) => atMs - nowMs).sort((a, b) => a - b),
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason)
        const leave = () => {
          sleepers = sleepers.filter((each) => each !== sleeper)
          reject(signal?.reason)
        }
        const sleeper = {
          atMs: nowMs + ms,
          wake: () => {
            signal?.removeEventListener('abort', leave)
            resolve()
          },
        }
        signal?.addEventListener('abort', leave, { once: true })
        sleepers.push(sleeper)
        for (const watcher of watchers.splice(0)) watcher()
      }),
    sleeping: () =>
      sleepers.length > 0
        ? Promise.resolve()
        : new Promise((resolve) => {
            watchers.push(resolve)
          }),
    async advance(ms) {
      const untilMs = nowMs + ms
      for (;;) {
        await settle()
        const next = sleepers.filter((each) => each.atMs <= untilMs).sort((a, b) => a.atMs - b.atMs)[0]
        if (next === undefined) break
        nowMs = Math.max(nowMs, next.atMs)
        sleepers = sleepers.filter((each) => each !== next)
        next.wake()
      }
      nowMs = untilMs
      await settle()
      watchers = []
    },
  }
}
