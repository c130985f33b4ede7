import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { flattenParameters } from '../../../src/alibaba/rpc/parameters.ts'
import {
  canonicalQuery,
  canonicalRequest,
  percentEncode,
  signedHeaders,
  type UnsignedRequest,
} from '../../../src/alibaba/rpc/signature.ts'

// Vector A of actiontrail.md 1.4.
const request: UnsignedRequest = {
  method: 'POST',
  path: '/',
  query: [
    ['StartTime', '2025-06-01T00:00:00Z'],
    ['EndTime', '2025-06-01T00:59:59Z'],
    ['MaxResults', '50'],
    ['Direction', 'FORWARD'],
    ['LookupAttribute.1.Key', 'EventRW'],
    ['LookupAttribute.1.Value', 'Write'],
  ],
  headers: {
    host: 'actiontrail.ap-southeast-1.aliyuncs.com',
    'x-acs-action': 'LookupEvents',
    'x-acs-version': '2020-07-06',
  },
  body: new Uint8Array(),
}
const credentials = { accessKeyId: 'testAccessKeyId', accessKeySecret: 'testAccessKeySecret' }
const atMs = Date.parse('2025-06-01T01:10:00Z')
const nonce = '00000000000000000000000000000001'

describe('signedHeaders', () => {
  it('signs vector A of the reference as the reference does', () => {
    const headers = signedHeaders(request, credentials, atMs, nonce)
    expect(canonicalQuery(request.query)).toBe(
      'Direction=FORWARD&EndTime=2025-06-01T00%3A59%3A59Z&LookupAttribute.1.Key=EventRW&LookupAttribute.1.Value=Write&MaxResults=50&StartTime=2025-06-01T00%3A00%3A00Z',
    )
    expect(
      createHash('sha256')
        .update(canonicalRequest({ ...request, headers }))
        .digest('hex'),
    ).toBe('751c9c2bf1e75663a5f22d18f70558e4c034a03d1d7c5e1b9824c64b180629f1')
    expect(headers['authorization']).toBe(
      'ACS3-HMAC-SHA256 Credential=testAccessKeyId,SignedHeaders=host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version,Signature=af824f5485721540e79b18d72b7ef66477c82f127d6e0d40a42aafdc3e3b7083',
    )
  })

  it('signs the token of temporary credentials, and the type of a body', () => {
    const headers = signedHeaders(
      { ...request, headers: { ...request.headers, 'content-type': 'application/x-www-form-urlencoded' } },
      { ...credentials, securityToken: 'token' },
      atMs,
      nonce,
    )
    expect(headers['x-acs-security-token']).toBe('token')
    expect(headers['authorization']).toContain(
      'SignedHeaders=content-type;host;x-acs-accesskey-id;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-security-token;x-acs-signature-nonce;x-acs-version,',
    )
  })
})

it.each([
  ["a b*'()!", 'a%20b%2A%27%28%29%21'],
  ['-_.~', '-_.~'],
  ['+/=', '%2B%2F%3D'],
  ['é😀', '%C3%A9%F0%9F%98%80'],
])('percentEncode(%j) is %j', (text, encoded) => expect(percentEncode(text)).toBe(encoded))

it('an empty value keeps its equals sign', () =>
  expect(
    canonicalQuery([
      ['B', ''],
      ['A', '1'],
    ]),
  ).toBe('A=1&B='))

it('flattenParameters counts lists from 1, goes down into objects and leaves out what is undefined', () => {
  expect(
    flattenParameters({ A: 1, B: undefined, Tag: [{ Key: 'k', Value: true }, { Key: 'l' }], Ids: ['x', 'y'], N: 12n }),
  ).toEqual([
    ['A', '1'],
    ['Tag.1.Key', 'k'],
    ['Tag.1.Value', 'true'],
    ['Tag.2.Key', 'l'],
    ['Ids.1', 'x'],
    ['Ids.2', 'y'],
    ['N', '12'],
  ])
})
