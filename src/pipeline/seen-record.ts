import { ByteTable } from '../otlp/byte-table.ts'
import { type DecodedAttribute, type DecodedValue, decodeAttribute, decodeValue } from '../otlp/decode.ts'
import { writeRecordAttribute, writeRecordBody } from '../otlp/encode-record.ts'
import { ProtobufReader } from '../protobuf/reader.ts'
import { ProtobufWriter } from '../protobuf/writer.ts'
import type { StepRecord } from './outlet.ts'

/** Names of attributes of which it is remembered whether a step looks at them. */
const maxKnownNames = 10_000

const SEVERITY_NUMBER_FIELD = 2
const BODY_FIELD = 5
const ATTRIBUTES_FIELD = 6
const EVENT_NAME_FIELD = 12
// Whole tag bytes of KeyValue and AnyValue.
const KEY = 0x0a
const VALUE = 0x12
const ARRAY_VALUE = 0x2a
const MAP_VALUE = 0x32

/** Parts of a buffer, from front to back. Made once and used for every record. */
export class Ranges {
  count = 0
  starts = new Int32Array(16)
  ends = new Int32Array(16)

  clear(): void {
    this.count = 0
  }

  add(start: number, end: number): void {
    if (this.count === this.starts.length) {
      this.starts = grown(this.starts)
      this.ends = grown(this.ends)
    }
    this.starts[this.count] = start
    this.ends[this.count++] = end
  }
}

/**
 * An encoded log record as the steps see it: of its attributes those that a step looks at. What the steps change is written
 * anew in its place; all other bytes stay as they are. Made once and used for every record.
 */
export class SeenRecord implements StepRecord {
  severityNumber = 0
  eventName = ''
  attributes: readonly DecodedAttribute[] = []
  private readonly isLookedAt: (attribute: string) => boolean
  private buffer: Buffer = Buffer.alloc(0)
  /** The attributes as they were read, and where each lies, with tag and length. */
  private found: DecodedAttribute[] = []
  private readonly places = new Ranges()
  /** Where the body lies; -1: there is none. It is decoded when a step asks for it. */
  private bodyStart = -1
  private bodyEnd = -1
  /** How many of the attributes lie before the body. */
  private foundBeforeBody = 0
  private decodedBody: DecodedValue | undefined
  private bodyNow: DecodedValue = null
  /** The record from its first change on. */
  private readonly scratch = new ProtobufWriter(1024)
  private firstChange = -1
  private copiedTo = -1
  /** Keys of attributes, by their numbers their names and whether a step looks at them. */
  private readonly keys = new ByteTable()
  private readonly names: string[] = []
  private readonly lookedAt: boolean[] = []

  constructor(isLookedAt: (attribute: string) => boolean) {
    this.isLookedAt = isLookedAt
  }

  get body(): DecodedValue {
    if (this.decodedBody === undefined) {
      const { buffer, bodyStart, bodyEnd } = this
      this.decodedBody = bodyStart < 0 ? null : decodeValue(buffer, contentStart(buffer, bodyStart), bodyEnd)
      this.bodyNow = this.decodedBody
    }
    return this.bodyNow
  }

  set body(value: DecodedValue) {
    if (this.decodedBody === undefined) this.decodedBody = this.body
    this.bodyNow = value
  }

  /** Forgets the record before; `read` tells what there is of the next. */
  open(buffer: Buffer): void {
    this.buffer = buffer
    this.severityNumber = 0
    this.eventName = ''
    this.found = []
    this.attributes = this.found
    this.places.clear()
    this.bodyStart = -1
    this.foundBeforeBody = 0
    this.decodedBody = undefined
    this.bodyNow = null
  }

  /** Reads the fields of the record that lie between `start` and `end`. To be called from front to back. */
  read(start: number, end: number): void {
    const reader = new ProtobufReader(this.buffer, start, end)
    for (let at = start, field = reader.field(); field !== 0; at = reader.position, field = reader.field()) {
      if (field === ATTRIBUTES_FIELD) this.readAttribute(at, reader.message(), reader.position)
      else if (field === SEVERITY_NUMBER_FIELD) this.severityNumber = reader.varint()
      else if (field === EVENT_NAME_FIELD) this.eventName = reader.string()
      else {
        reader.skip()
        if (field !== BODY_FIELD) continue
        this.bodyStart = at
        this.bodyEnd = reader.position
        this.foundBeforeBody = this.found.length
      }
    }
  }

  /** Writes what the steps changed into the record, which is the last in `out`. */
  rewrite(out: ProtobufWriter): void {
    const { attributes, buffer, found, places, scratch } = this
    scratch.reset()
    this.firstChange = out.length
    this.copiedTo = -1
    let written = 0
    for (let i = 0; i <= found.length; i++) {
      if (this.bodyStart >= 0 && i === this.foundBeforeBody) this.rewriteBody()
      if (i === found.length) break
      const known = found[i]
      const next = attributes[written]
      // Steps keep the order; where another attribute comes next, they took this one out.
      const isThere = next !== undefined && next.key === known?.key
      if (isThere) written++
      if (isThere && next === known) continue
      this.leaveOut(places.starts[i] as number, places.ends[i] as number)
      if (isThere) writeRecordAttribute(scratch, next)
    }
    if (this.copiedTo >= 0) scratch.copy(buffer, this.copiedTo, out.length)
    for (; written < attributes.length; written++)
      writeRecordAttribute(scratch, attributes[written] as DecodedAttribute)
    if (this.bodyStart < 0 && this.body !== null) writeRecordBody(scratch, this.body)
    out.length = this.firstChange
    out.copy(scratch.buffer, 0, scratch.length)
  }

  private rewriteBody(): void {
    if (this.bodyNow === (this.decodedBody ?? null)) return
    this.leaveOut(this.bodyStart, this.bodyEnd)
    if (this.bodyNow !== null) writeRecordBody(this.scratch, this.bodyNow)
  }

  /** Passes on what lies before a field whose bytes do not stay. */
  private leaveOut(start: number, end: number): void {
    if (this.copiedTo < 0) this.firstChange = start
    else this.scratch.copy(this.buffer, this.copiedTo, start)
    this.copiedTo = end
  }

  /** An attribute with its tag at `at`, a `KeyValue` between `start` and `end`. */
  private readAttribute(at: number, start: number, end: number): void {
    const { buffer, found, places } = this
    const keyBytes = buffer[start + 1] as number
    const keyStart = start + 2
    const valueAt = keyStart + keyBytes
    // The form that all records have in which a receiver wrote them: a short key first, then a value.
    if (buffer[start] !== KEY || keyBytes > 0x7f || valueAt + 2 >= end || buffer[valueAt] !== VALUE) {
      found.push(decodeAttribute(buffer, start, end))
      places.add(at, end)
      return
    }
    const valueStart = contentStart(buffer, valueAt)
    const valueTag = buffer[valueStart]
    const number = this.numberOfKey(keyStart, valueAt)
    if (this.lookedAt[number] === false && valueTag !== ARRAY_VALUE && valueTag !== MAP_VALUE) return
    found.push({ key: this.names[number] as string, value: decodeValue(buffer, valueStart, end) })
    places.add(at, end)
  }

  private numberOfKey(start: number, end: number): number {
    const { buffer, keys } = this
    const known = keys.find(buffer, start, end)
    if (known >= 0) return known
    if (keys.size >= maxKnownNames) keys.clear()
    const number = keys.add(buffer, start, end)
    const name = buffer.toString('utf8', start, end)
    this.names[number] = name
    this.lookedAt[number] = this.isLookedAt(name)
    return number
  }
}

/** Where the content of the length-delimited field begins whose tag of one byte is at `at`. */
function contentStart(bytes: Uint8Array, at: number): number {
  let next = at + 1
  while ((bytes[next] as number) > 0x7f) next++
  return next + 1
}

function grown(array: Int32Array): Int32Array<ArrayBuffer> {
  const bigger = new Int32Array(array.length * 2)
  bigger.set(array)
  return bigger
}
