import { databaseEngines } from './database-engines.ts'
import type { KindTable } from './kind-table.ts'
import { logAuditProjects } from './log-audit.ts'
import { failSeverity, levelSeverity } from './severity.ts'

/** The fields of RDS with cluster and node. */
export const polardbAudit: KindTable = {
  id: 'polardb-audit',
  title: 'PolarDB for MySQL audit log',
  product: 'polardb',
  topics: ['polardb_audit_log'],
  logstorePatterns: ['^polardb_log$'],
  projectPatterns: [...logAuditProjects],
  signatureFields: ['cluster_id', 'node_id', 'sql', 'thread_id'],
  fields: [
    {
      name: 'cluster_id',
      to: ['resource:cloud.resource_id', { attribute: 'db.system.name', constant: 'mysql', unless: 'db_type' }],
    },
    { name: 'node_id', to: 'alibabacloud.polardb.node.id' },
    { name: 'owner_id', to: 'resource:cloud.account.id' },
    { name: 'region', to: 'resource:cloud.region' },
    { name: 'check_rows', type: 'int', unit: '{row}', to: 'alibabacloud.polardb.rows_examined' },
    { name: 'client_ip', to: 'client.address' },
    { name: 'db', to: 'db.namespace' },
    { name: 'db_type', to: { attribute: 'db.system.name', values: databaseEngines } },
    { name: 'db_version', to: 'alibabacloud.polardb.engine_version' },
    { name: 'fail', to: 'db.response.status_code' },
    { name: 'latency', type: 'int', unit: 'us', to: { attribute: 'alibabacloud.request.duration', form: 'seconds' } },
    { name: 'origin_time', to: 'alibabacloud.polardb.origin_time' },
    { name: 'return_rows', type: 'int', unit: '{row}', to: 'db.response.returned_rows' },
    { name: 'sql', sensitive: true, to: ['db.query.text', { attribute: 'db.operation.name', form: 'sql_operation' }] },
    { name: 'thread_id', to: 'alibabacloud.polardb.thread_id' },
    { name: 'update_rows', type: 'int', unit: '{row}', to: 'alibabacloud.polardb.rows_affected' },
    { name: 'user', to: 'user.name' },
    { name: 'threat_client_ip', to: 'alibabacloud.threat.client_ip' },
  ],
  severity: failSeverity,
  summary: [
    '{db.operation.name}',
    ' {db.namespace}',
    ' by {user.name}',
    ' from {client.address}',
    ' ({db.response.status_code})',
  ],
}

/** Old records have the topic of RDS; `cluster_id` tells them apart. */
export const polardbSlow: KindTable = {
  id: 'polardb-slow',
  title: 'PolarDB for MySQL slow log',
  product: 'polardb',
  topics: ['polardb_slow_log', 'rds_slow_log'],
  logstorePatterns: ['^polardb_log$'],
  projectPatterns: [...logAuditProjects],
  signatureFields: ['cluster_id', 'query_sql', 'lock_time'],
  timeField: 'start_time',
  fields: [
    {
      name: 'cluster_id',
      to: ['resource:cloud.resource_id', { attribute: 'db.system.name', constant: 'mysql', unless: 'db_type' }],
    },
    { name: 'node_id', to: 'alibabacloud.polardb.node.id' },
    { name: 'version', to: { attribute: 'alibabacloud.polardb.engine_version', unless: 'db_version' } },
    { name: 'owner_id', to: 'resource:cloud.account.id' },
    { name: 'region', to: 'resource:cloud.region' },
    { name: 'db_name', to: 'db.namespace' },
    { name: 'db_type', to: { attribute: 'db.system.name', values: databaseEngines } },
    { name: 'rows_examined', type: 'int', unit: '{row}', to: 'alibabacloud.polardb.rows_examined' },
    { name: 'rows_sent', type: 'int', unit: '{row}', to: 'db.response.returned_rows' },
    {
      name: 'query_time',
      type: 'double',
      unit: 's',
      to: { attribute: 'alibabacloud.request.duration', form: 'seconds' },
    },
    { name: 'lock_time', type: 'double', unit: 's', to: 'alibabacloud.polardb.lock_time' },
    {
      name: 'user_host',
      to: [
        { attribute: 'user.name', form: 'login_user' },
        { attribute: 'client.address', form: 'login_address' },
      ],
    },
    {
      name: 'query_sql',
      sensitive: true,
      to: ['db.query.text', { attribute: 'db.operation.name', form: 'sql_operation' }],
    },
    { name: 'db_version', to: 'alibabacloud.polardb.engine_version' },
  ],
  severity: { rules: [], otherwise: 'WARN' },
  summary: ['slow {db.operation.name}', ' {db.namespace}', ' by {user.name}', ' from {client.address}'],
}

/** The level stands in the server's message. */
export const polardbError: KindTable = {
  id: 'polardb-error',
  title: 'PolarDB for MySQL error log',
  product: 'polardb',
  topics: ['polardb_error_log'],
  logstorePatterns: ['^polardb_log$'],
  projectPatterns: [...logAuditProjects],
  signatureFields: ['collect_time', 'content', 'type_role'],
  timeField: 'collect_time',
  constantAttributes: { 'db.system.name': 'mysql' },
  fields: [
    { name: 'instance_id', to: 'resource:cloud.resource_id' },
    { name: 'content', to: '@body' },
    { name: 'type_role', to: 'alibabacloud.polardb.node.role' },
    { name: 'event_type', to: 'alibabacloud.polardb.event_type' },
    { name: 'region', to: 'resource:cloud.region' },
    { name: 'db_version', to: 'alibabacloud.polardb.engine_version' },
  ],
  severity: levelSeverity('content', 'ERROR'),
}

/** PolarDB-X 1.0 (DRDS). `sql_time` has no zone, so SLS's own time counts. */
export const polardbxAudit: KindTable = {
  id: 'polardbx-audit',
  title: 'PolarDB-X 1.0 (DRDS) SQL audit log',
  product: 'drds',
  topics: ['drds_audit_log'],
  topicPatterns: ['^drds_audit_log_[0-9a-zA-Z-]+_.+$'],
  logstorePatterns: ['^drds-audit-log$', '^drds_log$'],
  projectPatterns: [...logAuditProjects, '^drds-audit-[a-z0-9-]+-\\d+$'],
  signatureFields: ['sql_code', 'sql_type_detail', 'sql_time', 'table_name'],
  constantAttributes: { 'db.system.name': 'mysql' },
  fields: [
    {
      name: 'affect_rows',
      type: 'int',
      unit: '{row}',
      to: [
        'alibabacloud.drds.affected_rows',
        { attribute: 'db.response.returned_rows', when: { field: 'sql_type', in: ['Select'] } },
      ],
    },
    { name: 'client_ip', to: 'client.address' },
    { name: 'client_port', type: 'int', to: 'client.port' },
    { name: 'db_name', to: 'db.namespace' },
    { name: 'fail', to: 'db.response.status_code' },
    { name: 'hint', to: 'alibabacloud.drds.hint' },
    { name: 'instance_id', to: 'resource:cloud.resource_id' },
    {
      name: 'response_time',
      type: 'double',
      unit: 'ms',
      to: { attribute: 'alibabacloud.request.duration', form: 'seconds' },
    },
    { name: 'sql', sensitive: true, to: 'db.query.text' },
    { name: 'sql_code', to: 'alibabacloud.drds.sql_template_hash' },
    { name: 'sql_time', to: 'alibabacloud.drds.sql_time' },
    { name: 'sql_type', to: { attribute: 'db.operation.name', form: 'sql_operation' } },
    { name: 'sql_type_detail', to: 'alibabacloud.drds.parser' },
    { name: 'table_name', to: { attribute: 'db.collection.name', form: 'single' } },
    { name: 'trace_id', to: 'alibabacloud.drds.trace_id' },
    { name: 'user', to: 'user.name' },
    { name: 'instance_name', to: 'alibabacloud.instance.name' },
    { name: 'owner_id', to: 'resource:cloud.account.id' },
    { name: 'region', to: 'resource:cloud.region' },
    { name: 'threat_client_ip', to: 'alibabacloud.threat.client_ip' },
  ],
  severity: failSeverity,
  summary: ['{db.operation.name}', ' {db.namespace}', ' by {user.name}', ' from {client.address}'],
}
