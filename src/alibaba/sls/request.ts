import type { Credentials } from '../credentials.ts'
import {
  authorizationV1,
  authorizationV4,
  contentMd5,
  percentEncode,
  type SignableRequest,
  sha256Hex,
} from './signature.ts'

export type SignatureVersion = { readonly version: 'v4'; readonly region: string } | { readonly version: 'v1' }

const API_VERSION = '0.6.0'

/**
 * The headers of a request with what every request carries and its signature (sls-protocol 1.2). Called anew for every
 * attempt, because date and credentials age.
 *
 * @param request `headers` needs `host`, and `content-type` where there is a body
 * @param nowMs the server's time as far as known, milliseconds since the epoch
 */
export function signedHeaders(
  request: SignableRequest,
  credentials: Credentials,
  signature: SignatureVersion,
  nowMs: number,
): Record<string, string> {
  const { accessKeyId, accessKeySecret, securityToken } = credentials
  const { body } = request
  const headers: Record<string, string> = {
    'x-log-apiversion': API_VERSION,
    'x-log-bodyrawsize': String(body.length),
    ...request.headers,
  }
  if (securityToken !== undefined) headers['x-acs-security-token'] = securityToken
  const signable = { ...request, headers }
  if (signature.version === 'v4') {
    headers['x-log-date'] = compactDate(nowMs)
    headers['x-log-content-sha256'] = sha256Hex(body)
    headers['authorization'] = authorizationV4(accessKeyId, accessKeySecret, signature.region, signable)
  } else {
    headers['date'] = new Date(nowMs).toUTCString()
    headers['x-log-signaturemethod'] = 'hmac-sha1'
    if (body.length > 0) headers['content-md5'] = contentMd5(body)
    headers['authorization'] = authorizationV1(accessKeyId, accessKeySecret, signable)
  }
  return headers
}

/** Path and parameters as they stand on the request line. */
export function requestTarget(path: string, query: SignableRequest['query']): string {
  if (query.length === 0) return path
  return `${path}?${query.map(([name, value]) => `${name}=${percentEncode(value)}`).join('&')}`
}

export const logstorePath = (logstore: string) => `/logstores/${percentEncode(logstore)}`

/** `20240102T030405Z` */
function compactDate(nowMs: number): string {
  return `${new Date(nowMs).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`
}
