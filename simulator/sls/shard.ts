import type { SlsShard } from '../../src/alibaba/sls/types.ts'
import { NANOS_PER_MS } from '../../src/nanoseconds.ts'
import { ProtobufWriter } from '../../src/protobuf/writer.ts'

/** A LogGroup that a shard keeps. */
export interface StoredGroup {
  /** The decimal number inside its cursor. */
  readonly number: bigint
  readonly receivedAtMs: number
  /** The group as an entry of a `LogGroupList`: tag, length, bytes. A page is such entries laid end to end. */
  readonly entry: Uint8Array
  readonly logCount: number
}

/** What a read from a shard yields. */
export interface ShardRead {
  readonly groups: readonly StoredGroup[]
  /** Where the next read goes on. */
  readonly next: bigint
}

/** Keys are 128-bit numbers; the last shard ends at `ff…f`, which as an end is outside the range it stands for. */
export const MAX_KEY = 2n ** 128n - 1n

const LIST_GROUP = 0x0a

/**
 * One shard: groups in the order they came, each with a number one above the one before unless a jump was injected.
 * The first number is the shard's birth in nanoseconds, as the numbers of the real service look.
 */
export class Shard {
  readonly id: number
  readonly beginKey: bigint
  readonly endKey: bigint
  readonly createdAtMs: number
  /** When it became readonly, milliseconds since the epoch. */
  closedAtMs: number | undefined
  bytes = 0
  /** Groups that the retention cut off the beginning. */
  expiredGroups = 0
  #groups: StoredGroup[] = []
  /** Index of the oldest group kept; those before it are cut off and leave the array now and then. */
  #head = 0
  #nextNumber: bigint

  constructor(id: number, beginKey: bigint, endKey: bigint, createdAtMs: number) {
    this.id = id
    this.beginKey = beginKey
    this.endKey = endKey
    this.createdAtMs = createdAtMs
    this.#nextNumber = BigInt(Math.floor(createdAtMs)) * NANOS_PER_MS + BigInt(id)
  }

  get readonly(): boolean {
    return this.closedAtMs !== undefined
  }

  get groupCount(): number {
    return this.#groups.length - this.#head
  }

  /** The number that the next group will get: where `GetCursor(end)` points. */
  get endNumber(): bigint {
    return this.#nextNumber
  }

  /** The number of the oldest group kept, or the end. */
  get beginNumber(): bigint {
    return this.oldest?.number ?? this.#nextNumber
  }

  get oldest(): StoredGroup | undefined {
    return this.#groups[this.#head]
  }

  append(group: Uint8Array, logCount: number, receivedAtMs: number): StoredGroup {
    const stored = { number: this.#nextNumber, receivedAtMs, entry: listEntry(group), logCount }
    this.#groups.push(stored)
    this.#nextNumber += 1n
    this.bytes += stored.entry.length
    return stored
  }

  /** Leaves out `by` numbers before the next group. */
  jump(by: bigint): void {
    this.#nextNumber += by
  }

  close(nowMs: number): void {
    this.closedAtMs = nowMs
  }

  /** The oldest group with this number or a greater one. */
  groupAt(number: bigint): StoredGroup | undefined {
    return this.#groups[this.#indexOf((group) => group.number >= number)]
  }

  /** The number of the first group received at or after this second, or the end. */
  numberAtTime(unixSeconds: number): bigint {
    const group = this.#groups[this.#indexOf(({ receivedAtMs }) => Math.floor(receivedAtMs / 1000) >= unixSeconds)]
    return group?.number ?? this.#nextNumber
  }

  /**
   * Up to `count` groups from `from` on, before `until`, of at most `maxBytes` together but always at least one. Ends
   * before a jump: clients number the groups of a page by counting back from its last one (sls-protocol 2.3).
   */
  read(from: bigint, count: number, until: bigint, maxBytes: number): ShardRead {
    const groups: StoredGroup[] = []
    let bytes = 0
    for (let index = this.#indexOf(({ number }) => number >= from); groups.length < count; index++) {
      const group = this.#groups[index]
      const previous = groups.at(-1)
      if (group === undefined || group.number >= until) break
      if (previous !== undefined && group.number !== previous.number + 1n) break
      bytes += group.entry.length
      if (previous !== undefined && bytes > maxBytes) break
      groups.push(group)
    }
    const last = groups.at(-1)
    return { groups, next: last === undefined ? from : last.number + 1n }
  }

  /** Cuts off what was received before `beforeMs`. */
  expire(beforeMs: number): void {
    while (this.oldest !== undefined && this.oldest.receivedAtMs < beforeMs) this.dropOldest()
  }

  dropOldest(): void {
    const oldest = this.oldest
    if (oldest === undefined) return
    this.bytes -= oldest.entry.length
    this.expiredGroups++
    this.#head++
    if (this.#head >= 1024 && this.#head * 2 >= this.#groups.length) {
      this.#groups = this.#groups.slice(this.#head)
      this.#head = 0
    }
  }

  /** As ListShards tells it. */
  describe(): SlsShard {
    return {
      shardId: this.id,
      status: this.readonly ? 'readonly' : 'readwrite',
      beginKey: keyText(this.beginKey),
      endKey: keyText(this.endKey),
      createTime: Math.floor(this.createdAtMs / 1000),
    }
  }

  /** Index of the first group kept for which `isReached` holds; it must hold for all after it too. */
  #indexOf(isReached: (group: StoredGroup) => boolean): number {
    let low = this.#head
    let high = this.#groups.length
    while (low < high) {
      const middle = (low + high) >>> 1
      const group = this.#groups[middle]
      if (group !== undefined && isReached(group)) high = middle
      else low = middle + 1
    }
    return low
  }
}

/** 32 hex digits. */
function keyText(key: bigint): string {
  return key.toString(16).padStart(32, '0')
}

function listEntry(group: Uint8Array): Uint8Array {
  const writer = new ProtobufWriter(group.length + 6)
  writer.bytesField(LIST_GROUP, group)
  return writer.view()
}
