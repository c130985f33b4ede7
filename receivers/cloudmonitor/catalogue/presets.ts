import { datadogNames } from './datadog-names.ts'

/** Metrics of one namespace that are collected together. */
export interface MetricSet {
  readonly namespace: string
  /** Names and globs; `!` excludes. */
  readonly metrics: readonly string[]
}

/** Those that Datadog's own integration shows. */
function datadogSets(...namespaces: readonly string[]): MetricSet[] {
  return namespaces.map((namespace) => ({
    namespace,
    metrics: [...new Set(datadogNames.filter((it) => it.namespace === namespace).map(({ metric }) => metric))],
  }))
}

const datadogProducts = {
  ecs: datadogSets('acs_ecs_dashboard'),
  slb: datadogSets('acs_slb_dashboard'),
  rds: datadogSets('acs_rds_dashboard'),
  redis: datadogSets('acs_kvstore'),
  cdn: datadogSets('acs_cdn'),
  container_service: datadogSets('acs_k8s'),
  express_connect: datadogSets('acs_express_connect', 'acs_physical_connection'),
} satisfies Record<string, MetricSet[]>

/** Ready sets. Each metric costs at least one call a poll, so variants of the same thing are left out. */
export const presets: Readonly<Record<string, readonly MetricSet[]>> = {
  datadog: Object.values(datadogProducts).flat(),
  ...datadogProducts,
  alb: [{ namespace: 'acs_alb', metrics: ['LoadBalancer*', '*LCUs', 'ServerGroup*HostCount', '!*HTTPCode50?'] }],
  nlb: [{ namespace: 'acs_nlb', metrics: ['Instance*', 'Listener*ServerCount', 'ConsumedLCUs'] }],
  eip: [{ namespace: 'acs_vpc_eip', metrics: ['*', '!net.*'] }],
  nat: [{ namespace: 'acs_nat_gateway', metrics: ['Session*', 'SnatConnection*', 'BWRate*', 'PPSRate*'] }],
  mongodb: [{ namespace: 'acs_mongodb', metrics: ['*'] }],
  polardb: [{ namespace: 'acs_polardb', metrics: ['*', '!instance_*'] }],
  oss: [
    {
      namespace: 'acs_oss_dashboard',
      metrics: [
        'Availability',
        'RequestValidRate',
        'TotalRequestCount',
        '*ErrorCount',
        'Internet*',
        'Intranet*',
        'Cdn*',
        'GetObject*Latency',
        'PutObject*Latency',
        'MeteringStorageUtilization',
        'ObjectCount',
        '!User*',
      ],
    },
  ],
  smq: [
    { namespace: 'acs_mns_new', metrics: ['*'] },
    { namespace: 'acs_smq', metrics: ['*'] },
  ],
  kafka: [{ namespace: 'acs_kafka', metrics: ['*'] }],
  elasticsearch: [{ namespace: 'acs_elasticsearch', metrics: ['*', '!Logstash*'] }],
  sls: [{ namespace: 'acs_sls_dashboard', metrics: ['*', '!Alarm*'] }],
  fc: [{ namespace: 'acs_fc', metrics: ['Function*'] }],
}
