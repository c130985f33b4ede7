import { isJsonObject, type Json } from '../../lossless-json.ts'
import { NANOS_PER_MS } from '../../nanoseconds.ts'
import type { RpcClient } from '../rpc/client.ts'
import { RpcError } from '../rpc/errors.ts'
import { isAtOrBehind } from '../sls/cursor.ts'
import { decodeLogGroupList, type SlsLog } from '../sls/log-group.ts'
import type { SlsClient } from '../sls/types.ts'
import { parseEventText } from './event.ts'
import { type EventCriteria, type FoundEvent, findEvent, serverFilter, windowsBackwards } from './event-search.ts'
import { lookupEvents } from './lookup-events.ts'

/** A search in recorded events. `fromMs`, `toMs`: range of event times, milliseconds since the epoch. */
export interface EventSearch {
  readonly fromMs: number
  readonly toMs: number
  readonly criteria: EventCriteria
}

/** How far a search is. `done`: 0 to 1. */
export type SearchProgress = (done: number, eventsSeen: number) => void

const DAY_MS = 24 * 60 * 60 * 1000
/** What every revision of the API's documentation allows. */
const longestWindowMs = 30 * DAY_MS
/** A window that is not answered in time is asked for in halves, down to this. */
const shortestWindowMs = 60_000
/** A trail delivers an event to the logstore later than it happened. */
const deliveryDelayMs = 60 * 60 * 1000
const groupsPerPage = 1000

/**
 * The events of one region by ActionTrail's own API, newest first.
 * @throws {RpcError} for what repeating does not cure, or the signal's reason
 */
export async function* searchRegion(
  client: Pick<RpcClient, 'call'>,
  { fromMs, toMs, criteria }: EventSearch,
  progress: SearchProgress,
  signal: AbortSignal,
): AsyncGenerator<FoundEvent> {
  const filter = serverFilter(criteria)
  const windows = windowsBackwards(fromMs, toMs, longestWindowMs).reverse()
  let eventsSeen = 0
  for (let window = windows.pop(); window !== undefined; window = windows.pop()) {
    let nextToken: string | undefined
    const tokens = new Set<string>()
    try {
      do {
        const page = await lookupEvents(client, { ...window, direction: 'BACKWARD', filter, nextToken }, signal)
        eventsSeen += page.events.length
        yield* matching(page.events, criteria)
        nextToken = page.nextToken
        if (nextToken !== undefined && tokens.has(nextToken)) {
          // Following it would never end, and ending here would pass for all there is.
          throw new RpcError('bad_response', `The same NextToken came twice in one query: "${nextToken}"`)
        }
        if (nextToken !== undefined) tokens.add(nextToken)
        progress((toMs - window.toMs) / (toMs - fromMs), eventsSeen)
      } while (nextToken !== undefined)
    } catch (error) {
      const { fromMs: start, toMs: end } = window
      if (!(error instanceof RpcError) || error.kind !== 'timeout' || end - start < shortestWindowMs) throw error
      const middle = start + Math.floor((end - start) / 2)
      windows.push({ fromMs: start, toMs: middle }, { fromMs: middle, toMs: end })
      continue
    }
    progress((toMs - window.fromMs) / (toMs - fromMs), eventsSeen)
  }
}

/**
 * The events that a trail delivered to a logstore, one shard after the other, each oldest first.
 * @throws {SlsError} for what repeating does not cure, or the signal's reason
 */
export async function* searchLogstore(
  client: SlsClient,
  logstore: string,
  { fromMs, toMs, criteria }: EventSearch,
  progress: SearchProgress,
  signal: AbortSignal,
): AsyncGenerator<FoundEvent> {
  const shards = await client.listShards(logstore, signal)
  const lastReceivedS = Math.ceil((toMs + deliveryDelayMs) / 1000)
  let eventsSeen = 0
  for (const [index, { shardId }] of shards.entries()) {
    const end = await client.getCursor(logstore, shardId, 'end', signal)
    let cursor = await client.getCursor(logstore, shardId, Math.floor(fromMs / 1000), signal)
    while (!isAtOrBehind(end, cursor)) {
      const page = await client.pullLogs({ logstore, shardId, cursor, count: groupsPerPage, query: '' }, signal)
      const logs = decodeLogGroupList(page.bytes).flatMap((group) => group.logs)
      eventsSeen += logs.length
      for (const found of matching(logs.map(eventOf), criteria)) {
        const timeMs = Number(found.record.timeUnixNano / NANOS_PER_MS)
        if (timeMs >= fromMs && timeMs <= toMs) yield found
      }
      if (page.nextCursor === cursor) break
      cursor = page.nextCursor
      const { cursorTime } = page
      if (cursorTime !== undefined) {
        const share = Math.min(1, Math.max(0, (cursorTime * 1000 - fromMs) / (toMs - fromMs)))
        progress((index + share) / shards.length, eventsSeen)
        if (cursorTime > lastReceivedS) break
      }
    }
    progress((index + 1) / shards.length, eventsSeen)
  }
}

function* matching(events: readonly Json[], criteria: EventCriteria): Generator<FoundEvent> {
  for (const event of events) {
    const found = isJsonObject(event) ? findEvent(event, criteria) : undefined
    if (found !== undefined) yield found
  }
}

/** A trail puts the whole event as text into one field; a log that has none may be the event itself. */
function eventOf({ contents }: SlsLog): Json {
  const text = contents.find(([key]) => key === 'event')?.[1]
  if (text === undefined) return Object.fromEntries(contents)
  const parsed = parseEventText(text)
  return parsed.status === 'event' ? parsed.event : text
}
