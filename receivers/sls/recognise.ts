import type { KindTable } from './kinds/kind-table.ts'

/** What recognition looks at. */
export interface RecordShape {
  readonly project: string
  readonly logstore: string
  readonly topic: string
  /** The names of the record's fields. */
  readonly fields: readonly string[]
  /** The text of a field; only asked for where names alone do not decide. */
  value(field: string): string | undefined
}

/** `user_agent`, `user-agent` and `User-Agent` are one name (sls-log-schemas section 4). */
export function normalName(name: string): string {
  return name.toLowerCase().replaceAll('-', '_')
}

interface CompiledKind {
  readonly table: KindTable
  readonly topics: ReadonlySet<string>
  readonly topicPatterns: readonly RegExp[]
  readonly logstorePatterns: readonly RegExp[]
  readonly projectPatterns: readonly RegExp[]
  /** Any one of each inner list. */
  readonly signature: readonly (readonly string[])[]
  readonly values: readonly (readonly [field: string, allowed: ReadonlySet<string>])[]
  readonly known: ReadonlySet<string>
}

/**
 * Tells the kind of a record by the rules of sls-log-schemas section 4: topic, then logstore, then the fields alone.
 * `undefined` is the generic kind. Pure: the same shape, and the same values where asked for, give the same kind.
 *
 * @param own kinds that go before the others: one of these whose signature the record shows whole is its kind, whatever
 *   the others say. One with the id of another takes its place.
 */
export function createRecogniser(
  tables: readonly KindTable[],
  own: readonly KindTable[] = [],
): (shape: RecordShape) => KindTable | undefined {
  const ownIds = new Set(own.map(({ id }) => id))
  const first = own.map(compiled)
  const all = [...first, ...tables.filter(({ id }) => !ownIds.has(id)).map(compiled)]
  if (first.length === 0) return (shape) => recognise(all, shape)?.table
  return (shape) => {
    const ownKind = recognise(first, shape)
    const names = new Set(shape.fields.map(normalName))
    if (ownKind !== undefined && presentFields(ownKind, names) === ownKind.signature.length) return ownKind.table
    return recognise(all, shape)?.table
  }
}

const compiledKinds = new WeakMap<KindTable, CompiledKind>()

/** Compiled once, however many receivers share the table. */
function compiled(table: KindTable): CompiledKind {
  const known = compiledKinds.get(table) ?? compile(table)
  compiledKinds.set(table, known)
  return known
}

function compile(table: KindTable): CompiledKind {
  const patterns = (sources: readonly string[] | undefined) => (sources ?? []).map((source) => new RegExp(source))
  return {
    table,
    topics: new Set(table.topics),
    topicPatterns: patterns(table.topicPatterns),
    logstorePatterns: patterns(table.logstorePatterns),
    projectPatterns: patterns(table.projectPatterns),
    signature: table.signatureFields.map((field) => (typeof field === 'string' ? [field] : field).map(normalName)),
    values: Object.entries(table.signatureValues ?? {}).map(([field, allowed]) => [field, new Set(allowed)]),
    known: new Set(table.fields.map((field) => normalName(field.name))),
  }
}

function recognise(kinds: readonly CompiledKind[], shape: RecordShape): CompiledKind | undefined {
  const topic = shape.topic === 'null' ? '' : shape.topic
  const names = new Set(shape.fields.map(normalName))
  const present = (kind: CompiledKind) => presentFields(kind, names)
  const isComplete = (kind: CompiledKind) => kind.signature.length > 0 && present(kind) === kind.signature.length

  // 1, 2: the topic.
  const fitsPlace = (kind: CompiledKind) =>
    kind.logstorePatterns.some((pattern) => pattern.test(shape.logstore)) &&
    (kind.projectPatterns.length === 0 || kind.projectPatterns.some((pattern) => pattern.test(shape.project)))
  const byTopic = kinds.filter(
    (kind) =>
      (kind.topics.has(topic) || kind.topicPatterns.some((pattern) => pattern.test(topic))) &&
      (kind.table.needsLogstore !== true || fitsPlace(kind)),
  )
  // The empty topic names nobody: to match it, a record must show the whole signature.
  const plausible = byTopic.filter((kind) =>
    topic === '' ? isComplete(kind) : present(kind) * 2 >= kind.signature.length,
  )
  const [only, ...others] = plausible
  if (only !== undefined && others.length === 0)
    return hasValues(only, shape) ? only : byFields(kinds, shape, isComplete)
  if (only !== undefined) {
    const byValue = plausible.filter((kind) => kind.values.length > 0 && hasValues(kind, shape))
    if (byValue.length === 1) return byValue[0]
    const withoutWrongValue = plausible.filter((kind) => hasValues(kind, shape))
    const decided = mostSpecific(withoutWrongValue.filter(isComplete))
    if (decided !== undefined) return decided
  }

  // 3: the logstore.
  const byLogstore = kinds.filter((kind) => fitsPlace(kind) && isComplete(kind) && hasValues(kind, shape))
  const here = mostSpecific(byLogstore)
  if (here !== undefined) return here
  return byFields(kinds, shape, isComplete)
}

/** How many fields of the signature a record has. */
function presentFields(kind: CompiledKind, names: ReadonlySet<string>): number {
  return kind.signature.reduce((count, anyOf) => count + (anyOf.some((field) => names.has(field)) ? 1 : 0), 0)
}

/** 4: the fields alone, when they are many enough; or one document that speaks for itself. */
function byFields(
  kinds: readonly CompiledKind[],
  shape: RecordShape,
  isComplete: (kind: CompiledKind) => boolean,
): CompiledKind | undefined {
  const complete = kinds.filter((kind) => kind.signature.length >= 3 && isComplete(kind) && hasValues(kind, shape))
  return mostSpecific(complete) ?? kinds.find((kind) => hasDocument(kind, shape))
}

/** The kind with strictly more signature fields than the others. */
function mostSpecific(kinds: readonly CompiledKind[]): CompiledKind | undefined {
  const [first, second] = kinds.toSorted((a, b) => b.signature.length - a.signature.length)
  if (first === undefined || first.signature.length === second?.signature.length) return undefined
  return first
}

function hasValues(kind: CompiledKind, shape: RecordShape): boolean {
  return kind.values.every(([field, allowed]) => {
    const value = shape.value(field)
    return value !== undefined && allowed.has(value)
  })
}

function hasDocument(kind: CompiledKind, shape: RecordShape): boolean {
  const { signatureJson } = kind.table
  if (signatureJson === undefined || !shape.fields.includes(signatureJson.field)) return false
  if (!shape.fields.every((field) => kind.known.has(normalName(field)))) return false
  const text = shape.value(signatureJson.field)
  if (text === undefined || !/^\s*\{/.test(text)) return false
  // Most texts that lack the member are told without parsing them.
  if (!signatureJson.members.some((member) => text.includes(`"${member}"`))) return false
  try {
    const document: unknown = JSON.parse(text)
    return typeof document === 'object' && document !== null && signatureJson.members.some((name) => name in document)
  } catch {
    return false
  }
}
