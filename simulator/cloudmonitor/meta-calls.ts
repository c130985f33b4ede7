import type { JsonObject } from '../../src/lossless-json.ts'
import type { RpcAction, RpcCall } from '../rpc/call.ts'
import type { CloudMonitorBehaviour } from './behaviour.ts'
import { cmsAction, invalidParameter } from './call-form.ts'
import { wholeNumber } from './metric-query.ts'
import { type PublishedMetric, type PublishedNamespace, publishedNamespaces } from './published-metrics.ts'

/** DescribeProjectMeta and DescribeMetricMetaList (cloudmonitor.md 1.7). */
export function metaCalls(behaviour: CloudMonitorBehaviour): Readonly<Record<string, RpcAction>> {
  const action = (read: Parameters<typeof cmsAction>[2]) => cmsAction(behaviour, {}, read)
  return {
    DescribeProjectMeta: action((call) => {
      const projects = [...publishedNamespaces.values()].map((namespace) => ({
        Namespace: namespace.namespace,
        Description: namespace.product,
        Labels: JSON.stringify([
          { name: 'product', value: namespace.product },
          { name: 'productCategory', value: namespace.category },
          { name: 'groupFlag', value: 'true' },
        ]),
      }))
      const { page, number, size } = pageOf(call, projects, 100)
      return { Total: String(projects.length), PageNumber: number, PageSize: size, Resources: { Resource: page } }
    }),
    // Numbers here, whatever `code` says of the other calls: so it was seen.
    DescribeMetricMetaList: action((call) => {
      const namespace = call.parameters.get('Namespace') ?? ''
      const metric = call.parameters.get('MetricName') ?? ''
      const found = [...publishedNamespaces.values()]
        .filter((each) => namespace === '' || each.namespace === namespace)
        .flatMap((each) => [...each.metrics.values()].map((one) => describeMetric(each, one)))
        .filter(({ MetricName }) => metric === '' || MetricName === metric)
      const { page, total } = pageOf(call, found, 99_999)
      return { Code: 200, TotalCount: total, Resources: { Resource: page } }
    }),
  }
}

/** Of what passes the filter `Labels`. @throws {RpcFault} ParameterInvalid */
function pageOf<Item extends { readonly Labels: string }>(call: RpcCall, items: readonly Item[], maxNumber: number) {
  const number = wholeNumber(call, 'PageNumber', 1, 1, maxNumber)
  const size = wholeNumber(call, 'PageSize', 30, 1, 10_000)
  const wanted = readLabels(call)
  const found = items.filter(({ Labels }) => {
    const labels = parseLabels(Labels)
    return wanted.every(({ name, value }) =>
      labels.some((label) => label.name === name && label.value.split(',').includes(value)),
    )
  })
  return { page: found.slice((number - 1) * size, number * size), total: found.length, number, size }
}

interface Label {
  readonly name: string
  readonly value: string
}

const parseLabels = (text: string): Label[] => JSON.parse(text)

function readLabels(call: RpcCall): Label[] {
  const text = call.parameters.get('Labels') ?? ''
  if (text === '') return []
  try {
    const parsed: unknown = JSON.parse(text)
    if (Array.isArray(parsed) && parsed.every((label) => typeof label?.name === 'string')) return parsed
  } catch {
    // Told below, as is JSON of another form.
  }
  throw invalidParameter(`Labels must be [{"name":…,"value":…}]: ${text.slice(0, 200)}`)
}

function describeMetric(namespace: PublishedNamespace, metric: PublishedMetric) {
  return {
    Namespace: metric.namespace,
    MetricName: metric.name,
    // Often empty with the vendor, too.
    Description: '',
    Dimensions: metric.dimensions.join(','),
    Labels: JSON.stringify(labelsOf(namespace, metric)),
    Periods: metric.periodsSeconds.join(','),
    Statistics: metric.statistics.join(','),
    Unit: metric.unit,
  } satisfies JsonObject
}

function labelsOf({ category }: PublishedNamespace, { unit, name, periodsSeconds }: PublishedMetric): Label[] {
  const isTraffic = /^bits?\/s$/i.test(unit)
  return [
    { name: 'metricCategory', value: `${category}:instance` },
    { name: 'alertEnable', value: 'true' },
    { name: 'is_alarm', value: 'true' },
    // Where the unit is empty, this one may tell it.
    { name: 'alertUnit', value: unit === '' ? (/rt$/i.test(name) ? 'ms' : 'value') : isTraffic ? 'Mbits/s' : unit },
    // For showing alerts only: values are not multiplied by it.
    { name: 'unitFactor', value: isTraffic ? '1048576' : '1' },
    { name: 'minAlertPeriod', value: String(periodsSeconds[0] ?? 60) },
    { name: 'productCategory', value: category },
  ]
}
