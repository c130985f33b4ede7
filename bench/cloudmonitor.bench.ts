/**
 * Does one core keep up with CloudMonitor's metrics, with how much memory, and how many pages does it pay for?
 *
 * A CloudMonitor that has 20 metrics of every instance in every minute, the receiver (as installed: the built package) and
 * a backend that discards are three processes. The receiver reads some minutes at once (`run --once`), then starts again
 * over the same store, until its first call. A quota of 50 calls a second bounds how fast it may read; CPU is what it takes
 * for a minute of data.
 * `--minutes=N` (default 12).
 */
import { type ChildProcess, fork, spawn } from 'node:child_process'
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { firstMessage, readUsage, top } from './partners/processes.ts'
import { buildReceiver } from './partners/transfer.ts'
import { printTable } from './table.ts'

interface Counts {
  readonly pages: number
  readonly fewest: number
  readonly points: number
  readonly firstListAtMs: number
}

interface Run {
  readonly seconds: number
  readonly cpuSeconds: number
  readonly peakRssBytes: number
  readonly startSeconds: number
  readonly counts: Counts
}

const { values } = parseArgs({ options: { minutes: { type: 'string' } } })
const minutes = Number(values.minutes ?? 12)
const metrics = [
  ...['CPUUtilization', 'DiskReadBPS', 'DiskReadIOPS', 'DiskWriteBPS', 'DiskWriteIOPS', 'InternetInRate'],
  ...['InternetOutRate', 'IntranetInRate', 'IntranetOutRate', 'concurrentConnections', 'packetInDropRates'],
  ...['cpu_idle', 'cpu_system', 'cpu_user', 'cpu_wait', 'cpu_total', 'load_1m', 'load_5m', 'memory_usedutilization'],
  'memory_freespace',
]
const delayMinutes = 4

buildReceiver()
const backend = fork(new URL('partners/backend.ts', import.meta.url))
const { url: backendUrl } = await firstMessage<{ url: string }>(backend)
const million = (count: number) => `${(count / 1e6).toFixed(1)} M`
const mebibytes = (bytes: number) => `${Math.round(bytes / 2 ** 20)} MiB`

const rows = [
  ['series', 'points', 'minutes', 'CPU per minute of data', 'peak RSS', 'pages', 'fewest', 'state on disk', 'start'],
]
for (const [instances, itsMinutes] of [
  [10_000, minutes],
  [50_000, 2],
] as const) {
  const folder = await mkdtemp(join(tmpdir(), 'alibabacloud-otel-bench-'))
  const first = await run(instances, itsMinutes, folder)
  const again = await run(instances, itsMinutes, folder, { untilFirstCall: true })
  rows.push([
    million(instances * metrics.length),
    million(first.counts.points),
    String(itsMinutes),
    `${(first.cpuSeconds / itsMinutes).toFixed(1)} s`,
    mebibytes(Math.max(first.peakRssBytes, again.peakRssBytes)),
    String(first.counts.pages),
    String(first.counts.fewest),
    mebibytes((await stat(join(folder, 'state', 'checkpoints.sqlite'))).size),
    `${again.startSeconds.toFixed(1)} s`,
  ])
  await rm(folder, { recursive: true, force: true })
}
backend.disconnect()
printTable(
  `CloudMonitor: ${metrics.length} metrics of each instance in each minute; start is over the state on disk`,
  rows,
)

/** One `run --once` over the store in `folder`; with `untilFirstCall` it is stopped when it has begun to read. */
async function run(
  instances: number,
  itsMinutes: number,
  folder: string,
  { untilFirstCall = false } = {},
): Promise<Run> {
  const cloud = fork(new URL('partners/metrics-cloud.ts', import.meta.url), [String(instances)])
  const { url: endpoint } = await firstMessage<{ url: string }>(cloud)
  const config = join(folder, 'config.yaml')
  await writeFile(config, JSON.stringify(receiverConfig(endpoint, itsMinutes, folder)))
  const startedAtMs = Date.now()
  const receiver = spawn(process.execPath, [join(top, 'dist/src/cli/main.js'), 'run', '--once', '--config', config], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  let usage = readUsage(receiver.pid ?? 0)
  const watch = setInterval(() => {
    const now = readUsage(receiver.pid ?? 0)
    if (now.cpuSeconds >= usage.cpuSeconds && now.rssBytes > 0) usage = now
  }, 50)
  const closed = new Promise<number | null>((resolve) => receiver.once('close', resolve))
  if (untilFirstCall) {
    while ((await countsOf(cloud)).firstListAtMs === 0) await new Promise((resolve) => setTimeout(resolve, 50))
    receiver.kill('SIGTERM')
  }
  const code = await closed
  clearInterval(watch)
  if (code !== 0) throw new Error(`The receiver ended with ${code}`)
  const seconds = (Date.now() - startedAtMs) / 1000
  const counts = await countsOf(cloud)
  cloud.disconnect()
  const startSeconds = (counts.firstListAtMs - startedAtMs) / 1000
  return { seconds, cpuSeconds: usage.cpuSeconds, peakRssBytes: usage.peakRssBytes, startSeconds, counts }
}

function countsOf(cloud: ChildProcess): Promise<Counts> {
  const counts = firstMessage<Counts>(cloud)
  cloud.send('counts')
  return counts
}

function receiverConfig(endpoint: string, itsMinutes: number, folder: string) {
  return {
    extensions: { file_storage: { directory: join(folder, 'state') } },
    receivers: {
      alibabacloud_cloudmonitor: {
        regions: ['cn-hangzhou'],
        endpoint,
        namespaces: [{ namespace: 'acs_ecs_dashboard', metrics }],
        start_at: `-${itsMinutes + delayMinutes}m`,
        rate_limit: 50,
        credentials: { type: 'access_key', access_key_id: 'id', access_key_secret: 'secret' },
      },
    },
    processors: { batch: {} },
    exporters: { otlp_http: { endpoint: backendUrl, compression: 'gzip' } },
    service: {
      extensions: ['file_storage'],
      pipelines: {
        metrics: { receivers: ['alibabacloud_cloudmonitor'], processors: ['batch'], exporters: ['otlp_http'] },
      },
      telemetry: { logs: { level: 'error' } },
    },
  }
}
