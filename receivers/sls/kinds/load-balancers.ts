import { layer7Fields } from './clb-access.ts'
import type { KindTable } from './kind-table.ts'
import { logAuditProjects } from './log-audit.ts'
import { httpSeverity } from './severity.ts'

/** sls-log-schemas section 6: the fields of CLB, and three of its own. */
export const albAccess: KindTable = {
  id: 'alb-access',
  title: 'ALB, layer-7 access log',
  product: 'alb',
  topics: ['alb_layer7_access_log'],
  logstorePatterns: ['^alb_.*$', '^alb_log$'],
  projectPatterns: [...logAuditProjects],
  signatureFields: ['app_lb_id', 'upstream_addr', 'slb_vport'],
  fields: [
    ...layer7Fields,
    { name: 'app_lb_id', to: 'resource:cloud.resource_id' },
    { name: 'slb_headers', sensitive: true, to: { attribute: 'http.request.header', form: 'headers' } },
    { name: 'slb_xtrace', to: '@trace_id' },
    { name: 'xtrace_type', to: 'alibabacloud.alb.xtrace_type' },
  ],
  severity: httpSeverity('status'),
  summary: ['{http.request.method}', ' {url.path}', ' {http.response.status_code}'],
}

/** No access log of NLB is documented: only for `kind:`, so that its records carry the product's name. */
export const nlbAccess: KindTable = {
  id: 'nlb-access',
  title: 'NLB',
  product: 'nlb',
  topics: [],
  signatureFields: [],
  fields: [],
  severity: { rules: [], otherwise: 'INFO' },
}

/** A metric store, which all have these four fields. Better read as metrics; a log of each reading loses nothing. */
export const slbL4Metrics: KindTable = {
  id: 'slb-l4-metrics',
  title: 'SLB layer-4 second-level metrics',
  product: 'slb',
  topics: [],
  signatureFields: ['__time_nano__', '__labels__', '__value__'],
  timeField: '__time_nano__',
  fields: [
    { name: '__name__', to: 'alibabacloud.metric.name' },
    { name: '__labels__', to: 'alibabacloud.metric.labels' },
    { name: '__value__', type: 'double', to: 'alibabacloud.metric.value' },
  ],
  severity: { rules: [], otherwise: 'INFO' },
  summary: ['{alibabacloud.metric.name}', ' {alibabacloud.metric.value}'],
}
