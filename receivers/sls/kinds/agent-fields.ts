import type { FieldTable } from './kind-table.ts'

/**
 * What collection agents write into any kind of log (sls-log-schemas 1.1 and 1.2). Old agents put these into the contents
 * of each log, new ones into the tags of the group; where both do, the contents count.
 */
export const agentFields: readonly FieldTable[] = [
  { name: '_namespace_', to: 'resource:k8s.namespace.name' },
  { name: '_pod_name_', to: 'resource:k8s.pod.name' },
  { name: '_pod_uid_', to: 'resource:k8s.pod.uid' },
  { name: '_pod_ip_', to: 'resource:k8s.pod.ip' },
  { name: '_container_ip_', to: 'resource:k8s.pod.ip' },
  { name: '_container_name_', to: 'resource:k8s.container.name' },
  { name: '_container_id_', to: 'resource:container.id' },
  { name: '_image_name_', to: 'resource:container.image.name' },
  { name: '_node_name_', to: 'resource:k8s.node.name' },
  { name: '_node_ip_', to: 'resource:host.ip' },
  { name: '__hostname__', to: 'resource:host.name' },
  { name: '__user_defined_id__', to: 'resource:alibabacloud.logtail.user_defined_id' },
  { name: '__host_id__', to: 'resource:host.id' },
  { name: '__host_ip__', to: 'resource:host.ip' },
  { name: '__raw__', to: 'log.record.original' },
  // Positions and transport facts that change with every group and tell nothing about the event.
  { name: '__receive_time__', to: [] },
  { name: '__pack_id__', to: [] },
  { name: '__pack_meta__', to: [] },
  { name: '__partition_time__', to: [] },
  { name: '__extract_others__', to: [] },
  { name: '_extract_others_', to: [] },
  { name: '__file_offset__', to: [] },
  { name: '__inode__', to: [] },
  { name: '__cloud_provider__', to: [] },
]

/** Fields that mean something only in the log of a container. */
export const containerFields: readonly FieldTable[] = [{ name: '_source_', to: 'log.iostream' }]

/** The time of the container runtime, better than the agent's. */
export const containerTimeField = '_time_'

/** Any of these shows that a container wrote the log. */
export const containerMarks: readonly string[] = ['_container_name_', '_pod_name_', '_container_id_', '_pod_uid_']

/** Any of these shows that an agent collected the log, so that the group's source is the address of its host. */
export const agentMarks: readonly string[] = [
  ...containerMarks,
  '__hostname__',
  '__path__',
  '__pack_id__',
  '__user_defined_id__',
  '__host_id__',
  '__host_ip__',
]
