import { describeCondition } from '../../src/detection/condition.ts'
import { factDescriptions } from '../../src/detection/event-view.ts'
import { findingSeverities, missingSettings, type RuleDefinition, settingsOf } from '../../src/detection/rule.ts'
import { describeTrigger } from '../../src/detection/rule-selection.ts'

/** docs/rules.md, made of the rules. */
export function rulesPage(rules: readonly RuleDefinition[]): string {
  const rows = rules.map(({ id, severity, title }) => `| [\`${id}\`](#${id}) | ${severity} | ${title} |`)
  return `${head}
| rule | severity | what it tells |
|---|---|---|
${rows.join('\n')}

${checks}
${format}
${finding}
${rules.map(ruleSection).join('\n\n')}

${queriesSection(rules)}
`
}

const head = `# Detection rules

Rules look at every ActionTrail event, whichever receiver brought it, when the configuration has a receiver
[\`alibabacloud_access_keys\`](../receivers/access_keys/README.md). What they find is a log record beside the event. Most rules
belong to the backend, where they can look at more than one source; these are for those who have none there yet, and for what is better
seen at once. [The same questions for backends](#queries-for-backends) are at the end.

This page is made of \`rules/*.yaml\`; after a change there, \`UPDATE_EXPECTED=1 npx vitest run test/detection/rules-page.test.ts\` writes it
again. \`alibabacloud-otel-receiver rules list\`, \`rules show ID\` and \`rules test FILE\` tell the same at the command line.
`

const checks = `Two of the vendor's public rules are checks of the configuration, not of events: whether the root account has a key
(\`root-ak-check\`; the receiver's own finding \`root-access-key-exists\` tells it), and whether a trail records all regions and events
(\`actiontrail-trail-intact-enabled\`; Cloud Config tells it).
`

const code = (text: string) => `\`${text}\``

const format = `## Writing rules

A rule file is YAML with one key, \`rules\`, a list. \`rules.files\` of the receiver names the files; \`rules validate FILE\` checks them.

\`\`\`yaml
rules:
  - id: big-disk-at-night
    title: Somebody makes big disks
    description: Three big disks by one user within an hour.
    severity: medium                      # ${Object.keys(findingSeverities).join(', ')}
    condition:
      all:
        - { field: serviceName, equals: Ecs }
        - { field: eventName, in: [CreateDisk, RunInstances] }
        - { field: [requestParameters.Size, requestParameters.SystemDisk.Size], gt: { param: gigabytes } }
        - { field: fact.failed, equals: false }
    group_by: [fact.account_id, fact.user]
    threshold: 3
    window: 1h
    parameters:
      gigabytes: { description: From this size on, type: number, default: 1000 }
    references: [Our handbook, chapter 7]
\`\`\`

A **condition** is one of \`all\`, \`any\` (lists of conditions), \`not\` (a condition), or \`field\` with operators, which all must hold for one value.

- \`field\`: a dotted path in the event document, or several. A list on the way stands for each of its members; \`*\` for any one
  step; keys that hold dots themselves (\`Permissions.1.SourceCidrIp\`) are found as well. Parameters that are there only as
  \`requestParameterJson\`, and the Log Audit Service's \`addionalEventData\`, are found under their usual names.
- \`equals\`, \`in\`: text, numbers and truth are compared as text, so \`false\` also finds \`"False"\`. Text minds the case.
- \`contains\`, \`starts_with\`: a part, a beginning. \`matches\`: a regular expression, found anywhere, in time proportional to the text;
  without look-around, back references and \`\\b\`; \`(?i)\` at the start ignores case.
- \`gt\`, \`gte\`, \`lt\`, \`lte\`: numbers, also written as text.
- \`cidr\`: an address within one of the addresses and networks. \`within\`: a time in \`Mon-Fri 08:00-19:00 Asia/Shanghai\`.
- \`exists\`: \`true\` or \`false\`; an empty text and null do not exist.
- \`{ param: name }\` in the place of a value is the value of a parameter, which the configuration can set. A parameter without a default
  must be set, or the rule sleeps.

**Facts** are read off the event once, whatever its shape; they stand in paths as \`fact.<name>\`:

| fact | |
|---|---|
${Object.entries(factDescriptions)
  .map(([name, description]) => `| \`fact.${name}\` | ${description} |`)
  .join('\n')}

**When matching events become a finding**: each by itself; or, with \`threshold\` and \`window\`, so many with the same values of
\`group_by\` within a window of event time, then none for that group within one window of the last; or, with
\`new_value: { of, learn_for, learn_values }\`, when \`of\` has a value that the group was never seen with, once the group has learnt for so long or
knows so many values (the 100 used last).
Events may come late, in any order and more than once. Per rule 10,000 groups and 20,000 events are remembered, over all 100,000 event ids; what
was used least recently is forgotten. State survives a restart.
`

const finding = `## The record of a finding

Scope \`alibabacloud-otel-receiver/detection\`, \`encoding.format\` and event name \`alibabacloud.finding\`, the time of the event that triggered it; account and
region of the event in the resource; the body is a line for people. \`severityNumber\`: ${Object.entries(
  findingSeverities,
)
  .map(([name, number]) => `${name} ${number}`)
  .join(', ')}.

| attribute | |
|---|---|
| \`log.record.uid\` | \`finding/<rule>/<event id>\`: the same each time the event is read |
| \`alibabacloud.finding.rule.id\`, \`.title\`, \`.severity\`, \`.references\` | of the rule |
| \`alibabacloud.finding.event_ids\` | the events, at most 20, the one that triggered it among them |
| \`alibabacloud.finding.group\` | with \`group_by\`: \`field=value\` of each field |
| \`alibabacloud.finding.count\` | with a window: events in it |
| \`alibabacloud.finding.window.start\`, \`.end\`, \`.size\` | with a window: first and last event in it, and its length in seconds |
| \`alibabacloud.watch.delay\` | for watched keys: seconds from the event to our reading it |
| \`alibabacloud.actiontrail.event_id\`, \`rpc.method\`, \`alibabacloud.service.name\`, \`user.name\`, \`user.id\`, \`alibabacloud.user_identity.*\`, \`client.address\`, \`source.address\`, \`error.type\`, \`cloud.resource_id\` … | as on the record of the event that triggered it |

## The rules
`

function ruleSection(rule: RuleDefinition): string {
  const { id, title, description, severity, condition, parameters, references } = rule
  const missing = missingSettings(rule)
  const facts = [
    ['Severity', severity],
    ['Condition', code(describeCondition(condition))],
    ['Fires at', describeTrigger(rule)],
    ['Settings', settingsOf(rule).map(code).join(', ')],
    ...[...parameters].map(([name, parameter]) => [
      code(name),
      `${parameter.description} (${parameter.type}; ${
        parameter.default === undefined ? 'no default' : `default ${code(JSON.stringify(parameter.default))}`
      })`,
    ]),
    ['References', references.join('; ')],
  ]
  const sleeps = missing.length === 0 ? '' : `\n\nSleeps until ${missing.map(code).join(', ')} is set.`
  const lines = facts.map(([name, value = '']) => `- ${name}: ${value}`)
  return `### ${id}\n\n**${title}.** ${description}${sleeps}\n\n${lines.join('\n')}`
}

function queriesSection(rules: readonly RuleDefinition[]): string {
  const sections = rules.flatMap(({ id, title, queries }) => {
    const blocks = Object.entries(queries).map(([backend, query]) => `${backend}:\n\n\`\`\`\n${query}\n\`\`\``)
    return blocks.length === 0 ? [] : [`### Query: ${title} (${id})\n\n${blocks.join('\n\n')}`]
  })
  return `## Queries for backends

They ask the events' own attributes, so they work without the rules here. Datadog: log search, as a log monitor or detection rule. Loki: with OTLP
ingestion, where attributes become structured metadata and dots underscores. Elasticsearch: KQL over the OTel mapping (\`attributes.*\`); counts go into a
threshold rule.

${sections.join('\n\n')}`
}
