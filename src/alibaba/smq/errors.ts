import type { ErrorCode } from '../../errors.ts'
import { parseRetryAfter } from '../../http/retry-after.ts'
import { CallError, type CallErrorFacts } from '../call-error.ts'
import { excerpt, redactSecrets } from '../failure-text.ts'
import { childText, parseXml, type XmlElement } from './xml.ts'

export type SmqErrorKind =
  | 'throttled'
  | 'transient'
  | 'credentials'
  | 'permission'
  | 'clock'
  | 'no_message'
  | 'no_queue'
  | 'receipt_expired'
  | 'bad_response'
  | 'refused'

const kinds: Record<SmqErrorKind, { code: ErrorCode; retryable: boolean }> = {
  throttled: { code: 'SMQ_THROTTLED', retryable: true },
  transient: { code: 'SMQ_UNAVAILABLE', retryable: true },
  credentials: { code: 'CREDENTIALS_REFUSED', retryable: false },
  permission: { code: 'PERMISSION_DENIED', retryable: false },
  clock: { code: 'CLOCK_SKEW', retryable: false },
  no_message: { code: 'SMQ_REFUSED', retryable: false },
  no_queue: { code: 'SMQ_NOT_FOUND', retryable: false },
  receipt_expired: { code: 'SMQ_REFUSED', retryable: false },
  bad_response: { code: 'SMQ_BAD_RESPONSE', retryable: true },
  refused: { code: 'SMQ_REFUSED', retryable: false },
}

/** A call to SMQ that failed. `kind` is what the caller decides on. */
export class SmqError extends CallError<SmqErrorKind> {
  constructor(kind: SmqErrorKind, message: string, facts: CallErrorFacts = {}) {
    super(kind, kinds[kind], message, facts)
    this.name = 'SmqError'
  }
}

/** What a call is about, for messages. */
export interface SmqCallSubject {
  readonly api: string
  /** `queue "audit-events"`, or `the queues`. */
  readonly target: string
  /** The RAM action the call needs, and the resource it needs it on. */
  readonly action: string
  readonly resource: string
}

/** An answer that is no success, its body read. */
export interface SmqFailure {
  readonly status: number
  /** By lower-case name. */
  readonly header: (name: string) => string | undefined
  readonly body: string
}

const MAX_MESSAGE_LENGTH = 1000
const MAX_FOREIGN_BODY_LENGTH = 200
/** undici's codes for what no repetition changes: the client was closed, or the request cannot be written. */
const FINAL_NETWORK_CODES = ['UND_ERR_CLOSED', 'UND_ERR_DESTROYED', 'UND_ERR_INVALID_ARG']

/**
 * The one place that knows SMQ's error codes (smq.md section 7): decides on the code, then on the status; gateways answer
 * with neither XML nor a code.
 *
 * @param secrets texts that a server may repeat in its message and that must not come into ours
 * @param nowMs this machine's clock, to read a `Retry-After` date
 */
export function classifySmqFailure(
  subject: SmqCallSubject,
  failure: SmqFailure,
  secrets: readonly string[],
  nowMs: number,
): SmqError {
  const { status, header, body } = failure
  const error = errorElement(body)
  const vendorCode = error && (childText(error, 'Code')?.trim() || undefined)
  const vendorText =
    vendorCode === undefined
      ? excerpt(redactSecrets(body, secrets), MAX_FOREIGN_BODY_LENGTH)
      : excerpt(redactSecrets((error && childText(error, 'Message')) ?? '', secrets), MAX_MESSAGE_LENGTH)
  const facts: CallErrorFacts = {
    status,
    vendorCode,
    requestId: (error && (childText(error, 'RequestId') || undefined)) ?? header('x-mns-request-id'),
    serverTimeMs: serverTimeOf(header),
    retryAfterMs: parseRetryAfter(header('retry-after'), nowMs),
  }
  const kind = kindOf(status, vendorCode?.toLowerCase())
  const found = [`HTTP ${status}`, vendorCode, vendorText].filter(Boolean).join(', ')
  if (kind !== 'permission') return new SmqError(kind, `${subject.api} of ${subject.target} failed: ${found}`, facts)
  const { action, resource } = subject
  return new SmqError(kind, `Cannot call ${action} on "${resource}": access is denied: ${found}`, {
    ...facts,
    remedy: `Grant ${action} on ${resource} to the RAM user or role this process runs as.`,
  })
}

/** There was no answer, or it broke off. */
export function smqNetworkError(subject: SmqCallSubject, cause: unknown): SmqError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  const reason = cause instanceof Error ? cause.message || cause.name : String(cause)
  const found = code === '' || reason.includes(code) ? reason : `${reason} (${code})`
  const kind = FINAL_NETWORK_CODES.includes(code) ? 'refused' : 'transient'
  return new SmqError(kind, `${subject.api} of ${subject.target} failed: ${found}`, { cause })
}

/** The server's clock by its `Date` header, which has whole seconds; milliseconds since the epoch. */
export function serverTimeOf(header: SmqFailure['header']): number | undefined {
  const timeMs = Date.parse(header('date') ?? '')
  return Number.isNaN(timeMs) ? undefined : timeMs
}

function kindOf(status: number, code: string | undefined): SmqErrorKind {
  switch (code) {
    case 'messagenotexist':
      return 'no_message'
    case 'queuenotexist':
      return 'no_queue'
    case 'receipthandleerror':
      return 'receipt_expired'
    case 'accessdenied':
      return 'permission'
    case 'invalidaccesskeyid':
    case 'signaturedoesnotmatch':
      return 'credentials'
    case 'timeexpired':
      return 'clock'
    case 'toomanyrequests':
    case 'qpslimitexceeded':
      return 'throttled'
    case 'internalerror':
    case 'internalservererror':
      return 'transient'
  }
  if (status === 429) return 'throttled'
  if (status === 408 || status >= 500) return 'transient'
  // An outdated token: nobody could tell its code (smq.md section 7).
  if (status === 401 || (status === 403 && code !== undefined) || code?.includes('securitytoken')) return 'credentials'
  return 'refused'
}

function errorElement(body: string): XmlElement | undefined {
  try {
    const root = parseXml(body)
    return root.name === 'Error' ? root : undefined
  } catch {
    // The answer of a gateway, of which the beginning is shown.
    return undefined
  }
}
