import { describe, expect, it } from 'vitest'
import {
  dueEndMs,
  firstPosition,
  lookBackMs,
  nextWindows,
  type Position,
  periodNumber,
  resume,
  type WindowOptions,
} from '../../../receivers/cloudmonitor/windows.ts'

/** 2026-03-02T00:00:00Z, a whole number of every period. */
const midnight = Date.UTC(2026, 2, 2)
const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
const at = (minutes: number, seconds = 0) => midnight + minutes * minute + seconds * 1000
const options: WindowOptions = { periodMs: minute, delayMs: 4 * minute, overlapPeriods: 2, maxPeriods: 60 }
const position = (lastEnd: number, floor = lastEnd - 100): Position => ({ lastEndMs: at(lastEnd), floorMs: at(floor) })

describe('dueEndMs', () => {
  it.each([
    ['a period that ended exactly the hold-back ago', at(10), options, at(6)],
    ['a second before that', at(9, 59), options, at(5)],
    ['fifteen-second periods', at(10, 20), { ...options, periodMs: 15_000 }, at(6, 15)],
    ['the three hours of OSS', at(300, 30), { ...options, delayMs: 3 * hour }, at(120)],
    ['hourly periods', at(130), { ...options, periodMs: hour }, at(120)],
  ])('counts %s', (_case, nowMs, itsOptions, expected) => {
    expect(dueEndMs(nowMs, itsOptions)).toBe(expected)
  })
})

describe('firstPosition', () => {
  it.each([
    ['ten minutes ago', { at: 'relative', ms: -10 * minute }, options, at(100, 30), at(90)],
    ['a time', { at: 'time', unixMs: at(50, 59) }, options, at(100), at(50)],
    ['latest: what is measured from now on', { at: 'latest' }, options, at(100, 30), at(100)],
    ['earliest: all that is kept', { at: 'earliest' }, options, at(100), at(100) - 31 * day],
    ['earliest of fine points', { at: 'earliest' }, { ...options, periodMs: 15_000 }, at(100), at(100) - 7 * day],
    ['a time ago that is not due yet', { at: 'relative', ms: -minute }, options, at(100), at(95)],
    ['a time that is not due yet', { at: 'time', unixMs: at(99) }, options, at(100), at(99)],
    [
      'hold-back beyond start_at',
      { at: 'relative', ms: -10 * minute },
      { ...options, delayMs: 3 * hour },
      at(300),
      at(119),
    ],
    ['before all that is kept', { at: 'time', unixMs: 0 }, options, at(100), at(100) - 31 * day],
  ] as const)('begins at %s', (_case, startAt, itsOptions, nowMs, expected) => {
    expect(firstPosition(startAt, nowMs, itsOptions)).toEqual({ lastEndMs: expected, floorMs: expected })
  })
})

describe('resume', () => {
  it.each([
    ['goes on where it stopped', position(50), at(100), hour, position(50), undefined],
    ['takes exactly max_catch_up', position(36), at(100), hour, position(36), undefined],
    ['passes over what lies further back', position(10), at(100), hour, position(36, 36), [10, 36]],
    [
      'goes on 30 days back while running',
      position(100 - 30 * 1440),
      at(100),
      Number.POSITIVE_INFINITY,
      position(100 - 30 * 1440),
      undefined,
    ],
    [
      'is cut where CloudMonitor keeps no more',
      position(-40 * 1440),
      at(0),
      Number.POSITIVE_INFINITY,
      position(-31 * 1440, -31 * 1440),
      [-40 * 1440, -31 * 1440],
    ],
  ] as const)('%s', (_case, from, nowMs, maxBackMs, expected, skipped) => {
    expect(resume(from, nowMs, maxBackMs, options)).toEqual({
      position: expected,
      skipped: skipped && { startMs: at(skipped[0]), endMs: at(skipped[1]) },
    })
  })
})

describe('nextWindows', () => {
  it.each([
    ['nothing before a period is due', position(96), at(100), options, []],
    ['nothing after the clock was set back', position(96), at(50), options, []],
    ['one poll with its overlap', position(91), at(100), options, [[89, 96]]],
    ['no overlap before the first position', position(91, 91), at(100), options, [[91, 96]]],
    ['as much overlap as there was since', position(91, 90), at(100), options, [[90, 96]]],
    ['no overlap where none is wanted', position(91), at(100), { ...options, overlapPeriods: 0 }, [[91, 96]]],
    ['a window that grew after failures', position(60), at(100), options, [[58, 96]]],
    [
      'several where it grew too long, the oldest first',
      position(0),
      at(154),
      options,
      [
        [-2, 60],
        [60, 120],
        [120, 150],
      ],
    ],
  ] as const)('asks for %s', (_case, from, nowMs, itsOptions, expected) => {
    expect(nextWindows(from, nowMs, itsOptions)).toEqual(
      expected.map(([start, end]) => ({ startMs: at(start), endMs: at(end) })),
    )
  })

  it('leaves no gap and asks for nothing twice but the overlap, whatever happens', () => {
    let current: Position = firstPosition({ at: 'relative', ms: -1 }, at(0), options)
    const asked = new Map<number, number>()
    const start = current.lastEndMs
    // Polls at odd times; every third fails after its first window.
    const polls = [5, 11, 12, 70, 71, 400, 405, 1000, 1001, 1300].map((minutes) => at(minutes, minutes % 60))
    for (const [index, nowMs] of polls.entries()) {
      const windows = nextWindows(current, nowMs, options)
      for (const { startMs, endMs } of index % 3 === 2 ? windows.slice(0, 1) : windows) {
        expect(startMs).toBeGreaterThanOrEqual(lookBackMs(current, options))
        for (let period = startMs / minute + 1; period <= endMs / minute; period++) {
          asked.set(period, (asked.get(period) ?? 0) + 1)
        }
        current = { ...current, lastEndMs: endMs }
      }
    }
    for (let period = start / minute + 1; period <= current.lastEndMs / minute; period++)
      expect(asked.get(period)).toBeGreaterThan(0)
    expect([...asked.keys()].every((period) => period > start / minute && period <= current.lastEndMs / minute)).toBe(
      true,
    )
  })
})

describe('periodNumber', () => {
  it.each([
    [at(1), midnight / minute + 1],
    [at(1) + 1, midnight / minute + 2],
    [at(1) - 1, midnight / minute + 1],
  ])('puts %i into period %i', (timestampMs, expected) => {
    expect(periodNumber(timestampMs, minute)).toBe(expected)
  })
})
