/**
 * For programs that embed the receiver: pulls from Alibaba Cloud inside your process and hands the records to any
 * `LogRecordExporter` of the OpenTelemetry JS SDK, or its metrics to any `MetricReader`. A position is saved only after the
 * exporter reported success.
 */
import type { LogRecordExporter } from '@opentelemetry/sdk-logs'
import { z } from 'zod'
import { type EmbeddedOptions, type RunningReceiver, startEmbedded } from './embedded.ts'
import { ReceiverError } from './errors.ts'
import { createSdkLogExporter } from './exporters/sdk-adapter.ts'

export type { RunningReceiver } from './embedded.ts'
export type { ErrorCode } from './errors.ts'
export { type MetricProducerOptions, type RunningMetricProducer, startMetricProducer } from './metric-producer.ts'
export type { Log, LogFields, LogLevel } from './telemetry/log.ts'
export { ReceiverError }

export interface EmbedOptions extends EmbeddedOptions {
  /** Gets every record; called again, with back-off, until it reports success. Flushed at the end, not shut down. */
  readonly logRecordExporter: LogRecordExporter
}

/**
 * Starts receivers inside this process.
 * @throws {ReceiverError} CONFIG_INVALID with every fault in the message; STORAGE_LOCKED when another process has the folder
 */
export function startReceiver(options: EmbedOptions): Promise<RunningReceiver> {
  return startEmbedded('startReceiver(options)', options, {
    type: 'embedded',
    summary: 'The LogRecordExporter of the embedding program',
    schema: z.unknown(),
    signals: ['logs'],
    create: (_options, context) => ({
      ...createSdkLogExporter(options.logRecordExporter, context),
      // Whoever made the exporter ends it; here it is only asked to send what it holds.
      shutdown: async () => options.logRecordExporter.forceFlush?.(),
    }),
  })
}
