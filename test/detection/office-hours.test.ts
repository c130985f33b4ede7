import { describe, expect, it } from 'vitest'
import { isAddressOrNetwork } from '../../src/detection/address-list.ts'
import { parseOfficeHours } from '../../src/detection/office-hours.ts'

describe('parseOfficeHours', () => {
  it.each([
    // 2025-06-06 was a Friday.
    ['Mon-Fri 08:00-19:00 UTC', '2025-06-06T08:00:00Z', true],
    ['Mon-Fri 08:00-19:00 UTC', '2025-06-06T19:00:00Z', false],
    ['Mon-Fri 08:00-19:00 UTC', '2025-06-07T12:00:00Z', false],
    ['Fri 08:00-24:00 UTC', '2025-06-06T23:59:59Z', true],
    ['Sat-Mon 00:00-24:00 UTC', '2025-06-08T12:00:00Z', true],
    ['Sat-Mon 00:00-24:00 UTC', '2025-06-06T12:00:00Z', false],
    ['Fri 22:00-06:00 UTC', '2025-06-07T05:59:00Z', true],
    ['Fri 22:00-06:00 UTC', '2025-06-06T05:59:00Z', false],
    ['Mon-Fri 09:00-17:00 Asia/Shanghai', '2025-06-06T01:00:00Z', true],
    // Summer time in Berlin.
    ['Mon-Fri 09:00-17:00 Europe/Berlin', '2025-06-06T07:00:00Z', true],
    ['Mon-Fri 09:00-17:00 Europe/Berlin', '2025-01-06T07:30:00Z', false],
  ])('%s at %s: %s', (text, time, expected) => {
    expect(parseOfficeHours(text)?.(Date.parse(time))).toBe(expected)
  })

  it.each([
    '',
    'Mon-Fri',
    'Mon-Fry 08:00-19:00 UTC',
    'Mon 25:00-26:00 UTC',
    'Mon 08:00-08:00 UTC',
    'Mon 08:00-19:00 Mars/Base',
  ])('refuses "%s"', (text) => {
    expect(parseOfficeHours(text)).toBeUndefined()
  })
})

describe('isAddressOrNetwork', () => {
  it.each([
    ['192.0.2.1', true],
    ['192.0.2.0/24', true],
    ['2001:db8::/32', true],
    ['2001:db8::/129', false],
    ['192.0.2.0/33', false],
    ['192.0.2.0/', false],
    ['192.0.2.0/24/1', false],
    ['example.com', false],
  ])('%s: %s', (text, expected) => {
    expect(isAddressOrNetwork(text)).toBe(expected)
  })
})
