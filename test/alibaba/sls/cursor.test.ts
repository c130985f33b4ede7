import { describe, expect, it } from 'vitest'
import { cursorNumber, cursorOf, isAtOrBehind } from '../../../src/alibaba/sls/cursor.ts'

describe('cursors', () => {
  it('hold a decimal number in padded or unpadded base64', () => {
    expect(cursorNumber('MTQ0NzMyOTQwMTEwMjEzMDkwNA==')).toBe(1447329401102130904n)
    expect(cursorNumber('MTQ0NzMyOTQwMTEwMjEzMDkwNA')).toBe(1447329401102130904n)
    expect(cursorOf(1447329401102130904n)).toBe('MTQ0NzMyOTQwMTEwMjEzMDkwNA==')
  })

  it.each([0n, 7n, -1n, 2n ** 63n - 1n])('round-trip %s', (number) => {
    expect(cursorNumber(cursorOf(number))).toBe(number)
  })

  it.each([
    ['nothing', ''],
    ['what is not base64', 'not base64!'],
    ['text', Buffer.from('abc').toString('base64')],
    ['a number with a blank', Buffer.from('1 2').toString('base64')],
    ['more than 64 bits', Buffer.from('9223372036854775808').toString('base64')],
  ])('have no number when they hold %s', (_name, cursor) => {
    expect(cursorNumber(cursor)).toBeUndefined()
  })
})

describe('isAtOrBehind', () => {
  it.each([
    [cursorOf(9n), cursorOf(10n), true],
    [cursorOf(10n), cursorOf(10n), true],
    [cursorOf(10n), cursorOf(10n).replace(/=+$/, ''), true],
    [cursorOf(11n), cursorOf(10n), false],
    ['opaque', 'opaque', true],
    ['opaque', cursorOf(10n), false],
  ])('%s, %s: %s', (cursor, other, expected) => {
    expect(isAtOrBehind(cursor, other)).toBe(expected)
  })
})
