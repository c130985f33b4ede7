import { expect, it } from 'vitest'
import { accountRateLimiter } from '../../src/alibaba/account-limits.ts'
import { createLeapingClock } from '../fakes/leaping-clock.ts'

const key = (id: string) => ({ type: 'access_key', access_key_id: id, access_key_secret: 'secret' }) as const
const never = new AbortController().signal

it('all that name the same credentials share one limiter, and the lowest rate counts', async () => {
  const clock = createLeapingClock(0)
  const one = accountRateLimiter('LookupEvents', key('a'), 10, clock)
  const other = accountRateLimiter('LookupEvents', key('a'), 2, clock)
  expect(other).toBe(one)
  for (let call = 0; call < 30; call++) await one.acquire(never)
  // Ten at once, as the first asked for; then two a second.
  expect(clock.now()).toBe(10_000)
})

it('other credentials, another quota and another clock have their own', () => {
  const clock = createLeapingClock(0)
  const limiter = accountRateLimiter('LookupEvents', key('a'), 1, clock)
  expect(accountRateLimiter('LookupEvents', key('b'), 1, clock)).not.toBe(limiter)
  expect(accountRateLimiter('LookupEvents', undefined, 1, clock)).not.toBe(limiter)
  expect(accountRateLimiter('Other', key('a'), 1, clock)).not.toBe(limiter)
  expect(accountRateLimiter('LookupEvents', key('a'), 1, createLeapingClock(0))).not.toBe(limiter)
})
