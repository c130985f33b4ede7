import { type DecodedAttribute, decodeLogRecord, decodeResource } from '../otlp/decode.ts'
import { encodeResourceAttributes, writeLogRecord } from '../otlp/encode-record.ts'
import { type LogBatch, RecordGroup } from '../otlp/log-batch.ts'
import { ProtobufReader } from '../protobuf/reader.ts'
import { ProtobufWriter } from '../protobuf/writer.ts'
import type { BodySources, RecordStep } from './outlet.ts'

/** Resources as the steps left them; past this all are forgotten and made anew. */
const maxGroups = 8192

/**
 * Applies the record steps of an outlet, for every receiver and every kind of record at one place: between the last field
 * of an encoded record and its batch. The record is decoded for it, and encoded anew when a step changed it.
 */
export class RecordSteps {
  private readonly steps: readonly RecordStep[]
  private readonly resources = new WeakMap<RecordGroup, SteppedResource>()
  /** By resource and scope, so that resources that became alike are one. */
  private readonly groups = new Map<string, RecordGroup>()
  private readonly scratch = new ProtobufWriter()

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
    const record = decodeLogRecord(out.buffer, mark, out.length)
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
    writeLogRecord(scratch, record)
    out.length = mark
    out.copy(scratch.buffer, 0, scratch.length)
    batch.commit(mark, resource.withoutAttributes, seconds, nanos)
    return true
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
