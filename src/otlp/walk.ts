import type { Signal } from '../pipeline/payload.ts'
import { ProtobufReader } from '../protobuf/reader.ts'

/**
 * Where the items (log records, data points) lie in a request: the fields that lead from a message towards them, and
 * what those fields hold. Without `next` the fields hold the items themselves.
 */
export interface RequestLevel {
  readonly fields: readonly number[]
  readonly next?: RequestLevel
}

/** ResourceLogs -> ScopeLogs -> LogRecord; ResourceMetrics -> ScopeMetrics -> Metric -> Gauge, Sum, … -> data point. */
export const requestLevels: Readonly<Record<Signal, RequestLevel>> = {
  logs: { fields: [1], next: { fields: [2], next: { fields: [2] } } },
  metrics: {
    fields: [1],
    next: { fields: [2], next: { fields: [2], next: { fields: [5, 7, 9, 10, 11], next: { fields: [1] } } } },
  },
}

/**
 * How many log records or data points a request holds, found by walking the length prefixes.
 * @throws {ProtobufError} when the bytes are no such message
 */
export function countItems(signal: Signal, bytes: Uint8Array): number {
  return countBelow(requestLevels[signal], new ProtobufReader(bytes))
}

/** How many items lie in the message that `reader` is at the start of; `level` says which message it is. */
export function countBelow(level: RequestLevel, reader: ProtobufReader): number {
  const { fields, next } = level
  let count = 0
  for (let field = reader.field(); field !== 0; field = reader.field()) {
    if (!fields.includes(field)) reader.skip()
    else if (next !== undefined) count += countBelow(next, reader.nested())
    else {
      reader.message()
      count++
    }
  }
  return count
}

export interface TimeRange {
  readonly oldestUnixNano: bigint
  readonly newestUnixNano: bigint
}

/**
 * The oldest and the newest time in a request; 0 for both when no item has one. A log record without a time of its own
 * counts by the time it was observed.
 */
export function timeRangeOf(signal: Signal, bytes: Uint8Array): TimeRange {
  let oldestUnixNano = 0n
  let newestUnixNano = 0n
  const [timeField, fallbackField] = signal === 'logs' ? [1, 11] : [3, 3]
  visit(requestLevels[signal], new ProtobufReader(bytes))
  return { oldestUnixNano, newestUnixNano }

  function visit({ fields, next }: RequestLevel, reader: ProtobufReader): void {
    for (let field = reader.field(); field !== 0; field = reader.field()) {
      if (!fields.includes(field)) reader.skip()
      else if (next !== undefined) visit(next, reader.nested())
      else include(timeOf(reader.nested()))
    }
  }

  function timeOf(item: ProtobufReader): bigint {
    let fallback = 0n
    for (let field = item.field(); field !== 0; field = item.field()) {
      if ((field !== timeField && field !== fallbackField) || item.wireType !== 1) {
        item.skip()
        continue
      }
      const value = item.fixed64()
      if (value === 0n) continue
      if (field === timeField) return value
      fallback = value
    }
    return fallback
  }

  function include(time: bigint): void {
    if (time === 0n) return
    if (oldestUnixNano === 0n || time < oldestUnixNano) oldestUnixNano = time
    if (time > newestUnixNano) newestUnixNano = time
  }
}
