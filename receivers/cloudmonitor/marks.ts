/** 64 bits that stand for a series. */
export interface SeriesHash {
  readonly high: number
  readonly low: number
}

/**
 * A hash of the text that tells a series: two independent 32-bit hashes (cyrb, after MurmurHash). Among a million series
 * the chance that any two share it is about one in 40 million.
 */
export function hashSeries(key: string): SeriesHash {
  let a = 0xdeadbeef
  let b = 0x41c6ce57
  for (let index = 0; index < key.length; index++) {
    const code = key.charCodeAt(index)
    a = Math.imul(a ^ code, 2654435761)
    b = Math.imul(b ^ code, 1597334677)
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909)
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909)
  return { high: b >>> 0, low: a >>> 0 }
}

/** `new`: was not sent before; `repeat`: was; `outside`: lies before all that is remembered, or too far after it. */
export type MarkResult = 'new' | 'repeat' | 'outside'

const FORMAT = 1
const HEADER_BYTES = 8
const minCapacity = 64

/**
 * Which periods of which series were sent, for the one metric of one query: so a late point goes out exactly once, and
 * what is read again never. Only the periods that may still be asked for are remembered, as bits of one number a series;
 * a series that nothing came from for long is forgotten. About 30 bytes a series in memory, 15 on disk.
 */
export class SeriesMarks {
  /** Periods that can be told apart. */
  readonly spanPeriods: number
  private readonly words: number
  /** The number of the period before the first that is remembered. */
  private base: number
  private capacity = minCapacity
  private count = 0
  private high = new Uint32Array(minCapacity)
  private low = new Uint32Array(minCapacity)
  /** The number of the newest period sent; 0: the slot is free. */
  private newest = new Uint32Array(minCapacity)
  private bits: Uint32Array
  /** Series that changed since the last `takeChanges`. */
  private changed: SeriesHash[] = []

  /** @param minPeriods periods that must be told apart: the longest window, with what is looked at again */
  constructor(minPeriods: number, base: number) {
    this.words = Math.ceil(minPeriods / 32)
    this.spanPeriods = this.words * 32
    this.base = base
    this.bits = new Uint32Array(minCapacity * this.words)
  }

  get size(): number {
    return this.count
  }

  has(series: SeriesHash): boolean {
    return this.newest[this.slotOf(series.high, series.low)] !== 0
  }

  /** Marks a period of a series as sent. */
  mark(series: SeriesHash, period: number): MarkResult {
    const offset = period - this.base - 1
    if (offset < 0 || offset >= this.spanPeriods) return 'outside'
    const slot = this.claim(series.high, series.low)
    const word = this.bits[slot * this.words + (offset >>> 5)] as number
    if ((word & (1 << (offset & 31))) !== 0) return 'repeat'
    this.setBit(slot, offset)
    if (period > (this.newest[slot] as number)) this.newest[slot] = period
    this.changed.push(series)
    return 'new'
  }

  /**
   * Forgets all periods up to and with `base`, and the series whose newest period is not after `forgetUpTo`. Where `base`
   * does not lie after the present one, nothing changes.
   */
  advance(base: number, forgetUpTo: number): void {
    const shift = base - this.base
    if (shift <= 0) return
    this.base = base
    let isAnyForgotten = false
    for (let slot = 0; slot < this.capacity; slot++) {
      const newest = this.newest[slot] as number
      if (newest === 0) continue
      this.shiftBits(slot * this.words, shift)
      isAnyForgotten ||= newest <= forgetUpTo
    }
    if (isAnyForgotten) this.rebuild(this.capacity, forgetUpTo)
  }

  /** Moves on, where it must, so that this period can be marked. */
  makeRoomFor(period: number, forgetUpTo: number): void {
    this.advance(period - this.spanPeriods, forgetUpTo)
  }

  /** The series that changed since the last call, as `absorb` reads them; `undefined` where none did. */
  takeChanges(): Uint8Array | undefined {
    if (this.changed.length === 0) return undefined
    const slots = new Set(this.changed.map(({ high, low }) => this.slotOf(high, low)))
    this.changed = []
    return this.encode([...slots])
  }

  /** All series, in pieces of at most `maxSeries`. */
  snapshot(maxSeries: number): Uint8Array[] {
    const pieces: Uint8Array[] = []
    let slots: number[] = []
    for (let slot = 0; slot < this.capacity; slot++) {
      if (this.newest[slot] === 0) continue
      slots.push(slot)
      if (slots.length < maxSeries) continue
      pieces.push(this.encode(slots))
      slots = []
    }
    if (slots.length > 0) pieces.push(this.encode(slots))
    return pieces
  }

  /**
   * Takes over what `takeChanges` or `snapshot` gave, on top of what is known.
   * @returns false where the bytes are not in a form that this release knows
   */
  absorb(bytes: Uint8Array): boolean {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    const maskBytes = bytes[1] ?? 0
    const entryBytes = 10 + maskBytes
    if (bytes[0] !== FORMAT || bytes.length < HEADER_BYTES || (bytes.length - HEADER_BYTES) % entryBytes !== 0)
      return false
    const span = view.getUint16(2, true)
    const base = view.getUint32(4, true)
    for (let at = HEADER_BYTES; at < bytes.length; at += entryBytes) {
      const slot = this.claim(view.getUint32(at, true), view.getUint32(at + 4, true))
      const newest = base + span - view.getUint16(at + 8, true)
      if (newest > (this.newest[slot] as number)) this.newest[slot] = newest
      for (let index = 0; index < maskBytes; index++) {
        const mask = bytes[at + 10 + index] as number
        for (let bit = 0; mask >>> bit !== 0; bit++) {
          if (((mask >>> bit) & 1) === 0) continue
          const offset = base + index * 8 + bit - this.base
          if (offset >= 0 && offset < this.spanPeriods) this.setBit(slot, offset)
        }
      }
    }
    return true
  }

  /** One byte of format, one of mask length, the span, the base; then hash, age of the newest period, and mask of each. */
  private encode(slots: readonly number[]): Uint8Array {
    const maskBytes = this.usedMaskBytes(slots)
    const entryBytes = 10 + maskBytes
    const bytes = new Uint8Array(HEADER_BYTES + slots.length * entryBytes)
    const view = new DataView(bytes.buffer)
    bytes[0] = FORMAT
    bytes[1] = maskBytes
    view.setUint16(2, this.spanPeriods, true)
    view.setUint32(4, this.base, true)
    let at = HEADER_BYTES
    for (const slot of slots) {
      view.setUint32(at, this.high[slot] as number, true)
      view.setUint32(at + 4, this.low[slot] as number, true)
      const age = this.base + this.spanPeriods - (this.newest[slot] as number)
      view.setUint16(at + 8, Math.min(age, 0xffff), true)
      for (let index = 0; index < maskBytes; index++) {
        const word = this.bits[slot * this.words + (index >>> 2)] as number
        bytes[at + 10 + index] = (word >>> ((index & 3) * 8)) & 0xff
      }
      at += entryBytes
    }
    return bytes
  }

  /** After a successful query only the last few periods are remembered, so masks are short. */
  private usedMaskBytes(slots: readonly number[]): number {
    for (let word = this.words - 1; word >= 0; word--) {
      let used = 0
      for (const slot of slots) used |= this.bits[slot * this.words + word] as number
      if (used !== 0) return word * 4 + Math.ceil((32 - Math.clz32(used)) / 8)
    }
    return 0
  }

  private setBit(slot: number, offset: number): void {
    const word = slot * this.words + (offset >>> 5)
    this.bits[word] = (this.bits[word] as number) | (1 << (offset & 31))
  }

  private shiftBits(first: number, shift: number): void {
    const { words, bits } = this
    const whole = shift >>> 5
    const rest = shift & 31
    for (let word = 0; word < words; word++) {
      const from = word + whole
      const lower = from < words ? (bits[first + from] as number) >>> rest : 0
      const upper = rest > 0 && from + 1 < words ? (bits[first + from + 1] as number) << (32 - rest) : 0
      bits[first + word] = lower | upper
    }
  }

  /** The slot of a series, or the free one where it belongs. */
  private slotOf(high: number, low: number): number {
    const last = this.capacity - 1
    let slot = low & last
    while (this.newest[slot] !== 0 && (this.low[slot] !== low || this.high[slot] !== high)) slot = (slot + 1) & last
    return slot
  }

  /** The slot of a series, which it takes if it is new; whoever calls sets the newest period. */
  private claim(high: number, low: number): number {
    let slot = this.slotOf(high, low)
    if (this.newest[slot] !== 0) return slot
    if ((this.count + 1) * 4 > this.capacity * 3) {
      this.rebuild(this.capacity * 2, 0)
      slot = this.slotOf(high, low)
    }
    this.high[slot] = high
    this.low[slot] = low
    this.newest[slot] = 1
    this.count++
    return slot
  }

  private rebuild(capacity: number, forgetUpTo: number): void {
    const { high, low, newest, bits, words, capacity: oldCapacity } = this
    this.capacity = capacity
    this.count = 0
    this.high = new Uint32Array(capacity)
    this.low = new Uint32Array(capacity)
    this.newest = new Uint32Array(capacity)
    this.bits = new Uint32Array(capacity * words)
    for (let from = 0; from < oldCapacity; from++) {
      const itsNewest = newest[from] as number
      if (itsNewest === 0 || itsNewest <= forgetUpTo) continue
      const slot = this.slotOf(high[from] as number, low[from] as number)
      this.high[slot] = high[from] as number
      this.low[slot] = low[from] as number
      this.newest[slot] = itsNewest
      this.bits.set(bits.subarray(from * words, (from + 1) * words), slot * words)
      this.count++
    }
  }
}
