import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Clock } from '../clock.ts'
import { describeError, ReceiverError } from '../errors.ts'
import type { OwnMetrics } from './metrics.ts'
import { ownName } from './own-otlp.ts'
import type { StatusValue } from './status.ts'
import type { StatusBoard } from './status-board.ts'

export interface HealthServerDeps {
  readonly board: StatusBoard
  readonly metrics: Pick<OwnMetrics, 'renderPrometheus'>
  readonly clock: Pick<Clock, 'now'>
  readonly version: string
  /** What `/status` shows under `pipelines`: each pipeline with its receivers, processors and exporters. */
  readonly pipelines?: StatusValue
}

export interface HealthServer {
  /** `http://host:port`, with the port that was taken when 0 was asked for. */
  readonly url: string
  close(): Promise<void>
}

/** Status, content type and body of an answer. */
type Page = readonly [status: number, contentType: string, body: string]

const text = 'text/plain; charset=utf-8'
const json = 'application/json'

const index = `${ownName}
/livez    200 while the process answers
/readyz   200 while data is delivered, else 503 and why not
/status   each component, its state and details, as JSON
/metrics  own metrics for Prometheus
`

/**
 * Serves probes, status and metrics. `/livez` answers while the event loop turns and looks at nothing else: neither an
 * outage of the cloud nor of the backend may restart a process.
 *
 * @param options.endpoint `host:port`, `[ipv6]:port`, or `:port` for all addresses
 * @throws {ReceiverError} ADDRESS_IN_USE
 */
export async function startHealthServer(options: { endpoint: string }, deps: HealthServerDeps): Promise<HealthServer> {
  const startedAtMs = deps.clock.now()
  const pages: Readonly<Record<string, () => Page | Promise<Page>>> = {
    '/': () => [200, text, index],
    '/livez': () => [200, text, 'ok\n'],
    '/readyz': () => {
      const { ready, reasons } = deps.board.readiness()
      return [ready ? 200 : 503, json, toJson({ ready, reasons })]
    },
    '/status': () => [200, json, toJson(describeStatus(deps, startedAtMs))],
    '/metrics': async () => [200, 'text/plain; version=0.0.4; charset=utf-8', await deps.metrics.renderPrometheus()],
  }
  const server = createServer(async (request, response) => {
    const path = (request.url ?? '/').split('?', 1)[0] ?? '/'
    const page = Object.hasOwn(pages, path) ? pages[path] : undefined
    if (page === undefined) return answer(response, [404, text, `There is nothing at ${path}\n${index}`])
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('allow', 'GET, HEAD')
      return answer(response, [405, text, 'Only GET and HEAD\n'])
    }
    try {
      answer(response, await page())
    } catch (error) {
      answer(response, [500, text, `Cannot tell: ${describeError(error)}\n`])
    }
  })
  server.requestTimeout = 10_000
  server.headersTimeout = 5_000
  const url = await listen(server, options.endpoint)
  return {
    url,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function answer(response: ServerResponse, [status, contentType, body]: Page): void {
  response.writeHead(status, {
    'content-type': contentType,
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
  })
  // Node leaves the body of an answer to HEAD out by itself.
  response.end(body)
}

const toJson = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`

function describeStatus({ board, clock, version, pipelines = null }: HealthServerDeps, startedAtMs: number) {
  return {
    service: ownName,
    version,
    phase: board.phase(),
    ...board.readiness(),
    uptime_seconds: Math.round((clock.now() - startedAtMs) / 1_000),
    node: process.version,
    pid: process.pid,
    rss_bytes: process.memoryUsage.rss(),
    pipelines,
    components: board.snapshot().map(({ kind, id, state, sinceMs, message, details }) => ({
      kind,
      id,
      state,
      since: new Date(sinceMs).toISOString(),
      message,
      details,
    })),
  }
}

async function listen(server: Server, endpoint: string): Promise<string> {
  const { host, port } = parseEndpoint(endpoint)
  await new Promise<void>((resolve, reject) => {
    const refuse = (error: Error) =>
      reject(new ReceiverError('ADDRESS_IN_USE', `Cannot listen on "${endpoint}": ${error.message}`, { cause: error }))
    server.once('error', refuse)
    server.listen({ port, ...(host === '' ? {} : { host }) }, () => {
      server.off('error', refuse)
      resolve()
    })
  })
  const shownHost = host === '' ? 'localhost' : host.includes(':') ? `[${host}]` : host
  // A server that listens on TCP has an AddressInfo.
  return `http://${shownHost}:${(server.address() as AddressInfo).port}`
}

function parseEndpoint(endpoint: string): { host: string; port: number } {
  const { ipv6, name, port } = /^(?:\[(?<ipv6>[^\]]+)\]|(?<name>[^:]*)):(?<port>\d{1,5})$/.exec(endpoint)?.groups ?? {}
  if (port === undefined || Number(port) > 65_535) {
    throw new ReceiverError('CONFIG_INVALID', `"${endpoint}" is not an address to listen on: write host:port`)
  }
  return { host: ipv6 ?? name ?? '', port: Number(port) }
}
