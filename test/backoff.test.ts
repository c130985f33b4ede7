import { describe, expect, it } from 'vitest'
import { createBackoff } from '../src/backoff.ts'

describe('createBackoff', () => {
  it('doubles the longest wait up to the maximum', () => {
    const backoff = createBackoff({ initialMs: 200, maxMs: 1_000 }, () => 1)
    expect([1, 2, 3, 4, 5].map(() => backoff.nextMs())).toEqual([200, 400, 800, 1_000, 1_000])
  })

  it('draws each wait from zero on, so that callers spread', () => {
    const draws = [0, 0.5, 0.25]
    const backoff = createBackoff({ initialMs: 100, maxMs: 10_000, multiplier: 3 }, () => draws.shift() as number)
    expect([1, 2, 3].map(() => backoff.nextMs())).toEqual([0, 150, 225])
  })

  it('starts over after a success', () => {
    const backoff = createBackoff({ initialMs: 100, maxMs: 1_000 }, () => 1)
    backoff.nextMs()
    backoff.nextMs()
    backoff.reset()
    expect(backoff.nextMs()).toBe(100)
  })
})
