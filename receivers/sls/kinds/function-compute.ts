import type { FieldTable, KindTable } from './kind-table.ts'
import { levelSeverity } from './severity.ts'

const functionFields: readonly FieldTable[] = [
  { name: 'functionName', to: 'resource:faas.name' },
  { name: 'versionId', to: 'resource:faas.version' },
  { name: 'qualifier', to: 'alibabacloud.fc.qualifier' },
  { name: 'instanceID', to: 'resource:faas.instance' },
]

/** Functions without a version 2 service in front have the slash all the same: `FCRequestMetrics:/resize-image`. */
const functionName = [{ from: 'topic' as const, pattern: '^FC[A-Za-z]+:(?:[^/]*/)?(.+)$', attribute: 'faas.name' }]

/** sls-log-schemas section 12. The level and the id of the request stand in the line. */
export const fcFunctionLog: KindTable = {
  id: 'fc-function-log',
  title: 'Function Compute function log',
  product: 'fc',
  topics: [],
  topicPatterns: ['^FCLogs:.+$'],
  logstorePatterns: ['^default-logs$', '^function-log$'],
  projectPatterns: ['^serverless-[a-z0-9-]+-[0-9a-zA-Z-]+$', '^aliyun-fc-[a-z0-9-]+-[0-9a-zA-Z-]+$'],
  signatureFields: ['functionName', 'message', 'versionId', ['qualifier', 'qualifiter']],
  constantAttributes: { 'resource:cloud.platform': 'alibaba_cloud_fc' },
  fields: [
    ...functionFields,
    { name: 'serviceName', to: 'alibabacloud.fc.service.name' },
    { name: 'qualifiter', to: { attribute: 'alibabacloud.fc.qualifier', unless: 'qualifier' } },
    { name: 'message', to: ['@body', { attribute: 'faas.invocation.id', form: 'fc_request_id' }] },
  ],
  named: functionName,
  severity: levelSeverity('message'),
}

/** One record for each invocation. */
export const fcRequestMetrics: KindTable = {
  id: 'fc-request-metrics',
  title: 'Function Compute request log',
  product: 'fc',
  topics: [],
  topicPatterns: ['^FCRequestMetrics:/.+$', '^FCRequestMetrics:.+/.+$'],
  logstorePatterns: ['^default-logs$', '^function-log$'],
  projectPatterns: ['^serverless-[a-z0-9-]+-[0-9a-zA-Z-]+$', '^aliyun-fc-[a-z0-9-]+-[0-9a-zA-Z-]+$'],
  signatureFields: ['requestId', 'durationMs', 'memoryUsageMB', 'isColdStart'],
  timeField: 'invokeFunctionStartTimestamp',
  constantAttributes: { 'resource:cloud.platform': 'alibaba_cloud_fc' },
  fields: [
    ...functionFields,
    { name: 'serviceName', to: 'alibabacloud.fc.service.name' },
    { name: 'requestId', to: ['faas.invocation.id', 'alibabacloud.request_id'] },
    { name: 'operation', to: 'alibabacloud.fc.operation' },
    { name: 'invocationType', to: 'alibabacloud.fc.invocation_type' },
    { name: 'memoryMB', type: 'double', unit: 'MiBy', to: { attribute: 'faas.max_memory', form: 'mebibytes' } },
    { name: 'memoryUsageMB', type: 'double', unit: 'MiBy', to: 'alibabacloud.fc.memory_usage' },
    {
      name: 'durationMs',
      type: 'double',
      unit: 'ms',
      to: { attribute: 'alibabacloud.request.duration', form: 'seconds' },
    },
    { name: 'invokeFunctionLatencyMs', type: 'double', unit: 'ms', to: 'alibabacloud.fc.invoke_latency' },
    { name: 'scheduleLatencyMs', type: 'double', unit: 'ms', to: 'alibabacloud.fc.schedule_latency' },
    { name: 'isColdStart', type: 'bool', to: 'faas.coldstart' },
    { name: 'instanceEvent', to: 'alibabacloud.fc.instance_event' },
    { name: 'hasFunctionError', type: 'bool', to: 'alibabacloud.fc.has_function_error' },
    { name: 'errorType', to: 'error.type' },
    { name: 'invocationStartTimestamp', to: 'alibabacloud.fc.invocation_start' },
    { name: 'coldStartStartTimestamp', to: 'alibabacloud.fc.cold_start_start' },
    { name: 'traceContext', to: 'alibabacloud.fc.trace_context' },
    { name: 'isSampled', to: [] },
    { name: 'resourceMode', to: 'alibabacloud.fc.resource_mode' },
    { name: 'hostname', to: 'resource:host.name' },
    { name: 'ipAddress', to: 'resource:host.ip' },
    { name: 'activeInstances', type: 'int', unit: '1', to: 'alibabacloud.fc.active_instances' },
    { name: 'activeInstancesPerFunction', type: 'int', unit: '1', to: 'alibabacloud.fc.active_instances_per_function' },
    { name: 'method', to: 'http.request.method' },
    {
      name: 'requestURI',
      redactQuery: true,
      to: [
        { attribute: 'url.path', form: 'path' },
        { attribute: 'url.query', form: 'query' },
      ],
    },
    { name: 'statusCode', type: 'int', to: 'http.response.status_code' },
    { name: 'clientIP', to: 'client.address' },
  ],
  named: functionName,
  severity: {
    rules: [
      { when: { field: 'statusCode', atLeast: 500 }, severity: 'ERROR', errorType: 'statusCode' },
      { when: { field: 'hasFunctionError', in: ['true'] }, severity: 'ERROR' },
      { when: { field: 'errorType', present: true }, severity: 'ERROR' },
    ],
    otherwise: 'INFO',
  },
  summary: ['{alibabacloud.fc.operation}', ' {faas.invocation.id}', ' {error.type}'],
}

/** Topics are documented, most fields are not. */
export const fcInstance: KindTable = {
  id: 'fc-instance',
  title: 'Function Compute instance metrics and events',
  product: 'fc',
  topics: [],
  topicPatterns: ['^FCInstanceMetrics:/.+$', '^FCInstanceEvents:/.+$'],
  logstorePatterns: ['^default-logs$'],
  signatureFields: ['instanceID', 'functionName'],
  constantAttributes: { 'resource:cloud.platform': 'alibaba_cloud_fc' },
  fields: [...functionFields],
  named: functionName,
  severity: { rules: [], otherwise: 'INFO' },
}
