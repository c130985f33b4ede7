import { maxVisibilitySeconds } from '../../src/alibaba/smq/types.ts'

/** The queue's default (smq.md section 8), for messages that do not tell. */
const defaultHiddenMs = 30_000
const firstLeaveSeconds = 60

/**
 * For how long a message that just came stays hidden, milliseconds. Both times are the server's, so this machine's clock
 * does not matter.
 */
export function hiddenMs(nextVisibleTimeMs: number | undefined, serverTimeMs: number | undefined): number {
  if (nextVisibleTimeMs === undefined || serverTimeMs === undefined) return defaultHiddenMs
  const leftMs = nextVisibleTimeMs - serverTimeMs
  return leftMs > 0 && leftMs <= maxVisibilitySeconds * 1000 ? leftMs : defaultHiddenMs
}

/** For how long a message is hidden that is left alone: twice as long at each delivery, so that it never comes in a loop. */
export function leaveSeconds(deliveriesTooMany: number): number {
  return Math.min(maxVisibilitySeconds, firstLeaveSeconds * 2 ** Math.min(20, Math.max(0, deliveriesTooMany - 1)))
}
