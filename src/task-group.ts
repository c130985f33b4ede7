/**
 * Tasks that live and end together: the first one that fails stops the others. A failure after `stop` is the echo of
 * the stop and is not reported.
 */
export interface TaskGroup {
  /** Aborts when the outer signal does, or when a task failed. */
  readonly stop: AbortSignal
  start(task: (stop: AbortSignal) => Promise<void>): void
  /** Resolves when no task is left; rejects with the failure that stopped them. */
  ended(): Promise<void>
}

export function createTaskGroup(outer: AbortSignal): TaskGroup {
  const halt = new AbortController()
  const stop = AbortSignal.any([outer, halt.signal])
  const running = new Set<Promise<void>>()
  let failure: { error: unknown } | undefined

  return {
    stop,
    start(task) {
      const mine = task(stop)
        .catch((error) => {
          if (stop.aborted) return
          failure = { error }
          halt.abort(error)
        })
        .finally(() => running.delete(mine))
      running.add(mine)
    },
    async ended() {
      while (running.size > 0) await Promise.all(running)
      if (failure !== undefined) throw failure.error
    },
  }
}
