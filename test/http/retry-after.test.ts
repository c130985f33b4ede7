import { describe, expect, it } from 'vitest'
import { parseRetryAfter } from '../../src/http/retry-after.ts'

const NOW_MS = Date.parse('2024-01-02T03:04:05Z')

describe('parseRetryAfter', () => {
  it.each([
    ['0', 0],
    ['120', 120_000],
    [' 3 ', 3_000],
    ['Tue, 02 Jan 2024 03:04:35 GMT', 30_000],
    ['Tue, 02 Jan 2024 03:04:00 GMT', 0],
    ['soon', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('reads %j as %s ms', (value, expected) => {
    expect(parseRetryAfter(value, NOW_MS)).toBe(expected)
  })
})
