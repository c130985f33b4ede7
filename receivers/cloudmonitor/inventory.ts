import type { RpcClient } from '../../src/alibaba/rpc/client.ts'
import { RpcError } from '../../src/alibaba/rpc/errors.ts'
import type { Clock } from '../../src/clock.ts'
import { isJsonObject, type Json, type JsonObject } from '../../src/lossless-json.ts'
import type { Log } from '../../src/telemetry/log.ts'
import type { InventoryItem } from './identity.ts'

/** What there is in an account, with names and tags. Never waited for: it is as fresh as its last refresh. */
export interface Inventory {
  /** False until it was read for the first time. */
  readonly isLoaded: boolean
  find(id: string): InventoryItem | undefined
  /** An instance was seen that is not listed: a new one, most likely, so the next refresh comes early. */
  missed(): void
  /** What is listed now; without what has vanished and is kept for its last points. */
  listed(): Iterable<InventoryItem>
}

/** Where nothing is known of instances but what their points tell. */
export const noInventory: Inventory = {
  isLoaded: true,
  find: () => undefined,
  missed: () => {},
  listed: () => [],
}

export interface InventoryOptions {
  readonly refreshMs: number
  /** Types to ask for; empty: all there are. */
  readonly resourceTypes: readonly string[]
}

/** Reads everything once; the first source that may be called is used. */
export type InventorySource = (resourceTypes: readonly string[], signal: AbortSignal) => Promise<InventoryItem[]>

/** The last points of an instance come after it is gone, and should carry its name. */
const vanishedKeptMs = 60 * 60_000
/** Between early refreshes, so that an instance that is never listed costs little. */
const earlyRefreshMs = 2 * 60_000
const retryMs = 60_000

export interface RefreshedInventory extends Inventory {
  /** Refreshes until `stop`. `onRefresh` is told when it has read everything. */
  run(onRefresh: (atMs: number) => Promise<void>, stop: AbortSignal): Promise<void>
  /** Resolves after the first attempt, whether it succeeded or not. */
  readonly firstAttempt: Promise<void>
}

export function createInventory(
  source: InventorySource,
  options: InventoryOptions,
  { clock, log }: { readonly clock: Clock; readonly log: Log },
): RefreshedInventory {
  let items = new Map<string, InventoryItem>()
  const vanished = new Map<string, { readonly item: InventoryItem; readonly untilMs: number }>()
  const firstAttempt = Promise.withResolvers<void>()
  let isLoaded = false
  let hasFailed = false
  let isMissing = false
  let missing = Promise.withResolvers<void>()

  async function refresh(stop: AbortSignal): Promise<number> {
    const found = await source(options.resourceTypes, stop)
    const nowMs = clock.now()
    const fresh = new Map(found.map((item) => [item.id, item]))
    for (const [id, item] of items) if (!fresh.has(id)) vanished.set(id, { item, untilMs: nowMs + vanishedKeptMs })
    for (const [id, { untilMs }] of vanished) if (untilMs <= nowMs || fresh.has(id)) vanished.delete(id)
    items = fresh
    if (!isLoaded || hasFailed) log.info('Inventory read', { instances: items.size })
    isLoaded = true
    hasFailed = false
    return nowMs
  }

  /** Until the next refresh is due, or an instance was missed and the last refresh was not just now. */
  async function pause(stop: AbortSignal): Promise<void> {
    await clock.sleep(Math.min(earlyRefreshMs, options.refreshMs), stop)
    if (isMissing || options.refreshMs <= earlyRefreshMs) return
    const early = new AbortController()
    void missing.promise.then(() => early.abort())
    await clock.sleep(options.refreshMs - earlyRefreshMs, AbortSignal.any([stop, early.signal])).catch(() => {})
  }

  return {
    get isLoaded() {
      return isLoaded
    },
    find: (id) => items.get(id) ?? vanished.get(id)?.item,
    missed() {
      isMissing = true
      missing.resolve()
    },
    listed: () => items.values(),
    firstAttempt: firstAttempt.promise,
    async run(onRefresh, stop) {
      while (!stop.aborted) {
        try {
          isMissing = false
          missing = Promise.withResolvers()
          const atMs = await refresh(stop)
          firstAttempt.resolve()
          await onRefresh(atMs)
          await pause(stop)
        } catch (error) {
          firstAttempt.resolve()
          if (stop.aborted) return
          if (!hasFailed) log.warn('Cannot read the inventory; names and tags stay as they are', { err: error })
          hasFailed = true
          await clock.sleep(retryMs, stop).catch(() => {})
        }
      }
    },
  }
}

const PAGE_SIZE = 500
const TAG_PAGE_SIZE = 1000

/** All products and regions in one paged call (cloudmonitor.md 7.2). */
export function resourceCenterSource(client: RpcClient): InventorySource {
  return async (resourceTypes, signal) => {
    const filter =
      resourceTypes.length === 0 ? [] : [{ Key: 'ResourceType', MatchType: 'Equals', Value: resourceTypes }]
    const query = { MaxResults: PAGE_SIZE, Filter: filter }
    const call = { action: 'SearchResources', version: '2022-12-01' }
    return await readPages(client, call, query, signal, (body) => list(body['Resources']).flatMap(toItem))
  }
}

/** Tags, and what the ARN tells, for accounts in which Resource Center is not switched on. One client a region. */
export function tagSource(clients: ReadonlyMap<string, RpcClient>): InventorySource {
  return async (_resourceTypes, signal) => {
    const items: InventoryItem[] = []
    const call = { action: 'ListTagResources', version: '2018-08-28' }
    for (const [RegionId, client] of clients) {
      const query = { RegionId, PageSize: TAG_PAGE_SIZE, Category: 'Custom' }
      items.push(
        ...(await readPages(client, call, query, signal, (body) => list(body['TagResources']).flatMap(toTaggedItem))),
      )
    }
    return items
  }
}

/** The first source, or the second where the account may not use the first. */
export function firstAllowed(first: InventorySource, second: InventorySource, log: Log): InventorySource {
  let isRefused = false
  return async (resourceTypes, signal) => {
    try {
      const items = await first(resourceTypes, signal)
      isRefused = false
      return items
    } catch (error) {
      if (!(error instanceof RpcError) || (error.kind !== 'permission' && error.kind !== 'refused')) throw error
      if (!isRefused)
        log.warn('Resource Center refuses; the Tag API is asked instead, which knows no names', { err: error })
      isRefused = true
      return await second(resourceTypes, signal)
    }
  }
}

async function readPages(
  client: RpcClient,
  call: { readonly action: string; readonly version: string },
  query: Readonly<Record<string, unknown>>,
  signal: AbortSignal,
  read: (body: JsonObject) => InventoryItem[],
): Promise<InventoryItem[]> {
  const items: InventoryItem[] = []
  for (let token: string | undefined; ; ) {
    const parameters = { ...query, NextToken: token } as NonNullable<Parameters<RpcClient['call']>[0]['query']>
    const { body } = await client.call({ ...call, query: parameters, repeatForMs: retryMs }, signal)
    items.push(...read(body))
    const next = text(body['NextToken'])
    if (next === undefined || next === token) return items
    token = next
  }
}

function toItem(resource: JsonObject): InventoryItem[] {
  const id = text(resource['ResourceId'])
  if (id === undefined || resource['Deleted'] === true) return []
  return [
    {
      id,
      type: text(resource['ResourceType']) ?? '',
      name: text(resource['ResourceName']),
      accountId: text(resource['AccountId']),
      region: text(resource['RegionId']),
      zone: text(resource['ZoneId']),
      resourceGroupId: text(resource['ResourceGroupId']),
      addresses: Array.isArray(resource['IpAddresses']) ? resource['IpAddresses'].flatMap((it) => text(it) ?? []) : [],
      tags: toTags(resource['Tags']),
    },
  ]
}

/** `arn:acs:ecs:cn-hangzhou:<account>:instance/i-1` */
function toTaggedItem(resource: JsonObject): InventoryItem[] {
  const [, , product, region, accountId, path = ''] = (text(resource['ResourceARN']) ?? '').split(':')
  const id = path.slice(path.lastIndexOf('/') + 1)
  if (id === '') return []
  const kind = path.split('/')[0] ?? ''
  const tags = toTags(resource['Tags'])
  return [
    {
      id,
      type: `ACS::${product}::${kind}`,
      accountId: accountId || undefined,
      region: region || undefined,
      addresses: [],
      tags,
    },
  ]
}

function toTags(tags: Json | undefined): [string, string][] {
  return list(tags).flatMap((tag) => {
    const key = text(tag['Key'])
    return key === undefined ? [] : [[key, text(tag['Value']) ?? '']]
  })
}

const list = (value: Json | undefined): JsonObject[] => (Array.isArray(value) ? value.filter(isJsonObject) : [])

function text(value: Json | undefined): string | undefined {
  if (typeof value === 'number' || typeof value === 'bigint') return String(value)
  return typeof value === 'string' && value !== '' ? value : undefined
}
