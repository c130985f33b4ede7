import type { AnyValue } from '@opentelemetry/api'
import { isJsonObject, type Json } from '../../lossless-json.ts'

/** How large the value of one attribute may be (actiontrail.md 6.4). */
const maxDepth = 10
const maxKeys = 100
const maxStringBytes = 8 * 1024
const maxBytes = 32 * 1024

/**
 * A JSON value as an attribute value: no nulls and no empty texts, integers beyond 2^53 as text, and cut to a bearable
 * size. What was cut is told by its path in `cut`.
 *
 * @returns `undefined` where nothing is left
 */
export function attributeValue(value: Json, path: string, cut: string[]): AnyValue | undefined {
  let left = maxBytes

  const convert = (item: Json, at: string, depth: number): AnyValue | undefined => {
    if (item === null || item === '') return undefined
    if (typeof item === 'string') return text(item, at)
    if (typeof item === 'bigint') return text(item.toString(), at)
    if (typeof item === 'number' || typeof item === 'boolean') {
      if (!take(8, at)) return undefined
      return typeof item === 'number' && Number.isInteger(item) && !Number.isSafeInteger(item) ? String(item) : item
    }
    if (depth >= maxDepth) {
      cut.push(at)
      return undefined
    }
    if (Array.isArray(item)) {
      const list: AnyValue[] = []
      for (const [index, member] of item.entries()) {
        if (left <= 0) {
          cut.push(at)
          break
        }
        const converted = convert(member, `${at}[${index}]`, depth + 1)
        if (converted !== undefined) list.push(converted)
      }
      return list
    }
    if (!isJsonObject(item)) return undefined
    // Without a prototype, so that a key `__proto__` is a key like any other.
    const map: Record<string, AnyValue> = Object.create(null)
    let keys = 0
    for (const [key, member] of Object.entries(item)) {
      if (keys >= maxKeys || !take(Buffer.byteLength(key), at)) {
        if (keys >= maxKeys) cut.push(at)
        break
      }
      const converted = convert(member, `${at}.${key}`, depth + 1)
      if (converted === undefined) continue
      map[key] = converted
      keys++
    }
    return keys === 0 ? undefined : map
  }

  const take = (bytes: number, at: string): boolean => {
    if (left < bytes) {
      if (left > 0) cut.push(at)
      left = 0
      return false
    }
    left -= bytes
    return true
  }

  const text = (content: string, at: string): string | undefined => {
    const size = Buffer.byteLength(content)
    const room = Math.min(maxStringBytes, left)
    if (room <= 0) return undefined
    if (size <= room) {
      left -= size
      return content
    }
    cut.push(at)
    left -= room
    return cutText(content, room)
  }

  return convert(value, path, 0)
}

/** The text's beginning, of at most so many bytes of UTF-8, no character cut in two. */
function cutText(text: string, bytes: number): string {
  const buffer = Buffer.from(text)
  let end = bytes
  while (end > 0 && ((buffer[end] as number) & 0xc0) === 0x80) end--
  return buffer.toString('utf8', 0, end)
}
