import { emptyReply, json, numberParameter, parameter, type SlsHandler } from './call.ts'
import { SlsFault } from './errors.ts'
import type { Shard } from './shard.ts'

const DEFAULT_LIST_SIZE = 200
const MAX_LIST_SIZE = 500
const MAX_SPLIT = 64

/** sls-protocol 2.2a. */
export const listLogStores: SlsHandler = (call, { store }) => {
  const offset = numberParameter(call, 'offset', 0, Number.MAX_SAFE_INTEGER, 0)
  const size = numberParameter(call, 'size', 1, MAX_LIST_SIZE, DEFAULT_LIST_SIZE)
  const part = parameter(call, 'logstoreName') ?? ''
  const telemetryType = parameter(call, 'telemetryType') ?? ''
  if (!['', 'None', 'Metrics'].includes(telemetryType)) {
    throw new SlsFault('ParameterInvalid', `parameter telemetryType is ${telemetryType}, allowed is None or Metrics`)
  }
  const names = [...store.project(call.project).logstores.values()]
    .filter((logstore) => logstore.name.includes(part))
    .filter((logstore) => telemetryType === '' || logstore.telemetryType === telemetryType)
    .map((logstore) => logstore.name)
    .toSorted()
  const logstores = names.slice(offset, offset + size)
  return json({ count: logstores.length, total: names.length, logstores })
}

/** sls-protocol 2.1. */
export const listShards: SlsHandler = (call, { store }) => {
  const shards = store.logstore(call.project, call.logstore).shards(call.nowMs)
  if (shards.length === 0) throw new SlsFault('LogStoreWithoutShard', `logstore ${call.logstore} has no shard`)
  return json(shards.map(wireShard))
}

/** `action=split` with a key or a number of parts, and `action=merge` (sls-protocol 2.2). */
export const changeShard: SlsHandler = (call, { store }) => {
  const logstore = store.logstore(call.project, call.logstore)
  const action = parameter(call, 'action')
  if (action === 'merge') return json(logstore.merge(call.shard, call.nowMs).map(wireShard))
  if (action !== 'split') throw new SlsFault('ParameterInvalid', `parameter action is ${action ?? 'missing'}`)
  const at =
    parameter(call, 'shardCount') === undefined
      ? { key: readKey(parameter(call, 'key')) }
      : { shardCount: numberParameter(call, 'shardCount', 2, MAX_SPLIT) }
  return json(logstore.split(call.shard, at, call.nowMs).map(wireShard))
}

export const deleteShard: SlsHandler = (call, { store }) => {
  store.logstore(call.project, call.logstore).deleteShard(call.shard, call.nowMs)
  return emptyReply()
}

/** @throws {SlsFault} ParameterInvalid unless it is 32 hex digits */
export function readKey(text: string | undefined): bigint {
  if (text === undefined || !/^[0-9a-fA-F]{32}$/.test(text)) {
    throw new SlsFault('ParameterInvalid', `parameter key is ${text ?? 'missing'}, it must be 32 hex digits`)
  }
  return BigInt(`0x${text}`)
}

function wireShard(shard: Shard): Record<string, string | number> {
  const { shardId, status, beginKey, endKey, createTime } = shard.describe()
  return { shardID: shardId, status, inclusiveBeginKey: beginKey, exclusiveEndKey: endKey, createTime }
}
