import { beforeEach, describe, expect, it } from 'vitest'
import { createLogger, type LogEntry } from '../../src/telemetry/logger.ts'
import { type ComponentState, oldestUnansweredDetail } from '../../src/telemetry/status.ts'
import { createStatusBoard, type StatusBoard } from '../../src/telemetry/status-board.ts'

let nowMs: number
let entries: LogEntry[]
let board: StatusBoard

beforeEach(() => {
  nowMs = 1_000_000
  entries = []
  const clock = { now: () => nowMs }
  const { log } = createLogger({ level: 'debug', sinks: [{ write: (entry) => entries.push(entry) }], clock })
  board = createStatusBoard(clock, log)
})

describe('createStatusBoard', () => {
  it('shows a component that has said nothing yet as starting', () => {
    board.reporter('receiver', 'alibabacloud_sls')
    expect(board.snapshot()).toEqual([
      { kind: 'receiver', id: 'alibabacloud_sls', state: 'starting', sinceMs: 1_000_000, message: '', details: {} },
    ])
  })

  it('logs a change of state once, and the same state again only updates the text', () => {
    const reporter = board.reporter('exporter', 'otlp_http')
    reporter.set('recoverable_error', 'connection refused')
    nowMs += 1_000
    reporter.set('recoverable_error', 'status 503')
    expect(board.snapshot()[0]).toMatchObject({ state: 'recoverable_error', message: 'status 503', sinceMs: 1_000_000 })
    expect(entries).toEqual([
      {
        timeMs: 1_000_000,
        level: 'warn',
        message: 'Component changed state',
        fields: {
          kind: 'exporter',
          component: 'otlp_http',
          from: 'starting',
          state: 'recoverable_error',
          reason: 'connection refused',
        },
      },
    ])
    reporter.set('ok')
    expect(board.snapshot()[0]).toMatchObject({ state: 'ok', message: '', sinceMs: 1_001_000 })
    expect(entries).toHaveLength(2)
  })

  it.each([
    ['starting', 'ok', 'debug'],
    ['ok', 'stopping', 'debug'],
    ['stopping', 'stopped', 'debug'],
    ['ok', 'recoverable_error', 'warn'],
    ['recoverable_error', 'ok', 'info'],
    ['recoverable_error', 'permanent_error', 'error'],
    ['permanent_error', 'stopped', 'debug'],
  ] as const)('logs %s -> %s at level %s', (from, to, level) => {
    const reporter = board.reporter('receiver', 'a')
    reporter.set(from)
    reporter.set(to)
    expect(entries.at(-1)).toMatchObject({ level, fields: { from, state: to } })
  })

  it('asks for details when it is read, and survives details that throw', () => {
    let pages = 1
    board.reporter('receiver', 'a').details(() => ({ pages, shards: [{ id: 0 }] }))
    board.reporter('receiver', 'b').details(() => {
      throw new Error('not now')
    })
    pages = 2
    expect(board.snapshot().map(({ details }) => details)).toEqual([
      { pages: 2, shards: [{ id: 0 }] },
      { details_failed: 'not now' },
    ])
  })

  it('keeps one entry per kind and id', () => {
    board.reporter('exporter', 'a').set('ok')
    board.reporter('exporter', 'a').set('recoverable_error')
    board.reporter('receiver', 'a').set('ok')
    expect(board.snapshot().map(({ kind, state }) => [kind, state])).toEqual([
      ['exporter', 'recoverable_error'],
      ['receiver', 'ok'],
    ])
  })
})

describe('readiness', () => {
  it.each([
    ['starting', { ready: false, reasons: ['the service is starting'] }],
    ['running', { ready: true, reasons: [] }],
    ['stopping', { ready: false, reasons: ['the service is stopping'] }],
  ] as const)('in phase %s is %j', (phase, expected) => {
    board.setPhase(phase)
    expect(board.phase()).toBe(phase)
    expect(board.readiness()).toEqual(expected)
  })

  it.each<{ kind: 'receiver' | 'exporter' | 'extension'; state: ComponentState; afterMs: number; reasons: string[] }>([
    { kind: 'exporter', state: 'ok', afterMs: 60_000, reasons: [] },
    { kind: 'exporter', state: 'starting', afterMs: 60_000, reasons: [] },
    { kind: 'exporter', state: 'recoverable_error', afterMs: 3_000, reasons: [] },
    { kind: 'exporter', state: 'recoverable_error', afterMs: 3_001, reasons: ['exporter x has failed for 3 s: why'] },
    { kind: 'exporter', state: 'permanent_error', afterMs: 3_000, reasons: [] },
    { kind: 'exporter', state: 'permanent_error', afterMs: 90_500, reasons: ['exporter x has failed for 90 s: why'] },
    { kind: 'receiver', state: 'recoverable_error', afterMs: 60_000, reasons: [] },
    { kind: 'receiver', state: 'permanent_error', afterMs: 0, reasons: ['receiver x cannot work: why'] },
    { kind: 'receiver', state: 'stopped', afterMs: 60_000, reasons: [] },
    { kind: 'extension', state: 'permanent_error', afterMs: 60_000, reasons: [] },
  ])('with one $kind in $state for $afterMs ms: $reasons', ({ kind, state, afterMs, reasons }) => {
    board.setPhase('running')
    board.reporter(kind, 'x').set(state, 'why')
    nowMs += afterMs
    expect(board.readiness()).toEqual({ ready: reasons.length === 0, reasons })
  })

  it('counts the time of failing from the first error on, and anew after a recovery', () => {
    board.setPhase('running')
    const reporter = board.reporter('exporter', 'x')
    reporter.set('recoverable_error')
    nowMs += 2_000
    reporter.set('permanent_error')
    nowMs += 2_000
    expect(board.readiness().reasons).toEqual(['exporter x has failed for 4 s'])
    reporter.set('ok')
    expect(board.readiness().ready).toBe(true)
    reporter.set('recoverable_error')
    nowMs += 2_000
    expect(board.readiness().ready).toBe(true)
  })

  it.each([
    [0, []],
    [15, []],
    [16.5, ['exporter x has waited 16 s for the answer to its oldest request']],
    ['a text', []],
  ])('with an oldest unanswered request of %j seconds: %j', (seconds, reasons) => {
    board.setPhase('running')
    board.reporter('exporter', 'x').details(() => ({ [oldestUnansweredDetail]: seconds }))
    expect(board.readiness().reasons).toEqual(reasons)
  })

  it('gives every reason at once', () => {
    board.setPhase('stopping')
    board.reporter('exporter', 'x').set('recoverable_error', 'no')
    board.reporter('receiver', 'y').set('permanent_error')
    nowMs += 5_000
    expect(board.readiness().reasons).toEqual([
      'the service is stopping',
      'exporter x has failed for 5 s: no',
      'receiver y cannot work',
    ])
  })
})
