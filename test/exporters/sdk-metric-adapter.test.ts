import { type ExportResult, ExportResultCode } from '@opentelemetry/core'
import { ProtobufMetricsSerializer } from '@opentelemetry/otlp-transformer'
import type { ResourceMetrics } from '@opentelemetry/sdk-metrics'
import { describe, expect, it } from 'vitest'
import { createSdkMetricExporter, toResourceMetrics } from '../../src/exporters/sdk-metric-adapter.ts'
import { decodeMetrics } from '../../src/otlp/decode.ts'
import { acceptedWhole, concatPayloads } from '../../src/pipeline/payload.ts'
import { ProtobufWriter } from '../../src/protobuf/writer.ts'
import { metricsPayload, toPayload } from '../otlp/samples.ts'
import { createTestContext } from './context.ts'
import { createEagerClock } from './eager-clock.ts'

const never = new AbortController().signal

describe('toResourceMetrics', () => {
  it('gives metrics that the official serializer writes as the same request', () => {
    const { bytes } = metricsPayload(3)
    const [resourceMetrics] = toResourceMetrics(bytes)
    const again = resourceMetrics && ProtobufMetricsSerializer.serializeRequest(resourceMetrics)
    expect(decodeMetrics(again ?? new Uint8Array(0))).toEqual(decodeMetrics(bytes))
  })
})

describe('createSdkMetricExporter', () => {
  const exporterWith = (send: (metrics: ResourceMetrics, callback: (result: ExportResult) => void) => void) => ({
    export: send,
    forceFlush: async () => {},
    shutdown: async () => {},
  })

  it('makes one call a resource and repeats only the one that failed', async () => {
    const context = createTestContext(createEagerClock(0))
    const calls: ResourceMetrics[] = []
    const exporter = createSdkMetricExporter(
      exporterWith((metrics, callback) => {
        calls.push(metrics)
        callback({ code: calls.length === 2 ? ExportResultCode.FAILED : ExportResultCode.SUCCESS })
      }),
      context,
    )
    const payload = concatPayloads([metricsPayload(1), metricsPayload(2)])
    expect(await exporter.export(payload, never)).toEqual(acceptedWhole)
    expect(calls.map(({ scopeMetrics }) => scopeMetrics[0]?.metrics[0]?.dataPoints.length)).toEqual([1, 2, 2])
    expect(await context.counter('otelcol_exporter_sent_metric_points')).toEqual({ '': 12 })
  })

  it('counts the data points of a summary as refused, which the SDK has no form for', async () => {
    const writer = new ProtobufWriter()
    const marks = [writer.begin(0x0a), writer.begin(0x12), writer.begin(0x12), writer.begin(0x5a), writer.begin(0x0a)]
    for (const mark of marks.reverse()) writer.end(mark)
    const payload = concatPayloads([metricsPayload(1), toPayload('metrics', writer.toBytes())])
    const exporter = createSdkMetricExporter(
      exporterWith((_metrics, callback) => callback({ code: ExportResultCode.SUCCESS })),
      createTestContext(createEagerClock(0)),
    )
    expect(await exporter.export(payload, never)).toEqual({ refused: 1, rejected: 0 })
  })
})
