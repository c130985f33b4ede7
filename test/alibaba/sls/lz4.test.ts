import { describe, expect, it } from 'vitest'
import {
  compressLz4Block,
  compressLz4BlockJavaScript,
  decompressLz4Block,
  decompressLz4BlockJavaScript,
  Lz4Error,
  lz4Implementation,
} from '../../../src/alibaba/sls/lz4.ts'

// The vectors of sls-protocol 3.5.
const P1 = '0a320a1e08f8b2939e0512160a07546573744b6579120b54657374436f6e74656e741a00220e31302e3233302e3230312e313137'
const P1_LZ4 =
  'f0080a320a1e08f8b2939e0512160a07546573744b6579120b0900f00a436f6e74656e741a00220e31302e3233302e3230312e313137'
const P2 =
  '0a590a2908a5facdac06120d0a056c6576656c1204696e666f120d0a036d7367120668c3a96c6c6f2515cd5b071a027431220831302e302e302e31' +
  '321e0a105f5f726563656976655f74696d655f5f120a31373034313634363436'
const P3_LZ4 =
  'ff4c0a590a2908a5facdac06120d0a056c6576656c1204696e666f120d0a036d7367120668c3a96c6c6f2515cd5b071a027431220831302e302e30' +
  '2e31321e0a105f5f726563656976655f74696d655f5f120a313730343136343634365b009d60313634363436'

const vectors = [
  ['P1, literals only', `f025${P1}`, P1],
  ['P1', P1_LZ4, P1],
  ['P3, an overlapping match', P3_LZ4, P2 + P2 + P2],
] as const

const implementations = [
  [`the chosen one (${lz4Implementation()})`, decompressLz4Block, compressLz4Block],
  ['JavaScript', decompressLz4BlockJavaScript, compressLz4BlockJavaScript],
] as const

/** A generator of numbers in [0, 1), the same for the same seed (mulberry32). */
function seededRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Bytes of every compressibility: few distinct values repeat soon, many never do. */
function randomBytes(size: number, distinct: number, random: () => number): Buffer {
  return Buffer.from(Array.from({ length: size }, () => Math.floor(random() * distinct)))
}

describe.each(implementations)('LZ4 blocks, %s', (_name, decompress, compress) => {
  it.each(vectors)('decompresses vector %s', (_vector, block, raw) => {
    expect(decompress(Buffer.from(block, 'hex'), raw.length / 2).toString('hex')).toBe(raw)
  })

  it('reads what either implementation wrote, for every size and compressibility', () => {
    const random = seededRandom(1)
    for (const size of [1, 2, 12, 13, 14, 15, 16, 19, 100, 269, 270, 271, 4096, 70_000, 200_000]) {
      for (const distinct of [1, 2, 16, 256]) {
        const raw = randomBytes(size, distinct, random)
        expect(decompress(compressLz4Block(raw), size).equals(raw)).toBe(true)
        expect(decompress(compressLz4BlockJavaScript(raw), size).equals(raw)).toBe(true)
      }
    }
  })

  it('compresses what repeats', () => {
    const raw = Buffer.from(P2.repeat(100), 'hex')
    expect(compress(raw).length).toBeLessThan(raw.length / 10)
  })

  it.each([
    ['a smaller size', P1_LZ4, 51],
    ['a larger size', P1_LZ4, 53],
    ['no input', '', 1],
    ['literals past the end', 'f025aabb', 52],
    ['an end inside a literal length', 'f0', 15],
    ['an end inside an offset', '1041', 5],
    ['an end inside a match length', '1f410100', 40],
    ['an offset before the beginning', '104102000000', 5],
    ['an offset of zero', '1041000000', 5],
    ['a size that no input of this length reaches', P1_LZ4, 2 ** 31],
    ['a size that is none', P1_LZ4, Number.NaN],
    ['a negative size', P1_LZ4, -1],
  ])('refuses %s', (_case, block, rawSize) => {
    expect(() => decompress(Buffer.from(block, 'hex'), rawSize)).toThrow(Lz4Error)
  })

  it('gives exactly the announced size or throws Lz4Error, whatever the input', () => {
    const random = seededRandom(2)
    const raw = Buffer.concat([Buffer.from(P2.repeat(3), 'hex'), randomBytes(400, 4, random)])
    const block = compressLz4BlockJavaScript(raw)
    let refused = 0
    for (let round = 0; round < 5_000; round++) {
      const mutated = Buffer.from(block.subarray(0, round % 5 === 0 ? Math.floor(random() * block.length) : undefined))
      for (let flips = 0; flips <= round % 4 && mutated.length > 0; flips++) {
        mutated[Math.floor(random() * mutated.length)] = Math.floor(random() * 256)
      }
      try {
        expect(decompress(mutated, raw.length).length).toBe(raw.length)
      } catch (error) {
        expect(error).toBeInstanceOf(Lz4Error)
        refused++
      }
    }
    expect(refused).toBeGreaterThan(1_000)
  })
})
