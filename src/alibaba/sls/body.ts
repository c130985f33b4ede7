import { inflateSync, zstdDecompressSync } from 'node:zlib'
import type { Dispatcher } from 'undici'
import { decompressLz4Block } from './lz4.ts'

export type BodyReadable = Dispatcher.ResponseData['body']

/**
 * The whole body, or `undefined` when it is longer than `maxBytes`: then the connection is cut, since nobody wants the rest.
 */
export async function readBody(body: BodyReadable, maxBytes: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > maxBytes) {
      discardBody(body)
      return undefined
    }
    chunks.push(chunk)
  }
  return chunks.length === 1 ? chunks[0] : Buffer.concat(chunks, size)
}

/** Gives a body up unread, and the connection with it. */
export function discardBody(body: BodyReadable): void {
  body.on('error', () => {}).destroy()
}

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
