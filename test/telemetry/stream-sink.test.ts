import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { PassThrough, Writable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import type { LogEntry } from '../../src/telemetry/logger.ts'
import { createStreamSink, type StreamSinkOptions } from '../../src/telemetry/stream-sink.ts'

const escapeCharacter = '\u001b'
const entry: LogEntry = {
  timeMs: Date.UTC(2026, 0, 2, 3, 4, 5, 6),
  level: 'warn',
  message: 'Delivery refused, will retry',
  fields: { exporter: 'otlp_http', afterMs: 500 },
}

function written(entries: LogEntry[], options: Partial<StreamSinkOptions> & { isTTY?: boolean } = {}): string {
  const stream = Object.assign(new PassThrough(), { isTTY: options.isTTY ?? false })
  const sink = createStreamSink({ stream, format: options.format ?? 'auto', env: options.env ?? {} })
  for (const each of entries) sink.write(each)
  return String(stream.read())
}

describe('createStreamSink', () => {
  it('writes one JSON object a line where nobody looks', () => {
    expect(written([entry, { ...entry, level: 'info', fields: {} }])).toBe(
      `{"time":"2026-01-02T03:04:05.006Z","level":"warn","msg":"Delivery refused, will retry","exporter":"otlp_http","afterMs":500}
{"time":"2026-01-02T03:04:05.006Z","level":"info","msg":"Delivery refused, will retry"}
`,
    )
  })

  it('keeps the keys of the line to itself', () => {
    const line = JSON.parse(written([{ ...entry, fields: { time: 'noon', level: 5, msg: 'm' } }]))
    expect(line).toEqual({
      time: '2026-01-02T03:04:05.006Z',
      level: 'warn',
      msg: 'Delivery refused, will retry',
      time_: 'noon',
      level_: 5,
      msg_: 'm',
    })
  })

  it.each([
    { format: 'auto', isTTY: false, env: {}, json: true, colors: false },
    { format: 'auto', isTTY: true, env: {}, json: false, colors: true },
    { format: 'auto', isTTY: true, env: { NO_COLOR: '1' }, json: false, colors: false },
    { format: 'auto', isTTY: true, env: { NO_COLOR: '' }, json: false, colors: true },
    { format: 'json', isTTY: true, env: {}, json: true, colors: false },
    { format: 'text', isTTY: false, env: {}, json: false, colors: false },
  ] as const)('with format $format, terminal $isTTY and env $env: JSON $json, colours $colors', (row) => {
    const line = written([entry], row)
    expect(line.startsWith('{')).toBe(row.json)
    expect(line.includes(escapeCharacter)).toBe(row.colors)
  })

  it('writes text that reads well', () => {
    const fields = { component: 'alibabacloud_sls/a', reason: 'two words', list: [1, 2], empty: '' }
    expect(written([{ ...entry, level: 'info', fields }], { format: 'text' })).toBe(
      '03:04:05.006Z INFO  Delivery refused, will retry  component=alibabacloud_sls/a reason="two words" list=[1,2] empty=""\n',
    )
    expect(written([{ ...entry, fields: {} }], { format: 'text' })).toBe(
      '03:04:05.006Z WARN  Delivery refused, will retry\n',
    )
  })

  it('writes an error below its line, with cause, remedy and stack', () => {
    const err = {
      message: 'Cannot reach the backend',
      code: 'EXPORT_UNREACHABLE',
      remedy: 'Start it.',
      retryable: false,
      requestId: '6F0A',
      cause: { message: 'connect ECONNREFUSED', code: 'ECONNREFUSED' },
      stack: 'Error: Cannot reach the backend\n    at here\n    at there',
    }
    expect(written([{ ...entry, fields: { err } }], { format: 'text' })).toBe(
      `03:04:05.006Z WARN  Delivery refused, will retry
    Cannot reach the backend [EXPORT_UNREACHABLE] requestId=6F0A
    because: connect ECONNREFUSED [ECONNREFUSED]
    remedy: Start it.
        at here
        at there
`,
    )
    expect(written([{ ...entry, fields: { err: 'just text' } }], { format: 'text' })).toContain('\n    "just text"\n')
  })

  it('does not let a field move the cursor of a terminal', () => {
    const line = written([{ ...entry, fields: { evil: `${escapeCharacter}[2J\nsecond line` } }], { format: 'text' })
    expect(line).not.toContain(escapeCharacter)
    expect(line.trimEnd()).not.toContain('\n')
  })

  it('survives a stream that breaks', async () => {
    const broken = new Writable({ write: (_chunk, _encoding, done) => done(new Error('EPIPE')) })
    const sink = createStreamSink({ stream: broken, format: 'json', env: {} })
    const closed = new Promise((resolve) => broken.once('close', resolve))
    sink.write(entry)
    await closed
    sink.write(entry)
    expect(broken.writable).toBe(false)
  })

  it('keeps the process working when the reader of its stderr goes away', async () => {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'chatterer.ts')], {
      stdio: ['pipe', 'pipe', 'pipe'],
    })
    const exited = once(child, 'exit')
    await once(child.stderr, 'data')
    child.stderr.destroy()
    await once(child.stderr, 'close')
    // Told that nobody reads any more, it writes on, and says so on stdout.
    child.stdin.end('go on\n')
    const [output] = await once(child.stdout, 'data')
    expect(String(output)).toBe('wrote 100 lines to nobody\n')
    expect((await exited)[0]).toBe(0)
  })
})
