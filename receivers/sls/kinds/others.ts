import type { KindTable } from './kind-table.ts'
import { logAuditProjects } from './log-audit.ts'

/** App Integration. */
export const appconnect: KindTable = {
  id: 'appconnect',
  title: 'App Integration operation log',
  product: 'appconnect',
  topics: ['appconnect_oplog'],
  logstorePatterns: ['^appconnect_log$'],
  projectPatterns: [...logAuditProjects],
  signatureFields: ['execution_id', 'flow_name', 'step'],
  timeField: 'step_time',
  fields: [
    { name: 'uid', to: 'resource:cloud.account.id' },
    { name: 'execution_id', to: 'alibabacloud.appconnect.execution_id' },
    { name: 'status', to: 'alibabacloud.appconnect.status' },
    { name: 'flow_name', to: 'alibabacloud.appconnect.flow' },
    { name: 'step', to: 'alibabacloud.appconnect.step' },
    { name: 'id', to: 'alibabacloud.event.id' },
    { name: 'type', to: 'alibabacloud.appconnect.step_type' },
    { name: 'duration', type: 'int', unit: 'ns', to: { attribute: 'alibabacloud.request.duration', form: 'seconds' } },
    { name: 'message', to: '@body' },
    { name: 'container_ip', to: 'resource:k8s.pod.ip' },
    { name: 'integration_name', to: 'resource:k8s.pod.name' },
    { name: 'failed', type: 'bool', to: 'alibabacloud.appconnect.failed' },
  ],
  severity: { rules: [{ when: { field: 'failed', in: ['true'] }, severity: 'ERROR' }], otherwise: 'INFO' },
}

/** Mobile Push. */
export const mobilePush: KindTable = {
  id: 'mobile-push',
  title: 'Mobile Push receipts',
  product: 'cps',
  fieldPrefix: 'push',
  topics: ['cps_callback_event'],
  logstorePatterns: ['^cps_log$'],
  projectPatterns: [...logAuditProjects],
  signatureFields: ['app_key', 'message_id', 'event_channel'],
  timeField: 'event_time',
  fields: [
    { name: 'owner_id', to: 'resource:cloud.account.id' },
    { name: 'app_key', to: 'alibabacloud.push.app_key' },
    { name: 'message_id', to: 'messaging.message.id' },
    { name: 'event_type', to: '@event_name' },
    { name: 'device_id', to: 'device.id' },
    { name: 'device_type', to: 'alibabacloud.push.device_type' },
    { name: 'last_active_time', to: 'alibabacloud.push.last_active_time' },
    { name: 'app_version', to: 'alibabacloud.push.app_version' },
    { name: 'client_ip', to: 'client.address' },
    { name: 'brand', to: 'device.manufacturer' },
    { name: 'network_type', to: 'network.connection.type' },
    { name: 'os', to: 'os.name' },
    { name: 'os_version', to: 'os.version' },
    { name: 'isp', to: 'network.carrier.name' },
    { name: 'job_key', to: 'alibabacloud.push.job_key' },
    { name: 'event_channel', to: 'alibabacloud.push.channel' },
    { name: 'vendor_message_id', to: 'alibabacloud.push.vendor_message_id' },
    { name: 'reason', to: 'error.type' },
  ],
  severity: { rules: [], otherwise: 'INFO' },
  summary: ['{messaging.message.id}', ' {error.type}'],
}

/** Fields are not documented: for `kind:`. */
export const dbaudit: KindTable = {
  id: 'dbaudit',
  title: 'Database Audit product',
  product: 'dbaudit',
  topics: [],
  logstorePatterns: ['^dbaudit-audit2-[0-9a-zA-Z-]+$', '^dbaudit-session2-[0-9a-zA-Z-]+$'],
  signatureFields: [],
  fields: [],
  severity: { rules: [], otherwise: 'INFO' },
}
