import type { Clock } from '../../clock.ts'
import { ReceiverError } from '../../errors.ts'
import { createDispatcher } from '../../http/dispatcher.ts'
import type { Log } from '../../telemetry/log.ts'
import type { Credentials, CredentialsProvider } from '../credentials.ts'
import { createRateLimiter, type RateLimiter } from '../rate-limit.ts'
import { type CounterFactory, createCallRepeater } from '../repeated-call.ts'
import { createServerClock } from '../server-clock.ts'
import {
  networkError,
  parseCursor,
  parseCursorTime,
  parseLogStores,
  parseShards,
  readAnswerBody,
  readJson,
  readPage,
  type SlsAnswer,
} from './answer.ts'
import { consumerGroupCalls } from './consumer-group-calls.ts'
import { slsAddress } from './endpoint.ts'
import { classifySlsFailure, type SlsCallSubject, SlsError } from './errors.ts'
import { logstorePath, requestTarget, type SignatureVersion, signedHeaders } from './request.ts'
import type { SignableRequest } from './signature.ts'
import type { PullRequest, SlsClient, SlsPage } from './types.ts'

export interface SlsClientOptions {
  /** Host, or URL where it is not HTTPS (sls-protocol 1.1). */
  readonly endpoint: string
  /** Needed by signature v4; `regionOfEndpoint` tells it for most endpoints. */
  readonly region: string | undefined
  readonly project: string
  readonly signature: 'v4' | 'v1'
  /** As `DispatcherOptions.proxy`. */
  readonly proxy: string
  readonly rateLimitPerSecond: number
  readonly userAgent: string
  /** Silence after which an attempt is given up. A slow answer that keeps coming is not. Milliseconds, default 60 000. */
  readonly timeoutMs?: number
  /** Ceiling for one page, compressed or not. A page beyond it is asked for again in halves. Default 64 MiB. */
  readonly maxPageBytes?: number
  /** What PullLogs asks for; what comes is decided by the server. Default `lz4`. */
  readonly compression?: 'lz4' | 'zstd'
}

export interface SlsClientDeps {
  readonly credentials: CredentialsProvider
  readonly clock: Clock
  readonly log: Log
  readonly meter: CounterFactory
  /** Where several clients share a rate. Default: one of its own, at `rateLimitPerSecond`. */
  readonly limiter?: RateLimiter
  /** Told before each wait for a repetition; `attempt` counts from 1. */
  readonly onRetry?: (error: SlsError, attempt: number, waitMs: number) => void
  /** Told after each call that succeeded. */
  readonly onSuccess?: () => void
}

const slsClientDefaults = {
  timeoutMs: 60_000,
  maxPageBytes: 64 * 1024 * 1024,
  compression: 'lz4',
} as const satisfies Partial<SlsClientOptions>

const CONNECT_TIMEOUT_MS = 10_000
const SOCKETS_PER_HOST = 64
const NO_BODY = new Uint8Array()
const MAX_FAILURE_BYTES = 64 * 1024
const LOGSTORES_PER_PAGE = 500
const LONGEST_WAIT_MS = 10_000

/** One call as the client is asked for it: what to send, what it is about, how to read a success. */
export interface SlsCall<Result> {
  readonly api: string
  readonly action: string
  readonly logstore?: string
  readonly shardId?: number
  readonly consumerGroup?: string
  /** Default GET. */
  readonly method?: 'GET' | 'POST'
  readonly path: string
  readonly query: SignableRequest['query']
  readonly headers?: Readonly<Record<string, string>>
  /** Sent as JSON. */
  readonly body?: unknown
  /** Silence after which an attempt is given up, where the client's own is too long. */
  readonly timeoutMs?: number
  /** How long after the call began it is still repeated. Default: without end. */
  readonly repeatForMs?: number
  /** Reads a success. */
  readonly read: (answer: SlsAnswer) => Promise<Result>
}

/**
 * A client for one project. Network failures, server errors, throttling and answers that contradict themselves are
 * repeated with back-off until they pass or the signal aborts; all else rejects with SlsError.
 *
 * @throws {ReceiverError} CONFIG_INVALID for an endpoint that is none, or signature v4 without a region
 */
export function createSlsClient(options: SlsClientOptions, deps: SlsClientDeps): SlsClient {
  const { project, region } = options
  const { timeoutMs, maxPageBytes, compression } = { ...slsClientDefaults, ...options }
  const { clock, onRetry, onSuccess } = deps
  const address = slsAddress(options.endpoint, project)
  const signature = signatureOf(options)
  const dispatcher = createDispatcher({
    proxy: options.proxy,
    connections: SOCKETS_PER_HOST,
    connectTimeoutMs: CONNECT_TIMEOUT_MS,
  })
  const limiter = deps.limiter ?? createRateLimiter({ perSecond: options.rateLimitPerSecond }, clock)
  const serverClock = createServerClock(clock, deps.log)
  const repeat = createCallRepeater(
    { region, longestWaitMs: LONGEST_WAIT_MS, Failure: SlsError },
    { ...deps, limiter, serverClock },
  )
  let closing: Promise<void> | undefined

  /** One call with its repetitions. */
  function call<Result>(request: SlsCall<Result>, signal: AbortSignal): Promise<Result> {
    const { api, repeatForMs } = request
    const attempt = (used: Credentials) => attemptCall(request, used, signal)
    return repeat({ api, attempt, repeatForMs, onRetry, onSuccess }, signal)
  }

  /** Signs, sends and reads once. */
  async function attemptCall<Result>(
    request: SlsCall<Result>,
    used: Credentials,
    signal: AbortSignal,
  ): Promise<Result> {
    const subject = subjectOf(request)
    const answer = await send(request, subject, used, signal)
    if (answer.status >= 200 && answer.status < 300) return await request.read(answer)
    const body = await readAnswerBody(answer, MAX_FAILURE_BYTES)
    const failure = { ...answer, body: body?.toString('utf8') ?? '' }
    throw classifySlsFailure(subject, failure, [used.accessKeySecret, used.securityToken ?? ''], clock.now())
  }

  async function send(
    request: SlsCall<unknown>,
    subject: SlsCallSubject,
    used: Credentials,
    signal: AbortSignal,
  ): Promise<SlsAnswer> {
    const { method = 'GET', path, query } = request
    const json = request.body === undefined ? undefined : Buffer.from(JSON.stringify(request.body))
    const unsigned: SignableRequest = {
      method,
      path,
      query,
      headers: {
        host: address.host,
        'user-agent': options.userAgent,
        ...(json === undefined ? {} : { 'content-type': 'application/json' }),
        ...request.headers,
      },
      body: json ?? NO_BODY,
    }
    const signed = signedHeaders(unsigned, used, signature, serverClock.now())
    try {
      const { statusCode, headers, body } = await dispatcher.request({
        origin: address.origin,
        path: requestTarget(path, query),
        method,
        headers: signed,
        ...(json === undefined ? {} : { body: json }),
        headersTimeout: request.timeoutMs ?? timeoutMs,
        bodyTimeout: request.timeoutMs ?? timeoutMs,
        signal,
      })
      const header = (name: string) => {
        const value = headers[name]
        return Array.isArray(value) ? value[0] : value
      }
      return { subject, status: statusCode, header, body }
    } catch (cause) {
      throw networkError(subject, cause)
    }
  }

  function subjectOf({ api, action, logstore, shardId, consumerGroup }: SlsCall<unknown>): SlsCallSubject {
    const target = [
      `project "${project}"`,
      ...(logstore === undefined ? [] : [`logstore "${logstore}"`]),
      ...(consumerGroup === undefined ? [] : [`consumer group "${consumerGroup}"`]),
      ...(shardId === undefined ? [] : [`shard ${shardId}`]),
    ].join(', ')
    const resource = `acs:log:${region ?? '*'}:*:project/${project}/logstore/${logstore ?? '*'}`
    const ofGroup = consumerGroup === undefined ? '' : `/consumergroup/${consumerGroup}`
    return { api, action, target, resource: resource + ofGroup }
  }

  /** One page, or `undefined` when the server announces or sends one beyond the ceiling. */
  function pullPage(request: PullRequest, signal: AbortSignal): Promise<SlsPage | undefined> {
    const { logstore, shardId, cursor, count, query } = request
    return call(
      {
        api: 'PullLogs',
        action: 'log:GetCursorOrData',
        logstore,
        shardId,
        path: shardPath(logstore, shardId),
        query: [
          ['type', 'log'],
          ['cursor', cursor],
          ['count', String(count)],
          ...(query === ''
            ? []
            : ([
                ['query', query],
                ['pullMode', 'scan_on_stream'],
              ] as const)),
        ],
        headers: { accept: 'application/x-protobuf', 'accept-encoding': compression },
        read: (answer) => readPage(answer, request, maxPageBytes),
      },
      signal,
    )
  }

  return {
    async listLogStores(signal) {
      const names = new Set<string>()
      for (let offset = 0; ; ) {
        const known = names.size
        const page = await call(
          {
            api: 'ListLogStores',
            action: 'log:ListLogStores',
            path: '/logstores',
            query: [
              ['offset', String(offset)],
              ['size', String(LOGSTORES_PER_PAGE)],
            ],
            read: (answer) => readJson(answer, parseLogStores),
          },
          signal,
        )
        for (const name of page.names) names.add(name)
        offset += page.names.length
        // A page with nothing new: the list changed while it was read, or the server does not page.
        if (offset >= page.total || names.size === known) return [...names]
      }
    },

    listShards: (logstore, signal) =>
      call(
        {
          api: 'ListShards',
          action: 'log:ListShards',
          logstore,
          path: `${logstorePath(logstore)}/shards`,
          query: [],
          read: (answer) => readJson(answer, parseShards),
        },
        signal,
      ),

    getCursor: (logstore, shardId, from, signal) =>
      call(
        {
          api: 'GetCursor',
          action: 'log:GetCursorOrData',
          logstore,
          shardId,
          path: shardPath(logstore, shardId),
          query: [
            ['type', 'cursor'],
            ['from', String(from)],
          ],
          read: (answer) => readJson(answer, parseCursor),
        },
        signal,
      ),

    getCursorTime: (logstore, shardId, cursor, signal) =>
      call(
        {
          api: 'GetCursorTime',
          action: 'log:GetCursorOrData',
          logstore,
          shardId,
          path: shardPath(logstore, shardId),
          query: [
            ['type', 'cursor_time'],
            ['cursor', cursor],
          ],
          read: (answer) => readJson(answer, parseCursorTime),
        },
        signal,
      ),

    async pullLogs(request, signal) {
      let { count } = request
      for (;;) {
        const page = await pullPage({ ...request, count }, signal)
        if (page !== undefined) return page
        if (count === 1) {
          const { logstore, shardId, cursor } = request
          const place = `project "${project}", logstore "${logstore}", shard ${shardId}, cursor "${cursor}"`
          const message = `The log group at ${place} is alone larger than ${maxPageBytes} bytes`
          throw new SlsError('bad_response', message, { retryable: false })
        }
        count = Math.floor(count / 2)
      }
    },

    ...consumerGroupCalls(call),

    close() {
      closing ??= dispatcher.close()
      return closing
    },
  }
}

function signatureOf({ signature, region, endpoint }: SlsClientOptions): SignatureVersion {
  if (signature === 'v1') return { version: 'v1' }
  if (region !== undefined) return { version: 'v4', region }
  throw new ReceiverError(
    'CONFIG_INVALID',
    `region: is needed, since it cannot be read from the endpoint "${endpoint}"`,
  )
}

const shardPath = (logstore: string, shardId: number) => `${logstorePath(logstore)}/shards/${shardId}`
