import { actionTrailVersion, globalStorageRegions } from '../../src/alibaba/actiontrail/lookup-events.ts'
import { isRegionId } from '../../src/alibaba/region-id.ts'
import type { RpcClient } from '../../src/alibaba/rpc/client.ts'
import type { JsonObject } from '../../src/lossless-json.ts'
import type { Log } from '../../src/telemetry/log.ts'

/** This is advice, for which nothing is to wait long. */
const askForMs = 30_000

/**
 * Warns when the region is not read that holds the account's global events: without it, sign-ins and the creation of
 * AccessKeys are missed in silence. The API tells which one it is, where the identity may ask; otherwise both must be there.
 */
export async function warnOfGlobalRegion(
  client: Pick<RpcClient, 'call'>,
  regions: readonly string[],
  log: Log,
  signal: AbortSignal,
): Promise<void> {
  const message = 'Events of global services (sign-ins, RAM, AccessKeys) are missed: their region is not in `regions`'
  const call = { action: 'GetGlobalEventsStorageRegion', version: actionTrailVersion, repeatForMs: askForMs }
  const known = await client.call(call, signal).then(
    ({ body }) => regionIn(body),
    () => undefined,
  )
  if (signal.aborted) return
  if (known !== undefined) {
    if (!regions.includes(known)) log.warn(message, { region: known })
    return
  }
  const missing = globalStorageRegions.filter((region) => !regions.includes(region))
  if (missing.length > 0) {
    log.warn(
      'Events of global services (sign-ins, RAM, AccessKeys) may be missed: it is not known where they are kept',
      {
        missing,
        remedy: 'Add the missing regions, or grant actiontrail:GetGlobalEventsStorageRegion',
      },
    )
  }
}

/** The documentation does not show the answer: a text that looks like a region, under a name that ends like one. */
function regionIn(body: JsonObject): string | undefined {
  for (const [name, value] of Object.entries(body)) {
    if (/region(id)?$/i.test(name) && typeof value === 'string' && isRegionId(value)) return value
  }
  return undefined
}
