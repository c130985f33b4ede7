import type { StartAt } from '../config/start-at.ts'
import { ReceiverError } from '../errors.ts'
import type { ReceiverContext, RunSignals } from '../pipeline/component.ts'
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
  /** Delivers all of a window. Resolves with the number of pages when everything is answered and remembered. */
  read(window: Window): Promise<number>
  /** Told where the source stands. Returns the keys of the store that are of no more use. */
  movedTo(position: WindowPosition): string[]
  /** Whether a shorter window may do after this failure. */
  isTooMuch(error: unknown): boolean
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
const saveRetryMs = 2_000
/** With `run --once`, failures in a row that repeating might cure. */
const maxFailuresOnce = 5
export const positionKey = (source: string) => `position/${source}`

/**
 * Follows a source until it is stopped; with `once`, up to what could be read when it began.
 * @throws when an exporter was told to stop the process; with `once`, also for what repeating does not cure
 */
export async function followWindows(
  source: WindowSource,
  options: FollowOptions,
  deps: FollowDeps,
  { stop, abandon }: RunSignals,
): Promise<void> {
  const { clock, health, log, once } = deps
  const startedAtMs = clock.now()
  let position = await firstPosition(source, deps, abandon)
  let maxSeconds = options.firstLimit
  let failures = 0

  /** By the server's clock; with `once`, the time at which this began, by the same clock. */
  const nowMs = () => (once ? startedAtMs + source.now() - clock.now() : source.now())

  while (!stop.aborted) {
    position = keepWithinRetention(source, position, deps)
    const window = nextWindow(position, nowMs(), { ...options, maxSeconds })
    try {
      if (window === undefined) {
        health.progressed(source.name, { caughtUp: true })
        if (once) return
        await clock.sleep(options.pollIntervalMs, stop)
        continue
      }
      health.behind(source.name)
      const pages = await source.read(window)
      // The first answer may have shown that our clock is wrong, and the window too young.
      if (lastReadable(nowMs(), options) < window.to) continue
      position = window.after
      await savePosition(source, position, deps, abandon)
      maxSeconds = adaptedLimit(maxSeconds, pages, options.limits)
      failures = 0
      health.progressed(source.name, { caughtUp: false, deliveredUpToMs: position.done * 1000 })
    } catch (error) {
      if (stop.aborted) return
      if (error instanceof ReceiverError && error.code === 'EXPORT_REJECTED') throw error
      if (window !== undefined && source.isTooMuch(error)) {
        maxSeconds = halvedLimit(window.to - window.from, options.limits)
        log.info('The window is asked for in halves', { source: source.name, seconds: maxSeconds, err: error })
      }
      failures++
      const isRetryable = error instanceof ReceiverError && error.retryable
      if (once && (!isRetryable || failures >= maxFailuresOnce)) throw error
      health.failed(source.name, error)
      await clock.sleep(slowRetryMs, stop).catch(() => {})
    }
  }
}

/** The stored position; the first time, one where `start_at` says, which is saved before anything is read. */
async function firstPosition(source: WindowSource, deps: FollowDeps, abandon: AbortSignal): Promise<WindowPosition> {
  const { checkpoints, startAt, log } = deps
  const stored = await checkpoints.load(positionKey(source.name))
  if (stored !== undefined) {
    const position = parsePosition(stored)
    source.movedTo(position)
    return position
  }
  const { second, isCut } = startSecond(startAt, source.now(), source.retentionMs)
  if (isCut) log.warn('start_at lies before what is kept; reading starts at the oldest', { source: source.name })
  const position = positionFrom(second)
  await savePosition(source, position, deps, abandon)
  return position
}

/** Saves the position, and forgets what is of no more use. A store that fails holds the position back, not the process. */
async function savePosition(
  source: WindowSource,
  position: WindowPosition,
  { checkpoints, health, clock }: FollowDeps,
  abandon: AbortSignal,
): Promise<void> {
  await untilSaved(source.name, { health, clock }, abandon, () =>
    checkpoints.save([[positionKey(source.name), encodePosition(position)]]),
  )
  const expired = source.movedTo(position)
  if (expired.length === 0) return
  await untilSaved(source.name, { health, clock }, abandon, () => checkpoints.remove(expired))
}

/** Repeats what saves something until it works; rejects only when `abandon` aborts. */
export async function untilSaved(
  source: string,
  { health, clock }: Pick<FollowDeps, 'health' | 'clock'>,
  abandon: AbortSignal,
  save: () => Promise<void>,
): Promise<void> {
  for (;;) {
    try {
      return await save()
    } catch (error) {
      health.failed(source, error)
      await clock.sleep(saveRetryMs, abandon)
    }
  }
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
