import type { KindTable } from './kind-table.ts'

/** How far each consumer group is behind, every two minutes. */
export const slsConsumergroup: KindTable = {
  id: 'sls-consumergroup',
  title: 'SLS important log: consumer-group delay',
  product: 'sls',
  topics: ['consumergroup_log'],
  logstorePatterns: ['^internal-diagnostic_log$'],
  signatureFields: ['consumer_group', 'fallbehind'],
  fields: [
    { name: 'consumer_group', to: 'alibabacloud.sls.consumer_group' },
    { name: 'fallbehind', type: 'int', unit: 's', to: 'alibabacloud.sls.consumer_lag' },
    { name: 'logstore', to: 'alibabacloud.sls.target.logstore' },
    { name: 'project', to: 'alibabacloud.sls.target.project' },
    { name: 'shard', type: 'int', to: 'alibabacloud.sls.target.shard' },
  ],
  severity: { rules: [], otherwise: 'INFO' },
  summary: [
    '{alibabacloud.sls.consumer_group}',
    ' shard {alibabacloud.sls.target.shard}',
    ' {alibabacloud.sls.consumer_lag} s behind',
  ],
}

/** What the agent complains about; equal alarms of 30 s are one. */
export const slsLogtailAlarm: KindTable = {
  id: 'sls-logtail-alarm',
  title: 'SLS important log: Logtail alarm',
  product: 'sls',
  fieldPrefix: 'logtail',
  topics: ['logtail_alarm'],
  logstorePatterns: ['^internal-diagnostic_log$'],
  signatureFields: ['alarm_type', 'alarm_count'],
  fields: [
    { name: 'alarm_type', to: 'error.type' },
    { name: 'alarm_count', type: 'int', to: 'alibabacloud.logtail.alarm_count' },
    { name: 'alarm_message', to: '@body' },
    { name: 'alarm_level', to: 'alibabacloud.logtail.alarm_level' },
    { name: 'logstore', to: 'alibabacloud.sls.target.logstore' },
    { name: 'project', to: 'alibabacloud.sls.target.project' },
    { name: 'source_ip', to: 'resource:host.ip' },
    { name: 'os', to: { attribute: 'os.type', form: 'lower' } },
    { name: 'version', to: 'alibabacloud.logtail.version' },
    { name: 'category', to: { attribute: 'alibabacloud.sls.target.logstore', unless: 'logstore' } },
  ],
  severity: { rules: [], otherwise: 'WARN' },
}

/** What the agent read from each file, every ten minutes. */
export const slsLogtailProfile: KindTable = {
  id: 'sls-logtail-profile',
  title: 'SLS important log: Logtail collection statistics',
  product: 'sls',
  fieldPrefix: 'logtail',
  topics: ['logtail_profile'],
  logstorePatterns: ['^internal-diagnostic_log$'],
  signatureFields: ['file_name', 'read_offset', 'succeed_lines'],
  fields: [
    { name: 'logstore', to: 'alibabacloud.sls.target.logstore' },
    { name: 'project', to: 'alibabacloud.sls.target.project' },
    { name: 'config_name', to: 'alibabacloud.logtail.config' },
    { name: 'file_name', to: 'log.file.path' },
    { name: 'file_dev', to: 'alibabacloud.logtail.file_device' },
    { name: 'file_inode', type: 'int', to: 'file.inode' },
    { name: 'file_size', type: 'int', unit: 'By', to: 'file.size' },
    { name: 'read_offset', type: 'int', unit: 'By', to: 'alibabacloud.logtail.read_offset' },
    { name: 'read_count', type: 'int', to: 'alibabacloud.logtail.read_count' },
    { name: 'read_avg_delay', type: 'double', unit: 'By', to: 'alibabacloud.logtail.read_avg_delay' },
    { name: 'last_read_time', to: 'alibabacloud.logtail.last_read_time' },
    { name: 'succeed_lines', type: 'int', to: 'alibabacloud.logtail.succeed_lines' },
    { name: 'parse_failures', type: 'int', to: 'alibabacloud.logtail.parse_failures' },
    { name: 'regex_match_failures', type: 'int', to: 'alibabacloud.logtail.regex_match_failures' },
    { name: 'time_format_failures', type: 'int', to: 'alibabacloud.logtail.time_format_failures' },
    { name: 'history_data_failures', type: 'int', to: 'alibabacloud.logtail.history_data_failures' },
    { name: 'send_failures', type: 'int', to: 'alibabacloud.logtail.send_failures' },
    { name: 'total_bytes', type: 'int', unit: 'By', to: 'alibabacloud.logtail.total_bytes' },
    { name: 'error_line', to: 'alibabacloud.logtail.error_line' },
    { name: 'source_ip', to: 'resource:host.ip' },
    { name: 'os', to: { attribute: 'os.type', form: 'lower' } },
    { name: 'logtail_version', to: 'alibabacloud.logtail.version' },
    { name: 'send_block_flag', type: 'bool', to: 'alibabacloud.logtail.send_block' },
    { name: 'send_discard_error', type: 'int', to: 'alibabacloud.logtail.send_discard_error' },
    { name: 'send_network_error', type: 'int', to: 'alibabacloud.logtail.send_network_error' },
    { name: 'send_queue_size', type: 'int', to: 'alibabacloud.logtail.send_queue_size' },
    { name: 'send_quota_error', type: 'int', to: 'alibabacloud.logtail.send_quota_error' },
    { name: 'send_success_count', type: 'int', to: 'alibabacloud.logtail.send_success_count' },
    { name: 'sender_valid_flag', type: 'bool', to: 'alibabacloud.logtail.sender_valid' },
    { name: 'max_send_success_time', to: 'alibabacloud.logtail.max_send_success_time' },
    { name: 'max_unsend_time', to: 'alibabacloud.logtail.max_unsend_time' },
    { name: 'min_unsend_time', to: 'alibabacloud.logtail.min_unsend_time' },
  ],
  severity: { rules: [], otherwise: 'INFO' },
  summary: ['{log.file.path}'],
}

/** How each agent is, every minute. */
export const slsLogtailStatus: KindTable = {
  id: 'sls-logtail-status',
  title: 'SLS important log: Logtail heartbeat',
  product: 'sls',
  fieldPrefix: 'logtail',
  topics: ['logtail_status'],
  logstorePatterns: ['^internal-diagnostic_log$'],
  signatureFields: ['detail_metric', 'user_defined_id', 'status'],
  fields: [
    { name: 'cpu', type: 'double', unit: '1', to: 'alibabacloud.logtail.cpu' },
    { name: 'memory', type: 'double', unit: 'MiBy', to: 'alibabacloud.logtail.memory' },
    { name: 'hostname', to: 'resource:host.name' },
    { name: 'instance_id', to: 'alibabacloud.logtail.instance_id' },
    { name: 'ip', to: 'resource:host.ip' },
    { name: 'load', to: 'alibabacloud.logtail.load' },
    { name: 'detail_metric', to: { attribute: 'alibabacloud.logtail.detail_metric', form: 'json' } },
    { name: 'os', to: { attribute: 'os.type', form: 'lower' } },
    { name: 'os_detail', to: 'os.description' },
    { name: 'os_cpu', type: 'double', unit: '1', to: 'alibabacloud.logtail.os_cpu' },
    { name: 'status', to: 'alibabacloud.logtail.status' },
    { name: 'user', to: 'process.user.name' },
    { name: 'user_defined_id', to: 'alibabacloud.logtail.user_defined_id' },
    { name: 'uuid', to: 'resource:host.id' },
    { name: 'version', to: 'alibabacloud.logtail.version' },
    { name: 'project', to: 'alibabacloud.sls.target.project' },
  ],
  severity: {
    rules: [
      {
        when: [
          { field: 'status', present: true },
          { field: 'status', notIn: ['ok'] },
        ],
        severity: 'WARN',
      },
    ],
    otherwise: 'INFO',
  },
  summary: ['logtail {alibabacloud.logtail.status}'],
}

/** Hourly. */
export const slsMetering: KindTable = {
  id: 'sls-metering',
  title: 'SLS important log: metering',
  product: 'sls',
  topics: ['metering'],
  logstorePatterns: ['^internal-diagnostic_log$'],
  signatureFields: ['inflow', 'storage_raw', 'begin_time'],
  timeField: 'begin_time',
  fields: [
    { name: 'index_flow', type: 'int', unit: 'By', to: 'alibabacloud.sls.metering.index_flow' },
    { name: 'inflow', type: 'int', unit: 'By', to: 'alibabacloud.sls.metering.inflow' },
    { name: 'logstore', to: 'alibabacloud.sls.target.logstore' },
    { name: 'network_out', type: 'int', unit: 'By', to: 'alibabacloud.sls.metering.network_out' },
    { name: 'outflow', type: 'int', unit: 'By', to: 'alibabacloud.sls.metering.outflow' },
    { name: 'project', to: 'alibabacloud.sls.target.project' },
    { name: 'read_count', type: 'int', to: 'alibabacloud.sls.metering.read_count' },
    { name: 'shard', type: 'double', to: 'alibabacloud.sls.metering.shards' },
    { name: 'storage_index', type: 'int', unit: 'By', to: 'alibabacloud.sls.metering.storage_index' },
    { name: 'storage_raw', type: 'int', unit: 'By', to: 'alibabacloud.sls.metering.storage_raw' },
    { name: 'write_count', type: 'int', to: 'alibabacloud.sls.metering.write_count' },
  ],
  severity: { rules: [], otherwise: 'INFO' },
  summary: ['metering {alibabacloud.sls.target.logstore}'],
}

/** Runs of scheduled SQL. */
export const slsScheduledSql: KindTable = {
  id: 'sls-scheduled-sql',
  title: 'SLS important log: scheduled SQL runs',
  product: 'sls',
  topics: ['scheduled_sql_alert'],
  logstorePatterns: ['^internal-diagnostic_log$'],
  signatureFields: ['schedule_id', 'trigger_time', 'succeed_lines'],
  fields: [
    { name: 'status', to: 'alibabacloud.sls.job.status' },
    { name: 'error_code', to: 'error.type' },
    { name: 'error_message', to: 'alibabacloud.error.message' },
    { name: 'fallbehind', type: 'int', unit: 's', to: 'alibabacloud.sls.consumer_lag' },
    { name: 'create_time', to: 'alibabacloud.sls.job.create_time' },
    { name: 'schedule_time', to: 'alibabacloud.sls.job.schedule_time' },
    { name: 'trigger_time', to: 'alibabacloud.sls.job.trigger_time' },
    { name: 'succeed_lines', type: 'int', to: 'alibabacloud.sls.job.succeed_lines' },
    { name: 'job_name', to: 'alibabacloud.sls.resource.job_name' },
    { name: 'schedule_id', to: 'alibabacloud.sls.job.schedule_id' },
    { name: 'instance_id', to: 'alibabacloud.sls.job.instance_id' },
  ],
  severity: { rules: [{ when: { field: 'status', in: ['FAILED'] }, severity: 'ERROR' }], otherwise: 'INFO' },
  summary: ['{alibabacloud.sls.resource.job_name}', ' {alibabacloud.sls.job.status}', ' {error.type}'],
}

/** Names with a colon; values in JSON. */
export const slsEtlMetrics: KindTable = {
  id: 'sls-etl-metrics',
  title: 'SLS important log: data import/export jobs',
  product: 'sls',
  topics: ['etl_metrics'],
  logstorePatterns: ['^internal-diagnostic_log$'],
  signatureFields: ['metric_type', '_etl_:connector_meta', '_etl_:connector_metrics'],
  fields: [
    { name: 'metric_type', to: 'alibabacloud.sls.job.metric_type' },
    { name: '_etl_:connector_meta', to: { attribute: 'alibabacloud.sls.job.meta', form: 'json' } },
    { name: '_etl_:connector_metrics', to: { attribute: 'alibabacloud.sls.job.metrics', form: 'json' } },
  ],
  severity: { rules: [], otherwise: 'INFO' },
  summary: ['{alibabacloud.sls.job.metric_type}'],
}
