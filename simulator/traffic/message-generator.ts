import { createRandom, derivedSeed, type Random } from '../random.ts'
import type { SmqStore } from '../smq/store.ts'
import { createMessage, type MessageKind } from './messages.ts'

/** Which kinds of message a queue gets. */
export interface MessagePlan {
  readonly queue: string
  readonly kinds: readonly [MessageKind, ...MessageKind[]]
  /** Part of the total rate; shares need not add up to anything. */
  readonly share: number
}

/** How late messages reach their queue after what they tell of. */
const MAX_DELAY_MS = 3000

interface Source {
  readonly plan: MessagePlan
  readonly random: Random
  /** Messages due and not yet sent; a fraction is carried over. */
  owed: number
}

/** Sends believable messages to the queues of the default account. The same seed and the same calls at the same times send the same messages. */
export class MessageGenerator {
  readonly #store: SmqStore
  readonly #now: () => number
  readonly #sources: readonly Source[]

  constructor(store: SmqStore, plans: readonly MessagePlan[], seed: number, now: () => number) {
    this.#store = store
    this.#now = now
    this.#sources = plans.map((plan) => ({ plan, random: createRandom(derivedSeed(seed, plan.queue)), owed: 0 }))
  }

  /** Sends exactly `messages` to a planned queue now. @throws {RangeError} when no messages are planned for it */
  issue(queue: string, messages: number): void {
    const source = this.#sources.find(({ plan }) => plan.queue === queue)
    if (source === undefined) throw new RangeError(`No messages are planned for the queue ${queue}`)
    this.#issue(source, messages)
  }

  /** Sends what a total rate over all planned queues owes for this time; fractions are owed on. */
  issueFor(elapsedMs: number, messagesPerSecond: number): void {
    const shares = this.#sources.reduce((sum, { plan }) => sum + plan.share, 0)
    for (const source of this.#sources) {
      source.owed += (messagesPerSecond * elapsedMs * source.plan.share) / shares / 1000
      const due = Math.floor(source.owed)
      source.owed -= due
      this.#issue(source, due)
    }
  }

  #issue({ plan, random }: Source, messages: number): void {
    if (messages === 0) return
    const queue = this.#store.queue(plan.queue)
    for (let count = 0; count < messages; count++) {
      const timeMs = this.#now() - random.integer(0, MAX_DELAY_MS)
      this.#store.send(queue, createMessage(random.pick(plan.kinds), random, timeMs), 'traffic')
    }
  }
}
