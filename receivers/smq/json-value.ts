import type { AnyValue } from '@opentelemetry/api'
import { isJsonObject, type Json } from '../../src/lossless-json.ts'

/** Deeper JSON stays text: nobody reads it as a map, and every function on the way would have to survive it. */
const maxDepth = 64

/** True where no list or object lies deeper than what we make maps of. */
export function isShallow(value: Json): boolean {
  let level: Json[] = [value]
  for (let depth = 0; depth <= maxDepth; depth++) {
    level = level.flatMap((item) => (typeof item === 'object' && item !== null ? Object.values(item) : []))
    if (level.length === 0) return true
  }
  return false
}

/** A JSON value as a record's body: complete, with integers beyond 2^53 as text, since OTLP's serializer has none. */
export function toBodyValue(value: Json): AnyValue {
  if (typeof value === 'bigint') return value.toString()
  if (typeof value === 'number') return Number.isInteger(value) && !Number.isSafeInteger(value) ? String(value) : value
  if (Array.isArray(value)) return value.map(toBodyValue)
  if (!isJsonObject(value)) return value
  // Without a prototype, so that a key `__proto__` is a key like any other.
  const map: Record<string, AnyValue> = Object.create(null)
  for (const [key, item] of Object.entries(value)) map[key] = toBodyValue(item)
  return map
}
