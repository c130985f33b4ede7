import { attributeKey, RECORD_ATTRIBUTE, writeText } from '../../src/otlp/attribute-bytes.ts'
import type { ProtobufWriter } from '../../src/protobuf/writer.ts'
import type { PageSource } from './convert.ts'

const key = attributeKey('log.record.uid')
const ZERO = 0x30
const NINE = 0x39
const SLASH = 0x2f

/** Room for the longest project, logstore, shard, cursor and index, and for a number that grows by a digit. */
const spareBytes = 64

/**
 * Writes `log.record.uid` of the records of a page: `project/logstore/shard/<n>/<index in the group>`, where n is the decimal
 * cursor number of the log group. It is the same each time a record is read, however the pages fall. Where the server
 * gives no number, n is `<cursor the page began at>+<index of the group in the page>`: the same only as long as the page is.
 *
 * The text is counted up in place, digit by digit, so no record costs a string.
 */
export class RecordUid {
  private readonly bytes: Buffer
  private readonly words: DataView
  private readonly numberStart: number
  private numberEnd: number

  constructor(source: PageSource) {
    const number = source.firstGroupNumber
    const first = number === undefined ? `${source.startCursor}+` : ''
    const prefix = Buffer.from(`${source.project}/${source.logstore}/${source.shardId}/${first}`)
    const digits = Buffer.from(`${number ?? 0}`)
    this.bytes = Buffer.alloc(prefix.length + digits.length + spareBytes)
    this.words = new DataView(this.bytes.buffer, this.bytes.byteOffset, this.bytes.length)
    prefix.copy(this.bytes)
    digits.copy(this.bytes, prefix.length)
    this.numberStart = prefix.length
    this.numberEnd = prefix.length + digits.length
  }

  nextGroup(): void {
    const { bytes } = this
    let at = this.numberEnd - 1
    while (at >= this.numberStart && bytes[at] === NINE) bytes[at--] = ZERO
    if (at >= this.numberStart) {
      bytes[at] = (bytes[at] as number) + 1
      return
    }
    bytes.copyWithin(this.numberStart + 1, this.numberStart, this.numberEnd)
    bytes[this.numberStart] = ZERO + 1
    this.numberEnd++
  }

  /** The attribute for the log with this index in the current group. */
  write(out: ProtobufWriter, index: number): void {
    writeText(out, RECORD_ATTRIBUTE, key, this.bytes, this.words, 0, this.writeIndex(index))
  }

  text(index: number): string {
    return this.bytes.toString('utf8', 0, this.writeIndex(index))
  }

  private writeIndex(index: number): number {
    const { bytes } = this
    let end = this.numberEnd
    bytes[end++] = SLASH
    let digits = 1
    for (let rest = index; rest >= 10; rest = Math.floor(rest / 10)) digits++
    let rest = index
    for (let at = end + digits - 1; at >= end; at--) {
      bytes[at] = ZERO + (rest % 10)
      rest = Math.floor(rest / 10)
    }
    return end + digits
  }
}
