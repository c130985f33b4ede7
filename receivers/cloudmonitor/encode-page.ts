import {
  type AttributeKey,
  attributeKey,
  LIST_ENTRY,
  type SimpleValue,
  writeValue,
} from '../../src/otlp/attribute-bytes.ts'
import { encodeScope } from '../../src/otlp/encode-log.ts'
import type { Processing } from '../../src/pipeline/outlet.ts'
import type { Payload } from '../../src/pipeline/payload.ts'
import { ProtobufWriter } from '../../src/protobuf/writer.ts'
import { version } from '../../src/version.ts'
import type { CatalogueNamespace } from './catalogue/catalogue.ts'
import { type InventoryItem, type PointIdentity, resourceAttributes } from './identity.ts'
import type { MetricQuery } from './selection.ts'

/** New points of one instance, by statistic. */
export interface PointGroup {
  readonly identity: PointIdentity
  readonly item: InventoryItem | undefined
  readonly metrics: Map<string, StatisticPoints>
}

/** Points of one statistic: one OTLP metric. */
export interface StatisticPoints {
  readonly name: string
  /** An amount of a period, as a delta sum; else a gauge. */
  readonly isSum: boolean
  readonly points: NumberPoint[]
}

export interface NumberPoint {
  readonly timestampMs: number
  readonly value: number
  readonly attributes: Readonly<Record<string, string | number>>
}

export const scopeName = 'alibabacloud-otel-receiver/receivers/cloudmonitor'
export const scopeFormat = 'alibabacloud.cloudmonitor'

// Whole tag bytes, opentelemetry/proto/metrics/v1/metrics.proto.
const REQUEST_RESOURCE_METRICS = 0x0a
const RESOURCE = 0x0a
const SCOPE_METRICS = 0x12
const SCOPE = 0x0a
const METRIC = 0x12
const METRIC_NAME = 0x0a
const METRIC_DESCRIPTION = 0x12
const METRIC_UNIT = 0x1a
const METRIC_GAUGE = 0x2a
const METRIC_SUM = 0x3a
const DATA_POINT = 0x0a
const SUM_TEMPORALITY = 0x10
const SUM_IS_MONOTONIC = 0x18
const POINT_START_TIME = 0x11
const POINT_TIME = 0x19
const POINT_DOUBLE = 0x21
const POINT_ATTRIBUTE = 0x3a
const DELTA = 1

const NANOS_PER_MILLISECOND = 1_000_000n
/** Resources that are remembered in bytes; past this all are forgotten and made anew. */
const maxResources = 32_768

/**
 * Writes the points of pages as OTLP, for one outlet. The official serializer does the same, but takes one resource at a
 * time and makes so many objects that an account of 200,000 series needs 400 MB; here resources and the heads of metrics
 * are bytes that are copied.
 */
export class PageEncoder {
  private readonly processing: Processing
  private readonly tagPrefix: string
  private readonly maxPayloadBytes: number
  private readonly out = new ProtobufWriter(64 * 1024)
  private readonly scope: Uint8Array
  private readonly keys = new Map<string, AttributeKey>()
  private readonly heads = new WeakMap<MetricQuery, Map<string, Uint8Array>>()
  private readonly resources = new Map<
    string,
    { readonly item: InventoryItem | undefined; readonly bytes: Uint8Array }
  >()
  /** Of the page in the making: it has few different times. */
  private readonly times = new Map<number, bigint>()
  private payloads: Payload[] = []
  private items = 0
  private oldestMs = Number.POSITIVE_INFINITY
  private newestMs = 0

  /** @param maxPayloadBytes payloads are cut between instances, so that none is larger; a larger instance stands alone */
  constructor(processing: Processing, tagPrefix: string, maxPayloadBytes: number) {
    this.processing = processing
    this.tagPrefix = tagPrefix
    this.maxPayloadBytes = maxPayloadBytes
    this.scope = encodeScope(scopeName, version, [['encoding.format', scopeFormat]])
  }

  encode(groups: readonly PointGroup[], query: MetricQuery): Payload[] {
    this.payloads = []
    this.times.clear()
    for (const group of groups) this.add(group, query)
    this.finish()
    return this.payloads
  }

  private add(group: PointGroup, query: MetricQuery): void {
    const { out } = this
    const start = out.length
    const resourceMetrics = out.begin(REQUEST_RESOURCE_METRICS, 3)
    out.bytesField(RESOURCE, this.resourceOf(group, query.namespace))
    const scopeMetrics = out.begin(SCOPE_METRICS, 3)
    out.bytesField(SCOPE, this.scope)
    let oldestMs = Number.POSITIVE_INFINITY
    let newestMs = 0
    let items = 0
    for (const [statistic, { name, isSum, points }] of group.metrics) {
      const metric = out.begin(METRIC)
      out.raw(this.headOf(statistic, name, query))
      const data = out.begin(isSum ? METRIC_SUM : METRIC_GAUGE)
      for (const point of points) {
        this.writePoint(point, isSum ? query.periodSeconds * 1000 : undefined)
        if (point.timestampMs < oldestMs) oldestMs = point.timestampMs
        if (point.timestampMs > newestMs) newestMs = point.timestampMs
      }
      if (isSum) {
        out.byte(SUM_TEMPORALITY)
        out.byte(DELTA)
        out.byte(SUM_IS_MONOTONIC)
        out.byte(1)
      }
      out.end(data)
      out.end(metric)
      items += points.length
    }
    out.end(scopeMetrics, 3)
    out.end(resourceMetrics, 3)
    if (start > 0 && out.length > this.maxPayloadBytes) this.finishBefore(start)
    this.items += items
    this.oldestMs = Math.min(this.oldestMs, oldestMs)
    this.newestMs = Math.max(this.newestMs, newestMs)
  }

  private writePoint({ timestampMs, value, attributes }: NumberPoint, periodMs: number | undefined): void {
    const { out } = this
    const point = out.begin(DATA_POINT, 1)
    if (periodMs !== undefined) {
      out.byte(POINT_START_TIME)
      out.fixed64(this.unixNano(timestampMs - periodMs))
    }
    out.byte(POINT_TIME)
    out.fixed64(this.unixNano(timestampMs))
    out.byte(POINT_DOUBLE)
    out.double(value)
    for (const name in attributes) this.writeAttribute(POINT_ATTRIBUTE, name, attributes[name] ?? '')
    out.end(point, 1)
  }

  private writeAttribute(tag: number, name: string, value: SimpleValue, out = this.out): void {
    let key = this.keys.get(name)
    if (key === undefined) {
      key = attributeKey(name)
      this.keys.set(name, key)
    }
    writeValue(out, tag, key, value)
  }

  private resourceOf({ identity, item }: PointGroup, namespace: CatalogueNamespace): Uint8Array {
    const key = `${namespace.namespace}\0${identity.key}`
    const known = this.resources.get(key)
    // Each refresh of the inventory makes its items anew.
    if (known !== undefined && known.item === item) return known.bytes
    if (this.resources.size >= maxResources) this.resources.clear()
    const attributes: Record<string, SimpleValue> = resourceAttributes(identity, namespace, item, this.tagPrefix)
    for (const [name, value] of this.processing.resourceAttributes) attributes[name] = value
    const out = new ProtobufWriter(1024)
    for (const [name, value] of Object.entries(attributes)) this.writeAttribute(LIST_ENTRY, name, value, out)
    const bytes = out.toBytes()
    this.resources.set(key, { item, bytes })
    return bytes
  }

  /** Name, description and unit of a metric. */
  private headOf(statistic: string, name: string, query: MetricQuery): Uint8Array {
    const heads = this.heads.get(query) ?? new Map<string, Uint8Array>()
    this.heads.set(query, heads)
    let head = heads.get(statistic)
    if (head === undefined) {
      const { description, unit } = query.metric
      const out = new ProtobufWriter(256)
      out.stringField(METRIC_NAME, name)
      if (description !== '') out.stringField(METRIC_DESCRIPTION, description)
      if (unit !== '') out.stringField(METRIC_UNIT, unit)
      head = out.toBytes()
      heads.set(statistic, head)
    }
    return head
  }

  private unixNano(unixMs: number): bigint {
    let nanos = this.times.get(unixMs)
    if (nanos === undefined) {
      nanos = BigInt(unixMs) * NANOS_PER_MILLISECOND
      this.times.set(unixMs, nanos)
    }
    return nanos
  }

  /** Makes a payload of what lies before `start`, and goes on with what lies behind it. */
  private finishBefore(start: number): void {
    const { out } = this
    const end = out.length
    out.length = start
    this.pushPayload()
    out.buffer.copyWithin(0, start, end)
    out.length = end - start
  }

  private finish(): void {
    if (this.out.length > 0) this.pushPayload()
    this.out.reset()
  }

  private pushPayload(): void {
    this.payloads.push({
      signal: 'metrics',
      bytes: this.out.toBytes(),
      items: this.items,
      oldestUnixNano: this.unixNano(this.oldestMs),
      newestUnixNano: this.unixNano(this.newestMs),
    })
    this.items = 0
    this.oldestMs = Number.POSITIVE_INFINITY
    this.newestMs = 0
  }
}
