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
    const before = this.position
    if (before >= this.end) return 0
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
    if (size > this.end - this.position) return this.broken(before)
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
    let value = 0
    let scale = 1
    for (let count = 0; count < 10; count++) {
      if (this.position >= this.end) return -1
      const byte = this.bytes[this.position++] as number
      value += (byte & 0x7f) * scale
      if (byte < 0x80) return value
      scale *= 128
    }
    return -1
  }
}
