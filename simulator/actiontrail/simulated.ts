import type { JsonObject } from '../../src/lossless-json.ts'
import type { SimulatorClock } from '../clock.ts'
import type { Ledger } from '../ledger.ts'
import type { UserDirectory } from '../ram/directory.ts'
import { createRandom, derivedSeed } from '../random.ts'
import type { RpcProduct } from '../rpc/call.ts'
import { CallRate } from '../rpc/call-rate.ts'
import type { SlsStore } from '../sls/store.ts'
import { createPaced } from '../traffic/pace.ts'
import type { ShapeName } from './documents.ts'
import { type ActionTrailBehaviour, EventIssuer, type IssuedEvent, type IssueOptions } from './issuer.ts'
import { KeyUsage } from './key-usage.ts'
import { createActionTrail } from './product.ts'
import { AuditStore } from './store.ts'
import type { Trail, TrailSpec } from './trails.ts'

/** How often, beside the usual management events, one of another family happens; needs trails or LookupInsightEvents to be seen. */
const OTHER_FAMILIES = 0.05
const otherShapes: readonly [ShapeName, ...ShapeName[]] = [
  'insight-ip',
  'insight-ip-legacy',
  'oss-data-event-get-object',
  'platform-operation-inner-trail',
]

/** What a program does with the simulated ActionTrail. */
export interface SimulatedActionTrail {
  /** Change its fields to change how calls are answered, and what becomes of events, from now on. */
  readonly behaviour: ActionTrailBehaviour
  readonly trails: readonly Trail[]
  readonly globalEventsRegion: string
  /** 0 when stopped. */
  readonly eventsPerSecond: number
  /** Issues events at this rate until `stop`, in all regions by turns, or changes the rate. */
  start(eventsPerSecond: number): void
  stop(): void
  /**
   * Issues exactly so many management events in a region now, or these documents, whatever they are: JSON text is kept
   * character for character. Global events go to the account's region for them.
   * @throws {RangeError} for a document that is no JSON object; nothing is issued then
   */
  issue(region: string, what: number | readonly (string | JsonObject)[], options?: IssueOptions): IssuedEvent[]
}

export interface ActionTrailParts {
  readonly clock: SimulatorClock
  readonly ledger: Ledger
  readonly seed: number
  readonly regions: readonly [string, ...string[]]
  readonly globalEventsRegion: string
  readonly retentionBytes: number
  readonly trails: readonly TrailSpec[]
  readonly users: UserDirectory
  readonly usersOf: (accountId: string) => UserDirectory
  readonly sls: SlsStore
  readonly behaviour: ActionTrailBehaviour
  readonly report: (error: unknown) => void
}

/** ActionTrail with its store, its traffic and its side of the API. */
export function createSimulatedActionTrail(parts: ActionTrailParts): {
  readonly actiontrail: SimulatedActionTrail
  readonly product: RpcProduct
  readonly usage: KeyUsage
} {
  const { clock, regions, globalEventsRegion, users, behaviour } = parts
  const random = createRandom(derivedSeed(parts.seed, 'actiontrail'))
  const store = new AuditStore(parts.retentionBytes)
  const usage = new KeyUsage()
  const trails = parts.trails.map(
    (spec): Trail => ({
      ...spec,
      startedAtMs: spec.isLogging ? clock.now() : undefined,
      stoppedAtMs: undefined,
      deliveredAtMs: undefined,
    }),
  )
  const issuer = new EventIssuer({
    clock,
    ledger: parts.ledger,
    random,
    store,
    usage,
    users,
    sls: parts.sls,
    trails,
    globalEventsRegion,
    behaviour,
  })
  const product = createActionTrail({
    regions,
    globalEventsRegion,
    store,
    usage,
    trails,
    usersOf: parts.usersOf,
    rate: new CallRate(),
    behaviour,
  })

  let owed = 0
  const pace = createPaced(
    (elapsedMs, perSecond) => {
      owed += (perSecond * elapsedMs) / 1000
      for (; owed >= 1; owed--) {
        const region = random.pick(regions)
        issuer.issue(region, 1)
        if (!random.chance(OTHER_FAMILIES)) continue
        issuer.issue(region, 1, { shapes: [random.pick(otherShapes)] })
      }
    },
    clock,
    parts.report,
  )
  return {
    product,
    usage,
    actiontrail: {
      behaviour,
      trails,
      globalEventsRegion,
      get eventsPerSecond() {
        return pace.perSecond
      },
      start: pace.start,
      stop: pace.stop,
      issue: (...event) => issuer.issue(...event),
    },
  }
}
