import type { DecodedAttribute } from '../otlp/decode.ts'

/** The text of an attribute; empty where there is none, or it is no text. */
export function attributeText(attributes: readonly DecodedAttribute[], key: string): string {
  const value = attributes.find((attribute) => attribute.key === key)?.value
  return typeof value === 'string' ? value : ''
}
