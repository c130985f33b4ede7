import {
  type AttributeKey,
  attributeKey,
  attributeRoom,
  isValidUtf8,
  LIST_ENTRY,
  RECORD_ATTRIBUTE,
  repairedSize,
  repairText,
  type SimpleValue,
  writeDouble,
  writeInt,
  writeInt64,
  writeText,
  writeTextList,
  writeTextValue,
  writeValue,
} from '../../src/otlp/attribute-bytes.ts'
import { ProtobufWriter } from '../../src/protobuf/writer.ts'
import {
  decimal,
  equalsBytes,
  findLastItem,
  findPort,
  found,
  hasSecretParameter,
  indexOfByte,
  isAbsent,
  isOneOf,
  lowerCase,
  parseDecimal,
  parseInt64,
  parseSmallInt,
  parseTime,
  redactQuery,
  redactUrl,
} from './field-values.ts'
import { agentFields, containerFields, containerMarks, containerTimeField } from './kinds/agent-fields.ts'
import {
  type Condition,
  type FieldTable,
  type Form,
  type KindTable,
  maxSummaryParts,
  severityNumbers,
  targetsOf,
} from './kinds/kind-table.ts'
import { normalName } from './recognise.ts'

/**
 * A kind's table compiled for one sequence of fields: reads the values of a log where they lie in the page and writes
 * the attributes of the record. Running a program makes no string and no object, save for values that are unusual
 * (secrets in a query, text that is not UTF-8, integers of more than 15 digits).
 */
export interface Program {
  readonly kind: KindTable
  readonly kindNumber: number
  /** The fields of the shape, in order; a slot is an index into it. */
  readonly names: readonly string[]
  readonly ops: readonly Op[]
  /** Attributes that every record of the kind has, encoded. */
  readonly constants: Uint8Array
  readonly resources: readonly ResourceSlot[]
  readonly severityRules: readonly CompiledRule[]
  /** 0: unset. */
  readonly otherwise: number
  readonly body: CompiledBody
  /** How many attributes the summary names. */
  readonly captures: number
  /** The field that tells the time, or -1. */
  readonly timeSlot: number
  /** Where the text of that field goes when it is no time, or too far from the log's own; absent: it has an op of its own. */
  readonly timeText: AttributeKey | undefined
  /** The field that holds an ActionTrail document, or -1. */
  readonly documentSlot: number
  /** Bytes that a record may take besides its values, and how often a value may be written. */
  readonly room: number
  readonly copies: number
}

/** A field that becomes a resource attribute. */
export interface ResourceSlot {
  readonly slot: number
  /** The same for the same attribute and displaced name, whatever shape and slot. */
  readonly number: number
  readonly attribute: string
  /** The record attribute for a value that another field or the configuration displaced. */
  readonly displaced: string
}

interface Op {
  readonly code: OpCode
  readonly slot: number
  readonly key: AttributeKey
  /** For text that does not parse, and for whole lists. */
  readonly fallback: AttributeKey
  /** Number in the summary's captures, or -1. */
  readonly capture: number
  /** Power of ten that makes seconds. */
  readonly scale: number
  /** Only where this slot is absent; -1: always. */
  readonly unless: number
  readonly isList: boolean
  readonly absent: readonly Uint8Array[]
  readonly values: readonly (readonly [from: Uint8Array, to: string])[]
}

const opCodes = {
  text: 0,
  header: 1,
  values: 2,
  int: 3,
  double: 4,
  path: 5,
  query: 6,
  protocol_name: 7,
  protocol_version: 8,
  tls_name: 9,
  tls_version: 10,
  host: 11,
  port: 12,
  sql_operation: 13,
  url: 14,
  url_header: 15,
} as const
type OpCode = (typeof opCodes)[keyof typeof opCodes]

interface CompiledRule {
  readonly slot: number
  readonly atLeast: number
  readonly texts: readonly Uint8Array[] | undefined
  readonly present: boolean | undefined
  readonly severity: number
  readonly errorSlot: number
}

type CompiledBody =
  | { readonly is: 'none' }
  | { readonly is: 'text'; readonly slot: number }
  | { readonly is: 'map'; readonly entries: readonly MapEntry[] }
  | { readonly is: 'summary'; readonly parts: readonly SummaryPart[] }

interface MapEntry {
  readonly slot: number
  readonly key: AttributeKey
  readonly redact: boolean
}

interface SummaryPart {
  readonly before: Buffer
  readonly capture: number
  readonly after: Buffer
}

/** Where the shape was met, as far as it matters for its meaning. */
export interface ShapeSurroundings {
  readonly isContainer: boolean
  readonly isAgent: boolean
  /** The tags of the group say already which stream the line came from. */
  readonly hasIostream: boolean
}

const exponents = { s: 0, ms: 3, us: 6, ns: 9 } as const
const errorTypeKey = attributeKey('error.type')

/** Attributes that every record, or the group's tags, may bring: no field may take their names. */
const reservedNames = [
  'log.record.uid',
  'alibabacloud.sls.topic',
  'alibabacloud.sls.source',
  'alibabacloud.sls.client_address',
  'log.file.path',
  'log.file.name',
]

// ------------------------------------------------------------------------------------------------------- compiling

/**
 * @param names the fields of the shape in order; the same name twice means the same key twice in a log. The first keeps
 *   its name and meaning, the others are kept as text under their own name with `.2`, `.3` …
 */
export function compileProgram(
  kind: KindTable,
  names: readonly string[],
  surroundings: ShapeSurroundings,
  bodyOption: 'summary' | 'original' | 'none',
): Program {
  const isGeneric = kind.id === 'generic'
  const isContainer = surroundings.isContainer || containerMarks.some((mark) => names.includes(mark))
  const isAgent = surroundings.isAgent || isContainer
  const fieldOfSlot = matchFields(kind, names, isContainer && !surroundings.hasIostream)
  const slotOfField = new Map<string, number>()
  for (const [slot, field] of fieldOfSlot.entries()) if (field !== undefined) slotOfField.set(field.name, slot)

  const timeField = kind.timeField ?? (isContainer ? containerTimeField : undefined)
  const timeSlot = timeField === undefined ? -1 : names.indexOf(timeField)
  const hasErrorRule = (kind.severity?.rules ?? []).some((rule) => rule.errorType !== undefined)
  const unique = uniqueNames([
    ...reservedNames,
    ...(hasErrorRule ? ['error.type'] : []),
    ...Object.keys(kind.constantAttributes ?? {}),
    ...fieldOfSlot.flatMap((field) => (field === undefined ? [] : [field.whole ?? '', ...attributesOf(field)])),
  ])
  // Body option `none` does not empty a generic record: its fields are nowhere else.
  const contentSlot = isGeneric && isAgent ? names.indexOf('content') : -1
  const rawSlot = names.indexOf('__raw_log__')

  const ops: Op[] = []
  const resources: ResourceSlot[] = []
  const entries: MapEntry[] = []
  const captures = new Map<string, number>()
  const uniqueEntry = uniqueNames([])
  for (const part of kind.summary ?? []) captures.set(attributeIn(part), captures.size)

  const addText = (slot: number, name: string) => ops.push(makeOp(opCodes.text, slot, attributeKey(unique(name))))

  for (const [slot, name] of names.entries()) {
    const field = fieldOfSlot[slot]
    if (field !== undefined) addField(field, slot)
    else if (slot === timeSlot || slot === contentSlot) continue
    else if (slot === rawSlot) addText(slot, 'log.record.original')
    else if (isGeneric && contentSlot < 0 && !isReserved(name)) {
      entries.push({ slot, key: attributeKey(uniqueEntry(name)), redact: false })
    } else addText(slot, fieldAttribute(kind.product, name))
  }

  function addField(field: FieldTable, slot: number): void {
    let fallback: AttributeKey | undefined
    for (const target of targetsOf(field)) {
      if (target.attribute.startsWith('resource:')) {
        const displaced = unique(fieldAttribute(kind.product, field.name))
        const attribute = target.attribute.slice('resource:'.length)
        resources.push({ slot, number: nameNumber(`${attribute} ${displaced}`), attribute, displaced })
        continue
      }
      const form = target.form ?? formOf(field)
      if (isParsed(form) || field.list === true) fallback ??= keptKey(field, kind, unique)
      ops.push({
        ...makeOp(codeOf(form, target.attribute, field, target.values), slot, attributeKey(target.attribute)),
        fallback: fallback ?? attributeKey(target.attribute),
        capture: captures.get(target.attribute) ?? -1,
        scale: form === 'seconds' ? exponents[field.unit ?? 's'] : 0,
        unless: target.unless === undefined ? -1 : (slotOfField.get(target.unless) ?? -1),
        isList: field.list === true,
        absent: (field.absent ?? []).map((text) => Buffer.from(text)),
        values: Object.entries(target.values ?? {}).map(([from, to]) => [Buffer.from(from), to]),
      })
    }
  }

  const body = ((): CompiledBody => {
    if (rawSlot >= 0 && isGeneric) return { is: 'text', slot: rawSlot }
    if (contentSlot >= 0) return { is: 'text', slot: contentSlot }
    if (isGeneric) return { is: 'map', entries }
    if (bodyOption === 'none' || kind.content === 'actiontrail') return { is: 'none' }
    if (bodyOption === 'summary') return { is: 'summary', parts: (kind.summary ?? []).map(summaryPart(captures)) }
    const original = uniqueNames([])
    return {
      is: 'map',
      entries: names.map((name, slot) => {
        return { slot, key: attributeKey(original(name)), redact: fieldOfSlot[slot]?.redactQuery === true }
      }),
    }
  })()

  const constants = encodeRecordAttributes(Object.entries(kind.constantAttributes ?? {}))
  const keys = [
    ...ops.flatMap((op) => [op.key, op.fallback]),
    ...(body.is === 'map' ? body.entries.map((e) => e.key) : []),
  ]
  return {
    kind,
    kindNumber: nameNumber(kind.id),
    names,
    ops,
    constants,
    resources,
    severityRules: (kind.severity?.rules ?? []).map((rule) => compileRule(rule, slotOfField)),
    otherwise: kind.severity?.otherwise === undefined ? 0 : severityNumbers[kind.severity.otherwise],
    body,
    captures: captures.size,
    timeSlot,
    timeText:
      timeSlot >= 0 && fieldOfSlot[timeSlot] === undefined
        ? attributeKey(unique(fieldAttribute(kind.product, names[timeSlot] ?? '')))
        : undefined,
    documentSlot: kind.content === 'actiontrail' ? (slotOfField.get('event') ?? -1) : -1,
    room: keys.reduce((sum, key) => sum + attributeRoom(key), constants.length + 1024),
    copies: 2 + Math.max(1, ...fieldOfSlot.map((field) => (field === undefined ? 1 : targetsOf(field).length + 1))),
  }
}

const nameNumbers = new Map<string, number>()

/** A number for a name, so that names can be compared as parts of a key without being written out. */
function nameNumber(name: string): number {
  const number = nameNumbers.get(name) ?? nameNumbers.size
  nameNumbers.set(name, number)
  return number
}

function makeOp(code: OpCode, slot: number, key: AttributeKey): Op {
  return { code, slot, key, fallback: key, capture: -1, scale: 0, unless: -1, isList: false, absent: [], values: [] }
}

/** The table's field for each slot; a field takes one slot only, and an exact name goes before another spelling. */
function matchFields(kind: KindTable, names: readonly string[], isContainer: boolean): (FieldTable | undefined)[] {
  const known = [...kind.fields, ...agentFields, ...(isContainer ? containerFields : [])]
  const exact = new Map(known.toReversed().map((field) => [field.name, field]))
  const loose = new Map(known.toReversed().map((field) => [normalName(field.name), field]))
  const taken = new Set<FieldTable>()
  const matched = names.map((name) => {
    const field = exact.get(name)
    if (field === undefined || taken.has(field)) return undefined
    taken.add(field)
    return field
  })
  return matched.map((field, slot) => {
    if (field !== undefined) return field
    const name = names[slot] ?? ''
    const other = loose.get(normalName(name))
    if (other === undefined || taken.has(other) || isReserved(name)) return undefined
    taken.add(other)
    return other
  })
}

/** Where a text that does not parse goes, and the whole of a list. It may be the attribute's own name: it is one or the other. */
function keptKey(field: FieldTable, kind: KindTable, unique: (name: string) => string): AttributeKey {
  if (field.whole !== undefined) return attributeKey(field.whole)
  const own = fieldAttribute(kind.product, field.name)
  return attributeKey(attributesOf(field).includes(own) ? own : unique(own))
}

const attributesOf = (field: FieldTable) => targetsOf(field).map((target) => target.attribute)

/** `__name__`: a name that SLS or an agent keeps for itself. */
const isReserved = (name: string) => /^__.+__$/.test(name)

/** The attribute of a field that no table knows (sls-log-schemas 2.8). */
function fieldAttribute(product: string, name: string): string {
  if (isReserved(name)) return `alibabacloud.sls.${name.slice(2, -2)}`
  return `alibabacloud.${product}.${name.replace(/[.\s]/g, '_')}`
}

/** Gives each name once; a second claim gets `.2`, a third `.3`. */
export function uniqueNames(taken: Iterable<string>): (name: string) => string {
  const used = new Set(taken)
  return (name) => {
    let candidate = name
    for (let count = 2; used.has(candidate); count++) candidate = `${name}.${count}`
    used.add(candidate)
    return candidate
  }
}

function formOf(field: FieldTable): Form {
  return field.type === 'int' ? 'int' : field.type === 'double' ? 'double' : 'text'
}

const isParsed = (form: Form) => form === 'int' || form === 'double' || form === 'seconds'

function codeOf(form: Form, attribute: string, field: FieldTable, values: object | undefined): OpCode {
  if (form === 'seconds') return opCodes.double
  if (form !== 'text') return opCodes[form]
  if (values !== undefined) return opCodes.values
  // By convention a header may come more than once, so its attribute is a list.
  const isHeader = /^http\.(request|response)\.header\./.test(attribute)
  if (field.redactQuery === true) return isHeader ? opCodes.url_header : opCodes.url
  return isHeader ? opCodes.header : opCodes.text
}

function compileRule(
  rule: { when: Condition; severity: keyof typeof severityNumbers; errorType?: string | undefined },
  slotOfField: ReadonlyMap<string, number>,
): CompiledRule {
  const { when } = rule
  return {
    slot: slotOfField.get(when.field) ?? -1,
    atLeast: 'atLeast' in when ? when.atLeast : Number.NaN,
    texts: 'in' in when ? when.in.map((text) => Buffer.from(text)) : undefined,
    present: 'present' in when ? when.present : undefined,
    severity: severityNumbers[rule.severity],
    errorSlot: rule.errorType === undefined ? -1 : (slotOfField.get(rule.errorType) ?? -1),
  }
}

const attributeIn = (part: string) => part.slice(part.indexOf('{') + 1, part.indexOf('}'))

const summaryPart =
  (captures: ReadonlyMap<string, number>) =>
  (part: string): SummaryPart => ({
    before: Buffer.from(part.slice(0, part.indexOf('{'))),
    capture: captures.get(attributeIn(part)) ?? -1,
    after: Buffer.from(part.slice(part.indexOf('}') + 1)),
  })

export function encodeRecordAttributes(entries: Iterable<readonly [string, SimpleValue]>): Uint8Array {
  const writer = new ProtobufWriter(256)
  for (const [name, value] of entries) writeValue(writer, RECORD_ATTRIBUTE, attributeKey(name), value)
  return writer.toBytes()
}

// --------------------------------------------------------------------------------------------------------- running

const BODY = 0x2a
const SEVERITY_NUMBER = 0x10
const STRING_VALUE = 0x0a
const KVLIST_VALUE = 0x32

const DAY_SECONDS = 86_400
const QUESTION_MARK = 0x3f
const SLASH = 0x2f

/** The values of one log: part of a page for each slot. Used again for the next log. */
export interface LogValues {
  bytes: Uint8Array
  /** The same memory as `bytes`. */
  words: DataView
  starts: Int32Array
  ends: Int32Array
}

/** Writes records of programs into one buffer. Keeps only what a record needs while it is written. */
export class ProgramRunner {
  /** Values that did not parse since the owner set this to 0. */
  unparsed = 0
  private readonly out: ProtobufWriter
  // Where the summary finds the text of each capture: in the page, or in what was written for this record.
  private readonly captureStarts = new Int32Array(maxSummaryParts)
  private readonly captureEnds = new Int32Array(maxSummaryParts)
  private readonly captureWritten = new Uint8Array(maxSummaryParts)

  constructor(out: ProtobufWriter) {
    this.out = out
  }

  /** Makes room for all that `run` may write about a log of this size. */
  reserve(program: Program, logBytes: number): void {
    this.out.reserve(program.room + logBytes * repairedSize * program.copies)
  }

  /** The time of the field that tells it, into `found`, when it is one and lies within a day of the log's own time. */
  findTime(program: Program, values: LogValues, seconds: number): boolean {
    const slot = program.timeSlot
    if (slot < 0) return false
    const start = values.starts[slot] as number
    const end = values.ends[slot] as number
    if (isAbsent(values.bytes, start, end)) return false
    const accepted = parseTime(values.bytes, start, end) && Math.abs(found.seconds - seconds) <= DAY_SECONDS
    if (accepted || program.timeText === undefined) return accepted
    this.unparsed++
    writeText(this.out, RECORD_ATTRIBUTE, program.timeText, values.bytes, values.words, start, end)
    return false
  }

  /** Attributes, severity and body of a record. */
  run(program: Program, values: LogValues): void {
    const { out, captureEnds, captureStarts } = this
    for (let number = 0; number < program.captures; number++) captureEnds[number] = captureStarts[number] as number
    if (program.constants.length > 0) out.raw(program.constants)
    const { ops } = program
    // A slot whose whole text was written as it is: not twice.
    let keptSlot = -1
    for (let i = 0; i < ops.length; i++) {
      const op = ops[i] as Op
      const { slot } = op
      const start = values.starts[slot] as number
      const end = values.ends[slot] as number
      if (isAbsent(values.bytes, start, end)) continue
      if (op.absent.length > 0 && isOneOf(values.bytes, start, end, op.absent)) continue
      if (op.unless >= 0 && !this.isAbsentSlot(values, op.unless)) continue
      if (op.isList) {
        const several = findLastItem(values.bytes, start, end)
        const itemStart = found.start
        const itemEnd = found.end
        if (several && keptSlot !== slot) {
          writeText(out, RECORD_ATTRIBUTE, op.fallback, values.bytes, values.words, start, end)
          keptSlot = slot
        }
        if (itemStart === itemEnd) continue
        if (this.write(op, values, itemStart, itemEnd)) continue
      } else if (this.write(op, values, start, end)) continue
      this.unparsed++
      if (keptSlot !== slot) writeText(out, RECORD_ATTRIBUTE, op.fallback, values.bytes, values.words, start, end)
      keptSlot = slot
    }
    this.writeSeverity(program, values)
    this.writeBody(program.body, values)
  }

  private isAbsentSlot(values: LogValues, slot: number): boolean {
    return isAbsent(values.bytes, values.starts[slot] as number, values.ends[slot] as number)
  }

  /** False when the text is not what the op expects. */
  private write(op: Op, values: LogValues, start: number, end: number): boolean {
    const { out } = this
    const { bytes, words } = values
    const { key } = op
    switch (op.code) {
      case opCodes.text:
        writeText(out, RECORD_ATTRIBUTE, key, bytes, words, start, end)
        break
      case opCodes.header:
        writeTextList(out, RECORD_ATTRIBUTE, key, bytes, words, start, end)
        break
      case opCodes.int: {
        const value = parseSmallInt(bytes, start, end)
        if (value >= 0) writeInt(out, RECORD_ATTRIBUTE, key, value)
        else {
          const large = parseInt64(bytes, start, end)
          if (large === undefined) return false
          writeInt64(out, RECORD_ATTRIBUTE, key, large)
        }
        break
      }
      case opCodes.double: {
        if (!parseDecimal(bytes, start, end, op.scale)) return false
        writeDouble(out, RECORD_ATTRIBUTE, key, decimal)
        break
      }
      case opCodes.path: {
        const pathEnd = indexOfByte(bytes, start, end, QUESTION_MARK)
        if (pathEnd > start) this.writePart(op, values, start, pathEnd)
        return true
      }
      case opCodes.query: {
        const from = indexOfByte(bytes, start, end, QUESTION_MARK) + 1
        if (from < end) this.writeQuery(op, values, from, end)
        return true
      }
      case opCodes.protocol_name: {
        this.writeLowerCase(op, values, start, indexOfByte(bytes, start, end, SLASH))
        return true
      }
      case opCodes.protocol_version: {
        const from = indexOfByte(bytes, start, end, SLASH) + 1
        // HTTP/2.0 and HTTP/3.0 are versions 2 and 3 in the conventions; 1.0 stays 1.0.
        const isWhole =
          end - from === 3 && (bytes[from] as number) > 0x31 && equalsBytes(bytes, from + 1, end, pointZero)
        if (from < end) this.writePart(op, values, from, isWhole ? from + 1 : end)
        return true
      }
      case opCodes.tls_name: {
        const nameEnd = tlsVersionStart(bytes, start, end)
        const withoutV = lowerCase(bytes[nameEnd - 1] as number) === LOWER_V ? nameEnd - 1 : nameEnd
        if (withoutV > start) this.writeLowerCase(op, values, start, withoutV)
        return true
      }
      case opCodes.tls_version: {
        const from = tlsVersionStart(bytes, start, end)
        if (from < end) this.writePart(op, values, from, end)
        return true
      }
      case opCodes.host: {
        const port = findPort(bytes, start, end)
        const hostEnd = port < 0 ? end : port
        const inBrackets = bytes[start] === 0x5b && bytes[hostEnd - 1] === 0x5d
        if (inBrackets) this.writePart(op, values, start + 1, hostEnd - 1)
        else this.writePart(op, values, start, hostEnd)
        return true
      }
      case opCodes.port: {
        const port = findPort(bytes, start, end)
        const value = port < 0 ? -1 : parseSmallInt(bytes, port + 1, end)
        if (value >= 0) writeInt(out, RECORD_ATTRIBUTE, key, value)
        return true
      }
      case opCodes.sql_operation:
        this.writeOperation(op, values, start, end)
        return true
      case opCodes.values: {
        const mapped = op.values.find(([from]) => equalsBytes(bytes, start, end, from))
        if (mapped === undefined) writeText(out, RECORD_ATTRIBUTE, key, bytes, words, start, end)
        else writeValue(out, RECORD_ATTRIBUTE, key, mapped[1])
        break
      }
      case opCodes.url:
      case opCodes.url_header: {
        const from = indexOfByte(bytes, start, end, QUESTION_MARK) + 1
        const isHeader = op.code === opCodes.url_header
        if (from < end && hasSecretParameter(bytes, from, end)) {
          const text = redactUrl(repairText(bytes, start, end))
          writeValue(out, RECORD_ATTRIBUTE, key, isHeader ? [text] : text)
          return true
        }
        if (isHeader) writeTextList(out, RECORD_ATTRIBUTE, key, bytes, words, start, end)
        else writeText(out, RECORD_ATTRIBUTE, key, bytes, words, start, end)
        break
      }
    }
    if (op.capture >= 0) this.capture(op.capture, start, end, 0)
    return true
  }

  private writePart(op: Op, values: LogValues, start: number, end: number): void {
    writeText(this.out, RECORD_ATTRIBUTE, op.key, values.bytes, values.words, start, end)
    if (op.capture >= 0) this.capture(op.capture, start, end, 0)
  }

  private writeQuery(op: Op, values: LogValues, start: number, end: number): void {
    if (hasSecretParameter(values.bytes, start, end)) {
      writeValue(this.out, RECORD_ATTRIBUTE, op.key, redactQuery(repairText(values.bytes, start, end)))
    } else this.writePart(op, values, start, end)
  }

  private writeLowerCase(op: Op, values: LogValues, start: number, end: number): void {
    const { out } = this
    writeText(out, RECORD_ATTRIBUTE, op.key, values.bytes, values.words, start, end)
    const from = out.length - (end - start)
    for (let at = from; at < out.length; at++) out.buffer[at] = lowerCase(out.buffer[at] as number)
    if (op.capture >= 0) this.capture(op.capture, start, end, 0)
  }

  /** The first word in upper case, when it is made of letters only. */
  private writeOperation(op: Op, values: LogValues, start: number, end: number): void {
    const { out } = this
    let from = start
    while (from < end && (values.bytes[from] as number) <= 0x20) from++
    let to = from
    while (to < end && isLetter(values.bytes[to] as number)) to++
    if (to === from || (to < end && isWordByte(values.bytes[to] as number))) return
    writeText(out, RECORD_ATTRIBUTE, op.key, values.bytes, values.words, from, to)
    const written = out.length - (to - from)
    for (let at = written; at < out.length; at++) out.buffer[at] = (out.buffer[at] as number) & ~0x20
    if (op.capture >= 0) this.capture(op.capture, written, out.length, 1)
  }

  private capture(number: number, start: number, end: number, written: 0 | 1): void {
    this.captureStarts[number] = start
    this.captureEnds[number] = end
    this.captureWritten[number] = written
  }

  private writeSeverity(program: Program, values: LogValues): void {
    const { out } = this
    const rules = program.severityRules
    let severity = program.otherwise
    for (let i = 0; i < rules.length; i++) {
      const rule = rules[i] as CompiledRule
      if (!isTrue(rule, values)) continue
      severity = rule.severity
      if (rule.errorSlot >= 0 && !this.isAbsentSlot(values, rule.errorSlot)) {
        const start = values.starts[rule.errorSlot] as number
        writeText(
          out,
          RECORD_ATTRIBUTE,
          errorTypeKey,
          values.bytes,
          values.words,
          start,
          values.ends[rule.errorSlot] as number,
        )
      }
      break
    }
    if (severity === 0) return
    out.buffer[out.length++] = SEVERITY_NUMBER
    out.buffer[out.length++] = severity
  }

  private writeBody(body: CompiledBody, values: LogValues): void {
    const { out } = this
    switch (body.is) {
      case 'none':
        return
      case 'text':
        writeTextValue(
          out,
          BODY,
          values.bytes,
          values.words,
          values.starts[body.slot] as number,
          values.ends[body.slot] as number,
        )
        return
      case 'map': {
        const bodyMark = out.begin(BODY)
        const mapMark = out.begin(KVLIST_VALUE)
        for (let i = 0; i < body.entries.length; i++) this.writeEntry(body.entries[i] as MapEntry, values)
        out.end(mapMark)
        out.end(bodyMark)
        return
      }
      case 'summary':
        this.writeSummary(body.parts, values)
    }
  }

  private writeEntry(entry: MapEntry, values: LogValues): void {
    const { bytes, words } = values
    const start = values.starts[entry.slot] as number
    const end = values.ends[entry.slot] as number
    if (entry.redact) {
      const from = indexOfByte(bytes, start, end, QUESTION_MARK) + 1
      if (from < end && hasSecretParameter(bytes, from, end)) {
        const text = redactUrl(repairText(bytes, start, end))
        writeValue(this.out, LIST_ENTRY, entry.key, text)
        return
      }
    }
    writeText(this.out, LIST_ENTRY, entry.key, bytes, words, start, end)
  }

  private writeSummary(parts: readonly SummaryPart[], values: LogValues): void {
    const { out } = this
    const before = out.length
    const bodyMark = out.begin(BODY, 1)
    const textMark = out.begin(STRING_VALUE, 1)
    for (let i = 0; i < parts.length; i++) {
      const part = parts[i] as SummaryPart
      const start = this.captureStarts[part.capture] as number
      const end = this.captureEnds[part.capture] as number
      if (start === end) continue
      // What divides two values is left out where there is no first one.
      const isFirst = out.length === textMark
      out.copy(part.before, isFirst && part.before[0] === 0x20 ? 1 : 0, part.before.length)
      if (this.captureWritten[part.capture] === 1) out.copy(out.buffer, start, end)
      else this.copyRepaired(values.bytes, start, end)
      out.copy(part.after, 0, part.after.length)
    }
    if (out.length === textMark) {
      out.length = before
      return
    }
    out.end(textMark, 1)
    out.end(bodyMark, 1)
  }

  private copyRepaired(bytes: Uint8Array, start: number, end: number): void {
    if (isValidUtf8(bytes, start, end)) this.out.copy(bytes, start, end)
    else this.out.raw(Buffer.from(repairText(bytes, start, end)))
  }
}

const pointZero = Buffer.from('.0')
const LOWER_V = 0x76

const isLetter = (byte: number) => (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a)

/** What a word may hold besides letters: digits, `_`, and all beyond ASCII. */
const isWordByte = (byte: number) => (byte >= 0x30 && byte <= 0x39) || byte === 0x5f || byte >= 0x80

/** Where the digits of `TLSv1.2` or `SSLv3` begin. */
function tlsVersionStart(bytes: Uint8Array, start: number, end: number): number {
  let at = start
  while (at < end && ((bytes[at] as number) < 0x30 || (bytes[at] as number) > 0x39)) at++
  return at
}

function isTrue(rule: CompiledRule, values: LogValues): boolean {
  const start = rule.slot < 0 ? 0 : (values.starts[rule.slot] as number)
  const end = rule.slot < 0 ? 0 : (values.ends[rule.slot] as number)
  const absent = rule.slot < 0 || isAbsent(values.bytes, start, end)
  if (rule.present !== undefined) return rule.present !== absent
  if (absent) return false
  if (rule.texts !== undefined) return isOneOf(values.bytes, start, end, rule.texts)
  return parseSmallInt(values.bytes, start, end) >= rule.atLeast
}
