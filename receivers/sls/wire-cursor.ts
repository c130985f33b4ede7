/**
 * Walks the fields of one protobuf message inside a page. Made once and used for every message of its level, and tells
 * broken framing by a return value: a broken log is an ordinary event here, and its neighbours go on.
 */
export class WireCursor {
  position = 0
  /** 0 varint, 1 fixed64, 2 length-delimited, 5 fixed32. */
  wireType = 0
  /** Where the value of the field that `next` announced lies; for a varint, its bytes. */
  valueStart = 0
  valueEnd = 0
  /** The value of a varint; above 2^53 it is not exact. */
  number = 0
  private bytes: Uint8Array = new Uint8Array()
  private end = 0

  open(bytes: Uint8Array, start: number, end: number): void {
    this.bytes = bytes
    this.position = start
    this.end = end
  }

  /** The number of the next field, whose value is passed over; 0 at the end, -1 where the message is broken. */
  next(): number {
    const { bytes, end, position: before } = this
    if (before >= end) return 0
    // The ordinary field: a tag of one byte, a length of one byte or two.
    const first = bytes[before] as number
    if ((first & 0x87) === 2 && first > 7 && before + 2 < end) {
      const low = bytes[before + 1] as number
      const high = low > 0x7f ? (bytes[before + 2] as number) : 0
      const start = before + (low > 0x7f ? 3 : 2)
      const valueEnd = start + (low & 0x7f) + (high << 7)
      if (high <= 0x7f && valueEnd <= end) {
        this.wireType = 2
        this.valueStart = start
        this.valueEnd = valueEnd
        this.position = valueEnd
        return first >> 3
      }
    }
    const tag = this.varint()
    if (tag < 8) return this.broken(before)
    this.wireType = tag % 8
    this.valueStart = this.position
    let size = 0
    switch (this.wireType) {
      case 0:
        this.number = this.varint()
        if (this.number < 0) return this.broken(before)
        break
      case 1:
        size = 8
        break
      case 2:
        size = this.varint()
        if (size < 0) return this.broken(before)
        this.valueStart = this.position
        break
      case 5:
        size = 4
        break
      default:
        return this.broken(before)
    }
    if (size > end - this.position) return this.broken(before)
    this.position += size
    this.valueEnd = this.position
    return Math.floor(tag / 8)
  }

  /** Leaves the position at the field that cannot be read. */
  private broken(before: number): -1 {
    this.position = before
    return -1
  }

  private varint(): number {
    const { bytes, end } = this
    let at = this.position
    let value = 0
    // Four bytes fit into 32 bits, with which arithmetic is faster.
    for (let shift = 0; shift < 28 && at < end; shift += 7) {
      const byte = bytes[at++] as number
      value |= (byte & 0x7f) << shift
      if (byte < 0x80) {
        this.position = at
        return value
      }
    }
    let scale = 2 ** 28
    for (let count = 4; count < 10 && at < end; count++) {
      const byte = bytes[at++] as number
      value += (byte & 0x7f) * scale
      if (byte < 0x80) {
        this.position = at
        return value
      }
      scale *= 128
    }
    return -1
  }
}
