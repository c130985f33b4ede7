import { createCredentials } from '../../src/alibaba/credentials.ts'
import { createSmqClient, type SmqCallName } from '../../src/alibaba/smq/client.ts'
import { SmqError } from '../../src/alibaba/smq/errors.ts'
import type { QueueAttributes } from '../../src/alibaba/smq/types.ts'
import { createByteBudget } from '../../src/pipeline/byte-budget.ts'
import type { ReceiverContext, ReceiverDefinition, RunSignals } from '../../src/pipeline/component.ts'
import { createRecordEncoder } from '../../src/pipeline/record-encoder.ts'
import { createTaskGroup } from '../../src/task-group.ts'
import { createReceiverMetrics } from '../../src/telemetry/data-metrics.ts'
import { createSourceHealth } from '../../src/telemetry/source-health.ts'
import { userAgent } from '../../src/version.ts'
import { type SmqOptions, smqSchema } from './config.ts'
import { followQueues } from './discovery.ts'
import { peekQueue } from './dry-run.ts'
import { createQueueMetrics } from './metrics.ts'
import { createFilePark, createQueuePark } from './poison.ts'
import { followQueue, type SmqDeps } from './queue.ts'
import { loadAnswered, nothingAnswered } from './seen.ts'

const maxPayloadBytes = 2 * 1024 * 1024
/** The name under which a call that the client is repeating shows in the status. */
const callSource = ({ api, queue }: SmqCallName) => (queue === undefined ? api : `${queue} (${api})`)
const worrisomeAttempts = 3

export const smqReceiver: ReceiverDefinition<SmqOptions> = {
  type: 'alibabacloud_smq',
  summary: 'Reads messages and events from SMQ (MNS) queues: EventBridge, CloudMonitor, OSS, topics, applications',
  signals: ['logs'],
  schema: smqSchema,
  create: (options, context) => ({ run: (signals) => runReceiver(options, context, signals) }),
}

async function runReceiver(options: SmqOptions, context: ReceiverContext, signals: RunSignals): Promise<void> {
  const { log, meter, clock, checkpoints, once, dryRun, audit } = context
  const budget = createByteBudget(options.maxInFlightBytes)
  const metrics = createReceiverMetrics(meter, context.id)
  const queueMetrics = createQueueMetrics(meter, context.id)
  const health = createSourceHealth(context.status, log, clock)
  const polls = new Map<string, number>()
  const attributes = new Map<string, QueueAttributes>()
  metrics.observeLag(health.lags)
  metrics.observeSinceProgress(health.sinceProgress)
  metrics.observeInFlightBytes(() => budget.usedBytes)
  queueMetrics.observePolls(() => polls)
  queueMetrics.observeQueues(() => attributes)
  const { endpoint, region, signature, proxy, rateLimitPerSecond } = options
  const client = createSmqClient(
    { endpoint, region, signature, proxy, rateLimitPerSecond, userAgent },
    {
      credentials: createCredentials(options.credentials, log),
      clock,
      log,
      meter,
      // A failure now and then is how networks work; what lasts is worth a word.
      onRetry: (call, error, attempt) => attempt >= worrisomeAttempts && health.failed(callSource(call), error),
      onSuccess: (call) => health.works(callSource(call)),
    },
  )
  const { poison } = options
  const park =
    poison.queue === ''
      ? createFilePark(context.deadLetterDirectory, context.id, clock)
      : createQueuePark(client, poison.queue)
  /** Ends what goes on beside the tasks, such as hiding messages anew. */
  const over = new AbortController()
  const abandon = AbortSignal.any([signals.abandon, over.signal])
  const tasks = createTaskGroup(signals.stop)
  try {
    let failure: { readonly error: unknown } | undefined
    const failAtEnd = (error: unknown) => {
      if (!signals.stop.aborted) log.error('Cannot be done now; all else goes on', { err: error })
      failure ??= { error }
    }
    const deps: SmqDeps = {
      log,
      clock,
      once,
      audit,
      options,
      client,
      encoder: createRecordEncoder(maxPayloadBytes),
      outlets: context.outlets.logs,
      budget,
      answered: options.deduplicate === 'none' ? nothingAnswered : await loadAnswered(checkpoints, clock, log),
      delivered: options.deduplicate === 'service' ? await context.openDelivered() : undefined,
      park,
      failAtEnd,
      metrics,
      queueMetrics,
      health,
      polls,
    }
    // With `once` nothing is tried again for ever, and still a queue that fails stops no other.
    const followToEnd = (following: Promise<void>) => (once ? following.catch(failAtEnd) : following)
    const follow = (queue: string, stop: AbortSignal) =>
      followToEnd(dryRun ? peekQueue(queue, deps, stop) : followQueue(queue, deps, tasks, stop, abandon)).finally(() =>
        // A queue that has gone fails no more.
        health.forget(callSource({ api: 'BatchReceiveMessage', queue })),
      )
    let isReading = false
    const refreshed = (queues: readonly string[]) => {
      for (const queue of attributes.keys()) if (!queues.includes(queue)) attributes.delete(queue)
      // What the queues count themselves is good to know, and nothing waits for it.
      if (once || dryRun || isReading) return
      isReading = true
      void readAttributes(queues, deps, attributes, tasks.stop).finally(() => {
        isReading = false
      })
    }
    tasks.start(() => followToEnd(followQueues(deps, tasks, follow, refreshed)))
    await tasks.ended()
    if (failure !== undefined && !signals.stop.aborted) throw failure.error
  } finally {
    over.abort(new Error('The receiver has ended'))
    await park.close()
    await client.close()
  }
}

/** Reads what each queue counts. Without the right to, the counts are missing, and all else works. */
async function readAttributes(
  queues: readonly string[],
  { client, log }: Pick<SmqDeps, 'client' | 'log'>,
  into: Map<string, QueueAttributes>,
  stop: AbortSignal,
): Promise<void> {
  for (const queue of queues) {
    try {
      into.set(queue, await client.attributes(queue, stop))
    } catch (error) {
      into.delete(queue)
      if (stop.aborted || (error instanceof SmqError && error.kind === 'permission')) return
      log.debug('Could not read what a queue counts', { queue, err: error })
    }
  }
}
