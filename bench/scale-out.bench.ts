/**
 * What does a further worker thread, or a further replica in a consumer group, add?
 *
 * `raw MB per CPU second` is what a second of CPU does, of all receiver processes and threads together, while they have one
 * core between them: so nothing is in it but their own work, and what it takes to divide it. Where every receiver has a
 * core, that is what each further one adds. The rate beside it is that of this machine, whose cores the simulated SLS and
 * the backend share. `--records=N` (default 1 000 000), `--runs=N` (default 2). Needs `taskset` (Linux).
 */
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { buildReceiver, startSource, type Transfer, type TransferSettings, transfer } from './partners/transfer.ts'
import { median, printTable } from './table.ts'

const { values } = parseArgs({ options: { records: { type: 'string' }, runs: { type: 'string' } } })
const runs = Number(values.runs ?? 2)
const counts = [1, 2, 4]

buildReceiver()
const source = await startSource(Number(values.records ?? 1_000_000), 2 * counts.length * runs)
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
    const free: Transfer[] = []
    const onOneCore: Transfer[] = []
    for (let run = 0; run < runs; run++) {
      free.push(await transfer(source, { compression: 'none', ...settingsOf(count) }))
      onOneCore.push(await transfer(source, { compression: 'none', ...settingsOf(count), core: 0 }))
    }
    const of = (pick: (result: Transfer) => number) => median(free.map(pick))
    const perCpuSecond = median(onOneCore.map((each) => each.rawBytes / each.cpuSeconds))
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
