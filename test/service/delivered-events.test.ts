import { describe, expect, it } from 'vitest'
import { createDeliveredEvents } from '../../src/service/delivered-events.ts'
import { createMemoryStore } from '../../src/storage/memory.ts'
import { createManualClock } from '../fakes/manual-clock.ts'
import { createRecordingLog } from '../fakes/recording-log.ts'

function world() {
  const store = createMemoryStore()
  const clock = createManualClock(0)
  return { clock, open: () => createDeliveredEvents(store, clock, createRecordingLog()) }
}

describe('the events that a service has delivered', () => {
  it('are nobody else’s while one receiver has them in hand, and its own when it reads them again', async () => {
    const open = world().open()
    const [one, other] = [await open('one'), await open('other')]
    expect(one.take('e')).toBe('mine')
    expect(other.take('e')).toBe('in_hand')
    expect(one.take('e')).toBe('mine')
  })

  it('are nobody’s once a backend has answered, also for a service that starts anew with the same store', async () => {
    const { open } = world()
    const first = open()
    const one = await first('one')
    one.take('e')
    await one.add(['e'])
    expect(one.take('e')).toBe('delivered')
    expect((await first('other')).take('e')).toBe('delivered')
    expect((await open()('other')).take('e')).toBe('delivered')
  })

  it('are waited for by who left them out: until the answer, or until they are given up', async () => {
    const open = world().open()
    const [one, other] = [await open('one'), await open('other')]
    for (const event of ['e', 'f']) one.take(event)
    let settled = false
    const both = other.settled(['e', 'f']).then(() => {
      settled = true
    })
    await one.add(['e'])
    expect(settled).toBe(false)
    await one.add(['f'])
    await both
    one.take('g')
    const given = other.settled(['g'])
    one.release(['g'])
    await expect(given).rejects.toThrow('given up')
    expect(other.take('g')).toBe('mine')
  })

  it('that were not answered are free for a service that starts anew', async () => {
    const { open } = world()
    ;(await open()('one')).take('e')
    expect((await open()('other')).take('e')).toBe('mine')
  })

  it('are forgotten after a day', async () => {
    const { clock, open } = world()
    const one = await open()('one')
    await one.add(['e'])
    await clock.advance(25 * 3600 * 1000)
    await one.add(['f'])
    expect(one.take('e')).toBe('mine')
    expect(one.take('f')).toBe('delivered')
  })
})
