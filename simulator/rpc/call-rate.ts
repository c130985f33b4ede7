import { throttlingFault } from './fault.ts'

/** Token buckets in simulator time: a second's calls may come at once, and refill steadily. */
export class CallRate {
  readonly #buckets = new Map<string, { tokens: number; atMs: number }>()

  /**
   * Counts a call against the bucket `key`. A refused one costs nothing.
   * @param perSecond `undefined`: no limit
   * @throws {RpcFault} Throttling.User
   */
  admit(key: string, perSecond: number | undefined, nowMs: number): void {
    if (perSecond === undefined) return
    const capacity = Math.max(perSecond, 1)
    const bucket = this.#buckets.get(key) ?? { tokens: capacity, atMs: nowMs }
    const earned = (Math.max(0, nowMs - bucket.atMs) * perSecond) / 1000
    const tokens = Math.min(capacity, bucket.tokens + earned)
    const isAdmitted = tokens >= 1
    this.#buckets.set(key, { tokens: isAdmitted ? tokens - 1 : tokens, atMs: nowMs })
    if (!isAdmitted) throw throttlingFault()
  }
}
