import type { Random } from '../random.ts'

/** One record as a product would write it. */
export interface TrafficRecord {
  readonly contents: [key: string, value: string][]
  /** Nanoseconds within the second, where the writer knows them. */
  readonly timeNs?: number
  /** The id that the record carries, for kinds known by one. */
  readonly id?: string
}

/** What all records of one LogGroup share. */
export interface TrafficGroup {
  readonly topic: string
  readonly source: string
  readonly tags: [key: string, value: string][]
  record(timeMs: number): TrafficRecord
}

/** A kind of log that the simulator can write. The names are the ids of sls-log-schemas, `app` is everything else. */
export interface TrafficKind {
  readonly name: TrafficKindName
  /** Begins a LogGroup; `random` decides all of it. */
  group(random: Random): TrafficGroup
}

export type TrafficKindName =
  | 'actiontrail-event'
  | 'alb-access'
  | 'app'
  | 'clb-access'
  | 'k8s-stdout'
  | 'rds-sql-audit'
  | 'sls-operation'

/** Stands in text for three bytes that are no UTF-8; the generator puts them in after encoding. A private-use character, three bytes long itself. */
export const oddBytesPlaceholder = '\ue000'

export const accountId = '1234567890123456'

/** Addresses of the documentation ranges only. */
export function clientAddress(random: Random): string {
  if (random.chance(0.04)) return `2001:db8::${random.hex(4)}`
  return `${random.pick(['198.51.100', '203.0.113'])}.${random.integer(1, 254)}`
}

export function privateAddress(random: Random): string {
  return `192.0.2.${random.integer(10, 60)}`
}

export function uuid(random: Random): string {
  return `${random.hex(8)}-${random.hex(4)}-4${random.hex(3)}-8${random.hex(3)}-${random.hex(12)}`
}

/** Seconds with three decimals, long-tailed: most answers are quick, a few are not. */
export function duration(random: Random, typicalSeconds: number): string {
  const tail = random.chance(0.02) ? 30 : random.chance(0.15) ? 5 : 1
  return (typicalSeconds * tail * (0.3 + 1.4 * random.next())).toFixed(3)
}
