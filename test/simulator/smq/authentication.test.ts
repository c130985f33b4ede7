import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type AccessKey, defaultAccessKey } from '../../../simulator/accounts.ts'
import { type Simulator, startSimulator } from '../../../simulator/simulator.ts'
import { createManualClock } from '../../fakes/manual-clock.ts'
import { send } from '../sls-caller.ts'
import { type CallOptions, callSmq, fieldsOf, handlesXml, outcomeOf, xmlOf } from './caller.ts'

const MINUTE_MS = 60_000
/** The time and the key of the vendor's worked examples (smq.md 4.3). */
const vectorTime = 'Sat, 21 Nov 2026 02:00:00 GMT'
const vectorKey: AccessKey = { ...defaultAccessKey, id: 'LTAItestkey', secret: 'testSecret1234567890' }
const stsKey: AccessKey = {
  ...defaultAccessKey,
  id: 'STS.temporary',
  secret: 's',
  securityToken: 'token',
  expiresAtMs: Date.parse(vectorTime) + 60 * MINUTE_MS,
}
const foreignKey: AccessKey = { id: 'LTAIforeign', secret: 's', accountId: '9999999999999999' }

let simulator: Simulator
beforeEach(async () => {
  simulator = await startSimulator({
    clock: createManualClock(Date.parse(vectorTime)),
    accessKeys: [defaultAccessKey, vectorKey, stsKey, foreignKey],
  })
})
afterEach(() => simulator.close())

const outcome = async (options: CallOptions, request = 'GET /queues/audit-events') =>
  outcomeOf(await callSmq(simulator, request, options))

describe('the worked examples of the vendor pass', () => {
  const body = Buffer.from(
    '<?xml version="1.0" encoding="UTF-8"?><ReceiptHandles xmlns="http://mns.aliyuncs.com/doc/v1/"><ReceiptHandle>1-ODU4OTkzNDU5My0xNDM1MTk3NjAwLTItNg==</ReceiptHandle></ReceiptHandles>',
  )
  const xml = 'text/xml;charset=UTF-8'
  const md5 = { 'content-md5': 'Nzk0NmIzY2FkZDNjNWMzYTEzNTYwOTIxMTdmNDg2NWM=' }
  const v4 =
    'MNS4-HMAC-SHA256 Credential=LTAItestkey/20261121/cn-hangzhou/mns/aliyun_v4_request,Signature=233a579210d39ee18045c40655cd6f402246559ce2abf137e92472cd0d73ae7d'
  const receive = 'GET /queues/audit-events/messages?numOfMessages=16&waitseconds=20'
  const handle = '1-ODU4OTkzNDU5My0xNDM1MTk3NjAwLTItNg=='

  test.each([
    [1, receive, {}, 'MNS LTAItestkey:roS6+1U1VGL1OFlsmyoUp5W4vS4=', '200'],
    [
      2,
      `DELETE /queues/audit-events/messages?ReceiptHandle=${handle}`,
      { 'content-type': xml },
      'MNS LTAItestkey:CIortRYcepSNB1zutP9pS3cvpE8=',
      '400 ReceiptHandleError',
    ],
    [
      3,
      'GET /queues',
      { 'x-mns-prefix': 'audit', 'x-mns-ret-number': '100' },
      'MNS LTAItestkey:ih168eMC03wIeZWSIxusmvsv4+k=',
      '200',
    ],
    [
      4,
      'DELETE /queues/audit-events/messages',
      { 'content-type': xml, ...md5 },
      'MNS LTAItestkey:Ti4DcNPSGxSPJ6PppISmk+pgzg8=',
      '404',
    ],
    ['of V4', receive, { 'content-type': xml }, v4, '200'],
  ])('number %s', async (_number, request, headers, authorization, expected) => {
    simulator.smq.send('audit-events', { body: 'x' })
    const [method = '', target = ''] = request.split(' ')
    const sent = { host: 'localhost', date: vectorTime, 'x-mns-version': '2015-06-06', ...headers, authorization }
    const answer = await send(
      simulator,
      method,
      target,
      sent,
      method === 'DELETE' && 'content-md5' in headers ? body : undefined,
    )
    expect(outcomeOf(answer)).toBe(expected)
  })
})

describe.each([
  ['classic', {}],
  ['V4', { v4: 'cn-hangzhou' }],
])('a request signed in the %s form', (_form, form: CallOptions) => {
  test('is let in', async () => {
    expect(await outcome(form)).toBe('200')
    expect(await outcome({ ...form, headers: { 'x-mns-user-request-id': 'trace me' } })).toBe('200')
  })

  test.each<[string, (headers: Record<string, string>) => void]>([
    [
      'another secret',
      (headers) => (headers['authorization'] = headers['authorization']?.replace(/.(?==?$)/, 'x') ?? ''),
    ],
    ['an x-mns header that was added', (headers) => (headers['x-mns-prefix'] = 'a')],
    ['a content type that was added', (headers) => (headers['content-type'] = 'text/xml')],
    ['another date', (headers) => (headers['date'] = new Date(Date.parse(vectorTime) + 1000).toUTCString())],
  ])('is refused for %s', async (_what, change) => {
    expect(await outcome({ ...form, change })).toMatch(/^(403 SignatureDoesNotMatch|400 InvalidAuthorizationHeader)$/)
  })

  test('is refused for another path or parameter than was signed', async () => {
    let headers: Record<string, string> = {}
    await callSmq(simulator, 'GET /queues/audit-events', { ...form, change: (signed) => (headers = { ...signed }) })
    const outcomes = ['/queues/ops-alerts', '/queues/audit-events?x=1'].map(async (target) =>
      outcomeOf(await send(simulator, 'GET', target, headers)),
    )
    expect(await Promise.all(outcomes)).toEqual(['403 SignatureDoesNotMatch', '403 SignatureDoesNotMatch'])
  })

  test('may be 15 minutes off and no more', async () => {
    const now = simulator.clock.now()
    const signedAt = (offsetMs: number) => outcome({ ...form, signedAtMs: now + offsetMs })
    expect(await signedAt(-15 * MINUTE_MS)).toBe('200')
    expect(await signedAt(15 * MINUTE_MS)).toBe('200')
    expect(await signedAt(-15 * MINUTE_MS - 1000)).toBe('408 TimeExpired')
    expect(await signedAt(15 * MINUTE_MS + 1000)).toBe('408 TimeExpired')
    simulator.clock.advance(16 * MINUTE_MS)
    expect(await signedAt(0)).toBe('408 TimeExpired')
    expect(await outcome(form)).toBe('200')
  })

  test('needs the token of a temporary key, until it expires', async () => {
    expect(await outcome({ ...form, key: stsKey })).toBe('200')
    const wrong = { ...stsKey, securityToken: 'other' }
    expect(await outcome({ ...form, key: wrong })).toBe('403 InvalidSecurityToken')
    simulator.clock.advance(60 * MINUTE_MS)
    expect(await outcome({ ...form, key: stsKey })).toBe('403 InvalidSecurityToken')
  })

  test('is refused for a key that is unknown or disabled', async () => {
    expect(await outcome({ ...form, key: { ...defaultAccessKey, id: 'nobody' } })).toBe('403 InvalidAccessKeyId')
    simulator.accounts.disable(defaultAccessKey.id)
    expect(await outcome(form)).toBe('403 InvalidAccessKeyId')
    simulator.accounts.enable(defaultAccessKey.id)
    expect(await outcome(form)).toBe('200')
  })
})

test('a V4 scope of another region does not match', async () => {
  expect(await outcome({ v4: 'cn-beijing' })).toBe('403 SignatureDoesNotMatch')
})

test('x-mns-date may stand for Date, and wins over it', async () => {
  const date = new Date(simulator.clock.now()).toUTCString()
  const withoutDate = (headers: Record<string, string>) => void delete headers['date']
  expect(await outcome({ headers: { 'x-mns-date': date }, change: withoutDate })).toBe('200')
  expect(await outcome({ headers: { date: 'Sat, 01 Jan 2000 00:00:00 GMT', 'x-mns-date': date } })).toBe('200')
})

test.each([
  ['as it is', (handle: string) => handle],
  ['escaped', encodeURIComponent],
])('a receipt handle may stand in the target %s', async (_form, written) => {
  simulator.smq.send('audit-events', { body: 'x' })
  const received = await callSmq(simulator, 'GET /queues/audit-events/messages')
  const { ReceiptHandle = '' } = fieldsOf(xmlOf(received.body))
  const target = `/queues/audit-events/messages?ReceiptHandle=${written(ReceiptHandle)}`
  expect(await outcome({}, `DELETE ${target}`)).toBe('204')
})

test.each([
  ['MissingAuthorizationHeader', { authorization: undefined }],
  ['InvalidAuthorizationHeader', { authorization: 'LOG a:b' }],
  ['MissingVersionHeader', { 'x-mns-version': undefined }],
  ['InvalidVersionHeader', { 'x-mns-version': '2014-01-01' }],
  ['MissingDateHeader', { date: undefined }],
  ['InvalidDateHeader', { date: '2026-11-21T02:00:00Z' }],
] as const)('%s is the answer to such a request', async (code, wrong) => {
  const change = (headers: Record<string, string>) => {
    for (const [name, value] of Object.entries(wrong)) {
      if (value === undefined) delete headers[name]
      else headers[name] = value
    }
  }
  expect(await outcome({ change })).toBe(`400 ${code}`)
})

describe('a body', () => {
  const body = handlesXml(['1-abc'])
  const request = 'DELETE /queues/audit-events/messages'
  const digest = createHash('md5').update(body).digest()

  test.each([
    ['none', {}, '404'],
    ['Base64 of the digest', { 'content-md5': digest.toString('base64') }, '404'],
    ['Base64 of its hex text', { 'content-md5': Buffer.from(digest.toString('hex')).toString('base64') }, '404'],
    ['of another body', { 'content-md5': createHash('md5').update('x').digest('base64') }, '400 InvalidDegist'],
  ])('may have a Content-MD5: %s', async (_form, headers, expected) => {
    expect(await outcome({ body, headers }, request)).toBe(expected)
  })

  test('must be announced as XML', async () => {
    expect(await outcome({ body, headers: { 'content-type': 'application/json' } }, request)).toBe(
      '400 InvalidContentType',
    )
    expect(await outcome({ body, headers: { 'content-type': 'application/xml' } }, request)).toBe('404')
  })
})

test('each account and region has queues of its own, which Host tells', async () => {
  const at = (host: string, key = defaultAccessKey) => outcome({ key, change: (headers) => (headers['host'] = host) })
  expect(await at('1234567890123456.mns.cn-hangzhou.aliyuncs.com')).toBe('200')
  expect(await at('1234567890123456.mns.cn-hangzhou-internal-vpc.aliyuncs.com')).toBe('200')
  expect(await at('1234567890123456.mns.eu-central-1.aliyuncs.com')).toBe('404 QueueNotExist')
  expect(await at('1234567890123456.mns.cn-hangzhou.aliyuncs.com', foreignKey)).toBe('403 AccessDenied')
  expect(await at('127.0.0.1', foreignKey)).toBe('404 QueueNotExist')
})

test('an error says what, of which request, and where', async () => {
  const { status, headers, body } = await callSmq(simulator, 'GET /queues/nowhere')
  expect(status).toBe(404)
  expect(headers).toMatchObject({
    'content-type': 'text/xml;charset=utf-8',
    'x-mns-version': '2015-06-06',
    date: vectorTime,
  })
  expect(fieldsOf(xmlOf(body))).toEqual({
    Code: 'QueueNotExist',
    Message: 'The queue name you provided is not exist: nowhere',
    RequestId: headers['x-mns-request-id'],
    HostId: `http://127.0.0.1:${simulator.port}`,
  })
})
