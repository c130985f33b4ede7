import { describe, expect, it } from 'vitest'
import { decodeLogs, decodeMetrics } from '../../src/otlp/decode.ts'
import { splitPayload } from '../../src/otlp/split.ts'
import { countItems } from '../../src/otlp/walk.ts'
import { concatPayloads, type Payload } from '../../src/pipeline/payload.ts'
import { ProtobufWriter } from '../../src/protobuf/writer.ts'
import { logsPayload, metricsPayload, toPayload } from './samples.ts'

const counts = [1, 2, 3, 4, 5, 7, 16, 33]

describe('splitPayload', () => {
  it.each(counts)('halves %i log records and, halved on to single ones, keeps all, in order', (count) => {
    const payload = logsPayload(count)
    expect(flatLogs(...splitFully(payload))).toEqual(flatLogs(payload))
  })

  it.each(counts)('halves %i data points a metric and, halved on to single ones, keeps all, in order', (count) => {
    const payload = metricsPayload(count)
    expect(flatPoints(...splitFully(payload))).toEqual(flatPoints(payload))
  })

  it('divides the items evenly and tells their number and times', () => {
    const halves = splitPayload(concatPayloads([logsPayload(4), logsPayload(5)]))
    expect(halves?.map(({ items }) => items)).toEqual([5, 4])
    for (const half of halves ?? []) {
      expect(countItems('logs', half.bytes)).toBe(half.items)
      const times = flatLogs(half).map(({ record }) => record.timeUnixNano)
      times.sort((a, b) => Number(a - b))
      expect([half.oldestUnixNano, half.newestUnixNano]).toEqual([times[0], times.at(-1)])
    }
  })

  it('leaves a single item whole', () => {
    expect(splitPayload(logsPayload(1))).toBeUndefined()
    expect(splitPayload(toPayload('logs', new Uint8Array(0)))).toBeUndefined()
  })

  it('leaves out groups without items, so that no half is an envelope without records', () => {
    const writer = new ProtobufWriter()
    writer.bytesField(0x0a, Uint8Array.of(0x12, 0x00))
    const payload = concatPayloads([toPayload('logs', writer.toBytes()), logsPayload(2)])
    const [first] = splitPayload(payload) ?? []
    expect(decodeLogs(first?.bytes ?? new Uint8Array(0))).toHaveLength(1)
  })

  it('cuts messages whose lengths need more bytes than the writer leaves room for, and fewer', () => {
    const big = concatPayloads([logsPayload(3), ...Array.from({ length: 40 }, () => logsPayload(300))])
    expect(flatLogs(...(splitPayload(big) ?? []))).toEqual(flatLogs(big))
  })
})

function splitFully(payload: Payload): Payload[] {
  const halves = splitPayload(payload)
  if (halves === undefined) return [payload]
  return halves.flatMap(splitFully)
}

/** Every record with what encloses it. */
function flatLogs(...payloads: Payload[]) {
  return payloads
    .flatMap(({ bytes }) => decodeLogs(bytes))
    .flatMap(({ resource, schemaUrl, scopeLogs }) =>
      scopeLogs.flatMap(({ scope, schemaUrl: scopeSchemaUrl, logRecords }) =>
        logRecords.map((record) => ({ resource, schemaUrl, scope, scopeSchemaUrl, record })),
      ),
    )
}

/** Every data point with what encloses it. */
function flatPoints(...payloads: Payload[]) {
  return payloads
    .flatMap(({ bytes }) => decodeMetrics(bytes))
    .flatMap(({ resource, scopeMetrics }) =>
      scopeMetrics.flatMap(({ scope, schemaUrl, metrics }) =>
        metrics.flatMap(({ data, ...metric }) =>
          (data?.points ?? []).map((point) => ({
            resource,
            scope,
            schemaUrl,
            metric,
            data: { ...data, points: [point] },
          })),
        ),
      ),
    )
}
