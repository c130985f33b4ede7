import { createNoopMeter } from '@opentelemetry/api'
import { onTestFinished } from 'vitest'
import { accessKeysSchema } from '../../../receivers/access_keys/config.ts'
import { accessKeysReceiver } from '../../../receivers/access_keys/receiver.ts'
import { defaultAccessKey } from '../../../simulator/accounts.ts'
import type { Clock } from '../../../src/clock.ts'
import { type DecodedLogRecord, decodeLogs, decodeMetrics } from '../../../src/otlp/decode.ts'
import { createAuditHub } from '../../../src/pipeline/audit-events.ts'
import type { ReceiverContext } from '../../../src/pipeline/component.ts'
import { noProcessing } from '../../../src/pipeline/outlet.ts'
import { acceptedWhole, type Payload } from '../../../src/pipeline/payload.ts'
import { createDeliveredEvents } from '../../../src/service/delivered-events.ts'
import { createMemoryStore } from '../../../src/storage/memory.ts'
import { createStatusBoard } from '../../../src/telemetry/status-board.ts'
import { createRecordingLog } from '../../fakes/recording-log.ts'

const id = 'alibabacloud_access_keys'

/** A data point with what tells it. */
export interface ArrivedPoint {
  readonly metric: string
  readonly attributes: Record<string, unknown>
  readonly value: number
  readonly startUnixMs: number
}

/**
 * The receiver over a server, without a service around it: the clock, the store, and what is delivered are the test's.
 * Each `start` is another process over the same store.
 */
export function createKeyWorld(endpoint: string, clock: Clock) {
  const store = createMemoryStore()
  const findings: DecodedLogRecord[] = []
  const points: ArrivedPoint[] = []
  let refusal: Error | undefined

  async function deliver(payload: Payload) {
    if (refusal !== undefined) throw refusal
    if (payload.signal === 'logs') {
      const scopes = decodeLogs(payload.bytes).flatMap(({ scopeLogs }) => scopeLogs)
      findings.push(...scopes.flatMap(({ logRecords }) => logRecords))
    } else points.push(...pointsOf(payload))
    return acceptedWhole
  }

  function start(raw: Record<string, unknown> = {}, more: Partial<ReceiverContext> = {}) {
    const log = createRecordingLog()
    const board = createStatusBoard(clock, log)
    const audit = createAuditHub()
    const context: ReceiverContext = {
      id,
      log,
      meter: createNoopMeter(),
      status: board.reporter('receiver', id),
      clock,
      checkpoints: store.scope(id),
      outlets: { logs: [{ processing: noProcessing, deliver }], metrics: [{ processing: noProcessing, deliver }] },
      once: true,
      dryRun: false,
      deadLetterDirectory: '/dev/null/none',
      audit,
      openDelivered: () => createDeliveredEvents(store, clock, log)(id),
      startAt: undefined,
      reportCatchUp: () => {},
      ...more,
    }
    const options = accessKeysSchema.parse({
      endpoint,
      proxy: 'none',
      credentials: {
        type: 'access_key',
        access_key_id: defaultAccessKey.id,
        access_key_secret: defaultAccessKey.secret,
      },
      rate_limit: 100,
      ...raw,
    })
    const stop = new AbortController()
    const abandon = new AbortController()
    const receiver = accessKeysReceiver.create(options, context)
    const loaded = audit.load()
    const ended = loaded
      .then(() => receiver.run({ stop: stop.signal, abandon: abandon.signal }))
      .then(
        () => undefined,
        (error: unknown) => error,
      )
    onTestFinished(async () => {
      stop.abort(new Error('the test is over'))
      abandon.abort(new Error('the test is over'))
      await ended
    })
    const status = () => board.snapshot().find((each) => each.id === id)
    return { loaded, ended, log, audit, status, stop: () => stop.abort(new Error('stopping')) }
  }

  return {
    store,
    findings,
    points,
    start,
    /** Fails deliveries from now on; `undefined`: no more. */
    refuse: (error: Error | undefined) => {
      refusal = error
    },
    /** One pass that must succeed; tells the findings that it brought. */
    async pass(raw: Record<string, unknown> = {}): Promise<DecodedLogRecord[]> {
      const before = findings.length
      const failure = await start(raw).ended
      if (failure !== undefined) throw failure
      return findings.slice(before)
    },
  }
}

export function attributesOf({ attributes }: Pick<DecodedLogRecord, 'attributes'>): Record<string, unknown> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, value]))
}

/** `rule subject` of each finding, sorted. */
export function briefOf(findings: readonly DecodedLogRecord[]): string[] {
  return findings
    .map((finding) => {
      const attributes = attributesOf(finding)
      const key = attributes['alibabacloud.user_identity.access_key.id'] ?? attributes['user.name']
      return [attributes['alibabacloud.finding.rule.id'], key, attributes['client.address']].filter(Boolean).join(' ')
    })
    .sort()
}

function pointsOf(payload: Payload): ArrivedPoint[] {
  return decodeMetrics(payload.bytes).flatMap(({ scopeMetrics }) =>
    scopeMetrics.flatMap(({ metrics }) =>
      metrics.flatMap(({ name, data }) => {
        if (data?.kind !== 'gauge' && data?.kind !== 'sum') return []
        return data.points.map((point) => ({
          metric: name,
          attributes: attributesOf(point),
          value: Number(point.value),
          startUnixMs: Number(point.startTimeUnixNano / 1_000_000n),
        }))
      }),
    ),
  )
}
