import { createNameMatcher } from '../../src/name-patterns.ts'
import type { InventoryItem, PointIdentity } from './identity.ts'

/** Which instances are exported. Names and globs; `!` excludes; an empty list lets all pass. All conditions must hold. */
export interface FilterOptions {
  /** By key; each with what its value must match. */
  readonly tags: Readonly<Record<string, readonly string[]>>
  readonly resourceGroups: readonly string[]
  readonly ids: readonly string[]
  readonly names: readonly string[]
  readonly regions: readonly string[]
}

export interface InstanceFilter {
  /** Only an inventory can tell. */
  readonly needsInventory: boolean
  passes(identity: PointIdentity, item: InventoryItem | undefined): boolean
}

/** What is measured of an account as a whole passes only where nothing is filtered. */
export function createInstanceFilter({ tags, resourceGroups, ids, names, regions }: FilterOptions): InstanceFilter {
  const tagMatchers = Object.entries(tags).map(([key, patterns]) => [key, createNameMatcher(patterns)] as const)
  const conditions: ((identity: PointIdentity, item: InventoryItem | undefined) => boolean)[] = []
  const add = (patterns: readonly string[], read: (id: PointIdentity, item?: InventoryItem) => string | undefined) => {
    if (patterns.length === 0) return
    const matches = createNameMatcher(patterns)
    conditions.push((identity, item) => {
      const value = read(identity, item)
      return value !== undefined && matches(value)
    })
  }
  add(ids, ({ instanceId }) => instanceId)
  add(names, (_identity, item) => item?.name)
  add(resourceGroups, (_identity, item) => item?.resourceGroupId)
  add(regions, ({ region }, item) => item?.region ?? region)
  for (const [key, matches] of tagMatchers) {
    // A tag that is not there has the empty value, so `"!prod"` holds for it; an unknown instance has no tags to speak of.
    conditions.push(
      (_identity, item) => item !== undefined && matches(item.tags.find(([name]) => name === key)?.[1] ?? ''),
    )
  }
  return {
    needsInventory: tagMatchers.length + names.length + resourceGroups.length + regions.length > 0,
    passes: (identity, item) => conditions.every((holds) => holds(identity, item)),
  }
}
