import type { RpcAction } from '../rpc/call.ts'
import type { CloudMonitorBehaviour } from './behaviour.ts'
import { cmsAction } from './call-form.ts'
import { wholeNumber } from './metric-query.ts'
import type { Resources } from './resources.ts'

/** DescribeMonitoringAgentHosts: the ECS instances whose agent reports, without tags (cloudmonitor.md 7.2). */
export function agentHosts(
  resources: Resources,
  behaviour: CloudMonitorBehaviour,
): Readonly<Record<string, RpcAction>> {
  return {
    DescribeMonitoringAgentHosts: cmsAction(behaviour, {}, (call) => {
      const { accountId, nowMs, parameters } = call
      const wanted = (name: string) => parameters.get(name) ?? ''
      const ids = wanted('InstanceIds').split(',').filter(Boolean)
      const hosts = resources.all().filter(({ type, bornMs, vanishedMs, ...resource }) => {
        if (type !== 'ACS::ECS::Instance' || resource.accountId !== accountId) return false
        if (nowMs < bornMs || nowMs >= vanishedMs || resource.reports?.test('cpu_total') === false) return false
        const isInRegion = ['', resource.region].includes(wanted('InstanceRegionId'))
        return (
          isInRegion && (ids.length === 0 || ids.includes(resource.id)) && resource.name.includes(wanted('KeyWord'))
        )
      })
      const number = wholeNumber(call, 'PageNumber', 1, 1, 99_999)
      const size = wholeNumber(call, 'PageSize', 10, 1, 100)
      return {
        PageNumber: number,
        PageSize: size,
        PageTotal: Math.ceil(hosts.length / size),
        Total: hosts.length,
        Hosts: {
          Host: hosts.slice((number - 1) * size, number * size).map(({ id, name, region, addresses = [] }) => ({
            InstanceId: id,
            HostName: name,
            Region: region,
            OperatingSystem: 'Linux',
            IpGroup: addresses.join(','),
            SerialNumber: id,
            AliUid: Number(accountId),
            AgentVersion: '3.5.9',
            isAliyunHost: true,
          })),
        },
      }
    }),
  }
}
