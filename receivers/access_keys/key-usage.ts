import { z } from 'zod'
import { actionTrailVersion } from '../../src/alibaba/actiontrail/lookup-events.ts'
import type { RpcClient } from '../../src/alibaba/rpc/client.ts'
import { RpcError } from '../../src/alibaba/rpc/errors.ts'
import { type JsonObject, scalarText } from '../../src/lossless-json.ts'
import { parseStored } from '../../src/storage/stored-json.ts'
import type { Log } from '../../src/telemetry/log.ts'
import { followingToken, itemsOf } from './inventory.ts'

/** When something was used last, milliseconds since the epoch, by name. */
const lastUses = z.record(z.string(), z.number()).readonly()
const usageForm = z.object({ products: lastUses, addresses: lastUses }).readonly()

/** What is remembered of the use of one key. */
export type KeyUsage = z.infer<typeof usageForm>

export interface UsageReading {
  readonly usage: KeyUsage
  /** Addresses that were not remembered, of a key of which some were. */
  readonly newAddresses: readonly { readonly address: string; readonly product: string; readonly usedAtMs: number }[]
}

const noUsage: KeyUsage = { products: {}, addresses: {} }

/** How long a call is repeated: what ActionTrail tells is worth less than the pass that waits for it. */
const repeatForMs = 2 * 60 * 1000
/** A key that is used from everywhere has no use for more. Those used last are kept. */
const maxAddresses = 500
const maxPages = 100
const pageSize = '100'

/**
 * With which products and from which addresses a key was used (actiontrail.md 5.1). A product is asked for addresses only
 * when the key was used with it since the last time.
 *
 * @param known what is remembered of the key; `undefined` when it is looked at for the first time, and nothing is news
 */
export async function readUsage(
  keyId: string,
  known: KeyUsage | undefined,
  client: Pick<RpcClient, 'call'>,
  log: Log,
  signal: AbortSignal,
): Promise<UsageReading> {
  const before = known ?? noUsage
  const products: Record<string, number> = {}
  const addresses: Record<string, number> = { ...before.addresses }
  const newAddresses: { address: string; product: string; usedAtMs: number }[] = []
  const listed = await pagesOf('GetAccessKeyLastUsedProducts', { AccessKey: keyId }, 'Products', client, log, signal)
  for (const item of listed) {
    const product = scalarText(item['ServiceName'])
    const usedAtMs = timestampOf(item)
    if (product === undefined || usedAtMs === undefined) continue
    products[product] = Math.max(usedAtMs, products[product] ?? 0)
  }
  for (const [product, usedAtMs] of Object.entries(products)) {
    if (usedAtMs <= (before.products[product] ?? -1)) continue
    const query = { AccessKey: keyId, ServiceName: product, PageSize: pageSize }
    for (const item of await pagesOf('GetAccessKeyLastUsedIps', query, 'Ips', client, log, signal)) {
      const address = scalarText(item['Ip'])
      const addressUsedAtMs = timestampOf(item) ?? usedAtMs
      if (address === undefined) continue
      if (known !== undefined && addresses[address] === undefined) {
        newAddresses.push({ address, product, usedAtMs: addressUsedAtMs })
      }
      addresses[address] = Math.max(addressUsedAtMs, addresses[address] ?? 0)
    }
  }
  return { usage: { products, addresses: latest(addresses) }, newAddresses }
}

function latest(addresses: Readonly<Record<string, number>>): Record<string, number> {
  const entries = Object.entries(addresses).toSorted(([, a], [, b]) => b - a)
  return Object.fromEntries(entries.slice(0, maxAddresses))
}

/** What an unknown or never used key gives is not documented: an error about the key is as good as an empty list. */
async function pagesOf(
  action: string,
  query: Readonly<Record<string, string>>,
  name: string,
  client: Pick<RpcClient, 'call'>,
  log: Log,
  signal: AbortSignal,
): Promise<JsonObject[]> {
  const items: JsonObject[] = []
  let token: string | undefined
  try {
    for (let page = 0; page < maxPages; page++) {
      const { body } = await client.call(
        {
          action,
          version: actionTrailVersion,
          query: { ...query, ...(token === undefined ? {} : { NextToken: token }) },
          repeatForMs,
        },
        signal,
      )
      items.push(...itemsOf(body[name], name.slice(0, -1)))
      token = followingToken(body, 'NextToken', token)
      if (token === undefined) break
    }
  } catch (error) {
    if (!(error instanceof RpcError) || error.kind !== 'refused') throw error
    log.debug('ActionTrail knows no use of a key', { action, err: error })
  }
  return items
}

/** What was remembered of a key, as it was stored; `undefined` for a text that is not as we write it. */
export const parseUsage = (text: string): KeyUsage | undefined => parseStored(usageForm, text)

function timestampOf(item: JsonObject): number | undefined {
  const value = Number(item['UsedTimestamp'] ?? Number.NaN)
  return Number.isFinite(value) && value > 0 ? value : undefined
}
