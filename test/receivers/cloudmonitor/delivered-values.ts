import type { DeliveredValue } from '../../../simulator/cloudmonitor/point-check.ts'
import { pointUid } from '../../../simulator/cloudmonitor/points.ts'
import type { ArrivedPoint } from './receiver-world.ts'

export const namespace = 'acs_ecs_dashboard'
/** What the tests read of hosts, each with three statistics; Datadog's names are told apart by a part of them. */
export const metrics = ['CPUUtilization', 'DiskReadBPS']

/** What a point of a host says it is, as the simulator's ledger spells it; how many hosts there are is no such point. */
export function deliveredValues(points: Iterable<ArrivedPoint>): DeliveredValue[] {
  return [...points]
    .filter(({ name }) => name !== 'alibabacloud.ecs.count')
    .map(({ name, resource, timeMs, value }) => {
      const metric = name.includes('cpu') ? 'CPUUtilization' : 'DiskReadBPS'
      const statistic = name.split('.').at(-1) ?? ''
      const dimensions = { userId: String(resource['cloud.account.id']), instanceId: String(resource['host.id']) }
      return {
        uid: pointUid(namespace, metric, dimensions, timeMs),
        statistic: `${statistic[0]?.toUpperCase()}${statistic.slice(1)}`,
        value,
      }
    })
}
