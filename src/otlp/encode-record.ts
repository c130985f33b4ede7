import { ProtobufWriter } from '../protobuf/writer.ts'
import { LIST_ENTRY, RECORD_ATTRIBUTE } from './attribute-bytes.ts'
import type { DecodedAttribute, DecodedValue } from './decode.ts'

// Whole tag byte of LogRecord.
const BODY = 0x2a

// Whole tag bytes of KeyValue and AnyValue.
const KEY = 0x0a
const VALUE = 0x12
const STRING_VALUE = 0x0a
const BOOL_VALUE = 0x10
const INT_VALUE = 0x18
const DOUBLE_VALUE = 0x21
const ARRAY_VALUE = 0x2a
const MAP_VALUE = 0x32
const BYTES_VALUE = 0x3a

/** The field `body` of a LogRecord. */
export function writeRecordBody(out: ProtobufWriter, body: DecodedValue): void {
  writeValueMessage(out, BODY, body)
}

export function writeRecordAttribute(out: ProtobufWriter, attribute: DecodedAttribute): void {
  writePair(out, RECORD_ATTRIBUTE, attribute)
}

/** The protobuf of a `Resource` with these attributes. */
export function encodeResourceAttributes(attributes: readonly DecodedAttribute[]): Uint8Array {
  const out = new ProtobufWriter(1024)
  for (const attribute of attributes) writePair(out, LIST_ENTRY, attribute)
  return out.toBytes()
}

function writePair(out: ProtobufWriter, tag: number, { key, value }: DecodedAttribute): void {
  const mark = out.begin(tag)
  out.stringField(KEY, key)
  writeValueMessage(out, VALUE, value)
  out.end(mark)
}

/** An `AnyValue`; `null` is one without a value. */
function writeValueMessage(out: ProtobufWriter, tag: number, value: DecodedValue): void {
  const mark = out.begin(tag)
  if (typeof value === 'string') out.stringField(STRING_VALUE, value)
  else if (typeof value === 'boolean') {
    out.byte(BOOL_VALUE)
    out.byte(value ? 1 : 0)
  } else if (typeof value === 'bigint') {
    out.byte(INT_VALUE)
    out.varint64(value)
  } else if (typeof value === 'number') {
    out.byte(DOUBLE_VALUE)
    out.double(value)
  } else if (value instanceof Uint8Array) out.bytesField(BYTES_VALUE, value)
  else if (value !== null) {
    const isMap = 'pairs' in value
    const inner = out.begin(isMap ? MAP_VALUE : ARRAY_VALUE)
    if (isMap) for (const pair of value.pairs) writePair(out, LIST_ENTRY, pair)
    else for (const item of value) writeValueMessage(out, LIST_ENTRY, item)
    out.end(inner)
  }
  out.end(mark)
}
