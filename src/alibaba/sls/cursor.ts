import type { SlsCursor } from './types.ts'

const INT64_LIMIT = 2n ** 63n

/**
 * The number inside a cursor: base64, padded or not, of a signed 64-bit decimal (sls-protocol 2.3). `undefined` where
 * it is none; a cursor is opaque by contract, so whoever reads the number must be able to do without.
 */
export function cursorNumber(cursor: SlsCursor): bigint | undefined {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(cursor)) return undefined
  const text = Buffer.from(cursor, 'base64').toString('latin1')
  if (!/^-?[0-9]{1,19}$/.test(text)) return undefined
  const number = BigInt(text)
  return number < INT64_LIMIT && number >= -INT64_LIMIT ? number : undefined
}

/** The cursor with this number, padded. */
export function cursorOf(number: bigint): SlsCursor {
  return Buffer.from(number.toString(), 'latin1').toString('base64')
}

/**
 * True when `cursor` is not beyond `other`. Where the cursors are no numbers, only equal ones are known to be.
 */
export function isAtOrBehind(cursor: SlsCursor, other: SlsCursor): boolean {
  const number = cursorNumber(cursor)
  const otherNumber = cursorNumber(other)
  return number === undefined || otherNumber === undefined ? cursor === other : number <= otherNumber
}
