import { formatJson, type JsonObject } from '../../src/lossless-json.ts'
import type { SimulatorClock } from '../clock.ts'
import type { Ledger } from '../ledger.ts'
import type { UserDirectory } from '../ram/directory.ts'
import type { Random } from '../random.ts'
import type { SlsStore } from '../sls/store.ts'
import { type EventFamily, eventIdOf, eventTimeOf, familyOf, isGlobal, parseDocument, textOf } from './audit-event.ts'
import { makeDocument, makeManagementEvent, type Scene, type ShapeName } from './documents.ts'
import type { KeyUsage } from './key-usage.ts'
import type { AuditStore } from './store.ts'
import { deliver, type Trail } from './trails.ts'

/** May be changed while running; holds for what happens from then on. */
export interface ActionTrailBehaviour {
  /** An event can be queried this long after its `eventTime`; the vendor says 600. */
  lateSeconds: number
  /** LookupEvents and LookupInsightEvents, each, of an account in all regions together. `undefined`: no limit. */
  lookupsPerSecond: number | undefined
  /** Whether events also go to the logstores of the trails. Then the ledger has them twice: as ActionTrail's and as SLS's. */
  trailDelivery: boolean
  /** Of the events a trail delivers, the part that comes a second time, 0 to 1. */
  duplicateDelivery: number
}

export const defaultActionTrailBehaviour: ActionTrailBehaviour = {
  lateSeconds: 0,
  lookupsPerSecond: undefined,
  trailDelivery: false,
  duplicateDelivery: 0,
}

/** What the vendor documents (actiontrail.md 1.7). */
export const documentedLookupsPerSecond = 2

export interface IssueOptions {
  /** Default: the account of the world's users. */
  readonly accountId?: string
  /** Made events have times from here (included) to `toMs` (excluded), spread by chance; default: now. Milliseconds since the epoch. */
  readonly fromMs?: number
  readonly toMs?: number
  /** Made events are of these shapes, by turns; default: those of usual management events. */
  readonly shapes?: readonly ShapeName[]
  /** Instead of the behaviour's. */
  readonly lateSeconds?: number
}

export interface IssuedEvent {
  /** Empty where the document has none. */
  readonly id: string
  /** Where it is kept: for a global event the account's region for them. */
  readonly region: string
  readonly family: EventFamily
}

export interface IssuerContext {
  readonly clock: SimulatorClock
  readonly ledger: Ledger
  readonly random: Random
  readonly store: AuditStore
  readonly usage: KeyUsage
  readonly users: UserDirectory
  readonly sls: SlsStore
  readonly trails: readonly Trail[]
  readonly globalEventsRegion: string
  readonly behaviour: ActionTrailBehaviour
}

interface Incoming {
  readonly text: string
  readonly document: JsonObject
}

/** Makes events happen: keeps them where they can be queried, counts the use of keys, feeds the trails, tells the ledger. */
export class EventIssuer {
  readonly #context: IssuerContext
  #nextSequence = 1

  constructor(context: IssuerContext) {
    this.#context = context
  }

  /**
   * Issues so many management events, or these documents: JSON text is kept character for character.
   * @throws {RangeError} for a document that is no JSON object; nothing is issued then
   */
  issue(region: string, what: number | readonly (string | JsonObject)[], options: IssueOptions = {}): IssuedEvent[] {
    const { clock, globalEventsRegion, users, usage } = this.#context
    const nowMs = clock.now()
    const accountId = options.accountId ?? users.accountId
    const lateMs = 1000 * (options.lateSeconds ?? this.#context.behaviour.lateSeconds)
    const incoming = typeof what === 'number' ? this.#make(region, accountId, what, options) : what.map(readIncoming)
    const events = incoming.map(({ text, document }) => {
      const timeMs = eventTimeOf(document) ?? nowMs
      const sequence = this.#nextSequence++
      const event = { id: eventIdOf(document), timeMs, visibleFromMs: timeMs + lateMs, sequence, text }
      const family = familyOf(document)
      const home = family === 'management' && isGlobal(document) ? globalEventsRegion : region
      usage.record(document, timeMs, nowMs)
      return { event, family, region: home, eventRW: textOf(document['eventRW']) }
    })
    for (const { event, family, region: home } of events) {
      // Data events and the vendor's own actions are delivered by trails only.
      if (family === 'management' || family === 'insight') this.#context.store.add(accountId, home, family, event)
    }
    for (const family of ['management', 'insight'] as const) {
      for (const home of new Set(events.map((each) => each.region))) {
        const batch = events.filter((each) => each.family === family && each.region === home)
        const source = `${home}${family === 'insight' ? '/insights' : ''}`
        this.#tellLedger(accountId === users.accountId ? source : `${accountId}/${source}`, batch, nowMs)
      }
    }
    this.#deliver(accountId, events, nowMs)
    return events.map(({ event: { id }, family, region: home }) => ({ id, region: home, family }))
  }

  #make(region: string, accountId: string, count: number, options: IssueOptions): Incoming[] {
    const { clock, random, users, globalEventsRegion } = this.#context
    const fromMs = options.fromMs ?? clock.now()
    const toMs = options.toMs ?? fromMs
    const scene = { random, accountId, region, globalEventsRegion, callers: users.callers(), people: users.people() }
    const times = Array.from({ length: count }, () => fromMs + Math.floor(random.next() * (toMs - fromMs)))
    return times
      .toSorted((a, b) => a - b)
      .map((timeMs, index) => {
        const now: Scene = { ...scene, timeMs }
        const shape = options.shapes?.[index % options.shapes.length]
        const document = shape === undefined ? makeManagementEvent(now) : makeDocument(shape, now)
        return { text: formatJson(document), document }
      })
  }

  #tellLedger(source: string, batch: readonly { event: { id: string; sequence: number } }[], nowMs: number): void {
    const [first] = batch
    if (first === undefined) return
    const ids = batch.map(({ event }) => event.id)
    this.#context.ledger.record({
      service: 'actiontrail',
      source,
      position: first.event.sequence.toString(),
      items: batch.length,
      ids: ids.includes('') ? undefined : ids,
      issuedAtMs: nowMs,
      origin: 'traffic',
    })
  }

  #deliver(
    accountId: string,
    events: readonly {
      event: { id: string; timeMs: number; text: string }
      family: EventFamily
      eventRW: string
    }[],
    nowMs: number,
  ): void {
    const { behaviour, trails, sls, random } = this.#context
    if (!behaviour.trailDelivery) return
    const onTheWay = events.map(({ event, family, eventRW }) => ({ ...event, family, eventRW }))
    for (const trail of trails) {
      if (!trail.isLogging || trail.accountId !== accountId) continue
      deliver(trail, onTheWay, { sls, random, nowMs, duplicates: behaviour.duplicateDelivery })
    }
  }
}

function readIncoming(written: string | JsonObject): Incoming {
  if (typeof written !== 'string') return { text: formatJson(written), document: written }
  return { text: written, document: parseDocument(written) }
}
