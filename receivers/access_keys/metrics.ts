import { type Attributes, type HrTime, ValueType } from '@opentelemetry/api'
import { resourceFromAttributes } from '@opentelemetry/resources'
import {
  AggregationTemporality,
  DataPointType,
  type MetricData,
  type ResourceMetrics,
} from '@opentelemetry/sdk-metrics'
import { accessKeyEventsMetric, actionTrailEventsMetric, type EventCount } from '../../src/detection/event-counts.ts'
import { version } from '../../src/version.ts'
import type { AccountKey } from './credential-report.ts'
import { keyAttributes, keyResource } from './findings.ts'
import type { KeyUsage } from './key-usage.ts'

const scope = { name: 'alibabacloud-otel-receiver/receivers/access_keys', version }

/** What is known of a key, for its gauges. */
export interface ObservedKey {
  readonly key: AccountKey
  /** Absent where it was not asked for. */
  readonly usage: KeyUsage | undefined
}

const gauges = {
  active: {
    name: 'alibabacloud.access_key.active',
    unit: '1',
    description: '1 for a key that works, 0 for one switched off',
  },
  age: { name: 'alibabacloud.access_key.age', unit: 's', description: 'Since the key was made or last rotated' },
  lastUsed: { name: 'alibabacloud.access_key.last_used.age', unit: 's', description: 'Since the last use of the key' },
  productLastUsed: {
    name: 'alibabacloud.access_key.product.last_used.age',
    unit: 's',
    description: 'Since the last use of the key with the product',
  },
  products: {
    name: 'alibabacloud.access_key.products',
    unit: '{product}',
    description: 'Products that the key was used with',
  },
  addresses: {
    name: 'alibabacloud.access_key.addresses',
    unit: '{address}',
    description: 'Addresses that the key was used from, as far as they were seen',
  },
} as const

type Gauge = keyof typeof gauges

/** The gauges of all keys at one time, a resource for each account. */
export function toKeyMetrics(observed: readonly ObservedKey[], atMs: number): ResourceMetrics[] {
  const accounts = Map.groupBy(observed, ({ key }) => JSON.stringify([...keyResource(key)]))
  return [...accounts.values()].flatMap((ofAccount) => {
    const [first] = ofAccount
    if (first === undefined) return []
    const points = new Map<Gauge, { attributes: Attributes; value: number }[]>()
    for (const each of ofAccount) addPoints(each, atMs, points)
    const metrics = [...points].map(
      ([gauge, values]): MetricData => ({
        descriptor: { ...gauges[gauge], valueType: ValueType.INT },
        dataPointType: DataPointType.GAUGE,
        // Not sent: a gauge has none.
        aggregationTemporality: AggregationTemporality.CUMULATIVE,
        dataPoints: values.map((value) => ({ ...value, startTime: notSet, endTime: toHrTime(atMs) })),
      }),
    )
    return [toResourceMetrics(keyResource(first.key), metrics)]
  })
}

function addPoints(
  { key, usage }: ObservedKey,
  atMs: number,
  points: Map<Gauge, { attributes: Attributes; value: number }[]>,
): void {
  const own = keyAttributes(key)
  const add = (gauge: Gauge, value: number, attributes: Attributes = own) => {
    const list = points.get(gauge) ?? []
    points.set(gauge, list)
    list.push({ attributes, value })
  }
  const ageSeconds = (sinceMs: number) => Math.max(0, Math.floor((atMs - sinceMs) / 1000))
  add('active', key.isActive ? 1 : 0)
  if (key.createdAtMs !== undefined) add('age', ageSeconds(key.createdAtMs))
  if (key.lastUsedAtMs !== undefined) add('lastUsed', ageSeconds(key.lastUsedAtMs))
  if (usage === undefined) return
  add('products', Object.keys(usage.products).length)
  add('addresses', Object.keys(usage.addresses).length)
  for (const [product, usedAtMs] of Object.entries(usage.products)) {
    add('productLastUsed', ageSeconds(usedAtMs), { ...own, 'alibabacloud.service.name': product })
  }
}

const countDescriptions = new Map([
  [actionTrailEventsMetric, 'Audit events, each once'],
  [accessKeyEventsMetric, 'Audit events of calls that an AccessKey signed, each once'],
])

/** The counts of the event stream as cumulative sums. */
export function toCountMetrics(counts: readonly EventCount[], startMs: number, atMs: number): ResourceMetrics[] {
  const byName = Map.groupBy(counts, ({ name }) => name)
  if (byName.size === 0) return []
  const metrics = [...byName].map(
    ([name, values]): MetricData => ({
      descriptor: { name, unit: '{event}', description: countDescriptions.get(name) ?? '', valueType: ValueType.INT },
      dataPointType: DataPointType.SUM,
      aggregationTemporality: AggregationTemporality.CUMULATIVE,
      isMonotonic: true,
      dataPoints: values.map(({ attributes, value }) => ({
        attributes,
        value,
        startTime: toHrTime(startMs),
        endTime: toHrTime(atMs),
      })),
    }),
  )
  return [toResourceMetrics(new Map([['service.name', 'actiontrail']]), metrics)]
}

function toResourceMetrics(attributes: ReadonlyMap<string, string>, metrics: MetricData[]): ResourceMetrics {
  const resource = resourceFromAttributes({ 'cloud.provider': 'alibaba_cloud', ...Object.fromEntries(attributes) })
  return { resource, scopeMetrics: [{ scope, metrics }] }
}

const notSet: HrTime = [0, 0]
const toHrTime = (unixMs: number): HrTime => [Math.floor(unixMs / 1000), (unixMs % 1000) * 1_000_000]
