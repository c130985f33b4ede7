import type { RpcAction, RpcAnswer, RpcCall } from '../rpc/call.ts'
import { RawJson } from '../rpc/call.ts'
import { RpcFault } from '../rpc/fault.ts'
import type { CloudMonitorBehaviour } from './behaviour.ts'
import { cmsAction, invalidParameter } from './call-form.ts'
import { type Cell, gridOf, pageOf } from './grid.ts'
import type { MetricCallContext } from './metric-calls.ts'
import { keptPart, type MetricQuery, mandatory, readMetricQuery, readTime, wholeNumber } from './metric-query.ts'
import type { Series } from './series.ts'

const MAX_LENGTH = 10_000

/**
 * What a cursor remembers. An export goes in rounds: each gives the points that appeared (or, by measurement, whose
 * timestamps lie) between the end of the round before and its own.
 */
interface Cursor {
  readonly account: string
  readonly namespace: string
  readonly metric: string
  readonly period: string
  /** Included. */
  readonly startMs: number
  /** Included; null: for ever. */
  readonly endMs: number | null
  readonly matchers: readonly Matcher[]
  readonly madeMs: number
  /** Up to here everything was given; null: nothing yet. */
  readonly doneMs: number | null
  /** The round that was begun and not finished. */
  readonly round: { readonly untilMs: number; readonly index: number; readonly seriesCount: number } | null
}

interface Matcher {
  readonly Label: string
  readonly Value: string
}

/** Cursor and BatchExport (cloudmonitor.md 2). */
export function exportCalls({ points, behaviour, admit }: MetricCallContext): Readonly<Record<string, RpcAction>> {
  const action = (read: (call: RpcCall) => RpcAnswer) =>
    cmsAction(behaviour, {}, (call) => {
      if (!behaviour.exportActivated) {
        throw new RpcFault('AccessForbidden', 'Hybrid Cloud Monitoring is not activated for this account.', 403)
      }
      admit(call)
      return { Code: 200, ...read(call) }
    })
  return {
    Cursor: action((call) => {
      mandatory(call, 'Period')
      const { metric, periodMs } = readMetricQuery(call, points, behaviour, 'Metric')
      mandatory(call, 'StartTime')
      const startMs = readTime(call, 'StartTime') ?? 0
      const endMs = readTime(call, 'EndTime') ?? null
      if (endMs !== null && endMs <= startMs) throw invalidParameter('StartTime must be earlier than EndTime.')
      return {
        Cursor: writeCursor({
          account: call.accountId,
          namespace: metric.namespace,
          metric: metric.name,
          period: String(periodMs / 1000),
          startMs,
          endMs,
          matchers: readMatchers(call),
          madeMs: call.nowMs,
          doneMs: null,
          round: null,
        }),
      }
    }),
    BatchExport: action((call) => {
      const cursor = readCursor(call, behaviour)
      mandatory(call, 'Length')
      const length = wholeNumber(call, 'Length', MAX_LENGTH, 1, MAX_LENGTH)
      const parameters = new Map(call.parameters).set('Period', cursor.period)
      const query = readMetricQuery({ ...call, parameters }, points, behaviour, 'Metric', matcherOf(cursor.matchers))
      return nextBatch(query, behaviour, cursor, Math.max(1, Math.floor(length * behaviour.pageFill)))
    }),
  }
}

function nextBatch(query: MetricQuery, behaviour: CloudMonitorBehaviour, cursor: Cursor, length: number): RpcAnswer {
  const { call, points, metric, periodMs } = query
  const { nowMs } = call
  const isByArrival = behaviour.exportOrder === 'arrival'
  const { untilMs, index, seriesCount } = cursor.round ?? { untilMs: nowMs, index: 0, seriesCount: query.series.length }
  const doneMs = cursor.doneMs ?? Number.NEGATIVE_INFINITY
  const seenMs = ({ series, timestampMs }: Cell) => points.visibleAtMs(series, metric, timestampMs, periodMs)
  // By measurement a round knows only the points that were on time.
  const dueMs = (cell: Cell) => (isByArrival ? seenMs(cell) : points.dueMs(metric, cell.timestampMs, periodMs))

  // Of a point that appears now, the timestamp lies this far back at most.
  const reachMs = points.dueMs(metric, 0, periodMs) + points.longestDelayMs(metric, nowMs)
  const oldestMs = doneMs - reachMs - periodMs
  const window = { afterMs: Math.max(cursor.startMs - 1, oldestMs), untilMs: cursor.endMs ?? untilMs }
  const grid = gridOf(query, keptPart(window, periodMs, untilMs), seriesCount)
  const page = pageOf(grid, behaviour.order, index, length, (cell) => {
    if (!points.exists(cell.series, metric, cell.timestampMs, periodMs)) return false
    const at = dueMs(cell)
    return at > doneMs && at <= untilMs && seenMs(cell) <= untilMs
  })

  const isRoundOver = page.next === undefined
  const isEnded = isRoundOver && isAllSeen(query, cursor, untilMs)
  const following: Cursor = isRoundOver
    ? { ...cursor, madeMs: nowMs, doneMs: untilMs, round: null }
    : { ...cursor, madeMs: nowMs, round: { untilMs, index: page.next, seriesCount } }
  const measurements = readMeasurements(call)
  return {
    Cursor: isEnded ? null : writeCursor(following),
    HasNext: !isRoundOver,
    Length: page.cells.length,
    Anchor: untilMs,
    DataResults: new RawJson(
      `[${page.cells.map((cell) => resultText(query, cell, seenMs(cell), measurements)).join(',')}]`,
    ),
  }
}

/** Whether the export has an end, and nothing before it can appear any more. */
function isAllSeen(query: MetricQuery, { startMs, endMs }: Cursor, asOfMs: number): boolean {
  const { points, metric, periodMs } = query
  if (endMs === null || asOfMs < endMs + periodMs) return false
  const grid = gridOf(query, keptPart({ afterMs: startMs - 1, untilMs: endMs }, periodMs, asOfMs))
  const unseen = pageOf(
    grid,
    'by_series',
    0,
    1,
    ({ series, timestampMs }) =>
      points.exists(series, metric, timestampMs, periodMs) &&
      points.visibleAtMs(series, metric, timestampMs, periodMs) > asOfMs,
  )
  return unseen.cells.length === 0
}

function resultText({ points, metric, periodMs }: MetricQuery, cell: Cell, seenMs: number, wanted: readonly string[]) {
  const statistics = points
    .statistics(cell.series, metric, cell.timestampMs, periodMs)
    .filter(([name]) => wanted.length === 0 || wanted.includes(name))
  const isAggregated = periodMs / 1000 !== metric.periodsSeconds[0]
  return JSON.stringify({
    Namespace: metric.namespace,
    Metric: metric.name,
    Period: periodMs / 1000,
    Timestamp: cell.timestampMs,
    LogTime: isAggregated ? null : seenMs,
    Dimensions: cell.series.dimensions.map(([Label, Value]) => ({ Label, Value })),
    Measurements: Object.fromEntries(statistics),
    Associated: {},
  })
}

function readMatchers(call: RpcCall): Matcher[] {
  return jsonList(call, 'Matchers').map((matcher) => {
    const { Label, Operator, Value }: Readonly<Record<string, unknown>> = Object(matcher)
    if (typeof Label !== 'string' || typeof Value !== 'string' || Operator !== 'EQUALS') {
      throw invalidParameter('Matchers must be [{"Label":…,"Operator":"EQUALS","Value":…}].')
    }
    return { Label, Value }
  })
}

const matcherOf =
  (matchers: readonly Matcher[]) =>
  ({ dimensions }: Series): boolean =>
    matchers.every(({ Label, Value }) => dimensions.some(([name, value]) => name === Label && value === Value))

/** Names of statistics; none: all of them. */
function readMeasurements(call: RpcCall): string[] {
  return jsonList(call, 'Measurements').map(String)
}

/** @throws {RpcFault} ParameterInvalid */
function jsonList(call: RpcCall, name: string): unknown[] {
  const text = call.parameters.get(name) ?? ''
  if (text === '') return []
  try {
    const parsed: unknown = JSON.parse(text)
    if (Array.isArray(parsed)) return parsed
  } catch {
    // Told below, as is JSON of another form.
  }
  throw invalidParameter(`${name} must be a JSON list: ${text.slice(0, 200)}`)
}

function writeCursor(cursor: Cursor): string {
  return `v2.${Buffer.from(JSON.stringify(cursor)).toString('base64')}`
}

/** @throws {RpcFault} ParameterInvalid for one of another metric or account, one that is too old, or none of ours */
function readCursor(call: RpcCall, { cursorValidMs }: CloudMonitorBehaviour): Cursor {
  const text = mandatory(call, 'Cursor')
  let cursor: Cursor
  try {
    cursor = JSON.parse(Buffer.from(text.slice(3), 'base64').toString('utf8'))
  } catch {
    throw invalidParameter('Cursor is invalid.')
  }
  const isOfCall =
    text.startsWith('v2.') &&
    cursor.account === call.accountId &&
    cursor.namespace === mandatory(call, 'Namespace') &&
    cursor.metric === mandatory(call, 'Metric')
  if (!isOfCall) throw invalidParameter('Cursor is invalid.')
  if (call.nowMs - cursor.madeMs > cursorValidMs) throw invalidParameter('Cursor is expired.')
  return cursor
}
