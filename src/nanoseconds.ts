/** OTLP counts nanoseconds since the epoch; as bigint, since a number cannot hold them. */
export const NANOS_PER_SECOND = 1_000_000_000n
export const NANOS_PER_MS = 1_000_000n
