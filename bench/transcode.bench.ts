/**
 * How much faster does a flat log go through the compiled plan than through objects?
 *
 * `clb-access` records of the simulator's traffic, in pages as SLS sends them. The stock way is what a careful
 * implementation with the SDK does: decode the protobuf to objects, map the fields to typed attributes, serialize
 * `ReadableLogRecord`s with `ProtobufLogsSerializer`; grouped by the same resources. `--records N` (default 100 000).
 */
import { parseArgs } from 'node:util'
import { ProtobufLogsSerializer } from '@opentelemetry/otlp-transformer'
import { type Resource, resourceFromAttributes } from '@opentelemetry/resources'
import type { ReadableLogRecord } from '@opentelemetry/sdk-logs'
import { createPageConverter } from '../receivers/sls/convert.ts'
import { clbAccess } from '../receivers/sls/kinds/clb-access.ts'
import { startSimulator } from '../simulator/simulator.ts'
import { decodeLogGroupList } from '../src/alibaba/sls/log-group.ts'
import { noProcessing } from '../src/pipeline/outlet.ts'
import { median, printTable } from './table.ts'

const { values } = parseArgs({ options: { records: { type: 'string' } } })
const records = Number(values.records ?? 100_000)
const rounds = 5
const pages = await readPages()
const rawBytes = pages.reduce((sum, page) => sum + page.length, 0)

const fields = new Map(
  clbAccess.fields.map(({ name, type, to }) => {
    const first = Array.isArray(to) ? to[0] : to
    return [name, { type, target: typeof first === 'string' ? first : (first?.attribute ?? name) }] as const
  }),
)

const converter = createPageConverter({ kind: 'auto', body: 'none', serviceName: '', maxPayloadBytes: 2 ** 21 })
const source = {
  project: 'web-prod',
  region: 'cn-hangzhou',
  logstore: 'slb-access',
  shardId: 0,
  firstGroupNumber: 1_447_329_401_102_130_904n,
  startCursor: 'MTQ0NzMyOTQwMTEwMjEzMDkwNA==',
}

const rows = [['way', 'records/s', 'raw MB/s', 'heap growth a record', 'ratio']]
const stock = run(stockWay)
const plan = run((page) => converter.convert(page, source, 1_772_410_540_000_000_000n, noProcessing).records)
for (const [name, result] of [
  ['objects + ProtobufLogsSerializer', stock],
  ['compiled plan', plan],
] as const) {
  rows.push([
    name,
    Math.round(records / result.seconds).toLocaleString('en-US'),
    (rawBytes / result.seconds / 1e6).toFixed(0),
    `${result.heapBytesPerRecord.toFixed(1)} B`,
    `${(stock.seconds / result.seconds).toFixed(1)} x`,
  ])
}
printTable(
  `Transcoding ${records.toLocaleString('en-US')} clb-access records (${(rawBytes / records).toFixed(0)} B each), median of ${rounds} rounds`,
  rows,
)

/** Median time of a pass over all pages, and what it leaves on the heap before any collection. */
function run(convert: (page: Uint8Array) => number): { seconds: number; heapBytesPerRecord: number } {
  const seconds: number[] = []
  let heapBytesPerRecord = 0
  for (let round = 0; round <= rounds; round++) {
    globalThis.gc?.()
    const heapBefore = process.memoryUsage().heapUsed
    const startMs = performance.now()
    let converted = 0
    for (const page of pages) converted += convert(page)
    // The first round is the warm-up.
    if (round > 0) seconds.push((performance.now() - startMs) / 1000)
    if (converted !== records) throw new Error(`${converted} records instead of ${records}`)
    globalThis.gc?.()
    heapBytesPerRecord = (process.memoryUsage().heapUsed - heapBefore) / records
  }
  return { seconds: median(seconds), heapBytesPerRecord }
}

function stockWay(page: Uint8Array): number {
  const resources = new Map<string, Resource>()
  const instrumentationScope = { name: 'stock', version: '1' }
  const converted: ReadableLogRecord[] = []
  let group = 0
  for (const { logs } of decodeLogGroupList(page)) {
    group++
    logs.forEach(({ time, timeNs = 0, contents }, index) => {
      const { attributes, resourceId, status } = mapFields(contents)
      attributes['log.record.uid'] = `web-prod/slb-access/0/${group}/${index}`
      let resource = resources.get(resourceId)
      if (resource === undefined) {
        resource = resourceFromAttributes({ 'service.name': 'slb', 'cloud.resource_id': resourceId })
        resources.set(resourceId, resource)
      }
      converted.push({
        hrTime: [time, timeNs],
        hrTimeObserved: [1_772_410_540, 0],
        severityNumber: status >= 500 ? 17 : status >= 400 ? 13 : 9,
        attributes,
        droppedAttributesCount: 0,
        resource,
        instrumentationScope,
      })
    })
  }
  ProtobufLogsSerializer.serializeRequest(converted)
  return converted.length
}

/** The same table, read the obvious way. */
function mapFields(contents: readonly (readonly [string, string])[]) {
  const attributes: Record<string, string | number> = {}
  let resourceId = ''
  let status = 0
  for (const [key, value] of contents) {
    if (value === '' || value === '-') continue
    const field = fields.get(key)
    if (field === undefined) attributes[`alibabacloud.slb.${key}`] = value
    else if (key === 'slbid') resourceId = value
    else if (key === 'request_uri') {
      const at = value.indexOf('?')
      attributes['url.path'] = at < 0 ? value : value.slice(0, at)
      if (at >= 0) attributes['url.query'] = value.slice(at + 1)
    } else if (key === 'server_protocol' || key === 'ssl_protocol') {
      const [name = '', version = ''] = key === 'ssl_protocol' ? ['tls', value.slice(4)] : value.split('/')
      attributes[key === 'ssl_protocol' ? 'tls.protocol.name' : 'network.protocol.name'] = name.toLowerCase()
      attributes[key === 'ssl_protocol' ? 'tls.protocol.version' : 'network.protocol.version'] = version
    } else if (key === 'upstream_addr') {
      const last = value.split(', ').at(-1) ?? ''
      const at = last.lastIndexOf(':')
      attributes['destination.address'] = last.slice(0, at)
      attributes['destination.port'] = Number(last.slice(at + 1))
    } else if (field.type === undefined) attributes[field.target] = value
    else {
      const number = Number(value.split(', ').at(-1))
      if (!Number.isNaN(number)) attributes[field.target] = number
      if (key === 'status') status = number
    }
  }
  return { attributes, resourceId, status }
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
