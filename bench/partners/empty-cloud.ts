/** A simulated SLS in a process of its own, with as many empty shards as it is told, up to 100 to a logstore. */
import { defaultAccountId } from '../../simulator/accounts.ts'
import { startSimulator } from '../../simulator/simulator.ts'

const shards = Number(process.argv[2])
const logstores = Array.from({ length: Math.ceil(shards / 100) }, (_, index) => ({
  name: `idle-${index}`,
  shards: Math.min(100, shards - index * 100),
}))
const simulator = await startSimulator({
  world: {
    projects: [{ name: 'web-prod', region: 'cn-hangzhou', accountId: defaultAccountId, logstores }],
    traffic: [],
  },
})
process.send?.({ url: simulator.url })
process.once('disconnect', () => process.exit(0))
