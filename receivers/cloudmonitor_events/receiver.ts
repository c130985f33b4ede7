import { accountRateLimiter } from '../../src/alibaba/account-limits.ts'
import { createCredentials } from '../../src/alibaba/credentials.ts'
import { createRpcClient, type RpcClient } from '../../src/alibaba/rpc/client.ts'
import { endpointOf } from '../../src/alibaba/rpc/endpoint.ts'
import { createByteBudget } from '../../src/pipeline/byte-budget.ts'
import type { ReceiverContext, ReceiverDefinition, RunSignals } from '../../src/pipeline/component.ts'
import { createRecordEncoder } from '../../src/pipeline/record-encoder.ts'
import { createReceiverMetrics } from '../../src/telemetry/data-metrics.ts'
import { createSourceHealth, type SourceHealth } from '../../src/telemetry/source-health.ts'
import { userAgent } from '../../src/version.ts'
import { followAll } from '../../src/windows/follow-windows.ts'
import { loadSeenSet } from '../../src/windows/seen-set.ts'
import { type CloudMonitorEventsOptions, cloudMonitorEventsSchema } from './config.ts'
import { createSource, type SourceDeps, seenPrefix } from './source.ts'

const maxPayloadBytes = 2 * 1024 * 1024
/** About 20 MB; ids live for some twenty minutes. */
const maxSeenIds = 100_000
/** A throttle now and then is how the API works; what lasts is worth a word. */
const worrisomeAttempts = 3
/** Within the 15 days that one question about alerts may span. */
const windows = { firstLimit: 3600, limits: { min: 2, max: 24 * 3600 } }

export const cloudMonitorEventsReceiver: ReceiverDefinition<CloudMonitorEventsOptions> = {
  type: 'alibabacloud_cloudmonitor_events',
  summary: 'Asks CloudMonitor for system events and the history of alerts',
  signals: ['logs'],
  schema: cloudMonitorEventsSchema,
  create: (options, context) => ({ run: (signals) => runReceiver(options, context, signals) }),
}

async function runReceiver(
  options: CloudMonitorEventsOptions,
  context: ReceiverContext,
  signals: RunSignals,
): Promise<void> {
  const { log, meter, clock, checkpoints } = context
  const metrics = createReceiverMetrics(meter, context.id)
  const health = createSourceHealth(context.status, log, clock)
  const budget = createByteBudget(options.maxInFlightBytes)
  metrics.observeLag(health.lags)
  metrics.observeSinceProgress(health.sinceProgress)
  metrics.observeInFlightBytes(() => budget.usedBytes)
  const deps: SourceDeps = {
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
  }
  const clients = createClients(options, context, health)
  const sources = clients.flatMap(({ region, client }) =>
    options.collect.map((list) => createSource(`${region}/${list}`, list, client, deps)),
  )
  try {
    const follow = { ...windows, ...options, settleDelayMs: 0 }
    await followAll(sources, follow, deps, signals)
  } finally {
    await Promise.all(clients.map(({ client }) => client.close()))
  }
}

/** A client for each region; they share credentials and the rate of calls. */
function createClients(
  options: CloudMonitorEventsOptions,
  { log, meter, clock }: ReceiverContext,
  health: SourceHealth,
): { readonly region: string; readonly client: RpcClient }[] {
  const { credentials: configured, rateLimitPerSecond, endpoint, proxy, collect } = options
  const credentials = createCredentials(configured, log)
  const limiter = accountRateLimiter('cms events', configured, rateLimitPerSecond, clock)
  return options.regions.map((region) => {
    const sources = collect.map((list) => `${region}/${list}`)
    let isUnreachable = false
    const client = createRpcClient(
      {
        endpoint: endpointOf(endpoint, region, `metrics.${region}.aliyuncs.com`),
        region,
        product: 'cms',
        proxy,
        userAgent,
      },
      {
        credentials,
        limiter,
        clock,
        log,
        meter,
        onRetry(error, attempt) {
          if (attempt < worrisomeAttempts) return
          isUnreachable = true
          for (const source of sources) health.failed(source, error)
        },
        onSuccess() {
          if (!isUnreachable) return
          isUnreachable = false
          for (const source of sources) health.works(source)
        },
      },
    )
    return { region, client }
  })
}
