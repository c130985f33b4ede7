import { isUtf8 } from 'node:buffer'
import type { ProtobufWriter } from '../protobuf/writer.ts'
import { varintSize } from '../protobuf/writer.ts'

/**
 * Writes OTLP attributes from bytes to bytes. The functions for the hot path reserve nothing: whoever calls them has made
 * room for all of a record at once, `attributeRoom` for each attribute and `repairedSize` for each byte of text.
 */

/** `KeyValue` as `LogRecord.attributes` (field 6), and as an entry of a `KeyValueList` or of `Resource.attributes`. */
export const RECORD_ATTRIBUTE = 0x32
export const LIST_ENTRY = 0x0a

const KEY = 0x0a
const VALUE = 0x12
const STRING_VALUE = 0x0a
const BOOL_VALUE = 0x10
const INT_VALUE = 0x18
const DOUBLE_VALUE = 0x21
const ARRAY_VALUE = 0x2a
const ARRAY_ITEM = 0x0a

/** What an attribute may hold where it is written from a JavaScript value. */
export type SimpleValue = string | number | boolean | readonly string[]

/** The constant part of a `KeyValue`: key with tag and length, and the tag of the value. */
export interface AttributeKey {
  readonly name: string
  /** The bytes, four to a word, little-endian; the last word is filled up with zeros. */
  readonly words: Int32Array
  readonly length: number
}

export function attributeKey(name: string): AttributeKey {
  const bytes = Buffer.from(name, 'utf8')
  const size = varintSize(bytes.length)
  const length = 1 + size + bytes.length + 1
  const padded = Buffer.alloc(Math.ceil(length / 4) * 4)
  padded[0] = KEY
  padded[1] = bytes.length & 0x7f
  if (size > 1) {
    padded[1] |= 0x80
    padded[2] = bytes.length >> 7
  }
  bytes.copy(padded, 1 + size)
  padded[length - 1] = VALUE
  const words = new Int32Array(padded.length / 4)
  for (let i = 0; i < words.length; i++) words[i] = padded.readInt32LE(i * 4)
  return { name, words, length }
}

/** Upper bound of what tags and lengths add to key and value, with the slack that copying by words needs. */
export const attributeRoom = (key: AttributeKey): number => key.length + 40

/** How many bytes of text one byte can become: U+FFFD, in the place of a byte that is not UTF-8, takes three. */
export const repairedSize = 3

const sizeOf = (value: number): number =>
  value < 0x80 ? 1 : value < 0x4000 ? 2 : value < 0x200000 ? 3 : value < 0x10000000 ? 4 : 5

function writeLength(out: ProtobufWriter, value: number): void {
  const { buffer } = out
  let at = out.length
  let rest = value
  while (rest > 0x7f) {
    buffer[at++] = (rest & 0x7f) | 0x80
    rest >>>= 7
  }
  buffer[at++] = rest
  out.length = at
}

/** Tag, length and key of an attribute whose value message takes `valueBytes`; the value message itself comes next. */
export function writeKey(out: ProtobufWriter, tag: number, key: AttributeKey, valueBytes: number): void {
  const { buffer } = out
  const size = key.length + sizeOf(valueBytes) + valueBytes
  buffer[out.length++] = tag
  if (size < 0x80) buffer[out.length++] = size
  else writeLength(out, size)
  const { words } = key
  const { words: target } = out
  let at = out.length
  for (let i = 0; i < words.length; i++) {
    target.setInt32(at, words[i] as number, true)
    at += 4
  }
  out.length += key.length
  if (valueBytes < 0x80) buffer[out.length++] = valueBytes
  else writeLength(out, valueBytes)
}

/** Copies text. Returns 0 when all of it is ASCII. */
function copyText(out: ProtobufWriter, source: Uint8Array, words: DataView, start: number, end: number): number {
  const { buffer, words: target } = out
  let at = out.length
  let from = start
  let seen = 0
  for (const last = end - 3; from < last; from += 4) {
    const word = words.getInt32(from, true)
    target.setInt32(at, word, true)
    seen |= word
    at += 4
  }
  while (from < end) {
    const byte = source[from++] as number
    buffer[at++] = byte
    seen |= byte
  }
  out.length = at
  return seen & 0x80808080
}

/**
 * Text as it is: part of a buffer of which `words` is the same memory. OTLP strings are UTF-8; what is not gets U+FFFD.
 */
export function writeText(
  out: ProtobufWriter,
  tag: number,
  key: AttributeKey,
  source: Uint8Array,
  words: DataView,
  start: number,
  end: number,
): void {
  const before = out.length
  const size = end - start
  writeKey(out, tag, key, 1 + sizeOf(size) + size)
  out.buffer[out.length++] = STRING_VALUE
  if (size < 0x80) out.buffer[out.length++] = size
  else writeLength(out, size)
  if (copyText(out, source, words, start, end) !== 0 && !isValidUtf8(source, start, end)) {
    out.length = before
    writeString(out, tag, key, repairText(source, start, end))
  }
}

/** Text as the only item of a list, which is how the conventions hold HTTP headers. */
export function writeTextList(
  out: ProtobufWriter,
  tag: number,
  key: AttributeKey,
  source: Uint8Array,
  words: DataView,
  start: number,
  end: number,
): void {
  const before = out.length
  const size = end - start
  const item = 1 + sizeOf(size) + size
  const list = 1 + sizeOf(item) + item
  writeKey(out, tag, key, 1 + sizeOf(list) + list)
  out.buffer[out.length++] = ARRAY_VALUE
  writeLength(out, list)
  out.buffer[out.length++] = ARRAY_ITEM
  writeLength(out, item)
  out.buffer[out.length++] = STRING_VALUE
  writeLength(out, size)
  if (copyText(out, source, words, start, end) !== 0 && !isValidUtf8(source, start, end)) {
    out.length = before
    writeStringList(out, tag, key, [repairText(source, start, end)])
  }
}

/** A string value message (`AnyValue` with its own tag and length): for bodies. */
export function writeTextValue(
  out: ProtobufWriter,
  tag: number,
  source: Uint8Array,
  words: DataView,
  start: number,
  end: number,
): void {
  const before = out.length
  const size = end - start
  out.buffer[out.length++] = tag
  writeLength(out, 1 + sizeOf(size) + size)
  out.buffer[out.length++] = STRING_VALUE
  writeLength(out, size)
  if (copyText(out, source, words, start, end) !== 0 && !isValidUtf8(source, start, end)) {
    out.length = before
    const text = repairText(source, start, end)
    const bytes = Buffer.byteLength(text)
    out.byte(tag)
    out.varint(1 + varintSize(bytes) + bytes)
    out.stringField(STRING_VALUE, text)
  }
}

/** An integer up to 2^53, not negative. */
export function writeInt(out: ProtobufWriter, tag: number, key: AttributeKey, value: number): void {
  const { buffer } = out
  if (value < 0x80) {
    writeKey(out, tag, key, 2)
    buffer[out.length++] = INT_VALUE
    buffer[out.length++] = value
    return
  }
  writeKey(out, tag, key, 1 + varintSize(value))
  buffer[out.length++] = INT_VALUE
  if (value < 0x80000000) writeLength(out, value)
  else out.varint(value)
}

export function writeInt64(out: ProtobufWriter, tag: number, key: AttributeKey, value: bigint): void {
  let size = 1
  for (let rest = BigInt.asUintN(64, value); rest > 0x7fn; rest >>= 7n) size++
  writeKey(out, tag, key, 1 + size)
  out.buffer[out.length++] = INT_VALUE
  out.varint64(value)
}

/** The first of `value`: an array, because a double handed from function to function would be an object on the heap. */
export function writeDouble(out: ProtobufWriter, tag: number, key: AttributeKey, value: Float64Array): void {
  writeKey(out, tag, key, 9)
  out.buffer[out.length++] = DOUBLE_VALUE
  out.words.setFloat64(out.length, value[0] as number, true)
  out.length += 8
}

// ---------------------------------------------------------------------------------------- from JavaScript values

function writeString(out: ProtobufWriter, tag: number, key: AttributeKey, text: string): void {
  const size = Buffer.byteLength(text, 'utf8')
  out.reserve(size + attributeRoom(key))
  writeKey(out, tag, key, 1 + varintSize(size) + size)
  out.stringField(STRING_VALUE, text)
}

function writeStringList(out: ProtobufWriter, tag: number, key: AttributeKey, items: readonly string[]): void {
  let list = 0
  let room = attributeRoom(key)
  for (const item of items) {
    const size = Buffer.byteLength(item, 'utf8')
    const value = 1 + varintSize(size) + size
    list += 1 + varintSize(value) + value
    room += size + 20
  }
  out.reserve(room)
  writeKey(out, tag, key, 1 + varintSize(list) + list)
  out.byte(ARRAY_VALUE)
  out.varint(list)
  for (const item of items) {
    const size = Buffer.byteLength(item, 'utf8')
    out.byte(ARRAY_ITEM)
    out.varint(1 + varintSize(size) + size)
    out.stringField(STRING_VALUE, item)
  }
}

/** Any simple value; reserves its own room. Whole numbers become ints, other numbers doubles. */
export function writeValue(out: ProtobufWriter, tag: number, key: AttributeKey, value: SimpleValue): void {
  out.reserve(attributeRoom(key))
  if (typeof value === 'string') writeString(out, tag, key, value)
  else if (typeof value === 'boolean') {
    writeKey(out, tag, key, 2)
    out.byte(BOOL_VALUE)
    out.byte(value ? 1 : 0)
  } else if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) writeDouble(out, tag, key, Float64Array.of(value))
    else if (value < 0) writeInt64(out, tag, key, BigInt(value))
    else writeInt(out, tag, key, value)
  } else writeStringList(out, tag, key, value)
}

// ---------------------------------------------------------------------------------------------------------- UTF-8

/** Values longer than this are checked by native code, for which a view must be made. */
const nativeCheckBytes = 4096

/** True when the bytes are well-formed UTF-8 (no overlong forms, no surrogates, nothing beyond U+10FFFF). */
export function isValidUtf8(source: Uint8Array, start: number, end: number): boolean {
  if (end - start > nativeCheckBytes) return isUtf8(source.subarray(start, end))
  let at = start
  while (at < end) {
    const lead = source[at++] as number
    if (lead < 0x80) continue
    let more: number
    let low = 0x80
    let high = 0xbf
    if (lead >= 0xc2 && lead <= 0xdf) more = 1
    else if (lead >= 0xe0 && lead <= 0xef) {
      more = 2
      if (lead === 0xe0) low = 0xa0
      else if (lead === 0xed) high = 0x9f
    } else if (lead >= 0xf0 && lead <= 0xf4) {
      more = 3
      if (lead === 0xf0) low = 0x90
      else if (lead === 0xf4) high = 0x8f
    } else return false
    if (end - at < more) return false
    const second = source[at++] as number
    if (second < low || second > high) return false
    for (; more > 1; more--) {
      if (((source[at++] as number) & 0xc0) !== 0x80) return false
    }
  }
  return true
}

/** The text with U+FFFD in place of each sequence that is not UTF-8. */
export function repairText(source: Uint8Array, start: number, end: number): string {
  return Buffer.from(source.buffer, source.byteOffset + start, end - start).toString('utf8')
}
