import { createHash, createHmac, createSecretKey, hash, type KeyObject } from 'node:crypto'

/**
 * A request as both sides of a signature see it: the client before it sends, the simulator with what it received.
 *
 * - `path`: as on the request line, without parameters.
 * - `query`: names and values decoded, in any order.
 * - `headers`: lower-case names; `host` is there when it is to be signed.
 * - `body`: the bytes as sent, so compressed where they are; empty for none.
 */
export interface SignableRequest {
  readonly method: string
  readonly path: string
  readonly query: readonly (readonly [name: string, value: string])[]
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

export type SignatureHash = 'sha1' | 'sha256'

const V4_ALGORITHM = 'SLS4-HMAC-SHA256'
const V4_TERMINATOR = 'aliyun_v4_request'

// -------------------------------------------------------------------------------------------------- signature v1

/** What signature v1 signs (sls-protocol 1.3). Takes `content-md5` and the date from the headers, as a server does. */
export function stringToSignV1(request: SignableRequest): string {
  const { headers } = request
  const signed = sortedHeaders(
    headers,
    (name) => (name.startsWith('x-log-') || name.startsWith('x-acs-')) && name !== 'x-log-date',
  )
  const parameters = sortedByName(request.query)
    .map(([name, value]) => `${name}=${value}`)
    .join('&')
  return [
    request.method,
    headers['content-md5'] ?? '',
    headers['content-type'] ?? '',
    // A client that cannot set Date sends x-log-date, which then stands in for it.
    headers['x-log-date'] ?? headers['date'] ?? '',
    ...signed.map(([name, value]) => `${name}:${value}`),
    parameters === '' ? request.path : `${request.path}?${parameters}`,
  ].join('\n')
}

/** Signature v1, base64. The hash is the one that the header `x-log-signaturemethod` names. */
export function signatureV1(secret: string, request: SignableRequest, hash: SignatureHash): string {
  return createHmac(hash, secret).update(stringToSignV1(request), 'utf8').digest('base64')
}

/** The `Authorization` header for v1; `x-log-signaturemethod` of the request decides the hash. */
export function authorizationV1(accessKeyId: string, secret: string, request: SignableRequest): string {
  const hash = request.headers['x-log-signaturemethod'] === 'hmac-sha256' ? 'sha256' : 'sha1'
  return `LOG ${accessKeyId}:${signatureV1(secret, request, hash)}`
}

/** The value of `content-md5`: upper-case hex, not the base64 of RFC 1864. */
export function contentMd5(body: Uint8Array): string {
  return createHash('md5').update(body).digest('hex').toUpperCase()
}

// -------------------------------------------------------------------------------------------------- signature v4

/** The canonical request of signature v4 (sls-protocol 1.5). */
export function canonicalRequestV4(request: SignableRequest): string {
  const signed = sortedHeaders(
    request.headers,
    (name) =>
      name === 'content-type' ||
      name === 'host' ||
      name.startsWith('x-acs-') ||
      (name.startsWith('x-log-') && !name.startsWith('x-log-meta-')),
  )
  const parameters = sortedByName(request.query)
    .map(([name, value]) => (value === '' ? name : `${name}=${percentEncode(value)}`))
    .join('&')
  return [
    request.method,
    request.path,
    parameters,
    ...signed.map(([name, value]) => `${name}:${value}`),
    '',
    signed.map(([name]) => name).join(';'),
    sha256Hex(request.body),
  ].join('\n')
}

/** What signature v4 signs. The date of the scope is that of `x-log-date`, so the two cannot disagree. */
export function stringToSignV4(request: SignableRequest, region: string): string {
  const date = request.headers['x-log-date'] ?? ''
  return [V4_ALGORITHM, date, scopeV4(date, region), sha256Hex(canonicalRequestV4(request))].join('\n')
}

/** Signature v4, lower-case hex. */
export function signatureV4(secret: string, request: SignableRequest, region: string): string {
  const day = (request.headers['x-log-date'] ?? '').slice(0, 8)
  return createHmac('sha256', signingKeyV4(secret, day, region))
    .update(stringToSignV4(request, region), 'utf8')
    .digest('hex')
}

/** Signing keys by what they follow from: one serves a whole day, and to derive it costs as much as all the rest. */
const signingKeysV4 = new Map<string, KeyObject>()
const maxSigningKeys = 64

function signingKeyV4(secret: string, day: string, region: string): KeyObject {
  const name = `${day}/${region}/${secret}`
  let signingKey = signingKeysV4.get(name)
  if (signingKey === undefined) {
    const bytes = [region, 'sls', V4_TERMINATOR].reduce(
      (key, part) => createHmac('sha256', key).update(part).digest(),
      createHmac('sha256', `aliyun_v4${secret}`).update(day).digest(),
    )
    signingKey = createSecretKey(bytes)
    if (signingKeysV4.size >= maxSigningKeys) signingKeysV4.clear()
    signingKeysV4.set(name, signingKey)
  }
  return signingKey
}

/** The `Authorization` header for v4. The signed headers are not listed in it: the server knows the rule. */
export function authorizationV4(accessKeyId: string, secret: string, region: string, request: SignableRequest): string {
  const scope = scopeV4(request.headers['x-log-date'] ?? '', region)
  const signature = signatureV4(secret, request, region)
  return `${V4_ALGORITHM} Credential=${accessKeyId}/${scope},Signature=${signature}`
}

function scopeV4(date: string, region: string): string {
  return `${date.slice(0, 8)}/${region}/sls/${V4_TERMINATOR}`
}

/** Lower-case hex SHA-256: the value of `x-log-content-sha256`. */
export function sha256Hex(data: Uint8Array | string): string {
  return hash('sha256', data, 'hex')
}

/** Percent-encoding of RFC 3986: only `A-Z a-z 0-9 - _ . ~` stay, so also `!'()*` are encoded. */
export function percentEncode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

function sortedHeaders(
  headers: Readonly<Record<string, string>>,
  isSigned: (name: string) => boolean,
): (readonly [name: string, value: string])[] {
  return sortedByName(
    Object.entries(headers)
      .filter(([name]) => isSigned(name))
      .map(([name, value]) => [name, value.trim()] as const),
  )
}

function sortedByName<Pair extends readonly [name: string, value: string]>(pairs: readonly Pair[]): Pair[] {
  return pairs.toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
}
