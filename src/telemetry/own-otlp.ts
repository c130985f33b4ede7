import { setTimeout as delay } from 'node:timers/promises'
import { type ExportResult, ExportResultCode } from '@opentelemetry/core'
import { type Resource, resourceFromAttributes } from '@opentelemetry/resources'
import { ATTR_SERVICE_INSTANCE_ID, ATTR_SERVICE_NAME, ATTR_SERVICE_VERSION } from '@opentelemetry/semantic-conventions'
import { version } from '../version.ts'
import type { Log } from './log.ts'

/** Where own logs or own metrics are pushed. */
export interface OwnOtlpOptions {
  /** URL of an OTLP/HTTP backend; `/v1/logs` or `/v1/metrics` is added to one without a path. */
  readonly endpoint: string
  readonly headers: Readonly<Record<string, string>>
}

/** Name of the scope of own logs and metrics, and the service's name. */
export const ownName = 'alibabacloud-otel-receiver'

/** The last push at shutdown gets this long; nobody should wait for telemetry about a process that ends. */
const SHUTDOWN_MS = 2_000

/** @param instanceId tells this process from others of the same service */
export function createOwnResource(instanceId: string): Resource {
  return resourceFromAttributes({
    [ATTR_SERVICE_NAME]: ownName,
    [ATTR_SERVICE_VERSION]: version,
    [ATTR_SERVICE_INSTANCE_ID]: instanceId,
  })
}

export function signalUrl(endpoint: string, signalPath: '/v1/logs' | '/v1/metrics'): string {
  const url = new URL(endpoint)
  if (url.pathname === '/') url.pathname = signalPath
  return url.href
}

interface SdkExporter<Batch> {
  export(batch: Batch, done: (result: ExportResult) => void): void
}

/**
 * Lets an SDK exporter report to our log instead of OpenTelemetry's global error handler, which belongs to the program
 * that embeds us: one warning when pushing begins to fail, one line when it works again. What fails is dropped.
 */
export function reportFailures<Batch>(exporter: SdkExporter<Batch>, signal: 'logs' | 'metrics', log: Log): void {
  const send = exporter.export.bind(exporter)
  let failing = false
  exporter.export = (batch, done) =>
    send(batch, (result) => {
      const failed = result.code !== ExportResultCode.SUCCESS
      if (failed && !failing)
        log.warn('Own telemetry cannot be delivered and is dropped', { signal, err: result.error })
      if (!failed && failing) log.info('Own telemetry is delivered again', { signal })
      failing = failed
      done({ code: ExportResultCode.SUCCESS })
    })
}

/** Shuts a provider down, with a last push as far as that is quick. Never rejects. */
export async function shutDownQuickly(provider: { shutdown(): Promise<void> }, log: Log): Promise<void> {
  const shutdown = provider
    .shutdown()
    .catch((error: unknown) => log.debug('Own telemetry did not shut down cleanly', { err: error }))
  await Promise.race([shutdown, delay(SHUTDOWN_MS, undefined, { ref: false })])
}
