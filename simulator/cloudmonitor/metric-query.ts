import type { RpcCall } from '../rpc/call.ts'
import type { CloudMonitorBehaviour } from './behaviour.ts'
import { invalidParameter, notFound } from './call-form.ts'
import type { Points } from './points.ts'
import { type PublishedMetric, publishedNamespaces } from './published-metrics.ts'
import type { Series } from './series.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS
const MAX_INSTANCES = 50

export interface MetricQuery {
  readonly call: RpcCall
  readonly points: Points
  readonly metric: PublishedMetric
  readonly periodMs: number
  /** Of the caller's account, as far as region and `Dimensions` let them through. */
  readonly series: readonly Series[]
}

export interface Window {
  /** Excluded; milliseconds since the epoch. */
  readonly afterMs: number
  /** Included. */
  readonly untilMs: number
}

/**
 * @param metricName the parameter that holds the metric
 * @throws {RpcFault} ParameterInvalid, ResourceNotFound
 */
export function readMetricQuery(
  call: RpcCall,
  points: Points,
  behaviour: CloudMonitorBehaviour,
  metricName: 'MetricName' | 'Metric',
  matches: (series: Series) => boolean = readDimensions(call.parameters.get('Dimensions') ?? ''),
): MetricQuery {
  const metric = readMetric(call, metricName)
  const series = points
    .series(call.accountId, metric)
    .filter((each) => (!behaviour.regional || each.resource.region === call.region) && matches(each))
  return { call, points, metric, periodMs: readPeriodMs(call.parameters.get('Period') ?? '', metric), series }
}

/** @throws {RpcFault} ParameterInvalid, ResourceNotFound */
export function readMetric(call: RpcCall, metricName: 'MetricName' | 'Metric'): PublishedMetric {
  const namespace = mandatory(call, 'Namespace')
  const name = mandatory(call, metricName)
  const metric = publishedNamespaces.get(namespace)?.metrics.get(name)
  if (metric === undefined) throw notFound()
  return metric
}

/** @throws {RpcFault} ParameterInvalid */
export function mandatory(call: RpcCall, name: string): string {
  const value = call.parameters.get(name) ?? ''
  if (value === '') throw invalidParameter(`${name} is mandatory for this action.`)
  return value
}

function readPeriodMs(text: string, { periodsSeconds }: PublishedMetric): number {
  const shortest = periodsSeconds[0] ?? 60
  if (text === '') return shortest * 1000
  const seconds = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN
  // A day is the longest that the console draws.
  if (!(seconds >= shortest && seconds % shortest === 0 && seconds * 1000 <= DAY_MS)) {
    throw invalidParameter(`Period ${text} is invalid: it must be one of ${periodsSeconds.join()}, or a multiple.`)
  }
  return seconds * 1000
}

/**
 * JSON text: an object or a list of objects, at most 50. A series passes that has all values of one of them, so that an
 * instance alone lets all its parts through (cloudmonitor.md 1.9). Empty text lets everything through.
 * @throws {RpcFault} ParameterInvalid
 */
function readDimensions(text: string): (series: Series) => boolean {
  if (text.trim() === '') return () => true
  const wanted = parseDimensions(text)
  if (wanted.length > MAX_INSTANCES) {
    throw invalidParameter(`Dimensions holds ${wanted.length} instances; ${MAX_INSTANCES} are allowed.`)
  }
  if (wanted.length === 0) return () => true
  return ({ dimensions }) =>
    wanted.some((object) =>
      [...object].every(([name, value]) => dimensions.some(([n, v]) => n === name && v === value)),
    )
}

function parseDimensions(text: string): Map<string, string>[] {
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    throw invalidParameter(`parse param dimensions error(${text.slice(0, 200)})`)
  }
  return (Array.isArray(parsed) ? parsed : [parsed]).map((object) => {
    if (typeof object !== 'object' || object === null || Array.isArray(object)) {
      throw invalidParameter(`parse param dimensions error(${text.slice(0, 200)})`)
    }
    return new Map(Object.entries(object).map(([name, value]) => [name, String(value)]))
  })
}

/**
 * Milliseconds since the epoch as they are, or written as `YYYY-MM-DD hh:mm:ss` (by the clock of China: the zone is
 * stated nowhere) or `YYYY-MM-DDThh:mm:ssZ`.
 * @throws {RpcFault} ParameterInvalid
 */
export function readTime(call: RpcCall, name: string): number | undefined {
  const text = call.parameters.get(name) ?? ''
  if (text === '') return undefined
  if (/^\d{13}$/.test(text)) return Number(text)
  const isLocal = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(text)
  const isUtc = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?Z$/.test(text)
  const timeMs = isLocal ? Date.parse(`${text.replace(' ', 'T')}+08:00`) : isUtc ? Date.parse(text) : Number.NaN
  if (Number.isNaN(timeMs)) throw invalidParameter(`${name} is neither milliseconds nor a time: ${text}`)
  return timeMs
}

/**
 * `StartTime` to `EndTime`, `(start, end]`.
 * @param nowMs the end of a window that has none
 * @param defaultMs how long the window is when nothing says where it begins
 * @throws {RpcFault} ParameterInvalid for a window that is upside down or longer than `maxMs`
 */
export function readWindow(call: RpcCall, nowMs: number, defaultMs: number, maxMs: number): Window {
  const untilMs = readTime(call, 'EndTime') ?? nowMs
  const afterMs = readTime(call, 'StartTime') ?? untilMs - defaultMs
  if (afterMs >= untilMs) throw invalidParameter('StartTime must be earlier than EndTime.')
  if (untilMs - afterMs > maxMs) {
    throw invalidParameter(`StartTime and EndTime may be ${maxMs / HOUR_MS} hours apart at most.`)
  }
  return { afterMs, untilMs }
}

/** What is left of a window: points are kept for a time, and there are none of the future (cloudmonitor.md 1.8). */
export function keptPart({ afterMs, untilMs }: Window, periodMs: number, nowMs: number): Window {
  const keptDays = periodMs < MINUTE_MS ? 7 : periodMs < 5 * MINUTE_MS ? 31 : 91
  return { afterMs: Math.max(afterMs, nowMs - keptDays * DAY_MS), untilMs: Math.min(untilMs, nowMs) }
}

/** @throws {RpcFault} ParameterInvalid */
export function wholeNumber(call: RpcCall, name: string, byDefault: number, low: number, high: number): number {
  const text = call.parameters.get(name) ?? ''
  if (text === '') return byDefault
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN
  if (!(value >= low && value <= high)) throw invalidParameter(`${name} must be from ${low} to ${high}: ${text}`)
  return value
}
