/**
 * How many messages a second go through one queue, and how many polls at a time does that take?
 *
 * The simulated SMQ and a backend that discards are processes of their own, the receiver with its pipeline runs here,
 * joined by HTTP over loopback. The time counts from the start of the receiver until the last message is deleted.
 * `--messages=N` (default 20 000).
 */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { defaultAccessKey } from '../simulator/accounts.ts'
import { loadConfig } from '../src/config/load.ts'
import { registry } from '../src/registry.ts'
import { startService } from '../src/service/service.ts'
import type { Log } from '../src/telemetry/log.ts'
import { firstMessage } from './partners/processes.ts'
import { printTable } from './table.ts'

const { values } = parseArgs({ options: { messages: { type: 'string' } } })
const messages = Number(values.messages ?? 20_000)

const silent: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {}, with: () => silent }
const partner = (name: string, ...args: string[]): ChildProcess =>
  fork(fileURLToPath(new URL(`partners/${name}.ts`, import.meta.url)), args)

interface Result {
  readonly perSecond: number
  readonly polls: number
  readonly cpu: number
  readonly redelivered: number
}

async function drain(polls: number | 'auto', processors: string[]): Promise<Result> {
  const queue = partner('queue', String(messages))
  const backend = partner('backend')
  const folder = await mkdtemp(join(tmpdir(), 'alibabacloud-otel-bench-'))
  const [{ url }, { url: backendUrl }] = await Promise.all([
    firstMessage<{ url: string }>(queue),
    firstMessage<{ url: string }>(backend),
  ])
  const tree = {
    extensions: {
      file_storage: { directory: join(folder, 'state') },
      health_check: { endpoint: '127.0.0.1:0' },
    },
    receivers: {
      alibabacloud_smq: {
        endpoint: url,
        queues: ['events'],
        polls,
        proxy: 'none',
        credentials: {
          type: 'access_key',
          access_key_id: defaultAccessKey.id,
          access_key_secret: defaultAccessKey.secret,
        },
      },
    },
    processors: { batch: {} },
    exporters: { otlp_http: { endpoint: backendUrl } },
    service: {
      extensions: ['file_storage', 'health_check'],
      pipelines: { logs: { receivers: ['alibabacloud_smq'], processors, exporters: ['otlp_http'] } },
    },
  }
  const loaded = loadConfig(JSON.stringify(tree), { path: 'bench', env: {}, registry })
  if ('faults' in loaded) throw new Error(JSON.stringify(loaded.faults, undefined, 2))
  const startedAtMs = Date.now()
  const cpuBefore = process.cpuUsage()
  const ended = once(queue, 'message')
  const logger = { log: silent, setLevel: () => {}, addSink: () => () => {} }
  const service = await startService(loaded.config, { once: false, dryRun: false, logger })
  let mostPolls = 0
  const watch = setInterval(async () => {
    const text = await (await fetch(`${service.healthUrl}/metrics`)).text()
    mostPolls = Math.max(mostPolls, Number(/^alibabacloud_receiver_polls\{.*\} (\d+)$/m.exec(text)?.[1] ?? 0))
  }, 200)
  const [{ emptyAtMs, redelivered }] = (await ended) as [{ emptyAtMs: number; redelivered: number }]
  const cpuAfter = process.cpuUsage(cpuBefore)
  clearInterval(watch)
  await service.stop()
  queue.disconnect()
  backend.disconnect()
  await rm(folder, { recursive: true })
  const seconds = (emptyAtMs - startedAtMs) / 1000
  return {
    perSecond: messages / seconds,
    polls: mostPolls,
    cpu: (cpuAfter.user + cpuAfter.system) / 1e6 / seconds,
    redelivered,
  }
}

const rows = [['processors', 'polls', 'polls at most', 'messages/s', 'CPU', 'redelivered']]
for (const processors of [['batch'], []]) {
  for (const polls of [1, 2, 4, 8, 'auto'] as const) {
    const result = await drain(polls, processors)
    rows.push([
      processors.join() || 'none',
      String(polls),
      String(result.polls),
      Math.round(result.perSecond).toLocaleString('en-US'),
      `${result.cpu.toFixed(2)} cores`,
      String(result.redelivered),
    ])
  }
}
printTable(`One queue: ${messages.toLocaleString('en-US')} messages, until the last is deleted`, rows)
