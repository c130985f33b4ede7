import type { Signal } from '../pipeline/payload.ts'
import {
  type DecodedAttribute,
  type DecodedBuckets,
  type DecodedExemplar,
  type DecodedExponentialHistogramPoint,
  type DecodedHistogramPoint,
  type DecodedLogRecord,
  type DecodedMetric,
  type DecodedMetricData,
  type DecodedNumberPoint,
  type DecodedResource,
  type DecodedResourceLogs,
  type DecodedResourceMetrics,
  type DecodedScope,
  type DecodedSummaryPoint,
  type DecodedValue,
  decodeLogs,
  decodeMetrics,
} from './decode.ts'

/**
 * OTLP JSON of one protobuf request, without line breaks: hex trace and span ids, base64 bytes, 64-bit integers as
 * decimal strings, enums as integers. Fields that have their default value are left out, as in the Collector's JSON.
 *
 * The text is put together by hand: `JSON.stringify` knows neither bigint nor bytes, and a second tree of objects for
 * it would cost more than the text itself.
 *
 * @throws {ProtobufError} when the bytes are no such message
 */
export function requestToJson(signal: Signal, bytes: Uint8Array): string {
  return signal === 'logs' ? logsToJson(decodeLogs(bytes)) : metricsToJson(decodeMetrics(bytes))
}

export function logsToJson(resourceLogs: readonly DecodedResourceLogs[]): string {
  return `{"resourceLogs":${list(resourceLogs, resourceLogsText)}}`
}

export function metricsToJson(resourceMetrics: readonly DecodedResourceMetrics[]): string {
  return `{"resourceMetrics":${list(resourceMetrics, resourceMetricsText)}}`
}

/** Members of an object: `members` starts with a comma that the object's brace replaces. */
function object(members: string): string {
  return members === '' ? '{}' : `{${members.slice(1)}}`
}

function list<Item>(items: readonly Item[], text: (item: Item) => string): string {
  let joined = ''
  for (const item of items) joined += joined === '' ? text(item) : `,${text(item)}`
  return `[${joined}]`
}

function textMember(name: string, value: string): string {
  return value === '' ? '' : `,"${name}":${JSON.stringify(value)}`
}

function numberMember(name: string, value: number): string {
  return value === 0 ? '' : `,"${name}":${doubleText(value)}`
}

function optionalNumberMember(name: string, value: number | undefined): string {
  return value === undefined ? '' : `,"${name}":${doubleText(value)}`
}

function longMember(name: string, value: bigint): string {
  return value === 0n ? '' : `,"${name}":"${value}"`
}

function listMember<Item>(name: string, items: readonly Item[], text: (item: Item) => string): string {
  return items.length === 0 ? '' : `,"${name}":${list(items, text)}`
}

function hexMember(name: string, bytes: Uint8Array): string {
  return bytes.length === 0 ? '' : `,"${name}":"${toBuffer(bytes).toString('hex')}"`
}

function toBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
}

/** Protobuf's JSON writes what JSON numbers cannot say as words. */
function doubleText(value: number): string {
  return Number.isFinite(value) ? `${value}` : `"${value}"`
}

function longText(value: bigint): string {
  return `"${value}"`
}

function attributeText({ key, value }: DecodedAttribute): string {
  return `{"key":${JSON.stringify(key)},"value":${valueText(value)}}`
}

function valueText(value: DecodedValue): string {
  switch (typeof value) {
    case 'string':
      return `{"stringValue":${JSON.stringify(value)}}`
    case 'boolean':
      return `{"boolValue":${value}}`
    case 'bigint':
      return `{"intValue":"${value}"}`
    case 'number':
      return `{"doubleValue":${doubleText(value)}}`
  }
  if (value === null) return '{}'
  if (value instanceof Uint8Array) return `{"bytesValue":"${toBuffer(value).toString('base64')}"}`
  if ('pairs' in value) return `{"kvlistValue":{"values":${list(value.pairs, attributeText)}}}`
  return `{"arrayValue":{"values":${list(value, valueText)}}}`
}

function resourceText({ attributes, droppedAttributesCount }: DecodedResource): string {
  return object(
    listMember('attributes', attributes, attributeText) +
      numberMember('droppedAttributesCount', droppedAttributesCount),
  )
}

function scopeText({ name, version, attributes, droppedAttributesCount }: DecodedScope): string {
  return object(
    textMember('name', name) +
      textMember('version', version) +
      listMember('attributes', attributes, attributeText) +
      numberMember('droppedAttributesCount', droppedAttributesCount),
  )
}

function resourceLogsText({ resource, scopeLogs, schemaUrl }: DecodedResourceLogs): string {
  const scopes = list(scopeLogs, (each) =>
    object(
      `,"scope":${scopeText(each.scope)},"logRecords":${list(each.logRecords, logRecordText)}` +
        textMember('schemaUrl', each.schemaUrl),
    ),
  )
  return object(`,"resource":${resourceText(resource)},"scopeLogs":${scopes}${textMember('schemaUrl', schemaUrl)}`)
}

function logRecordText(record: DecodedLogRecord): string {
  return object(
    longMember('timeUnixNano', record.timeUnixNano) +
      longMember('observedTimeUnixNano', record.observedTimeUnixNano) +
      numberMember('severityNumber', record.severityNumber) +
      textMember('severityText', record.severityText) +
      (record.body === null ? '' : `,"body":${valueText(record.body)}`) +
      listMember('attributes', record.attributes, attributeText) +
      numberMember('droppedAttributesCount', record.droppedAttributesCount) +
      numberMember('flags', record.flags) +
      hexMember('traceId', record.traceId) +
      hexMember('spanId', record.spanId) +
      textMember('eventName', record.eventName),
  )
}

function resourceMetricsText({ resource, scopeMetrics, schemaUrl }: DecodedResourceMetrics): string {
  const scopes = list(scopeMetrics, (each) =>
    object(
      `,"scope":${scopeText(each.scope)},"metrics":${list(each.metrics, metricText)}` +
        textMember('schemaUrl', each.schemaUrl),
    ),
  )
  return object(`,"resource":${resourceText(resource)},"scopeMetrics":${scopes}${textMember('schemaUrl', schemaUrl)}`)
}

function metricText({ name, description, unit, metadata, data }: DecodedMetric): string {
  return object(
    textMember('name', name) +
      textMember('description', description) +
      textMember('unit', unit) +
      (data === undefined ? '' : `,"${data.kind}":${dataText(data)}`) +
      listMember('metadata', metadata, attributeText),
  )
}

function dataText(data: DecodedMetricData): string {
  switch (data.kind) {
    case 'gauge':
      return object(`,"dataPoints":${list(data.points, numberPointText)}`)
    case 'sum':
      return object(
        `,"dataPoints":${list(data.points, numberPointText)}` +
          numberMember('aggregationTemporality', data.temporality) +
          (data.monotonic ? ',"isMonotonic":true' : ''),
      )
    case 'histogram':
      return object(
        `,"dataPoints":${list(data.points, histogramPointText)}` +
          numberMember('aggregationTemporality', data.temporality),
      )
    case 'exponentialHistogram':
      return object(
        `,"dataPoints":${list(data.points, exponentialHistogramPointText)}` +
          numberMember('aggregationTemporality', data.temporality),
      )
    case 'summary':
      return object(`,"dataPoints":${list(data.points, summaryPointText)}`)
  }
}

function pointMembers(
  point: DecodedNumberPoint | DecodedHistogramPoint | DecodedExponentialHistogramPoint | DecodedSummaryPoint,
) {
  return (
    listMember('attributes', point.attributes, attributeText) +
    longMember('startTimeUnixNano', point.startTimeUnixNano) +
    longMember('timeUnixNano', point.timeUnixNano) +
    numberMember('flags', point.flags)
  )
}

/** A member of a oneof: written even where it is 0, since its presence says which kind the number is. */
function numberOrLongMember(value: bigint | number | undefined): string {
  if (value === undefined) return ''
  return typeof value === 'bigint' ? `,"asInt":"${value}"` : `,"asDouble":${doubleText(value)}`
}

function numberPointText(point: DecodedNumberPoint): string {
  return object(
    pointMembers(point) + numberOrLongMember(point.value) + listMember('exemplars', point.exemplars, exemplarText),
  )
}

function histogramPointText(point: DecodedHistogramPoint): string {
  return object(
    pointMembers(point) +
      longMember('count', point.count) +
      optionalNumberMember('sum', point.sum) +
      listMember('bucketCounts', point.bucketCounts, longText) +
      listMember('explicitBounds', point.explicitBounds, doubleText) +
      listMember('exemplars', point.exemplars, exemplarText) +
      optionalNumberMember('min', point.min) +
      optionalNumberMember('max', point.max),
  )
}

function exponentialHistogramPointText(point: DecodedExponentialHistogramPoint): string {
  return object(
    pointMembers(point) +
      longMember('count', point.count) +
      optionalNumberMember('sum', point.sum) +
      numberMember('scale', point.scale) +
      longMember('zeroCount', point.zeroCount) +
      bucketsMember('positive', point.positive) +
      bucketsMember('negative', point.negative) +
      listMember('exemplars', point.exemplars, exemplarText) +
      optionalNumberMember('min', point.min) +
      optionalNumberMember('max', point.max) +
      numberMember('zeroThreshold', point.zeroThreshold),
  )
}

function bucketsMember(name: string, buckets: DecodedBuckets | undefined): string {
  if (buckets === undefined) return ''
  const members = numberMember('offset', buckets.offset) + listMember('bucketCounts', buckets.bucketCounts, longText)
  return `,"${name}":${object(members)}`
}

function summaryPointText(point: DecodedSummaryPoint): string {
  const quantiles = listMember('quantileValues', point.quantileValues, ({ quantile, value }) =>
    object(numberMember('quantile', quantile) + numberMember('value', value)),
  )
  return object(pointMembers(point) + longMember('count', point.count) + numberMember('sum', point.sum) + quantiles)
}

function exemplarText(exemplar: DecodedExemplar): string {
  return object(
    listMember('filteredAttributes', exemplar.filteredAttributes, attributeText) +
      longMember('timeUnixNano', exemplar.timeUnixNano) +
      numberOrLongMember(exemplar.value) +
      hexMember('spanId', exemplar.spanId) +
      hexMember('traceId', exemplar.traceId),
  )
}
