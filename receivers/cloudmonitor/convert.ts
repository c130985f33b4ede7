import { type HrTime, ValueType } from '@opentelemetry/api'
import { resourceFromAttributes } from '@opentelemetry/resources'
import {
  AggregationTemporality,
  type DataPoint,
  DataPointType,
  type MetricData,
  type ResourceMetrics,
} from '@opentelemetry/sdk-metrics'
import type { CmsPoint } from '../../src/alibaba/cms/client.ts'
import { version } from '../../src/version.ts'
import type { InstanceFilter } from './filter.ts'
import { type InventoryItem, identityOf, type PointIdentity, resourceAttributes } from './identity.ts'
import { hashSeries, type SeriesMarks } from './marks.ts'
import type { Namer } from './naming.ts'
import { type MeasuredPoint, PointReader, seriesKey } from './points.ts'
import type { MetricQuery } from './selection.ts'
import { periodNumber, type Window } from './windows.ts'

const scope = {
  name: 'alibabacloud-otel-receiver/receivers/cloudmonitor',
  version,
  attributes: { 'encoding.format': 'alibabacloud.cloudmonitor' },
}

/** What a page is converted with; the same for all pages of a query. */
export interface Conversion {
  readonly query: MetricQuery
  readonly namer: Namer
  readonly filter: InstanceFilter
  readonly tagPrefix: string
  /** Amounts of a period become delta sums; else, as everything, gauges. */
  readonly deltaSums: boolean
  readonly marks: SeriesMarks
  /** Of the same metric at other endpoints of the account, which may answer with the same series. */
  readonly otherMarks: readonly SeriesMarks[]
  readonly findItem: (instanceId: string) => InventoryItem | undefined
}

export interface ConvertedPage {
  readonly metrics: ResourceMetrics[]
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
  const { query, filter, findItem } = conversion
  const reader = new PointReader(query.metric, query.statistics)
  const resources = new Map<string, ResourceInTheMaking>()
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
    else if (!markAsSent(point, conversion)) counts.repeats++
    else addPoint(resources, point, identity, item, conversion)
  }
  return { metrics: [...resources.values()].map(toResourceMetrics), ...counts }
}

const isAskedFor = ({ timestampMs }: MeasuredPoint, { startMs, endMs }: Window) =>
  timestampMs > startMs && timestampMs <= endMs

/** False for a point that was sent before, or whose series comes from another endpoint. */
function markAsSent(point: MeasuredPoint, { query, marks, otherMarks }: Conversion): boolean {
  const series = hashSeries(seriesKey(point))
  if (otherMarks.some((other) => other.has(series))) return false
  // What lies outside can come only from a bulk export, whose cursor gives each point once.
  return marks.mark(series, periodNumber(point.timestampMs, query.periodSeconds * 1000)) !== 'repeat'
}

interface ResourceInTheMaking {
  readonly attributes: ReturnType<typeof resourceAttributes>
  readonly metrics: Map<string, MetricData & { readonly dataPoints: DataPoint<number>[] }>
}

function addPoint(
  resources: Map<string, ResourceInTheMaking>,
  { timestampMs, values }: MeasuredPoint,
  identity: PointIdentity,
  item: InventoryItem | undefined,
  { query, namer, tagPrefix, deltaSums }: Conversion,
): void {
  let resource = resources.get(identity.key)
  if (resource === undefined) {
    const attributes = resourceAttributes(identity, query.namespace, item, tagPrefix)
    resource = { attributes, metrics: new Map() }
    resources.set(identity.key, resource)
  }
  const attributes = query.isPeriodShown
    ? { ...identity.pointAttributes, 'alibabacloud.period': query.periodSeconds }
    : identity.pointAttributes
  for (const [statistic, value] of values) {
    const isSum = deltaSums && isAmount(query, statistic)
    let metric = resource.metrics.get(statistic)
    if (metric === undefined) {
      metric = newMetric(namer.nameOf(query.metric.name, statistic), query, isSum)
      resource.metrics.set(statistic, metric)
    }
    metric.dataPoints.push({
      startTime: isSum ? toHrTime(timestampMs - query.periodSeconds * 1000) : notSet,
      endTime: toHrTime(timestampMs),
      attributes,
      value,
    })
  }
}

/** Averages and extremes of an amount are no amounts (cloudmonitor.md 6.4). */
const isAmount = ({ metric }: MetricQuery, statistic: string) =>
  metric.kind === 'total' && ['Sum', 'Count', 'Value'].includes(statistic)

function newMetric(name: string, { metric }: MetricQuery, isSum: boolean) {
  const { unit, description } = metric
  const descriptor = { name, unit, description, valueType: ValueType.DOUBLE }
  const dataPoints: DataPoint<number>[] = []
  return isSum
    ? ({
        descriptor,
        dataPointType: DataPointType.SUM,
        aggregationTemporality: AggregationTemporality.DELTA,
        isMonotonic: true,
        dataPoints,
      } as const)
    : ({
        descriptor,
        dataPointType: DataPointType.GAUGE,
        // Not sent: a gauge has none.
        aggregationTemporality: AggregationTemporality.CUMULATIVE,
        dataPoints,
      } as const)
}

function toResourceMetrics({ attributes, metrics }: ResourceInTheMaking): ResourceMetrics {
  return { resource: resourceFromAttributes(attributes), scopeMetrics: [{ scope, metrics: [...metrics.values()] }] }
}

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
