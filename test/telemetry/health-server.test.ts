import { request } from 'node:http'
import { connect } from 'node:net'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type HealthServer, startHealthServer } from '../../src/telemetry/health-server.ts'
import type { Log } from '../../src/telemetry/log.ts'
import { createMetrics, type OwnMetrics } from '../../src/telemetry/metrics.ts'
import { createStatusBoard, type StatusBoard } from '../../src/telemetry/status-board.ts'
import { parsePrometheusText } from './prometheus-lines.ts'

const log: Log = { debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error: vi.fn(), with: () => log }
const pipelines = { logs: { receivers: ['alibabacloud_sls'], processors: [], exporters: ['otlp_http'] } }
let nowMs: number
const clock = { now: () => nowMs }
let board: StatusBoard
let metrics: OwnMetrics
let server: HealthServer

beforeEach(async () => {
  nowMs = Date.UTC(2026, 0, 1)
  board = createStatusBoard(clock, log)
  metrics = await createMetrics({ instanceId: 'i', log })
  server = await startHealthServer({ endpoint: '127.0.0.1:0' }, { board, metrics, clock, version: '1.2.3', pipelines })
})
afterEach(async () => {
  await server.close()
  await metrics.shutdown()
})

describe('startHealthServer', () => {
  it('says on which address it listens', () => {
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
  })

  it('answers /livez with 200 whatever state the components are in', async () => {
    board.setPhase('stopping')
    board.reporter('exporter', 'otlp_http').set('permanent_error', 'no')
    board.reporter('receiver', 'a').set('permanent_error', 'no')
    nowMs += 3_600_000
    const response = await fetch(`${server.url}/livez`)
    expect(response.status).toBe(200)
    expect(await response.text()).toBe('ok\n')
  })

  it('answers /readyz by what the board says', async () => {
    board.setPhase('running')
    const reporter = board.reporter('exporter', 'otlp_http')
    reporter.set('ok')
    const ready = await fetch(`${server.url}/readyz`)
    expect([ready.status, await ready.json()]).toEqual([200, { ready: true, reasons: [] }])

    reporter.set('recoverable_error', 'connection refused')
    nowMs += 10_000
    const stuck = await fetch(`${server.url}/readyz?verbose`)
    expect(stuck.status).toBe(503)
    expect(stuck.headers.get('content-type')).toBe('application/json')
    expect(await stuck.json()).toEqual({
      ready: false,
      reasons: ['exporter otlp_http has failed for 10 s: connection refused'],
    })

    reporter.set('ok')
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200)
  })

  it('shows each component under /status', async () => {
    board.setPhase('running')
    const receiver = board.reporter('receiver', 'alibabacloud_sls')
    receiver.details(() => ({ shards: 2 }))
    nowMs += 5_000
    receiver.set('ok', 'caught up')
    nowMs += 60_000
    const response = await fetch(`${server.url}/status`)
    expect(response.headers.get('content-type')).toBe('application/json')
    expect(await response.json()).toEqual({
      service: 'alibabacloud-otel-receiver',
      version: '1.2.3',
      phase: 'running',
      ready: true,
      reasons: [],
      uptime_seconds: 65,
      node: process.version,
      pid: process.pid,
      rss_bytes: expect.any(Number),
      pipelines,
      components: [
        {
          kind: 'receiver',
          id: 'alibabacloud_sls',
          state: 'ok',
          since: '2026-01-01T00:00:05.000Z',
          message: 'caught up',
          details: { shards: 2 },
        },
      ],
    })
  })

  it('gives Prometheus its text under /metrics', async () => {
    metrics.meter.createCounter('otelcol_receiver_accepted_log_records').add(5)
    const response = await fetch(`${server.url}/metrics`)
    expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
    const { samples } = parsePrometheusText(await response.text())
    expect(samples).toContainEqual({ name: 'otelcol_receiver_accepted_log_records', labels: {}, value: 5 })
  })

  it('answers 500 where the metrics cannot be read, and lives on', async () => {
    const broken = await startHealthServer(
      { endpoint: '127.0.0.1:0' },
      { board, metrics: { renderPrometheus: () => Promise.reject(new Error('no')) }, clock, version: '1.2.3' },
    )
    const response = await fetch(`${broken.url}/metrics`)
    expect([response.status, await response.text()]).toEqual([500, 'Cannot tell: no\n'])
    expect((await fetch(`${broken.url}/livez`)).status).toBe(200)
    await broken.close()
  })

  it('answers HEAD as GET, without the body', async () => {
    for (const path of ['/', '/livez', '/readyz', '/status']) {
      const [get, head] = await Promise.all([fetch(server.url + path), fetch(server.url + path, { method: 'HEAD' })])
      expect(head.status).toBe(get.status)
      expect(head.headers.get('content-type')).toBe(get.headers.get('content-type'))
      expect(await head.text()).toBe('')
      await get.text()
    }
  })

  it('lists its paths under /, and knows no others', async () => {
    const index = await fetch(server.url)
    expect(index.status).toBe(200)
    for (const path of ['/livez', '/readyz', '/status', '/metrics']) expect(await index.clone().text()).toContain(path)
    for (const path of ['/healthz', '/livez/', '/__proto__', '/constructor']) {
      expect((await fetch(server.url + path)).status).toBe(404)
    }
  })

  it('takes no other methods', async () => {
    for (const method of ['POST', 'PUT', 'DELETE']) {
      const response = await fetch(`${server.url}/readyz`, { method })
      expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD'])
    }
  })

  it('refuses an address that is taken', async () => {
    const endpoint = new URL(server.url).host
    await expect(startHealthServer({ endpoint }, { board, metrics, clock, version: '1.2.3' })).rejects.toMatchObject({
      code: 'ADDRESS_IN_USE',
      message: expect.stringMatching(`^Cannot listen on "${endpoint}": .*EADDRINUSE`),
    })
  })

  it.each(['127.0.0.1', '127.0.0.1:99999', 'http://127.0.0.1:1', '::1:80', ''])(
    'refuses %j as an address',
    async (endpoint) => {
      await expect(startHealthServer({ endpoint }, { board, metrics, clock, version: '1.2.3' })).rejects.toMatchObject({
        code: 'CONFIG_INVALID',
      })
    },
  )

  it('listens on all addresses where no host is given', async () => {
    const everywhere = await startHealthServer({ endpoint: ':0' }, { board, metrics, clock, version: '1.2.3' })
    const { port } = new URL(everywhere.url)
    expect((await fetch(`http://127.0.0.1:${port}/livez`)).status).toBe(200)
    await everywhere.close()
  })

  it('closes although clients keep their connections', async () => {
    const { hostname, port } = new URL(server.url)
    const idle = connect(Number(port), hostname)
    const ended = new Promise((resolve) => idle.once('close', resolve))
    idle.on('error', () => {})
    await new Promise((resolve) => idle.once('connect', resolve))
    // One answered request makes sure that the server has taken the idle connection, which came before.
    await new Promise((resolve) => request(`${server.url}/livez`, resolve).end())
    await server.close()
    await ended
    await expect(fetch(`${server.url}/livez`)).rejects.toThrow()
  })
})
