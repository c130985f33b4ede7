import { ProtobufWriter } from '../../src/protobuf/writer.ts'
import type { SimulatorClock } from '../clock.ts'
import type { Ledger } from '../ledger.ts'
import { createRandom, type Random } from '../random.ts'
import type { ConsumerGroup } from './consumer-group.ts'
import { SlsFault } from './errors.ts'
import { MAX_KEY, Shard, type StoredGroup } from './shard.ts'

export interface LogstoreSpec {
  readonly name: string
  /** Default 2. */
  readonly shards?: number
  /** Days that records stay readable; default 30. */
  readonly ttlDays?: number
  readonly telemetryType?: 'None' | 'Metrics'
  /** The logstore's option to record when and from where a group came, as tags `__receive_time__` and `__client_ip__`. */
  readonly recordsOrigin?: boolean
}

export interface ProjectSpec {
  readonly name: string
  readonly region: string
  readonly accountId: string
  /** In arrears: every call is refused with ProjectForbidden. */
  readonly forbidden?: boolean
  readonly logstores: readonly LogstoreSpec[]
}

/** A group to keep, with what the ledger has to know of it. */
export interface IncomingGroup {
  /** One encoded `LogGroup`. */
  readonly bytes: Uint8Array
  readonly logCount: number
  readonly ids: readonly string[] | undefined
  readonly origin: 'traffic' | 'client'
  readonly clientAddress: string
  /** A second copy of records that were issued before: the ledger knows them. */
  readonly isRepeat?: boolean
}

const DAY_MS = 86_400_000
const MAX_SHARDS = 256
const GROUP_TAG = 0x32
const PAIR_KEY = 0x0a
const PAIR_VALUE = 0x12

export class Logstore {
  readonly project: string
  readonly name: string
  readonly telemetryType: 'None' | 'Metrics'
  readonly recordsOrigin: boolean
  ttlDays: number
  readonly consumerGroups = new Map<string, ConsumerGroup>()
  readonly #shards = new Map<number, Shard>()
  #nextShardId = 0

  constructor(project: string, spec: LogstoreSpec, nowMs: number) {
    this.project = project
    this.name = spec.name
    this.telemetryType = spec.telemetryType ?? 'None'
    this.recordsOrigin = spec.recordsOrigin ?? false
    this.ttlDays = spec.ttlDays ?? 30
    for (const [begin, end] of divide(0n, MAX_KEY, spec.shards ?? 2)) this.#addShard(begin, end, nowMs)
  }

  /** Every shard that still exists, by id. Readonly ones vanish once their last data expired (sls-protocol 2.2). */
  shards(nowMs: number): Shard[] {
    const oldestMs = nowMs - this.ttlDays * DAY_MS
    for (const shard of this.#shards.values()) {
      shard.expire(oldestMs)
      if (shard.closedAtMs !== undefined && shard.closedAtMs < oldestMs) this.#shards.delete(shard.id)
    }
    return [...this.#shards.values()]
  }

  /** @throws {SlsFault} ShardNotExist, LogStoreWithoutShard */
  shard(id: number, nowMs: number): Shard {
    const shards = this.shards(nowMs)
    if (shards.length === 0) throw new SlsFault('LogStoreWithoutShard', `logstore ${this.name} has no shard`)
    const shard = this.#shards.get(id)
    if (shard === undefined) throw new SlsFault('ShardNotExist', `shard ${id} does not exist`)
    return shard
  }

  /** @throws {SlsFault} ConsumerGroupNotExist */
  consumerGroup(name: string): ConsumerGroup {
    const group = this.consumerGroups.get(name)
    if (group === undefined) throw new SlsFault('ConsumerGroupNotExist', `consumer group ${name} does not exist`)
    return group
  }

  writableShards(nowMs: number): Shard[] {
    return this.shards(nowMs).filter((shard) => !shard.readonly)
  }

  /**
   * Divides a shard at the given keys; it becomes readonly. Returns it and the new ones.
   * @throws {SlsFault} ParameterInvalid for a readonly shard, a key outside its range, too many shards
   */
  split(id: number, at: { key: bigint } | { shardCount: number }, nowMs: number): Shard[] {
    const shard = this.#writable(id, nowMs)
    const { beginKey, endKey } = shard
    if ('key' in at && (at.key <= beginKey || at.key >= endKey)) {
      throw new SlsFault('ParameterInvalid', 'invalid mid hash: it must lie inside the range of the shard')
    }
    const ranges: readonly KeyRange[] =
      'key' in at
        ? [
            [beginKey, at.key],
            [at.key, endKey],
          ]
        : divide(beginKey, endKey, at.shardCount)
    if (this.#shards.size + ranges.length > MAX_SHARDS) {
      throw new SlsFault('ParameterInvalid', `a logstore has at most ${MAX_SHARDS} shards`)
    }
    shard.close(nowMs)
    return [shard, ...ranges.map(([begin, end]) => this.#addShard(begin, end, nowMs))]
  }

  /**
   * Merges a shard with its right neighbour; both become readonly. Returns the new one, left and right.
   * @throws {SlsFault} ParameterInvalid for a readonly shard or the last one
   */
  merge(id: number, nowMs: number): Shard[] {
    const left = this.#writable(id, nowMs)
    const right = this.writableShards(nowMs).find(({ beginKey }) => beginKey === left.endKey)
    if (right === undefined) throw new SlsFault('ParameterInvalid', `shard ${id} is the last one and can not be merged`)
    left.close(nowMs)
    right.close(nowMs)
    return [this.#addShard(left.beginKey, right.endKey, nowMs), left, right]
  }

  /** @throws {SlsFault} ParameterInvalid for a shard that is not readonly */
  deleteShard(id: number, nowMs: number): void {
    if (!this.shard(id, nowMs).readonly) throw new SlsFault('ParameterInvalid', `shard ${id} is not readonly`)
    this.#shards.delete(id)
  }

  #writable(id: number, nowMs: number): Shard {
    const shard = this.shard(id, nowMs)
    if (shard.readonly) throw new SlsFault('ParameterInvalid', `invalid shard id: shard ${id} is readonly`)
    return shard
  }

  #addShard(beginKey: bigint, endKey: bigint, nowMs: number): Shard {
    const shard = new Shard(this.#nextShardId++, beginKey, endKey, nowMs)
    this.#shards.set(shard.id, shard)
    return shard
  }
}

export interface Project {
  readonly name: string
  readonly region: string
  readonly accountId: string
  readonly forbidden: boolean
  readonly logstores: Map<string, Logstore>
}

export interface SlsStoreOptions {
  readonly clock: SimulatorClock
  readonly ledger: Ledger
  readonly seed: number
  /** All groups together; the oldest go first. */
  readonly retentionBytes: number
}

/** All projects, their logstores and what is in them. */
export class SlsStore {
  readonly #options: SlsStoreOptions
  readonly #random: Random
  readonly #projects = new Map<string, Project>()
  #bytes = 0

  constructor(options: SlsStoreOptions) {
    this.#options = options
    this.#random = createRandom(options.seed)
  }

  addProject(spec: ProjectSpec): Project {
    const project: Project = {
      name: spec.name,
      region: spec.region,
      accountId: spec.accountId,
      forbidden: spec.forbidden ?? false,
      logstores: new Map(),
    }
    this.#projects.set(spec.name, project)
    for (const logstore of spec.logstores) this.addLogstore(spec.name, logstore)
    return project
  }

  /** @throws {SlsFault} ProjectNotExist */
  addLogstore(projectName: string, spec: LogstoreSpec): Logstore {
    const logstore = new Logstore(projectName, spec, this.#options.clock.now())
    this.project(projectName).logstores.set(spec.name, logstore)
    return logstore
  }

  projects(): Project[] {
    return [...this.#projects.values()]
  }

  hasProject(name: string): boolean {
    return this.#projects.has(name)
  }

  /** @throws {SlsFault} ProjectNotExist */
  project(name: string): Project {
    const project = this.#projects.get(name)
    if (project === undefined) throw new SlsFault('ProjectNotExist', `The Project does not exist : ${name}`)
    return project
  }

  /** @throws {SlsFault} ProjectNotExist, LogStoreNotExist */
  logstore(projectName: string, name: string): Logstore {
    const logstore = this.project(projectName).logstores.get(name)
    if (logstore === undefined) throw new SlsFault('LogStoreNotExist', `logstore ${name} does not exist`)
    return logstore
  }

  /**
   * The shard a group goes to: the one whose range holds `key`, else any.
   * @throws {SlsFault} LogStoreWithoutShard
   */
  route(logstore: Logstore, key?: bigint): Shard {
    const wanted = key ?? BigInt(`0x${this.#random.hex(32)}`) % MAX_KEY
    // The very last key belongs to the last shard although it is the end of its half-open range.
    const reachable = wanted >= MAX_KEY ? MAX_KEY - 1n : wanted
    const shards = logstore.writableShards(this.#options.clock.now())
    const shard = shards.find(({ beginKey, endKey }) => reachable >= beginKey && reachable < endKey)
    if (shard === undefined) throw new SlsFault('LogStoreWithoutShard', `logstore ${logstore.name} has no shard`)
    return shard
  }

  /** Keeps a group, tells the ledger, and makes room. */
  append(logstore: Logstore, shard: Shard, group: IncomingGroup): StoredGroup {
    const { clock, ledger } = this.#options
    const nowMs = clock.now()
    const bytes = logstore.recordsOrigin ? withOriginTags(group.bytes, nowMs, group.clientAddress) : group.bytes
    const stored = shard.append(bytes, group.logCount, nowMs)
    if (group.isRepeat !== true) {
      ledger.record({
        service: 'sls',
        source: `${logstore.project}/${logstore.name}`,
        position: `${shard.id}/${stored.number}`,
        items: group.logCount,
        ids: group.ids,
        issuedAtMs: nowMs,
        origin: group.origin,
      })
    }
    this.#bytes += stored.entry.length
    if (this.#bytes > this.#options.retentionBytes) this.#makeRoom(nowMs)
    return stored
  }

  #makeRoom(nowMs: number): void {
    const shards = this.projects()
      .flatMap((project) => [...project.logstores.values()])
      .flatMap((logstore) => logstore.shards(nowMs))
    // What expired or left with its shard is counted here, once in a while, rather than at each place it can happen.
    this.#bytes = shards.reduce((sum, shard) => sum + shard.bytes, 0)
    // A tenth at once, so that this is rare.
    const goal = this.#options.retentionBytes * 0.9
    while (this.#bytes > goal) {
      let oldest: Shard | undefined
      for (const shard of shards) {
        const receivedAtMs = shard.oldest?.receivedAtMs ?? Number.POSITIVE_INFINITY
        if (receivedAtMs < (oldest?.oldest?.receivedAtMs ?? Number.POSITIVE_INFINITY)) oldest = shard
      }
      if (oldest === undefined) return
      const before = oldest.bytes
      oldest.dropOldest()
      this.#bytes -= before - oldest.bytes
    }
  }
}

type KeyRange = readonly [begin: bigint, end: bigint]

/** `parts` ranges of equal width; the last takes the remainder. */
function divide(begin: bigint, end: bigint, parts: number): KeyRange[] {
  if (parts === 0) return []
  // The end ff…f stands for 2^128: halves then meet at 80…0, as on the real service.
  const width = ((end === MAX_KEY ? end + 1n : end) - begin) / BigInt(parts)
  return Array.from({ length: parts }, (_, index): KeyRange => {
    const from = begin + width * BigInt(index)
    return [from, index === parts - 1 ? end : from + width]
  })
}

/** Protobuf fields may be added behind a message, so the group is not decoded for this. */
function withOriginTags(group: Uint8Array, nowMs: number, clientAddress: string): Uint8Array {
  const writer = new ProtobufWriter(group.length + 128)
  writer.raw(group)
  for (const [key, value] of [
    ['__receive_time__', Math.floor(nowMs / 1000).toString()],
    ['__client_ip__', clientAddress],
  ] as const) {
    const mark = writer.begin(GROUP_TAG)
    writer.stringField(PAIR_KEY, key)
    writer.stringField(PAIR_VALUE, value)
    writer.end(mark)
  }
  return writer.toBytes()
}
