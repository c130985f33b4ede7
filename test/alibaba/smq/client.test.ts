import { createHmac } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createNoopMeter } from '@opentelemetry/api'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Credentials, CredentialsProvider } from '../../../src/alibaba/credentials.ts'
import { createSmqClient, type SmqClientDeps, type SmqClientOptions } from '../../../src/alibaba/smq/client.ts'
import type { SmqError } from '../../../src/alibaba/smq/errors.ts'
import type { SmqClient } from '../../../src/alibaba/smq/types.ts'
import { createLeapingClock } from '../../fakes/leaping-clock.ts'
import { createRecordingLog } from '../../fakes/recording-log.ts'

const nowMs = Date.parse('2026-11-21T02:00:00Z')
const secret = 'testSecret1234567890'
const key: Credentials = { accessKeyId: 'LTAItestkey', accessKeySecret: secret }
const never = new AbortController().signal
const ns = 'xmlns="http://mns.aliyuncs.com/doc/v1/"'

type Reply =
  | { readonly status?: number; readonly headers?: Record<string, string>; readonly body?: string }
  | ((incoming: IncomingMessage, response: ServerResponse) => void)
interface Received {
  readonly line: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

let server: Server
let endpoint: string
let client: SmqClient | undefined
let replies: Reply[]
let requests: Received[]
let faults: string[]

beforeEach(async () => {
  replies = []
  requests = []
  faults = []
  server = createServer(async (incoming, response) => {
    const body = Buffer.concat(await incoming.toArray()).toString()
    requests.push({ line: `${incoming.method} ${incoming.url}`, headers: incoming.headers, body })
    if (!isSigned(incoming)) faults.push(`badly signed: ${incoming.method} ${incoming.url}`)
    const reply = replies.shift()
    if (reply === undefined) {
      faults.push(`unexpected: ${incoming.method} ${incoming.url}`)
      response.writeHead(400).end()
    } else if (typeof reply === 'function') reply(incoming, response)
    else response.writeHead(reply.status ?? 200, reply.headers).end(reply.body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterEach(async () => {
  await client?.close()
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  expect(faults).toEqual([])
  expect(replies).toEqual([])
})

/** Checks a signature by the words of smq.md 4.1 and 5, without the code that made it. */
function isSigned({ method = '', url = '', headers }: IncomingMessage): boolean {
  const names = Object.keys(headers)
    .filter((name) => name.startsWith('x-mns-'))
    .sort()
  const authorization = headers.authorization ?? ''
  const date = String(headers.date)
  if (authorization.startsWith('MNS ')) {
    const text = `${method}\n${headers['content-md5'] ?? ''}\n${headers['content-type'] ?? ''}\n${date}\n${names
      .map((name) => `${name}:${headers[name]}\n`)
      .join('')}${url}`
    return authorization === `MNS ${key.accessKeyId}:${createHmac('sha1', secret).update(text).digest('base64')}`
  }
  const [path = '', query = ''] = url.split('?')
  const encode = (text: string) => encodeURIComponent(text).replaceAll('*', '%2A')
  const parameters = query
    .split('&')
    .filter(Boolean)
    .map((pair) => /^([^=]*)=?(.*)$/.exec(pair) ?? [])
    .map(([, name = '', value = '']) =>
      value === '' ? encode(name.toLowerCase()) : `${encode(name.toLowerCase())}=${encode(decodeURIComponent(value))}`,
    )
    .sort()
    .join('&')
  const signed = [...names, 'content-type'].filter((name) => headers[name] !== undefined).sort()
  const day = '20261121'
  const scope = `${day}/cn-hangzhou/mns/aliyun_v4_request`
  const text = `MNS4-HMAC-SHA256\n20261121T020000Z\n${scope}\n${method}\n${path}\n${parameters}\n${signed
    .map((name) => `${name}:${headers[name]}\n`)
    .join('')}\n`
  let signingKey: Buffer | string = `aliyun_v4${secret}`
  for (const part of [day, 'cn-hangzhou', 'mns', 'aliyun_v4_request'])
    signingKey = createHmac('sha256', signingKey).update(part).digest()
  const signature = createHmac('sha256', signingKey).update(text).digest('hex')
  return authorization === `MNS4-HMAC-SHA256 Credential=${key.accessKeyId}/${scope},Signature=${signature}`
}

function setUp(options: Partial<SmqClientOptions> = {}, deps: Partial<SmqClientDeps> = {}) {
  const clock = createLeapingClock(nowMs)
  let refreshes = 0
  const credentials: CredentialsProvider = {
    get: async () => key,
    refresh: () => void refreshes++,
    describe: () => 'test',
  }
  client = createSmqClient(
    {
      endpoint,
      region: 'cn-hangzhou',
      signature: 'classic',
      proxy: 'none',
      rateLimitPerSecond: 1000,
      userAgent: 'test/1',
      ...options,
    },
    { credentials, clock, log: createRecordingLog(), meter: createNoopMeter(), ...deps },
  )
  return { client, clock, refreshes: () => refreshes }
}

const message = (more = '') => `<Message>
  <MessageId>A41C-1</MessageId>
  <ReceiptHandle>1-ODU4+/TEtOA==</ReceiptHandle>
  <MessageBody> 00123 &lt;a&gt; &amp;amp; &#20013;<![CDATA[<b> & ]]></MessageBody>
  <MessageBodyMD5>3FB323C30EBE669FCD1E13A1171CEC3A</MessageBodyMD5>
  <EnqueueTime>1795170001000</EnqueueTime>
  <NextVisibleTime>1795170032000</NextVisibleTime>
  <FirstDequeueTime>1795170002000</FirstDequeueTime>
  <DequeueCount>2</DequeueCount>
  <Priority>8</Priority>${more}
</Message>`
const error = (code: string, text = 'no') =>
  `<?xml version="1.0"?><Error ${ns}><Code>${code}</Code><Message>${text}</Message><RequestId>R1</RequestId><HostId>h</HostId></Error>`
const failed = (status: number, code: string, text?: string): Reply => ({ status, body: error(code, text) })
const empty = failed(404, 'MessageNotExist')

describe.each(['classic', 'v4'] as const)('with signature %s', (signature) => {
  it('sends every call as the reference has it', async () => {
    const { client } = setUp({ signature })
    replies.push(
      { body: `<Messages ${ns}>${message()}</Messages>` },
      empty,
      { status: 204 },
      {
        body: `<ChangeVisibility ${ns}><ReceiptHandle>new</ReceiptHandle><NextVisibleTime>5</NextVisibleTime></ChangeVisibility>`,
      },
      { status: 201, body: `<Message ${ns}><MessageId>M1</MessageId><MessageBodyMD5>X</MessageBodyMD5></Message>` },
      { body: `<Queue ${ns}><VisibilityTimeout>30</VisibilityTimeout><ActiveMessages>12</ActiveMessages></Queue>` },
      {
        body: `<Queues ${ns}><Queue><QueueURL>http://1.mns.cn-hangzhou.aliyuncs.com/queues/a-1</QueueURL></Queue><NextMarker>m/1</NextMarker></Queues>`,
      },
      { body: `<Queues ${ns}><Queue><QueueURL>http://h/queues/a-2</QueueURL></Queue></Queues>` },
    )
    const { messages } = await client.receive('q', 16, 20, never)
    expect(messages).toMatchObject([
      {
        messageId: 'A41C-1',
        receiptHandle: '1-ODU4+/TEtOA==',
        body: ' 00123 <a> &amp; 中<b> & ',
        enqueueTimeMs: 1795170001000,
        dequeueCount: 2,
      },
    ])
    expect(await client.peek('q', 16, never)).toEqual([])
    expect(await client.deleteMessages('q', ['1-ODU4+/TEtOA==', 'b'], never)).toEqual([])
    expect(await client.changeVisibility('q', '1-ODU4+/TEtOA==', 60, never)).toEqual({
      receiptHandle: 'new',
      nextVisibleTimeMs: 5,
    })
    expect(await client.send('q', 'a <b>', never)).toBe('M1')
    expect(await client.attributes('q', never)).toMatchObject({ visibilityTimeoutMs: 30_000, activeMessages: 12 })
    expect(await client.listQueues('a-', never)).toEqual(['a-1', 'a-2'])
    expect(requests.map(({ line }) => line)).toEqual([
      'GET /queues/q/messages?numOfMessages=16&waitseconds=20',
      'GET /queues/q/messages?peekonly=true&numOfMessages=16',
      'DELETE /queues/q/messages',
      'PUT /queues/q/messages?ReceiptHandle=1-ODU4+/TEtOA==&VisibilityTimeout=60',
      'POST /queues/q/messages',
      'GET /queues/q',
      'GET /queues',
      'GET /queues',
    ])
    expect(requests[2]?.body).toBe(
      '<?xml version="1.0" encoding="UTF-8"?><ReceiptHandles xmlns="http://mns.aliyuncs.com/doc/v1/"><ReceiptHandle>1-ODU4+/TEtOA==</ReceiptHandle><ReceiptHandle>b</ReceiptHandle></ReceiptHandles>',
    )
    expect(requests[4]?.body).toContain('<MessageBody>a &lt;b&gt;</MessageBody>')
    expect(requests[7]?.headers).toMatchObject({
      'x-mns-prefix': 'a-',
      'x-mns-marker': 'm/1',
      'x-mns-ret-number': '1000',
    })
  })
})

describe('the client', () => {
  it('reads properties, and a single message as root, and passes over what it does not know', async () => {
    const { client } = setUp()
    const properties = `<Later>1</Later><MessageGroupId>g</MessageGroupId>
      <UserProperties><PropertyValue><Name>n</Name><Value>3</Value><Type>NUMBER</Type></PropertyValue></UserProperties>
      <SystemProperties><SystemPropertyValue><Name>traceparent</Name><Value>00-x</Value><Type>STRING</Type></SystemPropertyValue></SystemProperties>`
    replies.push({ body: message(properties) })
    const { messages } = await client.receive('q', 1, 0, never)
    expect(messages[0]).toMatchObject({
      groupId: 'g',
      userProperties: new Map([['n', { type: 'NUMBER', value: '3' }]]),
      systemProperties: new Map([['traceparent', { type: 'STRING', value: '00-x' }]]),
    })
  })

  it('tells an empty queue from a gateway’s 404', async () => {
    const { client } = setUp()
    replies.push(empty, { status: 404, body: '<html><body>not here</body></html>' }, { status: 404 })
    expect((await client.receive('q', 16, 0, never)).messages).toEqual([])
    for (const found of [/not here/, /HTTP 404/]) {
      await expect(client.receive('q', 16, 0, never)).rejects.toMatchObject({
        kind: 'refused',
        message: expect.stringMatching(found),
      })
    }
  })

  it('tells which handles of a batch were not deleted, whatever the status', async () => {
    const { client } = setUp()
    const one = (code: string, handle: string) =>
      `<Error><ErrorCode>${code}</ErrorCode><ErrorMessage>m</ErrorMessage><ReceiptHandle>${handle}</ReceiptHandle></Error>`
    const body = `<Errors ${ns}>${one('ReceiptHandleError', 'a+/=')}${one('MessageNotExist', 'b')}${one('InternalError', 'c')}</Errors>`
    for (const status of [200, 400, 404, 500]) {
      replies.push({ status, body })
      expect(await client.deleteMessages('q', ['a+/=', 'b', 'c', 'd'], never)).toMatchObject([
        { receiptHandle: 'a+/=', isExpired: true },
        { receiptHandle: 'b', isExpired: true },
        { receiptHandle: 'c', isExpired: false },
      ])
    }
  })

  it('repeats what may pass, with growing waits, until it does', async () => {
    const { client, clock } = setUp()
    replies.push(
      failed(500, 'InternalError'),
      { status: 502, body: '<html>Bad Gateway</html>' },
      { status: 503 },
      { body: '<Messages><Message>' },
      { body: 'OK' },
      (incoming) => incoming.socket.destroy(),
      failed(429, 'TooManyRequests'),
      { status: 400, body: error('QpsLimitExceeded') },
      empty,
    )
    await client.receive('q', 16, 0, never)
    expect(clock.slept).toEqual([200, 400, 800, 1600, 3200, 6400, 1000, 2000])
  })

  it('leaves it to its caller to ask for the attributes of a queue again', async () => {
    const { client, clock } = setUp()
    replies.push(failed(500, 'InternalError'))
    await expect(client.attributes('q', never)).rejects.toMatchObject({ kind: 'transient' })
    expect(clock.slept).toEqual([])
  })

  it.each([
    [403, 'AccessDenied', 'permission', 'PERMISSION_DENIED'],
    [404, 'QueueNotExist', 'no_queue', 'SMQ_NOT_FOUND'],
    [400, 'ReceiptHandleError', 'receipt_expired', 'SMQ_REFUSED'],
    [400, 'InvalidArgument', 'refused', 'SMQ_REFUSED'],
  ])('rejects %i %s as %s', async (status, code, kind, ourCode) => {
    const { client } = setUp()
    replies.push(failed(status, code))
    const failure = (await client.changeVisibility('q', 'h', 1, never).catch((thrown) => thrown)) as SmqError
    expect(failure).toMatchObject({ kind, code: ourCode, vendorCode: code, requestId: 'R1' })
    if (kind === 'permission')
      expect(failure.remedy).toContain('mns:ChangeMessageVisibility on acs:mns:cn-hangzhou:*:/queues/q/messages')
  })

  it.each(['InvalidAccessKeyId', 'SignatureDoesNotMatch', 'InvalidSecurityToken.Expired', 'SomethingAboutTokens'])(
    'fetches credentials anew once when they are refused: %s',
    async (code) => {
      const { client, refreshes } = setUp()
      replies.push(failed(403, code), failed(403, code, `you sent ${secret}`))
      const failure = (await client.attributes('q', never).catch((thrown) => thrown)) as SmqError
      expect(failure).toMatchObject({ kind: 'credentials', code: 'CREDENTIALS_REFUSED' })
      expect(failure.message).not.toContain(secret)
      expect(refreshes()).toBe(1)
    },
  )

  it('dates requests by the server’s clock when its own is off', async () => {
    const { client } = setUp()
    const serverDate = 'Sat, 21 Nov 2026 03:00:00 GMT'
    replies.push({ status: 408, headers: { date: serverDate }, body: error('TimeExpired') }, empty)
    await client.receive('q', 16, 0, never)
    expect(requests.map(({ headers }) => headers.date)).toEqual(['Sat, 21 Nov 2026 02:00:00 GMT', serverDate])
  })

  it('sends the token of temporary credentials, which is not signed', async () => {
    const temporary = { ...key, securityToken: 'tok/abc+1==' }
    const { client } = setUp({}, { credentials: { get: async () => temporary, refresh: () => {}, describe: () => '' } })
    replies.push(empty)
    await client.receive('q', 16, 0, never)
    expect(requests[0]?.headers['security-token']).toBe('tok/abc+1==')
  })

  it('cuts a poll that hangs as soon as its signal aborts', async () => {
    const { client } = setUp()
    const stop = new AbortController()
    const hangs = Promise.withResolvers<void>()
    replies.push(() => hangs.resolve())
    const polling = client.receive('q', 16, 30, stop.signal)
    await hangs.promise
    stop.abort(new Error('stopping'))
    await expect(polling).rejects.toThrow('stopping')
  })

  it('wants a region for signature v4', () => {
    expect(() => setUp({ signature: 'v4', region: undefined })).toThrow(/region/)
    client = undefined
  })
})
