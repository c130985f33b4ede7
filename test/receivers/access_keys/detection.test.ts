import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../src/lossless-json.ts'
import { event, sample } from '../../detection/events.ts'
import { createAuditWorld, receiverId } from '../actiontrail/simulated-world.ts'
import { attributesOf } from './key-world.ts'

const MINUTE_MS = 60_000
const id = 'alibabacloud_access_keys'

/** ActionTrail and the watch over it, in one service over the simulator. */
async function createWorld() {
  const world = await createAuditWorld()
  const { simulator } = world
  const eventTime = () => `${new Date(simulator.clock.now() - 11 * MINUTE_MS).toISOString().slice(0, 19)}Z`
  return {
    ...world,
    /** Issues documents that happened eleven minutes ago, so that they are read at once. */
    issue: (...documents: JsonObject[]) =>
      simulator.actiontrail.issue(
        'cn-hangzhou',
        documents.map((document) => ({ ...document, eventTime: eventTime() })),
      ),
    async runOnce(options: Record<string, unknown> = {}) {
      const endpoint = simulator.regionUrl('cn-hangzhou')
      const service = await world.start({
        clock: world.clock,
        once: true,
        receivers: {
          [receiverId]: { regions: ['cn-hangzhou'], endpoint, start_at: '-1d', rate_limit: 100 },
          [id]: { inventory: 'none', watch: ['LTAIEXAMPLEKEY01'], ...options },
        },
      })
      expect(await service.ended).toBeUndefined()
    },
    briefs: () =>
      world.arrived.map(({ uid, record }) => [
        uid,
        attributesOf(record)['alibabacloud.finding.rule.id'] ?? record.severityNumber,
      ]),
  }
}

describe('rules over the events of another receiver', () => {
  it('findings arrive beside their events, and watched keys raise the severity', async () => {
    const world = await createWorld()
    world.issue({ ...event({ eventRW: 'Read' }), eventId: 'watched-read' }, sample('19-trail-stopped'))
    await world.runOnce()
    const stopped = 'A0000019-0000-5000-8000-000000000019'
    expect(world.briefs().sort()).toEqual([
      [stopped, 11],
      ['finding/trail-stopped/A0000019-0000-5000-8000-000000000019', 'trail-stopped'],
      ['finding/watched-access-key/watched-read', 'watched-access-key'],
      ['watched-read', 13],
    ])
    const finding = world.arrived.find(({ uid }) => uid.startsWith('finding/watched'))
    const delay = finding && attributesOf(finding.record)['alibabacloud.watch.delay']
    expect(delay).toBeGreaterThanOrEqual(660)
    expect(delay).toBeLessThan(720)
    expect(finding?.resource).toMatchObject({ 'service.name': 'actiontrail', 'cloud.account.id': '1234567890123456' })
  })

  it('a window that began before a restart goes on after it', async () => {
    const world = await createWorld()
    const failure = (index: number) => ({
      ...event({ eventName: 'ConsoleSignin', eventType: 'ConsoleSignin', errorCode: 'PasswordIncorrect' }),
      eventId: `failure-${index}`,
    })
    const rules = { rules: { enabled: ['signin-failures'] } }
    world.issue(...[0, 1, 2, 3, 4].map(failure))
    await world.runOnce(rules)
    expect(world.briefs()).toHaveLength(5)
    world.simulator.clock.advance(15 * MINUTE_MS)
    world.issue(failure(5))
    await world.runOnce(rules)
    expect(world.briefs().slice(5).sort()).toEqual([
      ['failure-5', 13],
      ['finding/signin-failures/failure-5', 'signin-failures'],
    ])
  })

  it('what comes by a trail as well as by LookupEvents counts once, and is found with the same ids', async () => {
    const world = await createAuditWorld({ actiontrail: { trailDelivery: true } })
    const { simulator } = world
    const eventTime = `${new Date(simulator.clock.now() - 11 * MINUTE_MS).toISOString().slice(0, 19)}Z`
    simulator.actiontrail.issue('cn-hangzhou', [{ ...event(), eventId: 'both-ways', eventTime }])
    const endpoint = simulator.regionUrl('cn-hangzhou')
    const service = await world.start({
      clock: world.clock,
      once: true,
      receivers: {
        [receiverId]: { regions: ['cn-hangzhou'], endpoint, start_at: '-1d', rate_limit: 100 },
        alibabacloud_sls: {
          endpoint,
          region: 'cn-hangzhou',
          project: 'web-prod',
          logstores: ['actiontrail_audit'],
          start_at: 'earliest',
        },
        [id]: { inventory: 'none', watch: ['LTAIEXAMPLEKEY01'], rules: { enabled: ['watched-access-key'] } },
      },
    })
    expect(await service.ended).toBeUndefined()
    const briefs = world.arrived.map(({ uid, record }) => [uid, record.severityNumber])
    expect(briefs.sort()).toEqual([
      ['both-ways', 13],
      ['both-ways', 13],
      ['finding/watched-access-key/both-ways', 17],
      ['finding/watched-access-key/both-ways', 17],
    ])
  })

  it('without the receiver events are as they are, and nothing is found', async () => {
    const world = await createWorld()
    world.issue({ ...event({ eventRW: 'Read' }), eventId: 'watched-read' }, sample('19-trail-stopped'))
    const service = await world.startReceiver(
      { regions: ['cn-hangzhou'], endpoint: world.simulator.url },
      { once: true },
    )
    expect(await service.ended).toBeUndefined()
    expect(world.briefs().sort()).toEqual([
      ['A0000019-0000-5000-8000-000000000019', 11],
      ['watched-read', 9],
    ])
  })
})
