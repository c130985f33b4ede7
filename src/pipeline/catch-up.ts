/** How far a receiver that works off the past has come with one of its sources. Milliseconds since the epoch. */
export interface CatchUp {
  /** Where reading started that has no earlier position. */
  readonly fromMs: number
  /** Up to here all is delivered. */
  readonly doneMs: number
  /** Up to here there is something to read. */
  readonly untilMs: number
  /** Records read since the catch-up began. */
  readonly records: number
}
