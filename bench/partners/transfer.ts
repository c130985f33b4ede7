import { type ChildProcess, execFileSync, fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { CloudRequest } from './cloud.ts'
import { firstMessage, readUsage, top } from './processes.ts'
import { type ReceiverSettings, receiverConfig } from './receiver-config.ts'

/** How one logstore was moved to a backend. Times and CPU are of the steady part: the last three quarters of the records. */
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
  /** Puts all the records into one of the logstores that are empty. */
  fill(logstore: string): void
  /** Resolves when the members of the group `bench` are so many, and share the shards evenly. */
  sharedBy(members: number, logstore: string): Promise<void>
  close(): void
}

/** Builds the receiver as it is installed. */
export function buildReceiver(): void {
  const tsc = join(top, 'node_modules/typescript/bin/tsc')
  execFileSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], { cwd: top })
}

/** @param emptyLogstores how many there are, `empty-0` and so on, beside `slb-access`, which has the records */
export async function startSource(records: number, emptyLogstores = 0): Promise<Source> {
  const cloud = fork(new URL('cloud.ts', import.meta.url), [String(records), String(emptyLogstores)])
  const { url: endpoint, rawBytes } = await firstMessage<{ url: string; rawBytes: number }>(cloud)
  const ask = (request: CloudRequest) => void cloud.send(request)
  return {
    endpoint,
    records,
    rawBytes,
    fill: (logstore) => ask({ fill: logstore }),
    async sharedBy(members, logstore) {
      for (;;) {
        const answer = firstMessage<{ members: number }>(cloud)
        ask({ membersOf: logstore })
        if ((await answer).members === members) return
        await delay(100)
      }
    },
    close: () => cloud.disconnect(),
  }
}

export interface TransferSettings extends Pick<ReceiverSettings, 'compression' | 'workers'> {
  /** Members of the consumer group `bench`, which share an empty logstore; it is filled when they do. Absent: no group. */
  readonly members?: { readonly count: number; readonly logstore: string }
  /** All receivers have this one core, and it alone; needs `taskset`. */
  readonly core?: number
}

/**
 * Moves everything once: the source, each of the receivers, and a backend that discards are processes of their own, joined
 * by HTTP over loopback.
 */
export async function transfer(source: Source, { members, core, ...settings }: TransferSettings): Promise<Transfer> {
  const { count, logstore } = members ?? { count: 1, logstore: 'slb-access' }
  const folder = await mkdtemp(join(tmpdir(), 'alibabacloud-otel-bench-'))
  const backend = fork(new URL('backend.ts', import.meta.url))
  const { url: backendUrl } = await firstMessage<{ url: string }>(backend)
  const startedAtMs = Date.now()
  const receivers = await Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const config = join(folder, `config-${index}.yaml`)
      const ofReceiver = { endpoint: source.endpoint, backendUrl, folder: join(folder, String(index)) }
      const group = members === undefined ? {} : { consumerGroup: 'bench' }
      const tree = receiverConfig({ ...settings, ...ofReceiver, ...group, logstores: [logstore] })
      await writeFile(config, JSON.stringify(tree))
      const command = [process.execPath, join(top, 'dist/src/cli/main.js'), 'run', '--config', config]
      // It becomes the receiver itself, so the process id is the receiver's.
      const [program = '', ...args] = core === undefined ? command : ['taskset', '-c', String(core), ...command]
      return spawn(program, args, { stdio: ['ignore', 'ignore', 'inherit'] })
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
    const died = Promise.race(receivers.map((receiver) => once(receiver, 'exit'))).then(([code]) => {
      throw new Error(`A receiver ended with ${code}`)
    })
    const arrived = Promise.race([allArrived(backend, source.records, usage), died])
    arrived.catch(() => {})
    if (members !== undefined) {
      await Promise.race([source.sharedBy(count, logstore), died])
      source.fill(logstore)
    }
    const { firstAtMs, steady, last } = await arrived
    const records = last.logRecords - steady.logRecords
    return {
      firstMs: firstAtMs - startedAtMs,
      seconds: (last.atMs - steady.atMs) / 1000,
      cpuSeconds: last.usage.cpuSeconds - steady.usage.cpuSeconds,
      records,
      rawBytes: (source.rawBytes * records) / source.records,
      wireBytes: last.wireBytes,
      peakRssBytes: last.usage.peakRssBytes,
    }
  } finally {
    for (const receiver of receivers) receiver.kill('SIGTERM')
    await Promise.all(receivers.map((receiver) => receiver.exitCode ?? once(receiver, 'exit')))
    backend.disconnect()
    await rm(folder, { recursive: true, force: true })
  }
}

interface Arrival {
  readonly logRecords: number
  readonly wireBytes: number
  readonly atMs: number
}

/**
 * Resolves when the backend has counted all records. The steady part begins when a quarter has arrived: by then every
 * thread has compiled what it runs.
 */
function allArrived<Usage>(backend: ChildProcess, records: number, usage: () => Usage) {
  type Moment = Arrival & { readonly usage: Usage }
  return new Promise<{ firstAtMs: number; steady: Moment; last: Moment }>((resolve) => {
    let firstAtMs: number | undefined
    let steady: Moment | undefined
    backend.on('message', (value) => {
      const arrival = value as Arrival
      firstAtMs ??= arrival.atMs
      if (arrival.logRecords >= records / 4) steady ??= { ...arrival, usage: usage() }
      if (steady !== undefined && arrival.logRecords >= records) {
        resolve({ firstAtMs, steady, last: { ...arrival, usage: usage() } })
      }
    })
  })
}
