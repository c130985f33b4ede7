import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { FaultEffect, FaultRule } from '../../simulator/faults.ts'
import { type Simulator, startSimulator } from '../../simulator/simulator.ts'
import { cursorNumber } from '../../src/alibaba/sls/cursor.ts'
import { decodeLogGroupList } from '../../src/alibaba/sls/log-group.ts'
import { decompressLz4Block } from '../../src/alibaba/sls/lz4.ts'
import { createManualClock, type ManualClock } from '../fakes/manual-clock.ts'
import { callSls, cursorAt, groupOf, groupsOf, jsonOf, outcomeOf, pull, put } from './sls-caller.ts'

const logstore = 'internal-operation_log'
let clock: ManualClock
let simulator: Simulator
let begin: string

beforeEach(async () => {
  clock = createManualClock()
  simulator = await startSimulator({ clock })
  for (const text of ['a', 'b', 'c']) await put(simulator, logstore, groupOf(simulator, text, 'x'.repeat(300)))
  begin = await cursorAt(simulator, logstore, 0, 'begin')
})
afterEach(() => simulator.close())

const pullOnce = () => pull(simulator, logstore, 0, begin)
const inject = (effect: FaultEffect, rule: Omit<FaultRule, 'effect'> = { times: 1 }) =>
  simulator.faults.inject({ ...rule, effect })

describe('a fault', () => {
  const listShards = (name: string) => callSls(simulator, `/logstores/${name}/shards`).then(outcomeOf)
  const failure = { kind: 'error', status: 500, code: 'InternalServerError' } as const

  test('hits the calls it names and no others', async () => {
    inject(failure, { service: 'sls', api: 'ListShards', project: 'web-prod', logstore })
    expect(await listShards(logstore)).toBe('500 InternalServerError')
    expect(await listShards('rds-audit')).toBe('200')
    expect((await pullOnce()).status).toBe(200)
  })

  test('can name one shard', async () => {
    inject(failure, { logstore: 'slb-access', shard: 2 })
    const end = await cursorAt(simulator, 'slb-access', 1, 'end')
    expect(outcomeOf(await pull(simulator, 'slb-access', 1, end))).toBe('200')
    expect(outcomeOf(await pull(simulator, 'slb-access', 2, end))).toBe('500 InternalServerError')
  })

  test('ends after so many calls', async () => {
    inject(failure, { times: 2 })
    const outcomes = [await pullOnce(), await pullOnce(), await pullOnce()].map(outcomeOf)
    expect(outcomes).toEqual(['500 InternalServerError', '500 InternalServerError', '200'])
    expect(simulator.faults.list()).toEqual([])
  })

  test('begins and ends at its times', async () => {
    const nowMs = simulator.clock.now()
    inject(failure, { fromMs: nowMs + 1000, untilMs: nowMs + 2000 })
    expect((await pullOnce()).status).toBe(200)
    simulator.clock.advance(1000)
    expect((await pullOnce()).status).toBe(500)
    simulator.clock.advance(1000)
    expect((await pullOnce()).status).toBe(200)
    expect(simulator.faults.list()).toEqual([])
  })

  test('of a probability hits the same calls for the same seed', async () => {
    const run = async () => {
      const other = await startSimulator({ seed: 7, clock })
      other.faults.inject({ probability: 0.5, effect: failure })
      const outcomes: number[] = []
      for (let index = 0; index < 20; index++) outcomes.push((await callSls(other, '/logstores')).status)
      await other.close()
      return outcomes
    }
    const first = await run()
    expect(new Set(first)).toEqual(new Set([200, 500]))
    expect(await run()).toEqual(first)
  })

  test('can be removed by its id', async () => {
    const id = inject(failure, {})
    expect((await pullOnce()).status).toBe(500)
    expect(simulator.faults.list()).toMatchObject([{ id, hits: 1 }])
    expect(simulator.faults.remove(id)).toBe(true)
    expect((await pullOnce()).status).toBe(200)
  })
})

describe('effects', () => {
  test('throttle refuses reads and writes in their own words', async () => {
    inject({ kind: 'throttle' }, { times: 2 })
    expect(outcomeOf(await pullOnce())).toBe('403 ReadQuotaExceed')
    expect(outcomeOf(await put(simulator, logstore, groupOf(simulator, 'd')))).toBe('403 WriteQuotaExceed')
  })

  test('html answers like a gateway, without any header of the service', async () => {
    inject({ kind: 'html', status: 502 })
    const answer = await pullOnce()
    expect(answer.status).toBe(502)
    expect(answer.headers['content-type']).toBe('text/html')
    expect(answer.headers['x-log-requestid']).toBeUndefined()
    expect(answer.body.toString('utf8')).toContain('<h1>502 Bad Gateway</h1>')
  })

  test('delay answers later', async () => {
    inject({ kind: 'delay', ms: 5000 })
    const answer = pullOnce()
    await clock.sleeping()
    expect(clock.waits()).toEqual([5000])
    await clock.advance(5000)
    expect((await answer).status).toBe(200)
  })

  test('delay does not outlive the simulator', async () => {
    inject({ kind: 'delay', ms: 600_000 })
    const answer = pullOnce()
    await clock.sleeping()
    await Promise.all([expect(answer).rejects.toThrow(), simulator.close()])
    expect(clock.waits()).toEqual([])
    simulator = await startSimulator({ clock })
  })

  test('drop before the headers leaves the client without an answer', async () => {
    inject({ kind: 'drop', when: 'before_headers' })
    await expect(pullOnce()).rejects.toThrow(/socket hang up|ECONNRESET/)
  })

  test('drop of a write comes after the write took place', async () => {
    inject({ kind: 'drop', when: 'before_headers' })
    await expect(put(simulator, logstore, groupOf(simulator, 'd'))).rejects.toThrow()
    expect(groupsOf(await pullOnce())).toHaveLength(4)
  })

  test('drop after the headers ends the body in its middle', async () => {
    inject({ kind: 'drop', when: 'after_headers' })
    await expect(pullOnce()).rejects.toThrow(/aborted|ECONNRESET/)
  })

  test('truncated_body is half a body with a length that agrees', async () => {
    const whole = await pullOnce()
    inject({ kind: 'truncated_body' })
    const half = await pullOnce()
    expect(half.body).toEqual(whole.body.subarray(0, Math.floor(whole.body.length / 2)))
    expect(half.headers['x-log-bodyrawsize']).toBe(whole.headers['x-log-bodyrawsize'])
  })

  test('wrong_count and wrong_rawsize lie in one header each', async () => {
    const { headers } = await pullOnce()
    inject({ kind: 'wrong_count', by: 1 })
    expect((await pullOnce()).headers['x-log-count']).toBe('4')
    inject({ kind: 'wrong_rawsize', by: -1 })
    expect((await pullOnce()).headers['x-log-bodyrawsize']).toBe(String(Number(headers['x-log-bodyrawsize']) - 1))
  })

  test('garbage decompresses to what is no protobuf', async () => {
    inject({ kind: 'garbage' })
    const answer = await pullOnce()
    const raw = decompressLz4Block(answer.body, Number(answer.headers['x-log-bodyrawsize']))
    expect(() => decodeLogGroupList(raw)).toThrow()
    expect(groupsOf(await pullOnce())).toHaveLength(3)
  })

  test('clock_offset moves the clock of the answer and what it thinks of the request', async () => {
    inject({ kind: 'clock_offset', ms: 20 * 60_000 })
    const answer = await pullOnce()
    expect(outcomeOf(answer)).toBe('400 RequestTimeExpired')
    expect(answer.headers['x-log-time']).toBe(String(Math.floor(simulator.clock.now() / 1000) + 1200))
  })

  test('expired_token refuses with a message about the token', async () => {
    inject({ kind: 'expired_token' })
    const answer = await pullOnce()
    expect(outcomeOf(answer)).toBe('401 Unauthorized')
    expect(jsonOf(answer)).toMatchObject({ errorMessage: 'The security token has expired' })
  })

  test('skip_groups answers no groups and a new cursor, and the ledger knows what was withheld', async () => {
    inject({ kind: 'skip_groups', groups: 2 })
    const answer = await pullOnce()
    expect(answer.headers).toMatchObject({ 'x-log-count': '0', 'x-log-bodyrawsize': '0' })
    const next = String(answer.headers['x-log-cursor'])
    expect((cursorNumber(next) ?? 0n) - (cursorNumber(begin) ?? 0n)).toBe(2n)
    expect(groupsOf(await pull(simulator, logstore, 0, next))).toHaveLength(1)
    expect(simulator.ledger.totals()).toMatchObject([{ source: `web-prod/${logstore}`, items: 6, withheld: 4 }])
  })
})
