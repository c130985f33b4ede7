import { isJsonObject, type Json, parseJson } from '../../src/lossless-json.ts'
import type { ProtobufWriter } from '../../src/protobuf/writer.ts'

/** Writes what JSON text holds as OTLP attributes. For kinds of low volume; all functions reserve their own room. */

/** Deeper documents than this stay text: writing one goes as deep as the document. */
const maxDepth = 100

/** The value of a JSON text; `undefined` where it is none, or too deep. */
export function parseJsonText(text: string): Json | undefined {
  if (depthOf(text) > maxDepth) return undefined
  try {
    return parseJson(text)
  } catch {
    return undefined
  }
}

/** An upper bound: brackets inside of texts count too. */
function depthOf(text: string): number {
  let depth = 0
  let deepest = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    // [ and {, ] and }
    if ((code | 0x20) === 0x7b) deepest = Math.max(deepest, ++depth)
    else if ((code | 0x20) === 0x7d) depth--
  }
  return deepest
}

/** The value at the end of a path of names, or of places in a list; `undefined` where one of them is missing. */
export function memberOf(value: Json | undefined, path: readonly string[]): Json | undefined {
  let found = value
  for (const name of path) {
    if (Array.isArray(found)) found = found[Number(name)]
    else found = isJsonObject(found) && Object.hasOwn(found, name) ? found[name] : undefined
  }
  return found
}

/** An empty text, map or list says nothing. */
export const saysNothing = (value: Json | undefined): boolean =>
  value === undefined ||
  value === null ||
  value === '' ||
  (typeof value === 'object' && Object.keys(value).length === 0)

const KEY = 0x0a
const VALUE = 0x12
const STRING_VALUE = 0x0a
const BOOL_VALUE = 0x10
const INT_VALUE = 0x18
const DOUBLE_VALUE = 0x21
const ARRAY_VALUE = 0x2a
const KVLIST_VALUE = 0x32
const ITEM = 0x0a

/** An attribute, or an entry of a map, by the tag of the list it stands in. */
export function writeJsonAttribute(out: ProtobufWriter, tag: number, name: string, value: Json): void {
  const mark = out.begin(tag)
  out.stringField(KEY, name)
  writeJsonValue(out, VALUE, value)
  out.end(mark)
}

/** An `AnyValue` with its own tag and length. `null` is the empty value. */
export function writeJsonValue(out: ProtobufWriter, tag: number, value: Json): void {
  const mark = out.begin(tag)
  if (typeof value === 'string') out.stringField(STRING_VALUE, value)
  else if (typeof value === 'boolean') {
    out.byte(BOOL_VALUE)
    out.byte(value ? 1 : 0)
  } else if (typeof value === 'bigint') {
    if (BigInt.asIntN(64, value) === value) {
      out.byte(INT_VALUE)
      out.varint64(value)
    } else out.stringField(STRING_VALUE, value.toString())
  } else if (typeof value === 'number') {
    if (Number.isSafeInteger(value)) {
      out.byte(INT_VALUE)
      out.varint64(BigInt(value))
    } else {
      out.byte(DOUBLE_VALUE)
      out.double(value)
    }
  } else if (isJsonObject(value)) {
    const map = out.begin(KVLIST_VALUE)
    for (const [name, member] of Object.entries(value)) writeJsonAttribute(out, ITEM, name, member)
    out.end(map)
  } else if (value !== null) {
    const list = out.begin(ARRAY_VALUE)
    for (const item of value) writeJsonValue(out, ITEM, item)
    out.end(list)
  }
  out.end(mark)
}
