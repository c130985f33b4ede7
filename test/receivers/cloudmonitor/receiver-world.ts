import { createNoopMeter } from '@opentelemetry/api'
import { onTestFinished } from 'vitest'
import { cloudMonitorSchema } from '../../../receivers/cloudmonitor/config.ts'
import { cloudMonitorReceiver } from '../../../receivers/cloudmonitor/receiver.ts'
import type { Clock } from '../../../src/clock.ts'
import { type DecodedResourceMetrics, decodeMetrics } from '../../../src/otlp/decode.ts'
import { createAuditHub } from '../../../src/pipeline/audit-events.ts'
import type { ReceiverContext } from '../../../src/pipeline/component.ts'
import { noProcessing, type Outlet } from '../../../src/pipeline/outlet.ts'
import { acceptedWhole, type Payload } from '../../../src/pipeline/payload.ts'
import type { CheckpointStore } from '../../../src/storage/checkpoints.ts'
import { createMemoryStore } from '../../../src/storage/memory.ts'
import { createRecordingLog, type RecordingLog } from '../../fakes/recording-log.ts'
import { type FakeCms, startFakeCms } from './fake-cms.ts'

/** A data point as it arrived, with all that tells what it is. */
export interface ArrivedPoint {
  readonly name: string
  readonly unit: string
  readonly kind: string
  readonly resource: Readonly<Record<string, unknown>>
  readonly attributes: Readonly<Record<string, unknown>>
  readonly timeMs: number
  readonly startMs: number
  readonly value: number
}

/** A fake CloudMonitor, a store that outlives receivers, and what arrived; all of it ends with the test. */
export interface ReceiverWorld {
  readonly cms: FakeCms
  readonly store: CheckpointStore
  readonly arrived: ArrivedPoint[]
  readonly log: RecordingLog
  /** Runs a receiver with `--once` at a time. */
  runAt(nowMs: number, settings?: Record<string, unknown>): Promise<void>
  /** A context for a receiver of this world. */
  context(clock: Clock, once: boolean): ReceiverContext
  parse(settings?: Record<string, unknown>): ReturnType<typeof cloudMonitorSchema.parse>
}

const credentials = { type: 'access_key', access_key_id: 'testAccessKeyId', access_key_secret: 'testAccessKeySecret' }

export async function createReceiverWorld(): Promise<ReceiverWorld> {
  const cms = await startFakeCms()
  onTestFinished(async () => {
    await cms.close()
    cms.verify()
  })
  const store = createMemoryStore()
  const arrived: ArrivedPoint[] = []
  const log = createRecordingLog()
  const outlet: Outlet = {
    processing: noProcessing,
    deliver: async (payload) => {
      arrived.push(...pointsOf(payload))
      return acceptedWhole
    },
  }
  const context = (clock: Clock, once: boolean): ReceiverContext => ({
    id: 'alibabacloud_cloudmonitor',
    log,
    meter: createNoopMeter(),
    status: { set: () => {}, details: () => {} },
    clock,
    checkpoints: store.scope('alibabacloud_cloudmonitor'),
    outlets: { logs: [], metrics: [outlet] },
    once,
    dryRun: false,
    startAt: undefined,
    reportCatchUp: () => {},
    deadLetterDirectory: '',
    // This receiver makes no audit events and asks for none.
    audit: createAuditHub(),
    openDelivered: () => Promise.reject(new Error('not asked for')),
  })
  const parse = (settings: Record<string, unknown> = {}) =>
    cloudMonitorSchema.parse({
      regions: ['cn-hangzhou'],
      endpoint: cms.endpoint,
      proxy: 'none',
      ...('accounts' in settings ? {} : { credentials }),
      inventory: 'none',
      ...settings,
    })
  return {
    cms,
    store,
    arrived,
    log,
    context,
    parse,
    async runAt(nowMs, settings) {
      cms.nowMs = nowMs
      const receiver = cloudMonitorReceiver.create(parse(settings), context(clockAt(nowMs), true))
      const never = new AbortController().signal
      await receiver.run({ stop: never, abandon: never })
    },
  }
}

/** Time stands still; waiting takes none, unless it is for ever. */
export function clockAt(nowMs: number): Clock {
  return {
    now: () => nowMs,
    random: () => 0.5,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason)
        // What waits longer than any repetition waits for something that may not come.
        if (ms < 15_000) return resolve()
        signal?.addEventListener('abort', () => reject(signal.reason), { once: true })
      }),
  }
}

export function pointsOf({ bytes }: Pick<Payload, 'bytes'>): ArrivedPoint[] {
  return arrivedPoints(decodeMetrics(bytes))
}

/** All data points of requests, each with its metric and its resource. */
export function arrivedPoints(requests: readonly DecodedResourceMetrics[]): ArrivedPoint[] {
  return requests.flatMap(({ resource, scopeMetrics }) =>
    scopeMetrics.flatMap(({ metrics }) =>
      metrics.flatMap(({ name, unit, data }) => {
        if (data?.kind !== 'gauge' && data?.kind !== 'sum') throw new Error(`${name} is neither a gauge nor a sum`)
        return data.points.map((point) => ({
          name,
          unit,
          kind: data.kind === 'sum' ? `sum ${data.temporality} ${data.monotonic}` : 'gauge',
          resource: record(resource.attributes),
          attributes: record(point.attributes),
          timeMs: Number(point.timeUnixNano / 1_000_000n),
          startMs: Number(point.startTimeUnixNano / 1_000_000n),
          value: Number(point.value),
        }))
      }),
    ),
  )
}

const record = (attributes: readonly { key: string; value: unknown }[]) =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, value]))
