/**
 * Numbers byte strings: the same bytes have the same number, counted from 0. Finding a known one makes no objects.
 */
export class ByteTable {
  private bytes = new Uint8Array(4096)
  private bytesUsed = 0
  /** Per entry: where its bytes end, and their hash. */
  private ends = new Int32Array(64)
  private hashes = new Int32Array(64)
  /** Entry number + 1 by hash, open addressing; at most half full. */
  private slots = new Int32Array(128)
  private count = 0

  get size(): number {
    return this.count
  }

  clear(): void {
    this.count = 0
    this.bytesUsed = 0
    this.slots.fill(0)
  }

  /** The number of these bytes, or -1 where they are new. */
  find(source: Uint8Array, start: number, end: number): number {
    const hash = hashBytes(source, start, end)
    const mask = this.slots.length - 1
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const entry = (this.slots[slot] as number) - 1
      if (entry < 0) return -1
      if (this.hashes[entry] === hash && this.holds(entry, source, start, end)) return entry
    }
  }

  /** Gives the next number to bytes that `find` did not know. */
  add(source: Uint8Array, start: number, end: number): number {
    const entry = this.count++
    if (entry >= this.ends.length) {
      this.ends = grown(this.ends)
      this.hashes = grown(this.hashes)
      this.slots = new Int32Array(this.slots.length * 2)
      for (let known = 0; known < entry; known++) this.place(known)
    }
    const size = end - start
    if (this.bytesUsed + size > this.bytes.length) {
      const bigger = new Uint8Array(Math.max(this.bytes.length * 2, this.bytesUsed + size))
      bigger.set(this.bytes)
      this.bytes = bigger
    }
    this.bytes.set(source.subarray(start, end), this.bytesUsed)
    this.bytesUsed += size
    this.ends[entry] = this.bytesUsed
    this.hashes[entry] = hashBytes(source, start, end)
    this.place(entry)
    return entry
  }

  private place(entry: number): void {
    const mask = this.slots.length - 1
    let slot = (this.hashes[entry] as number) & mask
    while (this.slots[slot] !== 0) slot = (slot + 1) & mask
    this.slots[slot] = entry + 1
  }

  private holds(entry: number, source: Uint8Array, start: number, end: number): boolean {
    const from = entry === 0 ? 0 : (this.ends[entry - 1] as number)
    const size = end - start
    if ((this.ends[entry] as number) - from !== size) return false
    const { bytes } = this
    for (let i = 0; i < size; i++) if (bytes[from + i] !== source[start + i]) return false
    return true
  }
}

/** FNV-1a, its last bits mixed so that they can be used alone. */
function hashBytes(source: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5 | 0
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ (source[at] as number), 0x01000193)
  return hash ^ (hash >>> 15)
}

function grown(array: Int32Array): Int32Array<ArrayBuffer> {
  const bigger = new Int32Array(array.length * 2)
  bigger.set(array)
  return bigger
}
