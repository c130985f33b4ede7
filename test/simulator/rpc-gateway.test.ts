import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type AccessKey, defaultAccessKey, defaultAccountId } from '../../simulator/accounts.ts'
import {
  canonicalRequest,
  sha256Hex,
  signatureV1,
  signatureV3,
  stringToSignV1,
  stringToSignV3,
} from '../../simulator/rpc/signature.ts'
import { type Simulator, startSimulator } from '../../simulator/simulator.ts'
import { createManualClock, type ManualClock } from '../fakes/manual-clock.ts'
import { callRpc, callRpcV1, rpcOutcome } from './rpc-caller.ts'
import { jsonOf, send } from './sls-caller.ts'

const MINUTE_MS = 60_000

let clock: ManualClock
let simulator: Simulator
beforeEach(async () => {
  clock = createManualClock()
  simulator = await startSimulator({ clock })
})
afterEach(() => simulator.close())

const regions = (options: Parameters<typeof callRpc>[3] = {}) =>
  callRpc(simulator, 'DescribeRegions', { AcceptLanguage: "it's (a) *test* ~" }, options)
const regionsV1 = (options: Parameters<typeof callRpc>[3] = {}) =>
  callRpcV1(simulator, 'DescribeRegions', { AcceptLanguage: "it's (a) *test* ~" }, options)

describe('signatures', () => {
  const business = [
    ['StartTime', '2025-06-01T00:00:00Z'],
    ['EndTime', '2025-06-01T00:59:59Z'],
    ['MaxResults', '50'],
    ['Direction', 'FORWARD'],
    ['LookupAttribute.1.Key', 'EventRW'],
    ['LookupAttribute.1.Value', 'Write'],
  ] as const
  const secret = 'testAccessKeySecret'
  const nonce = '00000000000000000000000000000001'

  test('V3 is that of vector A', () => {
    const headers = {
      host: 'actiontrail.ap-southeast-1.aliyuncs.com',
      'x-acs-action': 'LookupEvents',
      'x-acs-content-sha256': sha256Hex(''),
      'x-acs-date': '2025-06-01T01:10:00Z',
      'x-acs-signature-nonce': nonce,
      'x-acs-version': '2020-07-06',
    }
    const request = { method: 'POST', path: '/', query: business, headers, body: new Uint8Array(0) }
    const names = Object.keys(headers).toSorted()
    expect(sha256Hex(canonicalRequest(request, names))).toBe(
      '751c9c2bf1e75663a5f22d18f70558e4c034a03d1d7c5e1b9824c64b180629f1',
    )
    expect(signatureV3(secret, stringToSignV3(request, names))).toBe(
      'af824f5485721540e79b18d72b7ef66477c82f127d6e0d40a42aafdc3e3b7083',
    )
  })

  test.each([
    ['GET', '+aBcxavfHB8yxhaZlJl8QVDOUdY='],
    ['POST', 'SQYDMXcDFjbfFfM98vkQQMy+zwc='],
  ])('V1 with %s is that of vector B', (method, expected) => {
    const parameters = [
      ...business,
      ['Action', 'LookupEvents'],
      ['Version', '2020-07-06'],
      ['Format', 'JSON'],
      ['AccessKeyId', 'testAccessKeyId'],
      ['SignatureMethod', 'HMAC-SHA1'],
      ['SignatureVersion', '1.0'],
      ['SignatureNonce', nonce],
      ['Timestamp', '2025-06-01T01:10:00Z'],
      ['Signature', 'takes no part'],
    ] as const
    expect(signatureV1(secret, stringToSignV1(method, parameters))).toBe(expected)
  })

  test.each([
    ['V3 by POST', () => regions()],
    ['V3 by GET', () => regions({ method: 'GET' })],
    ['V3 with a form body', () => regions({ asForm: true })],
    ['V1 by GET', () => regionsV1()],
    ['V1 with a form body', () => regionsV1({ method: 'POST' })],
  ])('%s is taken', async (_name, call) => {
    expect(rpcOutcome(await call())).toBe('200')
  })

  test('V3 is checked over the strict form, whatever the URL looks like', async () => {
    const loosely = (target: string) => target.replaceAll('%2A', '*').replaceAll('%28', '(').replaceAll('%29', ')')
    expect(rpcOutcome(await regions({ changeTarget: loosely }))).toBe('200')
  })

  test('a header that the client did not declare may be added on the way', async () => {
    const answer = await regions({ change: (headers) => (headers['x-acs-credentials-provider'] = 'static_ak') })
    expect(rpcOutcome(answer)).toBe('200')
  })

  test('SignatureDoesNotMatch quotes what the server signed', async () => {
    const answer = await regions({ key: { ...defaultAccessKey, secret: 'wrong' } })
    expect(rpcOutcome(answer)).toBe('400 SignatureDoesNotMatch')
    expect(jsonOf(answer)).toMatchObject({ Message: expect.stringContaining('ACS3-HMAC-SHA256\n') })
  })

  const changed = (name: string, value: string) => ({
    change: (headers: Record<string, string>) => {
      headers[name] = value
    },
  })
  test.each([
    ['parameter', { changeTarget: (target: string) => `${target}&Extra=1` }],
    ['host', changed('host', 'actiontrail.cn-beijing.aliyuncs.com')],
    ['nonce', changed('x-acs-signature-nonce', 'another')],
    ['body hash', changed('x-acs-content-sha256', sha256Hex('x'))],
  ])('V3 with a changed %s is refused', async (_name, options) => {
    expect(rpcOutcome(await regions(options))).toBe('400 SignatureDoesNotMatch')
  })

  test('a changed body is refused', async () => {
    const seen: Record<string, string> = {}
    await regions({ asForm: true, change: (headers) => Object.assign(seen, headers) })
    const answer = await send(simulator, 'POST', '/', seen, Buffer.from('AcceptLanguage=other'))
    expect(rpcOutcome(answer)).toBe('400 SignatureDoesNotMatch')
    expect(rpcOutcome(await regionsV1({ method: 'POST', changeTarget: (text) => `${text}&Extra=1` }))).toBe(
      '400 SignatureDoesNotMatch',
    )
  })

  test('V1 with a changed parameter is refused', async () => {
    expect(rpcOutcome(await regionsV1({ changeTarget: (target) => `${target}&Extra=1` }))).toBe(
      '400 SignatureDoesNotMatch',
    )
  })

  test.each(['x-acs-date', 'x-acs-signature-nonce', 'x-acs-content-sha256'])(
    'V3 without %s is incomplete',
    async (name) => {
      const answer = await regions({ change: (headers) => delete headers[name] })
      expect(rpcOutcome(answer)).toBe('400 IncompleteSignature')
      expect(jsonOf(answer)).toMatchObject({ Message: expect.stringContaining(name) })
    },
  )

  test('V3 that leaves the action out of what it signs is incomplete', async () => {
    const answer = await regions({
      change: (headers) => {
        headers['authorization'] = String(headers['authorization']).replace('x-acs-action;', '')
      },
    })
    expect(rpcOutcome(answer)).toBe('400 IncompleteSignature')
  })

  test('a request without any signature is incomplete', async () => {
    expect(rpcOutcome(await regions({ change: (headers) => delete headers['authorization'] }))).toBe(
      '400 IncompleteSignature',
    )
    const answer = await regions(changed('authorization', 'Bearer token'))
    expect(rpcOutcome(answer)).toBe('400 IncompleteSignature')
  })

  test('a nonce is good once, for each key', async () => {
    for (const call of [regions, regionsV1]) {
      const nonce = `once-${call === regions}`
      expect(rpcOutcome(await call({ nonce }))).toBe('200')
      expect(rpcOutcome(await call({ nonce }))).toBe('400 SignatureNonceUsed')
    }
    simulator.accounts.add({ id: 'other', secret: 's', accountId: defaultAccountId })
    const other: AccessKey = { id: 'other', secret: 's', accountId: defaultAccountId }
    expect(rpcOutcome(await regions({ nonce: 'once-true', key: other }))).toBe('200')
  })

  test('a nonce is gone after an injected error too, and forgotten when its date is out of bounds', async () => {
    simulator.faults.inject({ times: 1, effect: { kind: 'error', status: 500, code: 'InternalError' } })
    expect(rpcOutcome(await regions({ nonce: 'n' }))).toBe('500 InternalError')
    expect(rpcOutcome(await regions({ nonce: 'n' }))).toBe('400 SignatureNonceUsed')
    simulator.clock.advance(32 * MINUTE_MS)
    expect(rpcOutcome(await regions({ nonce: 'n' }))).toBe('200')
  })

  test.each([14, -14])('a date %i minutes off is taken', async (minutes) => {
    const signedAtMs = clock.now() + minutes * MINUTE_MS
    expect(rpcOutcome(await regions({ signedAtMs }))).toBe('200')
    expect(rpcOutcome(await regionsV1({ signedAtMs }))).toBe('200')
  })

  test.each([16, -16])('a date %i minutes off is expired', async (minutes) => {
    const signedAtMs = clock.now() + minutes * MINUTE_MS
    expect(rpcOutcome(await regions({ signedAtMs }))).toBe('400 InvalidTimeStamp.Expired')
    expect(rpcOutcome(await regionsV1({ signedAtMs }))).toBe('400 InvalidTimeStamp.Expired')
  })

  test('a date of another format is told apart', async () => {
    expect(rpcOutcome(await regions(changed('x-acs-date', 'yesterday')))).toBe('400 InvalidTimeStamp.Format')
  })
})

describe('keys', () => {
  const temporary: AccessKey = {
    id: 'STS.test',
    secret: 'sts-secret',
    accountId: defaultAccountId,
    securityToken: 'the-token',
    expiresAtMs: 1_772_410_530_000 + 60 * MINUTE_MS,
  }
  beforeEach(() => simulator.accounts.add(temporary))

  test('a temporary key works with its token, until it expires', async () => {
    expect(rpcOutcome(await regions({ key: temporary }))).toBe('200')
    expect(rpcOutcome(await regionsV1({ key: temporary }))).toBe('200')
    simulator.clock.advance(61 * MINUTE_MS)
    expect(rpcOutcome(await regions({ key: temporary }))).toBe('400 InvalidSecurityToken.Expired')
  })

  test('a missing, wrong or needless token is refused', async () => {
    const { securityToken: _, ...tokenless } = temporary
    const malformed = '400 InvalidSecurityToken.Malformed'
    expect(rpcOutcome(await regions({ key: tokenless }))).toBe(malformed)
    expect(rpcOutcome(await regionsV1({ key: { ...temporary, securityToken: 'another' } }))).toBe(malformed)
    expect(rpcOutcome(await regions({ key: { ...defaultAccessKey, securityToken: 'needless' } }))).toBe(malformed)
  })

  test('unknown and disabled keys are refused', async () => {
    expect(rpcOutcome(await regions({ key: { ...defaultAccessKey, id: 'LTAIunknown' } }))).toBe(
      '404 InvalidAccessKeyId.NotFound',
    )
    simulator.accounts.disable(defaultAccessKey.id)
    expect(rpcOutcome(await regions())).toBe('400 InvalidAccessKeyId.Inactive')
  })
})

describe('calls', () => {
  test('unknown actions and versions are told apart', async () => {
    expect(rpcOutcome(await callRpc(simulator, 'MakeCoffee'))).toBe('404 InvalidAction.NotFound')
    expect(rpcOutcome(await callRpc(simulator, 'toString'))).toBe('404 InvalidAction.NotFound')
    expect(rpcOutcome(await callRpc(simulator, 'LookupEvents', {}, { version: '1999-01-01' }))).toBe(
      '404 InvalidVersion',
    )
  })

  test('a host of another product does not know the action', async () => {
    expect(rpcOutcome(await regions({ host: 'ecs.cn-hangzhou.aliyuncs.com' }))).toBe('404 InvalidAction.NotFound')
    for (const host of ['actiontrail', 'actiontrail.cn-hangzhou', 'actiontrail-vpc.cn-hangzhou']) {
      expect(rpcOutcome(await regions({ host: `${host}.aliyuncs.com` }))).toBe('200')
    }
  })

  test('answers tell date, type and request id; errors tell what the vendor tells', async () => {
    const good = await regions()
    expect(good.headers).toMatchObject({
      'content-type': 'application/json;charset=utf-8',
      date: new Date(clock.now()).toUTCString(),
      'x-acs-request-id': expect.stringMatching(/^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$/),
    })
    expect(jsonOf(good)).toMatchObject({ RequestId: good.headers['x-acs-request-id'] })
    const bad = await callRpc(simulator, 'MakeCoffee', {}, { host: 'actiontrail.cn-hangzhou.aliyuncs.com' })
    expect(jsonOf(bad)).toEqual({
      RequestId: bad.headers['x-acs-request-id'],
      HostId: 'actiontrail.cn-hangzhou.aliyuncs.com',
      Code: 'InvalidAction.NotFound',
      Message: expect.any(String),
      Recommend: expect.stringContaining('https://'),
    })
  })

  test('unknown parameters are no fault', async () => {
    expect(rpcOutcome(await callRpc(simulator, 'LookupEvents', { Nonsense: 'yes' }))).toBe('200')
  })

  test('the region is that of the host, else that of the port', async () => {
    await simulator.close()
    simulator = await startSimulator({ clock, regions: ['ap-southeast-1', 'eu-central-1'] })
    expect(simulator.regionUrl('cn-hangzhou')).toBe(simulator.url)
    expect(() => simulator.regionUrl('us-west-1')).toThrow('us-west-1 has no port')
    const hit = (region: string) => simulator.faults.inject({ region, times: 1, effect: { kind: 'throttle' } })
    for (const region of ['cn-hangzhou', 'ap-southeast-1', 'eu-central-1']) {
      hit(region)
      expect(rpcOutcome(await regions({ region }))).toBe('400 Throttling.User')
    }
    hit('cn-beijing')
    expect(rpcOutcome(await regions({ region: 'eu-central-1' }))).toBe('200')
    expect(rpcOutcome(await regions({ host: 'actiontrail.cn-beijing.aliyuncs.com' }))).toBe('400 Throttling.User')
  })
})

describe('faults', () => {
  test('hit by service, api and region, and stand in with the codes of the gateway', async () => {
    const { faults } = simulator
    faults.inject({ service: 'actiontrail', api: 'DescribeRegions', times: 1, effect: { kind: 'throttle' } })
    expect(rpcOutcome(await callRpc(simulator, 'DescribeTrails'))).toBe('200')
    expect(rpcOutcome(await regions())).toBe('400 Throttling.User')
    faults.inject({ service: 'sls', times: 1, effect: { kind: 'throttle' } })
    expect(rpcOutcome(await regions())).toBe('200')
    faults.inject({ times: 1, effect: { kind: 'expired_token' } })
    expect(rpcOutcome(await callRpc(simulator, 'DescribeTrails'))).toBe('400 InvalidSecurityToken.Expired')
  })

  test('about permissions tell which', async () => {
    simulator.faults.inject({ service: 'actiontrail', effect: { kind: 'error', status: 403, code: 'NoPermission' } })
    expect(jsonOf(await callRpc(simulator, 'LookupEvents'))).toMatchObject({
      Code: 'NoPermission',
      AccessDeniedDetail: { AuthAction: 'actiontrail:LookupEvents', NoPermissionType: 'ImplicitDeny' },
    })
  })

  test('of the clock make a good date expire, and show in Date', async () => {
    simulator.faults.inject({ times: 1, effect: { kind: 'clock_offset', ms: 20 * MINUTE_MS } })
    const answer = await regions()
    expect(rpcOutcome(answer)).toBe('400 InvalidTimeStamp.Expired')
    expect(answer.headers['date']).toBe(new Date(clock.now() + 20 * MINUTE_MS).toUTCString())
  })

  test('throttling may come as 429 with the time to wait', async () => {
    Object.assign(simulator.rpc.behaviour, { throttlingStatus: 429, retryAfterMs: 1500 })
    simulator.faults.inject({ times: 1, effect: { kind: 'throttle' } })
    const answer = await regions()
    expect(rpcOutcome(answer)).toBe('429 Throttling.User')
    expect(answer.headers).toMatchObject({ 'retry-after': '2', 'x-acs-retry-after': '1500' })
    simulator.faults.inject({ times: 1, effect: { kind: 'error', status: 503, code: 'Throttling.Api' } })
    const injected = await regions()
    expect(rpcOutcome(injected)).toBe('503 Throttling.Api')
    expect(injected.headers['retry-after']).toBe('2')
  })

  test('of the transport: a page of HTML, a cut body, a closed connection', async () => {
    simulator.faults.inject({ times: 1, effect: { kind: 'html', status: 502 } })
    expect(await regions()).toMatchObject({ status: 502, headers: { 'content-type': 'text/html' } })
    simulator.faults.inject({ times: 1, effect: { kind: 'truncated_body' } })
    const cut = await regions()
    expect(() => jsonOf(cut)).toThrow(SyntaxError)
    simulator.faults.inject({ times: 1, effect: { kind: 'drop', when: 'before_headers' } })
    await expect(regions()).rejects.toThrow()
  })
})
