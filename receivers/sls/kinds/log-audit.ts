/** Projects of the Log Audit Service, which holds copies of many products' logs (sls-log-schemas 5.2). */
export const logAuditProjects: readonly string[] = [
  '^slsaudit-center-\\d+-[a-z0-9-]+$',
  '^slsaudit-region-\\d+-[a-z0-9-]+$',
]
