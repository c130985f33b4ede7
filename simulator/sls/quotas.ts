import { SlsFault } from './errors.ts'

/** Limits that throttle; what is absent is not limited. */
export interface SlsQuotas {
  readonly shardReadsPerSecond?: number
  readonly shardReadBytesPerSecond?: number
  readonly shardWritesPerSecond?: number
  readonly shardWriteBytesPerSecond?: number
  readonly projectReadsPerMinute?: number
  readonly projectWritesPerMinute?: number
}

/** What the vendor documents (sls-protocol 5.4). */
export const documentedQuotas: SlsQuotas = {
  shardReadsPerSecond: 100,
  shardReadBytesPerSecond: 20 * 1024 * 1024,
  shardWritesPerSecond: 500,
  shardWriteBytesPerSecond: 5 * 1024 * 1024,
  projectReadsPerMinute: 600_000,
  projectWritesPerMinute: 600_000,
}

const SECOND_MS = 1000
const MINUTE_MS = 60_000

/** Counts calls and bytes in windows of the simulator's time. Bytes are counted after the call that moved them, so that one large page is never refused for ever. */
export class QuotaMeter {
  quotas: SlsQuotas
  readonly #windows = new Map<string, { startMs: number; used: number }>()

  constructor(quotas: SlsQuotas) {
    this.quotas = quotas
  }

  /** @throws {SlsFault} ReadQuotaExceed, ShardReadQuotaExceed */
  admitRead(project: string, shardKey: string, nowMs: number): void {
    const { projectReadsPerMinute, shardReadsPerSecond, shardReadBytesPerSecond } = this.quotas
    if (!this.#spend(`read ${project}`, 1, projectReadsPerMinute, MINUTE_MS, nowMs)) {
      throw new SlsFault('ReadQuotaExceed', `Read QPS Exceed: project ${project}`)
    }
    if (
      this.#isSpent(`read bytes ${shardKey}`, shardReadBytesPerSecond, nowMs) ||
      !this.#spend(`read ${shardKey}`, 1, shardReadsPerSecond, SECOND_MS, nowMs)
    ) {
      throw new SlsFault('ShardReadQuotaExceed', `shard read quota exceed: ${shardKey}`)
    }
  }

  countReadBytes(shardKey: string, bytes: number, nowMs: number): void {
    this.#spend(`read bytes ${shardKey}`, bytes, this.quotas.shardReadBytesPerSecond, SECOND_MS, nowMs)
  }

  /** @throws {SlsFault} WriteQuotaExceed, ShardWriteQuotaExceed */
  admitWrite(project: string, shardKey: string, bytes: number, nowMs: number): void {
    const { projectWritesPerMinute, shardWritesPerSecond, shardWriteBytesPerSecond } = this.quotas
    if (!this.#spend(`write ${project}`, 1, projectWritesPerMinute, MINUTE_MS, nowMs)) {
      throw new SlsFault('WriteQuotaExceed', `Write QPS Exceed: project ${project}`)
    }
    if (
      this.#isSpent(`write bytes ${shardKey}`, shardWriteBytesPerSecond, nowMs) ||
      !this.#spend(`write ${shardKey}`, 1, shardWritesPerSecond, SECOND_MS, nowMs)
    ) {
      throw new SlsFault('ShardWriteQuotaExceed', `shard write quota exceed: ${shardKey}`)
    }
    this.#spend(`write bytes ${shardKey}`, bytes, shardWriteBytesPerSecond, SECOND_MS, nowMs)
  }

  /** False, and nothing is counted, when the window was used up before. */
  #spend(key: string, amount: number, limit: number | undefined, windowMs: number, nowMs: number): boolean {
    if (limit === undefined) return true
    const startMs = Math.floor(nowMs / windowMs) * windowMs
    const window = this.#windows.get(key)
    if (window === undefined || window.startMs !== startMs) {
      this.#windows.set(key, { startMs, used: amount })
      return true
    }
    if (window.used >= limit) return false
    window.used += amount
    return true
  }

  #isSpent(key: string, limit: number | undefined, nowMs: number): boolean {
    const window = this.#windows.get(key)
    if (limit === undefined || window === undefined) return false
    return window.startMs === Math.floor(nowMs / SECOND_MS) * SECOND_MS && window.used >= limit
  }
}
