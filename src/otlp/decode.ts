import { ProtobufError, ProtobufReader } from '../protobuf/reader.ts'

/**
 * A value as OTLP's AnyValue knows them, told apart by their JavaScript type: int64 is a `bigint`, double a `number`,
 * bytes a `Uint8Array`, a map has `pairs` (keys may repeat on the wire), no value at all is `null`.
 */
export type DecodedValue = null | string | boolean | bigint | number | Uint8Array | readonly DecodedValue[] | DecodedMap

export interface DecodedMap {
  readonly pairs: readonly DecodedAttribute[]
}

export interface DecodedAttribute {
  readonly key: string
  readonly value: DecodedValue
}

export interface DecodedResource {
  attributes: DecodedAttribute[]
  droppedAttributesCount: number
}

export interface DecodedScope {
  name: string
  version: string
  attributes: DecodedAttribute[]
  droppedAttributesCount: number
}

/** Times are nanoseconds since the epoch; 0 means unknown. */
export interface DecodedLogRecord {
  timeUnixNano: bigint
  observedTimeUnixNano: bigint
  severityNumber: number
  severityText: string
  body: DecodedValue
  attributes: DecodedAttribute[]
  droppedAttributesCount: number
  flags: number
  /** 16 bytes, or none. */
  traceId: Uint8Array
  /** 8 bytes, or none. */
  spanId: Uint8Array
  eventName: string
}

export interface DecodedScopeLogs {
  scope: DecodedScope
  logRecords: DecodedLogRecord[]
  schemaUrl: string
}

export interface DecodedResourceLogs {
  resource: DecodedResource
  scopeLogs: DecodedScopeLogs[]
  schemaUrl: string
}

export interface DecodedExemplar {
  filteredAttributes: DecodedAttribute[]
  timeUnixNano: bigint
  value: bigint | number | undefined
  spanId: Uint8Array
  traceId: Uint8Array
}

interface DecodedPoint {
  attributes: DecodedAttribute[]
  startTimeUnixNano: bigint
  timeUnixNano: bigint
  flags: number
}

export interface DecodedNumberPoint extends DecodedPoint {
  /** An integer is a `bigint`, a double a `number`. */
  value: bigint | number | undefined
  exemplars: DecodedExemplar[]
}

export interface DecodedHistogramPoint extends DecodedPoint {
  count: bigint
  sum: number | undefined
  min: number | undefined
  max: number | undefined
  bucketCounts: bigint[]
  explicitBounds: number[]
  exemplars: DecodedExemplar[]
}

export interface DecodedBuckets {
  offset: number
  bucketCounts: bigint[]
}

export interface DecodedExponentialHistogramPoint extends DecodedPoint {
  count: bigint
  sum: number | undefined
  min: number | undefined
  max: number | undefined
  scale: number
  zeroCount: bigint
  zeroThreshold: number
  positive: DecodedBuckets | undefined
  negative: DecodedBuckets | undefined
  exemplars: DecodedExemplar[]
}

export interface DecodedSummaryPoint extends DecodedPoint {
  count: bigint
  sum: number
  quantileValues: { quantile: number; value: number }[]
}

/** `temporality`: 0 unspecified, 1 delta, 2 cumulative. */
export type DecodedMetricData =
  | { kind: 'gauge'; points: DecodedNumberPoint[] }
  | { kind: 'sum'; points: DecodedNumberPoint[]; temporality: number; monotonic: boolean }
  | { kind: 'histogram'; points: DecodedHistogramPoint[]; temporality: number }
  | { kind: 'exponentialHistogram'; points: DecodedExponentialHistogramPoint[]; temporality: number }
  | { kind: 'summary'; points: DecodedSummaryPoint[] }

export interface DecodedMetric {
  name: string
  description: string
  unit: string
  metadata: DecodedAttribute[]
  /** Absent in a metric of a kind this reader does not know. */
  data: DecodedMetricData | undefined
}

export interface DecodedScopeMetrics {
  scope: DecodedScope
  metrics: DecodedMetric[]
  schemaUrl: string
}

export interface DecodedResourceMetrics {
  resource: DecodedResource
  scopeMetrics: DecodedScopeMetrics[]
  schemaUrl: string
}

/** Deeper nesting than any record has (receivers stop at 100); a hostile request must not use up the stack. */
const MAX_DEPTH = 128
const noBytes = new Uint8Array(0)

/**
 * Reads an `ExportLogsServiceRequest`. Fields this release does not know are passed over. Byte values are views.
 * @throws {ProtobufError} when the bytes are no such message
 */
export function decodeLogs(bytes: Uint8Array): DecodedResourceLogs[] {
  return readRepeated(new ProtobufReader(bytes), 1, readResourceLogs)
}

/**
 * Reads an `ExportMetricsServiceRequest`, as `decodeLogs` does for logs.
 * @throws {ProtobufError} when the bytes are no such message
 */
export function decodeMetrics(bytes: Uint8Array): DecodedResourceMetrics[] {
  return readRepeated(new ProtobufReader(bytes), 1, readResourceMetrics)
}

/**
 * Reads one `KeyValue`, which lies between `start` and `end`. Byte values are views.
 * @throws {ProtobufError} when the bytes are no such message
 */
export function decodeAttribute(bytes: Uint8Array, start: number, end: number): DecodedAttribute {
  return readAttribute(new ProtobufReader(bytes, start, end), 0)
}

/**
 * Reads one `AnyValue`, which lies between `start` and `end`. Byte values are views.
 * @throws {ProtobufError} when the bytes are no such message
 */
export function decodeValue(bytes: Uint8Array, start: number, end: number): DecodedValue {
  return readValue(new ProtobufReader(bytes, start, end), 0)
}

/**
 * Reads a `Resource`.
 * @throws {ProtobufError} when the bytes are no such message
 */
export function decodeResource(bytes: Uint8Array): DecodedResource {
  const resource = emptyResource()
  readResource(new ProtobufReader(bytes), resource)
  return resource
}

// ---------------------------------------------------------------------------------------------------------- logs

function readResourceLogs(reader: ProtobufReader): DecodedResourceLogs {
  const into: DecodedResourceLogs = { resource: emptyResource(), scopeLogs: [], schemaUrl: '' }
  for (let field = reader.field(); field !== 0; field = reader.field()) {
    if (field === 1) readResource(reader.nested(), into.resource)
    else if (field === 2) into.scopeLogs.push(readScopeLogs(reader.nested()))
    else if (field === 3) into.schemaUrl = reader.string()
    else reader.skip()
  }
  return into
}

function readScopeLogs(reader: ProtobufReader): DecodedScopeLogs {
  const into: DecodedScopeLogs = { scope: emptyScope(), logRecords: [], schemaUrl: '' }
  for (let field = reader.field(); field !== 0; field = reader.field()) {
    if (field === 1) readScope(reader.nested(), into.scope)
    else if (field === 2) into.logRecords.push(readLogRecord(reader.nested()))
    else if (field === 3) into.schemaUrl = reader.string()
    else reader.skip()
  }
  return into
}

function readLogRecord(reader: ProtobufReader): DecodedLogRecord {
  const into: DecodedLogRecord = {
    timeUnixNano: 0n,
    observedTimeUnixNano: 0n,
    severityNumber: 0,
    severityText: '',
    body: null,
    attributes: [],
    droppedAttributesCount: 0,
    flags: 0,
    traceId: noBytes,
    spanId: noBytes,
    eventName: '',
  }
  for (let field = reader.field(); field !== 0; field = reader.field()) {
    if (field === 1) into.timeUnixNano = readFixed64(reader)
    else if (field === 2) into.severityNumber = readVarint(reader)
    else if (field === 3) into.severityText = reader.string()
    else if (field === 5) into.body = readValue(reader.nested(), 0)
    else if (field === 6) into.attributes.push(readAttribute(reader.nested(), 0))
    else if (field === 7) into.droppedAttributesCount = readVarint(reader)
    else if (field === 8) into.flags = readFixed32(reader)
    else if (field === 9) into.traceId = reader.bytes()
    else if (field === 10) into.spanId = reader.bytes()
    else if (field === 11) into.observedTimeUnixNano = readFixed64(reader)
    else if (field === 12) into.eventName = reader.string()
    else reader.skip()
  }
  return into
}

// ------------------------------------------------------------------------------------------------------- metrics

function readResourceMetrics(reader: ProtobufReader): DecodedResourceMetrics {
  const into: DecodedResourceMetrics = { resource: emptyResource(), scopeMetrics: [], schemaUrl: '' }
  for (let field = reader.field(); field !== 0; field = reader.field()) {
    if (field === 1) readResource(reader.nested(), into.resource)
    else if (field === 2) into.scopeMetrics.push(readScopeMetrics(reader.nested()))
    else if (field === 3) into.schemaUrl = reader.string()
    else reader.skip()
  }
  return into
}

function readScopeMetrics(reader: ProtobufReader): DecodedScopeMetrics {
  const into: DecodedScopeMetrics = { scope: emptyScope(), metrics: [], schemaUrl: '' }
  for (let field = reader.field(); field !== 0; field = reader.field()) {
    if (field === 1) readScope(reader.nested(), into.scope)
    else if (field === 2) into.metrics.push(readMetric(reader.nested()))
    else if (field === 3) into.schemaUrl = reader.string()
    else reader.skip()
  }
  return into
}

function readMetric(reader: ProtobufReader): DecodedMetric {
  const into: DecodedMetric = { name: '', description: '', unit: '', metadata: [], data: undefined }
  for (let field = reader.field(); field !== 0; field = reader.field()) {
    if (field === 1) into.name = reader.string()
    else if (field === 2) into.description = reader.string()
    else if (field === 3) into.unit = reader.string()
    else if (field === 5) into.data = mergeData(into.data, readGauge(reader.nested()))
    else if (field === 7) into.data = mergeData(into.data, readSum(reader.nested()))
    else if (field === 9) into.data = mergeData(into.data, readHistogram(reader.nested()))
    else if (field === 10) into.data = mergeData(into.data, readExponentialHistogram(reader.nested()))
    else if (field === 11) into.data = mergeData(into.data, readSummary(reader.nested()))
    else if (field === 12) into.metadata.push(readAttribute(reader.nested(), 0))
    else reader.skip()
  }
  return into
}

/** Protobuf: the same member of a oneof sent twice is one message with both lists; another member replaces it. */
function mergeData(before: DecodedMetricData | undefined, data: DecodedMetricData): DecodedMetricData {
  if (before?.kind !== data.kind) return data
  return { ...data, points: [...before.points, ...data.points] } as DecodedMetricData
}

function readGauge(reader: ProtobufReader): DecodedMetricData {
  return { kind: 'gauge', points: readRepeated(reader, 1, readNumberPoint) }
}

function readSummary(reader: ProtobufReader): DecodedMetricData {
  return { kind: 'summary', points: readRepeated(reader, 1, readSummaryPoint) }
}

function readSum(reader: ProtobufReader): DecodedMetricData {
  const points: DecodedNumberPoint[] = []
  let temporality = 0
  let monotonic = false
  for (let field = reader.field(); field !== 0; field = reader.field()) {
    if (field === 1) points.push(readNumberPoint(reader.nested()))
    else if (field === 2) temporality = readVarint(reader)
    else if (field === 3) monotonic = readVarint(reader) !== 0
    else reader.skip()
  }
  return { kind: 'sum', points, temporality, monotonic }
}

function readHistogram(reader: ProtobufReader): DecodedMetricData {
  return { kind: 'histogram', ...readPointsAndTemporality(reader, readHistogramPoint) }
}

function readExponentialHistogram(reader: ProtobufReader): DecodedMetricData {
  return { kind: 'exponentialHistogram', ...readPointsAndTemporality(reader, readExponentialHistogramPoint) }
}

function readPointsAndTemporality<Point>(reader: ProtobufReader, readPoint: (reader: ProtobufReader) => Point) {
  const points: Point[] = []
  let temporality = 0
  for (let field = reader.field(); field !== 0; field = reader.field()) {
    if (field === 1) points.push(readPoint(reader.nested()))
    else if (field === 2) temporality = readVarint(reader)
    else reader.skip()
  }
  return { points, temporality }
}

function emptyPoint(): DecodedPoint {
  return { attributes: [], startTimeUnixNano: 0n, timeUnixNano: 0n, flags: 0 }
}

function readNumberPoint(reader: ProtobufReader): DecodedNumberPoint {
  const into: DecodedNumberPoint = { ...emptyPoint(), value: undefined, exemplars: [] }
  for (let field = reader.field(); field !== 0; field = reader.field()) {
    if (field === 2) into.startTimeUnixNano = readFixed64(reader)
    else if (field === 3) into.timeUnixNano = readFixed64(reader)
    else if (field === 4) into.value = readDouble(reader)
    else if (field === 5) into.exemplars.push(readExemplar(reader.nested()))
    else if (field === 6) into.value = BigInt.asIntN(64, readFixed64(reader))
    else if (field === 7) into.attributes.push(readAttribute(reader.nested(), 0))
    else if (field === 8) into.flags = readVarint(reader)
    else reader.skip()
  }
  return into
}

function readHistogramPoint(reader: ProtobufReader): DecodedHistogramPoint {
  const into: DecodedHistogramPoint = {
    ...emptyPoint(),
    count: 0n,
    sum: undefined,
    min: undefined,
    max: undefined,
    bucketCounts: [],
    explicitBounds: [],
    exemplars: [],
  }
  for (let field = reader.field(); field !== 0; field = reader.field()) {
    if (field === 2) into.startTimeUnixNano = readFixed64(reader)
    else if (field === 3) into.timeUnixNano = readFixed64(reader)
    else if (field === 4) into.count = readFixed64(reader)
    else if (field === 5) into.sum = readDouble(reader)
    else if (field === 6) readPacked(reader, into.bucketCounts, readFixed64, 1)
    else if (field === 7) readPacked(reader, into.explicitBounds, readDouble, 1)
    else if (field === 8) into.exemplars.push(readExemplar(reader.nested()))
    else if (field === 9) into.attributes.push(readAttribute(reader.nested(), 0))
    else if (field === 10) into.flags = readVarint(reader)
    else if (field === 11) into.min = readDouble(reader)
    else if (field === 12) into.max = readDouble(reader)
    else reader.skip()
  }
  return into
}

function readExponentialHistogramPoint(reader: ProtobufReader): DecodedExponentialHistogramPoint {
  const into: DecodedExponentialHistogramPoint = {
    ...emptyPoint(),
    count: 0n,
    sum: undefined,
    min: undefined,
    max: undefined,
    scale: 0,
    zeroCount: 0n,
    zeroThreshold: 0,
    positive: undefined,
    negative: undefined,
    exemplars: [],
  }
  for (let field = reader.field(); field !== 0; field = reader.field()) {
    if (field === 1) into.attributes.push(readAttribute(reader.nested(), 0))
    else if (field === 2) into.startTimeUnixNano = readFixed64(reader)
    else if (field === 3) into.timeUnixNano = readFixed64(reader)
    else if (field === 4) into.count = readFixed64(reader)
    else if (field === 5) into.sum = readDouble(reader)
    else if (field === 6) into.scale = readZigZag(reader)
    else if (field === 7) into.zeroCount = readFixed64(reader)
    else if (field === 8) into.positive = readBuckets(reader.nested())
    else if (field === 9) into.negative = readBuckets(reader.nested())
    else if (field === 10) into.flags = readVarint(reader)
    else if (field === 11) into.exemplars.push(readExemplar(reader.nested()))
    else if (field === 12) into.min = readDouble(reader)
    else if (field === 13) into.max = readDouble(reader)
    else if (field === 14) into.zeroThreshold = readDouble(reader)
    else reader.skip()
  }
  return into
}

function readBuckets(reader: ProtobufReader): DecodedBuckets {
  const into: DecodedBuckets = { offset: 0, bucketCounts: [] }
  for (let field = reader.field(); field !== 0; field = reader.field()) {
    if (field === 1) into.offset = readZigZag(reader)
    else if (field === 2) readPacked(reader, into.bucketCounts, readUint64, 0)
    else reader.skip()
  }
  return into
}

function readSummaryPoint(reader: ProtobufReader): DecodedSummaryPoint {
  const into: DecodedSummaryPoint = { ...emptyPoint(), count: 0n, sum: 0, quantileValues: [] }
  for (let field = reader.field(); field !== 0; field = reader.field()) {
    if (field === 2) into.startTimeUnixNano = readFixed64(reader)
    else if (field === 3) into.timeUnixNano = readFixed64(reader)
    else if (field === 4) into.count = readFixed64(reader)
    else if (field === 5) into.sum = readDouble(reader)
    else if (field === 6) into.quantileValues.push(readQuantile(reader.nested()))
    else if (field === 7) into.attributes.push(readAttribute(reader.nested(), 0))
    else if (field === 8) into.flags = readVarint(reader)
    else reader.skip()
  }
  return into
}

function readQuantile(reader: ProtobufReader): { quantile: number; value: number } {
  const into = { quantile: 0, value: 0 }
  for (let field = reader.field(); field !== 0; field = reader.field()) {
    if (field === 1) into.quantile = readDouble(reader)
    else if (field === 2) into.value = readDouble(reader)
    else reader.skip()
  }
  return into
}

function readExemplar(reader: ProtobufReader): DecodedExemplar {
  const into: DecodedExemplar = {
    filteredAttributes: [],
    timeUnixNano: 0n,
    value: undefined,
    spanId: noBytes,
    traceId: noBytes,
  }
  for (let field = reader.field(); field !== 0; field = reader.field()) {
    if (field === 2) into.timeUnixNano = readFixed64(reader)
    else if (field === 3) into.value = readDouble(reader)
    else if (field === 4) into.spanId = reader.bytes()
    else if (field === 5) into.traceId = reader.bytes()
    else if (field === 6) into.value = BigInt.asIntN(64, readFixed64(reader))
    else if (field === 7) into.filteredAttributes.push(readAttribute(reader.nested(), 0))
    else reader.skip()
  }
  return into
}

// -------------------------------------------------------------------------------------------------------- common

function emptyResource(): DecodedResource {
  return { attributes: [], droppedAttributesCount: 0 }
}

function emptyScope(): DecodedScope {
  return { name: '', version: '', attributes: [], droppedAttributesCount: 0 }
}

function readResource(reader: ProtobufReader, into: DecodedResource): void {
  for (let field = reader.field(); field !== 0; field = reader.field()) {
    if (field === 1) into.attributes.push(readAttribute(reader.nested(), 0))
    else if (field === 2) into.droppedAttributesCount = readVarint(reader)
    else reader.skip()
  }
}

function readScope(reader: ProtobufReader, into: DecodedScope): void {
  for (let field = reader.field(); field !== 0; field = reader.field()) {
    if (field === 1) into.name = reader.string()
    else if (field === 2) into.version = reader.string()
    else if (field === 3) into.attributes.push(readAttribute(reader.nested(), 0))
    else if (field === 4) into.droppedAttributesCount = readVarint(reader)
    else reader.skip()
  }
}

function readAttribute(reader: ProtobufReader, depth: number): DecodedAttribute {
  let key = ''
  let value: DecodedValue = null
  for (let field = reader.field(); field !== 0; field = reader.field()) {
    if (field === 1) key = reader.string()
    else if (field === 2) value = readValue(reader.nested(), depth + 1)
    else reader.skip()
  }
  return { key, value }
}

function readValue(reader: ProtobufReader, depth: number): DecodedValue {
  if (depth > MAX_DEPTH) throw new ProtobufError('Value nested too deeply', reader.position)
  let value: DecodedValue = null
  for (let field = reader.field(); field !== 0; field = reader.field()) {
    if (field === 1) value = reader.string()
    else if (field === 2) value = readVarint(reader) !== 0
    else if (field === 3) value = readInt64(reader)
    else if (field === 4) value = readDouble(reader)
    else if (field === 5) value = readRepeated(reader.nested(), 1, (item) => readValue(item, depth + 1))
    else if (field === 6) value = { pairs: readRepeated(reader.nested(), 1, (pair) => readAttribute(pair, depth)) }
    else if (field === 7) value = reader.bytes()
    else reader.skip()
  }
  return value
}

function readRepeated<Item>(reader: ProtobufReader, number: number, read: (item: ProtobufReader) => Item): Item[] {
  const items: Item[] = []
  for (let field = reader.field(); field !== 0; field = reader.field()) {
    if (field === number) items.push(read(reader.nested()))
    else reader.skip()
  }
  return items
}

/** Numbers of a repeated field: packed into one run of bytes, or one by one. */
function readPacked<Item>(
  reader: ProtobufReader,
  into: Item[],
  read: (from: ProtobufReader) => Item,
  wireType: number,
): void {
  if (reader.wireType !== 2) {
    into.push(read(reader))
    return
  }
  const run = reader.nested()
  run.wireType = wireType
  while (run.position < run.end) into.push(read(run))
}

function expectWireType(reader: ProtobufReader, wireType: number): void {
  if (reader.wireType !== wireType) {
    throw new ProtobufError(`Wire type ${reader.wireType} where ${wireType} is expected`, reader.position)
  }
}

function readVarint(reader: ProtobufReader): number {
  expectWireType(reader, 0)
  return reader.varint()
}

function readInt64(reader: ProtobufReader): bigint {
  expectWireType(reader, 0)
  return reader.varint64()
}

function readUint64(reader: ProtobufReader): bigint {
  return BigInt.asUintN(64, readInt64(reader))
}

function readZigZag(reader: ProtobufReader): number {
  const coded = readVarint(reader)
  return coded % 2 === 0 ? coded / 2 : -(coded + 1) / 2
}

function readFixed32(reader: ProtobufReader): number {
  expectWireType(reader, 5)
  return reader.fixed32()
}

function readFixed64(reader: ProtobufReader): bigint {
  expectWireType(reader, 1)
  return reader.fixed64()
}

function readDouble(reader: ProtobufReader): number {
  expectWireType(reader, 1)
  return reader.double()
}
