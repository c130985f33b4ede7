import type { FieldTable, KindTable } from './kind-table.ts'
import { logAuditProjects } from './log-audit.ts'
import { httpSeverity } from './severity.ts'

/** What CLB and ALB log of a request. Three units of time in one record: decimal seconds, milliseconds, microseconds. */
export const layer7Fields: readonly FieldTable[] = [
  { name: 'body_bytes_sent', type: 'int', to: 'http.response.body.size' },
  { name: 'client_ip', to: 'client.address' },
  { name: 'client_port', type: 'int', to: 'client.port' },
  { name: 'host', to: 'url.domain' },
  { name: 'http_host', to: 'http.request.header.host' },
  { name: 'http_referer', redactQuery: true, to: 'http.request.header.referer' },
  { name: 'http_user_agent', to: 'user_agent.original' },
  { name: 'http_x_forwarded_for', to: 'http.request.header.x-forwarded-for' },
  { name: 'http_x_real_ip', to: 'alibabacloud.slb.x_real_ip' },
  { name: 'read_request_time', type: 'int', unit: 'ms', to: 'alibabacloud.slb.read_request_time' },
  { name: 'request_length', type: 'int', to: 'http.request.size' },
  { name: 'request_method', to: 'http.request.method' },
  {
    name: 'request_time',
    type: 'double',
    unit: 's',
    to: { attribute: 'alibabacloud.request.duration', form: 'seconds' },
  },
  {
    name: 'request_uri',
    redactQuery: true,
    to: [
      { attribute: 'url.path', form: 'path' },
      { attribute: 'url.query', form: 'query' },
    ],
  },
  { name: 'scheme', to: 'url.scheme' },
  {
    name: 'server_protocol',
    to: [
      { attribute: 'network.protocol.name', form: 'protocol_name' },
      { attribute: 'network.protocol.version', form: 'protocol_version' },
    ],
  },
  { name: 'slb_vport', type: 'int', to: 'server.port' },
  { name: 'ssl_cipher', to: 'tls.cipher' },
  {
    name: 'ssl_protocol',
    to: [
      { attribute: 'tls.protocol.name', form: 'tls_name' },
      { attribute: 'tls.protocol.version', form: 'tls_version' },
    ],
  },
  { name: 'status', type: 'int', to: 'http.response.status_code' },
  { name: 'tcpinfo_rtt', type: 'int', unit: 'us', to: 'alibabacloud.slb.tcpinfo_rtt' },
  { name: 'time', to: [] },
  {
    name: 'upstream_addr',
    list: true,
    whole: 'alibabacloud.upstream.tries',
    to: [
      { attribute: 'destination.address', form: 'host' },
      { attribute: 'destination.port', form: 'port' },
    ],
  },
  {
    name: 'upstream_response_time',
    type: 'double',
    unit: 's',
    list: true,
    to: { attribute: 'alibabacloud.upstream.duration', form: 'seconds' },
  },
  { name: 'upstream_status', type: 'int', list: true, to: 'alibabacloud.upstream.status_code' },
  { name: 'vip_addr', to: 'server.address' },
  { name: 'write_response_time', type: 'int', unit: 'ms', to: 'alibabacloud.slb.write_response_time' },
  // From here on: only in the copy of the Log Audit Service.
  { name: 'owner_id', to: 'resource:cloud.account.id' },
  { name: 'region', to: 'resource:cloud.region' },
  { name: 'instance_id', to: 'resource:cloud.resource_id' },
  { name: 'instance_name', to: 'alibabacloud.instance.name' },
  { name: 'network_type', to: 'alibabacloud.instance.network_type' },
  { name: 'vpc_id', to: 'alibabacloud.vpc.id' },
  { name: 'threat_client_ip', to: 'alibabacloud.threat.client_ip' },
]

/** sls-log-schemas section 6. */
export const clbAccess: KindTable = {
  id: 'clb-access',
  title: 'CLB (classic SLB), layer-7 access log',
  product: 'slb',
  topics: ['slb_layer7_access_log'],
  logstorePatterns: ['^slb_log$'],
  projectPatterns: [...logAuditProjects],
  signatureFields: ['slbid', 'upstream_addr', 'slb_vport', 'vip_addr'],
  fields: [{ name: 'slbid', to: 'resource:cloud.resource_id' }, ...layer7Fields],
  severity: httpSeverity('status'),
  summary: ['{http.request.method}', ' {url.path}', ' {http.response.status_code}'],
}
