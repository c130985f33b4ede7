import type { JsonObject } from '../../src/lossless-json.ts'
import { familyOf, identityOf, resourcesOf, textOf } from './audit-event.ts'

const HOUR_MS = 3_600_000
const REMEMBERED_MS = 400 * 86_400_000
/** Of one kind for one key and service; the vendor keeps only part of them as well. */
const MAX_ENTRIES = 1000

/** The latest of all uses of one kind. */
export interface KeyUse {
  readonly timeMs: number
  readonly source: 'ManagementEvent' | 'DataEvent'
  readonly serviceName: string
  readonly document: JsonObject
}

/** The latest use of a key of one service: as a whole, by event name, by address and by resource (`type` NUL `name`). */
export interface ServiceUse {
  last: KeyUse
  readonly events: Map<string, KeyUse>
  readonly addresses: Map<string, KeyUse>
  readonly resources: Map<string, KeyUse>
}

type Uses = Map<string, Map<string, ServiceUse>>

/**
 * Which key was last used when and for what, out of the events issued. Like the vendor's, it is refreshed at the full
 * hour: what happened since is not in it yet.
 */
export class KeyUsage {
  /** By key and service, as callers may see it; and what the running hour adds. */
  readonly #published: Uses = new Map()
  readonly #pending: Uses = new Map()
  #hour = 0

  record(document: JsonObject, timeMs: number, nowMs: number): void {
    this.#refresh(nowMs)
    const keyId = identityOf(document, 'accessKeyId')
    const family = familyOf(document)
    // Keys of sessions are gone within hours, and not of this list.
    if (keyId === '' || keyId.startsWith('STS.') || family === 'insight' || family === 'platform') return
    const source = family === 'data' ? 'DataEvent' : 'ManagementEvent'
    const use: KeyUse = { timeMs, source, serviceName: textOf(document['serviceName']), document }
    const service = serviceIn(this.#pending, keyId, use)
    remember(service.events, textOf(document['eventName']), use)
    remember(service.addresses, textOf(document['sourceIpAddress']), use)
    for (const { type, name } of resourcesOf(document)) remember(service.resources, `${type}\0${name}`, use)
  }

  /** By service; empty when nothing is known of the key. */
  servicesOf(keyId: string, nowMs: number): ReadonlyMap<string, ServiceUse> {
    this.#refresh(nowMs)
    const services = this.#published.get(keyId) ?? new Map<string, ServiceUse>()
    return new Map([...services].filter(([, { last }]) => nowMs - last.timeMs <= REMEMBERED_MS))
  }

  /** Of any service. */
  lastUseOf(keyId: string, nowMs: number): KeyUse | undefined {
    const uses = [...this.servicesOf(keyId, nowMs).values()].map(({ last }) => last)
    return uses.toSorted((a, b) => b.timeMs - a.timeMs)[0]
  }

  #refresh(nowMs: number): void {
    const hour = Math.floor(nowMs / HOUR_MS)
    if (hour === this.#hour) return
    this.#hour = hour
    for (const [keyId, services] of this.#pending) {
      for (const added of services.values()) {
        const service = serviceIn(this.#published, keyId, added.last)
        for (const kind of ['events', 'addresses', 'resources'] as const) {
          for (const [key, use] of added[kind]) remember(service[kind], key, use)
        }
      }
    }
    this.#pending.clear()
  }
}

/** The entry that this use belongs to, with `last` brought up to it. */
function serviceIn(uses: Uses, keyId: string, use: KeyUse): ServiceUse {
  const services = uses.get(keyId) ?? new Map<string, ServiceUse>()
  uses.set(keyId, services)
  const known = services.get(use.serviceName)
  const service = known ?? { last: use, events: new Map(), addresses: new Map(), resources: new Map() }
  services.set(use.serviceName, service)
  if (use.timeMs >= service.last.timeMs) service.last = use
  return service
}

function remember(uses: Map<string, KeyUse>, key: string, use: KeyUse): void {
  if (key === '') return
  const known = uses.get(key)
  if (known !== undefined && known.timeMs > use.timeMs) return
  // Back in at the end, so that the first is the one not seen for longest.
  uses.delete(key)
  uses.set(key, use)
  const [oldest] = uses.keys()
  if (uses.size > MAX_ENTRIES && oldest !== undefined) uses.delete(oldest)
}
