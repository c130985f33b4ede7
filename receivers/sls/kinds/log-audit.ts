import type { FieldTable } from './kind-table.ts'

/** Projects of the Log Audit Service, which holds copies of many products' logs (sls-log-schemas 5.2). */
export const logAuditProjects: readonly string[] = [
  '^slsaudit-center-\\d+-[a-z0-9-]+$',
  '^slsaudit-region-\\d+-[a-z0-9-]+$',
]

/** What that service adds to every product's log, where the kind itself does not say what these mean. */
export const logAuditFields: readonly FieldTable[] = [
  { name: 'owner_id', to: 'resource:cloud.account.id' },
  { name: 'region', to: 'resource:cloud.region' },
]
