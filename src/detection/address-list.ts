import { BlockList, isIP } from 'node:net'

export const addressForm = 'an IP address or a network such as 203.0.113.0/24'

/** True for an IP address, or a network in CIDR notation. */
export function isAddressOrNetwork(text: string): boolean {
  const [address = '', prefix, ...rest] = text.split('/')
  const family = isIP(address)
  if (family === 0 || rest.length > 0) return false
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= (family === 4 ? 32 : 128))
}

/** @returns whether a text is an address within one of the addresses and networks */
export function addressList(entries: readonly string[]): (text: string) => boolean {
  const list = new BlockList()
  for (const entry of entries) {
    const [address = '', prefix] = entry.split('/')
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
    if (prefix === undefined) list.addAddress(address, family)
    else list.addSubnet(address, Number(prefix), family)
  }
  return (text) => {
    const family = isIP(text)
    return family !== 0 && list.check(text, family === 6 ? 'ipv6' : 'ipv4')
  }
}
