import { describe, expect, it, onTestFinished } from 'vitest'
import { startSimulator } from '../../../simulator/simulator.ts'
import type { Clock } from '../../../src/clock.ts'
import { startScriptedRpcServer } from '../../alibaba/rpc/scripted-server.ts'
import { event, recordOf } from '../../detection/events.ts'
import { createLeapingClock } from '../../fakes/leaping-clock.ts'
import { attributesOf, briefOf, createKeyWorld } from './key-world.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** The receiver over the simulator, by the simulator's time; a wait of the receiver moves that on. */
async function createWorld() {
  const simulator = await startSimulator()
  onTestFinished(() => simulator.close())
  const clock: Clock = {
    now: () => simulator.clock.now(),
    random: () => 0.5,
    sleep: async (ms, signal) => {
      signal?.throwIfAborted()
      simulator.clock.advance(ms)
    },
  }
  const world = createKeyWorld(simulator.url, clock)
  /** A call with a key now; ActionTrail tells of it at the next full hour. */
  const use = (accessKeyId: string, sourceIpAddress: string, serviceName = 'Ecs') => {
    const eventTime = `${new Date(simulator.clock.now()).toISOString().slice(0, 19)}Z`
    const { userIdentity, ...rest } = event({ serviceName, sourceIpAddress, eventTime })
    const identity = { ...(userIdentity as object), accessKeyId }
    simulator.actiontrail.issue('cn-hangzhou', [{ ...rest, userIdentity: identity }])
  }
  return { ...world, simulator, clock, use }
}

describe('against the simulated account', () => {
  it('tells age, state and use of every key as gauges', async () => {
    const world = await createWorld()
    world.use('LTAIEXAMPLEKEY01', '203.0.113.25', 'Ecs')
    world.use('LTAIEXAMPLEKEY01', '203.0.113.26', 'Oss')
    world.simulator.clock.advance(2 * HOUR_MS)
    await world.pass()
    const valuesOf = (metric: string) =>
      Object.fromEntries(
        world.points
          .filter((point) => point.metric === `alibabacloud.access_key.${metric}`)
          .map(({ attributes, value }) => [
            attributes['alibabacloud.user_identity.access_key.id'] ??
              `${attributes['user.name']} ${attributes['alibabacloud.access_key.place']}`,
            value,
          ]),
      )
    expect(valuesOf('active')).toMatchObject({
      'root 1': 1,
      LTAIEXAMPLEKEY01: 1,
      LTAIEXAMPLEKEY02: 1,
      LTAIEXAMPLEKEY03: 1,
      LTAIEXAMPLEKEY05: 0,
    })
    const ages = valuesOf('age')
    expect(Math.round((ages['LTAIEXAMPLEKEY01'] ?? 0) / 86_400)).toBe(200)
    expect(Math.round((ages['root 1'] ?? 0) / 86_400)).toBe(1400)
    const lastUsed = valuesOf('last_used.age')
    expect(lastUsed['LTAIEXAMPLEKEY01']).toBeGreaterThanOrEqual(7200)
    expect(lastUsed['LTAIEXAMPLEKEY01']).toBeLessThan(7300)
    expect(lastUsed).not.toHaveProperty('LTAIEXAMPLEKEY02')
    expect(valuesOf('products')).toMatchObject({ LTAIEXAMPLEKEY01: 2, LTAIEXAMPLEKEY02: 0 })
    expect(valuesOf('addresses')).toMatchObject({ LTAIEXAMPLEKEY01: 2 })
    expect(
      world.points
        .filter(({ metric }) => metric === 'alibabacloud.access_key.product.last_used.age')
        .map(({ attributes }) => attributes['alibabacloud.service.name'])
        .sort(),
    ).toEqual(['Ecs', 'Oss'])
  })

  it('finds keys that are old, unused, or of the root account', async () => {
    const world = await createWorld()
    world.use('LTAIEXAMPLEKEY01', '203.0.113.25')
    world.simulator.clock.advance(2 * HOUR_MS)
    const findings = await world.pass()
    expect(briefOf(findings)).toEqual([
      'access-key-old LTAIEXAMPLEKEY01',
      'access-key-old LTAIEXAMPLEKEY03',
      'access-key-old root',
      'access-key-unused LTAIEXAMPLEKEY03',
      'access-key-unused root',
      'root-access-key-exists root',
    ])
    const root = findings.find(
      (finding) => attributesOf(finding)['alibabacloud.finding.rule.id'] === 'root-access-key-exists',
    )
    expect(root).toMatchObject({ severityNumber: 17, eventName: 'alibabacloud.finding' })
    expect(root && attributesOf(root)).toMatchObject({
      'user.name': 'root',
      'alibabacloud.user_identity.principal.type': 'root-account',
      'alibabacloud.finding.severity': 'high',
      'log.record.uid': expect.stringMatching(/^finding\/root-access-key-exists\/root\/1\/\d+\/\d+$/),
    })
  })

  it('tells a finding again after a day, with another id, or when the state changes', async () => {
    const world = await createWorld()
    const options = { max_age: '400d', unused_after: '400d' }
    const first = await world.pass(options)
    expect(briefOf(first)).toEqual([
      'access-key-old LTAIEXAMPLEKEY03',
      'access-key-old root',
      'access-key-unused LTAIEXAMPLEKEY03',
      'access-key-unused root',
      'root-access-key-exists root',
    ])
    expect(await world.pass(options)).toEqual([])
    world.simulator.clock.advance(DAY_MS)
    const again = await world.pass(options)
    expect(briefOf(again)).toEqual(briefOf(first))
    const uids = [...first, ...again].map((finding) => attributesOf(finding)['log.record.uid'])
    expect(new Set(uids).size).toBe(10)
    world.simulator.ram.users.removeKey('LTAIEXAMPLEKEY03')
    world.simulator.clock.advance(5 * HOUR_MS)
    expect(await world.pass(options)).toEqual([])
    const open = await world.store.scope('alibabacloud_access_keys').list('open/')
    expect(open.map(({ key }) => key)).toEqual([
      'open/access-key-old/root/1',
      'open/access-key-unused/root/1',
      'open/root-access-key-exists/root/1',
    ])
  })

  it('the same state has the same ids, also for another process without our store', async () => {
    const world = await createWorld()
    const other = createKeyWorld(world.simulator.url, world.clock)
    const uids = async (pass: typeof world.pass) =>
      (await pass()).map((finding) => attributesOf(finding)['log.record.uid']).sort()
    expect(await uids(world.pass)).toEqual(await uids(other.pass))
  })

  it('finds an address that was not seen before, once, after a first look that learns', async () => {
    const world = await createWorld()
    const options = { max_age: '3000d', unused_after: '400d' }
    world.use('LTAIEXAMPLEKEY01', '203.0.113.25')
    world.simulator.clock.advance(2 * HOUR_MS)
    expect(briefOf(await world.pass(options)).filter((brief) => brief.startsWith('access-key-new'))).toEqual([])
    world.use('LTAIEXAMPLEKEY01', '203.0.113.25')
    world.use('LTAIEXAMPLEKEY01', '198.51.100.99')
    world.simulator.clock.advance(2 * HOUR_MS)
    const found = await world.pass(options)
    expect(briefOf(found)).toEqual(['access-key-new-address LTAIEXAMPLEKEY01 198.51.100.99'])
    world.simulator.clock.advance(2 * HOUR_MS)
    expect(await world.pass(options)).toEqual([])
  })

  it('without the report, keys and their use are listed, except for those of the root account', async () => {
    const world = await createWorld()
    world.use('LTAIEXAMPLEKEY03', '203.0.113.25')
    world.simulator.clock.advance(2 * HOUR_MS)
    const findings = await world.pass({ inventory: 'list', usage: false })
    expect(briefOf(findings)).toEqual([
      'access-key-old LTAIEXAMPLEKEY01',
      'access-key-old LTAIEXAMPLEKEY03',
      'access-key-unused LTAIEXAMPLEKEY01',
    ])
    expect(world.points.some(({ metric }) => metric === 'alibabacloud.access_key.products')).toBe(false)
  })

  it('what could not be delivered is delivered by the next pass', async () => {
    const world = await createWorld()
    world.refuse(new Error('given up'))
    expect(await world.start().ended).toMatchObject({ message: 'given up' })
    world.refuse(undefined)
    expect((await world.pass()).length).toBeGreaterThan(0)
  })
})

describe('counts of events', () => {
  it('are sent as cumulative sums, a last time when the receiver stops', async () => {
    const world = await createWorld()
    const service = world.start(
      { inventory: 'none', watch: ['LTAIEXAMPLEKEY01'] },
      { once: false, clock: quietClock(world.clock) },
    )
    await service.loaded
    const shown = event()
    expect(service.audit.examine(shown, recordOf(shown)).severityNumber).toBe(13)
    service.audit.examine(shown, recordOf(shown))
    service.stop()
    expect(await service.ended).toBeUndefined()
    expect(world.points.map(({ metric, value }) => [metric, value])).toEqual([
      ['alibabacloud.actiontrail.events', 1],
      ['alibabacloud.access_key.events', 1],
    ])
    expect(world.points[1]?.attributes).toEqual({
      'alibabacloud.user_identity.access_key.id': 'LTAIEXAMPLEKEY01',
      'alibabacloud.event.outcome': 'success',
    })
    expect(world.points[0]?.startUnixMs).toBeGreaterThan(0)
  })
})

/** Sleeps end by the signal only. */
const quietClock = (clock: Clock): Clock => ({
  ...clock,
  sleep: (_ms, signal) =>
    new Promise((_resolve, reject) => {
      if (signal?.aborted) reject(signal.reason)
      signal?.addEventListener('abort', () => reject(signal.reason), { once: true })
    }),
})

describe('missing rights', () => {
  const denied = (action: string) => ({ status: 403, body: { Code: 'NoPermission', Message: `not ${action}` } })
  const report = [
    'user,access_key_1_exist,access_key_1_active,access_key_1_last_rotated,access_key_1_last_used',
    'alice@1234567890123456.onaliyun.com,TRUE,TRUE,2020-01-01T00:00:00Z,2020-02-01T00:00:00Z',
    'bob@1234567890123456.onaliyun.com,TRUE,TRUE,2020-01-01T00:00:00Z,N/A',
  ].join('\n')

  async function scripted(deny: readonly string[]) {
    const server = await startScriptedRpcServer()
    server.answer(({ action, parameters }) => {
      if (deny.includes(action)) return denied(action)
      const user = String(parameters['UserPrincipalName']).split('@')[0]
      const AccessKey = [{ AccessKeyId: `LTAI${user}00`, Status: 'Active', CreateDate: '2020-01-01T00:00:00Z' }]
      const Users = { User: [{ UserPrincipalName: 'alice@1234567890123456.onaliyun.com' }] }
      const bodies: Record<string, unknown> = {
        GenerateCredentialReport: { State: 'COMPLETED' },
        GetCredentialReport: { Content: Buffer.from(report).toString('base64'), IsTruncated: 'false' },
        ListUsers: { Users, IsTruncated: false },
        ListAccessKeys: { AccessKeys: { AccessKey } },
        GetAccessKeyLastUsed: { AccessKeyLastUsed: { LastUsedDate: '2020-03-01T00:00:00Z' } },
        GetAccessKeyLastUsedProducts: { Products: [] },
      }
      return { body: bodies[action] }
    })
    onTestFinished(async () => {
      await server.close()
      server.verify()
    })
    const credentials = {
      type: 'access_key',
      access_key_id: 'testAccessKeyId',
      access_key_secret: 'testAccessKeySecret',
    }
    const world = createKeyWorld(server.endpoint, createLeapingClock(Date.now()))
    const service = world.start({ credentials })
    return { server, world, failure: await service.ended, service }
  }

  it('to the report: keys are listed', async () => {
    const { world, failure, service } = await scripted(['GenerateCredentialReport'])
    expect(failure).toBeUndefined()
    expect(briefOf(world.findings)).toEqual(['access-key-old LTAIalice00', 'access-key-unused LTAIalice00'])
    expect(service.log.lines.map(({ message }) => message)).toContain(
      'The credential report is refused; keys are listed user by user, without those of the root account',
    )
  })

  it('to list keys: they have no ids, and only one user is asked for', async () => {
    const { world, failure, server } = await scripted(['ListAccessKeys'])
    expect(failure).toBeUndefined()
    expect(briefOf(world.findings)).toEqual([
      'access-key-old alice',
      'access-key-old bob',
      'access-key-unused alice',
      'access-key-unused bob',
    ])
    expect(server.calls.filter(({ action }) => action === 'ListAccessKeys')).toHaveLength(1)
  })

  it('to ask for the use of keys: all else is told, and the status names what is missing', async () => {
    const { world, failure, service } = await scripted(['GetAccessKeyLastUsedProducts'])
    expect(failure).toBeUndefined()
    expect(briefOf(world.findings)).toContain('access-key-unused LTAIbob00')
    expect(service.status()).toMatchObject({
      state: 'recoverable_error',
      message: expect.stringContaining('actiontrail:GetAccessKeyLastUsedProducts'),
    })
  })

  it('to anything: the pass fails and says which right', async () => {
    const { failure } = await scripted(['GenerateCredentialReport', 'ListUsers'])
    expect(failure).toMatchObject({ code: 'PERMISSION_DENIED', message: expect.stringContaining('ram:ListUsers') })
  })
})
