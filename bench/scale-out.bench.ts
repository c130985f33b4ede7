/**
 * What does a further worker thread, or a further replica in a consumer group, add?
 *
 * On a machine with free cores each would add what it does with a second of CPU: the figure that is measured here, for all
 * receiver processes together. The rate on this machine is shown beside it; it cannot grow beyond what its cores give,
 * which the simulated SLS and the backend share. `--records=N` (default 500 000), `--runs=N` (default 3).
 */
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { buildReceiver, startSource, type Transfer, type TransferSettings, transfer } from './partners/transfer.ts'
import { median, printTable } from './table.ts'

const { values } = parseArgs({ options: { records: { type: 'string' }, runs: { type: 'string' } } })
const runs = Number(values.runs ?? 3)
const counts = [1, 2, 4]

buildReceiver()
const source = await startSource(Number(values.records ?? 500_000), counts.length * runs)
// As in the end-to-end bench: SLS is not what is measured.
await transfer(source, { compression: 'none' })

const rows = [['receivers', 'raw MB/s', 'CPU', 'raw MB per CPU second', 'of one', 'peak RSS of each']]
let logstores = 0
await measure('worker', (workers) => ({ workers }))
await measure('replica', (count) => ({ members: { count, logstore: `empty-${logstores++}` } }))
source.close()
printTable(
  `Scale-out: ${source.records.toLocaleString('en-US')} clb-access records (${(source.rawBytes / 1e6).toFixed(0)} MB) of 4 shards, median of ${runs} runs, ${availableParallelism()} cores for everything`,
  rows,
)

async function measure(what: string, settingsOf: (count: number) => Partial<TransferSettings>): Promise<void> {
  let perCpuSecondOfOne: number | undefined
  for (const count of counts) {
    const results: Transfer[] = []
    for (let run = 0; run < runs; run++) {
      results.push(await transfer(source, { compression: 'none', ...settingsOf(count) }))
    }
    const of = (pick: (result: Transfer) => number) => median(results.map(pick))
    const perCpuSecond = of((each) => each.rawBytes / each.cpuSeconds)
    perCpuSecondOfOne ??= perCpuSecond
    rows.push([
      `${count} ${what}${count === 1 ? '' : 's'}`,
      (of((each) => each.rawBytes / each.seconds) / 1e6).toFixed(0),
      `${of((each) => each.cpuSeconds / each.seconds).toFixed(2)} cores`,
      (perCpuSecond / 1e6).toFixed(0),
      (perCpuSecond / perCpuSecondOfOne).toFixed(2),
      `${Math.round(of((each) => each.peakRssBytes) / 2 ** 20)} MiB`,
    ])
  }
}
