import type { MetricMeta } from '../../src/alibaba/cms/client.ts'
import { createNameMatcher, isPlainName } from '../../src/name-patterns.ts'
import {
  type Catalogue,
  type CatalogueMetric,
  type CatalogueNamespace,
  type MetricKind,
  unknownNamespace,
} from './catalogue/catalogue.ts'
import { toUcum } from './catalogue/units.ts'

/** What a configuration asks for: an entry of `namespaces`, or a part of a preset. */
export interface MetricRequest {
  /** Name or glob. */
  readonly namespace: string
  /** Names and globs; `!` excludes. */
  readonly metrics: readonly string[]
  /** Absent: a minute, or what the metric has if that is longer. */
  readonly periodSeconds?: number | undefined
  /** Absent: what is known of the namespace. */
  readonly delayMs?: number | undefined
  /** Keys of a point that are exported; empty: all. */
  readonly statistics?: readonly string[]
  /** A name that the metadata API does not list is asked for all the same: the user knows it. */
  readonly trustsNames: boolean
}

/** One metric that is asked for by itself: the unit of calls, of windows and of positions. */
export interface MetricQuery {
  readonly namespace: CatalogueNamespace
  readonly metric: CatalogueMetric
  readonly periodSeconds: number
  readonly delayMs: number
  readonly statistics: readonly string[]
  /** Another query asks for the same metric in another period, so points must tell theirs. */
  readonly isPeriodShown: boolean
}

export interface Selection {
  readonly queries: MetricQuery[]
  /** Requests that match no metric. */
  readonly unmatched: MetricRequest[]
}

const MINUTE_SECONDS = 60
/** How late points are, where the vendor tells of more than a few minutes (cloudmonitor.md 1.10). */
const lateNamespacesMs: Readonly<Record<string, number>> = {
  acs_oss_dashboard: 3 * 3_600_000,
  acs_rds_dashboard: 360_000,
}

/** The metrics that match, each once, in the order of their names. */
export function selectQueries(requests: readonly MetricRequest[], catalogue: Catalogue, delayMs: number): Selection {
  const queries = new Map<string, MetricQuery>()
  const unmatched: MetricRequest[] = []
  for (const request of requests) {
    const found = namespacesOf(request, catalogue).flatMap((namespace) =>
      metricsOf(request, namespace).map((metric): MetricQuery => {
        const periodSeconds = periodOf(request, metric)
        const lateMs = lateNamespacesMs[namespace.namespace] ?? 0
        const itsDelayMs = request.delayMs ?? Math.max(delayMs, lateMs)
        const statistics = request.statistics ?? []
        return { namespace, metric, periodSeconds, delayMs: itsDelayMs, statistics, isPeriodShown: false }
      }),
    )
    if (found.length === 0) unmatched.push(request)
    for (const query of found) {
      const key = queryName(query)
      // The first entry that names a metric decides.
      if (!queries.has(key)) queries.set(key, query)
    }
  }
  const sorted = [...queries.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, query]) => query)
  const byMetric = Map.groupBy(sorted, ({ namespace, metric }) => `${namespace.namespace}/${metric.name}`)
  return {
    queries: [...byMetric.values()].flatMap((same) =>
      same.map((query) => ({ ...query, isPeriodShown: same.length > 1 })),
    ),
    unmatched,
  }
}

/** `acs_ecs_dashboard/CPUUtilization/60` */
export const queryName = ({ namespace, metric, periodSeconds }: MetricQuery): string =>
  `${namespace.namespace}/${metric.name}/${periodSeconds}`

/** The namespaces of the catalogue that requests match, and those that they name. */
export function requestedNamespaces(requests: readonly MetricRequest[], catalogue: Catalogue): string[] {
  return [...new Set(requests.flatMap((request) => namespacesOf(request, catalogue).map((it) => it.namespace)))].sort()
}

function namespacesOf({ namespace }: MetricRequest, catalogue: Catalogue): CatalogueNamespace[] {
  if (isPlainName(namespace)) return [catalogue.get(namespace) ?? unknownNamespace(namespace)]
  const matches = createNameMatcher([namespace])
  return [...catalogue.values()].filter((each) => matches(each.namespace))
}

function metricsOf({ metrics, trustsNames }: MetricRequest, { metrics: known }: CatalogueNamespace): CatalogueMetric[] {
  const matches = createNameMatcher(metrics)
  const found = [...known.values()].filter(
    (metric) => matches(metric.name) && (isReported(metric) || metrics.includes(metric.name)),
  )
  if (!trustsNames) return found
  const named = metrics.filter((name) => isPlainName(name) && !known.has(name))
  return [...found, ...named.map(unknownMetric)]
}

/** Metrics of application groups exist only where the user made such groups. */
const isReported = ({ dimensions }: CatalogueMetric) =>
  dimensions.filter((name) => name !== 'userId').join() !== 'groupId'

/** A period the metric has: the native one, or a multiple of it. */
function periodOf({ periodSeconds = MINUTE_SECONDS }: MetricRequest, { periodsSeconds }: CatalogueMetric): number {
  const native = periodsSeconds[0] ?? MINUTE_SECONDS
  return periodsSeconds.includes(periodSeconds) ? periodSeconds : Math.ceil(periodSeconds / native) * native
}

function unknownMetric(name: string): CatalogueMetric {
  const nothing = { unit: '', statistics: [], dimensions: [], description: '' }
  return { name, kind: 'gauge', periodsSeconds: [MINUTE_SECONDS], ...nothing }
}

/**
 * The catalogue with what the metadata API says. It is the authority on which metrics there are, and on their dimensions,
 * statistics and periods; units and kinds are the catalogue's where it knows the metric.
 *
 * @param onUnknownUnit told of spellings that are in no table
 */
export function completeCatalogue(
  catalogue: Catalogue,
  metadata: ReadonlyMap<string, readonly MetricMeta[]>,
  onUnknownUnit: (unit: string, metric: string) => void,
): Catalogue {
  const completed = new Map(catalogue)
  for (const [name, metas] of metadata) {
    if (metas.length === 0) continue
    const known = catalogue.get(name) ?? unknownNamespace(name)
    const metrics = new Map(
      metas.map((meta) => [meta.metric, toMetric(meta, known.metrics.get(meta.metric), onUnknownUnit)]),
    )
    completed.set(name, { ...known, metrics })
  }
  return completed
}

function toMetric(
  meta: MetricMeta,
  known: CatalogueMetric | undefined,
  onUnknownUnit: (unit: string, metric: string) => void,
): CatalogueMetric {
  let unit = known?.unit
  if (unit === undefined) {
    unit = toUcum(meta.unit)
    if (unit === undefined) onUnknownUnit(meta.unit, meta.metric)
  }
  const orKnown = <Value>(values: readonly Value[], ofCatalogue: readonly Value[] | undefined) =>
    values.length > 0 ? values : (ofCatalogue ?? [])
  return {
    name: meta.metric,
    unit: unit ?? '',
    kind: known?.kind ?? kindOf(unit ?? ''),
    statistics: orKnown(meta.statistics, known?.statistics),
    periodsSeconds: orKnown(meta.periodsSeconds, known?.periodsSeconds),
    dimensions: orKnown(meta.dimensions, known?.dimensions),
    description: known?.description ?? meta.description,
  }
}

function kindOf(unit: string): MetricKind {
  if (unit === '%') return 'ratio'
  return /\/(s|min|d)$/.test(unit) ? 'rate' : 'gauge'
}
