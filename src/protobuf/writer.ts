/**
 * Writes protobuf into one growing buffer. Nested messages are written in place: `begin` leaves room for a length,
 * `end` fills it in and closes the gap when the length turned out shorter or longer than the room.
 */
export class ProtobufWriter {
  buffer: Buffer
  /** The same memory, for writes of several bytes at once. */
  words: DataView
  length = 0

  constructor(initialBytes = 4096) {
    this.buffer = Buffer.allocUnsafeSlow(initialBytes)
    this.words = new DataView(this.buffer.buffer)
  }

  /** The bytes written so far, as a view that the next write may change. */
  view(): Uint8Array {
    return this.buffer.subarray(0, this.length)
  }

  /** A copy of the bytes written so far. */
  toBytes(): Uint8Array {
    return Uint8Array.prototype.slice.call(this.buffer, 0, this.length)
  }

  reset(): void {
    this.length = 0
  }

  reserve(bytes: number): void {
    if (this.length + bytes > this.buffer.length) this.grow(bytes)
  }

  private grow(bytes: number): void {
    const bigger = Buffer.allocUnsafeSlow(Math.max(this.buffer.length * 2, this.length + bytes))
    this.buffer.copy(bigger, 0, 0, this.length)
    this.buffer = bigger
    this.words = new DataView(bigger.buffer)
  }

  byte(value: number): void {
    this.reserve(1)
    this.buffer[this.length++] = value
  }

  /** An unsigned integer up to 2^53. */
  varint(value: number): void {
    this.reserve(10)
    let rest = value
    while (rest > 0x7f) {
      // Division, not a shift: the value may be wider than 32 bits.
      this.buffer[this.length++] = (rest % 128) | 0x80
      rest = Math.floor(rest / 128)
    }
    this.buffer[this.length++] = rest
  }

  /** A signed 64-bit integer, in two's complement as protobuf's int64. */
  varint64(value: bigint): void {
    this.reserve(10)
    let rest = BigInt.asUintN(64, value)
    while (rest > 0x7fn) {
      this.buffer[this.length++] = Number(rest & 0x7fn) | 0x80
      rest >>= 7n
    }
    this.buffer[this.length++] = Number(rest)
  }

  fixed32(value: number): void {
    this.reserve(4)
    this.length = this.buffer.writeUInt32LE(value >>> 0, this.length)
  }

  fixed64(value: bigint): void {
    this.reserve(8)
    this.length = this.buffer.writeBigUInt64LE(BigInt.asUintN(64, value), this.length)
  }

  double(value: number): void {
    this.reserve(8)
    this.length = this.buffer.writeDoubleLE(value, this.length)
  }

  /** Bytes as they are, with no tag and no length. */
  raw(bytes: Uint8Array): void {
    this.reserve(bytes.length)
    this.buffer.set(bytes, this.length)
    this.length += bytes.length
  }

  /** Part of another buffer, with no tag and no length. */
  copy(source: Uint8Array, start: number, end: number): void {
    const size = end - start
    this.reserve(size)
    // A call into native code costs more than copying a few dozen bytes by hand.
    if (size < 48) {
      const { buffer } = this
      let to = this.length
      for (let from = start; from < end; from++) buffer[to++] = source[from] as number
      this.length = to
      return
    }
    // Not `set(subarray())`, which would make a view for every copy.
    if (Buffer.isBuffer(source)) source.copy(this.buffer, this.length, start, end)
    else this.buffer.set(source.subarray(start, end), this.length)
    this.length += size
  }

  /** A length-delimited field. `tag` is the whole tag byte: field number × 8 + 2. */
  bytesField(tag: number, bytes: Uint8Array): void {
    this.byte(tag)
    this.varint(bytes.length)
    this.raw(bytes)
  }

  stringField(tag: number, text: string): void {
    this.byte(tag)
    const size = Buffer.byteLength(text, 'utf8')
    this.varint(size)
    this.reserve(size)
    this.length += this.buffer.write(text, this.length, 'utf8')
  }

  /**
   * Opens a nested message and returns the mark to close it with.
   * @param lengthBytes the room to leave for its length: 1 below 128 bytes, 2 below 16 KiB, 3 below 2 MiB
   */
  begin(tag: number, lengthBytes = 2): number {
    this.reserve(lengthBytes + 1)
    this.buffer[this.length] = tag
    this.length += 1 + lengthBytes
    return this.length
  }

  /** Closes the message opened with this mark and the same `lengthBytes`. */
  end(mark: number, lengthBytes = 2): void {
    const size = this.length - mark
    const needed = varintSize(size)
    if (needed !== lengthBytes) {
      const shift = needed - lengthBytes
      if (shift > 0) this.reserve(shift)
      this.buffer.copyWithin(mark + shift, mark, this.length)
      this.length += shift
    }
    let at = mark - lengthBytes
    let rest = size
    while (rest > 0x7f) {
      this.buffer[at++] = (rest % 128) | 0x80
      rest = Math.floor(rest / 128)
    }
    this.buffer[at] = rest
  }
}

/** How many bytes `value` takes as a varint. */
export function varintSize(value: number): number {
  let size = 1
  for (let rest = value; rest > 0x7f; rest = Math.floor(rest / 128)) size++
  return size
}
