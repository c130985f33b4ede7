import type { Writable } from 'node:stream'
import { styleText } from 'node:util'
import type { LogLevel } from './log.ts'
import type { PlainValue } from './log-fields.ts'
import type { LogEntry, LogSink } from './logger.ts'

export interface StreamSinkOptions {
  readonly stream: Writable & { readonly isTTY?: boolean }
  /** `auto`: text on a terminal, JSON elsewhere. */
  readonly format: 'auto' | 'json' | 'text'
  /** NO_COLOR, if not empty, turns colours off (https://no-color.org). */
  readonly env: Readonly<Record<string, string | undefined>>
}

/** Writes log lines to a stream, stderr as a rule. Lines are lost without a word once nobody reads it (EPIPE). */
export function createStreamSink({ stream, format, env }: StreamSinkOptions): LogSink {
  const isTerminal = stream.isTTY === true
  const asText = format === 'text' || (format === 'auto' && isTerminal)
  const toLine = asText ? textFormat(isTerminal && !env['NO_COLOR']) : toJsonLine
  // Without a listener a reader that went away would end the process.
  stream.on('error', () => {})
  return {
    write(entry) {
      if (stream.writable) stream.write(`${toLine(entry)}\n`)
    },
  }
}

/** A field that is called like one of the line's own keys gets a trailing underscore. */
function toJsonLine({ timeMs, level, message, fields }: LogEntry): string {
  const line: Record<string, PlainValue> = { time: new Date(timeMs).toISOString(), level, msg: message }
  for (const [key, value] of Object.entries(fields)) line[key in line ? `${key}_` : key] = value
  return JSON.stringify(line)
}

const levelStyle = {
  debug: { label: 'DEBUG', color: 'dim' },
  info: { label: 'INFO ', color: 'green' },
  warn: { label: 'WARN ', color: 'yellow' },
  error: { label: 'ERROR', color: 'red' },
} as const satisfies Record<LogLevel, { label: string; color: string }>

/** `12:00:00.000Z WARN  message  key=value`; what an error says follows on lines of its own. */
function textFormat(colors: boolean): (entry: LogEntry) => string {
  const paint = (style: Parameters<typeof styleText>[0], text: string) =>
    colors ? styleText(style, text, { validateStream: false }) : text

  return ({ timeMs, level, message, fields }) => {
    const { label, color } = levelStyle[level]
    const { err, ...others } = fields
    const time = new Date(timeMs).toISOString().slice('2026-01-01T'.length)
    const pairs = Object.entries(others).map(([key, value]) => `${paint('dim', `${key}=`)}${toText(value)}`)
    const line = [`${paint('dim', time)} ${paint(color, label)} ${message}`, pairs.join(' ')].filter(Boolean).join('  ')
    return err === undefined
      ? line
      : [line, ...describeError(err).map((detail) => `    ${paint(color, detail)}`)].join('\n')
  }
}

function describeError(err: PlainValue): string[] {
  if (typeof err !== 'object' || err === null || Array.isArray(err)) return [toText(err)]
  const { message, code, remedy, cause, stack, retryable: _, ...others } = err
  const rest = Object.entries(others).map(([key, value]) => ` ${key}=${toText(value)}`)
  const lines = [`${message ?? ''}${code === undefined ? '' : ` [${code}]`}${rest.join('')}`]
  if (cause !== undefined && cause !== null) lines.push(...describeError(cause).map((line) => `because: ${line}`))
  if (remedy !== undefined) lines.push(`remedy: ${remedy}`)
  if (typeof stack === 'string') lines.push(...stack.split('\n').slice(1))
  return lines
}

/** Bare where it can be; quoted where it has blanks, quotes or control characters, which a terminal would obey. */
function toText(value: PlainValue): string {
  return typeof value === 'string' && /^[^\s"=\p{Cc}]+$/u.test(value) ? value : JSON.stringify(value)
}
