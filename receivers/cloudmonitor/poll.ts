import type { CmsClient, CmsPoint, ExportPage } from '../../src/alibaba/cms/client.ts'
import { isCursorRefused } from '../../src/alibaba/cms/errors.ts'
import { RpcError } from '../../src/alibaba/rpc/errors.ts'
import type { Clock } from '../../src/clock.ts'
import type { ReceiverContext } from '../../src/pipeline/component.ts'
import type { Outlet } from '../../src/pipeline/outlet.ts'
import type { Payload } from '../../src/pipeline/payload.ts'
import type { ReceiverMetrics } from '../../src/telemetry/data-metrics.ts'
import type { Log } from '../../src/telemetry/log.ts'
import type { SourceHealth } from '../../src/telemetry/source-health.ts'
import { type Conversion, convertPage } from './convert.ts'
import type { PageEncoder } from './encode-page.ts'
import type { QueryState } from './query-state.ts'
import type { MetricQuery } from './selection.ts'
import {
  dueEndMs,
  lookBackMs,
  nextWindows,
  type Position,
  periodNumber,
  resume,
  type Window,
  type WindowOptions,
} from './windows.ts'

const saveRetryMs = 5_000
/** A series of which nothing came for so long is forgotten. */
const DAY_MS = 86_400_000

/** One metric of one endpoint, with all that is needed to read it. */
export interface FollowedMetric {
  /** `cn-hangzhou/acs_ecs_dashboard/CPUUtilization/60`, for logs, status and the store. */
  readonly source: string
  readonly query: MetricQuery
  readonly client: CmsClient
  readonly state: QueryState & { position: Position }
  readonly conversion: Conversion
  readonly windows: WindowOptions
  /** What a poll gives for each period, for estimates; those that a filter leaves out are paid for too. */
  seriesSeen: number
  /** Where reading began in this run, milliseconds since the epoch. */
  readonly startedAtMs: number
  pointsRead: number
}

/** What all metrics of a receiver share. */
export interface PollDeps {
  readonly outlets: readonly Outlet[]
  /** One for each outlet. */
  readonly encoders: readonly PageEncoder[]
  readonly metrics: ReceiverMetrics
  readonly health: SourceHealth
  readonly clock: Clock
  readonly log: Log
  /** Told of each page that was read. */
  readonly onPage: (points: number) => void
  /** While this says why, nothing may be exported: a filter waits for the inventory. */
  readonly heldBack: () => Error | undefined
  readonly reportCatchUp: ReceiverContext['reportCatchUp']
  readonly abandon: AbortSignal
}

/**
 * Reads all that is due of one metric, window by window: fetch, convert, deliver, remember. A failure leaves the position
 * where it was; what was delivered until then is marked and does not come again.
 *
 * @returns how many points were read
 */
export async function pollWindows(metric: FollowedMetric, deps: PollDeps, stop: AbortSignal): Promise<number> {
  const { state, windows, source } = metric
  const nowMs = deps.clock.now()
  passOverExpired(metric, nowMs, deps)
  let points = 0
  let periods = 0
  for (const window of nextWindows(state.position, nowMs, windows)) {
    periods += (window.endMs - window.startMs) / windows.periodMs
    let pointsOfWindow = 0
    const tokens = new Set<string>()
    for (let nextToken: string | undefined; ; ) {
      const held = deps.heldBack()
      if (held !== undefined) throw held
      const page = await readPage(metric, window, nextToken, deps, stop)
      pointsOfWindow += page.points
      await deliver(page.payloads, deps)
      nextToken = page.nextToken
      if (nextToken === undefined) break
      if (tokens.has(nextToken)) {
        throw new RpcError('bad_response', `The pages of ${source} go in a circle: NextToken came twice`)
      }
      tokens.add(nextToken)
      await remember(() => state.savePage(), source, deps)
    }
    moveTo(metric, { ...state.position, lastEndMs: window.endMs })
    await remember(() => state.saveWindow(), source, deps)
    deps.health.progressed(source, { caughtUp: false, deliveredUpToMs: window.endMs })
    points += pointsOfWindow
    metric.pointsRead += pointsOfWindow
    const untilMs = dueEndMs(nowMs, windows)
    deps.reportCatchUp(source, {
      fromMs: metric.startedAtMs,
      doneMs: window.endMs,
      untilMs,
      records: metric.pointsRead,
    })
  }
  deps.health.progressed(source, { caughtUp: true })
  if (points > 0) metric.seriesSeen = Math.round(points / periods)
  return points
}

/**
 * Reads all that a bulk export has at the moment: fetch, convert, deliver, remember. The cursor is the position; where the
 * server does not take it any more, a new one begins where a window would, by the hold-back before the newest point.
 *
 * @returns how many points were read
 */
export async function pollExport(metric: FollowedMetric, deps: PollDeps, stop: AbortSignal): Promise<number> {
  const { state, windows, source } = metric
  let points = 0
  for (let hasNext = true; hasNext; ) {
    const held = deps.heldBack()
    if (held !== undefined) throw held
    const page = await readExport(metric, deps, stop)
    points += page.points
    await deliver(page.payloads, deps)
    state.cursor = page.cursor
    // As with windows, what is older than the hold-back is complete: a new cursor must find what is late still.
    const endMs = dueEndMs(page.newestMs, windows)
    if (endMs > state.position.lastEndMs) state.position = { ...state.position, lastEndMs: endMs }
    await remember(() => state.savePage(), source, deps)
    hasNext = page.hasNext && page.cursor !== undefined
  }
  if (points > 0) {
    metric.seriesSeen = state.marks.size
    moveTo(metric, state.position)
    await remember(() => state.saveWindow(), source, deps)
  }
  deps.health.progressed(source, { caughtUp: true })
  return points
}

/** A page, converted and encoded for each outlet. Its points are many objects, which need not live until it is answered. */
interface ReadPage {
  readonly payloads: readonly (readonly Payload[])[]
  readonly points: number
}

/** Fetches and converts one page of a window. */
async function readPage(
  metric: FollowedMetric,
  window: Window,
  nextToken: string | undefined,
  deps: PollDeps,
  stop: AbortSignal,
): Promise<ReadPage & { readonly nextToken: string | undefined }> {
  const page = await metric.client.listMetric({ ...requestOf(metric), ...window, nextToken }, stop)
  return { ...encodePage(page.points, window, metric, deps), nextToken: page.nextToken }
}

/** Fetches and converts what comes next of an export. */
async function readExport(metric: FollowedMetric, deps: PollDeps, stop: AbortSignal) {
  const { cursor, hasNext, points } = await exportNext(metric, deps, stop)
  // Whether the start of an export belongs to it is not known; what lies up to it was sent before, or not wanted.
  const sinceCursor = { startMs: metric.state.position.floorMs, endMs: Number.POSITIVE_INFINITY }
  const newestMs = newestOf(points)
  if (newestMs > 0) makeRoomFor(newestMs, metric)
  return { ...encodePage(points, sinceCursor, metric, deps), newestMs, cursor, hasNext }
}

function encodePage(points: readonly CmsPoint[], window: Window, metric: FollowedMetric, deps: PollDeps): ReadPage {
  const { groups, repeats, malformed, filtered } = convertPage(points, window, metric.conversion)
  deps.onPage(points.length)
  deps.metrics.duplicatesDropped(repeats)
  deps.metrics.malformed(malformed)
  deps.metrics.filtered(filtered)
  return { payloads: deps.encoders.map((encoder) => encoder.encode(groups, metric.query)), points: points.length }
}

/** The next page behind the cursor; where that is refused, behind a new one. A new one that is refused is a failure. */
async function exportNext(metric: FollowedMetric, { log }: PollDeps, stop: AbortSignal): Promise<ExportPage> {
  const { state, windows, source, client } = metric
  const request = requestOf(metric)
  if (state.cursor !== undefined) {
    try {
      return await client.exportBatch({ ...request, cursor: state.cursor }, stop)
    } catch (error) {
      if (!isCursorRefused(error)) throw error
      log.warn('The cursor of a bulk export is refused; a new one begins where points may still be late', {
        source,
        err: error,
      })
    }
  }
  const startMs = lookBackMs(state.position, windows)
  state.cursor = await client.openCursor({ ...request, startMs }, stop)
  state.position = { ...state.position, floorMs: startMs }
  return await client.exportBatch({ ...request, cursor: state.cursor }, stop)
}

const requestOf = ({ query: { namespace, metric, periodSeconds } }: FollowedMetric) => ({
  namespace: namespace.namespace,
  metric: metric.name,
  periodSeconds,
})

/** While running, only what CloudMonitor does not keep any more is passed over. */
function passOverExpired(metric: FollowedMetric, nowMs: number, { log, metrics }: PollDeps): void {
  const { state, windows, source } = metric
  const { position, skipped } = resume(state.position, nowMs, Number.POSITIVE_INFINITY, windows)
  if (skipped === undefined) return
  moveTo(metric, position)
  metrics.expired()
  reportSkipped('CloudMonitor does not keep points any more that were not read', source, skipped, log)
}

export function reportSkipped(message: string, source: string, { startMs, endMs }: Window, log: Log): void {
  log.warn(message, { source, after: new Date(startMs).toISOString(), until: new Date(endMs).toISOString() })
}

/** Goes on from a position, and forgets the marks of periods that are never asked for again. */
export function moveTo({ state, windows }: Pick<FollowedMetric, 'state' | 'windows'>, position: Position): void {
  const { periodMs } = windows
  state.position = position
  const base = periodNumber(lookBackMs(position, windows), periodMs)
  state.marks.advance(base, periodNumber(position.lastEndMs - DAY_MS, periodMs))
}

function makeRoomFor(newestMs: number, { state, windows: { periodMs } }: FollowedMetric): void {
  state.marks.makeRoomFor(periodNumber(newestMs, periodMs), periodNumber(newestMs - DAY_MS, periodMs))
}

function newestOf(points: readonly CmsPoint[]): number {
  let newestMs = 0
  for (const { timestamp } of points) {
    const timeMs = Number(timestamp)
    if (timeMs > newestMs) newestMs = timeMs
  }
  return newestMs
}

/**
 * Resolves when every backend behind every outlet has answered.
 * @param payloads of each outlet
 */
export async function deliver(
  payloads: readonly (readonly Payload[])[],
  { outlets, metrics }: Pick<PollDeps, 'outlets' | 'metrics'>,
): Promise<void> {
  const items = (payloads[0] ?? []).reduce((sum, payload) => sum + payload.items, 0)
  try {
    await Promise.all(outlets.flatMap((outlet, index) => (payloads[index] ?? []).map((each) => outlet.deliver(each))))
    metrics.accepted('metrics', items)
  } catch (error) {
    // Given up at shutdown, or refused with `on_rejected: stop`. The position stays, so they will be read again.
    metrics.refused('metrics', items)
    throw error
  }
}

/** A store that fails holds the position back, not the process. */
async function remember(
  save: () => Promise<void>,
  source: string,
  { health, clock, abandon }: PollDeps,
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
