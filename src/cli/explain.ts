import { nearest } from '../config/nearest.ts'
import { errorCatalogue } from '../error-catalogue.ts'
import { ReceiverError } from '../errors.ts'
import { type CommandIo, exitCodes } from './command-io.ts'

/**
 * `explain CODE`: what an error code means and what to do.
 * @throws {ReceiverError} USAGE for a code that does not exist
 */
export function explain(written: string, flags: { readonly json: boolean }, io: CommandIo): number {
  const code = written.toUpperCase().replaceAll('-', '_')
  const entry = Object.entries(errorCatalogue).find(([known]) => known === code)?.[1]
  if (entry === undefined) {
    const codes = Object.keys(errorCatalogue)
    const suggestion = nearest(code, codes)
    const remedy = suggestion === undefined ? `The codes are ${codes.join(', ')}.` : `Did you mean ${suggestion}?`
    throw new ReceiverError('USAGE', `There is no error code "${written}"`, { remedy })
  }
  const { cause, remedy } = entry
  io.stdout.write(
    flags.json
      ? `${JSON.stringify({ code, cause, remedy })}\n`
      : `${code}\n  cause: ${cause}\n  what to do: ${remedy}\n`,
  )
  return exitCodes.done
}
