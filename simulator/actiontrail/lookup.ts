import { createHash, randomUUID } from 'node:crypto'
import type { JsonObject } from '../../src/lossless-json.ts'
import { effectOf } from '../faults.ts'
import {
  isoSeconds,
  listParameter,
  numberParameter,
  parseIsoSeconds,
  RawJson,
  type RpcAnswer,
  type RpcCall,
} from '../rpc/call.ts'
import { RpcFault } from '../rpc/fault.ts'
import { type AuditEvent, parseDocument } from './audit-event.ts'
import { type EventList, type Position, positionOf } from './store.ts'

const DAY_MS = 86_400_000
const RETENTION_MS = 90 * DAY_MS
const DEFAULT_WINDOW_MS = 7 * DAY_MS
const DEFAULT_PAGE_SIZE = 20
const MAX_PAGE_SIZE = 50
const MAX_FILTERS = 2

/** The values of a document that a filter of this name is compared with. */
type FilterValues = Readonly<Record<string, (document: JsonObject) => readonly string[]>>

type Direction = 'FORWARD' | 'BACKWARD'

interface Window {
  /** Milliseconds since the epoch, both included. */
  readonly startMs: number
  readonly endMs: number
}

interface Query extends Window {
  readonly direction: Direction
  readonly pageSize: number
  readonly matches: (event: AuditEvent) => boolean
  /** Where the page begins: behind this event in the direction of reading; `undefined`: at the window's edge. */
  readonly after: Position | undefined
  /** Of all parameters but the token. */
  readonly fingerprint: string
}

/**
 * LookupEvents and LookupInsightEvents (actiontrail.md 1.5, 1.6). Both ends of the window are included.
 * @throws {RpcFault} InvalidParameterStartTime, InvalidParameterEndTime, InvalidParameterCombination, InvalidQueryParameter
 */
export function lookup(call: RpcCall, list: EventList, filters: FilterValues): RpcAnswer {
  const query = readQuery(call, filters)
  const { events, hasMore } = pageOf(list, query, call.nowMs)
  const sentToken = call.parameters.get('NextToken') || undefined
  const behind = events.at(-1)
  const following = hasMore && behind !== undefined ? writeToken(call, query, positionOf(behind), behind.id) : undefined

  const isEmpty = effectOf(call.effects, 'empty_page') !== undefined
  const repeatsPage = isEmpty || effectOf(call.effects, 'duplicate_page') !== undefined
  const repeatsToken = effectOf(call.effects, 'same_token') !== undefined
  // A token of its own that leads back to where this page begins.
  const again = repeatsPage ? writeToken(call, query, query.after, '') : undefined
  return {
    StartTime: isoSeconds(query.startMs),
    EndTime: isoSeconds(query.endMs),
    NextToken: (repeatsToken ? sentToken : undefined) ?? again ?? following,
    Events: new RawJson(`[${isEmpty ? '' : events.map(({ text }) => text).join(',')}]`),
  }
}

function pageOf(
  list: EventList,
  query: Query,
  nowMs: number,
): { readonly events: readonly AuditEvent[]; readonly hasMore: boolean } {
  const { startMs, endMs, direction, after, pageSize } = query
  const sorted = list.sorted()
  const isForward = direction === 'FORWARD'
  const step = isForward ? 1 : -1
  const first = isForward
    ? list.countUpTo(after ?? [startMs, -1])
    : list.countUpTo(after === undefined ? [endMs, Number.POSITIVE_INFINITY] : [after[0], after[1] - 1]) - 1
  const events: AuditEvent[] = []
  for (let index = first; ; index += step) {
    const event = sorted[index]
    if (event === undefined || event.timeMs < startMs || event.timeMs > endMs) break
    if (event.visibleFromMs > nowMs || !query.matches(event)) continue
    if (events.length === pageSize) return { events, hasMore: true }
    events.push(event)
  }
  return { events, hasMore: false }
}

function readQuery(call: RpcCall, filters: FilterValues): Query {
  const fingerprint = fingerprintOf(call)
  const direction = call.parameters.get('Direction') || 'BACKWARD'
  if (direction !== 'FORWARD' && direction !== 'BACKWARD') throw invalidQuery(`Direction ${direction}`)
  const size = { low: 0, high: MAX_PAGE_SIZE, byDefault: DEFAULT_PAGE_SIZE, code: 'InvalidQueryParameter' }
  const pageSize = numberParameter(call, 'MaxResults', size) || DEFAULT_PAGE_SIZE
  const matches = readFilters(call, filters)
  const token = call.parameters.get('NextToken') ?? ''
  const place = token === '' ? { ...readWindow(call), after: undefined } : readToken(call, token, fingerprint)
  return { ...place, direction, pageSize, matches, fingerprint }
}

function readWindow({ parameters, nowMs }: RpcCall): Window {
  const start = parameters.get('StartTime') ?? ''
  const end = parameters.get('EndTime') ?? ''
  const startMs = start === '' ? nowMs - DEFAULT_WINDOW_MS : parseIsoSeconds(start)
  if (startMs === undefined || startMs < nowMs - RETENTION_MS) {
    throw new RpcFault('InvalidParameterStartTime', 'The specified StartTime is invalid.')
  }
  const endMs = end === '' ? nowMs : parseIsoSeconds(end)
  if (endMs === undefined) throw new RpcFault('InvalidParameterEndTime', 'The specified EndTime is invalid.')
  if (endMs <= startMs) {
    throw new RpcFault('InvalidParameterCombination', 'The end time must be later than the start time.')
  }
  return { startMs, endMs }
}

/** Of more than two filters the first two count, of two with the same key the second. */
function readFilters(call: RpcCall, filters: FilterValues): (event: AuditEvent) => boolean {
  const wanted = new Map<string, string>()
  for (const item of listParameter(call, 'LookupAttribute').slice(0, MAX_FILTERS)) {
    const key = item.get('Key') ?? ''
    const value = item.get('Value') ?? ''
    if (!Object.hasOwn(filters, key)) throw invalidQuery(`LookupAttribute key ${JSON.stringify(key)}`)
    if (value === '') throw invalidQuery(`LookupAttribute value for ${key}`)
    wanted.set(key, value)
  }
  if (wanted.size === 0) return () => true
  return ({ text }) => {
    const document = parseDocument(text)
    return [...wanted].every(([key, value]) => filters[key]?.(document).includes(value))
  }
}

/** Everything that must be the same when a token is used: who asks where, and the parameters of the query. */
function fingerprintOf({ action, accountId, region, parameters }: RpcCall): string {
  const own = [...parameters].filter(([name]) =>
    /^(StartTime|EndTime|MaxResults|Direction|LookupAttribute\..*)$/.test(name),
  )
  const text = JSON.stringify([action, accountId, region, own.toSorted(([a], [b]) => (a < b ? -1 : 1))])
  return createHash('sha256').update(text).digest('hex').slice(0, 16)
}

/** Base64 of JSON, as in the vendor's example, so it has characters that must be percent-encoded. */
function writeToken(call: RpcCall, query: Query, after: Position | undefined, eventId: string): string {
  const token = {
    account: call.accountId,
    eventId,
    logId: `${query.fingerprint}-${randomUUID().slice(0, 8)}`,
    ...(after === undefined ? {} : { time: after[0], sequence: after[1] }),
    window: [query.startMs, query.endMs],
  }
  return Buffer.from(JSON.stringify(token)).toString('base64')
}

function readToken(call: RpcCall, token: string, fingerprint: string): Window & { after: Position | undefined } {
  try {
    const { account, logId, time, sequence, window } = JSON.parse(Buffer.from(token, 'base64').toString('utf8'))
    if (account === call.accountId && String(logId).startsWith(`${fingerprint}-`)) {
      const [startMs, endMs] = window
      return { startMs, endMs, after: time === undefined ? undefined : [time, sequence] }
    }
  } catch {
    // Not one of ours; refused like one of another query.
  }
  throw invalidQuery('NextToken')
}

function invalidQuery(what: string): RpcFault {
  return new RpcFault('InvalidQueryParameter', `The specified query parameter is invalid: ${what}.`)
}
