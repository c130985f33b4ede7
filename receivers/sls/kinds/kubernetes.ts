import type { KindTable } from './kind-table.ts'
import { logAuditProjects } from './log-audit.ts'
import { levelSeverity } from './severity.ts'

/**
 * Each member of the audit event is a field, objects are JSON text. Names of the object are attributes: the cluster's API
 * server wrote the record, not the pod.
 */
export const k8sAudit: KindTable = {
  id: 'k8s-audit',
  title: 'ACK Kubernetes API server audit log',
  product: 'ack',
  fieldPrefix: 'k8s.audit',
  topics: ['', 'k8s_audit'],
  logstorePatterns: ['^audit-[0-9a-zA-Z-]+$', '^k8s_log$'],
  projectPatterns: [...logAuditProjects, '^k8s-log-[0-9a-zA-Z-]+$'],
  signatureFields: ['auditID', 'stage', 'verb', ['objectRef', 'requestURI']],
  timeField: ['stageTimestamp', 'timestamp'],
  fields: [
    { name: 'auditID', to: 'alibabacloud.k8s.audit.id' },
    { name: 'apiVersion', to: 'alibabacloud.k8s.audit.api_version' },
    { name: 'kind', to: [] },
    { name: 'level', to: 'alibabacloud.k8s.audit.level' },
    { name: 'stage', to: 'alibabacloud.k8s.audit.stage' },
    { name: 'verb', to: 'alibabacloud.k8s.audit.verb' },
    {
      name: 'requestURI',
      redactQuery: true,
      sensitive: true,
      to: [
        { attribute: 'url.path', form: 'path' },
        { attribute: 'url.query', form: 'query' },
      ],
    },
    {
      name: 'user',
      to: [
        { attribute: 'user.name', member: 'username' },
        { attribute: 'user.id', member: 'uid' },
        { attribute: 'alibabacloud.k8s.audit.user.groups', member: 'groups' },
        { attribute: 'alibabacloud.k8s.audit.user', form: 'members' },
      ],
    },
    { name: 'impersonatedUser', to: { attribute: 'alibabacloud.k8s.audit.impersonated_user', form: 'json' } },
    {
      name: 'sourceIPs',
      to: [
        { attribute: 'source.address', member: '0' },
        { attribute: 'client.address', member: '0' },
        { attribute: 'alibabacloud.k8s.audit.source_addresses', form: 'json' },
      ],
    },
    { name: 'userAgent', to: 'user_agent.original' },
    {
      name: 'objectRef',
      to: [
        { attribute: 'k8s.namespace.name', member: 'namespace' },
        { attribute: 'alibabacloud.k8s.audit.object.namespace', member: 'namespace' },
        { attribute: 'alibabacloud.k8s.audit.object', form: 'members' },
      ],
    },
    {
      name: 'responseStatus',
      to: [
        { attribute: 'http.response.status_code', member: 'code' },
        { attribute: 'alibabacloud.k8s.audit.response', form: 'members' },
      ],
    },
    {
      name: 'requestObject',
      sensitive: true,
      to: { attribute: 'alibabacloud.k8s.audit.request_object', form: 'json' },
    },
    {
      name: 'responseObject',
      sensitive: true,
      to: { attribute: 'alibabacloud.k8s.audit.response_object', form: 'json' },
    },
    { name: 'requestReceivedTimestamp', to: 'alibabacloud.k8s.audit.request_received' },
    { name: 'annotations', to: { attribute: 'alibabacloud.k8s.audit.annotations', form: 'json' } },
  ],
  named: [{ from: 'project', pattern: '^k8s-log-(.+)$', attribute: 'k8s.cluster.uid' }],
  severity: {
    rules: [
      { when: { field: 'stage', in: ['Panic'] }, severity: 'ERROR' },
      { when: { field: 'responseStatus', member: 'code', atLeast: 500 }, severity: 'ERROR' },
      { when: { field: 'responseStatus', member: 'code', atLeast: 401, below: 402 }, severity: 'WARN' },
      { when: { field: 'responseStatus', member: 'code', atLeast: 403, below: 404 }, severity: 'WARN' },
    ],
    otherwise: 'INFO',
  },
  summary: ['{alibabacloud.k8s.audit.verb}', ' {url.path}', ' by {user.name}', ' {http.response.status_code}'],
}

/**
 * The field `eventId` holds the whole event, despite its name. Attributes as the Collector's receiver of Kubernetes events
 * names them.
 */
export const k8sEvent: KindTable = {
  id: 'k8s-event',
  title: 'Kubernetes events (kube-eventer / event centre)',
  product: 'ack',
  fieldPrefix: 'k8s.event',
  topics: [''],
  logstorePatterns: ['^k8s-event$', '^k8s_log$'],
  projectPatterns: [...logAuditProjects, '^k8s-log-[0-9a-zA-Z-]+$'],
  signatureFields: ['eventId', 'level', 'hostname'],
  fields: [
    {
      name: 'eventId',
      sensitive: true,
      to: [
        { attribute: '@body', member: 'message' },
        { attribute: '@event_name', member: 'reason' },
        { attribute: 'k8s.event.name', member: 'metadata.name' },
        { attribute: 'k8s.event.uid', member: 'metadata.uid' },
        { attribute: 'k8s.event.reason', member: 'reason' },
        { attribute: 'k8s.event.count', member: 'count' },
        { attribute: 'k8s.event.action', member: 'action' },
        { attribute: 'k8s.event.start_time', member: 'firstTimestamp' },
        { attribute: 'k8s.namespace.name', member: 'involvedObject.namespace' },
        { attribute: 'k8s.object.kind', member: 'involvedObject.kind' },
        { attribute: 'k8s.object.name', member: 'involvedObject.name' },
        { attribute: 'k8s.object.uid', member: 'involvedObject.uid' },
        { attribute: 'k8s.object.fieldpath', member: 'involvedObject.fieldPath' },
        { attribute: 'k8s.object.api_version', member: 'involvedObject.apiVersion' },
        { attribute: 'k8s.object.resource_version', member: 'involvedObject.resourceVersion' },
        { attribute: 'k8s.event.source', member: 'source.component' },
        { attribute: 'alibabacloud.k8s.event.source_host', member: 'source.host' },
        { attribute: 'alibabacloud.k8s.event', form: 'members' },
      ],
    },
    { name: 'hostname', to: 'k8s.node.name' },
    { name: 'level', to: [] },
    { name: 'pod_id', to: 'k8s.pod.uid' },
    { name: 'pod_name', to: 'k8s.pod.name' },
  ],
  named: [{ from: 'project', pattern: '^k8s-log-(.+)$', attribute: 'k8s.cluster.uid' }],
  severity: {
    rules: [
      { when: { field: 'level', in: ['Warning'] }, severity: 'WARN' },
      { when: { field: 'eventId', member: 'type', in: ['Warning'] }, severity: 'WARN' },
    ],
    otherwise: 'INFO',
    text: 'level',
  },
}

/** Lines of the control plane, in the format of Kubernetes' logger. */
export const ackControlplane: KindTable = {
  id: 'ack-controlplane',
  title: 'ACK control-plane component logs',
  product: 'ack',
  topics: [''],
  logstorePatterns: [
    '^apiserver-[0-9a-zA-Z-]+$',
    '^kcm-[0-9a-zA-Z-]+$',
    '^scheduler-[0-9a-zA-Z-]+$',
    '^ccm-[0-9a-zA-Z-]+$',
    '^controlplane-events-[0-9a-zA-Z-]+$',
    '^alb-[0-9a-zA-Z-]+$',
  ],
  projectPatterns: ['^k8s-log-[0-9a-zA-Z-]+$'],
  needsLogstore: true,
  signatureFields: ['content'],
  fields: [{ name: 'content', to: '@body' }],
  named: [{ from: 'project', pattern: '^k8s-log-(.+)$', attribute: 'k8s.cluster.uid' }],
  severity: {
    rules: [
      { when: { field: 'content', klog: 'I' }, severity: 'INFO' },
      { when: { field: 'content', klog: 'W' }, severity: 'WARN' },
      { when: { field: 'content', klog: 'E' }, severity: 'ERROR' },
      { when: { field: 'content', klog: 'F' }, severity: 'FATAL' },
    ],
  },
}

/**
 * Output of containers: recognised as generic, which does the same; for `kind:`, with the level that stands in the line.
 */
export const k8sStdout: KindTable = {
  id: 'k8s-stdout',
  title: 'Container stdout collected by Logtail / LoongCollector',
  product: 'ack',
  topics: [],
  signatureFields: ['_container_name_', '_pod_name_'],
  timeField: '_time_',
  fields: [{ name: 'content', to: '@body' }],
  severity: levelSeverity('content'),
}
