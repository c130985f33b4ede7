import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { parse } from 'yaml'
import { otlpHttpExporter } from '../../src/exporters/otlp-http/exporter.ts'
import {
  type CollectorConfig,
  freePort,
  readRequests,
  recordsOf,
  requireCollector,
  startCollector,
  temporaryFolder,
  toFile,
  uidsOf,
  validateConfig,
} from './otelcol/collector.ts'
import { exporterContext, numbered, payloadOf } from './records.ts'

const program = requireCollector()

const sidecar = load('sidecar')
/** Without the exporter that the Collector built here does not have; the pipelines do not use it. */
const datadog = load('datadog')
delete datadog['exporters']?.['datadog']

const backendOf = (endpoint: string) => ({ OTLP_ENDPOINT: endpoint, OTLP_AUTHORIZATION: 'Bearer test' })
const datadogEnv = { DD_SITE: 'datadoghq.com', DD_API_KEY: 'test' }

function read(name: string): string {
  return readFileSync(new URL(`../../deploy/collector/${name}.yaml`, import.meta.url), 'utf8')
}

function load(name: string): CollectorConfig {
  return parse(read(name))
}

/** sidecar.yaml with the queue on disk that its comment describes. */
function sidecarWithQueue(): CollectorConfig {
  const text = read('sidecar')
  const comment = text.slice(text.indexOf('#   extensions:'), text.indexOf('\nextensions:'))
  const change = parse(comment.replaceAll(/^# {0,3}/gm, ''))
  return {
    ...sidecar,
    extensions: { ...sidecar['extensions'], ...change.extensions },
    exporters: { otlp_http: { ...(sidecar['exporters']?.['otlp_http'] as object), ...change.exporters.otlp_http } },
    service: { ...sidecar['service'], ...change.service },
  }
}

/** The same configuration on ports of the test's own. */
async function onFreePorts(config: CollectorConfig): Promise<{ config: CollectorConfig; url: string }> {
  const port = await freePort()
  const copy = structuredClone(config)
  copy['receivers'] = { otlp: { protocols: { http: { endpoint: `127.0.0.1:${port}` } } } }
  copy['extensions'] = { ...copy['extensions'], health_check: { endpoint: `127.0.0.1:${await freePort()}` } }
  return { config: copy, url: `http://127.0.0.1:${port}/v1/logs` }
}

async function startBackend(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('A TCP server without a port')
  return `http://127.0.0.1:${address.port}`
}

/** Posts one log record per uid; the answer's status and Retry-After. */
async function post(url: string, uids: readonly string[], timeUnixNano = `${Date.now()}000000`) {
  const logRecords = uids.map((uid) => ({
    timeUnixNano,
    eventName: 'slb.request',
    attributes: [{ key: 'log.record.uid', value: { stringValue: uid } }],
  }))
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ resourceLogs: [{ scopeLogs: [{ logRecords }] }] }),
  })
  await response.body?.cancel()
  return { status: response.status, retryAfter: response.headers.get('retry-after') }
}

describe('deploy/collector/sidecar.yaml', () => {
  it('is accepted by a real Collector, with and without a token for the backend', async () => {
    const folder = await temporaryFolder()
    expect(await validateConfig(program, sidecar, folder, { OTLP_ENDPOINT: 'https://otlp.example.com' })).toBe('')
    expect(await validateConfig(program, sidecar, folder, backendOf('https://otlp.example.com'))).toBe('')
  })

  it('is accepted with the queue on disk of its comment', async () => {
    const config = sidecarWithQueue()
    expect(JSON.stringify(config)).toContain('"storage":"file_storage"')
    expect(await validateConfig(program, config, await temporaryFolder(), backendOf('https://otlp.example.com'))).toBe(
      '',
    )
  })

  it('would not be, with a key misspelt: the check sees inside every component', async () => {
    const folder = await temporaryFolder()
    const wrong = structuredClone(sidecar)
    wrong['exporters'] = { otlp_http: { endpoint: 'https://otlp.example.com', sending_queu: {} } }
    expect(await validateConfig(program, wrong, folder, {})).toContain('sending_queu')
  })

  /**
   * With no queue between, the backend's answer is the Collector's. Two come out changed: 413 as 500, and Retry-After is lost.
   */
  it.each([
    { backend: 200, sender: 200 },
    { backend: 400, sender: 400 },
    { backend: 401, sender: 401 },
    { backend: 403, sender: 403 },
    { backend: 404, sender: 404 },
    { backend: 413, sender: 500 },
    { backend: 429, sender: 429 },
    { backend: 500, sender: 500 },
    { backend: 502, sender: 503 },
    { backend: 503, sender: 503 },
    { backend: 504, sender: 503 },
  ])('answers $sender when the backend answers $backend', async ({ backend, sender }) => {
    const folder = await temporaryFolder()
    const { config, url } = await onFreePorts(sidecar)
    let authorization: string | undefined
    const endpoint = await startBackend((request, response) => {
      authorization = request.headers.authorization
      request.resume().on('end', () => response.writeHead(backend, { 'retry-after': '7' }).end())
    })
    await startCollector(program, config, folder, backendOf(endpoint))
    expect(await post(url, ['a'])).toEqual({ status: sender, retryAfter: null })
    expect(authorization).toBe('Bearer test')
  })

  it('answers 503, which is repeated, when the backend cuts the connection or is not there', async () => {
    const folder = await temporaryFolder()
    const { config, url } = await onFreePorts(sidecar)
    const endpoint = await startBackend((request) => request.socket.destroy())
    const collector = await startCollector(program, config, folder, backendOf(endpoint))
    expect(await post(url, ['a'])).toEqual({ status: 503, retryAfter: null })
    await collector.stop('SIGTERM')
    await startCollector(program, config, folder, backendOf(`http://127.0.0.1:${await freePort()}`))
    expect(await post(url, ['a'])).toEqual({ status: 503, retryAfter: null })
  })
})

describe('deploy/collector/sidecar.yaml between the otlp_http exporter and a backend', () => {
  it('loses nothing when the Collector is killed, and then the backend', async () => {
    const folder = await temporaryFolder()
    const { config, url } = await onFreePorts(sidecar)
    const backendPort = await freePort()
    const output = join(folder, 'backend.jsonl')
    const startSidecar = () => startCollector(program, config, folder, backendOf(`http://127.0.0.1:${backendPort}`))
    const startFileBackend = async () => startCollector(program, toFile(backendPort, output), await temporaryFolder())
    const exporter = otlpHttpExporter.create(
      otlpHttpExporter.schema.parse({ logs_endpoint: url, retry: { initial_interval: '20ms', max_interval: '200ms' } }),
      exporterContext(join(folder, 'dead-letter')),
    )
    onTestFinished(() => exporter.shutdown())

    const batches = numbered('batch', 90).map((prefix) => numbered(prefix, 20))
    let answered = 0
    const milestones = [30, 60].map((count) => ({ count, ...Promise.withResolvers<void>() }))
    const sidecarBefore = await startSidecar()
    const backendBefore = await startFileBackend()
    const answers = Promise.all(
      batches.map(async (uids) => {
        await exporter.export(payloadOf(uids), new AbortController().signal)
        answered++
        milestones.find(({ count }) => count === answered)?.resolve()
      }),
    )
    await milestones[0]?.promise
    await sidecarBefore.stop('SIGKILL')
    const sidecarAfter = await startSidecar()
    await milestones[1]?.promise
    await backendBefore.stop('SIGKILL')
    const backendAfter = await startFileBackend()
    await answers
    // The backend first: if something were answered without being there, the Collector could not bring it any more.
    await backendAfter.stop('SIGTERM')
    await sidecarAfter.stop('SIGTERM')
    const arrived = new Set(uidsOf(recordsOf(await readRequests(output))))
    expect([...arrived].sort()).toEqual(batches.flat())
  })
})

describe('deploy/collector/datadog.yaml', () => {
  it('is accepted by a real Collector, the datadog exporter apart', async () => {
    expect(await validateConfig(program, datadog, await temporaryFolder(), datadogEnv)).toBe('')
  })

  it('has what it answered on the disk: a kill before the intake is there loses nothing', async () => {
    const folder = await temporaryFolder()
    const { config, url } = await onFreePorts(datadog)
    const intakePort = await freePort()
    Object.assign(config['exporters']?.['otlp_http/datadog'] as object, { endpoint: `http://127.0.0.1:${intakePort}` })
    const env = { ...datadogEnv, QUEUE_DIRECTORY: join(folder, 'queue') }
    const uids = Array.from({ length: 200 }, (_, index) => `uid-${index}`)

    const collector = await startCollector(program, config, folder, env)
    for (let start = 0; start < uids.length; start += 50) {
      expect(await post(url, uids.slice(start, start + 50))).toMatchObject({ status: 200 })
    }
    await collector.stop('SIGKILL')

    const output = join(folder, 'intake.jsonl')
    await startCollector(program, toFile(intakePort, output), await temporaryFolder())
    await startCollector(program, config, folder, env)
    await vi.waitFor(
      async () => expect(uidsOf(recordsOf(await readRequests(output))).sort()).toEqual(uids.toSorted()),
      { timeout: 30_000 },
    )
  })

  it('drops what Datadog would not index, and adds what its intake does not map', async () => {
    const folder = await temporaryFolder()
    const { config, url } = await onFreePorts(datadog)
    const intakePort = await freePort()
    const output = join(folder, 'intake.jsonl')
    Object.assign(config['exporters']?.['otlp_http/datadog'] as object, { endpoint: `http://127.0.0.1:${intakePort}` })
    await startCollector(program, toFile(intakePort, output), await temporaryFolder())
    await startCollector(program, config, folder, { ...datadogEnv, QUEUE_DIRECTORY: join(folder, 'queue') })

    const hoursAgo = (hours: number) => `${Date.now() - hours * 3_600_000}000000`
    expect(await post(url, ['old'], hoursAgo(18))).toMatchObject({ status: 200 })
    expect(await post(url, ['young'], hoursAgo(17))).toMatchObject({ status: 200 })
    await vi.waitFor(async () => expect(recordsOf(await readRequests(output))).toHaveLength(1), { timeout: 30_000 })
    const [request] = await readRequests(output)
    expect(request?.resourceLogs[0]?.resource.attributes).toContainEqual({
      key: 'datadog.log.source',
      value: { stringValue: 'alibabacloud' },
    })
    expect(recordsOf(await readRequests(output))[0]?.attributes).toEqual([
      { key: 'log.record.uid', value: { stringValue: 'young' } },
      { key: 'event.name', value: { stringValue: 'slb.request' } },
    ])
  })
})
