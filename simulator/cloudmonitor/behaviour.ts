/** How a call is turned down. */
export interface CallRefusal {
  readonly status: number
  readonly code: string
  readonly message: string
}

/**
 * Where the reference leaves a choice to the server, or clients must cope with either (cloudmonitor.md 1, 2, 7). May be
 * changed while running. Everything that makes reading harder is off until it is set.
 */
export interface CloudMonitorBehaviour {
  /** Whether an endpoint answers with the resources of its region only. The vendor's probably answer with all (unverified). */
  regional: boolean
  /** What the timestamp of a point says of its period. Unverified; known of OSS metering, where it is the start. */
  timestamps: 'period_start' | 'period_end'
  /** Of the points of one query. Documented nowhere. */
  order: 'by_time' | 'by_series' | 'newest_first' | 'shuffled'
  /** By namespace, how long after the end of its period a point can be asked for; `*` for all others. Absent: at once. */
  delayMs: Readonly<Record<string, number>>
  /** The share of points that come later than that, each by a time of its own up to `lateMs`. */
  lateShare: number
  lateMs: number
  /** The share of points that do not exist. */
  gapShare: number
  /** `NextToken` of a last page; `same`: the one that the page was asked with. */
  lastToken: 'absent' | 'empty' | 'null' | 'same'
  /** Pages hold this share of the points they could. */
  pageFill: number
  /** What `Length` above 1440 does; one peer sends 10 000 and lives. */
  longLength: 'cut' | 'refuse'
  /** Where a refusal of a metric call stands: in a body with status 200, or in the status. */
  refusals: 'body' | 'status'
  /** Spelling of `Code`. */
  code: 'text' | 'number'
  /** `Datapoints` of a page without points. */
  noPoints: '[]' | ''
  /** The share of statistics that are `""`, and of those that are missing from their point. */
  emptyStatisticShare: number
  missingStatisticShare: number
  /** Metrics whose first statistic stands under the metric's own name: `namespace/metric`. */
  valueUnderOwnName: readonly string[]
  /** Calls a second and account, by API; absent: no limit. `documentedCallLimits` are the vendor's. */
  callsPerSecond: Readonly<Record<string, number>>
  /** Calls of List, Last, Data and Top an account may make in a month (UTC). Documented: 1 000 000. */
  callsPerMonth: number | undefined
  /** Answered beyond that. Documented nowhere. */
  monthlyRefusal: CallRefusal
  /** Bulk export and Resource Center have to be switched on by the account. */
  exportActivated: boolean
  resourceCenterActivated: boolean
  /** `arrival`: a cursor follows the time at which points appear, so that late ones come too (unverified). */
  exportOrder: 'arrival' | 'measurement'
  /** A cursor older than this is refused. Documented nowhere. */
  cursorValidMs: number
  /** How long Resource Center needs to learn of a resource, or that it is gone. */
  inventoryDelayMs: number
}

export const defaultCloudMonitorBehaviour: CloudMonitorBehaviour = {
  regional: false,
  timestamps: 'period_start',
  order: 'by_series',
  delayMs: {},
  lateShare: 0,
  lateMs: 0,
  gapShare: 0,
  lastToken: 'absent',
  pageFill: 1,
  longLength: 'cut',
  refusals: 'body',
  code: 'text',
  noPoints: '[]',
  emptyStatisticShare: 0,
  missingStatisticShare: 0,
  valueUnderOwnName: [],
  callsPerSecond: {},
  callsPerMonth: undefined,
  monthlyRefusal: { status: 403, code: 'QuotaExceeded', message: 'The free calls of this month are used up.' },
  exportActivated: true,
  resourceCenterActivated: true,
  exportOrder: 'arrival',
  cursorValidMs: 24 * 3_600_000,
  inventoryDelayMs: 0,
}

/** Calls a second of an account (cloudmonitor.md 1.8). */
export const documentedCallLimits: Readonly<Record<string, number>> = {
  DescribeMetricList: 50,
  DescribeMetricLast: 50,
  DescribeMetricData: 10,
  DescribeMetricTop: 10,
  BatchExport: 1000,
}

/** What exporters measured and the documentation says (cloudmonitor.md 1.10). */
export const documentedDelaysMs: Readonly<Record<string, number>> = {
  '*': 3 * 60_000,
  acs_rds_dashboard: 5 * 60_000,
  acs_oss_dashboard: 3 * 3_600_000,
}
