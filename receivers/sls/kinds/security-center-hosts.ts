import type { FieldTable, KindTable } from './kind-table.ts'
import { logAuditProjects } from './log-audit.ts'

const hostFields: readonly FieldTable[] = [
  { name: 'uuid', to: 'resource:host.id' },
  { name: 'ip', to: 'resource:host.ip' },
  { name: 'owner_id', to: 'resource:cloud.account.id' },
  { name: 'instance_id', to: 'resource:cloud.resource_id' },
  { name: 'host_ip', to: 'resource:host.ip' },
  { name: 'start_time', to: 'alibabacloud.sas.start_time' },
]

const loginFields: readonly FieldTable[] = [
  { name: 'warn_ip', to: 'source.address' },
  { name: 'warn_port', type: 'int', to: 'destination.port' },
  { name: 'warn_type', to: 'alibabacloud.sas.login_type' },
  { name: 'warn_user', to: 'user.name' },
  { name: 'warn_count', type: 'int', to: 'alibabacloud.sas.login_count' },
  { name: 'threat_warn_ip', to: 'alibabacloud.threat.warn_ip' },
]

/** Two layouts: since the end of 2024 some fields have other names. */
export const aegisProcess: KindTable = {
  id: 'aegis-process',
  title: 'Security Center: process start log',
  product: 'sas',
  topics: ['aegis-log-process'],
  logstorePatterns: ['^sas-log$', '^sas_log$'],
  projectPatterns: [...logAuditProjects, '^sas-log-\\d+-[a-z0-9-]+$'],
  signatureFields: ['cmdline', ['pfilename', 'parent_proc_name', 'pcmdline'], 'pid'],
  fields: [
    ...hostFields,
    { name: 'cmdline', sensitive: true, to: 'process.command_line' },
    { name: 'username', to: 'process.user.name' },
    { name: 'uid', to: 'process.user.id' },
    { name: 'pid', type: 'int', to: 'process.pid' },
    { name: 'filename', to: 'process.executable.name' },
    { name: 'filepath', to: 'process.executable.path' },
    { name: 'groupname', to: 'alibabacloud.process.group.name' },
    { name: 'ppid', type: 'int', to: 'process.parent_pid' },
    { name: 'pfilename', to: 'alibabacloud.process.parent.name' },
    { name: 'pfilepath', to: 'alibabacloud.process.parent.path' },
    { name: 'proc_name', to: { attribute: 'process.executable.name', unless: 'filename' } },
    { name: 'proc_path', to: { attribute: 'process.executable.path', unless: 'filepath' } },
    { name: 'parent_proc_name', to: { attribute: 'alibabacloud.process.parent.name', unless: 'pfilename' } },
    { name: 'pcmdline', to: 'alibabacloud.process.parent.command_line' },
    { name: 'proc_start_time', to: 'process.creation.time' },
    { name: 'cmd_chain', to: { attribute: 'alibabacloud.process.command_chain', form: 'json' } },
  ],
  severity: { rules: [], otherwise: 'INFO' },
  summary: ['{process.executable.path}', ' by {process.user.name}'],
}

export const aegisLogin: KindTable = {
  id: 'aegis-login',
  title: 'Security Center: sign-in log',
  product: 'sas',
  topics: ['aegis-log-login'],
  logstorePatterns: ['^sas-log$', '^sas_log$'],
  projectPatterns: [...logAuditProjects, '^sas-log-\\d+-[a-z0-9-]+$'],
  signatureFields: ['warn_ip', 'warn_type', 'warn_user', 'warn_count'],
  fields: [...hostFields, ...loginFields],
  severity: { rules: [], otherwise: 'INFO' },
  summary: ['{alibabacloud.sas.login_type}', ' {user.name}', ' from {source.address}'],
}

/** The fields of the sign-in log: only the topic tells them apart. */
export const aegisCrack: KindTable = {
  id: 'aegis-crack',
  title: 'Security Center: brute-force log',
  product: 'sas',
  topics: ['aegis-log-crack'],
  logstorePatterns: ['^sas-log$', '^sas_log$'],
  projectPatterns: [...logAuditProjects, '^sas-log-\\d+-[a-z0-9-]+$'],
  signatureFields: ['warn_ip', 'warn_type', 'warn_user', 'warn_count'],
  fields: [...hostFields, ...loginFields],
  severity: { rules: [], otherwise: 'WARN' },
  summary: [
    '{alibabacloud.sas.login_type}',
    ' {user.name}',
    ' from {source.address}',
    ' tried {alibabacloud.sas.login_count} times',
  ],
}

export const aegisNetwork: KindTable = {
  id: 'aegis-network',
  title: 'Security Center: host connection log',
  product: 'sas',
  topics: ['aegis-log-network'],
  logstorePatterns: ['^sas-log$', '^sas_log$'],
  projectPatterns: [...logAuditProjects, '^sas-log-\\d+-[a-z0-9-]+$'],
  signatureFields: ['proc_path', 'status', 'proto'],
  fields: [
    ...hostFields,
    { name: 'src_ip', to: 'source.address' },
    { name: 'src_port', type: 'int', to: 'source.port' },
    { name: 'dst_ip', to: 'destination.address' },
    { name: 'dst_port', type: 'int', to: 'destination.port' },
    { name: 'proc_name', to: 'process.executable.name' },
    { name: 'proc_path', to: 'process.executable.path' },
    { name: 'proto', to: { attribute: 'network.transport', form: 'lower' } },
    { name: 'status', to: 'alibabacloud.sas.connection_state' },
    { name: 'net_connect_dir', to: { attribute: 'network.io.direction', values: { in: 'receive', out: 'transmit' } } },
  ],
  severity: { rules: [], otherwise: 'INFO' },
  summary: [
    '{network.transport}',
    ' {source.address}',
    ':{source.port}',
    ' -> {destination.address}',
    ':{destination.port}',
    ' by {process.executable.name}',
  ],
}

export const aegisDns: KindTable = {
  id: 'aegis-dns',
  title: 'Security Center: host DNS query log',
  product: 'sas',
  topics: ['aegis-log-dns-query'],
  logstorePatterns: ['^sas-log$', '^sas_log$'],
  projectPatterns: [...logAuditProjects, '^sas-log-\\d+-[a-z0-9-]+$'],
  signatureFields: ['query_name', ['proc_name', 'proc_path']],
  fields: [
    ...hostFields,
    { name: 'query_name', to: { attribute: 'dns.question.name', form: 'domain' } },
    { name: 'query_type', to: 'alibabacloud.dns.question.type' },
    { name: 'proc_name', to: 'process.executable.name' },
    { name: 'proc_path', to: 'process.executable.path' },
    { name: 'pid', type: 'int', to: 'process.pid' },
  ],
  severity: { rules: [], otherwise: 'INFO' },
  summary: ['{dns.question.name}', ' {alibabacloud.dns.question.type}', ' by {process.executable.name}'],
}

export const aegisSnapProcess: KindTable = {
  id: 'aegis-snap-process',
  title: 'Security Center: process snapshot',
  product: 'sas',
  topics: ['aegis-snapshot-process'],
  logstorePatterns: ['^sas-log$', '^sas_log$'],
  projectPatterns: [...logAuditProjects, '^sas-log-\\d+-[a-z0-9-]+$'],
  signatureFields: ['md5', 'pname', 'start_time'],
  fields: [
    { name: 'uuid', to: 'resource:host.id' },
    { name: 'ip', to: 'resource:host.ip' },
    { name: 'owner_id', to: 'resource:cloud.account.id' },
    { name: 'cmdline', sensitive: true, to: 'process.command_line' },
    { name: 'pid', type: 'int', to: 'process.pid' },
    { name: 'name', to: 'process.executable.name' },
    { name: 'path', to: 'process.executable.path' },
    { name: 'md5', to: 'alibabacloud.process.md5' },
    { name: 'pname', to: 'alibabacloud.process.parent.name' },
    { name: 'start_time', to: 'process.creation.time' },
    { name: 'user', to: 'process.user.name' },
    { name: 'uid', to: 'process.user.id' },
  ],
  severity: { rules: [], otherwise: 'INFO' },
  summary: ['{process.executable.path}', ' by {process.user.name}'],
}

export const aegisSnapPort: KindTable = {
  id: 'aegis-snap-port',
  title: 'Security Center: listening port snapshot',
  product: 'sas',
  topics: ['aegis-snapshot-port'],
  logstorePatterns: ['^sas-log$', '^sas_log$'],
  projectPatterns: [...logAuditProjects, '^sas-log-\\d+-[a-z0-9-]+$'],
  signatureFields: ['proto', 'src_port', 'proc_name'],
  fields: [
    { name: 'uuid', to: 'resource:host.id' },
    { name: 'ip', to: 'resource:host.ip' },
    { name: 'owner_id', to: 'resource:cloud.account.id' },
    { name: 'proto', to: { attribute: 'network.transport', form: 'lower' } },
    { name: 'src_ip', to: 'network.local.address' },
    { name: 'src_port', type: 'int', to: 'network.local.port' },
    { name: 'pid', type: 'int', to: 'process.pid' },
    { name: 'proc_name', to: 'process.executable.name' },
  ],
  severity: { rules: [], otherwise: 'INFO' },
  summary: [
    '{process.executable.name}',
    ' listens on {network.transport}',
    ' {network.local.address}',
    ':{network.local.port}',
  ],
}

/** The published table repeats another log's. */
export const aegisSnapAccount: KindTable = {
  id: 'aegis-snap-account',
  title: 'Security Center: account snapshot',
  product: 'sas',
  topics: ['aegis-snapshot-host'],
  logstorePatterns: ['^sas-log$', '^sas_log$'],
  projectPatterns: [...logAuditProjects, '^sas-log-\\d+-[a-z0-9-]+$'],
  signatureFields: ['uuid'],
  fields: [
    { name: 'owner_id', to: 'resource:cloud.account.id' },
    { name: 'uuid', to: 'resource:host.id' },
  ],
  severity: { rules: [], otherwise: 'INFO' },
}
