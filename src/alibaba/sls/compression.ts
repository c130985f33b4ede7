import { inflateSync, zstdDecompressSync } from 'node:zlib'
import { decompressLz4Block } from './lz4.ts'

/** No honest encoder makes more of `rawSize` bytes than this; LZ4 adds the most, one byte in 255. */
export function longestEncoding(rawSize: number): number {
  return rawSize + Math.ceil(rawSize / 128) + 1024
}

/**
 * Undoes the compression that `x-log-compresstype` names (sls-protocol 2.5); absent means none. Never produces more than
 * `rawSize` bytes, which the caller has checked against its ceiling.
 *
 * @throws {Error} when the content is malformed, has another size, or the name is unknown
 */
export function expandBody(body: Uint8Array, compressType: string | undefined, rawSize: number): Uint8Array {
  switch (compressType?.toLowerCase()) {
    case undefined:
    case '':
    case 'none':
      return checkSize(body, rawSize)
    case 'lz4':
      return decompressLz4Block(body, rawSize)
    case 'zstd':
      return checkSize(zstdDecompressSync(body, { maxOutputLength: rawSize }), rawSize)
    // Both names mean a zlib stream, not a gzip member.
    case 'deflate':
    case 'gzip':
      return checkSize(inflateSync(body, { maxOutputLength: rawSize }), rawSize)
    default:
      throw new Error(`unknown compression "${compressType}"`)
  }
}

function checkSize(bytes: Uint8Array, rawSize: number): Uint8Array {
  if (bytes.length !== rawSize) throw new Error(`${bytes.length} bytes where ${rawSize} are announced`)
  return bytes
}
