import { encodeLogGroup, type SlsLog } from '../../src/alibaba/sls/log-group.ts'
import { createRandom, derivedSeed, type Random } from '../random.ts'
import type { Logstore, SlsStore } from '../sls/store.ts'
import { albAccess, clbAccess } from './access-logs.ts'
import { actiontrailEvent } from './actiontrail-event.ts'
import { app, k8sStdout } from './app-logs.ts'
import { oddBytesPlaceholder, type TrafficKind, type TrafficKindName } from './kind.ts'
import { rdsSqlAudit } from './rds-sql-audit.ts'
import { slsOperation } from './sls-operation.ts'

/** Which kinds a logstore gets; with several, each LogGroup is of one of them. */
export interface TrafficPlan {
  readonly project: string
  readonly logstore: string
  readonly kinds: readonly [TrafficKindName, ...TrafficKindName[]]
  /** Part of the total rate; shares need not add up to anything. */
  readonly share: number
}

const kinds: Readonly<Record<TrafficKindName, TrafficKind>> = {
  'actiontrail-event': actiontrailEvent,
  'alb-access': albAccess,
  app,
  'clb-access': clbAccess,
  'k8s-stdout': k8sStdout,
  'rds-sql-audit': rdsSqlAudit,
  'sls-operation': slsOperation,
}

/** How late records reach SLS after they happened. */
const MAX_DELAY_MS = 3000

const placeholderBytes = Buffer.from(oddBytesPlaceholder, 'utf8')
/** Neither a start nor a continuation of any UTF-8 sequence. */
const oddBytes = Buffer.from([0xff, 0xfe, 0x80])

interface Source {
  readonly plan: TrafficPlan
  readonly random: Random
  /** Records due and not yet issued; a fraction is carried over. */
  owed: number
}

/** Writes believable records into logstores. The same seed and the same calls at the same times write the same bytes. */
export class TrafficGenerator {
  readonly #store: SlsStore
  readonly #now: () => number
  readonly #sources: readonly Source[]

  constructor(store: SlsStore, plans: readonly TrafficPlan[], seed: number, now: () => number) {
    this.#store = store
    this.#now = now
    this.#sources = plans.map((plan) => ({
      plan,
      random: createRandom(derivedSeed(seed, `${plan.project}/${plan.logstore}`)),
      owed: 0,
    }))
  }

  /**
   * Issues exactly `records` records of a planned logstore now, in groups of `recordsPerGroup`, or of varying size.
   * @throws {RangeError} when no traffic is planned for the logstore
   */
  issue(project: string, logstore: string, records: number, recordsPerGroup?: number): void {
    const source = this.#sources.find(({ plan }) => plan.project === project && plan.logstore === logstore)
    if (source === undefined) throw new RangeError(`No traffic is planned for ${project}/${logstore}`)
    this.#issue(source, records, recordsPerGroup)
  }

  /** Issues what a total rate over all planned logstores owes for this time; fractions are owed on. */
  issueFor(elapsedMs: number, recordsPerSecond: number): void {
    const shares = this.#sources.reduce((sum, { plan }) => sum + plan.share, 0)
    for (const source of this.#sources) {
      source.owed += (recordsPerSecond * elapsedMs * source.plan.share) / shares / 1000
      const due = Math.floor(source.owed)
      source.owed -= due
      this.#issue(source, due)
    }
  }

  #issue(source: Source, records: number, recordsPerGroup?: number): void {
    const { plan, random } = source
    const logstore = this.#store.logstore(plan.project, plan.logstore)
    for (let rest = records; rest > 0; ) {
      const size = Math.min(rest, recordsPerGroup ?? groupSize(random))
      this.#issueGroup(logstore, plan, random, size)
      rest -= size
    }
  }

  #issueGroup(logstore: Logstore, plan: TrafficPlan, random: Random, size: number): void {
    const nowMs = this.#now()
    const group = kinds[random.pick(plan.kinds)].group(random)
    const logs: SlsLog[] = []
    const ids: string[] = []
    for (let index = 0; index < size; index++) {
      const timeMs = nowMs - random.integer(0, MAX_DELAY_MS)
      const { contents, timeNs, id } = group.record(timeMs)
      const time = Math.floor(timeMs / 1000)
      logs.push(timeNs === undefined ? { time, contents } : { time, timeNs, contents })
      if (id !== undefined) ids.push(id)
    }
    const { topic, source, tags } = group
    const bytes = withOddBytes(encodeLogGroup({ topic, source, tags, logs }))
    this.#store.append(logstore, this.#store.route(logstore, routeKey(random)), {
      bytes,
      logCount: size,
      ids: ids.length === size ? ids : undefined,
      origin: 'traffic',
      clientAddress: '203.0.113.250',
    })
  }
}

/** From single records to full batches. */
function groupSize(random: Random): number {
  const [low, high] = random.weighted<readonly [number, number]>([
    [[1, 3], 2],
    [[4, 30], 5],
    [[31, 120], 3],
  ])
  return random.integer(low, high)
}

function routeKey(random: Random): bigint {
  return BigInt(`0x${random.hex(32)}`)
}

function withOddBytes(encoded: Uint8Array): Uint8Array {
  const bytes = Buffer.from(encoded.buffer, encoded.byteOffset, encoded.byteLength)
  for (let at = bytes.indexOf(placeholderBytes); at >= 0; at = bytes.indexOf(placeholderBytes, at))
    oddBytes.copy(bytes, at)
  return bytes
}
