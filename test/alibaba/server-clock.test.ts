import { describe, expect, it } from 'vitest'
import { createServerClock } from '../../src/alibaba/server-clock.ts'
import { createLeapingClock } from '../fakes/leaping-clock.ts'
import { createRecordingLog } from '../fakes/recording-log.ts'

const NOW_MS = Date.parse('2025-06-01T01:10:00Z')

function setUp() {
  const clock = createLeapingClock(NOW_MS)
  const log = createRecordingLog()
  return { clock, log, serverClock: createServerClock(clock, log) }
}

describe('createServerClock', () => {
  it('goes with our clock until a server tells another time, and from then on with the server’s', () => {
    const { clock, log, serverClock } = setUp()
    expect(serverClock.now()).toBe(NOW_MS)
    serverClock.correct(NOW_MS - 3_600_000)
    clock.set(NOW_MS + 1_000)
    expect(serverClock.now()).toBe(NOW_MS - 3_599_000)
    expect(log.lines).toEqual([{ level: 'warn', message: expect.any(String), fields: { offsetMs: -3_600_000 } }])
  })

  it('passes over what the way of an answer explains, and what it knows already', () => {
    const { log, serverClock } = setUp()
    serverClock.correct(NOW_MS - 5_000)
    expect(serverClock.now()).toBe(NOW_MS)
    serverClock.correct(NOW_MS + 3_600_000)
    serverClock.correct(NOW_MS + 3_596_000)
    expect(serverClock.now()).toBe(NOW_MS + 3_600_000)
    expect(log.lines).toHaveLength(1)
  })

  it('finds its way back when our clock is set right', () => {
    const { clock, serverClock } = setUp()
    serverClock.correct(NOW_MS + 3_600_000)
    clock.set(NOW_MS + 3_600_000)
    serverClock.correct(NOW_MS + 3_600_000)
    expect(serverClock.now()).toBe(NOW_MS + 3_600_000)
  })
})
