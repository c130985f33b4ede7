import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { createDebugExporter, debugExporter } from '../../../src/exporters/debug/exporter.ts'
import { acceptedWhole } from '../../../src/pipeline/payload.ts'
import { createManualClock } from '../../fakes/manual-clock.ts'
import { logsPayload, metricsPayload } from '../../otlp/samples.ts'
import { createTestContext } from '../context.ts'

const never = new AbortController().signal

function create(options: object) {
  const stream = new PassThrough()
  const clock = createManualClock()
  const exporter = createDebugExporter(debugExporter.schema.parse(options), createTestContext(clock), stream)
  return { exporter, clock, text: () => String(stream.read() ?? '') }
}

describe('debug exporter', () => {
  it('counts what passes under verbosity: basic', async () => {
    const { exporter, text } = create({})
    expect(await exporter.export(logsPayload(3), never)).toEqual(acceptedWhole)
    await exporter.export(metricsPayload(2), never)
    expect(text()).toBe(
      'Logs\t{"resource logs": 2, "log records": 3}\nMetrics\t{"resource metrics": 1, "metrics": 4, "data points": 8}\n',
    )
  })

  it('writes a line a log record under verbosity: normal', async () => {
    const { exporter, text } = create({ verbosity: 'normal' })
    await exporter.export(logsPayload(2), never)
    expect(text().split('\n')).toEqual([
      'Logs\t{"resource logs": 1, "log records": 2}',
      'ResourceLog #0 service.name=slb cloud.region=cn-hangzhou',
      'ScopeLog #0 receivers/sls@1.2.3',
      'record 0 index=0 log.record.uid=web/access/shard/0/0 ratio=0.25 negative=-7 ok=true nothing= bytes=AP8Q ' +
        'list=["a",1,[true]] map={"inner":{"deep":"é中🙂"},"n":1099511627776}',
      'ScopeLog #1 receivers/smq [https://example.com/scope] encoding.format=alibabacloud.smq',
      expect.stringMatching(/^record 1 index=1 /),
      '',
    ])
  })

  it('writes a line a data point under verbosity: normal', async () => {
    const { exporter, text } = create({ verbosity: 'normal' })
    await exporter.export(metricsPayload(1), never)
    expect(text().split('\n').slice(2)).toEqual([
      'ScopeMetrics #0 receivers/sls@1.2.3',
      'gauge{index=0,host=i-0} 0.5',
      'sum{index=0,host=i-0} 0',
      'ScopeMetrics #1 receivers/smq [https://example.com/scope] encoding.format=alibabacloud.smq',
      'histogram{index=0,host=i-0} count=4 sum=9.5 min=0.1 max=7 le1=1 le2.5=0',
      'exponential{index=0,host=i-0} count=6 sum=11 min=-4 max=8',
      '',
    ])
  })

  it('writes everything about a log record under verbosity: detailed', async () => {
    const { exporter, text } = create({ verbosity: 'detailed' })
    await exporter.export(logsPayload(1), never)
    expect(text()).toBe(`Logs\t{"resource logs": 1, "log records": 1}
ResourceLog #0
Resource SchemaURL: 
Resource attributes:
     -> service.name: Str(slb)
     -> cloud.region: Str(cn-hangzhou)
ScopeLogs #0
ScopeLogs SchemaURL: 
InstrumentationScope receivers/sls 1.2.3
LogRecord #0
ObservedTimestamp: 2026-03-02 00:17:10.999999999 +0000 UTC
Timestamp: 2026-03-02 00:15:30.000000005 +0000 UTC
SeverityText: INFO
SeverityNumber: Info(9)
EventName: sample
Body: Str(record 0)
Attributes:
     -> index: Int(0)
     -> log.record.uid: Str(web/access/shard/0/0)
     -> ratio: Double(0.25)
     -> negative: Int(-7)
     -> ok: Bool(true)
     -> nothing: Empty()
     -> bytes: Bytes(AP8Q)
     -> list: Slice(["a",1,[true]])
     -> map: Map({"inner":{"deep":"é中🙂"},"n":1099511627776})
Trace ID: 0af7651916cd43dd8448eb211c80319c
Span ID: b7ad6b7169203331
Flags: 1
`)
  })

  it('writes everything about a data point under verbosity: detailed', async () => {
    const { exporter, text } = create({ verbosity: 'detailed' })
    await exporter.export(metricsPayload(1), never)
    const written = text()
    expect(written).toContain(`Metric #1
Descriptor:
     -> Name: sum
     -> Description: the sum
     -> Unit: 1
     -> DataType: Sum
     -> IsMonotonic: true
     -> AggregationTemporality: Delta
NumberDataPoints #0
Data point attributes:
     -> index: Int(0)
     -> host: Str(i-0)
StartTimestamp: 2026-03-02 00:15:30.000000001 +0000 UTC
Timestamp: 2026-03-02 00:16:30.000000002 +0000 UTC
Value: 0
`)
    expect(written).toContain(`Count: 4
Sum: 9.500000
Min: 0.100000
Max: 7.000000
ExplicitBounds #0: 1.000000
ExplicitBounds #1: 2.500000
Buckets #0, Count: 1
Buckets #1, Count: 0
Buckets #2, Count: 3
`)
    // Scale -1: bounds are powers of 4.
    expect(written).toContain(`Bucket [-64.000000, -16.000000), Count: 0
Bucket [0, 0], Count: 1
Bucket (0.015625, 0.062500], Count: 1
Bucket (0.062500, 0.250000], Count: 2
Bucket (0.250000, 1.000000], Count: 300
`)
  })

  it('shows the first of each second and then each so-manieth', async () => {
    const { exporter, clock, text } = create({ sampling_initial: 2, sampling_thereafter: 3 })
    const shown = async () => {
      for (let index = 0; index < 9; index++) await exporter.export(logsPayload(1), never)
      return text().split('\n').length - 1
    }
    expect(await shown()).toBe(4)
    await clock.advance(1_000)
    expect(await shown()).toBe(4)
  })

  it('shows everything by default', async () => {
    const { exporter, text } = create({})
    for (let index = 0; index < 5; index++) await exporter.export(logsPayload(1), never)
    expect(text().split('\n')).toHaveLength(6)
  })
})
