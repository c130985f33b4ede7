/**
 * The events that a service has delivered, whichever of its receivers read them: where the same events come by several
 * ways, receivers that are told to leave out what another has delivered, or has in hand. Each receiver has a view of its own.
 */
export interface DeliveredEvents {
  /**
   * True when the event is this receiver's to deliver, and from then on nobody else's. False when a backend has answered
   * for it, in this run or, as far as that is remembered, an earlier one; or when another receiver took it: that one reads
   * it again if it is not answered, since its position stays before the event.
   */
  take(eventId: string): boolean
  /** Remembers what was answered; resolves when it is durable. Awaited before the position behind it is saved. */
  add(eventIds: readonly string[]): Promise<void>
}
