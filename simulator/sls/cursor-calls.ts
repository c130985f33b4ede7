import { cursorNumber, cursorOf } from '../../src/alibaba/sls/cursor.ts'
import { json, requiredParameter, type SlsHandler } from './call.ts'
import { SlsFault } from './errors.ts'
import type { Shard } from './shard.ts'

/** sls-protocol 2.3. */
export const getCursor: SlsHandler = (call, { store }) => {
  const shard = store.logstore(call.project, call.logstore).shard(call.shard, call.nowMs)
  return json({ cursor: cursorOf(numberFrom(shard, requiredParameter(call, 'from'))) })
}

function numberFrom(shard: Shard, from: string): bigint {
  if (from === 'begin') return shard.beginNumber
  if (from === 'end') return shard.endNumber
  if (/^\d{1,12}$/.test(from)) return shard.numberAtTime(Number(from))
  throw new SlsFault('ParameterInvalid', `parameter from is ${from}, allowed is begin, end or unix seconds`)
}

/** sls-protocol 2.4. */
export const getCursorTime: SlsHandler = (call, { store }) => {
  const shard = store.logstore(call.project, call.logstore).shard(call.shard, call.nowMs)
  const cursor = requiredParameter(call, 'cursor')
  const number = readCursor(cursor)
  const group = number < shard.beginNumber ? undefined : shard.groupAt(number)
  if (group === undefined) throw new SlsFault('InvalidCursor', `Invalid cursor: nothing is at ${cursor}`)
  return json({ cursor_time: Math.floor(group.receivedAtMs / 1000) })
}

/** @throws {SlsFault} ParameterInvalid for a text that is no cursor at all */
export function readCursor(cursor: string): bigint {
  const number = cursorNumber(cursor)
  if (number === undefined) throw new SlsFault('ParameterInvalid', `Invalid cursor: ${cursor}`)
  return number
}
