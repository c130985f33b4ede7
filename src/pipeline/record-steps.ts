import { type DecodedAttribute, decodeResource } from '../otlp/decode.ts'
import { encodeResourceAttributes } from '../otlp/encode-record.ts'
import { type LogBatch, RecordGroup } from '../otlp/log-batch.ts'
import { ProtobufReader } from '../protobuf/reader.ts'
import type { BodySources, RecordStep } from './outlet.ts'
import { type Ranges, SeenRecord } from './seen-record.ts'

/** Resources as the steps left them; past this all are forgotten and made anew. */
const maxGroups = 8192

/**
 * Applies the record steps of an outlet, for every receiver and every kind of record at one place: between the last field
 * of an encoded record and its batch.
 */
export class RecordSteps {
  private readonly steps: readonly RecordStep[]
  private readonly record: SeenRecord
  private readonly resources = new WeakMap<RecordGroup, SteppedResource>()
  /** By resource and scope, so that resources that became alike are one. */
  private readonly groups = new Map<string, RecordGroup>()

  constructor(steps: readonly RecordStep[]) {
    this.steps = steps
    this.record = new SeenRecord((attribute) => this.lookAt(attribute))
  }

  /** Whether a step looks at the attribute of this name. */
  lookAt(attribute: string): boolean {
    return this.steps.some((step) => step.looksAt?.(attribute) ?? true)
  }

  /**
   * As `LogBatch.commit`. Returns false when a step dropped the record: then the batch has nothing of it.
   * @param ranges where the fields lie that may matter to the steps, as far as whoever wrote them knows: the attributes that
   *   a step looks at or that may hold maps, severity, event name and body; absent: anywhere in the record
   */
  commit(
    batch: LogBatch,
    mark: number,
    group: RecordGroup,
    seconds: number,
    nanos: number,
    bodySources: BodySources,
    ranges?: Ranges,
  ): boolean {
    const { out } = batch
    const { record, steps } = this
    const resource = this.resourceOf(group)
    const end = out.length
    if (group.recordAttributes.length > 0) out.raw(group.recordAttributes)
    record.open(out.buffer)
    if (ranges === undefined) record.read(mark, end)
    else for (let i = 0; i < ranges.count; i++) record.read(ranges.starts[i] as number, ranges.ends[i] as number)
    if (out.length > end) record.read(end, out.length)
    let changed = false
    for (let i = 0; i < steps.length; i++) {
      const outcome = (steps[i] as RecordStep).changeRecord(record, resource.before[i] ?? [], bodySources)
      if (outcome === 'dropped') {
        batch.cancel(mark)
        return false
      }
      if (outcome === 'changed') changed = true
    }
    if (changed) record.rewrite(out)
    batch.commit(mark, resource.group, seconds, nanos)
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
    return { before, group: this.groupOf(encoded, contentOf(group.scope)) }
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
  /** As the steps leave it, for records that have the attributes already that the group would give them. */
  readonly group: RecordGroup
}

/** The message in a field with tag and length. */
function contentOf(field: Uint8Array): Uint8Array {
  const reader = new ProtobufReader(field)
  reader.field()
  return reader.bytes()
}
