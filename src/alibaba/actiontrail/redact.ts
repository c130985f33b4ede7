import { formatJson, isJsonObject, type Json, type JsonObject, parseJson } from '../../lossless-json.ts'

const mask = 'REDACTED'

/** Parts of key names whose values are secrets (actiontrail.md 6.4), in lower case and without dividers. */
const secretNames = /secret|password|passwd|token|privatekey|credential|userdata|connectionstring/
/** Positions in a list and idempotency keys. */
const harmlessNames = new Set(['nexttoken', 'clienttoken'])

const maxDepth = 200

/** True for the name of a key whose value is a secret, in any spelling: `Password`, `access_key_secret`, `x-acs-token`. */
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
    const isSecret = isSecretName(key) || isNamedSecret(value, key)
    copy[key] = isSecret && !isEmpty ? mask : redactJson(item, depth + 1)
  }
  return copy
}

/**
 * True for the value of a pair whose name is another member: `{Key: "Password", Value: "…"}`, or flattened as
 * `Parameters.1.ParameterKey` and `Parameters.1.ParameterValue`.
 */
function isNamedSecret(object: JsonObject, key: string): boolean {
  const stem = /^(.*)value$/i.exec(key)?.[1]
  if (stem === undefined) return false
  const isUpper = key.endsWith('Value')
  return ['Key', 'Name'].some((word) => {
    const name = object[stem + (isUpper ? word : word.toLowerCase())]
    return typeof name === 'string' && isSecretName(name)
  })
}

function redactText(text: string, depth: number): string {
  if (!/^\s*[{[]/.test(text) || !secretNames.test(text.toLowerCase().replace(/[^a-z0-9]/g, ''))) return text
  try {
    return formatJson(redactJson(parseJson(text), depth + 1))
  } catch {
    return text
  }
}
