import { randomUUID } from 'node:crypto'
import { type AccessKey, defaultAccessKey } from '../../simulator/accounts.ts'
import { isoSeconds } from '../../simulator/rpc/call.ts'
import {
  canonicalQuery,
  type Parameters,
  sha256Hex,
  signatureV1,
  signatureV3,
  stringToSignV1,
  stringToSignV3,
} from '../../simulator/rpc/signature.ts'
import type { Simulator } from '../../simulator/simulator.ts'
import { type Answer, jsonOf, send } from './sls-caller.ts'

export interface RpcOptions {
  readonly version?: string
  readonly method?: string
  readonly key?: AccessKey
  /** Default: a bare address, so that the port tells the region. */
  readonly host?: string
  readonly nonce?: string
  /** When the request says it was signed; default: the simulator's time. */
  readonly signedAtMs?: number
  /** Parameters go into a form body instead of the query. */
  readonly asForm?: boolean
  /** Of the region that `regionUrl` gave a port. */
  readonly region?: string
  /** Last look at the headers, after signing. */
  readonly change?: (headers: Record<string, string>) => void
  /** Last look at what goes over the wire, after signing. */
  readonly changeTarget?: (target: string) => string
}

export type Flat = Readonly<Record<string, string | number>>

const pairsOf = (parameters: Flat): Parameters =>
  Object.entries(parameters).map(([name, value]) => [name, String(value)] as const)

/** Calls the simulator as an SDK with the V3 signature would. */
export async function callRpc(
  simulator: Simulator,
  action: string,
  parameters: Flat = {},
  options: RpcOptions = {},
): Promise<Answer> {
  const { version = '2020-07-06', method = 'POST', key = defaultAccessKey, asForm = false } = options
  const port = options.region === undefined ? simulator.port : Number(new URL(simulator.regionUrl(options.region)).port)
  const query = asForm ? [] : pairsOf(parameters)
  const body = Buffer.from(asForm ? canonicalQuery(pairsOf(parameters)) : '')
  const headers: Record<string, string> = {
    host: options.host ?? `127.0.0.1:${port}`,
    'x-acs-action': action,
    'x-acs-version': version,
    'x-acs-date': isoSeconds(options.signedAtMs ?? simulator.clock.now()),
    'x-acs-signature-nonce': options.nonce ?? randomUUID(),
    'x-acs-content-sha256': sha256Hex(body),
    ...(asForm ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
    ...(key.securityToken === undefined
      ? {}
      : { 'x-acs-accesskey-id': key.id, 'x-acs-security-token': key.securityToken }),
  }
  const names = Object.keys(headers).toSorted()
  const signature = signatureV3(key.secret, stringToSignV3({ method, path: '/', query, headers, body }, names))
  headers['authorization'] =
    `ACS3-HMAC-SHA256 Credential=${key.id},SignedHeaders=${names.join(';')},Signature=${signature}`
  options.change?.(headers)
  const target = query.length === 0 ? '/' : `/?${canonicalQuery(query)}`
  return send({ ...simulator, port }, method, options.changeTarget?.(target) ?? target, headers, body)
}

/** Calls the simulator as an SDK with the V1 signature would: everything in the query for GET, in the body for POST. */
export async function callRpcV1(
  simulator: Simulator,
  action: string,
  parameters: Flat = {},
  options: RpcOptions = {},
): Promise<Answer> {
  const { version = '2020-07-06', method = 'GET', key = defaultAccessKey } = options
  const unsigned = pairsOf({
    ...parameters,
    Action: action,
    Version: version,
    Format: 'JSON',
    AccessKeyId: key.id,
    SignatureMethod: 'HMAC-SHA1',
    SignatureVersion: '1.0',
    SignatureNonce: options.nonce ?? randomUUID(),
    Timestamp: isoSeconds(options.signedAtMs ?? simulator.clock.now()),
    ...(key.securityToken === undefined ? {} : { SecurityToken: key.securityToken }),
  })
  const signature = signatureV1(key.secret, stringToSignV1(method, unsigned))
  const text = canonicalQuery([...unsigned, ['Signature', signature]])
  const headers: Record<string, string> = { host: options.host ?? `127.0.0.1:${simulator.port}` }
  options.change?.(headers)
  if (method === 'GET') return send(simulator, method, options.changeTarget?.(`/?${text}`) ?? `/?${text}`, headers)
  headers['content-type'] = 'application/x-www-form-urlencoded'
  return send(simulator, method, '/', headers, Buffer.from(options.changeTarget?.(text) ?? text))
}

/** `400 Throttling.User`, or `200`. */
export function rpcOutcome(answer: Answer): string {
  if (answer.status < 400) return String(answer.status)
  const error = jsonOf(answer)
  return `${answer.status} ${typeof error === 'object' && error !== null && 'Code' in error ? error.Code : 'no Code'}`
}

export interface EventPage {
  readonly ids: readonly string[]
  readonly times: readonly string[]
  readonly token: string | undefined
  readonly body: Readonly<Record<string, unknown>>
}

/** A page of LookupEvents. @throws {Error} when the call is refused */
export async function lookupPage(
  simulator: Simulator,
  parameters: Flat = {},
  options: RpcOptions & { readonly action?: string } = {},
): Promise<EventPage> {
  const answer = await callRpc(simulator, options.action ?? 'LookupEvents', parameters, options)
  if (answer.status !== 200) throw new Error(`LookupEvents answered ${rpcOutcome(answer)}`)
  const body = jsonOf(answer) as Record<string, unknown> & { Events: Record<string, string>[]; NextToken?: string }
  return {
    ids: body.Events.map((event) => event['eventId'] ?? ''),
    times: body.Events.map((event) => event['eventTime'] ?? ''),
    token: body.NextToken,
    body,
  }
}

/** All pages of one query, as a plain loop on the token reads them. */
export async function lookupAll(
  simulator: Simulator,
  parameters: Flat = {},
  options: RpcOptions & { readonly action?: string } = {},
): Promise<EventPage[]> {
  const pages: EventPage[] = []
  let token: string | undefined
  do {
    const page = await lookupPage(
      simulator,
      token === undefined ? parameters : { ...parameters, NextToken: token },
      options,
    )
    pages.push(page)
    token = page.token
    if (pages.length > 1000) throw new Error('The pages do not end')
  } while (token !== undefined)
  return pages
}
