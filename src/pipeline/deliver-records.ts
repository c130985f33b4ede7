import type { ReceiverMetrics } from '../telemetry/data-metrics.ts'
import type { ByteLease } from './byte-budget.ts'
import type { Outlet } from './outlet.ts'
import type { OutgoingRecord, RecordEncoder } from './record-encoder.ts'

export interface RecordDelivery {
  readonly outlets: readonly Outlet[]
  readonly encoder: RecordEncoder
  readonly metrics: Pick<ReceiverMetrics, 'accepted' | 'refused' | 'filtered'>
}

/**
 * Encodes records for each outlet and delivers them. Resolves when every backend behind every outlet has answered; until
 * then their bytes count as in flight.
 */
export async function deliverRecords(
  records: readonly OutgoingRecord[],
  lease: ByteLease,
  { outlets, encoder, metrics }: RecordDelivery,
): Promise<void> {
  try {
    const encoded = outlets.map((outlet) => ({ outlet, ...encoder.encode(records, outlet.processing) }))
    for (const { filtered } of encoded) metrics.filtered(filtered)
    lease.resize(encoded.flatMap(({ payloads }) => payloads).reduce((sum, { bytes }) => sum + bytes.length, 0))
    // What a filter left out of one pipeline may be in another.
    const items = Math.max(0, ...encoded.map(({ payloads }) => payloads.reduce((sum, each) => sum + each.items, 0)))
    const answers = encoded.flatMap(({ outlet, payloads }) => payloads.map((payload) => outlet.deliver(payload)))
    await Promise.all(answers).catch((error) => {
      // Given up at shutdown, or refused with `on_rejected: stop`. The position stays, so they will be read again.
      metrics.refused('logs', items)
      throw error
    })
    metrics.accepted('logs', items)
  } finally {
    lease.release()
  }
}
