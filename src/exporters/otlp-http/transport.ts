import type { Readable } from 'node:stream'
import { promisify } from 'node:util'
import { constants, gzip, zstdCompress } from 'node:zlib'
import { type Dispatcher, request } from 'undici'
import type { Clock } from '../../clock.ts'
import { describeError, ReceiverError } from '../../errors.ts'
import { createDispatcher } from '../../http/dispatcher.ts'
import { requestToJson } from '../../otlp/json.ts'
import type { Payload, Signal } from '../../pipeline/payload.ts'
import { userAgent } from '../../version.ts'
import type { Outcome, Transport } from '../delivery-policy.ts'
import { toOutcome } from './answer.ts'
import type { Compression, Encoding, OtlpHttpOptions, Target } from './config.ts'

const contentTypes: Readonly<Record<Encoding, string>> = {
  proto: 'application/x-protobuf',
  json: 'application/json',
}

/** Enough for any message; a backend may answer with megabytes of web page. */
const MAX_ANSWER_BYTES = 64 * 1024
const CONNECT_TIMEOUT_MS = 10_000

const compressors: Readonly<Record<Compression, (body: Uint8Array) => Promise<Uint8Array>>> = {
  // Level 1: telemetry repeats itself so much that higher levels cost far more time than they save bytes.
  gzip: (body) => promisify(gzip)(body, { level: 1 }),
  zstd: (body) => promisify(zstdCompress)(body, { params: { [constants.ZSTD_c_compressionLevel]: 1 } }),
  none: async (body) => body,
}

interface Channel {
  readonly target: Target
  readonly dispatcher: Dispatcher
  readonly headers: Readonly<Record<string, string>>
}

/**
 * OTLP over HTTP/1.1 to one address a signal.
 * @throws {ReceiverError} CONFIG_INVALID when a TLS file cannot be read
 */
export function createHttpTransport(options: OtlpHttpOptions, clock: Clock): Transport {
  const channels: { readonly [S in Signal]: Channel | undefined } = {
    logs: createChannel(options.targets.logs, options),
    metrics: createChannel(options.targets.metrics, options),
  }

  return {
    async send(payload, signal) {
      const channel = channels[payload.signal]
      if (channel === undefined) {
        throw new ReceiverError(
          'CONFIG_INVALID',
          `otlp_http has no address for ${payload.signal}: neither endpoint nor ${payload.signal}_endpoint is set`,
        )
      }
      const { target } = channel
      signal.throwIfAborted()
      // The deadline is for the attempt as a whole, so that a backend which drips bytes cannot hold it up for ever.
      const attemptOver = new AbortController()
      const stopped = new AbortController()
      const stop = () => stopped.abort(signal.reason)
      // Not AbortSignal.any: `signal` lives as long as the process, and would remember every attempt for some time.
      signal.addEventListener('abort', stop, { once: true })
      clock.sleep(target.timeoutMs, attemptOver.signal).then(
        () => stopped.abort(new Error(`no answer within ${target.timeoutMs} ms`)),
        () => {},
      )
      try {
        return await attempt(channel, payload, stopped.signal, clock)
      } catch (error) {
        signal.throwIfAborted()
        const reason = stopped.signal.aborted ? stopped.signal.reason : error
        return { status: 'retry', message: `${target.url} cannot be reached: ${describeError(reason)}` }
      } finally {
        attemptOver.abort()
        signal.removeEventListener('abort', stop)
      }
    },
    async close() {
      await Promise.all([channels.logs?.dispatcher.destroy(), channels.metrics?.dispatcher.destroy()])
    },
  }
}

function createChannel(target: Target | undefined, options: OtlpHttpOptions): Channel | undefined {
  if (target === undefined) return undefined
  const { url, compression, encoding, tls, timeoutMs } = target
  const headers: Record<string, string> = {
    'user-agent': userAgent,
    ...target.headers,
    'content-type': contentTypes[encoding],
    accept: contentTypes[encoding],
  }
  if (compression !== 'none') headers['content-encoding'] = compression
  const connectTimeoutMs = Math.min(CONNECT_TIMEOUT_MS, timeoutMs)
  try {
    const { proxy, maxConcurrent: connections } = options
    return { target, headers, dispatcher: createDispatcher({ proxy, tls, connections, connectTimeoutMs }) }
  } catch (error) {
    throw new ReceiverError('CONFIG_INVALID', `Cannot prepare connections to ${url}: ${describeError(error)}`, {
      cause: error,
      remedy: 'Check the files under `tls`, and `proxy`.',
    })
  }
}

async function attempt(channel: Channel, payload: Payload, signal: AbortSignal, clock: Clock): Promise<Outcome> {
  const { target, dispatcher, headers } = channel
  const plain = target.encoding === 'proto' ? payload.bytes : Buffer.from(requestToJson(payload.signal, payload.bytes))
  const bytes = await compressors[target.compression](plain)
  const body = createRequestBody(bytes)
  try {
    const response = await request(target.url, {
      method: 'POST',
      dispatcher,
      headers: { ...headers, 'content-length': String(bytes.length) },
      // undici takes any async iterable, which its types leave out.
      body: body as unknown as Readable,
      signal,
      // The deadline above is the only clock.
      headersTimeout: 0,
      bodyTimeout: 0,
    })
    const answer = { ...response, body: await readAnswer(response) }
    return toOutcome(answer, target.url, payload.items, clock.now())
  } finally {
    // An answer may come before the request is out: then its connection is closed, and this waits until it is.
    await body.released()
  }
}

/** A body in one piece, and word of when the connection no longer reads it. */
function createRequestBody(bytes: Uint8Array) {
  let reading = false
  const over = Promise.withResolvers<void>()
  return {
    async *[Symbol.asyncIterator]() {
      reading = true
      try {
        // Asked for more, the connection has handed the bytes to the operating system, or is closed.
        yield bytes
      } finally {
        over.resolve()
      }
    },
    released: () => (reading ? over.promise : Promise.resolve()),
  }
}

async function readAnswer({ body }: Dispatcher.ResponseData): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of body as AsyncIterable<Buffer>) {
    chunks.push(chunk)
    size += chunk.length
    // Leaving the loop gives the connection up.
    if (size >= MAX_ANSWER_BYTES) break
  }
  return Buffer.concat(chunks).subarray(0, MAX_ANSWER_BYTES)
}
