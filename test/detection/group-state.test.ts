import { describe, expect, it } from 'vitest'
import { countInWindow, createGroupStates, groupSize, learnValue } from '../../src/detection/group-state.ts'
import type { CheckpointEntry } from '../../src/storage/checkpoints.ts'

const limits = { threshold: 3, windowMs: 60_000 }

/** Counts events at these seconds, in this order; tells at which of them it fired, and with how many. */
function firings(seconds: readonly number[], window = limits): string[] {
  const events: Parameters<typeof countInWindow>[0] = []
  return seconds.flatMap((second, index) => {
    const found = countInWindow(events, { timeUnixMs: second * 1000, eventId: `e${index}` }, window)
    return found === undefined ? [] : [`${second}:${found.count}`]
  })
}

describe('countInWindow', () => {
  it.each([
    ['the event that makes them enough', [0, 10, 20], ['20:3']],
    ['nothing when they are too far apart', [0, 40, 70, 110], []],
    ['nothing at the end of a window, which is not within it', [0, 30, 60], []],
    ['once for a burst', [0, 10, 20, 30, 40, 50], ['20:3']],
    ['again when a burst goes on for another window', [0, 10, 20, 50, 75, 80, 90, 140], ['20:3', '80:3']],
    ['events that come in another order', [20, 0, 10], ['10:3']],
    ['a late event between two that came before', [0, 50, 200, 30], ['30:3']],
    ['a late burst behind newer events', [500, 510, 0, 10, 20], ['20:3']],
    ['no late event near a finding', [100, 110, 120, 70, 71, 72], ['120:3']],
  ])('fires at %s', (_, seconds, expected) => {
    expect(firings(seconds)).toEqual(expected)
  })

  it('fires at the first event with a threshold of one, then not for a window', () => {
    expect(firings([0, 30, 59, 60, 90], { threshold: 1, windowMs: 60_000 })).toEqual(['0:1', '60:3'])
  })

  it('a burst of a thousand events within one window fires once, and keeps few of them', () => {
    const events: Parameters<typeof countInWindow>[0] = []
    let found = 0
    for (let i = 0; i < 1000; i++) {
      if (countInWindow(events, { timeUnixMs: i * 10, eventId: `e${i}` }, limits) !== undefined) found++
    }
    expect(found).toBe(1)
    expect(events.length).toBeLessThan(40)
  })

  it('a late burst is found although the group is full of newer events', () => {
    const newer = Array.from({ length: 200 }, (_, index) => 10_000 + index * 100)
    expect(firings([...newer, 0, 5, 6])).toEqual(['6:3'])
  })

  it('an event that is there already does not count', () => {
    const events: Parameters<typeof countInWindow>[0] = []
    for (let i = 0; i < 9; i++) {
      expect(countInWindow(events, { timeUnixMs: 1000, eventId: `e${i % 2}` }, limits)).toBeUndefined()
    }
  })

  it('names the window and its events, the trigger among them', () => {
    const events: Parameters<typeof countInWindow>[0] = []
    const big = { threshold: 30, windowMs: 60_000 }
    let found: ReturnType<typeof countInWindow>
    for (let i = 0; i < 30; i++) found ??= countInWindow(events, { timeUnixMs: (30 - i) * 1000, eventId: `e${i}` }, big)
    expect(found).toMatchObject({ count: 30, fromUnixMs: 1000, toUnixMs: 30_000 })
    expect(found?.eventIds).toHaveLength(20)
    expect(found?.eventIds).toContain('e29')
  })
})

describe('learnValue', () => {
  const learn = { learnForMs: 1000, learnValues: 3 }
  const start = () => ({ firstUnixMs: Number.POSITIVE_INFINITY, values: new Set<string>() })

  it('is silent until it knows so many values', () => {
    const known = start()
    const news = ['a', 'b', 'c', 'd', 'a', 'd', 'e'].map((value) => learnValue(known, value, 0, learn).isNews)
    expect(news).toEqual([false, false, false, true, false, false, true])
  })

  it('is silent until the time to learn is over, by the times of the events', () => {
    const known = start()
    const news = [
      ['a', 5000],
      ['b', 5999],
      ['c', 6000],
    ].map(([value, time]) => learnValue(known, String(value), Number(time), learn).isNews)
    expect(news).toEqual([false, false, true])
  })

  it('the very first value is never news', () => {
    expect(learnValue(start(), 'a', 0, { learnForMs: 0, learnValues: 1 }).isNews).toBe(false)
  })

  it('forgets the value that was not used for longest', () => {
    const known = start()
    for (let i = 0; i < 100; i++) learnValue(known, `v${i}`, 0, learn)
    learnValue(known, 'v0', 0, learn)
    learnValue(known, 'new', 0, learn)
    expect(known.values.size).toBe(100)
    expect(known.values.has('v0')).toBe(true)
    expect(known.values.has('v1')).toBe(false)
  })
})

describe('createGroupStates', () => {
  const ignored = { onChanged: () => {}, onForgotten: () => {}, onBroken: () => {} }
  const bounds = { maxGroups: 100, maxItems: 1000, idleMs: 10_000 }

  function count(states: ReturnType<typeof createGroupStates>, group: string, timeUnixMs: number, nowMs: number) {
    const state = states.touch([group], nowMs)
    const before = groupSize(state)
    countInWindow(state.events, { timeUnixMs, eventId: `${group}-${timeUnixMs}` }, limits)
    states.changed(state, before)
    return state.key
  }

  it('a hundred thousand groups leave as many as may be, and the last used of them', () => {
    const changed = new Set<string>()
    let forgotten = 0
    const states = createGroupStates('r', bounds, [], {
      ...ignored,
      onChanged: (key) => changed.add(key),
      onForgotten: (groups) => (forgotten += groups),
    })
    let last = ''
    for (let i = 0; i < 100_000; i++) last = count(states, `user-${i}`, i, 0)
    expect(states.size).toBe(100)
    expect(forgotten).toBe(99_900)
    expect(states.contentOf(last)).toBeDefined()
    expect([...changed].filter((key) => states.contentOf(key) !== undefined)).toHaveLength(100)
  })

  it('few groups with many events are bounded too', () => {
    const states = createGroupStates('r', { ...bounds, maxItems: 50 }, [], ignored)
    for (let group = 0; group < 10; group++) {
      for (let i = 0; i < 20; i++) count(states, `g${group}`, i * 100_000, 0)
    }
    expect(states.size).toBeLessThanOrEqual(3)
  })

  it('idle groups expire, used ones stay', () => {
    const states = createGroupStates('r', bounds, [], ignored)
    const idle = count(states, 'idle', 0, 0)
    const used = count(states, 'used', 0, 0)
    count(states, 'used', 1, 9000)
    states.expire(10_000)
    expect(states.contentOf(idle)).toBeUndefined()
    expect(states.contentOf(used)).toBeDefined()
  })

  it('comes back as it was saved, and passes over the groups of other rules', () => {
    const states = createGroupStates('r', bounds, [], ignored)
    const key = count(states, 'a', 0, 0)
    count(states, 'a', 1000, 0)
    const stored: CheckpointEntry[] = [
      { key, value: states.contentOf(key) ?? '', savedAtMs: 5 },
      { key: 'group/other/["a"]', value: '{}', savedAtMs: 5 },
    ]
    const again = createGroupStates('r', bounds, stored, ignored)
    expect(again.size).toBe(1)
    const state = again.touch(['a'], 6)
    expect(countInWindow(state.events, { timeUnixMs: 2000, eventId: 'new' }, limits)).toMatchObject({ count: 3 })
  })

  it('passes over what it cannot read, and tells of it', () => {
    const broken: string[] = []
    const stored = ['{', '[]', '{"events":[["x","y",2]]}'].map((value, index) => ({
      key: `group/r/${index}`,
      value,
      savedAtMs: 0,
    }))
    const states = createGroupStates('r', bounds, stored, { ...ignored, onBroken: (key) => broken.push(key) })
    expect(states.size).toBe(0)
    expect(broken).toEqual(['group/r/0', 'group/r/1', 'group/r/2'])
  })

  it('groups with long names have short keys', () => {
    const states = createGroupStates('r', bounds, [], ignored)
    expect(states.touch(['x'.repeat(5000)], 0).key.length).toBeLessThan(200)
  })
})
