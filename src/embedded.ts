import { systemClock } from './clock.ts'
import { formatFaults } from './config/fault.ts'
import { loadConfig } from './config/load.ts'
import { ReceiverError } from './errors.ts'
import type { ExporterDefinition } from './pipeline/component.ts'
import { registry } from './registry.ts'
import { startService } from './service/service.ts'
import type { Log } from './telemetry/log.ts'
import { createLogger, type Logger } from './telemetry/logger.ts'
import { createStreamSink } from './telemetry/stream-sink.ts'

/** How receivers run inside another program. */
export interface EmbeddedOptions {
  /** Receivers by id (`type` or `type/name`), with the keys of the YAML configuration. */
  readonly receivers: Readonly<Record<string, unknown>>
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
 * Starts receivers inside this process, with one pipeline to an exporter for each signal that the exporter takes.
 *
 * @param caller for messages about the options
 * @throws {ReceiverError} CONFIG_INVALID with every fault in the message; STORAGE_LOCKED when another process has the folder
 */
export async function startEmbedded(
  caller: string,
  options: EmbeddedOptions,
  embedded: ExporterDefinition<unknown>,
): Promise<RunningReceiver> {
  const storage = options.storage ? { file_storage: options.storage } : { memory_storage: {} }
  const resource = { attributes: options.resourceAttributes ?? {} }
  const tree = {
    extensions: storage,
    receivers: options.receivers,
    processors: { resource, batch: {} },
    exporters: { [embedded.type]: {} },
    service: {
      extensions: Object.keys(storage),
      pipelines: Object.fromEntries(
        embedded.signals.map((signal) => [
          signal,
          { receivers: Object.keys(options.receivers), processors: ['resource', 'batch'], exporters: [embedded.type] },
        ]),
      ),
    },
  }
  // JSON is YAML, so a program's configuration is read, checked and explained exactly as a file is.
  const loaded = loadConfig(JSON.stringify(tree), {
    path: caller,
    env: process.env,
    registry: { ...registry, exporters: [embedded] },
  })
  if ('faults' in loaded) {
    throw new ReceiverError('CONFIG_INVALID', formatFaults(caller, loaded.faults))
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
