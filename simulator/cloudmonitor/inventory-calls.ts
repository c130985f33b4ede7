import type { JsonObject } from '../../src/lossless-json.ts'
import { isoSeconds, listParameter, numberParameter, type RpcCall, type RpcProduct } from '../rpc/call.ts'
import { RpcFault } from '../rpc/fault.ts'
import type { CloudMonitorBehaviour } from './behaviour.ts'
import type { Resource, Resources } from './resources.ts'

export interface InventoryContext {
  readonly resources: Resources
  readonly behaviour: CloudMonitorBehaviour
}

/** Resource Center, 2022-12-01 (cloudmonitor.md 7.2). */
export function createResourceCenter({ resources, behaviour }: InventoryContext): RpcProduct {
  return {
    service: 'resourcecenter',
    hosts: ['resourcecenter', 'resourcecenter-intl'],
    version: '2022-12-01',
    actions: {
      SearchResources(call) {
        if (!behaviour.resourceCenterActivated) {
          throw new RpcFault('ServiceNotEnabled', 'Resource Center is not activated for this account.', 403)
        }
        const matches = readFilters(call)
        const withDeleted = /^true$/i.test(call.parameters.get('IncludeDeletedResources') ?? '')
        const group = call.parameters.get('ResourceGroupId') ?? ''
        const found = resources
          .all()
          .filter(
            (resource) =>
              resource.accountId === call.accountId &&
              (isThere(resource, behaviour, call.nowMs) || (withDeleted && isGone(resource, behaviour, call.nowMs))) &&
              (group === '' || resource.resourceGroupId === group) &&
              matches(resource),
          )
          .toSorted(readSorting(call))
        const { items, next } = pageOf(call, 'MaxResults', found, 20, 500)
        return {
          Resources: items.map((resource) => describeResource(resource, isGone(resource, behaviour, call.nowMs))),
          NextToken: next,
          MaxResults: items.length,
        }
      },
    },
  }
}

/** The tags of resources, for accounts without Resource Center: version 2018-08-28 (cloudmonitor.md 7.2). */
export function createTagService({ resources, behaviour }: InventoryContext): RpcProduct {
  return {
    service: 'tag',
    version: '2018-08-28',
    actions: {
      ListTagResources(call) {
        const region = call.parameters.get('RegionId') ?? ''
        if (region === '') throw new RpcFault('MissingParameter.RegionId', 'RegionId is mandatory for this action.')
        const wantedArns = [...call.parameters].flatMap(([name, value]) =>
          /^ResourceARN\.\d+$/.test(name) ? [value] : [],
        )
        if (wantedArns.length > 50) throw invalid('ResourceARN')
        const patterns = wantedArns.map(patternOf)
        const tags = readTags(call)
        const isCustom = !/^system$/i.test(call.parameters.get('Category') ?? '')
        const found = resources
          .all()
          .filter((resource) => resource.region === region && resource.accountId === call.accountId)
          .filter((resource) => isThere(resource, behaviour, call.nowMs) && isCustom && hasTags(resource))
          .filter((resource) => patterns.length === 0 || patterns.some((pattern) => pattern.test(arnOf(resource))))
          .filter(({ tags: own = {} }) =>
            tags.every(([key, value]) => own[key] !== undefined && (value ?? own[key]) === own[key]),
          )
        const { items, next = '' } = pageOf(call, 'PageSize', found, 50, 1000)
        return {
          TagResources: items.map((resource) => ({
            ResourceARN: arnOf(resource),
            Tags: Object.entries(resource.tags ?? {}).map(([Key, Value]) => ({ Category: 'Custom', Key, Value })),
          })),
          NextToken: next,
        }
      },
    },
  }
}

/** `*` stands for anything. */
const patternOf = (arn: string) =>
  new RegExp(
    `^${arn
      .split('*')
      .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*')}$`,
  )
const hasTags = ({ tags = {} }: Resource) => Object.keys(tags).length > 0

/** `arn:acs:ecs:cn-hangzhou:1234567890123456:instance/i-1` */
function arnOf({ type, region, accountId, id }: Resource): string {
  const [, product = '', kind = ''] = type.split('::')
  return `arn:acs:${product.toLowerCase()}:${region}:${accountId}:${kind.toLowerCase()}/${id}`
}

function isThere(
  { bornMs, vanishedMs }: Resource,
  { inventoryDelayMs }: CloudMonitorBehaviour,
  nowMs: number,
): boolean {
  return bornMs + inventoryDelayMs <= nowMs && nowMs < vanishedMs + inventoryDelayMs
}

function isGone({ vanishedMs }: Resource, { inventoryDelayMs }: CloudMonitorBehaviour, nowMs: number): boolean {
  return vanishedMs + inventoryDelayMs <= nowMs
}

function describeResource(resource: Resource, isDeleted: boolean): JsonObject {
  const {
    accountId,
    region,
    zone = '',
    id,
    name,
    type,
    resourceGroupId = '',
    bornMs,
    addresses = [],
    tags = {},
  } = resource
  return {
    AccountId: accountId,
    RegionId: region,
    ZoneId: zone,
    ResourceId: id,
    ResourceName: name,
    ResourceType: type,
    ResourceGroupId: resourceGroupId,
    CreateTime: isoSeconds(bornMs),
    Deleted: isDeleted,
    IpAddresses: [...addresses],
    IpAddressAttributes: addresses.map((IpAddress) => ({ IpAddress, NetworkType: 'Private', Version: 'Ipv4' })),
    Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
  }
}

const invalid = (name: string) =>
  new RpcFault(`InvalidParameter.${name}`, `The specified parameter ${name} is invalid.`)

/** What a filter compares, by its key. A tag is compared by key, or as `{"key":…,"value":…}`. */
const filterValues: Readonly<Record<string, (resource: Resource) => readonly string[]>> = {
  ResourceType: ({ type }) => [type],
  RegionId: ({ region }) => [region],
  ResourceId: ({ id }) => [id],
  ResourceName: ({ name }) => [name],
  ResourceGroupId: ({ resourceGroupId = '' }) => [resourceGroupId],
  ZoneId: ({ zone = '' }) => [zone],
  VpcId: () => [],
  IpAddress: ({ addresses = [] }) => addresses,
  Tag: ({ tags = {} }) => Object.entries(tags).flatMap(([key, value]) => [key, JSON.stringify({ key, value })]),
}

const matchTypes: Readonly<Record<string, (own: readonly string[], wanted: readonly string[]) => boolean>> = {
  Equals: (own, wanted) => wanted.some((value) => own.includes(value)),
  Prefix: (own, wanted) => wanted.some((value) => own.some((each) => each.startsWith(value))),
  Contains: (own, wanted) => wanted.some((value) => own.some((each) => each.includes(value))),
  NotContains: (own, wanted) => !wanted.some((value) => own.some((each) => each.includes(value))),
  Exists: (own) => own.length > 0,
  NotExists: (own) => own.length === 0,
}

/** Filters are joined by and, the values of one by or. @throws {RpcFault} InvalidParameter.Filter */
function readFilters(call: RpcCall): (resource: Resource) => boolean {
  const filters = listParameter(call, 'Filter').map((filter) => {
    const valuesOf = filterValues[filter.get('Key') ?? '']
    const matches = matchTypes[filter.get('MatchType') ?? 'Equals']
    if (valuesOf === undefined || matches === undefined) throw invalid('Filter')
    // A tag may come in any spacing.
    const wanted = [...filter].flatMap(([name, value]) => (/^Value\.\d+$/.test(name) ? [compacted(value)] : []))
    return (resource: Resource) => matches(valuesOf(resource), wanted)
  })
  return (resource) => filters.every((matches) => matches(resource))
}

function compacted(value: string): string {
  if (!value.startsWith('{')) return value
  try {
    const { key, value: tagValue } = JSON.parse(value)
    return tagValue === undefined ? String(key) : JSON.stringify({ key, value: tagValue })
  } catch {
    throw invalid('Filter')
  }
}

/** Of the Tag API: `{"env":"prod"}`; an empty value stands for any. @throws {RpcFault} InvalidParameter.Tags */
function readTags(call: RpcCall): [string, string | undefined][] {
  const text = call.parameters.get('Tags') ?? ''
  if (text === '') return []
  try {
    const parsed: unknown = JSON.parse(text)
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) {
      return Object.entries(parsed).map(([key, value]) => [key, value === '' ? undefined : String(value)])
    }
  } catch {
    // Told below, as is JSON of another form.
  }
  throw invalid('Tags')
}

/** @throws {RpcFault} InvalidParameter.SortCriterion */
function readSorting(call: RpcCall): (a: Resource, b: Resource) => number {
  const key = call.parameters.get('SortCriterion.Key') ?? ''
  if (key === '') return () => 0
  if (key !== 'CreateTime') throw invalid('SortCriterion.Key')
  const sign = call.parameters.get('SortCriterion.Order') === 'DESC' ? -1 : 1
  return (a, b) => sign * (a.bornMs - b.bornMs)
}

/** So many resources from the place that the token tells. */
export function pageOf(call: RpcCall, sizeName: string, list: readonly Resource[], byDefault: number, max: number) {
  const size = numberParameter(call, sizeName, { low: 1, high: max, byDefault, code: `InvalidParameter.${sizeName}` })
  const token = call.parameters.get('NextToken') ?? ''
  const start = token === '' ? '0' : Buffer.from(token, 'base64url').toString('utf8')
  if (!/^\d{1,9}$/.test(start)) throw invalid('NextToken')
  const end = Number(start) + size
  return {
    items: list.slice(Number(start), end),
    next: end < list.length ? Buffer.from(String(end)).toString('base64url') : undefined,
  }
}
