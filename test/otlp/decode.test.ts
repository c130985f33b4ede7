import { describe, expect, it } from 'vitest'
import { decodeLogs, decodeMetrics } from '../../src/otlp/decode.ts'
import { countItems, timeRangeOf } from '../../src/otlp/walk.ts'
import { ProtobufError } from '../../src/protobuf/reader.ts'
import { ProtobufWriter } from '../../src/protobuf/writer.ts'
import { logsPayload, metricsPayload, startSeconds } from './samples.ts'

const NANOS = 1_000_000_000n
const start = BigInt(startSeconds) * NANOS

describe('decodeLogs', () => {
  it('reads every field of what the official serializer wrote', () => {
    const [first, second] = decodeLogs(logsPayload(3).bytes)
    expect(first?.resource.attributes).toEqual([
      { key: 'service.name', value: 'slb' },
      { key: 'cloud.region', value: 'cn-hangzhou' },
    ])
    expect(second?.schemaUrl).toBe('https://example.com/resource')
    expect(first?.scopeLogs.map(({ scope }) => scope)).toEqual([
      { name: 'receivers/sls', version: '1.2.3', attributes: [], droppedAttributesCount: 0 },
      {
        name: 'receivers/smq',
        version: '',
        attributes: [{ key: 'encoding.format', value: 'alibabacloud.smq' }],
        droppedAttributesCount: 3,
      },
    ])
    expect(first?.scopeLogs[1]?.schemaUrl).toBe('https://example.com/scope')
    const [record] = first?.scopeLogs[0]?.logRecords ?? []
    expect(record).toEqual({
      timeUnixNano: start + 5n,
      observedTimeUnixNano: start + 100n * NANOS + 999_999_999n,
      severityNumber: 9,
      severityText: 'INFO',
      body: 'record 0',
      attributes: [
        { key: 'index', value: 0n },
        { key: 'log.record.uid', value: 'web/access/shard/0/0' },
        { key: 'ratio', value: 0.25 },
        { key: 'negative', value: -7n },
        { key: 'ok', value: true },
        { key: 'nothing', value: null },
        { key: 'bytes', value: Buffer.from([0, 255, 16]) },
        { key: 'list', value: ['a', 1n, [true]] },
        {
          key: 'map',
          value: {
            pairs: [
              { key: 'inner', value: { pairs: [{ key: 'deep', value: 'é中🙂' }] } },
              { key: 'n', value: 2n ** 40n },
            ],
          },
        },
      ],
      droppedAttributesCount: 2,
      flags: 1,
      traceId: Buffer.from('0af7651916cd43dd8448eb211c80319c', 'hex'),
      spanId: Buffer.from('b7ad6b7169203331', 'hex'),
      eventName: 'sample',
    })
  })

  it('passes over fields it does not know, of every wire type', () => {
    const writer = new ProtobufWriter()
    const resourceLogs = writer.begin(0x0a)
    const scopeLogs = writer.begin(0x12)
    const record = writer.begin(0x12)
    writer.byte(0xa0) // field 20, varint
    writer.byte(0x01)
    writer.varint(300)
    writer.byte(0xa1) // field 20, fixed64
    writer.byte(0x01)
    writer.fixed64(1n)
    writer.stringField(0x7a, 'field 15')
    writer.byte(0x6d) // field 13, fixed32
    writer.fixed32(7)
    writer.stringField(0x1a, 'WARN')
    writer.end(record)
    writer.end(scopeLogs)
    writer.end(resourceLogs)
    expect(decodeLogs(writer.toBytes())[0]?.scopeLogs[0]?.logRecords[0]?.severityText).toBe('WARN')
  })

  it.each([
    ['text', Buffer.from('{"resourceLogs":[]}')],
    ['a length beyond the end', Uint8Array.of(0x0a, 0x7f, 0x00)],
    ['a time of the wrong wire type', Uint8Array.of(0x0a, 0x06, 0x12, 0x04, 0x12, 0x02, 0x08, 0x01)],
  ])('refuses %s', (_what, bytes) => {
    expect(() => decodeLogs(bytes)).toThrow(ProtobufError)
  })

  it('refuses values nested deeper than any record, instead of using up the stack', () => {
    let value: Uint8Array = new Uint8Array(0)
    for (let depth = 0; depth < 5_000; depth++) {
      const writer = new ProtobufWriter(value.length + 20)
      const array = writer.begin(0x2a)
      writer.bytesField(0x0a, value)
      writer.end(array)
      value = writer.toBytes()
    }
    const writer = new ProtobufWriter()
    const marks = [writer.begin(0x0a), writer.begin(0x12), writer.begin(0x12)]
    writer.bytesField(0x2a, value)
    for (const mark of marks.reverse()) writer.end(mark)
    expect(() => decodeLogs(writer.toBytes())).toThrow('nested too deeply')
  })
})

describe('decodeMetrics', () => {
  it('reads every kind of metric the official serializer writes', () => {
    const [resourceMetrics] = decodeMetrics(metricsPayload(2).bytes)
    const metrics = resourceMetrics?.scopeMetrics.flatMap((each) => each.metrics) ?? []
    expect(metrics.map(({ name, unit, data }) => [name, unit, data?.kind])).toEqual([
      ['gauge', '1', 'gauge'],
      ['sum', '1', 'sum'],
      ['histogram', '1', 'histogram'],
      ['exponential', '1', 'exponentialHistogram'],
    ])
    const place = {
      attributes: [
        { key: 'index', value: 1n },
        { key: 'host', value: 'i-1' },
      ],
      startTimeUnixNano: start + 1n,
      timeUnixNano: start + 61n * NANOS + 2n,
      flags: 0,
      exemplars: [],
    }
    const [gauge, sum, histogram, exponential] = metrics.map(({ data }) => data)
    expect(gauge?.points[1]).toEqual({ ...place, value: 1.5 })
    expect(sum).toMatchObject({ temporality: 1, monotonic: true })
    expect(sum?.points[1]).toEqual({ ...place, value: -1n })
    expect(histogram).toMatchObject({ temporality: 2 })
    expect(histogram?.points[1]).toEqual({
      ...place,
      count: 5n,
      sum: 9.5,
      min: 0.1,
      max: 7,
      bucketCounts: [1n, 1n, 3n],
      explicitBounds: [1, 2.5],
    })
    expect(exponential?.points[1]).toEqual({
      ...place,
      count: 6n,
      sum: 11,
      min: -4,
      max: 8,
      scale: -1,
      zeroCount: 1n,
      zeroThreshold: 0,
      positive: { offset: -3, bucketCounts: [1n, 2n, 300n] },
      negative: { offset: 2, bucketCounts: [1n] },
    })
  })

  it('reads a summary with quantiles, and exemplars, which the SDK cannot write', () => {
    const writer = new ProtobufWriter()
    const outer = [writer.begin(0x0a), writer.begin(0x12), writer.begin(0x12)]
    writer.stringField(0x0a, 'latency')
    const summary = writer.begin(0x5a)
    const point = writer.begin(0x0a)
    writer.byte(0x19)
    writer.fixed64(7n)
    writer.byte(0x21)
    writer.fixed64(2n)
    writer.byte(0x29)
    writer.double(3.5)
    const quantile = writer.begin(0x32)
    writer.byte(0x09)
    writer.double(0.99)
    writer.byte(0x11)
    writer.double(3)
    writer.end(quantile)
    writer.end(point)
    writer.end(summary)
    const second = writer.begin(0x12)
    for (const mark of [second, ...outer.reverse()]) writer.end(mark)
    const [metric] = decodeMetrics(writer.toBytes())[0]?.scopeMetrics[0]?.metrics ?? []
    expect(metric?.data).toEqual({
      kind: 'summary',
      points: [
        {
          attributes: [],
          startTimeUnixNano: 0n,
          timeUnixNano: 7n,
          flags: 0,
          count: 2n,
          sum: 3.5,
          quantileValues: [{ quantile: 0.99, value: 3 }],
        },
      ],
    })
  })
})

describe('countItems and timeRangeOf', () => {
  it('count log records and data points without decoding them', () => {
    expect(countItems('logs', logsPayload(7).bytes)).toBe(7)
    expect(countItems('metrics', metricsPayload(3).bytes)).toBe(12)
    expect(countItems('logs', new Uint8Array(0))).toBe(0)
  })

  it('find the oldest and the newest time', () => {
    expect(timeRangeOf('logs', logsPayload(4).bytes)).toEqual({
      oldestUnixNano: start + 5n,
      newestUnixNano: start + 3n * NANOS + 5n,
    })
    expect(timeRangeOf('metrics', metricsPayload(2).bytes)).toEqual({
      oldestUnixNano: start + 60n * NANOS + 2n,
      newestUnixNano: start + 61n * NANOS + 2n,
    })
  })

  it('take the observed time of a log record that has no other', () => {
    const writer = new ProtobufWriter()
    const marks = [writer.begin(0x0a), writer.begin(0x12), writer.begin(0x12)]
    writer.byte(0x59)
    writer.fixed64(42n)
    writer.byte(0x09)
    writer.fixed64(0n)
    for (const mark of marks.reverse()) writer.end(mark)
    expect(timeRangeOf('logs', writer.toBytes())).toEqual({ oldestUnixNano: 42n, newestUnixNano: 42n })
  })
})
