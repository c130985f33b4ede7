import type {
  DecodedAttribute,
  DecodedBuckets,
  DecodedExemplar,
  DecodedMetricData,
  DecodedResource,
  DecodedResourceLogs,
  DecodedResourceMetrics,
  DecodedScope,
  DecodedValue,
} from '../../src/otlp/decode.ts'
import type { Signal } from '../../src/pipeline/payload.ts'

/** A JSON object whose members have not been looked at yet. */
type Members = Readonly<Record<string, unknown>>

/**
 * Reads an OTLP request in JSON. 64-bit integers may be strings or numbers, ids are hex, unknown members are passed over.
 * @throws {TypeError | SyntaxError} when the text is no such request
 */
export function parseLogsJson(body: Buffer): DecodedResourceLogs[] {
  return listOf(parse(body), 'resourceLogs').map((each) => ({
    resource: toResource(memberOf(each, 'resource')),
    scopeLogs: listOf(each, 'scopeLogs').map((scopeLogs) => ({
      scope: toScope(memberOf(scopeLogs, 'scope')),
      logRecords: listOf(scopeLogs, 'logRecords').map((record) => ({
        timeUnixNano: toLong(record['timeUnixNano']),
        observedTimeUnixNano: toLong(record['observedTimeUnixNano']),
        severityNumber: toNumber(record['severityNumber']),
        severityText: toText(record['severityText']),
        body: toValue(memberOf(record, 'body')),
        attributes: toAttributes(record, 'attributes'),
        droppedAttributesCount: toNumber(record['droppedAttributesCount']),
        flags: toNumber(record['flags']),
        traceId: Buffer.from(toText(record['traceId']), 'hex'),
        spanId: Buffer.from(toText(record['spanId']), 'hex'),
        eventName: toText(record['eventName']),
      })),
      schemaUrl: toText(scopeLogs['schemaUrl']),
    })),
    schemaUrl: toText(each['schemaUrl']),
  }))
}

/** As `parseLogsJson`, for metrics. */
export function parseMetricsJson(body: Buffer): DecodedResourceMetrics[] {
  return listOf(parse(body), 'resourceMetrics').map((each) => ({
    resource: toResource(memberOf(each, 'resource')),
    scopeMetrics: listOf(each, 'scopeMetrics').map((scopeMetrics) => ({
      scope: toScope(memberOf(scopeMetrics, 'scope')),
      metrics: listOf(scopeMetrics, 'metrics').map((metric) => ({
        name: toText(metric['name']),
        description: toText(metric['description']),
        unit: toText(metric['unit']),
        metadata: toAttributes(metric, 'metadata'),
        data: toData(metric),
      })),
      schemaUrl: toText(scopeMetrics['schemaUrl']),
    })),
    schemaUrl: toText(each['schemaUrl']),
  }))
}

/** How many log records or data points a JSON request holds. */
export function countJsonItems(signal: Signal, body: Buffer): number {
  let items = 0
  if (signal === 'logs') {
    for (const each of listOf(parse(body), 'resourceLogs')) {
      for (const scopeLogs of listOf(each, 'scopeLogs')) items += listOf(scopeLogs, 'logRecords').length
    }
    return items
  }
  for (const { scopeMetrics } of parseMetricsJson(body)) {
    for (const { metrics } of scopeMetrics) for (const { data } of metrics) items += data?.points.length ?? 0
  }
  return items
}

function parse(body: Buffer): Members {
  return toMembers(JSON.parse(body.toString('utf8')))
}

function toMembers(value: unknown): Members {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new TypeError('an object is missing')
  return value as Members
}

function memberOf(members: Members, name: string): Members | undefined {
  const value = members[name]
  return value === undefined || value === null ? undefined : toMembers(value)
}

function listOf(members: Members | undefined, name: string): Members[] {
  return rawListOf(members, name).map(toMembers)
}

function rawListOf(members: Members | undefined, name: string): unknown[] {
  const value = members?.[name] ?? []
  if (!Array.isArray(value)) throw new TypeError(`${name} is no list`)
  return value
}

function toText(value: unknown): string {
  if (value === undefined || value === null) return ''
  if (typeof value !== 'string') throw new TypeError('text is missing')
  return value
}

function toNumber(value: unknown): number {
  const number = Number(value ?? 0)
  if (Number.isNaN(number) && value !== 'NaN') throw new TypeError(`${value} is no number`)
  return number
}

function toOptionalNumber(value: unknown): number | undefined {
  return value === undefined || value === null ? undefined : toNumber(value)
}

function toLong(value: unknown): bigint {
  if (typeof value === 'string' || typeof value === 'number') return BigInt(value)
  if (value === undefined || value === null) return 0n
  throw new TypeError('an integer is missing')
}

function toAttributes(members: Members | undefined, name: string): DecodedAttribute[] {
  return listOf(members, name).map((pair) => ({ key: toText(pair['key']), value: toValue(memberOf(pair, 'value')) }))
}

function toValue(value: Members | undefined): DecodedValue {
  if (value === undefined) return null
  if ('stringValue' in value) return toText(value['stringValue'])
  if ('boolValue' in value) return value['boolValue'] === true
  if ('intValue' in value) return toLong(value['intValue'])
  if ('doubleValue' in value) return toNumber(value['doubleValue'])
  if ('bytesValue' in value) return Buffer.from(toText(value['bytesValue']), 'base64')
  if ('arrayValue' in value) return listOf(memberOf(value, 'arrayValue'), 'values').map(toValue)
  if ('kvlistValue' in value) return { pairs: toAttributes(memberOf(value, 'kvlistValue'), 'values') }
  return null
}

function toResource(resource: Members | undefined): DecodedResource {
  return {
    attributes: toAttributes(resource, 'attributes'),
    droppedAttributesCount: toNumber(resource?.['droppedAttributesCount']),
  }
}

function toScope(scope: Members | undefined): DecodedScope {
  return { ...toResource(scope), name: toText(scope?.['name']), version: toText(scope?.['version']) }
}

function toData(metric: Members): DecodedMetricData | undefined {
  for (const kind of ['gauge', 'sum', 'histogram', 'exponentialHistogram', 'summary'] as const) {
    const data = memberOf(metric, kind)
    if (data === undefined) continue
    const points = listOf(data, 'dataPoints')
    const temporality = toNumber(data['aggregationTemporality'])
    switch (kind) {
      case 'gauge':
        return { kind, points: points.map(toNumberPoint) }
      case 'sum':
        return { kind, points: points.map(toNumberPoint), temporality, monotonic: data['isMonotonic'] === true }
      case 'histogram':
        return { kind, points: points.map(toHistogramPoint), temporality }
      case 'exponentialHistogram':
        return { kind, points: points.map(toExponentialHistogramPoint), temporality }
      case 'summary':
        return { kind, points: points.map(toSummaryPoint) }
    }
  }
  return undefined
}

function toPoint(point: Members) {
  return {
    attributes: toAttributes(point, 'attributes'),
    startTimeUnixNano: toLong(point['startTimeUnixNano']),
    timeUnixNano: toLong(point['timeUnixNano']),
    flags: toNumber(point['flags']),
  }
}

function toPointNumber(point: Members): bigint | number | undefined {
  if ('asInt' in point) return toLong(point['asInt'])
  return toOptionalNumber(point['asDouble'])
}

function toNumberPoint(point: Members) {
  return { ...toPoint(point), value: toPointNumber(point), exemplars: toExemplars(point) }
}

function toTotals(point: Members) {
  return {
    count: toLong(point['count']),
    sum: toOptionalNumber(point['sum']),
    min: toOptionalNumber(point['min']),
    max: toOptionalNumber(point['max']),
    exemplars: toExemplars(point),
  }
}

function toHistogramPoint(point: Members) {
  return {
    ...toPoint(point),
    ...toTotals(point),
    bucketCounts: rawListOf(point, 'bucketCounts').map(toLong),
    explicitBounds: rawListOf(point, 'explicitBounds').map(toNumber),
  }
}

function toExponentialHistogramPoint(point: Members) {
  return {
    ...toPoint(point),
    ...toTotals(point),
    scale: toNumber(point['scale']),
    zeroCount: toLong(point['zeroCount']),
    zeroThreshold: toNumber(point['zeroThreshold']),
    positive: toBuckets(memberOf(point, 'positive')),
    negative: toBuckets(memberOf(point, 'negative')),
  }
}

function toBuckets(buckets: Members | undefined): DecodedBuckets | undefined {
  if (buckets === undefined) return undefined
  return { offset: toNumber(buckets['offset']), bucketCounts: rawListOf(buckets, 'bucketCounts').map(toLong) }
}

function toSummaryPoint(point: Members) {
  return {
    ...toPoint(point),
    count: toLong(point['count']),
    sum: toNumber(point['sum']),
    quantileValues: listOf(point, 'quantileValues').map((each) => ({
      quantile: toNumber(each['quantile']),
      value: toNumber(each['value']),
    })),
  }
}

function toExemplars(point: Members): DecodedExemplar[] {
  return listOf(point, 'exemplars').map((exemplar) => ({
    filteredAttributes: toAttributes(exemplar, 'filteredAttributes'),
    timeUnixNano: toLong(exemplar['timeUnixNano']),
    value: toPointNumber(exemplar),
    spanId: Buffer.from(toText(exemplar['spanId']), 'hex'),
    traceId: Buffer.from(toText(exemplar['traceId']), 'hex'),
  }))
}
