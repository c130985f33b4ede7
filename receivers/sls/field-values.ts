/**
 * Reads numbers, times and parts of text from the bytes of a field, without making a string. A function with more than
 * one result leaves them in `found`, which the next call overwrites.
 */

/** Results of the function called last. */
export const found = {
  /** A part of the text: `end` is not part of it. */
  start: 0,
  end: 0,
  /** A time, since the epoch. */
  seconds: 0,
  nanos: 0,
}

const DASH = 0x2d
const DOT = 0x2e
const ZERO = 0x30
const COLON = 0x3a
const COMMA = 0x2c
const BLANK = 0x20
const AMPERSAND = 0x26
const SEMICOLON = 0x3b
const EQUALS = 0x3d

/** `-`, nothing, `null` and `N/A` mean that there is no value (sls-log-schemas 2.1). */
export function isAbsent(bytes: Uint8Array, start: number, end: number): boolean {
  return end - start <= 4 && saysAbsent(bytes, start, end)
}

function saysAbsent(bytes: Uint8Array, start: number, end: number): boolean {
  switch (end - start) {
    case 0:
      return true
    case 1:
      return bytes[start] === DASH
    case 3:
      return bytes[start] === 0x4e && bytes[start + 1] === 0x2f && bytes[start + 2] === 0x41
    case 4:
      return (
        bytes[start] === 0x6e && bytes[start + 1] === 0x75 && bytes[start + 2] === 0x6c && bytes[start + 3] === 0x6c
      )
    default:
      return false
  }
}

export function equalsBytes(bytes: Uint8Array, start: number, end: number, expected: Uint8Array): boolean {
  if (end - start !== expected.length) return false
  for (let i = 0; i < expected.length; i++) if (bytes[start + i] !== expected[i]) return false
  return true
}

export function isOneOf(bytes: Uint8Array, start: number, end: number, texts: readonly Uint8Array[]): boolean {
  for (const text of texts) if (equalsBytes(bytes, start, end, text)) return true
  return false
}

/** An unsigned integer of up to 15 digits; -1 for all else. */
export function parseSmallInt(bytes: Uint8Array, start: number, end: number): number {
  const size = end - start
  if (size === 0 || size > 15) return -1
  // Nine digits fit into 32 bits, with which arithmetic is faster.
  const middle = size > 9 ? end - 9 : end
  let value = 0
  for (let at = start; at < middle; at++) {
    const digit = (bytes[at] as number) - ZERO
    if (digit < 0 || digit > 9) return -1
    value = (value * 10 + digit) | 0
  }
  if (middle === end) return value
  let low = 0
  for (let at = middle; at < end; at++) {
    const digit = (bytes[at] as number) - ZERO
    if (digit < 0 || digit > 9) return -1
    low = (low * 10 + digit) | 0
  }
  return value * 1e9 + low
}

/** Any 64-bit integer; `undefined` for all else. */
export function parseInt64(bytes: Uint8Array, start: number, end: number): bigint | undefined {
  if (end - start > 20) return undefined
  const text = latin1(bytes, start, end)
  if (!/^-?[0-9]+$/.test(text)) return undefined
  const value = BigInt(text)
  return BigInt.asIntN(64, value) === value ? value : undefined
}

const powersOfTen = Array.from({ length: 23 }, (_, exponent) => 10 ** exponent)

/** The result of `parseDecimal`: a double that a function returns would be an object on the heap. */
export const decimal = new Float64Array(1)

/**
 * A decimal number divided by 10^`scale` (a duration in milliseconds is divided by 10^3 to make seconds), into `decimal`;
 * false where the text is none. Up to 15 digits the result is exact: both operands of its one division are.
 */
export function parseDecimal(bytes: Uint8Array, start: number, end: number, scale: number): boolean {
  let mantissa = 0
  let digits = 0
  let point = -1
  let at = start
  const negative = bytes[at] === DASH
  if (negative) at++
  for (; at < end; at++) {
    const byte = bytes[at] as number
    if (byte === DOT) {
      if (point >= 0) return false
      point = digits
    } else if (byte >= ZERO && byte <= 0x39) {
      mantissa = mantissa * 10 + (byte - ZERO)
      digits++
    } else return parseAnyNumber(bytes, start, end, scale)
  }
  if (digits === 0) return false
  const exponent = (point < 0 ? 0 : digits - point) + scale
  if (digits > 15 || exponent > 22) return parseAnyNumber(bytes, start, end, scale)
  const value = mantissa / (powersOfTen[exponent] as number)
  decimal[0] = negative ? -value : value
  return true
}

function parseAnyNumber(bytes: Uint8Array, start: number, end: number, scale: number): boolean {
  const text = latin1(bytes, start, end)
  if (!/^-?[0-9]+(\.[0-9]*)?(e[+-]?[0-9]+)?$/i.test(text) && !/^-?\.[0-9]+(e[+-]?[0-9]+)?$/i.test(text)) {
    return false
  }
  // The scale goes into the exponent where there is none yet, so that the result is rounded once.
  const value = /e/i.test(text) ? Number(text) / 10 ** scale : Number(`${text}e-${scale}`)
  decimal[0] = value
  return Number.isFinite(value)
}

/** Text of bytes that are expected to be ASCII. */
function latin1(bytes: Uint8Array, start: number, end: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('latin1')
}

/**
 * The last item of a list that has a value (sls-log-schemas 2.3), into `found`. Items are divided by `,`, or by ` : ` between
 * groups of servers.
 *
 * @returns whether there is more than one item; when no item has a value, `found` is an empty part
 */
export function findLastItem(bytes: Uint8Array, start: number, end: number): boolean {
  found.start = start
  found.end = end
  // The ordinary list has one item.
  if (!hasSeparator(bytes, start, end) && bytes[start] !== BLANK && bytes[end - 1] !== BLANK) {
    if (isAbsent(bytes, start, end)) found.start = end
    return false
  }
  let several = false
  let itemEnd = end
  let itemStart = end
  found.start = end
  found.end = end
  let settled = false
  for (;;) {
    itemStart = itemEnd
    while (itemStart > start && !isSeparator(bytes, itemStart - 1, start, end)) itemStart--
    if (!settled) {
      let from = itemStart
      let to = itemEnd
      while (from < to && bytes[from] === BLANK) from++
      while (to > from && bytes[to - 1] === BLANK) to--
      if (!isAbsent(bytes, from, to)) {
        found.start = from
        found.end = to
        settled = true
      }
    }
    if (itemStart === start) return several
    several = true
    itemEnd = itemStart - 1
  }
}

function hasSeparator(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const byte = bytes[at]
    if (byte === COMMA || (byte === COLON && at + 1 < end && bytes[at + 1] === BLANK)) return true
  }
  return false
}

/** A comma, or a colon with a blank on either side. */
function isSeparator(bytes: Uint8Array, at: number, start: number, end: number): boolean {
  const byte = bytes[at]
  if (byte === COMMA) return true
  return byte === COLON && at > start && at + 1 < end && bytes[at - 1] === BLANK && bytes[at + 1] === BLANK
}

/** The position of the colon before the port, or -1 where there is no port. */
export function findPort(bytes: Uint8Array, start: number, end: number): number {
  let at = end - 1
  while (at >= start && (bytes[at] as number) >= ZERO && (bytes[at] as number) <= 0x39) at--
  if (at < start || at === end - 1 || bytes[at] !== COLON) return -1
  // An address of IPv6 without brackets has colons of its own, and its last part is no port.
  if (bytes[at - 1] === 0x5d) return at
  for (let before = start; before < at; before++) if (bytes[before] === COLON) return -1
  return at
}

/** The first position of a byte, or `end`. */
export function indexOfByte(bytes: Uint8Array, start: number, end: number, byte: number): number {
  for (let at = start; at < end; at++) if (bytes[at] === byte) return at
  return end
}

const YEAR_3000_SECONDS = 32_503_680_000

/**
 * A time, into `found`: ISO 8601 with a zone (`2026-03-02T08:15:30.123+08:00`, `…Z`), the date of access logs with a zone
 * (`2/Mar/2026:08:15:30 +0800`), or an epoch number whose unit its size tells (sls-log-schemas 2.4). False for all else, times without a zone among them.
 */
export function parseTime(bytes: Uint8Array, start: number, end: number): boolean {
  const size = end - start
  if (size >= 20 && bytes[start + 4] === DASH) return parseIsoTime(bytes, start, end)
  if (size >= 25 && size <= 26 && bytes[end - 6] === BLANK) return parseAccessLogTime(bytes, start, end)
  if (size < 9 || size > 20) return false
  const whole = indexOfByte(bytes, start, end, DOT)
  const value = parseSmallInt(bytes, start, Math.min(whole, start + 10))
  if (value < 0) return false
  const digits = whole - start
  // The digits behind the first ten, and those behind the point, are the fraction when the seconds take ten.
  if (digits !== 10 && digits !== 13 && digits !== 16 && digits !== 19) return false
  if (digits !== 10 && whole !== end) return false
  const from = digits === 10 ? Math.min(whole + 1, end) : start + 10
  const nanos = parseFraction(bytes, from, end)
  if (nanos < 0) return false
  found.seconds = value
  found.nanos = nanos
  return true
}

/** Up to nine digits behind the point, as nanoseconds; further digits are cut. -1 where there is something else. */
function parseFraction(bytes: Uint8Array, start: number, end: number): number {
  let nanos = 0
  let unit = 100_000_000
  for (let at = start; at < end; at++) {
    const digit = (bytes[at] as number) - ZERO
    if (digit < 0 || digit > 9) return -1
    nanos += digit * Math.floor(unit)
    unit /= 10
  }
  return nanos
}

function parseIsoTime(bytes: Uint8Array, start: number, end: number): boolean {
  const century = twoDigits(bytes, start)
  const yearOfCentury = twoDigits(bytes, start + 2)
  const month = twoDigits(bytes, start + 5)
  const day = twoDigits(bytes, start + 8)
  const hour = twoDigits(bytes, start + 11)
  const minute = twoDigits(bytes, start + 14)
  const second = twoDigits(bytes, start + 17)
  if (century < 0 || yearOfCentury < 0 || month < 1 || month > 12 || day < 1 || day > 31) return false
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60) return false
  if (bytes[start + 7] !== DASH || bytes[start + 13] !== COLON || bytes[start + 16] !== COLON) return false
  let at = start + 19
  let nanos = 0
  if (bytes[at] === DOT) {
    const from = at + 1
    at = from
    while (at < end && (bytes[at] as number) >= ZERO && (bytes[at] as number) <= 0x39) at++
    nanos = parseFraction(bytes, from, Math.min(at, from + 9))
  }
  const zone = bytes[at]
  let offset = 0
  if (zone === 0x5a || zone === 0x7a) {
    if (at + 1 !== end) return false
  } else if (zone === 0x2b || zone === DASH) {
    const hours = twoDigits(bytes, at + 1)
    const minutesAt = bytes[at + 3] === COLON ? at + 4 : at + 3
    const minutes = twoDigits(bytes, minutesAt)
    if (hours < 0 || minutes < 0 || minutesAt + 2 !== end) return false
    offset = (hours * 60 + minutes) * (zone === DASH ? -60 : 60)
  } else return false
  const days = daysSinceEpoch(century * 100 + yearOfCentury, month, day)
  const seconds = days * 86_400 + hour * 3600 + minute * 60 + second - offset
  if (seconds < 0 || seconds > YEAR_3000_SECONDS) return false
  found.seconds = seconds
  found.nanos = nanos
  return true
}

/** -1 where there are none. */
function twoDigits(bytes: Uint8Array, at: number): number {
  const tens = (bytes[at] as number) - ZERO
  const ones = (bytes[at + 1] as number) - ZERO
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : -1
}

/** Days from 1970-01-01 in the Gregorian calendar. Years are counted from March, so that the leap day is the last one. */
function daysSinceEpoch(year: number, month: number, day: number): number {
  const marchYear = month > 2 ? year : year - 1
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1
  const leapDays = Math.floor(marchYear / 4) - Math.floor(marchYear / 100) + Math.floor(marchYear / 400)
  return marchYear * 365 + leapDays + dayOfYear - 719_468
}

/** `2/Mar/2026:08:15:30 +0800`, the day with one digit or two. */
function parseAccessLogTime(bytes: Uint8Array, start: number, end: number): boolean {
  const match = /^(\d{1,2})\/([A-Z][a-z]{2})\/(\d{4}):(\d\d:\d\d:\d\d) ([+-]\d\d)(\d\d)$/.exec(
    latin1(bytes, start, end),
  )
  if (match === null) return false
  const [, day = '', month = '', year = '', time = '', hours = '', minutes = ''] = match
  const number = 'JanFebMarAprMayJunJulAugSepOctNovDec'.indexOf(month) / 3 + 1
  const isoMonth = String(number).padStart(2, '0')
  const milliseconds = Date.parse(`${year}-${isoMonth}-${day.padStart(2, '0')}T${time}${hours}:${minutes}`)
  if (!(milliseconds >= 0)) return false
  found.seconds = milliseconds / 1000
  found.nanos = 0
  return true
}

/** `2026-03-02 08:15:30.123`: a date and a time of day, without a zone. */
export function isLocalDate(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start < 19 || end - start > 29) return false
  return /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d([.:,]\d+)?$/.test(latin1(bytes, start, end))
}

const levelWords = new Set([
  ...['trace', 'debug', 'info', 'notice', 'note', 'system', 'log', 'warn', 'warning', 'error', 'err'],
  ...['fatal', 'panic', 'critical', 'alert', 'emergency'],
])
/** A logger's prefix is no longer than this. */
const levelPrefixBytes = 160

/**
 * The word by which a logger tells the level of a line, in lower case; empty where there is none. The words occur in
 * ordinary sentences too, so one counts only in capitals, in brackets, before a colon, or as the first of the line.
 */
export function findLevelWord(bytes: Uint8Array, start: number, end: number): string {
  const text = latin1(bytes, start, Math.min(end, start + levelPrefixBytes))
  for (const match of text.matchAll(/[A-Za-z]+/g)) {
    const [word] = match
    const lower = word.toLowerCase()
    if (!levelWords.has(lower)) continue
    const before = text[match.index - 1] ?? ''
    const after = text[match.index + word.length] ?? ''
    if (/[\w.-]/.test(before) || /[\w-]/.test(after)) continue
    const isMarked = word === word.toUpperCase() || (before === '[' && after === ']') || after === ':'
    if (isMarked || match.index === 0) return lower
  }
  return ''
}

/** True for a line of Kubernetes' logger with this level: `E0302 08:15:30.123456 …`. */
export function hasKlogLevel(bytes: Uint8Array, start: number, end: number, letter: number): boolean {
  if (end - start < 6 || bytes[start] !== letter || bytes[start + 5] !== BLANK) return false
  return parseSmallInt(bytes, start + 1, start + 5) >= 0
}

/** `true`, `false`, `1`, `0`, `on`, `off` in any case; `undefined` for all else. */
export function parseBool(bytes: Uint8Array, start: number, end: number): boolean | undefined {
  for (const word of trueWords) if (equalsIgnoringCase(bytes, start, end, word)) return true
  for (const word of falseWords) if (equalsIgnoringCase(bytes, start, end, word)) return false
  return undefined
}

const trueWords = ['true', '1', 'on'].map((word) => Buffer.from(word))
const falseWords = ['false', '0', 'off'].map((word) => Buffer.from(word))

/** True when the text is the expected one, which is in lower case. */
function equalsIgnoringCase(bytes: Uint8Array, start: number, end: number, expected: Uint8Array): boolean {
  if (end - start !== expected.length) return false
  for (let i = 0; i < expected.length; i++) if (lowerCase(bytes[start + i] as number) !== expected[i]) return false
  return true
}

/** Text of headers that may hold a session or a credential. */
export const hasSecretHeader = (text: string): boolean => secretHeaderWords.test(text)
const secretHeaderWords = /cookie|authorization|token|secret/i

/** Query parameters whose values are secrets (sls-log-schemas 2.9), in lower case. */
const secretParameters = [
  'signature',
  'x-oss-signature',
  'security-token',
  'x-oss-security-token',
  'sig',
  'token',
  'access_token',
  'password',
].map((name) => Buffer.from(name))
const redactedValue = Buffer.from('REDACTED')

/** True when a query string (without its `?`) holds a parameter whose value is a secret. */
export function hasSecretParameter(bytes: Uint8Array, start: number, end: number): boolean {
  let nameStart = start
  for (let at = start; at < end; at++) {
    const byte = bytes[at]
    if (byte === AMPERSAND || byte === SEMICOLON) nameStart = at + 1
    else if (byte === EQUALS && nameStart >= 0) {
      if (isSecretParameter(bytes, nameStart, at)) return true
      nameStart = -1
    }
  }
  return false
}

function isSecretParameter(bytes: Uint8Array, start: number, end: number): boolean {
  for (const name of secretParameters) if (equalsIgnoringCase(bytes, start, end, name)) return true
  return false
}

export const lowerCase = (byte: number): number => (byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte)

/** How many bytes of a redacted query one byte can become: `sig=` becomes `sig=REDACTED`. */
export const redactedSize = 3

/**
 * Copies a query string (without its `?`) with the values of secret parameters masked.
 * @param into from `at` on it has room for `redactedSize` times the query
 * @returns where the copy ends
 */
export function copyRedactedQuery(into: Uint8Array, at: number, bytes: Uint8Array, start: number, end: number): number {
  let to = at
  let nameStart = start
  let isSecret = false
  for (let from = start; from < end; from++) {
    const byte = bytes[from] as number
    if (byte === AMPERSAND || byte === SEMICOLON) {
      nameStart = from + 1
      isSecret = false
    }
    if (!isSecret) into[to++] = byte
    if (byte === EQUALS && nameStart >= 0) {
      isSecret = isSecretParameter(bytes, nameStart, from)
      if (isSecret) {
        into.set(redactedValue, to)
        to += redactedValue.length
      }
      nameStart = -1
    }
  }
  return to
}

/** As `copyRedactedQuery`, of a text. */
export function redactQuery(query: string): string {
  const bytes = Buffer.from(query)
  const into = Buffer.alloc(bytes.length * redactedSize)
  return into.toString('utf8', 0, copyRedactedQuery(into, 0, bytes, 0, bytes.length))
}

/** A URL, or any text with a `?`, with the secrets of its query masked. */
export function redactUrl(url: string): string {
  const at = url.indexOf('?')
  return at < 0 ? url : `${url.slice(0, at + 1)}${redactQuery(url.slice(at + 1))}`
}
