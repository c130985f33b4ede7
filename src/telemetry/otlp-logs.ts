import { SeverityNumber } from '@opentelemetry/api'
import { version } from '../version.ts'
import type { Log, LogLevel } from './log.ts'
import type { PlainFields } from './log-fields.ts'
import type { LogSink } from './logger.ts'
import {
  createOwnResource,
  type OwnOtlpOptions,
  ownName,
  reportFailures,
  shutDownQuickly,
  signalUrl,
} from './own-otlp.ts'

export interface OtlpLogSink extends LogSink {
  /** Pushes what is waiting if that is quick. Never rejects. */
  shutdown(): Promise<void>
}

const severityNumbers = {
  debug: SeverityNumber.DEBUG,
  info: SeverityNumber.INFO,
  warn: SeverityNumber.WARN,
  error: SeverityNumber.ERROR,
} as const satisfies Record<LogLevel, SeverityNumber>

/**
 * Pushes the process's own log over OTLP, through the SDK's batch processor: where the backend does not keep up, lines
 * are dropped. That is right for these and for nothing else.
 *
 * @param options.log told once when pushing fails; may be the log that this sink is added to
 */
export async function createOtlpLogSink(options: {
  instanceId: string
  otlp: OwnOtlpOptions
  log: Log
}): Promise<OtlpLogSink> {
  const { instanceId, otlp, log } = options
  // Loaded only where it is used: most processes log to stderr.
  const [{ BatchLogRecordProcessor, LoggerProvider }, { OTLPLogExporter }] = await Promise.all([
    import('@opentelemetry/sdk-logs'),
    import('@opentelemetry/exporter-logs-otlp-http'),
  ])
  const exporter = new OTLPLogExporter({ url: signalUrl(otlp.endpoint, '/v1/logs'), headers: { ...otlp.headers } })
  reportFailures(exporter, 'logs', log)
  const provider = new LoggerProvider({
    resource: createOwnResource(instanceId),
    processors: [new BatchLogRecordProcessor({ exporter })],
  })
  const logger = provider.getLogger(ownName, version)
  return {
    write: ({ timeMs, level, message, fields }) =>
      logger.emit({
        timestamp: timeMs,
        severityNumber: severityNumbers[level],
        severityText: level.toUpperCase(),
        body: message,
        attributes: toAttributes(fields),
      }),
    shutdown: () => shutDownQuickly(provider, log),
  }
}

/** An error becomes the attributes that backends know an exception by; all else stays as it is. */
function toAttributes({ err, ...others }: PlainFields): PlainFields {
  if (err === undefined) return others
  if (typeof err !== 'object' || err === null || Array.isArray(err)) return { ...others, err }
  const { message, code, stack, ...rest } = err
  return {
    ...others,
    ...(message === undefined ? {} : { 'exception.message': message }),
    ...(code === undefined ? {} : { 'exception.type': code }),
    ...(stack === undefined ? {} : { 'exception.stacktrace': stack }),
    ...(Object.keys(rest).length === 0 ? {} : { err: rest }),
  }
}
