import type { Meter } from '@opentelemetry/api'
import type { Clock } from '../../clock.ts'
import { describeError, ReceiverError } from '../../errors.ts'
import { readBody } from '../../http/body.ts'
import { createDispatcher } from '../../http/dispatcher.ts'
import type { Log } from '../../telemetry/log.ts'
import type { Credentials, CredentialsProvider } from '../credentials.ts'
import { createRateLimiter } from '../rate-limit.ts'
import { createCallRepeater } from '../repeated-call.ts'
import { createServerClock } from '../server-clock.ts'
import {
  messageXml,
  readAttributes,
  readDeleteFailures,
  readMessages,
  readQueueNames,
  readReceipt,
  readSentMessageId,
  receiptHandlesXml,
} from './answer.ts'
import { smqOrigin } from './endpoint.ts'
import {
  classifySmqFailure,
  type SmqCallSubject,
  SmqError,
  type SmqErrorKind,
  serverTimeOf,
  smqNetworkError,
} from './errors.ts'
import { authorizationClassic, authorizationV4 } from './signature.ts'
import type { DeleteFailure, ReceivedMessage, SmqClient, SmqMessage } from './types.ts'
import { parseXml, type XmlElement } from './xml.ts'

export interface SmqClientOptions {
  /** Host, or URL where it is not HTTPS. */
  readonly endpoint: string
  /** Needed by the V4 signature. */
  readonly region: string | undefined
  readonly signature: 'classic' | 'v4'
  /** As `DispatcherOptions.proxy`. */
  readonly proxy: string
  readonly rateLimitPerSecond: number
  readonly userAgent: string
}

/** Which call it is about. */
export interface SmqCallName {
  readonly api: string
  /** Absent: about all queues. */
  readonly queue?: string
}

export interface SmqClientDeps {
  readonly credentials: CredentialsProvider
  readonly clock: Clock
  readonly log: Log
  readonly meter: Meter
  /** Told before each wait for a repetition; `attempt` counts from 1. */
  readonly onRetry?: (call: SmqCallName, error: SmqError, attempt: number, waitMs: number) => void
  /** Told after each call that succeeded. */
  readonly onSuccess?: (call: SmqCallName) => void
}

/** Silence after which a call is given up, over what the server is asked to wait (smq.md section 8). */
const silenceMarginMs = 15_000
const connectTimeoutMs = 10_000
/** Each hanging poll holds one; deletes must never wait for a poll to end. */
const socketsPerHost = 4096
/** Sixteen bodies of 64 KB in which every character is written as an entity. */
const maxAnswerBytes = 16 * 1024 * 1024
const queuesPerPage = 1000
const apiVersion = '2015-06-06'
const longestWaitMs = 10_000

interface SmqCall<Result> extends SmqCallName {
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE'
  /** Path and parameters as they stand on the request line. */
  readonly target: string
  /** `x-mns-…` parameters. */
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** How long the server may hold the request. Default 0. */
  readonly waitMs?: number
  /** Whether what may pass is repeated until it does. Default true. */
  readonly repeats?: boolean
  /** Reads a success. `root` is absent where the body is empty. Throws where the answer is not what was asked for. */
  readonly read: (root: XmlElement | undefined, facts: AnswerFacts) => Result
  /** Reads what a failure says; `undefined` where it is a failure of the call. */
  readonly readFailure?: (root: XmlElement) => Result | undefined
  /** What stands for an answer of this kind, which is then no failure. */
  readonly accept?: { readonly kind: SmqErrorKind; readonly result: (facts: AnswerFacts) => Result }
}

interface AnswerFacts {
  readonly tookMs: number
  readonly serverTimeMs: number | undefined
}

/**
 * A client for the queues of one account in one region. Network failures, server errors, throttling and answers that are
 * not what was asked for are repeated with back-off until they pass or the signal aborts (`attributes` excepted); all else
 * rejects with SmqError.
 *
 * @throws {ReceiverError} CONFIG_INVALID for an endpoint that is none, or the V4 signature without a region
 */
export function createSmqClient(options: SmqClientOptions, deps: SmqClientDeps): SmqClient {
  const { region } = options
  const { clock } = deps
  const origin = smqOrigin(options.endpoint)
  const authorization = authorizationOf(options)
  const dispatcher = createDispatcher({ proxy: options.proxy, connections: socketsPerHost, connectTimeoutMs })
  const limiter = createRateLimiter({ perSecond: options.rateLimitPerSecond }, clock)
  const serverClock = createServerClock(clock, deps.log)
  const repeat = createCallRepeater({ region, longestWaitMs, Failure: SmqError }, { ...deps, limiter, serverClock })
  let closing: Promise<void> | undefined

  /** One call with its repetitions. */
  function call<Result>(request: SmqCall<Result>, signal: AbortSignal): Promise<Result> {
    return repeat(
      {
        api: request.api,
        attempt: (used) => attemptCall(request, used, signal),
        repeats: () => request.repeats !== false,
        onRetry: (error, attempt, waitMs) => deps.onRetry?.(request, error, attempt, waitMs),
        onSuccess: () => deps.onSuccess?.(request),
      },
      signal,
    )
  }

  /** Signs, sends and reads once. */
  async function attemptCall<Result>(
    request: SmqCall<Result>,
    used: Credentials,
    signal: AbortSignal,
  ): Promise<Result> {
    const subject = subjectOf(request)
    const sentAtMs = clock.now()
    const { status, header, body } = await send(request, subject, used, signal)
    const facts = { tookMs: clock.now() - sentAtMs, serverTimeMs: serverTimeOf(header) }
    if (status >= 200 && status < 300) {
      try {
        return request.read(body === '' ? undefined : parseXml(body), facts)
      } catch (cause) {
        const message = `Unusable answer to ${subject.api} of ${subject.target}: ${describeError(cause)}`
        throw new SmqError('bad_response', message, { status, requestId: header('x-mns-request-id'), cause })
      }
    }
    const told = request.readFailure && readFailureBody(body, request.readFailure)
    if (told !== undefined) return told
    const secrets = [used.accessKeySecret, used.securityToken ?? '']
    const error = classifySmqFailure(subject, { status, header, body }, secrets, clock.now())
    if (request.accept?.kind === error.kind) return request.accept.result(facts)
    throw error
  }

  async function send(
    request: SmqCall<unknown>,
    subject: SmqCallSubject,
    used: Credentials,
    signal: AbortSignal,
  ): Promise<{ status: number; header: (name: string) => string | undefined; body: string }> {
    const { method, target } = request
    const signed: Record<string, string> = {
      date: new Date(serverClock.now()).toUTCString(),
      'x-mns-version': apiVersion,
      ...request.headers,
      ...(request.body === undefined ? {} : { 'content-type': 'text/xml;charset=UTF-8' }),
    }
    const headers = {
      ...signed,
      'user-agent': options.userAgent,
      authorization: authorization(used, { method, target, headers: signed }),
      // Added after signing: the token is no part of what is signed (smq.md section 3).
      ...(used.securityToken === undefined ? {} : { 'security-token': used.securityToken }),
    }
    const silenceMs = (request.waitMs ?? 0) + silenceMarginMs
    try {
      const answer = await dispatcher.request({
        origin,
        path: target,
        method,
        headers,
        ...(request.body === undefined ? {} : { body: request.body }),
        headersTimeout: silenceMs,
        bodyTimeout: silenceMs,
        signal,
      })
      const header = (name: string) => {
        const value = answer.headers[name]
        return Array.isArray(value) ? value[0] : value
      }
      const body = await readBody(answer.body, maxAnswerBytes)
      if (body !== undefined) return { status: answer.statusCode, header, body: body.toString('utf8') }
      const message = `Unusable answer to ${subject.api} of ${subject.target}: it is larger than ${maxAnswerBytes} bytes`
      throw new SmqError('bad_response', message, { status: answer.statusCode, requestId: header('x-mns-request-id') })
    } catch (cause) {
      throw cause instanceof SmqError ? cause : smqNetworkError(subject, cause)
    }
  }

  function subjectOf({ api, queue, target }: SmqCall<unknown>): SmqCallSubject {
    const path = target.split('?', 1)[0] ?? target
    return {
      api,
      target: queue === undefined ? 'the queues' : `queue "${queue}"`,
      action: `mns:${api}`,
      resource: `acs:mns:${region ?? '*'}:*:${path}`,
    }
  }

  return {
    receive: (queue, count, waitSeconds, signal) =>
      call(
        {
          api: 'BatchReceiveMessage',
          queue,
          method: 'GET',
          target: `${messagesPath(queue)}?numOfMessages=${count}&waitseconds=${waitSeconds}`,
          waitMs: waitSeconds * 1000,
          read: (root, facts) => ({ ...facts, messages: readMessages(expectBody(root)).map(withReceipt) }),
          accept: { kind: 'no_message', result: (facts) => ({ ...facts, messages: [] }) },
        },
        signal,
      ),

    peek: (queue, count, signal) =>
      call<SmqMessage[]>(
        {
          api: 'BatchPeekMessage',
          queue,
          method: 'GET',
          target: `${messagesPath(queue)}?peekonly=true&numOfMessages=${count}`,
          read: (root) => readMessages(expectBody(root)),
          accept: { kind: 'no_message', result: () => [] },
        },
        signal,
      ),

    deleteMessages: (queue, receiptHandles, signal) =>
      call<DeleteFailure[]>(
        {
          api: 'BatchDeleteMessage',
          queue,
          method: 'DELETE',
          target: messagesPath(queue),
          body: receiptHandlesXml(receiptHandles),
          read: (root) => (root === undefined ? [] : (readDeleteFailures(root) ?? [])),
          readFailure: readDeleteFailures,
        },
        signal,
      ),

    changeVisibility: (queue, receiptHandle, seconds, signal) =>
      call(
        {
          api: 'ChangeMessageVisibility',
          queue,
          method: 'PUT',
          target: `${messagesPath(queue)}?ReceiptHandle=${handleInQuery(receiptHandle)}&VisibilityTimeout=${seconds}`,
          read: (root) => readReceipt(expectBody(root)),
        },
        signal,
      ),

    send: (queue, body, signal) =>
      call(
        {
          api: 'SendMessage',
          queue,
          method: 'POST',
          target: messagesPath(queue),
          body: messageXml(body),
          read: (root) => readSentMessageId(expectBody(root)),
        },
        signal,
      ),

    attributes: (queue, signal) =>
      call(
        {
          api: 'GetQueueAttributes',
          queue,
          method: 'GET',
          target: queuePath(queue),
          repeats: false,
          read: (root) => readAttributes(expectBody(root)),
        },
        signal,
      ),

    async listQueues(prefix, signal) {
      const names = new Set<string>()
      let marker: string | undefined
      for (;;) {
        const page = await call(
          {
            api: 'ListQueue',
            method: 'GET',
            target: '/queues',
            headers: {
              ...(prefix === '' ? {} : { 'x-mns-prefix': prefix }),
              'x-mns-ret-number': String(queuesPerPage),
              ...(marker === undefined ? {} : { 'x-mns-marker': marker }),
            },
            read: (root) => readQueueNames(expectBody(root)),
          },
          signal,
        )
        const known = names.size
        for (const name of page.names) names.add(name)
        // A page with nothing new would lead round in a circle.
        if (page.nextMarker === undefined || (page.names.length > 0 && names.size === known)) return [...names]
        marker = page.nextMarker
      }
    },

    close() {
      closing ??= dispatcher.close()
      return closing
    },
  }
}

type Authorization = (used: Credentials, request: Parameters<typeof authorizationClassic>[2]) => string

function authorizationOf({ signature, region }: SmqClientOptions): Authorization {
  if (signature === 'classic') {
    return ({ accessKeyId, accessKeySecret }, request) => authorizationClassic(accessKeyId, accessKeySecret, request)
  }
  if (region === undefined) throw new ReceiverError('CONFIG_INVALID', 'region: is needed for signature v4')
  return ({ accessKeyId, accessKeySecret }, request) => authorizationV4(accessKeyId, accessKeySecret, region, request)
}

function readFailureBody<Result>(body: string, read: (root: XmlElement) => Result | undefined): Result | undefined {
  try {
    return read(parseXml(body))
  } catch {
    return undefined
  }
}

function expectBody(root: XmlElement | undefined): XmlElement {
  if (root === undefined) throw new Error('an empty body')
  return root
}

function withReceipt(message: SmqMessage): ReceivedMessage {
  const { receiptHandle } = message
  if (receiptHandle === undefined) throw new Error(`message ${message.messageId} without ReceiptHandle`)
  return { ...message, receiptHandle }
}

const queuePath = (queue: string) => `/queues/${encodeURIComponent(queue)}`
const messagesPath = (queue: string) => `${queuePath(queue)}/messages`

/** A handle goes as it came, as every SDK of the vendor sends it (smq.md 6.3); what would end the parameter is escaped. */
const handleInQuery = (handle: string) => handle.replaceAll(/[^\w+/=.~:-]/g, encodeURIComponent)
