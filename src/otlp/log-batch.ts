import { NANOS_PER_SECOND } from '../nanoseconds.ts'
import type { Payload } from '../pipeline/payload.ts'
import { ProtobufWriter, varintSize } from '../protobuf/writer.ts'

// Whole tag bytes of ExportLogsServiceRequest, ResourceLogs and ScopeLogs.
const REQUEST_RESOURCE_LOGS = 0x0a
const RESOURCE_LOGS_RESOURCE = 0x0a
const RESOURCE_LOGS_SCOPE_LOGS = 0x12
const SCOPE_LOGS_SCOPE = 0x0a
const SCOPE_LOGS_RECORD = 0x12

/** Groups of records that are open at a time; one more sends off the payload. */
const maxOpenGroups = 1024

/** Records of one resource and one scope. Lives longer than a payload: make one for a resource, and use it again. */
export class RecordGroup {
  /** The fields `resource` and `scope` with tag and length. */
  readonly resource: Uint8Array
  readonly scope: Uint8Array
  /** Attributes that each record of the group gets, encoded as fields of the LogRecord. */
  readonly recordAttributes: Uint8Array
  /** Of the payload in the making. */
  batchNumber = -1
  firstRecord = -1
  lastRecord = -1
  recordBytes = 0

  /** @param resource, scope the encoded messages `Resource` and `InstrumentationScope` */
  constructor(resource: Uint8Array, scope: Uint8Array, recordAttributes: Uint8Array = new Uint8Array()) {
    const writer = new ProtobufWriter(resource.length + 6)
    writer.bytesField(RESOURCE_LOGS_RESOURCE, resource)
    this.resource = writer.toBytes()
    writer.reset()
    writer.bytesField(SCOPE_LOGS_SCOPE, scope)
    this.scope = writer.toBytes()
    this.recordAttributes = recordAttributes
  }

  scopeLogsBytes(): number {
    return this.scope.length + this.recordBytes
  }

  resourceLogsBytes(): number {
    const scopeLogs = this.scopeLogsBytes()
    return this.resource.length + 1 + varintSize(scopeLogs) + scopeLogs
  }
}

/** Upper bound of the tags and lengths around a group. */
const groupFraming = 16

/**
 * Collects encoded log records and makes payloads of them, cut between records so that none is larger than `maxBytes`
 * (a record that is larger by itself stands alone). Within a payload, records of one group stand together, in the order
 * they came. Records lie in one buffer, which is used again for the next payload.
 *
 *     const mark = batch.begin(); …write the fields of a LogRecord to batch.out…; batch.commit(mark, group, seconds, nanos)
 */
export class LogBatch {
  readonly out = new ProtobufWriter(64 * 1024)
  payloads: Payload[] = []
  /** The time of a payload in which no record has one. */
  fallbackUnixNano = 0n
  private readonly maxBytes: number
  private batchNumber = 0
  private readonly open: RecordGroup[] = []
  /** Per record: where it ends in `out` (it starts where the one before ends), and the next of its group. */
  private ends = new Int32Array(1024)
  private next = new Int32Array(1024)
  private count = 0
  private bytes = 0
  private oldestSeconds = Number.POSITIVE_INFINITY
  private oldestNanos = 0
  private newestSeconds = Number.NEGATIVE_INFINITY
  private newestNanos = 0

  constructor(maxBytes: number) {
    this.maxBytes = maxBytes
  }

  begin(): number {
    return this.out.begin(SCOPE_LOGS_RECORD, 2)
  }

  /** Takes back the record that was begun. */
  cancel(mark: number): void {
    this.out.length = mark - 3
  }

  /** Ends the record. `seconds` is 0 where the record's time is not known. */
  commit(mark: number, group: RecordGroup, seconds: number, nanos: number): void {
    const { out } = this
    const start = mark - 3
    if (group.recordAttributes.length > 0) out.raw(group.recordAttributes)
    out.end(mark, 2)
    let size = out.length - start

    const isOpen = group.batchNumber === this.batchNumber
    const added = size + (isOpen ? 0 : group.resource.length + group.scope.length + groupFraming)
    if (this.count > 0 && (this.bytes + added > this.maxBytes || (!isOpen && this.open.length >= maxOpenGroups))) {
      const end = out.length
      out.length = start
      this.finish()
      out.buffer.copyWithin(0, start, end)
      size = end - start
      out.length = size
    }
    if (group.batchNumber !== this.batchNumber) this.openGroup(group)

    const record = this.count++
    if (record >= this.ends.length) {
      this.ends = grown(this.ends)
      this.next = grown(this.next)
    }
    this.ends[record] = out.length
    this.next[record] = -1
    if (group.lastRecord >= 0) this.next[group.lastRecord] = record
    else group.firstRecord = record
    group.lastRecord = record
    group.recordBytes += size
    this.bytes += size
    if (seconds > 0) this.widenTimes(seconds, nanos)
  }

  /** Makes a payload of what was collected, if anything was. */
  finish(): void {
    if (this.count === 0) return
    let size = 0
    for (const group of this.open) {
      const bytes = group.resourceLogsBytes()
      size += 1 + varintSize(bytes) + bytes
    }
    const writer = new ProtobufWriter(size + 10)
    for (const group of this.open) this.writeGroup(writer, group)
    const known = this.newestSeconds >= this.oldestSeconds
    this.payloads.push({
      signal: 'logs',
      bytes: writer.buffer.subarray(0, writer.length),
      items: this.count,
      oldestUnixNano: known ? unixNano(this.oldestSeconds, this.oldestNanos) : this.fallbackUnixNano,
      newestUnixNano: known ? unixNano(this.newestSeconds, this.newestNanos) : this.fallbackUnixNano,
    })
    this.reset()
  }

  /** Forgets what was collected since the last payload. */
  reset(): void {
    this.batchNumber++
    this.open.length = 0
    this.count = 0
    this.bytes = 0
    this.out.reset()
    this.oldestSeconds = Number.POSITIVE_INFINITY
    this.newestSeconds = Number.NEGATIVE_INFINITY
  }

  private openGroup(group: RecordGroup): void {
    group.batchNumber = this.batchNumber
    group.firstRecord = -1
    group.lastRecord = -1
    group.recordBytes = 0
    this.open.push(group)
    this.bytes += group.resource.length + group.scope.length + groupFraming
  }

  private writeGroup(writer: ProtobufWriter, group: RecordGroup): void {
    writer.byte(REQUEST_RESOURCE_LOGS)
    writer.varint(group.resourceLogsBytes())
    writer.raw(group.resource)
    writer.byte(RESOURCE_LOGS_SCOPE_LOGS)
    writer.varint(group.scopeLogsBytes())
    writer.raw(group.scope)
    // Records that lie side by side are copied in one go; with one group that is all of them.
    let from = -1
    let to = -1
    for (let record = group.firstRecord; record >= 0; record = this.next[record] as number) {
      const start = record === 0 ? 0 : (this.ends[record - 1] as number)
      if (start !== to) {
        if (from >= 0) writer.copy(this.out.buffer, from, to)
        from = start
      }
      to = this.ends[record] as number
    }
    writer.copy(this.out.buffer, from, to)
  }

  private widenTimes(seconds: number, nanos: number): void {
    if (seconds < this.oldestSeconds || (seconds === this.oldestSeconds && nanos < this.oldestNanos)) {
      this.oldestSeconds = seconds
      this.oldestNanos = nanos
    }
    if (seconds > this.newestSeconds || (seconds === this.newestSeconds && nanos > this.newestNanos)) {
      this.newestSeconds = seconds
      this.newestNanos = nanos
    }
  }
}

const unixNano = (seconds: number, nanos: number) => BigInt(seconds) * NANOS_PER_SECOND + BigInt(nanos)

function grown(array: Int32Array): Int32Array<ArrayBuffer> {
  const bigger = new Int32Array(array.length * 2)
  bigger.set(array)
  return bigger
}
