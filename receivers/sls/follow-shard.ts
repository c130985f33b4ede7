import { isAtOrBehind } from '../../src/alibaba/sls/cursor.ts'
import { SlsError } from '../../src/alibaba/sls/errors.ts'
import type { SlsClient, SlsCursor, SlsPage } from '../../src/alibaba/sls/types.ts'
import { freeBytes } from '../../src/free-bytes.ts'
import { NANOS_PER_MS } from '../../src/nanoseconds.ts'
import { createAnswerWindow } from '../../src/pipeline/answer-window.ts'
import type { ByteBudget, ByteLease } from '../../src/pipeline/byte-budget.ts'
import type { ReceiverContext } from '../../src/pipeline/component.ts'
import type { DeliveredEvents } from '../../src/pipeline/delivered-events.ts'
import type { Outlet } from '../../src/pipeline/outlet.ts'
import type { Payload } from '../../src/pipeline/payload.ts'
import type { ReceiverMetrics } from '../../src/telemetry/data-metrics.ts'
import type { SourceHealth } from '../../src/telemetry/source-health.ts'
import type { SlsOptions } from './config.ts'
import { type AuditParts, createPageConverter, type PageConverter } from './convert.ts'
import { firstPace, idlePauseMs, nextPace } from './pace.ts'
import type { ShardPosition } from './position.ts'

/** Pages of one shard that may wait for their answers. */
const maxPagesInFlight = 8
/** A page is kept near this size, and near a quarter of what may be in flight if that is less. */
const maxTargetPageBytes = 4 * 1024 * 1024
const maxPayloadBytes = 2 * 1024 * 1024
/** Pause after a failure that repeating alone does not cure: a missing right, a logstore that is gone, garbage. */
export const slowRetryMs = 30_000

/** What the shards that one thread reads have in common. */
export interface ShardDeps extends Pick<ReceiverContext, 'log' | 'clock' | 'once' | 'audit'> {
  readonly options: SlsOptions
  readonly client: SlsClient
  readonly converter: PageConverter
  /** What any receiver of the service has delivered, where that is to be left out. */
  readonly delivered: DeliveredEvents | undefined
  readonly outlets: readonly Outlet[]
  readonly budget: ByteBudget
  readonly metrics: ShardMetrics
  readonly health: ShardHealth
}

export type ShardMetrics = Pick<
  ReceiverMetrics,
  'accepted' | 'refused' | 'malformed' | 'filtered' | 'unparsedValues' | 'duplicatesDropped' | 'expired'
>
export type ShardHealth = Pick<SourceHealth, 'behind' | 'failed' | 'progressed' | 'works'>

/** A shard as its loop sees it. */
export interface FollowedShard {
  readonly logstore: string
  readonly shardId: number
  /** True once the shard takes no more writes; may turn so at any time. */
  isClosed(): boolean | Promise<boolean>
  /** Remembers that everything before the position is answered. */
  savePosition(position: ShardPosition): Promise<void>
  /** With `run --once`: where to stop. */
  readonly until: SlsCursor | undefined
}

export type ShardEnd = 'finished' | 'caught_up' | 'stopped'

/**
 * Follows one shard: fetch, convert, deliver, remember. The next page is fetched while earlier ones wait for their
 * answers, and the stored position is the one behind the oldest page that is answered.
 *
 * @returns `finished`: the shard is closed, and all of it is answered; `caught_up`: it is read up to `until`; `stopped`
 * @throws when an exporter was told to stop the process, or unanswered pages were given up at shutdown
 */
export async function followShard(
  shard: FollowedShard,
  from: SlsCursor,
  deps: ShardDeps,
  stop: AbortSignal,
): Promise<ShardEnd> {
  const { options, budget, clock, health } = deps
  const source = sourceName(shard)
  const targetBytes = Math.min(maxTargetPageBytes, options.maxInFlightBytes / 4)
  const answers = createAnswerWindow()
  let end: 'finished' | 'caught_up' | undefined
  let pace = firstPace(targetBytes)
  let emptyPages = 0
  let cursor = from
  let lease: ByteLease | undefined

  health.behind(source)
  try {
    while (end === undefined) {
      await answers.room(maxPagesInFlight)
      // Asked before the fetch: the last write may fall between an empty page and the split that closes the shard.
      const closed = await shard.isClosed()
      lease = await budget.acquire(pace.expectedBytes, stop)

      const page = await fetchPage(shard, cursor, pace.count, deps, stop)
      const converted = convertPage(page, shard, cursor, deps)
      pace = nextPace(pace, page.bytes.length, page.groupCount, targetBytes)
      freeBytes(page.bytes)
      const answered = deliverPage(converted, lease, deps)
      const moved = page.nextCursor !== cursor
      emptyPages = moved ? 0 : emptyPages + 1
      if (moved) {
        health.behind(source)
        answers.add(answered, () => remember(shard, page, deps))
      } else if (answers.size === 0) health.progressed(source, { caughtUp: true })

      lease = undefined
      cursor = page.nextCursor
      if (!moved && closed) end = 'finished'
      else if (shard.until !== undefined && (!moved || isAtOrBehind(shard.until, cursor))) end = 'caught_up'
      else if (!moved)
        await clock.sleep(idlePauseMs(options.pollIntervalMs, emptyPages, clock.now(), clock.random), stop)
    }
  } catch (error) {
    lease?.release()
    if (isGone(error)) end = 'finished'
    else if (!stop.aborted) throw error
  }
  await answers.settled()
  if (end === 'finished') await shard.savePosition({ cursor, finished: true })
  return end ?? 'stopped'
}

/** The next page. Waits out what can be waited out; a position that SLS forgot goes on at the oldest record kept. */
async function fetchPage(
  shard: FollowedShard,
  cursor: SlsCursor,
  count: number,
  deps: ShardDeps,
  stop: AbortSignal,
): Promise<SlsPage> {
  const { logstore, shardId } = shard
  const { client, health, clock, options, once } = deps
  const source = sourceName(shard)
  for (;;) {
    try {
      const page = await client.pullLogs({ logstore, shardId, cursor, count, query: options.query }, stop)
      health.works(source)
      return page
    } catch (error) {
      if (stop.aborted || isGone(error)) throw error
      if (error instanceof SlsError && error.kind === 'invalid_cursor') {
        const oldest = await client.getCursor(logstore, shardId, 'begin', stop)
        if (oldest !== cursor) {
          reportExpired(shard, cursor, oldest, deps)
          return emptyPage(oldest)
        }
      }
      if (once) throw error
      health.failed(source, error)
      await clock.sleep(slowRetryMs, stop)
    }
  }
}

interface ConvertedPage {
  /** For each outlet. */
  readonly payloads: Payload[][]
  readonly auditEventIds: readonly string[]
  readonly awaitedEventIds: readonly string[]
}

/** The page encoded once for each outlet. */
function convertPage(page: SlsPage, shard: FollowedShard, startCursor: SlsCursor, deps: ShardDeps): ConvertedPage {
  const { options, converter, metrics, clock } = deps
  if (page.groupCount === 0) return { payloads: [], auditEventIds: [], awaitedEventIds: [] }
  const source = {
    project: options.project,
    region: options.region,
    logstore: shard.logstore,
    shardId: shard.shardId,
    firstGroupNumber: page.firstGroupNumber,
    startCursor,
  }
  const observedTimeUnixNano = BigInt(clock.now()) * NANOS_PER_MS
  let auditEvents: Pick<ConvertedPage, 'auditEventIds' | 'awaitedEventIds'> = { auditEventIds: [], awaitedEventIds: [] }
  const payloads = deps.outlets.map((outlet, index) => {
    const conversion = converter.convert(page.bytes, source, observedTimeUnixNano, outlet.processing)
    if (index === 0) {
      metrics.malformed(conversion.malformed)
      metrics.unparsedValues(conversion.unparsedValues)
      metrics.duplicatesDropped(conversion.duplicates)
      auditEvents = conversion
    }
    metrics.filtered(conversion.filtered)
    return conversion.payloads
  })
  const { auditEventIds, awaitedEventIds } = auditEvents
  return { payloads, auditEventIds, awaitedEventIds }
}

/**
 * Resolves when every backend behind every outlet has answered, also for what other receivers of the service deliver in our
 * place; the page's bytes count as in flight until then.
 */
async function deliverPage(page: ConvertedPage, lease: ByteLease, deps: ShardDeps): Promise<void> {
  const { payloads, auditEventIds, awaitedEventIds } = page
  const { outlets, metrics, audit, delivered } = deps
  lease.resize(payloads.flat().reduce((sum, payload) => sum + payload.bytes.length, 0))
  // What a filter left out of one pipeline may be in another.
  const items = Math.max(0, ...payloads.map((ofOutlet) => ofOutlet.reduce((sum, { items }) => sum + items, 0)))
  try {
    await Promise.all(outlets.flatMap((outlet, index) => (payloads[index] ?? []).map((each) => outlet.deliver(each))))
    metrics.accepted('logs', items)
    for (const { bytes } of payloads.flat()) freeBytes(bytes)
  } catch (error) {
    // Given up at shutdown, or refused with `on_rejected: stop`. The position stays, so they will be read again.
    metrics.refused('logs', items)
    delivered?.release(auditEventIds)
    throw error
  } finally {
    lease.release()
  }
  if (audit.isActive) await audit.save()
  // Here, and not with the position: pages of two receivers may wait for each other's events.
  if (auditEventIds.length > 0) await delivered?.add(auditEventIds)
  await delivered?.settled(awaitedEventIds)
}

/** Saves that everything up to the end of the page is answered. */
async function remember(
  shard: FollowedShard,
  { nextCursor, cursorTime }: SlsPage,
  { health }: ShardDeps,
): Promise<void> {
  await shard.savePosition({ cursor: nextCursor, finished: false })
  health.progressed(sourceName(shard), {
    caughtUp: false,
    deliveredUpToMs: cursorTime === undefined ? undefined : cursorTime * 1000,
  })
}

export const sourceName = (shard: Pick<FollowedShard, 'logstore' | 'shardId'>) => `${shard.logstore}/${shard.shardId}`

/** The shard expired and left the list: there is nothing more to read. */
export const isGone = (error: unknown) => error instanceof SlsError && error.kind === 'shard_gone'

/** A page that only moves the position. */
const emptyPage = (nextCursor: SlsCursor): SlsPage => ({
  bytes: new Uint8Array(),
  groupCount: 0,
  nextCursor,
  firstGroupNumber: undefined,
  wireBytes: 0,
  cursorTime: undefined,
})

export function reportExpired(
  { logstore, shardId }: Pick<FollowedShard, 'logstore' | 'shardId'>,
  position: SlsCursor,
  oldest: SlsCursor,
  { log, metrics }: Pick<ShardDeps, 'log' | 'metrics'>,
): void {
  metrics.expired()
  log.error('Records expired before they were read; reading goes on at the oldest one kept', {
    code: 'DATA_EXPIRED',
    logstore,
    shard: shardId,
    position,
    oldest,
  })
}

export function createConverter(
  { kind, kinds: ownKinds, body, serviceName }: SlsOptions,
  auditParts: AuditParts,
): PageConverter {
  return createPageConverter({ kind, ownKinds, body, serviceName, maxPayloadBytes }, auditParts)
}
