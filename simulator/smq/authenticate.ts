import { createHash } from 'node:crypto'
import {
  authorizationClassic,
  authorizationV4,
  stringToSignClassic,
  stringToSignV4,
} from '../../src/alibaba/smq/signature.ts'
import type { AccessKey, Accounts } from '../accounts.ts'
import type { SimulatedRequest } from '../http-frame.ts'
import { SmqFault } from './errors.ts'

const MAX_SKEW_MS = 15 * 60_000
const VERSION = '2015-06-06'

/**
 * Proves who calls: version, date, key, token, body hash and signature, classic or V4 (smq.md 3 to 5).
 * @param region takes part in V4
 * @throws {SmqFault} the code of the first thing that is wrong
 */
export function authenticate(request: SimulatedRequest, region: string, accounts: Accounts): AccessKey {
  const { headers, body } = request
  const authorization = headers['authorization']
  if (authorization === undefined) {
    throw new SmqFault('MissingAuthorizationHeader', 'The Authorization header is required.')
  }
  const claim = readAuthorization(authorization)
  const version = headers['x-mns-version']
  if (version === undefined) throw new SmqFault('MissingVersionHeader', 'The x-mns-version header is required.')
  if (version !== VERSION) throw new SmqFault('InvalidVersionHeader', `x-mns-version is ${version}, not ${VERSION}.`)
  checkDate(request, claim)
  if (body.length > 0 && !/^(?:text|application)\/xml\s*(?:;|$)/i.test(headers['content-type'] ?? '')) {
    throw new SmqFault('InvalidContentType', `Content-Type is ${headers['content-type']}, not text/xml.`)
  }
  const key = findKey(request, accounts, claim.accessKeyId)
  const md5 = headers['content-md5']
  if (md5 !== undefined && md5 !== '' && !contentMd5Forms(body).includes(md5)) {
    throw new SmqFault('InvalidDegist', `Content-MD5 is ${md5}, the body received has ${contentMd5Forms(body)[0]}.`)
  }
  const isV4 = claim.form === 'v4'
  const expected = isV4
    ? authorizationV4(key.id, key.secret, region, request)
    : authorizationClassic(key.id, key.secret, request)
  if (expected !== authorization.replace(', Signature', ',Signature')) {
    const signed = isV4 ? stringToSignV4(request, region) : stringToSignClassic(request)
    throw new SmqFault(
      'SignatureDoesNotMatch',
      `The request signature we calculated does not match the signature you provided. We signed ${JSON.stringify(signed)}`,
    )
  }
  return key
}

interface Claim {
  readonly form: 'classic' | 'v4'
  readonly accessKeyId: string
  /** V4 only: `yyyyMMdd` of the scope. */
  readonly scopeDate: string
}

function readAuthorization(authorization: string): Claim {
  const classic = /^MNS ([^:\s]+):(\S+)$/.exec(authorization)
  if (classic !== null) return { form: 'classic', accessKeyId: classic[1] ?? '', scopeDate: '' }
  const v4 =
    /^MNS4-HMAC-SHA256 Credential=([^/,\s]+)\/(\d{8})\/[^/]+\/mns\/aliyun_v4_request, ?Signature=[0-9a-f]{64}$/.exec(
      authorization,
    )
  if (v4 !== null) return { form: 'v4', accessKeyId: v4[1] ?? '', scopeDate: v4[2] ?? '' }
  throw new SmqFault('InvalidAuthorizationHeader', 'The Authorization header has neither of the two forms.')
}

function checkDate({ headers, serverTimeMs }: SimulatedRequest, claim: Claim): void {
  const text = headers['x-mns-date'] ?? headers['date']
  if (text === undefined) throw new SmqFault('MissingDateHeader', 'The Date header is required.')
  const timeMs = /^[A-Z][a-z]{2}, \d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/.test(text)
    ? Date.parse(text)
    : Number.NaN
  if (Number.isNaN(timeMs)) throw new SmqFault('InvalidDateHeader', `The date ${text} is no HTTP date in GMT.`)
  if (claim.form === 'v4' && claim.scopeDate !== new Date(timeMs).toISOString().slice(0, 10).replaceAll('-', '')) {
    throw new SmqFault('InvalidDateHeader', `The scope has the date ${claim.scopeDate}, the request ${text}.`)
  }
  if (Math.abs(timeMs - serverTimeMs) > MAX_SKEW_MS) {
    const serverTime = new Date(serverTimeMs).toUTCString()
    throw new SmqFault('TimeExpired', `The date of the request is ${text}, the time of the server ${serverTime}.`)
  }
}

function findKey({ headers, serverTimeMs }: SimulatedRequest, accounts: Accounts, id: string): AccessKey {
  const key = accounts.find(id)
  if (key === undefined || accounts.state(key, serverTimeMs) === 'disabled') {
    throw new SmqFault('InvalidAccessKeyId', `The AccessKey Id you provided is not exist: ${id}`)
  }
  if (accounts.state(key, serverTimeMs) === 'expired') throw expiredToken()
  if (headers['security-token'] !== key.securityToken) {
    throw new SmqFault('InvalidSecurityToken', 'The security token is missing, or is not the one of this key.')
  }
  return key
}

export function expiredToken(): SmqFault {
  return new SmqFault('InvalidSecurityToken', 'The security token has expired.')
}

/** Both forms in use: Base64 of the digest, and of its hex text (smq.md 4.2). */
function contentMd5Forms(body: Uint8Array): readonly string[] {
  const digest = createHash('md5').update(body).digest()
  return [digest.toString('base64'), Buffer.from(digest.toString('hex')).toString('base64')]
}
