import { createHash, createHmac } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** An answer of the server, or a function that gives one its own way. */
export type Reply =
  | { status?: number; headers?: Record<string, string>; body?: unknown }
  | ((request: IncomingMessage, response: ServerResponse) => void)

export interface ReceivedCall {
  readonly action: string
  readonly version: string
  /** Of the query string, decoded. */
  readonly parameters: Record<string, string>
  readonly headers: Record<string, string>
  readonly body: string
}

export interface ScriptedRpcServer {
  /** `http://127.0.0.1:<port>` */
  readonly endpoint: string
  readonly calls: ReceivedCall[]
  /** The answers to the next calls, in order. A call without one is an error. */
  reply(...replies: Reply[]): void
  /** Answers each call that has no reply of its own. */
  answer(how: (call: ReceivedCall) => Reply | undefined): void
  /** Throws when a call came unexpected, was badly signed, or a reply was never fetched. */
  verify(): void
  close(): Promise<void>
}

/**
 * A server of RPC-style APIs on a loopback port that answers what it is told. It checks every signature by the text of
 * actiontrail.md 1.4, with no code of the client: over what it received, by the header list that the client declared.
 */
export async function startScriptedRpcServer(
  secretOf: (accessKeyId: string) => string = () => 'testAccessKeySecret',
): Promise<ScriptedRpcServer> {
  const calls: ReceivedCall[] = []
  const replies: Reply[] = []
  const faults: string[] = []
  const nonces = new Set<string>()
  let otherwise: (call: ReceivedCall) => Reply | undefined = () => undefined

  const server = createServer(async (incoming, response) => {
    const body = Buffer.concat(await incoming.toArray()).toString('utf8')
    const url = new URL(incoming.url ?? '', 'http://any')
    const headers = Object.fromEntries(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]))
    const call: ReceivedCall = {
      action: headers['x-acs-action'] ?? '',
      version: headers['x-acs-version'] ?? '',
      parameters: Object.fromEntries(url.searchParams),
      headers,
      body,
    }
    calls.push(call)
    const fault = faultOf(incoming, call, url, secretOf)
    if (fault !== undefined) faults.push(`${fault}: ${incoming.url}`)
    const nonce = headers['x-acs-signature-nonce'] ?? ''
    if (nonces.has(nonce)) faults.push(`nonce used before: ${incoming.url}`)
    nonces.add(nonce)
    const reply = replies.shift() ?? otherwise(call)
    if (reply === undefined) {
      faults.push(`unexpected: ${call.action} ${incoming.url}`)
      response.writeHead(400).end()
    } else if (typeof reply === 'function') {
      reply(incoming, response)
    } else {
      const { status = 200, headers: more = {}, body: content = {} } = reply
      const text = typeof content === 'string' ? content : JSON.stringify(content)
      const always = { 'content-type': 'application/json;charset=utf-8', 'content-length': Buffer.byteLength(text) }
      response.sendDate = false
      response.writeHead(status, { ...always, ...more }).end(text)
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo

  return {
    endpoint: `http://127.0.0.1:${port}`,
    calls,
    reply: (...more) => replies.push(...more),
    answer: (how) => {
      otherwise = how
    },
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

const strictly = (text: string) =>
  [...Buffer.from(text)]
    .map((byte) => {
      const character = String.fromCharCode(byte)
      return /[A-Za-z0-9\-_.~]/.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`
    })
    .join('')

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

function faultOf(
  incoming: IncomingMessage,
  { headers, body }: ReceivedCall,
  url: URL,
  secretOf: (accessKeyId: string) => string,
): string | undefined {
  const authorization = headers['authorization'] ?? ''
  const match = /^ACS3-HMAC-SHA256 Credential=([^,]+),SignedHeaders=([^,]+),Signature=([0-9a-f]{64})$/.exec(
    authorization,
  )
  if (match === null) return `no signature in "${authorization}"`
  const [, accessKeyId = '', names = '', signature] = match
  const listed = names.split(';')
  for (const name of Object.keys(headers)) {
    const needsSigning = name === 'host' || name === 'content-type' || name.startsWith('x-acs-')
    if (needsSigning && !listed.includes(name)) return `unsigned header ${name}`
  }
  if (headers['x-acs-content-sha256'] !== sha256(body)) return 'wrong hash of the body'
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(headers['x-acs-date'] ?? '')) return 'wrong date'
  const query = [...url.searchParams]
    .map(([name, value]) => `${strictly(name)}=${strictly(value)}`)
    .sort()
    .join('&')
  const canonical = [
    incoming.method,
    url.pathname,
    query,
    ...listed.map((name) => `${name}:${headers[name]}`),
    '',
    names,
    sha256(body),
  ].join('\n')
  const wanted = createHmac('sha256', secretOf(accessKeyId))
    .update(`ACS3-HMAC-SHA256\n${sha256(canonical)}`)
    .digest('hex')
  return wanted === signature ? undefined : 'wrong signature'
}
