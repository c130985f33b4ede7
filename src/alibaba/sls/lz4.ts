import { createRequire } from 'node:module'
import { freeBytes } from '../../free-bytes.ts'

/** The two functions of the optional package `lz4-napi`; both use a block preceded by its raw size, 4 bytes little-endian. */
interface NativeLz4 {
  uncompressSync(data: Uint8Array): Buffer
  compressSync(data: Buffer): Buffer
}

export type Lz4Implementation = 'native' | 'javascript'

/** A block that cannot be decompressed to the announced size. */
export class Lz4Error extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(`Malformed LZ4 block: ${message}`, options)
    this.name = 'Lz4Error'
  }
}

const SIZE_PREFIX_BYTES = 4
const MIN_MATCH_BYTES = 4
const MAX_OFFSET = 0xffff
/** One input byte stands for at most 255 output bytes: what a continuation byte of a match length adds. */
const MAX_EXPANSION = 255

let native: NativeLz4 | null | undefined

/** Which implementation this process uses; decided at the first call, for good. */
export function lz4Implementation(): Lz4Implementation {
  return loadNative() === null ? 'javascript' : 'native'
}

/** `lz4-napi` if it is installed and has a binary for this platform. Loaded with `require`, so that callers stay synchronous. */
function loadNative(): NativeLz4 | null {
  if (native === undefined) {
    try {
      native = createRequire(import.meta.url)('lz4-napi') as NativeLz4
    } catch {
      native = null
    }
  }
  return native
}

/**
 * Decompresses a raw LZ4 block: no frame, no length prefix (sls-protocol 3.4).
 *
 * Allocates `rawSize` bytes, so a caller with a ceiling checks `rawSize` against it before. A size that no block of this
 * length can reach is refused before anything is allocated.
 *
 * @param rawSize the exact size of the result, from `x-log-bodyrawsize`
 * @throws {Lz4Error} when the block is malformed or its content has any other size
 */
export function decompressLz4Block(input: Uint8Array, rawSize: number): Buffer {
  const implementation = loadNative()
  return implementation === null
    ? decompressLz4BlockJavaScript(input, rawSize)
    : decompressLz4BlockNative(input, rawSize, implementation)
}

/** Compresses to a raw LZ4 block. */
export function compressLz4Block(input: Uint8Array): Buffer {
  const implementation = loadNative()
  if (implementation === null) return compressLz4BlockJavaScript(input)
  return implementation.compressSync(asBuffer(input)).subarray(SIZE_PREFIX_BYTES)
}

function decompressLz4BlockNative(input: Uint8Array, rawSize: number, implementation: NativeLz4): Buffer {
  checkReachable(input, rawSize)
  const prefixed = Buffer.allocUnsafe(SIZE_PREFIX_BYTES + input.length)
  prefixed.writeUInt32LE(rawSize, 0)
  prefixed.set(input, SIZE_PREFIX_BYTES)
  let output: Buffer
  try {
    output = implementation.uncompressSync(prefixed)
  } catch (cause) {
    throw new Lz4Error(cause instanceof Error ? cause.message : String(cause), { cause })
  } finally {
    freeBytes(prefixed)
  }
  if (output.length !== rawSize) throw new Lz4Error(`${output.length} bytes where ${rawSize} are announced`)
  return output
}

/** `decompressLz4Block` without the native package. */
export function decompressLz4BlockJavaScript(input: Uint8Array, rawSize: number): Buffer {
  checkReachable(input, rawSize)
  const output = Buffer.allocUnsafe(rawSize)
  const inputEnd = input.length
  let at = 0
  let to = 0

  while (at < inputEnd) {
    const token = input[at++] as number

    let literals = token >>> 4
    if (literals === 15) {
      let more = 255
      while (more === 255) {
        if (at >= inputEnd) throw new Lz4Error('ends inside a literal length')
        more = input[at++] as number
        literals += more
      }
    }
    if (literals > inputEnd - at) throw new Lz4Error('literals run past its end')
    if (literals > rawSize - to) throw new Lz4Error(`more than the ${rawSize} bytes announced`)
    // A call into native code costs more than copying a few dozen bytes by hand.
    if (literals > 32) {
      output.set(input.subarray(at, at + literals), to)
      at += literals
      to += literals
    } else {
      for (const end = at + literals; at < end; ) output[to++] = input[at++] as number
    }
    // The last sequence is literals only.
    if (at === inputEnd) break

    if (inputEnd - at < 2) throw new Lz4Error('ends inside an offset')
    const offset = (input[at] as number) | ((input[at + 1] as number) << 8)
    at += 2
    if (offset === 0 || offset > to) throw new Lz4Error(`offset ${offset} at output byte ${to}`)

    let match = token & 15
    if (match === 15) {
      let more = 255
      while (more === 255) {
        if (at >= inputEnd) throw new Lz4Error('ends inside a match length')
        more = input[at++] as number
        match += more
      }
    }
    match += MIN_MATCH_BYTES
    if (match > rawSize - to) throw new Lz4Error(`more than the ${rawSize} bytes announced`)
    if (match > 32 && offset >= match) {
      output.copyWithin(to, to - offset, to - offset + match)
      to += match
    } else {
      // Byte by byte: where the match overlaps what it writes, it repeats its own output.
      for (const end = to + match; to < end; to++) output[to] = output[to - offset] as number
    }
  }

  if (to !== rawSize) throw new Lz4Error(`${to} bytes where ${rawSize} are announced`)
  return output
}

/** `compressLz4Block` without the native package: greedy, one candidate per hash. */
export function compressLz4BlockJavaScript(input: Uint8Array): Buffer {
  const source = asBuffer(input)
  const size = source.length
  const output = Buffer.allocUnsafe(size + Math.ceil(size / 255) + 16)
  // The format wants the last 5 bytes to be literals and the last match to begin 12 bytes before the end or earlier.
  const matchLimit = size - 5
  const searchLimit = size - 12
  const lastSeen = new Int32Array(1 << 14).fill(-1)
  let to = 0
  let anchor = 0
  let at = 0

  while (at < searchLimit) {
    const word = source.readUInt32LE(at)
    const slot = Math.imul(word, 0x9e3779b1) >>> 18
    const candidate = lastSeen[slot] as number
    lastSeen[slot] = at
    if (candidate < 0 || at - candidate > MAX_OFFSET || source.readUInt32LE(candidate) !== word) {
      at++
      continue
    }
    let end = at + MIN_MATCH_BYTES
    while (end < matchLimit && source[end] === source[candidate + end - at]) end++
    to = writeSequence(output, to, source, anchor, at, at - candidate, end - at - MIN_MATCH_BYTES)
    at = end
    anchor = end
  }
  return output.subarray(0, writeSequence(output, to, source, anchor, size, 0, 0))
}

/** Writes literals `from`..`end` and, with an offset, the match behind them; returns the new end of the output. */
function writeSequence(
  output: Buffer,
  start: number,
  source: Buffer,
  from: number,
  end: number,
  offset: number,
  matchBeyondMin: number,
): number {
  let to = start
  const literals = end - from
  output[to++] = (Math.min(literals, 15) << 4) | Math.min(matchBeyondMin, 15)
  to = writeLengthRest(output, to, literals)
  to += source.copy(output, to, from, end)
  if (offset === 0) return to
  to = output.writeUInt16LE(offset, to)
  return writeLengthRest(output, to, matchBeyondMin)
}

/** The bytes that continue a length of 15 or more. */
function writeLengthRest(output: Buffer, start: number, length: number): number {
  if (length < 15) return start
  let to = start
  let rest = length - 15
  for (; rest >= 255; rest -= 255) output[to++] = 255
  output[to++] = rest
  return to
}

function checkReachable(input: Uint8Array, rawSize: number): void {
  if (!Number.isSafeInteger(rawSize) || rawSize < 0) throw new Lz4Error(`${rawSize} is no size`)
  if (rawSize > input.length * MAX_EXPANSION) {
    throw new Lz4Error(`${input.length} bytes cannot expand to ${rawSize}`)
  }
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
