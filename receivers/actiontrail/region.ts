import { type EventCriteria, findEvent } from '../../src/alibaba/actiontrail/event-search.ts'
import { type LookupRequest, lookupEvents } from '../../src/alibaba/actiontrail/lookup-events.ts'
import type { RpcClient } from '../../src/alibaba/rpc/client.ts'
import { RpcError } from '../../src/alibaba/rpc/errors.ts'
import type { StartAt } from '../../src/config/start-at.ts'
import { ReceiverError } from '../../src/errors.ts'
import { isJsonObject, type Json } from '../../src/lossless-json.ts'
import { createAnswerWindow } from '../../src/pipeline/answer-window.ts'
import type { ByteBudget, ByteLease } from '../../src/pipeline/byte-budget.ts'
import type { ReceiverContext, RunSignals } from '../../src/pipeline/component.ts'
import type { DeliveredEvents } from '../../src/pipeline/delivered-events.ts'
import type { Outlet } from '../../src/pipeline/outlet.ts'
import type { RecordEncoder } from '../../src/pipeline/record-encoder.ts'
import type { ReceiverMetrics } from '../../src/telemetry/data-metrics.ts'
import type { SourceHealth } from '../../src/telemetry/source-health.ts'
import {
  adaptedLimit,
  firstRepeatable,
  halvedLimit,
  lastReadable,
  nextWindow,
  positionFrom,
  type Window,
  type WindowPosition,
  withinRetention,
} from '../../src/windows/next-window.ts'
import { readPages } from '../../src/windows/read-pages.ts'
import type { SeenSet } from '../../src/windows/seen-set.ts'
import type { ActiontrailOptions } from './config.ts'
import { type ConvertedEvent, convertEvent } from './convert.ts'
import { type Cycle, reportCycle, startCycle } from './cycle.ts'
import { encodePosition, oldestKept, parsePosition, positionKey, startSecond } from './position.ts'

/** What the regions of a receiver share. */
export interface RegionDeps
  extends Pick<ReceiverContext, 'log' | 'clock' | 'checkpoints' | 'once' | 'audit' | 'reportCatchUp'> {
  readonly options: ActiontrailOptions
  readonly startAt: StartAt
  readonly outlets: readonly Outlet[]
  readonly encoder: RecordEncoder
  readonly budget: ByteBudget
  readonly metrics: ReceiverMetrics
  readonly health: SourceHealth
  /** Of all regions: a global event may be found in more than one. */
  readonly seen: SeenSet
  /** Where each region stands; a global event is remembered until the last one is past it. */
  readonly positions: Map<string, WindowPosition>
  /** With `deduplicate: service`. */
  readonly delivered: DeliveredEvents | undefined
  /** The one criterion that the API is given, and those that are held against what comes back. */
  readonly filter: LookupRequest['filter']
  readonly ownCriteria: EventCriteria | undefined
}

export interface Region {
  readonly name: string
  readonly client: RpcClient
  /** The calls for this region so far, repetitions included. */
  calls(): number
}

/** For the store. */
type Entries = readonly (readonly [key: string, value: string])[]

/** Windows begin at an hour and go up to a day while they are cheap: both lie within every limit of the documentation. */
const windowLimits = { min: 2, max: 24 * 3600 }
const firstLimitSeconds = 3600
/** Pages of one region that may wait for their answers. */
const maxPagesInFlight = 4
/** A page's share of the budget until its size is known. */
const expectedPageBytes = 256 * 1024
/** Pause after a failure that repeating alone does not cure: a missing right, a refused window, garbage. */
const slowRetryMs = 30_000
const saveRetryMs = 2_000
/** With `run --once`, failures in a row that repeating might cure. */
const maxFailuresOnce = 5
const globalGroup = 'global'
const NANOS_PER_MILLISECOND = 1_000_000n
const NANOS_PER_SECOND = 1_000_000_000n

/**
 * Follows one region until it is stopped; with `once`, up to what could be read when it began.
 * @throws when an exporter was told to stop the process; with `once`, also for what repeating does not cure
 */
export async function followRegion(region: Region, deps: RegionDeps, { stop, abandon }: RunSignals): Promise<void> {
  const { options, clock, health, log, once } = deps
  const startedAtMs = clock.now()
  let position: WindowPosition | undefined
  let limitSeconds = firstLimitSeconds
  let failures = 0
  let cycle = startCycle(clock.now(), region.calls())

  /** By the server's clock; with `once`, the time at which this began, by the same clock. */
  const nowMs = () => (once ? startedAtMs + region.client.now() - clock.now() : region.client.now())

  while (!stop.aborted) {
    let window: Window | undefined
    try {
      position = keepWithinRetention(region, position ?? (await firstPosition(region, deps, abandon)), deps)
      deps.positions.set(region.name, position)
      window = nextWindow(position, nowMs(), { ...options, maxSeconds: limitSeconds })
      if (window === undefined) {
        reportCycle(log, region.name, cycle, position.done, clock.now(), region.calls())
        health.progressed(region.name, { caughtUp: true })
        if (once) return
        await clock.sleep(options.pollIntervalMs, stop)
        cycle = startCycle(clock.now(), region.calls())
        continue
      }
      health.behind(region.name)
      const { pages, unsaved } = await readWindow(region, window, cycle, deps, { stop, abandon })
      // The first answer may have shown that our clock is wrong, and the window too young: then it is read again.
      if (lastReadable(nowMs(), options) >= window.to) position = window.after
      await savePosition(region, position, unsaved, deps, abandon)
      limitSeconds = adaptedLimit(limitSeconds, pages, windowLimits)
      failures = 0
      health.progressed(region.name, { caughtUp: false, deliveredUpToMs: position.done * 1000 })
      deps.reportCatchUp(region.name, {
        fromMs: position.start * 1000,
        doneMs: position.done * 1000,
        untilMs: lastReadable(nowMs(), options) * 1000,
        records: cycle.received,
      })
    } catch (error) {
      if (stop.aborted) return
      if (isFatal(error)) throw error
      if (window !== undefined && isTooMuch(error)) {
        const wasShortest = limitSeconds === windowLimits.min
        limitSeconds = halvedLimit(window.to - window.from, windowLimits)
        log.info('The window is asked for in halves', { region: region.name, seconds: limitSeconds, err: error })
        if (!wasShortest && isTimeout(error)) continue
      }
      failures++
      if (once && (!isRetryable(error) || failures >= maxFailuresOnce)) throw error
      health.failed(region.name, error)
      await clock.sleep(slowRetryMs, stop).catch(() => {})
    }
  }
}

/**
 * Reads a window: fetch, convert, deliver, remember, page by page; further pages are fetched while earlier ones wait for
 * their answers.
 *
 * @returns when all are answered: how many pages there were, and the ids of the last one, to be saved with the position
 */
async function readWindow(
  region: Region,
  window: Window,
  cycle: Cycle,
  deps: RegionDeps,
  { stop, abandon }: RunSignals,
): Promise<{ pages: number; unsaved: Entries }> {
  const { budget, filter } = deps
  const answers = createAnswerWindow()
  const query = { fromMs: window.from * 1000, toMs: window.to * 1000, direction: 'FORWARD', filter } as const
  let pages = 0
  let isLast = false
  let unsaved: Entries = []
  const fetchPage = async (token: string | undefined) => {
    const { events, nextToken } = await lookupEvents(region.client, { ...query, nextToken: token }, stop)
    isLast = nextToken === undefined
    return { items: events, nextToken }
  }
  try {
    for await (const events of readPages(fetchPage)) {
      pages++
      await answers.room(maxPagesInFlight)
      const lease = await budget.acquire(expectedPageBytes, stop)
      const fresh = newEvents(events, cycle, deps)
      const entries = remember(fresh, window, region, deps)
      if (isLast) unsaved = entries
      const save = isLast ? [] : entries
      const answered = deliver(fresh, lease, cycle, deps).catch((error) => {
        for (const [key] of entries) deps.seen.forget(key)
        throw error
      })
      answers.add(answered, () => saveAnswered(fresh, save, region, deps, abandon))
    }
  } finally {
    // Also behind a page that failed: what was delivered is remembered before the window is read again.
    await answers.settled()
  }
  return { pages, unsaved }
}

/** Holds the ids of new events against what comes from now on; the entries make that durable. */
function remember(fresh: readonly ConvertedEvent[], window: Window, region: Region, { seen }: RegionDeps): Entries {
  const groups = [
    [region.name, fresh.filter(({ isGlobal }) => !isGlobal)],
    [globalGroup, fresh.filter(({ isGlobal }) => isGlobal)],
  ] as const
  return groups
    .filter(([, events]) => events.length > 0)
    .map(([group, events]) => seen.add(group, idsOf(events), newestSecond(events, window)))
}

/** What a page changed becomes durable, when all of it is answered. */
async function saveAnswered(
  fresh: readonly ConvertedEvent[],
  entries: Entries,
  region: Region,
  deps: RegionDeps,
  abandon: AbortSignal,
): Promise<void> {
  if (fresh.length === 0) return
  await untilSaved(region, deps, abandon, async () => {
    await deps.audit.save()
    await deps.delivered?.add(idsOf(fresh))
    if (entries.length > 0) await deps.checkpoints.save(entries)
  })
}

/** Those that were not delivered before, and that the criteria let through which the API does not know of. */
function newEvents(events: readonly Json[], cycle: Cycle, deps: RegionDeps): ConvertedEvent[] {
  const { options, clock, metrics, seen, delivered, audit, ownCriteria } = deps
  const source = {
    serviceName: options.serviceName,
    body: options.body,
    observedTimeUnixNano: BigInt(Math.round(clock.now())) * NANOS_PER_MILLISECOND,
    audit,
  }
  const fresh = new Map<string, ConvertedEvent>()
  let duplicates = 0
  let filtered = 0
  for (const event of events) {
    if (ownCriteria !== undefined && isJsonObject(event) && findEvent(event, ownCriteria) === undefined) {
      filtered++
      continue
    }
    const converted = convertEvent(event, source)
    const { eventId } = converted
    if (fresh.has(eventId) || seen.has(eventId) || delivered?.has(eventId)) duplicates++
    else fresh.set(eventId, converted)
  }
  cycle.received += events.length
  cycle.duplicates += duplicates
  metrics.received(events.length)
  metrics.duplicatesDropped(duplicates)
  metrics.filtered(filtered)
  return [...fresh.values()]
}

/** Resolves when every backend behind every outlet has answered; the page's bytes count as in flight until then. */
async function deliver(
  fresh: readonly ConvertedEvent[],
  lease: ByteLease,
  cycle: Cycle,
  { outlets, encoder, metrics }: RegionDeps,
): Promise<void> {
  try {
    const records = fresh.flatMap((event) => event.toRecords())
    const encoded = outlets.map(({ processing }) => encoder.encode(records, processing))
    const sizes = encoded.flatMap(({ payloads }) => payloads.map(({ bytes }) => bytes.length))
    lease.resize(sizes.reduce((sum, size) => sum + size, 0))
    cycle.sent += records.length
    metrics.malformed(fresh.filter(({ isMalformed }) => isMalformed).length)
    for (const { filtered } of encoded) metrics.filtered(filtered)
    // What a filter left out of one pipeline may be in another.
    const items = Math.max(0, ...encoded.map(({ payloads }) => payloads.reduce((sum, each) => sum + each.items, 0)))
    const answers = outlets.flatMap((outlet, index) =>
      (encoded[index]?.payloads ?? []).map((payload) => outlet.deliver(payload)),
    )
    await Promise.all(answers).catch((error) => {
      // Given up at shutdown, or refused with `on_rejected: stop`. The position stays, so they will be read again.
      metrics.refused('logs', items)
      throw error
    })
    metrics.accepted('logs', items)
  } finally {
    lease.release()
  }
}

const idsOf = (events: readonly ConvertedEvent[]) => events.map(({ eventId }) => eventId)

/** The last second at which one of the events may come again. One that lies outside its window may lie anywhere in it. */
function newestSecond(events: readonly ConvertedEvent[], { from, to }: Window): number {
  return events.reduce((newest, { timeUnixNano }) => {
    const second = Number(timeUnixNano / NANOS_PER_SECOND)
    return Math.max(newest, second >= from && second <= to ? second : to)
  }, from)
}

// ---------------------------------------------------------------------------------------------------------- positions

/** The stored position; the first time, one where `start_at` says, which is saved before anything is read. */
async function firstPosition(region: Region, deps: RegionDeps, abandon: AbortSignal): Promise<WindowPosition> {
  const { checkpoints, startAt, log } = deps
  const stored = await checkpoints.load(positionKey(region.name))
  if (stored !== undefined) return parsePosition(stored)
  const { second, isCut } = startSecond(startAt, region.client.now())
  if (isCut) {
    log.warn('start_at lies before what ActionTrail keeps; reading starts 90 days back', { region: region.name })
  }
  const position = positionFrom(second)
  await savePosition(region, position, [], deps, abandon)
  return position
}

/** Saves the position with the ids of the page before it, and forgets the ids that cannot come again. */
async function savePosition(
  region: Region,
  position: WindowPosition,
  entries: Entries,
  deps: RegionDeps,
  abandon: AbortSignal,
): Promise<void> {
  const { checkpoints, seen, positions } = deps
  positions.set(region.name, position)
  await untilSaved(region, deps, abandon, async () => {
    await checkpoints.save([...entries, [positionKey(region.name), encodePosition(position)]])
    const furthestBehind = Math.min(...[...positions.values()].map(firstRepeatable))
    const expired = [
      ...seen.expire(region.name, firstRepeatable(position)),
      ...seen.expire(globalGroup, furthestBehind),
    ]
    if (expired.length > 0) await checkpoints.remove(expired)
  })
}

/** A store that fails holds the position back, not the process. */
async function untilSaved(
  region: Region,
  { health, clock }: RegionDeps,
  abandon: AbortSignal,
  save: () => Promise<void>,
): Promise<void> {
  for (;;) {
    try {
      return await save()
    } catch (error) {
      health.failed(region.name, error)
      await clock.sleep(saveRetryMs, abandon)
    }
  }
}

function keepWithinRetention(
  { name, client }: Region,
  position: WindowPosition,
  { log, metrics }: RegionDeps,
): WindowPosition {
  const kept = withinRetention(position, oldestKept(client.now()))
  if (kept.lostSeconds > 0) {
    metrics.expired()
    log.error('Events expired before they were read; reading goes on at the oldest ones kept', {
      code: 'DATA_EXPIRED',
      region: name,
      lostSeconds: kept.lostSeconds,
    })
  }
  return kept.position
}

// ------------------------------------------------------------------------------------------------------------ failures

/** An exporter was told to stop the process. */
export const isFatal = (error: unknown) => error instanceof ReceiverError && error.code === 'EXPORT_REJECTED'

const isTimeout = (error: unknown) => error instanceof RpcError && error.kind === 'timeout'

/** A shorter window may do: it takes less time, and its pages have other tokens. */
const isTooMuch = (error: unknown) =>
  isTimeout(error) || (error instanceof ReceiverError && error.code === 'API_BAD_RESPONSE')

const isRetryable = (error: unknown) => error instanceof ReceiverError && error.retryable
