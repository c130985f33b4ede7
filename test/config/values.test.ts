import { describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { durationSchema, formatDuration, parseDuration } from '../../src/config/duration.ts'
import { toJsonSchema } from '../../src/config/option-faults.ts'
import { booleanSchema, numberSchema } from '../../src/config/scalars.ts'
import { parseSize, sizeSchema } from '../../src/config/size.ts'
import { startAtSchema } from '../../src/config/start-at.ts'

function read(schema: z.ZodType, written: unknown): unknown {
  const result = schema.safeParse(written)
  return result.success ? result.data : result.error.issues.map(({ message }) => message).join('; ')
}

describe('durations', () => {
  it.each([
    ['250ms', 250],
    ['30s', 30_000],
    ['10m', 600_000],
    ['24h', 86_400_000],
    ['7d', 604_800_000],
    ['1h30m', 5_400_000],
    ['1.5s', 1_500],
    ['0s', 0],
    ['-6h', -21_600_000],
    ['', undefined],
    ['-', undefined],
    ['30', undefined],
    ['30 s', undefined],
    ['s', undefined],
    ['1w', undefined],
    ['1s!', undefined],
  ])('%j is %j ms', (text, ms) => {
    expect(parseDuration(text)).toBe(ms)
  })

  it.each([
    [0, '0s'],
    [250, '250ms'],
    [90_000, '1m30s'],
    [86_400_000, '1d'],
    [-21_600_000, '-6h'],
  ])('%d ms is written %j', (ms, text) => {
    expect(formatDuration(ms)).toBe(text)
    expect(parseDuration(text)).toBe(ms)
  })

  it.each([
    ['200ms', 200],
    ['10m', 600_000],
    [undefined, 1_000],
    ['199ms', 'is too short'],
    ['11m', 'is too long'],
    [5, 'needs a unit: write 5s or 5ms'],
    ['5', 'must be a duration such as 250ms, 30s, 10m, 24h, 7d or 1h30m'],
    ['-5s', 'must be a duration such as 250ms, 30s, 10m, 24h, 7d or 1h30m'],
  ])('an option of 200ms to 10m, 1s by default, reads %j as %j', (written, expected) => {
    expect(read(durationSchema({ min: '200ms', max: '10m', default: '1s' }), written)).toBe(expected)
  })

  it('are text with a pattern and a default in the JSON schema', () => {
    expect(toJsonSchema(durationSchema({ default: '1s' }))).toEqual({
      type: 'string',
      pattern: expect.stringContaining('ms|[smhd]'),
      default: '1s',
    })
  })
})

describe('sizes', () => {
  it.each([
    ['512B', 512],
    ['4KiB', 4_096],
    ['16MiB', 16_777_216],
    ['1GiB', 1_073_741_824],
    ['1MB', 1_000_000],
    ['1.5KiB', 1_536],
    ['16', undefined],
    ['16mib', undefined],
    ['-1KiB', undefined],
    ['MiB', undefined],
  ])('%j is %j bytes', (text, bytes) => {
    expect(parseSize(text)).toBe(bytes)
  })

  it.each([
    ['64KiB', 65_536],
    [undefined, 4_194_304],
    ['63KiB', 'is too small'],
    ['65MiB', 'is too large'],
    [4096, 'needs a unit: write 4096B, 4096KiB or 4096MiB'],
    ['4M', 'must be a size such as 512B, 64KiB, 16MiB, 1GiB or 1MB'],
  ])('an option of 64KiB to 64MiB, 4MiB by default, reads %j as %j', (written, expected) => {
    expect(read(sizeSchema({ min: '64KiB', max: '64MiB', default: '4MiB' }), written)).toBe(expected)
  })
})

describe('numbers and booleans', () => {
  it.each([
    [3, 3],
    ['3', 3],
    [undefined, 8],
    [0, 'must be a whole number from 1 to 10'],
    ['11', 'must be a whole number from 1 to 10'],
    [1.5, 'must be a whole number from 1 to 10'],
    ['0x3', 'must be a whole number from 1 to 10'],
    ['', 'must be a whole number from 1 to 10'],
    [true, 'must be a whole number from 1 to 10'],
  ])('an option of 1 to 10, 8 by default, reads %j as %j', (written, expected) => {
    expect(read(numberSchema({ integer: true, min: 1, max: 10, default: 8 }), written)).toBe(expected)
  })

  it.each([
    [true, true],
    ['true', true],
    ['false', false],
    [undefined, false],
    ['yes', 'must be true or false'],
    [1, 'must be true or false'],
  ])('a switch, off by default, reads %j as %j', (written, expected) => {
    expect(read(booleanSchema(false), written)).toBe(expected)
  })
})

describe('start_at', () => {
  it.each([
    ['earliest', { at: 'earliest' }],
    ['latest', { at: 'latest' }],
    ['-6h', { at: 'relative', ms: -21_600_000 }],
    ['2026-01-31T08:00:00Z', { at: 'time', unixMs: Date.UTC(2026, 0, 31, 8) }],
    ['2026-01-31T08:00:00.5+08:00', { at: 'time', unixMs: Date.UTC(2026, 0, 31, 0, 0, 0, 500) }],
    ['6h', 'needs a minus sign to mean a time ago: -6h'],
    ['0s', 'needs a minus sign to mean a time ago: -0s'],
    ['2999-01-01T00:00:00Z', 'lies in the future'],
    ['2026-13-01T00:00:00Z', 'is a time that does not exist'],
    ['2026-01-31T08:00:00', 'is no place to start'],
    ['yesterday', 'is no place to start'],
  ])('reads %j as %j', (written, expected) => {
    expect(read(startAtSchema, written)).toEqual(expected)
  })
})
