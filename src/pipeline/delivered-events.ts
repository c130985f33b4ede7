/**
 * The events that a service has delivered, whichever of its receivers read them: where the same events come by two ways, a
 * receiver that is told to can leave out what another has delivered already.
 */
export interface DeliveredEvents {
  /** True when a backend has answered for the event, in this run or, as far as that is remembered, an earlier one. */
  has(eventId: string): boolean
  /** Remembers what was answered; resolves when it is durable. Awaited before the position behind it is saved. */
  add(eventIds: readonly string[]): Promise<void>
}
