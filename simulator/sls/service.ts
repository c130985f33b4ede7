import { randomBytes } from 'node:crypto'
import type { Accounts } from '../accounts.ts'
import { type CallTarget, effectOf } from '../faults.ts'
import { hostName, isBareHost, type Reply, type Service, type SimulatedRequest } from '../http-frame.ts'
import { authenticate } from './authenticate.ts'
import type { SlsCall, SlsContext, SlsHandler } from './call.ts'
import type { Lz4Style } from './compression.ts'
import {
  consumerGroupHeartBeat,
  consumerGroupUpdateCheckPoint,
  createConsumerGroup,
  deleteConsumerGroup,
  getCheckPoint,
  listConsumerGroup,
  updateConsumerGroup,
} from './consumer-group-calls.ts'
import { getCursor, getCursorTime } from './cursor-calls.ts'
import { SlsFault } from './errors.ts'
import { pullLogs } from './pull-logs.ts'
import { putLogs } from './put-logs.ts'
import { changeShard, deleteShard, listLogStores, listShards } from './resource-calls.ts'
import type { Project } from './store.ts'

/** Where the reference leaves a choice to the server, or clients must cope with either. May be changed while running. */
export interface SlsBehaviour {
  /** Whether pulls answer `x-log-cursor-time`, `x-log-end-of-cursor` and `x-log-read-last-cursor`. */
  optionalHeaders: boolean
  lz4: Lz4Style
  /** A page ends before it grows beyond this, uncompressed; one group always fits. */
  maxPageBytes: number
  /** A pull whose cursor stands before a jump answers no groups and the cursor behind the jump. */
  emptyPageAtJump: boolean
}

/** 10 MB is what is often quoted for one answer; no source of the vendor states it (sls-protocol 2.5). */
export const defaultBehaviour: SlsBehaviour = {
  optionalHeaders: true,
  lz4: 'compressed',
  maxPageBytes: 10_000_000,
  emptyPageAtJump: false,
}

interface Route {
  readonly api: string
  readonly logstore: string
  readonly shard: number | undefined
  readonly consumerGroup: string
  readonly handle: SlsHandler
}

export function createSlsService(context: SlsContext, accounts: Accounts): Service {
  return {
    name: 'sls',
    claims: (request) => request.headers['x-log-apiversion'] !== undefined || request.path.startsWith('/logstores'),
    identify(request) {
      const route = findRoute(request)
      const target: CallTarget = { service: 'sls', api: route?.api ?? 'Unknown', project: projectOf(request) }
      if (route === undefined || route.logstore === '') return target
      const { logstore, shard } = route
      return shard === undefined ? { ...target, logstore } : { ...target, logstore, shard }
    },
    handle(request, target, effects) {
      try {
        if (effectOf(effects, 'expired_token') !== undefined) {
          throw new SlsFault('Unauthorized', 'The security token has expired')
        }
        const project = findProject(context, request, target.project ?? '')
        authenticate(request, project, accounts)
        if (project.forbidden) throw new SlsFault('ProjectForbidden', `The project ${project.name} is in arrears`)
        const route = findRoute(request)
        if (route === undefined) {
          throw new SlsFault('InvalidMethod', `${request.method} ${request.path} is no call of this service`)
        }
        const call: SlsCall = {
          request,
          project: project.name,
          logstore: route.logstore,
          shard: route.shard ?? -1,
          consumerGroup: route.consumerGroup,
          nowMs: context.clock.now(),
          effects,
        }
        return withCommonHeaders(route.handle(call, context), request)
      } catch (error) {
        if (error instanceof SlsFault) return errorReply(request, error.status, error.code, error.message)
        throw error
      }
    },
    error: errorReply,
    throttled: (request, target) => {
      const code = target.api === 'PutLogs' ? 'WriteQuotaExceed' : 'ReadQuotaExceed'
      return errorReply(request, 403, code, `${code === 'WriteQuotaExceed' ? 'Write' : 'Read'} QPS Exceed (injected)`)
    },
  }
}

/** The project: header `x-log-project`, else the first label of `Host` where labels follow it; `''`: none. */
function projectOf(request: SimulatedRequest): string {
  const named = request.headers['x-log-project']
  if (named !== undefined && named !== '') return named
  const name = hostName(request.headers['host'] ?? '')
  if (isBareHost(name) || vendorRegion(name)?.project === '') return ''
  // 127.0.0.1 and the like are no names, but web-prod.127.0.0.1 is one.
  return name.split('.')[0] ?? ''
}

/** @throws {SlsFault} MissingHost, ProjectNotExist */
function findProject(context: SlsContext, request: SimulatedRequest, name: string): Project {
  const host = request.headers['host'] ?? ''
  if (host === '') throw new SlsFault('MissingHost', 'no Host header')
  const project = context.store.project(name)
  // A project lives in one region: the endpoint of another one does not know it (sls-protocol 1.1).
  const region = vendorRegion(hostName(host))?.region
  if (region !== undefined && region !== project.region) {
    throw new SlsFault('ProjectNotExist', `The Project does not exist : ${name} in ${region}`)
  }
  return project
}

/** Reads `[{project}.]{region}[-intranet|-share|-vpc].log.aliyuncs.com`; `undefined` for any other name. */
function vendorRegion(name: string): { project: string; region: string } | undefined {
  const parts = /^(?:([^.]+)\.)?([^.]+?)(?:-intranet|-share|-vpc)?\.(?:log|sls)\.aliyuncs\.com$/.exec(name)
  return parts === null ? undefined : { project: parts[1] ?? '', region: parts[2] ?? '' }
}

function findRoute(request: SimulatedRequest): Route | undefined {
  const { method, path } = request
  const segments = path.split('/').slice(1)
  if (segments[0] !== 'logstores' || segments.length > 4) return undefined
  const [, logstore = '', shards, last] = segments
  const route = (api: string, handle: SlsHandler, shard?: number): Route => ({
    api,
    logstore,
    shard,
    consumerGroup: shards === 'consumergroups' ? (last ?? '') : '',
    handle,
  })

  if (logstore === '')
    return method === 'GET' && segments.length <= 2 ? route('ListLogStores', listLogStores) : undefined
  if (shards === undefined) return method === 'POST' ? route('PutLogs', putLogs) : undefined
  if (shards === 'consumergroups') return consumerGroupRoute(request, route, last)
  if (shards !== 'shards') return undefined
  if (last === undefined || last === '') return method === 'GET' ? route('ListShards', listShards) : undefined
  if (last === 'lb' || last === 'route') return method === 'POST' ? route('PutLogs', putLogs) : undefined
  if (!/^\d{1,9}$/.test(last)) return undefined
  return shardRoute(request, route, Number(last))
}

function shardRoute(
  { method, query }: SimulatedRequest,
  route: (api: string, handle: SlsHandler, shard: number) => Route,
  shard: number,
): Route | undefined {
  const parameterOf = (name: string) => query.find(([key]) => key === name)?.[1]
  if (method === 'DELETE') return route('DeleteShard', deleteShard, shard)
  if (method === 'POST')
    return route(parameterOf('action') === 'merge' ? 'MergeShards' : 'SplitShard', changeShard, shard)
  if (method !== 'GET') return undefined
  switch (parameterOf('type')) {
    case 'cursor':
      return route('GetCursor', getCursor, shard)
    case 'cursor_time':
      return route('GetCursorTime', getCursorTime, shard)
    // The Go SDK asks for `logs`, everybody else for `log`.
    case 'log':
    case 'logs':
      return route('PullLogs', pullLogs, shard)
    default:
      return route('Unknown', unknownType, shard)
  }
}

function consumerGroupRoute(
  { method, query }: SimulatedRequest,
  route: (api: string, handle: SlsHandler) => Route,
  group: string | undefined,
): Route | undefined {
  if (group === undefined) {
    if (method === 'GET') return route('ListConsumerGroup', listConsumerGroup)
    return method === 'POST' ? route('CreateConsumerGroup', createConsumerGroup) : undefined
  }
  if (group === '') return undefined
  switch (method) {
    case 'GET':
      return route('GetCheckPoint', getCheckPoint)
    case 'PUT':
      return route('UpdateConsumerGroup', updateConsumerGroup)
    case 'DELETE':
      return route('DeleteConsumerGroup', deleteConsumerGroup)
    case 'POST': {
      const type = query.find(([key]) => key === 'type')?.[1]
      if (type === 'heartbeat') return route('ConsumerGroupHeartBeat', consumerGroupHeartBeat)
      if (type === 'checkpoint') return route('ConsumerGroupUpdateCheckPoint', consumerGroupUpdateCheckPoint)
      return route('Unknown', unknownType)
    }
    default:
      return undefined
  }
}

const unknownType: SlsHandler = ({ request }) => {
  const type = request.query.find(([key]) => key === 'type')?.[1]
  if (type === undefined) throw new SlsFault('MissingParameter', 'parameter type is missing')
  throw new SlsFault('ParameterInvalid', `parameter type is ${type}`)
}

/** sls-protocol 5.1. */
function errorReply(request: SimulatedRequest, status: number, code: string, message: string): Reply {
  const body = Buffer.from(JSON.stringify({ errorCode: code, errorMessage: message }))
  return withCommonHeaders({ status, headers: { 'content-type': 'application/json' }, body }, request)
}

/** What every answer carries (sls-protocol 2.0). */
function withCommonHeaders(reply: Reply, { serverTimeMs }: SimulatedRequest): Reply {
  return {
    ...reply,
    headers: {
      server: 'AliyunSLS',
      date: new Date(serverTimeMs).toUTCString(),
      'access-control-allow-origin': '*',
      'x-log-requestid': randomBytes(12).toString('hex').toUpperCase(),
      'x-log-time': Math.floor(serverTimeMs / 1000).toString(),
      ...reply.headers,
    },
  }
}
