import { describe, expect, it } from 'vitest'
import { createByteBudget } from '../../src/pipeline/byte-budget.ts'

const never = new AbortController().signal
const turn = () => new Promise<void>((resolve) => setImmediate(resolve))

describe('byte budget', () => {
  it('admits while it fits, then first come first served', async () => {
    const budget = createByteBudget(100)
    const first = await budget.acquire(60, never)
    const order: string[] = []
    const second = budget.acquire(60, never).then((lease) => {
      order.push('second')
      return lease
    })
    // Would fit beside the first, but came after the second.
    const third = budget.acquire(30, never).then((lease) => {
      order.push('third')
      return lease
    })
    await turn()
    expect(order).toEqual([])
    first.release()
    await Promise.all([second, third])
    expect(order).toEqual(['second', 'third'])
    expect(budget.usedBytes).toBe(90)
  })

  it('admits more than the whole budget only alone', async () => {
    const budget = createByteBudget(100)
    const small = await budget.acquire(1, never)
    let admitted = false
    const large = budget.acquire(500, never).then(() => {
      admitted = true
    })
    await turn()
    expect(admitted).toBe(false)
    small.release()
    await large
    expect(budget.usedBytes).toBe(500)
  })

  it('a lease that shrinks lets the next one in; released twice counts once', async () => {
    const budget = createByteBudget(100)
    const lease = await budget.acquire(100, never)
    const next = budget.acquire(40, never)
    lease.resize(50)
    await next
    lease.release()
    lease.release()
    expect(budget.usedBytes).toBe(40)
  })

  it('whoever stops waiting leaves its place to those behind', async () => {
    const budget = createByteBudget(100)
    await budget.acquire(60, never)
    const stop = new AbortController()
    const tooLarge = budget.acquire(60, stop.signal)
    const fits = budget.acquire(30, never)
    stop.abort(new Error('stopping'))
    await expect(tooLarge).rejects.toThrow('stopping')
    await fits
    expect(budget.usedBytes).toBe(90)
    await expect(budget.acquire(1, stop.signal)).rejects.toThrow('stopping')
  })
})
