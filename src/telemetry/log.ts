export type LogLevel = 'debug' | 'info' | 'warn' | 'error'

/** Structured facts beside a constant message. An `err` field takes an Error. */
export type LogFields = Readonly<Record<string, unknown>>

/**
 * The process's own log. Error: data was lost or a person must act. Warn: it heals by itself. Nothing per record.
 */
export interface Log {
  debug(message: string, fields?: LogFields): void
  info(message: string, fields?: LogFields): void
  warn(message: string, fields?: LogFields): void
  error(message: string, fields?: LogFields): void
  /** A log that adds `fields` to every line. */
  with(fields: LogFields): Log
}
