import { type HrTime, ValueType } from '@opentelemetry/api'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { AggregationTemporality, DataPointType, type ResourceMetrics } from '@opentelemetry/sdk-metrics'
import type { CmsPoint } from '../../src/alibaba/cms/client.ts'
import { version } from '../../src/version.ts'
import { type PointGroup, scopeFormat, scopeName } from './encode-page.ts'
import type { InstanceFilter } from './filter.ts'
import { type InventoryItem, identityOf, type PointIdentity } from './identity.ts'
import { hashSeries, type SeriesMarks } from './marks.ts'
import type { Namer } from './naming.ts'
import { type MeasuredPoint, PointReader, seriesKey } from './points.ts'
import type { MetricQuery } from './selection.ts'
import { periodNumber, type Window } from './windows.ts'

const scope = { name: scopeName, version, attributes: { 'encoding.format': scopeFormat } }

/** What a page is converted with; the same for all pages of a query. */
export interface Conversion {
  readonly query: MetricQuery
  readonly namer: Namer
  readonly filter: InstanceFilter
  /** Amounts of a period become delta sums; else, as everything, gauges. */
  readonly deltaSums: boolean
  readonly marks: SeriesMarks
  /** Of the same metric at other endpoints of the account, which may answer with the same series. */
  readonly otherMarks: readonly SeriesMarks[]
  readonly findItem: (instanceId: string) => InventoryItem | undefined
}

export interface ConvertedPage {
  /** What is new. */
  readonly groups: PointGroup[]
  /** Points that were sent before, or that another endpoint sends. */
  readonly repeats: number
  /** Points without a time, or of a time that was not asked for. */
  readonly malformed: number
  readonly filtered: number
}

/**
 * Converts a page, and marks what is new in it as sent. Each statistic becomes a metric, each instance a resource; a point
 * keeps its own time, and a value that is missing stays missing.
 *
 * @param window what was asked for
 */
export function convertPage(points: readonly CmsPoint[], window: Window, conversion: Conversion): ConvertedPage {
  const { query, filter, findItem, otherMarks } = conversion
  const reader = new PointReader(query.metric, query.statistics)
  const groups = new Map<string, PointGroup>()
  const counts = { repeats: 0, malformed: 0, filtered: 0 }
  for (const raw of points) {
    const point = reader.read(raw)
    if (point === undefined || !isAskedFor(point, window)) {
      counts.malformed++
      continue
    }
    if (point.values.length === 0) continue
    const identity = identityOf(point, query.namespace, query.metric)
    const item = identity.instanceId === undefined ? undefined : findItem(identity.instanceId)
    if (!filter.passes(identity, item)) counts.filtered++
    else if (!markAsSent(point, conversion, otherMarks)) counts.repeats++
    else addPoint(groups, point, identity, item, conversion)
  }
  return { groups: [...groups.values()], ...counts }
}

const isAskedFor = ({ timestampMs }: MeasuredPoint, { startMs, endMs }: Window) =>
  timestampMs > startMs && timestampMs <= endMs

/** False for a point that was sent before, or whose series comes from another endpoint. */
function markAsSent(point: MeasuredPoint, { query, marks }: Conversion, otherMarks: readonly SeriesMarks[]): boolean {
  const series = hashSeries(seriesKey(point))
  if (otherMarks.some((other) => other.has(series))) return false
  // What lies outside can come only from a bulk export, whose cursor gives each point once.
  return marks.mark(series, periodNumber(point.timestampMs, query.periodSeconds * 1000)) !== 'repeat'
}

function addPoint(
  groups: Map<string, PointGroup>,
  { timestampMs, values }: MeasuredPoint,
  identity: PointIdentity,
  item: InventoryItem | undefined,
  { query, namer, deltaSums }: Conversion,
): void {
  let group = groups.get(identity.key)
  if (group === undefined) {
    group = { identity, item, metrics: new Map() }
    groups.set(identity.key, group)
  }
  const attributes = query.isPeriodShown
    ? { ...identity.pointAttributes, 'alibabacloud.period': query.periodSeconds }
    : identity.pointAttributes
  for (const [statistic, value] of values) {
    let metric = group.metrics.get(statistic)
    if (metric === undefined) {
      const isSum = deltaSums && isAmount(query, statistic)
      metric = { name: namer.nameOf(query.metric.name, statistic), isSum, points: [] }
      group.metrics.set(statistic, metric)
    }
    metric.points.push({ timestampMs, value, attributes })
  }
}

/** Averages and extremes of an amount are no amounts (cloudmonitor.md 6.4). */
const isAmount = ({ metric }: MetricQuery, statistic: string) =>
  metric.kind === 'total' && ['Sum', 'Count', 'Value'].includes(statistic)

const notSet: HrTime = [0, 0]
const toHrTime = (unixMs: number): HrTime => [Math.floor(unixMs / 1000), (unixMs % 1000) * 1_000_000]

/** How many instances of a service there are, by account and region, at a time. */
export function toCountMetrics(
  service: string,
  counts: Iterable<{
    readonly accountId: string | undefined
    readonly region: string | undefined
    readonly count: number
  }>,
  atMs: number,
): ResourceMetrics[] {
  const descriptor = {
    name: `alibabacloud.${service}.count`,
    unit: '{instance}',
    description: 'Instances that the inventory lists',
    valueType: ValueType.INT,
  }
  return Array.from(counts, ({ accountId, region, count }) => ({
    resource: resourceFromAttributes({
      'cloud.provider': 'alibaba_cloud',
      'service.name': service,
      ...(accountId === undefined ? {} : { 'cloud.account.id': accountId }),
      ...(region === undefined ? {} : { 'cloud.region': region }),
    }),
    scopeMetrics: [
      {
        scope,
        metrics: [
          {
            descriptor,
            dataPointType: DataPointType.GAUGE,
            aggregationTemporality: AggregationTemporality.CUMULATIVE,
            dataPoints: [{ startTime: notSet, endTime: toHrTime(atMs), attributes: {}, value: count }],
          },
        ],
      },
    ],
  }))
}
