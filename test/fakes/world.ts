import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { defaultAccessKey } from '../../simulator/accounts.ts'
import { uidOf } from '../../simulator/ledger.ts'
import { type OtlpBackend, startOtlpBackend } from '../../simulator/otlp/backend.ts'
import { createProof, type Proof } from '../../simulator/proof.ts'
import { type Simulator, type SimulatorOptions, startSimulator } from '../../simulator/simulator.ts'
import type { Clock } from '../../src/clock.ts'
import { loadConfig } from '../../src/config/load.ts'
import type { DecodedLogRecord, DecodedResourceLogs } from '../../src/otlp/decode.ts'
import { registry } from '../../src/registry.ts'
import { type Service, startService } from '../../src/service/service.ts'
import { createFastClock } from './fast-clock.ts'
import { createRecordingLog, type RecordingLog } from './recording-log.ts'

/** A record as it arrived, with what tells where it came from. */
export interface ArrivedRecord {
  readonly uid: string
  readonly record: DecodedLogRecord
  readonly resource: Record<string, unknown>
}

/**
 * A simulated cloud, a backend, and a folder for positions, with a proof over what was issued and what arrived. All of it
 * ends with the test.
 */
export interface TestWorld {
  readonly simulator: Simulator
  readonly backend: OtlpBackend
  readonly proof: Proof
  readonly arrived: ArrivedRecord[]
  readonly folder: string
  /** Starts a receiver over this world. Keys of `sls` go into the receiver's block, `exporter` into otlp_http's. */
  start(settings?: ServiceSettings): Promise<TestService>
  /** Resolves when everything issued so far has arrived. */
  drained(): Promise<void>
}

export interface ServiceSettings {
  readonly sls?: Record<string, unknown>
  /** In place of alibabacloud_sls: receivers by id, with their options except for credentials. */
  readonly receivers?: Readonly<Record<string, Record<string, unknown>>>
  readonly exporter?: Record<string, unknown>
  readonly processors?: Record<string, Record<string, unknown>>
  readonly once?: boolean
  readonly dryRun?: boolean
  readonly shutdownGraceMs?: number
  /** Default file_storage in the world's folder, which one service holds at a time. */
  readonly storage?: 'file_storage' | 'memory_storage'
  /** Default: the real time, with waits cut short. */
  readonly clock?: Clock
}

export interface TestService extends Service {
  readonly lines: RecordingLog['lines']
}

/** Waits inside the receiver are this much shorter than in life. */
export const timesFaster = 40

export async function createWorld(options: SimulatorOptions = {}): Promise<TestWorld> {
  const folder = await mkdtemp(join(tmpdir(), 'alibabacloud-otel-test-'))
  const proof = createProof()
  const arrived: ArrivedRecord[] = []
  const watchers = new Set<() => void>()
  const simulator = await startSimulator(options)
  simulator.ledger.onIssued((batch) => {
    for (let index = 0; index < batch.items; index++) proof.issued(batch.source, uidOf(batch, index), batch.issuedAtMs)
  })
  const backend = await startOtlpBackend({
    onLogs: (logs) => {
      for (const each of recordsOf(logs)) {
        arrived.push(each)
        proof.delivered(each.uid, Date.now())
      }
      for (const watcher of watchers) watcher()
    },
  })
  const services: Service[] = []
  onTestFinished(async () => {
    await Promise.all(services.map((service) => service.stop()))
    await simulator.close()
    await backend.close()
    await rm(folder, { recursive: true, force: true })
  })

  return {
    simulator,
    backend,
    proof,
    arrived,
    folder,
    drained: () =>
      new Promise((resolve) => {
        const look = () => {
          if (proof.outstanding() > 0) return
          watchers.delete(look)
          resolve()
        }
        watchers.add(look)
        look()
      }),
    async start(settings = {}) {
      const { sls = {}, exporter = {}, processors = { batch: {} }, once = false, shutdownGraceMs } = settings
      const { storage = 'file_storage', dryRun = false } = settings
      const credentials = {
        type: 'access_key',
        access_key_id: defaultAccessKey.id,
        access_key_secret: defaultAccessKey.secret,
      }
      const receivers = settings.receivers ?? {
        alibabacloud_sls: {
          endpoint: simulator.url,
          region: 'cn-hangzhou',
          project: 'web-prod',
          logstores: ['*'],
          start_at: 'earliest',
          ...sls,
        },
      }
      const tree = {
        extensions: {
          [storage]: storage === 'file_storage' ? { directory: join(folder, 'state') } : {},
          health_check: { endpoint: '127.0.0.1:0' },
        },
        receivers: Object.fromEntries(Object.entries(receivers).map(([id, raw]) => [id, { credentials, ...raw }])),
        processors,
        exporters: { otlp_http: { endpoint: backend.url, ...exporter } },
        service: {
          extensions: [storage, 'health_check'],
          pipelines: {
            logs: { receivers: Object.keys(receivers), processors: Object.keys(processors), exporters: ['otlp_http'] },
          },
        },
      }
      const loaded = loadConfig(JSON.stringify(tree), { path: 'test', env: {}, registry })
      if ('faults' in loaded) throw new Error(JSON.stringify(loaded.faults, null, 2))
      const log = createRecordingLog()
      const service = await startService(loaded.config, {
        once,
        dryRun,
        logger: { log, setLevel: () => {}, addSink: () => () => {} },
        clock: settings.clock ?? createFastClock(timesFaster),
        ...(shutdownGraceMs === undefined ? {} : { shutdownGraceMs }),
      })
      services.push(service)
      return { ...service, lines: log.lines }
    },
  }
}

function* recordsOf(logs: readonly DecodedResourceLogs[]): Generator<ArrivedRecord> {
  for (const { resource, scopeLogs } of logs) {
    const attributes = Object.fromEntries(resource.attributes.map(({ key, value }) => [key, value]))
    for (const { logRecords } of scopeLogs) {
      for (const record of logRecords) {
        const uid = record.attributes.find(({ key }) => key === 'log.record.uid')?.value
        yield { uid: String(uid), record, resource: attributes }
      }
    }
  }
}
