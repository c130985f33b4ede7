import type { AuditEvent } from './audit-event.ts'

/** A place in a list of events: behind everything up to this time and, within it, this sequence number. */
export type Position = readonly [timeMs: number, sequence: number]

/** Events of one account, one region and one kind, in the order of their times. */
export class EventList {
  #events: AuditEvent[] = []
  #isSorted = true
  bytes = 0

  get length(): number {
    return this.#events.length
  }

  get oldestTimeMs(): number {
    return this.sorted()[0]?.timeMs ?? Number.POSITIVE_INFINITY
  }

  add(event: AuditEvent): void {
    const last = this.#events.at(-1)
    if (last !== undefined && comparePositions(positionOf(last), positionOf(event)) > 0) this.#isSorted = false
    this.#events.push(event)
    this.bytes += event.text.length
  }

  /** Oldest first. */
  sorted(): readonly AuditEvent[] {
    if (!this.#isSorted) this.#events.sort((a, b) => comparePositions(positionOf(a), positionOf(b)))
    this.#isSorted = true
    return this.#events
  }

  dropOldest(count: number): void {
    this.sorted()
    for (const event of this.#events.splice(0, count)) this.bytes -= event.text.length
  }

  /** How many events stand before this place. */
  countUpTo(position: Position): number {
    const events = this.sorted()
    let low = 0
    let high = events.length
    while (low < high) {
      const middle = (low + high) >>> 1
      const event = events[middle]
      if (event !== undefined && comparePositions(positionOf(event), position) <= 0) low = middle + 1
      else high = middle
    }
    return low
  }
}

export function positionOf({ timeMs, sequence }: AuditEvent): Position {
  return [timeMs, sequence]
}

function comparePositions(a: Position, b: Position): number {
  return a[0] - b[0] || a[1] - b[1]
}

export type EventKind = 'management' | 'insight'

/** All events that can be queried, under (account, region). */
export class AuditStore {
  readonly #retentionBytes: number
  readonly #lists = new Map<string, EventList>()

  /** @param retentionBytes characters of all documents together; the oldest go first */
  constructor(retentionBytes: number) {
    this.#retentionBytes = retentionBytes
  }

  add(accountId: string, region: string, kind: EventKind, event: AuditEvent): void {
    this.list(accountId, region, kind).add(event)
    let bytes = 0
    for (const list of this.#lists.values()) bytes += list.bytes
    if (bytes > this.#retentionBytes) this.#makeRoom()
  }

  list(accountId: string, region: string, kind: EventKind): EventList {
    const key = `${accountId} ${region} ${kind}`
    let list = this.#lists.get(key)
    if (list === undefined) {
      list = new EventList()
      this.#lists.set(key, list)
    }
    return list
  }

  /** A tenth of the list whose events are the oldest, so that this is rare. */
  #makeRoom(): void {
    let oldest: EventList | undefined
    for (const list of this.#lists.values()) {
      if (list.oldestTimeMs < (oldest?.oldestTimeMs ?? Number.POSITIVE_INFINITY)) oldest = list
    }
    oldest?.dropOldest(Math.ceil(oldest.length / 10))
  }
}
