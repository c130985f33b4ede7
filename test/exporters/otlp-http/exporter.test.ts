import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type OtlpBackend, type OtlpBackendOptions, startOtlpBackend } from '../../../simulator/otlp/backend.ts'
import { createRandom } from '../../../simulator/random.ts'
import { otlpHttpExporter } from '../../../src/exporters/otlp-http/exporter.ts'
import { type DecodedLogRecord, type DecodedResourceLogs, decodeLogs } from '../../../src/otlp/decode.ts'
import { splitPayload } from '../../../src/otlp/split.ts'
import type { Exporter } from '../../../src/pipeline/component.ts'
import { acceptedWhole } from '../../../src/pipeline/payload.ts'
import { createManualClock } from '../../fakes/manual-clock.ts'
import { logsPayload, metricsPayload } from '../../otlp/samples.ts'
import { createTestContext, type TestContext } from '../context.ts'
import { createEagerClock, type EagerClock } from '../eager-clock.ts'

const deadlineMs = 29_000
const never = new AbortController().signal

let folder: string
let backend: OtlpBackend
let clock: EagerClock
let context: TestContext
const closing: (() => Promise<unknown>)[] = []

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'otlp-http-'))
  clock = createEagerClock(deadlineMs)
  context = createTestContext(clock, folder)
})

afterEach(async () => {
  for (const close of closing.splice(0)) await close()
  await rm(folder, { recursive: true, force: true })
})

async function startBackend(options: OtlpBackendOptions = {}): Promise<void> {
  backend = await startOtlpBackend(options)
  closing.push(() => backend.close())
}

function createExporter(block: object = {}): Exporter {
  const options = otlpHttpExporter.schema.parse({ endpoint: backend.url, timeout: '29s', ...block })
  const exporter = otlpHttpExporter.create(options, context)
  closing.push(() => exporter.shutdown())
  return exporter
}

const indexOf = ({ attributes }: DecodedLogRecord) => Number(attributes.find(({ key }) => key === 'index')?.value)
const indexesIn = (logs: DecodedResourceLogs[]) =>
  logs.flatMap(({ scopeLogs }) => scopeLogs.flatMap(({ logRecords }) => logRecords.map(indexOf)))

async function parkedLines(): Promise<Record<string, unknown>[]> {
  const text = await readFile(join(folder, 'otlp_http%2Ftest.jsonl'), 'utf8')
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
}

describe('otlp_http: requests', () => {
  it.each([
    ['proto', 'gzip', 'application/x-protobuf', 'gzip'],
    ['proto', 'zstd', 'application/x-protobuf', 'zstd'],
    ['proto', 'none', 'application/x-protobuf', undefined],
    ['json', 'gzip', 'application/json', 'gzip'],
    ['json', 'none', 'application/json', undefined],
  ])(
    'sends %s with %s compression, whole and with its length',
    async (encoding, compression, type, contentEncoding) => {
      const received: DecodedResourceLogs[][] = []
      await startBackend({ onLogs: (logs) => void received.push(logs) })
      backend.setBehaviour((request) => {
        expect(request.headers).toMatchObject({
          'content-type': type,
          'content-length': String(request.wireBytes),
          'user-agent': expect.stringMatching(/^alibabacloud-otel-receiver\/\d/),
          'x-api-key': 'secret',
        })
        expect(request.headers['content-encoding']).toBe(contentEncoding)
        return { kind: 'accept' }
      })
      const payload = logsPayload(20)
      const exporter = createExporter({ encoding, compression, headers: { 'X-Api-Key': ' secret\n' } })
      expect(await exporter.export(payload, never)).toEqual(acceptedWhole)
      expect(received).toEqual([decodeLogs(payload.bytes)])
    },
  )

  it('sends metrics to /v1/metrics and counts data points', async () => {
    await startBackend()
    expect(await createExporter().export(metricsPayload(3), never)).toEqual(acceptedWhole)
    expect(backend.counts).toMatchObject({ accepted: 1, dataPoints: 12 })
    expect(await context.counter('otelcol_exporter_sent_metric_points')).toEqual({ '': 12 })
  })

  it('keeps no more requests under way than max_concurrent', async () => {
    await startBackend()
    let most = 0
    backend.setBehaviour(() => {
      most = Math.max(most, Number(context.statusDetails()['requests_in_flight']))
      return { kind: 'slow', delayMs: 5 }
    })
    const exporter = createExporter({ max_concurrent: 2 })
    await Promise.all(Array.from({ length: 8 }, () => exporter.export(logsPayload(1), never)))
    expect(most).toBe(2)
    expect(backend.counts.logRecords).toBe(8)
  })

  it('is not created with a TLS file that cannot be read, and says which', async () => {
    await startBackend()
    expect(() => createExporter({ tls: { ca_file: join(folder, 'absent.pem') } })).toThrow(
      expect.objectContaining({ code: 'CONFIG_INVALID', message: expect.stringContaining('absent.pem') }),
    )
  })
})

describe('otlp_http: answers', () => {
  it('counts a partial success, says so once, and does not send again', async () => {
    await startBackend()
    backend.setBehaviour({ kind: 'partial', rejected: 3, message: 'too old' })
    const exporter = createExporter()
    expect(await exporter.export(logsPayload(10), never)).toEqual({ refused: 3, rejected: 0 })
    expect(await exporter.export(logsPayload(10), never)).toEqual({ refused: 3, rejected: 0 })
    expect(backend.counts.requests).toBe(2)
    expect(context.lines).toEqual([
      { level: 'warn', message: 'The backend dropped part of a request', fields: { refused: 3, reason: 'too old' } },
    ])
    expect(await context.counter('otelcol_exporter_sent_log_records')).toEqual({ '': 14 })
    expect(await context.counter('otelcol_exporter_send_failed_log_records')).toEqual({ '': 6 })
  })

  it('reads a partial success in JSON', async () => {
    await startBackend()
    backend.setBehaviour({ kind: 'partial', rejected: 2, message: 'no room' })
    expect(await createExporter({ encoding: 'json' }).export(logsPayload(5), never)).toEqual({
      refused: 2,
      rejected: 0,
    })
  })

  it('takes a 2xx whose body it cannot read for an acceptance', async () => {
    await startBackend()
    backend.setBehaviour({ kind: 'reply', status: 202, headers: { 'content-type': 'application/json' }, body: 'ok' })
    expect(await createExporter().export(logsPayload(1), never)).toEqual(acceptedWhole)
  })

  it('has let go of the payload when it settles, also where an answer came before the request was read', async () => {
    const unread: Socket[] = []
    const server = createTcpServer((socket) => {
      socket.on('error', () => {})
      socket.once('data', () => {
        if (unread.length > 0) return void socket.write('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n')
        unread.push(socket.pause())
        socket.write('HTTP/1.1 503 Busy\r\ncontent-length: 0\r\n\r\n')
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    closing.push(() => new Promise((resolve) => server.close(resolve)))
    const { port } = server.address() as AddressInfo
    const options = otlpHttpExporter.schema.parse({
      endpoint: `http://127.0.0.1:${port}`,
      compression: 'none',
      timeout: '29s',
    })
    const exporter = otlpHttpExporter.create(options, context)
    closing.push(() => exporter.shutdown())
    // More than the buffers of a connection hold.
    const payload = { ...logsPayload(1), bytes: new Uint8Array(32 * 2 ** 20).fill(1) }
    expect(await exporter.export(payload, never)).toEqual(acceptedWhole)
    payload.bytes.fill(2)
    const [first] = unread
    let late = 0
    first?.on('data', (chunk: Buffer) => {
      if (chunk.includes(2)) late++
    })
    await new Promise((resolve) => first?.once('close', resolve).resume())
    expect(late).toBe(0)
  })

  it.each([408, 429, 501, 502, 503, 504])('repeats after %i until the backend accepts', async (status) => {
    await startBackend()
    backend.setBehaviour(({ number }) => (number < 8 ? { kind: 'refuse', status } : { kind: 'accept' }))
    expect(await createExporter().export(logsPayload(3), never)).toEqual(acceptedWhole)
    // Full jitter over bounds that double from 1 s to 10 s; chance is always one half here.
    expect(clock.waits).toEqual([500, 1_000, 2_000, 4_000, 5_000, 5_000, 5_000])
    expect(context.states[0]).toEqual({
      state: 'recoverable_error',
      message: `EXPORT_UNREACHABLE: ${backend.url}/v1/logs answered ${status}: refused as told`,
    })
    expect(context.states.at(-1)).toEqual({ state: 'ok', message: '' })
    expect(await context.counter('alibabacloud_exporter_requests')).toEqual({ 'result=retry': 7, 'result=accepted': 1 })
  })

  it('gives nothing up while the backend answers everything with 500, however long', async () => {
    await startBackend()
    backend.setBehaviour(({ number }) => (number < 100 ? { kind: 'refuse', status: 500 } : { kind: 'accept' }))
    expect(await createExporter().export(logsPayload(3), never)).toEqual(acceptedWhole)
    expect(backend.counts.logRecords).toBe(3)
  })

  it('finds the record that a Collector answers with 500 for ever, as it does for its own backend’s 413', async () => {
    await startBackend()
    backend.setBehaviour({ kind: 'refuse_records', refuses: (record) => indexOf(record) === 5, status: 500 })
    expect(await createExporter({ on_rejected: 'drop' }).export(logsPayload(16), never)).toEqual({
      refused: 0,
      rejected: 1,
    })
    expect(backend.counts.logRecords).toBe(15)
  })

  it('waits as long as Retry-After says, in seconds or until a date', async () => {
    await startBackend()
    const date = new Date(clock.now() + 7_000 + 20_000).toUTCString()
    backend.setBehaviour(({ number }) => {
      if (number === 1) return { kind: 'refuse', status: 429, retryAfter: '7' }
      return number === 2 ? { kind: 'refuse', status: 503, retryAfter: date } : { kind: 'accept' }
    })
    await createExporter().export(logsPayload(1), never)
    expect(clock.waits).toEqual([7_000, 20_000])
  })

  it('repeats when the connection is cut before or after reading, and when there is nobody', async () => {
    await startBackend()
    backend.setBehaviour(({ number }) => (number === 1 ? { kind: 'cut', when: 'after_reading' } : { kind: 'accept' }))
    expect(await createExporter().export(logsPayload(1), never)).toEqual(acceptedWhole)

    backend.setBehaviour({ kind: 'cut', when: 'before_reading' })
    const exporter = createExporter()
    const exporting = exporter.export(logsPayload(1), never)
    await backend.received(4)
    backend.setBehaviour({ kind: 'accept' })
    expect(await exporting).toEqual(acceptedWhole)

    const { url } = backend
    await backend.close()
    const stop = new AbortController()
    const waiting = createExporter({ endpoint: url }).export(logsPayload(1), stop.signal)
    waiting.catch(() => stop.abort())
    while (!context.states.at(-1)?.message.includes('ECONNREFUSED'))
      await new Promise((resolve) => setImmediate(resolve))
    stop.abort(new Error('enough'))
    await expect(waiting).rejects.toThrow('enough')
  })

  it('gives an attempt up when its time is over, even if the backend has begun to answer', async () => {
    let attempts = 0
    const server = createServer((request, response) => {
      request.resume().on('end', () => {
        attempts++
        response.writeHead(200, { 'content-type': 'application/x-protobuf', 'content-length': '2' })
        if (attempts === 1) response.flushHeaders()
        else response.end(Buffer.from([0x0a, 0x00]))
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    closing.push(() => new Promise((resolve) => server.close(resolve)))
    closing.push(async () => server.closeAllConnections())
    const manual = createManualClock()
    context = createTestContext(manual, folder)
    const options = otlpHttpExporter.schema.parse({
      endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      timeout: '5s',
    })
    const exporter = otlpHttpExporter.create(options, context)
    closing.push(() => exporter.shutdown())
    const exporting = exporter.export(logsPayload(1), never)
    await manual.sleeping()
    while (attempts === 0) await new Promise((resolve) => setImmediate(resolve))
    await manual.advance(5_000)
    while (context.states.length === 0) await new Promise((resolve) => setImmediate(resolve))
    expect(context.states[0]?.message).toContain('no answer within 5000 ms')
    await manual.advance(500)
    expect(await exporting).toEqual(acceptedWhole)
    expect(attempts).toBe(2)
  })

  it.each([
    [401, 'EXPORT_UNAUTHORIZED'],
    [403, 'EXPORT_UNAUTHORIZED'],
    [404, 'EXPORT_NOT_FOUND'],
    [405, 'EXPORT_NOT_FOUND'],
    [415, 'EXPORT_NOT_FOUND'],
  ])('holds on to the records after %i, which is about the address', async (status, code) => {
    await startBackend()
    backend.setBehaviour(({ number }) => (number < 8 ? { kind: 'refuse', status } : { kind: 'accept' }))
    expect(await createExporter().export(logsPayload(4), never)).toEqual(acceptedWhole)
    expect(clock.waits).toEqual([750, 1_500, 3_000, 6_000, 12_000, 22_500, 22_500])
    expect(context.states[0]?.message).toContain(`${code}: ${backend.url}/v1/logs answered ${status}`)
    expect(backend.counts.logRecords).toBe(4)
  })

  it('does not follow a redirect, and says where it leads', async () => {
    await startBackend()
    const redirect = {
      kind: 'reply',
      status: 308,
      headers: { location: 'https://other.test/v1/logs' },
      body: '',
    } as const
    backend.setBehaviour(({ number }) => (number === 1 ? redirect : { kind: 'accept' }))
    await createExporter().export(logsPayload(1), never)
    expect(context.states[0]?.message).toContain('redirects to https://other.test/v1/logs (308)')
  })

  it('does not take a web page for an acceptance', async () => {
    await startBackend()
    const page = {
      kind: 'reply',
      status: 200,
      headers: { 'content-type': 'text/html; charset=utf-8' },
      body: '<p>',
    } as const
    backend.setBehaviour(({ number }) => (number === 1 ? page : { kind: 'accept' }))
    await createExporter().export(logsPayload(1), never)
    expect(context.states[0]?.message).toContain('web page')
    expect(backend.counts.accepted).toBe(1)
  })

  it('reads no more of an error than it shows', async () => {
    await startBackend()
    const endless = {
      kind: 'reply',
      status: 503,
      headers: { 'content-type': 'text/plain' },
      body: 'x'.repeat(5_000_000),
    } as const
    backend.setBehaviour(({ number }) => (number === 1 ? endless : { kind: 'accept' }))
    await createExporter().export(logsPayload(1), never)
    expect(context.states[0]?.message.length).toBeLessThan(400)
  })

  it('fails promptly with the reason of the signal, while it sends and while it waits', async () => {
    await startBackend()
    backend.setBehaviour({ kind: 'stall' })
    const stop = new AbortController()
    const exporter = createExporter({ max_concurrent: 1 })
    const sending = exporter.export(logsPayload(1), stop.signal)
    const queued = exporter.export(logsPayload(1), stop.signal)
    const failures = Promise.allSettled([sending, queued])
    await backend.received(1)
    stop.abort(new Error('the time is over'))
    expect((await failures).map((each) => each.status === 'rejected' && String(each.reason))).toEqual([
      'Error: the time is over',
      'Error: the time is over',
    ])
    await expect(exporter.export(logsPayload(1), stop.signal)).rejects.toThrow('the time is over')
    expect(context.statusDetails()).toMatchObject({ requests_in_flight: 0, oldest_unanswered_seconds: 0 })
  })
})

describe('otlp_http: records that a backend refuses', () => {
  it('halves what is too large until it fits', async () => {
    const received: number[] = []
    await startBackend({ onLogs: (logs) => void received.push(...indexesIn(logs)) })
    backend.setBehaviour({ kind: 'limit', maxBytes: Math.ceil(logsPayload(64).bytes.length / 5) })
    expect(await createExporter().export(logsPayload(64), never)).toEqual(acceptedWhole)
    expect(received.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 64 }, (_, index) => index))
    expect(backend.counts.accepted).toBe(8)
  })

  it('parks the one record that is too large by itself', async () => {
    await startBackend()
    backend.setBehaviour({ kind: 'refuse_records', refuses: (record) => indexOf(record) === 5, status: 413 })
    expect(await createExporter().export(logsPayload(8), never)).toEqual({ refused: 0, rejected: 1 })
    expect(backend.counts.logRecords).toBe(7)
    expect(await parkedLines()).toHaveLength(1)
  })

  it.each([0, 3, 7])(
    'parks the one record that is malformed and delivers all others (record %i of 8)',
    async (poison) => {
      const received: number[] = []
      await startBackend({ onLogs: (logs) => void received.push(...indexesIn(logs)) })
      backend.setBehaviour({ kind: 'refuse_records', refuses: (record) => indexOf(record) === poison })
      expect(await createExporter().export(logsPayload(8), never)).toEqual({ refused: 0, rejected: 1 })
      expect(received.toSorted()).toEqual([0, 1, 2, 3, 4, 5, 6, 7].filter((index) => index !== poison))
      const [line] = await parkedLines()
      expect(line).toMatchObject({
        parkedAt: expect.stringMatching(/^2026-03-02T00:15:/),
        exporter: 'otlp_http/test',
        signal: 'logs',
        status: 400,
        message: `${backend.url}/v1/logs answered 400: a record is not acceptable`,
      })
      expect(JSON.stringify(line?.['request'])).toContain(`"body":{"stringValue":"record ${poison}"}`)
      expect(clock.waits).toEqual([])
      expect(await context.counter('alibabacloud_receiver_poison_records')).toEqual({ '': 1 })
      expect(await context.counter('otelcol_exporter_send_failed_log_records')).toEqual({ '': 1 })
      expect(context.states.at(-1)?.state).toBe('ok')
    },
  )

  it.each([
    ['scattered', [1, 4, 6]],
    ['side by side at the end', [6, 7]],
    ['side by side at the beginning', [0, 1, 2, 3]],
    ['all but one', [0, 1, 2, 3, 4, 6, 7]],
  ])('finds several bad records: %s', async (_where, poison) => {
    const received: number[] = []
    await startBackend({ onLogs: (logs) => void received.push(...indexesIn(logs)) })
    backend.setBehaviour({ kind: 'refuse_records', refuses: (record) => poison.includes(indexOf(record)) })
    for (const seed of [1, 2, 3, 4, 5]) {
      received.length = 0
      clock = createEagerClock(deadlineMs, createRandom(seed).next)
      context = createTestContext(clock, folder)
      const answer = await createExporter({ on_rejected: 'drop' }).export(logsPayload(8), never)
      expect(answer).toEqual({ refused: 0, rejected: poison.length })
      expect(received.toSorted()).toEqual([0, 1, 2, 3, 4, 5, 6, 7].filter((index) => !poison.includes(index)))
    }
  })

  it('gives up nothing while everything is refused with 400, and does not try each record', async () => {
    const received: number[] = []
    await startBackend({ onLogs: (logs) => void received.push(...indexesIn(logs)) })
    const rounds = 6
    // A round is the whole payload, and on the way down to one record both halves of each part: 1 + 2 × 6 requests for 64.
    const requestsPerRound = 13
    backend.setBehaviour(({ number }) =>
      number <= rounds * requestsPerRound ? { kind: 'refuse', status: 400 } : { kind: 'accept' },
    )
    expect(await createExporter().export(logsPayload(64), never)).toEqual(acceptedWhole)
    expect(clock.waits).toEqual([750, 1_500, 3_000, 6_000, 12_000, 22_500])
    expect(backend.counts).toMatchObject({ requests: rounds * requestsPerRound + 1, accepted: 1, logRecords: 64 })
    expect(received).toHaveLength(64)
    expect(context.states[0]?.message).toContain('EXPORT_REFUSED')
  })

  it('delivers everything once when the refusals end in the middle of a search', async () => {
    for (let last = 1; last <= 12; last++) {
      const received: number[] = []
      await startBackend({ onLogs: (logs) => void received.push(...indexesIn(logs)) })
      backend.setBehaviour(({ number }) => (number <= last ? { kind: 'refuse', status: 400 } : { kind: 'accept' }))
      expect(await createExporter().export(logsPayload(16), never)).toEqual(acceptedWhole)
      expect(received.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 16 }, (_, index) => index))
    }
  })

  it('does not blame a lone record before the backend accepts another one, and does then', async () => {
    await startBackend()
    const manual = createManualClock()
    context = createTestContext(manual, folder)
    backend.setBehaviour({ kind: 'refuse_records', refuses: (record) => indexOf(record) === 0 })
    const exporter = createExporter({ timeout: '10m' })
    const lone = exporter.export(logsPayload(1), never)
    await untilUnhealthy()
    // The bound of the second wait is 2 s: it is refused again and again, and kept.
    await manual.advance(1_000)
    await backend.received(2)
    const [, other] = splitPayload(logsPayload(2)) ?? []
    expect(other && (await exporter.export(other, never))).toEqual(acceptedWhole)
    expect(await lone).toEqual({ refused: 0, rejected: 1 })
    expect(await parkedLines()).toHaveLength(1)
  })

  it('does not count an acceptance that was on its way when the refusals began', async () => {
    await startBackend()
    let earlyIsAnswered = false
    let refusedSince = 0
    backend.setBehaviour(({ number }) => {
      if (number === 1) return { kind: 'slow', delayMs: 20 }
      if (earlyIsAnswered) refusedSince++
      return refusedSince < 10 ? { kind: 'refuse', status: 400 } : { kind: 'accept' }
    })
    const exporter = createExporter({ on_rejected: 'stop' })
    const early = exporter.export(logsPayload(1), never).then(() => {
      earlyIsAnswered = true
    })
    await backend.received(1)
    expect(await exporter.export(logsPayload(1), never)).toEqual(acceptedWhole)
    await early
    expect(refusedSince).toBe(10)
  })

  it('gives neighbours that are refused one after the other time, for want of a record to compare with', async () => {
    await startBackend()
    // On the wire the records stand as 0, 3, 1, 2.
    backend.setBehaviour({ kind: 'refuse_records', refuses: (record) => [1, 2].includes(indexOf(record)) })
    clock = createEagerClock(deadlineMs, () => 0.4)
    context = createTestContext(clock, folder)
    expect(await createExporter().export(logsPayload(4), never)).toEqual({ refused: 0, rejected: 2 })
    expect(clock.waits).toEqual([700, 1_400, 2_800, 5_600])
    expect(await parkedLines()).toHaveLength(2)
  })

  it('does not blame metrics because the backend accepts logs', async () => {
    await startBackend()
    let refusals = 0
    backend.setBehaviour(({ signal }) =>
      signal === 'metrics' && refusals++ < 60 ? { kind: 'refuse', status: 400 } : { kind: 'accept' },
    )
    const exporter = createExporter({ on_rejected: 'stop' })
    const sendingLogs = (async () => {
      for (let count = 0; count < 60; count++) await exporter.export(logsPayload(1), never)
    })()
    expect(await exporter.export(metricsPayload(2), never)).toEqual(acceptedWhole)
    await sendingLogs
    expect(backend.counts.dataPoints).toBe(8)
  })

  it('drops and counts under on_rejected: drop', async () => {
    await startBackend()
    backend.setBehaviour({ kind: 'refuse_records', refuses: (record) => indexOf(record) === 2 })
    expect(await createExporter({ on_rejected: 'drop' }).export(logsPayload(4), never)).toEqual({
      refused: 0,
      rejected: 1,
    })
    expect(await context.counter('alibabacloud_receiver_poison_records')).toEqual({ '': 1 })
    await expect(parkedLines()).rejects.toThrow('ENOENT')
  })

  it('fails with EXPORT_REJECTED under on_rejected: stop', async () => {
    await startBackend()
    backend.setBehaviour({ kind: 'refuse_records', refuses: (record) => indexOf(record) === 2 })
    await expect(createExporter({ on_rejected: 'stop' }).export(logsPayload(4), never)).rejects.toMatchObject({
      code: 'EXPORT_REJECTED',
    })
  })

  it('stays unhealthy and tries again when the dead-letter folder cannot be written', async () => {
    await startBackend()
    backend.setBehaviour({ kind: 'refuse_records', refuses: (record) => indexOf(record) === 2 })
    const stop = new AbortController()
    const directory = '/dev/null/dead-letters'
    const exporting = createExporter({ dead_letter: { directory } }).export(logsPayload(4), stop.signal)
    exporting.catch(() => {})
    while (clock.waits.length < 3) await new Promise((resolve) => setImmediate(resolve))
    stop.abort(new Error('stopping'))
    await expect(exporting).rejects.toThrow('stopping')
    expect(context.states.at(-1)?.message).toContain('DEAD_LETTER_FAILED: Cannot write a rejected record to /dev/null')
  })
})

async function untilUnhealthy(): Promise<void> {
  while (context.states.at(-1)?.state !== 'recoverable_error') await new Promise((resolve) => setImmediate(resolve))
}
