import type { StartAt } from '../config/start-at.ts'
import { ReceiverError } from '../errors.ts'
import type { ReceiverContext, RunSignals } from '../pipeline/component.ts'
import { untilSaved } from '../storage/until-saved.ts'
import { createTaskGroup } from '../task-group.ts'
import type { ReceiverMetrics } from '../telemetry/data-metrics.ts'
import type { SourceHealth } from '../telemetry/source-health.ts'
import {
  adaptedLimit,
  halvedLimit,
  lastReadable,
  nextWindow,
  positionFrom,
  type Window,
  type WindowLimits,
  type WindowPosition,
  withinRetention,
} from './next-window.ts'
import { encodePosition, oldestKept, parsePosition, startSecond } from './stored-position.ts'

/** Something that is asked for windows of time, such as the events of a region. */
export interface WindowSource {
  /** In status, log and the key of the position. */
  readonly name: string
  /** How far back it can be asked. */
  readonly retentionMs: number
  /** The time by its server's clock, milliseconds since the epoch. */
  now(): number
  /** Delivers all of a window. Resolves when everything is answered and remembered. */
  read(window: Window, signals: RunSignals): Promise<ReadWindow>
  /** Told where the source stands. Returns the keys of the store that are of no more use. */
  movedTo(position: WindowPosition): string[]
  /** Whether a shorter window may do after this failure, and whether to ask for it at once. */
  shortens(error: unknown): 'at_once' | 'after_pause' | 'no'
  /** Told after each window; `until` is the last second that could be read now. */
  progressed?(position: WindowPosition, until: number): void
  /** Told when there is nothing to read for now. */
  caughtUp?(position: WindowPosition): void
}

export interface ReadWindow {
  readonly pages: number
  /** Entries of the last page, for the store, where they are to be saved in one with the position. */
  readonly unsaved: readonly (readonly [key: string, value: string])[]
}

export interface FollowOptions {
  readonly settleDelayMs: number
  readonly overlapMs: number
  /** Pause once caught up. */
  readonly pollIntervalMs: number
  /** Windows begin with the first and stay within the limits; seconds. */
  readonly firstLimit: number
  readonly limits: WindowLimits
}

export interface FollowDeps extends Pick<ReceiverContext, 'log' | 'clock' | 'checkpoints' | 'once'> {
  readonly startAt: StartAt
  readonly health: SourceHealth
  readonly metrics: ReceiverMetrics
}

/** Pause after a failure that repeating alone does not cure: a missing right, a refused window, garbage. */
const slowRetryMs = 30_000
/** With `run --once`, failures in a row that repeating might cure. */
const maxFailuresOnce = 5
/** A server's clock is known to whole seconds, and a little behind. */
const clockToleranceMs = 5_000
export const positionKey = (source: string) => `position/${source}`

/**
 * Follows sources side by side, none of which stops another.
 * @throws when an exporter was told to stop the process; with `once`, when all others are done, what repeating does not cure
 */
export async function followAll(
  sources: readonly WindowSource[],
  options: FollowOptions,
  deps: FollowDeps,
  { stop, abandon }: RunSignals,
): Promise<void> {
  const tasks = createTaskGroup(stop)
  const failures: unknown[] = []
  for (const source of sources) {
    tasks.start(async (stopAll) => {
      try {
        await followWindows(source, options, deps, { stop: stopAll, abandon })
      } catch (error) {
        if (isFatal(error)) throw error
        failures.push(error)
      }
    })
  }
  await tasks.ended()
  if (failures.length > 0) throw failures[0]
}

/**
 * Follows a source until it is stopped; with `once`, up to what could be read when it began.
 * @throws when an exporter was told to stop the process; with `once`, also for what repeating does not cure
 */
async function followWindows(
  source: WindowSource,
  options: FollowOptions,
  deps: FollowDeps,
  { stop, abandon }: RunSignals,
): Promise<void> {
  const { clock, health, log, once } = deps
  const startedAtMs = clock.now()
  let position: WindowPosition | undefined
  /** The position is where `start_at` put it just now, and nothing was read since. */
  let isUnread = false
  let maxSeconds = options.firstLimit
  let failures = 0

  /** By the server's clock; with `once`, the time at which this began, by the same clock. */
  const nowMs = () => (once ? startedAtMs + source.now() - clock.now() : source.now())

  while (!stop.aborted) {
    let window: Window | undefined
    try {
      if (position === undefined) {
        const first = await firstPosition(source, deps, abandon)
        position = first.position
        isUnread = first.isNew
      }
      if (isUnread) position = await restated(source, position, startedAtMs, deps, abandon)
      position = keepWithinRetention(source, position, deps)
      window = nextWindow(position, nowMs(), { ...options, maxSeconds })
      if (window === undefined) {
        source.caughtUp?.(position)
        health.progressed(source.name, { caughtUp: true })
        if (once) return
        await clock.sleep(options.pollIntervalMs, stop)
        continue
      }
      health.behind(source.name)
      const { pages, unsaved } = await source.read(window, { stop, abandon })
      // The first answer may have shown that our clock is wrong, and the window too young: then it is read again.
      if (lastReadable(nowMs(), options) >= window.to) {
        position = window.after
        isUnread = false
      }
      await savePosition(source, position, unsaved, deps, abandon)
      maxSeconds = adaptedLimit(maxSeconds, pages, options.limits)
      failures = 0
      health.progressed(source.name, { caughtUp: false, deliveredUpToMs: position.done * 1000 })
      source.progressed?.(position, lastReadable(nowMs(), options))
    } catch (error) {
      if (stop.aborted) return
      if (isFatal(error)) throw error
      const shortens = source.shortens(error)
      if (window !== undefined && shortens !== 'no') {
        const wasShortest = maxSeconds === options.limits.min
        maxSeconds = halvedLimit(window.to - window.from, options.limits)
        log.info('The window is asked for in halves', { source: source.name, seconds: maxSeconds, err: error })
        if (!wasShortest && shortens === 'at_once') continue
      }
      failures++
      const isRetryable = error instanceof ReceiverError && error.retryable
      if (once && (!isRetryable || failures >= maxFailuresOnce)) throw error
      health.failed(source.name, error)
      await clock.sleep(slowRetryMs, stop).catch(() => {})
    }
  }
}

/** An exporter was told to stop the process. */
const isFatal = (error: unknown) => error instanceof ReceiverError && error.code === 'EXPORT_REJECTED'

/** The stored position; the first time, one where `start_at` says, which is saved before anything is read. */
async function firstPosition(
  source: WindowSource,
  deps: FollowDeps,
  abandon: AbortSignal,
): Promise<{ position: WindowPosition; isNew: boolean }> {
  const { checkpoints, startAt, log } = deps
  const stored = await checkpoints.load(positionKey(source.name))
  if (stored !== undefined) {
    const position = parsePosition(stored)
    source.movedTo(position)
    return { position, isNew: false }
  }
  const { second, isCut } = startSecond(startAt, source.now(), source.retentionMs)
  if (isCut) log.warn('start_at lies before what is kept; reading starts at the oldest', { source: source.name })
  const position = positionFrom(second)
  await savePosition(source, position, [], deps, abandon)
  return { position, isNew: true }
}

/**
 * Before the first answer only our clock is known. Where it runs ahead of the server's, `start_at` was taken too late and
 * would leave out as much: it is taken again, for the moment at which this began.
 */
async function restated(
  source: WindowSource,
  position: WindowPosition,
  startedAtMs: number,
  deps: FollowDeps,
  abandon: AbortSignal,
): Promise<WindowPosition> {
  const offsetMs = source.now() - deps.clock.now()
  if (offsetMs > -clockToleranceMs) return position
  const { second } = startSecond(deps.startAt, startedAtMs + offsetMs, source.retentionMs)
  if (second >= position.start) return position
  const earlier = positionFrom(second)
  await savePosition(source, earlier, [], deps, abandon)
  return earlier
}

/** Saves the position, and forgets what is of no more use. */
async function savePosition(
  source: WindowSource,
  position: WindowPosition,
  entries: ReadWindow['unsaved'],
  deps: FollowDeps,
  abandon: AbortSignal,
): Promise<void> {
  const { checkpoints } = deps
  await untilSaved(source.name, deps, abandon, () =>
    checkpoints.save([...entries, [positionKey(source.name), encodePosition(position)]]),
  )
  const expired = source.movedTo(position)
  if (expired.length === 0) return
  await untilSaved(source.name, deps, abandon, () => checkpoints.remove(expired))
}

function keepWithinRetention(source: WindowSource, position: WindowPosition, deps: FollowDeps): WindowPosition {
  const kept = withinRetention(position, oldestKept(source.now(), source.retentionMs))
  if (kept.lostSeconds > 0) {
    deps.metrics.expired()
    deps.log.error('Events expired before they were read; reading goes on at the oldest ones kept', {
      code: 'DATA_EXPIRED',
      source: source.name,
      lostSeconds: kept.lostSeconds,
    })
  }
  return kept.position
}
