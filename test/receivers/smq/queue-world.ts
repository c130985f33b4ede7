import { createNoopMeter } from '@opentelemetry/api'
import { onTestFinished } from 'vitest'
import { smqSchema } from '../../../receivers/smq/config.ts'
import { smqReceiver } from '../../../receivers/smq/receiver.ts'
import { defaultAccessKey } from '../../../simulator/accounts.ts'
import { type Simulator, type SimulatorOptions, startSimulator } from '../../../simulator/simulator.ts'
import type { Queue } from '../../../simulator/smq/queue.ts'
import type { QueueSpec } from '../../../simulator/smq/store.ts'
import type { Clock } from '../../../src/clock.ts'
import { decodeLogs } from '../../../src/otlp/decode.ts'
import { noAuditEvents } from '../../../src/pipeline/audit-events.ts'
import type { ReceiverContext } from '../../../src/pipeline/component.ts'
import { noProcessing } from '../../../src/pipeline/outlet.ts'
import { acceptedWhole, type Payload } from '../../../src/pipeline/payload.ts'
import type { CheckpointStore } from '../../../src/storage/checkpoints.ts'
import { createMemoryStore } from '../../../src/storage/memory.ts'
import { createStatusBoard } from '../../../src/telemetry/status-board.ts'
import { createFastClock } from '../../fakes/fast-clock.ts'
import { createRecordingLog, type RecordingLog } from '../../fakes/recording-log.ts'

const id = 'alibabacloud_smq'
/** Waits inside the receiver are this much shorter than in life. */
const timesFaster = 40

export interface RunSettings {
  /** Keys of the receiver's block. */
  readonly options?: Record<string, unknown>
  readonly context?: Partial<ReceiverContext>
  readonly store?: CheckpointStore
}

export interface RunningReceiver {
  /** With what it failed, if it did. */
  readonly ended: Promise<unknown>
  readonly lines: RecordingLog['lines']
  status(): { state: string; message?: string | undefined } | undefined
  /** As SIGTERM. */
  stop(): void
  /** As the end of the time for that: what is unanswered is given up. */
  abandon(): void
}

/** Simulated queues, and a backend that answers when a test lets it. Ends with the test. */
export interface QueueWorld {
  readonly simulator: Simulator
  readonly queue: Queue
  readonly store: CheckpointStore
  /** `log.record.uid` of every record that was answered, in order. */
  readonly delivered: string[]
  /** Records that were deleted before they were answered: must stay empty. */
  readonly deletedTooEarly: string[]
  /** What the backend does with records before it answers. */
  answer: (uids: string[]) => Promise<void>
  /** Resolves when the queues hold nothing, not even hidden. */
  empty(...queues: string[]): boolean
  start(settings?: RunSettings): RunningReceiver
}

/** @param clock of simulator and receiver; default: the real one, on which the receiver waits less */
export async function createQueueWorld(
  options: Partial<SimulatorOptions> & { queues?: QueueSpec[] } = {},
  clock?: Clock,
): Promise<QueueWorld> {
  const { queues = [{ name: 'q' }], ...simulatorOptions } = options
  const simulator = await startSimulator({
    world: { projects: [], traffic: [], queues },
    ...(clock === undefined ? {} : { clock }),
    ...simulatorOptions,
  })
  const store = createMemoryStore()
  const delivered: string[] = []
  const deletedTooEarly: string[] = []
  simulator.smq.store.onDeleted(({ uids }) => {
    deletedTooEarly.push(...uids.filter((uid) => !delivered.includes(uid)))
  })
  onTestFinished(() => simulator.close())

  const world: QueueWorld = {
    simulator,
    get queue() {
      return simulator.smq.store.queue(queues[0]?.name ?? 'q')
    },
    store,
    delivered,
    deletedTooEarly,
    answer: async () => {},
    empty: (...names) =>
      (names.length === 0 ? simulator.smq.store.queues().map(({ name }) => name) : names).every((name) => {
        const { active, inactive, delayed } = simulator.smq.store.queue(name).counts()
        return active + inactive + delayed === 0
      }),
    start({ options: raw = {}, context = {}, store: ownStore = store } = {}) {
      const log = createRecordingLog()
      const runClock = clock ?? createFastClock(timesFaster)
      const board = createStatusBoard(runClock, log)
      const stop = new AbortController()
      const abandon = new AbortController()
      const deliver = async (payload: Payload) => {
        const uids = uidsOf(payload)
        const givenUp = new Promise<never>((_, reject) =>
          abandon.signal.addEventListener('abort', () => reject(abandon.signal.reason)),
        )
        await Promise.race([world.answer(uids), givenUp])
        delivered.push(...uids)
        return acceptedWhole
      }
      const whole: ReceiverContext = {
        id,
        log,
        meter: createNoopMeter(),
        status: board.reporter('receiver', id),
        clock: runClock,
        checkpoints: ownStore.scope(id),
        outlets: { logs: [{ processing: noProcessing, deliver }], metrics: [] },
        once: false,
        dryRun: false,
        deadLetterDirectory: '/dev/null/none',
        audit: noAuditEvents,
        openDelivered: () => Promise.reject(new Error('not used')),
        startAt: undefined,
        reportCatchUp: () => {},
        ...context,
      }
      const parsed = smqSchema.parse({
        endpoint: simulator.url,
        queues: ['*'],
        region: 'cn-hangzhou',
        wait: '1s',
        proxy: 'none',
        credentials: {
          type: 'access_key',
          access_key_id: defaultAccessKey.id,
          access_key_secret: defaultAccessKey.secret,
        },
        ...raw,
      })
      const ended = smqReceiver
        .create(parsed, whole)
        .run({ stop: stop.signal, abandon: abandon.signal })
        .then(
          () => undefined,
          (error: unknown) => error,
        )
      const running: RunningReceiver = {
        ended,
        lines: log.lines,
        status: () => board.snapshot().find((component) => component.id === id),
        stop: () => stop.abort(new Error('stopping')),
        abandon: () => {
          stop.abort(new Error('stopping'))
          abandon.abort(new Error('the time is over'))
        },
      }
      onTestFinished(async () => {
        running.abandon()
        await ended
      })
      return running
    },
  }
  return world
}

function uidsOf(payload: Payload): string[] {
  return decodeLogs(payload.bytes).flatMap(({ scopeLogs }) =>
    scopeLogs.flatMap(({ logRecords }) =>
      logRecords.map(({ attributes }) => String(attributes.find(({ key }) => key === 'log.record.uid')?.value)),
    ),
  )
}
