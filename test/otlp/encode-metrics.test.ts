import { resourceFromAttributes } from '@opentelemetry/resources'
import type { ResourceMetrics } from '@opentelemetry/sdk-metrics'
import { describe, expect, it } from 'vitest'
import { decodeMetrics } from '../../src/otlp/decode.ts'
import { encodeMetrics } from '../../src/otlp/encode-metrics.ts'
import { countItems, timeRangeOf } from '../../src/otlp/walk.ts'
import { noProcessing } from '../../src/pipeline/outlet.ts'
import { sampleMetrics, startSeconds } from './samples.ts'

const mebibyte = 2 ** 20
const metricsOf = (name: string, points: number): ResourceMetrics => ({
  ...sampleMetrics(points),
  resource: resourceFromAttributes({ 'cloud.resource_id': name, team: 'db' }, { schemaUrl: 'https://example.com/r' }),
})
const resourceIds = (bytes: Uint8Array) =>
  decodeMetrics(bytes).map(({ resource }) => resource.attributes.find(({ key }) => key === 'cloud.resource_id')?.value)

describe('encodeMetrics', () => {
  it('joins resources into one request, with the number of points and their exact times', () => {
    const [payload, ...others] = encodeMetrics([metricsOf('i-1', 3), metricsOf('i-2', 1)], noProcessing, mebibyte)
    if (payload === undefined) return expect.unreachable('no payload')
    expect(others).toEqual([])
    expect(resourceIds(payload.bytes)).toEqual(['i-1', 'i-2'])
    expect(payload.signal).toBe('metrics')
    expect(payload.items).toBe(16)
    expect(payload.items).toBe(countItems('metrics', payload.bytes))
    expect(payload.oldestUnixNano).toBe(BigInt(startSeconds + 60) * 1_000_000_000n + 2n)
    expect(payload.newestUnixNano).toBe(BigInt(startSeconds + 62) * 1_000_000_000n + 2n)
    const { oldestUnixNano, newestUnixNano } = payload
    expect(timeRangeOf('metrics', payload.bytes)).toEqual({ oldestUnixNano, newestUnixNano })
  })

  it('cuts between resources, and lets one that is larger than a payload stand alone', () => {
    const [one] = encodeMetrics([metricsOf('i-1', 1)], noProcessing, mebibyte)
    const maxBytes = 2 * (one?.bytes.length ?? 0)
    const metrics = [
      metricsOf('i-1', 1),
      metricsOf('i-2', 1),
      metricsOf('i-3', 1),
      metricsOf('i-4', 50),
      metricsOf('i-5', 1),
    ]
    const payloads = encodeMetrics(metrics, noProcessing, maxBytes)
    expect(payloads.map(({ bytes }) => resourceIds(bytes))).toEqual([['i-1', 'i-2'], ['i-3'], ['i-4'], ['i-5']])
    expect(payloads.map(({ items }) => items)).toEqual([8, 4, 200, 4])
    expect(payloads.map(({ bytes }) => bytes.length <= maxBytes)).toEqual([true, true, false, true])
  })

  it('sets the attributes of the pipeline over those of the resource, which keeps its own', () => {
    const metrics = metricsOf('i-1', 1)
    const processing = { ...noProcessing, resourceAttributes: new Map([['team', 'web']]) }
    const [payload] = encodeMetrics([metrics], processing, mebibyte)
    const [decoded] = decodeMetrics(payload?.bytes ?? new Uint8Array())
    expect(decoded?.resource.attributes).toEqual([
      { key: 'cloud.resource_id', value: 'i-1' },
      { key: 'team', value: 'web' },
    ])
    expect(decoded?.schemaUrl).toBe('https://example.com/r')
    expect(metrics.resource.attributes).toEqual({ 'cloud.resource_id': 'i-1', team: 'db' })
  })

  it('gives no payload where there is no data point', () => {
    expect(encodeMetrics([], noProcessing, mebibyte)).toEqual([])
    expect(encodeMetrics([metricsOf('i-1', 0)], noProcessing, mebibyte)).toEqual([])
  })
})
