import { createNoopMeter } from '@opentelemetry/api'
import { type CmsApi, createCmsClient } from '../../src/alibaba/cms/client.ts'
import { createCredentials } from '../../src/alibaba/credentials.ts'
import { createRateLimiter } from '../../src/alibaba/rate-limit.ts'
import { endpointOf } from '../../src/alibaba/rpc/endpoint.ts'
import type { Clock } from '../../src/clock.ts'
import { createMemoryStore } from '../../src/storage/memory.ts'
import type { Log } from '../../src/telemetry/log.ts'
import { userAgent } from '../../src/version.ts'
import type { Catalogue } from './catalogue/catalogue.ts'
import type { CloudMonitorOptions } from './config.ts'
import { type CostOptions, callsPerMonth } from './cost.ts'
import { loadMetadata } from './metadata.ts'
import { createNamer, type Naming } from './naming.ts'
import { completeCatalogue, type MetricRequest, requestedNamespaces, selectQueries } from './selection.ts'

/** A metric that would be collected, and what that costs. */
export interface ListedMetric {
  readonly namespace: string
  readonly metric: string
  /** Of the OTLP metrics, one for each statistic; empty where the statistics are not known. */
  readonly names: readonly string[]
  /** UCUM */
  readonly unit: string
  readonly statistics: readonly string[]
  readonly periodSeconds: number
  readonly dimensions: readonly string[]
  readonly callsPerMonth: number
  readonly description: string
}

export interface ListOptions extends CostOptions {
  readonly naming: Naming
  readonly delayMs: number
  /** Series of each metric, for the cost. */
  readonly series: number
}

/** What requests match in a catalogue. */
export function listMetrics(
  requests: readonly MetricRequest[],
  catalogue: Catalogue,
  options: ListOptions,
): ListedMetric[] {
  return selectQueries(requests, catalogue, options.delayMs).queries.map(
    ({ namespace, metric, periodSeconds, statistics }) => {
      const all = catalogue.get(namespace.namespace)?.metrics ?? namespace.metrics
      const namer = createNamer(options.naming, namespace.namespace, namespace.service, all.keys())
      const shown = metric.statistics.filter((each) => statistics.length === 0 || statistics.includes(each))
      return {
        namespace: namespace.namespace,
        metric: metric.name,
        names: shown.map((statistic) => namer.nameOf(metric.name, statistic)),
        unit: metric.unit,
        statistics: shown,
        periodSeconds,
        dimensions: metric.dimensions,
        callsPerMonth: callsPerMonth(options.series, periodSeconds, options),
        description: metric.description,
      }
    },
  )
}

/** The catalogue with what the vendor says of the namespaces that a receiver asks for, by its first account and region. */
export async function readLiveCatalogue(
  options: CloudMonitorOptions,
  catalogue: Catalogue,
  { clock, log, stop }: { readonly clock: Clock; readonly log: Log; readonly stop: AbortSignal },
): Promise<Catalogue> {
  const [region = ''] = options.regions
  const limiters = new Map<CmsApi, ReturnType<typeof createRateLimiter>>()
  const client = createCmsClient(
    {
      endpoint: endpointOf(options.endpoint, region, `metrics.${region}.aliyuncs.com`),
      region,
      proxy: options.proxy,
      userAgent,
    },
    {
      credentials: createCredentials(options.accounts[0]?.credentials, log),
      limiterOf(api) {
        const limiter = limiters.get(api) ?? createRateLimiter({ perSecond: options.rateLimitPerSecond }, clock)
        limiters.set(api, limiter)
        return limiter
      },
      clock,
      log,
      meter: createNoopMeter(),
    },
  )
  try {
    const checkpoints = createMemoryStore().scope('metrics list')
    const namespaces = requestedNamespaces(options.requests, catalogue)
    const metadata = await loadMetadata(namespaces, { client, checkpoints, clock, log }, stop)
    return completeCatalogue(catalogue, metadata, () => {})
  } finally {
    await client.close()
  }
}
