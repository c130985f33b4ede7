import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ValueType } from '@opentelemetry/api'
import { ProtobufMetricsSerializer } from '@opentelemetry/otlp-transformer'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { AggregationTemporality, DataPointType, type MetricData } from '@opentelemetry/sdk-metrics'
import { expect, it, onTestFinished } from 'vitest'
import { fileExporter } from '../../src/exporters/file/exporter.ts'
import type { Payload } from '../../src/pipeline/payload.ts'
import { freePort, requireCollector, startCollector, temporaryFolder, toFile } from './otelcol/collector.ts'
import { exporterContext, numbered, payloadOf } from './records.ts'

const program = requireCollector()

const time = { startTime: [1_772_410_500, 0], endTime: [1_772_410_560, 500_000_000] } as const
const descriptor = (name: string, unit: string) => ({ name, unit, description: `${name} in words` })

const metricData: MetricData[] = [
  {
    descriptor: { ...descriptor('alibabacloud.slb.rt.average', 'ms'), valueType: ValueType.DOUBLE },
    dataPointType: DataPointType.GAUGE,
    aggregationTemporality: AggregationTemporality.DELTA,
    dataPoints: [
      { startTime: [...time.startTime], endTime: [...time.endTime], attributes: { port: 443 }, value: 12.25 },
      { startTime: [...time.startTime], endTime: [...time.endTime], attributes: {}, value: 0.1 },
    ],
  },
  {
    descriptor: { ...descriptor('alibabacloud.slb.requests', '{request}'), valueType: ValueType.INT },
    dataPointType: DataPointType.SUM,
    aggregationTemporality: AggregationTemporality.DELTA,
    isMonotonic: true,
    dataPoints: [
      {
        startTime: [...time.startTime],
        endTime: [...time.endTime],
        attributes: { zone: 'a' },
        value: 4_503_599_627_370_497,
      },
    ],
  },
  {
    descriptor: { ...descriptor('alibabacloud.slb.latency', 's'), valueType: ValueType.DOUBLE },
    dataPointType: DataPointType.HISTOGRAM,
    aggregationTemporality: AggregationTemporality.DELTA,
    dataPoints: [
      {
        startTime: [...time.startTime],
        endTime: [...time.endTime],
        attributes: {},
        value: { buckets: { boundaries: [0.1, 1], counts: [1, 2, 3] }, count: 6, sum: 9.5, min: 0.05, max: 4 },
      },
    ],
  },
]

function metricsPayload(): Payload {
  const bytes = ProtobufMetricsSerializer.serializeRequest({
    resource: resourceFromAttributes({ 'cloud.provider': 'alibaba_cloud' }),
    scopeMetrics: [{ scope: { name: 'alibabacloud-otel-receiver/receivers/cloudmonitor' }, metrics: metricData }],
  })
  if (bytes === undefined) throw new Error('The serializer of otlp-transformer returned nothing')
  const newestUnixNano = 1_772_410_560_500_000_000n
  return { signal: 'metrics', bytes, items: 4, oldestUnixNano: newestUnixNano, newestUnixNano }
}

it.each([
  { signal: 'logs', payload: payloadOf(numbered('file', 25)) },
  { signal: 'metrics', payload: metricsPayload() },
])('the file exporter writes $signal as a real Collector does', async ({ signal, payload }) => {
  const folder = await temporaryFolder()
  const [theirs, ours] = [join(folder, 'theirs.jsonl'), join(folder, 'ours.jsonl')]
  const port = await freePort()
  const collector = await startCollector(program, toFile(port, theirs), folder)
  const response = await fetch(`http://127.0.0.1:${port}/v1/${signal}`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-protobuf' },
    body: Buffer.from(payload.bytes),
  })
  expect(response.status).toBe(200)
  await collector.stop('SIGTERM')

  const exporter = fileExporter.create(fileExporter.schema.parse({ path: ours }), exporterContext(folder))
  onTestFinished(() => exporter.shutdown())
  await exporter.start?.()
  await exporter.export(payload, new AbortController().signal)
  await exporter.shutdown()

  const [their, our] = [await readFile(theirs, 'utf8'), await readFile(ours, 'utf8')]
  expect(our.split('\n').length).toBe(their.split('\n').length)
  expect(JSON.parse(our)).toEqual(JSON.parse(their))
})
