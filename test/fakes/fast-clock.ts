import { type Clock, systemClock } from '../../src/clock.ts'

/** The real time, with waits cut to a part: for tests in which several real processes and servers wait for each other. */
export function createFastClock(timesFaster: number): Clock {
  return {
    now: systemClock.now,
    random: systemClock.random,
    sleep: (ms, signal) => systemClock.sleep(ms / timesFaster, signal),
  }
}
