import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { isIP } from 'node:net'
import { describeError, ReceiverError } from '../src/errors.ts'
import type { SimulatorClock } from './clock.ts'
import { type CallTarget, effectOf, type FaultEffect, type Faults } from './faults.ts'

/** A request as it came: nothing is interpreted beyond HTTP itself. */
export interface SimulatedRequest {
  readonly method: string
  /** As on the request line: path and parameters, nothing decoded. */
  readonly target: string
  /** As on the request line, without parameters. */
  readonly path: string
  /** Decoded, in the order of the request line. */
  readonly query: readonly (readonly [name: string, value: string])[]
  /** Lower-case names; a header sent twice is joined by `, `. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
  /** Longer than any service takes; `body` is empty then. */
  readonly bodyTooLarge: boolean
  readonly clientAddress: string
  /** The port of the simulator that it came in by. */
  readonly port: number
  /** What the clock of the answering server shows, milliseconds since the epoch. */
  readonly serverTimeMs: number
}

export interface Reply {
  readonly status: number
  readonly headers: Record<string, string>
  readonly body: Uint8Array
}

/** One service of the simulated cloud. Faults decide between `identify` and `handle`. */
export interface Service {
  readonly name: string
  claims(request: SimulatedRequest): boolean
  identify(request: SimulatedRequest): CallTarget
  /** @param gone aborts when nobody waits for the answer any more: the connection ended, or the simulator closes */
  handle(
    request: SimulatedRequest,
    target: CallTarget,
    effects: readonly FaultEffect[],
    gone: AbortSignal,
  ): Reply | Promise<Reply>
  /** The service's own form of an error, for faults that stand in for it. */
  error(request: SimulatedRequest, status: number, code: string, message: string): Reply
  /** The service's own form of "too many calls". */
  throttled(request: SimulatedRequest, target: CallTarget): Reply
}

/** The simulator's own requests, which no fault touches. `undefined`: not one of them. */
export type AdminHandler = (request: SimulatedRequest) => Reply | undefined

export interface FrameOptions {
  readonly host: string
  /** Each is listened on, for all services alike; 0: a free one. */
  readonly ports: readonly [number, ...number[]]
  readonly clock: SimulatorClock
  readonly faults: Faults
  readonly admin: AdminHandler
  /** Asked in this order; the first one gets what nobody claims. */
  readonly services: readonly [Service, ...Service[]]
}

export interface RunningFrame {
  readonly host: string
  /** In the order they were asked for. */
  readonly ports: readonly number[]
  close(): Promise<void>
}

const MAX_BODY_BYTES = 64 * 1024 * 1024
const KEEP_ALIVE_MS = 65_000

/**
 * Listens for all services.
 * @throws {ReceiverError} ADDRESS_IN_USE, and then no port is left open
 */
export async function startFrame(options: FrameOptions): Promise<RunningFrame> {
  const closing = new AbortController()
  const servers: Server[] = []
  const ports: number[] = []
  const close = async (): Promise<void> => {
    closing.abort()
    await Promise.all(servers.map(closeServer))
  }
  try {
    for (const port of options.ports) {
      const server = createFrameServer(options, closing.signal)
      ports.push(await listen(server, options.host, port))
      servers.push(server)
    }
  } catch (error) {
    await close()
    throw error
  }
  return { host: options.host, ports, close }
}

function createFrameServer(options: FrameOptions, closing: AbortSignal): Server {
  // A missing Host is for the service to refuse, in its own words.
  return createServer({ requireHostHeader: false, keepAliveTimeout: KEEP_ALIVE_MS }, (incoming, outgoing) => {
    answer(options, incoming, outgoing, closing).catch((error: unknown) => {
      // The client went away, or a service has a fault of its own: a gateway would answer 502 for the latter.
      if (outgoing.headersSent || outgoing.destroyed) outgoing.destroy()
      else outgoing.writeHead(502, { 'content-type': 'text/plain' }).end(`simulator: ${describeError(error)}\n`)
    })
  })
}

/** Resolves with the port. */
function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause) => {
      reject(new ReceiverError('ADDRESS_IN_USE', `The simulator cannot listen on ${host}:${port}`, { cause }))
    })
    server.listen(port, host, () => {
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : port)
    })
  })
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error === undefined ? resolve() : reject(error)))
    server.closeAllConnections()
  })
}

async function answer(
  options: FrameOptions,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  closing: AbortSignal,
): Promise<void> {
  const { clock, faults } = options
  const gone = new AbortController()
  outgoing.once('close', () => gone.abort())
  const received = await readRequest(incoming, clock.now())
  const ownReply = options.admin(received)
  if (ownReply !== undefined) return send(outgoing, ownReply)

  const service = options.services.find((candidate) => candidate.claims(received)) ?? options.services[0]
  const target = service.identify(received)
  const effects = faults.take(target, clock.now())
  const delay = effectOf(effects, 'delay')
  if (delay !== undefined) await clock.sleep(delay.ms, closing)
  const serverTimeMs = clock.now() + (effectOf(effects, 'clock_offset')?.ms ?? 0)
  const request = { ...received, serverTimeMs }

  const cut = effectOf(effects, 'cut_wait')
  if (cut !== undefined) {
    clock.sleep(cut.ms, gone.signal).then(
      () => outgoing.destroy(),
      () => {},
    )
  }
  const reply =
    standIn(service, request, target, effects) ?? (await service.handle(request, target, effects, gone.signal))
  const drop = effectOf(effects, 'drop')
  if (drop?.when === 'before_headers') outgoing.destroy()
  else if (drop?.when === 'after_headers') await sendHalf(outgoing, reply)
  else if (effectOf(effects, 'truncated_body') !== undefined) send(outgoing, truncated(reply))
  else send(outgoing, reply)
}

/** The answer of a fault that keeps the call from being handled. */
function standIn(
  service: Service,
  request: SimulatedRequest,
  target: CallTarget,
  effects: readonly FaultEffect[],
): Reply | undefined {
  for (const effect of effects) {
    if (effect.kind === 'error') {
      return service.error(request, effect.status, effect.code, effect.message ?? `Injected fault: ${effect.code}`)
    }
    if (effect.kind === 'throttle') return service.throttled(request, target)
    if (effect.kind === 'html') {
      const page = `<html>\r\n<head><title>${effect.status} Bad Gateway</title></head>\r\n<body><center><h1>${effect.status} Bad Gateway</h1></center></body>\r\n</html>\r\n`
      return { status: effect.status, headers: { 'content-type': 'text/html' }, body: Buffer.from(page) }
    }
    if (effect.kind === 'text') {
      const line = `upstream connect error or disconnect/reset before headers: ${effect.status}\n`
      return { status: effect.status, headers: { 'content-type': 'text/plain' }, body: Buffer.from(line) }
    }
  }
  return undefined
}

function truncated(reply: Reply): Reply {
  return { ...reply, body: reply.body.subarray(0, Math.floor(reply.body.length / 2)) }
}

function send(outgoing: ServerResponse, reply: Reply): void {
  outgoing.writeHead(reply.status, { ...reply.headers, 'content-length': reply.body.length })
  outgoing.end(reply.body)
}

/** Headers and half the body, then the end of the connection. */
async function sendHalf(outgoing: ServerResponse, reply: Reply): Promise<void> {
  outgoing.writeHead(reply.status, { ...reply.headers, 'content-length': Math.max(reply.body.length, 1) })
  outgoing.flushHeaders()
  await new Promise((resolve) => outgoing.write(truncated(reply).body, resolve))
  outgoing.destroy()
}

async function readRequest(incoming: IncomingMessage, serverTimeMs: number): Promise<SimulatedRequest> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size <= MAX_BODY_BYTES) chunks.push(chunk)
  }
  const bodyTooLarge = size > MAX_BODY_BYTES
  const target = originForm(incoming.url ?? '/')
  const question = target.indexOf('?')
  const headers: Record<string, string> = {}
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value
  }
  return {
    method: incoming.method ?? 'GET',
    target,
    path: question < 0 ? target : target.slice(0, question),
    query: question < 0 ? [] : parseParameters(target.slice(question + 1)),
    headers,
    body: bodyTooLarge ? Buffer.alloc(0) : chunks.length === 1 ? (chunks[0] ?? Buffer.alloc(0)) : Buffer.concat(chunks),
    bodyTooLarge,
    clientAddress: (incoming.socket.remoteAddress ?? '').replace(/^::ffff:/, ''),
    port: incoming.socket.localPort ?? 0,
    serverTimeMs,
  }
}

/**
 * Clients that are given the simulator as their HTTP proxy send the whole URL, with the vendor's own host name; that
 * name is in `Host` as well.
 */
function originForm(target: string): string {
  return target.replace(/^http:\/\/[^/?]*/i, '') || '/'
}

/** Decodes `a=b&c=d`, a query or a form body. */
export function parseParameters(text: string): [name: string, value: string][] {
  return [...new URLSearchParams(text)]
}

/** Host name of a `Host` header, without the port. */
export function hostName(host: string): string {
  return host.startsWith('[') ? host.slice(0, host.indexOf(']') + 1) : (host.split(':')[0] ?? '')
}

/** Whether the name is an address or a single label, so that it holds no further label in front. */
export function isBareHost(name: string): boolean {
  return name.startsWith('[') || isIP(name) !== 0 || !name.includes('.')
}
