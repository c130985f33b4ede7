import { ValueType } from '@opentelemetry/api'
import { resourceFromAttributes } from '@opentelemetry/resources'
import {
  AggregationTemporality,
  type DataPoint,
  DataPointType,
  type MetricData,
  type PushMetricExporter,
  type ResourceMetrics,
} from '@opentelemetry/sdk-metrics'
import {
  type DecodedAttribute,
  type DecodedBuckets,
  type DecodedMetric,
  type DecodedMetricData,
  decodeMetrics,
} from '../otlp/decode.ts'
import type { Exporter, ExporterContext } from '../pipeline/component.ts'
import { createSdkExporter, toAttributes, toHrTime, toInstrumentationScope } from './sdk-adapter.ts'

/**
 * Hands payloads of metrics to a `PushMetricExporter` of the OpenTelemetry JS SDK, as `createSdkLogExporter` does for
 * logs. The SDK takes one resource a call, so a payload with several becomes several calls, one after the other.
 * Data points of summaries, which the SDK has no form for, are counted as refused.
 */
export function createSdkMetricExporter(exporter: PushMetricExporter, context: ExporterContext): Exporter {
  return createSdkExporter(exporter, context, ({ bytes, items }) => {
    const resourceMetrics = toResourceMetrics(bytes)
    return {
      calls: resourceMetrics.map((each) => (callback) => exporter.export(each, callback)),
      unsupported: items - resourceMetrics.reduce((sum, each) => sum + countPoints(each), 0),
    }
  })
}

function countPoints({ scopeMetrics }: ResourceMetrics): number {
  return scopeMetrics.flatMap(({ metrics }) => metrics).reduce((sum, { dataPoints }) => sum + dataPoints.length, 0)
}

/**
 * The metrics of an encoded `ExportMetricsServiceRequest` in the SDK's form, without summaries. Counts and integers become
 * numbers, exact up to 2^53.
 *
 * @throws {ProtobufError} when the bytes are no such request
 */
export function toResourceMetrics(bytes: Uint8Array): ResourceMetrics[] {
  return decodeMetrics(bytes).map(({ resource, scopeMetrics, schemaUrl }) => ({
    resource: resourceFromAttributes(toAttributes(resource.attributes), schemaUrl === '' ? {} : { schemaUrl }),
    scopeMetrics: scopeMetrics.map((each) => ({
      scope: toInstrumentationScope(each),
      metrics: each.metrics.flatMap(toMetricData),
    })),
  }))
}

function toMetricData({ name, description, unit, data }: DecodedMetric): MetricData[] {
  if (data === undefined || data.kind === 'summary') return []
  const base = {
    descriptor: { name, description, unit, valueType: valueTypeOf(data) },
    aggregationTemporality: temporalityOf(data),
  }
  switch (data.kind) {
    case 'gauge':
      return [{ ...base, dataPointType: DataPointType.GAUGE, dataPoints: toPoints(data.points, toValue) }]
    case 'sum': {
      const dataPoints = toPoints(data.points, toValue)
      return [{ ...base, dataPointType: DataPointType.SUM, isMonotonic: data.monotonic, dataPoints }]
    }
    case 'histogram': {
      const dataPoints = toPoints(data.points, (point) => ({
        ...toTotals(point),
        buckets: { boundaries: point.explicitBounds, counts: point.bucketCounts.map(Number) },
      }))
      return [{ ...base, dataPointType: DataPointType.HISTOGRAM, dataPoints }]
    }
    case 'exponentialHistogram': {
      const dataPoints = toPoints(data.points, (point) => ({
        ...toTotals(point),
        scale: point.scale,
        zeroCount: Number(point.zeroCount),
        positive: toBuckets(point.positive),
        negative: toBuckets(point.negative),
      }))
      return [{ ...base, dataPointType: DataPointType.EXPONENTIAL_HISTOGRAM, dataPoints }]
    }
  }
}

/** The SDK has one type for all points of a metric: INT only if every one is an integer. */
function valueTypeOf(data: DecodedMetricData): ValueType {
  const isNumeric = data.kind === 'gauge' || data.kind === 'sum'
  return isNumeric && data.points.every(({ value }) => typeof value === 'bigint') ? ValueType.INT : ValueType.DOUBLE
}

/** 1 is delta on the wire. A gauge has no temporality, and the SDK's own gauges say cumulative. */
function temporalityOf(data: DecodedMetricData): AggregationTemporality {
  return 'temporality' in data && data.temporality === 1
    ? AggregationTemporality.DELTA
    : AggregationTemporality.CUMULATIVE
}

interface Place {
  readonly attributes: readonly DecodedAttribute[]
  readonly startTimeUnixNano: bigint
  readonly timeUnixNano: bigint
}

function toPoints<Point extends Place, Value>(
  points: readonly Point[],
  toValueOf: (point: Point) => Value,
): DataPoint<Value>[] {
  return points.map((point) => ({
    startTime: toHrTime(point.startTimeUnixNano),
    endTime: toHrTime(point.timeUnixNano),
    attributes: toAttributes(point.attributes),
    value: toValueOf(point),
  }))
}

/** A point without a value says that there was none to record. */
function toValue({ value }: { readonly value: bigint | number | undefined }): number {
  return value === undefined ? Number.NaN : Number(value)
}

function toTotals({ count, sum, min, max }: Totals) {
  return {
    count: Number(count),
    ...(sum === undefined ? {} : { sum }),
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
  }
}

interface Totals {
  readonly count: bigint
  readonly sum: number | undefined
  readonly min: number | undefined
  readonly max: number | undefined
}

function toBuckets(buckets: DecodedBuckets | undefined) {
  return { offset: buckets?.offset ?? 0, bucketCounts: (buckets?.bucketCounts ?? []).map(Number) }
}
