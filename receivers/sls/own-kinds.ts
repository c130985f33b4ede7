import { z } from 'zod'
import { type KindTable, kindTableForm, type TableFault, tableFaults, targetsOf } from './kinds/kind-table.ts'
import { generic, kindTables } from './kinds/registry.ts'
import { reservedNames } from './plan.ts'

/** Lower case, in parts divided by dots, as the semantic conventions name attributes; headers have a `-`. */
const attributeName = /^[a-z][a-z0-9_]*(\.[a-z0-9][a-z0-9_-]*)*$/
const attributeForm = 'lower-case letters, digits and _, in parts divided by dots'
const recordParts = ['@body', '@event_name', '@trace_id']
/** What the receiver itself may write into any record, so that a field of this name would be there twice. */
const takenNames = new Set([...reservedNames, 'log.iostream', 'log.record.original'])

const builtInIds = new Set(kindTables.map(({ id }) => id))

/**
 * `kinds:` of the configuration: tables as in `kinds/kind-table.ts`, with the keys in snake_case as everywhere in the file
 * (`topicPatterns` is `topic_patterns`). The keys of maps that hold data (`values`, `signature_values`, `unit_by_topic`,
 * `constant_attributes`) stay as they are. One key more: `replaces_built_in: true`, without which an id that there is
 * already is a fault.
 */
export const ownKindsSchema: z.ZodType<KindTable[]> = z
  .array(
    inSnakeCase(kindTableForm.extend({ replacesBuiltIn: z.boolean().default(false).optional() })).transform(
      (written, context): KindTable => {
        // The form was checked by its counterpart in snake_case.
        const { replacesBuiltIn = false, ...table } = written as KindTable & { replacesBuiltIn?: boolean }
        for (const { path, message } of [
          ...tableFaults(table),
          ...nameFaults(table),
          ...idFaults(table.id, replacesBuiltIn),
        ]) {
          context.addIssue({
            code: 'custom',
            path: path.map((step) => (typeof step === 'string' ? snake(step) : step)),
            message,
          })
        }
        return table
      },
    ),
  )
  .superRefine((tables, context) => {
    for (const [index, { id }] of tables.entries()) {
      if (tables.findIndex((table) => table.id === id) === index) continue
      context.addIssue({ code: 'custom', path: [index, 'id'], message: 'is the id of an earlier one of these kinds' })
    }
  })

function idFaults(id: string, replacesBuiltIn: boolean): TableFault[] {
  if (id === generic.id || id === 'auto')
    return [{ path: ['id'], message: 'is a word of kind: and cannot be replaced' }]
  if (builtInIds.has(id) === replacesBuiltIn) return []
  return replacesBuiltIn
    ? [{ path: ['replacesBuiltIn'], message: `is true, but there is no built-in kind ${id}` }]
    : [{ path: ['id'], message: 'is the id of a built-in kind; replaces_built_in: true puts yours in its place' }]
}

/** Names of attributes that cannot be, or that the receiver writes itself. */
function nameFaults(table: KindTable): TableFault[] {
  const faults: TableFault[] = []
  const check = (path: TableFault['path'], name: string) => {
    if (!attributeName.test(name))
      faults.push({ path, message: `${name} is no name of an attribute: ${attributeForm}` })
    else if (takenNames.has(name)) faults.push({ path, message: `${name} is written by the receiver itself` })
  }
  const withoutPlace = (name: string) => name.replace(/^resource:/, '')
  for (const [index, field] of table.fields.entries()) {
    for (const { attribute } of targetsOf(field)) {
      if (!recordParts.includes(attribute)) check(['fields', index, 'to'], withoutPlace(attribute))
    }
    if (field.whole !== undefined) check(['fields', index, 'whole'], field.whole)
  }
  const constants = Object.keys(table.constantAttributes ?? {})
  for (const name of constants) check(['constantAttributes'], withoutPlace(name))
  for (const [index, { attribute }] of (table.joined ?? []).entries()) check(['joined', index, 'attribute'], attribute)
  for (const [index, { attribute }] of (table.named ?? []).entries()) check(['named', index, 'attribute'], attribute)
  const givesErrorType = [...constants, ...(table.joined ?? []).map(({ attribute }) => attribute)].includes(
    'error.type',
  )
  if (givesErrorType && table.severity?.rules.some(({ errorType }) => errorType !== undefined)) {
    faults.push({ path: ['severity'], message: 'has an error_type, but error.type has another source' })
  }
  return faults
}

/** `topicPatterns` is `topic_patterns`. */
function snake(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

/** The same schema for people who write the keys of its objects in snake_case; what it gives back has them in camelCase. */
function inSnakeCase(schema: z.core.$ZodType): z.ZodType {
  if (schema instanceof z.ZodObject) {
    const shape: Record<string, z.core.$ZodType> = schema.shape
    const camelOf = new Map(Object.keys(shape).map((key) => [snake(key), key]))
    const entries = Object.entries(shape).map(([key, value]) => [snake(key), inSnakeCase(value)])
    return z
      .strictObject(Object.fromEntries(entries))
      .transform((value) => Object.fromEntries(Object.entries(value).map(([key, item]) => [camelOf.get(key), item])))
  }
  if (schema instanceof z.ZodArray) return schema.clone({ ...schema.def, element: inSnakeCase(schema.element) })
  if (schema instanceof z.ZodUnion) return schema.clone({ ...schema.def, options: schema.options.map(inSnakeCase) })
  if (schema instanceof z.ZodOptional) return inSnakeCase(schema.unwrap()).optional()
  if (schema instanceof z.ZodType) return schema
  throw new Error('A part of the table has no schema')
}
