import {
  type Condition,
  type FieldTable,
  type KindTable,
  type Target,
  targetsOf,
  timeFieldsOf,
  unlessOf,
} from '../../../receivers/sls/kinds/kind-table.ts'

/** docs/log-kinds.md, made of the tables. */
export function logKindsPage(kinds: readonly KindTable[]): string {
  const sorted = kinds.toSorted((a, b) => (a.id < b.id ? -1 : 1))
  return `${head}
| kind | product | log |
|---|---|---|
${sorted.map(({ id, product, title }) => `| [\`${id}\`](#${id}) | \`${product}\` | ${title} |`).join('\n')}

${sorted.map(kindSection).join('\n\n')}
`
}

const head = `# Kinds of log

What the SLS receiver makes of the logs of each product. This page is made of the tables in \`receivers/sls/kinds\`; after a
change there, \`UPDATE_EXPECTED=1 npx vitest run test/receivers/sls/kinds.test.ts\` writes it again.

A kind is told by the topic of the log, then by the logstore, then by the fields. \`kind:\` of the receiver's configuration sets it by hand.
What is of no kind is \`generic\`: its fields become the body. A record's scope has \`encoding.format\` = \`alibabacloud.<kind>\`.

- \`resource:\` stands before attributes of the resource; \`@time\`, \`@body\`, \`@event_name\`, \`@trace_id\` and \`@severity\` are parts of the record.
- \`-\`, \`null\`, \`N/A\` and empty texts become no attribute. A text that is not the number or the time that it should be is
  kept under \`alibabacloud.<product>.<field>\`, and counted.
- Fields that no table knows become \`alibabacloud.<product>.<field>\`.
- Values of secret parameters in URLs are replaced by \`REDACTED\`; cookies never leave.
`

function kindSection(kind: KindTable): string {
  const facts = [
    ['Topic', [...kind.topics.map((topic) => (topic === '' ? 'none' : `\`${topic}\``)), ...codes(kind.topicPatterns)]],
    [kind.needsLogstore === true ? 'Only in logstores' : 'Logstore', codes(kind.logstorePatterns)],
    [
      'Fields that tell it',
      kind.signatureFields.map((field) => (typeof field === 'string' ? [field] : field).map(code).join(' or ')),
    ],
    [
      'Values that tell it',
      Object.entries(kind.signatureValues ?? {}).map(
        ([field, values]) => `\`${field}\` = ${values.map(code).join(' or ')}`,
      ),
    ],
    ['Always', Object.entries(kind.constantAttributes ?? {}).map(([name, value]) => `\`${name}\` = \`${value}\``)],
    ['By name', (kind.named ?? []).map(({ from, attribute }) => `\`resource:${attribute}\` from the ${from}`)],
    [
      'Joined',
      (kind.joined ?? []).map(
        ({ attribute, parts }) => `\`${attribute}\` of ${parts.map((part) => code(part)).join(', ')}`,
      ),
    ],
    ['Severity', severityText(kind)],
  ] as const
  const lines = facts.filter(([, items]) => items.length > 0).map(([name, items]) => `- ${name}: ${items.join(', ')}`)
  const rows = [
    ...timeFieldsOf(kind).map((field) => `| \`${field}\` | \`@time\` | |`),
    ...kind.fields.map(
      (field) => `| \`${field.name}\` | ${targetsOf(field).map(targetText).join('<br>') || '-'} | ${noteOf(field)} |`,
    ),
  ]
  const table = rows.length === 0 ? [] : ['', '| field | attribute | |', '|---|---|---|', ...rows]
  return [`## ${kind.id}`, '', kind.title, '', ...lines, ...table].join('\n')
}

const code = (text: string) => `\`${text.replaceAll('|', '\\|')}\``
const codes = (texts: readonly string[] | undefined) => (texts ?? []).map(code)

function targetText(target: Target): string {
  const { attribute, form, member, values, constant, when } = target
  const isPrefix = form === 'members' || form === 'headers'
  const name = code(isPrefix ? `${attribute}.<name>` : attribute)
  const notes = [
    ...(member === undefined ? [] : [`member \`${member}\``]),
    ...(form === undefined ? [] : [form.replaceAll('_', ' ')]),
    ...(values === undefined ? [] : ['values translated']),
    ...(constant === undefined ? [] : [`always \`${constant}\``]),
    ...(unlessOf(target).length === 0 ? [] : [`without ${unlessOf(target).map(code).join(', ')}`]),
    ...(when === undefined ? [] : [`if ${conditionText(when)}`]),
  ]
  return notes.length === 0 ? name : `${name} (${notes.join('; ')})`
}

function noteOf({ type, unit, list, sensitive, secret }: FieldTable): string {
  const notes = [
    ...(type === undefined || type === 'string' ? [] : [type]),
    ...(unit === undefined ? [] : [unit]),
    ...(list === true ? ['last of a list'] : []),
    ...(secret === true ? ['never leaves'] : sensitive === true ? ['may hold customer data'] : []),
  ]
  return notes.join(', ')
}

function severityText({ severity, content }: KindTable): string[] {
  if (content !== undefined && content !== 'fields') return ['by the event']
  if (severity === undefined) return []
  const rules = severity.rules.map(({ when, severity: level }) => {
    const conditions = Array.isArray(when) ? when : [when]
    return `${level} if ${conditions.map(conditionText).join(' and ')}`
  })
  const otherwise =
    severity.otherwise === undefined ? [] : [rules.length === 0 ? severity.otherwise : `else ${severity.otherwise}`]
  const text = severity.text === undefined ? [] : [`its word from \`${severity.text}\``]
  return [[...rules, ...otherwise, ...text].join('; ')]
}

function conditionText(condition: Condition): string {
  const member = 'member' in condition && condition.member !== undefined ? `.${condition.member}` : ''
  const field = code(condition.field + member)
  if ('atLeast' in condition) {
    const { atLeast, below } = condition
    if (below === atLeast + 1) return `${field} = ${atLeast}`
    return below === undefined ? `${field} ≥ ${atLeast}` : `${field} from ${atLeast} to below ${below}`
  }
  if ('in' in condition) return `${field} = ${condition.in.map(code).join(' or ')}`
  if ('notIn' in condition) return `${field} ≠ ${condition.notIn.map(code).join(' and ')}`
  if ('present' in condition) return condition.present ? `${field} is there` : `${field} is not there`
  if ('level' in condition) return `${field} has the level ${condition.level.map(code).join(' or ')}`
  return `${field} begins with ${condition.klog} and a date`
}
