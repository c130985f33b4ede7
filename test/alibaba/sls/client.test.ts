import { deflateSync, zstdCompressSync } from 'node:zlib'
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Credentials, CredentialsProvider } from '../../../src/alibaba/credentials.ts'
import { createSlsClient, type SlsClientDeps, type SlsClientOptions } from '../../../src/alibaba/sls/client.ts'
import { cursorOf } from '../../../src/alibaba/sls/cursor.ts'
import { SlsError } from '../../../src/alibaba/sls/errors.ts'
import { encodeLogGroup, encodeLogGroupList } from '../../../src/alibaba/sls/log-group.ts'
import { compressLz4Block } from '../../../src/alibaba/sls/lz4.ts'
import type { SlsClient } from '../../../src/alibaba/sls/types.ts'
import { createLeapingClock } from '../../fakes/leaping-clock.ts'
import { createManualClock } from '../../fakes/manual-clock.ts'
import { createRecordingLog } from '../../fakes/recording-log.ts'
import { type Reply, type ScriptedServer, startScriptedServer } from './scripted-server.ts'

const NOW_MS = Date.parse('2024-01-02T03:04:05Z')
const REQUEST_ID = '5F0A1B2C3D4E5F60718293A4'
const SECRET = 'testAccessKeySecret'
const TOKEN = 'tok/abc+1=='

const group = encodeLogGroup({
  topic: 't',
  source: 's',
  tags: [],
  logs: [{ time: 1, contents: [['k', 'v'.repeat(50)]] }],
})
const threeGroups = Buffer.from(encodeLogGroupList([group, group, group]))
const CURSOR = cursorOf(100n)
const NEXT_CURSOR = cursorOf(103n)
const pull = { logstore: 'access', shardId: 7, cursor: CURSOR, count: 1000, query: '' }

/** A PullLogs answer with the three groups. */
function page(compressType: string | undefined, body: Uint8Array, more: Record<string, string> = {}): Reply {
  return {
    headers: {
      'content-type': 'application/x-protobuf',
      'x-log-cursor': NEXT_CURSOR,
      'x-log-count': '3',
      'x-log-bodyrawsize': String(threeGroups.length),
      ...(compressType === undefined ? {} : { 'x-log-compresstype': compressType }),
      ...more,
    },
    body,
  }
}
const goodPage = page('lz4', compressLz4Block(threeGroups))
const json = (value: unknown, status = 200, headers: Record<string, string> = {}): Reply => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(value),
})
const failure = (status: number, errorCode: string, errorMessage = '', headers: Record<string, string> = {}): Reply =>
  json({ errorCode, errorMessage }, status, headers)

const serverError = failure(500, 'InternalServerError')

/** Credentials that `refresh` replaces by the next of the list. */
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
const accessKey: Credentials = { accessKeyId: 'testAccessKeyId', accessKeySecret: SECRET }

let server: ScriptedServer
let client: SlsClient | undefined
const never = new AbortController().signal

beforeEach(async () => {
  server = await startScriptedServer((id) => (id === 'secondKeyId' ? 'secondSecret' : SECRET))
})
afterEach(async () => {
  await client?.close()
  client = undefined
  await server.close()
  server.verify()
})

function setUp(options: Partial<SlsClientOptions> = {}, deps: Partial<SlsClientDeps> = {}) {
  const clock = createLeapingClock(NOW_MS)
  const log = createRecordingLog()
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE)
  const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 2 ** 30 })
  const meter = new MeterProvider({ readers: [reader] }).getMeter('test')
  const retries: { error: SlsError; attempt: number; waitMs: number }[] = []
  let successes = 0
  client = createSlsClient(
    {
      endpoint: server.endpoint,
      region: 'cn-hangzhou',
      project: 'web-prod',
      signature: 'v4',
      proxy: 'none',
      rateLimitPerSecond: 1000,
      userAgent: 'test/1',
      ...options,
    },
    {
      credentials: credentialsProvider(accessKey),
      clock,
      log,
      meter,
      onRetry: (error, attempt, waitMs) => retries.push({ error, attempt, waitMs }),
      onSuccess: () => successes++,
      ...deps,
    },
  )
  /** `name{attributes}` to value. */
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
  return { client, clock, log, retries, counters, successes: () => successes }
}

async function errorOf(promise: Promise<unknown>): Promise<SlsError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(SlsError)
  return error as SlsError
}

describe('requests', () => {
  it('are signed by v4, name the project in Host and go to the endpoint itself when it is an IP address', async () => {
    const { client } = setUp()
    server.reply(goodPage)
    await client.pullLogs(pull, never)
    const [request] = server.requests
    expect(request?.headers).toMatchObject({
      host: `web-prod.${server.endpoint.slice('http://'.length)}`,
      'x-log-apiversion': '0.6.0',
      'x-log-bodyrawsize': '0',
      'x-log-date': '20240102T030405Z',
      accept: 'application/x-protobuf',
      'accept-encoding': 'lz4',
      'user-agent': 'test/1',
    })
    expect(request?.headers['authorization']).toContain('/20240102/cn-hangzhou/sls/')
    expect(request?.target).toBe(`/logstores/access/shards/7?type=log&cursor=${encodeURIComponent(CURSOR)}&count=1000`)
  })

  it('are signed by v1 where that is asked for', async () => {
    const { client } = setUp({ signature: 'v1', region: undefined })
    server.reply(goodPage)
    await client.pullLogs(pull, never)
    expect(server.requests[0]?.headers).toMatchObject({
      authorization: expect.stringMatching(/^LOG testAccessKeyId:/),
      date: 'Tue, 02 Jan 2024 03:04:05 GMT',
      'x-log-signaturemethod': 'hmac-sha1',
    })
  })

  it.each(['v4', 'v1'] as const)('carry the security token of temporary credentials (%s)', async (signature) => {
    const { client } = setUp(
      { signature },
      { credentials: credentialsProvider({ ...accessKey, securityToken: TOKEN }) },
    )
    server.reply(goodPage)
    await client.pullLogs(pull, never)
    expect(server.requests[0]?.headers['x-acs-security-token']).toBe(TOKEN)
  })

  it('carry a query as SPL that scans the stream', async () => {
    const { client } = setUp({ compression: 'zstd' })
    server.reply(page('zstd', zstdCompressSync(threeGroups), { 'x-log-read-last-cursor': '102' }))
    const { firstGroupNumber } = await client.pullLogs({ ...pull, query: "* | where status >= '500'" }, never)
    expect(server.requests[0]?.parameters).toMatchObject({
      query: "* | where status >= '500'",
      pullMode: 'scan_on_stream',
    })
    expect(server.requests[0]?.headers['accept-encoding']).toBe('zstd')
    // With a query the groups that come are not those the cursors count.
    expect(firstGroupNumber).toBeUndefined()
  })

  it('need a region for v4', () => {
    expect(() => setUp({ region: undefined })).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID' }))
  })
})

describe('pullLogs', () => {
  it.each([
    ['lz4', compressLz4Block(threeGroups)],
    ['zstd', zstdCompressSync(threeGroups)],
    ['deflate', deflateSync(threeGroups)],
    ['gzip', deflateSync(threeGroups)],
    [undefined, threeGroups],
  ])('reads a page compressed with %s, whatever was asked for', async (compressType, body) => {
    const { client, successes } = setUp()
    server.reply(page(compressType, body, { 'x-log-cursor-time': '1704164646' }))
    const result = await client.pullLogs(pull, never)
    expect(Buffer.from(result.bytes).equals(threeGroups)).toBe(true)
    expect(result).toMatchObject({
      groupCount: 3,
      nextCursor: NEXT_CURSOR,
      firstGroupNumber: 100n,
      wireBytes: body.length,
      cursorTime: 1704164646,
    })
    expect(successes()).toBe(1)
  })

  it('numbers the groups from the last cursor read, where the server tells it', async () => {
    const { client } = setUp()
    server.reply(page(undefined, threeGroups, { 'x-log-read-last-cursor': '1447329401102130904' }))
    expect((await client.pullLogs(pull, never)).firstGroupNumber).toBe(1447329401102130902n)
  })

  it('knows no group numbers where cursors are no numbers', async () => {
    const { client } = setUp()
    server.reply(page(undefined, threeGroups, { 'x-log-cursor': 'b3BhcXVl' }))
    expect((await client.pullLogs(pull, never)).firstGroupNumber).toBeUndefined()
  })

  it('takes zero raw bytes for no data, and keeps the cursor when the server sends none', async () => {
    const { client } = setUp()
    server.reply({ headers: { 'x-log-bodyrawsize': '0', 'x-log-count': '0' }, body: 'anything' })
    expect(await client.pullLogs(pull, never)).toEqual({
      bytes: new Uint8Array(),
      groupCount: 0,
      nextCursor: CURSOR,
      firstGroupNumber: undefined,
      wireBytes: 8,
      cursorTime: undefined,
    })
  })

  it.each<[string, Reply, RegExp]>([
    ['fewer groups than announced', page(undefined, threeGroups, { 'x-log-count': '4' }), /3 log groups where .* 4/],
    ['a raw size that is wrong', page('lz4', compressLz4Block(threeGroups), { 'x-log-bodyrawsize': '999' }), /999/],
    ['a body that does not decompress', page('zstd', Buffer.from('nonsense')), /PullLogs/],
    ['more decompressed bytes than announced', page('zstd', zstdCompressSync(Buffer.alloc(10_000))), /PullLogs/],
    ['a body that is no protobuf', page(undefined, Buffer.alloc(threeGroups.length, 0xff)), /PullLogs/],
    ['an unknown compression', page('snappy', threeGroups), /snappy/],
    ['a compressed body without its size', page('lz4', threeGroups, { 'x-log-bodyrawsize': '' }), /bodyrawsize/],
    ['more bytes than announced', page('lz4', Buffer.alloc(100_000)), /more bytes follow/],
    ['groups without a way forward', page(undefined, threeGroups, { 'x-log-cursor': CURSOR }), /no cursor/],
    ['no data, but groups', page(undefined, threeGroups, { 'x-log-bodyrawsize': '0' }), /0 log groups/],
  ])('pulls again after %s', async (_case, reply, message) => {
    const { client, retries } = setUp()
    server.reply(reply, goodPage)
    expect((await client.pullLogs(pull, never)).groupCount).toBe(3)
    expect(retries).toHaveLength(1)
    expect(retries[0]?.error).toMatchObject({ kind: 'bad_response', code: 'SLS_BAD_RESPONSE', requestId: REQUEST_ID })
    expect(retries[0]?.error.message).toMatch(message)
  })

  it('pulls again after a body that breaks off', async () => {
    const { client, retries } = setUp()
    server.reply((_request, response) => {
      response.writeHead(200, { 'content-length': '1000', 'x-log-bodyrawsize': '1000' })
      response.write('begin')
      response.socket?.end()
    }, goodPage)
    expect((await client.pullLogs(pull, never)).groupCount).toBe(3)
    expect(retries.map(({ error }) => error.kind)).toEqual(['transient'])
  })

  it('refuses a page announced beyond the ceiling without reading it, and asks for half', async () => {
    const { client, retries } = setUp({ maxPageBytes: 1000 })
    let closed = 0
    const oversize: Reply = (_request, response) => {
      response.on('close', () => closed++)
      // The rest never comes: whoever waits for it hangs.
      response.writeHead(200, { 'x-log-bodyrawsize': '1001', 'x-log-compresstype': 'lz4' }).write('begin')
    }
    server.reply(oversize, oversize, goodPage)
    expect((await client.pullLogs({ ...pull, count: 7 }, never)).groupCount).toBe(3)
    expect(server.requests.map(({ parameters }) => parameters['count'])).toEqual(['7', '3', '1'])
    expect(retries).toEqual([])
    await expect.poll(() => closed).toBe(2)
  })

  it('refuses by Content-Length as well, and gives up at a single group', async () => {
    const { client } = setUp({ maxPageBytes: 100 })
    server.reply({ headers: { 'x-log-bodyrawsize': '10' }, body: Buffer.alloc(5000) })
    const error = await errorOf(client.pullLogs({ ...pull, count: 1 }, never))
    expect(error).toMatchObject({ kind: 'bad_response', code: 'SLS_BAD_RESPONSE', retryable: false })
    expect(error.message).toContain('larger than 100 bytes')
  })
})

describe('failures', () => {
  it('of the server are repeated with growing waits, and each attempt is signed anew', async () => {
    const { client, retries, clock, counters, successes } = setUp()
    server.reply(
      serverError,
      failure(503, 'ServerBusy'),
      { status: 502, body: '<html><title>502 Bad Gateway</title></html>' },
      goodPage,
    )
    await client.pullLogs(pull, never)
    expect(clock.slept).toEqual([200, 400, 800])
    expect(retries.map(({ error, attempt, waitMs }) => [error.status, error.kind, attempt, waitMs])).toEqual([
      [500, 'transient', 1, 200],
      [503, 'transient', 2, 400],
      [502, 'transient', 3, 800],
    ])
    expect(retries[2]?.error.message).toContain('502 Bad Gateway')
    expect(successes()).toBe(1)
    expect(new Set(server.requests.map(({ headers }) => headers['x-log-date']))).toHaveProperty('size', 2)
    expect(await counters()).toEqual({
      'alibabacloud_receiver_api_calls PullLogs cn-hangzhou transient': 3,
      'alibabacloud_receiver_api_calls PullLogs cn-hangzhou ok': 1,
    })
  })

  it.each([
    [403, 'ShardReadQuotaExceed', ''],
    [403, 'readquotaexceed', ''],
    [403, 'ProjectQuotaExceed', 'Project read qps exceed: Read QPS Exceed'],
    [400, 'MetaOperationQpsLimitExceeded', ''],
    [429, 'Anything', ''],
  ])('%i %s is throttling: waits begin at a second', async (status, code, message) => {
    const { client, clock, counters } = setUp()
    server.reply(failure(status, code, message), failure(status, code, message), goodPage)
    await client.pullLogs(pull, never)
    expect(clock.slept).toEqual([1000, 2000])
    expect(await counters()).toMatchObject({ 'alibabacloud_receiver_throttled_calls PullLogs cn-hangzhou': 2 })
  })

  it('with Retry-After wait at least as long', async () => {
    const { client, clock } = setUp()
    const date = new Date(NOW_MS + 9_000).toUTCString()
    server.reply(
      failure(503, 'ServerBusy', '', { 'retry-after': '4' }),
      failure(503, 'ServerBusy', '', { 'retry-after': date }),
      goodPage,
    )
    await client.pullLogs(pull, never)
    // The date is 9 s after the start, of which 4 s have passed.
    expect(clock.slept).toEqual([4000, 5000])
  })

  it('of the network are repeated', async () => {
    const { client, retries } = setUp()
    server.reply((request) => request.socket.destroy(), goodPage)
    await client.pullLogs(pull, never)
    expect(retries[0]?.error).toMatchObject({ kind: 'transient', code: 'SLS_UNAVAILABLE', status: undefined })
  })

  it('by silence are repeated', async () => {
    const { client, retries } = setUp({ timeoutMs: 50 })
    server.reply(() => {}, goodPage)
    await client.pullLogs(pull, never)
    expect(retries.map(({ error }) => error.kind)).toEqual(['transient'])
  })

  it('after close are final', async () => {
    const { client } = setUp()
    await client.close()
    expect(await errorOf(client.listShards('access', never))).toMatchObject({ kind: 'refused' })
  })

  it.each([
    [404, 'ProjectNotExist', 'not_found', 'SLS_NOT_FOUND'],
    [404, 'LogStoreNotExist', 'not_found', 'SLS_NOT_FOUND'],
    [400, 'LogStoreWithoutShard', 'not_found', 'SLS_NOT_FOUND'],
    [400, 'ShardNotExist', 'shard_gone', 'SLS_NOT_FOUND'],
    [400, 'InvalidCursor', 'invalid_cursor', 'SLS_INVALID_CURSOR'],
    [400, 'ParameterInvalid', 'refused', 'SLS_REFUSED'],
    [403, 'ProjectForbidden', 'refused', 'SLS_REFUSED'],
    [403, 'ProjectQuotaExceed', 'refused', 'SLS_REFUSED'],
  ])('%i %s is final: %s', async (status, vendorCode, kind, code) => {
    const { client, counters } = setUp()
    server.reply(failure(status, vendorCode, 'as told'))
    const error = await errorOf(client.pullLogs(pull, never))
    expect(error).toMatchObject({ kind, code, status, vendorCode, requestId: REQUEST_ID, retryable: false })
    expect(error.message).toBe(
      `PullLogs of project "web-prod", logstore "access", shard 7 failed: HTTP ${status}, ${vendorCode}, as told ` +
        `(request ${REQUEST_ID})`,
    )
    expect(await counters()).toEqual({ [`alibabacloud_receiver_api_calls PullLogs cn-hangzhou ${kind}`]: 1 })
  })

  it('with an invalid cursor are recognised by their message as well', async () => {
    const { client } = setUp()
    server.reply(failure(400, 'ParameterInvalid', 'Invalid cursor: abc'))
    expect(await errorOf(client.pullLogs(pull, never))).toMatchObject({ kind: 'invalid_cursor' })
  })

  it('for want of a right name the RAM action and resource', async () => {
    const { client } = setUp()
    server.reply(failure(401, 'Unauthorized', 'denied by sts or ram, action: log:GetCursorOrData'))
    const error = await errorOf(client.pullLogs(pull, never))
    const resource = 'acs:log:cn-hangzhou:*:project/web-prod/logstore/access'
    expect(error).toMatchObject({ kind: 'permission', code: 'PERMISSION_DENIED' })
    expect(error.message).toContain(`Cannot call log:GetCursorOrData on "${resource}"`)
    expect(error.remedy).toContain(`log:GetCursorOrData on ${resource}`)
  })

  it('never repeat a secret that the server sends back', async () => {
    const { client } = setUp({}, { credentials: credentialsProvider({ ...accessKey, securityToken: TOKEN }) })
    const echo = failure(401, 'SignatureNotMatch', `string to sign:\nx-acs-security-token:${TOKEN}\nkey ${SECRET}`)
    server.reply(echo, echo)
    const error = await errorOf(client.pullLogs(pull, never))
    expect(error.message).toContain('x-acs-security-token:*** key ***')
    expect(JSON.stringify([error, error.message, error.stack, error.remedy])).not.toMatch(/tok\/abc|KeySecret/)
  })
})

describe('the clock', () => {
  it.each([
    ['RequestTimeExpired', { 'x-log-time': String(NOW_MS / 1000 + 3600), date: 'Mon, 01 Jan 2001 00:00:00 GMT' }],
    ['RequestTimeTooSkewed', { date: new Date(NOW_MS + 3_600_000).toUTCString() }],
  ])('is taken from the answer after %s, at once and for all later calls', async (code, headers) => {
    const { client, clock, log } = setUp()
    server.reply(failure(400, code, '', headers), goodPage, goodPage)
    await client.pullLogs(pull, never)
    await client.pullLogs(pull, never)
    expect(server.requests.map(({ headers }) => headers['x-log-date'])).toEqual([
      '20240102T030405Z',
      '20240102T040405Z',
      '20240102T040405Z',
    ])
    expect(clock.slept).toEqual([])
    expect(log.lines.filter(({ level }) => level === 'warn')).toEqual([
      expect.objectContaining({ fields: { offsetMs: 3_600_000 } }),
    ])
  })

  it('is at fault when correcting does not help', async () => {
    const { client } = setUp()
    const expired = failure(400, 'RequestTimeExpired', '', { 'x-log-time': '1800000000' })
    server.reply(expired, expired)
    expect(await errorOf(client.pullLogs(pull, never))).toMatchObject({ kind: 'clock', code: 'CLOCK_SKEW' })
  })
})

describe('credentials', () => {
  const secondKey: Credentials = { accessKeyId: 'secondKeyId', accessKeySecret: 'secondSecret' }

  it('that are refused are fetched anew, once', async () => {
    const credentials = credentialsProvider(accessKey, secondKey)
    const { client, clock } = setUp({}, { credentials })
    server.reply(failure(401, 'Unauthorized', 'The security token has expired'), goodPage)
    await client.pullLogs(pull, never)
    expect(server.requests[1]?.headers['authorization']).toContain('Credential=secondKeyId/')
    expect(credentials.refreshes).toBe(1)
    expect(clock.slept).toEqual([])
  })

  it('that stay refused fail the call', async () => {
    const { client } = setUp()
    const refused = failure(401, 'SignatureNotMatch')
    server.reply(refused, refused)
    const error = await errorOf(client.pullLogs(pull, never))
    expect(error).toMatchObject({ kind: 'credentials', code: 'CREDENTIALS_REFUSED', requestId: REQUEST_ID })
  })

  it('are fetched anew once for all calls they were refused in', async () => {
    const credentials = credentialsProvider(accessKey, secondKey)
    const { client } = setUp({}, { credentials })
    // Both first attempts are answered when both have arrived, so both were sent with the first key.
    const waiting: (() => void)[] = []
    const refuseBoth: Reply = (_request, response) => {
      waiting.push(() => response.writeHead(401).end('{"errorCode":"Unauthorized"}'))
      if (waiting.length === 2) for (const refuse of waiting) refuse()
    }
    server.reply(refuseBoth, refuseBoth, goodPage, goodPage)
    await Promise.all([client.pullLogs(pull, never), client.pullLogs(pull, never)])
    expect(credentials.refreshes).toBe(1)
  })

  it('that cannot be had fail the call with the reason', async () => {
    const credentials = {
      ...credentialsProvider(accessKey),
      get: () => Promise.reject(new Error('no metadata server')),
    }
    const { client } = setUp({}, { credentials })
    const error = await errorOf(client.pullLogs(pull, never))
    expect(error.kind).toBe('credentials')
    expect(error.message).toContain('no metadata server')
  })
})

describe('abort', () => {
  it('ends a request in flight at once, with the reason', async () => {
    const { client } = setUp()
    const controller = new AbortController()
    const reason = new Error('stop')
    server.reply(() => controller.abort(reason))
    await expect(client.pullLogs(pull, controller.signal)).rejects.toBe(reason)
  })

  it('ends a body in flight at once, with the reason', async () => {
    const { client } = setUp()
    const controller = new AbortController()
    const reason = new Error('stop')
    server.reply((_request, response) => {
      response.writeHead(200, { 'x-log-bodyrawsize': '100' }).write('begin', () => controller.abort(reason))
    })
    await expect(client.pullLogs(pull, controller.signal)).rejects.toBe(reason)
  })

  it('ends a wait at once, with the reason', async () => {
    const clock = createManualClock(NOW_MS)
    const { client } = setUp({}, { clock })
    const controller = new AbortController()
    const reason = new Error('stop')
    server.reply(serverError)
    const pulled = client.pullLogs(pull, controller.signal)
    await clock.sleeping()
    controller.abort(reason)
    await expect(pulled).rejects.toBe(reason)
  })

  it('before the call sends nothing', async () => {
    const { client } = setUp()
    await expect(client.pullLogs(pull, AbortSignal.abort('done'))).rejects.toBe('done')
    expect(server.requests).toEqual([])
  })
})

describe('lists and cursors', () => {
  it('pages through the logstores', async () => {
    const { client } = setUp()
    const names = Array.from({ length: 501 }, (_, index) => `store-${index}`)
    server.reply(
      json({ count: 500, total: 501, logstores: names.slice(0, 500) }),
      json({ count: 1, total: 501, logstores: names.slice(500) }),
    )
    expect(await client.listLogStores(never)).toEqual(names)
    expect(server.requests.map(({ target }) => target)).toEqual([
      '/logstores?offset=0&size=500',
      '/logstores?offset=500&size=500',
    ])
  })

  it.each([
    ['that does not page', [['a', 'b']], [['a', 'b']]],
    ['that ends early', [['a']], [[]]],
  ])('stops at a server %s', async (_case, first, second) => {
    const { client } = setUp()
    server.reply(...[...first, ...second].map((logstores) => json({ count: 2, total: 10, logstores })))
    expect(await client.listLogStores(never)).toEqual(first[0])
  })

  it('reads shards and passes over fields it does not know', async () => {
    const { client } = setUp()
    const shard = {
      shardID: 0,
      status: 'readonly',
      inclusiveBeginKey: '0'.repeat(32),
      exclusiveEndKey: `8${'0'.repeat(31)}`,
      createTime: 1524224984,
      serverIp: null,
    }
    server.reply(json([shard, { ...shard, shardID: 1, status: 'readwrite' }]))
    expect(await client.listShards('access', never)).toEqual([
      {
        shardId: 0,
        status: 'readonly',
        beginKey: '0'.repeat(32),
        endKey: `8${'0'.repeat(31)}`,
        createTime: 1524224984,
      },
      {
        shardId: 1,
        status: 'readwrite',
        beginKey: '0'.repeat(32),
        endKey: `8${'0'.repeat(31)}`,
        createTime: 1524224984,
      },
    ])
    expect(server.requests[0]?.target).toBe('/logstores/access/shards')
  })

  it.each<[string, Reply]>([
    ['an empty body', { body: '' }],
    ['another shape', json({ shards: [] })],
    ['a shard without an id', json([{ status: 'readonly' }])],
  ])('lists again after %s', async (_case, reply) => {
    const { client, retries } = setUp()
    server.reply(reply, json([]))
    expect(await client.listShards('access', never)).toEqual([])
    expect(retries.map(({ error }) => error.kind)).toEqual(['bad_response'])
  })

  it.each([
    ['begin', 'begin'],
    [1_704_164_645, '1704164645'],
  ] as const)('gets the cursor at %s', async (from, parameter) => {
    const { client } = setUp()
    server.reply(json({ cursor: CURSOR }))
    expect(await client.getCursor('access', 3, from, never)).toBe(CURSOR)
    expect(server.requests[0]?.target).toBe(`/logstores/access/shards/3?type=cursor&from=${parameter}`)
  })

  it.each([1554260243, '1554260243'])('reads the cursor time %j as number or text', async (time) => {
    const { client } = setUp()
    server.reply(json({ cursor_time: time }))
    expect(await client.getCursorTime('access', 3, CURSOR, never)).toBe(1554260243)
    expect(server.requests[0]?.parameters).toEqual({ type: 'cursor_time', cursor: CURSOR })
  })
})
