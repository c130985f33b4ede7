/**
 * A simulated SLS in a process of its own. Told how many records to prepare, it makes them in `slb-access` and says where it
 * answers. Its other logstores are empty until it is told to fill one: then all the same records are there at once, for
 * readers that had to find each other first.
 */
import { defaultAccountId } from '../../simulator/accounts.ts'
import { startSimulator } from '../../simulator/simulator.ts'
import { ProtobufReader } from '../../src/protobuf/reader.ts'

/** `fill`: the logstore to fill. `membersOf`: answers how many consumers hold shards of that logstore, if all are held. */
export interface CloudRequest {
  readonly fill?: string
  readonly membersOf?: string
}

const records = Number(process.argv[2])
const emptyLogstores = Number(process.argv[3] ?? 0)
const shards = 4
const mib = 2 ** 20
const project = 'web-prod'
const simulator = await startSimulator({
  retentionBytes: 2048 * mib,
  pageCacheBytes: 1024 * mib,
  ledgerBatches: 1,
  world: {
    projects: [
      {
        name: project,
        region: 'cn-hangzhou',
        accountId: defaultAccountId,
        logstores: [
          { name: 'slb-access', shards },
          ...Array.from({ length: emptyLogstores }, (_, index) => ({ name: `empty-${index}`, shards })),
        ],
      },
    ],
    traffic: [{ project, logstore: 'slb-access', kinds: ['clb-access'], share: 1 }],
  },
})
const { store } = simulator.sls
simulator.traffic.issue(project, 'slb-access', records)
simulator.sls.preparePages(project, 'slb-access', 1000, 'lz4')
const shardsOf = (logstore: string) => store.logstore(project, logstore).shards(Date.now())
const rawBytes = shardsOf('slb-access').reduce((sum, shard) => sum + shard.bytes, 0)
process.send?.({ url: simulator.url, rawBytes })

process.on('message', ({ fill, membersOf }: CloudRequest) => {
  if (fill !== undefined) fillLogstore(fill)
  if (membersOf !== undefined) process.send?.({ members: holdersOf(membersOf) })
})
process.once('disconnect', () => process.exit(0))

function fillLogstore(logstore: string): void {
  const targets = shardsOf(logstore)
  for (const [index, source] of shardsOf('slb-access').entries()) {
    const { groups } = source.read(
      source.beginNumber,
      Number.MAX_SAFE_INTEGER,
      source.endNumber,
      Number.MAX_SAFE_INTEGER,
    )
    for (const { entry, logCount } of groups) {
      const reader = new ProtobufReader(entry)
      reader.field()
      targets[index]?.append(reader.bytes(), logCount, Date.now())
    }
  }
  simulator.sls.preparePages(project, logstore, 1000, 'lz4')
}

/** How many consumers share all shards evenly; 0 while they do not. */
function holdersOf(logstore: string): number {
  const found = store.logstore(project, logstore).consumerGroups.get('bench')
  if (found === undefined) return 0
  const group = found.describe(Date.now()) as { shards: { state: string; consumer?: string }[] }
  const counts = new Map<string, number>()
  for (const { state, consumer = '' } of group.shards) {
    if (state !== 'already_alloc') return 0
    counts.set(consumer, (counts.get(consumer) ?? 0) + 1)
  }
  const sizes = [...counts.values()]
  return group.shards.length === shards && Math.max(...sizes) - Math.min(...sizes) <= 1 ? counts.size : 0
}
