import type { Json, JsonObject } from '../../src/lossless-json.ts'
import type { UserDirectory } from '../ram/directory.ts'
import {
  isoSeconds,
  numberParameter,
  type RpcAction,
  type RpcCall,
  type RpcProduct,
  requiredParameter,
} from '../rpc/call.ts'
import type { CallRate } from '../rpc/call-rate.ts'
import { RpcFault } from '../rpc/fault.ts'
import { filterValues, insightFilterValues } from './audit-event.ts'
import type { ActionTrailBehaviour } from './issuer.ts'
import type { KeyUsage, KeyUse, ServiceUse } from './key-usage.ts'
import { lookup } from './lookup.ts'
import type { AuditStore } from './store.ts'
import type { Trail } from './trails.ts'

export interface ActionTrailContext {
  readonly regions: readonly string[]
  readonly globalEventsRegion: string
  readonly store: AuditStore
  readonly usage: KeyUsage
  readonly trails: readonly Trail[]
  readonly usersOf: (accountId: string) => UserDirectory
  readonly rate: CallRate
  readonly behaviour: ActionTrailBehaviour
}

/** ActionTrail 2020-07-06 (actiontrail.md 1 and 5.1). */
export function createActionTrail(context: ActionTrailContext): RpcProduct {
  const { regions, globalEventsRegion, store, rate, behaviour } = context
  const limited = (call: RpcCall) =>
    rate.admit(`${call.accountId} ${call.action}`, behaviour.lookupsPerSecond, call.nowMs)
  const changeLogging =
    (isLogging: boolean): RpcAction =>
    (call) => {
      const trail = findTrail(context, call)
      trail.isLogging = isLogging
      if (isLogging) trail.startedAtMs = call.nowMs
      else trail.stoppedAtMs = call.nowMs
      return {}
    }

  return {
    service: 'actiontrail',
    version: '2020-07-06',
    actions: {
      LookupEvents(call) {
        limited(call)
        return lookup(call, store.list(call.accountId, call.region, 'management'), filterValues)
      },
      LookupInsightEvents(call) {
        limited(call)
        return lookup(call, store.list(call.accountId, call.region, 'insight'), insightFilterValues)
      },
      DescribeRegions: () => ({ Regions: { Region: regions.map(describeRegion) } }),
      GetGlobalEventsStorageRegion: () => ({ StorageRegion: globalEventsRegion }),
      DescribeTrails(call) {
        const names = (call.parameters.get('NameList') ?? '').split(',').filter((name) => name !== '')
        const trails = context.trails.filter(
          ({ accountId, name }) => accountId === call.accountId && (names.length === 0 || names.includes(name)),
        )
        return { TrailList: trails.map(describeTrail) }
      },
      GetTrailStatus: (call) => statusOf(findTrail(context, call)),
      StartLogging: changeLogging(true),
      StopLogging: changeLogging(false),
      GetAccessKeyLastUsedInfo(call) {
        const { id, owner, services } = findKey(context, call)
        const use = [...services.values()].map(({ last }) => last).toSorted(newestFirst)[0]
        const isRoot = owner.name === 'root'
        return {
          AccessKeyId: id,
          AccountId: call.accountId,
          AccountType: isRoot ? 'root-account' : 'ram-user',
          OwnerId: owner.id,
          UserName: owner.name,
          ...(use === undefined ? {} : { ...serviceNames(use.serviceName), ...describeUse(use) }),
        }
      },
      GetAccessKeyLastUsedProducts(call) {
        const uses = [...findKey(context, call).services.values()].map(({ last }) => last).toSorted(newestFirst)
        return { Products: uses.map((use) => ({ ...serviceNames(use.serviceName), ...describeUse(use) })) }
      },
      GetAccessKeyLastUsedEvents: (call) =>
        pageOfUses(context, call, 'Events', 'events', (name) => ({ EventName: name })),
      GetAccessKeyLastUsedIps: (call) => pageOfUses(context, call, 'Ips', 'addresses', (address) => ({ Ip: address })),
      GetAccessKeyLastUsedResources: (call) =>
        pageOfUses(context, call, 'Resources', 'resources', (resource) => {
          const [type = '', name = ''] = resource.split('\0')
          return { ResourceType: type, ResourceName: name }
        }),
    },
  }
}

function describeRegion(region: string): JsonObject {
  return { RegionId: region, RegionEndpoint: `actiontrail.${region}.aliyuncs.com`, LocalName: region }
}

function describeTrail(trail: Trail): JsonObject {
  return {
    Name: trail.name,
    HomeRegion: trail.region,
    TrailRegion: 'All',
    Region: trail.region,
    TrailArn: `acs:actiontrail:${trail.region}:${trail.accountId}:trail/${trail.name}`,
    EventRW: trail.eventRW,
    Status: trail.isLogging ? 'Enable' : trail.startedAtMs === undefined ? 'Fresh' : 'Disable',
    IsOrganizationTrail: false,
    SlsProjectArn: `acs:log:${trail.region}:${trail.accountId}:project/${trail.project}`,
    SlsWriteRoleArn: `acs:ram::${trail.accountId}:role/aliyunserviceroleforactiontrail`,
    ...timesOf(trail),
  }
}

function statusOf(trail: Trail): JsonObject {
  const { deliveredAtMs } = trail
  return {
    IsLogging: trail.isLogging,
    SlsLogStoreStatus: true,
    LatestDeliveryError: '',
    ...(deliveredAtMs === undefined
      ? {}
      : {
          LatestDeliveryTime: isoSeconds(deliveredAtMs),
          LatestDeliveryLogServiceTime: isoSeconds(deliveredAtMs),
        }),
    ...timesOf(trail),
  }
}

function timesOf({ startedAtMs, stoppedAtMs }: Trail): JsonObject {
  return {
    ...(startedAtMs === undefined ? {} : { StartLoggingTime: isoSeconds(startedAtMs) }),
    ...(stoppedAtMs === undefined ? {} : { StopLoggingTime: isoSeconds(stoppedAtMs) }),
  }
}

/** @throws {RpcFault} MissingName, TrailNotFoundException */
function findTrail({ trails }: ActionTrailContext, call: RpcCall): Trail {
  const wanted = requiredParameter(call, 'Name')
  const trail = trails.find(({ accountId, name }) => accountId === call.accountId && name === wanted)
  if (trail === undefined) {
    throw new RpcFault('TrailNotFoundException', `The specified trail ${wanted} does not exist.`, 404)
  }
  return trail
}

/** @throws {RpcFault} InvalidQueryParameter for a key that is not the account's; the reference leaves open what the vendor answers */
function findKey({ usersOf, usage }: ActionTrailContext, call: RpcCall) {
  const id = call.parameters.get('AccessKey') ?? ''
  const owner = usersOf(call.accountId).ownerOf(id)
  if (owner === undefined) {
    throw new RpcFault('InvalidQueryParameter', 'The specified query parameter is invalid: AccessKey.')
  }
  return { id, owner, services: usage.servicesOf(id, call.nowMs) }
}

/** One page of the uses of a key of one service, newest first. */
function pageOfUses(
  context: ActionTrailContext,
  call: RpcCall,
  field: string,
  kind: keyof Omit<ServiceUse, 'last'>,
  describe: (key: string) => JsonObject,
): Readonly<Record<string, Json | undefined>> {
  const { services, id } = findKey(context, call)
  const serviceName = call.parameters.get('ServiceName') ?? ''
  const invalid = (name: string) =>
    new RpcFault('InvalidQueryParameter', `The specified query parameter is invalid: ${name}.`)
  if (serviceName === '') throw invalid('ServiceName')
  const range = { low: 0, high: 100, byDefault: 20, code: 'InvalidQueryParameter' }
  const size = numberParameter(call, 'PageSize', range) || range.byDefault
  const query = `${call.action} ${id} ${serviceName} ${size}`
  const sent = call.parameters.get('NextToken') ?? ''
  const [bound, start] = sent === '' ? [query, '0'] : Buffer.from(sent, 'base64').toString('utf8').split('#')
  if (bound !== query || start === undefined || !/^\d{1,9}$/.test(start)) throw invalid('NextToken')

  const uses = [...(services.get(serviceName)?.[kind] ?? [])].toSorted(([, a], [, b]) => newestFirst(a, b))
  const end = Number(start) + size
  return {
    [field]: uses.slice(Number(start), end).map(([key, use]) => ({ ...describe(key), ...describeUse(use) })),
    NextToken: end < uses.length ? Buffer.from(`${query}#${end}`).toString('base64') : undefined,
  }
}

const newestFirst = (a: KeyUse, b: KeyUse) => b.timeMs - a.timeMs

function describeUse({ timeMs, source, document }: KeyUse): JsonObject {
  const { requestParameters: _, requestParameterJson: __, responseElements: ___, ...reduced } = document
  const detail = 'eventVersion' in reduced ? { ...reduced, eventVersion: 1 } : reduced
  return { Source: source, UsedTimestamp: timeMs, Detail: JSON.stringify(detail, writableInteger, 2) }
}

/** What is left of a document after its parameters holds long integers only in odd places. */
function writableInteger(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value
}

/** The few products whose names a reader may want to see told apart from the code. */
const knownServices: Readonly<Record<string, readonly [chinese: string, english: string]>> = {
  Ecs: ['云服务器ECS', 'Elastic Compute Service'],
  Oss: ['对象存储', 'Object Storage Service'],
  Ram: ['访问控制', 'Resource Access Management'],
}

function serviceNames(code: string): JsonObject {
  const [chinese, english] = knownServices[code] ?? [code, code]
  return { ServiceName: code, ServiceNameCn: chinese, ServiceNameEn: english }
}
