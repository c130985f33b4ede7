import type { ErrorCode } from '../../errors.ts'
import { parseRetryAfter } from '../../http/retry-after.ts'
import { isJsonObject, type Json, type JsonObject, parseJson } from '../../lossless-json.ts'
import { CallError, type CallErrorFacts } from '../call-error.ts'
import { excerpt, redactSecrets } from '../failure-text.ts'

export type RpcErrorKind =
  | 'throttled'
  | 'transient'
  | 'timeout'
  | 'credentials'
  | 'permission'
  | 'clock'
  | 'bad_response'
  | 'refused'

const kinds: Record<RpcErrorKind, { code: ErrorCode; retryable: boolean }> = {
  throttled: { code: 'API_THROTTLED', retryable: true },
  transient: { code: 'API_UNAVAILABLE', retryable: true },
  timeout: { code: 'API_UNAVAILABLE', retryable: true },
  credentials: { code: 'CREDENTIALS_REFUSED', retryable: false },
  permission: { code: 'PERMISSION_DENIED', retryable: false },
  clock: { code: 'CLOCK_SKEW', retryable: false },
  bad_response: { code: 'API_BAD_RESPONSE', retryable: false },
  refused: { code: 'API_REFUSED', retryable: false },
}

/** A call to an RPC-style API that failed. `kind` is what the caller decides on. */
export class RpcError extends CallError<RpcErrorKind> {
  constructor(kind: RpcErrorKind, message: string, facts: CallErrorFacts = {}) {
    super(kind, kinds[kind], message, facts)
    this.name = 'RpcError'
  }
}

/** What a call is about, for messages. */
export interface RpcCallSubject {
  /** `LookupEvents` */
  readonly api: string
  /** The host that is called. */
  readonly host: string
  /** The RAM action the call needs: `actiontrail:LookupEvents`. */
  readonly ramAction: string
}

/** An answer whose body has been read. */
export interface RpcHttpAnswer {
  readonly status: number
  /** By lower-case name. */
  readonly header: (name: string) => string | undefined
  readonly text: string
}

const MAX_MESSAGE_LENGTH = 1000
const MAX_FOREIGN_BODY_LENGTH = 200

/** The object in the body of a success. @throws {RpcError} `bad_response` */
export function readSuccess(subject: RpcCallSubject, answer: RpcHttpAnswer): JsonObject {
  const body = parseBody(answer.text)
  if (isJsonObject(body)) return body
  const begins = excerpt(answer.text, MAX_FOREIGN_BODY_LENGTH)
  throw new RpcError('bad_response', `${subject.api} of ${subject.host} was answered with no JSON object: ${begins}`, {
    status: answer.status,
    requestId: requestIdOf(answer, undefined),
    // What begins like an object was cut on its way. Anything else comes from somebody who is not the API.
    retryable: answer.text.trimStart().startsWith('{'),
  })
}

/**
 * The one place that knows the error codes of the RPC gateway (actiontrail.md 1.8): decides on the code, then on the status;
 * proxies and load balancers answer with neither JSON nor a code.
 *
 * @param secrets texts that a server may repeat in its message and that must not come into ours
 * @param nowMs this machine's clock, to read a `Retry-After` date
 */
export function classifyRpcFailure(
  subject: RpcCallSubject,
  answer: RpcHttpAnswer,
  secrets: readonly string[],
  nowMs: number,
): RpcError {
  const { status, header } = answer
  const body = parseBody(answer.text)
  const vendorCode = isJsonObject(body) ? textOf(body['Code']) : undefined
  const vendorText = isJsonObject(body)
    ? excerpt(redactSecrets(textOf(body['Message']) ?? '', secrets), MAX_MESSAGE_LENGTH)
    : excerpt(redactSecrets(answer.text, secrets), MAX_FOREIGN_BODY_LENGTH)
  const kind = kindOf(status, vendorCode?.toLowerCase(), isJsonObject(body))
  const found = [`HTTP ${status}`, vendorCode, vendorText].filter(Boolean).join(', ')
  const facts: CallErrorFacts = {
    status,
    vendorCode,
    requestId: requestIdOf(answer, body),
    serverTimeMs: serverTimeOf(header),
    retryAfterMs: parseRetryAfter(header('retry-after'), nowMs),
  }
  if (kind !== 'permission') return new RpcError(kind, `${subject.api} of ${subject.host} failed: ${found}`, facts)
  const denied = isJsonObject(body) && isJsonObject(body['AccessDeniedDetail']) ? body['AccessDeniedDetail'] : {}
  const action = textOf(denied['AuthAction']) ?? subject.ramAction
  return new RpcError(kind, `Cannot call ${action} of ${subject.host}: access is denied: ${found}`, {
    ...facts,
    remedy: `Grant ${action} to the RAM user or role this process runs as.`,
  })
}

function kindOf(status: number, code: string | undefined, isJson: boolean): RpcErrorKind {
  if (code !== undefined) {
    if (code.startsWith('throttling')) return 'throttled'
    if (code.startsWith('invalidtimestamp') || code === 'illegaltimestamp') return 'clock'
    // A nonce is made anew for each attempt, so the next one passes.
    if (code === 'signaturenonceused') return 'transient'
    if (/^(invalidaccesskeyid|invalidsecuritytoken|missingsecuritytoken|signaturedoesnotmatch)\b/.test(code)) {
      return 'credentials'
    }
    if (/^(nopermission|forbidden|accessdenied|unauthorized|notauthorized)/.test(code)) return 'permission'
    if (/^(servicetimeout|requesttimeout|gatewaytimeout)/.test(code)) return 'timeout'
    if (/^(internalerror|internalfailure|internalservererror|serviceunavailable)/.test(code)) return 'transient'
  }
  if (status === 429) return 'throttled'
  if (status === 408 || status === 504) return 'timeout'
  if (status >= 500) return 'transient'
  if (!isJson) return 'bad_response'
  return status === 403 ? 'permission' : 'refused'
}

/** undici's codes for what no repetition changes: the client was closed, or the request cannot be written. */
const finalNetworkCodes = ['UND_ERR_CLOSED', 'UND_ERR_DESTROYED', 'UND_ERR_INVALID_ARG']
/** Its codes for a server that was reached and stays silent. */
const silenceCodes = ['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT']

/** There was no answer, or it broke off. */
export function rpcNetworkError(subject: RpcCallSubject, cause: unknown): RpcError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  const reason = cause instanceof Error ? cause.message || cause.name : String(cause)
  const found = code === '' || reason.includes(code) ? reason : `${reason} (${code})`
  const kind = finalNetworkCodes.includes(code) ? 'refused' : silenceCodes.includes(code) ? 'timeout' : 'transient'
  return new RpcError(kind, `${subject.api} of ${subject.host} failed: ${found}`, { cause })
}

/** The vendor's id of a request, by which its support finds it: from the body, else from the header. */
export function requestIdOf({ header }: RpcHttpAnswer, body: Json | undefined): string | undefined {
  return (isJsonObject(body) ? textOf(body['RequestId']) : undefined) ?? header('x-acs-request-id')
}

/** The server's clock by its `Date` header, which has whole seconds; milliseconds since the epoch. */
export function serverTimeOf(header: RpcHttpAnswer['header']): number | undefined {
  const timeMs = Date.parse(header('date') ?? '')
  return Number.isNaN(timeMs) ? undefined : timeMs
}

function parseBody(text: string): Json | undefined {
  try {
    return parseJson(text)
  } catch {
    return undefined
  }
}

function textOf(value: Json | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
