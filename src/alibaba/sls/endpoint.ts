import { isIP } from 'node:net'
import { ReceiverError } from '../../errors.ts'

/** Where the requests of a project go. */
export interface SlsAddress {
  /** Scheme, host and port to connect to. */
  readonly origin: string
  /** The `Host` header: always names the project, also where the connection goes to the endpoint itself. */
  readonly host: string
}

/**
 * The address of a project (sls-protocol 1.1). An endpoint without a scheme means HTTPS. Behind an IP address or a name
 * without a dot (`localhost`, a container) there is no name for each project to resolve, so the connection goes to the
 * endpoint as it is.
 *
 * @throws {ReceiverError} CONFIG_INVALID
 */
export function slsAddress(endpoint: string, project: string): SlsAddress {
  const url = parseEndpoint(endpoint)
  if (url === undefined) {
    // Somebody may have put a password into the URL.
    const shown = endpoint.replace(/\/\/.*@/, '//***@')
    throw new ReceiverError('CONFIG_INVALID', `endpoint: "${shown}" is no host or http(s) URL without user and path`)
  }
  const host = `${project}.${url.host}`
  const bareName = url.hostname.replace(/^\[(.*)\]$/, '$1')
  const connectsDirectly = isIP(bareName) !== 0 || !bareName.includes('.')
  return { origin: `${url.protocol}//${connectsDirectly ? url.host : host}`, host }
}

/**
 * The region an endpoint belongs to, by its name: the label before `.log.aliyuncs.com`, without the marks of the internal
 * networks. `undefined` where the name does not tell (global acceleration, IP addresses, names of one's own).
 */
export function regionOfEndpoint(endpoint: string): string | undefined {
  const hostname = parseEndpoint(endpoint)?.hostname ?? ''
  const label = /(?:^|\.)([a-z0-9-]+)\.(?:log|sls)\.aliyuncs\.com$/.exec(hostname)?.[1]
  return label?.replace(/-(?:intranet|share|vpc)$/, '')
}

function parseEndpoint(endpoint: string): URL | undefined {
  const url = URL.parse(/^[a-z]+:\/\//i.test(endpoint) ? endpoint : `https://${endpoint}`)
  if (url === null || !/^https?:$/.test(url.protocol) || url.hostname === '') return undefined
  return url.pathname === '/' && url.search === '' && url.username === '' ? url : undefined
}
