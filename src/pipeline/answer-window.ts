/**
 * Several deliveries in flight over one source, with the position at the oldest unanswered one: `remember` of a
 * delivery runs only after all deliveries before it are answered and remembered.
 */
export interface AnswerWindow {
  /** Adds a delivery. `remember` saves the position behind it. */
  add(answered: Promise<unknown>, remember: () => Promise<void>): void
  /** Resolves when fewer than `max` deliveries are unremembered; rejects as `settled` does. */
  room(max: number): Promise<void>
  /** Resolves when all are remembered; rejects with the first failure, behind which nothing was remembered. */
  settled(): Promise<void>
  readonly size: number
}

export function createAnswerWindow(): AnswerWindow {
  let tail: Promise<void> = Promise.resolve()
  const open: Promise<void>[] = []
  let failed = false

  return {
    get size() {
      return open.length
    },
    add(answered, remember) {
      const before = tail
      // Both are awaited together, so that a failure of `answered` is never an unhandled rejection.
      tail = Promise.all([before, answered]).then(remember)
      const mine = tail
      open.push(mine)
      mine.then(
        () => open.splice(open.indexOf(mine), 1),
        () => {
          failed = true
        },
      )
    },
    async room(max) {
      // A failed delivery stays in the list, so the oldest one left is the one that failed.
      while (open.length >= max || failed) await open[0]
    },
    settled: () => tail,
  }
}
