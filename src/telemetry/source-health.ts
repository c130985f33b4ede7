import type { Clock } from '../clock.ts'
import { describeError } from '../errors.ts'
import type { SourceSeconds } from './data-metrics.ts'
import type { Log } from './log.ts'
import type { StatusReporter, StatusValue } from './status.ts'

/** What a receiver says of one of its sources (a shard, a region, a queue) when something of it was answered. */
export interface SourceProgress {
  /** All that there is to read is delivered. */
  readonly caughtUp: boolean
  /** The time up to which all is delivered, milliseconds since the epoch; absent where unknown. */
  readonly deliveredUpToMs?: number | undefined
}

/**
 * Keeps one receiver's sources apart: one that fails is named in the receiver's status and in one log line, while the
 * others go on; when none fails any more, the receiver is `ok`.
 */
export interface SourceHealth {
  failed(source: string, error: unknown): void
  /** Something may be there that is not delivered yet: from here on the source lags, until it progresses. */
  behind(source: string): void
  progressed(source: string, progress: SourceProgress): void
  /** The source answers; for those that are listed rather than read (a project, an API). */
  works(source: string): void
  /** The source is no longer read (finished, given away, excluded). */
  forget(source: string): void
  /** Seconds between now and the time up to which each source is delivered; 0 when caught up. */
  lags(): SourceSeconds[]
  /** Seconds since something of each source was delivered, or there was nothing to deliver. */
  sinceProgress(): SourceSeconds[]
}

interface Source {
  failure: string | undefined
  caughtUp: boolean
  deliveredUpToMs: number | undefined
  /** When it last progressed, or began; absent for what is never read from. */
  progressAtMs: number | undefined
}

export function createSourceHealth(status: StatusReporter, log: Log, clock: Clock): SourceHealth {
  const sources = new Map<string, Source>()
  let hasReported = false

  status.details(() => ({
    sources: [...sources.values()].filter((it) => it.progressAtMs !== undefined).length,
    caught_up: [...sources.values()].filter((it) => it.caughtUp).length,
    failing: Object.fromEntries(failing().map(([name, { failure = '' }]) => [name, failure] as [string, StatusValue])),
  }))

  const failing = () => [...sources].filter(([, it]) => it.failure !== undefined)

  function report(): void {
    hasReported = true
    const [first, ...others] = failing()
    if (first === undefined) {
      status.set('ok')
      return
    }
    const [name, { failure }] = first
    status.set('recoverable_error', `${name}: ${failure}${others.length > 0 ? ` (and ${others.length} more)` : ''}`)
  }

  function source(name: string): Source {
    let found = sources.get(name)
    if (found === undefined) {
      found = { failure: undefined, caughtUp: false, deliveredUpToMs: undefined, progressAtMs: undefined }
      sources.set(name, found)
    }
    return found
  }

  function recover(name: string): Source {
    const it = source(name)
    const recovered = it.failure !== undefined
    it.failure = undefined
    if (recovered) log.info('Source works again', { source: name })
    // Called for every page: the status is told only where this could change it.
    if (recovered || !hasReported) report()
    return it
  }

  return {
    failed(name, error) {
      const it = source(name)
      const isNew = it.failure === undefined
      it.failure = describeError(error)
      it.caughtUp = false
      if (isNew) log.warn('Source fails, will retry', { source: name, err: error })
      report()
    },
    behind(name) {
      const it = source(name)
      it.caughtUp = false
      it.progressAtMs ??= clock.now()
    },
    progressed(name, { caughtUp, deliveredUpToMs }) {
      const it = recover(name)
      it.caughtUp = caughtUp
      it.progressAtMs = clock.now()
      // Caught up means up to now, however old the newest record is.
      it.deliveredUpToMs = caughtUp ? it.progressAtMs : (deliveredUpToMs ?? it.deliveredUpToMs)
    },
    works: (name) => void recover(name),
    forget(name) {
      const known = sources.get(name)
      sources.delete(name)
      if (known?.failure !== undefined) report()
    },
    sinceProgress() {
      const now = clock.now()
      return [...sources].flatMap(([name, { progressAtMs }]) =>
        progressAtMs === undefined ? [] : [{ seconds: (now - progressAtMs) / 1000, attributes: { source: name } }],
      )
    },
    lags() {
      const now = clock.now()
      return [...sources].flatMap(([name, it]) => {
        const upToMs = it.deliveredUpToMs ?? it.progressAtMs
        if (upToMs === undefined) return []
        return [{ seconds: it.caughtUp ? 0 : Math.max(0, (now - upToMs) / 1000), attributes: { source: name } }]
      })
    },
  }
}
