import { derivedSeed } from '../random.ts'
import { type PublishedMetric, publishedNamespaces } from './published-metrics.ts'
import type { Resource, Resources } from './resources.ts'

/** What points are of: a resource, or a part of it such as one port. Metrics with the same dimensions share it. */
export interface Series {
  readonly resource: Resource
  /** In the order of the metadata. */
  readonly dimensions: readonly (readonly [name: string, value: string])[]
  /** Of the simulator and the dimensions. */
  readonly seed: number
  /** The dimensions as they stand in a point: `"userId":"1","instanceId":"i-1"`. */
  readonly json: string
}

/** What is in each series list so far, and how many of all resources it has seen. */
interface SeriesList {
  seen: number
  readonly series: Series[]
  readonly keys: Set<string>
}

/** Which series there are; built when first asked for, and longer when resources are added. */
export class SeriesIndex {
  readonly #resources: Resources
  readonly #seed: number
  readonly #lists = new Map<string, SeriesList>()
  /** Of those, the ones that report a metric. */
  readonly #reporting = new Map<string, { seen: number; readonly series: Series[] }>()

  constructor(resources: Resources, seed: number) {
    this.#resources = resources
    this.#seed = seed
  }

  /** All series of a metric, also those that have ended; a new one comes last. */
  of(accountId: string, metric: PublishedMetric): readonly Series[] {
    const { series } = this.#listOf(accountId, metric)
    const key = `${accountId} ${metric.namespace} ${metric.name}`
    const known = this.#reporting.get(key) ?? { seen: 0, series: [] }
    for (; known.seen < series.length; known.seen++) {
      const each = series[known.seen]
      if (each !== undefined && reports(each.resource, metric)) known.series.push(each)
    }
    this.#reporting.set(key, known)
    return known.series
  }

  #listOf(accountId: string, metric: PublishedMetric): SeriesList {
    const key = `${accountId} ${metric.namespace} ${metric.dimensions.join()} ${isOfNetwork(metric)}`
    const list = this.#lists.get(key) ?? { seen: 0, series: [], keys: new Set() }
    this.#lists.set(key, list)
    const all = this.#resources.all()
    const namespace = publishedNamespaces.get(metric.namespace)
    for (; list.seen < all.length; list.seen++) {
      const resource = all[list.seen]
      if (resource?.accountId !== accountId || resource.type !== namespace?.resourceType) continue
      for (const dimensions of dimensionsOf(resource, metric, namespace.instanceDimension)) {
        const json = dimensions.map((pair) => pair.map((text) => JSON.stringify(text)).join(':')).join(',')
        // Figures of the whole account are one series, however many resources add to them. One that was
        // made again under its old id goes on with a series of its own, whose life begins later.
        const life = dimensions.some(([name]) => name === namespace.instanceDimension) ? resource.bornMs : 0
        if (list.keys.has(`${json} ${life}`)) continue
        list.keys.add(`${json} ${life}`)
        list.series.push({ resource, dimensions, seed: derivedSeed(this.#seed, json), json })
      }
    }
    return list
  }
}

/** Metrics that only special kinds of a product have. */
const usualMetrics: Readonly<Record<string, RegExp>> = {
  'ACS::ECS::Instance': /^(?!gpu_|instance_gpu|vm\.|VPC_|.*Credit)/,
  'ACS::KVStore::Instance': /^(?!Sharding|Splitrw|AvgLogSize|MaxLogSize|Flow|Rt|TPS)/,
  'ACS::MongoDB::DBInstance': /^(?!Sharding|SingleNode)/,
  'ACS::PolarDB::DBCluster': /^cluster_/,
  'ACS::RDS::DBInstance': /^(?!SQLServer_|PG_|[a-z]|AvgLogSize|MaxLogSize|Flow|Rt|TPS)/,
  'ACS::Elasticsearch::Instance': /^(?!Logstash)/,
}

function reports(resource: Resource, metric: PublishedMetric): boolean {
  const pattern = resource.reports ?? usualMetrics[resource.type]
  return pattern?.test(metric.name) ?? true
}

function isOfNetwork({ name }: PublishedMetric): boolean {
  return name.startsWith('network')
}

/** One list of dimensions for each part of the resource that the metric tells apart. None for metrics of application groups. */
function dimensionsOf(resource: Resource, metric: PublishedMetric, instanceDimension: string): [string, string][][] {
  if (metric.dimensions.includes('groupId')) return []
  const values = metric.dimensions.map((name) => valuesOf(name, resource, metric, instanceDimension))
  const parts = Math.max(...values.map((list) => list.length))
  return Array.from({ length: parts }, (_, part) =>
    metric.dimensions.map((name, at): [string, string] => [name, values[at]?.[part % (values[at]?.length ?? 1)] ?? '']),
  )
}

function valuesOf(
  name: string,
  resource: Resource,
  metric: PublishedMetric,
  instanceDimension: string,
): readonly string[] {
  if (name === instanceDimension) return [resource.id]
  if (name === 'userId' || name === 'uid') return [resource.accountId]
  if (/^region(Id|No)?$/.test(name)) return [resource.region]
  if (name === 'device' && isOfNetwork(metric)) return ['eth0']
  if (name === 'ip' || name === 'vip') return resource.addresses ?? ['203.0.113.80']
  return resource.subdimensions?.[name] ?? usualParts[name] ?? [`${name}-0`]
}

/** Parts of a resource by dimension; the first of each list belong together, and the second. */
const usualParts: Readonly<Record<string, readonly string[]>> = {
  port: ['80', '443'],
  protocol: ['http', 'https'],
  listenerPort: ['80', '443'],
  listenerProtocol: ['http', 'https'],
  device: ['/dev/vda1', '/dev/vdb1'],
  state: ['TCP_TOTAL', 'ESTABLISHED', 'NON_ESTABLISHED'],
  processName: ['nginx', 'java'],
  role: ['Primary', 'Secondary'],
  nodeId: ['db-0', 'db-1'],
  nodeIP: ['192.0.2.31', '192.0.2.32'],
  node: ['cn-hangzhou.192.0.2.21', 'cn-hangzhou.192.0.2.22'],
  namespace: ['default', 'kube-system'],
  type: ['deployment'],
  app: ['checkout', 'coredns'],
  pod: ['checkout-6f7c9d5b8-x2x7k', 'coredns-55dcd8f9c4-9xk2p'],
  logstore: ['slb-access', 'app-stdout'],
  consumerGroup: ['otel-receiver'],
  status: ['200', '500'],
  method: ['PullLogs', 'PostLogStoreLogs'],
  topic: ['orders', 'payments'],
  serviceName: ['shop'],
  storageType: ['Standard'],
  Host: ['origin.example.com'],
  Status: ['200', '502'],
}
