import { deflateSync, inflateSync, zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { defaultAccessKey, defaultAccountId } from '../../simulator/accounts.ts'
import { type Simulator, startSimulator } from '../../simulator/simulator.ts'
import { documentedQuotas } from '../../simulator/sls/quotas.ts'
import { cursorNumber, cursorOf } from '../../src/alibaba/sls/cursor.ts'
import { decodeLogGroupList, encodeLogGroup } from '../../src/alibaba/sls/log-group.ts'
import { compressLz4Block } from '../../src/alibaba/sls/lz4.ts'
import { authorizationV1 } from '../../src/alibaba/sls/signature.ts'
import { createManualClock } from '../fakes/manual-clock.ts'
import { callSls, cursorAt, groupOf, groupsOf, jsonOf, outcomeOf, pull, put } from './sls-caller.ts'

const DAY_MS = 86_400_000
const nowMs = 1_772_410_530_000
let simulator: Simulator

beforeEach(async () => {
  simulator = await startSimulator({
    clock: createManualClock(nowMs),
    world: {
      projects: [
        {
          name: 'web-prod',
          region: 'cn-hangzhou',
          accountId: defaultAccountId,
          logstores: [
            { name: 'one', shards: 1, ttlDays: 3 },
            { name: 'four', shards: 4 },
            { name: 'origin', shards: 1, recordsOrigin: true },
            { name: 'none', shards: 0 },
            { name: 'numbers', telemetryType: 'Metrics' },
          ],
        },
      ],
      traffic: [],
    },
  })
})
afterEach(() => simulator.close())

const begin = () => cursorAt(simulator, 'one', 0, 'begin')
const end = () => cursorAt(simulator, 'one', 0, 'end')
const write = (...texts: string[]) => put(simulator, 'one', groupOf(simulator, ...texts))
const textsOf = (answer: Awaited<ReturnType<typeof pull>>) =>
  groupsOf(answer).map((group) => group.logs.map((log) => log.contents[0]?.[1]))

describe('ListLogStores', () => {
  const list = async (query = {}) => jsonOf(await callSls(simulator, '/logstores', { query }))

  test('pages through the sorted names', async () => {
    expect(await list({ offset: 1, size: 2 })).toEqual({ count: 2, total: 5, logstores: ['none', 'numbers'] })
    expect(await list({ offset: 5 })).toEqual({ count: 0, total: 5, logstores: [] })
  })

  test('filters by a part of the name and by telemetry type', async () => {
    expect(await list({ logstoreName: 'on' })).toEqual({ count: 2, total: 2, logstores: ['none', 'one'] })
    expect(await list({ telemetryType: 'Metrics' })).toEqual({ count: 1, total: 1, logstores: ['numbers'] })
  })

  test('gives 200 names unless asked for more, and at most 500', async () => {
    for (let index = 0; index < 520; index++) simulator.sls.store.addLogstore('web-prod', { name: `many-${index}` })
    expect(await list()).toMatchObject({ count: 200, total: 525 })
    expect(await list({ size: 500 })).toMatchObject({ count: 500 })
    expect(outcomeOf(await callSls(simulator, '/logstores', { query: { size: 501 } }))).toBe('400 ParameterInvalid')
  })
})

describe('shards', () => {
  const shardsOf = async (logstore: string) => jsonOf(await callSls(simulator, `/logstores/${logstore}/shards`))
  const change = (path: string, query: Record<string, string | number>) =>
    callSls(simulator, path, { method: 'POST', query })

  test('ListShards tells ranges that meet, and no parents', async () => {
    expect(await shardsOf('four')).toEqual([
      {
        shardID: 0,
        status: 'readwrite',
        inclusiveBeginKey: `0${'0'.repeat(31)}`,
        exclusiveEndKey: `4${'0'.repeat(31)}`,
        createTime: nowMs / 1000,
      },
      {
        shardID: 1,
        status: 'readwrite',
        inclusiveBeginKey: `4${'0'.repeat(31)}`,
        exclusiveEndKey: `8${'0'.repeat(31)}`,
        createTime: nowMs / 1000,
      },
      {
        shardID: 2,
        status: 'readwrite',
        inclusiveBeginKey: `8${'0'.repeat(31)}`,
        exclusiveEndKey: `c${'0'.repeat(31)}`,
        createTime: nowMs / 1000,
      },
      {
        shardID: 3,
        status: 'readwrite',
        inclusiveBeginKey: `c${'0'.repeat(31)}`,
        exclusiveEndKey: 'f'.repeat(32),
        createTime: nowMs / 1000,
      },
    ])
  })

  test('a split at a key makes the shard readonly and adds two', async () => {
    const key = `8${'0'.repeat(31)}`
    const answer = await change('/logstores/one/shards/0', { action: 'split', key })
    expect(jsonOf(answer)).toEqual([
      expect.objectContaining({ shardID: 0, status: 'readonly', exclusiveEndKey: 'f'.repeat(32) }),
      expect.objectContaining({ shardID: 1, status: 'readwrite', exclusiveEndKey: key }),
      expect.objectContaining({ shardID: 2, status: 'readwrite', inclusiveBeginKey: key }),
    ])
    expect(await shardsOf('one')).toHaveLength(3)
  })

  test('a split into n parts covers the old range', async () => {
    const answer = await change('/logstores/four/shards/1', { action: 'split', shardCount: 3 })
    const [old, ...parts] = jsonOf(answer) as Record<string, string>[]
    expect(parts.map((part) => part['shardID'])).toEqual([4, 5, 6])
    expect(parts[0]?.['inclusiveBeginKey']).toBe(old?.['inclusiveBeginKey'])
    expect(parts[0]?.['exclusiveEndKey']).toBe(parts[1]?.['inclusiveBeginKey'])
    expect(parts[2]?.['exclusiveEndKey']).toBe(old?.['exclusiveEndKey'])
  })

  test('a merge makes both neighbours readonly and adds one over both ranges', async () => {
    const answer = await change('/logstores/four/shards/1', { action: 'merge' })
    expect(jsonOf(answer)).toEqual([
      expect.objectContaining({
        shardID: 4,
        status: 'readwrite',
        inclusiveBeginKey: `4${'0'.repeat(31)}`,
        exclusiveEndKey: `c${'0'.repeat(31)}`,
      }),
      expect.objectContaining({ shardID: 1, status: 'readonly' }),
      expect.objectContaining({ shardID: 2, status: 'readonly' }),
    ])
  })

  test.each([
    [
      'a split outside the range',
      '/logstores/four/shards/0',
      { action: 'split', key: 'f'.repeat(32) },
      '400 ParameterInvalid',
    ],
    ['a split without a key', '/logstores/four/shards/0', { action: 'split' }, '400 ParameterInvalid'],
    [
      'a split of a shard that is not there',
      '/logstores/four/shards/9',
      { action: 'split', shardCount: 2 },
      '400 ShardNotExist',
    ],
    ['a merge of the last shard', '/logstores/four/shards/3', { action: 'merge' }, '400 ParameterInvalid'],
    ['an unknown action', '/logstores/four/shards/3', { action: 'grow' }, '400 ParameterInvalid'],
    ['a logstore that is not there', '/logstores/nine/shards/0', { action: 'merge' }, '404 LogStoreNotExist'],
  ])('%s is refused', async (_name, path, query, expected) => {
    expect(outcomeOf(await change(path, query as Record<string, string>))).toBe(expected)
  })

  test('a readonly shard takes no writes, stays readable, has an end, and can be deleted', async () => {
    await write('before')
    await change('/logstores/one/shards/0', { action: 'split', shardCount: 2 })
    for (let index = 0; index < 20; index++) await write('after')
    const first = await pull(simulator, 'one', 0, await begin())
    expect(textsOf(first)).toEqual([['before']])
    const next = String(first.headers['x-log-cursor'])
    expect(next).toBe(await end())
    expect((await pull(simulator, 'one', 0, next)).headers).toMatchObject({ 'x-log-cursor': next, 'x-log-count': '0' })

    expect(outcomeOf(await callSls(simulator, '/logstores/one/shards/1', { method: 'DELETE' }))).toBe(
      '400 ParameterInvalid',
    )
    expect(outcomeOf(await change('/logstores/one/shards/0', { action: 'split', shardCount: 2 }))).toBe(
      '400 ParameterInvalid',
    )
    expect(outcomeOf(await callSls(simulator, '/logstores/one/shards/0', { method: 'DELETE' }))).toBe('200')
    expect(outcomeOf(await pull(simulator, 'one', 0, next))).toBe('400 ShardNotExist')
  })

  test('a readonly shard vanishes when its last data has expired', async () => {
    await write('old')
    await change('/logstores/one/shards/0', { action: 'split', shardCount: 2 })
    simulator.clock.advance(3 * DAY_MS)
    expect(await shardsOf('one')).toHaveLength(3)
    simulator.clock.advance(1)
    expect(await shardsOf('one')).toHaveLength(2)
  })

  test('a logstore without shards says so', async () => {
    expect(outcomeOf(await callSls(simulator, '/logstores/none/shards'))).toBe('400 LogStoreWithoutShard')
    expect(outcomeOf(await pull(simulator, 'none', 0, 'MTIz'))).toBe('400 LogStoreWithoutShard')
  })
})

describe('cursors', () => {
  test('hold a number as large as a time in nanoseconds, one more for each group', async () => {
    const before = cursorNumber(await end())
    await write('a', 'b', 'c')
    await write('d')
    expect(before).toBe(BigInt(nowMs) * 1_000_000n)
    expect(cursorNumber(await end())).toBe(BigInt(nowMs) * 1_000_000n + 2n)
    expect(cursorNumber(await begin())).toBe(before)
  })

  test('at a time stand at the first group received then or later', async () => {
    const first = await end()
    await write('a')
    simulator.clock.advance(10_000)
    const second = await end()
    await write('b')
    const seconds = nowMs / 1000
    expect(await cursorAt(simulator, 'one', 0, seconds - 1000)).toBe(first)
    expect(await cursorAt(simulator, 'one', 0, seconds)).toBe(first)
    expect(await cursorAt(simulator, 'one', 0, seconds + 1)).toBe(second)
    expect(await cursorAt(simulator, 'one', 0, seconds + 10)).toBe(second)
    expect(await cursorAt(simulator, 'one', 0, seconds + 1000)).toBe(await end())
  })

  test('tell when their group was received, unless nothing is there', async () => {
    await write('a')
    simulator.clock.advance(10_000)
    await write('b')
    const timeAt = (cursor: string) =>
      callSls(simulator, '/logstores/one/shards/0', { query: { type: 'cursor_time', cursor } })
    const last = cursorOf((cursorNumber(await end()) ?? 0n) - 1n)
    expect(jsonOf(await timeAt(await begin()))).toEqual({ cursor_time: nowMs / 1000 })
    expect(jsonOf(await timeAt(last))).toEqual({ cursor_time: nowMs / 1000 + 10 })
    expect(outcomeOf(await timeAt(await end()))).toBe('400 InvalidCursor')
    expect(outcomeOf(await timeAt(cursorOf(5n)))).toBe('400 InvalidCursor')
    expect(outcomeOf(await timeAt('no cursor'))).toBe('400 ParameterInvalid')
  })

  test.each([
    [{ type: 'cursor', from: 'middle' }, '400 ParameterInvalid'],
    [{ type: 'cursor' }, '400 MissingParameter'],
    [{}, '400 MissingParameter'],
    [{ type: 'logz' }, '400 ParameterInvalid'],
  ])('%j is refused', async (query, expected) => {
    expect(outcomeOf(await callSls(simulator, '/logstores/one/shards/0', { query }))).toBe(expected)
  })
})

describe('PullLogs', () => {
  test('answers groups in order with all headers of the reference', async () => {
    await write('a', 'b')
    await write('c')
    const answer = await pull(simulator, 'one', 0, await begin())
    expect(textsOf(answer)).toEqual([['a', 'b'], ['c']])
    expect(answer.headers).toMatchObject({
      'content-type': 'application/x-protobuf',
      'x-log-count': '2',
      'x-log-compresstype': 'lz4',
      'x-log-cursor': await end(),
      'x-log-cursor-time': (nowMs / 1000).toString(),
      'x-log-read-last-cursor': ((cursorNumber(await end()) ?? 0n) - 1n).toString(),
      'x-log-end-of-cursor': '1',
    })
  })

  test('leaves the optional headers out when told to', async () => {
    simulator.sls.behaviour.optionalHeaders = false
    await write('a')
    const { headers } = await pull(simulator, 'one', 0, await begin())
    expect(Object.keys(headers).filter((name) => /cursor-time|end-of-cursor|read-last/.test(name))).toEqual([])
  })

  test('answers at the end with the same cursor and nothing', async () => {
    const cursor = await end()
    const answer = await pull(simulator, 'one', 0, cursor)
    expect(answer.body).toHaveLength(0)
    expect(answer.headers).toMatchObject({ 'x-log-cursor': cursor, 'x-log-count': '0', 'x-log-bodyrawsize': '0' })
  })

  test('counts groups, not logs, and ends before end_cursor', async () => {
    for (const text of ['a', 'b', 'c']) await write(text, text)
    const start = await begin()
    expect(textsOf(await pull(simulator, 'one', 0, start, { count: 2 }))).toHaveLength(2)
    const third = cursorOf((cursorNumber(start) ?? 0n) + 2n)
    const bounded = await pull(simulator, 'one', 0, start, { end_cursor: third })
    expect(textsOf(bounded)).toEqual([
      ['a', 'a'],
      ['b', 'b'],
    ])
    expect(bounded.headers['x-log-cursor']).toBe(third)
    const reached = await pull(simulator, 'one', 0, third, { end_cursor: third })
    expect(reached.headers).toMatchObject({ 'x-log-count': '0', 'x-log-cursor': third })
  })

  test('is asked with type=logs by the Go SDK', async () => {
    await write('a')
    expect(textsOf(await pull(simulator, 'one', 0, await begin(), { type: 'logs' }))).toEqual([['a']])
  })

  test('ends a page before it grows too large, but one group always fits', async () => {
    simulator.sls.behaviour.maxPageBytes = 5000
    for (let index = 0; index < 3; index++) await write('x'.repeat(3000))
    await write('y'.repeat(9000))
    let cursor = await begin()
    const sizes: number[] = []
    for (let page = 0; page < 4; page++) {
      const answer = await pull(simulator, 'one', 0, cursor)
      sizes.push(groupsOf(answer).length)
      cursor = String(answer.headers['x-log-cursor'])
    }
    expect(sizes).toEqual([1, 1, 1, 1])
    expect(cursor).toBe(await end())
  })

  test.each([
    ['zstd', 'zstd', zstdDecompressSync],
    ['deflate', 'deflate', inflateSync],
    ['gzip', 'gzip', inflateSync],
    ['', undefined, (body: Buffer) => body],
    ['br, zstd;q=0.5', 'zstd', zstdDecompressSync],
    ['zstd;q=0', undefined, (body: Buffer) => body],
  ])('compresses for Accept-Encoding "%s" as %s', async (accepted, type, decompress) => {
    await write('héllo '.repeat(100))
    const answer = await pull(simulator, 'one', 0, await begin(), {}, { 'accept-encoding': accepted })
    expect(answer.headers['x-log-compresstype']).toBe(type)
    const raw = decompress(answer.body)
    expect(raw).toHaveLength(Number(answer.headers['x-log-bodyrawsize']))
    expect(decodeLogGroupList(raw)[0]?.logs[0]?.contents).toEqual([['message', 'héllo '.repeat(100)]])
  })

  test.each(['short', 'long '.repeat(500)])('sends LZ4 as literals only when told to', async (text) => {
    simulator.sls.behaviour.lz4 = 'literal'
    await write(text)
    const answer = await pull(simulator, 'one', 0, await begin())
    expect(textsOf(answer)).toEqual([[text]])
    expect(answer.body.length).toBeGreaterThan(Number(answer.headers['x-log-bodyrawsize']))
  })

  test('ends a page at a jump of the numbers, so that counting back from its last group holds', async () => {
    const shard = simulator.sls.store.logstore('web-prod', 'one').shard(0, nowMs)
    await write('a')
    shard.jump(1000n)
    await write('b')
    const first = await pull(simulator, 'one', 0, await begin())
    expect(textsOf(first)).toEqual([['a']])
    const second = await pull(simulator, 'one', 0, String(first.headers['x-log-cursor']))
    expect(textsOf(second)).toEqual([['b']])
    const start = cursorNumber(await begin()) ?? 0n
    expect(second.headers['x-log-read-last-cursor']).toBe((start + 1001n).toString())
    expect(second.headers['x-log-cursor']).toBe(await end())
  })

  test('answers a jump with no groups and a new cursor when told to', async () => {
    simulator.sls.behaviour.emptyPageAtJump = true
    const shard = simulator.sls.store.logstore('web-prod', 'one').shard(0, nowMs)
    await write('a')
    shard.jump(1000n)
    await write('b')
    const first = await pull(simulator, 'one', 0, await begin())
    const gap = await pull(simulator, 'one', 0, String(first.headers['x-log-cursor']))
    expect(gap.headers).toMatchObject({ 'x-log-count': '0', 'x-log-bodyrawsize': '0' })
    expect(gap.headers['x-log-cursor']).not.toBe(first.headers['x-log-cursor'])
    expect(textsOf(await pull(simulator, 'one', 0, String(gap.headers['x-log-cursor'])))).toEqual([['b']])
  })

  test('an expired beginning is passed over without an error', async () => {
    const start = await begin()
    await write('old')
    simulator.clock.advance(3 * DAY_MS + 1)
    await write('new')
    expect(await begin()).not.toBe(start)
    expect(textsOf(await pull(simulator, 'one', 0, start))).toEqual([['new']])
  })

  test.each([
    [{ count: 0 }, '400 ParameterInvalid'],
    [{ count: 1001 }, '400 ParameterInvalid'],
    [{ count: 'many' }, '400 ParameterInvalid'],
    [{ cursor: '' }, '400 MissingParameter'],
    [{ cursor: 'never' }, '400 ParameterInvalid'],
    [{ cursor: cursorOf(2n ** 62n) }, '400 InvalidCursor'],
    [{ query: '* | where a = 1' }, '400 ParameterInvalid'],
  ])('%j is refused', async (query, expected) => {
    expect(outcomeOf(await pull(simulator, 'one', 0, await begin(), query))).toBe(expected)
  })

  test('shards and logstores that are not there are told apart', async () => {
    expect(outcomeOf(await pull(simulator, 'one', 7, await begin()))).toBe('400 ShardNotExist')
    expect(outcomeOf(await pull(simulator, 'nine', 0, await begin()))).toBe('404 LogStoreNotExist')
  })
})

describe('quotas', () => {
  test('are off unless set', async () => {
    const cursor = await end()
    for (let index = 0; index < 120; index++) expect((await pull(simulator, 'one', 0, cursor)).status).toBe(200)
  })

  test('limit the reads of a shard in a second', async () => {
    simulator.sls.quotas.quotas = documentedQuotas
    const cursor = await end()
    for (let index = 0; index < 100; index++) expect((await pull(simulator, 'one', 0, cursor)).status).toBe(200)
    expect(outcomeOf(await pull(simulator, 'one', 0, cursor))).toBe('403 ShardReadQuotaExceed')
    expect((await pull(simulator, 'four', 0, await cursorAt(simulator, 'four', 0, 'end'))).status).toBe(200)
    simulator.clock.advance(1000)
    expect((await pull(simulator, 'one', 0, cursor)).status).toBe(200)
  })

  test('limit the bytes of a shard in a second after the page that used them up', async () => {
    simulator.sls.quotas.quotas = { shardReadBytesPerSecond: 10, shardWriteBytesPerSecond: 10 }
    expect((await write('a')).status).toBe(200)
    expect(outcomeOf(await write('b'))).toBe('403 ShardWriteQuotaExceed')
    expect((await pull(simulator, 'one', 0, await begin())).status).toBe(200)
    expect(outcomeOf(await pull(simulator, 'one', 0, await begin()))).toBe('403 ShardReadQuotaExceed')
  })

  test('limit the calls of a project in a minute', async () => {
    simulator.sls.quotas.quotas = { projectReadsPerMinute: 1, projectWritesPerMinute: 1 }
    expect((await write('a')).status).toBe(200)
    expect(outcomeOf(await write('b'))).toBe('403 WriteQuotaExceed')
    expect((await pull(simulator, 'one', 0, await begin())).status).toBe(200)
    expect(outcomeOf(await pull(simulator, 'one', 0, await begin()))).toBe('403 ReadQuotaExceed')
  })
})

describe('PutLogs', () => {
  test.each(['/logstores/one/shards/lb', '/logstores/one', `/logstores/one/shards/route`])(
    'writes by %s',
    async (path) => {
      const query = path.endsWith('route') ? { key: '0'.repeat(32) } : {}
      const answer = await put(simulator, 'one', groupOf(simulator, 'a'), { path, query })
      expect(answer).toMatchObject({ status: 200, headers: { 'content-length': '0' } })
      expect(textsOf(await pull(simulator, 'one', 0, await begin()))).toEqual([['a']])
    },
  )

  test.each([
    ['0'.repeat(32), 0],
    [`4${'0'.repeat(31)}`, 1],
    ['f'.repeat(32), 3],
  ])('routes by key %s to shard %i', async (key, shard) => {
    await put(simulator, 'four', groupOf(simulator, 'a'), { path: '/logstores/four/shards/route', query: { key } })
    const counts = await Promise.all(
      [0, 1, 2, 3].map(async (id) =>
        Number(
          (await pull(simulator, 'four', id, await cursorAt(simulator, 'four', id, 'begin'))).headers['x-log-count'],
        ),
      ),
    )
    expect(counts.indexOf(1)).toBe(shard)
  })

  test('spreads over all shards by itself', async () => {
    for (let index = 0; index < 60; index++) await put(simulator, 'four', groupOf(simulator, 'a'))
    for (const id of [0, 1, 2, 3]) {
      expect(simulator.sls.store.logstore('web-prod', 'four').shard(id, nowMs).groupCount).toBeGreaterThan(3)
    }
  })

  test.each([
    ['lz4', compressLz4Block],
    ['zstd', zstdCompressSync],
    ['deflate', deflateSync],
  ] as const)('takes %s', async (compression, compress) => {
    const raw = encodeLogGroup(groupOf(simulator, 'a'.repeat(500)))
    const headers = { 'x-log-compresstype': compression, 'x-log-bodyrawsize': raw.length.toString() }
    expect((await put(simulator, 'one', compress(raw), { headers })).status).toBe(200)
    expect(textsOf(await pull(simulator, 'one', 0, await begin()))).toEqual([['a'.repeat(500)]])
  })

  test('takes the JSON form of the Java SDK', async () => {
    const body = Buffer.from('{"__topic__":"t","__source__":"s","__logs__":[{"k":"v"}],"__tags__":{"g":"h"}}')
    expect((await put(simulator, 'one', body, { headers: { 'content-type': 'application/json' } })).status).toBe(200)
    expect(groupsOf(await pull(simulator, 'one', 0, await begin()))).toEqual([
      { topic: 't', source: 's', tags: [['g', 'h']], logs: [{ time: nowMs / 1000, contents: [['k', 'v']] }] },
    ])
  })

  test('adds the tags of origin where the logstore records them', async () => {
    await put(simulator, 'origin', groupOf(simulator, 'a'))
    const [group] = groupsOf(await pull(simulator, 'origin', 0, await cursorAt(simulator, 'origin', 0, 'begin')))
    expect(group?.tags).toEqual([
      ['__receive_time__', (nowMs / 1000).toString()],
      ['__client_ip__', '127.0.0.1'],
    ])
  })

  test('keeps bytes that are no text as they came', async () => {
    const raw = Buffer.from(encodeLogGroup(groupOf(simulator, 'abc')))
    raw.set([0xff, 0xfe, 0x80], raw.indexOf('abc'))
    expect((await put(simulator, 'one', raw)).status).toBe(200)
    const answer = await pull(simulator, 'one', 0, await begin(), {}, { 'accept-encoding': '' })
    expect(answer.body.includes(Buffer.from([0xff, 0xfe, 0x80]))).toBe(true)
  })

  const logAt = (timeMs: number) => ({ ...groupOf(simulator), logs: [{ time: timeMs / 1000, contents: [] }] })
  const withPair = (key: string, value: string) => ({
    ...groupOf(simulator),
    logs: [{ time: nowMs / 1000, contents: [[key, value] as [string, string]] }],
  })
  const small = () => groupOf(simulator, 'a')

  test.each([
    [
      'a log of 7 days and a second ago',
      () => put(simulator, 'one', logAt(nowMs - 7 * DAY_MS - 1000)),
      '400 InvalidTimestamp',
    ],
    [
      'a log of 15 minutes and a second ahead',
      () => put(simulator, 'one', logAt(nowMs + 901_000)),
      '400 InvalidTimestamp',
    ],
    ['a log of 7 days ago', () => put(simulator, 'one', logAt(nowMs - 7 * DAY_MS)), '200'],
    ['a log of 15 minutes ahead', () => put(simulator, 'one', logAt(nowMs + 900_000)), '200'],
    ['a log without a time', () => put(simulator, 'one', Buffer.from('0a00', 'hex')), '400 PostBodyInvalid'],
    ['no protobuf', () => put(simulator, 'one', Buffer.from('hello')), '400 PostBodyInvalid'],
    [
      'a package list of the agents',
      () => put(simulator, 'one', small(), { headers: { 'x-log-mode': 'batch_group' } }),
      '400 PostBodyInvalid',
    ],
    ['an empty key', () => put(simulator, 'one', withPair('', 'v')), '400 InvalidKey'],
    ['a key of 128 bytes', () => put(simulator, 'one', withPair('k'.repeat(128), 'v')), '200'],
    ['a key of 129 bytes', () => put(simulator, 'one', withPair('k'.repeat(129), 'v')), '400 InvalidKey'],
    ['a value of 1 MiB', () => put(simulator, 'one', withPair('k', 'v'.repeat(1024 * 1024))), '200'],
    ['a longer value', () => put(simulator, 'one', withPair('k', 'v'.repeat(1024 * 1024 + 1))), '400 PostBodyInvalid'],
    [
      'a key that is no text',
      () => {
        const raw = Buffer.from(encodeLogGroup(withPair('kkk', 'v')))
        raw.set([0xff], raw.indexOf('kkk'))
        return put(simulator, 'one', raw)
      },
      '400 InvalidEncoding',
    ],
    ['more than 10 MiB', () => put(simulator, 'one', Buffer.alloc(10 * 1024 * 1024 + 1)), '413 PostBodyTooLarge'],
    [
      'a body that says it is more than 10 MiB',
      () =>
        put(simulator, 'one', Buffer.from('x'), {
          headers: { 'x-log-compresstype': 'lz4', 'x-log-bodyrawsize': '10485761' },
        }),
      '413 PostBodyTooLarge',
    ],
    [
      'a wrong size',
      () => put(simulator, 'one', small(), { headers: { 'x-log-bodyrawsize': '5' } }),
      '400 InvalidBodyRawSize',
    ],
    [
      'a size that is none',
      () => put(simulator, 'one', small(), { headers: { 'x-log-bodyrawsize': 'big' } }),
      '400 InvalidBodyRawSize',
    ],
    [
      'no LZ4',
      () =>
        put(simulator, 'one', Buffer.from('hello'), {
          headers: { 'x-log-compresstype': 'lz4', 'x-log-bodyrawsize': '100' },
        }),
      '400 PostBodyUncompressError',
    ],
    [
      'zstd of another size',
      () =>
        put(simulator, 'one', zstdCompressSync('hello'), {
          headers: { 'x-log-compresstype': 'zstd', 'x-log-bodyrawsize': '4' },
        }),
      '400 PostBodyUncompressError',
    ],
    [
      'an unknown compression',
      () => put(simulator, 'one', small(), { headers: { 'x-log-compresstype': 'snappy' } }),
      '400 InvalidCompressType',
    ],
    [
      'another content type',
      () => put(simulator, 'one', small(), { headers: { 'content-type': 'text/plain' } }),
      '400 InvalidContentType',
    ],
    ['a logstore that is not there', () => put(simulator, 'nine', small()), '404 LogStoreNotExist'],
    ['a logstore without shards', () => put(simulator, 'none', small()), '400 LogStoreWithoutShard'],
    [
      'a route without a key',
      () => put(simulator, 'one', small(), { path: '/logstores/one/shards/route' }),
      '400 ParameterInvalid',
    ],
    [
      'JSON that is none',
      () => put(simulator, 'one', Buffer.from('{'), { headers: { 'content-type': 'application/json' } }),
      '400 PostBodyInvalid',
    ],
  ])('%s', async (_name, attempt, expected) => {
    expect(outcomeOf(await attempt())).toBe(expected)
  })

  test.each([
    ['content-type', '400 MissingContentType'],
    ['x-log-bodyrawsize', '400 MissingBodyRawSize'],
  ])('refuses a write signed without %s', async (missing, expected) => {
    const path = '/logstores/one'
    const body = encodeLogGroup(small())
    const answer = await put(simulator, 'one', body, {
      path,
      signature: { version: 'v1' },
      change(headers) {
        delete headers[missing]
        const request = { method: 'POST', path, query: [], headers, body }
        headers['authorization'] = authorizationV1(defaultAccessKey.id, defaultAccessKey.secret, request)
      },
    })
    expect(outcomeOf(answer)).toBe(expected)
  })

  test('refuses a write of unknown length', async () => {
    const change = (headers: Record<string, string>) => {
      headers['transfer-encoding'] = 'chunked'
    }
    expect(outcomeOf(await put(simulator, 'one', small(), { change }))).toBe('411 MissingContentLength')
  })
})

test.each([
  ['GET', '/nothing/here'],
  ['PUT', '/logstores/one'],
  ['GET', '/logstores/one'],
  ['POST', '/logstores/one/shards'],
  ['PATCH', '/logstores/one/shards/0'],
  ['GET', '/logstores/one/shards/zero'],
])('%s %s is no call', async (method, path) => {
  expect(outcomeOf(await callSls(simulator, path, { method }))).toBe('405 InvalidMethod')
})
