import { defaultAccountId } from '../accounts.ts'
import type { SimulatorClock } from '../clock.ts'
import type { IssuedBatch, Ledger } from '../ledger.ts'
import { createRandom, derivedSeed } from '../random.ts'
import { SmqFault } from './errors.ts'
import type { MessageDraft, QueuedMessage } from './message.ts'
import { defaultAttributes, Queue, type QueueAttributes } from './queue.ts'
import { recordUids } from './record-uids.ts'

/** Where requests go whose `Host` names no region: to an address rather than to the vendor's host name. */
export const defaultRegion = 'cn-hangzhou'

/** A queue that exists from the start. */
export interface QueueSpec {
  readonly name: string
  readonly attributes?: Partial<QueueAttributes>
  /** Default `defaultAccountId` and `defaultRegion`. */
  readonly accountId?: string
  readonly region?: string
}

/** The queues of one account in one region: names are unique there. */
export interface QueuePlace {
  readonly accountId: string
  readonly region: string
}

export interface StoreOptions {
  readonly clock: SimulatorClock
  readonly ledger: Ledger
  readonly seed: number
}

/** A message that a client deleted. */
export interface DeletedMessage {
  readonly queue: string
  readonly messageId: string
  /** `log.record.uid` of each record that the message stands for. */
  readonly uids: readonly string[]
  readonly atMs: number
}

const MAX_QUEUES = 1000

/** All queues. What is sent to one of them goes through here, so that the ledger knows it. */
export class SmqStore {
  readonly #options: StoreOptions
  readonly #places = new Map<string, Map<string, Queue>>()
  readonly #listeners = new Set<(message: DeletedMessage) => void>()
  #created = 0

  constructor(options: StoreOptions) {
    this.#options = options
  }

  /** Calls `listener` with every message that a client deletes from now on. Returns a function that ends it. */
  onDeleted(listener: (message: DeletedMessage) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  add({ name, attributes, accountId = defaultAccountId, region = defaultRegion }: QueueSpec): Queue {
    return this.create({ accountId, region }, name, { ...defaultAttributes, ...attributes })
  }

  /** The queues of a place, sorted by name. */
  queues(place: QueuePlace = { accountId: defaultAccountId, region: defaultRegion }): Queue[] {
    return [...(this.#places.get(keyOf(place))?.values() ?? [])].toSorted((a, b) => (a.name < b.name ? -1 : 1))
  }

  /** @throws {SmqFault} QueueNotExist */
  queue(name: string, place: QueuePlace = { accountId: defaultAccountId, region: defaultRegion }): Queue {
    const queue = this.#places.get(keyOf(place))?.get(name)
    if (queue === undefined) throw new SmqFault('QueueNotExist', `The queue name you provided is not exist: ${name}`)
    return queue
  }

  find(name: string, place: QueuePlace): Queue | undefined {
    return this.#places.get(keyOf(place))?.get(name)
  }

  /** @throws {SmqFault} InvalidArgument when the account has as many as it may have */
  create(place: QueuePlace, name: string, attributes: QueueAttributes): Queue {
    const queues = this.#places.get(keyOf(place)) ?? new Map<string, Queue>()
    this.#places.set(keyOf(place), queues)
    if (queues.size >= MAX_QUEUES) throw new SmqFault('InvalidArgument', `The account has ${MAX_QUEUES} queues`)
    const { clock, seed } = this.#options
    const queue = new Queue(name, attributes, {
      clock,
      random: createRandom(derivedSeed(seed, `${keyOf(place)}/${name}/${this.#created++}`)),
      onDeleted: (message) => this.#tellDeleted(queue, message),
    })
    queues.set(name, queue)
    return queue
  }

  remove(place: QueuePlace, name: string): void {
    this.#places.get(keyOf(place))?.get(name)?.close()
    this.#places.get(keyOf(place))?.delete(name)
  }

  /** Enters a message into the ledger and into its queue. */
  send(queue: Queue, draft: MessageDraft, origin: IssuedBatch['origin']): QueuedMessage {
    const messageId = queue.nextMessageId()
    const ids = recordUids(draft.body, messageId)
    const batch: IssuedBatch = {
      service: 'smq',
      source: queue.name,
      position: messageId,
      items: ids.length,
      ids,
      issuedAtMs: this.#options.clock.now(),
      origin,
    }
    this.#options.ledger.record(batch)
    return queue.send(draft, messageId, ids)
  }

  #tellDeleted(queue: Queue, message: QueuedMessage): void {
    const deleted = { queue: queue.name, messageId: message.id, uids: message.uids, atMs: this.#options.clock.now() }
    for (const listener of this.#listeners) listener(deleted)
  }
}

function keyOf({ accountId, region }: QueuePlace): string {
  return `${accountId}/${region}`
}
