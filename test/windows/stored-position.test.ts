import { describe, expect, it } from 'vitest'
import { oldestKept, parsePosition, startSecond } from '../../src/windows/stored-position.ts'

describe('the start of reading', () => {
  const nowMs = Date.parse('2026-03-01T12:00:00.400Z')
  const now = Math.floor(nowMs / 1000)
  const day = 86_400
  const retentionMs = 90 * day * 1000
  it.each([
    ['latest', { at: 'latest' }, now, false],
    ['a time ago', { at: 'relative', ms: -3_600_000 }, now - 3600, false],
    ['a time', { at: 'time', unixMs: nowMs - 7_000_000 }, now - 7000, false],
    ['earliest', { at: 'earliest' }, now - 90 * day + 601, false],
    ['90 days, which is as good as earliest', { at: 'relative', ms: -90 * day * 1000 }, now - 90 * day + 601, false],
    ['more than 90 days', { at: 'relative', ms: -91 * day * 1000 }, now - 90 * day + 601, true],
  ] as const)('%s', (_what, startAt, second, isCut) =>
    expect(startSecond(startAt, nowMs, retentionMs)).toEqual({ second, isCut }),
  )

  it('leaves time to read the first window before it expires', () => {
    expect(startSecond({ at: 'earliest' }, nowMs, retentionMs).second - oldestKept(nowMs, retentionMs)).toBe(540)
  })
})

it('parsePosition refuses what is no position', () => {
  expect(() => parsePosition('{"start":1,"done":2}')).toThrow(/Not a position/)
  expect(parsePosition('{"start":1,"done":3,"settled":2}')).toEqual({ start: 1, done: 3, settled: 2 })
})
