import type { JsonObject } from '../../src/lossless-json.ts'
import { isoSeconds, numberParameter, type RpcAnswer, type RpcCall, type RpcProduct } from '../rpc/call.ts'
import { RpcFault } from '../rpc/fault.ts'
import { pageOf } from './inventory-calls.ts'
import type { Resource, Resources } from './resources.ts'

const MAX_PAGE_SIZE = 100

/** Hosts as ECS itself lists them: version 2014-05-26 (cloudmonitor.md 7.2). */
export function createEcs(resources: Resources): RpcProduct {
  return {
    service: 'ecs',
    version: '2014-05-26',
    actions: {
      DescribeInstances(call) {
        const found = resourcesOf(resources, 'ACS::ECS::Instance', call)
        const { items, fields } = readPage(call, found, 10)
        return { ...fields, TotalCount: found.length, Instances: { Instance: items.map(describeHost) } }
      },
    },
  }
}

/** Databases as RDS itself lists them, which tells no tags: version 2014-08-15 (cloudmonitor.md 7.2). */
export function createRds(resources: Resources): RpcProduct {
  return {
    service: 'rds',
    version: '2014-08-15',
    actions: {
      DescribeDBInstances(call) {
        const found = resourcesOf(resources, 'ACS::RDS::DBInstance', call)
        const { items, fields } = readPage(call, found, 30)
        return {
          ...fields,
          TotalRecordCount: found.length,
          PageRecordCount: items.length,
          Items: { DBInstance: items.map(describeDatabase) },
        }
      },
    },
  }
}

/** What lives of a type in the region that the call names. @throws {RpcFault} MissingParameter */
function resourcesOf(resources: Resources, wantedType: string, { parameters, accountId, nowMs }: RpcCall): Resource[] {
  const wantedRegion = parameters.get('RegionId') ?? ''
  if (wantedRegion === '') throw new RpcFault('MissingParameter', 'RegionId is mandatory for this action.')
  return resources
    .all()
    .filter(({ type, region }) => type === wantedType && region === wantedRegion)
    .filter((resource) => resource.accountId === accountId && resource.bornMs <= nowMs && nowMs < resource.vanishedMs)
}

/** By token where the call names a token or how many it wants at most, else by number. */
function readPage(
  call: RpcCall,
  found: readonly Resource[],
  byDefault: number,
): { readonly items: readonly Resource[]; readonly fields: RpcAnswer } {
  if (call.parameters.has('MaxResults') || call.parameters.has('NextToken')) {
    const { items, next = '' } = pageOf(call, 'MaxResults', found, byDefault, MAX_PAGE_SIZE)
    return { items, fields: { NextToken: next } }
  }
  const read = (name: string, high: number, fallback: number) =>
    numberParameter(call, name, { low: 1, high, byDefault: fallback, code: `InvalidParameter.${name}` })
  const size = read('PageSize', MAX_PAGE_SIZE, byDefault)
  const number = read('PageNumber', 999_999, 1)
  return {
    items: found.slice((number - 1) * size, number * size),
    fields: { PageNumber: number, PageSize: size },
  }
}

/** The first address is taken for the one inside its network, the others for those that the internet sees. */
function describeHost(resource: Resource): JsonObject {
  const { id, name, region, zone = '', instanceType = 'ecs.g7.large', resourceGroupId = '', bornMs } = resource
  const { addresses = [], tags = {} } = resource
  return {
    InstanceId: id,
    InstanceName: name,
    HostName: name,
    RegionId: region,
    ZoneId: zone,
    InstanceType: instanceType,
    Status: 'Running',
    ResourceGroupId: resourceGroupId,
    CreationTime: isoSeconds(bornMs),
    VpcAttributes: { PrivateIpAddress: { IpAddress: addresses.slice(0, 1) } },
    PublicIpAddress: { IpAddress: addresses.slice(1) },
    Tags: { Tag: Object.entries(tags).map(([TagKey, TagValue]) => ({ TagKey, TagValue })) },
  }
}

function describeDatabase(resource: Resource): JsonObject {
  const { id, name, region, zone = '', engine = 'MySQL', resourceGroupId = '', bornMs } = resource
  return {
    DBInstanceId: id,
    DBInstanceDescription: name,
    Engine: engine,
    DBInstanceStatus: 'Running',
    RegionId: region,
    ZoneId: zone,
    ResourceGroupId: resourceGroupId,
    CreateTime: isoSeconds(bornMs),
  }
}
