/** A simulated SMQ in a process of its own, with one queue that holds as many messages as it is told. */
import { startSimulator } from '../../simulator/simulator.ts'

const simulator = await startSimulator({
  ledgerBatches: 1,
  world: {
    projects: [],
    traffic: [],
    queues: [{ name: 'events' }],
    messages: [{ queue: 'events', kinds: ['eventbridge-ecs', 'app-json'], share: 1 }],
  },
})
simulator.smq.issue('events', Number(process.argv[2]))
const left = () => {
  const { active, inactive } = simulator.smq.store.queue('events').counts()
  return active + inactive
}
process.send?.({ url: simulator.url })
// Says so when the last message is deleted.
const watch = setInterval(() => {
  if (left() > 0) return
  clearInterval(watch)
  process.send?.({ emptyAtMs: Date.now(), redelivered: simulator.smq.store.queue('events').counts().redelivered })
}, 5)
process.once('disconnect', () => process.exit(0))
