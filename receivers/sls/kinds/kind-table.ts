import { z } from 'zod'

/**
 * What a kind of log looks like and which OpenTelemetry attributes its fields become. Plain data, so that a person
 * can read and change it and so that it can stand in a YAML file; `plan.ts` compiles it.
 */

/**
 * How a value is read before it becomes an attribute. Without a form, a field's `type` decides.
 *
 * - `seconds`: a duration in the field's `unit`, as a double in seconds
 * - `path`, `query`: what stands before and behind the first `?`; secrets in the query are masked
 * - `protocol_name`, `protocol_version`: `HTTP/1.1` is `http` and `1.1`, `HTTP/2.0` is `2`
 * - `tls_name`, `tls_version`: `TLSv1.2` is `tls` and `1.2`
 * - `host`, `port`: of `192.0.2.1:8080` or `[2001:db8::1]:8080`
 * - `sql_operation`: the first word, in upper case, when it is made of letters
 */
export const forms = [
  'text',
  'int',
  'double',
  'seconds',
  'path',
  'query',
  'protocol_name',
  'protocol_version',
  'tls_name',
  'tls_version',
  'host',
  'port',
  'sql_operation',
] as const

const targetSchema = z.strictObject({
  attribute: z.string().min(1),
  form: z.enum(forms).optional(),
  /** Texts that the attribute spells in another way; all others stay as they are. Only for text. */
  values: z.record(z.string(), z.string()).optional(),
  /** Only where that other field is absent from the record. */
  unless: z.string().optional(),
})

const fieldSchema = z.strictObject({
  name: z.string().min(1),
  /** What the text is parsed to. A text that does not parse is kept under the field's own name and counted. */
  type: z.enum(['string', 'int', 'double']).default('string').optional(),
  unit: z.enum(['s', 'ms', 'us', 'ns']).optional(),
  /** One value for each try, divided by `, ` or ` : `: the last that is not `-` counts. */
  list: z.boolean().optional(),
  /** Where the whole text of a list with more than one value goes; absent: under the field's own name. */
  whole: z.string().optional(),
  /** `name`, `resource:name`, or a target with a form. None: the field says nothing that another does not say. */
  to: z.union([z.string(), targetSchema, z.array(z.union([z.string(), targetSchema]))]),
  /** Texts that mean "no value", besides `-`, `null`, `N/A` and nothing. */
  absent: z.array(z.string()).optional(),
  /** Holds a URL whose query may carry secrets: their values are masked. */
  redactQuery: z.boolean().optional(),
  /** May carry customer data. */
  sensitive: z.boolean().optional(),
})

/** True of a record when the field's value is as said; an absent field only satisfies `present: false`. */
const conditionSchema = z.union([
  z.strictObject({ field: z.string(), atLeast: z.number() }),
  z.strictObject({ field: z.string(), in: z.array(z.string()).min(1) }),
  z.strictObject({ field: z.string(), present: z.boolean() }),
])

export const maxSummaryParts = 16

export const severityNumbers = {
  TRACE: 1,
  DEBUG: 5,
  INFO: 9,
  INFO2: 10,
  INFO3: 11,
  WARN: 13,
  ERROR: 17,
  FATAL: 21,
} as const

const severitySchema = z.enum(Object.keys(severityNumbers) as (keyof typeof severityNumbers)[])

const ruleSchema = z.strictObject({
  when: conditionSchema,
  severity: severitySchema,
  /** The field whose text becomes `error.type`. */
  errorType: z.string().optional(),
})

export const kindTableSchema = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
    title: z.string(),
    /** The product's short code: `service.name`, and part of the names of fields that the table does not know. */
    product: z.string().regex(/^[a-z0-9_]+$/),
    /** `actiontrail`: the field `event` holds an ActionTrail document, converted by src/alibaba/actiontrail. */
    content: z.enum(['fields', 'actiontrail']).default('fields').optional(),

    // Recognition, sls-log-schemas section 4. Patterns are regular expressions.
    topics: z.array(z.string()),
    topicPatterns: z.array(z.string()).optional(),
    logstorePatterns: z.array(z.string()).optional(),
    projectPatterns: z.array(z.string()).optional(),
    /** Fields by which a record shows its kind; of an inner list any one. */
    signatureFields: z.array(z.union([z.string(), z.array(z.string()).min(1)])),
    /** Values that a field must have. */
    signatureValues: z.record(z.string(), z.array(z.string())).optional(),
    /**
     * A field that holds a JSON object with one of these members shows the kind by itself, whatever topic and logstore,
     * when the record has no field that the table does not know.
     */
    signatureJson: z.strictObject({ field: z.string(), members: z.array(z.string()).min(1) }).optional(),

    /** The field that tells the record's time better than SLS does: ISO 8601, or an epoch number of any unit. */
    timeField: z.string().optional(),
    constantAttributes: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
    fields: z.array(fieldSchema),
    /** The first rule that fits; else `otherwise`; without either the severity stays unset. */
    severity: z.strictObject({ rules: z.array(ruleSchema), otherwise: severitySchema.optional() }).optional(),
    /**
     * The body for people, made of attributes: `{http.request.method}`. Each part names one attribute and is left
     * out, with the text around it, when the record lacks it.
     */
    summary: z
      .array(z.string().regex(/^[^{}]*\{[^{}]+\}[^{}]*$/))
      .max(maxSummaryParts)
      .optional(),
  })
  .superRefine((table, context) => {
    for (const message of tableFaults(table as KindTable)) context.addIssue({ code: 'custom', message })
  })

export type Form = (typeof forms)[number]
export type Target = z.infer<typeof targetSchema>
export type FieldTable = z.infer<typeof fieldSchema>
export type Condition = z.infer<typeof conditionSchema>
export type SeverityRule = z.infer<typeof ruleSchema>
export type Severity = keyof typeof severityNumbers
export type KindTable = z.input<typeof kindTableSchema>

/** The targets of a field, all in their long form. */
export function targetsOf(field: FieldTable): Target[] {
  const list = Array.isArray(field.to) ? field.to : [field.to]
  return list.map((target) => (typeof target === 'string' ? { attribute: target } : target))
}

/** What the shape alone cannot tell: two fields that claim one attribute, rules and parts that name nothing. */
function tableFaults(table: KindTable): string[] {
  const faults: string[] = []
  const fields = new Set(table.fields.map((field) => field.name))
  const claims = new Set<string>(Object.keys(table.constantAttributes ?? {}))
  for (const field of table.fields) {
    for (const { attribute, unless } of targetsOf(field)) {
      if (attribute.startsWith('resource:')) continue
      if (claims.has(attribute) && unless === undefined && !claimedWithUnless(table, attribute, field.name)) {
        faults.push(`${attribute} has two sources, the second is the field ${field.name}`)
      }
      claims.add(attribute)
      if (unless !== undefined && !fields.has(unless)) faults.push(`"unless" names ${unless}, which is no field`)
    }
  }
  for (const { when, errorType } of table.severity?.rules ?? []) {
    if (!fields.has(when.field)) faults.push(`a severity rule names ${when.field}, which is no field`)
    if (errorType === undefined) continue
    if (!fields.has(errorType)) faults.push(`"errorType" names ${errorType}, which is no field`)
    if (claims.has('error.type')) faults.push('error.type has two sources, a field and a severity rule')
  }
  for (const part of table.summary ?? []) {
    const attribute = /\{(.+)\}/.exec(part)?.[1] ?? ''
    if (!claims.has(attribute)) faults.push(`the summary names ${attribute}, which is no attribute of the kind`)
  }
  return faults
}

/** True when another field gives this attribute only in the absence of the field named. */
function claimedWithUnless(table: KindTable, attribute: string, field: string): boolean {
  return table.fields.some((other) =>
    targetsOf(other).some((target) => target.attribute === attribute && target.unless === field),
  )
}
