import type { CatalogueMetric, CatalogueNamespace } from './catalogue/catalogue.ts'
import { toSnakeCase } from './naming.ts'
import type { MeasuredPoint } from './points.ts'

/** What an inventory knows of an instance. */
export interface InventoryItem {
  /** As the dimensions of CloudMonitor spell it. */
  readonly id: string
  /** `ACS::ECS::Instance`; empty where not known. */
  readonly type: string
  readonly name?: string | undefined
  readonly accountId?: string | undefined
  readonly region?: string | undefined
  readonly zone?: string | undefined
  readonly resourceGroupId?: string | undefined
  readonly addresses: readonly string[]
  /** Of a host: `ecs.g7.large`. */
  readonly instanceType?: string | undefined
  /** Of a database, as RDS calls it: `PostgreSQL`. */
  readonly engine?: string | undefined
  readonly tags: readonly (readonly [key: string, value: string])[]
}

/** Which instance a point is about, as far as the point itself tells. */
export interface PointIdentity {
  /** Equal for points that belong to one resource. */
  readonly key: string
  readonly accountId: string | undefined
  readonly region: string | undefined
  /** Absent for what is measured of an account as a whole. */
  readonly instanceId: string | undefined
  /** Dimensions that are attributes of the resource. */
  readonly attributes: readonly (readonly [name: string, value: string])[]
  /** All other dimensions, as attributes of the data point. */
  readonly pointAttributes: Readonly<Record<string, string>>
}

const regionDimensions = ['region', 'regionId', 'regionNo']
const placeDimensions = new Set(['userId', 'uid', ...regionDimensions])
/** An application group is a set of instances that a user of CloudMonitor made, and no instance. */
const groupDimension = 'groupId'

/** Dimensions for which the semantic conventions have a resource attribute. */
const resourceDimensions: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  acs_k8s: {
    cluster: 'k8s.cluster.uid',
    node: 'k8s.node.name',
    namespace: 'k8s.namespace.name',
    pod: 'k8s.pod.name',
  },
  acs_fc: { functionName: 'faas.name' },
  acs_mns_new: { queue: 'messaging.destination.name', topic: 'messaging.destination.name' },
  acs_smq: { queue: 'messaging.destination.name', topic: 'messaging.destination.name' },
}

/** Takes a point's dimensions apart (cloudmonitor.md 6.5). */
export function identityOf(
  { dimensions }: MeasuredPoint,
  namespace: CatalogueNamespace,
  metric: CatalogueMetric,
): PointIdentity {
  const dimension = (name: string) => dimensions.find(([key]) => key === name)?.[1]
  const instanceDimension = instanceDimensionOf(dimension, namespace, metric, dimensions)
  const ofResource = resourceDimensions[namespace.namespace]
  const attributes: [string, string][] = []
  const pointAttributes: Record<string, string> = {}
  for (const [name, value] of dimensions) {
    const attribute = ofResource?.[name]
    if (attribute !== undefined) attributes.push([attribute, value])
    else if (name !== instanceDimension && !placeDimensions.has(name)) pointAttributes[toSnakeCase(name)] = value
  }
  const accountId = dimension('userId') ?? dimension('uid')
  const region = regionDimensions.map(dimension).find((value) => value !== undefined)
  const instanceId = instanceDimension === undefined ? undefined : dimension(instanceDimension)
  const key = [accountId, region, instanceId, ...attributes.flat()].join('\0')
  return { key, accountId, region, instanceId, attributes, pointAttributes }
}

/** The namespace's own, else the first of the metric's dimensions that says more than account, region and group. */
function instanceDimensionOf(
  dimension: (name: string) => string | undefined,
  { instanceDimension }: CatalogueNamespace,
  metric: CatalogueMetric,
  dimensions: MeasuredPoint['dimensions'],
): string | undefined {
  if (instanceDimension !== undefined && dimension(instanceDimension) !== undefined) return instanceDimension
  const listed = metric.dimensions.length > 0 ? metric.dimensions : dimensions.map(([name]) => name)
  const first = listed.includes('instanceId')
    ? 'instanceId'
    : listed.find((name) => !placeDimensions.has(name) && name !== groupDimension)
  return first !== undefined && dimension(first) !== undefined ? first : undefined
}

/** Attributes of a resource that its namespace tells. */
const namespaceAttributes: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  acs_ecs_dashboard: { 'cloud.platform': 'alibaba_cloud_ecs' },
  acs_fc: { 'cloud.platform': 'alibaba_cloud_fc' },
  acs_kvstore: { 'db.system.name': 'redis' },
  acs_tair: { 'db.system.name': 'redis' },
  acs_mongodb: { 'db.system.name': 'mongodb' },
}

/** The attributes of the resource that points belong to; `item` is what the inventory knows of it. */
export function resourceAttributes(
  identity: PointIdentity,
  { namespace, service }: CatalogueNamespace,
  item: InventoryItem | undefined,
  tagPrefix: string,
): Record<string, string | string[]> {
  const { instanceId } = identity
  const accountId = identity.accountId ?? item?.accountId
  const region = item?.region ?? identity.region
  const arn = arnOf(instanceId, accountId, region, item?.type)
  const isHost = namespace === 'acs_ecs_dashboard' && instanceId !== undefined
  const known: Record<string, string | readonly string[] | undefined> = {
    'cloud.provider': 'alibaba_cloud',
    'service.name': service,
    'cloud.account.id': accountId,
    'cloud.region': region,
    'cloud.availability_zone': item?.zone,
    'db.system.name': databaseSystem(item?.engine),
    ...namespaceAttributes[namespace],
    'cloud.resource_id': instanceId,
    'host.id': isHost ? instanceId : undefined,
    'host.name': isHost ? item?.name : undefined,
    'host.type': isHost ? item?.instanceType : undefined,
    'host.ip': isHost && item !== undefined && item.addresses.length > 0 ? item.addresses : undefined,
    ...Object.fromEntries(identity.attributes),
    'alibabacloud.namespace': namespace,
    'alibabacloud.instance.id': instanceId,
    'alibabacloud.instance.name': item?.name,
    'alibabacloud.arn': arn,
    'alibabacloud.resource_group.id': item?.resourceGroupId,
  }
  const attributes: Record<string, string | string[]> = {}
  for (const [name, value] of Object.entries(known)) {
    if (value !== undefined && value !== '') attributes[name] = typeof value === 'string' ? value : [...value]
  }
  // A tag may have no value; that it is there says enough.
  for (const [key, value] of item?.tags ?? []) attributes[`${tagPrefix}${key}`] = value
  return attributes
}

/** The name by the semantic conventions of an engine as RDS spells it: mostly the same in lower case. */
function databaseSystem(engine: string | undefined): string | undefined {
  const name = engine?.toLowerCase()
  return name === 'sqlserver' ? 'microsoft.sql_server' : name
}

/** `ACS::ECS::Instance` in Hangzhou is `acs:ecs:cn-hangzhou:<account>:instance/i-1`. */
function arnOf(id?: string, accountId?: string, region?: string, type = ''): string | undefined {
  const [, product, kind] = type.toLowerCase().split('::')
  if (!id || !accountId || !region || !product || !kind) return undefined
  return `acs:${product}:${region}:${accountId}:${kind}/${id}`
}
