import type { Clock } from '../clock.ts'
import type { SourceHealth } from '../telemetry/source-health.ts'

const retryMs = 2_000

/**
 * Repeats what saves something until it works: a store that fails holds the position of a source back, not the process.
 * Each failure shows in the status of the source. Rejects only when `abandon` aborts, with its reason.
 */
export async function untilSaved(
  source: string,
  { health, clock }: { readonly health: Pick<SourceHealth, 'failed'>; readonly clock: Pick<Clock, 'sleep'> },
  abandon: AbortSignal,
  save: () => Promise<void>,
): Promise<void> {
  for (;;) {
    try {
      return await save()
    } catch (error) {
      health.failed(source, error)
      await clock.sleep(retryMs, abandon)
    }
  }
}
