import type { FieldTable, KindTable, SeverityTable } from './kind-table.ts'
import { logAuditProjects } from './log-audit.ts'

/** No rule: an empty id in the form of a UUID. */
const noRule = ['00000000-0000-0000-0000-000000000000']

const sessionFields: readonly FieldTable[] = [
  { name: 'log_type', to: 'alibabacloud.cfw.log_type' },
  { name: 'aliuid', to: 'resource:cloud.account.id' },
  { name: 'app_name', absent: ['Unknown', 'unknown'], to: { attribute: 'network.protocol.name', form: 'lower' } },
  { name: 'domain', to: 'url.domain' },
  { name: 'dst_ip', to: 'destination.address' },
  { name: 'dst_port', type: 'int', to: 'destination.port' },
  { name: 'in_bps', type: 'double', unit: 'bit/s', to: 'alibabacloud.cfw.in_bps' },
  { name: 'in_packet_bytes', type: 'int', unit: 'By', to: 'alibabacloud.cfw.in_bytes' },
  { name: 'in_packet_count', type: 'int', unit: '{packet}', to: 'alibabacloud.cfw.in_packets' },
  { name: 'in_pps', type: 'double', unit: '1/s', to: 'alibabacloud.cfw.in_pps' },
  { name: 'ip_protocol', to: { attribute: 'network.transport', form: 'lower' } },
  { name: 'out_bps', type: 'double', unit: 'bit/s', to: 'alibabacloud.cfw.out_bps' },
  { name: 'out_packet_bytes', type: 'int', unit: 'By', to: 'alibabacloud.cfw.out_bytes' },
  { name: 'out_packet_count', type: 'int', unit: '{packet}', to: 'alibabacloud.cfw.out_packets' },
  { name: 'out_pps', type: 'double', unit: '1/s', to: 'alibabacloud.cfw.out_pps' },
  { name: 'rule_result', to: 'security_rule.action' },
  { name: 'src_ip', to: 'source.address' },
  { name: 'src_port', type: 'int', to: 'source.port' },
  { name: 'start_time', to: 'alibabacloud.cfw.start_time' },
  { name: 'start_time_min', to: [] },
  { name: 'tcp_seq', type: 'int', to: 'alibabacloud.cfw.tcp_seq' },
  { name: 'total_bps', type: 'double', unit: 'bit/s', to: 'alibabacloud.cfw.total_bps' },
  { name: 'total_packet_bytes', type: 'int', unit: 'By', to: 'alibabacloud.cfw.total_bytes' },
  { name: 'total_packet_count', type: 'int', unit: '{packet}', to: 'alibabacloud.cfw.total_packets' },
  { name: 'total_pps', type: 'double', unit: '1/s', to: 'alibabacloud.cfw.total_pps' },
  { name: 'vul_level', absent: ['0'], to: 'alibabacloud.cfw.vul_level' },
  { name: 'acl_rule_id', absent: noRule, to: 'security_rule.uuid' },
  { name: 'ips_rule_id', absent: noRule, to: 'alibabacloud.cfw.ips_rule.id' },
  { name: 'ips_rule_name', to: [] },
  { name: 'ips_rule_name_en', to: 'security_rule.name' },
  { name: 'ips_ai_rule_id', absent: noRule, to: 'alibabacloud.cfw.ips_ai_rule.id' },
  { name: 'attack_type_name', to: [] },
  { name: 'attack_type_name_en', to: 'security_rule.category' },
]

const sessionSeverity: SeverityTable = {
  rules: [
    { when: { field: 'vul_level', in: ['3'] }, severity: 'ERROR' },
    { when: { field: 'rule_result', in: ['drop', 'alert'] }, severity: 'WARN' },
  ],
  otherwise: 'INFO',
}

/** sls-log-schemas section 7. `log_type`, not the topic, tells the shape. */
export const cfwInternet: KindTable = {
  id: 'cfw-internet',
  title: 'Cloud Firewall, internet border traffic',
  product: 'cloudfirewall',
  fieldPrefix: 'cfw',
  topics: ['cloudfirewall_access_log'],
  logstorePatterns: ['^cloudfirewallnew-logstore$', '^cloudfirewall-logstore$', '^cloudfirewall_log$'],
  projectPatterns: [
    ...logAuditProjects,
    '^cloudfirewallnew-project-\\d+-[a-z0-9-]+$',
    '^cloudfirewall-project-\\d+-cn-hangzhou$',
  ],
  signatureFields: ['log_type', 'rule_result', 'direction', 'start_time_min'],
  signatureValues: { log_type: ['internet_log', 'ipv6_firewall_log', 'dns_firewall_log'] },
  timeField: 'end_time',
  fields: [
    ...sessionFields,
    { name: 'direction', to: { attribute: 'network.io.direction', values: { in: 'receive', out: 'transmit' } } },
    { name: 'region_id', to: 'resource:cloud.region' },
    { name: 'url', redactQuery: true, to: 'url.full' },
    { name: 'src_private_ip', to: 'alibabacloud.cfw.src_private_address' },
    { name: 'app_dpi_state', to: 'alibabacloud.cfw.app_dpi_state' },
    { name: 'country_id', absent: ['YY'], to: 'geo.country.iso_code' },
    { name: 'city_id', to: 'alibabacloud.cfw.city_id' },
    { name: 'new_conn', type: 'int', to: 'alibabacloud.cfw.new_conn' },
    { name: 'rule_source', to: 'alibabacloud.cfw.rule_source' },
    { name: 'loose_allow_acl_id', absent: noRule, to: 'alibabacloud.cfw.loose_allow_acl.id' },
    { name: 'proxy_acl_rule_id', absent: noRule, to: 'alibabacloud.cfw.proxy_acl_rule.id' },
    { name: 'owner_id', to: 'resource:cloud.account.id' },
    { name: 'threat_src_ip', to: 'alibabacloud.threat.src_ip' },
    { name: 'threat_dst_ip', to: 'alibabacloud.threat.dst_ip' },
  ],
  severity: sessionSeverity,
  summary: [
    '{security_rule.action}',
    ' {network.transport}',
    ' {source.address}',
    ':{source.port}',
    ' -> {destination.address}',
    ':{destination.port}',
  ],
}

export const cfwNat: KindTable = {
  id: 'cfw-nat',
  title: 'Cloud Firewall, NAT border traffic',
  product: 'cloudfirewall',
  fieldPrefix: 'cfw',
  topics: ['cloudfirewall_access_log'],
  logstorePatterns: ['^cloudfirewallnew-logstore$', '^cloudfirewall-logstore$', '^cloudfirewall_log$'],
  projectPatterns: [
    ...logAuditProjects,
    '^cloudfirewallnew-project-\\d+-[a-z0-9-]+$',
    '^cloudfirewall-project-\\d+-cn-hangzhou$',
  ],
  signatureFields: ['log_type', 'cloud_instance_id', 'src_vpc_id'],
  signatureValues: { log_type: ['nat_firewall_log'] },
  timeField: 'end_time',
  fields: [
    ...sessionFields,
    { name: 'direction', to: { attribute: 'network.io.direction', values: { in: 'receive', out: 'transmit' } } },
    { name: 'cloud_instance_id', to: 'resource:cloud.resource_id' },
    { name: 'src_region', to: 'resource:cloud.region' },
    { name: 'src_vpc_id', to: 'alibabacloud.vpc.id' },
    { name: 'src_private_ip', to: 'alibabacloud.cfw.src_private_address' },
  ],
  severity: sessionSeverity,
  summary: [
    '{security_rule.action}',
    ' {network.transport}',
    ' {source.address}',
    ':{source.port}',
    ' -> {destination.address}',
    ':{destination.port}',
  ],
}

export const cfwVpc: KindTable = {
  id: 'cfw-vpc',
  title: 'Cloud Firewall, VPC border traffic',
  product: 'cloudfirewall',
  fieldPrefix: 'cfw',
  topics: ['cloudfirewall_access_log', 'cloudfirewall_vpc_log'],
  logstorePatterns: ['^cloudfirewallnew-logstore$', '^cloudfirewall-logstore$', '^cloudfirewall_log$'],
  projectPatterns: [
    ...logAuditProjects,
    '^cloudfirewallnew-project-\\d+-[a-z0-9-]+$',
    '^cloudfirewall-project-\\d+-cn-hangzhou$',
  ],
  signatureFields: ['log_type', 'firewall_id', 'src_network_instance_id'],
  signatureValues: { log_type: ['vpc_firewall_log'] },
  timeField: 'end_time',
  fields: [
    ...sessionFields,
    { name: 'firewall_id', to: 'resource:cloud.resource_id' },
    { name: 'src_region', to: 'resource:cloud.region' },
    { name: 'dst_region', to: 'alibabacloud.cfw.dst_region' },
    { name: 'src_network_instance_id', to: 'alibabacloud.cfw.src_network_instance.id' },
    { name: 'dst_network_instance_id', to: 'alibabacloud.cfw.dst_network_instance.id' },
  ],
  severity: sessionSeverity,
  summary: [
    '{security_rule.action}',
    ' {network.transport}',
    ' {source.address}',
    ':{source.port}',
    ' -> {destination.address}',
    ':{destination.port}',
  ],
}

/** Only topic and log types are documented; the fields of sessions are the best guess. */
export const cfwIps: KindTable = {
  id: 'cfw-ips',
  title: 'Cloud Firewall, intrusion prevention events',
  product: 'cloudfirewall',
  fieldPrefix: 'cfw',
  topics: ['cloudfirewall_ips_log', 'cloudfirewall_vpc_ips_log'],
  logstorePatterns: ['^cloudfirewallnew-logstore$', '^cloudfirewall-logstore$', '^cloudfirewall_log$'],
  projectPatterns: [
    ...logAuditProjects,
    '^cloudfirewallnew-project-\\d+-[a-z0-9-]+$',
    '^cloudfirewall-project-\\d+-cn-hangzhou$',
  ],
  signatureFields: ['log_type', 'ips_rule_id', 'attack_type_name_en'],
  signatureValues: { log_type: ['internet_ips_log', 'vpc_ips_log'] },
  timeField: 'end_time',
  fields: [...sessionFields],
  severity: sessionSeverity,
  summary: [
    '{security_rule.name}',
    ' {security_rule.action}',
    ' {network.transport}',
    ' {source.address}',
    ':{source.port}',
    ' -> {destination.address}',
    ':{destination.port}',
  ],
}

/** The topic is a word of everyday use, so it counts only in the product's logstores. */
export const cfwEvent: KindTable = {
  id: 'cfw-event',
  title: 'Cloud Firewall, TLS / application / web-filter events',
  product: 'cloudfirewall',
  fieldPrefix: 'cfw',
  topics: ['event_log'],
  logstorePatterns: ['^cloudfirewallnew-logstore$', '^cloudfirewall-logstore$', '^cloudfirewall_log$'],
  projectPatterns: [
    ...logAuditProjects,
    '^cloudfirewallnew-project-\\d+-[a-z0-9-]+$',
    '^cloudfirewall-project-\\d+-cn-hangzhou$',
  ],
  needsLogstore: true,
  signatureFields: ['log_type'],
  signatureValues: { log_type: ['tls', 'appid_ctrl', 'web_filter'] },
  fields: [{ name: 'log_type', to: 'alibabacloud.cfw.log_type' }],
  severity: { rules: [], otherwise: 'INFO' },
}
