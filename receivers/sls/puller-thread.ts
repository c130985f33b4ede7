/** Reads and converts shards in a thread of its own, for the `Pullers` of the main thread. */
import { parentPort, workerData } from 'node:worker_threads'
import { systemClock } from '../../src/clock.ts'
import { noAuditEvents } from '../../src/pipeline/audit-events.ts'
import type { Outlet } from '../../src/pipeline/outlet.ts'
import { recreateStep } from '../../src/pipeline/processors/recreate-step.ts'
import type { Log, LogFields, LogLevel } from '../../src/telemetry/log.ts'
import { connectThread, type Handlers } from '../../src/thread-calls.ts'
import { createConverter, followShard, type ShardDeps, type ShardHealth, type ShardMetrics } from './follow-shard.ts'
import { createProjectClient } from './project-client.ts'
import type { OwnerOffer, PulledOutlet, PullerOffer, PullerSetup } from './pullers.ts'

/** Smaller memory may be shared with other bytes, and is copied. */
const minTransferredBytes = 64 * 1024

if (parentPort === null) throw new Error('This file is the entry of a worker thread')
const { options, once, outlets } = workerData as PullerSetup
const handlers: Handlers<PullerOffer> = {
  follow: (stop, { id, logstore, shardId, until }, from) =>
    followShard(
      {
        logstore,
        shardId,
        until,
        isClosed: () => owner.ask('isClosed', [id]),
        savePosition: (position) => owner.ask('savePosition', [id, position]),
      },
      from,
      deps,
      stop,
    ),
}
const owner = connectThread<OwnerOffer, PullerOffer>(parentPort, handlers)

const log = createLog({})
const health: ShardHealth = {
  behind: (source) => owner.tell('health', ['behind', source, undefined]),
  failed: (source, error) => owner.tell('health', ['failed', source, error]),
  progressed: (source, progress) => owner.tell('health', ['progressed', source, progress]),
  works: (source) => owner.tell('health', ['works', source, undefined]),
}
const metrics: ShardMetrics = {
  accepted: (...args) => owner.tell('metric', ['accepted', args]),
  refused: (...args) => owner.tell('metric', ['refused', args]),
  malformed: (...args) => owner.tell('metric', ['malformed', args]),
  filtered: (...args) => owner.tell('metric', ['filtered', args]),
  unparsedValues: (...args) => owner.tell('metric', ['unparsedValues', args]),
  duplicatesDropped: (...args) => owner.tell('metric', ['duplicatesDropped', args]),
  expired: () => owner.tell('metric', ['expired', []]),
}

/** These live in the receiver's own thread. */
const auditParts = { audit: noAuditEvents, delivered: undefined }

const deps: ShardDeps = {
  log,
  clock: systemClock,
  once,
  options,
  ...auditParts,
  converter: createConverter(options, auditParts),
  outlets: outlets.map(createOutlet),
  metrics,
  health,
  budget: {
    usedBytes: 0,
    async acquire(bytes, signal) {
      const lease = await owner.ask('acquireBytes', [bytes], { signal })
      return {
        resize: (actual) => owner.tell('resizeLease', [lease, actual]),
        release: () => owner.tell('releaseLease', [lease]),
      }
    },
  },
  client: createProjectClient(options, {
    clock: systemClock,
    log,
    health,
    limiter: { acquire: (signal) => owner.ask('admitCall', [], { signal }) },
    credentials: {
      get: (signal) => owner.ask('credentials', [], signal === undefined ? {} : { signal }),
      refresh: () => owner.tell('refreshCredentials', []),
      describe: () => 'those of the main thread',
    },
    meter: {
      createCounter: (name, { description }) => ({
        add: (value, attributes) => owner.tell('count', [name, description, value, attributes]),
      }),
    },
  }),
}

function createOutlet({ resourceAttributes, steps }: PulledOutlet, index: number): Outlet {
  return {
    processing: { resourceAttributes, steps: steps.map(recreateStep) },
    async deliver(payload) {
      const { buffer } = payload.bytes
      const isOwn = buffer instanceof ArrayBuffer && buffer.byteLength >= minTransferredBytes
      return owner.ask('deliver', [index, payload], { transfer: isOwn ? [buffer] : [] })
    },
  }
}

function createLog(fixed: LogFields): Log {
  const write = (level: LogLevel) => (message: string, fields: LogFields) =>
    owner.tell('log', [level, message, { ...fixed, ...fields }])
  return {
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    with: (fields) => createLog({ ...fixed, ...fields }),
  }
}
