import { defaultAccountId } from './accounts.ts'
import type { TrailSpec } from './actiontrail/trails.ts'
import type { ResourceSpec } from './cloudmonitor/resources.ts'
import type { UserSpec } from './ram/user-spec.ts'
import type { ProjectSpec } from './sls/store.ts'
import type { QueueSpec } from './smq/store.ts'
import type { TrafficPlan } from './traffic/generator.ts'
import type { MessagePlan } from './traffic/message-generator.ts'

/** What exists in a simulated cloud, and what is written there. */
export interface World {
  readonly projects: readonly ProjectSpec[]
  readonly traffic: readonly TrafficPlan[]
  readonly queues?: readonly QueueSpec[]
  readonly messages?: readonly MessagePlan[]
  /** Where ActionTrail keeps events; the first is the one that `url` answers for. Default `defaultRegions`. */
  readonly regions?: readonly [string, ...string[]]
  /** Where the events of services without a region are kept; default: the first region. */
  readonly globalEventsRegion?: string
  /** Of the account of `defaultAccessKey`; default `defaultUsers`. */
  readonly users?: readonly UserSpec[]
  /** Default: `defaultTrails`, of those the ones whose project exists. */
  readonly trails?: readonly TrailSpec[]
  /** What the inventory lists and CloudMonitor measures; default `defaultResources`. */
  readonly resources?: readonly ResourceSpec[]
}

/** The two regions one of which holds the events of global services, by the account (actiontrail.md 1.2). */
export const defaultRegions: readonly [string, ...string[]] = ['cn-hangzhou', 'ap-southeast-1']

const project = 'web-prod'

/** Says that it is logging; what it delivers is up to `trailDelivery` of the behaviour. */
export const defaultTrails: readonly TrailSpec[] = [
  {
    name: 'audit-trail',
    accountId: defaultAccountId,
    region: 'cn-hangzhou',
    project,
    logstore: 'actiontrail_audit',
    eventRW: 'All',
    families: ['data', 'insight'],
    isLogging: true,
  },
]

/** A simulator left running with nobody who reads its queues shall stay small. */
const messageRetentionPeriodS = 3600

/** One project with a logstore for each kind of log that the receiver knows, and one for all it does not; and three queues. */
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
  queues: [
    { name: 'audit-events', attributes: { messageRetentionPeriodS } },
    { name: 'ops-alerts', attributes: { messageRetentionPeriodS } },
    { name: 'app-messages', attributes: { messageRetentionPeriodS } },
  ],
  messages: [
    { queue: 'audit-events', kinds: ['eventbridge-actiontrail'], share: 3 },
    {
      queue: 'ops-alerts',
      kinds: [
        'cms-system-event',
        'cms-threshold-alert',
        'eventbridge-ecs',
        'eventbridge-template',
        'topic-json',
        'topic-xml',
        'topic-simplified',
      ],
      share: 1,
    },
    {
      queue: 'app-messages',
      kinds: ['app-json', 'app-text', 'eventbridge-custom', 'eventbridge-oss', 'oss-notification'],
      share: 2,
    },
  ],
}
