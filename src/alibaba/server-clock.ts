import type { Clock } from '../clock.ts'
import type { Log } from '../telemetry/log.ts'

export interface ServerClock {
  /** The time by the server's clock where that is known to differ from ours, milliseconds since the epoch. */
  now(): number
  /** Takes over what an answer says the server's time is, milliseconds since the epoch. */
  correct(serverTimeMs: number): void
}

/**
 * What a server tells has whole seconds and took its time to come here, and several calls find out at the same time; so a
 * smaller difference says nothing.
 */
const TOLERANCE_MS = 5_000

/** The clock that requests are dated by: a server refuses them when theirs is some minutes off. */
export function createServerClock(clock: Clock, log: Log): ServerClock {
  /** The server's clock minus ours. */
  let offsetMs = 0
  const now = () => clock.now() + offsetMs

  return {
    now,
    correct(serverTimeMs) {
      if (Math.abs(serverTimeMs - now()) <= TOLERANCE_MS) return
      offsetMs = serverTimeMs - clock.now()
      log.warn('The clock of this machine differs from the server’s; the server’s counts', { offsetMs })
    },
  }
}
