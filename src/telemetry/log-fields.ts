import type { LogFields } from './log.ts'

/** What any writer of log lines can print: no errors, dates, bigints, circles or secrets left. */
export type PlainValue = string | number | boolean | null | PlainValue[] | { [key: string]: PlainValue }
export type PlainFields = Record<string, PlainValue>

const MASK = '***'
const secretKey = /secret|token|passw|authorization|api[-_]?key|cookie/i
/** The password in `scheme://user:password@host`. */
const urlPassword = /(:\/\/[^\s/:@]*:)[^\s/@]+@/g
const MAX_DEPTH = 6
const MAX_TEXT = 8_192

/**
 * Makes the fields of a log line plain; of two with one name the later counts. Fields that are named like a secret, at
 * any depth, and passwords within URLs are masked; what is `undefined` is left out. Never throws, whatever a getter does.
 *
 * @param stacks whether errors keep their stack
 */
export function toPlainFields(fields: readonly LogFields[], { stacks }: { stacks: boolean }): PlainFields {
  const path: object[] = []

  function toPlain(value: unknown): PlainValue | undefined {
    switch (typeof value) {
      case 'undefined':
        return undefined
      case 'string':
        return toPlainText(value)
      case 'boolean':
        return value
      case 'number':
        return Number.isFinite(value) ? value : String(value)
      case 'object':
        return value === null ? null : toPlainObject(value)
      default:
        return String(value)
    }
  }

  function toPlainObject(value: object): PlainValue {
    if (path.includes(value)) return '[circular]'
    if (path.length === MAX_DEPTH) return '[deep]'
    path.push(value)
    try {
      if (value instanceof Error) return errorEntries(value)
      if (value instanceof Date || value instanceof URL) return toPlainText(String(value.toJSON()))
      if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`
      if (value instanceof Map) return entries([...value].map(([key, item]) => [String(key), item]))
      if (Array.isArray(value) || value instanceof Set) return [...value].map((item) => toPlain(item) ?? null)
      return entries(Object.entries(value))
    } catch {
      return '[unreadable]'
    } finally {
      path.pop()
    }
  }

  /** Message, code, remedy and whatever else it says in words and numbers (a request id, a status), and its cause. */
  function errorEntries(error: Error): PlainFields {
    const own = Object.entries(error).filter(([key, value]) => key !== 'name' && typeof value !== 'object')
    const message = error.message || error.name
    return entries([['message', message], ...own, ['cause', error.cause], ['stack', stacks ? error.stack : undefined]])
  }

  function entries(list: readonly (readonly [string, unknown])[]): PlainFields {
    const plain: PlainFields = {}
    for (const [key, value] of list) {
      const plainValue = secretKey.test(key) && value !== undefined && value !== null ? MASK : toPlain(value)
      if (plainValue !== undefined) plain[key] = plainValue
    }
    return plain
  }

  try {
    return entries(fields.flatMap((some) => Object.entries(some)))
  } catch {
    return { fields: '[unreadable]' }
  }
}

/** The text with passwords within URLs masked, cut where it is longer than a log line should be. */
export function toPlainText(text: string): string {
  const masked = text.includes('://') ? text.replaceAll(urlPassword, `$1${MASK}@`) : text
  return masked.length > MAX_TEXT ? `${masked.slice(0, MAX_TEXT)}…` : masked
}
