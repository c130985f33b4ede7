import type { FieldTable, KindTable } from './kind-table.ts'
import { logAuditProjects } from './log-audit.ts'

const resourceFields: readonly FieldTable[] = [
  { name: 'accountId', to: 'resource:cloud.account.id' },
  { name: 'arn', to: 'resource:cloud.resource_id' },
  { name: 'availabilityZone', to: 'resource:cloud.availability_zone' },
  { name: 'dataType', to: 'alibabacloud.config.data_type' },
  { name: 'regionId', to: 'resource:cloud.region' },
  { name: 'resourceId', to: 'alibabacloud.resource.id' },
  { name: 'resourceName', to: 'alibabacloud.resource.name' },
  { name: 'resourceType', to: 'alibabacloud.resource.type' },
  { name: 'resourceGroupId', to: 'alibabacloud.resource.group_id' },
  { name: 'requestId', to: 'alibabacloud.request_id' },
  { name: 'tags', to: { attribute: 'alibabacloud.resource.tags', form: 'json' } },
  { name: 'version', to: 'alibabacloud.config.version' },
]

/** sls-log-schemas section 10. Old records spell the names with a capital. */
export const cloudconfigChange: KindTable = {
  id: 'cloudconfig-change',
  title: 'Cloud Config, resource change',
  product: 'config',
  topics: ['staging'],
  logstorePatterns: ['^cloudconfig_log$'],
  projectPatterns: [...logAuditProjects],
  signatureFields: ['dataType', 'resourceEventType', 'configurationDiff'],
  signatureValues: { dataType: ['ConfigurationItemChangeNotification'] },
  timeField: 'captureTime',
  fields: [
    ...resourceFields,
    { name: 'configuration', to: { attribute: 'alibabacloud.config.configuration', form: 'json' } },
    { name: 'configurationDiff', to: { attribute: 'alibabacloud.config.diff', form: 'json' } },
    { name: 'relationship', to: { attribute: 'alibabacloud.config.relationship', form: 'json' } },
    { name: 'relationshipDiff', to: { attribute: 'alibabacloud.config.relationship_diff', form: 'json' } },
    { name: 'realResourceId', to: 'alibabacloud.resource.real_id' },
    { name: 'resourceCreateTime', to: 'alibabacloud.resource.create_time' },
    { name: 'resourceEventType', to: 'alibabacloud.config.event_type' },
    { name: 'resourceStatus', to: 'alibabacloud.resource.status' },
    { name: 'serviceName', to: 'alibabacloud.service.name' },
  ],
  severity: { rules: [], otherwise: 'INFO' },
  summary: ['{alibabacloud.config.event_type}', ' {alibabacloud.resource.type}', ' {alibabacloud.resource.id}'],
}

/** An evaluation of a rule. */
export const cloudconfigNoncompliant: KindTable = {
  id: 'cloudconfig-noncompliant',
  title: 'Cloud Config, non-compliance',
  product: 'config',
  topics: ['staging'],
  logstorePatterns: ['^cloudconfig_log$'],
  projectPatterns: [...logAuditProjects],
  signatureFields: ['dataType', 'complianceType', 'riskLevel'],
  signatureValues: { dataType: ['NonCompliantNotification'] },
  timeField: 'notificationCreationTime',
  fields: [
    ...resourceFields,
    { name: 'annotation', to: '@body' },
    { name: 'riskLevel', to: 'alibabacloud.config.risk_level' },
    { name: 'complianceType', to: 'alibabacloud.config.compliance' },
    { name: 'eventName', to: '@event_name' },
    { name: 'eventType', to: 'alibabacloud.event.type' },
    { name: 'evaluationResultIdentifier', to: { attribute: 'alibabacloud.config.evaluation', form: 'json' } },
    { name: 'invokingEventMessageType', to: 'alibabacloud.config.trigger' },
  ],
  severity: {
    rules: [
      { when: { field: 'complianceType', in: ['COMPLIANT'] }, severity: 'INFO' },
      { when: { field: 'riskLevel', in: ['1'] }, severity: 'ERROR' },
      { when: { field: 'riskLevel', in: ['2'] }, severity: 'WARN' },
    ],
    otherwise: 'INFO',
  },
}
