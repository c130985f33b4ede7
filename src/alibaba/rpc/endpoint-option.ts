import { z } from 'zod'
import { type EndpointOption, rpcAddress } from './endpoint.ts'

/** `endpoint:` of a receiver that asks several regions: one address for all, or a map of regions to addresses. */
export const endpointOptionSchema: z.ZodType<EndpointOption> = z.union([z.string(), z.record(z.string(), z.string())], {
  error: 'must be a text, or a map of regions to addresses',
})

/** What is wrong with an endpoint: where below `endpoint`, what, and what may stand there. */
export interface EndpointFault {
  readonly path: readonly string[]
  readonly message: string
  readonly allowed: string
}

/** @param exampleHost a host as the vendor names it, for whoever has to correct the address */
export function endpointFaults(
  endpoint: EndpointOption,
  regions: readonly string[],
  exampleHost: string,
): EndpointFault[] {
  const allowed = `a host such as ${exampleHost}, or an http(s) URL without a path`
  const addressFault = (address: string, path: readonly string[]): EndpointFault[] =>
    rpcAddress(address) === undefined ? [{ path, message: 'is no address', allowed }] : []
  if (typeof endpoint === 'string') return endpoint === '' ? [] : addressFault(endpoint, [])
  return Object.entries(endpoint).flatMap(([region, address]) => [
    ...(regions.includes(region)
      ? []
      : [{ path: [region], message: 'is none of `regions`', allowed: regions.join(', ') }]),
    ...addressFault(address, [region]),
  ])
}
