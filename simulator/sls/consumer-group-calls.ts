import { z } from 'zod'
import {
  emptyReply,
  json,
  numberParameter,
  parameter,
  requiredParameter,
  type SlsCall,
  type SlsContext,
  type SlsHandler,
} from './call.ts'
import { ConsumerGroup } from './consumer-group.ts'
import { SlsFault } from './errors.ts'

const MAX_GROUPS = 30

const createSchema = z.object({
  consumerGroup: z.string(),
  /** Seconds. */
  timeout: z.int().min(1),
  order: z.boolean().default(false),
})
const updateSchema = z.object({ timeout: z.int().min(1).optional(), order: z.boolean().optional() })
const heartbeatSchema = z.array(z.int().min(0))
const checkpointSchema = z.object({ shard: z.int().min(0), checkpoint: z.string() })

/** This and the calls below: sls-protocol 4.1. */
export const createConsumerGroup: SlsHandler = (call, { store }) => {
  const logstore = store.logstore(call.project, call.logstore)
  const { consumerGroup: name, timeout, order } = readBody(call, createSchema)
  if (!/^[0-9A-Za-z_-]{1,128}$/.test(name)) {
    throw new SlsFault('ParameterInvalid', `consumerGroup ${JSON.stringify(name)} is no name of a consumer group`)
  }
  if (logstore.consumerGroups.has(name)) {
    throw new SlsFault('ConsumerGroupAlreadyExist', `consumer group ${name} already exists`)
  }
  // The limit is documented, its error code is not.
  if (logstore.consumerGroups.size >= MAX_GROUPS) {
    throw new SlsFault('ProjectQuotaExceed', `a logstore has at most ${MAX_GROUPS} consumer groups`)
  }
  const options = { timeoutSeconds: timeout, order }
  const shardsAt = (nowMs: number) => logstore.shards(nowMs)
  logstore.consumerGroups.set(name, new ConsumerGroup(name, options, shardsAt, call.nowMs))
  return emptyReply()
}

export const listConsumerGroup: SlsHandler = (call, { store }) => {
  const groups = store.logstore(call.project, call.logstore).consumerGroups.values()
  return json([...groups].map(({ name, timeoutSeconds, order }) => ({ name, timeout: timeoutSeconds, order })))
}

export const updateConsumerGroup: SlsHandler = (call, context) => {
  const group = findGroup(call, context)
  const { timeout, order } = readBody(call, updateSchema)
  group.update(
    { ...(timeout === undefined ? {} : { timeoutSeconds: timeout }), ...(order === undefined ? {} : { order }) },
    call.nowMs,
  )
  return emptyReply()
}

export const deleteConsumerGroup: SlsHandler = (call, context) => {
  const { name } = findGroup(call, context)
  context.store.logstore(call.project, call.logstore).consumerGroups.delete(name)
  return emptyReply()
}

export const consumerGroupHeartBeat: SlsHandler = (call, context) => {
  const group = findGroup(call, context)
  const consumer = requiredParameter(call, 'consumer')
  return json(group.heartbeat(consumer, readBody(call, heartbeatSchema), call.nowMs))
}

export const consumerGroupUpdateCheckPoint: SlsHandler = (call, context) => {
  const group = findGroup(call, context)
  const { shard, checkpoint } = readBody(call, checkpointSchema)
  // Python's library writes True and False.
  const force = (parameter(call, 'forceSuccess') ?? 'false').toLowerCase()
  if (force !== 'true' && force !== 'false') {
    throw new SlsFault('ParameterInvalid', `parameter forceSuccess is ${force}, allowed is true or false`)
  }
  const consumer = parameter(call, 'consumer') || undefined
  group.updateCheckpoint({ shardId: shard, checkpoint, consumer, force: force === 'true' }, call.nowMs)
  return emptyReply()
}

export const getCheckPoint: SlsHandler = (call, context) => {
  const checkpoints = findGroup(call, context).checkpoints(call.nowMs)
  if (parameter(call, 'shard') === undefined) return json(checkpoints)
  const wanted = numberParameter(call, 'shard', 0, Number.MAX_SAFE_INTEGER)
  return json(checkpoints.filter(({ shard }) => shard === wanted))
}

/** @throws {SlsFault} ProjectNotExist, LogStoreNotExist, ConsumerGroupNotExist */
function findGroup(call: SlsCall, { store }: SlsContext): ConsumerGroup {
  return store.logstore(call.project, call.logstore).consumerGroup(call.consumerGroup)
}

/** @throws {SlsFault} JsonInfoInvalid */
function readBody<Value>(call: SlsCall, schema: z.ZodType<Value>): Value {
  let raw: unknown
  try {
    raw = JSON.parse(call.request.body.toString('utf8'))
  } catch {
    throw new SlsFault('JsonInfoInvalid', 'the body is no JSON')
  }
  const parsed = schema.safeParse(raw)
  if (parsed.success) return parsed.data
  const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`)
  throw new SlsFault('JsonInfoInvalid', problems.join('; '))
}
