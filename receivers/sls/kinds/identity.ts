import type { KindTable } from './kind-table.ts'
import { logAuditProjects } from './log-audit.ts'
import { levelSeverity } from './severity.ts'

/** What an operator did on a host; commands may hold secrets. */
export const bastionhost: KindTable = {
  id: 'bastionhost',
  title: 'Bastionhost operation log',
  product: 'bastionhost',
  topics: [],
  logstorePatterns: ['^bastion_log$'],
  projectPatterns: [...logAuditProjects],
  signatureFields: ['session_id', 'user_client_ip', 'resource_address', 'event_type'],
  fields: [
    { name: 'owner_id', to: 'resource:cloud.account.id' },
    { name: 'content', sensitive: true, to: '@body' },
    { name: 'event_type', to: '@event_name' },
    { name: 'instance_id', to: 'resource:cloud.resource_id' },
    { name: 'log_level', to: 'alibabacloud.bastionhost.log_level' },
    { name: 'resource_address', to: 'destination.address' },
    { name: 'resource_name', to: 'alibabacloud.bastionhost.resource.name' },
    { name: 'result', to: 'alibabacloud.bastionhost.result' },
    { name: 'session_id', to: 'session.id' },
    { name: 'user_client_ip', to: 'client.address' },
    { name: 'user_id', to: 'user.id' },
    { name: 'user_name', to: 'user.name' },
    { name: 'threat_user_client_ip', to: 'alibabacloud.threat.user_client_ip' },
  ],
  severity: { ...levelSeverity('log_level', 'INFO'), text: 'log_level' },
}

/** sls-log-schemas section 10. */
export const idaasEiam: KindTable = {
  id: 'idaas-eiam',
  title: 'IDaaS (EIAM) administration log',
  product: 'idaas',
  topics: ['eiam_management'],
  logstorePatterns: ['^idaas_log$'],
  projectPatterns: [...logAuditProjects],
  signatureFields: ['root_event_id', 'actor_type', 'event_parameters'],
  timeField: 'event_time',
  fields: [
    { name: 'ali_uid', to: 'resource:cloud.account.id' },
    { name: 'instance_id', to: 'resource:cloud.resource_id' },
    { name: 'actor_id', to: 'user.id' },
    { name: 'actor_type', to: 'alibabacloud.user_identity.principal.type' },
    { name: 'actor_name', to: 'user.name' },
    { name: 'device', to: 'alibabacloud.idaas.device' },
    { name: 'browser', to: 'user_agent.name' },
    { name: 'operation_system', to: 'user_agent.os.name' },
    { name: 'source_ip', to: 'source.address' },
    { name: 'event_type', to: '@event_name' },
    { name: 'event_id', to: 'alibabacloud.event.id' },
    { name: 'parent_event_id', to: 'alibabacloud.idaas.parent_event_id' },
    { name: 'root_event_id', to: 'alibabacloud.idaas.root_event_id' },
    { name: 'event_result', to: 'alibabacloud.idaas.result' },
    { name: 'event_parameters', sensitive: true, to: { attribute: 'alibabacloud.idaas.parameters', form: 'json' } },
    { name: 'targets', to: { attribute: 'alibabacloud.idaas.targets', form: 'json' } },
  ],
  severity: {
    rules: [
      {
        when: [
          { field: 'event_result', present: true },
          { field: 'event_result', notIn: ['success'] },
        ],
        severity: 'WARN',
      },
    ],
    otherwise: 'INFO',
  },
  summary: ['{alibabacloud.idaas.result}', ' by {user.name}', ' from {source.address}'],
}
