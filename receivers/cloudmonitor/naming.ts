import { datadogNames } from './catalogue/datadog-names.ts'

export type Naming = 'datadog' | 'raw'

/** The names of the metrics of one namespace. */
export interface Namer {
  /** @param statistic as the key of the point: `Average` */
  nameOf(metric: string, statistic: string): string
}

/**
 * `raw`: `acs_ecs_dashboard.CPUUtilization.Average`. `datadog`: the name of Datadog's integration where it has one, else
 * the rule that those names follow: `alibabacloud.ecs.cpu_utilization.average`.
 *
 * @param metrics all that the namespace has: two whose names the rule makes equal must be told apart, always in the
 *   same way, in whatever order they are listed and whichever of them are collected
 */
export function createNamer(naming: Naming, namespace: string, service: string, metrics: Iterable<string>): Namer {
  if (naming === 'raw') return { nameOf: (metric, statistic) => `${namespace}.${metric}.${statistic}` }
  const published = new Map(
    datadogNames
      .filter((it) => it.namespace === namespace)
      .map(({ metric, statistic, name }) => [`${metric} ${statistic}`, name]),
  )
  const stems = toStems(metrics)
  return {
    nameOf: (metric, statistic) =>
      published.get(`${metric} ${statistic}`) ??
      `alibabacloud.${service}.${stems.get(metric) ?? toSnakeCase(metric)}.${toSnakeCase(statistic)}`,
  }
}

/** `VPC_PublicIP_InternetInRate` is `vpc_public_ip_internet_in_rate`; dots stay. */
export function toSnakeCase(name: string): string {
  return name
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replaceAll(/[^A-Za-z0-9_.]/g, '_')
    .toLowerCase()
}

/**
 * Where names become equal (`CpuUsage` and `cpu_usage`), the first keeps it that differs from its snake form, and the
 * others get `_raw`, `_raw2`, … in the order of their code units.
 */
function toStems(metrics: Iterable<string>): Map<string, string> {
  const groups = Map.groupBy(new Set(metrics), toSnakeCase)
  const stems = new Map<string, string>()
  for (const [stem, names] of groups) {
    const isRaw = (name: string) => Number(name === stem)
    names.sort((a, b) => isRaw(a) - isRaw(b) || (a < b ? -1 : 1))
    for (const [index, name] of names.entries()) {
      stems.set(name, index === 0 ? stem : `${stem}_raw${index === 1 ? '' : index}`)
    }
  }
  return stems
}
