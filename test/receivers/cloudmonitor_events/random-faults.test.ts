import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import type { FaultEffect } from '../../../simulator/faults.ts'
import type { Behaviour } from '../../../simulator/otlp/backend.ts'
import { createRandom } from '../../../simulator/random.ts'
import { decodeLogs } from '../../../src/otlp/decode.ts'
import { faultSeeds } from '../../fakes/fault-seeds.ts'
import { createEventsWorld } from './events-world.ts'

const MINUTE_MS = 60_000

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

/** The ids in the store, which no one else has open. */
function rememberedIn(folder: string): Set<string> {
  const database = new DatabaseSync(join(folder, 'state', 'checkpoints.sqlite'), { readOnly: true })
  try {
    const values = database.prepare("SELECT value FROM checkpoints WHERE key LIKE 'seen/%'").all()
    const ids = values.flatMap(({ value }) => (JSON.parse(String(value)) as { ids: string[] }).ids)
    // Each is `<list> <uid>`.
    return new Set(ids.map((id) => id.slice(id.indexOf(' ') + 1)))
  } finally {
    database.close()
  }
}

function uidsIn(body: Uint8Array): string[] {
  const records = decodeLogs(body).flatMap(({ scopeLogs }) => scopeLogs.flatMap(({ logRecords }) => logRecords))
  return records.map(({ attributes }) => String(attributes.find(({ key }) => key === 'log.record.uid')?.value))
}

function countsOf(uids: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const uid of uids) counts.set(uid, (counts.get(uid) ?? 0) + 1)
  return counts
}

/** Each seed is a history of its own: events in time and late, faults of both sides, stops and crashes. */
describe('the receiver of CloudMonitor events through random faults', () => {
  it.each(faultSeeds(8))(
    'seed %i: every event and alert has arrived, and none that is remembered came again',
    async (seed) => {
      const random = createRandom(seed)
      const order = random.pick(['newest_first', 'oldest_first'] as const)
      const world = await createEventsWorld({ seed, cloudMonitorEvents: { regional: random.chance(0.5), order } })
      const { cloudMonitorEvents, clock, faults } = world.simulator
      const start = () => world.startReceiver({}, { exporter: { timeout: '10m' } })
      cloudMonitorEvents.issue('system_event', random.integer(0, 300), { timeMs: clock.now() - 60 * MINUTE_MS })
      let service = await start()
      /** What the backend took and the receiver does not know of: it has to be sent again. */
      const unanswered: string[] = []
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
            world.backend.setBehaviour((request) => {
              if (random.chance(0.3)) return { kind: 'accept' }
              if (behaviour.kind === 'cut' && behaviour.when === 'after_accepting')
                unanswered.push(...uidsIn(request.body))
              return behaviour
            })
            break
          }
          case 5:
            // Stopped in the middle now and then, without time to finish.
            if (random.chance(0.5)) {
              void service.stop()
              await service.stop()
              // Of a page that was given up the backend may have taken all or a part.
              const remembered = rememberedIn(world.folder)
              unanswered.push(...world.arrived.map(({ uid }) => uid).filter((uid) => !remembered.has(uid)))
            } else {
              world.backend.setBehaviour(() => ({ kind: 'accept' }))
              await service.stop()
            }
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
      const arrivals = countsOf(world.arrived.map(({ uid }) => uid))
      const excused = countsOf(unanswered)
      expect([...arrivals].filter(([uid, times]) => times > 1 + (excused.get(uid) ?? 0))).toEqual([])
    },
  )
})
