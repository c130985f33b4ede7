import { pointsPerPage } from '../../src/alibaba/cms/client.ts'

const DAY_MS = 86_400_000
/** What a month is taken for where calls are counted. */
export const monthDays = 30
/** Calls that are free in each account and month (cloudmonitor.md 1.8). */
export const freeCallsPerMonth = 1_000_000

export interface CostOptions {
  readonly pollIntervalMs: number
  readonly overlapPeriods: number
  readonly api: 'metric_list' | 'batch_export'
}

/** How many calls a metric costs in a month. A poll is at least one call, whatever it brings. */
export function callsPerMonth(series: number, periodSeconds: number, options: CostOptions): number {
  const { pollIntervalMs, overlapPeriods, api } = options
  const polls = (monthDays * DAY_MS) / Math.max(pollIntervalMs, periodSeconds * 1000)
  const periods = Math.max(1, pollIntervalMs / (periodSeconds * 1000))
  const points = series * (periods + (api === 'metric_list' ? overlapPeriods : 0))
  return Math.ceil(polls * pagesFor(points, api))
}

/** The fewest pages that hold so many points; one call is needed to learn that there is none. */
export function pagesFor(points: number, api: CostOptions['api'] = 'metric_list'): number {
  const perPage = api === 'metric_list' ? pointsPerPage.list : pointsPerPage.batchExport
  return Math.max(1, Math.ceil(points / perPage))
}
