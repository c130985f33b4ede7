export type Signal = 'logs' | 'metrics'

/**
 * One encoded OTLP request: what travels from a receiver to the exporters.
 *
 * - `bytes`: protobuf of `ExportLogsServiceRequest` or `ExportMetricsServiceRequest`; never changed after creation. Once
 *   it is answered, whoever made it may give the memory back: who wants to keep anything of it makes a copy.
 * - `items`: log records or data points inside.
 * - `oldestUnixNano`, `newestUnixNano`: the range of record times, nanoseconds since the epoch.
 */
export interface Payload {
  readonly signal: Signal
  readonly bytes: Uint8Array
  readonly items: number
  readonly oldestUnixNano: bigint
  readonly newestUnixNano: bigint
}

/**
 * What became of a payload, given only after the backend answered. There is no "failed": an exporter retries without
 * an end, so a promise of an answer either resolves with this or rejects because the process stops.
 *
 * - `refused`: items the backend said it dropped in a partial success; counted, never sent again.
 * - `rejected`: items refused for ever by themselves; they went where `on_rejected` says (parked or dropped).
 */
export interface Answer {
  readonly refused: number
  readonly rejected: number
}

export const acceptedWhole: Answer = { refused: 0, rejected: 0 }

/**
 * One payload with the items of all, in order. Two protobuf messages laid end to end are one message with both lists,
 * so this copies bytes and builds nothing.
 */
export function concatPayloads(payloads: readonly [Payload, ...Payload[]]): Payload {
  if (payloads.length === 1) return payloads[0]
  let size = 0
  let items = 0
  let { oldestUnixNano, newestUnixNano } = payloads[0]
  for (const payload of payloads) {
    size += payload.bytes.length
    items += payload.items
    if (payload.oldestUnixNano < oldestUnixNano) oldestUnixNano = payload.oldestUnixNano
    if (payload.newestUnixNano > newestUnixNano) newestUnixNano = payload.newestUnixNano
  }
  const bytes = new Uint8Array(size)
  let offset = 0
  for (const payload of payloads) {
    bytes.set(payload.bytes, offset)
    offset += payload.bytes.length
  }
  return { signal: payloads[0].signal, bytes, items, oldestUnixNano, newestUnixNano }
}
