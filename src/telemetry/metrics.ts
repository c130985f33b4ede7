import type { Meter } from '@opentelemetry/api'
import {
  type IMetricReader,
  MeterProvider,
  MetricReader,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics'
import { version } from '../version.ts'
import type { Log } from './log.ts'
import {
  createOwnResource,
  type OwnOtlpOptions,
  ownName,
  reportFailures,
  shutDownQuickly,
  signalUrl,
} from './own-otlp.ts'
import { observeProcess } from './process-metrics.ts'
import { toPrometheusText } from './prometheus-text.ts'

export interface OwnMetricsOptions {
  /** Tells this process from others of the same service. */
  readonly instanceId: string
  /** Absent: metrics are not pushed, only rendered. */
  readonly otlp?: (OwnOtlpOptions & { readonly intervalMs: number }) | undefined
  readonly log: Log
}

/** The process's own metrics: made with `meter`, read as Prometheus text, pushed over OTLP where configured. */
export interface OwnMetrics {
  readonly meter: Meter
  /** The Prometheus text format, version 0.0.4. */
  renderPrometheus(): Promise<string>
  /** Pushes a last time if that is quick. Never rejects. */
  shutdown(): Promise<void>
}

export async function createMetrics({ instanceId, otlp, log }: OwnMetricsOptions): Promise<OwnMetrics> {
  const onDemand = new OnDemandReader()
  const readers: IMetricReader[] = [onDemand]
  if (otlp !== undefined) readers.push(await createPushReader(otlp, log))
  const provider = new MeterProvider({ resource: createOwnResource(instanceId), readers })
  const meter = provider.getMeter(ownName, version)
  const stopObserving = observeProcess(meter)
  return {
    meter,
    async renderPrometheus() {
      const { resourceMetrics, errors } = await onDemand.collect()
      if (errors.length > 0) log.debug('Some own metrics could not be read', { err: errors[0] })
      return toPrometheusText(resourceMetrics)
    },
    async shutdown() {
      await shutDownQuickly(provider, log)
      stopObserving()
    },
  }
}

/** Collects when asked, cumulative since the start. */
class OnDemandReader extends MetricReader {
  protected override async onForceFlush(): Promise<void> {}
  protected override async onShutdown(): Promise<void> {}
}

async function createPushReader(
  { endpoint, headers, intervalMs }: NonNullable<OwnMetricsOptions['otlp']>,
  log: Log,
): Promise<IMetricReader> {
  // Loaded only where it is used: most processes are scraped.
  const { OTLPMetricExporter } = await import('@opentelemetry/exporter-metrics-otlp-http')
  const timeoutMillis = Math.min(intervalMs, 10_000)
  const exporter = new OTLPMetricExporter({
    url: signalUrl(endpoint, '/v1/metrics'),
    headers: { ...headers },
    timeoutMillis,
  })
  reportFailures(exporter, 'metrics', log)
  return new PeriodicExportingMetricReader({
    exporter,
    exportIntervalMillis: intervalMs,
    exportTimeoutMillis: timeoutMillis,
  })
}
