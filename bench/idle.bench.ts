/**
 * What does a receiver cost while nothing happens, and how long does it take to begin?
 *
 * A simulated SLS with empty shards in one process, the built receiver in another. CPU is of the receiver alone, over
 * `--seconds N` (default 20) after all shards are caught up. Starting is over when every shard has been asked once.
 */
import { execFileSync, fork, spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { firstMessage, readUsage, top } from './partners/processes.ts'
import { receiverConfig } from './partners/receiver-config.ts'
import { printTable } from './table.ts'

const { values } = parseArgs({ options: { seconds: { type: 'string' } } })
const seconds = Number(values.seconds ?? 20)

execFileSync(process.execPath, [join(top, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.build.json'], {
  cwd: top,
})
const rows = [['shards', 'all followed after', 'calls to get there', 'CPU while idle', 'RSS']]
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
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    const startMs = Date.now() - startedAtMs
    const before = readUsage(receiver.pid ?? 0)
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000))
    const after = readUsage(receiver.pid ?? 0)
    return [
      String(shards),
      `${(startMs / 1000).toFixed(1)} s`,
      String(calls),
      `${((100 * (after.cpuSeconds - before.cpuSeconds)) / seconds).toFixed(1)} % of a core`,
      `${Math.round(after.rssBytes / 2 ** 20)} MiB`,
    ]
  } finally {
    receiver.kill('SIGTERM')
    await new Promise((resolve) => receiver.once('close', resolve))
    cloud.disconnect()
    await rm(folder, { recursive: true, force: true })
  }
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
