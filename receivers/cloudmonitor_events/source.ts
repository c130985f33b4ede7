import type { RpcClient } from '../../src/alibaba/rpc/client.ts'
import { RpcError } from '../../src/alibaba/rpc/errors.ts'
import type { Json } from '../../src/lossless-json.ts'
import { NANOS_PER_MS } from '../../src/nanoseconds.ts'
import { type AnswerWindow, createAnswerWindow } from '../../src/pipeline/answer-window.ts'
import type { ByteBudget, ByteLease } from '../../src/pipeline/byte-budget.ts'
import { deliverRecords } from '../../src/pipeline/deliver-records.ts'
import type { Outlet } from '../../src/pipeline/outlet.ts'
import type { RecordEncoder } from '../../src/pipeline/record-encoder.ts'
import { untilSaved } from '../../src/storage/until-saved.ts'
import type { FollowDeps, WindowSource } from '../../src/windows/follow-windows.ts'
import { firstRepeatable, newestRepeat, type Window, type WindowPosition } from '../../src/windows/next-window.ts'
import { readPages } from '../../src/windows/read-pages.ts'
import type { SeenSet } from '../../src/windows/seen-set.ts'
import { fetchPage } from './calls.ts'
import type { CloudMonitorEventsOptions, EventList } from './config.ts'
import { type ConvertedEvent, convertEvent } from './convert.ts'

/** What the sources of a receiver share. */
export interface SourceDeps extends FollowDeps {
  readonly options: CloudMonitorEventsOptions
  readonly outlets: readonly Outlet[]
  readonly encoder: RecordEncoder
  readonly budget: ByteBudget
  /** Of all regions, since each endpoint may answer with the events of all. */
  readonly seen: SeenSet
  /** Where each source stands: an event is remembered until the last one that may give it is past it. */
  readonly positions: Map<string, WindowPosition>
}

export const seenPrefix = 'seen/'
/** Pages of one source that may wait for their answers. */
const maxPagesInFlight = 4
/** A page's share of the budget until its size is known. */
const expectedPageBytes = 256 * 1024
/** Alerts are kept for a year; of system events it is not known. */
const retentionMs = 365 * 24 * 3_600_000

/** The system events, or the alerts, that one endpoint tells. */
export function createSource(name: string, list: EventList, client: RpcClient, deps: SourceDeps): WindowSource {
  const { positions, seen, budget, options, metrics, clock, checkpoints } = deps
  const seenIdOf = ({ uid }: ConvertedEvent) => `${list} ${uid}`

  function convertPage(entries: readonly Json[]): ConvertedEvent[] {
    const observedTimeUnixNano = BigInt(Math.round(clock.now())) * NANOS_PER_MS
    return entries.map((entry) => convertEvent(list, entry, observedTimeUnixNano, options))
  }

  /** Delivers what is new of a page. Its ids are saved when all of it is answered; a page that is given up is forgotten. */
  function deliverPage(
    events: readonly ConvertedEvent[],
    window: Window,
    lease: ByteLease,
    answers: AnswerWindow,
    abandon: AbortSignal,
  ): void {
    const fresh = events.filter((event) => !seen.has(seenIdOf(event)))
    // The pages of a list that grows meanwhile overlap, and nothing says that one page holds an event once.
    const found = [...new Map(fresh.map((event) => [event.uid, event])).values()]
    metrics.received(events.length)
    metrics.duplicatesDropped(events.length - found.length)
    metrics.malformed(found.filter(({ isMalformed }) => isMalformed).length)
    const entries =
      found.length === 0
        ? []
        : [
            seen.add(
              list,
              found.map(seenIdOf),
              newestRepeat(
                found.map(({ record }) => record.fields.timeUnixNano),
                window,
              ),
            ),
          ]
    const records = found.map(({ record }) => record)
    const answered = deliverRecords(records, lease, deps).catch((error) => {
      for (const [key] of entries) seen.forget(key)
      throw error
    })
    answers.add(answered, async () => {
      if (entries.length > 0) await untilSaved(name, deps, abandon, () => checkpoints.save(entries))
    })
  }

  return {
    name,
    retentionMs,
    now: () => client.now(),
    /** Fetch, convert, deliver, remember, page by page; further pages are fetched while earlier ones wait for their answers. */
    async read(window, { stop, abandon }) {
      const answers = createAnswerWindow()
      let pages = 0
      try {
        for await (const entries of readPages((token) => fetchPage(client, list, window, token, stop))) {
          pages++
          const events = convertPage(entries)
          await answers.room(maxPagesInFlight)
          const lease = await budget.acquire(expectedPageBytes, stop)
          deliverPage(events, window, lease, answers, abandon)
        }
      } finally {
        // Also behind a page that failed: what was delivered is remembered before the window is read again.
        await answers.settled()
      }
      return { pages, unsaved: [] }
    },
    movedTo(position) {
      positions.set(name, position)
      const sameList = [...positions].filter(([source]) => source.endsWith(`/${list}`))
      // Another region may be behind, and has not said yet where it stands.
      if (sameList.length < options.regions.length) return []
      return seen.expire(list, Math.min(...sameList.map(([, each]) => firstRepeatable(each))))
    },
    shortens: (error) => (error instanceof RpcError && error.kind === 'timeout' ? 'at_once' : 'no'),
  }
}
