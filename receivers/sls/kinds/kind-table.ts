import { z } from 'zod'

/**
 * What a kind of log looks like and which OpenTelemetry attributes its fields become. Plain data, so that a person
 * can read and change it and so that it can stand in a YAML file; `plan.ts` compiles it.
 */

/**
 * How a value is read before it becomes an attribute. Without a form, a field's `type` decides.
 *
 * - `bool`: `true`, `false`, `1`, `0`, `on`, `off` in any case
 * - `seconds`: a duration in the field's `unit`, as a double in seconds
 * - `mebibytes`: a number of MiB, as whole bytes
 * - `lower`: in lower case
 * - `path`, `query`: what stands before and behind the first `?`; secrets in the query are masked
 * - `query_string`: the whole text is a query, with or without its `?`; secrets are masked
 * - `decoded`: percent-encoded text, decoded once
 * - `domain`: a name without its last dot
 * - `single`: text that is no list; one with a comma is kept under the field's own name
 * - `protocol_name`, `protocol_version`: `HTTP/1.1` is `http` and `1.1`, `HTTP/2.0` is `2`
 * - `tls_name`, `tls_version`: `TLSv1.2` is `tls` and `1.2`
 * - `host`, `port`: of `192.0.2.1:8080` or `[2001:db8::1]:8080`
 * - `sql_operation`: the first word, in upper case, when it is made of letters
 * - `login_user`, `login_address`: of MySQL's `app[app] @ web-1 [192.0.2.31]`
 * - `fc_request_id`: of a line of Function Compute, `<time> <id> [LEVEL] …` or `FC Invoke Start RequestId: <id>`
 * - `texts`: a list of texts, divided by the target's `divider` (`,`)
 * - `first_known`: the first of several words that `values` knows; else the whole text
 * - `json`: a JSON text as the map or list it is
 * - `members`: each member of a JSON object that no other target of the field reads, as `<attribute>.<member>`
 * - `headers`: each header of a JSON object as `<attribute>.<name in lower case>`; cookies and credentials are left out
 */
export const forms = [
  'text',
  'int',
  'double',
  'bool',
  'seconds',
  'mebibytes',
  'lower',
  'path',
  'query',
  'query_string',
  'decoded',
  'domain',
  'single',
  'protocol_name',
  'protocol_version',
  'tls_name',
  'tls_version',
  'host',
  'port',
  'sql_operation',
  'login_user',
  'login_address',
  'fc_request_id',
  'texts',
  'first_known',
  'json',
  'members',
  'headers',
] as const

const patternSchema = z.string().refine(isPattern, { error: 'is no regular expression' })

/** A test of one field's value. An absent field only satisfies `present: false` and `notIn`. */
const conditionSchema = z.union([
  z.strictObject({
    field: z.string(),
    member: z.string().optional(),
    atLeast: z.number(),
    below: z.number().optional(),
  }),
  z.strictObject({ field: z.string(), member: z.string().optional(), in: z.array(z.string()).min(1) }),
  z.strictObject({ field: z.string(), notIn: z.array(z.string()).min(1) }),
  z.strictObject({ field: z.string(), present: z.boolean() }),
  /** The text's level word, as loggers write it (`[Warning]`, `ERROR:`, `WARN` …), is one of these (lower case). */
  z.strictObject({ field: z.string(), level: z.array(z.string()).min(1) }),
  /** The text starts as a line of Kubernetes' logger: this letter, then month and day. */
  z.strictObject({ field: z.string(), klog: z.string().length(1) }),
])

const targetSchema = z.strictObject({
  /** A name; `resource:name`; or a part of the record: `@body`, `@event_name`, `@trace_id`. */
  attribute: z.string().min(1),
  form: z.enum(forms).optional(),
  /** The field is a JSON object, and this the way to the value inside: `involvedObject.name`, or `0` in a list. */
  member: z.string().optional(),
  /** Texts that the attribute spells in another way; all others stay as they are. Only for text. */
  values: z.record(z.string(), z.string()).optional(),
  /** No attribute for a text that `values` does not know. */
  onlyKnown: z.boolean().optional(),
  /** This value in place of the field's own. */
  constant: z.string().optional(),
  divider: z.string().length(1).optional(),
  /** Only where that other field, or all of these, are absent from the record. */
  unless: z.union([z.string(), z.array(z.string())]).optional(),
  /** Only where this is true of the record. */
  when: conditionSchema.optional(),
})

const fieldSchema = z.strictObject({
  name: z.string().min(1),
  /** What the text is parsed to. A text that does not parse is kept under the field's own name and counted. */
  type: z.enum(['string', 'int', 'double', 'bool']).default('string').optional(),
  /** UCUM. `s`, `ms`, `us` and `ns` count where a form makes seconds; the others are for the reader. */
  unit: z.string().optional(),
  /** Another unit where the log's topic is this one. */
  unitByTopic: z.record(z.string(), z.string()).optional(),
  /** One value for each try, divided by `, ` or ` : `: the last that is not `-` counts. */
  list: z.boolean().optional(),
  /** Where the whole text of a list with more than one value goes; absent: under the field's own name. */
  whole: z.string().optional(),
  /** A name, or a target with a form. None: the field says nothing that another does not say, or must not leave. */
  to: z.union([z.string(), targetSchema, z.array(z.union([z.string(), targetSchema]))]),
  /** Texts that mean "no value", besides `-`, `null`, `N/A` and nothing. */
  absent: z.array(z.string()).optional(),
  /** Holds a URL, or a query alone, that may carry secrets: their values are masked. */
  redactQuery: z.boolean().optional(),
  /** May carry customer data. */
  sensitive: z.boolean().optional(),
  /** Never leaves, not even in an original body: cookies. */
  secret: z.boolean().optional(),
})

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
  /** All of these. */
  when: z.union([conditionSchema, z.array(conditionSchema).min(1)]),
  severity: severitySchema,
  /** The field whose text becomes `error.type`, where no field of its own gives it. */
  errorType: z.string().optional(),
})

/** An attribute put together from several fields. */
const joinedSchema = z.strictObject({
  attribute: z.string().min(1),
  /** Without this field there is no attribute. */
  needs: z.string(),
  /** Each names a field in braces, and is left out where the record lacks it. */
  parts: z.array(z.string().regex(/^[^{}]*\{[^{}]+\}[^{}]*$/)),
})

/** The shape of a table alone. */
export const kindTableForm = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  title: z.string(),
  /** The product's short code: `service.name`, and part of the names of fields that the table does not know. */
  product: z.string().regex(/^[a-z0-9_]+$/),
  /** What the names of fields that the table does not know begin with, after `alibabacloud.`; absent: the product. */
  fieldPrefix: z
    .string()
    .regex(/^[a-z0-9_.]+$/)
    .optional(),
  /** Unknown fields `<group>_x` become `<prefix>.<group>.x`. */
  fieldGroups: z.array(z.string()).optional(),
  /**
   * `actiontrail`: the field `event` holds an ActionTrail document, `actiontrail_fields`: the fields are its members.
   * Both are converted by src/alibaba/actiontrail.
   */
  content: z.enum(['fields', 'actiontrail', 'actiontrail_fields']).default('fields').optional(),

  // Recognition, sls-log-schemas section 4. Patterns are regular expressions.
  topics: z.array(z.string()),
  topicPatterns: z.array(patternSchema).optional(),
  logstorePatterns: z.array(patternSchema).optional(),
  projectPatterns: z.array(patternSchema).optional(),
  /** The topic is a word that others use too: it counts only in one of the logstores. */
  needsLogstore: z.boolean().optional(),
  /** Fields by which a record shows its kind; of an inner list any one. */
  signatureFields: z.array(z.union([z.string(), z.array(z.string()).min(1)])),
  /** Values that a field must have. */
  signatureValues: z.record(z.string(), z.array(z.string())).optional(),
  /**
   * A field that holds a JSON object with one of these members shows the kind by itself, whatever topic and logstore,
   * when the record has no field that the table does not know.
   */
  signatureJson: z.strictObject({ field: z.string(), members: z.array(z.string()).min(1) }).optional(),

  /**
   * The field that tells the record's time better than SLS does, the first of these that the record has: ISO 8601, the
   * date of access logs with its zone, or an epoch number of any unit.
   */
  timeField: z.union([z.string(), z.array(z.string())]).optional(),
  /** For every record; `resource:name` for its resource. */
  constantAttributes: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
  fields: z.array(fieldSchema),
  joined: z.array(joinedSchema).optional(),
  /** Resource attributes that the names of project, logstore or topic tell: the pattern's first group. */
  named: z
    .array(
      z.strictObject({
        from: z.enum(['project', 'logstore', 'topic']),
        pattern: patternSchema,
        attribute: z.string().min(1),
      }),
    )
    .optional(),
  /** The first rule that fits; else `otherwise`; without either the severity stays unset. */
  severity: z
    .strictObject({
      rules: z.array(ruleSchema),
      otherwise: severitySchema.optional(),
      /** The field whose word becomes the severity's text. */
      text: z.string().optional(),
    })
    .optional(),
  /**
   * The body for people, made of attributes: `{http.request.method}`. Each part names one attribute and is left
   * out, with the text around it, when the record lacks it.
   */
  summary: z
    .array(z.string().regex(/^[^{}]*\{[^{}]+\}[^{}]*$/))
    .max(maxSummaryParts)
    .optional(),
})

export const kindTableSchema = kindTableForm.superRefine((table, context) => {
  for (const { path, message } of tableFaults(table)) context.addIssue({ code: 'custom', path, message })
})

export type Form = (typeof forms)[number]
export type Target = z.infer<typeof targetSchema>
export type FieldTable = z.infer<typeof fieldSchema>
export type Condition = z.infer<typeof conditionSchema>
export type SeverityRule = z.infer<typeof ruleSchema>
export type SeverityTable = NonNullable<KindTable['severity']>
export type Severity = keyof typeof severityNumbers
export type KindTable = z.input<typeof kindTableForm>

/** The targets of a field, all in their long form. */
export function targetsOf(field: FieldTable): Target[] {
  const list = Array.isArray(field.to) ? field.to : [field.to]
  return list.map((target) => (typeof target === 'string' ? { attribute: target } : target))
}

/** The conditions of a rule, as a list. */
export function conditionsOf(rule: SeverityRule): Condition[] {
  return Array.isArray(rule.when) ? rule.when : [rule.when]
}

export const timeFieldsOf = ({ timeField = [] }: KindTable): string[] =>
  typeof timeField === 'string' ? [timeField] : timeField

export const unlessOf = ({ unless = [] }: Target): string[] => (typeof unless === 'string' ? [unless] : unless)

export interface TableFault {
  /** From the table down to what is wrong. */
  readonly path: (string | number)[]
  readonly message: string
}

/** What the shape alone cannot tell: two fields that claim one attribute, rules and parts that name nothing. */
export function tableFaults(table: KindTable): TableFault[] {
  const faults: TableFault[] = []
  const fields = new Set<string>()
  for (const [index, { name }] of table.fields.entries()) {
    if (fields.has(name)) faults.push({ path: ['fields', index, 'name'], message: `${name} is a field already` })
    fields.add(name)
  }
  const mustBeField = (path: TableFault['path'], what: string, name: string) => {
    if (!fields.has(name)) faults.push({ path, message: `${what} names ${name}, which is no field` })
  }
  const claims = new Map<string, Claim>(
    Object.keys(table.constantAttributes ?? {}).map((name) => [name, { field: '', isBound: false, unless: [] }]),
  )
  const wholes: { path: TableFault['path']; name: string }[] = []
  for (const [index, field] of table.fields.entries()) {
    const path = ['fields', index]
    if (field.whole !== undefined) wholes.push({ path: [...path, 'whole'], name: field.whole })
    for (const target of targetsOf(field)) {
      const { attribute, when } = target
      const unless = unlessOf(target)
      for (const name of unless) mustBeField(path, '"unless"', name)
      if (when !== undefined) mustBeField(path, '"when"', when.field)
      if (target.form === 'seconds' && !['s', 'ms', 'us', 'ns'].includes(field.unit ?? '')) {
        faults.push({ path, message: `${field.name} has no unit of time to make seconds of` })
      }
      if (attribute.startsWith('resource:')) continue
      const claim = { field: field.name, isBound: when !== undefined || unless.length > 0, unless }
      const earlier = claims.get(attribute)
      if (earlier !== undefined && !canShare(earlier, claim)) {
        faults.push({ path, message: `${attribute} has two sources, the second is the field ${field.name}` })
      }
      claims.set(attribute, claim)
    }
  }
  for (const [index, { attribute, needs, parts }] of (table.joined ?? []).entries()) {
    const path = ['joined', index]
    if (claims.has(attribute)) faults.push({ path, message: `${attribute} has two sources, the second is joined` })
    claims.set(attribute, { field: '', isBound: false, unless: [] })
    for (const name of [needs, ...parts.map(nameIn)]) mustBeField(path, '"joined"', name)
  }
  for (const { path, name } of wholes) {
    if (claims.has(name)) faults.push({ path, message: `${name} has two sources, the second is a whole list` })
    claims.set(name, { field: '', isBound: false, unless: [] })
  }
  if (table.severity?.text !== undefined) {
    mustBeField(['severity', 'text'], "the severity's text", table.severity.text)
  }
  for (const [index, rule] of (table.severity?.rules ?? []).entries()) {
    const path = ['severity', 'rules', index]
    for (const { field } of conditionsOf(rule)) mustBeField(path, 'a severity rule', field)
    if (rule.errorType !== undefined) mustBeField([...path, 'errorType'], 'the error type', rule.errorType)
  }
  for (const [index, part] of (table.summary ?? []).entries()) {
    const attribute = nameIn(part)
    if (!claims.has(attribute)) {
      const message = `the summary names ${attribute}, which is no attribute of the kind`
      faults.push({ path: ['summary', index], message })
    }
  }
  return faults
}

function isPattern(source: string): boolean {
  try {
    new RegExp(source)
    return true
  } catch {
    return false
  }
}

/** The name in the braces of a part. */
export const nameIn = (part: string) => part.slice(part.indexOf('{') + 1, part.indexOf('}'))

/** False for a table that has to be named by `kind:`: the rules of recognise.ts can find it in no record. */
export function isRecognisable(table: KindTable): boolean {
  const { topics, topicPatterns = [], logstorePatterns = [], signatureFields, signatureJson } = table
  const hasTopic = topics.some((topic) => topic !== '') || topicPatterns.length > 0
  const hasPlace = (logstorePatterns.length > 0 || topics.includes('')) && signatureFields.length > 0
  return hasTopic || hasPlace || signatureFields.length >= 3 || signatureJson !== undefined
}

interface Claim {
  readonly field: string
  /** Only sometimes there. */
  readonly isBound: boolean
  readonly unless: readonly string[]
}

/** Two fields may give one attribute when a record can only have one of them. */
function canShare(earlier: Claim, later: Claim): boolean {
  if (earlier.isBound && later.isBound) return true
  return later.unless.includes(earlier.field) || earlier.unless.includes(later.field)
}
