import type { RpcClient } from '../../src/alibaba/rpc/client.ts'
import { ReceiverError } from '../../src/errors.ts'
import type { Log } from '../../src/telemetry/log.ts'
import type { CloudMonitorOptions } from './config.ts'
import type { InventorySource } from './inventory.ts'
import {
  databaseType,
  ecsSource,
  firstAllowed,
  hostType,
  type InventoryPart,
  joinedSource,
  rdsHost,
  rdsSource,
  resourceCenterSource,
  tagSource,
} from './inventory-sources.ts'

export interface InventoryChoice {
  readonly options: Pick<CloudMonitorOptions, 'inventory' | 'endpoint' | 'regions' | 'filter'>
  /** Types of all that is collected; empty where they are not known. */
  readonly resourceTypes: readonly string[]
  /** A client for a product, at an address. */
  readonly openRpc: (product: string, address: string, region?: string) => RpcClient
  readonly log: Log
}

/**
 * Where names and tags come from, by the options; `undefined` where none are wanted.
 * @throws {ReceiverError} CONFIG_INVALID for a source that does not know what the filter asks for
 */
export function chooseInventory({
  options,
  resourceTypes,
  openRpc,
  log,
}: InventoryChoice): InventorySource | undefined {
  const { inventory, endpoint, filter } = options
  const shared = inventory.endpoint || (typeof endpoint === 'string' ? endpoint : '')
  const inEachRegion = (product: string, vendorHost: (region: string) => string) =>
    new Map(options.regions.map((region) => [region, openRpc(product, shared || vendorHost(region), region)]))

  const filtersByTag = Object.keys(filter.tags).length > 0
  const filtersByName = filter.names.length + filter.resourceGroups.length > 0
  const filtersByRegion = filter.regions.length > 0
  const isOfProducts =
    resourceTypes.length > 0 && resourceTypes.every((type) => type === hostType || type === databaseType)
  // Of what is neither host nor database they know no name, and such a filter would let none of it pass.
  const areProductsEnough = !filtersByName || isOfProducts

  const openTags = () => tagSource(inEachRegion('tag', (region) => `tag.${region}.aliyuncs.com`))
  /** The Tag API knows the tags of everything, ECS and RDS the names of their own. */
  const openProducts = () => {
    const isWanted = (type: string) => resourceTypes.length === 0 || resourceTypes.includes(type)
    // What a filter asks for must be known, or points would be left out that should pass.
    const needed = filtersByTag || filtersByName || filtersByRegion ? 'unless_refused' : 'never'
    const isTagNeeded = filtersByTag || (filtersByRegion && !isOfProducts)
    const neededOfProduct = filtersByName ? 'always' : needed
    const parts: InventoryPart[] = [{ name: 'Tag API', read: openTags(), needed: isTagNeeded ? 'always' : needed }]
    if (isWanted(hostType)) {
      const read = ecsSource(inEachRegion('ecs', (region) => `ecs.${region}.aliyuncs.com`))
      parts.push({ name: 'ECS', read, needed: neededOfProduct })
    }
    if (isWanted(databaseType)) {
      parts.push({ name: 'RDS', read: rdsSource(inEachRegion('rds', rdsHost)), needed: neededOfProduct })
    }
    return joinedSource(parts, log)
  }

  switch (inventory.source) {
    case 'none':
      return undefined
    case 'tags':
      return openTags()
    case 'products':
      if (areProductsEnough) return openProducts()
      throw new ReceiverError(
        'CONFIG_INVALID',
        'filter: names and resource groups are known of hosts and databases only where inventory is products; more than these is collected',
        { remedy: 'Set inventory: resource_center, or collect acs_ecs_dashboard and acs_rds_dashboard only.' },
      )
    case 'resource_center': {
      const resourceCenter = resourceCenterSource(openRpc('resourcecenter', shared || 'resourcecenter.aliyuncs.com'))
      return areProductsEnough ? firstAllowed(resourceCenter, openProducts(), log) : resourceCenter
    }
  }
}
