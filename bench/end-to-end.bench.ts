/**
 * How fast do records get from SLS to a backend, what does it take of a core, and how soon does the first one arrive?
 *
 * The simulated SLS, the receiver (as installed: the built package) and a backend that discards are three processes,
 * joined by HTTP over loopback. Rates are those of the last three quarters of the records. A machine that is busy with other
 * things lowers the rate; it hardly touches the raw bytes for each second of CPU, which is what one core can do.
 * `--records=N` (default 1 000 000), `--runs=N` (default 3).
 */
import { parseArgs } from 'node:util'
import { buildReceiver, startSource, type Transfer, transfer } from './partners/transfer.ts'
import { median, printTable } from './table.ts'

const { values } = parseArgs({ options: { records: { type: 'string' }, runs: { type: 'string' } } })
const runs = Number(values.runs ?? 3)

buildReceiver()
const source = await startSource(Number(values.records ?? 1_000_000))
// Makes the simulated SLS compress the pages, which are then kept: SLS is not what is measured.
await transfer(source, { compression: 'none' })

const rows = [
  ['compression', 'first record', 'records/s', 'raw MB/s', 'CPU', 'raw MB per CPU second', 'on the wire', 'peak RSS'],
]
for (const compression of ['none', 'gzip', 'zstd']) {
  const results: Transfer[] = []
  for (let run = 0; run < runs; run++) results.push(await transfer(source, { compression }))
  const of = (pick: (result: Transfer) => number) => median(results.map(pick))
  rows.push([
    compression,
    `${Math.round(of((each) => each.firstMs))} ms`,
    Math.round(of((each) => each.records / each.seconds)).toLocaleString('en-US'),
    (of((each) => each.rawBytes / each.seconds) / 1e6).toFixed(0),
    `${of((each) => each.cpuSeconds / each.seconds).toFixed(2)} cores`,
    (of((each) => each.rawBytes / each.cpuSeconds) / 1e6).toFixed(0),
    `${((100 * of((each) => each.wireBytes)) / source.rawBytes).toFixed(0)} % of raw`,
    `${Math.round(of((each) => each.peakRssBytes) / 2 ** 20)} MiB`,
  ])
}
source.close()
printTable(
  `End to end: ${source.records.toLocaleString('en-US')} clb-access records (${(source.rawBytes / 1e6).toFixed(0)} MB), median of ${runs} runs`,
  rows,
)
