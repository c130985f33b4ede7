import { NANOS_PER_MS } from '../../src/nanoseconds.ts'
import { deliverRecords } from '../../src/pipeline/deliver-records.ts'
import { convertMessage } from './convert.ts'
import { slowRetryMs } from './delete.ts'
import type { SmqDeps } from './queue.ts'

/** A peek shows what comes next, and changes nothing; nothing hides what was shown, so it is asked for at this pace. */
const peekIntervalMs = 5_000
/** Ids of messages that were shown; past this all are forgotten. */
const maxShown = 10_000

/** Shows the messages at the head of a queue, without receiving them; each once. With `once`, returns after a look. */
export async function peekQueue(queue: string, deps: SmqDeps, stop: AbortSignal): Promise<void> {
  const { options, client, clock, health, once } = deps
  const shown = new Set<string>()
  try {
    for (;;) {
      let pauseMs = peekIntervalMs
      try {
        const messages = (await client.peek(queue, options.batchSize, stop)).filter(
          ({ messageId }) => !shown.has(messageId),
        )
        if (shown.size > maxShown) shown.clear()
        for (const { messageId } of messages) shown.add(messageId)
        const source = { queue, region: options.region, accountId: options.accountId }
        const observed = BigInt(clock.now()) * NANOS_PER_MS
        const records = messages.flatMap((message) =>
          convertMessage(message, source, options, observed).toRecords(deps.audit),
        )
        const lease = await deps.budget.acquire(0, stop)
        await deliverRecords(records, lease, deps)
        health.progressed(queue, { caughtUp: true })
      } catch (error) {
        if (once || stop.aborted) throw error
        health.failed(queue, error)
        pauseMs = slowRetryMs
      }
      if (once) return
      await clock.sleep(pauseMs, stop)
    }
  } catch (error) {
    if (!stop.aborted) throw error
  }
}
