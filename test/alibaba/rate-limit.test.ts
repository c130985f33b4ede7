import { describe, expect, it } from 'vitest'
import { createRateLimiter } from '../../src/alibaba/rate-limit.ts'
import { createLeapingClock } from '../fakes/leaping-clock.ts'
import { createManualClock } from '../fakes/manual-clock.ts'

const never = new AbortController().signal

describe('createRateLimiter', () => {
  it('lets a burst pass, then one call an interval', async () => {
    const clock = createManualClock()
    const limiter = createRateLimiter({ perSecond: 10, burst: 3 }, clock)
    for (let call = 0; call < 3; call++) await limiter.acquire(never)
    const order: number[] = []
    const waiting = [0, 1, 2].map(async (call) => {
      await limiter.acquire(never)
      order.push(call)
    })
    expect(clock.waits()).toEqual([100, 200, 300])
    await clock.advance(150)
    expect(order).toEqual([0])
    await clock.advance(150)
    expect(order).toEqual([0, 1, 2])
    await Promise.all(waiting)
  })

  it('fills up again in a pause, but not beyond the burst', async () => {
    const clock = createLeapingClock(0)
    const limiter = createRateLimiter({ perSecond: 2 }, clock)
    clock.set(60_000)
    for (let call = 0; call < 4; call++) await limiter.acquire(never)
    expect(clock.slept).toEqual([500, 500])
  })

  it('serves less than one call a second', async () => {
    const clock = createLeapingClock(0)
    const limiter = createRateLimiter({ perSecond: 0.1 }, clock)
    for (let call = 0; call < 3; call++) await limiter.acquire(never)
    expect(clock.slept).toEqual([10_000, 10_000])
  })

  it('does not wait for a clock that was set back', async () => {
    const clock = createLeapingClock(3_600_000)
    const limiter = createRateLimiter({ perSecond: 1 }, clock)
    await limiter.acquire(never)
    clock.set(0)
    await limiter.acquire(never)
    expect(clock.slept).toEqual([1000])
  })

  it('gives a waiting caller up when its signal aborts', async () => {
    const clock = createManualClock()
    const limiter = createRateLimiter({ perSecond: 1 }, clock)
    await limiter.acquire(never)
    const controller = new AbortController()
    const waiting = limiter.acquire(controller.signal)
    controller.abort('stop')
    await expect(waiting).rejects.toBe('stop')
    await expect(limiter.acquire(AbortSignal.abort('before'))).rejects.toBe('before')
  })
})
