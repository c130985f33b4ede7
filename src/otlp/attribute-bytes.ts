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
  /** The bytes, four to a word, little-endian; filled up with zeros to an even number of words. */
  readonly words: Int32Array
  readonly length: number
}

export function attributeKey(name: string): AttributeKey {
  const bytes = Buffer.from(name, 'utf8')
  const size = varintSize(bytes.length)
  const length = 1 + size + bytes.length + 1
  const padded = Buffer.alloc(Math.ceil(length / 8) * 8)
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

/** Puts a length into the buffer, and returns where it ends. */
function putLength(buffer: Uint8Array, at: number, value: number): number {
  let next = at
  let rest = value
  while (rest > 0x7f) {
    buffer[next++] = (rest & 0x7f) | 0x80
    rest >>>= 7
  }
  buffer[next++] = rest
  return next
}

/**
 * Tag, length and key of an attribute whose value message takes `valueBytes`; the value message itself comes next. The key
 * is the part of `keyWords` that an `AttributeKey` has as its `words`; many keys may lie in one array, side by side.
 */
function putKey(
  out: ProtobufWriter,
  tag: number,
  keyWords: Int32Array,
  keyStart: number,
  keyLength: number,
  valueBytes: number,
): void {
  const { buffer, words: target } = out
  const size = keyLength + sizeOf(valueBytes) + valueBytes
  let at = out.length
  buffer[at++] = tag
  if (size < 0x80) buffer[at++] = size
  else at = putLength(buffer, at, size)
  const keyEnd = at + keyLength
  for (let i = keyStart; at < keyEnd; i += 2, at += 8) {
    target.setInt32(at, keyWords[i] as number, true)
    target.setInt32(at + 4, keyWords[i + 1] as number, true)
  }
  at = keyEnd
  if (valueBytes < 0x80) buffer[at++] = valueBytes
  else at = putLength(buffer, at, valueBytes)
  out.length = at
}

/** A string value of at least one byte, with tag and length. Returns 0 when all of it is ASCII. */
function putStringValue(out: ProtobufWriter, source: Uint8Array, words: DataView, start: number, end: number): number {
  const { buffer, words: target } = out
  const size = end - start
  let at = out.length
  buffer[at++] = STRING_VALUE
  if (size < 0x80) buffer[at++] = size
  else at = putLength(buffer, at, size)
  out.length = at + size
  let seen = 0
  if (size < 4) {
    for (let from = start; from < end; from++) {
      const byte = source[from] as number
      buffer[at++] = byte
      seen |= byte
    }
    return seen & 0x80
  }
  const last = end - 4
  for (let from = start; from < last; from += 4) {
    const word = words.getInt32(from, true)
    target.setInt32(at, word, true)
    seen |= word
    at += 4
  }
  // The last word overlaps the one before: a loop over the bytes that are left would cost more than all words together.
  const word = words.getInt32(last, true)
  target.setInt32(out.length - 4, word, true)
  return (seen | word) & 0x80808080
}

/** As `writeText`, with the key as in `putKey`. */
export function putText(
  out: ProtobufWriter,
  tag: number,
  keyWords: Int32Array,
  keyStart: number,
  keyLength: number,
  source: Uint8Array,
  words: DataView,
  start: number,
  end: number,
): void {
  const size = end - start
  const total = keyLength + 3 + size
  if (total > 0x7f || size < 4) {
    putLongText(out, tag, keyWords, keyStart, keyLength, source, words, start, end)
    return
  }
  // The ordinary text: each of the three lengths takes one byte, and nothing is written but whole words.
  const target = out.words
  let at = out.length
  target.setInt16(at, tag | (total << 8), true)
  at += 2
  const keyEnd = at + keyLength
  for (let i = keyStart; at < keyEnd; i += 2, at += 8) {
    target.setInt32(at, keyWords[i] as number, true)
    target.setInt32(at + 4, keyWords[i + 1] as number, true)
  }
  target.setInt32(keyEnd, (size + 2) | (STRING_VALUE << 8) | (size << 16), true)
  at = keyEnd + 3
  let seen = 0
  const last = end - 4
  for (let from = start; from < last; from += 4) {
    const word = words.getInt32(from, true)
    target.setInt32(at, word, true)
    seen |= word
    at += 4
  }
  const word = words.getInt32(last, true)
  at = keyEnd + 3 + size
  target.setInt32(at - 4, word, true)
  if (((seen | word) & 0x80808080) === 0 || isValidUtf8(source, start, end)) out.length = at
  else putLongText(out, tag, keyWords, keyStart, keyLength, source, words, start, end)
}

/** Text of any length, UTF-8 or not. */
function putLongText(
  out: ProtobufWriter,
  tag: number,
  keyWords: Int32Array,
  keyStart: number,
  keyLength: number,
  source: Uint8Array,
  words: DataView,
  start: number,
  end: number,
): void {
  const before = out.length
  const size = end - start
  putKey(out, tag, keyWords, keyStart, keyLength, 1 + sizeOf(size) + size)
  if (putStringValue(out, source, words, start, end) === 0 || isValidUtf8(source, start, end)) return
  out.length = before
  const text = repairText(source, start, end)
  const bytes = Buffer.byteLength(text)
  putKey(out, tag, keyWords, keyStart, keyLength, 1 + varintSize(bytes) + bytes)
  out.stringField(STRING_VALUE, text)
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
  putText(out, tag, key.words, 0, key.length, source, words, start, end)
}

/** Text as the only item of a list, which is how the conventions hold HTTP headers. The key as in `putKey`. */
export function putTextList(
  out: ProtobufWriter,
  tag: number,
  keyWords: Int32Array,
  keyStart: number,
  keyLength: number,
  source: Uint8Array,
  words: DataView,
  start: number,
  end: number,
): void {
  const before = out.length
  const size = end - start
  const item = 1 + sizeOf(size) + size
  const list = 1 + sizeOf(item) + item
  putKey(out, tag, keyWords, keyStart, keyLength, 1 + sizeOf(list) + list)
  const { buffer } = out
  let at = out.length
  buffer[at++] = ARRAY_VALUE
  if (list < 0x80) buffer[at++] = list
  else at = putLength(buffer, at, list)
  buffer[at++] = ARRAY_ITEM
  if (item < 0x80) buffer[at++] = item
  else at = putLength(buffer, at, item)
  out.length = at
  if (putStringValue(out, source, words, start, end) === 0 || isValidUtf8(source, start, end)) return
  out.length = before
  const text = repairText(source, start, end)
  const bytes = Buffer.byteLength(text)
  const itemBytes = 1 + varintSize(bytes) + bytes
  const listBytes = 1 + varintSize(itemBytes) + itemBytes
  putKey(out, tag, keyWords, keyStart, keyLength, 1 + varintSize(listBytes) + listBytes)
  out.byte(ARRAY_VALUE)
  out.varint(listBytes)
  out.byte(ARRAY_ITEM)
  out.varint(itemBytes)
  out.stringField(STRING_VALUE, text)
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
  out.length = putLength(out.buffer, out.length, 1 + sizeOf(size) + size)
  if (putStringValue(out, source, words, start, end) !== 0 && !isValidUtf8(source, start, end)) {
    out.length = before
    const text = repairText(source, start, end)
    const bytes = Buffer.byteLength(text)
    out.byte(tag)
    out.varint(1 + varintSize(bytes) + bytes)
    out.stringField(STRING_VALUE, text)
  }
}

/** An integer up to 2^53, not negative. The key as in `putKey`. */
export function putInt(
  out: ProtobufWriter,
  tag: number,
  keyWords: Int32Array,
  keyStart: number,
  keyLength: number,
  value: number,
): void {
  if (value > 0x7fffffff) {
    putKey(out, tag, keyWords, keyStart, keyLength, 1 + varintSize(value))
    out.byte(INT_VALUE)
    out.varint(value)
    return
  }
  putKey(out, tag, keyWords, keyStart, keyLength, 1 + sizeOf(value))
  const { buffer } = out
  const at = out.length
  buffer[at] = INT_VALUE
  out.length = putLength(buffer, at + 1, value)
}

export function writeInt64(out: ProtobufWriter, tag: number, key: AttributeKey, value: bigint): void {
  let size = 1
  for (let rest = BigInt.asUintN(64, value); rest > 0x7fn; rest >>= 7n) size++
  writeKey(out, tag, key, 1 + size)
  out.buffer[out.length++] = INT_VALUE
  out.varint64(value)
}

/** The first of `value`: an array, because a double handed from function to function would be an object on the heap. */
export function putDouble(
  out: ProtobufWriter,
  tag: number,
  keyWords: Int32Array,
  keyStart: number,
  keyLength: number,
  value: Float64Array,
): void {
  putKey(out, tag, keyWords, keyStart, keyLength, 9)
  out.buffer[out.length++] = DOUBLE_VALUE
  out.words.setFloat64(out.length, value[0] as number, true)
  out.length += 8
}

// ---------------------------------------------------------------------------------------- from JavaScript values

function writeKey(out: ProtobufWriter, tag: number, key: AttributeKey, valueBytes: number): void {
  putKey(out, tag, key.words, 0, key.length, valueBytes)
}

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
    if (!Number.isSafeInteger(value)) putDouble(out, tag, key.words, 0, key.length, Float64Array.of(value))
    else if (value < 0) writeInt64(out, tag, key, BigInt(value))
    else putInt(out, tag, key.words, 0, key.length, value)
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
