/** Where the calls of an API go. */
export interface RpcAddress {
  /** Scheme, host and port. */
  readonly origin: string
  /** The `Host` header, which is signed. */
  readonly host: string
}

/**
 * The address of a host (HTTPS) or of a URL such as `http://127.0.0.1:9000`; `undefined` where the text is neither. RPC
 * calls have no path, so a URL with one is none.
 */
export function rpcAddress(endpoint: string): RpcAddress | undefined {
  const url = URL.parse(/^[a-z]+:\/\//i.test(endpoint) ? endpoint : `https://${endpoint}`)
  if (url === null || !/^https?:$/.test(url.protocol) || url.hostname === '') return undefined
  if (url.pathname !== '/' || url.search !== '' || url.username !== '') return undefined
  return { origin: url.origin, host: url.host }
}

/** What `endpoint:` of a configuration says: nothing (empty), one address for all regions, or an address for each. */
export type EndpointOption = string | Readonly<Record<string, string>>

/** The endpoint of a region: what the option says, else the vendor's own host. */
export function endpointOf(option: EndpointOption, region: string, vendorHost: string): string {
  const text = typeof option === 'string' ? option : (option[region] ?? '')
  return text === '' ? vendorHost : text
}
