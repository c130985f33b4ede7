import { expect, it } from 'vitest'
import { createDeliveredEvents } from '../../src/service/delivered-events.ts'
import { createMemoryStore } from '../../src/storage/memory.ts'
import { createLeapingClock } from '../fakes/leaping-clock.ts'
import { createRecordingLog } from '../fakes/recording-log.ts'

const HOUR_MS = 3_600_000

it('receivers share what was delivered, over restarts, for a day', async () => {
  const clock = createLeapingClock(Date.parse('2026-03-01T00:00:00Z'))
  const store = createMemoryStore()
  const open = () => createDeliveredEvents(store, clock, createRecordingLog())
  const service = open()
  const [one, other] = [await service(), await service()]
  await one.add(['a', 'b'])
  expect(['a', 'b', 'c'].map(other.has)).toEqual([true, true, false])

  clock.set(clock.now() + 23 * HOUR_MS)
  const restarted = await open()()
  await restarted.add(['c'])
  expect(['a', 'b', 'c'].map(restarted.has)).toEqual([true, true, true])

  clock.set(clock.now() + 2 * HOUR_MS)
  await restarted.add(['d'])
  expect(['a', 'b', 'c', 'd'].map(restarted.has)).toEqual([false, false, true, true])
  expect((await store.scope('delivered_events').list()).length).toBe(2)
})
