import { defaultAccountId } from './accounts.ts'
import type { ProjectSpec } from './sls/store.ts'
import type { TrafficPlan } from './traffic/generator.ts'

/** What exists in a simulated cloud, and what is written there. */
export interface World {
  readonly projects: readonly ProjectSpec[]
  readonly traffic: readonly TrafficPlan[]
}

const project = 'web-prod'

/** One project with a logstore for each kind of log that the receiver knows, and one for all it does not. */
export const defaultWorld: World = {
  projects: [
    {
      name: project,
      region: 'cn-hangzhou',
      accountId: defaultAccountId,
      logstores: [
        { name: 'slb-access', shards: 4 },
        { name: 'alb_access', shards: 2 },
        { name: 'rds-audit', shards: 2 },
        { name: 'actiontrail_audit', shards: 1, recordsOrigin: true },
        { name: 'internal-operation_log', shards: 1 },
        { name: 'app-stdout', shards: 2, recordsOrigin: true },
      ],
    },
  ],
  traffic: [
    { project, logstore: 'slb-access', kinds: ['clb-access'], share: 10 },
    { project, logstore: 'alb_access', kinds: ['alb-access'], share: 3 },
    { project, logstore: 'rds-audit', kinds: ['rds-sql-audit'], share: 3 },
    { project, logstore: 'actiontrail_audit', kinds: ['actiontrail-event'], share: 1 },
    { project, logstore: 'internal-operation_log', kinds: ['sls-operation'], share: 1 },
    { project, logstore: 'app-stdout', kinds: ['k8s-stdout', 'app'], share: 4 },
  ],
}
