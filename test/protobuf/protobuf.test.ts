import { describe, expect, it } from 'vitest'
import { ProtobufError, ProtobufReader } from '../../src/protobuf/reader.ts'
import { ProtobufWriter } from '../../src/protobuf/writer.ts'

describe('ProtobufWriter and ProtobufReader', () => {
  it.each([0n, 1n, 127n, 128n, 300n, 2n ** 53n + 1n, 2n ** 63n - 1n, -1n, -(2n ** 63n)])(
    'round-trip int64 %s',
    (value) => {
      const writer = new ProtobufWriter(1)
      writer.byte(0x08)
      writer.varint64(value)
      const reader = new ProtobufReader(writer.view())
      expect(reader.field()).toBe(1)
      expect(reader.varint64()).toBe(value)
      expect(reader.field()).toBe(0)
    },
  )

  it.each([
    [1, 5],
    [1, 300],
    [2, 5],
    [2, 300],
    [2, 20_000],
    [3, 1],
    [3, 3_000_000],
  ])('a nested message with room for %i length bytes may hold %i bytes', (room, size) => {
    const writer = new ProtobufWriter(8)
    const mark = writer.begin(0x0a, room)
    writer.raw(new Uint8Array(size).fill(7))
    writer.end(mark, room)
    writer.stringField(0x12, 'behind')
    const reader = new ProtobufReader(writer.view())
    expect(reader.field()).toBe(1)
    const content = reader.bytes()
    expect(content.length).toBe(size)
    expect(content.every((byte) => byte === 7)).toBe(true)
    expect(reader.field()).toBe(2)
    expect(reader.string()).toBe('behind')
  })

  it('writes the canonical bytes of the protobuf documentation', () => {
    const writer = new ProtobufWriter()
    writer.byte(0x08)
    writer.varint(150)
    writer.stringField(0x12, 'testing')
    expect(Buffer.from(writer.toBytes()).toString('hex')).toBe('0896011207' + '74657374696e67')
  })

  it.each([
    ['a length past the message', '0a05010203'],
    ['a varint that does not end', '08ffff'],
    ['a varint of eleven bytes', '08ffffffffffffffffffffff01'],
    ['field number 0', '0001'],
    ['a group', '0b'],
  ])('the reader refuses %s', (_name, hex) => {
    const read = () => {
      const reader = new ProtobufReader(Buffer.from(hex, 'hex'))
      while (reader.field() !== 0) reader.skip()
    }
    expect(read).toThrow(ProtobufError)
  })
})
