import type { FieldTable, KindTable } from './kind-table.ts'

const operationFields: readonly FieldTable[] = [
  { name: 'audit_type', to: 'alibabacloud.mongodb.audit_type' },
  { name: 'coll', to: 'db.collection.name' },
  { name: 'db', to: 'db.namespace' },
  { name: 'docs_examined', type: 'int', unit: '{document}', to: 'alibabacloud.mongodb.docs_examined' },
  { name: 'instanceid', to: 'resource:cloud.resource_id' },
  { name: 'keys_examined', type: 'int', unit: '{key}', to: 'alibabacloud.mongodb.keys_examined' },
  { name: 'latency', type: 'int', to: 'alibabacloud.mongodb.latency' },
  { name: 'optype', to: 'db.operation.name' },
  { name: 'return_num', type: 'int', unit: '{document}', to: 'db.response.returned_rows' },
  { name: 'thread_id', to: 'alibabacloud.mongodb.thread_id' },
  { name: 'time', to: [] },
  { name: 'user', to: 'user.name' },
  { name: 'user_ip', to: 'client.address' },
]

/** sls-log-schemas section 9. The unit of `latency` is not documented, so the number stays as it is. */
export const mongodbAudit: KindTable = {
  id: 'mongodb-audit',
  title: 'ApsaraDB for MongoDB audit log',
  product: 'mongodb',
  topics: ['mongo_audit_log'],
  logstorePatterns: ['^mongo_audit_log_standard$', '^mongo_audit_log$'],
  projectPatterns: ['^nosql-\\d+-[a-z0-9-]+$'],
  signatureFields: ['instanceid', 'audit_type', 'optype', 'coll'],
  constantAttributes: { 'db.system.name': 'mongodb' },
  fields: [...operationFields],
  severity: { rules: [], otherwise: 'INFO' },
  summary: [
    '{db.operation.name}',
    ' {db.namespace}',
    '.{db.collection.name}',
    ' by {user.name}',
    ' from {client.address}',
  ],
}

/** The fields of the audit log. */
export const mongodbSlow: KindTable = {
  id: 'mongodb-slow',
  title: 'ApsaraDB for MongoDB slow log',
  product: 'mongodb',
  topics: ['mongo_slow_log', 'mongo_run_log'],
  logstorePatterns: ['^mongo_slow_run_log$'],
  projectPatterns: ['^nosql-\\d+-[a-z0-9-]+$'],
  signatureFields: ['instanceid', 'audit_type', 'docs_examined'],
  signatureValues: { audit_type: ['slowop'] },
  constantAttributes: { 'db.system.name': 'mongodb' },
  fields: [...operationFields],
  severity: { rules: [], otherwise: 'WARN' },
  summary: [
    'slow {db.operation.name}',
    ' {db.namespace}',
    '.{db.collection.name}',
    ' by {user.name}',
    ' from {client.address}',
  ],
}

/** Running log of a node. */
export const mongodbRun: KindTable = {
  id: 'mongodb-run',
  title: 'ApsaraDB for MongoDB running log',
  product: 'mongodb',
  topics: ['mongo_run_log'],
  logstorePatterns: ['^mongo_slow_run_log$'],
  projectPatterns: ['^nosql-\\d+-[a-z0-9-]+$'],
  signatureFields: ['instanceid', 'category', 'connection', 'content'],
  constantAttributes: { 'db.system.name': 'mongodb' },
  fields: [
    { name: 'category', to: 'alibabacloud.mongodb.category' },
    { name: 'connection', to: 'alibabacloud.mongodb.connection' },
    { name: 'content', to: '@body' },
    { name: 'instanceid', to: 'resource:cloud.resource_id' },
    { name: 'ip', to: 'server.address' },
    { name: 'level', to: 'alibabacloud.mongodb.level' },
    { name: 'port', type: 'int', to: 'server.port' },
    { name: 'time', to: [] },
  ],
  severity: {
    rules: [
      { when: { field: 'level', in: ['F'] }, severity: 'FATAL' },
      { when: { field: 'level', in: ['E'] }, severity: 'ERROR' },
      { when: { field: 'level', in: ['W'] }, severity: 'WARN' },
      { when: { field: 'level', in: ['I'] }, severity: 'INFO' },
      { when: { field: 'level', in: ['D', 'D1', 'D2', 'D3', 'D4', 'D5'] }, severity: 'DEBUG' },
    ],
    text: 'level',
  },
}
