import { describe, expect, it } from 'vitest'
import { loadCatalogue } from '../../../receivers/cloudmonitor/catalogue/catalogue.ts'
import { datadogNames } from '../../../receivers/cloudmonitor/catalogue/datadog-names.ts'
import { createNamer, toSnakeCase } from '../../../receivers/cloudmonitor/naming.ts'

const catalogue = await loadCatalogue()
const namerOf = (namespace: string, naming: 'datadog' | 'raw' = 'datadog') => {
  const found = catalogue.get(namespace)
  return createNamer(naming, namespace, found?.service ?? '', found?.metrics.keys() ?? [])
}

describe('toSnakeCase', () => {
  it.each([
    ['CPUUtilization', 'cpu_utilization'],
    ['MySQL_NetworkInNew', 'my_sql_network_in_new'],
    ['VPC_PublicIP_InternetInRate', 'vpc_public_ip_internet_in_rate'],
    ['StatusCode2xx', 'status_code2xx'],
    ['InstanceUpstreamCode4xx', 'instance_upstream_code4xx'],
    ['ConsumedLCUs', 'consumed_lc_us'],
    ['BytesOutFromVpcToIDC', 'bytes_out_from_vpc_to_idc'],
    ['net_rx.rate', 'net_rx.rate'],
    ['a-b c/d', 'a_b_c_d'],
  ])('writes %s as %s', (name, snake) => {
    expect(toSnakeCase(name)).toBe(snake)
  })
})

describe('createNamer', () => {
  it('gives exactly the names of Datadog’s integration', () => {
    expect(datadogNames).toHaveLength(418)
    for (const { namespace, metric, statistic, name } of datadogNames) {
      expect(namerOf(namespace).nameOf(metric, statistic)).toBe(name)
    }
  })

  it.each([
    ['acs_slb_dashboard', 'HeathyServerCount', 'Average', 'alibabacloud.slb.healthy_server_count.average'],
    ['acs_k8s', 'cluster.cpu.limit', 'Value', 'alibabacloud.container_service.cluster.cpu.limit'],
    ['acs_dcdn', 'waf_acl_block_qps', 'Value', 'alibaabcloud.dcdn.waf_acl_block_qps.value'],
    ['acs_alb', 'LoadBalancerQPS', 'Average', 'alibabacloud.alb.load_balancer_qps.average'],
    ['acs_alb', 'DualStack_ListenerQPS', 'ipv6', 'alibabacloud.alb.dual_stack_listener_qps.ipv6'],
    ['acs_vpc_eip', 'net_rx.rate', 'Value', 'alibabacloud.eip.net_rx.rate.value'],
  ])('names %s %s %s %s', (namespace, metric, statistic, name) => {
    expect(namerOf(namespace).nameOf(metric, statistic)).toBe(name)
  })

  it('tells metrics apart whose names become equal, in whatever order they are listed', () => {
    const names = ['cpu_usage', 'CpuUsage', 'cpuUsage']
    const expected = {
      CpuUsage: 'alibabacloud.x.cpu_usage.average',
      cpuUsage: 'alibabacloud.x.cpu_usage_raw.average',
      cpu_usage: 'alibabacloud.x.cpu_usage_raw2.average',
    }
    for (const order of [names, names.toReversed(), [...names, 'other']]) {
      const namer = createNamer('datadog', 'acs_x', 'x', order)
      const given = Object.fromEntries(names.map((name) => [name, namer.nameOf(name, 'Average')]))
      expect(given).toEqual(expected)
    }
  })

  it('gives no two statistics of a namespace the same name', () => {
    for (const { namespace, metrics } of catalogue.values()) {
      const namer = namerOf(namespace)
      const names = [...metrics.values()].flatMap(({ name, statistics }) =>
        statistics.map((statistic) => namer.nameOf(name, statistic)),
      )
      expect(names.length, namespace).toBe(new Set(names).size)
    }
  })

  it('leaves names as they are with `raw`', () => {
    expect(namerOf('acs_ecs_dashboard', 'raw').nameOf('CPUUtilization', 'Average')).toBe(
      'acs_ecs_dashboard.CPUUtilization.Average',
    )
  })
})
