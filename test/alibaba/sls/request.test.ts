import { describe, expect, it } from 'vitest'
import { requestTarget, signedHeaders } from '../../../src/alibaba/sls/request.ts'

const NOW_MS = Date.parse('2024-01-02T03:04:05Z')
const credentials = { accessKeyId: 'testAccessKeyId', accessKeySecret: 'testAccessKeySecret' }
const get = {
  method: 'GET',
  path: '/logstores/audit/shards/0',
  query: [
    ['type', 'log'],
    ['cursor', 'MTQ0NzMyOTQwMTEwMjEzMDkwNA=='],
    ['count', '1000'],
  ],
  headers: { host: 'proj-a.cn-hangzhou.log.aliyuncs.com' },
  body: new Uint8Array(),
} as const
const post = {
  method: 'POST',
  path: '/logstores/audit/consumergroups/cg1',
  query: [
    ['type', 'heartbeat'],
    ['consumer', 'c 1~*/x'],
  ],
  headers: {
    host: 'proj-a.cn-hangzhou.log.aliyuncs.com',
    'content-type': 'application/json',
    // As the SDK that made the vectors sends it; a caller's own headers win.
    'x-log-bodyrawsize': '0',
  },
  body: Buffer.from('[0,1]'),
} as const

describe('signedHeaders', () => {
  it('make vector A of the protocol notes (v1)', () => {
    expect(signedHeaders(get, credentials, { version: 'v1' }, NOW_MS)).toEqual({
      host: 'proj-a.cn-hangzhou.log.aliyuncs.com',
      date: 'Tue, 02 Jan 2024 03:04:05 GMT',
      'x-log-apiversion': '0.6.0',
      'x-log-bodyrawsize': '0',
      'x-log-signaturemethod': 'hmac-sha1',
      authorization: 'LOG testAccessKeyId:7s9QJnhsEspIR1qivpFy/HdNR5I=',
    })
  })

  it('make vector B, with a body and a token (v1)', () => {
    const request = {
      ...post,
      query: [
        ['consumer', 'c-1'],
        ['type', 'heartbeat'],
      ] as const,
    }
    const headers = signedHeaders(request, { ...credentials, securityToken: 'tok/abc+1==' }, { version: 'v1' }, NOW_MS)
    expect(headers).toMatchObject({
      'content-md5': 'CCFCD347D0BF65DC77AFE01A3306A96B',
      'x-acs-security-token': 'tok/abc+1==',
      authorization: 'LOG testAccessKeyId:ZWEx98k4HyoA/Wa8Hq+FzA1/J6U=',
    })
  })

  it('make vector C (v4)', () => {
    expect(signedHeaders(get, credentials, { version: 'v4', region: 'cn-hangzhou' }, NOW_MS)).toEqual({
      host: 'proj-a.cn-hangzhou.log.aliyuncs.com',
      'x-log-apiversion': '0.6.0',
      'x-log-bodyrawsize': '0',
      'x-log-date': '20240102T030405Z',
      'x-log-content-sha256': 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
      authorization:
        'SLS4-HMAC-SHA256 Credential=testAccessKeyId/20240102/cn-hangzhou/sls/aliyun_v4_request,' +
        'Signature=b653bcde50bfab683d4c90ad365cdf74582572443177e049e237cbf859921e18',
    })
  })

  it('make vector D, with a body, a token and an awkward parameter (v4)', () => {
    const temporary = { ...credentials, securityToken: 'tok/abc+1==' }
    const headers = signedHeaders(post, temporary, { version: 'v4', region: 'cn-hangzhou' }, NOW_MS)
    expect(headers['authorization']).toMatch(/449cc2f4cb8264af88ae61df869e966069364c5a9c896a7f2719b1b0d9cd0b1b$/)
  })
})

describe('requestTarget', () => {
  it('encodes values and keeps the order', () => {
    expect(requestTarget(post.path, post.query)).toBe(`${post.path}?type=heartbeat&consumer=c%201~%2A%2Fx`)
    expect(requestTarget('/logstores', [])).toBe('/logstores')
  })
})
