import { isNotFound } from '../../src/alibaba/cms/errors.ts'
import { ReceiverError } from '../../src/errors.ts'
import { encodeMetrics } from '../../src/otlp/encode-metrics.ts'
import type { ReceiverContext, ReceiverDefinition, RunSignals } from '../../src/pipeline/component.ts'
import type { Outlet } from '../../src/pipeline/outlet.ts'
import { createTaskGroup, type TaskGroup } from '../../src/task-group.ts'
import { createReceiverMetrics } from '../../src/telemetry/data-metrics.ts'
import { createSourceHealth } from '../../src/telemetry/source-health.ts'
import { type Account, type Endpoint, openAccount } from './account.ts'
import { type Catalogue, loadCatalogue } from './catalogue/catalogue.ts'
import { type CloudMonitorOptions, cloudMonitorSchema } from './config.ts'
import { callsPerMonth, freeCallsPerMonth } from './cost.ts'
import { PageEncoder } from './encode-page.ts'
import { createInstanceFilter, type InstanceFilter } from './filter.ts'
import { createInstanceCounter } from './instance-counts.ts'
import type { SeriesMarks } from './marks.ts'
import { loadMetadata } from './metadata.ts'
import { createNamer } from './naming.ts'
import { deliver, type FollowedMetric, moveTo, type PollDeps, pollExport, pollWindows, reportSkipped } from './poll.ts'
import { loadStates, type StoredStates } from './query-state.ts'
import { nextPollMs } from './schedule.ts'
import { completeCatalogue, type MetricQuery, queryName, requestedNamespaces, selectQueries } from './selection.ts'
import { firstPosition, lookBackMs, type Position, periodNumber, resume, type WindowOptions } from './windows.ts'

const maxPayloadBytes = 1024 * 1024
/** The first points should have names; but they do not wait longer for them. */
const inventoryPatienceMs = 15_000
const metadataRefreshMs = 24 * 3_600_000
/** Periods of a window, at least; enough for an hour of catching up in one query. */
const minSpanPeriods = 64
const maxSpanPeriods = 512
/** For how many polls a window may grow while a metric is quiet. */
const pollsInAWindow = 6
/** A metric that does not exist is read from here on when it appears. */
const notFoundCatchUpMs = 24 * 3_600_000

export const cloudMonitorReceiver: ReceiverDefinition<CloudMonitorOptions> = {
  type: 'alibabacloud_cloudmonitor',
  summary: 'Pulls the metrics of CloudMonitor, with names and tags of the instances',
  signals: ['metrics'],
  schema: cloudMonitorSchema,
  create: (options, context) => ({ run: (signals) => runReceiver(options, context, signals) }),
}

/** What the accounts of a receiver share. */
interface Shared {
  readonly options: CloudMonitorOptions
  readonly context: ReceiverContext
  readonly catalogue: Catalogue
  readonly filter: InstanceFilter
  readonly states: StoredStates
  readonly tasks: TaskGroup
  readonly poll: Omit<PollDeps, 'heldBack'>
  /** With `run --once`: what failed, while the others went on. */
  readonly failures: unknown[]
  /** All metrics of the account have taken their states. */
  readonly opened: (account: Account) => void
}

async function runReceiver(options: CloudMonitorOptions, context: ReceiverContext, signals: RunSignals): Promise<void> {
  const { clock, log, checkpoints, once } = context
  const metrics = createReceiverMetrics(context.meter, context.id)
  const health = createSourceHealth(context.status, log, clock)
  metrics.observeLag(health.lags)
  metrics.observeSinceProgress(health.sinceProgress)
  const pages = context.meter.createCounter('alibabacloud_receiver_pages', {
    description: 'Pages of points that were read: what is paid for',
  })
  const points = context.meter.createCounter('alibabacloud_receiver_points_read', {
    description: 'Points on these pages, those of periods that were looked at again included',
  })
  const receiver = { receiver: context.id }
  const tasks = createTaskGroup(signals.stop)
  const states = await loadStates(checkpoints, clock.now(), log)
  const accounts: Account[] = []
  const notOpened = new Set(options.accounts.map(({ name }) => name))
  const shared: Shared = {
    options,
    context,
    catalogue: await loadCatalogue(),
    filter: createInstanceFilter(options.filter),
    states,
    tasks,
    failures: [],
    opened({ name }) {
      const wasLast = notOpened.delete(name) && notOpened.size === 0
      if (wasLast) tasks.start(() => states.removeStale())
    },
    poll: {
      outlets: context.outlets.metrics,
      encoders: context.outlets.metrics.map(
        ({ processing }) => new PageEncoder(processing, options.inventory.tagPrefix, maxPayloadBytes),
      ),
      metrics,
      health,
      clock,
      log,
      abandon: signals.abandon,
      reportCatchUp: context.reportCatchUp,
      onPage(count) {
        pages.add(1, receiver)
        points.add(count, receiver)
      },
    },
  }
  try {
    for (const account of options.accounts)
      accounts.push(await openAccount(account, options, context, shared.catalogue))
    context.meter
      .createObservableGauge('alibabacloud_receiver_month_calls', {
        description: 'Calls of this month that are counted against the quota',
      })
      .addCallback((result) => {
        for (const { name, budget } of accounts) result.observe(budget.usedCalls, { ...receiver, account: name })
      })
    for (const account of accounts) tasks.start((stop) => followAccount(account, shared, stop))
    await tasks.ended()
  } finally {
    await Promise.all(accounts.map((account) => account.close()))
  }
  if (once && shared.failures.length > 0) throw shared.failures[0]
}

/** A metric, and where it waits for its turn. */
interface QueuedMetric extends FollowedMetric {
  readonly places: Endpoint['places']
}

/** Follows all metrics of one account; what the vendor lists newly joins them once a day. */
async function followAccount(account: Account, shared: Shared, stop: AbortSignal): Promise<void> {
  const { options, context, catalogue, tasks } = shared
  const { clock, log, once } = context
  const { inventory } = account
  const ended = new AbortController()
  if (inventory !== undefined) {
    const counter = createInstanceCounter(
      requestedNamespaces(options.requests, catalogue).flatMap((name) => catalogue.get(name) ?? []),
      shared.filter,
    )
    const onRefresh = (atMs: number) => {
      const counts = counter.count(inventory.listed(), atMs)
      const encode = ({ processing }: Outlet) => encodeMetrics(counts, processing, maxPayloadBytes)
      return deliver(context.outlets.metrics.map(encode), shared.poll)
    }
    tasks.start((stopped) => inventory.run(onRefresh, AbortSignal.any([stopped, ended.signal])))
    await Promise.race([inventory.firstAttempt, clock.sleep(inventoryPatienceMs, stop)])
  }

  const marksOf = new Map<string, SeriesMarks[]>()
  const followed = new Set<string>()
  do {
    const completed = await currentCatalogue(account, shared, stop)
    const { queries, unmatched } = selectQueries(options.requests, completed, options.delayMs)
    if (followed.size === 0) {
      for (const { namespace, metrics } of unmatched) {
        log.warn('No metric matches', { namespace, metrics: metrics.slice(0, 10) })
      }
    }
    const added: QueuedMetric[] = []
    const firstSaves: Promise<void>[] = []
    for (const endpoint of account.endpoints) {
      for (const query of queries) {
        const source = `${account.prefix}${endpoint.region}/${queryName(query)}`
        if (followed.has(source)) continue
        followed.add(source)
        const { metric, isNew } = openMetric(source, query, endpoint, completed, marksOf, account, shared)
        added.push(metric)
        // A crash must not make `latest` mean a later time.
        if (isNew) firstSaves.push(metric.state.saveWindow())
      }
    }
    // Together: one wait for the disk, however many metrics there are.
    await Promise.all(firstSaves)
    shared.opened(account)
    const firstPolls = added.map((metric, index) => {
      const polled = Promise.withResolvers<void>()
      tasks.start((stopped) => followMetric(metric, index / added.length, account, shared, polled.resolve, stopped))
      return polled.promise
    })
    if (added.length > 0) {
      reportCost(account, added, 'Metrics are followed; calls a month by the series that are known so far', shared)
      tasks.start(async () => {
        await Promise.all(firstPolls)
        if (!stop.aborted)
          reportCost(account, added, 'All metrics were read once; calls a month by their series', shared)
      })
    }
    if (once) await Promise.all(firstPolls)
    else await clock.sleep(metadataRefreshMs, stop).catch(() => {})
  } while (!once && !stop.aborted)
  ended.abort()
}

/** The catalogue with what the vendor says today of the namespaces that are asked for. */
async function currentCatalogue(account: Account, shared: Shared, stop: AbortSignal): Promise<Catalogue> {
  const { options, context, catalogue } = shared
  const { log, checkpoints, clock } = context
  const client = account.endpoints[0]?.client
  if (client === undefined) return catalogue
  const namespaces = requestedNamespaces(options.requests, catalogue)
  const metadata = await loadMetadata(namespaces, { client, checkpoints, clock, log }, stop)
  const unknownUnits = new Set<string>()
  const completed = completeCatalogue(catalogue, metadata, (unit) => unknownUnits.add(unit))
  if (unknownUnits.size > 0) log.info('Units that are not known are left out', { units: [...unknownUnits] })
  return completed
}

/** A metric with its saved state, moved to where reading may go on. */
function openMetric(
  source: string,
  query: MetricQuery,
  { client, places }: Endpoint,
  catalogue: Catalogue,
  marksOf: Map<string, SeriesMarks[]>,
  { inventory }: Account,
  { options, context, states, filter }: Shared,
): { readonly metric: QueuedMetric; readonly isNew: boolean } {
  const { clock, log } = context
  const periodMs = query.periodSeconds * 1000
  const { overlapPeriods, pollIntervalMs } = options
  // A bulk export gives points before their hold-back is over.
  const aheadMs = options.api === 'batch_export' ? query.delayMs : 0
  const wantedSpan =
    overlapPeriods + pollsInAWindow * Math.ceil(pollIntervalMs / periodMs) + Math.ceil(aheadMs / periodMs)
  const spanPeriods = Math.min(Math.max(wantedSpan, minSpanPeriods), maxSpanPeriods)
  const windows: WindowOptions = {
    periodMs,
    delayMs: query.delayMs,
    overlapPeriods,
    maxPeriods: spanPeriods - overlapPeriods,
  }
  const first = firstPosition(context.startAt ?? options.startAt, clock.now(), windows)
  const state = states.take(source, spanPeriods, (stored) =>
    periodNumber(lookBackMs(stored ?? first, windows), periodMs),
  )
  let position: Position = first
  if (state.position !== undefined) {
    const resumed = resume(state.position, clock.now(), options.maxCatchUpMs, windows)
    position = resumed.position
    if (resumed.skipped !== undefined) {
      reportSkipped('Points are passed over: they are older than max_catch_up', source, resumed.skipped, log)
      state.cursor = undefined
    }
  }
  const isNew = state.position === undefined
  const opened = Object.assign(state, { position })

  const { namespace, metrics, service } = query.namespace
  const same = marksOf.get(queryName(query)) ?? []
  marksOf.set(queryName(query), [...same, state.marks])
  const conversion = {
    query,
    namer: createNamer(options.naming, namespace, service, [...(catalogue.get(namespace)?.metrics ?? metrics).keys()]),
    filter,
    deltaSums: options.totals === 'delta_sum',
    marks: state.marks,
    // Looked up at each page: the others may be opened later.
    get otherMarks() {
      return (marksOf.get(queryName(query)) ?? []).filter((marks) => marks !== state.marks)
    },
    findItem(id: string) {
      const item = inventory?.find(id)
      if (item === undefined) inventory?.missed()
      return item
    },
  }
  const progress = { seriesSeen: state.marks.size, startedAtMs: position.lastEndMs, pointsRead: 0 }
  const metric = { source, query, client, places, state: opened, conversion, windows, ...progress }
  moveTo(metric, position)
  return { metric, isNew }
}

/** Polls one metric in its slots until `stop`; with `once`, one time. A failure is told and tried again in the next slot. */
async function followMetric(
  metric: QueuedMetric,
  slot: number,
  account: Account,
  shared: Shared,
  onFirstPoll: () => void,
  stop: AbortSignal,
): Promise<void> {
  const { options, context, poll, failures } = shared
  const { clock, once, log } = context
  const { source } = metric
  const deps: PollDeps = { ...poll, heldBack: () => heldBack(account, shared) }
  const read = options.api === 'batch_export' ? pollExport : pollWindows
  let emptyPolls = 0
  let isFailing = false
  poll.health.behind(source)
  try {
    while (!stop.aborted) {
      try {
        const places = isFailing ? metric.places.failing : metric.places.working
        const points = await places.within(() => read(metric, deps, stop), stop)
        isFailing = false
        emptyPolls = points === 0 ? emptyPolls + 1 : 0
      } catch (error) {
        if (stop.aborted || isFatal(error)) throw error
        if (isNotFound(error)) {
          if (emptyPolls === 0)
            log.info('CloudMonitor has nothing of this metric; it is asked for less often', { source })
          poll.health.progressed(source, { caughtUp: true })
          emptyPolls++
          moveTo(metric, resume(metric.state.position, clock.now(), notFoundCatchUpMs, metric.windows).position)
        } else {
          poll.health.failed(source, error)
          isFailing = true
          if (once) failures.push(error)
        }
      }
      onFirstPoll()
      if (once) return
      await clock.sleep(nextPollMs(clock.now(), options.pollIntervalMs, slot, emptyPolls) - clock.now(), stop)
    }
  } finally {
    onFirstPoll()
  }
}

const isFatal = (error: unknown) => error instanceof ReceiverError && error.code === 'EXPORT_REJECTED'

/** Without an inventory a filter by tag or name would let nothing pass, and its points would be lost. */
function heldBack({ inventory }: Account, { filter }: Shared): Error | undefined {
  if (!filter.needsInventory || inventory === undefined || inventory.isLoaded) return undefined
  return new ReceiverError('API_UNAVAILABLE', 'The filter waits for the inventory, which could not be read yet', {
    retryable: true,
  })
}

/** What the metrics cost: an estimate, for people. */
function reportCost(
  account: Account,
  metrics: readonly FollowedMetric[],
  message: string,
  { options, context }: Shared,
) {
  const { budgetCalls, api } = options
  const calls = metrics.reduce(
    (sum, { seriesSeen, query }) => sum + callsPerMonth(seriesSeen, query.periodSeconds, options),
    0,
  )
  const series = metrics.reduce((sum, { seriesSeen }) => sum + seriesSeen, 0)
  const hasBudget = Number.isFinite(budgetCalls)
  const fields = {
    ...(account.name === '' ? {} : { account: account.name }),
    metrics: metrics.length,
    series,
    callsPerMonth: calls,
    ...(hasBudget ? { budget: budgetCalls } : {}),
    usedThisMonth: account.budget.usedCalls,
  }
  const isTooMuch = api === 'metric_list' && calls > (hasBudget ? budgetCalls : freeCallsPerMonth)
  if (isTooMuch) {
    const limit = hasBudget ? 'budget' : 'million calls that are free'
    context.log.warn(`${message}; more than the ${limit}`, fields)
  } else context.log.info(message, fields)
}
