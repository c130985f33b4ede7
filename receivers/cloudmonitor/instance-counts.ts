import type { ResourceMetrics } from '@opentelemetry/sdk-metrics'
import type { CatalogueNamespace } from './catalogue/catalogue.ts'
import { toCountMetrics } from './convert.ts'
import type { InstanceFilter } from './filter.ts'
import type { InventoryItem } from './identity.ts'

interface Count {
  readonly accountId: string | undefined
  readonly region: string | undefined
  count: number
}

/** Counts instances by service, account and region, and says 0 once the last of them is gone. */
export interface InstanceCounter {
  count(items: Iterable<InventoryItem>, atMs: number): ResourceMetrics[]
}

/** @param namespaces whose instances are counted, as far as their type is known */
export function createInstanceCounter(
  namespaces: readonly CatalogueNamespace[],
  filter: InstanceFilter,
): InstanceCounter {
  const serviceOf = new Map(
    namespaces.flatMap(({ resourceType, service }) =>
      resourceType === undefined ? [] : [[resourceType.toLowerCase(), service]],
    ),
  )
  const known = new Map<string, Map<string, Count>>()
  return {
    count(items, atMs) {
      for (const counts of known.values()) for (const each of counts.values()) each.count = 0
      for (const item of items) {
        const { id, type, accountId, region } = item
        const service = serviceOf.get(type.toLowerCase())
        if (service === undefined) continue
        const identity = { key: id, accountId, region, instanceId: id, attributes: [], pointAttributes: {} }
        if (!filter.passes(identity, item)) continue
        const counts = known.get(service) ?? new Map<string, Count>()
        known.set(service, counts)
        const place = `${accountId}/${region}`
        const counted = counts.get(place) ?? { accountId, region, count: 0 }
        counts.set(place, counted)
        counted.count++
      }
      return [...known].flatMap(([service, counts]) => toCountMetrics(service, counts.values(), atMs))
    },
  }
}
