import type { Catalogue, CatalogueNamespace } from '../../../receivers/cloudmonitor/catalogue/catalogue.ts'
import { presets } from '../../../receivers/cloudmonitor/catalogue/presets.ts'
import { createNamer } from '../../../receivers/cloudmonitor/naming.ts'

/** docs/metrics.md, made of the catalogue. */
export function metricsPage(catalogue: Catalogue): string {
  const namespaces = [...catalogue.values()].sort((a, b) => (a.namespace < b.namespace ? -1 : 1))
  return `${head}
## Ready sets

| \`preset:\` | namespaces |
|---|---|
${Object.entries(presets)
  .map(([name, sets]) => `| \`${name}\` | ${sets.map(({ namespace }) => `\`${namespace}\``).join(', ')} |`)
  .join('\n')}

## Namespaces

| namespace | service | product | metrics |
|---|---|---|---|
${namespaces
  .map(
    ({ namespace, service, product, metrics }) =>
      `| [\`${namespace}\`](#${namespace.toLowerCase()}) | \`${service}\` | ${product} | ${metrics.size} |`,
  )
  .join('\n')}

${namespaces.map(section).join('\n\n')}
`
}

const head = `# Metrics of CloudMonitor

What \`alibabacloud_cloudmonitor\` makes of CloudMonitor's metrics. This page is made of the catalogue in
\`receivers/cloudmonitor/catalogue\`; after a change there, \`UPDATE_EXPECTED=1 npx vitest run test/receivers/cloudmonitor/metrics-page.test.ts\`
writes it again. The catalogue is completed by what CloudMonitor's own metadata says when the receiver runs: metrics that are
not listed here are collected too, and named by the same rule.

A metric of CloudMonitor becomes one OTLP metric for each statistic: \`<name>.average\`, \`<name>.maximum\`, … The names are
those of Datadog's own integration where it has one (\`naming: raw\` gives \`<namespace>.<metric>.<statistic>\`). All are gauges
with the value that CloudMonitor shows; \`totals: delta_sum\` makes delta sums of the amounts (kind *total*). The time is the
point's own. What is missing stays missing.

## Attributes

Of the resource, one for each account, region, namespace and instance:

| attribute | |
|---|---|
| \`cloud.provider\`, \`service.name\` | \`alibaba_cloud\`; the service in the tables below |
| \`cloud.account.id\` | \`userId\` of the point |
| \`cloud.region\`, \`cloud.availability_zone\` | from the inventory, else a dimension of the point |
| \`cloud.resource_id\`, \`alibabacloud.instance.id\` | the instance's id as CloudMonitor spells it |
| \`alibabacloud.instance.name\`, \`alibabacloud.resource_group.id\`, \`alibabacloud.tag.<key>\` | from the inventory |
| \`alibabacloud.arn\` | where region, account and type are known |
| \`alibabacloud.namespace\` | \`acs_ecs_dashboard\` |
| \`cloud.platform\`, \`host.id\`, \`host.name\`, \`host.ip\` | ECS (\`cloud.platform\` also Function Compute) |
| \`host.type\` | ECS, where ECS itself is asked |
| \`db.system.name\` | Redis, MongoDB; of RDS its engine, where RDS itself is asked |
| \`k8s.cluster.uid\`, \`k8s.node.name\`, \`k8s.namespace.name\`, \`k8s.pod.name\` | \`acs_k8s\` |
| \`faas.name\`, \`messaging.destination.name\` | Function Compute; queues and topics |

All other dimensions are attributes of the data point, in snake case; \`alibabacloud.period\` (seconds) stands there where one
metric is collected in two periods. \`alibabacloud.<service>.count\` is the number of instances in the inventory.
`

function section({ namespace, service, metrics }: CatalogueNamespace): string {
  const namer = createNamer('datadog', namespace, service, metrics.keys())
  const rows = [...metrics.values()].map(({ name, unit, kind, statistics, dimensions, description }) => {
    const shown = statistics.length > 0 ? statistics : ['<statistic>']
    const [first = '', ...others] = shown.map((statistic) => namer.nameOf(name, statistic))
    const stem = first.slice(0, first.lastIndexOf('.'))
    const names = [first, ...others.map((other) => (other.startsWith(`${stem}.`) ? other.slice(stem.length) : other))]
    const series = dimensions.filter((dimension) => dimension !== 'userId').join(', ')
    return `| ${[code(name), names.map(code).join(' '), unit === '' ? '' : code(unit), kind, series, description].join(' | ')} |`
  })
  const table =
    rows.length === 0
      ? 'No metric is published.'
      : `| metric | names | unit | kind | dimensions | |\n|---|---|---|---|---|---|\n${rows.join('\n')}`
  return `### ${namespace}\n\n${table}`
}

const code = (text: string) => `\`${text}\``
