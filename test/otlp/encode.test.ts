import { describe, expect, it } from 'vitest'
import { attributeKey, isValidUtf8, RECORD_ATTRIBUTE, writeValue } from '../../src/otlp/attribute-bytes.ts'
import { ByteTable } from '../../src/otlp/byte-table.ts'
import { decodeLogs } from '../../src/otlp/decode.ts'
import { encodeLogRecord, encodeResource, encodeScope } from '../../src/otlp/encode-log.ts'
import { LogBatch, RecordGroup } from '../../src/otlp/log-batch.ts'
import { ProtobufWriter } from '../../src/protobuf/writer.ts'

const group = (name: string, recordAttributes?: Uint8Array) =>
  new RecordGroup(
    encodeResource([['name', name]]),
    encodeScope('scope', '1', [['encoding.format', 'x']]),
    recordAttributes,
  )

function add(batch: LogBatch, to: RecordGroup, body: string, seconds = 0): void {
  const mark = batch.begin()
  batch.out.raw(
    encodeLogRecord({ timeUnixNano: BigInt(seconds) * 1_000_000_000n, observedTimeUnixNano: 1n, body, attributes: {} }),
  )
  batch.commit(mark, to, seconds, 0)
}

describe('encodeLogRecord', () => {
  it('writes what the official serializer writes, as one record', () => {
    const batch = new LogBatch(1e6)
    const mark = batch.begin()
    batch.out.raw(
      encodeLogRecord({
        timeUnixNano: 1_772_410_530_123_456_789n,
        observedTimeUnixNano: 1_772_410_540_000_000_001n,
        severityNumber: 13,
        eventName: 'something.happened',
        body: 'text',
        attributes: { a: 'b', list: [1, 'x'], map: { n: 1.5 }, yes: true },
        span: { traceId: '9c1f5a7d2e8b4063a1d7c5e9f0b32481', spanId: '5b1e9d70c4a8f236', traceFlags: 1 },
      }),
    )
    batch.commit(mark, group('r'), 1, 0)
    batch.finish()
    const [resourceLogs] = decodeLogs(batch.payloads[0]?.bytes ?? new Uint8Array())
    expect(resourceLogs?.resource.attributes).toEqual([{ key: 'name', value: 'r' }])
    expect(resourceLogs?.scopeLogs[0]?.scope).toMatchObject({
      name: 'scope',
      version: '1',
      attributes: [{ key: 'encoding.format', value: 'x' }],
    })
    expect(resourceLogs?.scopeLogs[0]?.logRecords[0]).toMatchObject({
      timeUnixNano: 1_772_410_530_123_456_789n,
      observedTimeUnixNano: 1_772_410_540_000_000_001n,
      severityNumber: 13,
      eventName: 'something.happened',
      body: 'text',
      attributes: [
        { key: 'a', value: 'b' },
        { key: 'list', value: [1n, 'x'] },
        { key: 'map', value: { pairs: [{ key: 'n', value: 1.5 }] } },
        { key: 'yes', value: true },
      ],
      flags: 1,
    })
    const { traceId, spanId } = resourceLogs?.scopeLogs[0]?.logRecords[0] ?? {}
    expect(Buffer.from(traceId ?? []).toString('hex')).toBe('9c1f5a7d2e8b4063a1d7c5e9f0b32481')
    expect(Buffer.from(spanId ?? []).toString('hex')).toBe('5b1e9d70c4a8f236')
  })
})

describe('writeValue', () => {
  const long = 'k'.repeat(200)
  it.each<[string, string, string | number | boolean | string[], unknown]>([
    ['a text', 'k', 'é', 'é'],
    ['an empty text', 'k', '', ''],
    ['a long text under a long key', long, 'x'.repeat(20_000), 'x'.repeat(20_000)],
    ['a small integer', 'k', 127, 127n],
    ['an integer', 'k', 128, 128n],
    ['an integer above 32 bits', 'k', 2 ** 40, 2n ** 40n],
    ['the largest safe integer', 'k', Number.MAX_SAFE_INTEGER, 2n ** 53n - 1n],
    ['a negative integer', 'k', -5, -5n],
    ['a double', 'k', 0.1, 0.1],
    ['true', 'k', true, true],
    ['false', 'k', false, false],
    ['a list', 'k', ['a', 'é'.repeat(100)], ['a', 'é'.repeat(100)]],
    ['an empty list', 'k', [], []],
  ])('writes %s', (_what, name, value, decoded) => {
    const writer = new ProtobufWriter(1)
    writeValue(writer, RECORD_ATTRIBUTE, attributeKey(name), value)
    const batch = new LogBatch(1e6)
    const mark = batch.begin()
    batch.out.raw(writer.toBytes())
    batch.commit(mark, group('r'), 1, 0)
    batch.finish()
    const [resourceLogs] = decodeLogs(batch.payloads[0]?.bytes ?? new Uint8Array())
    expect(resourceLogs?.scopeLogs[0]?.logRecords[0]?.attributes).toEqual([{ key: name, value: decoded }])
  })
})

describe('isValidUtf8', () => {
  const check = (hex: string) => {
    const bytes = Buffer.from(`80${hex}80`, 'hex')
    return isValidUtf8(bytes, 1, bytes.length - 1)
  }
  it.each(['', '61', 'c280', 'dfbf', 'e0a080', 'ed9fbf', 'ee8080', 'efbfbf', 'f0908080', 'f48fbfbf', '61c3a9e282ac'])(
    '%j is',
    (hex) => expect(check(hex)).toBe(true),
  )
  it.each([
    '80',
    'c0af',
    'c1bf',
    'c2',
    'c261',
    'e08080',
    'e0a0',
    'eda080',
    'e28261',
    'f0808080',
    'f4908080',
    'f5808080',
    'f09080',
    'ff',
    '61bf',
  ])('%j is not', (hex) => expect(check(hex)).toBe(false))
  it('agrees for long texts, which native code checks', () => {
    const long = Buffer.from('é'.repeat(5000))
    expect(isValidUtf8(long, 0, long.length)).toBe(true)
    expect(isValidUtf8(long, 1, long.length)).toBe(false)
  })
})

describe('ByteTable', () => {
  it('numbers byte strings in the order they came, however many', () => {
    const table = new ByteTable()
    const texts = Array.from({ length: 5000 }, (_, index) => Buffer.from(`text ${index}`.repeat((index % 3) + 1)))
    for (const [index, text] of texts.entries()) {
      expect(table.find(text, 0, text.length)).toBe(-1)
      expect(table.add(text, 0, text.length)).toBe(index)
    }
    for (const [index, text] of texts.entries()) expect(table.find(text, 0, text.length)).toBe(index)
    expect(table.size).toBe(5000)
  })

  it('looks only at the part it is given, and an empty part is one too', () => {
    const table = new ByteTable()
    const bytes = Buffer.from('xabcx')
    expect(table.add(bytes, 1, 4)).toBe(0)
    expect(table.add(bytes, 0, 0)).toBe(1)
    expect(table.find(Buffer.from('abc'), 0, 3)).toBe(0)
    expect(table.find(Buffer.from('abc'), 0, 2)).toBe(-1)
    expect(table.find(Buffer.from('q'), 1, 1)).toBe(1)
  })

  it('knows nothing any more after clear', () => {
    const table = new ByteTable()
    const bytes = Buffer.from('abc')
    table.add(bytes, 0, 3)
    table.clear()
    expect(table.find(bytes, 0, 3)).toBe(-1)
    expect(table.add(bytes, 0, 3)).toBe(0)
  })
})

describe('LogBatch', () => {
  const bodiesOf = (bytes: Uint8Array) =>
    decodeLogs(bytes).map(({ resource, scopeLogs }) => [
      resource.attributes[0]?.value,
      ...scopeLogs.flatMap(({ logRecords }) => logRecords.map(({ body }) => body)),
    ])

  it('puts the records of a group together and keeps their order', () => {
    const batch = new LogBatch(1e6)
    const [a, b] = [group('a'), group('b')]
    for (const [index, to] of [a, b, b, a, b].entries()) add(batch, to, String(index), 10 - index)
    batch.finish()
    expect(batch.payloads).toHaveLength(1)
    expect(batch.payloads[0]).toMatchObject({
      items: 5,
      oldestUnixNano: 6_000_000_000n,
      newestUnixNano: 10_000_000_000n,
    })
    expect(bodiesOf(batch.payloads[0]?.bytes ?? new Uint8Array())).toEqual([
      ['a', '0', '3'],
      ['b', '1', '2', '4'],
    ])
  })

  it('begins a payload anew, with its resources, before one becomes too large', () => {
    const batch = new LogBatch(400)
    const [a, b] = [group('a'), group('b')]
    for (let index = 0; index < 20; index++) add(batch, index % 2 === 0 ? a : b, `record ${index}`)
    batch.finish()
    expect(batch.payloads.length).toBeGreaterThan(2)
    for (const { bytes } of batch.payloads) expect(bytes.length).toBeLessThanOrEqual(400)
    expect(batch.payloads.flatMap(({ bytes }) => bodiesOf(bytes).flatMap(([, ...bodies]) => bodies))).toHaveLength(20)
  })

  it('takes the fallback where no record has a time', () => {
    const batch = new LogBatch(1e6)
    batch.fallbackUnixNano = 5n
    add(batch, group('a'), 'x')
    batch.finish()
    expect(batch.payloads[0]).toMatchObject({ oldestUnixNano: 5n, newestUnixNano: 5n })
  })

  it('forgets what was not finished', () => {
    const batch = new LogBatch(1e6)
    const a = group('a')
    add(batch, a, 'lost')
    batch.reset()
    add(batch, a, 'kept')
    batch.finish()
    expect(bodiesOf(batch.payloads[0]?.bytes ?? new Uint8Array())).toEqual([['a', 'kept']])
  })

  it('gives each record of a group the attributes of the group', () => {
    const writer = new ProtobufWriter(1)
    writeValue(writer, RECORD_ATTRIBUTE, attributeKey('more'), 'yes')
    const batch = new LogBatch(1e6)
    const a = group('a', writer.toBytes())
    add(batch, a, 'x'.repeat(20_000))
    add(batch, a, 'y')
    batch.finish()
    const records = decodeLogs(batch.payloads[0]?.bytes ?? new Uint8Array())[0]?.scopeLogs[0]?.logRecords
    expect(records?.map(({ attributes }) => attributes)).toEqual([
      [{ key: 'more', value: 'yes' }],
      [{ key: 'more', value: 'yes' }],
    ])
  })
})
