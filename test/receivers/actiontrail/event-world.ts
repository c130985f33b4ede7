import { createNoopMeter } from '@opentelemetry/api'
import { onTestFinished } from 'vitest'
import { actiontrailSchema } from '../../../receivers/actiontrail/config.ts'
import { actiontrailReceiver } from '../../../receivers/actiontrail/receiver.ts'
import type { Clock } from '../../../src/clock.ts'
import { decodeLogs } from '../../../src/otlp/decode.ts'
import { noAuditEvents } from '../../../src/pipeline/audit-events.ts'
import type { CatchUp } from '../../../src/pipeline/catch-up.ts'
import type { ReceiverContext } from '../../../src/pipeline/component.ts'
import { noProcessing } from '../../../src/pipeline/outlet.ts'
import { acceptedWhole, type Payload } from '../../../src/pipeline/payload.ts'
import { createDeliveredEvents } from '../../../src/service/delivered-events.ts'
import type { CheckpointStore } from '../../../src/storage/checkpoints.ts'
import { createMemoryStore } from '../../../src/storage/memory.ts'
import { createStatusBoard } from '../../../src/telemetry/status-board.ts'
import { type ReceivedCall, type Reply, startScriptedRpcServer } from '../../alibaba/rpc/scripted-server.ts'
import { createRecordingLog } from '../../fakes/recording-log.ts'

export interface TestEvent {
  readonly id: string
  /** Unix seconds. */
  readonly at: number
  /** When it can be asked for, milliseconds since the epoch; default: at once. */
  readonly visibleAtMs?: number
  readonly region?: string
  readonly isGlobal?: boolean
}

const defaultRegion = 'cn-hangzhou'

/**
 * A region server and a receiver over it, without a service around them: the clock, the store and what is delivered are
 * the test's. Windows of the server hold both ends, pages have `pageSize` events, tokens are bound to their query.
 */
export async function createEventWorld(clock: Clock, regions = [defaultRegion], pageSize = 50) {
  const events: TestEvent[] = []
  const lookups: { region: string; from: number; to: number; token: string | undefined; call: ReceivedCall }[] = []
  const interventions: ((region: string, call: ReceivedCall) => Reply | undefined)[] = []
  const endpoint: Record<string, string> = {}

  for (const region of regions) {
    const server = await startScriptedRpcServer()
    endpoint[region] = server.endpoint
    server.answer((call) => {
      for (const intervene of interventions) {
        const reply = intervene(region, call)
        if (reply !== undefined) return reply
      }
      if (call.action === 'GetGlobalEventsStorageRegion')
        return { body: { RequestId: 'R', StorageRegion: defaultRegion } }
      if (call.action === 'LookupEvents') return lookup(region, call)
      return undefined
    })
    onTestFinished(async () => {
      await server.close()
      server.verify()
    })
  }

  function lookup(region: string, call: ReceivedCall): Reply {
    const { StartTime = '', EndTime = '', NextToken, Direction, MaxResults } = call.parameters
    const [from, to] = [Date.parse(StartTime) / 1000, Date.parse(EndTime) / 1000]
    lookups.push({ region, from, to, token: NextToken, call })
    if (Direction !== 'FORWARD' || MaxResults !== '50') throw new Error('not as actiontrail.md advises')
    const found = events
      .filter((event) => (event.region ?? defaultRegion) === region && event.at >= from && event.at <= to)
      .filter(({ visibleAtMs = 0 }) => visibleAtMs <= clock.now())
      .sort((a, b) => a.at - b.at)
    const offset = Number(NextToken?.split('=')[1] ?? 0)
    const page = found.slice(offset, offset + pageSize)
    const isLast = offset + pageSize >= found.length
    return {
      body: {
        RequestId: 'R',
        Events: page.map(documentOf),
        ...(isLast ? {} : { NextToken: `t+/=${offset + pageSize}` }),
      },
    }
  }

  const delivered: string[] = []
  let onDeliver: (uids: string[]) => Promise<void> = async () => {}
  const deliver = async (payload: Payload) => {
    const uids = uidsOf(payload)
    await onDeliver(uids)
    delivered.push(...uids)
    return acceptedWhole
  }

  async function start(
    raw: Record<string, unknown> = {},
    more: Partial<ReceiverContext> = {},
    store = createMemoryStore(),
  ) {
    const log = createRecordingLog()
    const board = createStatusBoard(clock, log)
    const progress: CatchUp[] = []
    const context: ReceiverContext = {
      id: 'alibabacloud_actiontrail',
      log,
      meter: createNoopMeter(),
      status: board.reporter('receiver', 'alibabacloud_actiontrail'),
      clock,
      checkpoints: store.scope('alibabacloud_actiontrail'),
      outlets: { logs: [{ processing: noProcessing, deliver }], metrics: [] },
      once: true,
      dryRun: false,
      deadLetterDirectory: '/dev/null/none',
      audit: noAuditEvents,
      openDelivered: () => createDeliveredEvents(store, clock, log)('alibabacloud_actiontrail'),
      startAt: undefined,
      reportCatchUp: (_source, at) => progress.push(at),
      ...more,
    }
    const options = actiontrailSchema.parse({
      regions,
      endpoint,
      proxy: 'none',
      credentials: { type: 'access_key', access_key_id: 'testAccessKeyId', access_key_secret: 'testAccessKeySecret' },
      rate_limit: 100,
      ...raw,
    })
    const stop = new AbortController()
    const abandon = new AbortController()
    const ended = actiontrailReceiver
      .create(options, context)
      .run({ stop: stop.signal, abandon: abandon.signal })
      .then(
        () => undefined,
        (error: unknown) => error,
      )
    onTestFinished(async () => {
      stop.abort(new Error('the test is over'))
      abandon.abort(new Error('the test is over'))
      await ended
    })
    const status = () => board.snapshot().find(({ id }) => id === 'alibabacloud_actiontrail')
    return {
      ended,
      log,
      progress,
      status,
      store,
      stop: () => stop.abort(new Error('stopping')),
      abandon: () => abandon.abort(new Error('killed')),
    }
  }

  return {
    events,
    lookups,
    delivered,
    /** Asked for each call before the server itself; a reply stands in for the server's. */
    intervene: (how: (region: string, call: ReceivedCall) => Reply | undefined) => void interventions.push(how),
    onDeliver: (how: (uids: string[]) => Promise<void>) => {
      onDeliver = how
    },
    start,
    /** `run --once` to its end; rejects with its failure. */
    async runOnce(raw: Record<string, unknown> = {}, more: Partial<ReceiverContext> = {}, store?: CheckpointStore) {
      const run = await start(raw, more, store)
      const failure = await run.ended
      if (failure !== undefined) throw failure
      return run
    },
  }
}

function documentOf({ id, at, isGlobal }: TestEvent) {
  return {
    eventId: id,
    eventTime: `${new Date(at * 1000).toISOString().slice(0, 19)}Z`,
    eventName: 'DeleteInstance',
    eventRW: 'Write',
    serviceName: 'Ecs',
    eventVersion: '1',
    ...(isGlobal === undefined ? {} : { isGlobal }),
  }
}

function uidsOf(payload: Payload): string[] {
  return decodeLogs(payload.bytes).flatMap(({ scopeLogs }) =>
    scopeLogs.flatMap(({ logRecords }) =>
      logRecords.map(({ attributes }) => String(attributes.find(({ key }) => key === 'log.record.uid')?.value)),
    ),
  )
}
