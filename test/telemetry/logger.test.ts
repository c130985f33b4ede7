import { describe, expect, it } from 'vitest'
import { ReceiverError } from '../../src/errors.ts'
import type { LogLevel } from '../../src/telemetry/log.ts'
import { createLogger, type LogEntry } from '../../src/telemetry/logger.ts'

function recordingLogger(level: LogLevel = 'info') {
  const entries: LogEntry[] = []
  const logger = createLogger({
    level,
    sinks: [{ write: (entry) => entries.push(entry) }],
    clock: { now: () => 1_700_000_000_123 },
  })
  return { ...logger, entries }
}

/** The fields as they would be printed. */
function plain(fields: Record<string, unknown>, level: LogLevel = 'info'): unknown {
  const { log, entries } = recordingLogger(level)
  log.error('Message', fields)
  return entries[0]?.fields
}

describe('createLogger', () => {
  it('writes time, level, message and fields', () => {
    const { log, entries } = recordingLogger()
    log.warn('Delivery refused, will retry', { afterMs: 500, exporter: 'otlp_http' })
    expect(entries).toEqual([
      {
        timeMs: 1_700_000_000_123,
        level: 'warn',
        message: 'Delivery refused, will retry',
        fields: { afterMs: 500, exporter: 'otlp_http' },
      },
    ])
  })

  it.each([
    ['debug', ['debug', 'info', 'warn', 'error']],
    ['info', ['info', 'warn', 'error']],
    ['warn', ['warn', 'error']],
    ['error', ['error']],
  ] as const)('at level %s writes %j', (level, written) => {
    const { log, entries } = recordingLogger(level)
    log.debug('d')
    log.info('i')
    log.warn('w')
    log.error('e')
    expect(entries.map((entry) => entry.level)).toEqual(written)
  })

  it('changes its level for every log made from it', () => {
    const { log, setLevel, entries } = recordingLogger('error')
    const child = log.with({ component: 'a' })
    child.info('before')
    setLevel('info')
    child.info('after')
    expect(entries.map(({ message }) => message)).toEqual(['after'])
  })

  it('adds the fields of `with`, and lets the line have the last word', () => {
    const { log, entries } = recordingLogger()
    log.with({ component: 'a', shard: 1 }).with({ shard: 2 }).info('m', { more: true })
    log.with({ component: 'a' }).info('m', { component: 'b' })
    expect(entries.map(({ fields }) => fields)).toEqual([{ component: 'a', shard: 2, more: true }, { component: 'b' }])
  })

  it('writes to sinks added later, until they are taken away', () => {
    const { log, addSink } = recordingLogger()
    const messages: string[] = []
    const remove = addSink({ write: ({ message }) => messages.push(message) })
    log.info('with')
    remove()
    log.info('without')
    expect(messages).toEqual(['with'])
  })

  it('goes on when a sink throws', () => {
    const { log, addSink } = recordingLogger()
    addSink({
      write: () => {
        throw new Error('broken sink')
      },
    })
    const messages: string[] = []
    addSink({ write: ({ message }) => messages.push(message) })
    log.info('still written')
    expect(messages).toEqual(['still written'])
  })
})

describe('fields of a log line', () => {
  it('become plain', () => {
    expect(
      plain({
        big: 2n ** 64n,
        date: new Date(0),
        url: new URL('http://h/p'),
        bytes: new Uint8Array(3),
        map: new Map([[1, 'one']]),
        set: new Set(['a']),
        list: [1, undefined, null],
        nan: Number.NaN,
        missing: undefined,
        nothing: null,
        fn: function named() {},
        deep: { a: { b: { c: { d: { e: { f: { g: 1 } } } } } } },
      }),
    ).toEqual({
      big: '18446744073709551616',
      date: '1970-01-01T00:00:00.000Z',
      url: 'http://h/p',
      bytes: '[3 bytes]',
      map: { 1: 'one' },
      set: ['a'],
      list: [1, null, null],
      nan: 'NaN',
      nothing: null,
      fn: expect.stringContaining('named'),
      deep: { a: { b: { c: { d: { e: { f: '[deep]' } } } } } },
    })
  })

  it('may refer to themselves, throw from getters and be of any length', () => {
    const circle: Record<string, unknown> = { name: 'circle' }
    circle['self'] = circle
    const shared = { n: 1 }
    const throwing = Object.defineProperty({}, 'x', {
      enumerable: true,
      get: () => {
        throw new Error('no')
      },
    })
    expect(plain({ circle, one: shared, two: shared, throwing })).toEqual({
      circle: { name: 'circle', self: '[circular]' },
      one: { n: 1 },
      two: { n: 1 },
      throwing: '[unreadable]',
    })
    expect(plain(throwing)).toEqual({ fields: '[unreadable]' })
    expect(plain({ long: 'x'.repeat(10_000) })).toEqual({ long: `${'x'.repeat(8_192)}…` })
  })

  it('hide secrets by their name, at any depth', () => {
    expect(
      plain({
        accessKeySecret: 'hunter2',
        security_token: 'hunter2',
        Password: 'hunter2',
        headers: [{ Authorization: 'Bearer hunter2', 'dd-api-key': 'hunter2', 'x-other': 'shown' }],
        accessKeyId: 'LTAI-shown',
        token: undefined,
        err: Object.assign(new Error('refused'), { securityToken: 'hunter2' }),
      }),
    ).toEqual({
      accessKeySecret: '***',
      security_token: '***',
      Password: '***',
      headers: [{ Authorization: '***', 'dd-api-key': '***', 'x-other': 'shown' }],
      accessKeyId: 'LTAI-shown',
      err: { message: 'refused', securityToken: '***' },
    })
  })

  it('hide passwords within URLs, in the message too', () => {
    const { log, entries } = recordingLogger()
    log.info('Cannot reach http://me:hunter2@proxy:3128/', {
      proxy: 'socks5://me:hunter2@[::1]:1080 and http://plain/a@b',
    })
    expect(entries[0]?.message).toBe('Cannot reach http://me:***@proxy:3128/')
    expect(entries[0]?.fields).toEqual({ proxy: 'socks5://me:***@[::1]:1080 and http://plain/a@b' })
  })

  it('tell of an error its message, code, remedy, its own words and its cause, but no objects', () => {
    const cause = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED', socket: { secret: 1 } })
    const err = new ReceiverError('EXPORT_UNREACHABLE', 'Cannot reach the backend', { cause, remedy: 'Start it.' })
    expect(plain({ err: Object.assign(err, { requestId: '6F0A' }) })).toEqual({
      err: {
        message: 'Cannot reach the backend',
        code: 'EXPORT_UNREACHABLE',
        remedy: 'Start it.',
        retryable: false,
        requestId: '6F0A',
        cause: { message: 'connect ECONNREFUSED', code: 'ECONNREFUSED' },
      },
    })
    expect(plain({ err: 'only a text' })).toEqual({ err: 'only a text' })
  })

  it('tell the stack of an error at level debug only', () => {
    const err = new TypeError('x is not a function')
    expect(plain({ err }, 'info')).toEqual({ err: { message: 'x is not a function' } })
    expect(plain({ err }, 'debug')).toEqual({ err: { message: 'x is not a function', stack: err.stack } })
  })
})
