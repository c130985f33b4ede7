import type { Json } from '../lossless-json.ts'
import { NANOS_PER_MS, NANOS_PER_SECOND } from '../nanoseconds.ts'

/** Numbers up to these are seconds, milliseconds, microseconds since the epoch; larger ones are nanoseconds. */
const units = [
  { upTo: 1e11, nanos: NANOS_PER_SECOND },
  { upTo: 1e14, nanos: NANOS_PER_MS },
  { upTo: 1e17, nanos: 1_000n },
  { upTo: 1e20, nanos: 1n },
]
const isoTime =
  /^(\d{4})-?(\d\d)-?(\d\d)[T ](\d\d):?(\d\d)(?::?(\d\d)(?:[.,](\d{1,9})\d*)?)?\s*(Z|PRC|[+-]\d\d:?\d\d)$/i

/**
 * A time in any form that messages have it (smq.md section 10): ISO 8601 with an offset, extended or compact, with `PRC` for
 * UTC+8, or a number since the epoch, also as text. Nanoseconds since the epoch; `undefined` where it is none of these.
 */
export function parseEventTime(value: Json | undefined): bigint | undefined {
  if (typeof value === 'number' || typeof value === 'bigint') return fromNumber(String(value))
  if (typeof value !== 'string') return undefined
  const text = value.trim()
  return fromNumber(text) ?? fromIso(text)
}

function fromNumber(text: string): bigint | undefined {
  const match = /^(\d{9,19})(?:\.(\d{1,9})\d*)?$/.exec(text)
  if (match === null) return undefined
  const [, whole = '', fraction = ''] = match
  const unit = units.find(({ upTo }) => Number(whole) < upTo)
  if (unit === undefined) return undefined
  const nanosOfFraction = (BigInt(fraction.padEnd(9, '0')) * unit.nanos) / NANOS_PER_SECOND
  return BigInt(whole) * unit.nanos + nanosOfFraction
}

function fromIso(text: string): bigint | undefined {
  const match = isoTime.exec(text)
  if (match === null) return undefined
  const [, year, month, day, hour, minute, second = '00', fraction = '', zone = ''] = match
  const offset = zone.toUpperCase() === 'PRC' ? '+08:00' : zone.replace(/^([+-]\d\d):?(\d\d)$/, '$1:$2').toUpperCase()
  const milliseconds = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}${offset}`)
  if (Number.isNaN(milliseconds) || milliseconds < 0) return undefined
  return BigInt(milliseconds) * NANOS_PER_MS + BigInt(fraction.padEnd(9, '0'))
}
