import { convertActionTrailEvent, parseEventText } from '../../src/alibaba/actiontrail/event.ts'
import { brokenEventFields, eventFields, eventResource } from '../../src/alibaba/actiontrail/event-record.ts'
import { NANOS_PER_SECOND } from '../../src/nanoseconds.ts'
import { attributeKey, RECORD_ATTRIBUTE, repairText, writeValue } from '../../src/otlp/attribute-bytes.ts'
import { ByteTable } from '../../src/otlp/byte-table.ts'
import { encodeLogRecord } from '../../src/otlp/encode-log.ts'
import { LogBatch, type RecordGroup } from '../../src/otlp/log-batch.ts'
import { type AuditEvents, noAuditEvents } from '../../src/pipeline/audit-events.ts'
import type { DeliveredEvents } from '../../src/pipeline/delivered-events.ts'
import type { BodySources, Processing } from '../../src/pipeline/outlet.ts'
import type { Payload } from '../../src/pipeline/payload.ts'
import { createRecordEncoder, type OutgoingRecord, type RecordEncoder } from '../../src/pipeline/record-encoder.ts'
import { RecordSteps } from '../../src/pipeline/record-steps.ts'
import type { Ranges } from '../../src/pipeline/seen-record.ts'
import { ProtobufReader } from '../../src/protobuf/reader.ts'
import { ProtobufWriter } from '../../src/protobuf/writer.ts'
import { FieldTree, type ValueDecision } from './field-tree.ts'
import { equalsBytes, found, isAbsent, isOneOf } from './field-values.ts'
import type { KindTable } from './kinds/kind-table.ts'
import { generic, kindTables } from './kinds/registry.ts'
import { compileProgram, type LogValues, type Program, ProgramRunner, type ResourceSlot } from './plan.ts'
import { createRecogniser, normalName } from './recognise.ts'
import { RecordUid } from './record-uid.ts'
import { createRecordGroup, type GroupFacts, groupFacts, volatileTags } from './resource.ts'
import { WireCursor } from './wire-cursor.ts'

/** Where a page was read. */
export interface PageSource {
  readonly project: string
  readonly region: string | undefined
  readonly logstore: string
  readonly shardId: number
  /** The number of the page's first group, see SlsPage; `undefined`: `startCursor` and the group's index tell the position. */
  readonly firstGroupNumber: bigint | undefined
  readonly startCursor: string
}

export interface ConvertOptions {
  /** `auto`, or the id of a kind that every record has. */
  readonly kind: string
  /** Kinds of the user's own, which go before the built-in ones; absent: none. */
  readonly ownKinds?: readonly KindTable[]
  readonly body: 'summary' | 'original' | 'none'
  /** Empty: the product's short code, or the logstore's name for generic records. */
  readonly serviceName: string
  /** A page becomes several payloads, cut between records. */
  readonly maxPayloadBytes: number
}

/** What became of a page. `malformed`, `filtered` and `duplicates` are among `records`: nothing else is left out. */
export interface PageConversion {
  readonly payloads: Payload[]
  readonly records: number
  readonly malformed: number
  /** Records that a processor dropped: they are in no payload. */
  readonly filtered: number
  /** Values that are not the number or time that their kind says; they are kept as text. */
  readonly unparsedValues: number
  /** Audit events that are in no payload, because they were delivered before. */
  readonly duplicates: number
  /** Where it matters which audit events were delivered: the ids of those in the payloads, and of those that others deliver. */
  readonly auditEventIds: readonly string[]
  readonly awaitedEventIds: readonly string[]
}

export interface PageConverter {
  /**
   * Converts a page: SLS `LogGroupList` in, OTLP `ExportLogsServiceRequest` out. Pure but for its caches; the payloads share
   * no memory with the page.
   *
   * A log that is broken becomes a record that holds its bytes; its neighbours are not touched.
   * @throws {ProtobufError} when the list of groups itself is broken
   */
  convert(bytes: Uint8Array, source: PageSource, observedTimeUnixNano: bigint, processing: Processing): PageConversion
}

/** The ids that `kind:` of the configuration may name, besides `auto` and kinds of the user's own. */
export function kindIds(): string[] {
  return [...kindTables.map((table) => table.id), generic.id].sort()
}

/** What has to do with the audit events of a service, whichever way they come. */
export interface AuditParts {
  /** Is shown the events that are ActionTrail's; what it finds stands behind the records of the page. */
  readonly audit: Pick<AuditEvents, 'isActive' | 'examine'>
  /** Events that are left out, since they were delivered; `undefined`: none is. */
  readonly delivered: Pick<DeliveredEvents, 'take'> | undefined
}

const noAuditParts: AuditParts = { audit: noAuditEvents, delivered: undefined }

export function createPageConverter(options: ConvertOptions, auditParts = noAuditParts): PageConverter {
  const known = [...(options.ownKinds ?? []), ...kindTables, generic]
  const pinned = options.kind === 'auto' ? undefined : known.find(({ id }) => id === options.kind)
  if (options.kind !== 'auto' && pinned === undefined) throw new Error(`There is no kind "${options.kind}"`)
  const converter = new Converter(options, pinned, auditParts)
  return {
    convert: (bytes, source, observed, processing) => converter.convert(bytes, source, observed, processing),
  }
}

// Field numbers of LogGroupList, LogGroup and Log (sls-protocol 3.1), and the whole tag byte of a log's contents.
const LIST_GROUPS = 1
const GROUP_LOGS = 1
const GROUP_TOPIC = 3
const GROUP_SOURCE = 4
const GROUP_TAGS = 6
const LOG_TIME = 1
const LOG_CONTENTS = 2
const LOG_TIME_NS = 4
const LOG_CONTENT = 0x12

const VARINT = 0
const LENGTH_DELIMITED = 2
const FIXED32 = 5

// Whole tag bytes of LogRecord.
const RECORD_TIME = 0x09
const RECORD_OBSERVED_TIME = 0x59
const RECORD_BODY = 0x2a
const BYTES_VALUE = 0x3a

/** Times, uid and framing of a record. */
const recordRoom = 2048

// Bounds of what is remembered between pages; whatever grows past its bound is forgotten and made anew.
const maxGroupFacts = 4096
const maxRecordGroups = 8192
const maxShapeTrees = 1024
const maxChoices = 64
const maxChoiceBytes = 64

const malformedKey = attributeKey('alibabacloud.malformed')
const TWO_32 = 2 ** 32

const volatileTagBytes = volatileTags.map((tag) => Buffer.from(tag))
const malformedProgram = compileProgram(
  generic,
  [],
  { topic: '', isContainer: false, isAgent: false, hasIostream: false },
  'none',
  () => false,
)

class Converter {
  private readonly options: ConvertOptions
  private readonly pinned: KindTable | undefined
  private readonly auditParts: AuditParts
  private readonly findingEncoder: RecordEncoder
  private readonly recognise: ReturnType<typeof createRecogniser>
  private readonly contexts = new WeakMap<Processing, Map<string, Context>>()
  private readonly batch: LogBatch
  private readonly runner: ProgramRunner
  private readonly key = new ProtobufWriter(1024)
  private readonly groupCursor = new WireCursor()
  private readonly logCursor = new WireCursor()
  private readonly pairCursor = new WireCursor()
  private readonly values: LogValues = {
    bytes: new Uint8Array(),
    words: new DataView(new ArrayBuffer(0)),
    starts: new Int32Array(256),
    ends: new Int32Array(256),
  }
  private readonly observedTime = Buffer.alloc(9)

  // Of the log that is being read.
  private seconds = 0
  private nanos = 0
  private fault = ''

  // Of the page.
  private records = 0
  private malformed = 0
  private filtered = 0
  private observedUnixNano = 0n
  private findings: OutgoingRecord[] = []
  private duplicates = 0
  private auditEventIds = new Set<string>()
  private awaitedEventIds = new Set<string>()

  constructor(options: ConvertOptions, pinned: KindTable | undefined, auditParts: AuditParts) {
    this.options = options
    this.pinned = pinned
    this.auditParts = auditParts
    this.findingEncoder = createRecordEncoder(options.maxPayloadBytes)
    this.recognise = createRecogniser(kindTables, options.ownKinds)
    this.batch = new LogBatch(options.maxPayloadBytes)
    this.runner = new ProgramRunner(this.batch.out)
  }

  convert(bytes: Uint8Array, source: PageSource, observedUnixNano: bigint, processing: Processing): PageConversion {
    const list = new ProtobufReader(bytes)
    // Before anything is written, so that a broken list leaves nothing half done.
    for (let field = list.field(); field !== 0; field = list.field()) list.skip()
    list.position = 0

    const { batch, runner, values } = this
    const context = this.contextOf(source, processing)
    values.bytes = list.buffer
    values.words = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    batch.reset()
    batch.payloads = []
    batch.fallbackUnixNano = observedUnixNano
    runner.unparsed = 0
    this.records = 0
    this.malformed = 0
    this.filtered = 0
    this.duplicates = 0
    this.auditEventIds = new Set()
    this.awaitedEventIds = new Set()
    this.observedUnixNano = observedUnixNano
    this.observedTime[0] = RECORD_OBSERVED_TIME
    this.observedTime.writeBigUInt64LE(observedUnixNano, 1)

    const uid = new RecordUid(source)
    let isFirst = true
    for (let field = list.field(); field !== 0; field = list.field()) {
      if (field !== LIST_GROUPS) {
        list.skip()
        continue
      }
      if (!isFirst) uid.nextGroup()
      isFirst = false
      const start = list.message()
      this.convertGroup(context, uid, start, list.position)
    }
    batch.finish()
    if (this.findings.length > 0) this.addFindings(processing)
    return {
      payloads: batch.payloads,
      records: this.records,
      malformed: this.malformed,
      filtered: this.filtered,
      unparsedValues: runner.unparsed,
      duplicates: this.duplicates,
      auditEventIds: [...this.auditEventIds],
      awaitedEventIds: [...this.awaitedEventIds],
    }
  }

  private addFindings(processing: Processing): void {
    const { payloads, filtered } = this.findingEncoder.encode(this.findings, processing)
    this.batch.payloads.push(...payloads)
    this.filtered += filtered
    this.findings = []
  }

  private contextOf(source: PageSource, processing: Processing): Context {
    let bySource = this.contexts.get(processing)
    if (bySource === undefined) {
      bySource = new Map()
      this.contexts.set(processing, bySource)
    }
    const key = JSON.stringify([source.project, source.logstore, source.region])
    let context = bySource.get(key)
    if (context === undefined) {
      context = new Context(source, processing)
      bySource.set(key, context)
    }
    return context
  }

  // ------------------------------------------------------------------------------------------------------- groups

  private convertGroup(context: Context, uid: RecordUid, start: number, end: number): void {
    const { groupCursor: cursor, values } = this
    const group = this.groupOf(context, start, end)
    cursor.open(values.bytes, start, end)
    let index = 0
    let field = cursor.next()
    for (; field > 0; field = cursor.next()) {
      if (field !== GROUP_LOGS || cursor.wireType !== LENGTH_DELIMITED) continue
      this.convertLog(context, group, uid, index++, cursor.valueStart, cursor.valueEnd)
    }
    // What stands behind the break cannot be told apart any more, so it stays together.
    if (field < 0) this.writeMalformed(context, group, uid, index, cursor.position, end, 'the log group breaks off')
  }

  /** What topic, source and tags say; they may stand behind the logs. */
  private groupOf(context: Context, start: number, end: number): KnownGroup {
    const { groupCursor: cursor, pairCursor: pair, values, key } = this
    const { bytes } = values
    key.reset()
    cursor.open(bytes, start, end)
    for (let field = cursor.next(); field > 0; field = cursor.next()) {
      if (cursor.wireType !== LENGTH_DELIMITED) continue
      if (field === GROUP_TOPIC || field === GROUP_SOURCE) {
        appendPart(key, field, bytes, cursor.valueStart, cursor.valueEnd)
      } else if (field === GROUP_TAGS) {
        readPair(pair, bytes, cursor.valueStart, cursor.valueEnd)
        appendPart(key, field, bytes, pairKey.start, pairKey.end)
        const isVolatile = isOneOf(bytes, pairKey.start, pairKey.end, volatileTagBytes)
        appendPart(key, field, bytes, pairValue.start, isVolatile ? pairValue.start : pairValue.end)
      }
    }
    const known = context.groupTable.find(key.buffer, 0, key.length)
    return known >= 0 ? (context.groups[known] as KnownGroup) : this.addGroup(context, start, end)
  }

  private addGroup(context: Context, start: number, end: number): KnownGroup {
    const { groupCursor: cursor, pairCursor: pair, values, key } = this
    const { bytes } = values
    let topic = ''
    let source = ''
    const tags: [string, string][] = []
    cursor.open(bytes, start, end)
    for (let field = cursor.next(); field > 0; field = cursor.next()) {
      if (cursor.wireType !== LENGTH_DELIMITED) continue
      if (field === GROUP_TOPIC) topic = repairText(bytes, cursor.valueStart, cursor.valueEnd)
      else if (field === GROUP_SOURCE) source = repairText(bytes, cursor.valueStart, cursor.valueEnd)
      else if (field === GROUP_TAGS) {
        readPair(pair, bytes, cursor.valueStart, cursor.valueEnd)
        tags.push([repairText(bytes, pairKey.start, pairKey.end), repairText(bytes, pairValue.start, pairValue.end)])
      }
    }
    if (context.groups.length >= maxGroupFacts) context.forget()
    const facts = groupFacts(topic, source, tags)
    const group = {
      number: context.groupTable.add(key.buffer, 0, key.length),
      facts,
      shapes: context.shapesOf(facts),
      isLookedAt: ['log.record.uid', ...facts.attributeNames].some((name) => context.looksAt(name)),
    }
    context.groups.push(group)
    return group
  }

  // --------------------------------------------------------------------------------------------------------- logs

  private convertLog(
    context: Context,
    group: KnownGroup,
    uid: RecordUid,
    index: number,
    start: number,
    end: number,
  ): void {
    const node = this.readLog(group.shapes, start, end)
    if (node < 0) {
      this.writeMalformed(context, group, uid, index, start, end, this.fault)
      return
    }
    const program = this.programOf(context, group, node)
    if (program.document !== undefined) this.writeDocument(context, group, uid, index, program, end - start)
    else this.writeRecord(context, group, uid, index, program, end - start)
  }

  /** Notes where the values of a log lie and finds its shape; -1, with the reason in `fault`, where it is broken. */
  private readLog(shapes: FieldTree, start: number, end: number): number {
    const { values } = this
    const { bytes, words } = values
    let { starts, ends } = values
    let hasTime = false
    shapes.trim()
    let node = FieldTree.root
    let slots = 0
    let at = start
    this.nanos = 0
    while (at < end) {
      const tag = bytes[at]
      // The ordinary content: one byte of tag, key before value, nothing else.
      if (tag === LOG_CONTENT && at + 2 < end) {
        let size = bytes[at + 1] as number
        let from = at + 2
        if (size > 0x7f) {
          size = (size & 0x7f) | ((bytes[from++] as number) << 7)
          if (size > 0x3fff) size = -1
        }
        const to = from + size
        if (size >= 0 && to <= end) {
          const child = shapes.follow(node, words, from, to)
          if (child >= 0) {
            let value = from + shapes.headerBytes(child)
            let length = bytes[value++] as number
            if (length > 0x7f && value < to) {
              length = (length & 0x7f) | ((bytes[value++] as number) << 7)
              if (length > 0x3fff) length = -1
            }
            if (length >= 0 && value + length === to) {
              if (slots === starts.length) {
                this.growSlots()
                starts = values.starts
                ends = values.ends
              }
              starts[slots] = value
              ends[slots] = to
              slots++
              node = child
              at = to
              continue
            }
          }
        }
      }
      // Anything else: other fields, longer lengths, keys that are new here, fields in another order.
      const cursor = this.logCursor
      cursor.open(bytes, at, end)
      const field = cursor.next()
      if (field < 0) {
        this.fault = 'a field runs past the end of the log'
        return -1
      }
      at = cursor.position
      if (field === LOG_CONTENTS && cursor.wireType === LENGTH_DELIMITED) {
        if (!readPair(this.pairCursor, bytes, cursor.valueStart, cursor.valueEnd)) {
          this.fault = 'a field of the log cannot be read'
          return -1
        }
        if (slots === starts.length) {
          this.growSlots()
          starts = values.starts
          ends = values.ends
        }
        starts[slots] = pairValue.start
        ends[slots] = pairValue.end
        slots++
        node = shapes.child(node, bytes, pairKey.start, pairKey.end)
      } else if (field === LOG_TIME && cursor.wireType === VARINT) {
        hasTime = true
        this.seconds = cursor.number
      } else if (field === LOG_TIME_NS && cursor.wireType === FIXED32) {
        this.nanos = words.getUint32(cursor.valueStart, true)
      }
    }
    if (!hasTime || this.seconds > 0xffffffff) {
      this.fault = hasTime ? 'the time of the log is no number of seconds' : 'the log has no time'
      return -1
    }
    if (this.nanos >= 1e9) this.nanos = 0
    return node
  }

  private growSlots(): void {
    const { values } = this
    const starts = new Int32Array(values.starts.length * 2)
    starts.set(values.starts)
    values.starts = starts
    const ends = new Int32Array(values.ends.length * 2)
    ends.set(values.ends)
    values.ends = ends
  }

  private programOf(context: Context, group: KnownGroup, node: number): Program {
    const decision = group.shapes.decisionAt(node)
    if (decision?.by === 'shape') return decision.program
    if (decision?.by === 'value') {
      for (const choice of decision.choices) if (this.fits(decision.slots, choice.values)) return choice.program
    }
    return this.decide(context, group, node)
  }

  private fits(slots: readonly number[], texts: readonly Uint8Array[]): boolean {
    const { bytes, starts, ends } = this.values
    for (let i = 0; i < slots.length; i++) {
      const slot = slots[i] as number
      if (!equalsBytes(bytes, starts[slot] as number, ends[slot] as number, texts[i] as Uint8Array)) return false
    }
    return true
  }

  /** Recognises the log that was just read, and remembers the answer for its shape as far as the shape decides it. */
  private decide(context: Context, group: KnownGroup, node: number): Program {
    const { bytes, starts, ends } = this.values
    const { shapes } = group
    const names = shapes.path(node)
    const { project, logstore } = context.source
    const asked = new Set<number>()
    const kind =
      this.pinned ??
      this.recognise({
        project,
        logstore,
        topic: group.facts.topic,
        fields: names,
        value: (field) => {
          const slot = names.findIndex((name) => normalName(name) === normalName(field))
          if (slot < 0) return undefined
          asked.add(slot)
          return repairText(bytes, starts[slot] as number, ends[slot] as number)
        },
      }) ??
      generic
    const compile = () =>
      compileProgram(kind, names, group.facts.surroundings, this.options.body, (name) => context.looksAt(name))
    const slots = [...asked]
    if (slots.length === 0) {
      const program = compile()
      shapes.decide(node, { by: 'shape', program })
      return program
    }
    const known = shapes.decisionAt(node)
    const decision: ValueDecision =
      known?.by === 'value' ? known : { by: 'value', slots, choices: [], programs: new Map() }
    const program = decision.programs.get(kind.id) ?? compile()
    decision.programs.set(kind.id, program)
    // Long texts are documents, of which no two are alike.
    const sameSlots = slots.length === decision.slots.length && slots.every((slot, i) => slot === decision.slots[i])
    const isShort = slots.every((slot) => (ends[slot] as number) - (starts[slot] as number) <= maxChoiceBytes)
    if (sameSlots && isShort && decision.choices.length < maxChoices) {
      const texts = slots.map((slot) => bytes.slice(starts[slot], ends[slot]))
      decision.choices.push({ values: texts, program })
    }
    shapes.decide(node, decision)
    return program
  }

  // ------------------------------------------------------------------------------------------------------ writing

  private writeRecord(
    context: Context,
    group: KnownGroup,
    uid: RecordUid,
    index: number,
    program: Program,
    logBytes: number,
  ): void {
    const { batch, runner, values } = this
    const { out } = batch
    const mark = batch.begin()
    runner.begin(program, recordRoom + group.facts.attributes.length + logBytes)
    let { seconds, nanos } = this
    if (runner.findTime(program, values, seconds)) {
      seconds = found.seconds
      nanos = found.nanos
    }
    writeTime(out, seconds, nanos)
    out.copy(this.observedTime, 0, this.observedTime.length)
    uid.write(out, index)
    out.copy(group.facts.attributes, 0, group.facts.attributes.length)
    if (group.isLookedAt || program.looksAtTimeText) runner.lookedAt.add(mark, out.length)
    runner.run(program, values)
    const recordGroup = this.recordGroupOf(context, group, program, noFacts)
    this.commit(context, mark, recordGroup, seconds, nanos, program.bodySources, runner.lookedAt)
  }

  private commit(
    context: Context,
    mark: number,
    group: RecordGroup,
    seconds: number,
    nanos: number,
    bodySources: BodySources,
    lookedAt?: Ranges,
  ): void {
    const { batch } = this
    const { steps } = context
    this.records++
    if (steps === undefined) batch.commit(mark, group, seconds, nanos)
    else if (!steps.commit(batch, mark, group, seconds, nanos, bodySources, lookedAt)) this.filtered++
  }

  /** A log whose field holds an ActionTrail document. Low in volume, so it goes through objects. */
  private writeDocument(
    context: Context,
    group: KnownGroup,
    uid: RecordUid,
    index: number,
    program: Program,
    logBytes: number,
  ): void {
    const { batch, runner, values, seconds, nanos } = this
    const { out } = batch
    const text = this.documentText(program)
    const logUnixNano = BigInt(seconds) * NANOS_PER_SECOND + BigInt(nanos)
    const parsed = parseEventText(text)
    const record =
      parsed.status === 'event'
        ? convertActionTrailEvent(parsed.event, {
            body: this.options.body,
            fallbackUnixNano: logUnixNano,
            accountId: this.textOf(program, 'owner_id'),
          })
        : undefined
    if (record !== undefined && this.isLeftOut(record.eventId)) {
      this.records++
      this.duplicates++
      return
    }
    const reason = parsed.status === 'event' ? '' : parsed.reason
    let severityNumber = record?.severityNumber
    if (parsed.status === 'event' && record !== undefined && this.auditParts.audit.isActive) {
      const examination = this.auditParts.audit.examine(parsed.event, record)
      severityNumber = examination.severityNumber
      this.findings.push(...examination.findings)
    }
    const fields =
      record === undefined
        ? brokenEventFields({ text, reason, uid: uid.text(index) }, logUnixNano, this.observedUnixNano)
        : eventFields(record, this.observedUnixNano, severityNumber)
    const encoded = encodeLogRecord(fields)
    const mark = batch.begin()
    out.raw(encoded)
    if (group.facts.attributes.length > 0) out.raw(group.facts.attributes)
    runner.begin(program, logBytes)
    runner.run(program, values)
    const facts = record === undefined ? [] : eventResource(record).map(([attribute, value]) => ({ attribute, value }))
    const recordGroup = this.recordGroupOf(context, group, program, facts)
    const { timeUnixNano } = fields
    const eventSeconds = Number(timeUnixNano / NANOS_PER_SECOND)
    this.commit(context, mark, recordGroup, eventSeconds, Number(timeUnixNano % NANOS_PER_SECOND), program.bodySources)
    if (record === undefined) this.malformed++
  }

  /** True for an event that was delivered, or is being delivered, by whichever receiver. */
  private isLeftOut(eventId: string): boolean {
    const { delivered } = this.auditParts
    if (delivered === undefined) return false
    if (this.auditEventIds.has(eventId)) return true
    const taken = delivered.take(eventId)
    if (taken === 'mine') this.auditEventIds.add(eventId)
    if (taken === 'in_hand') this.awaitedEventIds.add(eventId)
    return taken !== 'mine'
  }

  /** The JSON text of an ActionTrail document. */
  private documentText({ document, names }: Program): string {
    const { bytes, starts, ends } = this.values
    const slotText = (slot: number) => repairText(bytes, starts[slot] as number, ends[slot] as number)
    if (document === undefined) return ''
    if (document.is === 'text') return slotText(document.slot)
    const present = document.slots.filter((slot) => !isAbsent(bytes, starts[slot] as number, ends[slot] as number))
    return JSON.stringify(Object.fromEntries(present.map((slot) => [names[slot] ?? '', slotText(slot)])))
  }

  private textOf(program: Program, name: string): string | undefined {
    const slot = program.names.indexOf(name)
    const { bytes, starts, ends } = this.values
    if (slot < 0 || isAbsent(bytes, starts[slot] as number, ends[slot] as number)) return undefined
    return repairText(bytes, starts[slot] as number, ends[slot] as number)
  }

  /** A log that cannot be read: its bytes are kept, so that nothing is lost. */
  private writeMalformed(
    context: Context,
    group: KnownGroup,
    uid: RecordUid,
    index: number,
    start: number,
    end: number,
    reason: string,
  ): void {
    const { batch, values } = this
    const { out } = batch
    const size = end - start
    const mark = batch.begin()
    out.reserve(recordRoom + size + group.facts.attributes.length)
    out.raw(this.observedTime)
    uid.write(out, index)
    if (group.facts.attributes.length > 0) out.raw(group.facts.attributes)
    writeValue(out, RECORD_ATTRIBUTE, malformedKey, reason)
    const body = out.begin(RECORD_BODY)
    out.byte(BYTES_VALUE)
    out.varint(size)
    out.copy(values.bytes, start, end)
    out.end(body)
    const recordGroup = this.recordGroupOf(context, group, malformedProgram, noFacts)
    this.commit(context, mark, recordGroup, 0, 0, malformedProgram.bodySources)
    this.malformed++
  }

  // ---------------------------------------------------------------------------------------------------- resources

  /** The resource of the log that was just read. The same values find the same one without making anything. */
  private recordGroupOf(
    context: Context,
    group: KnownGroup,
    program: Program,
    facts: readonly RecordFact[],
  ): RecordGroup {
    const { key, values } = this
    key.reset()
    key.varint(group.number)
    key.varint(program.kindNumber)
    for (const fact of facts) {
      key.stringField(0, fact.attribute)
      key.stringField(0, fact.value)
    }
    const { resources } = program
    for (let i = 0; i < resources.length; i++) {
      const resource = resources[i] as ResourceSlot
      const start = values.starts[resource.slot] as number
      const end = values.ends[resource.slot] as number
      if (isAbsent(values.bytes, start, end)) continue
      appendPart(key, resource.number, values.bytes, start, end)
    }
    const known = context.recordGroupTable.find(key.buffer, 0, key.length)
    return known >= 0
      ? (context.recordGroups[known] as RecordGroup)
      : this.addRecordGroup(context, group, program, facts)
  }

  private addRecordGroup(
    context: Context,
    group: KnownGroup,
    program: Program,
    facts: readonly RecordFact[],
  ): RecordGroup {
    const { bytes, starts, ends } = this.values
    const { kind } = program
    const { project, logstore, region } = context.source
    const fromSlots = program.resources.flatMap(({ slot, attribute, displaced }) => {
      const start = starts[slot] as number
      const end = ends[slot] as number
      return isAbsent(bytes, start, end) ? [] : [{ attribute, displaced, value: repairText(bytes, start, end) }]
    })
    const recordGroup = createRecordGroup(group.facts, {
      kind,
      serviceName: this.options.serviceName || (kind.id === generic.id ? logstore : kind.product),
      project,
      logstore,
      // A trail gathers the events of all regions in one logstore, so the endpoint's region says nothing about an event.
      region: kind.content?.startsWith('actiontrail') ? undefined : region,
      record: [...facts.map((fact) => ({ ...fact, displaced: fact.attribute })), ...fromSlots],
      overrides: context.processing.resourceAttributes,
    })
    if (context.recordGroups.length >= maxRecordGroups) context.forgetRecordGroups()
    context.recordGroupTable.add(this.key.buffer, 0, this.key.length)
    context.recordGroups.push(recordGroup)
    return recordGroup
  }
}

// ------------------------------------------------------------------------------------------------------- remembering

/** What one way out and one logstore remember from page to page. */
class Context {
  readonly source: PageSource
  readonly processing: Processing
  /** `undefined` where no processor looks at records. */
  readonly steps: RecordSteps | undefined
  readonly groupTable = new ByteTable()
  groups: KnownGroup[] = []
  readonly recordGroupTable = new ByteTable()
  recordGroups: RecordGroup[] = []
  private readonly shapes = new Map<string, FieldTree>()

  constructor(source: PageSource, processing: Processing) {
    this.source = source
    this.processing = processing
    this.steps = processing.steps.length === 0 ? undefined : new RecordSteps(processing.steps)
  }

  /** Whether a processor looks at the attribute of this name. */
  looksAt(attribute: string): boolean {
    return this.steps?.lookAt(attribute) === true
  }

  /** Field sequences are kept apart by what else decides about their meaning. */
  shapesOf({ topic, surroundings }: GroupFacts): FieldTree {
    const key = JSON.stringify([topic, surroundings])
    let shapes = this.shapes.get(key)
    if (shapes === undefined) {
      if (this.shapes.size >= maxShapeTrees) this.shapes.clear()
      shapes = new FieldTree()
      this.shapes.set(key, shapes)
    }
    return shapes
  }

  forget(): void {
    this.groupTable.clear()
    this.groups = []
    this.forgetRecordGroups()
  }

  forgetRecordGroups(): void {
    this.recordGroupTable.clear()
    this.recordGroups = []
  }
}

interface KnownGroup {
  readonly number: number
  readonly facts: GroupFacts
  readonly shapes: FieldTree
  /** A processor looks at the uid, or at an attribute of the group. */
  readonly isLookedAt: boolean
}

interface RecordFact {
  readonly attribute: string
  readonly value: string
}

const noFacts: readonly RecordFact[] = []

// ------------------------------------------------------------------------------------------------------------- bytes

const pairKey = { start: 0, end: 0 }
const pairValue = { start: 0, end: 0 }

/** Finds key and value of a `Content` or `LogTag`, into `pairKey` and `pairValue`; what is missing is empty. */
function readPair(cursor: WireCursor, bytes: Uint8Array, start: number, end: number): boolean {
  pairKey.start = end
  pairKey.end = end
  pairValue.start = end
  pairValue.end = end
  cursor.open(bytes, start, end)
  let field = cursor.next()
  for (; field > 0; field = cursor.next()) {
    const pair = field === 1 ? pairKey : field === 2 ? pairValue : undefined
    if (pair === undefined || cursor.wireType !== LENGTH_DELIMITED) continue
    pair.start = cursor.valueStart
    pair.end = cursor.valueEnd
  }
  return field === 0
}

/** A part of a key for a table: told apart from the next by its number and its length. */
function appendPart(key: ProtobufWriter, number: number, bytes: Uint8Array, start: number, end: number): void {
  key.varint(number)
  key.varint(end - start)
  key.copy(bytes, start, end)
}

/** `time_unix_nano`, by halves: the product does not fit into a number, and a bigint would be an object for each record. */
function writeTime(out: ProtobufWriter, seconds: number, nanos: number): void {
  const lowSeconds = seconds % 65_536
  const highSeconds = (seconds - lowSeconds) / 65_536
  const low = lowSeconds * 1e9 + nanos
  const high = highSeconds * 1e9
  const sum = (high % 65_536) * 65_536 + (low % TWO_32)
  const carry = sum >= TWO_32 ? 1 : 0
  out.buffer[out.length++] = RECORD_TIME
  out.words.setUint32(out.length, sum - carry * TWO_32, true)
  out.words.setUint32(out.length + 4, Math.floor(high / 65_536) + Math.floor(low / TWO_32) + carry, true)
  out.length += 8
}
