import { accountRateLimiter } from '../../src/alibaba/account-limits.ts'
import { type EventCriteria, serverFilter } from '../../src/alibaba/actiontrail/event-search.ts'
import type { LookupKey } from '../../src/alibaba/actiontrail/lookup-events.ts'
import { createCredentials } from '../../src/alibaba/credentials.ts'
import { createRpcClient } from '../../src/alibaba/rpc/client.ts'
import { endpointOf } from '../../src/alibaba/rpc/endpoint.ts'
import { createByteBudget } from '../../src/pipeline/byte-budget.ts'
import type { ReceiverContext, ReceiverDefinition, RunSignals } from '../../src/pipeline/component.ts'
import { createRecordEncoder } from '../../src/pipeline/record-encoder.ts'
import { createReceiverMetrics } from '../../src/telemetry/data-metrics.ts'
import { createSourceHealth, type SourceHealth } from '../../src/telemetry/source-health.ts'
import { userAgent } from '../../src/version.ts'
import { followAll } from '../../src/windows/follow-windows.ts'
import { loadSeenSet } from '../../src/windows/seen-set.ts'
import { type ActiontrailOptions, actiontrailSchema } from './config.ts'
import { warnOfGlobalRegion } from './global-region.ts'
import { createRegionSource, type Region, type RegionDeps, seenPrefix } from './region.ts'

/** Windows begin at an hour and go up to a day while they are cheap: both lie within every limit of the documentation. */
const windows = { firstLimit: 3600, limits: { min: 2, max: 24 * 3600 } }
const maxPayloadBytes = 2 * 1024 * 1024
/** About 100 MB. The quota allows 100 events a second, and ids live for some twenty minutes. */
const maxSeenIds = 500_000
/** A throttle now and then is how the API works; what lasts is worth a word. */
const worrisomeAttempts = 3

export const actiontrailReceiver: ReceiverDefinition<ActiontrailOptions> = {
  type: 'alibabacloud_actiontrail',
  summary: 'Asks ActionTrail for the audit events of an account: calls, sign-ins, changes; needs no trail',
  signals: ['logs'],
  schema: actiontrailSchema,
  create: (options, context) => ({ run: (signals) => runReceiver(options, context, signals) }),
}

async function runReceiver(options: ActiontrailOptions, context: ReceiverContext, signals: RunSignals): Promise<void> {
  const { log, meter, clock, checkpoints } = context
  const metrics = createReceiverMetrics(meter, context.id)
  const health = createSourceHealth(context.status, log, clock)
  const budget = createByteBudget(options.maxInFlightBytes)
  metrics.observeLag(health.lags)
  metrics.observeSinceProgress(health.sinceProgress)
  metrics.observeInFlightBytes(() => budget.usedBytes)
  const deps: RegionDeps = {
    ...context,
    options,
    startAt: context.startAt ?? options.startAt,
    outlets: context.outlets.logs,
    encoder: createRecordEncoder(maxPayloadBytes),
    budget,
    metrics,
    health,
    seen: await loadSeenSet(checkpoints, { prefix: seenPrefix, maxIds: maxSeenIds }, log),
    positions: new Map(),
    delivered: options.deduplicate === 'service' ? await context.openDelivered() : undefined,
    ...splitCriteria(options.lookup),
  }
  const regions = createRegions(options, context, health)
  const sources = regions.map((region) => createRegionSource(region, deps))
  const [first] = regions
  const advised = new AbortController()
  const stopAdvice = AbortSignal.any([signals.stop, advised.signal])
  const advice = first && warnOfGlobalRegion(first.client, options.regions, log, stopAdvice)
  try {
    await followAll(sources, { ...windows, ...options }, deps, signals)
    if (context.once) await advice
  } finally {
    advised.abort()
    await advice
    await Promise.all(regions.map(({ client }) => client.close()))
  }
}

/** A client for each region; they share credentials and the rate of calls, which the vendor counts by account. */
function createRegions(options: ActiontrailOptions, context: ReceiverContext, health: SourceHealth): Region[] {
  const { log, meter, clock } = context
  const { credentials: configured, rateLimitPerSecond, endpoint, proxy } = options
  const credentials = createCredentials(configured, log)
  const limiter = accountRateLimiter('LookupEvents', configured, rateLimitPerSecond, clock)
  return options.regions.map((name) => {
    let calls = 0
    let isUnreachable = false
    const client = createRpcClient(
      {
        endpoint: endpointOf(endpoint, name, `actiontrail.${name}.aliyuncs.com`),
        region: name,
        product: 'actiontrail',
        proxy,
        userAgent,
      },
      {
        credentials,
        limiter: {
          acquire(signal) {
            calls++
            return limiter.acquire(signal)
          },
        },
        clock,
        log,
        meter,
        onRetry(error, attempt) {
          if (attempt < worrisomeAttempts) return
          isUnreachable = true
          health.failed(name, error)
        },
        onSuccess() {
          if (!isUnreachable) return
          isUnreachable = false
          health.works(name)
        },
      },
    )
    return { name, client, calls: () => calls }
  })
}

const criterionOf: Partial<Record<LookupKey, keyof EventCriteria>> = {
  EventId: 'eventId',
  EventAccessKeyId: 'accessKeyId',
  ResourceName: 'resourceName',
  User: 'userName',
  EventName: 'eventName',
  ServiceName: 'serviceName',
  EventRW: 'readWrite',
}

/** The most selective criterion goes to the API, the rest stays with us. */
export function splitCriteria(criteria: EventCriteria): Pick<RegionDeps, 'filter' | 'ownCriteria'> {
  const filter = serverFilter(criteria)
  const sent = filter && criterionOf[filter.key]
  const own = Object.entries(criteria).filter(([name, value]) => name !== sent && value !== undefined)
  return { filter, ownCriteria: own.length === 0 ? undefined : Object.fromEntries(own) }
}
