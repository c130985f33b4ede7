import type { JsonObject } from '../../src/lossless-json.ts'
import { defaultAccountId } from '../accounts.ts'
import type { SimulatorClock } from '../clock.ts'
import type { Ledger } from '../ledger.ts'
import { createRandom } from '../random.ts'
import { numberParameter, type RpcAction, type RpcCall, type RpcProduct } from '../rpc/call.ts'
import { RpcFault } from '../rpc/fault.ts'
import { createPaced } from '../traffic/pace.ts'
import { type AlertDocument, createAlert, createSystemEvent, type SystemEventDocument } from './event-documents.ts'

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS
/** How far back alerts are given, and how long one question may span (cloudmonitor.md 3.2). */
const ALERT_KEPT_MS = 365 * DAY_MS
const ALERT_SPAN_MS = 15 * DAY_MS
const ALERT_DEFAULT_MS = 15 * MINUTE_MS
const MAX_PAGE_SIZE = 100
/** A simulator left running stays small: the oldest of each kind are forgotten. */
const MAX_KEPT = 100_000
/** One alert for so many system events. */
const ALERTS_SHARE = 0.3

/** Where the reference leaves a choice to the server, or clients must cope with either. May be changed while running. */
export interface CloudMonitorEventBehaviour {
  /** Whether an endpoint answers with the events of its region only. The vendor's probably answer with all (unverified). */
  regional: boolean
  /** Order of a page is documented nowhere. */
  order: 'newest_first' | 'oldest_first'
  /** `data_text`: system events come as JSON inside the text `Data`, as older answers have them (cloudmonitor.md 3.1). */
  form: 'current' | 'data_text'
  /** An event can be asked for this long after it happened, chosen for each between nothing and this. */
  maxLateMs: number
  /** Answered with status 200 and `Success: false`, as this API does. */
  refusal: { readonly code: string; readonly message: string } | undefined
}

export const defaultCloudMonitorEventBehaviour: CloudMonitorEventBehaviour = {
  regional: false,
  order: 'newest_first',
  form: 'current',
  maxLateMs: 0,
  refusal: undefined,
}

export type CloudMonitorEventKind = 'system_event' | 'alert'

export interface CloudMonitorIssueOptions {
  /** When they happened, milliseconds since the epoch; default: now. */
  readonly timeMs?: number
  /** When they can be asked for; default: as `maxLateMs` says. */
  readonly visibleAtMs?: number
  /** Of system events; default: one of the world's. */
  readonly region?: string
}

/** What a program does with the simulated events and alerts of CloudMonitor. */
export interface SimulatedCloudMonitorEvents {
  /** Change its fields to change how calls are answered, and what becomes of events, from now on. */
  readonly behaviour: CloudMonitorEventBehaviour
  /** 0 when stopped. */
  readonly eventsPerSecond: number
  /** Issues events and alerts at this rate until `stop`, or changes the rate. */
  start(eventsPerSecond: number): void
  stop(): void
  /** Issues exactly so many now. Returns their uids, as the ledger has them. */
  issue(kind: CloudMonitorEventKind, count: number, options?: CloudMonitorIssueOptions): string[]
  /** Issues a system event with these fields, such as one that came before with another `Status`. */
  issueSystemEvent(fields: Partial<SystemEventDocument>, options?: CloudMonitorIssueOptions): SystemEventDocument
}

export interface CloudMonitorEventParts {
  readonly clock: SimulatorClock
  readonly ledger: Ledger
  readonly seed: number
  readonly regions: readonly [string, ...string[]]
  readonly behaviour: CloudMonitorEventBehaviour
  readonly report: (error: unknown) => void
}

interface Kept<Document> {
  readonly timeMs: number
  readonly visibleAtMs: number
  readonly document: Document
}

/**
 * System events and the history of alerts, CMS 2019-01-01 (cloudmonitor.md 3).
 *
 * Ledger: service `cms`, source `system_events` or `alerts`; the uid of an event is `Id/Status`, since one may come again
 * with another status, and of an alert its `LogId`.
 */
export function createCloudMonitorEvents(parts: CloudMonitorEventParts): {
  readonly events: SimulatedCloudMonitorEvents
  readonly actions: RpcProduct['actions']
} {
  const { clock, ledger, behaviour, regions } = parts
  const random = createRandom(parts.seed)
  const systemEvents: Kept<SystemEventDocument>[] = []
  const alerts: Kept<AlertDocument>[] = []

  function keep<Document>(list: Kept<Document>[], source: string, uid: string, kept: Kept<Document>): void {
    list.push(kept)
    if (list.length > MAX_KEPT) list.splice(0, MAX_KEPT / 10)
    ledger.record({
      service: 'cms',
      source,
      position: String(kept.timeMs),
      items: 1,
      ids: [uid],
      issuedAtMs: clock.now(),
      origin: 'traffic',
    })
  }

  function timesOf({ timeMs = clock.now(), visibleAtMs }: CloudMonitorIssueOptions) {
    return { timeMs, visibleAtMs: visibleAtMs ?? timeMs + random.integer(0, behaviour.maxLateMs) }
  }

  function issueSystemEvent(fields: Partial<SystemEventDocument>, options: CloudMonitorIssueOptions = {}) {
    const times = timesOf(options)
    const document = {
      ...createSystemEvent(random, times.timeMs, options.region ?? random.pick(regions)),
      ...fields,
    }
    keep(systemEvents, 'system_events', `${document.Id}/${document.Status}`, { ...times, document })
    return document
  }

  function issue(kind: CloudMonitorEventKind, count: number, options: CloudMonitorIssueOptions = {}): string[] {
    return Array.from({ length: count }, () => {
      if (kind === 'system_event') {
        const { Id, Status } = issueSystemEvent({}, options)
        return `${Id}/${Status}`
      }
      const times = timesOf(options)
      const document = createAlert(random, times.timeMs)
      keep(alerts, 'alerts', document.LogId, { ...times, document })
      return document.LogId
    })
  }

  /** The page that a call asks for, of what lies in its window, can be seen and matches. */
  function page<Document>(
    call: RpcCall,
    list: readonly Kept<Document>[],
    window: Span,
    matches: (document: Document) => boolean,
  ): Document[] {
    const number = numberParameter(call, 'PageNumber', { low: 1, high: 99_999_999, byDefault: 1, code: invalid })
    const size = numberParameter(call, 'PageSize', { low: 1, high: MAX_PAGE_SIZE, byDefault: 10, code: invalid })
    // The events are those of one account.
    if (call.accountId !== defaultAccountId) return []
    const sign = behaviour.order === 'newest_first' ? -1 : 1
    return list
      .filter(
        ({ timeMs, visibleAtMs, document }) =>
          visibleAtMs <= call.nowMs && timeMs >= window.fromMs && timeMs <= window.toMs && matches(document),
      )
      .toSorted((a, b) => sign * (a.timeMs - b.timeMs))
      .slice((number - 1) * size, number * size)
      .map(({ document }) => document)
  }

  /** With `Success` in the spelling of the call: text here, a boolean there. */
  const answer =
    (success: (isGood: boolean) => string | boolean, read: (call: RpcCall) => JsonObject): RpcAction =>
    (call) => {
      const { refusal } = behaviour
      if (refusal !== undefined) return { Code: refusal.code, Message: refusal.message, Success: success(false) }
      return { Code: '200', Message: 'success', Success: success(true), ...read(call) }
    }

  let owed = 0
  const pace = createPaced(
    (elapsedMs, perSecond) => {
      owed += (perSecond * elapsedMs) / 1000
      for (; owed >= 1; owed--) issue(random.chance(ALERTS_SHARE) ? 'alert' : 'system_event', 1)
    },
    clock,
    parts.report,
  )

  return {
    events: {
      behaviour,
      get eventsPerSecond() {
        return pace.perSecond
      },
      start: pace.start,
      stop: pace.stop,
      issue,
      issueSystemEvent,
    },
    actions: {
      DescribeSystemEventAttribute: answer(String, (call) => {
        const window = systemEventSpan(call)
        const keywords = (call.parameters.get('SearchKeywords') ?? '').split(/ (?:and|or) /)
        const isAny = / or /.test(call.parameters.get('SearchKeywords') ?? '')
        const found = page(call, systemEvents, window, (event) => {
          const text = JSON.stringify(event)
          const hits = keywords.map((word) => text.includes(word))
          return (
            equals(call, event, ['Product', 'Name', 'Level', 'Status']) &&
            isInGroup(call, event.GroupId) &&
            (isAny ? hits.includes(true) : !hits.includes(false)) &&
            (!behaviour.regional || event.RegionId === call.region)
          )
        })
        const SystemEvent = found.map((event) => ({ ...event }))
        return behaviour.form === 'current' ? { SystemEvents: { SystemEvent } } : { Data: JSON.stringify(SystemEvent) }
      }),
      DescribeAlertLogList: answer(Boolean, (call) => {
        const filters = ['Product', 'Namespace', 'MetricName', 'RuleId', 'RuleName', 'GroupId', 'Level', 'SendStatus']
        return { AlertLogList: page(call, alerts, alertSpan(call), (alert) => equals(call, alert, filters)) }
      }),
    },
  }
}

const invalid = 'ParameterInvalid'

interface Span {
  readonly fromMs: number
  readonly toMs: number
}

/** Each bound may be left out. @throws {RpcFault} */
function systemEventSpan(call: RpcCall): Span {
  const span = { fromMs: timeParameter(call, 'StartTime') ?? 0, toMs: timeParameter(call, 'EndTime') ?? call.nowMs }
  if (span.fromMs > span.toMs) throw new RpcFault(invalid, 'StartTime is later than EndTime.')
  return span
}

/** @throws {RpcFault} for one bound without the other, or bounds too far apart */
function alertSpan(call: RpcCall): Span {
  const fromMs = timeParameter(call, 'StartTime')
  const toMs = timeParameter(call, 'EndTime')
  if ((fromMs === undefined) !== (toMs === undefined)) {
    throw new RpcFault(invalid, 'StartTime and EndTime must be given both or not at all.')
  }
  const span = { fromMs: fromMs ?? call.nowMs - ALERT_DEFAULT_MS, toMs: toMs ?? call.nowMs }
  if (span.fromMs > span.toMs) throw new RpcFault(invalid, 'StartTime is later than EndTime.')
  if (span.toMs - span.fromMs > ALERT_SPAN_MS)
    throw new RpcFault(invalid, 'StartTime and EndTime are more than 15 days apart.')
  return { ...span, fromMs: Math.max(span.fromMs, call.nowMs - ALERT_KEPT_MS) }
}

/** Milliseconds since the epoch. @throws {RpcFault} for anything else, seconds among them */
function timeParameter(call: RpcCall, name: string): number | undefined {
  const text = call.parameters.get(name) ?? ''
  if (text === '') return undefined
  if (!/^\d{13}$/.test(text)) throw new RpcFault(invalid, `${name} must be milliseconds since 1970: ${text}`)
  return Number(text)
}

/** Whether the document has the values of those parameters that are given. */
function equals(call: RpcCall, document: object, names: readonly string[]): boolean {
  const fields = document as Readonly<Record<string, unknown>>
  return names.every((name) => {
    const wanted = call.parameters.get(name) ?? ''
    return wanted === '' || fields[name] === wanted
  })
}

function isInGroup(call: RpcCall, groups: string): boolean {
  const wanted = call.parameters.get('GroupId') ?? ''
  return wanted === '' || groups.split(',').includes(wanted)
}
