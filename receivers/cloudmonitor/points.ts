import type { CmsPoint } from '../../src/alibaba/cms/client.ts'
import { formatJson, type Json } from '../../src/lossless-json.ts'
import type { CatalogueMetric } from './catalogue/catalogue.ts'

/** A point of one series, as it was measured. */
export interface MeasuredPoint {
  /** Milliseconds since the epoch. */
  readonly timestampMs: number
  /** What tells the series, in the order of the keys; without those that are empty. */
  readonly dimensions: readonly (readonly [key: string, value: string])[]
  readonly values: readonly (readonly [statistic: string, value: number])[]
}

const knownStatistics = ['Average', 'Minimum', 'Maximum', 'Sum', 'Count', 'Value']
/** What DescribeMetricTop adds, and the time itself. */
const neitherKey = new Set(['timestamp', 'order', '_count'])

/** Reads the points of one metric. Statistics that are missing or empty are left out, never filled. */
export class PointReader {
  private readonly metric: string
  private readonly statistics: ReadonlySet<string>
  private readonly dimensions: ReadonlySet<string>
  private readonly wanted: ReadonlySet<string>

  /** @param wanted the statistics that are exported; empty: all */
  constructor({ name, statistics, dimensions }: CatalogueMetric, wanted: readonly string[]) {
    this.metric = name
    this.statistics = new Set([...statistics, ...knownStatistics])
    this.dimensions = new Set(dimensions)
    this.wanted = new Set(wanted)
  }

  /** `undefined` for a point without a time, which belongs nowhere. */
  read(point: CmsPoint): MeasuredPoint | undefined {
    const timestampMs = Number(point['timestamp'] ?? Number.NaN)
    if (!Number.isSafeInteger(timestampMs) || timestampMs <= 0) return undefined
    const dimensions: [string, string][] = []
    const values: [string, number][] = []
    for (const key in point) {
      if (neitherKey.has(key)) continue
      const value = point[key]
      if (value === '' || value === null || value === undefined) continue
      const statistic = this.statisticOf(key, value, point)
      if (statistic === undefined)
        dimensions.push([key, typeof value === 'object' ? formatJson(value as Json) : String(value)])
      else if (this.wanted.size === 0 || this.wanted.has(statistic)) {
        const number = Number(value)
        if (Number.isFinite(number)) values.push([statistic, number])
      }
    }
    dimensions.sort(([a], [b]) => (a < b ? -1 : 1))
    return { timestampMs, dimensions, values }
  }

  /** The statistic that a key stands for; `undefined` for a dimension. */
  private statisticOf(key: string, value: unknown, point: CmsPoint): string | undefined {
    if (this.dimensions.has(key)) return undefined
    if (this.statistics.has(key)) return key
    // Some metrics give their value under their own name (cloudmonitor.md 1.4).
    if (key === this.metric) return 'Value' in point ? key : 'Value'
    return typeof value === 'number' ? key : undefined
  }
}

/** The text that tells a series. */
export function seriesKey({ dimensions }: MeasuredPoint): string {
  let key = ''
  for (const [name, value] of dimensions) key += `${name}\0${value}\0`
  return key
}
