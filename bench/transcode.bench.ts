/**
 * How much faster does a flat log go through the compiled plan than through objects?
 *
 * `clb-access` records of the simulator's traffic, in pages as SLS sends them. The stock way is what a careful
 * implementation with the SDK does: decode the protobuf to objects, map the fields to typed attributes, serialize
 * `ReadableLogRecord`s with `ProtobufLogsSerializer`; grouped by the same resources. `--records N` (default 100 000).
 */
import { deepEqual } from 'node:assert/strict'
import { type HeapProfiler, Session } from 'node:inspector/promises'
import { parseArgs } from 'node:util'
import { ProtobufLogsSerializer } from '@opentelemetry/otlp-transformer'
import { type Resource, resourceFromAttributes } from '@opentelemetry/resources'
import type { ReadableLogRecord } from '@opentelemetry/sdk-logs'
import { createPageConverter } from '../receivers/sls/convert.ts'
import { clbAccess } from '../receivers/sls/kinds/clb-access.ts'
import { startSimulator } from '../simulator/simulator.ts'
import { decodeLogGroupList } from '../src/alibaba/sls/log-group.ts'
import { freeBytes } from '../src/free-bytes.ts'
import { type DecodedAttribute, decodeLogs } from '../src/otlp/decode.ts'
import type { Processor } from '../src/pipeline/component.ts'
import { noProcessing, type Processing } from '../src/pipeline/outlet.ts'
import { filterProcessor } from '../src/pipeline/processors/filter.ts'
import { redactionProcessor } from '../src/pipeline/processors/redaction.ts'
import { median, printTable } from './table.ts'

const { values } = parseArgs({ options: { records: { type: 'string' } } })
const records = Number(values.records ?? 100_000)
const rounds = 5
const pages = await readPages()
const rawBytes = pages.reduce((sum, page) => sum + page.length, 0)

const fields = new Map(
  clbAccess.fields.map((field) => {
    const first = Array.isArray(field.to) ? field.to[0] : field.to
    const target: string = typeof first === 'string' ? first : (first?.attribute ?? field.name)
    return [
      field.name,
      {
        target,
        isNumber: field.type === 'int' || field.type === 'double',
        isHeader: target.startsWith('http.request.header.'),
        isList: field.list === true,
        redactQuery: field.redactQuery === true,
        whole: field.whole ?? `alibabacloud.slb.${field.name}`,
      },
    ] as const
  }),
)
const secretParameter = /((?:^|[?&;])(?:x-oss-)?(?:signature|security-token|sig|(?:access_)?token|password)=)[^&;]*/gi
const instrumentationScope = { name: 'stock', version: '1' }

const converter = createPageConverter({ kind: 'auto', body: 'none', serviceName: '', maxPayloadBytes: 2 ** 21 })
const firstGroupNumber = 1_447_329_401_102_130_904n
const source = {
  project: 'web-prod',
  region: 'cn-hangzhou',
  logstore: 'slb-access',
  shardId: 0,
  firstGroupNumber,
  startCursor: 'MTQ0NzMyOTQwMTEwMjEzMDkwNA==',
}

const observedTimeUnixNano = 1_772_410_540_000_000_000n
const filter = filterProcessor.create(
  filterProcessor.schema.parse({ drop: ['severity < INFO', 'attributes["alibabacloud.request.duration"] > 5'] }),
)
const redaction = redactionProcessor.create(
  redactionProcessor.schema.parse({
    rules: [
      { keys: ['client.address'], action: 'hash' },
      { keys: ['url.query'], action: 'mask' },
      { keys: ['user_agent.original'], action: 'drop' },
    ],
    hash_key: 'bench',
  }),
)
const processingOf = (...processors: Processor[]): Processing => ({
  ...noProcessing,
  steps: processors.flatMap((each) => (each.role === 'record' ? [each.step] : [])),
})
const filtered = processingOf(filter)
const redacted = processingOf(filter, redaction)
const ways: readonly Way[] = [
  { name: 'objects + ProtobufLogsSerializer', convert: stockWay },
  {
    name: 'compiled plan',
    convert: (page) => planWay(page),
  },
  { name: 'compiled plan, with a filter', convert: (page) => planWay(page, filtered) },
  { name: 'compiled plan, with redaction and filter', convert: (page) => planWay(page, redacted) },
]

for (const page of pages.slice(0, 2)) checkAlike(page)

// In turns, so that whatever else the machine does meets all ways alike; the first round is the warm-up.
const measured = ways.map((): Round[] => [])
for (let round = 0; round <= rounds; round++) {
  for (const [index, way] of ways.entries()) {
    const result = runRound(way)
    if (round > 0) measured[index]?.push(result)
  }
}

const shortLivedBytes: number[] = []
for (const way of ways) shortLivedBytes.push(await shortLivedBytesPerRecord(way))
const cpuSeconds = measured.map((of) => median(of.map((round) => round.cpuSeconds)))
const stockSeconds = cpuSeconds[0] ?? 0
printTable(
  `Transcoding ${records.toLocaleString('en-US')} clb-access records (${(rawBytes / records).toFixed(0)} B each): CPU time of all threads, median of ${rounds} rounds in turns`,
  [
    ['way', 'records/s', 'raw MB/s', 'us a record', 'heap: kept', 'heap: short-lived', 'ratio'],
    ...ways.map(({ name }, index) => {
      const seconds = cpuSeconds[index] ?? 0
      const heapBytes = median((measured[index] ?? []).map((round) => round.heapBytesPerRecord))
      return [
        name,
        Math.round(records / seconds).toLocaleString('en-US'),
        (rawBytes / seconds / 1e6).toFixed(0),
        ((seconds / records) * 1e6).toFixed(2),
        `${heapBytes.toFixed(1)} B`,
        `${shortLivedBytes[index]?.toFixed(1)} B`,
        `${(stockSeconds / seconds).toFixed(1)} x`,
      ]
    }),
  ],
)

interface Way {
  readonly name: string
  readonly convert: (page: Uint8Array) => number
}

interface Round {
  readonly cpuSeconds: number
  /** What is left on the heap once garbage is collected: nothing may be kept for a record. */
  readonly heapBytesPerRecord: number
}

/** One pass over all pages. */
function runRound({ convert }: Way): Round {
  globalThis.gc?.()
  const heapBefore = process.memoryUsage().heapUsed
  const before = process.cpuUsage()
  let converted = 0
  for (const page of pages) converted += convert(page)
  const { user, system } = process.cpuUsage(before)
  if (converted !== records) throw new Error(`${converted} records instead of ${records}`)
  globalThis.gc?.()
  return {
    cpuSeconds: (user + system) / 1e6,
    heapBytesPerRecord: (process.memoryUsage().heapUsed - heapBefore) / records,
  }
}

/** What is taken from the heap while a record is made, by V8's own samples of what is taken. In a pass of its own, which they slow down. */
async function shortLivedBytesPerRecord({ convert }: Way): Promise<number> {
  const session = new Session()
  session.connect()
  await session.post('HeapProfiler.startSampling', {
    samplingInterval: 4096,
    includeObjectsCollectedByMajorGC: true,
    includeObjectsCollectedByMinorGC: true,
  })
  for (const page of pages) convert(page)
  const { profile } = await session.post('HeapProfiler.stopSampling')
  session.disconnect()
  return sampledBytes(profile.head) / records
}

function sampledBytes({ selfSize, children }: HeapProfiler.SamplingHeapProfileNode): number {
  return children.reduce((sum, child) => sum + sampledBytes(child), selfSize)
}

/** With the payloads given back once they are answered, as the receiver does. */
function planWay(page: Uint8Array, processing = noProcessing): number {
  const { payloads, records } = converter.convert(page, source, observedTimeUnixNano, processing)
  for (const { bytes } of payloads) freeBytes(bytes)
  return records
}

function stockWay(page: Uint8Array): number {
  const converted = stockRecords(page)
  const bytes = ProtobufLogsSerializer.serializeRequest(converted)
  if (bytes !== undefined) freeBytes(bytes)
  return converted.length
}

function stockRecords(page: Uint8Array): ReadableLogRecord[] {
  const resources = new Map<string, Resource>()
  const converted: ReadableLogRecord[] = []
  let group = firstGroupNumber
  for (const { topic, source: from, logs } of decodeLogGroupList(page)) {
    const number = String(group++)
    logs.forEach(({ time, timeNs = 0, contents }, index) => {
      const attributes: Record<string, string | number | string[]> = {
        'log.record.uid': `web-prod/slb-access/0/${number}/${index}`,
        'alibabacloud.sls.topic': topic,
        'alibabacloud.sls.source': from,
      }
      const { resourceId, accountId, region, status, seconds } = mapFields(contents, attributes)
      const key = `${resourceId} ${accountId} ${region}`
      let resource = resources.get(key)
      if (resource === undefined) {
        resource = resourceFromAttributes({
          'cloud.provider': 'alibaba_cloud',
          'service.name': 'slb',
          'alibabacloud.sls.project': 'web-prod',
          'alibabacloud.sls.logstore': 'slb-access',
          'cloud.region': region,
          'cloud.resource_id': resourceId,
          ...(accountId === '' ? {} : { 'cloud.account.id': accountId }),
        })
        resources.set(key, resource)
      }
      if (status >= 500) attributes['error.type'] = String(status)
      const hasTime = Math.abs(seconds - time) <= 86_400
      converted.push({
        hrTime: hasTime ? [seconds, 0] : [time, timeNs],
        hrTimeObserved: [1_772_410_540, 0],
        severityNumber: status >= 500 ? 17 : status >= 400 ? 13 : 9,
        attributes,
        droppedAttributesCount: 0,
        resource,
        instrumentationScope,
      })
    })
  }
  return converted
}

/** The same table, read the obvious way. */
function mapFields(
  contents: readonly (readonly [string, string])[],
  attributes: Record<string, string | number | string[]>,
) {
  let resourceId = ''
  let accountId = ''
  let region = 'cn-hangzhou'
  let status = 0
  let seconds = Number.NaN
  for (const [key, value] of contents) {
    if (value === '' || value === '-') continue
    const field = fields.get(key)
    if (field === undefined) attributes[`alibabacloud.slb.${key}`] = value
    else if (key === 'slbid' || key === 'instance_id') resourceId = value
    else if (key === 'owner_id') accountId = value
    else if (key === 'region') region = value
    else if (key === 'time') seconds = Date.parse(value) / 1000
    else if (key === 'request_uri') {
      const at = value.indexOf('?')
      if (at !== 0) attributes['url.path'] = at < 0 ? value : value.slice(0, at)
      if (at >= 0 && at + 1 < value.length) attributes['url.query'] = maskSecrets(value.slice(at + 1))
    } else if (key === 'server_protocol') {
      const [name = '', version = ''] = value.split('/')
      attributes['network.protocol.name'] = name.toLowerCase()
      attributes['network.protocol.version'] = version === '2.0' ? '2' : version === '3.0' ? '3' : version
    } else if (key === 'ssl_protocol') {
      attributes['tls.protocol.name'] = 'tls'
      attributes['tls.protocol.version'] = value.slice(4)
    } else if (key === 'upstream_addr') {
      const last = lastOf(value, field.whole, attributes)
      const at = last.lastIndexOf(':')
      attributes['destination.address'] = last.slice(0, at)
      attributes['destination.port'] = Number(last.slice(at + 1))
    } else if (field.isNumber) {
      const number = Number(field.isList ? lastOf(value, field.whole, attributes) : value)
      if (!Number.isNaN(number)) attributes[field.target] = number
      if (key === 'status') status = number
    } else if (field.isHeader) attributes[field.target] = [field.redactQuery ? maskSecrets(value) : value]
    else attributes[field.target] = value
  }
  return { resourceId, accountId, region, status, seconds }
}

/** The last item of a list; where there are several, the whole list stays as text. */
function lastOf(value: string, whole: string, attributes: Record<string, string | number | string[]>): string {
  const at = value.lastIndexOf(', ')
  if (at < 0) return value
  attributes[whole] = value
  return value.slice(at + 2)
}

function maskSecrets(text: string): string {
  return text.includes('=') ? text.replace(secretParameter, '$1REDACTED') : text
}

/** Both ways must make the same records of a page, or their times could not be compared. */
function checkAlike(page: Uint8Array): void {
  const stockBytes = ProtobufLogsSerializer.serializeRequest(stockRecords(page)) ?? new Uint8Array()
  const planBytes = converter
    .convert(page, source, observedTimeUnixNano, noProcessing)
    .payloads.map(({ bytes }) => bytes)
  deepEqual(comparable([stockBytes]), comparable(planBytes))
}

/** What the records say, by their uid: attributes in any order, whole doubles (which JavaScript cannot tell) as ints. */
function comparable(requests: readonly Uint8Array[]): Map<string, unknown> {
  const values = (attributes: readonly DecodedAttribute[]) =>
    new Map(attributes.map(({ key, value }) => [key, Number.isInteger(value) ? BigInt(Number(value)) : value]))
  const found = new Map<string, unknown>()
  for (const { resource, scopeLogs } of requests.flatMap(decodeLogs)) {
    for (const { timeUnixNano, severityNumber, attributes } of scopeLogs.flatMap(({ logRecords }) => logRecords)) {
      const uid = String(attributes.find(({ key }) => key === 'log.record.uid')?.value)
      found.set(uid, {
        timeUnixNano,
        severityNumber,
        attributes: values(attributes),
        resource: values(resource.attributes),
      })
    }
  }
  return found
}

async function readPages(): Promise<Uint8Array[]> {
  const simulator = await startSimulator({ retentionBytes: 2 ** 31 })
  simulator.traffic.issue('web-prod', 'slb-access', records)
  const nowMs = Date.now()
  const result: Uint8Array[] = []
  for (const shard of simulator.sls.store.logstore('web-prod', 'slb-access').shards(nowMs)) {
    const end = shard.numberAtTime(2 ** 40)
    for (let from = shard.numberAtTime(0); from < end; ) {
      const read = shard.read(from, 1000, end, 4 * 2 ** 20)
      if (read.groups.length === 0) break
      result.push(Buffer.concat(read.groups.map((group) => group.entry)))
      from = read.next
    }
  }
  await simulator.close()
  return result
}
