import type { Counter } from '@opentelemetry/api'
import type { ExporterContext } from '../pipeline/component.ts'
import type { Signal } from '../pipeline/payload.ts'

const itemsOf = { logs: 'log_records', metrics: 'metric_points' } as const

/** What an exporter counts. Names are promises to dashboards and alerts: the Collector's where it has one. */
export interface ExporterMetrics {
  /** Items the backend accepted. */
  sent(signal: Signal, items: number): void
  /** Items the backend dropped in a partial success, or refuses for ever. */
  failed(signal: Signal, items: number): void
  /** Records the backend refuses for ever. */
  poison(items: number): void
  /** One request; `result` is its outcome's status. */
  request(result: string): void
}

/** The instruments of one exporter; `exporter` in their attributes is its id as configured. */
export function createExporterMetrics({ meter, id }: Pick<ExporterContext, 'meter' | 'id'>): ExporterMetrics {
  const attributes = { exporter: id }
  const perSignal = (verb: string, outcome: string): Record<Signal, Counter> => {
    const counterOf = (signal: Signal, what: string) =>
      meter.createCounter(`otelcol_exporter_${verb}_${itemsOf[signal]}`, { description: `${what} ${outcome}` })
    return { logs: counterOf('logs', 'Log records'), metrics: counterOf('metrics', 'Data points') }
  }
  const sent = perSignal('sent', 'that the backend accepted')
  const failed = perSignal('send_failed', 'that the backend dropped or refuses for ever')
  const poison = meter.createCounter('alibabacloud_receiver_poison_records', {
    description: 'Records that the backend refuses for ever; on_rejected says what became of them',
  })
  const requests = meter.createCounter('alibabacloud_exporter_requests', {
    description: 'Requests to the backend by result',
  })
  // A counter that exists only after the first trouble cannot be alerted on: its first increase would go unseen.
  for (const counter of [sent.logs, sent.metrics, failed.logs, failed.metrics, poison]) counter.add(0, attributes)
  return {
    sent: (signal, items) => sent[signal].add(items, attributes),
    failed: (signal, items) => failed[signal].add(items, attributes),
    poison: (items) => poison.add(items, attributes),
    request: (result) => requests.add(1, { ...attributes, result }),
  }
}
