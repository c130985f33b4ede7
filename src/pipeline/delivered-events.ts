/**
 * The events that a service has delivered, whichever of its receivers read them: where the same events come by several
 * ways, receivers that are told to leave out what another has delivered, or has in hand. Each receiver has a view of its own.
 */
export interface DeliveredEvents {
  /**
   * - `mine`: it is this receiver's to deliver, and from then on nobody else's.
   * - `delivered`: a backend has answered for it, in this run or, as far as that is remembered, an earlier one.
   * - `in_hand`: another receiver took it. Nothing may be saved or deleted that stands for it before `settled`.
   */
  take(eventId: string): 'mine' | 'delivered' | 'in_hand'
  /** Remembers what was answered; resolves when it is durable. Awaited before the position behind it is saved. */
  add(eventIds: readonly string[]): Promise<void>
  /** Gives up events that were taken and not answered: whoever waits for them learns it. */
  release(eventIds: readonly string[]): void
  /** Resolves when all that others had in hand is answered. Rejects when one of them gave its event up. */
  settled(eventIds: readonly string[]): Promise<void>
}
