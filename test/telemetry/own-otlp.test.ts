import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createLogger, type LogEntry, type Logger } from '../../src/telemetry/logger.ts'
import { createMetrics } from '../../src/telemetry/metrics.ts'
import { createOtlpLogSink } from '../../src/telemetry/otlp-logs.ts'
import { signalUrl } from '../../src/telemetry/own-otlp.ts'

interface Received {
  readonly path: string | undefined
  readonly headers: IncomingHttpHeaders
  readonly body: unknown
}

/** An OTLP/HTTP backend that keeps what it is sent and answers with `status`. */
async function startBackend() {
  const received: Received[] = []
  const waiting: (() => void)[] = []
  const backend = { status: 200, received, endpoint: '', next, close }
  const server = createServer(async (request, response) => {
    received.push({ path: request.url, headers: request.headers, body: await json(request) })
    response.writeHead(backend.status, { 'content-type': 'application/json' }).end('{}')
    for (const wake of waiting.splice(0)) wake()
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  backend.endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  /** The request number `count`, counted from 1, as soon as it is there. */
  async function next(count: number): Promise<Received | undefined> {
    while (received.length < count) await new Promise<void>((resolve) => waiting.push(resolve))
    return received[count - 1]
  }
  async function close(): Promise<void> {
    server.close()
    server.closeAllConnections()
  }
  return backend
}

let backend: Awaited<ReturnType<typeof startBackend>>
let entries: LogEntry[]
let logger: Logger

/** Resolves when the process's log has a line with this message. */
let logged: (message: string) => Promise<LogEntry>

beforeEach(async () => {
  backend = await startBackend()
  entries = []
  const waiting = new Map<string, (entry: LogEntry) => void>()
  const write = (entry: LogEntry) => {
    entries.push(entry)
    waiting.get(entry.message)?.(entry)
  }
  logged = (message) => new Promise((resolve) => waiting.set(message, resolve))
  logger = createLogger({ level: 'debug', sinks: [{ write }], clock: { now: () => 1_700_000_000_123 } })
})
afterEach(() => backend.close())

const resource = {
  attributes: expect.arrayContaining([
    { key: 'service.name', value: { stringValue: 'alibabacloud-otel-receiver' } },
    { key: 'service.version', value: { stringValue: expect.stringMatching(/^\d+\.\d+\.\d+/) } },
    { key: 'service.instance.id', value: { stringValue: 'instance-1' } },
  ]),
}

describe('signalUrl', () => {
  it.each([
    ['http://collector:4318', 'http://collector:4318/v1/logs'],
    ['http://collector:4318/', 'http://collector:4318/v1/logs'],
    ['https://backend/otlp/v1/logs', 'https://backend/otlp/v1/logs'],
  ])('makes of %s %s', (endpoint, url) => {
    expect(signalUrl(endpoint, '/v1/logs')).toBe(url)
  })
})

describe('own logs over OTLP', () => {
  const open = (endpoint = backend.endpoint) =>
    createOtlpLogSink({
      instanceId: 'instance-1',
      otlp: { endpoint, headers: { 'x-tenant': 'a' } },
      log: logger.log,
    })

  it('arrive with severity, text, fields and resource', async () => {
    const sink = await open()
    logger.addSink(sink)
    logger.setLevel('info')
    const err = Object.assign(new Error('connection refused'), { code: 'ECONNREFUSED', port: 4318 })
    logger.log.with({ component: 'otlp_http' }).warn('Delivery refused, will retry', { afterMs: 500, ids: ['a'], err })
    logger.log.info('Plain')
    await sink.shutdown()

    const request = await backend.next(1)
    expect(request).toMatchObject({
      path: '/v1/logs',
      headers: { 'x-tenant': 'a', 'content-type': 'application/json' },
    })
    expect(request?.body).toMatchObject({
      resourceLogs: [
        {
          resource,
          scopeLogs: [
            {
              scope: { name: 'alibabacloud-otel-receiver' },
              logRecords: [
                {
                  timeUnixNano: '1700000000123000000',
                  severityNumber: 13,
                  severityText: 'WARN',
                  body: { stringValue: 'Delivery refused, will retry' },
                  attributes: [
                    { key: 'component', value: { stringValue: 'otlp_http' } },
                    { key: 'afterMs', value: { intValue: 500 } },
                    { key: 'ids', value: { arrayValue: { values: [{ stringValue: 'a' }] } } },
                    { key: 'exception.message', value: { stringValue: 'connection refused' } },
                    { key: 'exception.type', value: { stringValue: 'ECONNREFUSED' } },
                    { key: 'err', value: { kvlistValue: { values: [{ key: 'port', value: { intValue: 4318 } }] } } },
                  ],
                },
                { severityNumber: 9, severityText: 'INFO', body: { stringValue: 'Plain' }, attributes: [] },
              ],
            },
          ],
        },
      ],
    })
  })

  it('are dropped with one warning where the backend refuses them', async () => {
    backend.status = 400
    const sink = await open()
    const remove = logger.addSink(sink)
    const warned = logged('Own telemetry cannot be delivered and is dropped')
    logger.log.info('First')
    expect(await warned).toMatchObject({ level: 'warn', fields: { signal: 'logs' } })
    logger.log.info('Second')
    remove()
    await sink.shutdown()
    await backend.next(2)
    expect(entries.filter(({ level }) => level === 'warn')).toHaveLength(1)
  })
})

describe('own metrics over OTLP', () => {
  it('arrive at every interval, with the resource, and a last time at shutdown', async () => {
    const metrics = await createMetrics({
      instanceId: 'instance-1',
      otlp: { endpoint: backend.endpoint, headers: { 'x-tenant': 'a' }, intervalMs: 50 },
      log: logger.log,
    })
    metrics.meter.createCounter('otelcol_receiver_accepted_log_records').add(5, { receiver: 'r' })
    await backend.next(2)
    await metrics.shutdown()
    const last = backend.received.at(-1)
    expect(last).toMatchObject({ path: '/v1/metrics', headers: { 'x-tenant': 'a' } })
    expect(last?.body).toMatchObject({
      resourceMetrics: [
        {
          resource,
          scopeMetrics: [
            {
              scope: { name: 'alibabacloud-otel-receiver' },
              metrics: expect.arrayContaining([
                expect.objectContaining({
                  name: 'otelcol_receiver_accepted_log_records',
                  sum: expect.objectContaining({
                    isMonotonic: true,
                    aggregationTemporality: 2,
                    dataPoints: [
                      expect.objectContaining({
                        asDouble: 5,
                        attributes: [{ key: 'receiver', value: { stringValue: 'r' } }],
                      }),
                    ],
                  }),
                }),
                expect.objectContaining({ name: 'process_resident_memory_bytes' }),
              ]),
            },
          ],
        },
      ],
    })
  })

  it('tell once that the backend is gone and once that it is back, and are scraped all the same', async () => {
    backend.status = 400
    const gone = logged('Own telemetry cannot be delivered and is dropped')
    const back = logged('Own telemetry is delivered again')
    const metrics = await createMetrics({
      instanceId: 'instance-1',
      otlp: { endpoint: backend.endpoint, headers: {}, intervalMs: 20 },
      log: logger.log,
    })
    expect((await gone).fields).toMatchObject({ signal: 'metrics', err: { code: 400 } })
    await backend.next(3)
    expect(await metrics.renderPrometheus()).toContain('process_cpu_seconds')
    backend.status = 200
    await back
    await metrics.shutdown()
    expect(entries.filter(({ level }) => level === 'warn')).toHaveLength(1)
  })

  it('do not hold up the end where the backend does not answer', async () => {
    const silent = createServer(() => {})
    await once(silent.listen(0, '127.0.0.1'), 'listening')
    const metrics = await createMetrics({
      instanceId: 'instance-1',
      otlp: { endpoint: `http://127.0.0.1:${(silent.address() as AddressInfo).port}`, headers: {}, intervalMs: 60_000 },
      log: logger.log,
    })
    const asked = once(silent, 'request')
    const startMs = performance.now()
    const shutdown = metrics.shutdown()
    await asked
    await shutdown
    expect(performance.now() - startMs).toBeLessThan(5_000)
    silent.closeAllConnections()
    silent.close()
  })
})
