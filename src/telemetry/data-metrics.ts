import type { Meter } from '@opentelemetry/api'

/** A value read when metrics are collected, with the attributes that tell its source within the receiver. */
export interface SourceSeconds {
  readonly seconds: number
  readonly attributes: Readonly<Record<string, string>>
}

const itemsOf = { logs: 'log_records', metrics: 'metric_points' } as const
type Signal = keyof typeof itemsOf

/** What a receiver counts. Names are promises to dashboards and alerts: the Collector's where it has one. */
export interface ReceiverMetrics {
  /** Items that every backend behind an outlet has answered for. */
  accepted(signal: Signal, items: number): void
  /** Items that could not be handed on: given up at shutdown, or the cause of `on_rejected: stop`. They will be read again. */
  refused(signal: Signal, items: number): void
  /** Records that the source gave, those that were read before among them; for sources whose windows overlap. */
  received(records: number): void
  /** Records of the source that could not be converted. */
  malformed(records: number): void
  /** Records that a filter left out of a pipeline. */
  filtered(records: number): void
  /** Values that are not the number or time their kind of log says; they are kept as text. */
  unparsedValues(values: number): void
  /** Records that were read again and not passed on a second time. */
  duplicatesDropped(records: number): void
  /** A stored position was older than the oldest record kept: what lay between was lost before it could be read. */
  expired(): void
  /** A consumer group took a shard away before this member had given it up: what was unanswered comes again elsewhere. */
  lostShard(): void
  /** How far delivery of each source is behind now; 0 when all there is has been delivered. */
  observeLag(read: () => Iterable<SourceSeconds>): void
  /** How long ago something of each source was delivered, or there was nothing to deliver. */
  observeSinceProgress(read: () => Iterable<SourceSeconds>): void
  /** Bytes pulled and not yet answered for. */
  observeInFlightBytes(read: () => number): void
}

/** The instruments of one receiver; `receiver` in their attributes is its id as configured. */
export function createReceiverMetrics(meter: Meter, receiver: string): ReceiverMetrics {
  const attributes = { receiver }
  const itemCounter = (verb: 'accepted' | 'refused', signal: Signal, description: string) =>
    meter.createCounter(`otelcol_receiver_${verb}_${itemsOf[signal]}`, { description })
  const accepted = {
    logs: itemCounter('accepted', 'logs', 'Log records that every backend has answered for'),
    metrics: itemCounter('accepted', 'metrics', 'Data points that every backend has answered for'),
  }
  const refused = {
    logs: itemCounter('refused', 'logs', 'Log records that could not be handed on and will be read again'),
    metrics: itemCounter('refused', 'metrics', 'Data points that could not be handed on and will be read again'),
  }
  const received = meter.createCounter('alibabacloud_receiver_received_records', {
    description: 'Records that the source gave, those that were read before among them',
  })
  const malformed = meter.createCounter('alibabacloud_receiver_malformed_records', {
    description: 'Records of the source that could not be converted',
  })
  const filtered = meter.createCounter('alibabacloud_receiver_filtered_records', {
    description: 'Records that a filter left out, once for each group of pipelines with the same processors',
  })
  const unparsed = meter.createCounter('alibabacloud_receiver_unparsed_values', {
    description: 'Values that are not the number or time their kind of log says, kept as text',
  })
  const duplicates = meter.createCounter('alibabacloud_receiver_duplicates_dropped', {
    description: 'Records that were read again and not passed on a second time',
  })
  const expired = meter.createCounter('alibabacloud_receiver_expired_positions', {
    description: 'Times that records expired at the source before they were read',
  })
  const lostShards = meter.createCounter('alibabacloud_receiver_lost_shards', {
    description: 'Shards that a consumer group took away before this member had given them up',
  })
  // A counter that exists only after the first trouble cannot be alerted on: its first increase would go unseen.
  const rare = [malformed, filtered, unparsed, duplicates, expired, lostShards]
  for (const counter of [...rare, ...Object.values(accepted), ...Object.values(refused)]) counter.add(0, attributes)

  function observeSeconds(name: string, description: string, read: () => Iterable<SourceSeconds>): void {
    meter.createObservableGauge(name, { description, unit: 's' }).addCallback((result) => {
      for (const it of read()) result.observe(it.seconds, { ...it.attributes, ...attributes })
    })
  }

  return {
    accepted: (signal, items) => accepted[signal].add(items, attributes),
    refused: (signal, items) => refused[signal].add(items, attributes),
    received: (records) => received.add(records, attributes),
    malformed: (records) => malformed.add(records, attributes),
    filtered: (records) => filtered.add(records, attributes),
    unparsedValues: (values) => unparsed.add(values, attributes),
    duplicatesDropped: (records) => duplicates.add(records, attributes),
    expired: () => expired.add(1, attributes),
    lostShard: () => lostShards.add(1, attributes),
    observeLag: (read) =>
      observeSeconds('alibabacloud_receiver_lag_seconds', 'How far delivery of the source is behind now', read),
    observeSinceProgress: (read) =>
      observeSeconds(
        'alibabacloud_receiver_seconds_since_progress',
        'Time since something of the source was delivered, or there was nothing to deliver',
        read,
      ),
    observeInFlightBytes: (read) =>
      meter
        .createObservableGauge('alibabacloud_receiver_in_flight_bytes', {
          description: 'Bytes pulled and not yet answered for',
          unit: 'By',
        })
        .addCallback((result) => result.observe(read(), attributes)),
  }
}
