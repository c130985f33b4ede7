import { formatJson, isJsonObject, type Json } from '../../src/lossless-json.ts'
import {
  type AttributeKey,
  attributeKey,
  attributeRoom,
  isValidUtf8,
  LIST_ENTRY,
  putDouble,
  putInt,
  putText,
  putTextList,
  RECORD_ATTRIBUTE,
  repairedSize,
  repairText,
  type SimpleValue,
  writeInt64,
  writeText,
  writeTextValue,
  writeValue,
} from '../../src/otlp/attribute-bytes.ts'
import type { BodySources } from '../../src/pipeline/outlet.ts'
import { Ranges } from '../../src/pipeline/seen-record.ts'
import { ProtobufWriter } from '../../src/protobuf/writer.ts'
import {
  copyRedactedQuery,
  decimal,
  equalsBytes,
  findLastItem,
  findLevelWord,
  findPort,
  found,
  hasKlogLevel,
  hasSecretHeader,
  hasSecretParameter,
  indexOfByte,
  isAbsent,
  isLocalDate,
  isOneOf,
  lowerCase,
  parseBool,
  parseDecimal,
  parseInt64,
  parseSmallInt,
  parseTime,
  redactedSize,
  redactUrl,
} from './field-values.ts'
import { memberOf, parseJsonText, saysNothing, writeJsonAttribute, writeJsonValue } from './json-values.ts'
import { agentFields, containerFields, containerMarks, containerTimeField } from './kinds/agent-fields.ts'
import {
  type Condition,
  conditionsOf,
  type FieldTable,
  type Form,
  type KindTable,
  maxSummaryParts,
  nameIn,
  type SeverityRule,
  severityNumbers,
  type Target,
  targetsOf,
  timeFieldsOf,
  unlessOf,
} from './kinds/kind-table.ts'
import { logAuditFields } from './kinds/log-audit.ts'
import { normalName } from './recognise.ts'

/**
 * A kind's table compiled for one sequence of fields: reads the values of a log where they lie in the page and writes
 * the attributes of the record. Running a program makes no string and no object, save for values that are unusual
 * (secrets in a query, text that is not UTF-8, integers of more than 15 digits) and for the forms that look into a text
 * (JSON, lists of texts, level words).
 */
export interface Program {
  readonly kind: KindTable
  readonly kindNumber: number
  /** The fields of the shape, in order; a slot is an index into it. */
  readonly names: readonly string[]
  readonly ops: readonly Op[]
  /** What the run loop needs to know of each op, side by side: `instructionSize` numbers for an op, see `encodeInstructions`. */
  readonly instructions: Int32Array
  /** The keys of the ops that are written straight from the instructions, as `AttributeKey.words`, one after the other. */
  readonly keyWords: Int32Array
  /** Attributes that every record of the kind has, encoded. */
  readonly constants: Uint8Array
  readonly looksAtConstants: boolean
  readonly resources: readonly ResourceSlot[]
  readonly joined: readonly CompiledJoin[]
  readonly severityRules: readonly CompiledRule[]
  /** 0: unset. */
  readonly otherwise: number
  /** The field whose text becomes the severity's text, or -1. */
  readonly severityText: number
  /** The fields that give `error.type` themselves: where one has a value, no severity rule does. */
  readonly errorFields: readonly { readonly slot: number; readonly absent: readonly Uint8Array[] }[]
  readonly body: CompiledBody
  /** The attributes that its parts were made from, for processors that take secrets out of it. */
  readonly bodySources: BodySources
  /** How many attributes the summary names. */
  readonly captures: number
  /** The field that tells the time, or -1. */
  readonly timeSlot: number
  /** Where the text of that field goes when it is no time, or too far from the log's own; absent: it has an op of its own. */
  readonly timeText: AttributeKey | undefined
  readonly looksAtTimeText: boolean
  /** The field that holds an ActionTrail document, or the fields that are its members. */
  readonly document:
    | { readonly is: 'text'; readonly slot: number }
    | { readonly is: 'fields'; readonly slots: readonly number[] }
    | undefined
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
  /** A processor looks at an attribute that it writes, or may do so. */
  readonly isLookedAt: boolean
  /** Number in the summary's captures, or -1. */
  readonly capture: number
  /** Power of ten that makes seconds. */
  readonly scale: number
  /** `unless`, `when` and `absent` say something. */
  readonly isConditional: boolean
  /** Only where these slots are absent. */
  readonly unless: readonly number[]
  readonly when: CompiledCondition | undefined
  readonly isList: boolean
  readonly absent: readonly Uint8Array[]
  readonly values: readonly KnownValue[]
  readonly onlyKnown: boolean
  readonly divider: string
  /** The way into a JSON object; or, of `members`, the first steps that other targets take. */
  readonly path: readonly string[]
  /** Attributes of the kind that `members` and `headers` must leave alone. */
  readonly claimed: ReadonlySet<string>
}

/** A text that the attribute spells in another way, with the whole attribute that it makes. */
interface KnownValue {
  readonly from: Buffer
  readonly to: string
  readonly encoded: Uint8Array
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
  bool: 16,
  mebibytes: 17,
  lower: 18,
  query_string: 19,
  decoded: 20,
  domain: 21,
  login_user: 22,
  login_address: 23,
  fc_request_id: 24,
  texts: 25,
  first_known: 26,
  json: 27,
  members: 28,
  headers: 29,
  member: 30,
  event_name: 31,
  trace_id: 32,
  constant: 33,
  single: 34,
} as const
type OpCode = (typeof opCodes)[keyof typeof opCodes]

/** Ops that the run loop writes by itself, where nothing more is said about them. */
const plainCodes: ReadonlySet<OpCode> = new Set([opCodes.text, opCodes.header, opCodes.int, opCodes.double])
const NOT_PLAIN = -1

interface CompiledRule {
  readonly conditions: readonly CompiledCondition[]
  readonly severity: number
  readonly errorSlot: number
}

type CompiledCondition = { readonly slot: number; readonly path: readonly string[] } & (
  | { readonly is: 'number'; readonly atLeast: number; readonly below: number }
  | { readonly is: 'in' | 'not in'; readonly texts: readonly Uint8Array[]; readonly words: readonly string[] }
  | { readonly is: 'present' | 'absent' }
  | { readonly is: 'level'; readonly words: readonly string[] }
  | { readonly is: 'klog'; readonly letter: number }
)

interface CompiledJoin {
  readonly key: AttributeKey
  readonly isHeader: boolean
  readonly needs: number
  readonly parts: readonly { readonly before: string; readonly slot: number; readonly after: string }[]
}

type CompiledBody =
  | { readonly is: 'none' }
  | { readonly is: 'text'; readonly slot: number }
  | { readonly is: 'member'; readonly slot: number; readonly path: readonly string[] }
  | { readonly is: 'map'; readonly entries: readonly MapEntry[] }
  | { readonly is: 'summary'; readonly parts: readonly SummaryPart[] }

interface MapEntry {
  readonly slot: number
  readonly key: AttributeKey
  readonly redact: 'query' | 'headers' | undefined
}

interface SummaryPart {
  readonly before: Buffer
  readonly capture: number
  readonly after: Buffer
}

/** Where the shape was met, as far as it matters for its meaning. */
export interface ShapeSurroundings {
  readonly topic: string
  readonly isContainer: boolean
  readonly isAgent: boolean
  /** The tags of the group say already which stream the line came from. */
  readonly hasIostream: boolean
}

const exponents = { s: 0, ms: 3, us: 6, ns: 9 } as const
const errorTypeKey = attributeKey('error.type')

/** Attributes that every record, or the group's tags, may bring: no field may take their names. */
export const reservedNames: readonly string[] = [
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
 * @param looksAt whether a processor looks at the attribute of this name
 */
export function compileProgram(
  kind: KindTable,
  names: readonly string[],
  surroundings: ShapeSurroundings,
  bodyOption: 'summary' | 'original' | 'none',
  looksAt: (attribute: string) => boolean,
): Program {
  const isGeneric = kind.id === 'generic'
  const isContainer = surroundings.isContainer || containerMarks.some((mark) => names.includes(mark))
  const isAgent = surroundings.isAgent || isContainer
  const fieldOfSlot = matchFields(kind, names, isContainer && !surroundings.hasIostream)
  const slotOfField = new Map<string, number>()
  for (const [slot, field] of fieldOfSlot.entries()) if (field !== undefined) slotOfField.set(field.name, slot)

  const timeFields = [...timeFieldsOf(kind), ...(isContainer ? [containerTimeField] : [])]
  const timeSlot = timeFields.map((field) => slotNamed(names, field)).find((slot) => slot >= 0) ?? -1
  const rules = kind.severity?.rules ?? []
  const hasErrorRule = rules.some((rule) => rule.errorType !== undefined)
  const unique = uniqueNames([
    ...reservedNames,
    ...(hasErrorRule ? ['error.type'] : []),
    ...Object.keys(kind.constantAttributes ?? {}),
    ...(kind.joined ?? []).map(({ attribute }) => attribute),
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
  if (bodyOption === 'summary') for (const part of kind.summary ?? []) captures.set(nameIn(part), captures.size)
  const claimed = new Set(kind.fields.flatMap(attributesOf))
  let bodyTarget: CompiledBody | undefined
  const errorFields: Program['errorFields'][number][] = []

  const addText = (slot: number, name: string) => {
    const key = attributeKey(unique(name))
    ops.push({ ...makeOp(opCodes.text, slot, key), isLookedAt: looksAt(key.name) })
  }

  for (const [slot, name] of names.entries()) {
    const field = fieldOfSlot[slot]
    if (field !== undefined) addField(field, slot)
    else if (slot === timeSlot || slot === contentSlot) continue
    else if (slot === rawSlot) addText(slot, 'log.record.original')
    else if (isGeneric && contentSlot < 0 && !isReserved(name)) {
      entries.push({ slot, key: attributeKey(uniqueEntry(name)), redact: undefined })
    } else addText(slot, fieldAttribute(kind, name))
  }

  function addField(field: FieldTable, slot: number): void {
    const targets = targetsOf(field)
    let fallback: AttributeKey | undefined
    for (const target of targets) {
      const path = target.member?.split('.') ?? []
      if (target.attribute.startsWith('resource:')) {
        const displaced = unique(fieldAttribute(kind, field.name))
        const attribute = target.attribute.slice('resource:'.length)
        resources.push({ slot, number: nameNumber(`${attribute} ${displaced}`), attribute, displaced })
        continue
      }
      if (target.attribute === '@body') {
        bodyTarget = path.length === 0 ? { is: 'text', slot } : { is: 'member', slot, path }
        continue
      }
      const form = target.form ?? formOf(field)
      const code = codeOf(form, target, field)
      if (mayNotParse.has(code) || field.list === true) fallback ??= keptKey(field, kind, unique)
      const unit = field.unitByTopic?.[surroundings.topic] ?? field.unit ?? 's'
      const absent = (field.absent ?? []).map((text) => Buffer.from(text))
      if (target.attribute === 'error.type') errorFields.push({ slot, absent })
      ops.push({
        ...makeOp(code, slot, attributeKey(target.attribute)),
        fallback: fallback ?? attributeKey(target.attribute),
        isLookedAt: isOpen.has(code) || looksAt(target.attribute) || (fallback !== undefined && looksAt(fallback.name)),
        capture: captures.get(target.attribute) ?? -1,
        scale: form === 'seconds' ? (exponents[unit as keyof typeof exponents] ?? 0) : 0,
        isConditional: absent.length > 0 || target.unless !== undefined || target.when !== undefined,
        unless: unlessOf(target).flatMap((name) => slotOfField.get(name) ?? []),
        when: target.when === undefined ? undefined : compileCondition(target.when, slotOfField),
        isList: field.list === true,
        absent,
        values: Object.entries(target.constant === undefined ? (target.values ?? {}) : { '': target.constant }).map(
          ([from, to]) => knownValue(target.attribute, from, to),
        ),
        onlyKnown: target.onlyKnown === true,
        divider: target.divider ?? ',',
        path: form === 'members' ? targets.flatMap(({ member }) => member?.split('.')[0] ?? []) : path,
        claimed,
      })
    }
  }

  const joined = (kind.joined ?? []).flatMap(({ attribute, needs, parts }): CompiledJoin[] => {
    const slot = slotOfField.get(needs)
    if (slot === undefined) return []
    return [
      {
        key: attributeKey(attribute),
        isHeader: isHeader(attribute),
        needs: slot,
        parts: parts.flatMap((part) => {
          const partSlot = slotOfField.get(nameIn(part))
          const before = part.slice(0, part.indexOf('{'))
          return partSlot === undefined ? [] : [{ before, slot: partSlot, after: part.slice(part.indexOf('}') + 1) }]
        }),
      },
    ]
  })

  const bodySources = new Map<string, readonly string[]>()
  const body = ((): CompiledBody => {
    if (rawSlot >= 0 && isGeneric) return { is: 'text', slot: rawSlot }
    if (contentSlot >= 0) return { is: 'text', slot: contentSlot }
    if (isGeneric) return { is: 'map', entries }
    if (kind.content === 'actiontrail' || kind.content === 'actiontrail_fields') return { is: 'none' }
    // The message of a log is nowhere else, so body option `none` does not take it away.
    if (bodyTarget !== undefined && bodyOption !== 'original') return bodyTarget
    if (bodyOption === 'none') return { is: 'none' }
    if (bodyOption === 'summary') {
      bodySources.set('', (kind.summary ?? []).map(nameIn))
      return { is: 'summary', parts: (kind.summary ?? []).map(summaryPart(captures)) }
    }
    const original = uniqueNames([])
    return {
      is: 'map',
      entries: names.flatMap((name, slot) => {
        const field = fieldOfSlot[slot]
        if (field?.secret === true) return []
        const key = attributeKey(original(name))
        if (field !== undefined) bodySources.set(key.name, sourcesOf(kind, field))
        return [{ slot, key, redact: field === undefined ? undefined : redactionOf(field) }]
      }),
    }
  })()

  const constants = encodeRecordAttributes(
    Object.entries(kind.constantAttributes ?? {}).filter(([name]) => !name.startsWith('resource:')),
  )
  const timeText =
    timeSlot >= 0 && fieldOfSlot[timeSlot] === undefined
      ? attributeKey(unique(fieldAttribute(kind, names[timeSlot] ?? '')))
      : undefined
  const keys = [
    ...ops.flatMap((op) => [op.key, op.fallback]),
    ...(body.is === 'map' ? body.entries.map((e) => e.key) : []),
    ...joined.map(({ key }) => key),
  ]
  return {
    kind,
    kindNumber: nameNumber(kind.id),
    names,
    ops,
    ...encodeInstructions(ops),
    constants,
    looksAtConstants: Object.keys(kind.constantAttributes ?? {}).some(looksAt),
    resources,
    joined,
    severityRules: rules.map((rule) => compileRule(rule, slotOfField)).filter(canHold),
    otherwise: kind.severity?.otherwise === undefined ? 0 : severityNumbers[kind.severity.otherwise],
    severityText: slotOfField.get(kind.severity?.text ?? '') ?? -1,
    errorFields,
    body,
    bodySources,
    captures: captures.size,
    timeSlot,
    timeText,
    looksAtTimeText: timeText !== undefined && looksAt(timeText.name),
    document: documentIn(kind, slotOfField),
    room: keys.reduce((sum, key) => sum + attributeRoom(key), constants.length + 1024),
    copies: 2 + Math.max(1, ...fieldOfSlot.map((field) => (field === undefined ? 1 : targetsOf(field).length + 1))),
  }
}

/** The attributes that a field has a part in. */
function sourcesOf(kind: KindTable, field: FieldTable): string[] {
  const ofField = targetsOf(field).map(({ attribute }) => attribute.replace('resource:', ''))
  const joined = (kind.joined ?? []).filter(({ parts }) => parts.some((part) => nameIn(part) === field.name))
  return [...ofField, ...joined.map(({ attribute }) => attribute)]
}

function documentIn(kind: KindTable, slotOfField: ReadonlyMap<string, number>): Program['document'] {
  const slot = slotOfField.get('event')
  if (kind.content === 'actiontrail' && slot !== undefined) return { is: 'text', slot }
  if (kind.content !== 'actiontrail_fields') return undefined
  return { is: 'fields', slots: kind.fields.flatMap(({ name }) => slotOfField.get(name) ?? []) }
}

/** Numbers that an op takes in `Program.instructions`. */
const instructionSize = 4

/**
 * The ops that need no more than a slot and a key, and that most fields have, are told to the run loop as numbers: to
 * follow references from op to key to bytes, for each value of each log, costs more than to copy the value.
 */
function encodeInstructions(ops: readonly Op[]): Pick<Program, 'instructions' | 'keyWords'> {
  const instructions: number[] = []
  const keyWords: number[] = []
  for (const { code, slot, key, isLookedAt, capture, scale, isConditional, isList } of ops) {
    const isPlain = plainCodes.has(code) && !isLookedAt && capture < 0 && scale === 0 && !isConditional && !isList
    instructions.push(isPlain ? code : NOT_PLAIN, slot, keyWords.length, key.length)
    if (isPlain) keyWords.push(...key.words)
  }
  return { instructions: Int32Array.from(instructions), keyWords: Int32Array.from(keyWords) }
}

const nameNumbers = new Map<string, number>()

/** A number for a name, so that names can be compared as parts of a key without being written out. */
function nameNumber(name: string): number {
  const number = nameNumbers.get(name) ?? nameNumbers.size
  nameNumbers.set(name, number)
  return number
}

const noNames: ReadonlySet<string> = new Set()

function makeOp(code: OpCode, slot: number, key: AttributeKey): Op {
  return {
    code,
    slot,
    key,
    fallback: key,
    isLookedAt: false,
    capture: -1,
    scale: 0,
    isConditional: false,
    unless: [],
    when: undefined,
    isList: false,
    absent: [],
    values: [],
    onlyKnown: false,
    divider: ',',
    path: [],
    claimed: noNames,
  }
}

/** The slot of a name, in this spelling or else in another; -1 for none. */
function slotNamed(names: readonly string[], wanted: string): number {
  const exact = names.indexOf(wanted)
  return exact >= 0 ? exact : names.findIndex((name) => normalName(name) === normalName(wanted))
}

/** The table's field for each slot; a field takes one slot only, and an exact name goes before another spelling. */
function matchFields(kind: KindTable, names: readonly string[], isContainer: boolean): (FieldTable | undefined)[] {
  const auditFields = kind.id === 'generic' ? [] : logAuditFields
  const known = [...kind.fields, ...auditFields, ...agentFields, ...(isContainer ? containerFields : [])]
  const timeFields = timeFieldsOf(kind)
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
    const other = timeFields.includes(name) ? undefined : loose.get(normalName(name))
    if (other === undefined || taken.has(other) || isReserved(name))
      return isCookie(name) ? { ...cookie, name } : undefined
    taken.add(other)
    return other
  })
}

/** Cookies never leave, whatever log they stand in (sls-log-schemas 2.9). */
const cookie = { sensitive: true, secret: true, to: [] } satisfies Omit<FieldTable, 'name'>
const isCookie = (name: string) =>
  /^(?:sent_|upstream_)?(?:http_|request_|response_)?(?:header_)?(?:set_)?cookies?$/.test(
    name.toLowerCase().replaceAll('-', '_'),
  )

/** Where a text that does not parse goes, and the whole of a list. It may be the attribute's own name: it is one or the other. */
function keptKey(field: FieldTable, kind: KindTable, unique: (name: string) => string): AttributeKey {
  if (field.whole !== undefined) return attributeKey(field.whole)
  const own = fieldAttribute(kind, field.name)
  return attributeKey(attributesOf(field).includes(own) ? own : unique(own))
}

const attributesOf = (field: FieldTable) => targetsOf(field).map((target) => target.attribute)

/** `__name__`: a name that SLS or an agent keeps for itself. */
const isReserved = (name: string) => /^__.+__$/.test(name)

/** The attribute of a field that no table knows (sls-log-schemas 2.8). */
function fieldAttribute(kind: KindTable, name: string): string {
  if (isReserved(name)) return `alibabacloud.sls.${name.slice(2, -2)}`
  const clean = name.replace(/[.\s]/g, '_')
  const group = (kind.fieldGroups ?? []).find((prefix) => clean.startsWith(`${prefix}_`))
  const grouped = group === undefined ? clean : `${group}.${clean.slice(group.length + 1)}`
  return `alibabacloud.${kind.fieldPrefix ?? kind.product}.${grouped}`
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
  return field.type === undefined || field.type === 'string' ? 'text' : field.type
}

/** By convention a header may come more than once, so its attribute is a list. */
const isHeader = (attribute: string) => /^http\.(request|response)\.header\./.test(attribute)

/** Forms that a text may fail to be; it is kept under the field's own name then. */
const mayNotParse: ReadonlySet<OpCode> = new Set([
  ...[opCodes.int, opCodes.double, opCodes.bool, opCodes.mebibytes, opCodes.login_user, opCodes.login_address],
  ...[opCodes.json, opCodes.members, opCodes.headers, opCodes.member, opCodes.trace_id, opCodes.single],
])

/** Forms that write what is no attribute, or attributes whose names the text tells, or maps. */
const isOpen: ReadonlySet<OpCode> = new Set([
  opCodes.json,
  opCodes.members,
  opCodes.headers,
  opCodes.member,
  opCodes.event_name,
])

function codeOf(form: Form, { attribute, values, member, constant }: Target, field: FieldTable): OpCode {
  if (attribute === '@trace_id') return opCodes.trace_id
  if (member !== undefined) return opCodes.member
  if (constant !== undefined) return opCodes.constant
  if (attribute === '@event_name') return opCodes.event_name
  if (form === 'seconds') return opCodes.double
  if (form !== 'text') return opCodes[form]
  if (values !== undefined) return opCodes.values
  if (field.redactQuery === true) return isHeader(attribute) ? opCodes.url_header : opCodes.url
  return isHeader(attribute) ? opCodes.header : opCodes.text
}

function redactionOf(field: FieldTable): MapEntry['redact'] {
  const targets = targetsOf(field)
  if (targets.some(({ form }) => form === 'headers')) return 'headers'
  const isQuery = targets.some(({ form }) => form === 'query' || form === 'query_string')
  return field.redactQuery === true || isQuery ? 'query' : undefined
}

function compileRule(rule: SeverityRule, slotOfField: ReadonlyMap<string, number>): CompiledRule {
  return {
    conditions: conditionsOf(rule).map((condition) => compileCondition(condition, slotOfField)),
    severity: severityNumbers[rule.severity],
    errorSlot: rule.errorType === undefined ? -1 : (slotOfField.get(rule.errorType) ?? -1),
  }
}

function compileCondition(condition: Condition, slotOfField: ReadonlyMap<string, number>): CompiledCondition {
  const slot = slotOfField.get(condition.field) ?? -1
  const path = 'member' in condition ? (condition.member?.split('.') ?? []) : []
  if ('atLeast' in condition) {
    const { atLeast, below = Number.POSITIVE_INFINITY } = condition
    return { slot, path, is: 'number', atLeast, below }
  }
  if ('present' in condition) return { slot, path, is: condition.present ? 'present' : 'absent' }
  if ('level' in condition) return { slot, path, is: 'level', words: condition.level }
  if ('klog' in condition) return { slot, path, is: 'klog', letter: condition.klog.charCodeAt(0) }
  const words = 'in' in condition ? condition.in : condition.notIn
  return { slot, path, is: 'in' in condition ? 'in' : 'not in', words, texts: words.map((text) => Buffer.from(text)) }
}

/** False for a rule about a field that the shape lacks. */
const canHold = ({ conditions }: CompiledRule) =>
  conditions.every(({ slot, is }) => slot >= 0 || is === 'absent' || is === 'not in')

const summaryPart =
  (captures: ReadonlyMap<string, number>) =>
  (part: string): SummaryPart => ({
    before: Buffer.from(part.slice(0, part.indexOf('{'))),
    capture: captures.get(nameIn(part)) ?? -1,
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
const SEVERITY_TEXT = 0x1a
const TRACE_ID = 0x4a
const TRACE_ID_BYTES = 16
const EVENT_NAME = 0x62
const STRING_VALUE = 0x0a
const KVLIST_VALUE = 0x32

const DAY_SECONDS = 86_400
const QUESTION_MARK = 0x3f
const SLASH = 0x2f
const DOT = 0x2e
const PERCENT = 0x25
const COMMA = 0x2c
const maxSearchedBytes = 512
const MEBIBYTE = 2 ** 20

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
  /** Where in the record the fields lie that matter to processors. */
  readonly lookedAt = new Ranges()
  private readonly out: ProtobufWriter
  private readonly scratch = new ProtobufWriter(1024)
  // Where the summary finds the text of each capture: in the page, or in what was written for this record.
  private readonly captureStarts = new Int32Array(maxSummaryParts)
  private readonly captureEnds = new Int32Array(maxSummaryParts)
  private readonly captureWritten = new Uint8Array(maxSummaryParts)
  /** Captures that are neither: spelt in another way than in the page. */
  private readonly captureTexts: string[] = Array.from({ length: maxSummaryParts }, () => '')
  // The JSON document read last, for the next target of the same field.
  private documentSlot = -1
  private document: Json | undefined
  // The level word found last, for the next rule about the same field.
  private levelSlot = -1
  private level = ''
  // A slot whose whole text was written as it is, and one whose text did not parse: not twice.
  private keptSlot = -1
  private failedSlot = -1

  constructor(out: ProtobufWriter) {
    this.out = out
  }

  /** Begins a record: makes room for all that `run` may write about a log of this size. */
  begin(program: Program, logBytes: number): void {
    this.lookedAt.clear()
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
    // A date without a zone is no time that could be told, but no fault either.
    if (!isLocalDate(values.bytes, start, end)) this.unparsed++
    writeText(this.out, RECORD_ATTRIBUTE, program.timeText, values.bytes, values.words, start, end)
    return false
  }

  /** Attributes, severity and body of a record. */
  run(program: Program, values: LogValues): void {
    const { out, captureEnds, captureStarts } = this
    for (let number = 0; number < program.captures; number++) captureEnds[number] = captureStarts[number] as number
    const start = out.length
    if (program.constants.length > 0) out.raw(program.constants)
    if (program.looksAtConstants) this.lookedAt.add(start, out.length)
    const { ops, instructions, keyWords } = program
    const { bytes, starts, ends } = values
    this.keptSlot = -1
    this.failedSlot = -1
    this.documentSlot = -1
    this.levelSlot = -1
    for (let i = 0, at = 0; i < ops.length; i++, at += instructionSize) {
      const slot = instructions[at + 1] as number
      const start = starts[slot] as number
      const end = ends[slot] as number
      if (isAbsent(bytes, start, end)) continue
      const code = instructions[at] as number
      if (code !== NOT_PLAIN) {
        const keyStart = instructions[at + 2] as number
        const keyLength = instructions[at + 3] as number
        if (this.writePlain(code, keyWords, keyStart, keyLength, values, start, end)) continue
      }
      const op = ops[i] as Op
      const before = out.length
      this.writeOp(op, values, start, end)
      if (op.isLookedAt && out.length > before) this.lookedAt.add(before, out.length)
    }
    const rest = out.length
    for (let i = 0; i < program.joined.length; i++) this.writeJoined(program.joined[i] as CompiledJoin, values)
    this.writeSeverity(program, values)
    this.writeBody(program.body, values)
    this.lookedAt.add(rest, out.length)
  }

  private writeOp(op: Op, values: LogValues, start: number, end: number): void {
    if (op.isConditional && !this.applies(op, values, start, end)) return
    const { slot } = op
    if (op.isList) {
      const several = findLastItem(values.bytes, start, end)
      const itemStart = found.start
      const itemEnd = found.end
      if (several && this.keptSlot !== slot) {
        writeText(this.out, RECORD_ATTRIBUTE, op.fallback, values.bytes, values.words, start, end)
        this.keptSlot = slot
      }
      if (itemStart === itemEnd || this.write(op, values, itemStart, itemEnd)) return
    } else if (this.write(op, values, start, end)) return
    // A field with several targets is one value.
    if (this.failedSlot !== slot) this.unparsed++
    this.failedSlot = slot
    if (this.keptSlot !== slot) this.writeKept(op, values, start, end)
    this.keptSlot = slot
  }

  /** A text that its op could not read, under the field's own name. */
  private writeKept(op: Op, { bytes, words }: LogValues, start: number, end: number): void {
    if (op.code === opCodes.headers && hasSecretHeader(repairText(bytes, start, end))) {
      writeValue(this.out, RECORD_ATTRIBUTE, op.fallback, 'REDACTED')
    } else writeText(this.out, RECORD_ATTRIBUTE, op.fallback, bytes, words, start, end)
  }

  private applies(op: Op, values: LogValues, start: number, end: number): boolean {
    if (isOneOf(values.bytes, start, end, op.absent)) return false
    for (const slot of op.unless) if (!this.isAbsentSlot(values, slot)) return false
    return op.when === undefined || this.holds(op.when, values)
  }

  private isAbsentSlot(values: LogValues, slot: number): boolean {
    return isAbsent(values.bytes, values.starts[slot] as number, values.ends[slot] as number)
  }

  /** An op that has no more to it than a key; false when the text is not what it expects, or not in the usual form. */
  private writePlain(
    code: number,
    keyWords: Int32Array,
    keyStart: number,
    keyLength: number,
    { bytes, words }: LogValues,
    start: number,
    end: number,
  ): boolean {
    const { out } = this
    if (code === opCodes.text) {
      putText(out, RECORD_ATTRIBUTE, keyWords, keyStart, keyLength, bytes, words, start, end)
    } else if (code === opCodes.int) {
      const value = parseSmallInt(bytes, start, end)
      if (value < 0) return false
      putInt(out, RECORD_ATTRIBUTE, keyWords, keyStart, keyLength, value)
    } else if (code === opCodes.header) {
      putTextList(out, RECORD_ATTRIBUTE, keyWords, keyStart, keyLength, bytes, words, start, end)
    } else {
      if (!parseDecimal(bytes, start, end, 0)) return false
      putDouble(out, RECORD_ATTRIBUTE, keyWords, keyStart, keyLength, decimal)
    }
    return true
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
        putTextList(out, RECORD_ATTRIBUTE, key.words, 0, key.length, bytes, words, start, end)
        break
      case opCodes.int: {
        const value = parseSmallInt(bytes, start, end)
        if (value >= 0) putInt(out, RECORD_ATTRIBUTE, key.words, 0, key.length, value)
        else {
          const large = parseInt64(bytes, start, end)
          if (large === undefined) return false
          writeInt64(out, RECORD_ATTRIBUTE, key, large)
        }
        break
      }
      case opCodes.double: {
        if (!parseDecimal(bytes, start, end, op.scale)) return false
        putDouble(out, RECORD_ATTRIBUTE, key.words, 0, key.length, decimal)
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
        if (value >= 0) putInt(out, RECORD_ATTRIBUTE, key.words, 0, key.length, value)
        return true
      }
      case opCodes.sql_operation:
        this.writeOperation(op, values, start, end)
        return true
      case opCodes.values: {
        const known = findKnownValue(op, bytes, start, end)
        if (known !== undefined) this.writeKnownValue(op, known)
        else if (!op.onlyKnown) this.writePart(op, values, start, end)
        return true
      }
      case opCodes.bool: {
        const value = parseBool(bytes, start, end)
        if (value === undefined) return false
        writeValue(out, RECORD_ATTRIBUTE, key, value)
        break
      }
      case opCodes.mebibytes: {
        if (!parseDecimal(bytes, start, end, 0)) return false
        writeValue(out, RECORD_ATTRIBUTE, key, Math.round((decimal[0] as number) * MEBIBYTE))
        return true
      }
      case opCodes.lower:
        this.writeLowerCase(op, values, start, end)
        return true
      case opCodes.query_string: {
        const from = bytes[start] === QUESTION_MARK ? start + 1 : start
        if (from < end) this.writeQuery(op, values, from, end)
        return true
      }
      case opCodes.decoded: {
        if (indexOfByte(bytes, start, end, PERCENT) === end) this.writePart(op, values, start, end)
        else this.writeString(op, decodedText(repairText(bytes, start, end)))
        return true
      }
      case opCodes.domain: {
        const nameEnd = end - start > 1 && bytes[end - 1] === DOT ? end - 1 : end
        this.writePart(op, values, start, nameEnd)
        return true
      }
      case opCodes.constant:
        for (const value of op.values) this.writeKnownValue(op, value)
        return true
      case opCodes.single: {
        if (indexOfByte(bytes, start, end, COMMA) === end) this.writePart(op, values, start, end)
        else writeText(out, RECORD_ATTRIBUTE, op.fallback, bytes, words, start, end)
        return true
      }
      case opCodes.texts: {
        const items = repairText(bytes, start, end).split(op.divider)
        const texts = items.map((item) => item.trim()).filter((item) => item !== '' && item !== '-')
        if (texts.length > 0) writeValue(out, RECORD_ATTRIBUTE, key, texts)
        return true
      }
      case opCodes.event_name:
        out.stringField(EVENT_NAME, repairText(bytes, start, end))
        return true
      case opCodes.trace_id:
        return this.writeTraceId(bytes, start, end)
      case opCodes.login_user:
      case opCodes.login_address:
      case opCodes.fc_request_id:
      case opCodes.first_known:
        return this.writeFound(op, values, start, end)
      case opCodes.json:
      case opCodes.members:
      case opCodes.headers:
      case opCodes.member:
        return this.writeDocument(op, values)
      case opCodes.url:
      case opCodes.url_header: {
        const from = indexOfByte(bytes, start, end, QUESTION_MARK) + 1
        const isHeader = op.code === opCodes.url_header
        if (from < end && hasSecretParameter(bytes, from, end)) {
          const { buffer, words, length } = this.redacted(bytes, start, from, end)
          if (isHeader) putTextList(out, RECORD_ATTRIBUTE, key.words, 0, key.length, buffer, words, 0, length)
          else writeText(out, RECORD_ATTRIBUTE, key, buffer, words, 0, length)
          return true
        }
        if (isHeader) putTextList(out, RECORD_ATTRIBUTE, key.words, 0, key.length, bytes, words, start, end)
        else writeText(out, RECORD_ATTRIBUTE, key, bytes, words, start, end)
        break
      }
    }
    if (op.capture >= 0) this.capture(op.capture, start, end, 0)
    return true
  }

  /** What is found in the text by looking at all of it; made of strings, because these fields are rare. */
  private writeFound(op: Op, values: LogValues, start: number, end: number): boolean {
    const { bytes } = values
    // All of them stand at the start; a bound keeps long texts from being searched again and again.
    const text = repairText(bytes, start, Math.min(end, start + maxSearchedBytes))
    switch (op.code) {
      case opCodes.login_user: {
        const user = /^[^[]+(?=\[)/.exec(text)?.[0].trim()
        if (user !== undefined) this.writeString(op, user)
        return user !== undefined
      }
      case opCodes.login_address: {
        // `app[app] @ web-1 [192.0.2.31]`; PostgreSQL has only `app[192.0.2.31]`.
        const trimmed = text.trimEnd()
        const bracket = trimmed.lastIndexOf('[')
        if (bracket < 0 || !trimmed.endsWith(']')) return false
        const at = trimmed.lastIndexOf('@', bracket)
        const host = at < 0 ? '' : trimmed.slice(at + 1, bracket).trim()
        const client = trimmed.slice(bracket + 1, -1) || host
        if (client === '' || client === trimmed.slice(0, bracket).trim()) return false
        this.writeString(op, client)
        return true
      }
      case opCodes.fc_request_id: {
        const match = /^FC \w+ \w+ RequestId: (\S+)/.exec(text) ?? /^\d{4}-\d\d-\d\dT\S+Z (\S+) \[[A-Z]+\]/.exec(text)
        if (match?.[1] !== undefined) this.writeString(op, match[1])
        return true
      }
      default: {
        const items = text.split(op.divider).map((item) => item.trim())
        const known = items.flatMap((item) => op.values.find(({ from }) => from.toString() === item) ?? [])
        if (known[0] !== undefined) this.writeKnownValue(op, known[0])
        else if (!op.onlyKnown) this.writePart(op, values, start, end)
        return true
      }
    }
  }

  /** What a JSON text holds, or part of it. */
  private writeDocument(op: Op, values: LogValues): boolean {
    const { out } = this
    const document = this.documentOf(op.slot, values)
    if (document === undefined) return false
    if (op.code === opCodes.json) {
      if (!saysNothing(document)) writeJsonAttribute(out, RECORD_ATTRIBUTE, op.key.name, document)
      return true
    }
    if (op.code === opCodes.member) {
      const value = memberOf(document, op.path)
      if (value === undefined || saysNothing(value)) return true
      if (op.key.name === '@event_name') out.stringField(EVENT_NAME, String(value))
      else if (typeof value === 'string') this.writeString(op, value)
      else {
        writeJsonAttribute(out, RECORD_ATTRIBUTE, op.key.name, value)
        if (op.capture >= 0 && typeof value !== 'object') this.captureText(op.capture, String(value))
      }
      return true
    }
    if (!isJsonObject(document)) return false
    const written = new Set<string>()
    for (const [member, value] of Object.entries(document)) {
      if (saysNothing(value) || (op.code === opCodes.members && op.path.includes(member))) continue
      const isHeaders = op.code === opCodes.headers
      const name = `${op.key.name}.${isHeaders ? member.toLowerCase() : member}`
      if (op.claimed.has(name) || written.has(name) || (isHeaders && hasSecretHeader(member))) continue
      written.add(name)
      const items = Array.isArray(value) ? value : [value]
      writeJsonAttribute(out, RECORD_ATTRIBUTE, name, isHeaders ? items.map(headerText) : value)
    }
    return true
  }

  private documentOf(slot: number, { bytes, starts, ends }: LogValues): Json | undefined {
    if (slot !== this.documentSlot) {
      this.document = parseJsonText(repairText(bytes, starts[slot] as number, ends[slot] as number))
      this.documentSlot = slot
    }
    return this.document
  }

  /** 32 hex digits, or 16 with zeros to their left; not all zero. */
  private writeTraceId(bytes: Uint8Array, start: number, end: number): boolean {
    const { out } = this
    const size = end - start
    if (size !== 32 && size !== 16) return false
    out.buffer[out.length] = TRACE_ID
    out.buffer[out.length + 1] = TRACE_ID_BYTES
    const from = out.length + 2
    let seen = 0
    out.buffer.fill(0, from, from + TRACE_ID_BYTES)
    for (let at = start; at < end; at++) {
      const digit = hexDigit(bytes[at] as number)
      if (digit < 0) return false
      seen |= digit
      const to = from + TRACE_ID_BYTES - ((end - at + 1) >> 1)
      out.buffer[to] = ((out.buffer[to] as number) << 4) | digit
    }
    if (seen === 0) return false
    out.length = from + TRACE_ID_BYTES
    return true
  }

  private writeJoined({ key, isHeader: asList, needs, parts }: CompiledJoin, values: LogValues): void {
    if (this.isAbsentSlot(values, needs)) return
    const { bytes, starts, ends } = values
    let text = ''
    for (const { before, slot, after } of parts) {
      if (this.isAbsentSlot(values, slot)) continue
      text += `${before}${repairText(bytes, starts[slot] as number, ends[slot] as number)}${after}`
    }
    const clean = redactUrl(text)
    writeValue(this.out, RECORD_ATTRIBUTE, key, asList ? [clean] : clean)
  }

  private writeKnownValue(op: Op, { to, encoded }: KnownValue): void {
    this.out.copy(encoded, 0, encoded.length)
    if (op.capture >= 0) this.captureText(op.capture, to)
  }

  private writeString(op: Op, text: string): void {
    writeValue(this.out, RECORD_ATTRIBUTE, op.key, isHeader(op.key.name) ? [text] : text)
    if (op.capture >= 0) this.captureText(op.capture, text)
  }

  private captureText(number: number, text: string): void {
    this.captureTexts[number] = text
    this.capture(number, 0, text === '' ? 0 : 1, 2)
  }

  private writePart(op: Op, values: LogValues, start: number, end: number): void {
    writeText(this.out, RECORD_ATTRIBUTE, op.key, values.bytes, values.words, start, end)
    if (op.capture >= 0) this.capture(op.capture, start, end, 0)
  }

  private writeQuery(op: Op, values: LogValues, start: number, end: number): void {
    if (hasSecretParameter(values.bytes, start, end)) {
      const { buffer, words, length } = this.redacted(values.bytes, start, start, end)
      writeText(this.out, RECORD_ATTRIBUTE, op.key, buffer, words, 0, length)
    } else this.writePart(op, values, start, end)
  }

  /** A text that is a query from `queryStart` on, with its secrets masked; until the next one is asked for. */
  private redacted(bytes: Uint8Array, start: number, queryStart: number, end: number): ProtobufWriter {
    const { scratch } = this
    scratch.reset()
    scratch.copy(bytes, start, queryStart)
    scratch.reserve((end - queryStart) * redactedSize)
    scratch.length = copyRedactedQuery(scratch.buffer, scratch.length, bytes, queryStart, end)
    return scratch
  }

  private writeLowerCase(op: Op, values: LogValues, start: number, end: number): void {
    const { out } = this
    writeText(out, RECORD_ATTRIBUTE, op.key, values.bytes, values.words, start, end)
    const from = out.length - (end - start)
    for (let at = from; at < out.length; at++) out.buffer[at] = lowerCase(out.buffer[at] as number)
    if (op.capture >= 0) this.capture(op.capture, from, out.length, 1)
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

  private capture(number: number, start: number, end: number, written: 0 | 1 | 2): void {
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
      if (!this.areTrue(rule.conditions, values)) continue
      severity = rule.severity
      const { errorSlot } = rule
      if (errorSlot >= 0 && !this.isAbsentSlot(values, errorSlot) && !this.hasErrorType(program, values)) {
        const start = values.starts[errorSlot] as number
        const errorEnd = values.ends[errorSlot] as number
        writeText(out, RECORD_ATTRIBUTE, errorTypeKey, values.bytes, values.words, start, errorEnd)
      }
      break
    }
    const textSlot = program.severityText
    if (textSlot >= 0 && !this.isAbsentSlot(values, textSlot)) {
      const { bytes, starts, ends } = values
      out.stringField(SEVERITY_TEXT, repairText(bytes, starts[textSlot] as number, ends[textSlot] as number))
    }
    if (severity === 0) return
    out.buffer[out.length++] = SEVERITY_NUMBER
    out.buffer[out.length++] = severity
  }

  private hasErrorType({ errorFields }: Program, values: LogValues): boolean {
    const { bytes, starts, ends } = values
    for (const { slot, absent } of errorFields) {
      const start = starts[slot] as number
      const end = ends[slot] as number
      if (!isAbsent(bytes, start, end) && !isOneOf(bytes, start, end, absent)) return true
    }
    return false
  }

  private areTrue(conditions: readonly CompiledCondition[], values: LogValues): boolean {
    for (let i = 0; i < conditions.length; i++) {
      if (!this.holds(conditions[i] as CompiledCondition, values)) return false
    }
    return true
  }

  private holds(condition: CompiledCondition, values: LogValues): boolean {
    const { slot } = condition
    const { bytes } = values
    const start = slot < 0 ? 0 : (values.starts[slot] as number)
    const end = slot < 0 ? 0 : (values.ends[slot] as number)
    const absent = slot < 0 || isAbsent(bytes, start, end)
    switch (condition.is) {
      case 'present':
        return !absent
      case 'absent':
        return absent
      case 'not in':
        return absent || !isOneOf(bytes, start, end, condition.texts)
      case 'in':
        if (absent) return false
        if (condition.path.length === 0) return isOneOf(bytes, start, end, condition.texts)
        return condition.words.includes(String(memberOf(this.documentOf(slot, values), condition.path)))
      case 'number': {
        if (absent) return false
        const isText = condition.path.length === 0
        const value = isText
          ? parseSmallInt(bytes, start, end)
          : Number(memberOf(this.documentOf(slot, values), condition.path))
        return value >= condition.atLeast && value < condition.below
      }
      case 'level':
        if (absent) return false
        if (this.levelSlot !== slot) this.level = findLevelWord(bytes, start, end)
        this.levelSlot = slot
        return condition.words.includes(this.level)
      case 'klog':
        return !absent && hasKlogLevel(bytes, start, end, condition.letter)
    }
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
      case 'member': {
        const value = memberOf(this.documentOf(body.slot, values), body.path)
        if (value !== undefined && !saysNothing(value)) writeJsonValue(out, BODY, value)
        return
      }
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
    if (entry.redact === 'headers') {
      const text = repairText(bytes, start, end)
      writeValue(this.out, LIST_ENTRY, entry.key, hasSecretHeader(text) ? 'REDACTED' : text)
      return
    }
    if (entry.redact === 'query') {
      // Without a question mark all of it may be a query.
      const mark = indexOfByte(bytes, start, end, QUESTION_MARK)
      const from = mark === end ? start : mark + 1
      if (hasSecretParameter(bytes, from, end)) {
        const { buffer, words, length } = this.redacted(bytes, start, from, end)
        writeText(this.out, LIST_ENTRY, entry.key, buffer, words, 0, length)
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
      if (this.captureWritten[part.capture] === 2) out.raw(Buffer.from(this.captureTexts[part.capture] as string))
      else if (this.captureWritten[part.capture] === 1) out.copy(out.buffer, start, end)
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

function knownValue(attribute: string, from: string, to: string): KnownValue {
  return {
    from: Buffer.from(from),
    to,
    encoded: encodeRecordAttributes([[attribute, isHeader(attribute) ? [to] : to]]),
  }
}

function findKnownValue(op: Op, bytes: Uint8Array, start: number, end: number): KnownValue | undefined {
  for (let i = 0; i < op.values.length; i++) {
    const value = op.values[i] as KnownValue
    if (equalsBytes(bytes, start, end, value.from)) return value
  }
  return undefined
}

function decodedText(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** A header's value may be a number or a map in the JSON; the attribute holds texts. */
const headerText = (value: Json) => redactUrl(typeof value === 'string' ? value : formatJson(value))

function hexDigit(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30
  const letter = lowerCase(byte)
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1
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
