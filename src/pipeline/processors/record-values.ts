import type { DecodedValue } from '../../otlp/decode.ts'

/** The texts in a value: its own, or those of its members at any depth. Numbers and booleans as text; bytes have none. */
export function leafTexts(value: DecodedValue): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value === 'bigint' || typeof value === 'number' || typeof value === 'boolean') return [String(value)]
  if (value === null || value instanceof Uint8Array) return []
  if ('pairs' in value) return value.pairs.flatMap((pair) => leafTexts(pair.value))
  return value.flatMap(leafTexts)
}
