import { describe, expect, it } from 'vitest'
import {
  authorizationV1,
  authorizationV4,
  canonicalRequestV4,
  contentMd5,
  percentEncode,
  type SignableRequest,
  sha256Hex,
  signatureV1,
  signatureV4,
  stringToSignV1,
  stringToSignV4,
} from '../../../src/alibaba/sls/signature.ts'

// The vectors of sls-protocol 1.6, made with the vendor's own SDKs.
const ID = 'testAccessKeyId'
const SECRET = 'testAccessKeySecret'
const DATE = 'Tue, 02 Jan 2024 03:04:05 GMT'
const V4_DATE = '20240102T030405Z'
const HOST = 'proj-a.cn-hangzhou.log.aliyuncs.com'
const TOKEN = 'tok/abc+1=='
const NO_BODY = new Uint8Array()
const P1 = Buffer.from(
  '0a320a1e08f8b2939e0512160a07546573744b6579120b54657374436f6e74656e741a00220e31302e3233302e3230312e313137',
  'hex',
)

const pull: SignableRequest = {
  method: 'GET',
  path: '/logstores/audit/shards/0',
  // Out of order on purpose: the rules sort.
  query: [
    ['type', 'log'],
    ['cursor', 'MTQ0NzMyOTQwMTEwMjEzMDkwNA=='],
    ['count', '1000'],
  ],
  headers: {
    date: DATE,
    'x-log-signaturemethod': 'hmac-sha1',
    'x-log-bodyrawsize': '0',
    'x-log-apiversion': '0.6.0',
    accept: 'application/x-protobuf',
    'user-agent': 'anything',
  },
  body: NO_BODY,
}

describe('signature v1', () => {
  it('signs a GET without a body (vector A)', () => {
    expect(stringToSignV1(pull)).toBe(
      [
        'GET',
        '',
        '',
        DATE,
        'x-log-apiversion:0.6.0',
        'x-log-bodyrawsize:0',
        'x-log-signaturemethod:hmac-sha1',
        '/logstores/audit/shards/0?count=1000&cursor=MTQ0NzMyOTQwMTEwMjEzMDkwNA==&type=log',
      ].join('\n'),
    )
    expect(signatureV1(SECRET, pull, 'sha1')).toBe('7s9QJnhsEspIR1qivpFy/HdNR5I=')
    expect(authorizationV1(ID, SECRET, pull)).toBe('LOG testAccessKeyId:7s9QJnhsEspIR1qivpFy/HdNR5I=')
  })

  it('uses SHA-256 where the request says so (vector A)', () => {
    const request = { ...pull, headers: { ...pull.headers, 'x-log-signaturemethod': 'hmac-sha256' } }
    expect(signatureV1(SECRET, request, 'sha256')).toBe('v6z7bhz5DmvE7prgc5+IE3OzzRbNM/KEw97NTpSA2lU=')
    expect(authorizationV1(ID, SECRET, request)).toBe(`LOG ${ID}:v6z7bhz5DmvE7prgc5+IE3OzzRbNM/KEw97NTpSA2lU=`)
  })

  it.each([
    ['[0,1]', 'CCFCD347D0BF65DC77AFE01A3306A96B', 'ZWEx98k4HyoA/Wa8Hq+FzA1/J6U='],
    ['[0, 1]', '264884439B70AB09A86BC848421C6DE6', 'lz/kSVKLYyLwvifMscheum87m5E='],
  ])('signs a POST of %s with an STS token (vector B)', (text, md5, signature) => {
    const body = Buffer.from(text)
    expect(contentMd5(body)).toBe(md5)
    const request: SignableRequest = {
      method: 'POST',
      path: '/logstores/audit/consumergroups/cg1',
      query: [
        ['type', 'heartbeat'],
        ['consumer', 'c-1'],
      ],
      headers: {
        'content-md5': md5,
        'content-type': 'application/json',
        date: DATE,
        'x-acs-security-token': TOKEN,
        'x-log-apiversion': '0.6.0',
        'x-log-bodyrawsize': '0',
        'x-log-signaturemethod': 'hmac-sha1',
      },
      body,
    }
    expect(signatureV1(SECRET, request, 'sha1')).toBe(signature)
  })

  it.each([
    ['/logstores', NO_BODY, {}, 'Rwm6cTKzoti4HWoe+GKcb6Kv07E='],
    [
      '/logstores/app_log',
      P1,
      {
        'content-type': 'application/x-protobuf',
        'content-md5': '8D6881250FF5559F59BBDF04100F6E59',
        'x-log-bodyrawsize': '50',
      },
      '87xQWqFaOSewqRIma8kPjGYlXHc=',
    ],
  ])('agrees with the unit tests of the Go SDK on GET %s (vector E)', (path, body, more, signature) => {
    const request: SignableRequest = {
      method: 'GET',
      path,
      query: [],
      headers: {
        date: 'Mon, 3 Jan 2010 08:33:47 GMT',
        'x-log-apiversion': '0.6.0',
        'x-log-bodyrawsize': '0',
        'x-log-signaturemethod': 'hmac-sha1',
        ...more,
      },
      body,
    }
    if (body.length > 0) expect(contentMd5(body)).toBe('8D6881250FF5559F59BBDF04100F6E59')
    expect(signatureV1('mockAccessKeySecret', request, 'sha1')).toBe(signature)
  })

  it('lets x-log-date stand in for Date, outside the header lines', () => {
    const { date, ...rest } = pull.headers
    const request = { ...pull, headers: { ...rest, 'x-log-date': date as string } }
    expect(stringToSignV1(request)).toBe(stringToSignV1(pull))
  })

  it('writes a parameter with an empty value as name=', () => {
    expect(stringToSignV1({ ...pull, query: [['flag', '']] })).toMatch(/\/shards\/0\?flag=$/)
  })
})

const EMPTY_SHA256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'

describe('signature v4', () => {
  it('signs a GET without a body (vector C)', () => {
    const request: SignableRequest = {
      ...pull,
      headers: {
        host: HOST,
        accept: 'application/x-protobuf',
        'x-log-apiversion': '0.6.0',
        'x-log-bodyrawsize': '0',
        'x-log-content-sha256': EMPTY_SHA256,
        'x-log-date': V4_DATE,
        'x-log-meta-anything': 'is left out',
      },
    }
    const canonical = canonicalRequestV4(request)
    expect(canonical).toBe(
      [
        'GET',
        '/logstores/audit/shards/0',
        'count=1000&cursor=MTQ0NzMyOTQwMTEwMjEzMDkwNA%3D%3D&type=log',
        `host:${HOST}`,
        'x-log-apiversion:0.6.0',
        'x-log-bodyrawsize:0',
        `x-log-content-sha256:${EMPTY_SHA256}`,
        `x-log-date:${V4_DATE}`,
        '',
        'host;x-log-apiversion;x-log-bodyrawsize;x-log-content-sha256;x-log-date',
        EMPTY_SHA256,
      ].join('\n'),
    )
    const hash = 'dc61611b36da64be5bc8ff578745da0739cb5e8076983728fbf17ef1b5257670'
    expect(sha256Hex(canonical)).toBe(hash)
    expect(stringToSignV4(request, 'cn-hangzhou')).toBe(
      ['SLS4-HMAC-SHA256', V4_DATE, '20240102/cn-hangzhou/sls/aliyun_v4_request', hash].join('\n'),
    )
    expect(authorizationV4(ID, SECRET, 'cn-hangzhou', request)).toBe(
      'SLS4-HMAC-SHA256 Credential=testAccessKeyId/20240102/cn-hangzhou/sls/aliyun_v4_request,' +
        'Signature=b653bcde50bfab683d4c90ad365cdf74582572443177e049e237cbf859921e18',
    )
  })

  it('signs a POST with a body, a token and an awkward consumer name (vector D)', () => {
    const body = Buffer.from('[0,1]')
    const request: SignableRequest = {
      method: 'POST',
      path: '/logstores/audit/consumergroups/cg1',
      query: [
        ['type', 'heartbeat'],
        ['consumer', 'c 1~*/x'],
      ],
      headers: {
        host: HOST,
        'content-type': 'application/json',
        'x-acs-security-token': TOKEN,
        'x-log-apiversion': '0.6.0',
        'x-log-bodyrawsize': '0',
        'x-log-content-sha256': '463f2998327eb3a694145e6014444480b2235be84aa6cfd57871cc64f1cd816c',
        'x-log-date': V4_DATE,
      },
      body,
    }
    const canonical = canonicalRequestV4(request)
    expect(canonical.split('\n')[2]).toBe('consumer=c%201~%2A%2Fx&type=heartbeat')
    expect(sha256Hex(canonical)).toBe('8af020d33e70d198fc0445db8b070971fedc84af938a4dc1e045a40201153c9f')
    expect(signatureV4(SECRET, request, 'cn-hangzhou')).toBe(
      '449cc2f4cb8264af88ae61df869e966069364c5a9c896a7f2719b1b0d9cd0b1b',
    )
  })

  it('agrees with the unit tests of the Go SDK, which sign no host (vector E)', () => {
    const body = Buffer.from('adasd= -asd zcas')
    const request: SignableRequest = {
      method: 'POST',
      path: '/logstores',
      query: [],
      headers: {
        'x-log-content-sha256': 'c7a4fd95f1d70933caf91641e8000768cea86100dc5649fd4f16fead718a62e4',
        'x-log-date': '20220808T032330Z',
      },
      body,
    }
    expect(sha256Hex(body)).toBe(request.headers['x-log-content-sha256'])
    expect(sha256Hex(canonicalRequestV4(request))).toBe(
      '4f73de14376f2e28bcf261b1ff31dfa8b23ed5166e3877f494bf3dcd523bd102',
    )
    expect(signatureV4('zxasdasdasw2', request, 'cn-shanghai')).toBe(
      '8a10a5e723cb2e75964816de660b2c16a58af8bc0261f7f0722d832468c76ce8',
    )
  })

  it('writes a parameter with an empty value as the bare name, and trims header values', () => {
    const request = { ...pull, query: [['flag', '']] as const, headers: { host: ' h ', 'x-log-date': V4_DATE } }
    expect(canonicalRequestV4(request).split('\n').slice(2, 4)).toEqual(['flag', 'host:h'])
  })

  it('percent-encodes as RFC 3986 says', () => {
    expect(percentEncode('123abc!@#$%^&*()-=_+ ~|\\/')).toBe(
      '123abc%21%40%23%24%25%5E%26%2A%28%29-%3D_%2B%20~%7C%5C%2F',
    )
    expect(percentEncode("'é")).toBe('%27%C3%A9')
  })
})
