import { type EventCriteria, findEvent } from '../../src/alibaba/actiontrail/event-search.ts'
import { type LookupRequest, lookupEvents, lookupRetentionMs } from '../../src/alibaba/actiontrail/lookup-events.ts'
import type { RpcClient } from '../../src/alibaba/rpc/client.ts'
import { RpcError } from '../../src/alibaba/rpc/errors.ts'
import { ReceiverError } from '../../src/errors.ts'
import { isJsonObject, type Json } from '../../src/lossless-json.ts'
import { NANOS_PER_MS } from '../../src/nanoseconds.ts'
import { createAnswerWindow } from '../../src/pipeline/answer-window.ts'
import type { ByteBudget, ByteLease } from '../../src/pipeline/byte-budget.ts'
import type { ReceiverContext, RunSignals } from '../../src/pipeline/component.ts'
import { deliverRecords } from '../../src/pipeline/deliver-records.ts'
import type { DeliveredEvents } from '../../src/pipeline/delivered-events.ts'
import type { Outlet } from '../../src/pipeline/outlet.ts'
import type { OutgoingRecord, RecordEncoder } from '../../src/pipeline/record-encoder.ts'
import { untilSaved } from '../../src/storage/until-saved.ts'
import type { FollowDeps, ReadWindow, WindowSource } from '../../src/windows/follow-windows.ts'
import { firstRepeatable, newestRepeat, type Window, type WindowPosition } from '../../src/windows/next-window.ts'
import { readPages } from '../../src/windows/read-pages.ts'
import type { SeenSet } from '../../src/windows/seen-set.ts'
import type { ActiontrailOptions } from './config.ts'
import { type ConvertedEvent, convertEvent } from './convert.ts'
import { type Cycle, reportCycle, startCycle } from './cycle.ts'

/** What the regions of a receiver share. */
export interface RegionDeps extends FollowDeps, Pick<ReceiverContext, 'audit' | 'reportCatchUp'> {
  readonly options: ActiontrailOptions
  readonly outlets: readonly Outlet[]
  readonly encoder: RecordEncoder
  readonly budget: ByteBudget
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

/** Pages of one region that may wait for their answers. */
const maxPagesInFlight = 4
/** A page's share of the budget until its size is known. */
const expectedPageBytes = 256 * 1024
export const seenPrefix = 'seen/'
const globalGroup = 'global'

/** A region as what is asked for windows of time. */
export function createRegionSource(region: Region, deps: RegionDeps): WindowSource {
  const { clock, log, positions, seen, options } = deps
  let cycle: Cycle | undefined
  /** Since it was caught up, in the cycles before this one. */
  let receivedBefore = 0
  const currentCycle = () => {
    cycle ??= startCycle(clock.now(), region.calls())
    return cycle
  }
  const endCycle = (message: string, { done }: WindowPosition) => {
    reportCycle(log, message, region.name, currentCycle(), done, clock.now(), region.calls())
    cycle = undefined
  }
  return {
    name: region.name,
    retentionMs: lookupRetentionMs,
    now: () => region.client.now(),
    read: (window, signals) => readWindow(region, window, currentCycle(), deps, signals),
    movedTo(position) {
      positions.set(region.name, position)
      const ofRegion = seen.expire(region.name, firstRepeatable(position))
      // Another region may be behind, and has not said yet where it stands.
      if (positions.size < options.regions.length) return ofRegion
      const furthestBehind = Math.min(...[...positions.values()].map(firstRepeatable))
      return [...ofRegion, ...seen.expire(globalGroup, furthestBehind)]
    },
    shortens(error) {
      if (error instanceof RpcError && error.kind === 'timeout') return 'at_once'
      // The pages of a shorter window have other tokens.
      return error instanceof ReceiverError && error.code === 'API_BAD_RESPONSE' ? 'after_pause' : 'no'
    },
    progressed(position, until) {
      const { received, startedAtMs } = currentCycle()
      deps.reportCatchUp(region.name, {
        fromMs: position.start * 1000,
        doneMs: position.done * 1000,
        untilMs: until * 1000,
        records: receivedBefore + received,
      })
      // A region that is far behind, or busier than the quota allows, would say nothing for hours.
      if (position.done >= until || clock.now() - startedAtMs < options.pollIntervalMs) return
      endCycle('Still behind', position)
      receivedBefore += received
    },
    caughtUp(position) {
      endCycle('Caught up', position)
      receivedBefore = 0
    },
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
): Promise<ReadWindow> {
  const { budget, filter } = deps
  const answers = createAnswerWindow()
  const query = { fromMs: window.from * 1000, toMs: window.to * 1000, direction: 'FORWARD', filter } as const
  let pages = 0
  let isLast = false
  let unsaved: ReadWindow['unsaved'] = []
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
      const { fresh, awaited } = newEvents(events, cycle, deps)
      const entries = remember(fresh, window, region, deps)
      if (isLast) unsaved = entries
      const save = isLast ? [] : entries
      const delivering = deliver(fresh, lease, cycle, deps).catch((error) => {
        for (const [key] of entries) deps.seen.forget(key)
        deps.delivered?.release(idsOf(fresh))
        throw error
      })
      // Not behind the pages before: pages of two receivers may wait for each other's events.
      const answered = delivering.then(() => tellAnswered(fresh, awaited, region, deps, abandon))
      answers.add(answered, () => saveAnswered(save, region, deps, abandon))
    }
  } finally {
    // Also behind a page that failed: what was delivered is remembered before the window is read again.
    await answers.settled()
  }
  return { pages, unsaved }
}

/** Holds the ids of new events against what comes from now on; the entries make that durable. */
function remember(
  fresh: readonly ConvertedEvent[],
  window: Window,
  region: Region,
  { seen }: RegionDeps,
): ReadWindow['unsaved'] {
  const groups = [
    [region.name, fresh.filter(({ isGlobal }) => !isGlobal)],
    [globalGroup, fresh.filter(({ isGlobal }) => isGlobal)],
  ] as const
  return groups
    .filter(([, events]) => events.length > 0)
    .map(([group, events]) =>
      seen.add(
        group,
        idsOf(events),
        newestRepeat(
          events.map(({ timeUnixNano }) => timeUnixNano),
          window,
        ),
      ),
    )
}

/** What the rules learnt of a page's events becomes durable, and that they were answered; waits for those that others deliver. */
async function tellAnswered(
  fresh: readonly ConvertedEvent[],
  awaited: readonly string[],
  region: Region,
  deps: RegionDeps,
  abandon: AbortSignal,
): Promise<void> {
  if (fresh.length > 0) {
    await untilSaved(region.name, deps, abandon, async () => {
      await deps.audit.save()
      await deps.delivered?.add(idsOf(fresh))
    })
  }
  await deps.delivered?.settled(awaited)
}

/** The ids of a page become durable, when all of it and of the pages before is answered. */
async function saveAnswered(
  entries: ReadWindow['unsaved'],
  region: Region,
  deps: RegionDeps,
  abandon: AbortSignal,
): Promise<void> {
  if (entries.length === 0) return
  await untilSaved(region.name, deps, abandon, () => deps.checkpoints.save(entries))
}

interface NewEvents {
  readonly fresh: ConvertedEvent[]
  /** Ids of events that another receiver of the service delivers now. */
  readonly awaited: readonly string[]
}

/** Those that were not delivered before, and that the criteria let through which the API does not know of. */
function newEvents(events: readonly Json[], cycle: Cycle, deps: RegionDeps): NewEvents {
  const { options, clock, metrics, seen, delivered, audit, ownCriteria } = deps
  const source = {
    serviceName: options.serviceName,
    body: options.body,
    observedTimeUnixNano: BigInt(Math.round(clock.now())) * NANOS_PER_MS,
    audit,
  }
  const fresh = new Map<string, ConvertedEvent>()
  const awaited: string[] = []
  let duplicates = 0
  let filtered = 0
  for (const event of events) {
    if (ownCriteria !== undefined && isJsonObject(event) && findEvent(event, ownCriteria) === undefined) {
      filtered++
      continue
    }
    const converted = convertEvent(event, source)
    const { eventId } = converted
    const taken = fresh.has(eventId) || seen.has(eventId) ? 'delivered' : (delivered?.take(eventId) ?? 'mine')
    if (taken === 'mine') fresh.set(eventId, converted)
    else duplicates++
    if (taken === 'in_hand') awaited.push(eventId)
  }
  cycle.received += events.length
  cycle.duplicates += duplicates
  metrics.received(events.length)
  metrics.duplicatesDropped(duplicates)
  metrics.filtered(filtered)
  return { fresh: [...fresh.values()], awaited }
}

/** Resolves when every backend has answered for the events and for what was found at them. */
async function deliver(
  fresh: readonly ConvertedEvent[],
  lease: ByteLease,
  cycle: Cycle,
  deps: RegionDeps,
): Promise<void> {
  let records: OutgoingRecord[]
  try {
    records = fresh.flatMap((event) => event.toRecords())
  } catch (error) {
    lease.release()
    throw error
  }
  cycle.sent += records.length
  deps.metrics.malformed(fresh.filter(({ isMalformed }) => isMalformed).length)
  await deliverRecords(records, lease, deps)
}

const idsOf = (events: readonly ConvertedEvent[]) => events.map(({ eventId }) => eventId)
