import { request as httpRequest } from 'node:http'
import { type AccessKey, defaultAccessKey } from '../../simulator/accounts.ts'
import type { Simulator } from '../../simulator/simulator.ts'
import { decodeLogGroupList, encodeLogGroup, type SlsLogGroup } from '../../src/alibaba/sls/log-group.ts'
import { decompressLz4Block } from '../../src/alibaba/sls/lz4.ts'
import { requestTarget, type SignatureVersion, signedHeaders } from '../../src/alibaba/sls/request.ts'

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

export interface CallOptions {
  readonly method?: string
  readonly query?: Readonly<Record<string, string | number>>
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Uint8Array
  readonly key?: AccessKey
  readonly signature?: SignatureVersion
  /** Default: the project of the caller, in front of the simulator's address. */
  readonly host?: string
  /** When the request says it was signed; default: the simulator's time. */
  readonly signedAtMs?: number
  /** Last look at the headers, after signing. */
  readonly change?: (headers: Record<string, string>) => void
}

/** Calls the simulator as any SDK would, one signed request at a time, and hides nothing of the answer. */
export async function callSls(simulator: Simulator, path: string, options: CallOptions = {}): Promise<Answer> {
  const { method = 'GET', key = defaultAccessKey, body = new Uint8Array(0) } = options
  const query = Object.entries(options.query ?? {}).map(([name, value]) => [name, String(value)] as const)
  const host = options.host ?? `web-prod.127.0.0.1:${simulator.port}`
  const credentials = {
    accessKeyId: key.id,
    accessKeySecret: key.secret,
    ...(key.securityToken === undefined ? {} : { securityToken: key.securityToken }),
  }
  const headers = signedHeaders(
    { method, path, query, headers: { host, ...options.headers }, body },
    credentials,
    options.signature ?? { version: 'v4', region: 'cn-hangzhou' },
    options.signedAtMs ?? simulator.clock.now(),
  )
  options.change?.(headers)
  return send(simulator, method, requestTarget(path, query), headers, body)
}

/** One request, headers exactly as given. */
export function send(
  simulator: Simulator,
  method: string,
  target: string,
  headers: Readonly<Record<string, string>>,
  body: Uint8Array = new Uint8Array(0),
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({
      host: '127.0.0.1',
      port: simulator.port,
      method,
      path: target,
      headers:
        body.length > 0 && headers['transfer-encoding'] === undefined
          ? { 'content-length': body.length, ...headers }
          : headers,
      setHost: false,
    })
    request.on('error', reject)
    request.on('response', (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () => {
        const fields = Object.entries(response.headers).map(([name, value]) => [name, String(value)])
        resolve({ status: response.statusCode ?? 0, headers: Object.fromEntries(fields), body: Buffer.concat(chunks) })
      })
    })
    request.end(body)
  })
}

export function jsonOf(answer: Answer): unknown {
  return JSON.parse(answer.body.toString('utf8'))
}

/** `404 LogStoreNotExist`, or `200`. */
export function outcomeOf(answer: Answer): string {
  if (answer.status < 400) return String(answer.status)
  const error = jsonOf(answer)
  const code = typeof error === 'object' && error !== null && 'errorCode' in error ? error.errorCode : 'no errorCode'
  return `${answer.status} ${code}`
}

export async function cursorAt(
  simulator: Simulator,
  logstore: string,
  shard: number,
  from: string | number,
): Promise<string> {
  const answer = await callSls(simulator, `/logstores/${logstore}/shards/${shard}`, { query: { type: 'cursor', from } })
  const body = jsonOf(answer)
  if (typeof body === 'object' && body !== null && 'cursor' in body) return String(body.cursor)
  throw new Error(`GetCursor answered ${outcomeOf(answer)}`)
}

export function pull(
  simulator: Simulator,
  logstore: string,
  shard: number,
  cursor: string,
  query: Readonly<Record<string, string | number>> = {},
  headers: Readonly<Record<string, string>> = { 'accept-encoding': 'lz4' },
): Promise<Answer> {
  return callSls(simulator, `/logstores/${logstore}/shards/${shard}`, {
    query: { type: 'log', cursor, count: 1000, ...query },
    headers: { accept: 'application/x-protobuf', ...headers },
  })
}

/** The groups of a page that was asked for in LZ4. */
export function groupsOf(answer: Answer): SlsLogGroup[] {
  const rawSize = Number(answer.headers['x-log-bodyrawsize'])
  return rawSize === 0 ? [] : decodeLogGroupList(decompressLz4Block(answer.body, rawSize))
}

/** Writes one group without compression. */
export function put(
  simulator: Simulator,
  logstore: string,
  group: SlsLogGroup | Uint8Array,
  options: CallOptions & { readonly path?: string } = {},
): Promise<Answer> {
  const body = group instanceof Uint8Array ? group : encodeLogGroup(group)
  return callSls(simulator, options.path ?? `/logstores/${logstore}/shards/lb`, {
    method: 'POST',
    body,
    ...options,
    headers: { 'content-type': 'application/x-protobuf', ...options.headers },
  })
}

/** A group of logs `message: <text>`, one for each text, at the simulator's time. */
export function groupOf(simulator: Simulator, ...texts: string[]): SlsLogGroup {
  return {
    topic: 'test',
    source: '192.0.2.1',
    tags: [],
    logs: texts.map((text) => ({ time: Math.floor(simulator.clock.now() / 1000), contents: [['message', text]] })),
  }
}
