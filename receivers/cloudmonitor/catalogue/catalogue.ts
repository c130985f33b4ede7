/** What the values of a metric are. `rate`: a second or a minute; `ratio`: percent; `total`: the amount of one period. */
export type MetricKind = 'gauge' | 'rate' | 'ratio' | 'total'

export interface CatalogueMetric {
  /** As the API wants it, misspellings included. */
  readonly name: string
  /** UCUM; empty where not known. */
  readonly unit: string
  readonly kind: MetricKind
  /** The keys of a point that hold values; empty where not known. */
  readonly statistics: readonly string[]
  /** In which the metric is reported, the smallest first. */
  readonly periodsSeconds: readonly number[]
  /** The keys of a point that tell its series, in the vendor's order; empty where not known. */
  readonly dimensions: readonly string[]
  readonly description: string
}

export interface CatalogueNamespace {
  readonly namespace: string
  /** The short code in the names of its metrics: `ecs`. */
  readonly service: string
  /** The dimension that tells the instance; absent where that differs or is not known. */
  readonly instanceDimension: string | undefined
  /** The instance's type in Resource Center: `ACS::ECS::Instance`. */
  readonly resourceType: string | undefined
  readonly isResourceTypeVerified: boolean
  readonly product: string
  readonly metrics: ReadonlyMap<string, CatalogueMetric>
}

/** By namespace. */
export type Catalogue = ReadonlyMap<string, CatalogueNamespace>

let loading: Promise<Catalogue> | undefined

/** The catalogue that comes with this release. Loaded when first needed: without CloudMonitor it costs nothing. */
export function loadCatalogue(): Promise<Catalogue> {
  loading ??= import('./metrics.ts').then(({ metricTable }) => parseCatalogue(metricTable))
  return loading
}

/** A namespace that the catalogue does not know, with the service code that its name suggests. */
export function unknownNamespace(namespace: string): CatalogueNamespace {
  const service = namespace
    .replace(/^acs_/, '')
    .replace(/_dashboard$/, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9_]/g, '_')
  return {
    namespace,
    service,
    instanceDimension: undefined,
    resourceType: undefined,
    isResourceTypeVerified: false,
    product: service,
    metrics: new Map(),
  }
}

/** Reads the form that metrics.ts describes. */
export function parseCatalogue(table: string): Catalogue {
  const catalogue = new Map<string, CatalogueNamespace>()
  let metrics = new Map<string, CatalogueMetric>()
  for (const line of table.split('\n')) {
    if (line === '') continue
    const cells = line.split(' | ')
    if (line.startsWith('# ')) {
      const [namespace = '', service = '', instanceDimension, resourceType, product = ''] = cells
      metrics = new Map()
      const name = namespace.slice(2)
      catalogue.set(name, {
        namespace: name,
        service,
        instanceDimension: known(instanceDimension),
        resourceType: known(resourceType)?.replace('?', ''),
        isResourceTypeVerified: resourceType?.endsWith('?') === false,
        product,
        metrics,
      })
      continue
    }
    const [name = '', unit, kind, statistics, periods, dimensions, description = ''] = cells
    metrics.set(name, {
      name,
      unit: known(unit) ?? '',
      kind: kind as MetricKind,
      statistics: list(statistics),
      periodsSeconds: list(periods).map(Number),
      dimensions: list(dimensions),
      description,
    })
  }
  return catalogue
}

const known = (cell: string | undefined) => (cell === '-' ? undefined : cell)
const list = (cell: string | undefined) => known(cell)?.split(' ') ?? []
