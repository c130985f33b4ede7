/** What became of the items of one source. `lost`: issued and not delivered (yet). */
export interface SourceTally {
  issued: number
  delivered: number
  lost: number
  duplicates: number
}

/**
 * Holds what was issued against what arrived, by `log.record.uid`. Remembers what is outstanding, and of what arrived
 * the newest, so that it can run for days: a repeat of something older counts as unknown, never as delivered.
 */
export interface Proof {
  issued(source: string, uid: string, atMs: number): void
  delivered(uid: string, atMs: number): void
  /** Items issued and not delivered yet. */
  outstanding(): number
  /** Items that arrived and were never issued, or so long ago that nothing is known of them. */
  unknown(): number
  tallies(): Map<string, SourceTally>
  total(): SourceTally
  /** Milliseconds from issue to delivery of the latest deliveries (up to 10 000), at the given quantiles (0 to 1). */
  latencyMs(...quantiles: number[]): number[]
}

const rememberedDeliveries = 2_000_000
const rememberedLatencies = 10_000

export function createProof(): Proof {
  const tallies = new Map<string, SourceTally>()
  const outstanding = new Map<string, { tally: SourceTally; atMs: number }>()
  // Two generations: when the young one is full it becomes the old one, and the old one is forgotten.
  let young = new Map<string, SourceTally>()
  let old = new Map<string, SourceTally>()
  const latencies: number[] = []
  let latencyAt = 0
  let unknown = 0

  function tallyOf(source: string): SourceTally {
    let tally = tallies.get(source)
    if (tally === undefined) {
      tally = { issued: 0, delivered: 0, lost: 0, duplicates: 0 }
      tallies.set(source, tally)
    }
    return tally
  }

  return {
    issued(source, uid, atMs) {
      const tally = tallyOf(source)
      tally.issued++
      tally.lost++
      outstanding.set(uid, { tally, atMs })
    },
    delivered(uid, atMs) {
      const waiting = outstanding.get(uid)
      if (waiting !== undefined) {
        const { tally } = waiting
        outstanding.delete(uid)
        tally.delivered++
        tally.lost--
        latencies[latencyAt++ % rememberedLatencies] = Math.max(0, atMs - waiting.atMs)
        if (young.size >= rememberedDeliveries / 2) {
          old = young
          young = new Map()
        }
        young.set(uid, tally)
        return
      }
      const seen = young.get(uid) ?? old.get(uid)
      if (seen === undefined) unknown++
      else seen.duplicates++
    },
    outstanding: () => outstanding.size,
    unknown: () => unknown,
    tallies: () => tallies,
    total() {
      const total: SourceTally = { issued: 0, delivered: 0, lost: 0, duplicates: 0 }
      for (const tally of tallies.values()) {
        total.issued += tally.issued
        total.delivered += tally.delivered
        total.lost += tally.lost
        total.duplicates += tally.duplicates
      }
      return total
    },
    latencyMs(...quantiles) {
      const sorted = latencies.toSorted((a, b) => a - b)
      return quantiles.map((q) => sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? 0)
    },
  }
}
