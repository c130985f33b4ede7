import type { Clock } from '../clock.ts'
import type { DeliveredEvents } from '../pipeline/delivered-events.ts'
import type { CheckpointStore } from '../storage/checkpoints.ts'
import type { Log } from '../telemetry/log.ts'
import { loadSeenSet } from '../windows/seen-set.ts'

/** The name under which the store keeps them, beside the receivers'. */
const scopeName = 'delivered_events'
/** The ways differ by minutes; after this an event that comes again is delivered again. */
const rememberSeconds = 24 * 3600
const maxIds = 500_000
const expireEverySeconds = 60
const group = 'all'

/** Opens the events that the receivers of a service share; they are read from the store when first asked for. */
export function createDeliveredEvents(store: CheckpointStore, clock: Clock, log: Log): () => Promise<DeliveredEvents> {
  let opening: Promise<DeliveredEvents> | undefined

  async function open(): Promise<DeliveredEvents> {
    const checkpoints = store.scope(scopeName)
    const seen = await loadSeenSet(checkpoints, { prefix: '', maxIds }, log)
    let expiredAt = 0
    return {
      has: seen.has,
      async add(eventIds) {
        const now = Math.floor(clock.now() / 1000)
        await checkpoints.save([seen.add(group, eventIds, now)])
        if (now - expiredAt < expireEverySeconds) return
        expiredAt = now
        await checkpoints.remove(seen.expire(group, now - rememberSeconds))
      },
    }
  }

  return () => {
    opening ??= open()
    return opening
  }
}
