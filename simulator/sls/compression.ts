import { deflateSync, inflateSync, constants as zlib, zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import { compressLz4Block, decompressLz4Block } from '../../src/alibaba/sls/lz4.ts'
import { SlsFault } from './errors.ts'

/** `gzip` is another name for the same zlib stream as `deflate` (sls-protocol 2.5). */
export type Compression = 'lz4' | 'zstd' | 'deflate' | 'gzip'

/** Really compressed, or one literal-only sequence: both are legal LZ4 blocks, and a client must read either. */
export type Lz4Style = 'compressed' | 'literal'

const ZSTD_LEVEL = 1

export function isCompression(name: string): name is Compression {
  return name === 'lz4' || name === 'zstd' || name === 'deflate' || name === 'gzip'
}

/** The first kind in `Accept-Encoding` that this service knows; `undefined`: uncompressed. */
export function negotiateCompression(acceptEncoding: string | undefined): Compression | undefined {
  return (acceptEncoding ?? '')
    .split(',')
    .filter((entry) => !/;\s*q=0(\.0*)?\s*$/.test(entry))
    .map((entry) => (entry.split(';')[0] ?? '').trim().toLowerCase())
    .find(isCompression)
}

export function compress(bytes: Uint8Array, compression: Compression, lz4Style: Lz4Style): Uint8Array {
  switch (compression) {
    case 'lz4':
      return lz4Style === 'literal' ? literalLz4Block(bytes) : compressLz4Block(bytes)
    case 'zstd':
      return zstdCompressSync(bytes, { params: { [zlib.ZSTD_c_compressionLevel]: ZSTD_LEVEL } })
    case 'deflate':
    case 'gzip':
      return deflateSync(bytes)
  }
}

/**
 * @param rawSize what `x-log-bodyrawsize` announces; the result has exactly this size
 * @throws {SlsFault} PostBodyUncompressError
 */
export function decompress(bytes: Uint8Array, compression: Compression, rawSize: number): Uint8Array {
  let raw: Uint8Array
  try {
    if (compression === 'lz4') raw = decompressLz4Block(bytes, rawSize)
    else if (compression === 'zstd') raw = zstdDecompressSync(bytes, { maxOutputLength: rawSize + 1 })
    else raw = inflateSync(bytes, { maxOutputLength: rawSize + 1 })
  } catch (error) {
    throw new SlsFault('PostBodyUncompressError', `the body is no ${compression} of ${rawSize} bytes: ${String(error)}`)
  }
  if (raw.length !== rawSize) {
    throw new SlsFault('PostBodyUncompressError', `the body has ${raw.length} bytes, x-log-bodyrawsize is ${rawSize}`)
  }
  return raw
}

/** The cheapest legal block: one sequence of literals (sls-protocol 3.4). */
function literalLz4Block(bytes: Uint8Array): Uint8Array {
  const header = [bytes.length < 15 ? bytes.length << 4 : 0xf0]
  if (bytes.length >= 15) {
    let rest = bytes.length - 15
    for (; rest >= 255; rest -= 255) header.push(255)
    header.push(rest)
  }
  return Buffer.concat([Buffer.from(header), bytes])
}
