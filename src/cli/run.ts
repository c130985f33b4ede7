import { systemClock } from '../clock.ts'
import { parseStartAt, type StartAt } from '../config/start-at.ts'
import { ReceiverError } from '../errors.ts'
import { startService } from '../service/service.ts'
import { createLogger } from '../telemetry/logger.ts'
import { createStreamSink } from '../telemetry/stream-sink.ts'
import { drawCatchUp, logCatchUp } from './catch-up-view.ts'
import { type CommandIo, exitCodes, stopSignal } from './command-io.ts'
import { type ConfigFlags, requireConfig } from './read-config.ts'

export interface RunFlags extends ConfigFlags {
  /** End when all that existed at the start is delivered. */
  readonly once: boolean
  /** Print records instead of sending them, and save no position. */
  readonly dryRun: boolean
  /** Where to start that has no position, as `start_at` of a configuration. */
  readonly from?: string
}

function readFrom(text: string | undefined): StartAt | undefined {
  const startAt = text === undefined ? undefined : parseStartAt(text, Date.now())
  if (typeof startAt !== 'string') return startAt
  throw new ReceiverError('USAGE', `--from ${text} ${startAt}`, {
    remedy: 'Write earliest, latest, a time such as 2026-01-31T08:00:00Z, or a time ago such as -90d.',
  })
}

/**
 * `run`: the receiver, until SIGINT or SIGTERM. A second signal gives up what is still unanswered.
 * @throws {ReceiverError} when something cannot start
 */
export async function run(flags: RunFlags, io: CommandIo): Promise<number> {
  const loaded = await requireConfig(flags, io)
  if ('exitCode' in loaded) return loaded.exitCode
  const { config } = loaded
  const startAt = readFrom(flags.from)
  const { level, format } = config.telemetry.logs
  const bars = flags.once && io.stderr.isTTY ? drawCatchUp(io.stderr, systemClock) : undefined
  const sink = createStreamSink({ stream: bars?.logStream ?? io.stderr, format, env: io.env })
  const logger = createLogger({ level, sinks: [sink], clock: systemClock })
  const { log } = logger

  const view = bars ?? logCatchUp(log, systemClock)
  let stopService: (() => Promise<void>) | undefined
  // Before it has started there is nothing to save, so a second Ctrl-C may end it at once.
  const stop = stopSignal(() => (stopService === undefined ? process.exit(exitCodes.failed) : void stopService()))
  const service = await startService(config, {
    once: flags.once,
    dryRun: flags.dryRun,
    dryRunOutput: io.stdout,
    logger,
    startAt,
    onCatchUp: view.report,
  })
  stopService = service.stop
  const stopNow = () => void service.stop()
  if (stop.aborted) stopNow()
  else stop.addEventListener('abort', stopNow, { once: true })
  const failure = await service.ended
  view.close()
  log.info('Stopped')
  return failure === undefined ? exitCodes.done : exitCodes.failed
}
