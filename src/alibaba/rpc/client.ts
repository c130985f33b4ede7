import { randomUUID } from 'node:crypto'
import type { Meter } from '@opentelemetry/api'
import type { Dispatcher } from 'undici'
import type { Clock } from '../../clock.ts'
import { ReceiverError } from '../../errors.ts'
import { readBody } from '../../http/body.ts'
import { createDispatcher } from '../../http/dispatcher.ts'
import type { JsonObject } from '../../lossless-json.ts'
import type { Log } from '../../telemetry/log.ts'
import type { Credentials, CredentialsProvider } from '../credentials.ts'
import type { RateLimiter } from '../rate-limit.ts'
import { createCallRepeater } from '../repeated-call.ts'
import { createServerClock } from '../server-clock.ts'
import { rpcAddress } from './endpoint.ts'
import {
  classifyRpcFailure,
  type RpcCallSubject,
  RpcError,
  type RpcHttpAnswer,
  readSuccess,
  requestIdOf,
  rpcNetworkError,
  serverTimeOf,
} from './errors.ts'
import { flattenParameters, type RpcParameters } from './parameters.ts'
import { canonicalQuery, signedHeaders, type UnsignedRequest } from './signature.ts'

export interface RpcClientOptions {
  /** Host, or URL where it is not HTTPS. */
  readonly endpoint: string
  /** Only for metrics: the wire does not carry it. Absent for central APIs. */
  readonly region?: string
  /** The product's prefix of RAM actions, such as `actiontrail`. */
  readonly product: string
  /** As `DispatcherOptions.proxy`. */
  readonly proxy: string
  readonly userAgent: string
  /** Silence after which an attempt is given up. A slow answer that keeps coming is not. Milliseconds, default 60 000. */
  readonly timeoutMs?: number
}

export interface RpcClientDeps {
  readonly credentials: CredentialsProvider
  /** Asked before each attempt; whoever shares a quota of the vendor shares this. */
  readonly limiter: RateLimiter
  readonly clock: Clock
  readonly log: Log
  readonly meter: Meter
  /** Told before each wait for a repetition; `attempt` counts from 1. */
  readonly onRetry?: (error: RpcError, attempt: number, waitMs: number) => void
  /** Told after each call that succeeded. */
  readonly onSuccess?: () => void
}

export interface RpcCall {
  /** `LookupEvents` */
  readonly action: string
  /** `2020-07-06` */
  readonly version: string
  /** Sent in the query string, where almost every API wants all of its parameters. */
  readonly query?: RpcParameters
  /** Sent as a form. */
  readonly form?: RpcParameters
  /** The RAM action, where it is not `<product>:<action>`. */
  readonly ramAction?: string
  /** `throw`: the caller asks for less after a timeout, rather than for the same again. Default `repeat`. */
  readonly onTimeout?: 'repeat' | 'throw'
  /** The failure that the body of a success may tell: some APIs answer HTTP 200 to a call that they refuse. */
  readonly failureIn?: (subject: RpcCallSubject, body: JsonObject) => RpcError | undefined
  /** How long after the call began it is still repeated. Default: without end. */
  readonly repeatForMs?: number
}

export interface RpcAnswer {
  /** Integers that a number cannot hold are bigints. */
  readonly body: JsonObject
  readonly requestId: string | undefined
  /** Milliseconds since the epoch, whole seconds. */
  readonly serverTimeMs: number | undefined
}

export interface RpcClient {
  /**
   * One call. Network failures, server errors and throttling are repeated with back-off until they pass or the signal
   * aborts, each time with a new nonce, date and signature.
   * @throws {RpcError} for what repeating does not cure, or the signal's reason
   */
  call(call: RpcCall, signal: AbortSignal): Promise<RpcAnswer>
  /** The time by the server's clock where that is known to differ from ours, milliseconds since the epoch. */
  now(): number
  close(): Promise<void>
}

const DEFAULT_TIMEOUT_MS = 60_000
const CONNECT_TIMEOUT_MS = 10_000
const SOCKETS_PER_HOST = 16
const MAX_ANSWER_BYTES = 64 * 1024 * 1024
const LONGEST_WAIT_MS = 20_000
const noBody = new Uint8Array()

/**
 * A client for one endpoint of the RPC-style APIs (ActionTrail, RAM, Resource Center …), signed with ACS3-HMAC-SHA256.
 *
 * @throws {ReceiverError} CONFIG_INVALID for an endpoint that is none
 */
export function createRpcClient(options: RpcClientOptions, deps: RpcClientDeps): RpcClient {
  const { endpoint, region, product, timeoutMs = DEFAULT_TIMEOUT_MS } = options
  const { clock, onRetry, onSuccess } = deps
  const address = rpcAddress(endpoint)
  if (address === undefined) {
    // Somebody may have put a password into the URL.
    const shown = endpoint.replace(/\/\/.*@/, '//***@')
    throw new ReceiverError('CONFIG_INVALID', `endpoint: "${shown}" is no host or http(s) URL without user and path`)
  }
  const { origin, host } = address
  const dispatcher = createDispatcher({
    proxy: options.proxy,
    connections: SOCKETS_PER_HOST,
    connectTimeoutMs: CONNECT_TIMEOUT_MS,
  })
  const serverClock = createServerClock(clock, deps.log.with({ host }))
  const repeat = createCallRepeater(
    { region, longestWaitMs: LONGEST_WAIT_MS, Failure: RpcError },
    { ...deps, serverClock },
  )
  let closing: Promise<void> | undefined

  /** One call with its repetitions. */
  function call(request: RpcCall, signal: AbortSignal): Promise<RpcAnswer> {
    const { action: api, ramAction = `${product}:${api}`, onTimeout, repeatForMs } = request
    return repeat(
      {
        api,
        attempt: (used) => attemptCall(request, { api, host, ramAction }, used, signal),
        repeats: ({ kind }) => kind !== 'timeout' || onTimeout !== 'throw',
        repeatForMs,
        onRetry,
        onSuccess,
      },
      signal,
    )
  }

  /** Signs, sends and reads once. */
  async function attemptCall(
    { action, version, query = {}, form, failureIn }: RpcCall,
    subject: RpcCallSubject,
    used: Credentials,
    signal: AbortSignal,
  ): Promise<RpcAnswer> {
    const unsigned: UnsignedRequest = {
      method: 'POST',
      path: '/',
      query: flattenParameters(query),
      headers: {
        host,
        accept: 'application/json',
        'user-agent': options.userAgent,
        'x-acs-action': action,
        'x-acs-version': version,
        ...(form === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
      },
      body: form === undefined ? noBody : Buffer.from(canonicalQuery(flattenParameters(form))),
    }
    const nonce = randomUUID().replaceAll('-', '')
    const answer = await send(unsigned, signedHeaders(unsigned, used, serverClock.now(), nonce), subject, signal)
    const isSuccess = answer.status >= 200 && answer.status < 300
    const failure = isSuccess
      ? undefined
      : classifyRpcFailure(subject, answer, [used.accessKeySecret, used.securityToken ?? ''], clock.now())
    const body = failure === undefined ? readSuccess(subject, answer) : undefined
    const serverTimeMs = serverTimeOf(answer.header)
    // The clock of a proxy in between tells nothing, and only the API itself speaks of clocks and codes.
    if (serverTimeMs !== undefined && (body !== undefined || failure?.vendorCode !== undefined)) {
      serverClock.correct(serverTimeMs)
    }
    if (body === undefined) throw failure
    const told = failureIn?.(subject, body)
    if (told !== undefined) throw told
    return { body, requestId: requestIdOf(answer, body), serverTimeMs }
  }

  async function send(
    { method, path, query, body }: UnsignedRequest,
    headers: Record<string, string>,
    subject: RpcCallSubject,
    signal: AbortSignal,
  ): Promise<RpcHttpAnswer> {
    let response: Dispatcher.ResponseData
    let bytes: Buffer | undefined
    try {
      response = await dispatcher.request({
        origin,
        path: query.length === 0 ? path : `${path}?${canonicalQuery(query)}`,
        method,
        headers,
        ...(body.length === 0 ? {} : { body }),
        headersTimeout: timeoutMs,
        bodyTimeout: timeoutMs,
        signal,
      })
      bytes = await readBody(response.body, MAX_ANSWER_BYTES)
    } catch (cause) {
      throw rpcNetworkError(subject, cause)
    }
    const header = (name: string) => {
      const value = response.headers[name]
      return Array.isArray(value) ? value[0] : value
    }
    if (bytes === undefined) {
      throw new RpcError(
        'bad_response',
        `${subject.api} of ${host} was answered with more than ${MAX_ANSWER_BYTES} bytes`,
      )
    }
    return { status: response.statusCode, header, text: bytes.toString('utf8') }
  }

  return {
    call,
    now: serverClock.now,
    close() {
      closing ??= dispatcher.close()
      return closing
    },
  }
}
