import {
  type ConvertOptions,
  createPageConverter,
  type PageConversion,
  type PageSource,
} from '../../../receivers/sls/convert.ts'
import { encodeLogGroup, encodeLogGroupList, type SlsLogGroup } from '../../../src/alibaba/sls/log-group.ts'
import {
  type DecodedAttribute,
  type DecodedLogRecord,
  type DecodedValue,
  decodeLogs,
} from '../../../src/otlp/decode.ts'
import { noProcessing, type Processing } from '../../../src/pipeline/outlet.ts'
import type { Payload } from '../../../src/pipeline/payload.ts'

export const defaultOptions: ConvertOptions = {
  kind: 'auto',
  body: 'summary',
  serviceName: '',
  maxPayloadBytes: 2 * 1024 * 1024,
}

export const defaultSource: PageSource = {
  project: 'web-prod',
  region: 'cn-hangzhou',
  logstore: 'access',
  shardId: 0,
  firstGroupNumber: 1447329401102130904n,
  startCursor: 'MTQ0NzMyOTQwMTEwMjEzMDkwNA==',
}

export const observedTimeUnixNano = 1_772_410_540_000_000_000n

/** A page of these groups; each is a topic, a source, tags and logs, all of which may be left out. */
export function pageOf(...groups: Partial<SlsLogGroup>[]): Uint8Array {
  return encodeLogGroupList(
    groups.map((group) => encodeLogGroup({ topic: '', source: '', tags: [], logs: [], ...group })),
  )
}

export interface ConvertCase {
  readonly options?: Partial<ConvertOptions>
  readonly source?: Partial<PageSource>
  readonly processing?: Processing
}

export function convertOnce(bytes: Uint8Array, { options, source, processing }: ConvertCase = {}): PageConversion {
  const converter = createPageConverter({ ...defaultOptions, ...options })
  return converter.convert(bytes, { ...defaultSource, ...source }, observedTimeUnixNano, processing ?? noProcessing)
}

/** A record with its resource and scope, as plain JSON: maps as objects, doubles as `{ double }`, bytes as `{ bytes }` in hex. */
export interface ReadableRecord {
  readonly resource: Record<string, unknown>
  readonly scope: Record<string, unknown>
  readonly timeUnixNano: string
  readonly observedTimeUnixNano: string
  readonly severityNumber: number
  readonly severityText?: string
  readonly traceId?: string
  readonly eventName?: string
  readonly body: unknown
  readonly attributes: Record<string, unknown>
}

export function readableRecords(payloads: readonly Payload[]): ReadableRecord[] {
  return payloads.flatMap((payload) =>
    decodeLogs(payload.bytes).flatMap(({ resource, scopeLogs }) =>
      scopeLogs.flatMap(({ scope, logRecords }) =>
        logRecords.map((record) => ({
          resource: attributeMap(resource.attributes),
          scope: { name: scope.name, ...attributeMap(scope.attributes) },
          ...readableRecord(record),
        })),
      ),
    ),
  )
}

function readableRecord(record: DecodedLogRecord) {
  return {
    timeUnixNano: String(record.timeUnixNano),
    observedTimeUnixNano: String(record.observedTimeUnixNano),
    severityNumber: record.severityNumber,
    ...(record.severityText === '' ? {} : { severityText: record.severityText }),
    ...(record.traceId.length === 0 ? {} : { traceId: Buffer.from(record.traceId).toString('hex') }),
    ...(record.eventName === '' ? {} : { eventName: record.eventName }),
    body: readableValue(record.body),
    attributes: attributeMap(record.attributes),
  }
}

/** @throws when a key occurs twice: OTLP wants them unique */
function attributeMap(attributes: readonly DecodedAttribute[]): Record<string, unknown> {
  const map: Record<string, unknown> = {}
  for (const { key, value } of attributes) {
    if (key in map) throw new Error(`The attribute ${key} occurs twice`)
    map[key] = readableValue(value)
  }
  return map
}

function readableValue(value: DecodedValue): unknown {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : { int: String(value) }
  if (typeof value === 'number') return { double: value }
  if (value instanceof Uint8Array) return { bytes: Buffer.from(value).toString('hex') }
  if (Array.isArray(value)) return value.map(readableValue)
  if (typeof value === 'object' && value !== null && 'pairs' in value) return attributeMap(value.pairs)
  return value
}
