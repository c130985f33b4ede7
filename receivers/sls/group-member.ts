import { randomBytes } from 'node:crypto'
import { hostname } from 'node:os'
import { isAtOrBehind } from '../../src/alibaba/sls/cursor.ts'
import { SlsError } from '../../src/alibaba/sls/errors.ts'
import type { SlsConsumerGroup, SlsCursor, SlsShard } from '../../src/alibaba/sls/types.ts'
import type { Clock } from '../../src/clock.ts'
import type { TaskGroup } from '../../src/task-group.ts'
import { type FoundLogstore, followToEnd, isFatal, type PositionedShard } from './discovery.ts'
import { type ShardEnd, sourceName } from './follow-shard.ts'
import { createGroupPosition } from './group-position.ts'
import { afterEnd, afterHeartbeat, type Membership, noShards } from './membership.ts'
import type { SlsDeps } from './receiver.ts'
import { isNewToGroup } from './shards.ts'

const heartbeatIntervalMs = 5_000
/** The group's: a consumer silent for longer loses its shards. */
const groupTimeoutMs = 60_000
/** What leaving may take once the time for shutting down is over: the last positions, the last heartbeat. */
const leaveMs = 2_000

/** Unique for each process and run: two consumers of one name would read the same shards. */
export function consumerName(): string {
  const host = hostname()
    .replaceAll(/[^0-9A-Za-z-]/g, '-')
    .slice(0, 64)
  return `${host}-${process.pid}-${randomBytes(4).toString('hex')}`
}

/** A shard that this process reads now. */
interface ShardTask {
  readonly shardId: number
  readonly drain: AbortController
  readonly lost: AbortController
}

/**
 * Reads the shards of one logstore that the consumer group gives to this consumer, with their positions on the server,
 * until the tasks are to stop; with `once`, until the whole group has read all that was there at the start. Then leaves.
 *
 * A shard that is taken away is drained: what was fetched is answered and its position written before the server hears
 * that it is free. A shard that was lost is dropped at once: its next owner begins at the last position written.
 */
export async function followAsMember(
  { name: logstore, madeWhileRunning }: FoundLogstore,
  consumer: string,
  deps: SlsDeps,
  tasks: TaskGroup,
  abandon: AbortSignal,
): Promise<void> {
  const { options, client, clock, health, log, metrics, once } = deps
  const group: SlsConsumerGroup = { logstore, name: options.consumerGroup, timeoutMs: groupTimeoutMs }
  const enough = new AbortController()
  const stop = AbortSignal.any([tasks.stop, enough.signal])
  const following = new Map<number, ShardTask>()
  const caughtUp = new Set<number>()
  let held: Membership = noShards
  let joined = false
  let shards: SlsShard[] = []
  /** The shards that were there when the group had no position yet: those `start_at` is about. */
  let atStart: ReadonlySet<number> = new Set()
  /** With `once`: where each shard ended at the start. */
  let ends: ReadonlyMap<number, SlsCursor> = new Map()
  let wake = new AbortController()
  let heard = new AbortController()
  /** Aborts when nothing is left to keep heartbeats up for. */
  const idle = new AbortController()
  const giveUp = abortAfter(abandon, leaveMs, clock)

  const leave = () => {
    wake.abort()
    if (following.size === 0) idle.abort(new Error('Left the consumer group'))
  }
  stop.addEventListener('abort', leave, { once: true })
  tasks.start(refreshShards)
  try {
    while (!idle.signal.aborted && (!stop.aborted || following.size > 0)) {
      wake = new AbortController()
      try {
        if (!joined) await join()
        await beat()
        health.works(logstore)
        if (once && !stop.aborted && (await isAllRead())) enough.abort()
      } catch (error) {
        if (idle.signal.aborted) break
        if (recover(error)) continue
      }
      await clock.sleep(heartbeatIntervalMs, AbortSignal.any([wake.signal, idle.signal])).catch(() => {})
    }
    if (joined) await sayGoodbye()
  } finally {
    enough.abort()
    heard.abort()
  }

  async function join(): Promise<void> {
    await client.createConsumerGroup(group, stop)
    const checkpoints = await client.getCheckpoints(group, stop)
    shards = await client.listShards(logstore, stop)
    const isNewGroup = !madeWhileRunning && checkpoints.every(({ cursor }) => cursor === undefined)
    atStart = new Set(isNewGroup ? shards.map(({ shardId }) => shardId) : [])
    if (once) {
      const endOf = async ({ shardId }: SlsShard) =>
        [shardId, await client.getCursor(logstore, shardId, 'end', stop)] as const
      ends = new Map(await Promise.all(shards.map(endOf)))
    }
    joined = true
  }

  async function beat(): Promise<void> {
    const assigned = await client.heartbeat(group, consumer, [...held.keys()], idle.signal)
    expectNextHeartbeat()
    if (stop.aborted) return
    const step = afterHeartbeat(held, assigned)
    held = step.held
    for (const shardId of step.drain) following.get(shardId)?.drain.abort(new Error('Taken by the consumer group'))
    for (const shardId of step.start) startShard(shardId)
  }

  /** After silence for longer than the group allows, the shards are somebody else's, whether or not we have heard so. */
  function expectNextHeartbeat(): void {
    heard.abort()
    heard = new AbortController()
    clock.sleep(groupTimeoutMs + heartbeatIntervalMs, heard.signal).then(
      () => loseAll('No heartbeat succeeded for longer than the timeout of the consumer group'),
      () => {},
    )
  }

  /** Returns true when the next heartbeat is due at once. */
  function recover(error: unknown): boolean {
    if (error instanceof SlsError && error.kind === 'unknown_consumer' && held.size > 0) {
      loseAll('The consumer group has forgotten this consumer, which joins anew')
      return true
    }
    if (stop.aborted) return false
    if (error instanceof SlsError && error.kind === 'group_gone') {
      loseAll('The consumer group was deleted; it is created anew, and begins at start_at')
      joined = false
    }
    if (once) throw error
    health.failed(logstore, error)
    return false
  }

  function loseAll(message: string): void {
    const shardIds = [...following.keys()]
    if (shardIds.length > 0) log.warn(message, { logstore, group: group.name, shards: shardIds })
    for (const task of following.values()) lose(task)
    held = noShards
  }

  /** Stops a shard that is not ours any more. Its unanswered pages are forgotten: no position of it is written again. */
  function lose(task: ShardTask): void {
    const { shardId } = task
    if (following.get(shardId) !== task) return
    task.lost.abort(new Error('Lost to another consumer of the group'))
    metrics.lostShard()
    leaveShard(task, 'lost')
  }

  function leaveShard({ shardId }: ShardTask, end: 'drained' | 'done' | 'lost'): void {
    following.delete(shardId)
    held = afterEnd(held, shardId, end)
    health.forget(sourceName({ logstore, shardId }))
    if (stop.aborted) leave()
    // A shard that is lost again and again must not make heartbeats come one upon the other.
    else if (end !== 'lost') wake.abort()
  }

  function startShard(shardId: number): void {
    const task: ShardTask = { shardId, drain: new AbortController(), lost: new AbortController() }
    following.set(shardId, task)
    tasks.start(() => followTask(task))
  }

  async function followTask(task: ShardTask): Promise<void> {
    const { shardId, drain, lost } = task
    const shardStop = AbortSignal.any([stop, drain.signal, lost.signal])
    const position = createGroupPosition(
      {
        group,
        consumer,
        shardId,
        isNew: () => isNew(shardId),
        onRefused(error) {
          log.warn('A position was refused, so the shard is given up', { logstore, shard: shardId, err: error })
          lose(task)
        },
      },
      deps,
      shardStop,
      AbortSignal.any([giveUp, lost.signal]),
    )
    const shard: PositionedShard = {
      logstore,
      shardId,
      isClosed: () => shards.some((each) => each.shardId === shardId && each.status === 'readonly'),
      loadPosition: position.load,
      async savePosition({ cursor, finished }) {
        position.mark(cursor)
        // The children of the shard wait for this one.
        if (finished) await position.flush()
      },
    }
    const read = new AbortController()
    let end: ShardEnd = 'stopped'
    const flushing = position.flushUntil(AbortSignal.any([read.signal, lost.signal]))
    try {
      end = await followToEnd(shard, deps, shardStop)
    } catch (error) {
      if (isFatal(error) || !shardStop.aborted) throw error
    } finally {
      read.abort()
      await flushing
      // Also after a failure: what was answered before it is not to come again.
      await position.flush()
      if (end === 'caught_up') caughtUp.add(shardId)
      if (following.get(shardId) === task) leaveShard(task, end === 'stopped' ? 'drained' : 'done')
    }
  }

  async function isNew(shardId: number): Promise<boolean> {
    if (madeWhileRunning) return true
    const listed = () => shards.find((each) => each.shardId === shardId)
    if (listed() === undefined) shards = await client.listShards(logstore, stop)
    const shard = listed()
    return shard === undefined || isNewToGroup(shard, shards, atStart)
  }

  /** Finds out which shards were closed; new ones come with a heartbeat. */
  async function refreshShards(): Promise<void> {
    while (!stop.aborted) {
      await clock.sleep(options.refreshIntervalMs, stop).catch(() => {})
      try {
        if (!stop.aborted) shards = await client.listShards(logstore, stop)
      } catch (error) {
        if (!stop.aborted) health.failed(logstore, error)
      }
    }
  }

  /** Whether all that was there at the start is read, by this consumer or by others of the group. */
  async function isAllRead(): Promise<boolean> {
    const checkpoints = new Map((await client.getCheckpoints(group, stop)).map((each) => [each.shardId, each.cursor]))
    return [...ends].every(([shardId, end]) => {
      const cursor = checkpoints.get(shardId)
      return caughtUp.has(shardId) || (cursor !== undefined && isAtOrBehind(end, cursor))
    })
  }

  /** A last heartbeat without shards: one that was promised to another consumer goes to it at once. */
  async function sayGoodbye(): Promise<void> {
    await client.heartbeat(group, consumer, [], giveUp).catch((error) => {
      log.warn('Could not leave the consumer group; its timeout will end the membership', { logstore, err: error })
    })
  }
}

/** Aborts `ms` after `trigger` does. */
function abortAfter(trigger: AbortSignal, ms: number, clock: Clock): AbortSignal {
  const later = new AbortController()
  const wait = () => clock.sleep(ms).then(() => later.abort(trigger.reason))
  trigger.addEventListener('abort', wait, { once: true })
  return later.signal
}
