import { expect, it } from 'vitest'
import type { FaultRule } from '../../../simulator/faults.ts'
import { createRandom } from '../../../simulator/random.ts'
import { defaultWorld } from '../../../simulator/world.ts'
import { faultSeeds } from '../../fakes/fault-seeds.ts'
import { createQueueWorld } from './queue-world.ts'

const messages = 600

/** What goes wrong, each now and then. */
const faults: FaultRule[] = [
  { service: 'smq', probability: 0.05, effect: { kind: 'error', status: 500, code: 'InternalError' } },
  { service: 'smq', probability: 0.03, effect: { kind: 'html', status: 502 } },
  { service: 'smq', probability: 0.03, effect: { kind: 'throttle' } },
  { service: 'smq', probability: 0.05, effect: { kind: 'drop', when: 'before_headers' } },
  { service: 'smq', probability: 0.05, effect: { kind: 'drop', when: 'after_headers' } },
  { service: 'smq', probability: 0.03, effect: { kind: 'truncated_body' } },
  { api: 'BatchReceiveMessage', probability: 0.1, effect: { kind: 'early_empty' } },
  { api: 'BatchReceiveMessage', probability: 0.1, effect: { kind: 'duplicate_delivery' } },
  { api: 'BatchReceiveMessage', probability: 0.05, effect: { kind: 'cut_wait', ms: 5 } },
  { api: 'BatchDeleteMessage', probability: 0.2, effect: { kind: 'partial_failure', count: 4 } },
]

it.each(faultSeeds(3))(
  'whatever goes wrong, every message is delivered, and deleted only after its answer (seed %i)',
  async (seed) => {
    const queues = (defaultWorld.queues ?? []).map(({ name }) => ({ name, attributes: { visibilityTimeoutS: 1 } }))
    const { messages: plans = [] } = defaultWorld
    const world = await createQueueWorld({
      seed,
      world: { projects: [], traffic: [], queues, messages: plans },
      queues,
    })
    const random = createRandom(seed)
    const issued = new Set<string>()
    world.simulator.ledger.onIssued(({ ids, source, position, items }) => {
      for (let item = 0; item < items; item++) issued.add(ids?.[item] ?? `${source}/${position}/${item}`)
    })
    const injected = faults.map((fault) => world.simulator.faults.inject(fault))
    // A backend that is slow now and then, so that deliveries end before their answer.
    world.answer = () => new Promise((resolve) => setTimeout(resolve, random.next() < 0.1 ? 1_500 * random.next() : 5))

    let running = world.start({ options: { poison: { after: 1000, action: 'leave' } } })
    for (let round = 0; round < 6; round++) {
      for (const { name } of queues) world.simulator.smq.issue(name, messages / 6 / queues.length)
      await new Promise((resolve) => setTimeout(resolve, 300 * random.next()))
      // Killed, or stopped, in the middle of it; what it knows is what its store has.
      if (round % 2 === 0) running.abandon()
      else running.stop()
      await running.ended
      running = world.start({ options: { poison: { after: 1000, action: 'leave' } } })
    }
    for (const fault of injected) world.simulator.faults.remove(fault)
    world.answer = async () => {}
    // What was hidden for longer by a receiver that was killed then would come in its time.
    for (const { name } of queues) world.simulator.smq.store.queue(name).release()
    await expect.poll(() => world.empty(), { timeout: 20_000, interval: 20 }).toBe(true)

    const delivered = new Set(world.delivered)
    expect(issued.size).toBeGreaterThanOrEqual(messages)
    expect([...issued].filter((uid) => !delivered.has(uid))).toEqual([])
    expect([...delivered].filter((uid) => !issued.has(uid))).toEqual([])
    expect(world.deletedTooEarly).toEqual([])
  },
  60_000,
)
