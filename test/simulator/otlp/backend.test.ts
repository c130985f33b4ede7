import { gzipSync } from 'node:zlib'
import { OTLPLogExporter } from '@opentelemetry/exporter-logs-otlp-http'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type OtlpBackend, startOtlpBackend } from '../../../simulator/otlp/backend.ts'
import { decodeLogs } from '../../../src/otlp/decode.ts'
import { requestToJson } from '../../../src/otlp/json.ts'
import { logsPayload, metricsPayload, sampleRecords } from '../../otlp/samples.ts'

const received: unknown[] = []
let backend: OtlpBackend

beforeEach(async () => {
  received.length = 0
  backend = await startOtlpBackend({
    onLogs: (logs) => void received.push(logs),
    onMetrics: (metrics) => void received.push(metrics),
  })
})
afterEach(() => backend.close())

function post(path: string, body: Uint8Array | string, headers: Record<string, string> = {}, method = 'POST') {
  const type = { 'content-type': 'application/x-protobuf' }
  const content = method === 'GET' ? {} : { body }
  return fetch(`${backend.url}${path}`, { method, headers: { ...type, ...headers }, ...content })
}

describe('OTLP backend', () => {
  it('answers protobuf with an empty response message and JSON with {}', async () => {
    const { bytes } = logsPayload(3)
    const proto = await post('/v1/logs', bytes)
    expect([proto.status, proto.headers.get('content-type'), await proto.text()]).toEqual([
      200,
      'application/x-protobuf',
      '',
    ])
    const json = await post('/v1/logs', requestToJson('logs', bytes), {
      'content-type': 'application/json; charset=utf-8',
    })
    expect([json.status, json.headers.get('content-type'), await json.text()]).toEqual([200, 'application/json', '{}'])
    expect(received).toEqual([decodeLogs(bytes), decodeLogs(bytes)])
    expect(backend.counts).toMatchObject({ requests: 2, accepted: 2, refused: 0, logRecords: 6 })
  })

  it('takes what the stock exporter of the JS SDK sends', async () => {
    const exporter = new OTLPLogExporter({ url: `${backend.url}/v1/logs` })
    const code = await new Promise((resolve) => exporter.export(sampleRecords(5), (result) => resolve(result.code)))
    await exporter.shutdown()
    expect(code).toBe(0)
    expect(backend.counts.logRecords).toBe(5)
  })

  it.each([
    ['GET', '/v1/logs', {}, 405],
    ['POST', '/v1/traces', {}, 404],
    ['POST', '/v1/logs', { 'content-type': 'text/plain' }, 415],
    ['POST', '/v1/logs', { 'content-encoding': 'snappy' }, 415],
    ['POST', '/v1/logs', { 'content-encoding': 'gzip' }, 400],
    ['POST', '/v1/logs', { 'content-type': 'application/json' }, 400],
    ['POST', '/v1/logs', {}, 400],
  ])('answers %s %s with %j and garbage by %i', async (method, path, headers, status) => {
    const response = await post(path, 'garbage', headers, method)
    expect(response.status).toBe(status)
    expect(backend.counts).toMatchObject({ requests: 1, accepted: 0, refused: 1 })
  })

  it('refuses as told, with a google.rpc.Status and Retry-After', async () => {
    backend.setBehaviour({ kind: 'refuse', status: 429, message: 'slow down', retryAfter: '3' })
    const response = await post('/v1/metrics', metricsPayload(1).bytes)
    expect([response.status, response.headers.get('retry-after')]).toEqual([429, '3'])
    expect(Buffer.from(await response.arrayBuffer())).toEqual(Buffer.from('\x08\x08\x12\x09slow down'))
    backend.setBehaviour({ kind: 'accept' })
    expect((await post('/v1/metrics', metricsPayload(1).bytes)).status).toBe(200)
    expect(backend.counts.dataPoints).toBe(4)
  })

  it('answers 500 when the test that looks at the request fails, and takes nothing', async () => {
    const failing = await startOtlpBackend({
      onLogs: () => {
        throw new Error('not this')
      },
    })
    const response = await fetch(`${failing.url}/v1/logs`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-protobuf' },
      body: logsPayload(1).bytes,
    })
    expect(response.status).toBe(500)
    expect(failing.counts.accepted).toBe(0)
    await failing.close()
  })

  it('counts bytes and items alone when it discards', async () => {
    const discarding = await startOtlpBackend({ discard: true, onLogs: (logs) => void received.push(logs) })
    const { bytes } = logsPayload(40)
    const wire = gzipSync(bytes)
    await fetch(`${discarding.url}/v1/logs`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-protobuf', 'content-encoding': 'gzip' },
      body: wire,
    })
    await discarding.close()
    expect(received).toEqual([])
    expect(discarding.counts).toMatchObject({ logRecords: 40, bytes: bytes.length, wireBytes: wire.length })
  })
})
