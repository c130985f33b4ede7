import type { CloudMonitorBehaviour } from './behaviour.ts'
import type { MetricQuery, Window } from './metric-query.ts'
import type { Series } from './series.ts'

/** Where a point may be. */
export interface Cell {
  readonly series: Series
  readonly timestampMs: number
}

/** Every series of a query at every time of its window, whether there is a point or not. */
export interface Grid {
  readonly query: MetricQuery
  readonly series: readonly Series[]
  readonly firstMs: number
  /** How many times. */
  readonly times: number
}

export function gridOf(query: MetricQuery, { afterMs, untilMs }: Window, seriesCount = query.series.length): Grid {
  const { periodMs } = query
  const firstMs = Math.floor(afterMs / periodMs) * periodMs + periodMs
  const times = Math.max(0, Math.floor((untilMs - firstMs) / periodMs) + 1)
  return { query, series: query.series.slice(0, seriesCount), firstMs, times }
}

/** A point that there is, and that can be seen at that time. */
export function isVisible({ points, metric, periodMs }: MetricQuery, { series, timestampMs }: Cell, asOfMs: number) {
  return (
    points.exists(series, metric, timestampMs, periodMs) &&
    points.visibleAtMs(series, metric, timestampMs, periodMs) <= asOfMs
  )
}

/**
 * The next visible cells, in the order asked for.
 * @param from index of the first candidate
 * @returns with `next`, where the following page begins; absent after the last visible cell
 */
export function pageOf(
  grid: Grid,
  order: CloudMonitorBehaviour['order'],
  from: number,
  limit: number,
  accepts: (cell: Cell) => boolean,
): { readonly cells: readonly Cell[]; readonly next: number | undefined } {
  const cellOf = cellsOf(grid, order)
  const count = grid.series.length * grid.times
  const cells: Cell[] = []
  for (let index = from; index < count; index++) {
    const cell = cellOf(index)
    if (cell === undefined || !accepts(cell)) continue
    if (cells.length === limit) return { cells, next: index }
    cells.push(cell)
  }
  return { cells, next: undefined }
}

function cellsOf({ query, series, firstMs, times }: Grid, order: CloudMonitorBehaviour['order']) {
  const cell = (seriesAt: number, timeAt: number): Cell | undefined => {
    const found = series[seriesAt]
    return found === undefined ? undefined : { series: found, timestampMs: firstMs + timeAt * query.periodMs }
  }
  const bySeries = (index: number) => cell(Math.floor(index / times), index % times)
  switch (order) {
    case 'by_series':
      return bySeries
    case 'by_time':
      return (index: number) => cell(index % series.length, Math.floor(index / series.length))
    case 'newest_first':
      return (index: number) => cell(index % series.length, times - 1 - Math.floor(index / series.length))
    case 'shuffled': {
      const count = series.length * times
      const stride = coprimeTo(count)
      return (index: number) => bySeries((index * stride) % count)
    }
  }
}

/** A step that comes to every one of `count` places before it comes back, and jumps about. */
function coprimeTo(count: number): number {
  const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b))
  let stride = Math.floor(count * 0.618) + 1
  while (gcd(stride, count) !== 1) stride++
  return stride
}
