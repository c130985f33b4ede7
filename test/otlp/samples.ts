import { ValueType } from '@opentelemetry/api'
import { ProtobufLogsSerializer, ProtobufMetricsSerializer } from '@opentelemetry/otlp-transformer'
import { resourceFromAttributes } from '@opentelemetry/resources'
import type { ReadableLogRecord } from '@opentelemetry/sdk-logs'
import {
  AggregationTemporality,
  DataPointType,
  type MetricData,
  type ResourceMetrics,
} from '@opentelemetry/sdk-metrics'
import { countItems, timeRangeOf } from '../../src/otlp/walk.ts'
import type { Payload, Signal } from '../../src/pipeline/payload.ts'

export const startSeconds = 1_772_410_530

const firstResource = resourceFromAttributes({ 'service.name': 'slb', 'cloud.region': 'cn-hangzhou' })
const secondResource = resourceFromAttributes({ 'service.name': 'rds' }, { schemaUrl: 'https://example.com/resource' })
const plainScope = { name: 'receivers/sls', version: '1.2.3' }
const richScope = {
  name: 'receivers/smq',
  schemaUrl: 'https://example.com/scope',
  attributes: { 'encoding.format': 'alibabacloud.smq' },
  droppedAttributesCount: 3,
}

/** Log records in three groups (two resources, two scopes), each with its number in body and attributes. */
export function sampleRecords(count: number): ReadableLogRecord[] {
  return Array.from({ length: count }, (_, index) => ({
    hrTime: [startSeconds + index, 5],
    hrTimeObserved: [startSeconds + 100, 999_999_999],
    severityNumber: 9,
    severityText: 'INFO',
    body: `record ${index}`,
    attributes: {
      index,
      'log.record.uid': `web/access/shard/0/${index}`,
      ratio: 0.25,
      negative: -7,
      ok: true,
      nothing: null,
      bytes: new Uint8Array([0, 255, 16]),
      list: ['a', 1, [true]],
      map: { inner: { deep: 'é中🙂' }, n: 2 ** 40 },
    },
    droppedAttributesCount: 2,
    eventName: 'sample',
    spanContext: { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331', traceFlags: 1 },
    resource: index % 3 === 2 ? secondResource : firstResource,
    instrumentationScope: index % 3 === 1 ? richScope : plainScope,
  }))
}

export function logsPayload(count: number): Payload {
  return toPayload('logs', ProtobufLogsSerializer.serializeRequest(sampleRecords(count)))
}

export function toPayload(signal: Signal, bytes: Uint8Array | undefined): Payload {
  if (bytes === undefined) throw new Error('The serializer gave nothing')
  return { signal, bytes, items: countItems(signal, bytes), ...timeRangeOf(signal, bytes) }
}

type HrTime = [number, number]
const startTime: HrTime = [startSeconds, 1]
const endTimeOf = (index: number): HrTime => [startSeconds + 60 + index, 2]

/** One metric of each kind the SDK knows, each with `points` data points. */
export function sampleMetrics(points: number): ResourceMetrics {
  const indexes = Array.from({ length: points }, (_, index) => index)
  const descriptor = (name: string, valueType: ValueType) => ({
    name,
    description: `the ${name}`,
    unit: '1',
    valueType,
  })
  const place = (index: number) => ({ startTime, endTime: endTimeOf(index), attributes: { index, host: `i-${index}` } })
  const metrics: MetricData[] = [
    {
      descriptor: descriptor('gauge', ValueType.DOUBLE),
      aggregationTemporality: AggregationTemporality.CUMULATIVE,
      dataPointType: DataPointType.GAUGE,
      dataPoints: indexes.map((index) => ({ ...place(index), value: index + 0.5 })),
    },
    {
      descriptor: descriptor('sum', ValueType.INT),
      aggregationTemporality: AggregationTemporality.DELTA,
      dataPointType: DataPointType.SUM,
      isMonotonic: true,
      dataPoints: indexes.map((index) => ({ ...place(index), value: -index })),
    },
    {
      descriptor: descriptor('histogram', ValueType.DOUBLE),
      aggregationTemporality: AggregationTemporality.CUMULATIVE,
      dataPointType: DataPointType.HISTOGRAM,
      dataPoints: indexes.map((index) => ({
        ...place(index),
        value: {
          buckets: { boundaries: [1, 2.5], counts: [1, index, 3] },
          count: 4 + index,
          sum: 9.5,
          min: 0.1,
          max: 7,
        },
      })),
    },
    {
      descriptor: descriptor('exponential', ValueType.DOUBLE),
      aggregationTemporality: AggregationTemporality.DELTA,
      dataPointType: DataPointType.EXPONENTIAL_HISTOGRAM,
      dataPoints: indexes.map((index) => ({
        ...place(index),
        value: {
          count: 6,
          sum: 11,
          scale: -1,
          zeroCount: 1,
          positive: { offset: -3, bucketCounts: [1, 2, 300] },
          negative: { offset: 2, bucketCounts: [index] },
          min: -4,
          max: 8,
        },
      })),
    },
  ]
  return {
    resource: firstResource,
    scopeMetrics: [
      { scope: plainScope, metrics: metrics.slice(0, 2) },
      { scope: richScope, metrics: metrics.slice(2) },
    ],
  }
}

export function metricsPayload(points: number): Payload {
  return toPayload('metrics', ProtobufMetricsSerializer.serializeRequest(sampleMetrics(points)))
}
