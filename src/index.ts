/**
 * For programs that embed the receiver: pulls from Alibaba Cloud inside your process and hands the records to any
 * `LogRecordExporter` of the OpenTelemetry JS SDK. A position is saved only after the exporter reported success.
 */
import type { LogRecordExporter } from '@opentelemetry/sdk-logs'
import { z } from 'zod'
import { systemClock } from './clock.ts'
import { formatFaults } from './config/fault.ts'
import { loadConfig } from './config/load.ts'
import { ReceiverError } from './errors.ts'
import { createSdkLogExporter } from './exporters/sdk-adapter.ts'
import type { ExporterDefinition } from './pipeline/component.ts'
import { registry } from './registry.ts'
import { startService } from './service/service.ts'
import type { Log } from './telemetry/log.ts'
import { createLogger, type Logger } from './telemetry/logger.ts'
import { createStreamSink } from './telemetry/stream-sink.ts'

export type { ErrorCode } from './errors.ts'
export type { Log, LogFields, LogLevel } from './telemetry/log.ts'
export { ReceiverError }

export interface EmbedOptions {
  /** Receivers by id (`type` or `type/name`), with the keys of the YAML configuration. */
  readonly receivers: Readonly<Record<string, unknown>>
  /** Gets every record; called again, with back-off, until it reports success. Flushed at the end, not shut down. */
  readonly logRecordExporter: LogRecordExporter
  /** Where positions are kept; absent: in memory only, so a restart begins at `start_at`. */
  readonly storage?: { readonly directory: string }
  /** Set on the resource of every record. */
  readonly resourceAttributes?: Readonly<Record<string, string | number | boolean>>
  /** Return by itself when all that existed at the start is delivered. Default false. */
  readonly once?: boolean
  /** The receiver's own log; default: warnings and errors to stderr. */
  readonly log?: Log
}

export interface RunningReceiver {
  /** Resolves when it has ended: after `stop`, or with `once` when done. Rejects with the failure that ended it. */
  readonly ended: Promise<void>
  /** Stops pulling, waits for the answers under way and saves the positions. */
  stop(): Promise<void>
}

/**
 * Starts receivers inside this process.
 * @throws {ReceiverError} CONFIG_INVALID with every fault in the message; STORAGE_LOCKED when another process has the folder
 */
export async function startReceiver(options: EmbedOptions): Promise<RunningReceiver> {
  const embedded: ExporterDefinition<unknown> = {
    type: 'embedded',
    summary: 'The LogRecordExporter of the embedding program',
    schema: z.unknown(),
    signals: ['logs'],
    create: (_options, context) => ({
      ...createSdkLogExporter(options.logRecordExporter, context),
      // Whoever made the exporter ends it; here it is only asked to send what it holds.
      shutdown: async () => options.logRecordExporter.forceFlush?.(),
    }),
  }
  const storage = options.storage ? { file_storage: options.storage } : { memory_storage: {} }
  const resource = { attributes: options.resourceAttributes ?? {} }
  const tree = {
    extensions: storage,
    receivers: options.receivers,
    processors: { resource, batch: {} },
    exporters: { embedded: {} },
    service: {
      extensions: Object.keys(storage),
      pipelines: {
        logs: { receivers: Object.keys(options.receivers), processors: ['resource', 'batch'], exporters: ['embedded'] },
      },
    },
  }
  // JSON is YAML, so a program's configuration is read, checked and explained exactly as a file is.
  const loaded = loadConfig(JSON.stringify(tree), {
    path: 'startReceiver(options)',
    env: process.env,
    registry: { ...registry, exporters: [embedded] },
  })
  if ('faults' in loaded) {
    throw new ReceiverError('CONFIG_INVALID', formatFaults('startReceiver(options)', loaded.faults))
  }
  const service = await startService(loaded.config, {
    once: options.once ?? false,
    dryRun: false,
    logger: options.log === undefined ? loggerToStderr() : loggerOf(options.log),
  })
  return {
    ended: service.ended.then((failure) => {
      if (failure !== undefined) throw failure
    }),
    stop: () => service.stop(),
  }
}

function loggerToStderr(): Logger {
  const sink = createStreamSink({ stream: process.stderr, format: 'auto', env: process.env })
  return createLogger({ level: 'warn', sinks: [sink], clock: systemClock })
}

/** A log of the embedding program: its level and its sinks are its own. */
function loggerOf(log: Log): Logger {
  return { log, setLevel: () => {}, addSink: () => () => {} }
}
