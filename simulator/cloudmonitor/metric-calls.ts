import { createHash } from 'node:crypto'
import { effectOf } from '../faults.ts'
import type { RpcAction, RpcAnswer, RpcCall } from '../rpc/call.ts'
import type { CloudMonitorBehaviour } from './behaviour.ts'
import { cmsAction, invalidParameter } from './call-form.ts'
import { type Cell, gridOf, isVisible, pageOf } from './grid.ts'
import {
  keptPart,
  type MetricQuery,
  mandatory,
  readMetricQuery,
  readTime,
  readWindow,
  type Window,
  wholeNumber,
} from './metric-query.ts'
import type { Points, Statistics } from './points.ts'
import type { Series } from './series.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS
const DEFAULT_LENGTH = 1000
const MAX_LENGTH = 1440
const MAX_WINDOW_MS = 31 * DAY_MS
/** The reference does not tell what a query without times means. */
const DEFAULT_WINDOW_MS = HOUR_MS

export interface MetricCallContext {
  readonly points: Points
  readonly behaviour: CloudMonitorBehaviour
  /** Counts a call against the limits of its account. @throws {RpcFault} */
  readonly admit: (call: RpcCall) => void
}

/** DescribeMetricList, …Last, …Data and …Top (cloudmonitor.md 1.4 to 1.6). */
export function metricCalls(context: MetricCallContext): Readonly<Record<string, RpcAction>> {
  const { points, behaviour, admit } = context
  const action = (read: (query: MetricQuery, behaviour: CloudMonitorBehaviour) => RpcAnswer) =>
    cmsAction(behaviour, { Datapoints: '', NextToken: '', Period: '' }, (call) => {
      admit(call)
      return read(readMetricQuery(call, points, behaviour, 'MetricName'), behaviour)
    })
  return {
    DescribeMetricList: action(list),
    DescribeMetricLast: action(last),
    DescribeMetricData: action(data),
    DescribeMetricTop: action(top),
  }
}

function list(query: MetricQuery, behaviour: CloudMonitorBehaviour): RpcAnswer {
  const { call, points, metric, periodMs } = query
  const place = readPlace(query)
  if (place.index === 0) points.countQuery(metric, call.nowMs)
  const { asOfMs } = place
  const window = keptPart(readWindow(call, asOfMs, DEFAULT_WINDOW_MS, MAX_WINDOW_MS), periodMs, asOfMs)
  const length = readLength(call, behaviour)
  const grouping = readGrouping(call)
  if (grouping !== undefined)
    return sliceAnswer(query, behaviour, place, length, grouped(query, window, grouping, asOfMs))
  const { cells, next } = pageOf(
    gridOf(query, window, place.seriesCount),
    behaviour.order,
    place.index,
    length,
    (cell) => isVisible(query, cell, asOfMs),
  )
  const texts = cells.map((cell) => pointText(cell.series.json, cell.timestampMs, statisticsAt(query, cell)))
  return pageAnswer(query, behaviour, place, texts, next)
}

/** The latest point of each series that is not too old (cloudmonitor.md 1.5). */
function last(query: MetricQuery, behaviour: CloudMonitorBehaviour): RpcAnswer {
  const { call, points, metric, periodMs } = query
  const place = readPlace(query)
  if (place.index === 0) points.countQuery(metric, call.nowMs)
  const { asOfMs } = place
  const untilMs = readTime(call, 'EndTime') ?? asOfMs
  const startMs = readTime(call, 'StartTime') ?? Number.POSITIVE_INFINITY
  const afterMs = Math.min(startMs, untilMs - lookBackMs(periodMs))
  const cells = newestCells(query, keptPart({ afterMs, untilMs }, periodMs, asOfMs), asOfMs, place.seriesCount)
  const rows = cells.map((cell) => () => pointText(cell.series.json, cell.timestampMs, statisticsAt(query, cell)))
  return sliceAnswer(query, behaviour, place, readLength(call, behaviour), rows)
}

/** Aggregated over the whole account, unless the call tells instances or what to group by. */
function data(query: MetricQuery): RpcAnswer {
  const { call } = query
  const window = shortWindow(query)
  const isOfInstances = (call.parameters.get('Dimensions') ?? '') !== ''
  const rows = grouped(query, window, readGrouping(call) ?? (isOfInstances ? undefined : ['userId']), call.nowMs)
  return unpaged(
    query,
    rows.map((row) => row()),
  )
}

/** The series with the highest or lowest values, each with its newest point. */
function top(query: MetricQuery): RpcAnswer {
  const { call } = query
  const orderBy = mandatory(call, 'Orderby')
  const isAscending = /^true$/i.test(call.parameters.get('OrderDesc') ?? '')
  const length = wholeNumber(call, 'Length', 10, 1, MAX_LENGTH)
  const ranked = newestCells(query, shortWindow(query), call.nowMs)
    .map((cell) => {
      const statistics = statisticsAt(query, cell)
      return { cell, statistics, rank: statistics.find(([name]) => name === orderBy)?.[1] }
    })
    .filter((row): row is typeof row & { rank: number } => typeof row.rank === 'number')
    .toSorted((a, b) => (isAscending ? a.rank - b.rank : b.rank - a.rank))
    .slice(0, length)
  return unpaged(
    query,
    ranked.map(({ cell, statistics }, index) =>
      pointText(cell.series.json, cell.timestampMs, [...statistics, ['order', index + 1], ['_count', 1]]),
    ),
  )
}

const unpaged = ({ periodMs }: MetricQuery, texts: readonly string[]): RpcAnswer => ({
  Success: undefined,
  Period: String(periodMs / 1000),
  Datapoints: `[${texts.join(',')}]`,
})

/** The window of Data and Top: the last period by default, and never longer than the API looks back. */
function shortWindow({ call, periodMs }: MetricQuery): Window {
  const lastEndMs = Math.floor(call.nowMs / periodMs) * periodMs
  const window = readWindow(call, lastEndMs, 2 * periodMs, Number.POSITIVE_INFINITY)
  const afterMs = Math.max(window.afterMs, window.untilMs - lookBackMs(periodMs))
  return keptPart({ ...window, afterMs }, periodMs, call.nowMs)
}

function lookBackMs(periodMs: number): number {
  if (periodMs < MINUTE_MS) return 20 * MINUTE_MS
  return periodMs < HOUR_MS ? 2 * HOUR_MS : 2 * DAY_MS
}

function newestCells(query: MetricQuery, window: Window, asOfMs: number, seriesCount?: number): Cell[] {
  const { series, firstMs, times } = gridOf(query, window, seriesCount)
  return series.flatMap((each) => {
    for (let at = times - 1; at >= 0; at--) {
      const cell = { series: each, timestampMs: firstMs + at * query.periodMs }
      if (isVisible(query, cell, asOfMs)) return [cell]
    }
    return []
  })
}

function statisticsAt({ points, metric, periodMs }: MetricQuery, { series, timestampMs }: Cell): Statistics {
  return points.statistics(series, metric, timestampMs, periodMs)
}

function pointText(dimensionsJson: string, timestampMs: number, statistics: Statistics): string {
  const values = statistics.map(([name, value]) => `,${JSON.stringify(name)}:${value === '' ? '""' : value}`)
  return `{"timestamp":${timestampMs}${dimensionsJson === '' ? '' : ','}${dimensionsJson}${values.join('')}}`
}

/** The dimensions that `Express` keeps. @throws {RpcFault} ParameterInvalid */
function readGrouping({ parameters }: RpcCall): readonly string[] | undefined {
  const text = parameters.get('Express') ?? ''
  if (text === '') return undefined
  try {
    const { groupby }: { groupby?: unknown } = JSON.parse(text)
    if (Array.isArray(groupby) && groupby.every((name) => typeof name === 'string')) return groupby
  } catch {
    // Told below, as is JSON of another form.
  }
  throw invalidParameter(`Express must be {"groupby":[…]}: ${text.slice(0, 200)}`)
}

/** The points of a window, over all series that agree in the dimensions kept (`undefined`: all), by group and time. */
function grouped(
  query: MetricQuery,
  window: Window,
  kept: readonly string[] | undefined,
  asOfMs: number,
): (() => string)[] {
  const groups = new Map<string, Series[]>()
  for (const series of query.series) {
    const dimensions = series.dimensions.filter(([name]) => kept?.includes(name) ?? true)
    const json = dimensions.map((pair) => pair.map((text) => JSON.stringify(text)).join(':')).join(',')
    const members = groups.get(json) ?? []
    members.push(series)
    groups.set(json, members)
  }
  const { firstMs, times } = gridOf(query, window)
  const rows: (() => string)[] = []
  for (const [json, members] of groups) {
    for (let at = 0; at < times; at++) {
      const timestampMs = firstMs + at * query.periodMs
      const cells = members.map((series) => ({ series, timestampMs })).filter((cell) => isVisible(query, cell, asOfMs))
      if (cells.length === 0) continue
      rows.push(() => pointText(json, timestampMs, together(cells.map((cell) => statisticsAt(query, cell)))))
    }
  }
  return rows
}

function together(all: readonly Statistics[]): Statistics {
  const names = new Set(all.flatMap((statistics) => statistics.map(([name]) => name)))
  return [...names].map((name) => {
    const values = all.flatMap((statistics) => statistics.find(([each]) => each === name)?.[1] ?? [])
    const numbers = values.filter((value) => value !== '')
    if (numbers.length === 0) return [name, '']
    const sum = numbers.reduce((a, b) => a + b, 0)
    if (name === 'Minimum') return [name, Math.min(...numbers)]
    if (name === 'Maximum') return [name, Math.max(...numbers)]
    return [name, name === 'Sum' || name === 'Count' ? sum : sum / numbers.length]
  })
}

/** Where a page begins, as its token tells. */
interface Place {
  readonly fingerprint: string
  /** Of the candidate, row or series that comes first. */
  readonly index: number
  /** What the first page saw: so many series, and the points that were visible then. */
  readonly seriesCount: number
  readonly asOfMs: number
}

/** @throws {RpcFault} ParameterInvalid for a token of another query, or none of ours */
function readPlace({ call, series }: MetricQuery): Place {
  const fingerprint = fingerprintOf(call)
  const token = call.parameters.get('NextToken') ?? ''
  if (token === '') return { fingerprint, index: 0, seriesCount: series.length, asOfMs: call.nowMs }
  const [bound, index, seriesCount, asOfMs] = Buffer.from(token, 'hex').toString('utf8').split('#')
  if (bound !== fingerprint) throw invalidParameter('NextToken is not of this query.')
  return { fingerprint, index: Number(index), seriesCount: Number(seriesCount), asOfMs: Number(asOfMs) }
}

function writeToken({ fingerprint, seriesCount, asOfMs }: Place, index: number): string {
  return Buffer.from(`${fingerprint}#${index}#${seriesCount}#${asOfMs}`).toString('hex')
}

const boundParameters = /^(Namespace|MetricName|Period|StartTime|EndTime|Dimensions|Length|Express)$/

/** Everything that must stay the same from page to page: who asks where, and for what. */
function fingerprintOf({ action, accountId, region, parameters }: RpcCall): string {
  const own = [...parameters].filter(([name]) => boundParameters.test(name)).toSorted(([a], [b]) => (a < b ? -1 : 1))
  const text = JSON.stringify([action, accountId, region, own])
  return createHash('sha256').update(text).digest('base64url').slice(0, 16)
}

/** Points of a page. @throws {RpcFault} ParameterInvalid */
function readLength(call: RpcCall, { longLength, pageFill }: CloudMonitorBehaviour): number {
  const asked = wholeNumber(call, 'Length', DEFAULT_LENGTH, 1, longLength === 'cut' ? 999_999_999 : MAX_LENGTH)
  return Math.max(1, Math.floor(Math.min(asked, MAX_LENGTH) * pageFill))
}

/** The page of rows that are all known. */
function sliceAnswer(
  query: MetricQuery,
  behaviour: CloudMonitorBehaviour,
  place: Place,
  length: number,
  rows: readonly (() => string)[],
): RpcAnswer {
  const end = place.index + length
  const texts = rows.slice(place.index, end).map((row) => row())
  return pageAnswer(query, behaviour, place, texts, end < rows.length ? end : undefined)
}

/** @param next where the following page begins; absent on the last */
function pageAnswer(
  { call, periodMs }: MetricQuery,
  behaviour: CloudMonitorBehaviour,
  place: Place,
  texts: readonly string[],
  next: number | undefined,
): RpcAnswer {
  const sent = call.parameters.get('NextToken') || undefined
  const has = (kind: 'empty_page' | 'duplicate_page' | 'same_token') => effectOf(call.effects, kind) !== undefined
  const shown = has('empty_page') ? [] : texts
  const again = has('empty_page') || has('duplicate_page') ? writeToken(place, place.index) : undefined
  const following = next === undefined ? lastToken(behaviour, sent) : writeToken(place, next)
  return {
    Period: String(periodMs / 1000),
    Datapoints: shown.length === 0 ? behaviour.noPoints : `[${shown.join(',')}]`,
    NextToken: (has('same_token') ? sent : undefined) ?? again ?? following,
  }
}

function lastToken({ lastToken }: CloudMonitorBehaviour, sent: string | undefined): string | null | undefined {
  switch (lastToken) {
    case 'absent':
      return undefined
    case 'empty':
      return ''
    case 'null':
      return null
    case 'same':
      return sent
  }
}
