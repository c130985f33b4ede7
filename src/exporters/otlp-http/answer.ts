import { parseRetryAfter } from '../../http/retry-after.ts'
import { ProtobufReader } from '../../protobuf/reader.ts'
import type { Outcome } from '../delivery-policy.ts'

/** An HTTP answer as it came, `body` cut to what is worth reading. Header names are in lower case. */
export interface HttpAnswer {
  readonly statusCode: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: Buffer
}

/** What a backend says in an `ExportLogsServiceResponse` or `ExportMetricsServiceResponse`. */
interface PartialSuccess {
  readonly rejected: number
  readonly message: string
}

const MAX_MESSAGE_CHARACTERS = 300

/**
 * What an answer means for the request (otlp-datadog-k8s.md section 1.3). Where the protocol says not to retry a server error,
 * we do: the record is still at its source, and a gateway's 500 is about the gateway.
 *
 * @param items how many items the request held
 */
export function toOutcome(answer: HttpAnswer, url: string, items: number, nowMs: number): Outcome {
  const { statusCode } = answer
  if (statusCode >= 200 && statusCode < 300) return toSuccess(answer, url, items)
  const message = `${url} answered ${statusCode}${describeBody(answer)}`
  const retryAfterMs = parseRetryAfter(headerOf(answer, 'retry-after'), nowMs)
  if (statusCode >= 300 && statusCode < 400) {
    const location = headerOf(answer, 'location')
    const to = location === undefined ? '' : ` to ${location}`
    return {
      status: 'misconfigured',
      code: 'EXPORT_NOT_FOUND',
      message: `${url} redirects${to} (${statusCode}); redirects are not followed, so set the endpoint to its target`,
    }
  }
  switch (statusCode) {
    case 400:
    case 422:
      return { status: 'malformed', rejection: { status: statusCode, message } }
    case 413:
      return { status: 'too_large', rejection: { status: statusCode, message } }
    case 408:
    case 429:
      return { status: 'retry', message, retryAfterMs }
    case 401:
    case 403:
    case 407:
      return { status: 'misconfigured', code: 'EXPORT_UNAUTHORIZED', message, retryAfterMs }
    case 404:
    case 405:
    case 410:
    case 415:
      return { status: 'misconfigured', code: 'EXPORT_NOT_FOUND', message, retryAfterMs }
  }
  // A Collector without a queue answers 500 for what its own backend refused for ever, a 413 for one.
  if (statusCode === 500) return { status: 'retry', message, retryAfterMs, rejection: { status: statusCode, message } }
  if (statusCode > 500) return { status: 'retry', message, retryAfterMs }
  return { status: 'misconfigured', code: 'EXPORT_REFUSED', message, retryAfterMs }
}

function toSuccess(answer: HttpAnswer, url: string, items: number): Outcome {
  // Whoever answers a POST of telemetry with a web page (a login page, a portal) has not stored it.
  if (contentTypeOf(answer) === 'text/html') {
    return {
      status: 'misconfigured',
      code: 'EXPORT_NOT_FOUND',
      message: `${url} answered ${answer.statusCode} with a web page, so it is no OTLP endpoint`,
    }
  }
  const { rejected, message } = readPartialSuccess(answer)
  return { status: 'accepted', refused: Math.min(Math.max(0, rejected), items), message: shorten(message) }
}

/** An answer that cannot be read is still an acceptance: the status alone decides. */
function readPartialSuccess(answer: HttpAnswer): PartialSuccess {
  const none = { rejected: 0, message: '' }
  try {
    return (contentTypeOf(answer) === 'application/json' ? fromJson(answer.body) : fromProtobuf(answer.body)) ?? none
  } catch {
    return none
  }
}

/** Field 1 is `partial_success` of both responses; in it 1 is the number of items and 2 the message. */
function fromProtobuf(body: Buffer): PartialSuccess {
  let rejected = 0
  let message = ''
  const response = new ProtobufReader(body)
  for (let field = response.field(); field !== 0; field = response.field()) {
    if (field !== 1) {
      response.skip()
      continue
    }
    const partial = response.nested()
    for (let inner = partial.field(); inner !== 0; inner = partial.field()) {
      if (inner === 1 && partial.wireType === 0) rejected = Number(partial.varint64())
      else if (inner === 2) message = partial.string()
      else partial.skip()
    }
  }
  return { rejected, message }
}

function fromJson(body: Buffer): PartialSuccess | undefined {
  const response: unknown = JSON.parse(body.toString('utf8'))
  const partial = memberOf(response, 'partialSuccess')
  if (partial === undefined) return undefined
  const rejected = memberOf(partial, 'rejectedLogRecords') ?? memberOf(partial, 'rejectedDataPoints') ?? 0
  const message = memberOf(partial, 'errorMessage')
  return { rejected: Number(rejected) || 0, message: typeof message === 'string' ? message : '' }
}

/** The words of an error: `google.rpc.Status` (2 is the message) in protobuf or JSON, or whatever text a proxy wrote. */
function describeBody(answer: HttpAnswer): string {
  const text = shorten(errorText(answer).replaceAll(/\s+/g, ' ').trim())
  return text === '' ? '' : `: ${text}`
}

function errorText(answer: HttpAnswer): string {
  const text = answer.body.toString('utf8')
  try {
    switch (contentTypeOf(answer)) {
      case 'application/x-protobuf':
        return statusMessage(answer.body)
      case 'application/json': {
        const message = memberOf(JSON.parse(text), 'message')
        return typeof message === 'string' ? message : text
      }
      case 'text/html':
        return ''
    }
  } catch {
    // Not what its content type says: shown as it is.
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: bytes that are no text must not reach a terminal
  return text.replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f\ufffd]/g, '')
}

function statusMessage(body: Buffer): string {
  let message = ''
  const reader = new ProtobufReader(body)
  for (let field = reader.field(); field !== 0; field = reader.field()) {
    if (field === 2) message = reader.string()
    else reader.skip()
  }
  return message
}

function shorten(text: string): string {
  return text.length <= MAX_MESSAGE_CHARACTERS ? text : `${text.slice(0, MAX_MESSAGE_CHARACTERS)}…`
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}

function contentTypeOf(answer: HttpAnswer): string | undefined {
  return headerOf(answer, 'content-type')?.split(';')[0]?.trim().toLowerCase()
}

function headerOf({ headers }: HttpAnswer, name: string): string | undefined {
  const value = headers[name]
  return Array.isArray(value) ? value[0] : value
}
