import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { promisify } from 'node:util'
import { brotliDecompress, gunzip, inflate, zstdDecompress } from 'node:zlib'
import {
  type DecodedLogRecord,
  type DecodedResourceLogs,
  type DecodedResourceMetrics,
  decodeLogs,
  decodeMetrics,
} from '../../src/otlp/decode.ts'
import { countItems } from '../../src/otlp/walk.ts'
import type { Signal } from '../../src/pipeline/payload.ts'
import { ProtobufWriter } from '../../src/protobuf/writer.ts'
import { countJsonItems, parseLogsJson, parseMetricsJson } from './json-request.ts'

/** A request as it came, before anything is decided about it. */
export interface OtlpRequest {
  /** 1 for the first request since the start. */
  readonly number: number
  readonly signal: Signal
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  /** As on the wire, compressed or not. */
  readonly wireBytes: number
  /** The body, decompressed. */
  readonly body: Buffer
  readonly items: number
}

/** How the backend answers a request that is in order. */
export type Behaviour =
  | { readonly kind: 'accept' }
  /** An error with a `google.rpc.Status` in the body; `retryAfter` is the header's value, seconds or a date. */
  | { readonly kind: 'refuse'; readonly status: number; readonly message?: string; readonly retryAfter?: string }
  /** Accepts all but the first `rejected` items. With 0 the message is a mere warning. */
  | { readonly kind: 'partial'; readonly rejected: number; readonly message: string }
  /** Reads the request and never answers. */
  | { readonly kind: 'stall' }
  /** Closes the connection without an answer; after `accept`, the request has been taken nevertheless. */
  | { readonly kind: 'cut'; readonly when: 'before_reading' | 'after_reading' | 'after_accepting' }
  | { readonly kind: 'slow'; readonly delayMs: number }
  /** 413 for bodies that are larger, decompressed. */
  | { readonly kind: 'limit'; readonly maxBytes: number }
  /** 400 for a request that holds such a log record. */
  | {
      readonly kind: 'refuse_records'
      readonly refuses: (record: DecodedLogRecord) => boolean
      readonly status?: number
    }
  /** Any answer at all. */
  | {
      readonly kind: 'reply'
      readonly status: number
      readonly headers: Readonly<Record<string, string>>
      readonly body: string | Uint8Array
    }

/** What was taken and what was not. Counts only: a backend can run for days. */
export interface BackendCounts {
  requests: number
  accepted: number
  refused: number
  /** Of accepted requests, less what a partial success rejected. */
  logRecords: number
  dataPoints: number
  /** Bodies of accepted requests, decompressed and as they were on the wire. */
  bytes: number
  wireBytes: number
}

export interface OtlpBackendOptions {
  /** Default 0: any free one. */
  readonly port?: number
  /** Default 127.0.0.1. */
  readonly host?: string
  /** Count items by walking the lengths, and look at nothing else: for measuring a sender. Callbacks are not called. */
  readonly discard?: boolean
  /** Called with every accepted request before it is answered; a throw is answered 503. */
  readonly onLogs?: (logs: DecodedResourceLogs[]) => void | Promise<void>
  readonly onMetrics?: (metrics: DecodedResourceMetrics[]) => void | Promise<void>
  /** The decompressed body of every accepted request, protobuf or JSON. */
  readonly onRaw?: (body: Uint8Array, signal: Signal) => void
}

export interface OtlpBackend {
  /** `http://127.0.0.1:<port>` */
  readonly url: string
  readonly counts: Readonly<BackendCounts>
  /** From the next request on; a function is asked for each request. */
  setBehaviour(behaviour: Behaviour | ((request: OtlpRequest) => Behaviour)): void
  /** Resolves when this many requests have come since the start. */
  received(requests: number): Promise<void>
  close(): Promise<void>
}

const MAX_BODY_BYTES = 64 * 1024 * 1024

const decompressors: Readonly<Record<string, (body: Buffer) => Promise<Buffer>>> = {
  identity: async (body) => body,
  gzip: (body) => promisify(gunzip)(body, { maxOutputLength: MAX_BODY_BYTES }),
  deflate: (body) => promisify(inflate)(body, { maxOutputLength: MAX_BODY_BYTES }),
  zstd: (body) => promisify(zstdDecompress)(body, { maxOutputLength: MAX_BODY_BYTES }),
  br: (body) => promisify(brotliDecompress)(body, { maxOutputLength: MAX_BODY_BYTES }),
}

/** A refusal with the status and the words of the answer. */
class Refusal extends Error {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  constructor(status: number, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message)
    this.status = status
    this.headers = headers
  }
}

/** Starts an OTLP/HTTP backend that answers as otlp-datadog-k8s.md section 1.3 says, or as badly as it is told to. */
export async function startOtlpBackend(options: OtlpBackendOptions = {}): Promise<OtlpBackend> {
  const { port = 0, host = '127.0.0.1' } = options
  const counts: BackendCounts = {
    requests: 0,
    accepted: 0,
    refused: 0,
    logRecords: 0,
    dataPoints: 0,
    bytes: 0,
    wireBytes: 0,
  }
  let behaviourOf: (request: OtlpRequest) => Behaviour = () => ({ kind: 'accept' })
  let cutsBeforeReading = false
  let watchers: { requests: number; resolve: () => void }[] = []
  const closing = new AbortController()

  const server = createServer((incoming, response) => {
    handle(incoming, response).catch((error: unknown) => {
      if (response.destroyed || response.headersSent) return
      counts.refused++
      const refusal = error instanceof Refusal ? error : new Refusal(500, String(error))
      sendError(incoming, response, refusal)
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  const address = server.address() as AddressInfo

  async function handle(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const number = ++counts.requests
    const reached = watchers.filter((watcher) => watcher.requests <= number)
    watchers = watchers.filter((watcher) => watcher.requests > number)
    for (const { resolve } of reached) resolve()
    if (cutsBeforeReading) {
      incoming.socket.destroy()
      return
    }
    const signal = signalOf(incoming)
    const isJson = contentTypeOf(incoming) === 'application/json'
    const wire = await readBody(incoming)
    const body = await decompress(incoming, wire)
    const items = await counted(() => (isJson ? countJsonItems(signal, body) : countItems(signal, body)))
    const request = { number, signal, headers: incoming.headers, wireBytes: wire.length, body, items }
    await answer(request, isJson, behaviourOf(request), response)
  }

  async function answer(request: OtlpRequest, isJson: boolean, behaviour: Behaviour, response: ServerResponse) {
    switch (behaviour.kind) {
      case 'accept':
        return accept(request, isJson, response)
      case 'refuse': {
        const { status, message = 'refused as told', retryAfter } = behaviour
        throw new Refusal(status, message, retryAfter === undefined ? {} : { 'retry-after': retryAfter })
      }
      case 'partial':
        return accept(request, isJson, response, behaviour)
      case 'stall':
        return
      case 'cut':
        if (behaviour.when === 'after_accepting') await take(request, isJson, 0)
        response.destroy()
        return
      case 'slow':
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, behaviour.delayMs)
          closing.signal.addEventListener('abort', () => {
            clearTimeout(timer)
            resolve()
          })
        })
        return accept(request, isJson, response)
      case 'limit':
        if (request.body.length > behaviour.maxBytes) throw new Refusal(413, `larger than ${behaviour.maxBytes} bytes`)
        return accept(request, isJson, response)
      case 'refuse_records': {
        const records = recordsOf(await readLogs(request, isJson))
        if (records.some(behaviour.refuses)) throw new Refusal(behaviour.status ?? 400, 'a record is not acceptable')
        return accept(request, isJson, response)
      }
      case 'reply':
        response.writeHead(behaviour.status, behaviour.headers).end(behaviour.body)
    }
  }

  async function accept(
    request: OtlpRequest,
    isJson: boolean,
    response: ServerResponse,
    partial?: { readonly rejected: number; readonly message: string },
  ): Promise<void> {
    await take(request, isJson, partial?.rejected ?? 0)
    const body = isJson ? jsonResponse(request.signal, partial) : protobufResponse(partial)
    const type = isJson ? 'application/json' : 'application/x-protobuf'
    response.writeHead(200, { 'content-type': type, 'content-length': body.length }).end(body)
  }

  /** Counts an accepted request and shows it to whoever wants to see it. */
  async function take(request: OtlpRequest, isJson: boolean, rejected: number): Promise<void> {
    if (!options.discard) {
      // Read in full even if nobody looks: a backend refuses what it cannot read.
      if (request.signal === 'logs') await options.onLogs?.(await readLogs(request, isJson))
      else await options.onMetrics?.(await readMetrics(request, isJson))
      options.onRaw?.(request.body, request.signal)
    }
    counts.accepted++
    counts.bytes += request.body.length
    counts.wireBytes += request.wireBytes
    counts[request.signal === 'logs' ? 'logRecords' : 'dataPoints'] += request.items - rejected
  }

  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`,
    counts,
    setBehaviour(behaviour) {
      behaviourOf = typeof behaviour === 'function' ? behaviour : () => behaviour
      cutsBeforeReading =
        typeof behaviour === 'object' && behaviour.kind === 'cut' && behaviour.when === 'before_reading'
    },
    received: (requests) =>
      new Promise((resolve) => {
        if (counts.requests >= requests) resolve()
        else watchers.push({ requests, resolve })
      }),
    async close() {
      closing.abort()
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
    },
  }
}

function signalOf(incoming: IncomingMessage): Signal {
  const path = incoming.url?.split('?')[0]
  const signal = path === '/v1/logs' ? 'logs' : path === '/v1/metrics' ? 'metrics' : undefined
  if (signal === undefined) throw new Refusal(404, `no such path: ${path}`)
  if (incoming.method !== 'POST') throw new Refusal(405, `method ${incoming.method}`, { allow: 'POST' })
  const type = contentTypeOf(incoming)
  if (type !== 'application/x-protobuf' && type !== 'application/json') {
    throw new Refusal(415, `content type ${type ?? 'missing'}`)
  }
  return signal
}

function contentTypeOf(incoming: IncomingMessage): string | undefined {
  return incoming.headers['content-type']?.split(';')[0]?.trim().toLowerCase()
}

async function readBody(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > MAX_BODY_BYTES) throw new Refusal(413, `larger than ${MAX_BODY_BYTES} bytes`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

async function decompress(incoming: IncomingMessage, wire: Buffer): Promise<Buffer> {
  const encoding = incoming.headers['content-encoding']?.trim().toLowerCase() || 'identity'
  const decompressor = decompressors[encoding]
  if (decompressor === undefined) throw new Refusal(415, `content encoding ${encoding}`)
  try {
    return await decompressor(wire)
  } catch (error) {
    throw new Refusal(400, `the body is no ${encoding}: ${error}`)
  }
}

/** What a body that cannot be read is answered. */
async function counted<Result>(read: () => Result): Promise<Result> {
  try {
    return read()
  } catch (error) {
    throw new Refusal(400, `the body is no OTLP request: ${error}`)
  }
}

function readLogs({ body }: OtlpRequest, isJson: boolean): Promise<DecodedResourceLogs[]> {
  return counted(() => (isJson ? parseLogsJson(body) : decodeLogs(body)))
}

function readMetrics({ body }: OtlpRequest, isJson: boolean): Promise<DecodedResourceMetrics[]> {
  return counted(() => (isJson ? parseMetricsJson(body) : decodeMetrics(body)))
}

function recordsOf(logs: readonly DecodedResourceLogs[]): DecodedLogRecord[] {
  return logs.flatMap(({ scopeLogs }) => scopeLogs.flatMap(({ logRecords }) => logRecords))
}

type Partial = { readonly rejected: number; readonly message: string } | undefined

/** Field 1 is `partial_success`; in it 1 is the number rejected and 2 the message, for logs and metrics alike. */
function protobufResponse(partial: Partial): Uint8Array {
  if (partial === undefined) return new Uint8Array(0)
  const writer = new ProtobufWriter()
  const mark = writer.begin(0x0a)
  writer.byte(0x08)
  writer.varint(partial.rejected)
  writer.stringField(0x12, partial.message)
  writer.end(mark)
  return writer.toBytes()
}

function jsonResponse(signal: Signal, partial: Partial): Buffer {
  if (partial === undefined) return Buffer.from('{}')
  const count = signal === 'logs' ? 'rejectedLogRecords' : 'rejectedDataPoints'
  return Buffer.from(
    JSON.stringify({ partialSuccess: { [count]: String(partial.rejected), errorMessage: partial.message } }),
  )
}

/** gRPC codes that HTTP statuses stand for, for the `google.rpc.Status` in the body. */
const grpcCodes: Readonly<Record<number, number>> = {
  400: 3,
  401: 16,
  403: 7,
  404: 5,
  413: 8,
  429: 8,
  500: 13,
  503: 14,
}

function sendError(incoming: IncomingMessage, response: ServerResponse, { status, message, headers }: Refusal): void {
  const code = grpcCodes[status] ?? 2
  if (contentTypeOf(incoming) === 'application/json') {
    response
      .writeHead(status, { ...headers, 'content-type': 'application/json' })
      .end(JSON.stringify({ code, message }))
    return
  }
  const writer = new ProtobufWriter()
  writer.byte(0x08)
  writer.varint(code)
  writer.stringField(0x12, message)
  response.writeHead(status, { ...headers, 'content-type': 'application/x-protobuf' }).end(writer.toBytes())
}
