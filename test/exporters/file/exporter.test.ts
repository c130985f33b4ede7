import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fileExporter } from '../../../src/exporters/file/exporter.ts'
import { requestToJson } from '../../../src/otlp/json.ts'
import { acceptedWhole } from '../../../src/pipeline/payload.ts'
import { logsPayload, metricsPayload } from '../../otlp/samples.ts'
import { createTestContext } from '../context.ts'
import { createEagerClock } from '../eager-clock.ts'

const never = new AbortController().signal
let folder: string
let path: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'file-exporter-'))
  path = join(folder, 'deeper', 'out.jsonl')
})
afterEach(() => rm(folder, { recursive: true, force: true }))

function create(options: object = {}) {
  const context = createTestContext(createEagerClock(0))
  const exporter = fileExporter.create(fileExporter.schema.parse({ path, ...options }), context)
  return { context, exporter, start: () => exporter.start?.() }
}

const linesOf = async () => (await readFile(path, 'utf8')).split('\n')

describe('file exporter', () => {
  it.each([true, false])('appends a line of OTLP JSON for each request, in order (fsync: %s)', async (fsync) => {
    const { exporter, start, context } = create({ fsync })
    await start()
    const payloads = [
      logsPayload(2),
      metricsPayload(1),
      ...Array.from({ length: 20 }, (_, index) => logsPayload(index + 1)),
    ]
    expect(await Promise.all(payloads.map((payload) => exporter.export(payload, never)))).toEqual(
      payloads.map(() => acceptedWhole),
    )
    await exporter.shutdown()
    expect(await linesOf()).toEqual([...payloads.map(({ signal, bytes }) => requestToJson(signal, bytes)), ''])
    expect(await context.counter('otelcol_exporter_sent_log_records')).toEqual({ '': 2 + 210 })
  })

  it('has written a request when it answers, without being closed', async () => {
    const { exporter, start } = create()
    await start()
    await exporter.export(logsPayload(1), never)
    expect(await linesOf()).toHaveLength(2)
    await exporter.shutdown()
  })

  it('goes on after earlier lines, and ends one that a crash cut short', async () => {
    path = join(folder, 'out.jsonl')
    await writeFile(path, '{"whole":1}\n')
    await appendFile(path, '{"cut":')
    const { exporter, start } = create()
    await start()
    await exporter.export(logsPayload(1), never)
    await exporter.shutdown()
    const lines = await linesOf()
    expect(lines.slice(0, 2)).toEqual(['{"whole":1}', '{"cut":'])
    expect(JSON.parse(lines[2] ?? '')).toHaveProperty('resourceLogs')
  })

  it('does not start where it cannot write, and says where', async () => {
    path = '/dev/null/out.jsonl'
    await expect(create().start()).rejects.toMatchObject({
      code: 'EXPORT_FILE_FAILED',
      message: expect.stringContaining('Cannot write to /dev/null/out.jsonl'),
    })
  })

  it('keeps a request while it cannot be written, and ends with the signal', async () => {
    path = '/dev/full'
    const { exporter, start, context } = create({ fsync: false })
    await start()
    const stop = new AbortController()
    const exporting = exporter.export(logsPayload(1), stop.signal)
    exporting.catch(() => {})
    while (context.states.length < 3) await new Promise((resolve) => setImmediate(resolve))
    stop.abort(new Error('stopping'))
    await expect(exporting).rejects.toThrow('stopping')
    expect(context.states[0]).toEqual({
      state: 'recoverable_error',
      message: expect.stringMatching(/^Cannot write to \/dev\/full: ENOSPC/),
    })
    await exporter.shutdown()
  })
})
