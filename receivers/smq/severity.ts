import { isJsonObject, type Json, type JsonObject, scalarText } from '../../src/lossless-json.ts'
import { severities } from '../../src/otlp/severity.ts'

const words: Readonly<Record<string, number>> = {
  trace: severities.trace,
  verbose: severities.trace,
  debug: severities.debug,
  info: severities.info,
  information: severities.info,
  informational: severities.info,
  ok: severities.info,
  normal: severities.info,
  notice: severities.info2,
  warn: severities.warn,
  warning: severities.warn,
  err: severities.error,
  error: severities.error,
  critical: severities.error,
  crit: severities.error,
  severe: severities.error,
  fatal: severities.fatal,
  alert: severities.fatal,
  emergency: severities.fatal,
  panic: severities.fatal,
}

/** The severity a word stands for; `undefined` for any other word. */
function severityOfWord(word: string | undefined): number | undefined {
  const key = word?.trim().toLowerCase() ?? ''
  return Object.hasOwn(words, key) ? words[key] : undefined
}

const levelKeys = ['level', 'severity', 'loglevel', 'log_level', 'log.level', 'severity_text', 'severitytext', 'lvl']

/** The severity that a JSON record tells by a key like `level`. Numbers are not taken: each library counts its own way. */
export function severityOfFields(fields: JsonObject): number | undefined {
  return firstOf(fields, levelKeys, (value) => severityOfWord(scalarText(value)))
}

/** What the first of the keys, in any case, holds that can be read. */
export function firstOf<T>(
  fields: JsonObject,
  keys: readonly string[],
  read: (value: Json) => T | undefined,
): T | undefined {
  const byLowerCase = new Map(Object.entries(fields).map(([key, value]) => [key.toLowerCase(), value] as const))
  for (const key of keys) {
    const value = byLowerCase.get(key)
    const result = value === undefined ? undefined : read(value)
    if (result !== undefined) return result
  }
  return undefined
}

/** A member that is an object; an empty one where it is anything else. */
export function objectAt(fields: JsonObject, key: string): JsonObject {
  const value = fields[key]
  return isJsonObject(value) ? value : {}
}
