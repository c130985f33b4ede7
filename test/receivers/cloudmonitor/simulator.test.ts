import { describe, expect, it, onTestFinished } from 'vitest'
import { defaultAccessKey } from '../../../simulator/accounts.ts'
import { checkPoints } from '../../../simulator/cloudmonitor/point-check.ts'
import type { FaultEffect } from '../../../simulator/faults.ts'
import { createRandom } from '../../../simulator/random.ts'
import { startSimulator } from '../../../simulator/simulator.ts'
import { createManualClock } from '../../fakes/manual-clock.ts'
import { worldOf } from '../../simulator/cloudmonitor-caller.ts'
import { deliveredValues, metrics, namespace } from './delivered-values.ts'
import { createReceiverWorld } from './receiver-world.ts'

const minute = 60_000
const startMs = Date.UTC(2026, 2, 4, 2, 0)
const credentials = {
  type: 'access_key',
  access_key_id: defaultAccessKey.id,
  access_key_secret: defaultAccessKey.secret,
}
const effects: readonly [FaultEffect, ...FaultEffect[]] = [
  { kind: 'throttle' },
  { kind: 'html', status: 502 },
  { kind: 'error', status: 500, code: 'InternalError' },
  { kind: 'error', status: 400, code: 'ParameterInvalid' },
  { kind: 'drop', when: 'before_headers' },
  { kind: 'drop', when: 'after_headers' },
  { kind: 'truncated_body' },
]

/** Every defect of the server, faults, late points and a restart at each poll; the ledger is the simulator's own. */
describe('against the simulated CloudMonitor', () => {
  it.each([1, 2, 3])(
    'every point arrives once, with its own time and value, seed %i',
    async (seed) => {
      const random = createRandom(seed)
      const clock = createManualClock(startMs)
      const simulator = await startSimulator({
        clock,
        seed,
        accessKeys: [defaultAccessKey],
        world: worldOf(40),
        cloudmonitor: {
          timestamps: random.pick(['period_start', 'period_end'] as const),
          order: random.pick(['by_time', 'by_series', 'newest_first', 'shuffled'] as const),
          lastToken: random.pick(['absent', 'empty', 'null', 'same'] as const),
          pageFill: random.pick([1, 0.1]),
          refusals: random.pick(['body', 'status'] as const),
          code: random.pick(['text', 'number'] as const),
          noPoints: random.pick(['[]', ''] as const),
          lateShare: 0.1,
          lateMs: 4 * minute,
          gapShare: 0.05,
          emptyStatisticShare: 0.05,
          missingStatisticShare: 0.05,
        },
      })
      onTestFinished(() => simulator.close())
      const { arrived, runAt } = await createReceiverWorld()
      const settings = {
        endpoint: simulator.url,
        credentials,
        inventory: 'resource_center',
        namespaces: [{ namespace, metrics }],
        start_at: new Date(startMs).toISOString(),
        max_catch_up: '6h',
      }
      let removed = 0
      for (let step = 0; step < 15; step++) {
        await clock.advance(random.integer(20, 900) * 1000)
        if (random.chance(0.3)) simulator.cloudmonitor.removeInstance(`i-${removed++}`)
        if (random.chance(0.3)) {
          const id = `i-new-${step}`
          simulator.cloudmonitor.addInstance({ id, type: 'ACS::ECS::Instance', name: id, region: 'cn-hangzhou' })
        }
        const count = random.integer(0, 3)
        for (let fault = 0; fault < count; fault++) {
          simulator.faults.inject({ service: 'cms', times: random.integer(1, 3), effect: random.pick(effects) })
        }
        await runAt(clock.now(), settings).catch(() => {})
      }
      simulator.faults.clear()
      await clock.advance(20 * minute)
      await runAt(clock.now(), settings)

      const endMs = Math.floor((clock.now() - 4 * minute) / minute) * minute
      const expected = metrics.flatMap((metric) =>
        simulator.cloudmonitor.expectedPoints(namespace, metric, startMs, endMs),
      )
      const { delivered: right, ...wrong } = checkPoints(expected, deliveredValues(arrived))
      expect(wrong).toEqual({ missing: [], repeated: [], invented: [], wrongValue: [] })
      expect(right).toBeGreaterThan(5_000)
      expect(arrived.find(({ resource }) => resource['host.id'] === 'i-39')?.resource).toMatchObject({
        'host.name': 'host-39',
        'cloud.region': 'cn-hangzhou',
      })
    },
    60_000,
  )
})
