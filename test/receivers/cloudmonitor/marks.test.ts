import { describe, expect, it } from 'vitest'
import { hashSeries, SeriesMarks } from '../../../receivers/cloudmonitor/marks.ts'
import { createRandom } from '../../../simulator/random.ts'

const base = 29_000_000
const web = hashSeries('instanceId=i-web')
const db = hashSeries('instanceId=i-db')

describe('hashSeries', () => {
  it('tells a million series apart', () => {
    const seen = new Set<bigint>()
    for (let index = 0; index < 1_000_000; index++) {
      const { high, low } = hashSeries(`instanceId=i-bp1${index.toString(36)}`)
      seen.add((BigInt(high) << 32n) | BigInt(low))
    }
    expect(seen.size).toBe(1_000_000)
  })

  it('stays the same, since it is stored', () => {
    expect(hashSeries('')).toEqual({ high: 1_217_125_560, low: 451_841_411 })
  })
})

describe('SeriesMarks', () => {
  it('tells what was sent, apart for each series and period', () => {
    const marks = new SeriesMarks(64, base)
    expect(marks.mark(web, base + 1)).toBe('new')
    expect(marks.mark(web, base + 1)).toBe('repeat')
    expect(marks.mark(db, base + 1)).toBe('new')
    expect(marks.mark(web, base + 64)).toBe('new')
    expect(marks.mark(web, base + 33)).toBe('new')
    expect(marks.mark(web, base + 33)).toBe('repeat')
    expect(marks.size).toBe(2)
  })

  it('says of periods that it cannot remember that they lie outside', () => {
    const marks = new SeriesMarks(33, base)
    expect(marks.spanPeriods).toBe(64)
    expect(marks.mark(web, base)).toBe('outside')
    expect(marks.mark(web, base + 65)).toBe('outside')
    expect(marks.has(web)).toBe(false)
  })

  it.each([1, 5, 31, 32, 33, 63, 64, 200])('moves on by %i periods and keeps what is still in reach', (shift) => {
    const marks = new SeriesMarks(64, base)
    const sent = [1, 2, 31, 32, 33, 40, 63, 64].map((offset) => base + offset)
    for (const period of sent) marks.mark(web, period)
    marks.advance(base + shift, 0)
    marks.advance(base, 0)
    for (let period = base + shift + 1; period <= base + 64; period++) {
      expect(marks.mark(web, period), String(period - base)).toBe(sent.includes(period) ? 'repeat' : 'new')
    }
    expect(marks.has(web)).toBe(true)
  })

  it('forgets series of which nothing came for long', () => {
    const marks = new SeriesMarks(64, base)
    marks.mark(web, base + 3)
    marks.mark(db, base + 9)
    marks.advance(base + 8, base + 3)
    expect([marks.has(web), marks.has(db), marks.size]).toEqual([false, true, 1])
    expect(marks.mark(db, base + 9)).toBe('repeat')
  })

  it('is the same after it was stored as changes and as a whole', () => {
    const random = createRandom(7)
    const original = new SeriesMarks(64, base)
    const stored: Uint8Array[] = []
    const series = Array.from({ length: 1000 }, (_, index) => hashSeries(`i-${index}`))
    for (let round = 0; round < 4; round++) {
      for (const each of series) original.mark(each, base + random.integer(1, 60))
      const changes = original.takeChanges()
      if (changes !== undefined) stored.push(changes)
    }
    expect(original.takeChanges()).toBeUndefined()
    const fromChanges = new SeriesMarks(64, base)
    for (const bytes of stored) expect(fromChanges.absorb(bytes)).toBe(true)
    const fromWhole = new SeriesMarks(32, base + 10)
    const pieces = original.snapshot(200)
    expect(pieces).toHaveLength(5)
    for (const bytes of pieces) expect(fromWhole.absorb(bytes)).toBe(true)
    // Of what the second knows: its window begins later and is shorter.
    for (const each of series) {
      for (let period = base + 11; period <= base + 42; period++) {
        const expected = original.mark(each, period)
        expect(fromChanges.mark(each, period)).toBe(expected)
        expect(fromWhole.mark(each, period)).toBe(expected)
      }
    }
  })

  it('takes 15 bytes a series or less once a query has succeeded', () => {
    const marks = new SeriesMarks(64, base)
    for (let index = 0; index < 1000; index++) {
      for (let period = base + 1; period <= base + 7; period++) marks.mark(hashSeries(`i-${index}`), period)
    }
    marks.advance(base + 5, base - 1440)
    const [bytes] = marks.snapshot(1000)
    expect((bytes?.length ?? 0) / 1000).toBeLessThan(12)
  })

  it('refuses bytes of another form', () => {
    const marks = new SeriesMarks(64, base)
    expect(marks.absorb(new Uint8Array([9, 0, 0, 0, 0, 0, 0, 0]))).toBe(false)
    expect(marks.absorb(new Uint8Array([1, 1, 0, 0, 0, 0, 0, 0, 5]))).toBe(false)
    expect(marks.absorb(new Uint8Array())).toBe(false)
    expect(marks.size).toBe(0)
  })
})
