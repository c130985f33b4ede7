/**
 * How fast do records get from SLS to a backend, and how soon after the start does the first one arrive?
 *
 * The simulated SLS, the receiver (as installed: the built package) and a backend that discards are three processes,
 * joined by HTTP over loopback. `--records N` (default 200 000), `--runs N` (default 3).
 */
import { type ChildProcess, execFileSync, fork, spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { firstMessage, readUsage, top } from './partners/processes.ts'
import { receiverConfig } from './partners/receiver-config.ts'
import { median, printTable } from './table.ts'

const { values } = parseArgs({ options: { records: { type: 'string' }, runs: { type: 'string' } } })
const records = Number(values.records ?? 200_000)
const runs = Number(values.runs ?? 3)
const mib = 2 ** 20

execFileSync(process.execPath, [join(top, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.build.json'], {
  cwd: top,
})
const cloud = fork(new URL('partners/cloud.ts', import.meta.url), [String(records)])
const { url: endpoint, rawBytes } = await firstMessage<{ url: string; rawBytes: number }>(cloud)

const rows = [['compression', 'first record', 'records/s', 'raw MB/s', 'on the wire', 'receiver CPU', 'peak RSS']]
for (const compression of ['none', 'gzip', 'zstd']) {
  const results: Awaited<ReturnType<typeof measure>>[] = []
  for (let run = 0; run < runs; run++) results.push(await measure(compression))
  const of = (pick: (result: (typeof results)[number]) => number) => median(results.map(pick))
  rows.push([
    compression,
    `${Math.round(of((each) => each.firstMs))} ms`,
    Math.round(of((each) => records / each.seconds)).toLocaleString('en-US'),
    (of((each) => rawBytes / each.seconds) / 1e6).toFixed(0),
    `${((100 * of((each) => each.wireBytes)) / rawBytes).toFixed(0)} % of raw`,
    `${of((each) => each.cpuSeconds / each.seconds).toFixed(2)} cores`,
    `${Math.round(of((each) => each.peakRssBytes) / mib)} MiB`,
  ])
}
cloud.disconnect()
printTable(
  `End to end: ${records.toLocaleString('en-US')} clb-access records (${(rawBytes / 1e6).toFixed(0)} MB), median of ${runs} runs`,
  rows,
)

async function measure(compression: string) {
  const folder = await mkdtemp(join(tmpdir(), 'alibabacloud-otel-bench-'))
  const backend = fork(new URL('partners/backend.ts', import.meta.url))
  const { url: backendUrl } = await firstMessage<{ url: string }>(backend)
  const config = join(folder, 'config.yaml')
  await writeFile(
    config,
    JSON.stringify(receiverConfig({ endpoint, backendUrl, compression, folder, logstores: ['slb-access'] })),
  )
  const startedAtMs = Date.now()
  const receiver = spawn(process.execPath, [join(top, 'dist/src/cli/main.js'), 'run', '--config', config], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  try {
    const { firstAtMs, lastAtMs, wireBytes } = await allArrived(backend)
    const usage = readUsage(receiver.pid ?? 0)
    return { firstMs: firstAtMs - startedAtMs, seconds: (lastAtMs - startedAtMs) / 1000, wireBytes, ...usage }
  } finally {
    receiver.kill('SIGTERM')
    await new Promise((resolve) => receiver.once('close', resolve))
    backend.disconnect()
    await rm(folder, { recursive: true, force: true })
  }
}

/** Resolves when the backend has counted all records. */
function allArrived(backend: ChildProcess): Promise<{ firstAtMs: number; lastAtMs: number; wireBytes: number }> {
  return new Promise((resolve) => {
    let firstAtMs = 0
    backend.on('message', (value) => {
      const { logRecords, wireBytes, atMs } = value as { logRecords: number; wireBytes: number; atMs: number }
      firstAtMs ||= atMs
      if (logRecords >= records) resolve({ firstAtMs, lastAtMs: atMs, wireBytes })
    })
  })
}
