import { describe, expect, it } from 'vitest'
import { commonPrefix, selectQueues } from '../../../receivers/smq/discovery.ts'
import { earlyPauseMs, isEarly, nextExpectedBytes, pollLimits, pollsWanted } from '../../../receivers/smq/pace.ts'
import { hiddenMs, leaveSeconds } from '../../../receivers/smq/visibility.ts'

describe('pollsWanted', () => {
  it.each([
    ['auto', 1, true, 2],
    ['auto', 8, true, 8],
    ['auto', 3, false, 2],
    ['auto', 1, false, 1],
    [4, 4, true, 4],
    [4, 4, false, 4],
    [4, 2, false, 4],
  ] as const)('polls %s, %i running, full: %s: %i', (polls, running, isFull, wanted) => {
    expect(pollsWanted(running, isFull, pollLimits(polls))).toBe(wanted)
  })
})

describe('the pause after an empty answer', () => {
  it('grows while answers come early, and is none when they hang', () => {
    expect([0, 1, 2, 3, 4, 5, 6, 60].map(earlyPauseMs)).toEqual([0, 1000, 2000, 4000, 8000, 16000, 30000, 30000])
  })

  it.each([
    [29_900, 30, false],
    [14_000, 30, true],
    [10, 0, false],
    [0, 1, true],
  ])('an answer after %i ms of %i s: early %s', (tookMs, waitSeconds, early) => {
    expect(isEarly(tookMs, waitSeconds)).toBe(early)
  })
})

it('expects of the next batch what the last ones took, and always something', () => {
  expect(nextExpectedBytes(8192, 100_000)).toBeGreaterThan(8192)
  expect(nextExpectedBytes(4096, 0)).toBe(4096)
})

describe('hiddenMs', () => {
  it.each([
    ['by the server’s clock', 1_000_030_000, 1_000_000_000, 30_000],
    ['nothing is told', undefined, 1_000_000_000, 30_000],
    ['the clock is not told', 1_000_030_000, undefined, 30_000],
    ['it lies in the past', 1_000_000_000, 1_000_030_000, 30_000],
    ['it is a misprint', 1_795_170_032_000_000, 1_795_170_002_000, 30_000],
  ])('%s', (_what, nextVisibleTimeMs, serverTimeMs, hidden) => {
    expect(hiddenMs(nextVisibleTimeMs, serverTimeMs)).toBe(hidden)
  })
})

it('hides what is left alone twice as long each time, up to what the service allows', () => {
  expect([1, 2, 3, 9, 11, 5000].map(leaveSeconds)).toEqual([60, 120, 240, 15_360, 43_200, 43_200])
})

describe('the choice of queues', () => {
  const all = ['audit-1', 'audit-2', 'audit-test', 'parked', 'q']
  it.each([
    [
      ['audit-*', '!*-test'],
      ['audit-1', 'audit-2'],
    ],
    [['*'], ['audit-1', 'audit-2', 'audit-test', 'q']],
    [['q', 'q'], ['q']],
  ])('%j', (queues, selected) => {
    const poison = { after: 1, action: 'park', queue: 'parked' } as const
    expect(selectQueues({ queues, poison }, all)).toEqual(selected)
  })

  it.each([
    [['audit-*', '!x'], 'audit-'],
    [['audit-a*', 'audit-b'], 'audit-'],
    [['*', 'a'], ''],
    [['{a,b}'], ''],
  ])('%j begin with "%s"', (patterns, prefix) => {
    expect(commonPrefix(patterns)).toBe(prefix)
  })
})
