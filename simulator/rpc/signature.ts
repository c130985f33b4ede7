import { createHash, createHmac } from 'node:crypto'

// Written apart from the receiver's own signer on purpose: each is held to the vendor's vectors, none to the other.

export type Parameters = readonly (readonly [name: string, value: string])[]

export interface SignedRequest {
  readonly method: string
  readonly path: string
  /** Decoded. */
  readonly query: Parameters
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

/** Percent-encodes everything but `A-Z a-z 0-9 - _ . ~`, however the sender wrote it in the URL. */
function encodeStrictly(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
}

/** Pairs sorted by encoded name, and by value where a name repeats. */
export function canonicalQuery(parameters: Parameters): string {
  return parameters
    .map(([name, value]) => `${encodeStrictly(name)}=${encodeStrictly(value)}`)
    .toSorted((a, b) => compare(nameOf(a), nameOf(b)) || compare(a, b))
    .join('&')
}

const nameOf = (pair: string) => pair.slice(0, pair.indexOf('='))
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

/**
 * What ACS3-HMAC-SHA256 signs (actiontrail.md 1.4).
 * @param signedHeaders as the sender declared them: lower-case names, sorted
 */
export function canonicalRequest(request: SignedRequest, signedHeaders: readonly string[]): string {
  return [
    request.method,
    request.path,
    canonicalQuery(request.query),
    signedHeaders.map((name) => `${name}:${(request.headers[name] ?? '').trim()}\n`).join(''),
    signedHeaders.join(';'),
    sha256Hex(request.body),
  ].join('\n')
}

export function stringToSignV3(request: SignedRequest, signedHeaders: readonly string[]): string {
  return `ACS3-HMAC-SHA256\n${sha256Hex(canonicalRequest(request, signedHeaders))}`
}

/** Lower-case hex. */
export function signatureV3(secret: string, stringToSign: string): string {
  return createHmac('sha256', secret).update(stringToSign).digest('hex')
}

/** What HMAC-SHA1 signs. @param parameters all of query and form body; `Signature` itself takes no part */
export function stringToSignV1(method: string, parameters: Parameters): string {
  const signed = parameters.filter(([name]) => name !== 'Signature')
  return `${method}&${encodeStrictly('/')}&${encodeStrictly(canonicalQuery(signed))}`
}

/** Base64. */
export function signatureV1(secret: string, stringToSign: string): string {
  return createHmac('sha1', `${secret}&`).update(stringToSign).digest('base64')
}

/** Lower-case hex. */
export function sha256Hex(data: Uint8Array | string): string {
  return createHash('sha256').update(data).digest('hex')
}
