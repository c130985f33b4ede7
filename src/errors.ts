import { errorCatalogue } from './error-catalogue.ts'

export type ErrorCode = keyof typeof errorCatalogue

export interface ReceiverErrorOptions extends ErrorOptions {
  /** What the operator does about this very case; absent: the catalogue's remedy for the code. */
  remedy?: string
  /** True where the same call may succeed later without anybody changing anything. Default false. */
  retryable?: boolean
}

/**
 * An error a user can meet. `code` is stable and listed in docs/errors.md; `message` says what was attempted, on what
 * and what was found; `remedy` says what to do. Never carries a credential.
 */
export class ReceiverError extends Error {
  readonly code: ErrorCode
  readonly remedy: string
  readonly retryable: boolean

  constructor(code: ErrorCode, message: string, options: ReceiverErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'ReceiverError'
    this.code = code
    this.remedy = options.remedy ?? errorCatalogue[code].remedy
    this.retryable = options.retryable ?? false
  }
}

/** What an unknown throw says, with its cause where the message does not hold it already; for logs and status lines. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const message = error.message || error.name
  const cause = error.cause instanceof Error ? error.cause.message : ''
  return message.includes(cause) ? message : `${message}: ${cause}`
}
