import type { CloudMonitorBehaviour } from './behaviour.ts'
import { type Curve, curveOf, fraction, mixedInteger, sampleOf } from './load.ts'
import { type PublishedMetric, publishedNamespaces } from './published-metrics.ts'
import type { Resources } from './resources.ts'
import { type Series, SeriesIndex } from './series.ts'

/** A point that there is, or will be. */
export interface ExpectedPoint {
  /** `namespace/metric/name=value,name=value/timestamp`, dimensions sorted by name, the timestamp in milliseconds. */
  readonly uid: string
  readonly namespace: string
  readonly metric: string
  readonly dimensions: Readonly<Record<string, string>>
  readonly timestampMs: number
  /** By statistic; those that are `""` or missing are not among them. */
  readonly values: Readonly<Record<string, number>>
  /** From when on it can be asked for. Infinite while it is held for a number of queries. */
  readonly visibleAtMs: number
}

/** By name, in the order of the metadata; `''` stands for a value that is none. */
export type Statistics = readonly (readonly [name: string, value: number | ''])[]

/** Points that are held back. What is left out matches everything. */
export interface PointRule {
  readonly namespace?: string
  readonly metric?: string
  readonly resourceId?: string
  /** Of the timestamps, milliseconds since the epoch: excluded and included, as windows are. */
  readonly afterMs?: number
  readonly untilMs?: number
  /** For ever: a gap. Until a time; or until the so-manyth query of their metric, counted from now. */
  readonly hold: 'for_ever' | { readonly untilMs: number } | { readonly queries: number }
}

interface ActiveRule extends PointRule {
  queriesLeft: number
  /** When the last of the queries came. */
  releasedAtMs: number
}

/**
 * All points of all resources. None is stored: series, times and values follow from the resources, the seed and the
 * behaviour, and are computed when asked for.
 */
export class Points {
  readonly #behaviour: CloudMonitorBehaviour
  readonly #index: SeriesIndex
  readonly #rules: ActiveRule[] = []

  constructor(resources: Resources, seed: number, behaviour: CloudMonitorBehaviour) {
    this.#behaviour = behaviour
    this.#index = new SeriesIndex(resources, seed)
  }

  series(accountId: string, metric: PublishedMetric): readonly Series[] {
    return this.#index.of(accountId, metric)
  }

  hold(rule: PointRule): void {
    const queriesLeft = typeof rule.hold === 'object' && 'queries' in rule.hold ? rule.hold.queries : 0
    this.#rules.push({ ...rule, queriesLeft, releasedAtMs: Number.POSITIVE_INFINITY })
  }

  /** A query of the metric begins: what was held for it comes nearer. */
  countQuery({ namespace, name }: PublishedMetric, nowMs: number): void {
    for (const rule of this.#rules) {
      if (rule.queriesLeft === 0 || (rule.namespace ?? namespace) !== namespace || (rule.metric ?? name) !== name)
        continue
      if (--rule.queriesLeft === 0) rule.releasedAtMs = nowMs
    }
  }

  /** Whether there is such a point at all, seen or not. */
  exists({ resource, seed }: Series, metric: PublishedMetric, timestampMs: number, periodMs: number): boolean {
    const startMs = this.#startOf(timestampMs, periodMs)
    if (startMs < resource.bornMs || startMs + periodMs > resource.vanishedMs) return false
    const { gapShare } = this.#behaviour
    if (gapShare > 0 && fraction(chanceOf(seed, metric, timestampMs), 1) < gapShare) return false
    return !this.#rules.some((rule) => rule.hold === 'for_ever' && matches(rule, metric, resource.id, timestampMs))
  }

  /** When an existing point can first be asked for, milliseconds since the epoch. Infinite while that depends on queries. */
  visibleAtMs({ resource, seed }: Series, metric: PublishedMetric, timestampMs: number, periodMs: number): number {
    const { lateShare, lateMs } = this.#behaviour
    let visibleAtMs = this.dueMs(metric, timestampMs, periodMs)
    if (lateShare > 0) {
      const chance = chanceOf(seed, metric, timestampMs)
      if (fraction(chance, 2) < lateShare) visibleAtMs += Math.ceil(fraction(chance, 3) * lateMs)
    }
    for (const rule of this.#rules) {
      if (rule.hold === 'for_ever' || !matches(rule, metric, resource.id, timestampMs)) continue
      visibleAtMs = Math.max(visibleAtMs, 'untilMs' in rule.hold ? rule.hold.untilMs : rule.releasedAtMs)
    }
    return visibleAtMs
  }

  /** When a point of this time appears if it is not late. */
  dueMs({ namespace }: PublishedMetric, timestampMs: number, periodMs: number): number {
    const { delayMs } = this.#behaviour
    return this.#startOf(timestampMs, periodMs) + periodMs + (delayMs[namespace] ?? delayMs['*'] ?? 0)
  }

  /** How long after it is due any point of the metric appears at most, as far as can be told now. */
  longestDelayMs({ namespace, name }: PublishedMetric, nowMs: number): number {
    const { lateShare, lateMs } = this.#behaviour
    const held = this.#rules.filter(
      (rule) =>
        rule.hold !== 'for_ever' && (rule.namespace ?? namespace) === namespace && (rule.metric ?? name) === name,
    )
    return Math.max(lateShare > 0 ? lateMs : 0, ...held.map(({ afterMs = 0 }) => nowMs - afterMs))
  }

  /** The statistics of a point as the API gives them. */
  statistics(series: Series, metric: PublishedMetric, timestampMs: number, periodMs: number): Statistics {
    const { emptyStatisticShare, missingStatisticShare, valueUnderOwnName } = this.#behaviour
    const startMs = this.#startOf(timestampMs, periodMs)
    const curve = curveOf(metric, series.seed)
    const aggregate = aggregateOf(curve, series, startMs, periodMs, (metric.periodsSeconds[0] ?? 60) * 1000)
    const ownName = valueUnderOwnName.length > 0 && valueUnderOwnName.includes(`${metric.namespace}/${metric.name}`)
    const found: [string, number | ''][] = []
    for (const [at, statistic] of metric.statistics.entries()) {
      if (emptyStatisticShare > 0 || missingStatisticShare > 0) {
        const chance = mixedInteger(curve.seed + at, timestampMs / 1000)
        if (fraction(chance, 4) < missingStatisticShare) continue
        if (fraction(chance, 5) < emptyStatisticShare) {
          found.push([statistic, ''])
          continue
        }
      }
      found.push([
        ownName && at === 0 ? metric.name : statistic,
        rounded(aggregate[statistic] ?? aggregate.Average, curve),
      ])
    }
    return found
  }

  /** Whether there is such a point with anything in it. */
  hasValue(series: Series, metric: PublishedMetric, timestampMs: number, periodMs: number): boolean {
    if (!this.exists(series, metric, timestampMs, periodMs)) return false
    const { emptyStatisticShare, missingStatisticShare } = this.#behaviour
    if (emptyStatisticShare === 0 && missingStatisticShare === 0) return true
    return this.statistics(series, metric, timestampMs, periodMs).some(isValue)
  }

  /**
   * Every point of a metric with a value and a timestamp in the window, whether it can be seen yet or not: those that a
   * reader must deliver, each once, and there are no others.
   * @param afterMs excluded, as in the API
   * @param untilMs included
   */
  *expected(
    accountId: string,
    metric: PublishedMetric,
    periodMs: number,
    afterMs: number,
    untilMs: number,
  ): Generator<ExpectedPoint> {
    const firstMs = Math.floor(afterMs / periodMs) * periodMs + periodMs
    for (const series of this.series(accountId, metric)) {
      for (let timestampMs = firstMs; timestampMs <= untilMs; timestampMs += periodMs) {
        if (!this.hasValue(series, metric, timestampMs, periodMs)) continue
        const values = Object.fromEntries(this.statistics(series, metric, timestampMs, periodMs).filter(isValue))
        const dimensions = Object.fromEntries(series.dimensions)
        yield {
          uid: pointUid(metric.namespace, metric.name, dimensions, timestampMs),
          namespace: metric.namespace,
          metric: metric.name,
          dimensions,
          timestampMs,
          values,
          visibleAtMs: this.visibleAtMs(series, metric, timestampMs, periodMs),
        }
      }
    }
  }

  #startOf(timestampMs: number, periodMs: number): number {
    return this.#behaviour.timestamps === 'period_start' ? timestampMs : timestampMs - periodMs
  }
}

const isValue = (pair: Statistics[number]): pair is readonly [string, number] => pair[1] !== ''
const chanceOf = (seed: number, { hash }: PublishedMetric, timestampMs: number) =>
  mixedInteger(seed ^ hash, timestampMs / 1000)

/** What tells a point from every other. */
export function pointUid(
  namespace: string,
  metric: string,
  dimensions: Readonly<Record<string, string>>,
  timestampMs: number,
): string {
  const sorted = Object.entries(dimensions).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return `${namespace}/${metric}/${sorted.map((pair) => pair.join('=')).join(',')}/${timestampMs}`
}

/** @throws {RangeError} */
export function publishedMetric(namespace: string, metric: string): PublishedMetric {
  const found = publishedNamespaces.get(namespace)?.metrics.get(metric)
  if (found === undefined) throw new RangeError(`There is no metric ${metric} in ${namespace}`)
  return found
}

function matches(rule: PointRule, { namespace, name }: PublishedMetric, resourceId: string, timestampMs: number) {
  return (
    (rule.namespace ?? namespace) === namespace &&
    (rule.metric ?? name) === name &&
    (rule.resourceId ?? resourceId) === resourceId &&
    timestampMs > (rule.afterMs ?? Number.NEGATIVE_INFINITY) &&
    timestampMs <= (rule.untilMs ?? Number.POSITIVE_INFINITY)
  )
}

type Aggregate = Record<'Average' | 'Minimum' | 'Maximum' | 'Sum' | 'Count', number> &
  Record<string, number | undefined>

/** A longer period is what its shortest ones make together. */
function aggregateOf(curve: Curve, { resource }: Series, startMs: number, periodMs: number, baseMs: number): Aggregate {
  const { fails } = resource
  let sum = 0
  let minimum = Number.POSITIVE_INFINITY
  let maximum = Number.NEGATIVE_INFINITY
  for (let atMs = startMs; atMs < startMs + periodMs; atMs += baseMs) {
    const isFailing = fails !== undefined && atMs % fails.everyMs < fails.forMs
    const sample = sampleOf(curve, atMs, isFailing)
    sum += sample.average
    minimum = Math.min(minimum, sample.minimum)
    maximum = Math.max(maximum, sample.maximum)
  }
  return { Average: (sum * baseMs) / periodMs, Minimum: minimum, Maximum: maximum, Sum: sum, Count: sum }
}

function rounded(value: number, { isWhole }: Curve): number {
  return isWhole ? Math.round(value) : Math.round(value * 1000) / 1000
}
