import type { RpcClient } from '../../src/alibaba/rpc/client.ts'
import { RpcError } from '../../src/alibaba/rpc/errors.ts'
import type { RpcParameters } from '../../src/alibaba/rpc/parameters.ts'
import { isJsonObject, type Json, type JsonObject } from '../../src/lossless-json.ts'
import type { Log } from '../../src/telemetry/log.ts'
import type { InventoryItem } from './identity.ts'
import type { InventorySource } from './inventory.ts'

/** A call is repeated this long; then the refresh has failed, and is tried again later. */
const REPEAT_FOR_MS = 60_000

/** One client for each region. */
export type RegionClients = ReadonlyMap<string, RpcClient>

/** All products and regions in one paged call (cloudmonitor.md 7.2). */
export function resourceCenterSource(client: RpcClient): InventorySource {
  return async (resourceTypes, signal) => {
    const filter =
      resourceTypes.length === 0 ? [] : [{ Key: 'ResourceType', MatchType: 'Equals', Value: resourceTypes }]
    const query = { MaxResults: 500, Filter: filter }
    const call = { action: 'SearchResources', version: '2022-12-01' }
    return await readPages(client, call, query, signal, (body) => list(body['Resources']).flatMap(toItem))
  }
}

/** Tags, and what the ARN tells, for accounts in which Resource Center is not switched on. */
export function tagSource(clients: RegionClients): InventorySource {
  const call = { action: 'ListTagResources', version: '2018-08-28' }
  return regionalSource(clients, call, { PageSize: 1000, Category: 'Custom' }, (body) =>
    list(body['TagResources']).flatMap(toTaggedItem),
  )
}

export const hostType = 'ACS::ECS::Instance'
export const databaseType = 'ACS::RDS::DBInstance'

/** Hosts, as ECS itself lists them: with names, tags, addresses and instance type. */
export function ecsSource(clients: RegionClients): InventorySource {
  const call = { action: 'DescribeInstances', version: '2014-05-26' }
  return regionalSource(clients, call, { MaxResults: 100 }, (body) =>
    list(member(body, 'Instances', 'Instance')).flatMap(toHost),
  )
}

/** Databases, as RDS itself lists them: with names and engine, without tags. */
export function rdsSource(clients: RegionClients): InventorySource {
  const call = { action: 'DescribeDBInstances', version: '2014-08-15' }
  return regionalSource(clients, call, { MaxResults: 100 }, (body) =>
    list(member(body, 'Items', 'DBInstance')).flatMap(toDatabase),
  )
}

// In these regions RDS has the central endpoint; in all others one of their own.
const centralRdsRegions: ReadonlySet<string> = new Set([
  'ap-southeast-1',
  'cn-beijing',
  'cn-hangzhou',
  'cn-heyuan',
  'cn-hongkong',
  'cn-qingdao',
  'cn-shanghai',
  'cn-shenzhen',
  'us-east-1',
  'us-west-1',
])

/** The vendor's own host of RDS. */
export const rdsHost = (region: string) =>
  centralRdsRegions.has(region) ? 'rds.aliyuncs.com' : `rds.${region}.aliyuncs.com`

/** The first source, or the second where the account may not use the first. */
export function firstAllowed(first: InventorySource, second: InventorySource, log: Log): InventorySource {
  let isRefused = false
  return async (resourceTypes, signal) => {
    try {
      const items = await first(resourceTypes, signal)
      isRefused = false
      return items
    } catch (error) {
      if (!isRefusal(error)) throw error
      if (!isRefused) {
        log.warn(
          'Resource Center refuses; tags are read from the Tag API, names of hosts and databases from ECS and RDS',
          {
            err: error,
          },
        )
      }
      isRefused = true
      return await second(resourceTypes, signal)
    }
  }
}

export interface InventoryPart {
  /** For logs. */
  readonly name: string
  readonly read: InventorySource
  /** Whether the inventory is worth nothing without this part: always, unless the account may not read it, or never. */
  readonly needed: 'always' | 'unless_refused' | 'never'
}

/**
 * What several sources know together; of an instance that two of them list, the later one's word counts. A part that fails
 * stays as it was read last, where it may; a reading of which every part failed has failed.
 */
export function joinedSource(parts: readonly InventoryPart[], log: Log): InventorySource {
  const lastRead = new Map<string, InventoryItem[]>()
  const failing = new Set<string>()
  return async (resourceTypes, signal) => {
    const results = await Promise.allSettled(parts.map(({ read }) => read(resourceTypes, signal)))
    signal.throwIfAborted()
    const failures: unknown[] = []
    for (const [index, { name, needed }] of parts.entries()) {
      const result = results[index]
      if (result?.status === 'fulfilled') {
        lastRead.set(name, result.value)
        failing.delete(name)
        continue
      }
      const error: unknown = result?.reason
      if (needed === 'always' || (needed === 'unless_refused' && !isRefusal(error))) throw error
      if (!failing.has(name)) log.warn('A part of the inventory cannot be read', { part: name, err: error })
      failing.add(name)
      failures.push(error)
    }
    if (failures.length === parts.length) throw failures[0]
    const found = parts.flatMap(({ name }) => lastRead.get(name) ?? [])
    // Products do not say whose an instance is; all parts are read as the same account.
    const accountId = found.find((item) => item.accountId !== undefined)?.accountId
    const items = new Map<string, InventoryItem>()
    for (const item of found) {
      // RDS knows no tags.
      const tags = item.tags.length > 0 ? item.tags : (items.get(item.id)?.tags ?? [])
      items.set(item.id, { ...item, accountId, tags })
    }
    return [...items.values()]
  }
}

function isRefusal(error: unknown): boolean {
  return error instanceof RpcError && (error.kind === 'permission' || error.kind === 'refused')
}

interface InventoryCall {
  readonly action: string
  readonly version: string
}

function regionalSource(
  clients: RegionClients,
  call: InventoryCall,
  parameters: RpcParameters,
  read: (body: JsonObject) => InventoryItem[],
): InventorySource {
  return async (_resourceTypes, signal) => {
    const items: InventoryItem[] = []
    for (const [RegionId, client] of clients) {
      items.push(...(await readPages(client, call, { RegionId, ...parameters }, signal, read)))
    }
    return items
  }
}

async function readPages(
  client: RpcClient,
  call: InventoryCall,
  parameters: RpcParameters,
  signal: AbortSignal,
  read: (body: JsonObject) => InventoryItem[],
): Promise<InventoryItem[]> {
  const items: InventoryItem[] = []
  for (let token: string | undefined; ; ) {
    const query = { ...parameters, NextToken: token }
    const { body } = await client.call({ ...call, query, repeatForMs: REPEAT_FOR_MS }, signal)
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
      addresses: texts(resource['IpAddresses']),
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

function toHost(instance: JsonObject): InventoryItem[] {
  const id = text(instance['InstanceId'])
  if (id === undefined) return []
  return [
    {
      ...placeOf(instance),
      id,
      type: hostType,
      name: text(instance['InstanceName']),
      instanceType: text(instance['InstanceType']),
      addresses: [
        ...texts(member(instance, 'VpcAttributes', 'PrivateIpAddress', 'IpAddress')),
        ...texts(member(instance, 'InnerIpAddress', 'IpAddress')),
        ...texts(member(instance, 'PublicIpAddress', 'IpAddress')),
        ...texts(member(instance, 'EipAddress', 'IpAddress')),
      ],
      tags: toTags(member(instance, 'Tags', 'Tag')),
    },
  ]
}

function toDatabase(instance: JsonObject): InventoryItem[] {
  const id = text(instance['DBInstanceId'])
  if (id === undefined) return []
  const name = text(instance['DBInstanceDescription'])
  const engine = text(instance['Engine'])
  return [{ ...placeOf(instance), id, type: databaseType, name, engine, addresses: [], tags: [] }]
}

const placeOf = (instance: JsonObject) => ({
  region: text(instance['RegionId']),
  zone: text(instance['ZoneId']),
  resourceGroupId: text(instance['ResourceGroupId']),
})

/** The key is `Key` with most products, `TagKey` with ECS. */
function toTags(tags: Json | undefined): [string, string][] {
  return list(tags).flatMap((tag) => {
    const key = text(tag['Key']) ?? text(tag['TagKey'])
    return key === undefined ? [] : [[key, text(tag['Value']) ?? text(tag['TagValue']) ?? '']]
  })
}

/** What lies at the end of a path of members. */
const member = (value: JsonObject, ...path: readonly string[]): Json | undefined =>
  path.reduce<Json | undefined>((at, name) => (isJsonObject(at) ? at[name] : undefined), value)

const list = (value: Json | undefined): JsonObject[] => (Array.isArray(value) ? value.filter(isJsonObject) : [])

const texts = (value: Json | undefined): string[] =>
  (Array.isArray(value) ? value : [value]).flatMap((each) => text(each) ?? [])

function text(value: Json | undefined): string | undefined {
  if (typeof value === 'number' || typeof value === 'bigint') return String(value)
  return typeof value === 'string' && value !== '' ? value : undefined
}
