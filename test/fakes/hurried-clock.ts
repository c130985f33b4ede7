import { type Clock, systemClock } from '../../src/clock.ts'

/**
 * A clock of its own that runs so many times faster than the real time, for both waits and what it shows. For tests in
 * which servers and a receiver go on by themselves, and which want hours of it.
 */
export function createHurriedClock(startMs: number, timesFaster: number): Clock {
  const realStartMs = performance.now()
  return {
    now: () => startMs + Math.floor((performance.now() - realStartMs) * timesFaster),
    random: () => 0.5,
    sleep: (ms, signal) => systemClock.sleep(ms / timesFaster, signal),
  }
}
