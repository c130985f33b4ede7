import { ExportResultCode } from '@opentelemetry/core'
import { ProtobufLogsSerializer } from '@opentelemetry/otlp-transformer'
import { InMemoryLogRecordExporter, type LogRecordExporter, type ReadableLogRecord } from '@opentelemetry/sdk-logs'
import { describe, expect, it } from 'vitest'
import { createSdkLogExporter, toReadableLogRecords } from '../../src/exporters/sdk-adapter.ts'
import { decodeLogs } from '../../src/otlp/decode.ts'
import { acceptedWhole } from '../../src/pipeline/payload.ts'
import { ProtobufWriter } from '../../src/protobuf/writer.ts'
import { logsPayload, sampleRecords } from '../otlp/samples.ts'
import { createTestContext } from './context.ts'
import { createEagerClock } from './eager-clock.ts'

const never = new AbortController().signal

describe('toReadableLogRecords', () => {
  it('gives records that the official serializer writes as the same request', () => {
    const { bytes } = logsPayload(9)
    const again = ProtobufLogsSerializer.serializeRequest(toReadableLogRecords(bytes))
    expect(decodeLogs(again ?? new Uint8Array(0))).toEqual(decodeLogs(bytes))
  })

  it('gives the values that were encoded', () => {
    const [record] = toReadableLogRecords(logsPayload(1).bytes)
    const [original] = sampleRecords(1)
    expect(record?.attributes).toEqual({ ...original?.attributes, bytes: Buffer.from([0, 255, 16]) })
    expect(record?.spanContext).toEqual(original?.spanContext)
    expect(record?.hrTime).toEqual(original?.hrTime)
  })

  it('keeps one object a resource and one a scope', () => {
    const records = toReadableLogRecords(logsPayload(9).bytes)
    expect(new Set(records.map(({ resource }) => resource)).size).toBe(2)
    expect(new Set(records.map(({ instrumentationScope }) => instrumentationScope)).size).toBe(3)
  })

  it('gives integers that a number cannot hold as their digits', () => {
    const writer = new ProtobufWriter()
    const marks = [writer.begin(0x0a), writer.begin(0x12), writer.begin(0x12)]
    for (const value of [2n ** 53n - 1n, 2n ** 53n, -(2n ** 63n)]) {
      const attribute = writer.begin(0x32)
      writer.stringField(0x0a, String(value))
      const any = writer.begin(0x12)
      writer.byte(0x18)
      writer.varint64(value)
      writer.end(any)
      writer.end(attribute)
    }
    for (const mark of marks.reverse()) writer.end(mark)
    expect(toReadableLogRecords(writer.toBytes())[0]?.attributes).toEqual({
      '9007199254740991': 9_007_199_254_740_991,
      '9007199254740992': '9007199254740992',
      '-9223372036854775808': '-9223372036854775808',
    })
  })
})

describe('createSdkLogExporter', () => {
  it('answers when the exporter reports success', async () => {
    const memory = new InMemoryLogRecordExporter()
    const context = createTestContext(createEagerClock(0))
    const exporter = createSdkLogExporter(memory, context)
    expect(await exporter.export(logsPayload(4), never)).toEqual(acceptedWhole)
    expect(memory.getFinishedLogRecords().map(({ body }) => body)).toEqual([
      'record 0',
      'record 3',
      'record 1',
      'record 2',
    ])
    expect(await context.counter('otelcol_exporter_sent_log_records')).toEqual({ '': 4 })
  })

  it('repeats a failed export, and one that throws, until it succeeds', async () => {
    const clock = createEagerClock(0)
    const context = createTestContext(clock)
    let calls = 0
    const delivered: ReadableLogRecord[][] = []
    const exporter = createSdkLogExporter(
      fakeExporter((records, callback) => {
        calls++
        if (calls === 1) return callback({ code: ExportResultCode.FAILED, error: new Error('queue is full') })
        if (calls === 2) throw new Error('broken')
        delivered.push(records)
        callback({ code: ExportResultCode.SUCCESS })
      }),
      context,
    )
    expect(await exporter.export(logsPayload(2), never)).toEqual(acceptedWhole)
    expect(delivered).toHaveLength(1)
    expect(clock.waits).toEqual([500, 1_000])
    expect(context.states.map(({ message }) => message)).toEqual([
      "The embedding program's exporter failed: queue is full",
      "The embedding program's exporter failed: broken",
      '',
    ])
  })

  it('rejects promptly when the signal aborts, though the exporter never calls back', async () => {
    const stop = new AbortController()
    const context = createTestContext(createEagerClock(0))
    const exporting = createSdkLogExporter(
      fakeExporter(() => {}),
      context,
    ).export(logsPayload(1), stop.signal)
    stop.abort(new Error('stopping'))
    await expect(exporting).rejects.toThrow('stopping')
    expect(context.statusDetails()).toEqual({ oldest_unanswered_seconds: 0 })
  })

  it('flushes and shuts the exporter down', async () => {
    const calls: string[] = []
    const exporter: LogRecordExporter = {
      export: () => {},
      forceFlush: async () => void calls.push('forceFlush'),
      shutdown: async () => void calls.push('shutdown'),
    }
    await createSdkLogExporter(exporter, createTestContext(createEagerClock(0))).shutdown()
    expect(calls).toEqual(['forceFlush', 'shutdown'])
  })
})

function fakeExporter(send: LogRecordExporter['export']): LogRecordExporter {
  return { export: send, forceFlush: async () => {}, shutdown: async () => {} }
}
