import { databaseEngines } from './database-engines.ts'
import type { KindTable } from './kind-table.ts'
import { logAuditProjects } from './log-audit.ts'
import { levelSeverity } from './severity.ts'

/** sls-log-schemas section 9; PostgreSQL has the same fields under another topic. */
export const rdsSlow: KindTable = {
  id: 'rds-slow',
  title: 'RDS slow log',
  product: 'rds',
  topics: ['rds_slow_log', 'rds_slow_log_pg'],
  logstorePatterns: ['^rds_log$'],
  projectPatterns: [...logAuditProjects, '^rds-.*-\\d+-[a-z0-9-]+$'],
  signatureFields: ['query_sql', 'query_time', 'lock_time', 'rows_examined', 'instance_id'],
  timeField: 'start_time',
  fields: [
    { name: 'instance_id', to: 'resource:cloud.resource_id' },
    { name: 'db_name', to: 'db.namespace' },
    { name: 'db_type', to: { attribute: 'db.system.name', values: databaseEngines } },
    { name: 'rows_examined', type: 'int', unit: '{row}', to: 'alibabacloud.rds.rows_examined' },
    { name: 'rows_sent', type: 'int', unit: '{row}', to: 'db.response.returned_rows' },
    {
      name: 'query_time',
      type: 'double',
      unit: 's',
      to: { attribute: 'alibabacloud.request.duration', form: 'seconds' },
    },
    { name: 'lock_time', type: 'double', unit: 's', to: 'alibabacloud.rds.lock_time' },
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
    { name: 'db_version', to: 'alibabacloud.rds.engine_version' },
    { name: 'instance_name', to: 'alibabacloud.instance.name' },
    { name: 'owner_id', to: 'resource:cloud.account.id' },
    { name: 'region', to: 'resource:cloud.region' },
  ],
  severity: { rules: [], otherwise: 'WARN' },
  summary: ['slow {db.operation.name}', ' {db.namespace}', ' by {user.name}', ' from {client.address}'],
}

/** The level stands in the server's message. */
export const rdsError: KindTable = {
  id: 'rds-error',
  title: 'RDS error log',
  product: 'rds',
  topics: ['rds_error_log', 'rds_error_log_pg'],
  logstorePatterns: ['^rds_log$'],
  projectPatterns: [...logAuditProjects, '^rds-.*-\\d+-[a-z0-9-]+$'],
  signatureFields: ['collect_time', 'content', 'instance_id', ['event_type', 'eventType']],
  timeField: 'collect_time',
  fields: [
    { name: 'instance_id', to: 'resource:cloud.resource_id' },
    { name: 'instance_name', to: 'alibabacloud.instance.name' },
    { name: 'db_type', to: { attribute: 'db.system.name', values: databaseEngines } },
    { name: 'db_version', to: 'alibabacloud.rds.engine_version' },
    { name: 'db_name', to: 'db.namespace' },
    { name: 'content', to: '@body' },
    { name: 'eventType', to: 'alibabacloud.rds.event_type' },
    { name: 'event_type', to: { attribute: 'alibabacloud.rds.event_type', unless: 'eventType' } },
    { name: 'file', to: 'code.file.path' },
    { name: 'user', to: 'user.name' },
    { name: 'user_ip', to: 'client.address' },
    { name: 'user_port', type: 'int', to: 'client.port' },
    { name: 'port', type: 'int', to: 'server.port' },
    { name: 'region', to: 'resource:cloud.region' },
    { name: 'owner_id', to: 'resource:cloud.account.id' },
  ],
  severity: levelSeverity('content', 'ERROR'),
}
