/**
 * Items that became readable together: for SLS one LogGroup.
 *
 * - `source`: what a reader names, `project/logstore` for SLS.
 * - `position`: the place inside the source, `shard/n` for SLS, n = the decimal cursor number of the group.
 * - `ids`: one per item, for kinds whose records carry an id of their own (`eventId` of ActionTrail).
 * - `origin`: the simulator's own traffic, or a client that wrote.
 */
export interface IssuedBatch {
  readonly service: string
  readonly source: string
  readonly position: string
  readonly items: number
  readonly ids: readonly string[] | undefined
  readonly issuedAtMs: number
  readonly origin: 'traffic' | 'client'
}

export interface IssuedItem {
  readonly batch: IssuedBatch
  /** Within the batch, from 0. */
  readonly index: number
  /** What tells the item from every other: its own id, else `source/position/index`. */
  readonly uid: string
}

export interface LedgerTotals {
  readonly service: string
  readonly source: string
  readonly items: number
  readonly batches: number
  /** Items that an injected fault kept from a reader for good, as a server-side filter does. */
  readonly withheld: number
  readonly firstIssuedAtMs: number
  readonly lastIssuedAtMs: number
}

type MutableTotals = { -readonly [Key in keyof LedgerTotals]: LedgerTotals[Key] }

/**
 * Every item issued, by whatever service. Totals count for ever; of the batches the newest `maxBatches` are kept, so
 * that a simulator left running stays small.
 */
export class Ledger {
  readonly #maxBatches: number
  readonly #totals = new Map<string, MutableTotals>()
  readonly #listeners = new Set<(batch: IssuedBatch) => void>()
  #batches: IssuedBatch[] = []
  #dropped = 0

  constructor(maxBatches = 1_000_000) {
    this.#maxBatches = maxBatches
  }

  record(batch: IssuedBatch): void {
    this.#batches.push(batch)
    // Dropping half at a time keeps the cost of a record constant.
    if (this.#batches.length >= this.#maxBatches * 2) {
      this.#dropped += this.#batches.length - this.#maxBatches
      this.#batches = this.#batches.slice(-this.#maxBatches)
    }
    const totals = this.#totalsOf(batch.service, batch.source, batch.issuedAtMs)
    totals.items += batch.items
    totals.batches += 1
    totals.lastIssuedAtMs = batch.issuedAtMs
    for (const listener of this.#listeners) listener(batch)
  }

  recordWithheld(service: string, source: string, items: number, nowMs: number): void {
    this.#totalsOf(service, source, nowMs).withheld += items
  }

  /** Calls `listener` with every batch from now on, at the moment it is issued. Returns a function that ends it. */
  onIssued(listener: (batch: IssuedBatch) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** The batches kept, oldest first. */
  batches(): Iterable<IssuedBatch> {
    return this.#batches.values()
  }

  /** The items of the batches kept, oldest first; nothing is built before it is asked for. */
  *items(source?: string): Generator<IssuedItem> {
    for (const batch of this.#batches) {
      if (source !== undefined && batch.source !== source) continue
      for (let index = 0; index < batch.items; index++) yield { batch, index, uid: uidOf(batch, index) }
    }
  }

  /** Sorted by service and source. */
  totals(): LedgerTotals[] {
    return [...this.#totals.values()]
      .map((totals) => ({ ...totals }))
      .toSorted((a, b) => a.service.localeCompare(b.service) || a.source.localeCompare(b.source))
  }

  /** Batches that only the totals remember. */
  get droppedBatches(): number {
    return this.#dropped
  }

  #totalsOf(service: string, source: string, nowMs: number): MutableTotals {
    const key = `${service} ${source}`
    let totals = this.#totals.get(key)
    if (totals === undefined) {
      totals = { service, source, items: 0, batches: 0, withheld: 0, firstIssuedAtMs: nowMs, lastIssuedAtMs: nowMs }
      this.#totals.set(key, totals)
    }
    return totals
  }
}

/** What tells an item from every other: its own id where its kind has one, else its place. */
export function uidOf(batch: IssuedBatch, index: number): string {
  return batch.ids?.[index] ?? `${batch.source}/${batch.position}/${index}`
}
