import type { Clock } from '../src/clock.ts'

/** The time inside the simulator: a clock underneath plus what `advance` added. Everything expires and is stamped by it. */
export class SimulatorClock {
  readonly #base: Clock
  #shiftMs = 0

  constructor(base: Clock) {
    this.#base = base
  }

  /** Milliseconds since the epoch. */
  now(): number {
    return this.#base.now() + this.#shiftMs
  }

  /** Moves the simulator's time; waits that are under way keep their length. */
  advance(ms: number): void {
    this.#shiftMs += ms
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return this.#base.sleep(ms, signal)
  }
}
