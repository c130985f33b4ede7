import { readFileSync } from 'node:fs'
import { Agent, type Dispatcher, EnvHttpProxyAgent, ProxyAgent } from 'undici'

/** PEM files are read once, at start. */
export interface TlsOptions {
  caFile?: string | undefined
  certFile?: string | undefined
  keyFile?: string | undefined
  serverName?: string | undefined
  insecureSkipVerify?: boolean | undefined
}

export interface DispatcherOptions {
  /** URL of a proxy; `''`: HTTP_PROXY, HTTPS_PROXY and NO_PROXY of the environment decide; `'none'`: no proxy. */
  proxy: string
  tls?: TlsOptions
  /** Sockets per host. */
  connections: number
  connectTimeoutMs: number
}

/** The pool of connections a client sends through. Close it with `close()`. */
export function createDispatcher(options: DispatcherOptions): Dispatcher {
  const tls = tlsConnectOptions(options.tls)
  const pool = {
    connections: options.connections,
    connect: { ...tls, timeout: options.connectTimeoutMs },
    // A socket that the server is about to close must not be handed a request.
    keepAliveTimeout: 30_000,
  }
  if (options.proxy === 'none') return new Agent(pool)
  if (options.proxy !== '') return new ProxyAgent({ ...pool, uri: options.proxy, requestTls: tls })
  const { env } = process
  const fromEnvironment = env['HTTP_PROXY'] ?? env['http_proxy'] ?? env['HTTPS_PROXY'] ?? env['https_proxy']
  return fromEnvironment ? new EnvHttpProxyAgent({ ...pool, requestTls: tls }) : new Agent(pool)
}

function tlsConnectOptions(tls: TlsOptions = {}) {
  return {
    ...(tls.caFile ? { ca: readFileSync(tls.caFile) } : {}),
    ...(tls.certFile ? { cert: readFileSync(tls.certFile) } : {}),
    ...(tls.keyFile ? { key: readFileSync(tls.keyFile) } : {}),
    ...(tls.serverName ? { servername: tls.serverName } : {}),
    ...(tls.insecureSkipVerify ? { rejectUnauthorized: false } : {}),
  }
}
