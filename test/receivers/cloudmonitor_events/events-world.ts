import type { SimulatorOptions } from '../../../simulator/simulator.ts'
import type { Clock } from '../../../src/clock.ts'
import { createFastClock } from '../../fakes/fast-clock.ts'
import { createWorld, type ServiceSettings, type TestService, type TestWorld, timesFaster } from '../../fakes/world.ts'

export const receiverId = 'alibabacloud_cloudmonitor_events'
export const regions = ['cn-hangzhou', 'ap-southeast-1'] as const

export interface EventsWorld extends TestWorld {
  /** Starts the receiver for both regions; time is the simulator's. */
  startReceiver(options?: Record<string, unknown>, settings?: ServiceSettings): Promise<TestService>
}

/** A world whose receiver is `alibabacloud_cloudmonitor_events`. */
export async function createEventsWorld(options: SimulatorOptions = {}): Promise<EventsWorld> {
  const world = await createWorld({ regions: [...regions], ...options })
  const { simulator } = world
  const clock: Clock = { ...createFastClock(timesFaster), now: () => simulator.clock.now() }
  return {
    ...world,
    startReceiver: (raw = {}, settings = {}) =>
      world.start({
        clock,
        receivers: {
          [receiverId]: {
            regions: [...regions],
            endpoint: Object.fromEntries(regions.map((region) => [region, simulator.regionUrl(region)])),
            start_at: '-1d',
            poll_interval: '1s',
            rate_limit: 100,
            ...raw,
          },
        },
        ...settings,
      }),
  }
}
