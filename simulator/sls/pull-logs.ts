import { cursorOf } from '../../src/alibaba/sls/cursor.ts'
import { effectOf } from '../faults.ts'
import type { Reply } from '../http-frame.ts'
import {
  numberParameter,
  parameter,
  requiredParameter,
  type SlsCall,
  type SlsContext,
  type SlsHandler,
} from './call.ts'
import { type Compression, compress, negotiateCompression } from './compression.ts'
import { readCursor } from './cursor-calls.ts'
import { SlsFault } from './errors.ts'
import type { Shard, ShardRead, StoredGroup } from './shard.ts'

const MAX_COUNT = 1000

/** sls-protocol 2.5. An empty answer returns at once, with the same cursor: there is no long poll. */
export const pullLogs: SlsHandler = (call, context) => {
  const shard = context.store.logstore(call.project, call.logstore).shard(call.shard, call.nowMs)
  const count = numberParameter(call, 'count', 1, MAX_COUNT)
  const from = readCursor(requiredParameter(call, 'cursor'))
  const endCursor = parameter(call, 'end_cursor')
  const until = endCursor === undefined ? shard.endNumber : readCursor(endCursor)
  if (from > shard.endNumber) throw new SlsFault('InvalidCursor', 'Invalid cursor: it lies behind the end of the shard')
  for (const name of ['query', 'processor']) {
    if ((parameter(call, name) ?? '') !== '') {
      throw new SlsFault('ParameterInvalid', `the simulator runs no SPL: leave out the parameter ${name}`)
    }
  }
  const shardKey = `${call.project}/${call.logstore}/${shard.id}`
  context.quotas.admitRead(call.project, shardKey, call.nowMs)

  const read = readShard(call, context, shard, from, count, until)
  const reply = pageReply(call, context, shard, shardKey, read)
  context.quotas.countReadBytes(shardKey, reply.body.length, call.nowMs)
  return reply
}

function readShard(
  call: SlsCall,
  { behaviour, recordWithheld }: SlsContext,
  shard: Shard,
  from: bigint,
  count: number,
  until: bigint,
): ShardRead {
  if (from >= until) return { groups: [], next: from }
  const skip = effectOf(call.effects, 'skip_groups')
  if (skip !== undefined) {
    const { groups, next } = shard.read(from, skip.groups, until, Number.POSITIVE_INFINITY)
    const items = groups.reduce((sum, group) => sum + group.logCount, 0)
    recordWithheld(`${call.project}/${call.logstore}`, items)
    return { groups: [], next }
  }
  const start = shard.groupAt(from)?.number
  // Numbers were left out here: with this knob the gap is an answer of its own, as after a server-side filter.
  if (behaviour.emptyPageAtJump && start !== undefined && start > from && from >= shard.beginNumber) {
    return { groups: [], next: start < until ? start : until }
  }
  return shard.read(from, count, until, behaviour.maxPageBytes)
}

function pageReply(call: SlsCall, context: SlsContext, shard: Shard, shardKey: string, read: ShardRead): Reply {
  const { behaviour } = context
  const { groups, next } = read
  const headers: Record<string, string> = {
    'content-type': 'application/x-protobuf',
    'x-log-cursor': cursorOf(next),
    'x-log-count': (groups.length + (effectOf(call.effects, 'wrong_count')?.by ?? 0)).toString(),
  }
  const last = groups.at(-1)
  if (behaviour.optionalHeaders) {
    const timeOf = last ?? shard.groupAt(next)
    headers['x-log-cursor-time'] = Math.floor((timeOf?.receivedAtMs ?? call.nowMs) / 1000).toString()
    if (last !== undefined) headers['x-log-read-last-cursor'] = last.number.toString()
    if (shard.groupAt(next) === undefined) headers['x-log-end-of-cursor'] = '1'
  }

  let rawSize = groups.reduce((sum, group) => sum + group.entry.length, 0)
  let body: Uint8Array = new Uint8Array(0)
  if (rawSize > 0) {
    const compression = negotiateCompression(call.request.headers['accept-encoding'])
    if (effectOf(call.effects, 'garbage') !== undefined) {
      // 0xff repeated is no protobuf of any message: a tag that never ends.
      const garbage = Buffer.alloc(rawSize, 0xff)
      body = compression === undefined ? garbage : compress(garbage, compression, behaviour.lz4)
    } else body = pageBody(context, shardKey, groups, compression)
    if (compression !== undefined) headers['x-log-compresstype'] = compression
    rawSize += effectOf(call.effects, 'wrong_rawsize')?.by ?? 0
  }
  headers['x-log-bodyrawsize'] = rawSize.toString()
  return { status: 200, headers, body }
}

function pageBody(
  { behaviour, pages }: SlsContext,
  shardKey: string,
  groups: readonly StoredGroup[],
  compression: Compression | undefined,
): Uint8Array {
  const raw = () => Buffer.concat(groups.map((group) => group.entry))
  if (compression === undefined) return raw()
  return pages.body({ shardKey, groups, compression }, () => compress(raw(), compression, behaviour.lz4))
}

/**
 * Compresses the pages of a shard as a reader that asks for `count` groups at a time will get them, so that a
 * benchmark measures the reader and not the compression. What exceeds the page cache is compressed again later.
 */
export function preparePages(
  context: SlsContext,
  project: string,
  logstore: string,
  count: number,
  compression: Compression,
): void {
  for (const shard of context.store.logstore(project, logstore).shards(context.clock.now())) {
    let from = shard.beginNumber
    for (;;) {
      const { groups, next } = shard.read(from, count, shard.endNumber, context.behaviour.maxPageBytes)
      if (groups.length === 0) break
      pageBody(context, `${project}/${logstore}/${shard.id}`, groups, compression)
      from = next
    }
  }
}
