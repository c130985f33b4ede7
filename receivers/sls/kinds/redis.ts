import type { FieldTable, KindTable } from './kind-table.ts'
import { levelSeverity } from './severity.ts'

const commandFields: readonly FieldTable[] = [
  { name: 'account', to: 'user.name' },
  {
    name: 'command',
    sensitive: true,
    to: ['db.query.text', { attribute: 'db.operation.name', form: 'sql_operation' }],
  },
  { name: 'db', to: 'db.namespace' },
  { name: 'extend_information', to: 'alibabacloud.redis.extend_information' },
  { name: 'instanceid', to: 'resource:cloud.resource_id' },
  { name: 'ip', to: 'client.address' },
  { name: 'is_cautious', to: 'alibabacloud.redis.is_cautious' },
  {
    name: 'latency',
    type: 'int',
    unit: 'us',
    unitByTopic: { redis_proxy_audit_log: 'ms', redis_proxy_slow_log: 'ms' },
    to: { attribute: 'alibabacloud.request.duration', form: 'seconds' },
  },
  { name: 'type', to: 'alibabacloud.redis.type' },
]

/** Writes only. A proxy counts in milliseconds, a data node in microseconds. */
export const redisAudit: KindTable = {
  id: 'redis-audit',
  title: 'Tair / Redis audit log',
  product: 'redis',
  topics: ['redis_audit_log', 'redis_proxy_audit_log'],
  logstorePatterns: ['^redis_audit_log_standard$', '^redis_audit_log$'],
  projectPatterns: ['^nosql-\\d+-[a-z0-9-]+$'],
  signatureFields: ['instanceid', 'command', 'is_cautious', 'latency'],
  timeField: 'time',
  constantAttributes: { 'db.system.name': 'redis' },
  fields: [...commandFields],
  severity: { rules: [{ when: { field: 'is_cautious', in: ['1'] }, severity: 'WARN' }], otherwise: 'INFO' },
  summary: ['{db.operation.name}', ' by {user.name}', ' from {client.address}'],
}

/** The fields of the audit log. */
export const redisSlow: KindTable = {
  id: 'redis-slow',
  title: 'Tair / Redis slow log',
  product: 'redis',
  topics: ['redis_slow_log', 'redis_proxy_slow_log'],
  logstorePatterns: ['^redis_slow_run_log$'],
  projectPatterns: ['^nosql-\\d+-[a-z0-9-]+$'],
  signatureFields: ['instanceid', 'command', 'latency'],
  timeField: 'time',
  constantAttributes: { 'db.system.name': 'redis' },
  fields: [...commandFields],
  severity: { rules: [], otherwise: 'WARN' },
  summary: ['slow {db.operation.name}', ' by {user.name}', ' from {client.address}'],
}

/** Running log of a node. */
export const redisRun: KindTable = {
  id: 'redis-run',
  title: 'Tair / Redis running log',
  product: 'redis',
  topics: ['redis_run_log'],
  logstorePatterns: ['^redis_slow_run_log$'],
  projectPatterns: ['^nosql-\\d+-[a-z0-9-]+$'],
  signatureFields: ['instanceid', 'runlog', 'node_type'],
  timeField: 'time',
  constantAttributes: { 'db.system.name': 'redis' },
  fields: [
    { name: 'extend_information', to: 'alibabacloud.redis.extend_information' },
    { name: 'instanceid', to: 'resource:cloud.resource_id' },
    { name: 'node_type', to: 'alibabacloud.redis.node_type' },
    { name: 'runlog', to: '@body' },
  ],
  severity: levelSeverity('runlog'),
}
