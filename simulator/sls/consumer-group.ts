import { cursorNumber } from '../../src/alibaba/sls/cursor.ts'
import { SlsFault } from './errors.ts'
import type { Shard } from './shard.ts'

export type ShardState = 'wait' | 'not_alloc' | 'already_alloc' | 'transfer' | 'over'

/**
 * Who may read a shard (sls-protocol 4.3). `consumer` holds it. A shard that is `over` keeps its last holder until that
 * one stops listing it, so that a position written twice is no fault.
 */
type Allocation =
  | { readonly state: 'wait' | 'not_alloc'; readonly consumer?: undefined }
  | { readonly state: 'already_alloc'; readonly consumer: string }
  | { readonly state: 'transfer'; readonly consumer: string; readonly promisedTo: string }
  | { readonly state: 'over'; readonly consumer?: string | undefined }

interface Checkpoint {
  /** As the client wrote it. */
  readonly cursor: string
  readonly number: bigint
  /** Who wrote it; `''` where a forced write named nobody. */
  readonly consumer: string
  readonly updatedAtMs: number
}

interface Entry {
  readonly shard: Shard
  allocation: Allocation
  checkpoint: Checkpoint | undefined
}

interface Member {
  readonly lastHeartbeatMs: number
  /** Shard ids of its last heartbeat. */
  readonly listed: ReadonlySet<number>
}

export interface CheckpointWrite {
  readonly shardId: number
  readonly checkpoint: string
  readonly consumer: string | undefined
  readonly force: boolean
}

/** One entry of GetCheckPoint's answer. */
export interface WireCheckpoint {
  readonly shard: number
  readonly checkpoint: string
  /** Microseconds since the epoch; 0 without a checkpoint. */
  readonly updateTime: number
  readonly consumer: string
}

/**
 * A consumer group as the server sees it: the state machine of sls-protocol 4.3. Whatever happened since the last call
 * (consumers that fell silent, shards that came, closed or vanished) takes effect before the next one is answered.
 */
export class ConsumerGroup {
  readonly name: string
  timeoutSeconds: number
  order: boolean
  readonly #shardsAt: (nowMs: number) => readonly Shard[]
  readonly #entries = new Map<number, Entry>()
  /** In the order of joining, which decides between equals. */
  readonly #members = new Map<string, Member>()

  constructor(
    name: string,
    options: { readonly timeoutSeconds: number; readonly order: boolean },
    shardsAt: (nowMs: number) => readonly Shard[],
    nowMs: number,
  ) {
    this.name = name
    this.timeoutSeconds = options.timeoutSeconds
    this.order = options.order
    this.#shardsAt = shardsAt
    this.#settle(nowMs)
  }

  /**
   * Takes the shards that `consumer` holds and returns those it should hold, by id.
   * @throws {SlsFault} NotExistConsumerWithBody from a consumer that is unknown and does not begin with nothing
   */
  heartbeat(consumer: string, shardIds: readonly number[], nowMs: number): number[] {
    this.#settle(nowMs)
    if (!this.#members.has(consumer) && shardIds.length > 0) {
      throw new SlsFault('NotExistConsumerWithBody', `consumer ${consumer} does not exist and lists shards`)
    }
    const listed = new Set(shardIds)
    this.#members.set(consumer, { lastHeartbeatMs: nowMs, listed })
    for (const entry of this.#entries.values()) {
      const { allocation, shard } = entry
      if (allocation.consumer !== consumer || listed.has(shard.id)) continue
      if (allocation.state === 'transfer') {
        entry.allocation = { state: 'already_alloc', consumer: allocation.promisedTo }
      } else if (allocation.state === 'over') entry.allocation = { state: 'over' }
    }
    this.#balance()
    return [...this.#entries.values()]
      .filter(({ allocation }) => allocation.state === 'already_alloc' && allocation.consumer === consumer)
      .map(({ shard }) => shard.id)
  }

  /**
   * Keeps a position. Unforced, only the living holder of the shard may write it: this fences a consumer that lost it.
   * @throws {SlsFault} InvalidShardCheckPoint, ShardNotExist, MissingParameter, ConsumerNotExist, ConsumerNotMatch
   */
  updateCheckpoint({ shardId, checkpoint, consumer, force }: CheckpointWrite, nowMs: number): void {
    this.#settle(nowMs)
    const number = cursorNumber(checkpoint)
    if (number === undefined) throw new SlsFault('InvalidShardCheckPoint', `shard checkpoint ${checkpoint} is invalid`)
    if (!force) {
      if (consumer === undefined) throw new SlsFault('MissingParameter', 'parameter consumer is missing')
      if (!this.#members.has(consumer)) throw new SlsFault('ConsumerNotExist', `consumer ${consumer} does not exist`)
    }
    const entry = this.#entries.get(shardId)
    if (entry === undefined) throw new SlsFault('ShardNotExist', `shard ${shardId} does not exist`, 404)
    const holder = entry.allocation.consumer
    if (!force && holder !== consumer) {
      throw new SlsFault('ConsumerNotMatch', `shard ${shardId} belongs to ${holder ?? 'nobody'}, not to ${consumer}`)
    }
    entry.checkpoint = { cursor: checkpoint, number, consumer: consumer ?? '', updatedAtMs: nowMs }
    if (entry.allocation.state === 'over' && !isFinished(entry)) {
      entry.allocation = holder === undefined ? { state: 'not_alloc' } : { state: 'already_alloc', consumer: holder }
    }
    this.#settle(nowMs)
  }

  /** All shards by id, those without a checkpoint with an empty one. */
  checkpoints(nowMs: number): WireCheckpoint[] {
    this.#settle(nowMs)
    return [...this.#entries.values()].map(({ shard, checkpoint }) => ({
      shard: shard.id,
      checkpoint: checkpoint?.cursor ?? '',
      updateTime: (checkpoint?.updatedAtMs ?? 0) * 1000,
      consumer: checkpoint?.consumer ?? '',
    }))
  }

  /** Turning `order` on concerns shards that come later; turning it off releases those that wait. */
  update(options: { readonly timeoutSeconds?: number; readonly order?: boolean }, nowMs: number): void {
    // What came before the change is judged by the old options.
    this.#settle(nowMs)
    this.timeoutSeconds = options.timeoutSeconds ?? this.timeoutSeconds
    this.order = options.order ?? this.order
    if (!this.order) {
      for (const entry of this.#entries.values()) {
        if (entry.allocation.state === 'wait') entry.allocation = { state: 'not_alloc' }
      }
    }
    this.#settle(nowMs)
  }

  /** Forgets a consumer at once, as if it had been silent for too long. @throws {SlsFault} ConsumerNotExist */
  expire(consumer: string, nowMs: number): void {
    if (!this.#members.has(consumer)) throw new SlsFault('ConsumerNotExist', `consumer ${consumer} does not exist`)
    this.#forget(consumer)
    this.#settle(nowMs)
  }

  /**
   * Gives a shard to `consumer`, who joins if unknown, without asking its holder.
   * @throws {SlsFault} ShardNotExist; ParameterInvalid while nobody may hold the shard
   */
  steal(shardId: number, consumer: string, nowMs: number): void {
    this.#settle(nowMs)
    const entry = this.#entries.get(shardId)
    if (entry === undefined) throw new SlsFault('ShardNotExist', `shard ${shardId} does not exist`)
    const { state } = entry.allocation
    if (state === 'wait' || state === 'over') throw new SlsFault('ParameterInvalid', `shard ${shardId} is in ${state}`)
    if (!this.#members.has(consumer)) this.#members.set(consumer, { lastHeartbeatMs: nowMs, listed: new Set() })
    entry.allocation = { state: 'already_alloc', consumer }
    this.#settle(nowMs)
  }

  /** What a person wants to see of it. */
  describe(nowMs: number): unknown {
    this.#settle(nowMs)
    return {
      name: this.name,
      timeoutSeconds: this.timeoutSeconds,
      order: this.order,
      consumers: [...this.#members].map(([name, { lastHeartbeatMs, listed }]) => ({
        name,
        lastHeartbeat: new Date(lastHeartbeatMs).toISOString(),
        listed: [...listed],
      })),
      shards: [...this.#entries.values()].map(({ shard, allocation, checkpoint }) => ({
        shardId: shard.id,
        ...allocation,
        ...(checkpoint === undefined
          ? {}
          : {
              checkpoint: {
                cursor: checkpoint.cursor,
                number: checkpoint.number.toString(),
                consumer: checkpoint.consumer,
                updated: new Date(checkpoint.updatedAtMs).toISOString(),
              },
            }),
      })),
    }
  }

  #settle(nowMs: number): void {
    for (const [name, { lastHeartbeatMs }] of this.#members) {
      if (nowMs - lastHeartbeatMs > this.timeoutSeconds * 1000) this.#forget(name)
    }
    this.#followShards(nowMs)
    for (const entry of this.#entries.values()) {
      if (entry.allocation.state !== 'over' && isFinished(entry)) {
        entry.allocation = { state: 'over', consumer: entry.allocation.consumer }
      }
    }
    for (const entry of this.#entries.values()) {
      if (entry.allocation.state === 'wait' && !this.#hasUnfinishedAncestor(entry.shard)) {
        entry.allocation = { state: 'not_alloc' }
      }
    }
    this.#balance()
  }

  #forget(consumer: string): void {
    this.#members.delete(consumer)
    for (const entry of this.#entries.values()) {
      const { allocation } = entry
      if (allocation.consumer === consumer) {
        entry.allocation = { state: allocation.state === 'over' ? 'over' : 'not_alloc' }
      } else if (allocation.state === 'transfer' && allocation.promisedTo === consumer) {
        entry.allocation = { state: 'already_alloc', consumer: allocation.consumer }
      }
    }
  }

  #followShards(nowMs: number): void {
    const shards = this.#shardsAt(nowMs)
    const ids = new Set(shards.map(({ id }) => id))
    for (const id of this.#entries.keys()) if (!ids.has(id)) this.#entries.delete(id)
    for (const shard of shards) {
      if (this.#entries.has(shard.id)) continue
      // In `wait` until the ancestors are looked at, which is the next step.
      this.#entries.set(shard.id, {
        shard,
        allocation: { state: this.order ? 'wait' : 'not_alloc' },
        checkpoint: undefined,
      })
    }
  }

  /** Shards never overlap at one time, so any older one with common keys is an ancestor. One that vanished is finished. */
  #hasUnfinishedAncestor({ id, beginKey, endKey }: Shard): boolean {
    return [...this.#entries.values()].some(
      ({ shard, allocation }) =>
        shard.id < id && shard.beginKey < endKey && beginKey < shard.endKey && allocation.state !== 'over',
    )
  }

  /** Gives free shards to those with the fewest, then promises surplus ones, until loads differ by at most 1. */
  #balance(): void {
    if (this.#members.size === 0) return
    const entries = [...this.#entries.values()]
    const futures = new Map<string, Entry[]>([...this.#members.keys()].map((name) => [name, []]))
    for (const entry of entries) futures.get(futureConsumer(entry.allocation) ?? '')?.push(entry)
    for (const entry of entries) {
      if (entry.allocation.state !== 'not_alloc') continue
      const [consumer, itsEntries] = extreme(futures, (length, best) => length < best)
      entry.allocation = { state: 'already_alloc', consumer }
      itsEntries.push(entry)
    }
    for (;;) {
      const [fewest, few] = extreme(futures, (length, best) => length < best)
      const [, many] = extreme(futures, (length, best) => length > best)
      if (many.length - few.length <= 1) return
      // Redirecting a shard that is moving already asks nobody to give up another one.
      const entry = many.find(({ allocation }) => allocation.state === 'transfer') ?? many.at(-1)
      if (entry === undefined) return
      many.splice(many.indexOf(entry), 1)
      few.push(entry)
      const holder = entry.allocation.consumer ?? fewest
      entry.allocation =
        holder === fewest
          ? { state: 'already_alloc', consumer: fewest }
          : { state: 'transfer', consumer: holder, promisedTo: fewest }
    }
  }
}

function isFinished({ shard, checkpoint }: Entry): boolean {
  return shard.readonly && checkpoint !== undefined && checkpoint.number >= shard.endNumber
}

/** Who will have the shard once every promise is kept; `undefined` while nobody is to have it. */
function futureConsumer(allocation: Allocation): string | undefined {
  if (allocation.state === 'transfer') return allocation.promisedTo
  return allocation.state === 'already_alloc' ? allocation.consumer : undefined
}

/** The first consumer whose number of shards no other one beats. */
function extreme(
  futures: ReadonlyMap<string, Entry[]>,
  beats: (length: number, best: number) => boolean,
): readonly [consumer: string, entries: Entry[]] {
  return [...futures].reduce((best, each) => (beats(each[1].length, best[1].length) ? each : best))
}
