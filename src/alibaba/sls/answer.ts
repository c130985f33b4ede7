import { describeError } from '../../errors.ts'
import { freeBytes } from '../../free-bytes.ts'
import { type BodyReadable, discardBody, readBody } from '../../http/body.ts'
import { expandBody, longestEncoding } from './compression.ts'
import { cursorNumber } from './cursor.ts'
import { type SlsCallSubject, SlsError } from './errors.ts'
import { countLogGroups } from './log-group.ts'
import type { PullRequest, SlsCursor, SlsGroupCheckpoint, SlsPage, SlsShard } from './types.ts'

/** An HTTP answer whose headers have arrived and whose body has not been read. */
export interface SlsAnswer {
  readonly subject: SlsCallSubject
  readonly status: number
  /** By lower-case name. */
  readonly header: (name: string) => string | undefined
  readonly body: BodyReadable
}

/** Answers that are JSON: lists of names, shards. */
const MAX_JSON_BYTES = 16 * 1024 * 1024
const NO_BYTES = new Uint8Array()

/** undici's codes for what no repetition changes: the client was closed, or the request cannot be written. */
const FINAL_NETWORK_CODES = ['UND_ERR_CLOSED', 'UND_ERR_DESTROYED', 'UND_ERR_INVALID_ARG']

/**
 * Reads a PullLogs answer by the rules of sls-protocol 2.5. `undefined` where it is larger than `maxPageBytes`; then it is
 * neither read to its end nor expanded.
 */
export async function readPage(
  answer: SlsAnswer,
  request: PullRequest,
  maxPageBytes: number,
): Promise<SlsPage | undefined> {
  const { header, body } = answer
  const compressType = header('x-log-compresstype')
  const announced = readCount(answer, 'x-log-bodyrawsize')
  const contentLength = readCount(answer, 'content-length') ?? 0
  if ((announced ?? 0) > maxPageBytes || contentLength > longestEncoding(maxPageBytes)) {
    discardBody(body)
    return undefined
  }

  const wire = await readAnswerBody(answer, longestEncoding(announced ?? maxPageBytes))
  if (wire === undefined) {
    if (announced === undefined) return undefined
    throw badResponse(answer, `more bytes follow than x-log-bodyrawsize ${announced} can need`)
  }
  const wireBytes = wire.length
  let bytes: Uint8Array = NO_BYTES
  let groupCount: number
  try {
    // Zero means no data, whatever the body.
    if (announced !== 0) bytes = expandBody(wire, compressType, announced ?? rawSizeOf(wire, compressType))
    if (bytes.buffer !== wire.buffer) freeBytes(wire)
    groupCount = countLogGroups(bytes)
  } catch (cause) {
    throw badResponse(answer, describeError(cause), cause)
  }
  const announcedGroups = readCount(answer, 'x-log-count')
  if (announcedGroups !== undefined && announcedGroups !== groupCount) {
    throw badResponse(answer, `${groupCount} log groups where x-log-count says ${announcedGroups}`)
  }
  const nextCursor = header('x-log-cursor') || request.cursor
  if (groupCount > 0 && nextCursor === request.cursor) {
    throw badResponse(answer, `${groupCount} log groups, but no cursor that leads behind them`)
  }
  return {
    bytes,
    groupCount,
    nextCursor,
    firstGroupNumber: request.query === '' ? firstGroupNumber(answer, nextCursor, groupCount) : undefined,
    wireBytes,
    cursorTime: readCount(answer, 'x-log-cursor-time'),
  }
}

/** An uncompressed body tells its own size. */
function rawSizeOf(wire: Buffer, compressType: string | undefined): number {
  if (compressType) throw new Error(`x-log-bodyrawsize is missing beside x-log-compresstype ${compressType}`)
  return wire.length
}

/** Cursors count log groups: from the number of the last one in the page, or else of the first one behind it. */
function firstGroupNumber({ header }: SlsAnswer, nextCursor: SlsCursor, groupCount: number): bigint | undefined {
  if (groupCount === 0) return undefined
  const last = header('x-log-read-last-cursor')
  const behind = last !== undefined && /^\d{1,19}$/.test(last) ? BigInt(last) + 1n : cursorNumber(nextCursor)
  return behind === undefined ? undefined : behind - BigInt(groupCount)
}

/** A header that is a whole number; `undefined` where it is absent or something else. */
function readCount({ header }: SlsAnswer, name: string): number | undefined {
  const text = header(name)
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined
}

/** @param parse checks the value and lists the fields we use; `undefined` where it is something else */
export async function readJson<Result>(
  answer: SlsAnswer,
  parse: (value: unknown) => Result | undefined,
): Promise<Result> {
  const body = await readAnswerBody(answer, MAX_JSON_BYTES)
  if (body === undefined) throw badResponse(answer, `more than ${MAX_JSON_BYTES} bytes`)
  let value: unknown
  try {
    value = JSON.parse(body.toString('utf8'))
  } catch (cause) {
    throw badResponse(answer, 'the body is no JSON', cause)
  }
  const result = parse(value)
  if (result === undefined) throw badResponse(answer, `unexpected JSON: ${JSON.stringify(value).slice(0, 200)}`)
  return result
}

/** The body, or `undefined` when it is longer than `maxBytes`. */
export async function readAnswerBody(answer: SlsAnswer, maxBytes: number): Promise<Buffer | undefined> {
  try {
    return await readBody(answer.body, maxBytes)
  } catch (cause) {
    throw networkError(answer.subject, cause, answer.header('x-log-requestid'))
  }
}

function badResponse(answer: SlsAnswer, found: string, cause?: unknown): SlsError {
  const { subject, status, header } = answer
  return new SlsError('bad_response', `Unusable answer to ${subject.api} of ${subject.target}: ${found}`, {
    status,
    requestId: header('x-log-requestid'),
    cause,
  })
}

/** There was no answer, or it broke off. */
export function networkError(subject: SlsCallSubject, cause: unknown, requestId?: string): SlsError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  const reason = describeError(cause)
  const found = code === '' || reason.includes(code) ? reason : `${reason} (${code})`
  const message = `${subject.api} of ${subject.target} failed: ${found}`
  return new SlsError(FINAL_NETWORK_CODES.includes(code) ? 'refused' : 'transient', message, { cause, requestId })
}

// --------------------------------------------------------------------------------- what SLS sends, checked once

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** `total`: how many the project has; infinite where the server does not say. */
export function parseLogStores(value: unknown): { names: string[]; total: number } | undefined {
  if (!isRecord(value)) return undefined
  const { logstores, total } = value
  if (!Array.isArray(logstores) || !logstores.every((name) => typeof name === 'string')) return undefined
  return { names: logstores, total: typeof total === 'number' ? total : Number.POSITIVE_INFINITY }
}

export function parseShards(value: unknown): SlsShard[] | undefined {
  if (!Array.isArray(value)) return undefined
  const shards = value.map(parseShard)
  return shards.every((shard) => shard !== undefined) ? shards : undefined
}

function parseShard(value: unknown): SlsShard | undefined {
  if (!isRecord(value)) return undefined
  const { shardID: shardId, status, inclusiveBeginKey: beginKey, exclusiveEndKey: endKey, createTime } = value
  if (!isShardId(shardId)) return undefined
  if (status !== 'readwrite' && status !== 'readonly') return undefined
  if (!isHashKey(beginKey) || !isHashKey(endKey) || typeof createTime !== 'number') return undefined
  return { shardId, status, beginKey, endKey, createTime }
}

/** The shards that a heartbeat says the consumer should hold. */
export function parseShardIds(value: unknown): number[] | undefined {
  return Array.isArray(value) && value.every(isShardId) ? value : undefined
}

export function parseCheckpoints(value: unknown): SlsGroupCheckpoint[] | undefined {
  if (!Array.isArray(value)) return undefined
  const checkpoints = value.map((each) => {
    if (!isRecord(each)) return undefined
    const { shard: shardId, checkpoint = '' } = each
    if (!isShardId(shardId) || typeof checkpoint !== 'string') return undefined
    return { shardId, cursor: checkpoint === '' ? undefined : checkpoint }
  })
  return checkpoints.every((each) => each !== undefined) ? checkpoints : undefined
}

const isShardId = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0

const isHashKey = (value: unknown): value is string => typeof value === 'string' && /^[0-9a-fA-F]{32}$/.test(value)

export function parseCursor(value: unknown): SlsCursor | undefined {
  return isRecord(value) && typeof value['cursor'] === 'string' && value['cursor'] !== '' ? value['cursor'] : undefined
}

/** A number, or its text: the vendor's documents know both. */
export function parseCursorTime(value: unknown): number | undefined {
  const time = isRecord(value) ? value['cursor_time'] : undefined
  return (typeof time === 'number' || typeof time === 'string') && /^\d+$/.test(String(time)) ? Number(time) : undefined
}
