import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Simulator, startSimulator } from '../../simulator/simulator.ts'
import { type Answer, callSls, jsonOf, outcomeOf, send } from './sls-caller.ts'

let simulator: Simulator
beforeEach(async () => {
  simulator = await startSimulator()
})
afterEach(() => simulator.close())

function admin(method: string, path: string, body: unknown = undefined): Promise<Answer> {
  const bytes = body === undefined ? new Uint8Array(0) : Buffer.from(JSON.stringify(body))
  return send(simulator, method, `/_simulator/${path}`, { host: `127.0.0.1:${simulator.port}` }, bytes)
}

test('status tells projects, logstores and shards', async () => {
  simulator.traffic.issue('web-prod', 'rds-audit', 30, 10)
  const status = jsonOf(await admin('GET', 'status'))
  expect(status).toMatchObject({ url: simulator.url, recordsPerSecond: 0, projects: [{ name: 'web-prod' }] })
  const groups = JSON.stringify(status).match(/"groups":[1-3]/g)
  expect(groups?.length).toBeGreaterThan(0)
})

test('ledger tells totals by source', async () => {
  simulator.traffic.issue('web-prod', 'rds-audit', 30)
  expect(jsonOf(await admin('GET', 'ledger'))).toMatchObject({ totals: [{ source: 'web-prod/rds-audit', items: 30 }] })
})

test('faults are injected, listed and removed', async () => {
  const injected = jsonOf(await admin('POST', 'faults', { on: { api: 'ListLogStores' }, effect: 'throttle' }))
  expect(injected).toEqual({ id: 1 })
  expect(outcomeOf(await callSls(simulator, '/logstores'))).toBe('403 ReadQuotaExceed')
  expect(jsonOf(await admin('GET', 'faults'))).toMatchObject({ faults: [{ id: 1, hits: 1 }] })
  expect((await admin('DELETE', 'faults/1')).status).toBe(200)
  expect((await admin('DELETE', 'faults/1')).status).toBe(404)
  expect(outcomeOf(await callSls(simulator, '/logstores'))).toBe('200')
})

test('actions happen at once', async () => {
  const shardAction = { project: 'web-prod', logstore: 'rds-audit', shard: 0 }
  expect((await admin('POST', 'faults', { action: { kind: 'split', ...shardAction } })).status).toBe(200)
  await admin('POST', 'faults', { action: { kind: 'issue', project: 'web-prod', logstore: 'rds-audit', records: 12 } })
  expect(simulator.sls.store.logstore('web-prod', 'rds-audit').shards(simulator.clock.now())).toHaveLength(4)
  expect(simulator.ledger.totals()).toMatchObject([{ items: 12 }])
})

test.each([
  ['POST', 'faults', { effect: 'explode' }, 400],
  ['POST', 'faults', { action: { kind: 'merge', project: 'web-prod', logstore: 'rds-audit', shard: 1 } }, 400],
  ['GET', 'nothing', undefined, 404],
] as const)('%s %s is answered with what is wrong (%#)', async (method, path, body, status) => {
  const answer = await admin(method, path, body)
  expect(answer.status).toBe(status)
  expect(jsonOf(answer)).toEqual({ error: expect.any(String) })
})

test('a project named in Host keeps the whole path to itself', async () => {
  const answer = await callSls(simulator, '/_simulator/status')
  expect(outcomeOf(answer)).toBe('405 InvalidMethod')
})

test('a client that takes the simulator for its HTTP proxy sends whole URLs', async () => {
  const host = 'web-prod.cn-hangzhou.log.aliyuncs.com'
  const headers: Record<string, string> = {}
  await callSls(simulator, '/logstores', { host, change: (signed) => Object.assign(headers, signed) })
  expect(outcomeOf(await send(simulator, 'GET', `http://${host}/logstores`, headers))).toBe('200')
})
