import type { CmsClient, MetricMeta } from '../../src/alibaba/cms/client.ts'
import type { Clock } from '../../src/clock.ts'
import type { Checkpoints } from '../../src/storage/checkpoints.ts'
import type { Log } from '../../src/telemetry/log.ts'

const DAY_MS = 86_400_000
/** The catalogue does where the API does not answer soon. */
const patienceMs = 30_000

export interface MetadataDeps {
  readonly client: Pick<CmsClient, 'listMetricMeta'>
  readonly checkpoints: Checkpoints
  readonly clock: Clock
  readonly log: Log
}

/**
 * What the vendor says of the metrics of these namespaces: from the store for a day, else from the API, else as it was
 * stored before. A namespace of which nothing can be learnt is left out. Never rejects but with the signal's reason.
 */
export async function loadMetadata(
  namespaces: readonly string[],
  { client, checkpoints, clock, log }: MetadataDeps,
  stop: AbortSignal,
): Promise<Map<string, readonly MetricMeta[]>> {
  const found = new Map<string, readonly MetricMeta[]>()
  const patience = new AbortController()
  const ended = new AbortController()
  const timer = clock.sleep(patienceMs, AbortSignal.any([stop, ended.signal])).then(
    () => patience.abort(new Error(`Not all was answered within ${patienceMs / 1000} s`)),
    () => {},
  )
  const unanswered: string[] = []
  let failure: unknown
  for (const namespace of namespaces) {
    const key = `meta/${namespace}`
    const stored = parseStored(await checkpoints.load(key))
    if (stored !== undefined) found.set(namespace, stored.metrics)
    if (stored !== undefined && clock.now() - stored.atMs < DAY_MS) continue
    try {
      const metrics = await client.listMetricMeta(namespace, AbortSignal.any([stop, patience.signal]))
      found.set(namespace, metrics)
      await checkpoints.save([[key, JSON.stringify({ at: clock.now(), metrics })]])
    } catch (error) {
      stop.throwIfAborted()
      unanswered.push(namespace)
      failure ??= error
    }
  }
  ended.abort()
  await timer
  if (unanswered.length > 0) {
    log.warn('Cannot read what CloudMonitor says of its metrics; what is known of them is used', {
      namespaces: unanswered,
      err: failure,
    })
  }
  return found
}

function parseStored(value: string | undefined): { atMs: number; metrics: MetricMeta[] } | undefined {
  if (value === undefined) return undefined
  const { at, metrics } = JSON.parse(value) as { at: number; metrics: MetricMeta[] }
  return { atMs: at, metrics }
}
