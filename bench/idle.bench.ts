/**
 * What does a receiver cost while nothing happens, and how long does it take to begin?
 *
 * A simulated SLS with empty shards in one process, the built receiver in another. CPU is of the receiver alone, over
 * `--seconds=N` (default 20): once after all shards are caught up, while shards are still asked every second, and once a
 * minute later, when they are asked every three. Starting is over when every shard has been asked once.
 */
import { fork, spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { firstMessage, readUsage, top } from './partners/processes.ts'
import { receiverConfig } from './partners/receiver-config.ts'
import { buildReceiver } from './partners/transfer.ts'
import { printTable } from './table.ts'

const { values } = parseArgs({ options: { seconds: { type: 'string' } } })
const seconds = Number(values.seconds ?? 20)

const quietAfterMs = 60_000

buildReceiver()
const rows = [['shards', 'all followed after', 'calls to get there', 'CPU at first', 'CPU when quiet', 'RSS']]
for (const shards of [100, 1000]) rows.push(await measure(shards))
printTable(`Idle receiver, over ${seconds} s`, rows)

async function measure(shards: number): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'alibabacloud-otel-bench-'))
  const cloud = fork(new URL('partners/empty-cloud.ts', import.meta.url), [String(shards)])
  const { url: endpoint } = await firstMessage<{ url: string }>(cloud)
  const config = join(folder, 'config.yaml')
  const healthPort = 20_000 + (process.pid % 10_000)
  const tree = receiverConfig({
    endpoint,
    backendUrl: 'http://127.0.0.1:9',
    compression: 'none',
    folder,
    logstores: ['*'],
  })
  await writeFile(config, JSON.stringify(withHealth(tree, healthPort)))
  const startedAtMs = Date.now()
  const receiver = spawn(process.execPath, [join(top, 'dist/src/cli/main.js'), 'run', '--config', config], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  try {
    let calls = 0
    for (;;) {
      const metrics = await readMetrics(healthPort)
      const followed = /api="PullLogs"[^}]*\} (\d+)/.exec(metrics)?.[1]
      calls = [...metrics.matchAll(/alibabacloud_receiver_api_calls\{[^}]*\} (\d+)/g)].reduce(
        (sum, [, n]) => sum + Number(n),
        0,
      )
      if (caughtUp(metrics) >= shards && Number(followed) >= shards) break
      await delay(20)
    }
    const startMs = Date.now() - startedAtMs
    const atFirst = await cpuShare(receiver.pid ?? 0)
    await delay(quietAfterMs)
    const whenQuiet = await cpuShare(receiver.pid ?? 0)
    return [
      String(shards),
      `${(startMs / 1000).toFixed(1)} s`,
      String(calls),
      atFirst,
      whenQuiet,
      `${Math.round(readUsage(receiver.pid ?? 0).rssBytes / 2 ** 20)} MiB`,
    ]
  } finally {
    receiver.kill('SIGTERM')
    await new Promise((resolve) => receiver.once('close', resolve))
    cloud.disconnect()
    await rm(folder, { recursive: true, force: true })
  }
}

async function cpuShare(pid: number): Promise<string> {
  const before = readUsage(pid).cpuSeconds
  await delay(seconds * 1000)
  return `${((100 * (readUsage(pid).cpuSeconds - before)) / seconds).toFixed(1)} % of a core`
}

function caughtUp(metrics: string): number {
  return [...metrics.matchAll(/^alibabacloud_receiver_lag_seconds\{[^}]*\} 0$/gm)].length
}

function withHealth(tree: ReturnType<typeof receiverConfig>, port: number) {
  return {
    ...tree,
    extensions: { ...tree.extensions, health_check: { endpoint: `127.0.0.1:${port}` } },
    service: { ...tree.service, extensions: [...tree.service.extensions, 'health_check'] },
  }
}

/** `/metrics` of the receiver; empty while it does not listen yet. */
async function readMetrics(port: number): Promise<string> {
  try {
    return await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()
  } catch {
    return ''
  }
}
