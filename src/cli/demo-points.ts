import { loadCatalogue } from '../../receivers/cloudmonitor/catalogue/catalogue.ts'
import { createNamer } from '../../receivers/cloudmonitor/naming.ts'
import { defaultAccountId } from '../../simulator/accounts.ts'
import type { PointPlan } from '../../simulator/cloudmonitor/point-ledger.ts'
import { pointUid } from '../../simulator/cloudmonitor/points.ts'
import { NANOS_PER_MS } from '../nanoseconds.ts'
import type { DecodedAttribute, DecodedResourceMetrics } from '../otlp/decode.ts'
import { attributeText } from './attribute-text.ts'

/** The metrics that the demo's configuration reads, so that each point is held against the ledger. */
const namespace = 'acs_ecs_dashboard'
const metrics = ['cpu_total', 'load_1m']
const periodSeconds = 15
export const demoPoints: PointPlan = { namespace, metrics, periodSeconds }

/** A point comes as one data point for each statistic; this one stands for it. */
const statistic = 'Average'

/** The timestamp after which the simulator's ledger counts points, when it begins to at `nowMs`. */
export function firstPointAfterMs(nowMs: number): number {
  const periodMs = periodSeconds * 1000
  // A point bears the begin of its period, and is there when the period is over.
  return Math.floor((nowMs - periodMs) / periodMs) * periodMs
}

/** A data point as the screen shows it, with the uid under which the ledger knows its point. */
export interface DemoPoint {
  readonly uid: string
  readonly timeMs: number
  readonly service: string
  readonly text: string
}

/** What finds the points in a request; data points of other metrics and statistics are left out. */
export async function createPointReader(): Promise<
  (resourceMetrics: readonly DecodedResourceMetrics[]) => DemoPoint[]
> {
  const known = (await loadCatalogue()).get(namespace)?.metrics.keys() ?? []
  const namer = createNamer('datadog', namespace, 'ecs', known)
  const metricOfName = new Map(metrics.map((metric) => [namer.nameOf(metric, statistic), metric]))
  return (resourceMetrics) => pointsOf(resourceMetrics, metricOfName)
}

function pointsOf(
  resourceMetrics: readonly DecodedResourceMetrics[],
  metricOfName: ReadonlyMap<string, string>,
): DemoPoint[] {
  return resourceMetrics.flatMap(({ resource, scopeMetrics }) => {
    const instanceId = attributeText(resource.attributes, 'host.id')
    const name = attributeText(resource.attributes, 'host.name') || instanceId
    const service = attributeText(resource.attributes, 'service.name')
    return scopeMetrics.flatMap((scope) =>
      scope.metrics.flatMap((metric) => {
        const vendorName = metricOfName.get(metric.name)
        if (vendorName === undefined || metric.data?.kind !== 'gauge') return []
        return metric.data.points.map((point) => {
          const timeMs = Number(point.timeUnixNano / NANOS_PER_MS)
          const dimensions = { userId: defaultAccountId, instanceId }
          const text = `${metric.name} ${Number(point.value).toFixed(1)} ${metric.unit} on ${name}${tagsText(resource.attributes)}`
          return { uid: pointUid(namespace, vendorName, dimensions, timeMs), timeMs, service, text }
        })
      }),
    )
  })
}

function tagsText(attributes: readonly DecodedAttribute[]): string {
  const tags = attributes.filter(({ key }) => key.startsWith('alibabacloud.tag.'))
  return tags.length === 0 ? '' : ` (${tags.map(({ key, value }) => `${key.slice(17)}=${String(value)}`).join(', ')})`
}
