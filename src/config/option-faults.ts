import { z } from 'zod'
import { type ConfigFault, formatPath, type Path } from './fault.ts'
import { isSecretPath, MASK, maskUrlPassword } from './mask.ts'
import { nearest } from './nearest.ts'
import type { YamlTree } from './yaml-tree.ts'

type Issue = z.core.$ZodIssue
type RawIssue = z.core.$ZodRawIssue
type JsonSchema = Readonly<Record<string, unknown>>

const MAX_FOUND = 80
/** Our own message for a union; a schema that has a better one is not looked into. */
const noneOfTheUnion = 'is none of the things it can be'

/**
 * Reads the options at `path` by their schema.
 * @returns the options with every default filled in, or everything that is wrong with them
 */
export function readOptions<Options>(
  schema: z.ZodType<Options>,
  raw: unknown,
  path: Path,
  tree: YamlTree,
): { options: Options } | { faults: ConfigFault[] } {
  const result = schema.safeParse(raw, { error: describeIssue, reportInput: true })
  if (result.success) return { options: result.data }
  const describe = toJsonSchema(schema)
  const faults = result.error.issues.flatMap((issue) => faultsOf(issue, { raw, path, tree, describe }))
  return { faults }
}

/** The input side of a schema: what a person may write. */
export function toJsonSchema(schema: z.ZodType): JsonSchema {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })
  return rest
}

interface Place {
  raw: unknown
  path: Path
  tree: YamlTree
  describe: JsonSchema
}

function faultsOf(issue: Issue, place: Place): ConfigFault[] {
  const within = issue.path.filter((step) => typeof step !== 'symbol')
  if (issue.code === 'invalid_union' && issue.message === noneOfTheUnion) {
    const branch = likeliestBranch(issue.errors)
    if (branch !== undefined) {
      return branch.flatMap((inner) => faultsOf({ ...inner, path: [...within, ...inner.path] }, place))
    }
  }
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKeyFault(key, within, place))

  const path = [...place.path, ...within]
  if (place.tree.isUnresolved(path)) return []
  const allowed = allowedBy(issue, schemasAt(place.describe, within, place.describe))
  const found = valueAt(place.raw, within)
  const suggestion = typeof found === 'string' && allowed.values.length > 0 ? nearest(found, allowed.values) : undefined
  return [
    {
      path: formatPath(path),
      ...place.tree.locate(path),
      message: issue.message,
      ...(found === undefined ? {} : { found: showValue(found, path, place.tree) }),
      ...(allowed.text === undefined ? {} : { allowed: allowed.text }),
      ...(suggestion === undefined ? {} : { suggestion }),
    },
  ]
}

function unknownKeyFault(key: string, within: Path, { raw, path: root, tree, describe }: Place): ConfigFault {
  const path = [...root, ...within, key]
  const block = asSchema(valueAt(raw, within)) ?? {}
  const alternatives = schemasAt(describe, within, describe).map((schema) => asSchema(schema['properties']) ?? {})
  const chosen = alternatives.filter((properties) => agrees(properties, block))
  const known = (chosen.length > 0 ? chosen : alternatives).flatMap((properties) => Object.keys(properties))
  return unknownKey(path, new Set(known), tree)
}

/** False for the alternative of a union that another `type:` was written for. */
function agrees(properties: JsonSchema, block: JsonSchema): boolean {
  return Object.entries(properties).every(([key, schema]) => {
    const only = asSchema(schema)?.['const']
    return only === undefined || block[key] === only
  })
}

export function unknownKey(path: Path, known: Iterable<string>, tree: YamlTree): ConfigFault {
  const names = [...known]
  const suggestion = nearest(String(path.at(-1)), names)
  return {
    path: formatPath(path),
    ...tree.locate(path, 'key'),
    message: 'is no known key',
    ...(names.length === 0 ? { allowed: 'no keys' } : { allowed: names.join(', ') }),
    ...(suggestion === undefined ? {} : { suggestion }),
  }
}

/** A value for people: quoted, shortened, secrets masked, and where it came from. */
export function showValue(value: unknown, path: Path, tree: YamlTree): string {
  if (value === null) return 'nothing'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object') return 'a map'
  const written = tree.writtenAs(path)
  const origin = written === undefined ? '' : ` (from ${written})`
  if (isSecretPath(path)) return `${MASK}${origin}`
  const text = typeof value === 'string' ? maskUrlPassword(value) : String(value)
  const short = text.length > MAX_FOUND ? `${text.slice(0, MAX_FOUND)}…` : text
  return `${typeof value === 'string' ? JSON.stringify(short) : short}${origin}`
}

/** The alternative of a union that the person was writing: the one whose faults lie deeper than "this is another type". */
function likeliestBranch(branches: readonly (readonly Issue[])[]): readonly Issue[] | undefined {
  const inner = branches.filter((issues) =>
    issues.every(({ path, code }) => path.length > 0 || code !== 'invalid_type'),
  )
  return inner.toSorted((a, b) => a.length - b.length)[0]
}

/** The message for what a schema has no message of its own for; it reads on from the path. */
function describeIssue(issue: RawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'is required' : `must be ${typeName(issue.expected)}`
    case 'invalid_value':
      return issue.input === undefined ? 'is required' : 'is none of the values it can have'
    case 'invalid_union':
      return issue.input === undefined ? 'is required' : noneOfTheUnion
    case 'too_small':
      if (issue.origin === 'string' && issue.minimum === 1) return 'must not be empty'
      return `must ${issue.origin === 'number' ? 'be' : 'have'} at least ${issue.minimum}${countedAs(issue.origin)}`
    case 'too_big':
      return `must ${issue.origin === 'number' ? 'be' : 'have'} at most ${issue.maximum}${countedAs(issue.origin)}`
    case 'invalid_format':
      return issue.format === 'url' ? 'must be a URL' : 'is not in the right form'
    case 'invalid_key':
      return 'has a key that is not allowed'
    default:
      return undefined
  }
}

function countedAs(origin: string): string {
  if (origin === 'string') return ' characters'
  return origin === 'array' || origin === 'set' || origin === 'map' ? ' entries' : ''
}

const typeNames: Readonly<Record<string, string>> = {
  string: 'text',
  object: 'a map',
  record: 'a map',
  array: 'a list',
  number: 'a number',
  integer: 'a whole number',
  int: 'a whole number',
  boolean: 'true or false',
  null: 'empty',
}
const typeName = (type: string) => typeNames[type] ?? type

/** What may stand where an issue was found: what the issue says itself, else what the schema there allows. */
function allowedBy(issue: Issue, schemas: readonly JsonSchema[]): { text: string | undefined; values: string[] } {
  if (issue.code === 'custom' && issue.params !== undefined) {
    const { allowed } = issue.params
    if (typeof allowed === 'string') return { text: allowed, values: [] }
    if (Array.isArray(allowed)) return { text: allowed.join(', '), values: allowed.map(String) }
  }
  const values = schemas.flatMap(({ const: only, enum: several }) => (Array.isArray(several) ? several : [only]))
  const names = [...new Set(values.filter((value) => value !== undefined).map(String))]
  if (names.length > 0) return { text: names.join(', '), values: names }
  if (issue.code !== 'invalid_type' && issue.code !== 'invalid_union') return { text: undefined, values: [] }
  const [description] = schemas.flatMap(({ description }) => (typeof description === 'string' ? [description] : []))
  const types = [...new Set(schemas.flatMap(({ type = [] }) => (Array.isArray(type) ? type : [type]).map(typeName)))]
  return { text: description ?? (types.length > 1 ? types.join(' or ') : undefined), values: [] }
}

/** The schemas that describe the value at `path`; several where it may be one of several things. */
function schemasAt(schema: JsonSchema, path: Path, root: JsonSchema): JsonSchema[] {
  const reference = schema['$ref']
  if (typeof reference === 'string') {
    const steps = reference.split('/').slice(1)
    const target = asSchema(steps.reduce<unknown>((value, step) => asSchema(value)?.[step], root))
    return target === undefined ? [] : schemasAt(target, path, root)
  }
  const alternatives = ['anyOf', 'oneOf', 'allOf'].flatMap((key) => asList(schema[key]))
  if (alternatives.length > 0) {
    const { description } = schema
    const own = path.length === 0 && typeof description === 'string' ? [{ description }] : []
    return [...own, ...alternatives.flatMap((each) => schemasAt(each, path, root))]
  }
  const [step, ...rest] = path
  if (step === undefined) return [schema]
  const child =
    typeof step === 'number'
      ? schema['items']
      : (asSchema(schema['properties'])?.[step] ?? schema['additionalProperties'])
  const childSchema = asSchema(child)
  return childSchema === undefined ? [] : schemasAt(childSchema, rest, root)
}

const asList = (value: unknown): JsonSchema[] => (Array.isArray(value) ? value : [])
const asSchema = (value: unknown): JsonSchema | undefined =>
  typeof value === 'object' && value !== null ? (value as JsonSchema) : undefined

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((parent, step) => asSchema(parent)?.[step], value)
}
