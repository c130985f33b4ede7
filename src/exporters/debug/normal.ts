import type {
  DecodedAttribute,
  DecodedMetric,
  DecodedMetricData,
  DecodedResourceLogs,
  DecodedResourceMetrics,
  DecodedScope,
} from '../../otlp/decode.ts'
import { plainText } from './value.ts'

/** A line for each resource, scope and log record: the body, then the attributes. */
export function logsInBrief(resourceLogs: readonly DecodedResourceLogs[]): string {
  const lines: string[] = []
  for (const [index, { resource, scopeLogs, schemaUrl }] of resourceLogs.entries()) {
    lines.push(`ResourceLog #${index}${bracketed(schemaUrl)}${spaced(resource.attributes)}`)
    for (const [scopeIndex, { scope, logRecords, schemaUrl: scopeSchemaUrl }] of scopeLogs.entries()) {
      lines.push(`ScopeLog #${scopeIndex}${scopeName(scope)}${bracketed(scopeSchemaUrl)}${spaced(scope.attributes)}`)
      for (const { body, attributes } of logRecords) lines.push(`${plainText(body)}${spaced(attributes)}`)
    }
  }
  return toText(lines)
}

/** A line for each resource, scope and data point: `name{attributes} value`. */
export function metricsInBrief(resourceMetrics: readonly DecodedResourceMetrics[]): string {
  const lines: string[] = []
  for (const [index, { resource, scopeMetrics, schemaUrl }] of resourceMetrics.entries()) {
    lines.push(`ResourceMetrics #${index}${bracketed(schemaUrl)}${spaced(resource.attributes)}`)
    for (const [scopeIndex, { scope, metrics, schemaUrl: scopeSchemaUrl }] of scopeMetrics.entries()) {
      lines.push(
        `ScopeMetrics #${scopeIndex}${scopeName(scope)}${bracketed(scopeSchemaUrl)}${spaced(scope.attributes)}`,
      )
      for (const metric of metrics) lines.push(...metricLines(metric))
    }
  }
  return toText(lines)
}

function metricLines({ name, data }: DecodedMetric): string[] {
  if (data === undefined) return []
  return data.points.map((point, index) => {
    const attributes = point.attributes.map(assignment).join(',')
    return `${name}{${attributes}} ${valueText(data, index)}`
  })
}

function valueText(data: DecodedMetricData, index: number): string {
  switch (data.kind) {
    case 'gauge':
    case 'sum':
      return String(data.points[index]?.value ?? '')
    case 'summary': {
      const point = data.points[index]
      const quantiles = point?.quantileValues.map(({ quantile, value }) => ` q${quantile}=${value}`).join('')
      return `count=${point?.count} sum=${point?.sum}${quantiles}`
    }
    case 'histogram': {
      const point = data.points[index]
      const buckets = point?.explicitBounds.map((bound, at) => ` le${bound}=${point.bucketCounts[at]}`).join('')
      return `count=${point?.count}${totals(point)}${buckets}`
    }
    case 'exponentialHistogram': {
      const point = data.points[index]
      return `count=${point?.count}${totals(point)}`
    }
  }
}

function totals(point: { sum: number | undefined; min: number | undefined; max: number | undefined } | undefined) {
  const known = (['sum', 'min', 'max'] as const).filter((name) => point?.[name] !== undefined)
  return known.map((name) => ` ${name}=${point?.[name]}`).join('')
}

function scopeName({ name, version }: DecodedScope): string {
  return name === '' ? '' : ` ${name}${version === '' ? '' : `@${version}`}`
}

function bracketed(schemaUrl: string): string {
  return schemaUrl === '' ? '' : ` [${schemaUrl}]`
}

function assignment({ key, value }: DecodedAttribute): string {
  return `${key}=${plainText(value)}`
}

function spaced(attributes: readonly DecodedAttribute[]): string {
  return attributes.map((attribute) => ` ${assignment(attribute)}`).join('')
}

function toText(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('')
}
