import { NANOS_PER_MS, NANOS_PER_SECOND } from '../../nanoseconds.ts'
import type {
  DecodedAttribute,
  DecodedBuckets,
  DecodedExponentialHistogramPoint,
  DecodedHistogramPoint,
  DecodedLogRecord,
  DecodedMetric,
  DecodedMetricData,
  DecodedNumberPoint,
  DecodedResourceLogs,
  DecodedResourceMetrics,
  DecodedScope,
  DecodedSummaryPoint,
} from '../../otlp/decode.ts'
import { typedText } from './value.ts'

/** Everything in a request of logs, laid out as by the Collector's debug exporter. */
export function logsInDetail(resourceLogs: readonly DecodedResourceLogs[]): string {
  const lines: string[] = []
  for (const [index, { resource, scopeLogs, schemaUrl }] of resourceLogs.entries()) {
    lines.push(`ResourceLog #${index}`, `Resource SchemaURL: ${schemaUrl}`)
    addAttributes(lines, 'Resource attributes', resource.attributes)
    for (const [scopeIndex, each] of scopeLogs.entries()) {
      lines.push(`ScopeLogs #${scopeIndex}`, `ScopeLogs SchemaURL: ${each.schemaUrl}`)
      addScope(lines, each.scope)
      for (const [recordIndex, record] of each.logRecords.entries()) {
        lines.push(`LogRecord #${recordIndex}`)
        addLogRecord(lines, record)
      }
    }
  }
  return `${lines.join('\n')}\n`
}

/** Everything in a request of metrics, laid out as by the Collector's debug exporter. */
export function metricsInDetail(resourceMetrics: readonly DecodedResourceMetrics[]): string {
  const lines: string[] = []
  for (const [index, { resource, scopeMetrics, schemaUrl }] of resourceMetrics.entries()) {
    lines.push(`ResourceMetrics #${index}`, `Resource SchemaURL: ${schemaUrl}`)
    addAttributes(lines, 'Resource attributes', resource.attributes)
    for (const [scopeIndex, each] of scopeMetrics.entries()) {
      lines.push(`ScopeMetrics #${scopeIndex}`, `ScopeMetrics SchemaURL: ${each.schemaUrl}`)
      addScope(lines, each.scope)
      for (const [metricIndex, metric] of each.metrics.entries()) {
        lines.push(`Metric #${metricIndex}`)
        addMetric(lines, metric)
      }
    }
  }
  return `${lines.join('\n')}\n`
}

function addAttributes(lines: string[], title: string, attributes: readonly DecodedAttribute[]): void {
  if (attributes.length === 0) return
  lines.push(`${title}:`)
  for (const { key, value } of attributes) lines.push(`     -> ${key}: ${typedText(value)}`)
}

function addScope(lines: string[], scope: DecodedScope): void {
  lines.push(`InstrumentationScope ${scope.name} ${scope.version}`)
  addAttributes(lines, 'InstrumentationScope attributes', scope.attributes)
}

function addLogRecord(lines: string[], record: DecodedLogRecord): void {
  lines.push(
    `ObservedTimestamp: ${timeText(record.observedTimeUnixNano)}`,
    `Timestamp: ${timeText(record.timeUnixNano)}`,
    `SeverityText: ${record.severityText}`,
    `SeverityNumber: ${severityText(record.severityNumber)}`,
  )
  if (record.eventName !== '') lines.push(`EventName: ${record.eventName}`)
  lines.push(`Body: ${typedText(record.body)}`)
  addAttributes(lines, 'Attributes', record.attributes)
  lines.push(`Trace ID: ${hexText(record.traceId)}`, `Span ID: ${hexText(record.spanId)}`, `Flags: ${record.flags}`)
}

const dataTypes = {
  gauge: 'Gauge',
  sum: 'Sum',
  histogram: 'Histogram',
  exponentialHistogram: 'ExponentialHistogram',
  summary: 'Summary',
} as const

function addMetric(lines: string[], { name, description, unit, metadata, data }: DecodedMetric): void {
  lines.push('Descriptor:', `     -> Name: ${name}`, `     -> Description: ${description}`, `     -> Unit: ${unit}`)
  lines.push(`     -> DataType: ${data === undefined ? 'Empty' : dataTypes[data.kind]}`)
  if (data !== undefined) {
    if (data.kind === 'sum') lines.push(`     -> IsMonotonic: ${data.monotonic}`)
    if ('temporality' in data) lines.push(`     -> AggregationTemporality: ${temporalityText(data.temporality)}`)
  }
  addAttributes(lines, 'Metadata', metadata)
  if (data !== undefined) lines.push(...dataLines(data))
}

function dataLines(data: DecodedMetricData): string[] {
  switch (data.kind) {
    case 'gauge':
    case 'sum':
      return pointLines('NumberDataPoints', data.points, numberLines)
    case 'histogram':
      return pointLines('HistogramDataPoints', data.points, histogramLines)
    case 'exponentialHistogram':
      return pointLines('ExponentialHistogramDataPoints', data.points, exponentialHistogramLines)
    case 'summary':
      return pointLines('SummaryDataPoints', data.points, summaryLines)
  }
}

interface AnyPoint {
  readonly attributes: readonly DecodedAttribute[]
  readonly startTimeUnixNano: bigint
  readonly timeUnixNano: bigint
}

function pointLines<Point extends AnyPoint>(
  title: string,
  points: readonly Point[],
  valueLines: (point: Point) => string[],
): string[] {
  const lines: string[] = []
  for (const [index, point] of points.entries()) {
    lines.push(`${title} #${index}`)
    addAttributes(lines, 'Data point attributes', point.attributes)
    lines.push(`StartTimestamp: ${timeText(point.startTimeUnixNano)}`, `Timestamp: ${timeText(point.timeUnixNano)}`)
    lines.push(...valueLines(point))
  }
  return lines
}

function numberLines({ value }: DecodedNumberPoint): string[] {
  return [`Value: ${typeof value === 'number' ? value.toFixed(6) : (value ?? '')}`]
}

function histogramLines(point: DecodedHistogramPoint): string[] {
  return [
    `Count: ${point.count}`,
    ...totalLines(point),
    ...point.explicitBounds.map((bound, index) => `ExplicitBounds #${index}: ${bound.toFixed(6)}`),
    ...point.bucketCounts.map((count, index) => `Buckets #${index}, Count: ${count}`),
  ]
}

function exponentialHistogramLines(point: DecodedExponentialHistogramPoint): string[] {
  const base = 2 ** (2 ** -point.scale)
  const bounds = (buckets: DecodedBuckets, index: number) =>
    [base ** (buckets.offset + index), base ** (buckets.offset + index + 1)].map((bound) => bound.toFixed(6))
  const { positive, negative } = point
  const negativeLines = negative?.bucketCounts.map((count, index) => {
    const [low, high] = bounds(negative, index)
    return `Bucket [-${high}, -${low}), Count: ${count}`
  })
  const positiveLines = positive?.bucketCounts.map((count, index) => {
    const [low, high] = bounds(positive, index)
    return `Bucket (${low}, ${high}], Count: ${count}`
  })
  return [
    `Count: ${point.count}`,
    ...totalLines(point),
    ...(negativeLines ?? []).reverse(),
    ...(point.zeroCount === 0n ? [] : [`Bucket [0, 0], Count: ${point.zeroCount}`]),
    ...(positiveLines ?? []),
  ]
}

function totalLines({ sum, min, max }: { sum: number | undefined; min: number | undefined; max: number | undefined }) {
  const line = (name: string, value: number | undefined) =>
    value === undefined ? [] : [`${name}: ${value.toFixed(6)}`]
  return [...line('Sum', sum), ...line('Min', min), ...line('Max', max)]
}

function summaryLines(point: DecodedSummaryPoint): string[] {
  return [
    `Count: ${point.count}`,
    `Sum: ${point.sum.toFixed(6)}`,
    ...point.quantileValues.map(
      ({ quantile, value }, index) =>
        `QuantileValue #${index}: Quantile ${quantile.toFixed(6)}, Value ${value.toFixed(6)}`,
    ),
  ]
}

/** As Go prints a time: `2026-03-02 00:15:30.000000789 +0000 UTC`, without trailing zeros. */
function timeText(unixNano: bigint): string {
  const seconds = new Date(Number(unixNano / NANOS_PER_MS)).toISOString().slice(0, 19).replace('T', ' ')
  const nanos = (unixNano % NANOS_PER_SECOND).toString().padStart(9, '0').replace(/0+$/, '')
  return `${seconds}${nanos === '' ? '' : `.${nanos}`} +0000 UTC`
}

const severityNames = ['Trace', 'Debug', 'Info', 'Warn', 'Error', 'Fatal']

/** Numbers 1 to 24 are six names with four steps each: 9 is `Info(9)`, 10 `Info2(10)`. */
function severityText(number: number): string {
  const name = severityNames[Math.floor((number - 1) / 4)]
  if (name === undefined) return `Unspecified(${number})`
  const step = (number - 1) % 4
  return `${name}${step === 0 ? '' : step + 1}(${number})`
}

function temporalityText(temporality: number): string {
  return ['Unspecified', 'Delta', 'Cumulative'][temporality] ?? String(temporality)
}

function hexText(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}
