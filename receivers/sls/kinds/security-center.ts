import type { KindTable, SeverityTable } from './kind-table.ts'
import { logAuditProjects } from './log-audit.ts'
import { httpSeverity } from './severity.ts'

/** Fixed, ignored, gone: nothing is left to do. */
const settled = ['7', '8', '9', '10', '12']

const findingSeverity: SeverityTable = {
  rules: [
    { when: { field: 'status', in: settled }, severity: 'INFO' },
    { when: { field: 'op', in: ['new'] }, severity: 'WARN' },
  ],
  otherwise: 'INFO',
}

const gradedSeverity: SeverityTable = {
  rules: [
    { when: { field: 'status', in: settled }, severity: 'INFO' },
    { when: { field: 'level', in: ['high', 'serious'] }, severity: 'ERROR' },
    { when: { field: 'level', in: ['medium', 'suspicious'] }, severity: 'WARN' },
    { when: { field: 'level', in: ['low', 'remind'] }, severity: 'INFO' },
    {
      when: [
        { field: 'level', present: false },
        { field: 'op', in: ['new'] },
      ],
      severity: 'WARN',
    },
  ],
  otherwise: 'INFO',
  text: 'level',
}

/** Network logs ended in March 2025. Two layouts, of which either name may come. */
export const sasDns: KindTable = {
  id: 'sas-dns',
  title: 'Security Center: web DNS log',
  product: 'sas',
  topics: ['sas-log-dns'],
  logstorePatterns: ['^sas-log$', '^sas_log$'],
  projectPatterns: [...logAuditProjects, '^sas-log-\\d+-[a-z0-9-]+$'],
  signatureFields: [['qname', 'query_name'], ['qtype', 'query_type'], 'query_datetime'],
  timeField: 'query_datetime',
  fields: [
    { name: 'owner_id', to: 'resource:cloud.account.id' },
    { name: 'additional', to: 'alibabacloud.dns.additional' },
    { name: 'additional_num', to: [] },
    { name: 'answer', to: { attribute: 'dns.answers', form: 'texts', divider: '|' } },
    { name: 'answer_num', to: [] },
    { name: 'authority', to: 'alibabacloud.dns.authority' },
    { name: 'authority_num', to: [] },
    { name: 'client_subnet', to: 'alibabacloud.dns.client_subnet' },
    { name: 'dst_ip', to: 'destination.address' },
    { name: 'dst_port', type: 'int', to: 'destination.port' },
    { name: 'in_out', to: { attribute: 'network.io.direction', values: { in: 'receive', out: 'transmit' } } },
    {
      name: 'net_connect_dir',
      to: { attribute: 'network.io.direction', values: { in: 'receive', out: 'transmit' }, unless: 'in_out' },
    },
    { name: 'query_name', to: { attribute: 'dns.question.name', form: 'domain', unless: 'qname' } },
    { name: 'query_type', to: { attribute: 'alibabacloud.dns.question.type', unless: 'qtype' } },
    { name: 'start_time', to: [] },
    { name: 'qid', to: 'alibabacloud.dns.message_id' },
    { name: 'qname', to: { attribute: 'dns.question.name', form: 'domain' } },
    { name: 'qtype', to: 'alibabacloud.dns.question.type' },
    { name: 'rcode', to: 'alibabacloud.dns.response_code' },
    { name: 'region', to: 'alibabacloud.sas.region' },
    { name: 'response_datetime', to: 'alibabacloud.dns.response_time' },
    { name: 'src_ip', to: 'source.address' },
    { name: 'src_port', type: 'int', to: 'source.port' },
  ],
  severity: { rules: [{ when: { field: 'rcode', in: ['2', '5'] }, severity: 'WARN' }], otherwise: 'INFO' },
  summary: [
    '{dns.question.name}',
    ' {alibabacloud.dns.question.type}',
    ' from {source.address}',
    ' ({alibabacloud.dns.response_code})',
  ],
}

export const sasLocalDns: KindTable = {
  id: 'sas-local-dns',
  title: 'Security Center: internal DNS log',
  product: 'sas',
  topics: ['local-dns'],
  logstorePatterns: ['^sas-log$', '^sas_log$'],
  projectPatterns: [...logAuditProjects, '^sas-log-\\d+-[a-z0-9-]+$'],
  signatureFields: [['answer_rda', 'answer_rdata'], 'anwser_name', 'time_usecond'],
  timeField: 'time',
  fields: [
    { name: 'owner_id', to: 'resource:cloud.account.id' },
    { name: 'answer_rda', to: { attribute: 'dns.answers', form: 'texts', divider: '|' } },
    { name: 'answer_rdata', to: { attribute: 'dns.answers', form: 'texts', divider: '|', unless: 'answer_rda' } },
    { name: 'answer_ttl', to: 'alibabacloud.dns.answer_ttl' },
    { name: 'answer_type', to: 'alibabacloud.dns.answer_type' },
    { name: 'anwser_name', to: 'alibabacloud.dns.answer_name' },
    { name: 'dest_ip', to: 'destination.address' },
    { name: 'dest_port', type: 'int', to: 'destination.port' },
    { name: 'group_id', to: 'alibabacloud.sas.group_id' },
    { name: 'hostname', to: 'resource:host.name' },
    { name: 'id', to: 'resource:host.ip' },
    { name: 'instance_id', to: 'resource:host.id' },
    { name: 'internet_ip', to: 'alibabacloud.sas.internet_ip' },
    { name: 'ip_ttl', type: 'int', to: 'alibabacloud.dns.ip_ttl' },
    { name: 'query_name', to: { attribute: 'dns.question.name', form: 'domain' } },
    { name: 'query_type', to: 'alibabacloud.dns.question.type' },
    { name: 'src_ip', to: 'source.address' },
    { name: 'src_port', type: 'int', to: 'source.port' },
    {
      name: 'time_usecond',
      type: 'int',
      unit: 'us',
      to: { attribute: 'alibabacloud.request.duration', form: 'seconds' },
    },
    { name: 'tunnel_id', to: 'alibabacloud.sas.tunnel_id' },
  ],
  severity: { rules: [], otherwise: 'INFO' },
  summary: ['{dns.question.name}', ' {alibabacloud.dns.question.type}', ' from {source.address}'],
}

export const sasSession: KindTable = {
  id: 'sas-session',
  title: 'Security Center: network session log',
  product: 'sas',
  topics: ['sas-log-session'],
  logstorePatterns: ['^sas-log$', '^sas_log$'],
  projectPatterns: [...logAuditProjects, '^sas-log-\\d+-[a-z0-9-]+$'],
  signatureFields: ['session_time', 'asset_type'],
  fields: [
    { name: 'owner_id', to: 'resource:cloud.account.id' },
    { name: 'asset_type', to: 'alibabacloud.sas.asset_type' },
    { name: 'dst_ip', to: 'destination.address' },
    { name: 'dst_port', type: 'int', to: 'destination.port' },
    { name: 'proto', to: { attribute: 'network.transport', form: 'lower' } },
    { name: 'session_time', to: 'alibabacloud.sas.session_time' },
    { name: 'src_ip', to: 'source.address' },
    { name: 'src_port', type: 'int', to: 'source.port' },
  ],
  severity: { rules: [], otherwise: 'INFO' },
  summary: [
    '{network.transport}',
    ' {source.address}',
    ':{source.port}',
    ' -> {destination.address}',
    ':{destination.port}',
  ],
}

export const sasHttp: KindTable = {
  id: 'sas-http',
  title: 'Security Center: web access log',
  product: 'sas',
  topics: ['sas-log-http'],
  logstorePatterns: ['^sas-log$', '^sas_log$'],
  projectPatterns: [...logAuditProjects, '^sas-log-\\d+-[a-z0-9-]+$'],
  signatureFields: ['rqs_content_type', 'ret_code', 'jump_location'],
  timeField: 'request_datetime',
  fields: [
    { name: 'owner_id', to: 'resource:cloud.account.id' },
    { name: 'content_length', type: 'int', unit: 'By', to: 'http.response.body.size' },
    { name: 'dst_ip', to: 'destination.address' },
    { name: 'dst_port', type: 'int', to: 'destination.port' },
    { name: 'host', to: 'url.domain' },
    { name: 'jump_location', redactQuery: true, to: 'http.response.header.location' },
    { name: 'method', to: 'http.request.method' },
    { name: 'referer', redactQuery: true, to: 'http.request.header.referer' },
    { name: 'ret_code', type: 'int', to: 'http.response.status_code' },
    { name: 'rqs_content_type', to: 'http.request.header.content-type' },
    { name: 'rsp_content_type', to: 'http.response.header.content-type' },
    { name: 'src_ip', to: ['client.address', 'source.address'] },
    { name: 'src_port', type: 'int', to: 'client.port' },
    {
      name: 'uri',
      redactQuery: true,
      to: [
        { attribute: 'url.path', form: 'path' },
        { attribute: 'url.query', form: 'query' },
      ],
    },
    { name: 'user_agent', to: 'user_agent.original' },
    { name: 'x_forward_for', to: 'http.request.header.x-forwarded-for' },
  ],
  severity: httpSeverity('ret_code'),
  summary: ['{http.request.method}', ' {url.path}', ' {http.response.status_code}'],
}

export const sasVul: KindTable = {
  id: 'sas-vul',
  title: 'Security Center: vulnerability log',
  product: 'sas',
  topics: ['sas-vul-log'],
  logstorePatterns: ['^sas-log$', '^sas_log$'],
  projectPatterns: [...logAuditProjects, '^sas-log-\\d+-[a-z0-9-]+$'],
  signatureFields: ['alias_name', 'op', 'tag', 'uuid'],
  fields: [
    { name: 'owner_id', to: 'resource:cloud.account.id' },
    { name: 'name', to: 'security_rule.name' },
    { name: 'alias_name', to: 'security_rule.description' },
    { name: 'op', to: 'alibabacloud.sas.op' },
    { name: 'status', to: 'alibabacloud.sas.status' },
    { name: 'tag', to: 'alibabacloud.sas.tag' },
    { name: 'type', to: 'security_rule.category' },
    { name: 'uuid', to: 'resource:host.id' },
  ],
  severity: findingSeverity,
  summary: ['{security_rule.name}', ' {alibabacloud.sas.op}'],
}

export const sasBaseline: KindTable = {
  id: 'sas-baseline',
  title: 'Security Center: baseline check log',
  product: 'sas',
  topics: ['sas-hc-log'],
  logstorePatterns: ['^sas-log$', '^sas_log$'],
  projectPatterns: [...logAuditProjects, '^sas-log-\\d+-[a-z0-9-]+$'],
  signatureFields: ['risk_name', 'sub_type_name', 'check_item'],
  fields: [
    { name: 'owner_id', to: 'resource:cloud.account.id' },
    { name: 'level', to: 'alibabacloud.sas.level' },
    { name: 'op', to: 'alibabacloud.sas.op' },
    { name: 'risk_name', to: 'security_rule.name' },
    { name: 'status', to: 'alibabacloud.sas.status' },
    { name: 'sub_type_alias', to: [] },
    { name: 'sub_type_name', to: 'security_rule.category' },
    { name: 'type_name', to: 'security_rule.ruleset.name' },
    { name: 'type_alias', to: [] },
    { name: 'uuid', to: 'resource:host.id' },
    { name: 'check_item', to: 'security_rule.description' },
    { name: 'check_level', to: 'alibabacloud.sas.check_level' },
    { name: 'check_type', to: 'alibabacloud.sas.check_type' },
  ],
  severity: gradedSeverity,
  summary: ['{security_rule.name}', ' {alibabacloud.sas.op}'],
}

export const sasAlert: KindTable = {
  id: 'sas-alert',
  title: 'Security Center: security alert log',
  product: 'sas',
  topics: ['sas-security-log'],
  logstorePatterns: ['^sas-log$', '^sas_log$'],
  projectPatterns: [...logAuditProjects, '^sas-log-\\d+-[a-z0-9-]+$'],
  signatureFields: ['data_source', 'unique_info', 'level'],
  fields: [
    { name: 'data_source', to: 'security_rule.ruleset.name' },
    { name: 'level', to: 'alibabacloud.sas.level' },
    { name: 'name', to: 'security_rule.name' },
    { name: 'op', to: 'alibabacloud.sas.op' },
    { name: 'status', to: 'alibabacloud.sas.status' },
    { name: 'uuid', to: 'resource:host.id' },
    { name: 'detail', to: { attribute: 'alibabacloud.sas.detail', form: 'json' } },
    { name: 'unique_info', to: 'alibabacloud.sas.alert_id' },
  ],
  severity: gradedSeverity,
  summary: ['{security_rule.name}', ' {alibabacloud.sas.level}', ' {alibabacloud.sas.op}'],
}

/** Topics are documented, fields are not. */
export const sasOther: KindTable = {
  id: 'sas-other',
  title: 'Security Center: other topics',
  product: 'sas',
  topics: ['sas-cspm-log', 'sas-rasp-log', 'sas-filedetect-log', 'sas-net-block', 'aegis-log-client'],
  logstorePatterns: ['^sas-log$', '^sas_log$'],
  projectPatterns: [...logAuditProjects, '^sas-log-\\d+-[a-z0-9-]+$'],
  signatureFields: [],
  fields: [
    { name: 'uuid', to: 'resource:host.id' },
    { name: 'instance_id', to: 'resource:cloud.resource_id' },
  ],
  severity: { rules: [], otherwise: 'INFO' },
}
