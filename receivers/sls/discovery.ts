import { cursorNumber } from '../../src/alibaba/sls/cursor.ts'
import type { SlsCursor, SlsShard } from '../../src/alibaba/sls/types.ts'
import type { StartAt } from '../../src/config/start-at.ts'
import { ReceiverError } from '../../src/errors.ts'
import { untilSaved } from '../../src/storage/until-saved.ts'
import { createTaskGroup, type TaskGroup } from '../../src/task-group.ts'
import { type FollowedShard, isGone, reportExpired, type ShardEnd, slowRetryMs, sourceName } from './follow-shard.ts'
import { areLiteral, matchLogstores } from './logstores.ts'
import { encodePosition, logstoreKey, parsePosition, type ShardPosition, shardKey } from './position.ts'
import { PullerLostError } from './pullers.ts'
import type { SlsDeps } from './receiver.ts'
import { startableShards } from './shards.ts'

/** A logstore that the patterns select. */
export interface FoundLogstore {
  readonly name: string
  /** It was not there when the receiver started, so all of it is new. */
  readonly madeWhileRunning: boolean
}

/**
 * Follows every logstore that the patterns select, those made later too, until `stop`; with `once`, until all that was
 * there at the start is delivered.
 *
 * @throws when an exporter was told to stop the process; with `once`, also for anything that repeating does not cure
 */
export async function followProject(
  deps: SlsDeps,
  follow: (logstore: FoundLogstore, tasks: TaskGroup) => Promise<void>,
  stop: AbortSignal,
): Promise<void> {
  const { options, client, health, clock, once } = deps
  const tasks = createTaskGroup(stop)
  const followed = new Set<string>()

  for (let round = 0; !tasks.stop.aborted; round++) {
    try {
      const all = areLiteral(options.logstores) ? options.logstores : await client.listLogStores(tasks.stop)
      const names = matchLogstores(options.logstores, all)
      for (const name of names.filter((each) => !followed.has(each))) {
        followed.add(name)
        if (name === 'internal-operation_log') warnOfFeedback(deps)
        tasks.start(() => follow({ name, madeWhileRunning: round > 0 }, tasks))
      }
      if (followed.size === 0) throw noLogstore(options.project, options.logstores, all)
      health.works(options.project)
    } catch (error) {
      if (tasks.stop.aborted) break
      if (once) throw error
      health.failed(options.project, error)
    }
    if (once) break
    await clock.sleep(options.refreshIntervalMs, tasks.stop).catch(() => {})
  }
  await tasks.ended()
}

/** Follows all shards of one logstore, through splits and merges, with their positions in our own store. */
export async function followLogstore(
  { name: logstore, madeWhileRunning }: FoundLogstore,
  deps: SlsDeps,
  tasks: TaskGroup,
  abandon: AbortSignal,
): Promise<void> {
  const { options, client, checkpoints, health, clock, once } = deps
  const states = new Map<number, 'running' | 'finished' | 'caught_up'>()
  let prepared = false
  let shards: SlsShard[] = []
  let shardEnded = new AbortController()

  async function followOne(shardId: number): Promise<void> {
    const isClosed = () => shards.some((shard) => shard.shardId === shardId && shard.status === 'readonly')
    const key = shardKey(options.project, logstore, shardId)
    const shard = {
      logstore,
      shardId,
      isClosed,
      async loadPosition(oldest: SlsCursor) {
        const stored = await checkpoints.load(key)
        // No position: a shard made after the logstore was first seen, so all of it is new.
        return stored === undefined ? oldest : parsePosition(stored).cursor
      },
      savePosition: (position: ShardPosition) => savePosition(shard, key, position, deps, abandon),
    }
    const end = await followToEnd(shard, deps, tasks.stop)
    health.forget(sourceName(shard))
    if (end === 'stopped') states.delete(shardId)
    else states.set(shardId, end)
    // A closed shard has children, which may start now.
    shardEnded.abort()
  }

  while (!tasks.stop.aborted) {
    shardEnded = new AbortController()
    try {
      shards = await client.listShards(logstore, tasks.stop)
      if (!prepared) {
        await saveFirstPositions(logstore, shards, madeWhileRunning ? { at: 'earliest' } : options.startAt, deps, tasks)
        for (const shardId of await finishedShards(logstore, deps)) states.set(shardId, 'finished')
        prepared = true
      }
      const isFinished = (shardId: number) => states.get(shardId) === 'finished'
      for (const { shardId } of startableShards(shards, isFinished, (shardId) => states.has(shardId))) {
        states.set(shardId, 'running')
        tasks.start(() => followOne(shardId))
      }
      health.works(logstore)
      if (once && ![...states.values()].includes('running')) return
    } catch (error) {
      if (tasks.stop.aborted) return
      if (once) throw error
      health.failed(logstore, error)
    }
    await clock.sleep(options.refreshIntervalMs, AbortSignal.any([tasks.stop, shardEnded.signal])).catch(() => {})
  }
}

/** A shard that is followed from where its position says. */
export interface PositionedShard extends Omit<FollowedShard, 'until'> {
  /** @param oldest the place of the oldest record kept */
  loadPosition(oldest: SlsCursor): Promise<SlsCursor>
}

/** Follows one shard from its saved position; after a failure, anew from there. */
export async function followToEnd(shard: PositionedShard, deps: SlsDeps, stop: AbortSignal): Promise<ShardEnd> {
  const { client, health, clock, once } = deps
  const { logstore, shardId } = shard
  for (;;) {
    try {
      const oldest = await client.getCursor(logstore, shardId, 'begin', stop)
      const from = await shard.loadPosition(oldest)
      if (isExpired(from, oldest)) reportExpired(shard, from, oldest, deps)
      const until = once ? await client.getCursor(logstore, shardId, 'end', stop) : undefined
      return await deps.follow({ ...shard, until }, from, stop)
    } catch (error) {
      if (isGone(error)) return 'finished'
      if (stop.aborted || isFatal(error)) throw error
      // The next one begins at the position that is stored: nothing that was unanswered is lost.
      if (error instanceof PullerLostError) continue
      if (once) throw error
      health.failed(sourceName(shard), error)
      await clock.sleep(slowRetryMs, stop)
    }
  }
}

/** Saves a position in our store. */
async function savePosition(
  shard: PositionedShard,
  key: string,
  position: ShardPosition,
  deps: SlsDeps,
  abandon: AbortSignal,
): Promise<void> {
  await untilSaved(sourceName(shard), deps, abandon, () => deps.checkpoints.save([[key, encodePosition(position)]]))
}

/**
 * The first time a logstore is seen, saves where each of its shards starts, before anything is read: a crash must not
 * make `latest` mean a later time. All at once, so that a shard without a position is one made afterwards.
 */
async function saveFirstPositions(
  logstore: string,
  shards: readonly SlsShard[],
  startAt: StartAt,
  { options, client, checkpoints, clock }: SlsDeps,
  { stop }: TaskGroup,
): Promise<void> {
  const marker = logstoreKey(options.project, logstore)
  if ((await checkpoints.load(marker)) !== undefined) return
  const from = cursorTimeOf(startAt, clock.now())
  const positions = await Promise.all(
    shards.map(async ({ shardId }) => {
      const cursor = await client.getCursor(logstore, shardId, from, stop)
      return [shardKey(options.project, logstore, shardId), encodePosition({ cursor, finished: false })] as const
    }),
  )
  await checkpoints.save([[marker, JSON.stringify({ firstSeenMs: clock.now() })], ...positions])
}

async function finishedShards(logstore: string, { options, checkpoints }: SlsDeps): Promise<number[]> {
  const prefix = shardKey(options.project, logstore, '')
  const entries = await checkpoints.list(prefix)
  return entries.filter(({ value }) => parsePosition(value).finished).map(({ key }) => Number(key.slice(prefix.length)))
}

/** What GetCursor takes for a place to start: a word, or the second in which SLS received a log group. */
export function cursorTimeOf(startAt: StartAt, nowMs: number): 'begin' | 'end' | number {
  switch (startAt.at) {
    case 'earliest':
      return 'begin'
    case 'latest':
      return 'end'
    case 'time':
      return Math.floor(startAt.unixMs / 1000)
    case 'relative':
      return Math.floor((nowMs + startAt.ms) / 1000)
  }
}

/** True when the position is known to lie before the oldest record kept; SLS would skip what is between in silence. */
function isExpired(position: SlsCursor, oldest: SlsCursor): boolean {
  const [here, there] = [cursorNumber(position), cursorNumber(oldest)]
  return here !== undefined && there !== undefined && here < there
}

/** An exporter was told to stop the process. */
export const isFatal = (error: unknown) => error instanceof ReceiverError && error.code === 'EXPORT_REJECTED'

function warnOfFeedback({ log, options }: SlsDeps): void {
  log.warn('Reading this logstore makes new records in it where it watches its own project', {
    project: options.project,
    logstore: 'internal-operation_log',
  })
}

function noLogstore(project: string, patterns: readonly string[], all: readonly string[]): ReceiverError {
  const has = all.length === 0 ? 'it has none' : `it has: ${all.slice(0, 20).join(', ')}${all.length > 20 ? ', …' : ''}`
  return new ReceiverError(
    'SLS_NOT_FOUND',
    `No logstore of project "${project}" matches ${patterns.join(', ')}; ${has}`,
  )
}
