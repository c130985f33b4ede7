import { createHash, createHmac } from 'node:crypto'
import type { Credentials } from '../credentials.ts'

/**
 * A request of an RPC-style API before it is signed.
 *
 * - `query`: names and values decoded, in any order.
 * - `headers`: lower-case names; with `host`.
 * - `body`: the bytes as sent; empty for none.
 */
export interface UnsignedRequest {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly query: readonly (readonly [name: string, value: string])[]
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

const ALGORITHM = 'ACS3-HMAC-SHA256'

/** Everything but letters, digits and `-_.~`: what the signature is made over, whatever the sender wrote in the URL. */
export function percentEncode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

/** `name=value` pairs, strictly encoded and sorted by the encoded name: the form that is signed, and that we send. */
export function canonicalQuery(query: UnsignedRequest['query']): string {
  return query
    .map(([name, value]) => [percentEncode(name), percentEncode(value)] as const)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([name, value]) => `${name}=${value}`)
    .join('&')
}

/** The canonical request (actiontrail.md 1.4). Signs `host`, `content-type` and every `x-acs-` header there is. */
export function canonicalRequest(request: UnsignedRequest): string {
  const { headers } = request
  const names = signedNames(headers)
  return [
    request.method,
    request.path,
    canonicalQuery(request.query),
    // Each ends with a newline, so an empty line stands before the list of names.
    names.map((name) => `${name}:${headers[name]?.trim()}\n`).join(''),
    names.join(';'),
    headers['x-acs-content-sha256'] ?? '',
  ].join('\n')
}

/**
 * The headers to send: those of the request, what the signature needs, and the signature (ACS3-HMAC-SHA256). The vendor
 * accepts each nonce once and each date for fifteen minutes, so every attempt needs new ones.
 *
 * @param nonce not used before; any text
 */
export function signedHeaders(
  request: UnsignedRequest,
  credentials: Credentials,
  unixMs: number,
  nonce: string,
): Record<string, string> {
  const { accessKeyId, accessKeySecret, securityToken } = credentials
  const headers: Record<string, string> = {
    ...request.headers,
    'x-acs-content-sha256': sha256Hex(request.body),
    'x-acs-date': `${new Date(unixMs).toISOString().slice(0, 19)}Z`,
    'x-acs-signature-nonce': nonce,
    ...(securityToken === undefined
      ? {}
      : { 'x-acs-accesskey-id': accessKeyId, 'x-acs-security-token': securityToken }),
  }
  const stringToSign = `${ALGORITHM}\n${sha256Hex(canonicalRequest({ ...request, headers }))}`
  const signature = createHmac('sha256', accessKeySecret).update(stringToSign).digest('hex')
  const names = signedNames(headers).join(';')
  return {
    ...headers,
    authorization: `${ALGORITHM} Credential=${accessKeyId},SignedHeaders=${names},Signature=${signature}`,
  }
}

function signedNames(headers: UnsignedRequest['headers']): string[] {
  return Object.keys(headers)
    .filter((name) => name === 'host' || name === 'content-type' || name.startsWith('x-acs-'))
    .sort()
}

function sha256Hex(data: Uint8Array | string): string {
  return createHash('sha256').update(data).digest('hex')
}
