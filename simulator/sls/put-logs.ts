import { isUtf8 } from 'node:buffer'
import { encodeLogGroup } from '../../src/alibaba/sls/log-group.ts'
import { ProtobufError, ProtobufReader } from '../../src/protobuf/reader.ts'
import { emptyReply, parameter, type SlsCall, type SlsHandler } from './call.ts'
import { decompress, isCompression } from './compression.ts'
import { SlsFault } from './errors.ts'
import { readKey } from './resource-calls.ts'

const MAX_RAW_BYTES = 10 * 1024 * 1024
const MAX_VALUE_BYTES = 1024 * 1024
const MAX_KEY_BYTES = 128
const OLDEST_LOG_MS = 7 * 86_400_000
const NEWEST_LOG_MS = 15 * 60_000

/** `/logstores/{ls}/shards/lb` and `/logstores/{ls}`: the server chooses the shard (sls-protocol 2.8). */
export const putLogs: SlsHandler = (call, context) => {
  const { store, quotas } = context
  const logstore = store.logstore(call.project, call.logstore)
  const hashKey = call.request.path.endsWith('/shards/route') ? readKey(parameter(call, 'key')) : undefined
  const group = readGroup(call)
  const shard = store.route(logstore, hashKey)
  quotas.admitWrite(call.project, `${call.project}/${call.logstore}/${shard.id}`, group.bytes.length, call.nowMs)
  // A group without logs is accepted and leaves nothing to read.
  if (group.logCount > 0) {
    store.append(logstore, shard, { ...group, origin: 'client', clientAddress: call.request.clientAddress })
  }
  return emptyReply()
}

interface ReadGroup {
  readonly bytes: Uint8Array
  readonly logCount: number
  readonly ids: readonly string[] | undefined
}

function readGroup(call: SlsCall): ReadGroup {
  const { headers, body, bodyTooLarge } = call.request
  if (headers['content-length'] === undefined) throw new SlsFault('MissingContentLength', 'Content-Length is missing')
  if (bodyTooLarge) throw new SlsFault('PostBodyTooLarge', 'the body is too large')
  if (headers['x-log-mode'] !== undefined) {
    throw new SlsFault('PostBodyInvalid', `x-log-mode ${headers['x-log-mode']} is not supported here`)
  }
  const contentType = headers['content-type']
  if (contentType === undefined) throw new SlsFault('MissingContentType', 'Content-Type is missing')
  const raw = rawBody(headers, body)
  if (contentType === 'application/x-protobuf') return inspect(raw, call.nowMs)
  if (contentType === 'application/json') return inspect(groupOfJson(raw, call.nowMs), call.nowMs)
  throw new SlsFault('InvalidContentType', `Content-Type ${contentType} is not supported`)
}

function rawBody(headers: Readonly<Record<string, string>>, body: Uint8Array): Uint8Array {
  const sizeText = headers['x-log-bodyrawsize']
  if (sizeText === undefined) throw new SlsFault('MissingBodyRawSize', 'x-log-bodyrawsize is missing')
  if (!/^\d{1,12}$/.test(sizeText)) throw new SlsFault('InvalidBodyRawSize', `x-log-bodyrawsize is ${sizeText}`)
  const rawSize = Number(sizeText)
  if (rawSize > MAX_RAW_BYTES || body.length > MAX_RAW_BYTES) {
    throw new SlsFault('PostBodyTooLarge', `the body has ${rawSize} bytes, allowed are ${MAX_RAW_BYTES}`)
  }
  const compression = headers['x-log-compresstype']
  if (compression === undefined || compression === '') {
    if (body.length === rawSize) return body
    throw new SlsFault('InvalidBodyRawSize', `x-log-bodyrawsize is ${sizeText}, the body has ${body.length} bytes`)
  }
  if (!isCompression(compression)) throw new SlsFault('InvalidCompressType', `x-log-compresstype is ${compression}`)
  return decompress(body, compression, rawSize)
}

/** The form of the Java SDK: `{"__topic__":"","__source__":"","__logs__":[{"k":"v"}],"__tags__":{"k":"v"}}`. */
function groupOfJson(raw: Uint8Array, nowMs: number): Uint8Array {
  let parsed: unknown
  try {
    parsed = JSON.parse(Buffer.from(raw).toString('utf8'))
  } catch (cause) {
    throw new SlsFault('PostBodyInvalid', `the body is no JSON: ${String(cause)}`)
  }
  const body = record(parsed)
  const logs = body['__logs__']
  if (!Array.isArray(logs)) throw new SlsFault('PostBodyInvalid', 'the body has no __logs__')
  return encodeLogGroup({
    topic: String(body['__topic__'] ?? ''),
    source: String(body['__source__'] ?? ''),
    tags: pairs(body['__tags__'] ?? {}),
    logs: logs.map((log) => {
      const { __time__: time, ...fields } = record(log)
      return {
        time: typeof time === 'number' ? time : Math.floor(nowMs / 1000),
        contents: pairs(fields),
      }
    }),
  })
}

function record(value: unknown): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value }
  throw new SlsFault('PostBodyInvalid', 'a JSON object is expected')
}

function pairs(value: unknown): [key: string, value: string][] {
  return Object.entries(record(value)).map(([key, field]) => [
    key,
    typeof field === 'string' ? field : JSON.stringify(field),
  ])
}

/**
 * Holds a group against the limits of a write without changing a byte of it, and finds the ids that its records carry.
 * Values may be any bytes: agents write what they read. Keys and topic must be text.
 */
function inspect(bytes: Uint8Array, nowMs: number): ReadGroup {
  let logCount = 0
  const eventIds: (string | undefined)[] = []
  try {
    const group = new ProtobufReader(bytes)
    for (let field = group.field(); field !== 0; field = group.field()) {
      if (field === 1) {
        logCount++
        eventIds.push(inspectLog(group.nested(), nowMs))
      } else if (field === 3) checkText(group.bytes(), 'topic')
      else if (field === 6) readPair(group.nested())
      else group.skip()
    }
  } catch (error) {
    if (!(error instanceof ProtobufError)) throw error
    throw new SlsFault('PostBodyInvalid', `the body is no LogGroup: ${error.message}`)
  }
  const ids = eventIds.filter((id) => id !== undefined)
  return { bytes, logCount, ids: ids.length === logCount && logCount > 0 ? ids : undefined }
}

/** Returns the id of an ActionTrail event, the one kind whose records are known by an id of their own. */
function inspectLog(log: ProtobufReader, nowMs: number): string | undefined {
  let time: number | undefined
  let eventId: string | undefined
  for (let field = log.field(); field !== 0; field = log.field()) {
    if (field === 1) time = log.varint()
    else if (field === 2) {
      const [key, value] = readPair(log.nested())
      if (key === 'event') eventId = eventIdOf(value)
    } else log.skip()
  }
  if (time === undefined) throw new SlsFault('PostBodyInvalid', 'a log has no Time')
  const ageMs = nowMs - time * 1000
  if (ageMs > OLDEST_LOG_MS || ageMs < -NEWEST_LOG_MS) {
    throw new SlsFault(
      'InvalidTimestamp',
      `the time ${time} of a log is not within 7 days before and 15 minutes after now`,
    )
  }
  return eventId
}

function readPair(pair: ProtobufReader): [key: string, value: Buffer] {
  let key = Buffer.alloc(0)
  let value = Buffer.alloc(0)
  for (let field = pair.field(); field !== 0; field = pair.field()) {
    if (field === 1) key = pair.bytes() as Buffer<ArrayBuffer>
    else if (field === 2) value = pair.bytes() as Buffer<ArrayBuffer>
    else pair.skip()
  }
  checkText(key, 'key')
  if (key.length === 0 || key.length > MAX_KEY_BYTES) {
    throw new SlsFault('InvalidKey', `a key has ${key.length} bytes, allowed are 1 to ${MAX_KEY_BYTES}`)
  }
  if (value.length > MAX_VALUE_BYTES) {
    throw new SlsFault('PostBodyInvalid', `a value has ${value.length} bytes, allowed are ${MAX_VALUE_BYTES}`)
  }
  return [key.toString('utf8'), value]
}

function checkText(bytes: Uint8Array, what: string): void {
  if (!isUtf8(bytes)) throw new SlsFault('InvalidEncoding', `a ${what} is not UTF-8`)
}

function eventIdOf(value: Buffer): string | undefined {
  try {
    const event: unknown = JSON.parse(value.toString('utf8'))
    const id = typeof event === 'object' && event !== null && 'eventId' in event ? event.eventId : undefined
    return typeof id === 'string' ? id : undefined
  } catch {
    return undefined
  }
}
