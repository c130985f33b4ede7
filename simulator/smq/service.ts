import { randomBytes } from 'node:crypto'
import type { Accounts } from '../accounts.ts'
import { type CallTarget, effectOf } from '../faults.ts'
import { hostName, type Reply, type Service, type SimulatedRequest } from '../http-frame.ts'
import { authenticate, expiredToken } from './authenticate.ts'
import { readParameters, type SmqCall, type SmqContext, type SmqHandler } from './call.ts'
import { SmqFault } from './errors.ts'
import {
  batchDeleteMessages,
  changeVisibility,
  deleteMessage,
  peekMessages,
  receiveMessages,
  sendMessages,
} from './message-calls.ts'
import { createQueue, deleteQueue, getQueueAttributes, listQueues, setQueueAttributes } from './queue-calls.ts'
import { xmlReply } from './reply.ts'
import { defaultRegion, type QueuePlace } from './store.ts'
import { element } from './xml-text.ts'

interface Route {
  readonly api: string
  readonly queue: string
  readonly handle: SmqHandler
}

export function createSmqService(context: SmqContext, accounts: Accounts): Service {
  const error = (request: SimulatedRequest, status: number, code: string, message: string): Reply =>
    withCommonHeaders(errorReply(request, status, code, message, context), request)

  return {
    name: 'smq',
    claims: ({ path, headers }) =>
      /^\/(?:queues|topics)(?:\/|$)/.test(path) || /^MNS(?:4-HMAC-SHA256)? /.test(headers['authorization'] ?? ''),
    identify(request) {
      const route = findRoute(request)
      const target: CallTarget = { service: 'smq', api: route?.api ?? 'Unknown' }
      return route === undefined || route.queue === '' ? target : { ...target, queue: route.queue }
    },
    async handle(request, _target, effects, gone) {
      try {
        if (effectOf(effects, 'expired_token') !== undefined) throw expiredToken()
        if (request.bodyTooLarge) throw new SmqFault('InvalidArgument', 'The body is too large.')
        const addressed = vendorPlace(request)
        const region = addressed?.region ?? defaultRegion
        const { accountId } = authenticate(request, region, accounts)
        if (addressed !== undefined && addressed.accountId !== accountId) {
          throw new SmqFault('AccessDenied', `The queues of ${addressed.accountId} are not those of your account.`)
        }
        const route = findRoute(request)
        if (route === undefined) {
          throw new SmqFault('InvalidRequestURL', `${request.method} ${request.path} is no call of this service.`)
        }
        const call: SmqCall = {
          request,
          place: { accountId, region },
          queueName: route.queue,
          parameters: readParameters(request),
          effects,
          gone,
        }
        return withCommonHeaders(await route.handle(call, context), request)
      } catch (fault) {
        if (fault instanceof SmqFault) return error(request, fault.status, fault.code, fault.message)
        throw fault
      }
    },
    error,
    throttled: (request) => error(request, 429, 'TooManyRequests', 'Too many messages a second (injected).'),
  }
}

/** Reads `{account}.mns.{region}[-internal|-internal-vpc|-control].aliyuncs.com`; `undefined` for any other name. */
function vendorPlace({ headers }: SimulatedRequest): QueuePlace | undefined {
  const name = hostName(headers['host'] ?? '')
  const parts = /^(\d+)\.mns\.([^.]+?)(?:-internal(?:-vpc)?|-control)?\.aliyuncs\.com$/.exec(name)
  return parts === null ? undefined : { accountId: parts[1] ?? '', region: parts[2] ?? '' }
}

type NamedHandler = readonly [api: string, handle: SmqHandler]

function findRoute(request: SimulatedRequest): Route | undefined {
  const [root, queue = '', messages, ...more] = request.path.split('/').slice(1)
  if (root !== 'queues' || more.length > 0) return undefined
  if (messages !== undefined && (messages !== 'messages' || queue === '')) return undefined
  const found = messages === undefined ? queueRoute(request, queue) : messageRoute(request)
  return found === undefined ? undefined : { api: found[0], queue, handle: found[1] }
}

function queueRoute(request: SimulatedRequest, queue: string): NamedHandler | undefined {
  if (queue === '') return request.method === 'GET' ? ['ListQueue', listQueues] : undefined
  switch (request.method) {
    case 'GET':
      return ['GetQueueAttributes', getQueueAttributes]
    case 'PUT':
      return hasParameter(request, 'metaoverride', 'true')
        ? ['SetQueueAttributes', setQueueAttributes]
        : ['CreateQueue', createQueue]
    case 'DELETE':
      return ['DeleteQueue', deleteQueue]
    default:
      return undefined
  }
}

/** Which call it is hangs on the parameters, and on the body of what is sent. */
function messageRoute(request: SimulatedRequest): NamedHandler | undefined {
  const isBatch = hasParameter(request, 'numofmessages')
  switch (request.method) {
    case 'GET':
      if (hasParameter(request, 'peekonly', 'true')) {
        return [isBatch ? 'BatchPeekMessage' : 'PeekMessage', peekMessages]
      }
      return [isBatch ? 'BatchReceiveMessage' : 'ReceiveMessage', receiveMessages]
    case 'POST':
      return [request.body.includes('<Messages') ? 'BatchSendMessage' : 'SendMessage', sendMessages]
    case 'PUT':
      return ['ChangeMessageVisibility', changeVisibility]
    case 'DELETE':
      return hasParameter(request, 'receipthandle')
        ? ['DeleteMessage', deleteMessage]
        : ['BatchDeleteMessage', batchDeleteMessages]
    default:
      return undefined
  }
}

function hasParameter({ query }: SimulatedRequest, name: string, value?: string): boolean {
  return query.some(([key, text]) => key.toLowerCase() === name && (value === undefined || text === value))
}

function errorReply(
  request: SimulatedRequest,
  status: number,
  code: string,
  message: string,
  { behaviour }: SmqContext,
): Reply {
  const host = request.headers['host'] ?? ''
  const id = requestId()
  const inside = [
    element('Code', code),
    element('Message', message),
    element('RequestId', id),
    element('HostId', behaviour.hostIdScheme ? `http://${host}` : host),
  ]
  const reply = xmlReply(status, 'Error', inside.join(''), behaviour)
  return { ...reply, headers: { ...reply.headers, 'x-mns-request-id': id } }
}

/** What every answer carries (smq.md 3). */
function withCommonHeaders(reply: Reply, { serverTimeMs }: SimulatedRequest): Reply {
  return {
    ...reply,
    headers: {
      server: 'AliyunMNS',
      date: new Date(serverTimeMs).toUTCString(),
      'x-mns-version': '2015-06-06',
      'x-mns-request-id': requestId(),
      ...reply.headers,
    },
  }
}

function requestId(): string {
  return randomBytes(12).toString('hex').toUpperCase()
}
