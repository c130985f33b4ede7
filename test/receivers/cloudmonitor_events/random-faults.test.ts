import { describe, expect, it } from 'vitest'
import type { FaultEffect } from '../../../simulator/faults.ts'
import type { Behaviour } from '../../../simulator/otlp/backend.ts'
import { createRandom } from '../../../simulator/random.ts'
import { createEventsWorld } from './events-world.ts'

const MINUTE_MS = 60_000
const seeds = Array.from({ length: 8 }, (_, index) => index + 1)

const apiFaults: readonly [FaultEffect, ...FaultEffect[]] = [
  { kind: 'throttle' },
  { kind: 'html', status: 502 },
  { kind: 'error', status: 500, code: 'InternalError' },
  { kind: 'error', status: 403, code: 'NoPermission' },
  { kind: 'drop', when: 'before_headers' },
  { kind: 'drop', when: 'after_headers' },
  { kind: 'truncated_body' },
  { kind: 'clock_offset', ms: 20 * MINUTE_MS },
  { kind: 'expired_token' },
  { kind: 'delay', ms: 20 },
]
const backendFaults: readonly [Behaviour, ...Behaviour[]] = [
  { kind: 'refuse', status: 503 },
  { kind: 'refuse', status: 401 },
  { kind: 'limit', maxBytes: 20_000 },
  { kind: 'cut', when: 'after_reading' },
  { kind: 'cut', when: 'after_accepting' },
]

/** Each seed is a history of its own: events in time and late, faults of both sides, stops and crashes. */
describe('the receiver of CloudMonitor events through random faults', () => {
  it.each(seeds)('seed %i: every event and alert has arrived', async (seed) => {
    const random = createRandom(seed)
    const order = random.pick(['newest_first', 'oldest_first'] as const)
    const world = await createEventsWorld({ seed, cloudMonitorEvents: { regional: random.chance(0.5), order } })
    const { cloudMonitorEvents, clock, faults } = world.simulator
    const start = () => world.startReceiver({}, { exporter: { timeout: '10m' } })
    cloudMonitorEvents.issue('system_event', random.integer(0, 300), { timeMs: clock.now() - 60 * MINUTE_MS })
    let service = await start()
    for (let step = 0; step < 12; step++) {
      const nowMs = clock.now()
      switch (random.integer(0, 5)) {
        case 0:
        case 1:
          cloudMonitorEvents.issue(random.pick(['system_event', 'alert']), random.integer(1, 60), {
            visibleAtMs: nowMs + random.integer(0, 9) * MINUTE_MS,
          })
          break
        case 2:
          clock.advance(random.integer(1, 8) * MINUTE_MS)
          break
        case 3:
          faults.inject({ service: 'cms', times: random.integer(1, 4), effect: random.pick(apiFaults) })
          break
        case 4: {
          const behaviour = random.pick(backendFaults)
          world.backend.setBehaviour(() => (random.chance(0.3) ? { kind: 'accept' } : behaviour))
          break
        }
        case 5:
          // Stopped in the middle now and then, without time to finish.
          if (random.chance(0.5)) void service.stop()
          else world.backend.setBehaviour(() => ({ kind: 'accept' }))
          await service.stop()
          service = await start()
      }
      // Lets the receiver come to a point that differs from run to run; nothing below depends on which.
      await new Promise<void>((resolve) => setTimeout(resolve, random.integer(0, 40)))
    }
    faults.clear()
    world.backend.setBehaviour(() => ({ kind: 'accept' }))
    // Until even the latest event can be asked for, and was looked for again.
    clock.advance(12 * MINUTE_MS)
    clock.advance(12 * MINUTE_MS)
    await world.drained()
    await service.stop()
    const { issued, delivered, lost } = world.proof.total()
    expect({ delivered, lost, unknown: world.proof.unknown() }).toEqual({ delivered: issued, lost: 0, unknown: 0 })
  })
})
