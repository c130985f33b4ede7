import { ReceiverError } from '../errors.ts'
import { type CommandIo, exitCodes, styleFor } from './command-io.ts'

/**
 * Tells a person (or with `json` a program) on stderr what went wrong and what to do.
 * @returns the exit code
 */
export function reportError(error: unknown, io: CommandIo, { json }: { json: boolean }): number {
  if (!(error instanceof ReceiverError)) {
    const detail = error instanceof Error ? (error.stack ?? error.message) : String(error)
    io.stderr.write(json ? `${JSON.stringify({ error: { message: detail } })}\n` : `Unexpected failure: ${detail}\n`)
    return exitCodes.failed
  }
  const { code, message, remedy, cause } = error
  const because = cause instanceof Error && !message.includes(cause.message) ? cause.message : undefined
  if (json) {
    io.stderr.write(`${JSON.stringify({ error: { code, message, cause: because, remedy } })}\n`)
  } else {
    const style = styleFor(io.stderr, io.env)
    const reason = because === undefined ? '' : `  cause: ${because}\n`
    io.stderr.write(`${style('red', code)}: ${message}\n${reason}  what to do: ${remedy}\n`)
  }
  return exitCodeOf(error)
}

function exitCodeOf({ code }: ReceiverError): number {
  if (code === 'USAGE') return exitCodes.usage
  return code === 'CONFIG_INVALID' ? exitCodes.configInvalid : exitCodes.failed
}
