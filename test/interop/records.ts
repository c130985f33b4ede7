import { createNoopMeter, SeverityNumber } from '@opentelemetry/api'
import { ProtobufLogsSerializer } from '@opentelemetry/otlp-transformer'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { LoggerProvider, type ReadableLogRecord } from '@opentelemetry/sdk-logs'
import { systemClock } from '../../src/clock.ts'
import type { ExporterContext } from '../../src/pipeline/component.ts'
import type { Payload } from '../../src/pipeline/payload.ts'
import type { ComponentState } from '../../src/telemetry/status.ts'
import { createRecordingLog } from '../fakes/recording-log.ts'

const firstTimeMs = 1_772_410_530_000

/**
 * A payload of log records with the given `log.record.uid`s and attributes of every kind. Encoded by the official
 * serializer, so that what arrives is compared with something this project did not write.
 */
export function payloadOf(uids: readonly string[], body = 'GET /cart 200'): Payload {
  const records: ReadableLogRecord[] = []
  const provider = new LoggerProvider({
    resource: resourceFromAttributes({ 'cloud.provider': 'alibaba_cloud', 'service.name': 'slb' }),
    processors: [
      {
        onEmit: (record) => void records.push(record),
        forceFlush: async () => {},
        shutdown: async () => {},
      },
    ],
  })
  const logger = provider.getLogger('alibabacloud-otel-receiver/receivers/sls', '0.1.0')
  for (const [index, uid] of uids.entries()) {
    logger.emit({
      timestamp: firstTimeMs + index,
      observedTimestamp: firstTimeMs + 60_000,
      severityNumber: SeverityNumber.INFO,
      severityText: 'INFO',
      eventName: 'slb.request',
      body,
      attributes: {
        'log.record.uid': uid,
        'http.response.status_code': 200,
        'alibabacloud.request_time': 0.25,
        'alibabacloud.cached': false,
        'user_agent.original': 'Mözilla/5.0 「杭州」',
        'http.request.header.x-forwarded-for': ['203.0.113.7', '198.51.100.2'],
        'alibabacloud.nested': { region: 'cn-hangzhou', depth: 2 },
      },
    })
  }
  const bytes = ProtobufLogsSerializer.serializeRequest(records)
  if (bytes === undefined) throw new Error('The serializer of otlp-transformer returned nothing')
  const times = uids.map((_, index) => BigInt(firstTimeMs + index) * 1_000_000n)
  return {
    signal: 'logs',
    bytes,
    items: uids.length,
    oldestUnixNano: times[0] ?? 0n,
    newestUnixNano: times.at(-1) ?? 0n,
  }
}

/** The attributes of such a record as OTLP JSON has them. */
export function writtenAttributes(uid: string) {
  const text = (stringValue: string) => ({ stringValue })
  return [
    { key: 'log.record.uid', value: text(uid) },
    { key: 'http.response.status_code', value: { intValue: '200' } },
    { key: 'alibabacloud.request_time', value: { doubleValue: 0.25 } },
    { key: 'alibabacloud.cached', value: { boolValue: false } },
    { key: 'user_agent.original', value: text('Mözilla/5.0 「杭州」') },
    {
      key: 'http.request.header.x-forwarded-for',
      value: { arrayValue: { values: [text('203.0.113.7'), text('198.51.100.2')] } },
    },
    {
      key: 'alibabacloud.nested',
      value: {
        kvlistValue: {
          values: [
            { key: 'region', value: text('cn-hangzhou') },
            { key: 'depth', value: { intValue: '2' } },
          ],
        },
      },
    },
  ]
}

export const numbered = (prefix: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${prefix}/${String(index).padStart(4, '0')}`)

export interface WatchedContext extends ExporterContext {
  /** Resolves when the exporter reports the state, or has. */
  reached(state: ComponentState): Promise<void>
}

/** What an exporter is given, on the real clock. */
export function exporterContext(folder: string): WatchedContext {
  const seen = new Set<ComponentState>()
  const waiting: { state: ComponentState; resolve: () => void }[] = []
  return {
    id: 'otlp_http',
    log: createRecordingLog(),
    meter: createNoopMeter(),
    clock: systemClock,
    deadLetterDirectory: folder,
    status: {
      set(state) {
        seen.add(state)
        for (const each of waiting) if (each.state === state) each.resolve()
      },
      details: () => {},
    },
    reached: (state) =>
      seen.has(state) ? Promise.resolve() : new Promise((resolve) => waiting.push({ state, resolve })),
  }
}
