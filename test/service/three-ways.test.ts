import { describe, expect, it } from 'vitest'
import { createWorld, type ServiceSettings } from '../fakes/world.ts'

const events = 300
const minuteMs = 60_000

/** One audit event by three ways at once: ActionTrail's API, a trail's logstore (some of it twice), a queue. */
async function threeWays(deduplicate: { sls: string; actiontrail: string; smq: string }) {
  const world = await createWorld({ actiontrail: { trailDelivery: true, duplicateDelivery: 0.2 } })
  const { simulator } = world
  const nowMs = Date.now()
  const issued = simulator.actiontrail.issue('cn-hangzhou', events, {
    fromMs: nowMs - 30 * minuteMs,
    toMs: nowMs - minuteMs,
  })
  const queue = 'audit-events'
  for (const { id } of issued) {
    const body = JSON.stringify({
      eventId: id,
      eventVersion: '1',
      eventName: 'X',
      serviceName: 'Ecs',
      eventType: 'ApiCall',
      userIdentity: { type: 'ram-user' },
    })
    simulator.smq.send(queue, { body })
  }
  const settings: ServiceSettings = {
    once: true,
    receivers: {
      alibabacloud_sls: {
        endpoint: simulator.url,
        region: 'cn-hangzhou',
        project: 'web-prod',
        logstores: ['actiontrail_audit'],
        start_at: 'earliest',
        deduplicate: deduplicate.sls,
      },
      alibabacloud_actiontrail: {
        regions: ['cn-hangzhou'],
        endpoint: simulator.url,
        start_at: '-1h',
        settle_delay: '0s',
        rate_limit: 100,
        deduplicate: deduplicate.actiontrail,
      },
      alibabacloud_smq: {
        endpoint: simulator.url,
        region: 'cn-hangzhou',
        queues: [queue],
        deduplicate: deduplicate.smq,
      },
    },
  }
  return { world, settings, ids: issued.map(({ id }) => id).sort() }
}

const arrivedIds = (world: Awaited<ReturnType<typeof createWorld>>) => world.arrived.map(({ uid }) => uid).sort()

describe('an audit event that comes by three ways at once', () => {
  it('arrives once where all receivers leave out what another delivers', async () => {
    const { world, settings, ids } = await threeWays({ sls: 'service', actiontrail: 'service', smq: 'service' })
    const service = await world.start(settings)
    expect(await service.ended).toBeUndefined()
    expect(arrivedIds(world)).toEqual(ids)
  })

  it('arrives by each way under the same id where nothing is left out', async () => {
    const { world, settings, ids } = await threeWays({ sls: 'none', actiontrail: 'own', smq: 'own' })
    const service = await world.start(settings)
    expect(await service.ended).toBeUndefined()
    expect(new Set(arrivedIds(world))).toEqual(new Set(ids))
    expect(world.arrived.length).toBeGreaterThan(3 * events)
  })
})
