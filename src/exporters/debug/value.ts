import type { DecodedAttribute, DecodedValue } from '../../otlp/decode.ts'

/** A value as the Collector prints it in running text: maps and lists as JSON, bytes as base64, nothing as nothing. */
export function plainText(value: DecodedValue): string {
  if (value === null) return ''
  if (typeof value === 'string') return value
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64')
  return typeof value === 'object' ? jsonText(value) : String(value)
}

/** A value with the name of its type, as in the Collector's detailed output: `Str(x)`, `Int(5)`, `Map({"a":1})`. */
export function typedText(value: DecodedValue): string {
  return `${typeName(value)}(${plainText(value)})`
}

function typeName(value: DecodedValue): string {
  switch (typeof value) {
    case 'string':
      return 'Str'
    case 'boolean':
      return 'Bool'
    case 'bigint':
      return 'Int'
    case 'number':
      return 'Double'
  }
  if (value === null) return 'Empty'
  if (value instanceof Uint8Array) return 'Bytes'
  return 'pairs' in value ? 'Map' : 'Slice'
}

function jsonText(value: DecodedValue): string {
  if (value === null) return 'null'
  if (typeof value === 'string') return JSON.stringify(value)
  if (typeof value !== 'object') return String(value)
  if (value instanceof Uint8Array) return JSON.stringify(plainText(value))
  if ('pairs' in value) return `{${value.pairs.map(pairText).join(',')}}`
  return `[${value.map(jsonText).join(',')}]`
}

function pairText({ key, value }: DecodedAttribute): string {
  return `${JSON.stringify(key)}:${jsonText(value)}`
}
