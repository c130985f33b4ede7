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

interface SharedEvents extends Pick<DeliveredEvents, 'add'> {
  take(eventId: string, receiver: string): boolean
}

/**
 * Opens the events that the receivers of a service share, for one of them; they are read from the store when first asked
 * for.
 */
export function createDeliveredEvents(
  store: CheckpointStore,
  clock: Clock,
  log: Log,
): (receiver: string) => Promise<DeliveredEvents> {
  let opening: Promise<SharedEvents> | undefined

  async function open(): Promise<SharedEvents> {
    const checkpoints = store.scope(scopeName)
    const seen = await loadSeenSet(checkpoints, { prefix: '', maxIds }, log)
    let expiredAt = 0
    /** Who has which event in hand. */
    const takers = new Map<string, string>()
    return {
      take(eventId, receiver) {
        if (seen.has(eventId)) return false
        const taker = takers.get(eventId) ?? receiver
        takers.set(eventId, taker)
        return taker === receiver
      },
      async add(eventIds) {
        const now = Math.floor(clock.now() / 1000)
        const entry = seen.add(group, eventIds, now)
        for (const eventId of eventIds) takers.delete(eventId)
        await checkpoints.save([entry])
        if (now - expiredAt < expireEverySeconds) return
        expiredAt = now
        await checkpoints.remove(seen.expire(group, now - rememberSeconds))
      },
    }
  }

  return async (receiver) => {
    opening ??= open()
    const shared = await opening
    return { take: (eventId) => shared.take(eventId, receiver), add: shared.add }
  }
}
