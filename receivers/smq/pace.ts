/** Polls of one queue at a time that `polls: auto` goes up to. */
const maxAutoPolls = 8
const minExpectedBytes = 4 * 1024
const firstEarlyPauseMs = 1_000
const longestEarlyPauseMs = 30_000

/** How many polls of a queue there may be, and how many there are at least. */
export function pollLimits(polls: 'auto' | number): { readonly least: number; readonly most: number } {
  return polls === 'auto' ? { least: 1, most: maxAutoPolls } : { least: polls, most: polls }
}

/**
 * How many polls a queue wants once one of them was answered: one more while batches come full, and one fewer when one did
 * not, so that a quiet queue is asked by one connection (smq.md section 8).
 */
export function pollsWanted(running: number, isFull: boolean, { least, most }: ReturnType<typeof pollLimits>): number {
  return Math.min(most, Math.max(least, isFull ? running + 1 : running - 1))
}

/**
 * The pause after an empty answer. One that came much earlier than the wait means that the service holds too many polls
 * already; asked again at once, it would answer so without end, and bill it (smq.md section 8).
 *
 * @param earlyAnswers empty answers in a row that came early, this one included; 0 when it hung
 */
export function earlyPauseMs(earlyAnswers: number): number {
  return earlyAnswers === 0 ? 0 : Math.min(longestEarlyPauseMs, firstEarlyPauseMs * 2 ** (earlyAnswers - 1))
}

/** True for an answer that came long before the wait was over; without a wait every answer does. */
export const isEarly = (tookMs: number, waitSeconds: number) => tookMs < (waitSeconds * 1000) / 2

/** What the next batch is expected to take, from what the last ones took; bytes. */
export function nextExpectedBytes(expected: number, actual: number): number {
  return Math.max(minExpectedBytes, Math.ceil((3 * expected + actual) / 4))
}
