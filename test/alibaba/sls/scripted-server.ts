import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type SignableRequest, signatureV1, signatureV4 } from '../../../src/alibaba/sls/signature.ts'

/** An answer of the server, or a function that gives one its own way. */
export type Reply =
  | { status?: number; headers?: Record<string, string>; body?: string | Uint8Array }
  | ((request: IncomingMessage, response: ServerResponse) => void)

export interface ReceivedRequest extends SignableRequest {
  /** The request line's target. */
  readonly target: string
  readonly parameters: Record<string, string>
}

export interface ScriptedServer {
  /** `http://127.0.0.1:<port>` */
  readonly endpoint: string
  readonly requests: ReceivedRequest[]
  /** The answers to the next requests, in order. A request without one is an error. */
  reply(...replies: Reply[]): void
  /** Throws when a request came unexpected, was badly signed, or a reply was never fetched. */
  verify(): void
  close(): Promise<void>
}

/**
 * An SLS server on a loopback port that answers what it is told and checks the signature of every request with the rules
 * that the vectors of signature.test.ts prove.
 */
export async function startScriptedServer(secretOf: (accessKeyId: string) => string): Promise<ScriptedServer> {
  const requests: ReceivedRequest[] = []
  const replies: Reply[] = []
  const faults: string[] = []

  const server = createServer(async (incoming, response) => {
    const request = toReceived(incoming, Buffer.concat(await incoming.toArray()))
    requests.push(request)
    if (!isSignedRight(request, secretOf)) faults.push(`badly signed: ${request.target}`)
    const reply = replies.shift()
    if (reply === undefined) {
      faults.push(`unexpected: ${request.target}`)
      response.writeHead(400).end()
    } else if (typeof reply === 'function') {
      reply(incoming, response)
    } else {
      const { status = 200, headers = {}, body = '' } = reply
      const always = { 'x-log-requestid': '5F0A1B2C3D4E5F60718293A4', 'content-length': Buffer.byteLength(body) }
      response.writeHead(status, { ...always, ...headers }).end(body)
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo

  return {
    endpoint: `http://127.0.0.1:${port}`,
    requests,
    reply: (...more) => replies.push(...more),
    verify() {
      if (faults.length > 0) throw new Error(faults.join('; '))
      if (replies.length > 0) throw new Error(`${replies.length} replies were never fetched`)
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function toReceived(incoming: IncomingMessage, body: Uint8Array): ReceivedRequest {
  const url = new URL(incoming.url ?? '', 'http://any')
  const headers = Object.fromEntries(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]))
  return {
    method: incoming.method ?? '',
    target: incoming.url ?? '',
    path: url.pathname,
    query: [...url.searchParams],
    parameters: Object.fromEntries(url.searchParams),
    headers,
    body,
  }
}

function isSignedRight(request: ReceivedRequest, secretOf: (accessKeyId: string) => string): boolean {
  const authorization = request.headers['authorization'] ?? ''
  const v1 = /^LOG ([^:]+):(.+)$/.exec(authorization)
  if (v1 !== null) return signatureV1(secretOf(v1[1] as string), request, 'sha1') === v1[2]
  const v4 = /^SLS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/sls\/aliyun_v4_request,Signature=(\w+)$/.exec(
    authorization,
  )
  if (v4 === null) return false
  const [, accessKeyId, date, region, signature] = v4 as unknown as [string, string, string, string, string]
  return (
    request.headers['x-log-date']?.startsWith(date) === true &&
    signatureV4(secretOf(accessKeyId), request, region) === signature
  )
}
