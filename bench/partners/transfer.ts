import { type ChildProcess, execFileSync, fork, spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { firstMessage, readUsage, top } from './processes.ts'
import { type ReceiverSettings, receiverConfig } from './receiver-config.ts'

/** How one logstore was moved to a backend. Times and CPU are of the steady part: from the first record to the last. */
export interface Transfer {
  /** From the start of the processes until the first record arrived. */
  readonly firstMs: number
  readonly seconds: number
  /** Of all receiver processes together. */
  readonly cpuSeconds: number
  /** Records and raw bytes that arrived in the steady part. */
  readonly records: number
  readonly rawBytes: number
  /** Of all requests. */
  readonly wireBytes: number
  /** Of the largest receiver process. */
  readonly peakRssBytes: number
}

/** What the simulated SLS holds, in a process of its own. */
export interface Source {
  readonly endpoint: string
  readonly records: number
  readonly rawBytes: number
  close(): void
}

/** Builds the receiver as it is installed. */
export function buildReceiver(): void {
  const tsc = join(top, 'node_modules/typescript/bin/tsc')
  execFileSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], { cwd: top })
}

export async function startSource(records: number): Promise<Source> {
  const cloud = fork(new URL('cloud.ts', import.meta.url), [String(records)])
  const { url: endpoint, rawBytes } = await firstMessage<{ url: string; rawBytes: number }>(cloud)
  return { endpoint, records, rawBytes, close: () => cloud.disconnect() }
}

/**
 * Moves everything once: the source, each of the `processes` receivers, and a backend that discards are processes of
 * their own, joined by HTTP over loopback.
 */
export async function transfer(
  source: Source,
  settings: Pick<ReceiverSettings, 'compression' | 'workers' | 'consumerGroup'> & { readonly processes?: number },
): Promise<Transfer> {
  const { processes = 1 } = settings
  const folder = await mkdtemp(join(tmpdir(), 'alibabacloud-otel-bench-'))
  const backend = fork(new URL('backend.ts', import.meta.url))
  const { url: backendUrl } = await firstMessage<{ url: string }>(backend)
  const startedAtMs = Date.now()
  const receivers = await Promise.all(
    Array.from({ length: processes }, async (_, index) => {
      const config = join(folder, `config-${index}.yaml`)
      const ofReceiver = { endpoint: source.endpoint, backendUrl, folder: join(folder, String(index)) }
      const tree = receiverConfig({ ...settings, ...ofReceiver, logstores: ['slb-access'] })
      await writeFile(config, JSON.stringify(tree))
      return spawn(process.execPath, [join(top, 'dist/src/cli/main.js'), 'run', '--config', config], {
        stdio: ['ignore', 'ignore', 'inherit'],
      })
    }),
  )
  const usage = () => {
    const each = receivers.map(({ pid }) => readUsage(pid ?? 0))
    return {
      cpuSeconds: each.reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0),
      peakRssBytes: Math.max(...each.map(({ peakRssBytes }) => peakRssBytes)),
    }
  }
  try {
    const { first, last } = await allArrived(backend, source.records, usage)
    const records = last.logRecords - first.logRecords
    return {
      firstMs: first.atMs - startedAtMs,
      seconds: (last.atMs - first.atMs) / 1000,
      cpuSeconds: last.usage.cpuSeconds - first.usage.cpuSeconds,
      records,
      rawBytes: (source.rawBytes * records) / source.records,
      wireBytes: last.wireBytes,
      peakRssBytes: last.usage.peakRssBytes,
    }
  } finally {
    for (const receiver of receivers) receiver.kill('SIGTERM')
    await Promise.all(receivers.map((receiver) => new Promise((resolve) => receiver.once('close', resolve))))
    backend.disconnect()
    await rm(folder, { recursive: true, force: true })
  }
}

interface Arrival {
  readonly logRecords: number
  readonly wireBytes: number
  readonly atMs: number
}

/** Resolves when the backend has counted all records. */
function allArrived<Usage>(backend: ChildProcess, records: number, usage: () => Usage) {
  type Moment = Arrival & { readonly usage: Usage }
  return new Promise<{ first: Moment; last: Moment }>((resolve) => {
    let first: Moment | undefined
    backend.on('message', (value) => {
      const arrival = value as Arrival
      first ??= { ...arrival, usage: usage() }
      if (arrival.logRecords >= records) resolve({ first, last: { ...arrival, usage: usage() } })
    })
  })
}
