import { timingSafeEqual } from 'node:crypto'
import type { AccessKey, Accounts } from '../accounts.ts'
import type { SimulatedRequest } from '../http-frame.ts'
import { RpcFault } from './fault.ts'
import type { Nonces } from './nonces.ts'
import {
  canonicalRequest,
  type Parameters,
  sha256Hex,
  signatureV1,
  signatureV3,
  stringToSignV1,
  stringToSignV3,
} from './signature.ts'

const MAX_SKEW_MS = 15 * 60_000
const V3 = /^ACS3-HMAC-SHA256\s+Credential=([^,\s]+)\s*,\s*SignedHeaders=([^,\s]+)\s*,\s*Signature=([0-9a-f]{64})$/

/** What a signature claims. */
interface Claim {
  readonly accessKeyId: string
  readonly securityToken: string | undefined
  /** `YYYY-MM-DDThh:mm:ssZ`. */
  readonly date: string
  readonly nonce: string
  readonly signature: string
  readonly stringToSign: string
  /** Text for the message when it does not match. */
  readonly detail: string
  readonly sign: (secret: string, stringToSign: string) => string
}

/**
 * Proves who calls: V3 (ACS3-HMAC-SHA256, in headers) or V1 (HMAC-SHA1, in parameters), clock, key, token, body hash,
 * signature, nonce (actiontrail.md 1.4). The nonce is used up by a right signature only.
 *
 * @param parameters all of query and form body
 * @throws {RpcFault} the code of the first thing that is wrong
 */
export function authenticate(
  request: SimulatedRequest,
  parameters: Parameters,
  accounts: Accounts,
  nonces: Nonces,
): AccessKey {
  const claim = readClaim(request, parameters)
  checkDate(claim.date, request.serverTimeMs)
  const key = findKey(claim, accounts, request.serverTimeMs)
  if (!isEqual(claim.sign(key.secret, claim.stringToSign), claim.signature)) {
    throw new RpcFault(
      'SignatureDoesNotMatch',
      `Specified signature is not matched with our calculation. server string to sign is:${claim.stringToSign}${claim.detail}`,
    )
  }
  if (!nonces.spend(key.id, claim.nonce, request.serverTimeMs)) {
    throw new RpcFault('SignatureNonceUsed', 'Specified signature nonce was used already.')
  }
  return key
}

/** Key and nonce as a request states them, whether they are right or not. @throws {RpcFault} IncompleteSignature */
export function readClaim(request: SimulatedRequest, parameters: Parameters): Claim {
  const { authorization } = request.headers
  return authorization === undefined ? readV1(request.method, parameters) : readV3(request, authorization)
}

function readV3(request: SimulatedRequest, authorization: string): Claim {
  const [, accessKeyId, names, signature] = V3.exec(authorization) ?? []
  if (accessKeyId === undefined || names === undefined || signature === undefined) {
    throw incomplete('the Authorization header has not the form of ACS3-HMAC-SHA256')
  }
  const { headers } = request
  const signedHeaders = names.split(';')
  const required = (name: string): string => {
    const value = headers[name]
    if (value === undefined || value === '') throw incomplete(`${name} is missing`)
    return value
  }
  const date = required('x-acs-date')
  const nonce = required('x-acs-signature-nonce')
  const bodyHash = required('x-acs-content-sha256')
  // Other headers may go unsigned, but what decides the call must not be changed on the way.
  for (const name of ['host', 'x-acs-action', 'x-acs-version', 'x-acs-security-token', ...needed]) {
    if (headers[name] !== undefined && !signedHeaders.includes(name)) throw incomplete(`${name} is not signed`)
  }
  if (bodyHash !== sha256Hex(request.body)) {
    throw new RpcFault('SignatureDoesNotMatch', 'x-acs-content-sha256 is not the hash of the body received.')
  }
  return {
    accessKeyId,
    securityToken: headers['x-acs-security-token'],
    date,
    nonce,
    signature,
    stringToSign: stringToSignV3(request, signedHeaders),
    detail: `, server canonical request is:${canonicalRequest(request, signedHeaders)}`,
    sign: signatureV3,
  }
}

const needed = ['x-acs-date', 'x-acs-signature-nonce', 'x-acs-content-sha256'] as const

function readV1(method: string, parameters: Parameters): Claim {
  const given = new Map(parameters)
  const required = (name: string): string => {
    const value = given.get(name)
    if (value === undefined || value === '') throw incomplete(`${name} is missing`)
    return value
  }
  const signatureMethod = required('SignatureMethod')
  if (signatureMethod !== 'HMAC-SHA1') throw incomplete(`SignatureMethod ${signatureMethod} is unknown`)
  const version = required('SignatureVersion')
  if (version !== '1.0') throw incomplete(`SignatureVersion ${version} is unknown`)
  return {
    accessKeyId: required('AccessKeyId'),
    securityToken: given.get('SecurityToken'),
    date: required('Timestamp'),
    nonce: required('SignatureNonce'),
    signature: required('Signature'),
    stringToSign: stringToSignV1(method, parameters),
    detail: '',
    sign: signatureV1,
  }
}

function checkDate(date: string, serverTimeMs: number): void {
  const timeMs = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(date) ? Date.parse(date) : Number.NaN
  if (Number.isNaN(timeMs)) {
    throw new RpcFault('InvalidTimeStamp.Format', 'Specified time stamp or date value is not well formatted.')
  }
  if (Math.abs(timeMs - serverTimeMs) > MAX_SKEW_MS) {
    throw new RpcFault('InvalidTimeStamp.Expired', 'Specified time stamp or date value is expired.')
  }
}

function findKey({ accessKeyId, securityToken }: Claim, accounts: Accounts, nowMs: number): AccessKey {
  const key = accounts.find(accessKeyId)
  if (key === undefined) throw new RpcFault('InvalidAccessKeyId.NotFound', 'Specified access key is not found.')
  const state = accounts.state(key, nowMs)
  if (state === 'disabled') throw new RpcFault('InvalidAccessKeyId.Inactive', 'Specified access key is disabled.')
  if (state === 'expired') throw expiredToken()
  if (securityToken !== key.securityToken) {
    throw new RpcFault('InvalidSecurityToken.Malformed', 'Specified SecurityToken is malformed or missing.')
  }
  return key
}

export function expiredToken(): RpcFault {
  return new RpcFault('InvalidSecurityToken.Expired', 'Specified SecurityToken is expired.')
}

function incomplete(what: string): RpcFault {
  const message = `The request signature does not conform to Alibaba Cloud standards: ${what}.`
  return new RpcFault('IncompleteSignature', message)
}

function isEqual(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))
}
