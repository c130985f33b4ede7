import type { Clock } from '../clock.ts'
import type { Log, LogFields, LogLevel } from './log.ts'
import { type PlainFields, toPlainFields, toPlainText } from './log-fields.ts'

/** One line of the log, ready to be written: everything in `fields` is plain and masked. */
export interface LogEntry {
  readonly timeMs: number
  readonly level: LogLevel
  readonly message: string
  readonly fields: PlainFields
}

/** Where lines go: a stream, an OTLP backend. */
export interface LogSink {
  write(entry: LogEntry): void
}

export interface Logger {
  readonly log: Log
  /** Takes effect for the next line. */
  setLevel(level: LogLevel): void
  /** Sends every further line to `sink` too; the function returned ends that. */
  addSink(sink: LogSink): () => void
}

const severity = { debug: 0, info: 1, warn: 2, error: 3 } as const satisfies Record<LogLevel, number>

/** The process's log. Writing never throws: a sink that fails loses its line, the work goes on. */
export function createLogger(options: {
  level: LogLevel
  sinks: readonly LogSink[]
  clock: Pick<Clock, 'now'>
}): Logger {
  const sinks = new Set(options.sinks)
  let { level: lowest } = options

  function write(level: LogLevel, message: string, common: LogFields, fields: LogFields): void {
    if (severity[level] < severity[lowest]) return
    const entry: LogEntry = {
      timeMs: options.clock.now(),
      level,
      message: toPlainText(message),
      fields: toPlainFields([common, fields], { stacks: lowest === 'debug' }),
    }
    for (const sink of sinks) {
      try {
        sink.write(entry)
      } catch {
        // There is nowhere left to report it.
      }
    }
  }

  function logWith(common: LogFields): Log {
    const at =
      (level: LogLevel) =>
      (message: string, fields: LogFields = {}) =>
        write(level, message, common, fields)
    return {
      debug: at('debug'),
      info: at('info'),
      warn: at('warn'),
      error: at('error'),
      with: (fields) => logWith({ ...common, ...fields }),
    }
  }

  return {
    log: logWith({}),
    setLevel: (level) => {
      lowest = level
    },
    addSink: (sink) => {
      sinks.add(sink)
      return () => sinks.delete(sink)
    },
  }
}
