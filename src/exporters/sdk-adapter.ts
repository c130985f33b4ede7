import type { AnyValue, Attributes, HrTime } from '@opentelemetry/api'
import { type ExportResult, ExportResultCode } from '@opentelemetry/core'
import { resourceFromAttributes } from '@opentelemetry/resources'
import type { LogRecordExporter, ReadableLogRecord } from '@opentelemetry/sdk-logs'
import { createBackoff } from '../backoff.ts'
import { describeError } from '../errors.ts'
import { NANOS_PER_SECOND } from '../nanoseconds.ts'
import {
  type DecodedAttribute,
  type DecodedLogRecord,
  type DecodedScopeLogs,
  type DecodedValue,
  decodeLogs,
} from '../otlp/decode.ts'
import type { Exporter, ExporterContext } from '../pipeline/component.ts'
import type { Payload } from '../pipeline/payload.ts'
import { oldestUnansweredDetail } from '../telemetry/status.ts'
import { createExporterMetrics } from './exporter-metrics.ts'

const waits = { initialMs: 1_000, maxMs: 30_000 }

/**
 * Hands payloads of logs to a `LogRecordExporter` of the OpenTelemetry JS SDK. A payload is answered when the exporter
 * reports SUCCESS; FAILED, and a throw, are repeated with back-off without a limit, so the exporter must not be one
 * that keeps half of what it failed to send.
 */
export function createSdkLogExporter(exporter: LogRecordExporter, context: ExporterContext): Exporter {
  return createSdkExporter(exporter, context, ({ bytes }) => {
    const records = toReadableLogRecords(bytes)
    return { calls: [(callback) => exporter.export(records, callback)], unsupported: 0 }
  })
}

/** What a payload becomes for an exporter of the SDK. `unsupported`: items that the SDK's data model has no form for. */
export interface SdkCalls {
  readonly calls: readonly ((callback: (result: ExportResult) => void) => void)[]
  readonly unsupported: number
}

/** An exporter that makes each call of a payload until it succeeds; calls that succeeded are not made again. */
export function createSdkExporter(
  exporter: Pick<LogRecordExporter, 'forceFlush' | 'shutdown'>,
  context: ExporterContext,
  toCalls: (payload: Payload) => SdkCalls,
): Exporter {
  const { clock, status } = context
  const metrics = createExporterMetrics(context)
  const unansweredSinceMs = new Map<symbol, number>()
  status.details(() => {
    const [oldestMs] = unansweredSinceMs.values()
    return { [oldestUnansweredDetail]: oldestMs === undefined ? 0 : Math.max(0, clock.now() - oldestMs) / 1000 }
  })

  async function callUntilSuccess(call: SdkCalls['calls'][number], signal: AbortSignal): Promise<void> {
    const backoff = createBackoff(waits, clock.random)
    for (;;) {
      const { code, error } = await callOnce(call, signal)
      if (code === ExportResultCode.SUCCESS) return
      const reason = error === undefined ? 'no reason given' : describeError(error)
      status.set('recoverable_error', `The embedding program's exporter failed: ${reason}`)
      await clock.sleep(backoff.nextMs(), signal)
    }
  }

  return {
    async export(payload, signal) {
      const id = Symbol('export')
      unansweredSinceMs.set(id, clock.now())
      try {
        const { calls, unsupported } = toCalls(payload)
        for (const call of calls) await callUntilSuccess(call, signal)
        status.set('ok')
        metrics.sent(payload.signal, payload.items - unsupported)
        if (unsupported > 0) metrics.failed(payload.signal, unsupported)
        return { refused: unsupported, rejected: 0 }
      } finally {
        unansweredSinceMs.delete(id)
      }
    },
    async shutdown() {
      await exporter.forceFlush()
      await exporter.shutdown()
    },
  }
}

/** Resolves with the exporter's result; rejects with the signal's reason when it aborts first. */
function callOnce(call: SdkCalls['calls'][number], signal: AbortSignal): Promise<ExportResult> {
  signal.throwIfAborted()
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason)
    signal.addEventListener('abort', abort, { once: true })
    const settle = (result: ExportResult) => {
      signal.removeEventListener('abort', abort)
      resolve(result)
    }
    try {
      call(settle)
    } catch (error) {
      settle({ code: ExportResultCode.FAILED, error: error instanceof Error ? error : new Error(String(error)) })
    }
  })
}

/**
 * The records of an encoded `ExportLogsServiceRequest` in the SDK's form. Records of one ResourceLogs share one resource
 * object, those of one ScopeLogs one scope object: the SDK's serializers group by identity.
 *
 * The SDK has no 64-bit integers: one beyond ±(2^53 - 1) becomes its decimal text, all digits kept.
 *
 * @throws {ProtobufError} when the bytes are no such request
 */
export function toReadableLogRecords(bytes: Uint8Array): ReadableLogRecord[] {
  const records: ReadableLogRecord[] = []
  for (const { resource: decoded, scopeLogs, schemaUrl } of decodeLogs(bytes)) {
    const resource = resourceFromAttributes(toAttributes(decoded.attributes), schemaUrl === '' ? {} : { schemaUrl })
    for (const each of scopeLogs) {
      const instrumentationScope = toInstrumentationScope(each)
      for (const record of each.logRecords) {
        records.push({ ...toRecordFields(record), resource, instrumentationScope })
      }
    }
  }
  return records
}

export function toInstrumentationScope({
  scope,
  schemaUrl,
}: Pick<DecodedScopeLogs, 'scope' | 'schemaUrl'>): ReadableLogRecord['instrumentationScope'] {
  const { name, version, attributes, droppedAttributesCount } = scope
  return {
    name,
    ...(version === '' ? {} : { version }),
    ...(schemaUrl === '' ? {} : { schemaUrl }),
    ...(attributes.length === 0 ? {} : { attributes: toAttributes(attributes), droppedAttributesCount }),
  }
}

function toRecordFields(record: DecodedLogRecord): Omit<ReadableLogRecord, 'resource' | 'instrumentationScope'> {
  const { severityNumber, severityText, body, eventName, traceId, spanId } = record
  return {
    hrTime: toHrTime(record.timeUnixNano),
    hrTimeObserved: toHrTime(record.observedTimeUnixNano),
    attributes: toAttributes(record.attributes),
    droppedAttributesCount: record.droppedAttributesCount,
    ...(severityNumber === 0 ? {} : { severityNumber }),
    ...(severityText === '' ? {} : { severityText }),
    ...(body === null ? {} : { body: toAnyValue(body) }),
    ...(eventName === '' ? {} : { eventName }),
    ...(traceId.length === 0
      ? {}
      : { spanContext: { traceId: toHex(traceId), spanId: toHex(spanId), traceFlags: record.flags & 0xff } }),
  }
}

export function toHrTime(unixNano: bigint): HrTime {
  return [Number(unixNano / NANOS_PER_SECOND), Number(unixNano % NANOS_PER_SECOND)]
}

function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}

export function toAttributes(attributes: readonly DecodedAttribute[]): Attributes {
  // fromEntries defines keys rather than assigning them, so that one called __proto__ is a key like any other.
  return Object.fromEntries(attributes.map(({ key, value }) => [key, toAnyValue(value)]))
}

function toAnyValue(value: DecodedValue): AnyValue {
  if (typeof value === 'bigint') {
    const number = Number(value)
    return Number.isSafeInteger(number) ? number : value.toString()
  }
  if (value === null || typeof value !== 'object') return value
  // A copy: the exporter may keep it for longer than the payload lives.
  if (value instanceof Uint8Array) return value.slice()
  return 'pairs' in value ? toAttributes(value.pairs) : value.map(toAnyValue)
}
