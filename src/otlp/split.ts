import type { Payload } from '../pipeline/payload.ts'
import { ProtobufReader } from '../protobuf/reader.ts'
import { ProtobufWriter } from '../protobuf/writer.ts'
import { countBelow, type RequestLevel, requestLevels, timeRangeOf } from './walk.ts'

/** Room for the length of a message that is being cut; requests are larger than 16 KiB when they are split. */
const LENGTH_BYTES = 3

/**
 * Two payloads with the first and the second half of the items, in order; `undefined` when there is only one item.
 * Nothing is decoded: messages on the cut are written anew with their lengths, all others are copied. What lies beside
 * the items (resource, scope, schema URL, a metric's name and unit) is in both halves.
 */
export function splitPayload(payload: Payload): [Payload, Payload] | undefined {
  if (payload.items < 2) return undefined
  const middle = Math.ceil(payload.items / 2)
  return [slice(payload, 0, middle), slice(payload, middle, payload.items)]
}

/** The items from number `from` up to, not including, number `to`. */
function slice(payload: Payload, from: number, to: number): Payload {
  const { signal } = payload
  const writer = new ProtobufWriter(payload.bytes.length)
  writeSlice(requestLevels[signal], new ProtobufReader(payload.bytes), writer, from, to)
  const bytes = writer.toBytes()
  return { signal, bytes, items: to - from, ...timeRangeOf(signal, bytes) }
}

function writeSlice(level: RequestLevel, reader: ProtobufReader, writer: ProtobufWriter, from: number, to: number) {
  const { fields, next } = level
  let first = 0
  for (let start = reader.position, field = reader.field(); field !== 0; field = reader.field()) {
    if (fields.includes(field)) {
      const content = reader.message()
      const inside = () => new ProtobufReader(reader.buffer, content, reader.position)
      const items = next === undefined ? 1 : countBelow(next, inside())
      const after = first + items
      if (first >= from && after <= to && items > 0) writer.copy(reader.buffer, start, reader.position)
      else if (next !== undefined && first < to && after > from && items > 0) {
        const mark = writer.begin(field * 8 + 2, LENGTH_BYTES)
        writeSlice(next, inside(), writer, from - first, to - first)
        writer.end(mark, LENGTH_BYTES)
      }
      first = after
    } else {
      reader.skip()
      writer.copy(reader.buffer, start, reader.position)
    }
    start = reader.position
  }
}
