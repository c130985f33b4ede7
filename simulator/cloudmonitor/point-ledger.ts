import type { SimulatorClock } from '../clock.ts'
import type { IssuedBatch, Ledger } from '../ledger.ts'
import { type Points, pointUid, publishedMetric } from './points.ts'
import { type PublishedMetric, publishedNamespaces } from './published-metrics.ts'
import type { Resources } from './resources.ts'

/** What a reader reads, so that its points are counted. */
export interface PointPlan {
  readonly namespace: string
  /** Default: all of the namespace. */
  readonly metrics?: readonly string[]
  /** Default: the shortest of the metric that is a minute or more. */
  readonly periodSeconds?: number
}

const TICK_MS = 1000

interface CountedMetric {
  readonly metric: PublishedMetric
  readonly periodMs: number
  /** The newest timestamp that was counted. */
  countedMs: number
}

interface PointLedgerParts {
  readonly clock: SimulatorClock
  readonly ledger: Ledger
  readonly resources: Resources
  readonly points: Points
  /** Told when counting failed, which ends it. */
  readonly report: (error: unknown) => void
}

/**
 * Puts points into the ledger when they are due (a late one too, though it is seen later): service `cloudmonitor`, source the
 * namespace, a batch for each timestamp, which is its position. The ids are those of `pointUid`, spelled out only when
 * somebody reads them; a listener of the ledger reads them as they were counted, whoever reads later sees gaps made since.
 */
export class PointLedger {
  readonly #parts: PointLedgerParts
  #metrics: readonly CountedMetric[] = []
  #running: AbortController | undefined

  constructor(parts: PointLedgerParts) {
    this.#parts = parts
  }

  /** Counts the points that are due from now on. @throws {RangeError} for a namespace or metric that there is not */
  start(plans: readonly PointPlan[]): void {
    this.stop()
    const { clock, points } = this.#parts
    this.#metrics = plans
      .flatMap((plan) => metricsOf(plan))
      .map(({ metric, periodMs }) => {
        const reachMs = points.dueMs(metric, 0, periodMs)
        return { metric, periodMs, countedMs: Math.floor((clock.now() - reachMs) / periodMs) * periodMs }
      })
    this.#running = new AbortController()
    this.#run(this.#running.signal).catch(this.#parts.report)
  }

  /** What is due by now is counted, nothing after. */
  stop(): void {
    if (this.#running === undefined) return
    this.#running.abort()
    this.#running = undefined
    this.#count()
  }

  /** Counts what is due by now, where counting was started. */
  countDue(): void {
    if (this.#running !== undefined) this.#count()
  }

  async #run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      // Ends with the signal, which is the only way it can reject.
      await this.#parts.clock.sleep(TICK_MS, signal).catch(() => {})
      if (!signal.aborted) this.#count()
    }
  }

  #count(): void {
    const { clock, ledger, points } = this.#parts
    const nowMs = clock.now()
    const due = new Map<string, CountedMetric[]>()
    for (const counted of this.#metrics) {
      const { metric, periodMs } = counted
      while (points.dueMs(metric, counted.countedMs + periodMs, periodMs) <= nowMs) {
        counted.countedMs += periodMs
        const key = `${metric.namespace} ${counted.countedMs}`
        due.set(key, [...(due.get(key) ?? []), counted])
      }
    }
    for (const [key, metrics] of due) {
      const [namespace = '', position = ''] = key.split(' ')
      const timestampMs = Number(position)
      let items = 0
      for (const _ of this.#pointsAt(metrics, timestampMs)) items++
      if (items === 0) continue
      const uids = () => [...this.#pointsAt(metrics, timestampMs)].map((spell) => spell())
      ledger.record(new PointBatch(namespace, position, items, nowMs, uids))
    }
  }

  /** For each point something that spells its uid. */
  *#pointsAt(metrics: readonly CountedMetric[], timestampMs: number): Generator<() => string> {
    const { points, resources } = this.#parts
    const accountIds = new Set(resources.all().map(({ accountId }) => accountId))
    for (const { metric, periodMs } of metrics) {
      for (const accountId of accountIds) {
        for (const series of points.series(accountId, metric)) {
          if (!points.hasValue(series, metric, timestampMs, periodMs)) continue
          yield () => pointUid(metric.namespace, metric.name, Object.fromEntries(series.dimensions), timestampMs)
        }
      }
    }
  }
}

class PointBatch implements IssuedBatch {
  readonly service = 'cloudmonitor'
  readonly origin = 'traffic'
  readonly source: string
  readonly position: string
  readonly items: number
  readonly issuedAtMs: number
  readonly #uids: () => readonly string[]
  #ids: readonly string[] | undefined

  constructor(namespace: string, position: string, items: number, issuedAtMs: number, uids: () => readonly string[]) {
    this.source = namespace
    this.position = position
    this.items = items
    this.issuedAtMs = issuedAtMs
    this.#uids = uids
  }

  get ids(): readonly string[] {
    this.#ids ??= this.#uids()
    return this.#ids
  }
}

function metricsOf({ namespace, metrics, periodSeconds }: PointPlan) {
  const names = metrics ?? [...(publishedNamespaces.get(namespace)?.metrics.keys() ?? [])]
  if (names.length === 0) throw new RangeError(`There is no namespace ${namespace}`)
  return names.map((name) => {
    const metric = publishedMetric(namespace, name)
    return { metric, periodMs: (periodSeconds ?? usualPeriodSeconds(metric)) * 1000 }
  })
}

/** The shortest period of a minute or more. */
export function usualPeriodSeconds({ periodsSeconds }: PublishedMetric): number {
  return periodsSeconds.find((period) => period >= 60) ?? 60
}
