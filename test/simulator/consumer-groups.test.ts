import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { defaultAccountId } from '../../simulator/accounts.ts'
import { parseScriptEntry } from '../../simulator/fault-script.ts'
import { type Simulator, startSimulator } from '../../simulator/simulator.ts'
import { cursorNumber, cursorOf } from '../../src/alibaba/sls/cursor.ts'
import { createManualClock } from '../fakes/manual-clock.ts'
import {
  type Answer,
  type CallOptions,
  callSls,
  cursorAt,
  groupOf,
  jsonOf,
  outcomeOf,
  put,
  send,
} from './sls-caller.ts'

const nowMs = 1_772_410_530_000
const DAY_MS = 86_400_000
const TIMEOUT_MS = 60_000
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
            { name: 'one', shards: 1 },
            { name: 'two', shards: 2, ttlDays: 3 },
            { name: 'sixteen', shards: 16 },
          ],
        },
      ],
      traffic: [],
    },
  })
})
afterEach(() => simulator.close())

const call = (logstore: string, path = '', options: CallOptions & { readonly json?: unknown } = {}): Promise<Answer> =>
  callSls(simulator, `/logstores/${logstore}/consumergroups${path}`, {
    ...options,
    ...(options.json === undefined
      ? {}
      : { body: Buffer.from(JSON.stringify(options.json)), headers: { 'content-type': 'application/json' } }),
  })

const create = (logstore: string, options: Readonly<Record<string, unknown>> = {}) =>
  call(logstore, '', { method: 'POST', json: { consumerGroup: 'g', timeout: 60, order: false, ...options } })

const heartbeat = (logstore: string, consumer: string, shards: unknown) =>
  call(logstore, '/g', { method: 'POST', query: { type: 'heartbeat', consumer }, json: shards })

/** The shards a heartbeat answers; throws where it is refused. */
async function beat(logstore: string, consumer: string, shards: readonly number[]): Promise<number[]> {
  const answer = await heartbeat(logstore, consumer, shards)
  if (answer.status !== 200) throw new Error(outcomeOf(answer))
  return jsonOf(answer) as number[]
}

const write = (
  logstore: string,
  shard: number,
  checkpoint: string,
  query: Readonly<Record<string, string>> = { forceSuccess: 'true' },
) => call(logstore, '/g', { method: 'POST', query: { type: 'checkpoint', ...query }, json: { shard, checkpoint } })

const checkpoints = async (logstore: string, query: Readonly<Record<string, string | number>> = {}) =>
  jsonOf(await call(logstore, '/g', { query }))

const end = (logstore: string, shard: number) => cursorAt(simulator, logstore, shard, 'end')

const split = (logstore: string, shard: number) =>
  callSls(simulator, `/logstores/${logstore}/shards/${shard}`, {
    method: 'POST',
    query: { action: 'split', shardCount: 2 },
  })

const merge = (logstore: string, shard: number) =>
  callSls(simulator, `/logstores/${logstore}/shards/${shard}`, { method: 'POST', query: { action: 'merge' } })

interface DescribedGroup {
  readonly consumers: readonly { readonly name: string }[]
  readonly shards: readonly {
    readonly shardId: number
    readonly state: string
    readonly consumer?: string
    readonly promisedTo?: string
    readonly checkpoint?: { readonly cursor: string }
  }[]
}

/** The group as `/_simulator/status` tells it. */
async function statusOf(logstore: string): Promise<DescribedGroup> {
  const answer = await send(simulator, 'GET', '/_simulator/status', { host: `127.0.0.1:${simulator.port}` })
  const status = jsonOf(answer) as { projects: { logstores: { name: string; consumerGroups: DescribedGroup[] }[] }[] }
  const group = status.projects[0]?.logstores.find(({ name }) => name === logstore)?.consumerGroups[0]
  if (group === undefined) throw new Error(`logstore ${logstore} has no consumer group`)
  return group
}

/** `0 already_alloc a`, `1 transfer a>b`, `2 over`: one text a shard. */
const states = async (logstore: string) =>
  (await statusOf(logstore)).shards.map(({ shardId, state, consumer, promisedTo }) =>
    [shardId, state, promisedTo === undefined ? consumer : `${consumer}>${promisedTo}`]
      .filter((part) => part !== undefined)
      .join(' '),
  )

describe('create, list, update, delete', () => {
  test('a group is created, listed, changed in parts and deleted', async () => {
    expect(await create('one')).toMatchObject({ status: 200, body: Buffer.alloc(0) })
    expect(jsonOf(await call('one'))).toEqual([{ name: 'g', timeout: 60, order: false }])
    expect(outcomeOf(await call('one', '/g', { method: 'PUT', json: { order: true } }))).toBe('200')
    expect(outcomeOf(await call('one', '/g', { method: 'PUT', json: { timeout: 20 } }))).toBe('200')
    expect(jsonOf(await call('one'))).toEqual([{ name: 'g', timeout: 20, order: true }])
    expect(outcomeOf(await call('one', '/g', { method: 'DELETE' }))).toBe('200')
    expect(jsonOf(await call('one'))).toEqual([])
  })

  test('groups of the same name in two logstores are strangers', async () => {
    await create('one')
    await create('two')
    await beat('one', 'a', [])
    expect(outcomeOf(await heartbeat('two', 'a', [0]))).toBe('400 NotExistConsumerWithBody')
  })

  test('a name is taken once', async () => {
    await create('one')
    expect(outcomeOf(await create('one', { timeout: 10 }))).toBe('400 ConsumerGroupAlreadyExist')
  })

  test('a logstore has at most 30 groups', async () => {
    for (let index = 0; index < 30; index++) {
      expect(outcomeOf(await create('one', { consumerGroup: `g${index}` }))).toBe('200')
    }
    expect(outcomeOf(await create('one', { consumerGroup: 'g30' }))).toBe('403 ProjectQuotaExceed')
    expect(outcomeOf(await create('two'))).toBe('200')
  })

  test.each([
    [{ timeout: '60' }, '400 JsonInfoInvalid'],
    [{ timeout: 0 }, '400 JsonInfoInvalid'],
    [{ order: 'true' }, '400 JsonInfoInvalid'],
    [{ consumerGroup: undefined }, '400 JsonInfoInvalid'],
    [{ consumerGroup: 'a/b' }, '400 ParameterInvalid'],
    [{ consumerGroup: '' }, '400 ParameterInvalid'],
  ])('a group with %j is refused', async (options, outcome) => {
    expect(outcomeOf(await create('one', options))).toBe(outcome)
  })

  test('a body that is no JSON is refused', async () => {
    const body = Buffer.from('{')
    const headers = { 'content-type': 'application/json' }
    expect(outcomeOf(await call('one', '', { method: 'POST', body, headers }))).toBe('400 JsonInfoInvalid')
  })
})

describe('every call', () => {
  const calls: [string, string, CallOptions & { readonly json?: unknown }][] = [
    ['UpdateConsumerGroup', '/g', { method: 'PUT', json: { timeout: 10 } }],
    ['DeleteConsumerGroup', '/g', { method: 'DELETE' }],
    ['ConsumerGroupHeartBeat', '/g', { method: 'POST', query: { type: 'heartbeat', consumer: 'a' }, json: [] }],
    [
      'ConsumerGroupUpdateCheckPoint',
      '/g',
      {
        method: 'POST',
        query: { type: 'checkpoint', forceSuccess: 'true' },
        json: { shard: 0, checkpoint: cursorOf(1n) },
      },
    ],
    ['GetCheckPoint', '/g', {}],
  ]
  const all: typeof calls = [
    ['CreateConsumerGroup', '', { method: 'POST', json: { consumerGroup: 'g', timeout: 60, order: false } }],
    ['ListConsumerGroup', '', {}],
    ...calls,
  ]

  test.each(calls)('%s of a group that does not exist', async (_api, path, options) => {
    expect(outcomeOf(await call('one', path, options))).toBe('404 ConsumerGroupNotExist')
  })

  test.each(all)('%s in a logstore that does not exist', async (_api, path, options) => {
    expect(outcomeOf(await call('absent', path, options))).toBe('404 LogStoreNotExist')
  })

  test.each(all)('%s is signed, v1 and v4', async (_api, path, options) => {
    await create('two')
    const break_ = (headers: Record<string, string>) => {
      headers['authorization'] = (headers['authorization'] ?? '').replace(/.{8}$/, '00000000')
    }
    expect(outcomeOf(await call('two', path, { ...options, change: break_ }))).toBe('401 SignatureNotMatch')
    const v1 = await call('two', path, { ...options, signature: { version: 'v1' } })
    expect(outcomeOf(v1)).toBe(path === '' && options.method === 'POST' ? '400 ConsumerGroupAlreadyExist' : '200')
  })

  test.each(all)('%s is hit by faults under its name', async (api, path, options) => {
    await create('two')
    simulator.faults.inject({
      api,
      logstore: 'two',
      times: 1,
      effect: { kind: 'error', status: 500, code: 'InternalServerError' },
    })
    expect(outcomeOf(await call('two', path, options))).toBe('500 InternalServerError')
    expect(simulator.faults.list()).toEqual([])
  })

  test.each(['GET', 'PUT', 'POST', 'DELETE'])('%s with an empty group name is no call', async (method) => {
    const query = { type: 'heartbeat', consumer: 'a' }
    expect(outcomeOf(await call('one', '/', { method, query, json: [] }))).toBe('405 InvalidMethod')
  })

  test('a POST to a group without a known type is refused', async () => {
    await create('one')
    expect(outcomeOf(await call('one', '/g', { method: 'POST', json: [] }))).toBe('400 MissingParameter')
    const query = { type: 'other' }
    expect(outcomeOf(await call('one', '/g', { method: 'POST', query, json: [] }))).toBe('400 ParameterInvalid')
  })
})

describe('heartbeats', () => {
  test('a first consumer gets everything at once', async () => {
    await create('sixteen')
    expect(await beat('sixteen', 'c 1~*/x', [])).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15])
  })

  test('a stranger who lists shards is told to begin anew', async () => {
    await create('one')
    expect(outcomeOf(await heartbeat('one', 'a', [0]))).toBe('400 NotExistConsumerWithBody')
    expect(await beat('one', 'a', [])).toEqual([0])
  })

  test.each([[{ shards: [0] }], [[-1]], [['0']], [[0.5]]])('the body %j is refused', async (body) => {
    await create('one')
    expect(outcomeOf(await heartbeat('one', 'a', body))).toBe('400 JsonInfoInvalid')
  })

  test('a consumer without a name is refused', async () => {
    await create('one')
    expect(outcomeOf(await heartbeat('one', '', []))).toBe('400 MissingParameter')
  })

  test('a shard that never was is ignored', async () => {
    await create('one')
    await beat('one', 'a', [])
    expect(await beat('one', 'a', [0, 99])).toEqual([0])
  })

  test('a shard changes hands only when its old owner stops listing it', async () => {
    await create('two')
    await beat('two', 'a', [])
    expect(await beat('two', 'b', [])).toEqual([])
    expect(await states('two')).toEqual(['0 already_alloc a', '1 transfer a>b'])
    // It drains the shard: told to give it up, and listing it still.
    for (let round = 0; round < 3; round++) {
      expect(await beat('two', 'a', [0, 1])).toEqual([0])
      expect(await beat('two', 'b', [])).toEqual([])
    }
    expect(await beat('two', 'a', [0])).toEqual([0])
    expect(await states('two')).toEqual(['0 already_alloc a', '1 already_alloc b'])
    expect(await beat('two', 'b', [])).toEqual([1])
  })

  test('a shard whose taker died meanwhile stays with its owner', async () => {
    await create('two')
    await beat('two', 'a', [])
    await beat('two', 'b', [])
    simulator.clock.advance(TIMEOUT_MS)
    await beat('two', 'a', [0, 1])
    simulator.clock.advance(1)
    expect(await beat('two', 'a', [0])).toEqual([0, 1])
  })

  test('a promised shard goes elsewhere when its owner dies', async () => {
    await create('two')
    await beat('two', 'a', [])
    simulator.clock.advance(TIMEOUT_MS)
    await beat('two', 'b', [])
    simulator.clock.advance(1)
    expect(await beat('two', 'b', [])).toEqual([0, 1])
  })
})

describe('timeouts', () => {
  test('a consumer is forgotten after more than the timeout, not before', async () => {
    await create('two')
    await beat('two', 'a', [])
    simulator.clock.advance(TIMEOUT_MS)
    expect(await beat('two', 'a', [0, 1])).toEqual([0, 1])
    simulator.clock.advance(TIMEOUT_MS + 1)
    expect(await states('two')).toEqual(['0 not_alloc', '1 not_alloc'])
    expect(outcomeOf(await heartbeat('two', 'a', [0, 1]))).toBe('400 NotExistConsumerWithBody')
  })

  test('its shards go to those who are left', async () => {
    await create('two')
    await beat('two', 'a', [])
    await beat('two', 'b', [])
    await beat('two', 'a', [0])
    expect(await beat('two', 'b', [])).toEqual([1])
    simulator.clock.advance(TIMEOUT_MS)
    await beat('two', 'b', [1])
    simulator.clock.advance(1)
    expect(await beat('two', 'b', [1])).toEqual([0, 1])
  })

  test('a shorter timeout counts from the last heartbeat', async () => {
    await create('two')
    await beat('two', 'a', [])
    simulator.clock.advance(20_000)
    await call('two', '/g', { method: 'PUT', json: { timeout: 10 } })
    expect(outcomeOf(await heartbeat('two', 'a', [0]))).toBe('400 NotExistConsumerWithBody')
  })

  test('a position that is written is no sign of life', async () => {
    await create('one')
    await beat('one', 'a', [])
    simulator.clock.advance(TIMEOUT_MS)
    await write('one', 0, await end('one', 0), { consumer: 'a', forceSuccess: 'false' })
    simulator.clock.advance(1)
    expect((await statusOf('one')).consumers).toEqual([])
  })
})

/** Consumers as they should be: each lists what the last answer told it. */
class Fleet {
  readonly #held = new Map<string, readonly number[]>()

  async round(): Promise<void> {
    for (const [name, held] of this.#held) this.#held.set(name, await beat('sixteen', name, held))
  }

  async join(names: readonly string[]): Promise<void> {
    for (const name of names) this.#held.set(name, await beat('sixteen', name, []))
  }

  /** Says no more: there is no call to leave by. */
  leave(names: readonly string[]): void {
    for (const name of names) this.#held.delete(name)
  }

  get held(): readonly (readonly number[])[] {
    return [...this.#held.values()]
  }
}

const namesOf = (count: number) => Array.from({ length: count }, (_, index) => `c${index}`)
const table = [1, 2, 3, 4, 5, 6, 7, 8].flatMap((from) => [1, 2, 3, 4, 5, 6, 7, 8].map((to) => [from, to] as const))

test.each(table)('16 shards balance over %i and then %i consumers', async (from, to) => {
  await create('sixteen')
  const fleet = new Fleet()
  const expectBalanced = async (consumers: number) => {
    const { shards } = await statusOf('sixteen')
    expect(shards.filter(({ state }) => state !== 'already_alloc')).toEqual([])
    const loads = Object.values(Object.groupBy(shards, ({ consumer }) => consumer ?? ''))
    const sizes = loads.map((load) => load?.length ?? 0)
    expect(sizes).toHaveLength(consumers)
    expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1)
    // The answers of one more heartbeat say the same: every shard is owned once.
    await fleet.round()
    expect(fleet.held.flat().toSorted((a, b) => a - b)).toEqual(shards.map(({ shardId }) => shardId))
  }
  await fleet.join(namesOf(from))
  await fleet.round()
  await fleet.round()
  await expectBalanced(from)

  if (to >= from) await fleet.join(namesOf(to).slice(from))
  else {
    fleet.leave(namesOf(from).slice(to))
    simulator.clock.advance(TIMEOUT_MS)
    await fleet.round()
    simulator.clock.advance(1)
  }
  await fleet.round()
  await fleet.round()
  await expectBalanced(to)
})

describe('checkpoints', () => {
  test('are told for all shards, in microseconds, with their writer', async () => {
    await create('two')
    await beat('two', 'a', [])
    const cursor = await end('two', 1)
    expect(outcomeOf(await write('two', 1, cursor, { consumer: 'a', forceSuccess: 'False' }))).toBe('200')
    const none = { shard: 0, checkpoint: '', updateTime: 0, consumer: '' }
    const written = { shard: 1, checkpoint: cursor, updateTime: nowMs * 1000, consumer: 'a' }
    expect(await checkpoints('two')).toEqual([none, written])
    expect(await checkpoints('two', { shard: 1 })).toEqual([written])
    expect(await checkpoints('two', { shard: 7 })).toEqual([])
  })

  test.each(['not base64!', '', Buffer.from('no number').toString('base64')])('%j is refused', async (checkpoint) => {
    await create('one')
    expect(outcomeOf(await write('one', 0, checkpoint))).toBe('400 InvalidShardCheckPoint')
  })

  test('a body without a shard is refused', async () => {
    await create('one')
    const query = { type: 'checkpoint', forceSuccess: 'true' }
    const answer = await call('one', '/g', { method: 'POST', query, json: { checkpoint: cursorOf(1n) } })
    expect(outcomeOf(answer)).toBe('400 JsonInfoInvalid')
  })

  test.each([
    [{ consumer: 'owner', forceSuccess: 'false' }, '200'],
    [{ consumer: 'owner', forceSuccess: 'FALSE' }, '200'],
    [{ consumer: 'owner' }, '200'],
    [{ consumer: 'other', forceSuccess: 'false' }, '400 ConsumerNotMatch'],
    [{ consumer: 'other' }, '400 ConsumerNotMatch'],
    [{ consumer: 'other', forceSuccess: 'True' }, '200'],
    [{ consumer: 'stranger', forceSuccess: 'false' }, '404 ConsumerNotExist'],
    [{ consumer: 'stranger', forceSuccess: 'true' }, '200'],
    [{ forceSuccess: 'TRUE' }, '200'],
    [{ forceSuccess: 'false' }, '400 MissingParameter'],
    [{}, '400 MissingParameter'],
    [{ consumer: 'owner', forceSuccess: 'yes' }, '400 ParameterInvalid'],
  ])('written with %j: %s', async (query, outcome) => {
    await create('two')
    await beat('two', 'owner', [])
    await beat('two', 'other', [])
    await beat('two', 'owner', [0])
    expect(await states('two')).toEqual(['0 already_alloc owner', '1 already_alloc other'])
    const before = await checkpoints('two')
    expect(outcomeOf(await write('two', 0, await end('two', 0), query as Record<string, string>))).toBe(outcome)
    if (outcome !== '200') expect(await checkpoints('two')).toEqual(before)
  })

  test('of a shard that does not exist are refused', async () => {
    await create('two')
    await beat('two', 'a', [])
    expect(outcomeOf(await write('two', 9, cursorOf(1n)))).toBe('404 ShardNotExist')
    const unforced = { consumer: 'a', forceSuccess: 'false' }
    expect(outcomeOf(await write('two', 9, cursorOf(1n), unforced))).toBe('404 ShardNotExist')
  })

  test('the owner of a shard in transfer may still write, its taker not yet', async () => {
    await create('two')
    await beat('two', 'a', [])
    await beat('two', 'b', [])
    expect(await states('two')).toContain('1 transfer a>b')
    const cursor = await end('two', 1)
    expect(outcomeOf(await write('two', 1, cursor, { consumer: 'a', forceSuccess: 'false' }))).toBe('200')
    const taker = await write('two', 1, cursor, { consumer: 'b', forceSuccess: 'false' })
    expect(outcomeOf(taker)).toBe('400 ConsumerNotMatch')
  })

  test('a stale owner is refused unforced, and overwrites the new owner by force', async () => {
    await create('two')
    await beat('two', 'stale', [])
    simulator.clock.advance(TIMEOUT_MS + 1)
    expect(await beat('two', 'fresh', [])).toEqual([0, 1])
    const [old, position] = [cursorOf(1n), await end('two', 0)]
    expect(outcomeOf(await write('two', 0, position, { consumer: 'fresh', forceSuccess: 'false' }))).toBe('200')
    const unforced = { consumer: 'stale', forceSuccess: 'false' }
    expect(outcomeOf(await write('two', 0, old, unforced))).toBe('404 ConsumerNotExist')
    await beat('two', 'stale', [])
    expect(outcomeOf(await write('two', 0, old, unforced))).toBe('400 ConsumerNotMatch')
    expect(await checkpoints('two', { shard: 0 })).toMatchObject([{ checkpoint: position, consumer: 'fresh' }])
    expect(outcomeOf(await write('two', 0, old, { consumer: 'stale', forceSuccess: 'True' }))).toBe('200')
    expect(await checkpoints('two', { shard: 0 })).toMatchObject([{ checkpoint: old, consumer: 'stale' }])
  })

  test('vanish with their shard', async () => {
    await create('two')
    await split('two', 0)
    await write('two', 0, await end('two', 0))
    simulator.clock.advance(4 * DAY_MS)
    expect(await checkpoints('two', { shard: 0 })).toEqual([])
    expect(await states('two')).toEqual(['1 not_alloc', '2 not_alloc', '3 not_alloc'])
  })
})

describe('splits and merges', () => {
  const owned = { consumer: 'a', forceSuccess: 'false' }
  const finish = async (logstore: string, shard: number) =>
    expect(outcomeOf(await write(logstore, shard, await end(logstore, shard), owned))).toBe('200')

  test('without order, parent and children are consumed side by side', async () => {
    await create('one')
    await beat('one', 'a', [])
    await split('one', 0)
    expect(await beat('one', 'a', [0])).toEqual([0, 1, 2])
  })

  test('with order, children wait until their empty parent is checkpointed at its end', async () => {
    await create('one', { order: true })
    await beat('one', 'a', [])
    await split('one', 0)
    expect(await beat('one', 'a', [0])).toEqual([0])
    expect(await states('one')).toEqual(['0 already_alloc a', '1 wait', '2 wait'])
    await finish('one', 0)
    expect(await beat('one', 'a', [0])).toEqual([1, 2])
    expect(await states('one')).toEqual(['0 over a', '1 already_alloc a', '2 already_alloc a'])
    await beat('one', 'a', [1, 2])
    expect((await states('one'))[0]).toBe('0 over')
  })

  test('a position before the end finishes nothing', async () => {
    await create('one', { order: true })
    await beat('one', 'a', [])
    const before = await end('one', 0)
    await put(simulator, 'one', groupOf(simulator, 'x'))
    await split('one', 0)
    await write('one', 0, before, owned)
    expect(await beat('one', 'a', [0])).toEqual([0])
    await finish('one', 0)
    expect(await beat('one', 'a', [0])).toEqual([1, 2])
  })

  test('a shard whose position was at its end when it closed is over', async () => {
    await create('one', { order: true })
    await beat('one', 'a', [])
    await finish('one', 0)
    expect(await beat('one', 'a', [0])).toEqual([0])
    await split('one', 0)
    expect(await beat('one', 'a', [0])).toEqual([1, 2])
  })

  test('grandchildren wait for all their ancestors', async () => {
    await create('one', { order: true })
    await beat('one', 'a', [])
    await split('one', 0)
    await split('one', 1)
    expect(await states('one')).toEqual(['0 already_alloc a', '1 wait', '2 wait', '3 wait', '4 wait'])
    await finish('one', 0)
    expect(await beat('one', 'a', [])).toEqual([1, 2])
    await finish('one', 1)
    expect(await beat('one', 'a', [1, 2])).toEqual([2, 3, 4])
  })

  test('a merged shard waits for both parents', async () => {
    await create('two', { order: true })
    await beat('two', 'a', [])
    await merge('two', 0)
    await finish('two', 1)
    expect(await beat('two', 'a', [0, 1])).toEqual([0])
    await finish('two', 0)
    expect(await beat('two', 'a', [0])).toEqual([2])
  })

  test('a group that comes after a split begins with the parent', async () => {
    await split('one', 0)
    await create('one', { order: true })
    expect(await beat('one', 'a', [])).toEqual([0])
  })

  test('a parent that vanished holds nobody up', async () => {
    await create('two', { order: true })
    await beat('two', 'a', [])
    await split('two', 0)
    expect(await beat('two', 'a', [0, 1])).toEqual([0, 1])
    await callSls(simulator, '/logstores/two/shards/0', { method: 'DELETE' })
    expect(await beat('two', 'a', [0, 1])).toEqual([1, 2, 3])
  })

  test('turning order off releases those that wait, turning it on concerns later splits', async () => {
    await create('one', { order: true })
    await beat('one', 'a', [])
    await split('one', 0)
    await call('one', '/g', { method: 'PUT', json: { order: false } })
    expect(await beat('one', 'a', [0])).toEqual([0, 1, 2])
    await call('one', '/g', { method: 'PUT', json: { order: true } })
    expect(await beat('one', 'a', [0, 1, 2])).toEqual([0, 1, 2])
    await split('one', 1)
    expect(await beat('one', 'a', [0, 1, 2])).toEqual([0, 1, 2])
    expect(await states('one')).toEqual(expect.arrayContaining(['3 wait', '4 wait']))
  })

  test('over shards are left out of the balance', async () => {
    await create('two')
    await beat('two', 'a', [])
    await merge('two', 0)
    await finish('two', 0)
    await finish('two', 1)
    await beat('two', 'b', [])
    expect(await states('two')).toEqual(['0 over a', '1 over a', '2 already_alloc a'])
  })

  test('the last owner may write the end again, a stranger not', async () => {
    await create('one')
    await beat('one', 'a', [])
    await split('one', 0)
    await finish('one', 0)
    await finish('one', 0)
    await beat('one', 'b', [])
    const other = { consumer: 'b', forceSuccess: 'false' }
    expect(outcomeOf(await write('one', 0, await end('one', 0), other))).toBe('400 ConsumerNotMatch')
  })

  test('a forced position elsewhere makes a finished shard consumable again', async () => {
    await create('one', { order: true })
    await put(simulator, 'one', groupOf(simulator, 'x'))
    await beat('one', 'a', [])
    await split('one', 0)
    await finish('one', 0)
    await beat('one', 'a', [1, 2])
    expect((await states('one'))[0]).toBe('0 over')
    const begin = await cursorAt(simulator, 'one', 0, 'begin')
    expect(outcomeOf(await write('one', 0, begin))).toBe('200')
    // The children were released and stay so.
    expect(await beat('one', 'a', [1, 2])).toEqual([0, 1, 2])
    expect(cursorNumber(begin)).toBeLessThan(cursorNumber(await end('one', 0)) ?? 0n)
  })
})

describe('scripted loss of a lease', () => {
  const run = (action: Readonly<Record<string, unknown>>) =>
    simulator.run(parseScriptEntry({ action: { project: 'web-prod', logstore: 'two', group: 'g', ...action } }))

  test('expire_consumer forgets a consumer at once', async () => {
    await create('two')
    await beat('two', 'a', [])
    await beat('two', 'b', [])
    run({ kind: 'expire_consumer', consumer: 'a' })
    expect(outcomeOf(await heartbeat('two', 'a', [0, 1]))).toBe('400 NotExistConsumerWithBody')
    const unforced = { consumer: 'a', forceSuccess: 'false' }
    expect(outcomeOf(await write('two', 0, await end('two', 0), unforced))).toBe('404 ConsumerNotExist')
    expect(await beat('two', 'b', [])).toEqual([0, 1])
  })

  test('steal_shard takes one shard from a living owner', async () => {
    await create('two')
    await beat('two', 'a', [])
    run({ kind: 'steal_shard', shard: 0, consumer: 'thief' })
    expect(await beat('two', 'a', [0, 1])).toEqual([1])
    const unforced = { consumer: 'a', forceSuccess: 'false' }
    expect(outcomeOf(await write('two', 0, await end('two', 0), unforced))).toBe('400 ConsumerNotMatch')
    expect(outcomeOf(await write('two', 1, await end('two', 1), unforced))).toBe('200')
    // A thief that is no program falls silent, and its booty returns.
    simulator.clock.advance(TIMEOUT_MS)
    await beat('two', 'a', [1])
    simulator.clock.advance(1)
    expect(await beat('two', 'a', [1])).toEqual([0, 1])
  })

  test.each([
    { kind: 'expire_consumer', consumer: 'nobody' },
    { kind: 'steal_shard', shard: 9, consumer: 'thief' },
    { kind: 'steal_shard', shard: 0, consumer: 'thief', group: 'absent' },
  ])('%j cannot be done', async (action) => {
    await create('two')
    expect(() => run(action)).toThrow(/does not exist/)
  })

  test('a shard that nobody may hold cannot be stolen', async () => {
    await create('two', { order: true })
    await split('two', 0)
    expect(() => run({ kind: 'steal_shard', shard: 2, consumer: 'thief' })).toThrow('shard 2 is in wait')
  })
})

test('status tells checkpoints and consumers', async () => {
  await create('two')
  await beat('two', 'a', [])
  await beat('two', 'a', [0, 1])
  const cursor = await end('two', 0)
  await write('two', 0, cursor, { consumer: 'a', forceSuccess: 'false' })
  const time = new Date(nowMs).toISOString()
  expect(await statusOf('two')).toEqual({
    name: 'g',
    timeoutSeconds: 60,
    order: false,
    consumers: [{ name: 'a', lastHeartbeat: time, listed: [0, 1] }],
    shards: [
      {
        shardId: 0,
        state: 'already_alloc',
        consumer: 'a',
        checkpoint: { cursor, number: cursorNumber(cursor)?.toString(), consumer: 'a', updated: time },
      },
      { shardId: 1, state: 'already_alloc', consumer: 'a' },
    ],
  })
})
