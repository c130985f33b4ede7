import { join } from 'node:path'
import type { Clock } from '../clock.ts'
import { describeError, ReceiverError } from '../errors.ts'
import { requestToJson } from '../otlp/json.ts'
import type { Payload } from '../pipeline/payload.ts'
import { type LineFile, openLineFile } from './line-file.ts'

/** Why a backend would not take a record: its answer's number and words. */
export interface Rejection {
  readonly status: number
  readonly message: string
}

/** Where records go that a backend refuses for ever. */
export interface DeadLetter {
  /**
   * Keeps a record. Resolves once it would survive a power cut.
   * @throws {ReceiverError} DEAD_LETTER_FAILED when it could not be written
   */
  park(record: Payload, rejection: Rejection): Promise<void>
  close(): Promise<void>
}

/**
 * A dead-letter file of one exporter, `<directory>/<exporter id>.jsonl`, opened with the first record: a line each, with
 * `parkedAt` (RFC 3339), `exporter`, `signal`, `status`, `message` and `request`, the OTLP JSON request of that one record,
 * which any OTLP/HTTP endpoint takes as it stands.
 */
export function createDeadLetter(directory: string, exporterId: string, clock: Pick<Clock, 'now'>): DeadLetter {
  const path = deadLetterPath(directory, exporterId)
  let opening: Promise<LineFile> | undefined

  async function opened(): Promise<LineFile> {
    opening ??= openLineFile(path, true)
    try {
      return await opening
    } catch (error) {
      // The folder may be writable next time.
      opening = undefined
      throw error
    }
  }

  return {
    async park(record, { status, message }) {
      const facts = {
        parkedAt: new Date(clock.now()).toISOString(),
        exporter: exporterId,
        signal: record.signal,
        status,
        message,
      }
      const line = `${JSON.stringify(facts).slice(0, -1)},"request":${requestToJson(record.signal, record.bytes)}}`
      try {
        await (await opened()).append(line)
      } catch (error) {
        throw new ReceiverError(
          'DEAD_LETTER_FAILED',
          `Cannot write a rejected record to ${path}: ${describeError(error)}`,
          { cause: error, retryable: true },
        )
      }
    },
    async close() {
      await (await opening?.catch(() => undefined))?.close()
    },
  }
}

/**
 * The file of a component in the dead-letter folder. A name for any file system, different for different ids:
 * `otlp_http/eu` becomes `otlp_http%2Feu.jsonl`.
 */
export function deadLetterPath(directory: string, componentId: string): string {
  const name = componentId.replaceAll(/[^\w.-]/g, (character) => encodeURIComponent(character).replace('*', '%2A'))
  return join(directory, `${name}.jsonl`)
}
