/** The bytes are no protobuf message of the expected shape. `offset` is where in the buffer that showed. */
export class ProtobufError extends Error {
  readonly offset: number
  constructor(message: string, offset: number) {
    super(`${message} at byte ${offset}`)
    this.name = 'ProtobufError'
    this.offset = offset
  }
}

/**
 * Reads protobuf from part of a buffer. Every length is checked against the enclosing message before anything is read.
 *
 *     for (let field = reader.field(); field !== 0; field = reader.field()) { … reader.skip() … }
 */
export class ProtobufReader {
  readonly buffer: Buffer
  position: number
  readonly end: number
  /** The wire type of the field that `field()` announced last: 0 varint, 1 fixed64, 2 length-delimited, 5 fixed32. */
  wireType = 0

  constructor(bytes: Uint8Array, start = 0, end = bytes.length) {
    this.buffer = Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.position = start
    this.end = end
  }

  /** The number of the next field, or 0 at the end of the message. */
  field(): number {
    if (this.position >= this.end) return 0
    const tag = this.varint()
    const number = Math.floor(tag / 8)
    this.wireType = tag % 8
    if (number === 0) throw new ProtobufError('Field number 0', this.position)
    return number
  }

  /** An unsigned varint up to 2^53; larger ones lose their low digits, so use `varint64` where they may occur. */
  varint(): number {
    // Nearly all tags, and most lengths, take one byte.
    const first = this.position < this.end ? (this.buffer[this.position] as number) : 0x80
    if (first < 0x80) {
      this.position++
      return first
    }
    let value = 0
    let scale = 1
    for (let count = 0; count < 10; count++) {
      if (this.position >= this.end) throw new ProtobufError('Number runs past its message', this.position)
      const byte = this.buffer[this.position++] as number
      value += (byte & 0x7f) * scale
      if (byte < 0x80) return value
      scale *= 128
    }
    throw new ProtobufError('Number longer than 10 bytes', this.position)
  }

  /** A signed 64-bit integer (protobuf int64). */
  varint64(): bigint {
    let value = 0n
    for (let shift = 0n; shift < 70n; shift += 7n) {
      if (this.position >= this.end) throw new ProtobufError('Number runs past its message', this.position)
      const byte = this.buffer[this.position++] as number
      value |= BigInt(byte & 0x7f) << shift
      if (byte < 0x80) return BigInt.asIntN(64, value)
    }
    throw new ProtobufError('Number longer than 10 bytes', this.position)
  }

  fixed32(): number {
    return this.buffer.readUInt32LE(this.take(4))
  }

  fixed64(): bigint {
    return this.buffer.readBigUInt64LE(this.take(8))
  }

  double(): number {
    return this.buffer.readDoubleLE(this.take(8))
  }

  /** The bytes of a length-delimited field, as a view. */
  bytes(): Buffer {
    const start = this.message()
    return this.buffer.subarray(start, this.position)
  }

  string(): string {
    const start = this.message()
    return this.buffer.toString('utf8', start, this.position)
  }

  /** A reader for the nested message that comes next; this reader goes on behind it. */
  nested(): ProtobufReader {
    const start = this.message()
    return new ProtobufReader(this.buffer, start, this.position)
  }

  /** Passes over a length-delimited field and returns where its content starts; it ends at `position`. */
  message(): number {
    if (this.wireType !== 2) throw new ProtobufError(`Wire type ${this.wireType} where 2 is expected`, this.position)
    const length = this.varint()
    return this.take(length)
  }

  /** Passes over the value of the field that `field()` announced. */
  skip(): void {
    switch (this.wireType) {
      case 0:
        this.varint()
        return
      case 1:
        this.take(8)
        return
      case 2:
        this.message()
        return
      case 5:
        this.take(4)
        return
      default:
        throw new ProtobufError(`Wire type ${this.wireType}`, this.position)
    }
  }

  private take(bytes: number): number {
    const start = this.position
    if (bytes > this.end - start) throw new ProtobufError('Field runs past its message', start)
    this.position = start + bytes
    return start
  }
}
