import { describe, expect, it } from 'vitest'
import { compressLz4Block, decompressLz4Block } from '../src/alibaba/sls/lz4.ts'
import { freeBytes } from '../src/free-bytes.ts'

const mib = 2 ** 20

describe('freeBytes', () => {
  it.each<readonly [string, () => Uint8Array]>([
    ['ours', () => Buffer.allocUnsafeSlow(mib)],
    ['LZ4', () => decompressLz4Block(compressLz4Block(Buffer.alloc(mib, 7)), mib)],
    ['a view of all but the end', () => new Uint8Array(mib).subarray(0, mib - 5)],
  ])('gives the memory of large bytes back: %s', (_name, make) => {
    const bytes = make()
    const before = process.memoryUsage().arrayBuffers
    freeBytes(bytes)
    expect(bytes).toHaveLength(0)
    expect(process.memoryUsage().arrayBuffers).toBeLessThanOrEqual(before - mib)
  })

  it('leaves small bytes alone, whose memory may be shared', () => {
    const [one, other] = [Buffer.from('one'), Buffer.from('other')]
    freeBytes(one)
    expect([one, other].map(String)).toEqual(['one', 'other'])
  })

  it('may be told twice', () => {
    const bytes = new Uint8Array(mib)
    freeBytes(bytes)
    freeBytes(bytes)
    expect(bytes).toHaveLength(0)
  })
})
