import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Credentials, CredentialsProvider } from '../../../src/alibaba/credentials.ts'
import { createRateLimiter } from '../../../src/alibaba/rate-limit.ts'
import {
  createRpcClient,
  type RpcClient,
  type RpcClientDeps,
  type RpcClientOptions,
} from '../../../src/alibaba/rpc/client.ts'
import { endpointOf, rpcAddress } from '../../../src/alibaba/rpc/endpoint.ts'
import { RpcError } from '../../../src/alibaba/rpc/errors.ts'
import { ReceiverError } from '../../../src/errors.ts'
import { createLeapingClock } from '../../fakes/leaping-clock.ts'
import { createRecordingLog } from '../../fakes/recording-log.ts'
import { type Reply, type ScriptedRpcServer, startScriptedRpcServer } from './scripted-server.ts'

const NOW_MS = Date.parse('2025-06-01T01:10:00Z')
const dated = (unixMs: number) => ({ date: new Date(unixMs).toUTCString() })
const failure = (status: number, Code: string, more: Record<string, unknown> = {}): Reply => ({
  status,
  body: { RequestId: 'R-1', HostId: 'host', Code, Message: `${Code} happened`, ...more },
})
const lookup = { action: 'LookupEvents', version: '2020-07-06' }
const never = new AbortController().signal

function credentialsProvider(...list: Credentials[]): CredentialsProvider & { refreshes: number } {
  return {
    refreshes: 0,
    async get() {
      return list[Math.min(this.refreshes, list.length - 1)] as Credentials
    },
    refresh() {
      this.refreshes++
    },
    describe: () => 'test',
  }
}
const accessKey: Credentials = { accessKeyId: 'testAccessKeyId', accessKeySecret: 'testAccessKeySecret' }

let server: ScriptedRpcServer
let client: RpcClient | undefined

beforeEach(async () => {
  server = await startScriptedRpcServer((id) => (id === 'secondKeyId' ? 'secondSecret' : 'testAccessKeySecret'))
})
afterEach(async () => {
  await client?.close()
  client = undefined
  await server.close()
  server.verify()
})

function setUp(options: Partial<RpcClientOptions> = {}, deps: Partial<RpcClientDeps> = {}) {
  const clock = createLeapingClock(NOW_MS)
  const log = createRecordingLog()
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE)
  const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 2 ** 30 })
  const meter = new MeterProvider({ readers: [reader] }).getMeter('test')
  const waits: number[] = []
  client = createRpcClient(
    {
      endpoint: server.endpoint,
      region: 'cn-hangzhou',
      product: 'actiontrail',
      proxy: 'none',
      userAgent: 'test/1',
      ...options,
    },
    {
      credentials: credentialsProvider(accessKey),
      limiter: createRateLimiter({ perSecond: 1000 }, clock),
      clock,
      log,
      meter,
      onRetry: (_error, _attempt, waitMs) => waits.push(waitMs),
      ...deps,
    },
  )
  const counters = async () => {
    await reader.forceFlush()
    const metrics =
      exporter
        .getMetrics()
        .at(-1)
        ?.scopeMetrics.flatMap((scope) => scope.metrics) ?? []
    return Object.fromEntries(
      metrics.flatMap(({ descriptor, dataPoints }) =>
        dataPoints.map((point) => [`${descriptor.name} ${Object.values(point.attributes).join(' ')}`, point.value]),
      ),
    )
  }
  return { client, clock, log, waits, counters }
}

async function errorOf(promise: Promise<unknown>): Promise<RpcError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(RpcError)
  return error as RpcError
}

describe('a call', () => {
  it('is a POST with all parameters in the query and nothing in the body, and keeps the digits of large integers', async () => {
    const { client } = setUp()
    server.reply({ body: '{"RequestId":"R-1","Uid":1754986938261234567,"Events":[]}', headers: dated(NOW_MS) })
    const query = { NextToken: 'a+/=*', LookupAttribute: [{ Key: 'EventRW', Value: 'Write' }], MaxResults: 50 }
    const answer = await client.call({ ...lookup, query }, never)
    expect(answer).toEqual({
      body: { RequestId: 'R-1', Uid: 1_754_986_938_261_234_567n, Events: [] },
      requestId: 'R-1',
      serverTimeMs: NOW_MS,
    })
    expect(server.calls).toMatchObject([
      {
        ...lookup,
        parameters: {
          NextToken: 'a+/=*',
          'LookupAttribute.1.Key': 'EventRW',
          'LookupAttribute.1.Value': 'Write',
          MaxResults: '50',
        },
        body: '',
        headers: { 'user-agent': 'test/1', 'x-acs-date': '2025-06-01T01:10:00Z', accept: 'application/json' },
      },
    ])
  })

  it('can carry a form', async () => {
    const { client } = setUp()
    server.reply({})
    await client.call({ ...lookup, form: { Filter: [{ Key: 'a b' }] } }, never)
    expect(server.calls[0]).toMatchObject({
      body: 'Filter.1.Key=a%20b',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })
  })

  it('signs temporary credentials with their token', async () => {
    const { client } = setUp({}, { credentials: credentialsProvider({ ...accessKey, securityToken: 'token' }) })
    server.reply({})
    await client.call(lookup, never)
    expect(server.calls[0]?.headers).toMatchObject({
      'x-acs-security-token': 'token',
      'x-acs-accesskey-id': 'testAccessKeyId',
    })
  })

  it('takes the request id of the header where the body has none', async () => {
    const { client } = setUp()
    server.reply({ headers: { 'x-acs-request-id': 'H-1' } })
    expect((await client.call(lookup, never)).requestId).toBe('H-1')
  })
})

describe('failures that pass', () => {
  it.each<[string, Reply, string]>([
    ['Throttling with 400', failure(400, 'Throttling.User'), 'throttled'],
    ['Throttling with 503', failure(503, 'Throttling.Api'), 'throttled'],
    ['Throttling with 429', failure(429, 'Throttling'), 'throttled'],
    ['a server error', failure(500, 'InternalError'), 'transient'],
    ['ServiceUnavailable', failure(503, 'ServiceUnavailable'), 'transient'],
    ['a nonce used before', failure(400, 'SignatureNonceUsed'), 'transient'],
    ['the HTML of a load balancer', { status: 502, body: '<html>Bad Gateway</html>' }, 'transient'],
    ['an answer that was cut inside', { body: '{"Events":[{"eve' }, 'bad_response'],
    ['a timeout of the server', failure(504, 'ServiceTimeout'), 'timeout'],
  ])('%s is repeated, with a new nonce', async (_what, reply, result) => {
    const { client, counters } = setUp()
    server.reply(reply, reply, { body: { ok: true } })
    expect((await client.call(lookup, never)).body).toEqual({ ok: true })
    expect(await counters()).toMatchObject({
      [`alibabacloud_receiver_api_calls LookupEvents cn-hangzhou ${result}`]: 2,
      'alibabacloud_receiver_api_calls LookupEvents cn-hangzhou ok': 1,
    })
  })

  it('a connection that breaks is repeated', async () => {
    const { client } = setUp()
    server.reply(
      (_request, response) => response.destroy(),
      (_request, response) => {
        response.writeHead(200, { 'content-length': 100 })
        response.write('{"Events"')
        response.socket?.end()
      },
      { body: { ok: true } },
    )
    expect((await client.call(lookup, never)).body).toEqual({ ok: true })
  })

  it('Retry-After is obeyed, and each date is new', async () => {
    const { client, waits } = setUp()
    server.reply({ ...failure(400, 'Throttling.User'), headers: { 'retry-after': '120' } }, {})
    await client.call(lookup, never)
    expect(waits).toEqual([120_000])
    expect(server.calls.map(({ headers }) => headers['x-acs-date'])).toEqual([
      '2025-06-01T01:10:00Z',
      '2025-06-01T01:12:00Z',
    ])
  })

  it('waits grow to a bound', async () => {
    const { client, waits } = setUp()
    server.reply(...Array.from({ length: 7 }, () => failure(400, 'Throttling.User')), {})
    await client.call(lookup, never)
    expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 20_000, 20_000])
  })

  it('ends with the bound that the caller set', async () => {
    const { client } = setUp()
    server.answer(() => failure(500, 'InternalError'))
    const error = await errorOf(client.call({ ...lookup, repeatForMs: 1_000 }, never))
    expect(error).toMatchObject({ kind: 'transient', code: 'API_UNAVAILABLE' })
    expect(server.calls.length).toBeGreaterThan(2)
  })

  it('ends with the signal', async () => {
    const stop = new AbortController()
    const { client } = setUp()
    server.reply(() => stop.abort(new Error('stopping')))
    await expect(client.call(lookup, stop.signal)).rejects.toThrow('stopping')
  })

  it('a silent server is a timeout, which the caller may want to know at once', async () => {
    const { client } = setUp({ timeoutMs: 50 })
    server.reply(() => {})
    expect(await errorOf(client.call({ ...lookup, onTimeout: 'throw' }, never))).toMatchObject({ kind: 'timeout' })
    server.reply(() => {}, { body: { ok: true } })
    expect((await client.call(lookup, never)).body).toEqual({ ok: true })
  })
})

describe('failures that last', () => {
  it.each<[string, Reply, Partial<RpcError>]>([
    ['a bad parameter', failure(400, 'InvalidParameterStartTime'), { kind: 'refused', code: 'API_REFUSED' }],
    ['an incomplete signature', failure(400, 'IncompleteSignature'), { kind: 'refused', code: 'API_REFUSED' }],
    ['an unknown action', failure(404, 'InvalidAction.NotFound'), { kind: 'refused', code: 'API_REFUSED' }],
    ['HTML with 404', { status: 404, body: '<html>' }, { kind: 'bad_response', code: 'API_BAD_RESPONSE' }],
    ['HTML with 200', { body: '<html>Log in to the network</html>' }, { kind: 'bad_response' }],
    ['a list where an object should be', { body: '[]' }, { kind: 'bad_response' }],
    ['403 without a code we know', failure(403, 'Odd'), { kind: 'permission', code: 'PERMISSION_DENIED' }],
  ])('%s is told at once', async (_what, reply, error) => {
    const { client } = setUp()
    server.reply(reply)
    expect(await errorOf(client.call(lookup, never))).toMatchObject(error)
  })

  it('keeps code, message and request id of the vendor', async () => {
    const { client } = setUp()
    server.reply(failure(400, 'InvalidParameterEndTime'))
    const error = await errorOf(client.call(lookup, never))
    expect(error).toMatchObject({ vendorCode: 'InvalidParameterEndTime', requestId: 'R-1', status: 400 })
    expect(error.message).toMatch(
      /^LookupEvents of 127\.0\.0\.1:\d+ failed: HTTP 400, InvalidParameterEndTime, InvalidParameterEndTime happened \(request R-1\)$/,
    )
  })

  it('a missing permission is named: by the answer, else by the call', async () => {
    const { client } = setUp()
    server.reply(failure(403, 'NoPermission', { AccessDeniedDetail: { AuthAction: 'actiontrail:Other' } }))
    expect((await errorOf(client.call(lookup, never))).remedy).toContain('Grant actiontrail:Other')
    server.reply(failure(403, 'Forbidden.RAM'))
    expect((await errorOf(client.call(lookup, never))).remedy).toContain('Grant actiontrail:LookupEvents')
    server.reply(failure(403, 'Forbidden'))
    expect((await errorOf(client.call({ ...lookup, ramAction: 'ram:ListUsers' }, never))).remedy).toContain(
      'ram:ListUsers',
    )
  })

  it('secrets that the server repeats are not repeated by us', async () => {
    const { client } = setUp()
    server.reply(failure(400, 'Odd', { Message: 'signed with testAccessKeySecret' }))
    expect((await errorOf(client.call(lookup, never))).message).toContain('signed with ***')
  })
})

describe('credentials and clock', () => {
  it.each(['InvalidAccessKeyId.NotFound', 'InvalidSecurityToken.Expired', 'SignatureDoesNotMatch'])(
    '%s makes the provider fetch anew once, then it is our error',
    async (code) => {
      const credentials = credentialsProvider(accessKey, {
        accessKeyId: 'secondKeyId',
        accessKeySecret: 'secondSecret',
      })
      const { client } = setUp({}, { credentials })
      server.reply(failure(400, code), {})
      await client.call(lookup, never)
      expect(credentials.refreshes).toBe(1)
      server.reply(failure(400, code), failure(400, code))
      const error = await errorOf(client.call(lookup, never))
      expect(error).toMatchObject({ kind: 'credentials', code: 'CREDENTIALS_REFUSED' })
      expect(credentials.refreshes).toBe(2)
    },
  )

  it('credentials that cannot be had are our error, with the provider’s remedy', async () => {
    const missing = new ReceiverError('CREDENTIALS_MISSING', 'none', { remedy: 'set them' })
    const credentials = { ...credentialsProvider(accessKey), get: () => Promise.reject(missing) }
    const { client } = setUp({}, { credentials })
    expect(await errorOf(client.call(lookup, never))).toMatchObject({ code: 'CREDENTIALS_MISSING', remedy: 'set them' })
  })

  it('the server’s clock counts as soon as an answer shows that ours is wrong', async () => {
    const { client, log } = setUp()
    server.reply({ headers: dated(NOW_MS + 4_000) }, { headers: dated(NOW_MS - 3_600_000) }, {})
    await client.call(lookup, never)
    expect(client.now()).toBe(NOW_MS)
    await client.call(lookup, never)
    expect(client.now()).toBe(NOW_MS - 3_600_000)
    await client.call(lookup, never)
    expect(server.calls.at(-1)?.headers['x-acs-date']).toBe('2025-06-01T00:10:00Z')
    expect(log.lines).toMatchObject([{ level: 'warn', fields: { offsetMs: -3_600_000 } }])
  })

  it('a refused date is corrected and repeated at once; refused again, it is our error', async () => {
    const { client, waits } = setUp()
    const expired = { ...failure(400, 'InvalidTimeStamp.Expired'), headers: dated(NOW_MS + 3_600_000) }
    server.reply(expired, {})
    await client.call(lookup, never)
    expect(server.calls.at(-1)?.headers['x-acs-date']).toBe('2025-06-01T02:10:00Z')
    expect(waits).toEqual([])
    server.reply(expired, expired)
    expect(await errorOf(client.call(lookup, never))).toMatchObject({ kind: 'clock', code: 'CLOCK_SKEW' })
  })

  it('the clock of a proxy tells nothing', async () => {
    const { client } = setUp()
    server.reply({ status: 502, body: '<html>', headers: dated(NOW_MS + 3_600_000) }, {})
    await client.call(lookup, never)
    expect(Math.abs(client.now() - NOW_MS)).toBeLessThan(60_000)
  })
})

describe('addresses', () => {
  it.each([
    ['actiontrail.cn-hangzhou.aliyuncs.com', 'https://actiontrail.cn-hangzhou.aliyuncs.com'],
    ['http://127.0.0.1:9000', 'http://127.0.0.1:9000'],
    ['https://example.com/', 'https://example.com'],
  ])('%s', (endpoint, origin) => expect(rpcAddress(endpoint)?.origin).toBe(origin))
  it.each(['', 'ftp://example.com', 'http://example.com/path', 'http://user:secret@example.com'])(
    '%j is none',
    (text) => {
      expect(rpcAddress(text)).toBeUndefined()
      expect(() => setUp({ endpoint: text })).toThrow(/is no host/)
      expect(() => setUp({ endpoint: text })).not.toThrow(/secret/)
    },
  )
  it('of a region: the map’s, else the one for all, else the vendor’s', () => {
    expect(endpointOf({ a: 'http://one' }, 'a', 'host')).toBe('http://one')
    expect(endpointOf({ a: 'http://one' }, 'b', 'host')).toBe('host')
    expect(endpointOf('http://all', 'b', 'host')).toBe('http://all')
    expect(endpointOf('', 'b', 'host')).toBe('host')
  })
})

it('goes through a proxy', async () => {
  const seen: string[] = []
  const proxy = createServer()
  proxy.on('connect', (request, socket) => {
    seen.push(request.url ?? '')
    socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n')
  })
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  const { port } = proxy.address() as AddressInfo
  const { client } = setUp({ endpoint: 'actiontrail.cn-hangzhou.aliyuncs.com', proxy: `http://127.0.0.1:${port}` })
  await errorOf(client.call({ ...lookup, repeatForMs: 0 }, never))
  expect(seen).toContain('actiontrail.cn-hangzhou.aliyuncs.com:443')
  proxy.close()
})
