import { describe, expect, it } from 'vitest'
import {
  decimal,
  findLastItem,
  findPort,
  found,
  hasSecretParameter,
  isAbsent,
  parseDecimal,
  parseInt64,
  parseSmallInt,
  parseTime,
  redactQuery,
  redactUrl,
} from '../../../receivers/sls/field-values.ts'

/** The text in the middle of other bytes, as a field lies in a page. */
function on<Result>(text: string, call: (bytes: Uint8Array, start: number, end: number) => Result): Result {
  const bytes = Buffer.from(`9-${text}9-`)
  return call(bytes, 2, bytes.length - 2)
}

describe('isAbsent', () => {
  it.each(['', '-', 'null', 'N/A'])('%j is no value', (text) => expect(on(text, isAbsent)).toBe(true))
  it.each(['0', '--', 'nul', 'NULL', 'n/a', 'nulls'])('%j is a value', (text) => expect(on(text, isAbsent)).toBe(false))
})

describe('numbers', () => {
  it.each([
    ['0', 0],
    ['00042', 42],
    ['999999999999999', 999_999_999_999_999],
  ])('parseSmallInt %s', (text, value) => {
    expect(on(text, parseSmallInt)).toBe(value)
  })
  it.each(['', '-1', '1.0', '12a', '1000000000000000'])('parseSmallInt leaves %j to others', (text) => {
    expect(on(text, parseSmallInt)).toBe(-1)
  })
  it.each<[string, bigint | undefined]>([
    ['9223372036854775807', 9_223_372_036_854_775_807n],
    ['-9223372036854775808', -9_223_372_036_854_775_808n],
    ['9223372036854775808', undefined],
    ['1'.repeat(30), undefined],
    ['1e3', undefined],
    ['', undefined],
  ])('parseInt64 %s', (text, value) => expect(on(text, parseInt64)).toBe(value))

  it.each<[string, number, number]>([
    ['0.012', 0, 0.012],
    ['12327', 6, 0.012327],
    ['60.000', 0, 60],
    ['-1.5', 0, -1.5],
    ['1.', 0, 1],
    ['.5', 0, 0.5],
    ['1e-3', 0, 0.001],
    ['0.1234567890123456789', 0, Number('0.1234567890123456789')],
    ['123456789012345678', 3, Number('123456789012345.678')],
    ['3', 9, 3e-9],
  ])('parseDecimal %s divided by 10^%i', (text, scale, value) => {
    expect(on(text, (bytes, start, end) => parseDecimal(bytes, start, end, scale))).toBe(true)
    expect(decimal[0]).toBe(value)
  })
  it.each(['', '-', '.', '1.2.3', 'abc', '1s', '0x10', 'Infinity', '1e999', ' 1'])(
    'parseDecimal refuses %j',
    (text) => {
      expect(on(text, (bytes, start, end) => parseDecimal(bytes, start, end, 0))).toBe(false)
    },
  )
})

describe('lists', () => {
  const lastItem = (text: string) =>
    on(text, (bytes, start, end) => {
      const several = findLastItem(bytes, start, end)
      return [Buffer.from(bytes).toString('utf8', found.start, found.end), several]
    })
  it.each<[string, string, boolean]>([
    ['192.0.2.1:80', '192.0.2.1:80', false],
    ['502, 200', '200', true],
    ['502,200', '200', true],
    ['200, -', '200', true],
    ['-, -', '', true],
    ['0.001 : 0.002', '0.002', true],
    ['0.001, 0.002 : -', '0.002', true],
    ['[2001:db8::1]:80', '[2001:db8::1]:80', false],
  ])('the last value of %j is %j', (text, value, several) => expect(lastItem(text)).toEqual([value, several]))

  it.each<[string, string | undefined]>([
    ['192.0.2.1:8080', '8080'],
    ['[2001:db8::1]:443', '443'],
    ['2001:db8::1', undefined],
    ['example.com', undefined],
    ['unix:/run/app.sock', undefined],
    ['example.com:', undefined],
    [':80', '80'],
  ])('the port of %j is %j', (text, port) => {
    expect(
      on(text, (bytes, start, end) => {
        const at = findPort(bytes, start, end)
        return at < 0 ? undefined : Buffer.from(bytes).toString('utf8', at + 1, end)
      }),
    ).toBe(port)
  })
})

describe('parseTime', () => {
  it.each<[string, number, number]>([
    ['2026-03-02T08:15:30+08:00', 1_772_410_530, 0],
    ['2026-03-02T00:15:30.123456789Z', 1_772_410_530, 123_456_789],
    ['2026-03-02T00:15:30.5Z', 1_772_410_530, 500_000_000],
    ['2026-03-01T19:15:30-0500', 1_772_410_530, 0],
    ['2026-03-02T00:15:30.1234567891234Z', 1_772_410_530, 123_456_789],
    ['1772410530', 1_772_410_530, 0],
    ['1772410530.25', 1_772_410_530, 250_000_000],
    ['1772410530123', 1_772_410_530, 123_000_000],
    ['1772410530123456', 1_772_410_530, 123_456_000],
    ['1772410530123456789', 1_772_410_530, 123_456_789],
  ])('%s', (text, seconds, nanos) => {
    expect(on(text, parseTime)).toBe(true)
    expect([found.seconds, found.nanos]).toEqual([seconds, nanos])
  })
  it.each([
    '',
    'yesterday',
    '2026-03-02 00:15:30',
    '2026-03-02T00:15:30',
    '2026-13-02T00:15:30Z',
    '2026-03-02T24:15:30Z',
    '2026-03-02T00:15:30Zz',
    '2026-03-02T00:15:30+08',
    '17724105301',
    '1772410530123.5',
    '177241053a',
  ])('%j is no time', (text) => expect(on(text, parseTime)).toBe(false))
})

describe('secrets in queries', () => {
  it.each<[string, string]>([
    ['a=1&Signature=x%3D&b=2', 'a=1&Signature=REDACTED&b=2'],
    ['SECURITY-TOKEN=x', 'SECURITY-TOKEN=REDACTED'],
    ['x-oss-signature=1;x-oss-security-token=2', 'x-oss-signature=REDACTED;x-oss-security-token=REDACTED'],
    ['sig=1&token=2&access_token=3&password=4', 'sig=REDACTED&token=REDACTED&access_token=REDACTED&password=REDACTED'],
    ['token=a=b&c', 'token=REDACTED&c'],
    ['sig=;sig=&sig=', 'sig=REDACTED;sig=REDACTED&sig=REDACTED'],
    ['&=&é=ü&;sig==é&', '&=&é=ü&;sig=REDACTED&'],
  ])('%s', (query, redacted) => {
    expect(on(query, hasSecretParameter)).toBe(true)
    expect(redactQuery(query)).toBe(redacted)
    expect(redactUrl(`/path?${query}`)).toBe(`/path?${redacted}`)
  })
  it.each(['', 'a=1', 'token', 'tokens=1', 'mytoken=1', 'a=Signature=1', 'id=42&ref=sig'])('%j holds none', (query) => {
    expect(on(query, hasSecretParameter)).toBe(false)
    expect(redactQuery(query)).toBe(query)
  })
})
