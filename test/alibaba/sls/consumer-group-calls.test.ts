import { createNoopMeter } from '@opentelemetry/api'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createSlsClient } from '../../../src/alibaba/sls/client.ts'
import { SlsError, type SlsErrorKind } from '../../../src/alibaba/sls/errors.ts'
import type { SlsClient } from '../../../src/alibaba/sls/types.ts'
import { createLeapingClock } from '../../fakes/leaping-clock.ts'
import { createRecordingLog } from '../../fakes/recording-log.ts'
import { type Reply, type ScriptedServer, startScriptedServer } from './scripted-server.ts'

const group = { logstore: 'access', name: 'otel', timeoutMs: 60_000 }
const consumer = 'host-1-ab'
const never = new AbortController().signal

const json = (value: unknown): Reply => ({
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(value),
})
const empty: Reply = { headers: { 'content-length': '0' } }
const failure = (status: number, errorCode: string): Reply => ({
  status,
  body: JSON.stringify({ errorCode, errorMessage: 'message' }),
})

let server: ScriptedServer
let client: SlsClient
let clock: ReturnType<typeof createLeapingClock>

beforeEach(async () => {
  server = await startScriptedServer(() => 'testAccessKeySecret')
  clock = createLeapingClock(Date.parse('2024-01-02T03:04:05Z'))
  client = createSlsClient(
    {
      endpoint: server.endpoint,
      region: 'cn-hangzhou',
      project: 'web-prod',
      signature: 'v4',
      proxy: 'none',
      rateLimitPerSecond: 1000,
      userAgent: 'test/1',
    },
    {
      credentials: {
        get: async () => ({ accessKeyId: 'testAccessKeyId', accessKeySecret: 'testAccessKeySecret' }),
        refresh: () => {},
        describe: () => 'test',
      },
      clock,
      log: createRecordingLog(),
      meter: createNoopMeter(),
    },
  )
})
afterEach(async () => {
  await client.close()
  await server.close()
  server.verify()
})

/** The only request so far, as a person would write it down. */
function sent(): { line: string; contentType: string | undefined; body: unknown } {
  const [request] = server.requests
  if (request === undefined) throw new Error('nothing was sent')
  const text = Buffer.from(request.body).toString('utf8')
  return {
    line: `${request.method} ${request.target}`,
    contentType: request.headers['content-type'],
    body: text === '' ? undefined : JSON.parse(text),
  }
}

describe('consumer-group calls are signed, and are sent as sls-protocol 4.1 says', () => {
  it('create: in seconds, with order', async () => {
    server.reply(empty)
    await client.createConsumerGroup(group, never)
    expect(sent()).toEqual({
      line: 'POST /logstores/access/consumergroups',
      contentType: 'application/json',
      body: { consumerGroup: 'otel', timeout: 60, order: true },
    })
  })

  it('create: a group that is there already is a success', async () => {
    server.reply(failure(400, 'ConsumerGroupAlreadyExist'))
    await client.createConsumerGroup(group, never)
  })

  it('heartbeat: the shards held, for the shards to hold', async () => {
    server.reply(json([0, 2]))
    expect(await client.heartbeat(group, consumer, [0, 1], never)).toEqual([0, 2])
    expect(sent()).toEqual({
      line: `POST /logstores/access/consumergroups/otel?type=heartbeat&consumer=${consumer}`,
      contentType: 'application/json',
      body: [0, 1],
    })
  })

  it('checkpoints: one that is empty is none', async () => {
    server.reply(
      json([
        { shard: 0, checkpoint: 'MTQ0', updateTime: 1_524_224_984_800_922, consumer },
        { shard: 1, checkpoint: '', updateTime: 0, consumer: '' },
      ]),
    )
    expect(await client.getCheckpoints(group, never)).toEqual([
      { shardId: 0, cursor: 'MTQ0' },
      { shardId: 1, cursor: undefined },
    ])
    expect(sent()).toMatchObject({ line: 'GET /logstores/access/consumergroups/otel', body: undefined })
  })

  it('a checkpoint is written unforced, in the name of the consumer', async () => {
    server.reply(empty)
    await client.updateCheckpoint(group, consumer, 3, 'MTQ0', never)
    expect(sent()).toEqual({
      line: `POST /logstores/access/consumergroups/otel?type=checkpoint&consumer=${consumer}&forceSuccess=false`,
      contentType: 'application/json',
      body: { shard: 3, checkpoint: 'MTQ0' },
    })
  })

  it.each([{ shards: [0] }, [0, '1'], [-1], 'no list'])(
    'an answer that is no list of shards is asked for again: %j',
    async (value) => {
      server.reply(json(value), json([1]))
      expect(await client.heartbeat(group, consumer, [], never)).toEqual([1])
    },
  )

  it.each([[[{ shard: 0, checkpoint: 7 }]], [[{ checkpoint: 'MTQ0' }]], [{ checkpoints: [] }]])(
    'an answer that is no list of checkpoints is asked for again: %j',
    async (value) => {
      server.reply(json(value), json([]))
      expect(await client.getCheckpoints(group, never)).toEqual([])
    },
  )
})

describe('failures of consumer-group calls', () => {
  it.each<[status: number, vendorCode: string, kind: SlsErrorKind]>([
    [404, 'ConsumerGroupNotExist', 'group_gone'],
    [404, 'ConsumerNotExist', 'unknown_consumer'],
    [400, 'NotExistConsumerWithBody', 'unknown_consumer'],
    [400, 'ConsumerNotMatch', 'not_owner'],
    // Its status is not known for sure.
    [403, 'ConsumerNotMatch', 'not_owner'],
    [404, 'ShardNotExist', 'shard_gone'],
    [400, 'ShardNotExist', 'shard_gone'],
    [400, 'InvalidShardCheckPoint', 'refused'],
  ])('error codes are recognised by their right spelling: %i %s', async (status, vendorCode, kind) => {
    server.reply(failure(status, vendorCode))
    const error = await client.updateCheckpoint(group, consumer, 3, 'MTQ0', never).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(SlsError)
    expect(error).toMatchObject({ kind, vendorCode, retryable: false })
  })

  it.each(['ConsumerNotExsit', 'ShardNotExsit'])('a spelling that SLS does not use means nothing: %s', async (code) => {
    server.reply(failure(400, code))
    await expect(client.updateCheckpoint(group, consumer, 3, 'MTQ0', never)).rejects.toMatchObject({ kind: 'refused' })
  })

  it('a missing right names action and resource', async () => {
    server.reply({
      status: 401,
      body: JSON.stringify({ errorCode: 'Unauthorized', errorMessage: 'denied by sts or ram, action: …' }),
    })
    await expect(client.heartbeat(group, consumer, [], never)).rejects.toMatchObject({
      kind: 'permission',
      remedy: expect.stringContaining(
        'log:ConsumerGroupHeartBeat on acs:log:cn-hangzhou:*:project/web-prod/logstore/access/consumergroup/otel',
      ),
    })
  })

  it('a heartbeat is repeated until the timeout of the group, when the shards are somebody else’s', async () => {
    const began = clock.now()
    const serverError = failure(500, 'InternalServerError')
    // Back-off at its longest: 0.2, 0.4, … 6.4, then 10 s each.
    const attempts = 11
    server.reply(...Array.from({ length: attempts }, () => serverError))
    await expect(client.heartbeat(group, consumer, [0], never)).rejects.toMatchObject({ kind: 'transient' })
    expect(server.requests).toHaveLength(attempts)
    expect(clock.now() - began).toBeLessThanOrEqual(group.timeoutMs)
    expect(clock.now() - began).toBeGreaterThan(group.timeoutMs - 10_000)
  })

  it('a checkpoint is written again for as long as it takes', async () => {
    server.reply(...Array.from({ length: 40 }, () => failure(503, 'ServerBusy')), empty)
    await client.updateCheckpoint(group, consumer, 3, 'MTQ0', never)
    expect(server.requests).toHaveLength(41)
  })
})
