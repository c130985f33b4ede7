export const MASK = '***'

/** Keys whose value is a secret. An AccessKey *id* is none: it is needed to find out which key is meant. */
const secretKey = /secret|token|passw|api[-_]?key|authorization|cookie|(private|hash)[-_]?key/i
/** Keys that match the above but hold a path or an address. */
const locationKey = /_(file|url|path|directory)$/i
/** The user and password of `scheme://user:password@host`. */
const urlUserInfo = /(:\/\/)[^\s/@]*:[^\s/@]*@/g

/** True if the value at this path must not be shown: a key that names a secret, or any value under `headers`. */
export function isSecretPath(path: readonly (string | number)[]): boolean {
  return path.some(
    (key, index) =>
      typeof key === 'string' &&
      ((secretKey.test(key) && !locationKey.test(key)) || (key === 'headers' && index < path.length - 1)),
  )
}

/** A copy of a configuration tree in which every secret scalar is `***`. */
export function maskSecrets(value: unknown, path: readonly (string | number)[] = []): unknown {
  if (Array.isArray(value)) return value.map((item, index) => maskSecrets(item, [...path, index]))
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, maskSecrets(item, [...path, key])]))
  }
  if (value === null || value === '') return value
  if (isSecretPath(path)) return MASK
  return typeof value === 'string' ? maskUrlPassword(value) : value
}

export const maskUrlPassword = (text: string) => text.replaceAll(urlUserInfo, `$1${MASK}@`)
