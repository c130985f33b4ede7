import type { ErrorCode } from '../../errors.ts'
import { parseRetryAfter } from '../../http/retry-after.ts'
import { CallError, type CallErrorFacts } from '../call-error.ts'
import { excerpt, redactSecrets } from '../failure-text.ts'

export type SlsErrorKind =
  | 'throttled'
  | 'transient'
  | 'credentials'
  | 'permission'
  | 'clock'
  | 'not_found'
  | 'invalid_cursor'
  | 'shard_gone'
  | 'group_exists'
  | 'group_gone'
  | 'unknown_consumer'
  | 'not_owner'
  | 'bad_response'
  | 'refused'

const kinds: Record<SlsErrorKind, { code: ErrorCode; retryable: boolean }> = {
  throttled: { code: 'SLS_THROTTLED', retryable: true },
  transient: { code: 'SLS_UNAVAILABLE', retryable: true },
  credentials: { code: 'CREDENTIALS_REFUSED', retryable: false },
  permission: { code: 'PERMISSION_DENIED', retryable: false },
  clock: { code: 'CLOCK_SKEW', retryable: false },
  not_found: { code: 'SLS_NOT_FOUND', retryable: false },
  invalid_cursor: { code: 'SLS_INVALID_CURSOR', retryable: false },
  shard_gone: { code: 'SLS_NOT_FOUND', retryable: false },
  group_exists: { code: 'SLS_REFUSED', retryable: false },
  group_gone: { code: 'SLS_NOT_FOUND', retryable: false },
  unknown_consumer: { code: 'SLS_SHARD_LOST', retryable: false },
  not_owner: { code: 'SLS_SHARD_LOST', retryable: false },
  bad_response: { code: 'SLS_BAD_RESPONSE', retryable: true },
  refused: { code: 'SLS_REFUSED', retryable: false },
}

/** A call to SLS that failed. `kind` is what the caller decides on. */
export class SlsError extends CallError<SlsErrorKind> {
  constructor(kind: SlsErrorKind, message: string, facts: CallErrorFacts = {}) {
    super(kind, kinds[kind], message, facts)
    this.name = 'SlsError'
  }
}

/** What a call is about, for messages. */
export interface SlsCallSubject {
  readonly api: string
  /** `project "web-prod", logstore "access", shard 0` */
  readonly target: string
  /** The RAM action the call needs, and the resource it needs it on. */
  readonly action: string
  readonly resource: string
}

/** An answer that is no success. */
export interface SlsFailure {
  readonly status: number
  /** By lower-case name. */
  readonly header: (name: string) => string | undefined
  /** The body, or its beginning. */
  readonly body: string
}

const MAX_MESSAGE_LENGTH = 1000
const MAX_FOREIGN_BODY_LENGTH = 200

/**
 * The one place that knows SLS's error codes (sls-protocol 5.2): decides on the code, then on the status; proxies answer
 * with neither JSON nor a code.
 *
 * @param secrets texts that a server may repeat in its message and that must not come into ours
 * @param nowMs this machine's clock, to read a `Retry-After` date
 */
export function classifySlsFailure(
  subject: SlsCallSubject,
  failure: SlsFailure,
  secrets: readonly string[],
  nowMs: number,
): SlsError {
  const { status, header } = failure
  const { vendorCode, text } = readFailureBody(failure.body)
  const vendorText = excerpt(
    redactSecrets(text, secrets),
    vendorCode === undefined ? MAX_FOREIGN_BODY_LENGTH : MAX_MESSAGE_LENGTH,
  )
  const facts: CallErrorFacts = {
    status,
    vendorCode,
    requestId: header('x-log-requestid'),
    serverTimeMs: serverTime(header),
    retryAfterMs: parseRetryAfter(header('retry-after'), nowMs),
  }
  const kind = kindOf(status, (vendorCode ?? '').toLowerCase(), text.toLowerCase())
  const found = [`HTTP ${status}`, vendorCode, vendorText].filter(Boolean).join(', ')
  if (kind !== 'permission') return new SlsError(kind, `${subject.api} of ${subject.target} failed: ${found}`, facts)
  const { action, resource } = subject
  return new SlsError(kind, `Cannot call ${action} on "${resource}": access is denied: ${found}`, {
    ...facts,
    remedy: `Grant ${action} on ${resource} to the RAM user or role this process runs as.`,
  })
}

function kindOf(status: number, code: string, text: string): SlsErrorKind {
  if (code.includes('invalidcursor') || text.includes('invalid cursor')) return 'invalid_cursor'
  switch (code) {
    case 'requesttimeexpired':
    case 'requesttimetooskewed':
      return 'clock'
    case 'shardnotexist':
      return 'shard_gone'
    case 'consumergroupalreadyexist':
      return 'group_exists'
    case 'consumergroupnotexist':
      return 'group_gone'
    case 'consumernotexist':
    case 'notexistconsumerwithbody':
      return 'unknown_consumer'
    case 'consumernotmatch':
      return 'not_owner'
    case 'projectnotexist':
    case 'logstorenotexist':
    case 'logstorewithoutshard':
      return 'not_found'
    case 'unauthorized':
      return text.includes('denied by sts or ram') ? 'permission' : 'credentials'
    case 'signaturenotmatch':
    case 'invalidaccesskeyid':
      return 'credentials'
    case 'internalservererror':
    case 'requesttimeout':
    case 'serverbusy':
      return 'transient'
  }
  // A project's hard limits tell themselves by their message. ProjectQuotaExceed without one of these means arrears or a
  // quota of things, which waiting does not change.
  if (/\b(?:read qps|write qps|inflow quota) exceed/.test(text)) return 'throttled'
  if (/(?:quota|qpslimit)exceed(?:ed)?$/.test(code) && code !== 'projectquotaexceed') return 'throttled'
  if (status === 429) return 'throttled'
  if (status === 401) return 'credentials'
  if (status === 404) return 'not_found'
  if (status === 408 || status >= 500) return 'transient'
  return 'refused'
}

function readFailureBody(body: string): { vendorCode: string | undefined; text: string } {
  try {
    const { errorCode, errorMessage } = JSON.parse(body) as Record<string, unknown>
    if (typeof errorCode === 'string') {
      return { vendorCode: errorCode, text: typeof errorMessage === 'string' ? errorMessage : '' }
    }
  } catch {
    // No JSON: the answer of a gateway, of which the beginning is shown.
  }
  return { vendorCode: undefined, text: body }
}

function serverTime(header: SlsFailure['header']): number | undefined {
  const seconds = Number(header('x-log-time') ?? Number.NaN)
  const timeMs = seconds > 0 ? seconds * 1000 : Date.parse(header('date') ?? '')
  return Number.isNaN(timeMs) ? undefined : timeMs
}
