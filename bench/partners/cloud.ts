/** A simulated SLS in a process of its own. Told how many records to prepare, it says where it answers. */
import { startSimulator } from '../../simulator/simulator.ts'

const records = Number(process.argv[2])
const mib = 2 ** 20
const simulator = await startSimulator({ retentionBytes: 2048 * mib, pageCacheBytes: 1024 * mib, ledgerBatches: 1 })
simulator.traffic.issue('web-prod', 'slb-access', records)
simulator.sls.preparePages('web-prod', 'slb-access', 1000, 'lz4')
const rawBytes = simulator.sls.store
  .logstore('web-prod', 'slb-access')
  .shards(Date.now())
  .reduce((sum, shard) => sum + shard.bytes, 0)
process.send?.({ url: simulator.url, rawBytes })
process.once('disconnect', () => process.exit(0))
