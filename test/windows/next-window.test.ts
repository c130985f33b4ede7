import { describe, expect, it } from 'vitest'
import {
  adaptedLimit,
  firstRepeatable,
  halvedLimit,
  lastReadable,
  newestRepeat,
  nextWindow,
  positionFrom,
  type WindowPosition,
  withinRetention,
} from '../../src/windows/next-window.ts'

/** Settles after 600 s, overlaps by 600 s, windows up to an hour. */
const options = { settleDelayMs: 600_000, overlapMs: 600_000, maxSeconds: 3600 }
/** At 100000 s and a bit. The last complete second older than the settle delay is 99399, than both is 98799. */
const now = 100_000_500
const target = 99_399
const late = 98_799

describe('nextWindow', () => {
  it.each<[string, WindowPosition, Partial<typeof options>, [from: number, to: number, done: number, settled: number]]>(
    [
      ['the first window begins at the start', positionFrom(90_000), {}, [90_000, 93_600, 93_600, 93_600]],
      [
        'the next begins one second before the end of the last',
        { start: 90_000, done: 93_600, settled: 93_600 },
        {},
        [93_599, 97_199, 97_199, 97_199],
      ],
      [
        'the last of a catch-up ends at the settle delay, and only what is older than the overlap is settled',
        { start: 90_000, done: 97_199, settled: 97_199 },
        {},
        [97_198, target, target, late],
      ],
      [
        'what was read young is not read again at once',
        { start: 0, done: target - 60, settled: late - 60 },
        {},
        [target - 61, target, target, late - 60],
      ],
      [
        'it is read again when half an overlap of it has become old',
        { start: 0, done: target - 60, settled: late - 300 },
        {},
        [late - 301, target, target, late],
      ],
      [
        'after a long stop too, and then in windows of the ordinary length',
        { start: 0, done: 50_000, settled: 49_400 },
        {},
        [49_399, 52_999, 52_999, 52_999],
      ],
      [
        'a short limit makes progress within the overlap',
        { start: 0, done: target - 60, settled: late - 300 },
        { maxSeconds: 2 },
        [late - 301, late - 299, target - 60, late - 299],
      ],
      [
        'the shortest limit makes progress',
        { start: 0, done: 500, settled: 500 },
        { maxSeconds: 2 },
        [499, 501, 501, 501],
      ],
      [
        'without an overlap all that is read is settled',
        { start: 0, done: target - 60, settled: target - 60 },
        { overlapMs: 0 },
        [target - 61, target, target, target],
      ],
      [
        'without a delay it goes up to the last complete second',
        { start: 0, done: 99_990, settled: 99_990 },
        { overlapMs: 0, settleDelayMs: 0 },
        [99_989, 99_999, 99_999, 99_999],
      ],
      [
        'nothing before the start is read',
        { start: 99_000, done: 99_000, settled: 99_000 },
        {},
        [99_000, target, target, 99_000],
      ],
    ],
  )('%s', (_what, position, changes, [from, to, done, settled]) => {
    expect(nextWindow(position, now, { ...options, ...changes })).toEqual({
      from,
      to,
      after: { start: position.start, done, settled },
    })
  })

  it('there is none before a further second is old enough', () => {
    const position = { start: 0, done: target, settled: late }
    expect(nextWindow(position, now, options)).toBeUndefined()
    expect(nextWindow(position, now + 499, options)).toBeUndefined()
    expect(nextWindow(position, now + 500, options)).toMatchObject({ from: target - 1, to: target + 1 })
    expect(nextWindow(position, now - 3_600_000, options)).toBeUndefined()
  })

  it('a start in the seconds that are still settling waits for them', () => {
    expect(nextWindow(positionFrom(99_900), now, options)).toBeUndefined()
    expect(nextWindow(positionFrom(99_900), now + 501_000, options)).toBeUndefined()
    expect(nextWindow(positionFrom(99_900), now + 502_000, options)).toMatchObject({ from: 99_900, to: 99_901 })
  })

  it.each([0, 1_000, 7_000, 600_000])(
    'with an overlap of %d ms every second is read again when late events have come, and ids live as long as that',
    (overlapMs) => {
      const chosen = { settleDelayMs: 30_000, overlapMs, maxSeconds: 100 }
      const finallyRead = new Set<number>()
      const firstRead = new Map<number, number>()
      let position = positionFrom(1_000)
      let reads = 0
      for (let nowMs = 1_000_000; nowMs < 6_000_000; nowMs += 17_300) {
        for (;;) {
          const window = nextWindow(position, nowMs, chosen)
          if (window === undefined) break
          for (let second = window.from; second <= window.to; second++) {
            reads++
            // What was read before is still known by its id.
            if (firstRead.has(second)) expect(second).toBeGreaterThanOrEqual(firstRepeatable(position))
            else firstRead.set(second, nowMs)
            if (second <= lastReadable(nowMs - overlapMs, chosen)) finallyRead.add(second)
          }
          expect(window.after.done + window.after.settled).toBeGreaterThan(position.done + position.settled)
          position = window.after
        }
      }
      for (let second = 1_000; second <= position.settled; second++) {
        if (!finallyRead.has(second) || !firstRead.has(second)) expect.unreachable(`second ${second} was not read late`)
      }
      expect(position.settled).toBeGreaterThan(4_000)
      expect(reads / firstRead.size).toBeLessThan(4)
    },
  )
})

describe('withinRetention', () => {
  it('leaves a position that the source still keeps', () => {
    const position = { start: 10, done: 500, settled: 450 }
    expect(withinRetention(position, 5)).toEqual({ position, lostSeconds: 0 })
  })
  it('moves the start on with the oldest second', () => {
    expect(withinRetention({ start: 10, done: 500, settled: 450 }, 480)).toEqual({
      position: { start: 480, done: 500, settled: 479 },
      lostSeconds: 0,
    })
  })
  it('says how much expired before it was read', () => {
    expect(withinRetention({ start: 10, done: 500, settled: 450 }, 601)).toEqual({
      position: { start: 601, done: 600, settled: 600 },
      lostSeconds: 100,
    })
  })
})

describe('the length of windows', () => {
  const limits = { min: 2, max: 86_400 }
  it.each([
    [3600, 1800],
    [3, 2],
    [2, 2],
  ])('%d s halved is %d s', (seconds, half) => expect(halvedLimit(seconds, limits)).toBe(half))
  it.each([
    ['grows while windows are cheap', 3600, 1, 7200],
    ['up to the longest', 80_000, 2, 86_400],
    ['stays with some pages', 3600, 20, 3600],
    ['shrinks with many', 3600, 41, 1800],
  ])('%s', (_what, seconds, pages, next) => expect(adaptedLimit(seconds, pages, limits)).toBe(next))
})

describe('newestRepeat', () => {
  const window = { from: 100, to: 200 }
  it.each([
    ['the latest event of the window', [150_000_000_000n, 120_999_999_999n], 150],
    ['the begin of the window where there is none', [], 100],
    ['the end of the window where an event lies outside it', [150_000_000_000n, 201_000_000_000n], 200],
    ['the end of the window where an event does not tell its time', [0n], 200],
  ] as const)('is %s', (_what, timesUnixNano, second) => expect(newestRepeat(timesUnixNano, window)).toBe(second))
})
