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

/** An event that a receiver delivers now. */
interface EventInHand {
  readonly receiver: string
  readonly answered: PromiseWithResolvers<void>
}

interface SharedEvents extends Omit<DeliveredEvents, 'take'> {
  take(eventId: string, receiver: string): ReturnType<DeliveredEvents['take']>
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
    const inHand = new Map<string, EventInHand>()
    return {
      take(eventId, receiver) {
        const taken = inHand.get(eventId)
        if (taken !== undefined) return taken.receiver === receiver ? 'mine' : 'in_hand'
        if (seen.has(eventId)) return 'delivered'
        const answered = Promise.withResolvers<void>()
        // Most often nobody waits for it.
        answered.promise.catch(() => {})
        inHand.set(eventId, { receiver, answered })
        return 'mine'
      },
      async add(eventIds) {
        const now = Math.floor(clock.now() / 1000)
        await checkpoints.save([seen.add(group, eventIds, now)])
        for (const eventId of eventIds) {
          inHand.get(eventId)?.answered.resolve()
          inHand.delete(eventId)
        }
        if (now - expiredAt < expireEverySeconds) return
        expiredAt = now
        await checkpoints.remove(seen.expire(group, now - rememberSeconds))
      },
      release(eventIds) {
        for (const eventId of eventIds) {
          inHand
            .get(eventId)
            ?.answered.reject(new Error(`The event ${eventId} was given up by the receiver that had it`))
          inHand.delete(eventId)
        }
      },
      async settled(eventIds) {
        await Promise.all(eventIds.map((eventId) => inHand.get(eventId)?.answered.promise))
      },
    }
  }

  return async (receiver) => {
    opening ??= open()
    const shared = await opening
    return { ...shared, take: (eventId) => shared.take(eventId, receiver) }
  }
}
