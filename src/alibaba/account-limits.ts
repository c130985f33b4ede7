import { createHash } from 'node:crypto'
import type { Clock } from '../clock.ts'
import type { CredentialsOptions } from './credentials.ts'
import { type AdjustableRateLimiter, createRateLimiter, type RateLimiter } from './rate-limit.ts'

const limitersOfClock = new WeakMap<Clock, Map<string, AdjustableRateLimiter>>()

/**
 * The rate limiter of a quota that belongs to an account: the same one for all in this process that name the same quota
 * and the same credentials. Where they ask for different rates, the lowest counts.
 */
export function accountRateLimiter(
  quota: string,
  credentials: CredentialsOptions | undefined,
  perSecond: number,
  clock: Clock,
): RateLimiter {
  const limiters = limitersOfClock.get(clock) ?? new Map<string, AdjustableRateLimiter>()
  limitersOfClock.set(clock, limiters)
  // Not kept as they are: they hold secrets.
  const key = createHash('sha256')
    .update(JSON.stringify([quota, credentials ?? 'default']))
    .digest('hex')
  const limiter = limiters.get(key) ?? createRateLimiter({ perSecond }, clock)
  limiters.set(key, limiter)
  limiter.atMost(perSecond)
  return limiter
}
