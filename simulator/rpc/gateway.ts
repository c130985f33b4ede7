import { randomUUID } from 'node:crypto'
import { formatJson } from '../../src/lossless-json.ts'
import type { Accounts } from '../accounts.ts'
import type { SimulatorClock } from '../clock.ts'
import { effectOf } from '../faults.ts'
import { hostName, parseParameters, type Reply, type Service, type SimulatedRequest } from '../http-frame.ts'
import { authenticate, expiredToken, readClaim } from './authenticate.ts'
import { RawJson, type RpcAnswer, type RpcProduct } from './call.ts'
import { RpcFault, throttlingFault } from './fault.ts'
import { Nonces } from './nonces.ts'
import type { Parameters } from './signature.ts'

/** Where the reference leaves a choice to the server, or clients must cope with either. May be changed while running. */
export interface RpcBehaviour {
  /** Status of a call over a limit. An injected error has the status that it names. */
  throttlingStatus: 400 | 429
  /** Sent with those, as `Retry-After` (seconds) and `x-acs-retry-after` (milliseconds, which the SDKs read); absent: neither. */
  retryAfterMs: number | undefined
}

export const defaultRpcBehaviour: RpcBehaviour = { throttlingStatus: 400, retryAfterMs: undefined }

export interface RpcContext {
  readonly clock: SimulatorClock
  readonly accounts: Accounts
  readonly behaviour: RpcBehaviour
  readonly products: readonly RpcProduct[]
  /** The region that a port stands for, for requests whose `Host` names none. */
  readonly regionOfPort: (port: number) => string
}

/**
 * All products of the RPC style (actiontrail.md 1, cloudmonitor.md 1.1): `GET` or `POST /`, the action and version in
 * headers or parameters, everything else in query and form body.
 */
export function createRpcGateway(context: RpcContext): Service {
  const nonces = new Nonces()

  const errorReply = (request: SimulatedRequest, { status, code, message }: RpcFault): Reply => {
    const requestId = newRequestId()
    const isThrottling = code.startsWith('Throttling')
    const { retryAfterMs } = context.behaviour
    const body = {
      RequestId: requestId,
      HostId: hostName(request.headers['host'] ?? ''),
      Code: code,
      Message: message,
      Recommend: `https://api.aliyun.com/troubleshoot?q=${encodeURIComponent(code)}&requestId=${requestId}`,
      ...accessDeniedDetail(request, code),
    }
    const reply = jsonReply(request, status, requestId, JSON.stringify(body))
    if (isThrottling && retryAfterMs !== undefined) {
      reply.headers['retry-after'] = Math.ceil(retryAfterMs / 1000).toString()
      reply.headers['x-acs-retry-after'] = retryAfterMs.toString()
    }
    return reply
  }

  const throttledReply = (request: SimulatedRequest, { code, message }: RpcFault): Reply =>
    errorReply(request, new RpcFault(code, message, context.behaviour.throttlingStatus))

  const accessDeniedDetail = (request: SimulatedRequest, code: string): object => {
    if (!/^(NoPermission|Forbidden)/.test(code)) return {}
    const { service, api: action } = describeCall(context, request)
    const detail = {
      AuthAction: `${service}:${action}`,
      AuthPrincipalType: 'SubUser',
      NoPermissionType: 'ImplicitDeny',
    }
    return { AccessDeniedDetail: detail }
  }

  /** A fault that stands in for the product comes after the gateway has looked at the signature: the nonce is gone. */
  const spendNonce = (request: SimulatedRequest): void => {
    try {
      const { accessKeyId, nonce } = readClaim(request, parametersOf(request))
      nonces.spend(accessKeyId, nonce, request.serverTimeMs)
    } catch {
      // A request without a readable signature has none.
    }
  }

  return {
    name: 'rpc',
    claims: (request) => request.headers['x-log-apiversion'] === undefined && actionOf(request) !== undefined,
    identify(request) {
      return describeCall(context, request)
    },
    handle(request, { region = '' }, effects) {
      try {
        if (effectOf(effects, 'expired_token') !== undefined) throw expiredToken()
        const { product, action, handler } = findAction(context.products, request)
        const parameters = parametersOf(request)
        const key = authenticate(request, parameters, context.accounts, nonces)
        const answer = handler({
          action,
          version: product.version,
          region,
          accountId: key.accountId,
          accessKeyId: key.id,
          parameters: new Map(parameters.toReversed()),
          nowMs: context.clock.now(),
          effects,
        })
        const requestId = newRequestId()
        return jsonReply(request, 200, requestId, answerText({ RequestId: requestId, ...answer }))
      } catch (error) {
        if (!(error instanceof RpcFault)) throw error
        return error.code.startsWith('Throttling') ? throttledReply(request, error) : errorReply(request, error)
      }
    },
    error(request, status, code, message) {
      spendNonce(request)
      return errorReply(request, new RpcFault(code, message, status))
    },
    throttled(request) {
      spendNonce(request)
      return throttledReply(request, throttlingFault())
    },
  }
}

/** Query and form body, in this order. */
function parametersOf(request: SimulatedRequest): Parameters {
  const isForm = /^application\/x-www-form-urlencoded\b/i.test(request.headers['content-type'] ?? '')
  return isForm ? [...request.query, ...parseParameters(request.body.toString('utf8'))] : request.query
}

function actionOf(request: SimulatedRequest): string | undefined {
  return request.headers['x-acs-action'] ?? firstOf(parametersOf(request), 'Action')
}

function versionOf(request: SimulatedRequest): string {
  return request.headers['x-acs-version'] ?? firstOf(parametersOf(request), 'Version') ?? ''
}

function firstOf(parameters: Parameters, wanted: string): string | undefined {
  return parameters.find(([name]) => name === wanted)?.[1]
}

/** `{product}[-vpc][.{region}].aliyuncs.com`; `undefined` for every other name, which may be any product's. */
function vendorHost(request: SimulatedRequest): { product: string; region: string | undefined } | undefined {
  const name = hostName(request.headers['host'] ?? '').toLowerCase()
  const [, product, region] = /^([a-z0-9]+)(?:-vpc)?(?:\.([a-z0-9-]+))?\.aliyuncs\.com$/.exec(name) ?? []
  return product === undefined ? undefined : { product, region }
}

/** The products that answer at the host of this request. */
function productsAt(products: readonly RpcProduct[], request: SimulatedRequest): readonly RpcProduct[] {
  const host = vendorHost(request)
  if (host === undefined) return products
  return products.filter(({ service, hosts = [service] }) => hosts.includes(host.product))
}

function findAction(products: readonly RpcProduct[], request: SimulatedRequest) {
  const action = actionOf(request) ?? ''
  const version = versionOf(request)
  const here = productsAt(products, request)
  const notFound = new RpcFault(
    'InvalidAction.NotFound',
    'Specified api is not found, please check your url and method.',
  )
  if (request.path !== '/' || !['GET', 'POST'].includes(request.method)) throw notFound
  for (const product of here) {
    const handler = product.version === version ? actionIn(product, action) : undefined
    if (handler !== undefined) return { product, action, handler }
  }
  const isKnownElsewhere = here.some(
    (product) => product.version !== version && actionIn(product, action) !== undefined,
  )
  if (isKnownElsewhere) throw new RpcFault('InvalidVersion', 'Specified parameter Version is not valid.')
  throw notFound
}

function actionIn(product: RpcProduct, action: string) {
  return Object.hasOwn(product.actions, action) ? product.actions[action] : undefined
}

/** What a request asks for, as far as it can be told; for faults, which also hit what is wrong. */
function describeCall({ products, regionOfPort }: RpcContext, request: SimulatedRequest) {
  const action = actionOf(request) ?? 'Unknown'
  const version = versionOf(request)
  const here = productsAt(products, request)
  const product =
    here.find((each) => each.version === version && actionIn(each, action) !== undefined) ??
    here.find((each) => actionIn(each, action) !== undefined)
  const region = vendorHost(request)?.region ?? regionOfPort(request.port)
  const details = product?.describe?.(new Map(parametersOf(request)))
  return { service: product?.service ?? 'rpc', api: action, region, ...details }
}

function newRequestId(): string {
  return randomUUID().toUpperCase()
}

function answerText(answer: RpcAnswer): string {
  const fields = Object.entries(answer).flatMap(([name, value]) =>
    value === undefined ? [] : [`${JSON.stringify(name)}:${value instanceof RawJson ? value.text : formatJson(value)}`],
  )
  return `{${fields.join(',')}}`
}

function jsonReply({ serverTimeMs }: SimulatedRequest, status: number, requestId: string, text: string): Reply {
  return {
    status,
    headers: {
      date: new Date(serverTimeMs).toUTCString(),
      'content-type': 'application/json;charset=utf-8',
      'x-acs-request-id': requestId,
    },
    body: Buffer.from(text),
  }
}
