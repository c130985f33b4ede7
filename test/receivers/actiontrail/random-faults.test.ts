import { describe, expect, it } from 'vitest'
import type { FaultEffect } from '../../../simulator/faults.ts'
import type { Behaviour } from '../../../simulator/otlp/backend.ts'
import { createRandom } from '../../../simulator/random.ts'
import { fileStorage } from '../../../src/storage/sqlite/file-storage.ts'
import { faultSeeds } from '../../fakes/fault-seeds.ts'
import { createRecordingLog } from '../../fakes/recording-log.ts'
import { type AuditWorld, createAuditWorld, receiverId, regions } from './simulated-world.ts'

const apiFaults: readonly [FaultEffect, ...FaultEffect[]] = [
  { kind: 'throttle' },
  { kind: 'html', status: 502 },
  { kind: 'error', status: 500, code: 'InternalError' },
  { kind: 'error', status: 503, code: 'ServiceUnavailable' },
  { kind: 'error', status: 504, code: 'ServiceTimeout' },
  { kind: 'error', status: 403, code: 'NoPermission' },
  { kind: 'drop', when: 'before_headers' },
  { kind: 'drop', when: 'after_headers' },
  { kind: 'truncated_body' },
  { kind: 'clock_offset', ms: 20 * 60_000 },
  { kind: 'clock_offset', ms: -20 * 60_000 },
  { kind: 'clock_offset', ms: 8 * 60_000 },
  { kind: 'expired_token' },
  { kind: 'delay', ms: 20 },
  { kind: 'duplicate_page' },
  { kind: 'same_token' },
  { kind: 'empty_page' },
]

const backendFaults: readonly [Behaviour, ...Behaviour[]] = [
  { kind: 'refuse', status: 503 },
  { kind: 'refuse', status: 429, retryAfter: '1' },
  { kind: 'refuse', status: 401 },
  { kind: 'limit', maxBytes: 20_000 },
  { kind: 'cut', when: 'after_reading' },
  { kind: 'cut', when: 'after_accepting' },
]

const MINUTE_MS = 60_000

/**
 * Each seed is a history of its own: events in time and late, faults of ActionTrail and of the backend, stops and crashes,
 * in an order and number that the seed decides. Whatever happens, each event has arrived in the end, and what arrived twice
 * was in flight when something was cut off. `npm run test:faults` runs more seeds, or one.
 */
describe('the ActionTrail receiver through random faults', () => {
  it.each(faultSeeds(10))('seed %i: every event has arrived, and repeats were in flight', async (seed) => {
    const random = createRandom(seed)
    const world = await createAuditWorld({ seed, rpc: { throttlingStatus: random.chance(0.5) ? 400 : 429 } })
    const { actiontrail, clock, faults } = world.simulator
    let life = 1
    const start = () =>
      world.startReceiver(
        { start_at: '-6h', max_in_flight: '1MiB' },
        { exporter: { on_rejected: 'stop', timeout: '10m', headers: { 'x-life': String(life) } } },
      )
    let mayRepeat = 0
    const answerWith = (behaviour: Behaviour) =>
      world.backend.setBehaviour((request) => {
        // All of a request comes again when its answer is cut off, or comes to a receiver that is no more.
        const isCut = behaviour.kind === 'cut' && behaviour.when === 'after_accepting'
        if (isCut || Number(request.headers['x-life']) < life) mayRepeat += request.items
        return behaviour
      })
    answerWith({ kind: 'accept' })
    // Some of it happened before the receiver came.
    for (const region of regions) {
      const times = { fromMs: clock.now() - 5 * 60 * MINUTE_MS, toMs: clock.now() }
      actiontrail.issue(region, random.integer(0, 400), times)
    }
    let service = await start()

    const steps = random.integer(8, 16)
    for (let step = 0; step < steps; step++) {
      switch (random.integer(0, 7)) {
        case 0:
        case 1:
        case 2:
          actiontrail.issue(random.pick(regions), random.integer(1, 120), { lateSeconds: random.integer(0, 1150) })
          break
        case 3:
          clock.advance(random.integer(1, 20) * MINUTE_MS)
          break
        case 4:
          faults.inject({
            service: 'actiontrail',
            times: random.integer(1, 4),
            probability: 0.3 + 0.7 * random.next(),
            effect: random.pick(apiFaults),
          })
          break
        case 5:
          answerWith(random.pick(backendFaults))
          break
        case 6:
          answerWith({ kind: 'accept' })
          break
        case 7: {
          const crash = random.chance(0.5)
          if (crash) void service.stop()
          else answerWith({ kind: 'accept' })
          await service.stop()
          life++
          mayRepeat += await deliveredBeyondMemory(world)
          service = await start()
        }
      }
      // Lets the receiver come to a point that differs from run to run; nothing below depends on which.
      await new Promise<void>((resolve) => setTimeout(resolve, random.integer(0, 40)))
    }

    faults.clear()
    answerWith({ kind: 'accept' })
    // Until even the latest event can be asked for, has settled, and was looked for again.
    clock.advance(20 * MINUTE_MS)
    clock.advance(20 * MINUTE_MS)
    await world.drained()
    await service.stop()
    const { issued, delivered, lost, duplicates } = world.proof.total()
    expect({ delivered, lost, unknown: world.proof.unknown() }).toEqual({ delivered: issued, lost: 0, unknown: 0 })
    expect(duplicates).toBeLessThanOrEqual(mayRepeat)
  })
})

/** Records that have arrived, while the store does not know it: the receiver will read and send them again. */
async function deliveredBeyondMemory({ folder, arrived }: AuditWorld): Promise<number> {
  const log = createRecordingLog()
  const options = fileStorage.schema.parse({ directory: `${folder}/state` })
  const store = await fileStorage.open(options, { id: 'file_storage', log })
  const entries = await store.scope(receiverId).list()
  await store.close()
  const remembered = new Set(
    entries
      .filter(({ key }) => key.startsWith('seen/'))
      .flatMap(({ value }) => (JSON.parse(value) as { ids: string[] }).ids),
  )
  const settled = entries
    .filter(({ key }) => key.startsWith('position/'))
    .map(({ value }) => (JSON.parse(value) as { settled: number }).settled)
  const oldestRepeatable = BigInt(Math.min(...settled) - 1) * 1_000_000_000n
  return arrived.filter(({ uid, record }) => record.timeUnixNano >= oldestRepeatable && !remembered.has(uid)).length
}
