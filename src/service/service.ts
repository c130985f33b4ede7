import { randomUUID } from 'node:crypto'
import type { Writable } from 'node:stream'
import { type Clock, systemClock } from '../clock.ts'
import type { ServiceConfig } from '../config/load.ts'
import type { StartAt } from '../config/start-at.ts'
import { describeError, ReceiverError } from '../errors.ts'
import { createDebugExporter, debugExporter } from '../exporters/debug/exporter.ts'
import { createAuditHub } from '../pipeline/audit-events.ts'
import type { CatchUp } from '../pipeline/catch-up.ts'
import type { ComponentContext, Exporter, Receiver, ReceiverContext } from '../pipeline/component.ts'
import type { CheckpointStore } from '../storage/checkpoints.ts'
import { memoryStorage } from '../storage/memory.ts'
import { startHealthServer } from '../telemetry/health-server.ts'
import type { Log } from '../telemetry/log.ts'
import type { Logger } from '../telemetry/logger.ts'
import { createMetrics } from '../telemetry/metrics.ts'
import { createOtlpLogSink } from '../telemetry/otlp-logs.ts'
import type { StatusValue } from '../telemetry/status.ts'
import { createStatusBoard } from '../telemetry/status-board.ts'
import { version } from '../version.ts'
import { createDeliveredEvents } from './delivered-events.ts'
import { buildOutlets } from './graph.ts'

export interface ServiceOptions {
  /** Return when all that existed at the start is delivered. */
  readonly once: boolean
  /** Show records instead of sending them to the configured exporters, and save nothing. */
  readonly dryRun: boolean
  /** Where a dry run shows records; default stderr. */
  readonly dryRunOutput?: Writable
  readonly logger: Logger
  readonly clock?: Clock
  /** How long unanswered records are waited for at shutdown. Milliseconds; default 10 000. */
  readonly shutdownGraceMs?: number
  /** Where receivers start that have no position, in place of their own `start_at`. */
  readonly startAt?: StartAt | undefined
  /** Told how far a receiver has come that works off the past. */
  readonly onCatchUp?: (receiver: string, source: string, progress: CatchUp) => void
}

export interface Service {
  /** Where /livez, /readyz, /status and /metrics answer, if anywhere. */
  readonly healthUrl: string | undefined
  /** Resolves when the service has ended by itself or by `stop`: with the failure that ended it, if there was one. */
  readonly ended: Promise<Error | undefined>
  /** Stops pulling, waits for the answers, saves the positions. Called again: gives up what is unanswered at once. */
  stop(): Promise<void>
}

/**
 * Starts everything a configuration names, in the order in which it is needed: health, storage, exporters, receivers.
 * @throws {ReceiverError} when something cannot start; what was started before is closed again
 */
export async function startService(config: ServiceConfig, options: ServiceOptions): Promise<Service> {
  const { clock = systemClock, shutdownGraceMs = 10_000 } = options
  const { log } = options.logger
  const opened: (() => Promise<void>)[] = []
  const closeAll = async () => {
    for (const close of opened.splice(0).reverse()) {
      await close().catch((error) => log.warn('Could not close a component cleanly', { err: error }))
    }
  }
  try {
    return await start()
  } catch (error) {
    await closeAll()
    throw error
  }

  async function start(): Promise<Service> {
    for (const warning of config.warnings) log.warn('Configuration warning', { warning })
    const board = createStatusBoard(clock, log)
    const instanceId = randomUUID()
    const { logs: ownLogs, metrics: ownMetrics } = config.telemetry
    if (ownLogs.otlp !== undefined) {
      const sink = await createOtlpLogSink({ instanceId, otlp: ownLogs.otlp, log })
      const removeSink = options.logger.addSink(sink)
      opened.push(async () => {
        removeSink()
        await sink.shutdown()
      })
    }
    const metrics = await createMetrics({ instanceId, otlp: ownMetrics.otlp, log })
    opened.push(() => metrics.shutdown())
    const contextOf = (kind: 'receiver' | 'exporter', id: string): ComponentContext => ({
      id,
      log: log.with({ component: id }),
      meter: metrics.meter,
      status: board.reporter(kind, id),
      clock,
    })

    const health =
      config.healthCheck &&
      (await startHealthServer(config.healthCheck.options, {
        board,
        metrics,
        clock,
        version,
        pipelines: describePipelines(config),
      }))
    if (health !== undefined) opened.push(() => health.close())

    const store = await openStore(config, options.dryRun, log)
    opened.push(() => store.close())

    const exporters = await startExporters(config, options, contextOf)
    for (const exporter of exporters.values()) opened.push(() => exporter.shutdown())

    const stop = new AbortController()
    const abandon = new AbortController()
    const outlets = buildOutlets(config, exporters, abandon.signal, clock)
    const failures: Error[] = []
    const audit = createAuditHub()
    const openDelivered = createDeliveredEvents(store, clock, log)
    const fail = (id: string, context: ComponentContext, error: unknown) => {
      failures.push(error instanceof Error ? error : new Error(String(error)))
      context.status.set('permanent_error', describeError(error))
      log.error('Receiver failed', { component: id, err: error })
      if (error instanceof ReceiverError && error.code === 'EXPORT_REJECTED') stop.abort(error)
    }
    // All are created before any runs: one may attach itself to the events of the others.
    const created = [...config.receivers.values()].flatMap(({ id, definition, options: receiverOptions }) => {
      const context: ReceiverContext = {
        ...contextOf('receiver', id),
        checkpoints: store.scope(id),
        outlets: outlets.get(id) ?? { logs: [], metrics: [] },
        once: options.once,
        dryRun: options.dryRun,
        deadLetterDirectory: config.storage.definition.deadLetterDirectory(config.storage.options),
        audit,
        openDelivered: () => openDelivered(id),
        startAt: options.startAt,
        reportCatchUp: (source, progress) => options.onCatchUp?.(id, source, progress),
      }
      context.status.set('starting')
      try {
        return [{ id, context, receiver: definition.create(receiverOptions, context) }]
      } catch (error) {
        fail(id, context, error)
        return []
      }
    })
    await audit.load()
    const run = async (id: string, context: ReceiverContext, receiver: Receiver) => {
      try {
        await receiver.run({ stop: stop.signal, abandon: abandon.signal })
        context.status.set('stopped')
      } catch (error) {
        // What was given up at shutdown is no failure: its position is not saved, so it comes again.
        if (!abandon.signal.aborted) fail(id, context, error)
      }
    }
    const running = created.map(({ id, context, receiver }) => run(id, context, receiver))
    board.setPhase('running')
    log.info('Running', {
      version,
      receivers: [...config.receivers.keys()],
      exporters: [...exporters.keys()],
      storage: config.storage.id,
      health: health?.url,
    })

    const ended = Promise.all(running).then(async () => {
      board.setPhase('stopping')
      await closeAll()
      return failures[0]
    })
    stop.signal.addEventListener('abort', () => {
      board.setPhase('stopping')
      clock.sleep(shutdownGraceMs, abandon.signal).then(
        () => {
          log.warn('Gave up waiting for answers; what is unanswered will be read again at the next start')
          abandon.abort(new Error('The time for shutting down is over'))
        },
        () => {},
      )
    })

    return {
      healthUrl: health?.url,
      ended,
      async stop() {
        if (stop.signal.aborted) abandon.abort(new Error('Stopped for the second time'))
        else stop.abort(new Error('Stopping'))
        await ended
      },
    }
  }
}

async function openStore(config: ServiceConfig, dryRun: boolean, log: Log): Promise<CheckpointStore> {
  const { id, definition, options: storageOptions } = config.storage
  const context = { id, log: log.with({ component: id }) }
  return dryRun ? memoryStorage.open({}, context) : definition.open(storageOptions, context)
}

async function startExporters(
  config: ServiceConfig,
  { dryRun, dryRunOutput = process.stderr }: ServiceOptions,
  contextOf: (kind: 'exporter', id: string) => ComponentContext,
): Promise<Map<string, Exporter>> {
  const deadLetterDirectory = config.storage.definition.deadLetterDirectory(config.storage.options)
  const exporters = new Map<string, Exporter>()
  for (const [id, { definition, options: exporterOptions }] of config.exporters) {
    const context = { ...contextOf('exporter', id), deadLetterDirectory }
    const exporter = dryRun
      ? createDebugExporter(debugExporter.schema.parse({ verbosity: 'normal' }), context, dryRunOutput)
      : definition.create(exporterOptions, context)
    await exporter.start?.()
    context.status.set('ok')
    exporters.set(id, exporter)
  }
  return exporters
}

function describePipelines(config: ServiceConfig): StatusValue {
  return Object.fromEntries(
    config.pipelines.map(({ id, receivers, processors, exporters }) => [id, { receivers, processors, exporters }]),
  )
}
