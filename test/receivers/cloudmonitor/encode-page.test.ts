import { ProtobufMetricsSerializer } from '@opentelemetry/otlp-transformer'
import { describe, expect, it } from 'vitest'
import { loadCatalogue } from '../../../receivers/cloudmonitor/catalogue/catalogue.ts'
import { PageEncoder, type PointGroup } from '../../../receivers/cloudmonitor/encode-page.ts'
import { selectQueries } from '../../../receivers/cloudmonitor/selection.ts'
import { toResourceMetrics } from '../../../src/exporters/sdk-metric-adapter.ts'
import { decodeMetrics } from '../../../src/otlp/decode.ts'
import { countItems, timeRangeOf } from '../../../src/otlp/walk.ts'
import { noProcessing } from '../../../src/pipeline/outlet.ts'

const catalogue = await loadCatalogue()
const [query] = selectQueries(
  [{ namespace: 'acs_ecs_dashboard', metrics: ['CPUUtilization'], trustsNames: true }],
  catalogue,
  0,
).queries
if (query === undefined) throw new Error('the catalogue has no CPUUtilization')
const startMs = Date.UTC(2026, 2, 2, 0, 1, 0, 7)

const group = (id: string, points: number): PointGroup => ({
  identity: { key: id, accountId: '1', region: undefined, instanceId: id, attributes: [], pointAttributes: {} },
  item: {
    id,
    type: 'ACS::ECS::Instance',
    name: 'näme 中🙂',
    region: 'cn-beijing',
    addresses: ['10.0.0.1'],
    tags: [['team', 'web']],
  },
  metrics: new Map(
    [false, true].map((isSum) => [
      isSum ? 'Sum' : 'Average',
      {
        name: isSum ? 'a.sum' : 'a.average',
        isSum,
        points: Array.from({ length: points }, (_, index) => ({
          timestampMs: startMs + index * 60_000,
          value: index - 0.5,
          attributes: { device: `/dev/${'x'.repeat(index)}`, 'alibabacloud.period': 60 },
        })),
      },
    ]),
  ),
})

describe('PageEncoder', () => {
  it('writes what the official serializer writes of the same metrics', () => {
    const [payload] = new PageEncoder(noProcessing, 'tag.', 2 ** 20).encode([group('i-1', 3)], query)
    const bytes = payload?.bytes ?? new Uint8Array()
    const [metrics] = toResourceMetrics(bytes)
    const official = metrics && ProtobufMetricsSerializer.serializeRequest(metrics)
    expect(decodeMetrics(bytes)).toEqual(decodeMetrics(official ?? new Uint8Array()))
    const [resource] = decodeMetrics(bytes)
    expect(resource?.scopeMetrics[0]?.metrics).toMatchObject([
      { name: 'a.average', unit: '%', data: { kind: 'gauge', points: { length: 3 } } },
      { name: 'a.sum', data: { kind: 'sum', temporality: 1, monotonic: true } },
    ])
    const [sum] = resource?.scopeMetrics[0]?.metrics[1]?.data?.points ?? []
    expect(sum).toMatchObject({
      timeUnixNano: BigInt(startMs) * 1_000_000n,
      startTimeUnixNano: BigInt(startMs - 60_000) * 1_000_000n,
      value: -0.5,
    })
    expect(resource?.resource.attributes).toContainEqual({ key: 'tag.team', value: 'web' })
    expect(resource?.resource.attributes).toContainEqual({ key: 'alibabacloud.instance.name', value: 'näme 中🙂' })
  })

  it('cuts between instances and tells what each payload holds', () => {
    const encoder = new PageEncoder(noProcessing, '', 4000)
    const groups = ['i-1', 'i-2', 'i-3', 'i-4', 'i-5'].map((id) => group(id, id === 'i-3' ? 60 : 4))
    for (let round = 0; round < 2; round++) {
      const payloads = encoder.encode(groups, query)
      const ids = payloads.map(({ bytes }) =>
        decodeMetrics(bytes).map(
          ({ resource }) => resource.attributes.find(({ key }) => key === 'cloud.resource_id')?.value,
        ),
      )
      expect(ids.flat()).toEqual(['i-1', 'i-2', 'i-3', 'i-4', 'i-5'])
      expect(ids).toContainEqual(['i-3'])
      for (const { bytes, items, oldestUnixNano, newestUnixNano } of payloads) {
        expect(items).toBe(countItems('metrics', bytes))
        expect({ oldestUnixNano, newestUnixNano }).toEqual(timeRangeOf('metrics', bytes))
      }
    }
  })

  it('sets the attributes of the pipeline, and tells a changed inventory', () => {
    const encoder = new PageEncoder({ ...noProcessing, resourceAttributes: new Map([['team', 'db']]) }, '', 2 ** 20)
    const attributesOf = (it: PointGroup) => {
      const [payload] = encoder.encode([it], query)
      const [decoded] = decodeMetrics(payload?.bytes ?? new Uint8Array())
      return Object.fromEntries(decoded?.resource.attributes.map(({ key, value }) => [key, value]) ?? [])
    }
    const first = group('i-1', 1)
    expect(attributesOf(first)).toMatchObject({ team: 'db', 'cloud.region': 'cn-beijing' })
    expect(
      attributesOf({ ...first, item: { id: 'i-1', type: '', addresses: [], tags: [], name: 'renamed' } }),
    ).toMatchObject({
      'alibabacloud.instance.name': 'renamed',
    })
  })

  it('gives nothing where there is nothing', () => {
    expect(new PageEncoder(noProcessing, '', 2 ** 20).encode([], query)).toEqual([])
  })
})
