import { ReceiverError } from '../../errors.ts'

/**
 * Scheme, host and port of an endpoint: a host such as `1234567890123456.mns.cn-hangzhou.aliyuncs.com`, which means HTTPS, or
 * a URL. It is used as it is: the number of labels in the host is not fixed (smq.md section 2).
 *
 * @throws {ReceiverError} CONFIG_INVALID
 */
export function smqOrigin(endpoint: string): string {
  const url = parseEndpoint(endpoint)
  if (url !== undefined) return url.origin
  // Somebody may have put a password into the URL.
  const shown = endpoint.replace(/\/\/.*@/, '//***@')
  throw new ReceiverError('CONFIG_INVALID', `endpoint: "${shown}" is no host or http(s) URL without user and path`)
}

/** What the endpoint's name tells of the owner and the place; for names of another form, nothing. */
export function endpointFacts(endpoint: string): {
  readonly accountId: string | undefined
  readonly region: string | undefined
} {
  const match = /^(\d+)\.mns\.([a-z0-9-]+)\.aliyuncs\.com$/.exec(parseEndpoint(endpoint)?.hostname ?? '')
  return { accountId: match?.[1], region: match?.[2]?.replace(/-(?:internal(?:-vpc)?|control)$/, '') }
}

function parseEndpoint(endpoint: string): URL | undefined {
  const url = URL.parse(/^[a-z]+:\/\//i.test(endpoint) ? endpoint : `https://${endpoint}`)
  if (url === null || !/^https?:$/.test(url.protocol) || url.hostname === '') return undefined
  return url.pathname === '/' && url.search === '' && url.username === '' ? url : undefined
}
