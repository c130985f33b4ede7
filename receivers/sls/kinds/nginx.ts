import type { KindTable } from './kind-table.ts'
import { logAuditProjects } from './log-audit.ts'
import { httpSeverity } from './severity.ts'

/** The keys come from a parsing rule of the customer's; k8s.* names the controller's pod, not the backend's. */
export const ackIngress: KindTable = {
  id: 'ack-ingress',
  title: 'ACK ingress-nginx access log',
  product: 'ack',
  fieldPrefix: 'ingress',
  topics: [],
  logstorePatterns: ['^nginx-ingress$', '^k8s_ingress_log$'],
  projectPatterns: [...logAuditProjects, '^k8s-log-[0-9a-zA-Z-]+$'],
  signatureFields: ['proxy_upstream_name', 'req_id', ['x_forward_for', 'x_forwarded_for'], 'upstream_addr'],
  fields: [
    { name: 'client_ip', to: 'client.address' },
    { name: 'x_forward_for', to: 'http.request.header.x-forwarded-for' },
    { name: 'x_forwarded_for', to: { attribute: 'http.request.header.x-forwarded-for', unless: 'x_forward_for' } },
    { name: 'remote_user', to: 'user.name' },
    { name: 'time', to: [] },
    { name: 'method', to: 'http.request.method' },
    {
      name: 'url',
      redactQuery: true,
      to: [
        { attribute: 'url.path', form: 'path' },
        { attribute: 'url.query', form: 'query' },
      ],
    },
    {
      name: 'version',
      to: [
        { attribute: 'network.protocol.name', form: 'protocol_name' },
        { attribute: 'network.protocol.version', form: 'protocol_version' },
      ],
    },
    { name: 'status', type: 'int', to: 'http.response.status_code' },
    { name: 'body_bytes_sent', type: 'int', unit: 'By', to: 'http.response.body.size' },
    { name: 'http_referer', redactQuery: true, to: 'http.request.header.referer' },
    { name: 'http_user_agent', to: 'user_agent.original' },
    { name: 'request_length', type: 'int', unit: 'By', to: 'http.request.size' },
    {
      name: 'request_time',
      type: 'double',
      unit: 's',
      to: { attribute: 'alibabacloud.request.duration', form: 'seconds' },
    },
    { name: 'proxy_upstream_name', to: 'alibabacloud.ingress.upstream_name' },
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
      name: 'upstream_response_length',
      type: 'int',
      unit: 'By',
      list: true,
      to: 'alibabacloud.upstream.response_size',
    },
    {
      name: 'upstream_response_time',
      type: 'double',
      unit: 's',
      list: true,
      to: { attribute: 'alibabacloud.upstream.duration', form: 'seconds' },
    },
    { name: 'upstream_status', type: 'int', list: true, to: 'alibabacloud.upstream.status_code' },
    { name: 'req_id', to: 'alibabacloud.request_id' },
    { name: 'host', to: 'url.domain' },
    { name: 'proxy_alternative_upstream_name', to: 'alibabacloud.ingress.alternative_upstream_name' },
  ],
  named: [{ from: 'project', pattern: '^k8s-log-(.+)$', attribute: 'k8s.cluster.uid' }],
  severity: httpSeverity('status'),
  summary: ['{http.request.method}', ' {url.path}', ' {http.response.status_code}'],
}

/** Collected by the customer's own agent. */
export const nginxAccess: KindTable = {
  id: 'nginx-access',
  title: 'Nginx access log (log centre layout)',
  product: 'nginx',
  topics: ['nginx_access_log'],
  signatureFields: ['remote_addr', 'time_local', 'request_uri', 'body_bytes_sent'],
  fields: [
    { name: 'body_bytes_sent', type: 'int', unit: 'By', to: 'http.response.body.size' },
    { name: 'host', to: 'url.domain' },
    { name: 'http_referer', redactQuery: true, to: 'http.request.header.referer' },
    { name: 'http_user_agent', to: 'user_agent.original' },
    { name: 'http_x_forwarded_for', to: 'http.request.header.x-forwarded-for' },
    { name: 'remote_addr', to: 'client.address' },
    { name: 'remote_user', to: 'user.name' },
    { name: 'request_length', type: 'int', unit: 'By', to: 'http.request.size' },
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
    { name: 'status', type: 'int', to: 'http.response.status_code' },
    { name: 'time_local', to: [] },
    {
      name: 'upstream_response_time',
      type: 'double',
      unit: 's',
      list: true,
      to: { attribute: 'alibabacloud.upstream.duration', form: 'seconds' },
    },
  ],
  severity: httpSeverity('status'),
  summary: ['{http.request.method}', ' {url.path}', ' {http.response.status_code}'],
}
