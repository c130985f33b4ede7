/** A JSON value. Integers that a number cannot hold are bigints. */
export type Json = string | number | bigint | boolean | null | Json[] | JsonObject
export interface JsonObject {
  [key: string]: Json
}

export const isJsonObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Sixteen digits in a row, outside quotes, may be an integer beyond 2^53; account and user ids are. */
const maybeLargeInteger = /(?:^|[[:,])\s*-?\d{16}/

/**
 * Parses JSON without losing digits of integers.
 * @throws {SyntaxError}
 */
export function parseJson(text: string): Json {
  if (!maybeLargeInteger.test(text)) return JSON.parse(text) as Json
  return JSON.parse(text, (_key, value: Json, context?: { source?: string }) => {
    if (typeof value !== 'number' || Number.isSafeInteger(value)) return value
    const source = context?.source
    return source !== undefined && /^-?\d+$/.test(source) ? BigInt(source) : value
  }) as Json
}

/** JSON text, with keys sorted when it shall be the same for the same content. */
export function formatJson(value: Json, sorted = false): string {
  if (typeof value === 'bigint') return value.toString()
  if (Array.isArray(value)) return `[${value.map((item) => formatJson(item, sorted)).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const entries = Object.entries(value)
  if (sorted) entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${formatJson(item, sorted)}`).join(',')}}`
}

/** The object or list that a text holds as JSON; any other value as it is. */
export function jsonInText(value: Json | undefined): Json | undefined {
  if (typeof value !== 'string' || !/^\s*[{[]/.test(value)) return value
  try {
    return parseJson(value)
  } catch {
    return value
  }
}

/** Text, or what can be written as one; `undefined` for an empty text and for lists and objects. */
export function scalarText(value: Json | undefined): string | undefined {
  if (value === undefined || value === null || value === '' || typeof value === 'object') return undefined
  return String(value)
}
