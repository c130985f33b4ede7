import { ByteTable } from '../otlp/byte-table.ts'
import { type DecodedAttribute, decodeLogRecord, decodeResource } from '../otlp/decode.ts'
import { encodeResourceAttributes, writeRecordAttribute, writeRecordFields } from '../otlp/encode-record.ts'
import { type LogBatch, RecordGroup } from '../otlp/log-batch.ts'
import { ProtobufReader } from '../protobuf/reader.ts'
import { ProtobufWriter } from '../protobuf/writer.ts'
import type { BodySources, RecordStep } from './outlet.ts'

/** Resources as the steps left them; past this all are forgotten and made anew. */
const maxGroups = 8192

/** Names of attributes of which it is remembered whether a step looks at them. */
const maxKnownNames = 10_000

const RECORD_ATTRIBUTE_FIELD = 6
// Whole tag bytes of KeyValue and AnyValue.
const KEY = 0x0a
const VALUE = 0x12
const ARRAY_VALUE = 0x2a
const MAP_VALUE = 0x32

/**
 * Applies the record steps of an outlet, for every receiver and every kind of record at one place: between the last field
 * of an encoded record and its batch. Only the attributes that a step looks at are decoded for it, and only these are
 * encoded anew when a step changed the record; the bytes of the others are passed on.
 */
export class RecordSteps {
  private readonly steps: readonly RecordStep[]
  private readonly resources = new WeakMap<RecordGroup, SteppedResource>()
  /** By resource and scope, so that resources that became alike are one. */
  private readonly groups = new Map<string, RecordGroup>()
  private readonly scratch = new ProtobufWriter()
  /** Keys of attributes, and for the number of each whether a step looks at it. */
  private readonly keys = new ByteTable()
  private readonly lookedAt = new Uint8Array(maxKnownNames)
  private buffer: Buffer = Buffer.alloc(0)
  private readonly isWanted = (start: number, end: number) => this.isLookedAt(start, end)

  constructor(steps: readonly RecordStep[]) {
    this.steps = steps
  }

  /** As `LogBatch.commit`. Returns false when a step dropped the record: then the batch has nothing of it. */
  commit(
    batch: LogBatch,
    mark: number,
    group: RecordGroup,
    seconds: number,
    nanos: number,
    bodySources: BodySources,
  ): boolean {
    const { out } = batch
    const { scratch } = this
    const resource = this.resourceOf(group)
    const end = out.length
    if (group.recordAttributes.length > 0) out.raw(group.recordAttributes)
    this.buffer = out.buffer
    const record = decodeLogRecord(out.buffer, mark, out.length, this.isWanted)
    const before = [...record.attributes]
    let changed = resource.group !== group
    for (const [index, step] of this.steps.entries()) {
      const outcome = step.changeRecord(record, resource.before[index] ?? [], bodySources)
      if (outcome === 'dropped') {
        batch.cancel(mark)
        return false
      }
      changed ||= outcome === 'changed'
    }
    if (!changed) {
      out.length = end
      batch.commit(mark, group, seconds, nanos)
      return true
    }
    // Not straight into the batch: byte values of the record are views of it.
    scratch.reset()
    writeRecordFields(scratch, record)
    this.writeAttributes(mark, out.length, before, record.attributes)
    out.length = mark
    out.copy(scratch.buffer, 0, scratch.length)
    batch.commit(mark, resource.withoutAttributes, seconds, nanos)
    return true
  }

  /** All attributes in their order: those that no step looked at as they lie in the buffer, the others as the steps left them. */
  private writeAttributes(
    start: number,
    end: number,
    before: readonly DecodedAttribute[],
    after: readonly DecodedAttribute[],
  ): void {
    const { buffer, scratch } = this
    const reader = new ProtobufReader(buffer, start, end)
    let seen = 0
    let written = 0
    for (let field = reader.field(), at = start; field !== 0; at = reader.position, field = reader.field()) {
      reader.skip()
      if (field !== RECORD_ATTRIBUTE_FIELD) continue
      if (!this.isLookedAt(contentStart(buffer, at), reader.position)) {
        scratch.copy(buffer, at, reader.position)
        continue
      }
      // Steps keep the order; where another attribute comes next, they took this one out.
      const known = before[seen++]
      const next = after[written]
      if (next === undefined || next.key !== known?.key) continue
      writeRecordAttribute(scratch, next)
      written++
    }
    for (const added of after.slice(written)) writeRecordAttribute(scratch, added)
  }

  /** Whether a step looks at the attribute (a `KeyValue`) that lies between these bytes. */
  private isLookedAt(start: number, end: number): boolean {
    const { buffer, keys, lookedAt } = this
    const keyBytes = buffer[start + 1] as number
    const keyStart = start + 2
    const valueAt = keyStart + keyBytes
    // Only the form that all records have in which a receiver wrote them: a short key first, then a value.
    if (buffer[start] !== KEY || keyBytes > 0x7f || valueAt + 2 >= end || buffer[valueAt] !== VALUE) return true
    const valueTag = buffer[contentStart(buffer, valueAt)]
    if (valueTag === ARRAY_VALUE || valueTag === MAP_VALUE) return true
    let number = keys.find(buffer, keyStart, valueAt)
    if (number < 0) {
      if (keys.size >= maxKnownNames) keys.clear()
      number = keys.add(buffer, keyStart, valueAt)
      const name = buffer.toString('utf8', keyStart, valueAt)
      lookedAt[number] = this.steps.some((step) => step.looksAt?.(name) ?? true) ? 1 : 0
    }
    return lookedAt[number] === 1
  }

  private resourceOf(group: RecordGroup): SteppedResource {
    let known = this.resources.get(group)
    if (known === undefined) {
      known = this.stepped(group)
      this.resources.set(group, known)
    }
    return known
  }

  private stepped(group: RecordGroup): SteppedResource {
    const original: readonly DecodedAttribute[] = decodeResource(contentOf(group.resource)).attributes
    const before: (readonly DecodedAttribute[])[] = []
    let attributes = original
    for (const step of this.steps) {
      before.push(attributes)
      attributes = step.changeResource(attributes)
    }
    const encoded = attributes === original ? contentOf(group.resource) : encodeResourceAttributes(attributes)
    const withoutAttributes = this.groupOf(encoded, contentOf(group.scope))
    return { before, group: attributes === original ? group : withoutAttributes, withoutAttributes }
  }

  private groupOf(resource: Uint8Array, scope: Uint8Array): RecordGroup {
    const key = `${Buffer.from(resource).toString('latin1')}\n${resource.length}\n${Buffer.from(scope).toString('latin1')}`
    let group = this.groups.get(key)
    if (group === undefined) {
      if (this.groups.size >= maxGroups) this.groups.clear()
      group = new RecordGroup(resource, scope)
      this.groups.set(key, group)
    }
    return group
  }
}

interface SteppedResource {
  /** The resource as each step finds it. */
  readonly before: readonly (readonly DecodedAttribute[])[]
  /** The group that the steps leave: the same where they leave the resource as it is. */
  readonly group: RecordGroup
  /** For records that were encoded anew, and hold the attributes that the group would give them. */
  readonly withoutAttributes: RecordGroup
}

/** The message in a field with tag and length. */
function contentOf(field: Uint8Array): Uint8Array {
  const reader = new ProtobufReader(field)
  reader.field()
  return reader.bytes()
}

/** Where the content of the length-delimited field begins whose tag of one byte is at `at`. */
function contentStart(bytes: Uint8Array, at: number): number {
  let next = at + 1
  while ((bytes[next] as number) > 0x7f) next++
  return next + 1
}
