import { DataPointType, type MetricData, type ResourceMetrics } from '@opentelemetry/sdk-metrics'

type Labels = Readonly<Record<string, unknown>>

interface Family {
  readonly type: 'counter' | 'gauge' | 'histogram'
  readonly lines: string[]
}

/**
 * Own metrics in the Prometheus text format, version 0.0.4. Names are kept as they are: the serializer of
 * `@opentelemetry/exporter-prometheus` cannot but add `_total` to counters, and `otelcol_receiver_accepted_log_records`
 * is a promise. The resource becomes `target_info`.
 *
 * @see https://prometheus.io/docs/instrumenting/exposition_formats/
 */
export function toPrometheusText({ resource, scopeMetrics }: ResourceMetrics): string {
  const families = new Map<string, Family>()
  families.set('target_info', {
    type: 'gauge',
    lines: [
      '# HELP target_info The process these metrics are of',
      '# TYPE target_info gauge',
      sample('target_info', resource.attributes, 1),
    ],
  })
  for (const metric of scopeMetrics.flatMap(({ metrics }) => metrics)) addMetric(families, metric)
  return `${[...families.values()].flatMap(({ lines }) => lines).join('\n')}\n`
}

/** A name appears once, with one type; a metric that says otherwise is left out, or the whole text would be refused. */
function addMetric(families: Map<string, Family>, metric: MetricData): void {
  const type = typeOf(metric)
  if (type === undefined) return
  const name = metric.descriptor.name.replaceAll(/[^a-zA-Z0-9_:]/g, '_')
  let family = families.get(name)
  if (family === undefined) {
    const help = metric.descriptor.description.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')
    family = { type, lines: [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`] }
    families.set(name, family)
  }
  if (family.type !== type) return
  for (const line of samples(name, metric)) family.lines.push(line)
}

function typeOf(metric: MetricData): Family['type'] | undefined {
  switch (metric.dataPointType) {
    case DataPointType.SUM:
      return metric.isMonotonic ? 'counter' : 'gauge'
    case DataPointType.GAUGE:
      return 'gauge'
    case DataPointType.HISTOGRAM:
      return 'histogram'
    default:
      return undefined
  }
}

function samples(name: string, metric: MetricData): string[] {
  switch (metric.dataPointType) {
    case DataPointType.SUM:
    case DataPointType.GAUGE:
      return metric.dataPoints.map(({ attributes, value }) => sample(name, attributes, value))
    case DataPointType.HISTOGRAM:
      return metric.dataPoints.flatMap(({ attributes, value: { buckets, count, sum } }) => {
        let below = 0
        const bucketLines = buckets.counts.map((inBucket, index) => {
          below += inBucket
          const le = toNumberText(buckets.boundaries[index] ?? Number.POSITIVE_INFINITY)
          return sample(`${name}_bucket`, { ...attributes, le }, below)
        })
        const sumLines = sum === undefined ? [] : [sample(`${name}_sum`, attributes, sum)]
        return [...bucketLines, ...sumLines, sample(`${name}_count`, attributes, count)]
      })
    default:
      return []
  }
}

function sample(name: string, labels: Labels, value: number): string {
  const pairs = Object.entries(labels).map(([key, label]) => {
    const text = typeof label === 'string' ? label : (JSON.stringify(label) ?? '')
    const escaped = text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')
    return `${key.replaceAll(/[^a-zA-Z0-9_]/g, '_')}="${escaped}"`
  })
  return `${name}${pairs.length > 0 ? `{${pairs.join(',')}}` : ''} ${toNumberText(value)}`
}

function toNumberText(value: number): string {
  if (value === Number.POSITIVE_INFINITY) return '+Inf'
  if (value === Number.NEGATIVE_INFINITY) return '-Inf'
  return String(value)
}
