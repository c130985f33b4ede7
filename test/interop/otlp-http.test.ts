import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { otlpHttpExporter } from '../../src/exporters/otlp-http/exporter.ts'
import type { Exporter } from '../../src/pipeline/component.ts'
import {
  freePort,
  readRequests,
  recordsOf,
  requireCollector,
  startCollector,
  temporaryFolder,
  toFile,
  uidsOf,
} from './otelcol/collector.ts'
import { exporterContext, numbered, payloadOf, type WatchedContext, writtenAttributes } from './records.ts'

const program = requireCollector()
const forEver = new AbortController().signal

interface Setup {
  folder: string
  port: number
  output: string
  context: WatchedContext
  exporter: Exporter
}

/** An exporter that sends to a port of its own, where no Collector listens yet. */
async function setUp(options: Record<string, unknown> = {}): Promise<Setup> {
  const folder = await temporaryFolder()
  const port = await freePort()
  const context = exporterContext(join(folder, 'dead-letter'))
  const parsed = otlpHttpExporter.schema.parse({
    endpoint: `http://127.0.0.1:${port}`,
    retry: { initial_interval: '20ms', max_interval: '200ms' },
    ...options,
  })
  const exporter = otlpHttpExporter.create(parsed, context)
  await exporter.start?.()
  onTestFinished(() => exporter.shutdown())
  return { folder, port, output: join(folder, 'out.jsonl'), context, exporter }
}

describe('the otlp_http exporter and a real Collector', () => {
  it.each([
    { encoding: 'proto', compression: 'gzip' },
    { encoding: 'proto', compression: 'zstd' },
    { encoding: 'proto', compression: 'none' },
    { encoding: 'json', compression: 'gzip' },
    { encoding: 'json', compression: 'zstd' },
  ])('deliver every record once and unchanged as $encoding with $compression', async (options) => {
    const { exporter, folder, port, output } = await setUp(options)
    const collector = await startCollector(program, toFile(port, output), folder)
    const batches = ['a', 'b', 'c'].map((prefix) => numbered(prefix, 120))
    const answers = await Promise.all(batches.map((uids) => exporter.export(payloadOf(uids), forEver)))
    expect(answers).toEqual(batches.map(() => ({ refused: 0, rejected: 0 })))
    await collector.stop('SIGTERM')

    const requests = await readRequests(output)
    const records = recordsOf(requests)
    expect(uidsOf(records).sort()).toEqual(batches.flat())
    for (const record of records) expect(record.attributes).toEqual(writtenAttributes(uidsOf([record])[0] ?? ''))
    expect(records[0]).toMatchObject({
      severityNumber: 9,
      severityText: 'INFO',
      eventName: 'slb.request',
      body: { stringValue: 'GET /cart 200' },
    })
    expect(requests[0]?.resourceLogs[0]?.resource.attributes).toEqual([
      { key: 'cloud.provider', value: { stringValue: 'alibaba_cloud' } },
      { key: 'service.name', value: { stringValue: 'slb' } },
    ])
    expect(requests[0]?.resourceLogs[0]?.scopeLogs[0]?.scope).toEqual({
      name: 'alibabacloud-otel-receiver/receivers/sls',
      version: '0.1.0',
    })
  })

  it('deliver once, without a loss, what was sent while the Collector was not there yet', async () => {
    const { exporter, folder, port, output, context } = await setUp()
    const batches = numbered('batch', 10).map((prefix) => numbered(prefix, 30))
    const answers = Promise.all(batches.map((uids) => exporter.export(payloadOf(uids), forEver)))
    await context.reached('recoverable_error')
    const collector = await startCollector(program, toFile(port, output), folder)
    await answers
    await context.reached('ok')
    await collector.stop('SIGTERM')
    expect(uidsOf(recordsOf(await readRequests(output))).sort()).toEqual(batches.flat())
  })

  it('lose nothing when the Collector is killed mid-stream, and repeat only what was under way', async () => {
    const maxConcurrent = 4
    const perBatch = 50
    const { exporter, folder, port, output } = await setUp({ max_concurrent: maxConcurrent })
    const first = await startCollector(program, toFile(port, output), folder)
    const batches = numbered('batch', 60).map((prefix) => numbered(prefix, perBatch))

    let answered = 0
    let kill = () => {}
    const mayKill = new Promise<void>((resolve) => {
      kill = resolve
    })
    const answers = Promise.all(
      batches.map(async (uids) => {
        await exporter.export(payloadOf(uids), forEver)
        if (++answered === 20) kill()
      }),
    )
    await mayKill
    await first.stop('SIGKILL')
    expect(answered).toBeLessThan(batches.length)
    const second = await startCollector(program, toFile(port, output), folder)
    await answers
    await second.stop('SIGTERM')

    const uids = uidsOf(recordsOf(await readRequests(output)))
    expect([...new Set(uids)].sort()).toEqual(batches.flat())
    expect(uids.length - batches.flat().length).toBeLessThanOrEqual(maxConcurrent * perBatch)
  })

  it('get a request through that is larger than the Collector takes, in parts', async () => {
    const { exporter, folder, port, output } = await setUp()
    const collector = await startCollector(program, toFile(port, output), folder)
    // 25 MB where the Collector takes 20 MiB, measured after it is unpacked.
    const uids = numbered('large', 250)
    const answer = await exporter.export(payloadOf(uids, 'x'.repeat(100_000)), forEver)
    expect(answer).toEqual({ refused: 0, rejected: 0 })
    await collector.stop('SIGTERM')
    const requests = await readRequests(output)
    expect(requests.length).toBeGreaterThan(1)
    expect(uidsOf(recordsOf(requests)).sort()).toEqual(uids)
    expect(await readdir(folder)).not.toContain('dead-letter')
  })
})
