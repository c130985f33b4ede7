import { Worker } from 'node:worker_threads'
import type { Attributes, Counter, Meter } from '@opentelemetry/api'
import type { Credentials, CredentialsProvider } from '../../src/alibaba/credentials.ts'
import type { RateLimiter } from '../../src/alibaba/rate-limit.ts'
import type { SlsCursor } from '../../src/alibaba/sls/types.ts'
import { createBackoff } from '../../src/backoff.ts'
import { freeBytes } from '../../src/free-bytes.ts'
import type { ByteLease } from '../../src/pipeline/byte-budget.ts'
import type { Answer, Payload } from '../../src/pipeline/payload.ts'
import { recreateStep } from '../../src/pipeline/processors/recreate-step.ts'
import type { LogFields, LogLevel } from '../../src/telemetry/log.ts'
import { connectThread, type Handlers, type ThreadCalls } from '../../src/thread-calls.ts'
import type { SlsOptions } from './config.ts'
import type { FollowedShard, ShardDeps, ShardEnd, ShardHealth, ShardMetrics } from './follow-shard.ts'
import type { ShardPosition } from './position.ts'
import type { FollowShard } from './receiver.ts'

/** What a puller thread is started with. */
export interface PullerSetup {
  readonly options: SlsOptions
  readonly once: boolean
  readonly outlets: readonly PulledOutlet[]
}

/** An outlet as a thread can be told it: `steps` are identities. */
export interface PulledOutlet {
  readonly resourceAttributes: ReadonlyMap<string, string | number | boolean>
  readonly steps: readonly string[]
}

/** A shard in the words of two threads; `id` tells apart what is followed now. */
export interface PulledShard extends Pick<FollowedShard, 'logstore' | 'shardId' | 'until'> {
  readonly id: number
}

/** What a puller thread offers. The signal of `follow` is that of the shard's end. */
export type PullerOffer = {
  readonly follow: (shard: PulledShard, from: SlsCursor) => Promise<ShardEnd>
}

type Tellable<Target> = keyof Target & string

/** What the main thread offers its pullers: all that there is one of for a receiver. */
export type OwnerOffer = {
  readonly isClosed: (shard: number) => Promise<boolean>
  readonly savePosition: (shard: number, position: ShardPosition) => Promise<void>
  readonly deliver: (outlet: number, payload: Payload) => Promise<Answer>
  /** Gives the number of a lease. */
  readonly acquireBytes: (bytes: number) => Promise<number>
  readonly resizeLease: (lease: number, bytes: number) => Promise<void>
  readonly releaseLease: (lease: number) => Promise<void>
  readonly admitCall: () => Promise<void>
  readonly credentials: () => Promise<Credentials>
  readonly refreshCredentials: () => Promise<void>
  readonly count: (counter: string, description: string, value: number, attributes: Attributes) => Promise<void>
  readonly metric: (name: Tellable<ShardMetrics>, args: readonly unknown[]) => Promise<void>
  readonly health: (name: Tellable<ShardHealth>, source: string, detail: unknown) => Promise<void>
  readonly log: (level: LogLevel, message: string, fields: LogFields) => Promise<void>
}

/** The thread that read a shard is gone. The shard can be read on, from its stored position. */
export class PullerLostError extends Error {
  constructor(cause: unknown) {
    super('The worker thread that read the shard ended', { cause })
    this.name = 'PullerLostError'
  }
}

export interface PullersDeps extends Omit<ShardDeps, 'client' | 'converter' | 'audit' | 'delivered'> {
  readonly id: string
  readonly credentials: CredentialsProvider
  readonly limiter: RateLimiter
  readonly meter: Meter
}

export interface Pullers {
  /** Reads a shard in the thread that has the fewest. Rejects with PullerLostError when that thread ends meanwhile. */
  readonly follow: FollowShard
  /** Call it once nothing is followed any more. */
  close(): Promise<void>
}

interface Thread {
  readonly worker: Worker
  readonly calls: ThreadCalls<PullerOffer>
}

/** The place of one thread; `shards` counts those it reads or is about to. */
interface Place {
  readonly number: number
  shards: number
  thread: Thread | undefined
  startedAtMs: number
  /** Resolves when the next thread may be started. */
  mayStart: Promise<void>
}

const restartWaits = { initialMs: 1_000, maxMs: 30_000 }
/** A thread that lived for this long did not end because it cannot run here. */
const healthyAfterMs = 60_000

/**
 * Threads that pull and convert, `options.workers` of them, each started when it gets its first shard. What there is one of
 * for a receiver stays here: positions, exporters, the byte budget, the rate, credentials, metrics and health. Encoded
 * payloads are handed over, not copied.
 *
 * @throws {ReceiverError} CONFIG_INVALID where a processor cannot run in other threads
 */
export function createPullers(deps: PullersDeps): Pullers {
  const { options, once, outlets, clock, log } = deps
  for (const { processing } of outlets) for (const { identity } of processing.steps) recreateStep(identity)
  const setup: PullerSetup = {
    options,
    once,
    outlets: outlets.map(({ processing: { resourceAttributes, steps } }) => ({
      resourceAttributes,
      steps: steps.map(({ identity }) => identity),
    })),
  }
  const counters = new Map<string, Counter>()
  const followed = new Map<number, FollowedShard>()
  const backoff = createBackoff(restartWaits, clock.random)
  const places = Array.from(
    { length: options.workers },
    (_, index): Place => ({
      number: index + 1,
      shards: 0,
      thread: undefined,
      startedAtMs: 0,
      mayStart: Promise.resolve(),
    }),
  )
  let lastFollowed = 0
  let closing = false

  function threadOf(place: Place): Thread {
    if (place.thread !== undefined) return place.thread
    const { handlers, releaseAll } = offerTo()
    const worker = new Worker(threadUrl, { workerData: setup, name: `${deps.id} ${place.number}` })
    const calls = connectThread<PullerOffer, OwnerOffer>(worker, handlers)
    let cause: unknown
    worker.once('error', (error) => {
      cause = error
    })
    worker.once('exit', (exitCode) => {
      place.thread = undefined
      calls.lost(new PullerLostError(cause))
      releaseAll()
      if (closing) return
      if (clock.now() - place.startedAtMs > healthyAfterMs) backoff.reset()
      place.mayStart = clock.sleep(backoff.nextMs())
      log.warn('A worker thread ended; its shards go on in a new one', {
        worker: place.number,
        exitCode,
        shards: place.shards,
        err: cause,
      })
    })
    place.thread = { worker, calls }
    place.startedAtMs = clock.now()
    return place.thread
  }

  /** What one thread may ask for, and the end of what it held. */
  function offerTo(): { handlers: Handlers<OwnerOffer>; releaseAll: () => void } {
    const { budget, credentials, limiter, metrics, health, meter } = deps
    const leases = new Map<number, ByteLease>()
    let lastLease = 0
    const shardOf = (id: number): FollowedShard => {
      const shard = followed.get(id)
      if (shard === undefined) throw new Error('The shard is no longer followed')
      return shard
    }
    return {
      handlers: {
        isClosed: (_signal, shard) => shardOf(shard).isClosed(),
        savePosition: (_signal, shard, position) => shardOf(shard).savePosition(position),
        async deliver(_signal, outlet, payload) {
          const answer = await outlets[outlet]?.deliver(payload)
          if (answer === undefined) throw new Error(`There is no outlet ${outlet}`)
          freeBytes(payload.bytes)
          return answer
        },
        async acquireBytes(signal, bytes) {
          const lease = await budget.acquire(bytes, signal)
          if (signal.aborted) {
            lease.release()
            throw signal.reason
          }
          leases.set(++lastLease, lease)
          return lastLease
        },
        resizeLease: async (_signal, id, bytes) => leases.get(id)?.resize(bytes),
        async releaseLease(_signal, id) {
          leases.get(id)?.release()
          leases.delete(id)
        },
        admitCall: (signal) => limiter.acquire(signal),
        credentials: (signal) => credentials.get(signal),
        refreshCredentials: async () => credentials.refresh(),
        async count(_signal, name, description, value, attributes) {
          let counter = counters.get(name)
          if (counter === undefined) {
            counter = meter.createCounter(name, { description })
            counters.set(name, counter)
          }
          counter.add(value, attributes)
        },
        metric: async (_signal, name, args) => Reflect.apply(metrics[name], metrics, args),
        health: async (_signal, name, source, detail) => Reflect.apply(health[name], health, [source, detail]),
        log: async (_signal, level, message, fields) => log[level](message, fields),
      },
      releaseAll() {
        for (const lease of leases.values()) lease.release()
        leases.clear()
      },
    }
  }

  return {
    async follow(shard, from, stop) {
      const place = places.reduce((least, each) => (each.shards < least.shards ? each : least))
      const id = ++lastFollowed
      const { logstore, shardId, until } = shard
      place.shards++
      followed.set(id, shard)
      try {
        await place.mayStart
        stop.throwIfAborted()
        return await threadOf(place).calls.ask('follow', [{ id, logstore, shardId, until }, from], { signal: stop })
      } finally {
        followed.delete(id)
        place.shards--
      }
    },
    async close() {
      closing = true
      await Promise.all(places.map(({ thread }) => thread?.worker.terminate()))
    },
  }
}

/** The compiled file stands beside this one when this one is compiled. */
const threadUrl = new URL(
  import.meta.url.endsWith('.ts') ? './puller-thread.ts' : './puller-thread.js',
  import.meta.url,
)
