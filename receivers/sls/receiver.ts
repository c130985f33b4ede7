import { createCredentials } from '../../src/alibaba/credentials.ts'
import { createRateLimiter } from '../../src/alibaba/rate-limit.ts'
import type { SlsCursor } from '../../src/alibaba/sls/types.ts'
import { createByteBudget } from '../../src/pipeline/byte-budget.ts'
import type { ReceiverContext, ReceiverDefinition, RunSignals } from '../../src/pipeline/component.ts'
import { createReceiverMetrics, type ReceiverMetrics } from '../../src/telemetry/data-metrics.ts'
import { createSourceHealth, type SourceHealth } from '../../src/telemetry/source-health.ts'
import { type SlsOptions, slsSchema } from './config.ts'
import { followLogstore, followProject } from './discovery.ts'
import { createConverter, type FollowedShard, followShard, type ShardDeps, type ShardEnd } from './follow-shard.ts'
import { consumerName, followAsMember } from './group-member.ts'
import { createProjectClient } from './project-client.ts'
import { createPullers } from './pullers.ts'

export const slsReceiver: ReceiverDefinition<SlsOptions> = {
  type: 'alibabacloud_sls',
  summary: 'Pulls the logs of SLS logstores: access, database, audit and any other kind',
  signals: ['logs'],
  schema: slsSchema,
  create: (options, context) => ({ run: (signals) => runReceiver(options, context, signals) }),
}

/** What finds the shards of a receiver, keeps their positions and has them read. */
export interface SlsDeps
  extends Pick<ReceiverContext, 'log' | 'clock' | 'checkpoints' | 'once'>,
    Pick<ShardDeps, 'options' | 'client'> {
  readonly metrics: ReceiverMetrics
  readonly health: SourceHealth
  readonly follow: FollowShard
}

/** Reads one shard, here or in another thread; see `followShard`. */
export type FollowShard = (shard: FollowedShard, from: SlsCursor, stop: AbortSignal) => Promise<ShardEnd>

async function runReceiver(configured: SlsOptions, context: ReceiverContext, signals: RunSignals): Promise<void> {
  const { log, meter, clock, checkpoints, once, audit } = context
  const options = { ...configured, startAt: context.startAt ?? configured.startAt }
  const budget = createByteBudget(options.maxInFlightBytes)
  const metrics = createReceiverMetrics(meter, context.id)
  const health = createSourceHealth(context.status, log, clock)
  metrics.observeLag(health.lags)
  metrics.observeSinceProgress(health.sinceProgress)
  metrics.observeInFlightBytes(() => budget.usedBytes)
  const credentials = createCredentials(options.credentials, log)
  const limiter = createRateLimiter({ perSecond: options.rateLimitPerSecond }, clock)
  const client = createProjectClient(options, { credentials, limiter, clock, log, meter, health })
  const { logs: outlets } = context.outlets
  const shared = { log, clock, once, options, outlets, budget, metrics, health }
  const pullers =
    options.workers > 1 ? createPullers({ ...shared, credentials, limiter, meter, id: context.id }) : undefined
  const delivered = options.deduplicate === 'service' ? await context.openDelivered() : undefined
  const converter = createConverter(options, { audit, delivered })
  const here: ShardDeps = { ...shared, audit, delivered, client, converter }
  const follow = pullers?.follow ?? ((shard, from, stop) => followShard(shard, from, here, stop))
  const deps: SlsDeps = { log, clock, checkpoints, once, options, client, metrics, health, follow }
  if (pullers !== undefined && audit.isActive) {
    log.warn('Events that worker threads read are not watched; set workers: 1 for logstores with audit events')
  }
  const { abandon } = signals
  try {
    // A dry run that joined a group would move the positions of those that work.
    if (options.consumerGroup === '' || context.dryRun) {
      await followProject(deps, (logstore, tasks) => followLogstore(logstore, deps, tasks, abandon), signals.stop)
    } else {
      const consumer = consumerName()
      log.info('Reading as a member of a consumer group', { group: options.consumerGroup, consumer })
      await followProject(
        deps,
        (logstore, tasks) => followAsMember(logstore, consumer, deps, tasks, abandon),
        signals.stop,
      )
    }
  } finally {
    await pullers?.close()
    await client.close()
  }
}
