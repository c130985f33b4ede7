import { JsonLogsSerializer, JsonMetricsSerializer } from '@opentelemetry/otlp-transformer'
import { describe, expect, it } from 'vitest'
import { parseLogsJson, parseMetricsJson } from '../../simulator/otlp/json-request.ts'
import { decodeLogs, decodeMetrics } from '../../src/otlp/decode.ts'
import { logsToJson, metricsToJson, requestToJson } from '../../src/otlp/json.ts'
import { logsPayload, metricsPayload, sampleMetrics, sampleRecords } from './samples.ts'

describe('requestToJson', () => {
  it('writes the log records that the official JSON serializer writes', () => {
    const theirs = JSON.parse(Buffer.from(JsonLogsSerializer.serializeRequest(sampleRecords(5)) ?? []).toString())
    const ours = JSON.parse(requestToJson('logs', logsPayload(5).bytes))
    expect(ours).toEqual(likeOurs(theirs))
  })

  it('writes the metrics that the official JSON serializer writes', () => {
    const theirs = JSON.parse(Buffer.from(JsonMetricsSerializer.serializeRequest(sampleMetrics(2)) ?? []).toString())
    const ours = JSON.parse(requestToJson('metrics', metricsPayload(2).bytes))
    expect(ours).toEqual(likeOurs(theirs))
  })

  it('is read back as the same request', () => {
    const logs = decodeLogs(logsPayload(5).bytes)
    expect(parseLogsJson(Buffer.from(logsToJson(logs)))).toEqual(logs)
    const metrics = decodeMetrics(metricsPayload(3).bytes)
    expect(parseMetricsJson(Buffer.from(metricsToJson(metrics)))).toEqual(metrics)
  })

  it('keeps all digits of 64-bit integers, and numbers that JSON has no form for', () => {
    const scope = { name: '', version: '', attributes: [], droppedAttributesCount: 0 }
    const resource = {
      attributes: [
        { key: 'long', value: 9_223_372_036_854_775_807n },
        { key: 'not', value: Number.NaN },
        { key: 'infinite', value: Number.NEGATIVE_INFINITY },
        { key: 'line\nbreak"', value: 'tab\t' },
      ],
      droppedAttributesCount: 0,
    }
    expect(logsToJson([{ resource, scopeLogs: [{ scope, logRecords: [], schemaUrl: '' }], schemaUrl: '' }])).toBe(
      '{"resourceLogs":[{"resource":{"attributes":[{"key":"long","value":{"intValue":"9223372036854775807"}},' +
        '{"key":"not","value":{"doubleValue":"NaN"}},{"key":"infinite","value":{"doubleValue":"-Infinity"}},' +
        '{"key":"line\\nbreak\\"","value":{"stringValue":"tab\\t"}}]},"scopeLogs":[{"scope":{},"logRecords":[]}]}]}',
    )
  })
})

const longs = new Set(['intValue', 'asInt', 'count', 'zeroCount', 'bucketCounts'])

/**
 * Their JSON without its differences from the specification's own mapping: they write 64-bit integers as numbers, fields
 * that have their default value, and a `schemaUrl` inside the resource, where the protocol has no such field.
 */
function likeOurs(value: unknown, name = ''): unknown {
  if (Array.isArray(value)) return value.map((item) => likeOurs(item, name))
  if (typeof value === 'number' && longs.has(name)) return String(value)
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value).filter(
    ([key, member]) =>
      !(name === 'resource' && key === 'schemaUrl') &&
      !(['droppedAttributesCount', 'offset'].includes(key) && member === 0) &&
      !(Array.isArray(member) && member.length === 0),
  )
  return Object.fromEntries(kept.map(([key, member]) => [key, likeOurs(member, key)]))
}
