import { describe, expect, it } from 'vitest'
import { documentedLookupsPerSecond } from '../../../simulator/actiontrail/issuer.ts'
import type { RecordingLog } from '../../fakes/recording-log.ts'
import { createAuditWorld, receiverId, regions } from './simulated-world.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const [hangzhou, singapore] = regions

describe('against the simulated ActionTrail', () => {
  it('delivers all events of both regions once, those of global services among them, and ends when caught up', async () => {
    const world = await createAuditWorld()
    const { actiontrail, clock } = world.simulator
    const times = { fromMs: clock.now() - 20 * HOUR_MS, toMs: clock.now() - HOUR_MS }
    for (const region of regions) actiontrail.issue(region, 400, times)
    const service = await world.startReceiver({}, { once: true })
    expect(await service.ended).toBeUndefined()
    const { issued, delivered, duplicates, lost } = world.proof.total()
    expect({ delivered, duplicates, lost, unknown: world.proof.unknown() }).toEqual({
      delivered: issued,
      duplicates: 0,
      lost: 0,
      unknown: 0,
    })
    expect(issued).toBe(800)
    const caughtUp = service.lines.filter(({ message }) => message === 'Caught up')
    expect(caughtUp.map(({ fields }) => fields['region']).toSorted()).toEqual([...regions].toSorted())
    expect(sumOfCycles(service.lines, 'sent')).toBe(800)
  })

  it('events that can be asked for late are found, each once', async () => {
    const world = await createAuditWorld()
    const { actiontrail, clock } = world.simulator
    await world.startReceiver({ start_at: 'latest' })
    for (let minute = 0; minute < 30; minute++) {
      for (const lateSeconds of [0, 300, 599, 700, 1100]) {
        for (const region of regions) actiontrail.issue(region, 1, { lateSeconds })
      }
      clock.advance(MINUTE_MS)
      await new Promise((resolve) => setTimeout(resolve, 30))
    }
    clock.advance(30 * MINUTE_MS)
    await world.drained()
    expect(world.proof.total()).toMatchObject({ issued: 300, duplicates: 0 })
  })

  it('a region that is denied does not stop the other', async () => {
    const world = await createAuditWorld()
    const { actiontrail, clock, faults } = world.simulator
    const times = { fromMs: clock.now() - 20 * HOUR_MS, toMs: clock.now() - HOUR_MS }
    const denied = faults.inject({
      service: 'actiontrail',
      region: singapore,
      effect: { kind: 'error', status: 403, code: 'NoPermission' },
    })
    for (const region of regions) actiontrail.issue(region, 100, times)
    const service = await world.startReceiver()
    await expect.poll(() => world.proof.tallies().get(hangzhou)?.lost).toBe(0)
    await expect
      .poll(async () => statusOf(service.healthUrl))
      .toMatchObject({
        state: 'recoverable_error',
        message: expect.stringContaining('ap-southeast-1: Cannot call actiontrail:LookupEvents'),
      })
    faults.remove(denied)
    await world.drained()
    await expect.poll(async () => statusOf(service.healthUrl)).toMatchObject({ state: 'ok' })
    expect(world.proof.total().duplicates).toBe(0)
  })

  it('keeps to the documented rate of calls, so that it is never throttled', async () => {
    const world = await createAuditWorld({ actiontrail: { lookupsPerSecond: documentedLookupsPerSecond } })
    const { actiontrail, clock } = world.simulator
    actiontrail.issue(hangzhou, 30, { fromMs: clock.now() - 3 * HOUR_MS, toMs: clock.now() - HOUR_MS })
    // Here nothing is cut short.
    const sleep = (ms: number, signal?: AbortSignal) => world.simulator.clock.sleep(ms, signal)
    const settings = { clock: { ...world.clock, sleep } }
    const service = await world.startReceiver({ start_at: '-3h', rate_limit: 1.5 }, settings)
    await world.drained()
    expect(world.proof.total()).toMatchObject({ issued: 30, duplicates: 0 })
    const metrics = await (await fetch(`${service.healthUrl}/metrics`)).text()
    expect(metrics).toMatch(/api_calls\{[^}]*api="LookupEvents"[^}]*result="ok"/)
    expect(metrics).not.toContain('result="throttled"')
  })

  it('a throttled account is waited for', async () => {
    const world = await createAuditWorld({ actiontrail: { lookupsPerSecond: 20 }, rpc: { retryAfterMs: 1000 } })
    const { actiontrail, clock } = world.simulator
    actiontrail.issue(hangzhou, 2000, { fromMs: clock.now() - 20 * HOUR_MS, toMs: clock.now() - HOUR_MS })
    const service = await world.startReceiver({}, { once: true })
    await service.ended
    expect(world.proof.total()).toMatchObject({ issued: 2000, lost: 0, duplicates: 0 })
  })

  it('a 90-day catch-up goes on where it was stopped', async () => {
    const world = await createAuditWorld()
    const { actiontrail, clock } = world.simulator
    const times = { fromMs: clock.now() - 89 * 24 * HOUR_MS, toMs: clock.now() - HOUR_MS }
    for (const region of regions) actiontrail.issue(region, 1000, times)
    for (let stops = 1; stops <= 2; stops++) {
      const service = await world.startReceiver({ start_at: 'earliest' }, { once: true })
      await expect.poll(() => world.arrived.length, { interval: 5, timeout: 15_000 }).toBeGreaterThan(stops * 600)
      await service.stop()
    }
    const service = await world.startReceiver({ start_at: 'earliest' }, { once: true })
    await service.ended
    expect(world.proof.total()).toMatchObject({ issued: 2000, lost: 0, duplicates: 0 })
    expect(sumOfCycles(service.lines, 'requests')).toBeLessThan(100 * regions.length)
  })
})

/** What the lines of all cycles and regions come to. */
function sumOfCycles(lines: RecordingLog['lines'], name: string): number {
  const cycles = lines.filter(({ message }) => message === 'Caught up' || message === 'Still behind')
  return cycles.reduce((sum, { fields }) => sum + Number(fields[name]), 0)
}

async function statusOf(healthUrl: string | undefined): Promise<unknown> {
  const status = (await (await fetch(`${healthUrl}/status`)).json()) as { components: { id: string }[] }
  return status.components.find(({ id }) => id === receiverId)
}
