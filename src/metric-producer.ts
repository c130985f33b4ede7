import { emptyResource } from '@opentelemetry/resources'
import type {
  CollectionResult,
  DataPoint,
  MetricData,
  MetricProducer,
  ResourceMetrics,
} from '@opentelemetry/sdk-metrics'
import { z } from 'zod'
import { type EmbeddedOptions, type RunningReceiver, startEmbedded } from './embedded.ts'
import { toResourceMetrics } from './exporters/sdk-metric-adapter.ts'
import { acceptedWhole } from './pipeline/payload.ts'

/**
 * Positions are in memory only: a metric reader cannot say what arrived. Where no point may be lost, run the receiver by
 * itself, with a storage and an exporter.
 */
export type MetricProducerOptions = Omit<EmbeddedOptions, 'storage'>

/** Give it to a reader of your `MeterProvider` as one of its `metricProducers`. */
export interface RunningMetricProducer extends MetricProducer, RunningReceiver {}

/** While so much waits to be collected, no more is read. */
const maxWaitingBytes = 32 * 1024 * 1024

/**
 * Starts receivers of metrics inside this process. What they read since the last time is given at each `collect`, every
 * point once and with its own time. A reader has one resource for all metrics, the program's: so what tells the instance
 * (`cloud.resource_id`, `host.name`, tags) stands on the data points.
 *
 * @throws {ReceiverError} CONFIG_INVALID with every fault in the message
 */
export async function startMetricProducer(options: MetricProducerOptions): Promise<RunningMetricProducer> {
  let waiting: Uint8Array[] = []
  let waitingBytes = 0
  let collected = Promise.withResolvers<void>()
  const receiver = await startEmbedded('startMetricProducer(options)', options, {
    type: 'metric_producer',
    summary: 'The metric reader of the embedding program',
    schema: z.unknown(),
    signals: ['metrics'],
    create: () => ({
      async export(payload, signal) {
        while (waitingBytes >= maxWaitingBytes) await untilDone(collected.promise, signal)
        // A copy: whoever made the payload may free its bytes once this is answered.
        waiting.push(payload.bytes.slice())
        waitingBytes += payload.bytes.length
        return acceptedWhole
      },
      shutdown: async () => {},
    }),
  })
  return {
    ...receiver,
    async collect(): Promise<CollectionResult> {
      const taken = waiting
      waiting = []
      waitingBytes = 0
      collected.resolve()
      collected = Promise.withResolvers()
      return { resourceMetrics: mergeResources(taken.flatMap(toResourceMetrics)), errors: [] }
    },
  }
}

/** Resolves with the promise, or rejects with the signal's reason if that comes first. */
async function untilDone(promise: Promise<void>, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted()
  const aborted = Promise.withResolvers<never>()
  const abort = () => aborted.reject(signal.reason)
  signal.addEventListener('abort', abort, { once: true })
  try {
    await Promise.race([promise, aborted.promise])
  } finally {
    signal.removeEventListener('abort', abort)
  }
}

type Scope = ResourceMetrics['scopeMetrics'][number]['scope']
/** Points of one kind of metric; which kind that is, only the metric knows. */
interface Merged {
  readonly metric: MetricData
  readonly dataPoints: DataPoint<unknown>[]
}

/** All metrics under one resource that says nothing; what theirs said stands on their points. */
function mergeResources(all: readonly ResourceMetrics[]): ResourceMetrics {
  const scopes = new Map<string, { readonly scope: Scope; readonly metrics: Map<string, Merged> }>()
  for (const { resource, scopeMetrics } of all) {
    const { attributes: ofResource } = resource
    for (const { scope, metrics } of scopeMetrics) {
      const ofScope = scopes.get(scope.name) ?? { scope, metrics: new Map<string, Merged>() }
      scopes.set(scope.name, ofScope)
      for (const metric of metrics) {
        const { descriptor, dataPointType } = metric
        const key = `${dataPointType} ${descriptor.unit} ${descriptor.name}`
        const merged = ofScope.metrics.get(key) ?? { metric, dataPoints: [] }
        ofScope.metrics.set(key, merged)
        for (const point of metric.dataPoints) {
          merged.dataPoints.push({ ...point, attributes: { ...ofResource, ...point.attributes } })
        }
      }
    }
  }
  return {
    resource: emptyResource(),
    scopeMetrics: Array.from(scopes.values(), ({ scope, metrics }) => ({
      scope,
      metrics: Array.from(metrics.values(), ({ metric, dataPoints }) => ({ ...metric, dataPoints }) as MetricData),
    })),
  }
}
