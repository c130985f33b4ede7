import type { Log } from '../../src/telemetry/log.ts'

/** What happened in a region since its line before. */
export interface Cycle {
  readonly startedAtMs: number
  readonly callsBefore: number
  /** Events that the API gave. */
  received: number
  /** Of these, the ones that were delivered before. */
  duplicates: number
  /** Records that were handed to the pipelines: new events, and findings. */
  sent: number
}

/** @param callsBefore calls of the region so far, of which the line is to tell the difference */
export function startCycle(nowMs: number, callsBefore: number): Cycle {
  return { startedAtMs: nowMs, callsBefore, received: 0, duplicates: 0, sent: 0 }
}

/** One line when a region is caught up, and one each `poll_interval` for as long as it is not. */
export function reportCycle(
  log: Log,
  message: string,
  region: string,
  { startedAtMs, callsBefore, received, duplicates, sent }: Cycle,
  doneUnixSeconds: number,
  nowMs: number,
  callsNow: number,
): void {
  const seconds = Math.max(0.001, (nowMs - startedAtMs) / 1000)
  log.info(message, {
    region,
    requests: callsNow - callsBefore,
    received,
    duplicates,
    sent,
    recordsPerSecond: Math.round((sent / seconds) * 10) / 10,
    seconds: Math.round(seconds * 10) / 10,
    upTo: new Date(doneUnixSeconds * 1000).toISOString(),
  })
}
