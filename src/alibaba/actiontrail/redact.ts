import { formatJson, isJsonObject, type Json, type JsonObject, parseJson } from '../../lossless-json.ts'

const mask = 'REDACTED'

/** Parts of key names whose values are secrets (actiontrail.md 6.4), in lower case and without dividers. */
const secretNames = /secret|password|passwd|token|privatekey|credential|userdata|connectionstring/
/** Positions in a list and idempotency keys. */
const harmlessNames = new Set(['nexttoken', 'clienttoken'])

const maxDepth = 200

export function isSecretName(key: string): boolean {
  const name = key.toLowerCase().replace(/[^a-z0-9]/g, '')
  return secretNames.test(name) && !harmlessNames.has(name)
}

/** A copy in which the values of secret keys are masked, at any depth, and also inside text that is JSON itself. */
export function redactJson(value: Json, depth = 0): Json {
  if (typeof value === 'string') return redactText(value, depth)
  if (depth > maxDepth) return mask
  if (Array.isArray(value)) return value.map((item) => redactJson(item, depth + 1))
  if (!isJsonObject(value)) return value
  const copy: JsonObject = Object.create(null)
  for (const [key, item] of Object.entries(value)) {
    const isEmpty = item === null || item === ''
    copy[key] = isSecretName(key) && !isEmpty ? mask : redactJson(item, depth + 1)
  }
  return copy
}

function redactText(text: string, depth: number): string {
  if (!/^\s*[{[]/.test(text) || !secretNames.test(text.toLowerCase().replace(/[^a-z0-9]/g, ''))) return text
  try {
    return formatJson(redactJson(parseJson(text), depth + 1))
  } catch {
    return text
  }
}
