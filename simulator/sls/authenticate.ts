import {
  contentMd5,
  type SignableRequest,
  type SignatureHash,
  sha256Hex,
  signatureV1,
  signatureV4,
  stringToSignV1,
  stringToSignV4,
} from '../../src/alibaba/sls/signature.ts'
import type { AccessKey, Accounts } from '../accounts.ts'
import type { SimulatedRequest } from '../http-frame.ts'
import { SlsFault } from './errors.ts'
import type { Project } from './store.ts'

const MAX_SKEW_MS = 15 * 60_000
const API_VERSION = '0.6.0'

/**
 * Proves who calls: version, clock, key, token, body hash and signature, v1 or v4 (sls-protocol 1.2 to 1.7).
 * The region of the project takes part in v4, so a request signed for another region does not match.
 *
 * @throws {SlsFault} the code of the first thing that is wrong
 */
export function authenticate(request: SimulatedRequest, project: Project, accounts: Accounts): AccessKey {
  const { headers } = request
  const version = headers['x-log-apiversion']
  if (version === undefined) throw new SlsFault('MissingAPIVersion', 'x-log-apiversion does not exist')
  if (version !== API_VERSION) throw new SlsFault('InvalidAPIVersion', `x-log-apiversion ${version} is not supported`)

  const authorization = headers['authorization']
  if (authorization === undefined) throw new SlsFault('MissAccessKeyId', 'no Authorization header')
  const claim = readAuthorization(authorization)
  checkDate(request, claim)
  const key = findKey(request, project, accounts, claim.accessKeyId)
  checkBodyHash(request, claim)

  const signable: SignableRequest = { ...request }
  const region = project.region
  const { stringToSign, signature } =
    claim.version === 'v4'
      ? { stringToSign: stringToSignV4(signable, region), signature: signatureV4(key.secret, signable, region) }
      : {
          stringToSign: stringToSignV1(signable),
          signature: signatureV1(key.secret, signable, hashOf(headers['x-log-signaturemethod'])),
        }
  if (signature !== claim.signature) {
    throw new SlsFault(
      'SignatureNotMatch',
      `signature ${claim.signature} not matched; the server computed it over ${JSON.stringify(stringToSign)}`,
    )
  }
  return key
}

interface Claim {
  readonly version: 'v1' | 'v4'
  readonly accessKeyId: string
  readonly signature: string
  /** v4 only: the date inside the scope. */
  readonly scopeDate: string
}

function readAuthorization(authorization: string): Claim {
  const v1 = /^LOG ([^:]*):(.+)$/.exec(authorization)
  if (v1 !== null) return checkedId({ version: 'v1', accessKeyId: v1[1] ?? '', signature: v1[2] ?? '', scopeDate: '' })
  const v4 =
    /^SLS4-HMAC-SHA256 Credential=([^/,]*)\/(\d{8})\/[^/]+\/sls\/aliyun_v4_request, ?Signature=([0-9a-f]{64})$/.exec(
      authorization,
    )
  if (v4 !== null) {
    return checkedId({ version: 'v4', accessKeyId: v4[1] ?? '', scopeDate: v4[2] ?? '', signature: v4[3] ?? '' })
  }
  throw new SlsFault('SignatureNotMatch', 'the Authorization header has neither the form of v1 nor that of v4')
}

function checkedId(claim: Claim): Claim {
  if (!/^[0-9A-Za-z._-]+$/.test(claim.accessKeyId)) {
    throw new SlsFault('InvalidAccessKeyId', `AccessKeyId is invalid: ${claim.accessKeyId}`)
  }
  return claim
}

function checkDate(request: SimulatedRequest, claim: Claim): void {
  const { headers, serverTimeMs } = request
  const text = claim.version === 'v4' ? headers['x-log-date'] : (headers['x-log-date'] ?? headers['date'])
  if (text === undefined) {
    throw new SlsFault('MissingDate', `no ${claim.version === 'v4' ? 'x-log-date' : 'Date'} header`)
  }
  const timeMs = claim.version === 'v4' ? parseIsoBasic(text) : parseRfc1123(text)
  if (timeMs === undefined) throw new SlsFault('InvalidDateFormat', `date ${text} has a wrong format`)
  if (claim.version === 'v4' && claim.scopeDate !== text.slice(0, 8)) {
    throw new SlsFault('SignatureNotMatch', `the scope has the date ${claim.scopeDate}, x-log-date has ${text}`)
  }
  if (Math.abs(timeMs - serverTimeMs) > MAX_SKEW_MS) {
    const serverTime = new Date(serverTimeMs).toUTCString()
    throw new SlsFault('RequestTimeExpired', `request time ${text} and server time ${serverTime} differ too much`)
  }
}

function parseIsoBasic(text: string): number | undefined {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text)
  if (parts === null) return undefined
  const [, year, month, day, hour, minute, second] = parts
  const timeMs = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
  return Number.isNaN(timeMs) ? undefined : timeMs
}

function parseRfc1123(text: string): number | undefined {
  if (!/^[A-Z][a-z]{2}, \d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/.test(text)) return undefined
  const timeMs = Date.parse(text)
  return Number.isNaN(timeMs) ? undefined : timeMs
}

function findKey(request: SimulatedRequest, project: Project, accounts: Accounts, id: string): AccessKey {
  const key = accounts.find(id)
  if (key === undefined) throw new SlsFault('Unauthorized', `The AccessKeyId is not found: ${id}`)
  const state = accounts.state(key, request.serverTimeMs)
  if (state === 'disabled') throw new SlsFault('Unauthorized', `The AccessKeyId is disabled: ${id}`)
  if (state === 'expired') throw new SlsFault('Unauthorized', 'The security token has expired')
  if (request.headers['x-acs-security-token'] !== key.securityToken) {
    throw new SlsFault('Unauthorized', 'The security token is invalid or missing')
  }
  if (key.accountId !== project.accountId) {
    throw new SlsFault('Unauthorized', `denied by sts or ram, the project ${project.name} is not yours`)
  }
  return key
}

function checkBodyHash(request: SimulatedRequest, claim: Claim): void {
  const { headers, body } = request
  if (claim.version === 'v4') {
    const sent = headers['x-log-content-sha256']
    const computed = sha256Hex(body)
    if (sent !== computed) {
      throw new SlsFault('SignatureNotMatch', `x-log-content-sha256 is ${sent}, the body received has ${computed}`)
    }
    return
  }
  const sent = headers['content-md5']
  // Optional, and some clients send it empty when there is no body.
  if (sent === undefined || (sent === '' && body.length === 0)) return
  const computed = contentMd5(body)
  if (sent !== computed) {
    throw new SlsFault('SignatureNotMatch', `Content-MD5 is ${sent}, the body received has ${computed}`)
  }
}

/** @throws {SlsFault} MissingSignatureMethod, InvalidSignatureMethod */
function hashOf(method: string | undefined): SignatureHash {
  if (method === undefined) throw new SlsFault('MissingSignatureMethod', 'no x-log-signaturemethod header')
  if (method === 'hmac-sha1') return 'sha1'
  if (method === 'hmac-sha256') return 'sha256'
  throw new SlsFault('InvalidSignatureMethod', `x-log-signaturemethod ${method} is not supported`)
}
