import { afterEach, describe, expect, test } from 'vitest'
import { defaultAccessKey, defaultAccountId } from '../../simulator/accounts.ts'
import { type Simulator, startSimulator } from '../../simulator/simulator.ts'
import { createManualClock } from '../fakes/manual-clock.ts'
import { type CallOptions, callSls, jsonOf, outcomeOf, send } from './sls-caller.ts'

const v1 = { version: 'v1' } as const
let simulator: Simulator

afterEach(() => simulator.close())

async function outcome(options: CallOptions): Promise<string> {
  return outcomeOf(await callSls(simulator, '/logstores/slb-access/shards', options))
}

describe('requests of the reference (sls-protocol 1.6), byte for byte', () => {
  const testKey = { id: 'testAccessKeyId', secret: 'testAccessKeySecret', accountId: defaultAccountId }
  const common = { 'x-log-apiversion': '0.6.0', 'x-log-bodyrawsize': '0' }
  const host = 'proj-a.cn-hangzhou.log.aliyuncs.com'
  const target = '/logstores/audit/shards/0?type=log&cursor=MTQ0NzMyOTQwMTEwMjEzMDkwNA%3D%3D&count=1000'

  async function start(): Promise<void> {
    simulator = await startSimulator({
      clock: createManualClock(Date.UTC(2024, 0, 2, 3, 4, 5)),
      accessKeys: [testKey],
      world: {
        projects: [
          { name: 'proj-a', region: 'cn-hangzhou', accountId: defaultAccountId, logstores: [{ name: 'audit' }] },
        ],
        traffic: [],
      },
    })
  }

  test.each([
    ['A: v1', 'hmac-sha1', 'LOG testAccessKeyId:7s9QJnhsEspIR1qivpFy/HdNR5I='],
    ['A: v1 with SHA-256', 'hmac-sha256', 'LOG testAccessKeyId:v6z7bhz5DmvE7prgc5+IE3OzzRbNM/KEw97NTpSA2lU='],
  ])('%s is accepted', async (_name, method, authorization) => {
    await start()
    const headers = { ...common, host, date: 'Tue, 02 Jan 2024 03:04:05 GMT', 'x-log-signaturemethod': method }
    expect(outcomeOf(await send(simulator, 'GET', target, { ...headers, authorization }))).toBe('200')
  })

  test('A is also accepted from a client that adds x-log-date after signing, as the Python SDK does', async () => {
    await start()
    const date = 'Tue, 02 Jan 2024 03:04:05 GMT'
    const answer = await send(simulator, 'GET', target, {
      ...common,
      host,
      date,
      'x-log-date': date,
      'x-log-signaturemethod': 'hmac-sha1',
      authorization: 'LOG testAccessKeyId:7s9QJnhsEspIR1qivpFy/HdNR5I=',
    })
    expect(outcomeOf(answer)).toBe('200')
  })

  test('C: v4 is accepted', async () => {
    await start()
    const answer = await send(simulator, 'GET', target, {
      ...common,
      host,
      'x-log-content-sha256': 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
      'x-log-date': '20240102T030405Z',
      authorization:
        'SLS4-HMAC-SHA256 Credential=testAccessKeyId/20240102/cn-hangzhou/sls/aliyun_v4_request,Signature=b653bcde50bfab683d4c90ad365cdf74582572443177e049e237cbf859921e18',
    })
    expect(outcomeOf(answer)).toBe('200')
  })
})

describe('signatures', () => {
  test.each([
    ['v4', { version: 'v4', region: 'cn-hangzhou' }],
    ['v1', v1],
  ] as const)(
    'a right signature %s is accepted, and the answer carries what every answer carries',
    async (_, signature) => {
      simulator = await startSimulator({ clock: createManualClock(1_772_410_530_000) })
      const answer = await callSls(simulator, '/logstores', { signature })
      expect(answer.status).toBe(200)
      expect(answer.headers).toMatchObject({
        server: 'AliyunSLS',
        date: 'Mon, 02 Mar 2026 00:15:30 GMT',
        'x-log-time': '1772410530',
        'access-control-allow-origin': '*',
      })
      expect(answer.headers['x-log-requestid']).toMatch(/^[0-9A-F]{24}$/)
    },
  )

  test.each([
    ['v4', { version: 'v4', region: 'cn-hangzhou' }, 'SLS4-HMAC-SHA256\n'],
    ['v1', v1, 'GET\n\n\n'],
  ] as const)(
    'a wrong secret under %s is refused with the string that the server signed',
    async (_, signature, start) => {
      simulator = await startSimulator()
      const answer = await callSls(simulator, '/logstores', {
        signature,
        key: { ...defaultAccessKey, secret: 'wrong' },
      })
      expect(outcomeOf(answer)).toBe('401 SignatureNotMatch')
      // The message quotes it, so that its line ends can be told from its letters.
      expect(jsonOf(answer)).toMatchObject({
        errorMessage: expect.stringContaining(JSON.stringify(start).slice(0, -1)),
      })
    },
  )

  test('a parameter changed on the way is noticed', async () => {
    simulator = await startSimulator()
    const headers: Record<string, string> = {}
    await callSls(simulator, '/logstores', { query: { size: 1 }, change: (signed) => Object.assign(headers, signed) })
    expect(outcomeOf(await send(simulator, 'GET', '/logstores?size=2', headers))).toBe('401 SignatureNotMatch')
  })

  test('a v4 signature for another region does not match', async () => {
    simulator = await startSimulator()
    expect(await outcome({ signature: { version: 'v4', region: 'cn-beijing' } })).toBe('401 SignatureNotMatch')
  })

  test('a body changed on the way is noticed', async () => {
    simulator = await startSimulator()
    const body = Buffer.from('first')
    for (const signature of [v1, { version: 'v4', region: 'cn-hangzhou' }] as const) {
      const headers: Record<string, string> = {}
      const options = { method: 'POST', body, signature, headers: { 'content-type': 'application/x-protobuf' } }
      await callSls(simulator, '/logstores/slb-access', {
        ...options,
        change: (signed) => Object.assign(headers, signed),
      })
      const answer = await send(simulator, 'POST', '/logstores/slb-access', headers, Buffer.from('other'))
      expect(outcomeOf(answer)).toBe('401 SignatureNotMatch')
      expect(answer.body.toString('utf8')).toMatch(/Content-MD5|x-log-content-sha256/)
    }
  })
})

test.each([
  ['MissingAPIVersion', 400, v1, (h: Record<string, string>) => delete h['x-log-apiversion']],
  ['InvalidAPIVersion', 400, v1, (h: Record<string, string>) => Object.assign(h, { 'x-log-apiversion': '0.4.0' })],
  ['MissAccessKeyId', 400, v1, (h: Record<string, string>) => delete h['authorization']],
  ['InvalidAccessKeyId', 401, v1, (h: Record<string, string>) => Object.assign(h, { authorization: 'LOG :abc=' })],
  ['SignatureNotMatch', 401, v1, (h: Record<string, string>) => Object.assign(h, { authorization: 'Basic abc' })],
  ['MissingDate', 400, v1, (h: Record<string, string>) => delete h['date']],
  ['InvalidDateFormat', 400, v1, (h: Record<string, string>) => Object.assign(h, { date: '2024-01-02' })],
  ['MissingSignatureMethod', 400, v1, (h: Record<string, string>) => delete h['x-log-signaturemethod']],
  [
    'InvalidSignatureMethod',
    400,
    v1,
    (h: Record<string, string>) => Object.assign(h, { 'x-log-signaturemethod': 'md5' }),
  ],
  ['MissingHost', 400, v1, (h: Record<string, string>) => delete h['host']],
] as const)('a malformed request is refused with %s', async (code, status, signature, change) => {
  simulator = await startSimulator()
  expect(await outcome({ signature, change })).toBe(`${status} ${code}`)
})

test('the clock may differ by 15 minutes and not by more, either way', async () => {
  simulator = await startSimulator({ clock: createManualClock(1_772_410_530_000) })
  const nowMs = simulator.clock.now()
  for (const signature of [v1, { version: 'v4', region: 'cn-hangzhou' }] as const) {
    for (const sign of [-1, 1]) {
      expect(await outcome({ signature, signedAtMs: nowMs + sign * 900_000 })).toBe('200')
      expect(await outcome({ signature, signedAtMs: nowMs + sign * 901_000 })).toBe('400 RequestTimeExpired')
    }
  }
})

test('a temporary key works with its token until it expires', async () => {
  const clock = createManualClock(1_772_410_530_000)
  const key = {
    ...defaultAccessKey,
    id: 'STS.simulator',
    securityToken: 'tok/abc+1==',
    expiresAtMs: clock.now() + 60_000,
  }
  simulator = await startSimulator({ clock, accessKeys: [key] })
  for (const signature of [v1, { version: 'v4', region: 'cn-hangzhou' }] as const) {
    expect(await outcome({ key, signature })).toBe('200')
    expect(await outcome({ key: { ...key, securityToken: 'other' }, signature })).toBe('401 Unauthorized')
    expect(await outcome({ key: { ...defaultAccessKey, id: key.id }, signature })).toBe('401 Unauthorized')
  }
  simulator.clock.advance(60_000)
  const answer = await callSls(simulator, '/logstores', { key })
  expect(outcomeOf(answer)).toBe('401 Unauthorized')
  expect(jsonOf(answer)).toMatchObject({ errorMessage: expect.stringContaining('expired') })
})

test('an unknown, a disabled and a foreign key are refused', async () => {
  const foreign = { id: 'foreign', secret: 'foreign', accountId: '9999999999999999' }
  simulator = await startSimulator({ accessKeys: [defaultAccessKey, foreign] })
  expect(await outcome({ key: { ...defaultAccessKey, id: 'nobody' } })).toBe('401 Unauthorized')
  expect(await outcome({ key: foreign })).toBe('401 Unauthorized')
  simulator.accounts.disable(defaultAccessKey.id)
  expect(await outcome({})).toBe('401 Unauthorized')
  simulator.accounts.enable(defaultAccessKey.id)
  expect(await outcome({})).toBe('200')
})

describe('the project', () => {
  test('is the first label of Host, or the header x-log-project', async () => {
    simulator = await startSimulator()
    const address = `127.0.0.1:${simulator.port}`
    expect(await outcome({ host: `web-prod.${address}` })).toBe('200')
    expect(await outcome({ host: 'web-prod.cn-hangzhou-intranet.log.aliyuncs.com' })).toBe('200')
    expect(await outcome({ host: address, headers: { 'x-log-project': 'web-prod' } })).toBe('200')
    expect(await outcome({ host: address })).toBe('404 ProjectNotExist')
    expect(await outcome({ host: `other.${address}` })).toBe('404 ProjectNotExist')
  })

  test('is unknown at the endpoint of another region', async () => {
    simulator = await startSimulator()
    expect(await outcome({ host: 'web-prod.cn-beijing.log.aliyuncs.com' })).toBe('404 ProjectNotExist')
  })

  test('is closed when its account is in arrears', async () => {
    simulator = await startSimulator()
    simulator.sls.store.addProject({
      name: 'unpaid',
      region: 'cn-hangzhou',
      accountId: defaultAccountId,
      forbidden: true,
      logstores: [],
    })
    expect(await outcome({ host: `unpaid.127.0.0.1:${simulator.port}` })).toBe('403 ProjectForbidden')
  })
})
