import type { SimulatorClock } from '../clock.ts'
import type { Random } from '../random.ts'
import { ActiveLine } from './active-line.ts'
import { DueMessages } from './due-messages.ts'
import { SmqFault } from './errors.ts'
import type { MessageDraft, MessageState, QueuedMessage } from './message.ts'
import { HandleMaker } from './receipt-handle.ts'

/** What a queue's owner sets (smq.md 6.6). */
export interface QueueAttributes {
  readonly visibilityTimeoutS: number
  readonly maximumMessageSize: number
  readonly messageRetentionPeriodS: number
  readonly delayS: number
  readonly pollingWaitS: number
  readonly loggingEnabled: boolean
}

export const defaultAttributes: QueueAttributes = {
  visibilityTimeoutS: 30,
  maximumMessageSize: 65_536,
  messageRetentionPeriodS: 345_600,
  delayS: 0,
  pollingWaitS: 0,
  loggingEnabled: false,
}

/** One handing-out of a message: its fields as they were at that moment. */
export interface Delivery {
  readonly message: QueuedMessage
  readonly handle: string
  readonly nextVisibleAtMs: number
  readonly dequeueCount: number
}

export interface QueueCounts {
  readonly active: number
  readonly inactive: number
  readonly delayed: number
  /** Since the queue was created. */
  readonly sent: number
  /** Messages handed out, repeats included. */
  readonly delivered: number
  /** Messages handed out not for the first time. */
  readonly redelivered: number
  readonly deleted: number
  /** Messages that reached the end of their retention. */
  readonly expired: number
}

export interface QueueContext {
  readonly clock: SimulatorClock
  readonly random: Random
  /** Told of a message that a client deleted. */
  readonly onDeleted: (message: QueuedMessage) => void
}

const SECOND_MS = 1000
const PRIORITIES = 16

/**
 * A queue: delivery at least once, in the order of priority and roughly of arrival. Everything happens by the
 * simulator's clock, at the next call or when a poll that waits is due.
 */
export class Queue {
  readonly name: string
  readonly createdAtMs: number
  readonly #context: QueueContext
  readonly #handles: HandleMaker
  readonly #idPrefix: string
  /** In the order of arrival. */
  readonly #messages = new Map<number, QueuedMessage>()
  readonly #active = Array.from({ length: PRIORITIES }, () => new ActiveLine())
  readonly #hidden = new DueMessages()
  /** Polls that wait, the one that came first in front. */
  readonly #waiting = new Set<() => void>()
  readonly #states = { active: 0, inactive: 0, delayed: 0, gone: 0 }
  readonly #totals = { sent: 0, delivered: 0, redelivered: 0, deleted: 0, expired: 0 }
  #attributes: QueueAttributes
  #modifiedAtMs: number
  #serial = 0
  #removed = false

  constructor(name: string, attributes: QueueAttributes, context: QueueContext) {
    this.name = name
    this.createdAtMs = context.clock.now()
    this.#context = context
    this.#attributes = attributes
    this.#modifiedAtMs = this.createdAtMs
    this.#handles = new HandleMaker(context.random.hex(32))
    this.#idPrefix = context.random.hex(16).toUpperCase()
  }

  get attributes(): QueueAttributes {
    return this.#attributes
  }

  set attributes(attributes: QueueAttributes) {
    this.#attributes = attributes
    this.#modifiedAtMs = this.#now()
  }

  get modifiedAtMs(): number {
    return this.#modifiedAtMs
  }

  /** Polls that hang now. */
  get waitingPolls(): number {
    return this.#waiting.size
  }

  counts(): QueueCounts {
    this.#refresh()
    const { active, inactive, delayed } = this.#states
    return { active, inactive, delayed, ...this.#totals }
  }

  /** All messages, the oldest first. */
  messages(): IterableIterator<QueuedMessage> {
    this.#refresh()
    return this.#messages.values()
  }

  /** The id that the next message will have, so that the ledger can be told before anybody sees the message. */
  nextMessageId(): string {
    const time = this.#now().toString(16).toUpperCase()
    return `${this.#idPrefix}-1-${time}-${(200_000_001 + this.#serial).toString()}`
  }

  /**
   * Adds a message and wakes a poll.
   * @param id from `nextMessageId`, which tells the time, so that asking again would give another
   * @param uids of the records that it stands for
   */
  send(draft: MessageDraft, id: string, uids: readonly string[]): QueuedMessage {
    const nowMs = this.#now()
    const delayMs = (draft.delayS ?? this.#attributes.delayS) * SECOND_MS
    const message: QueuedMessage = {
      id,
      serial: this.#serial++,
      draft,
      priority: draft.priority ?? 8,
      enqueuedAtMs: nowMs,
      uids,
      state: delayMs > 0 ? 'delayed' : 'active',
      visibleAtMs: nowMs + delayMs,
      firstDequeuedAtMs: 0,
      dequeueCount: 0,
      handleSerial: 0,
    }
    this.#messages.set(message.serial, message)
    this.#states[message.state]++
    this.#totals.sent++
    if (message.state === 'delayed') this.#waitFor(message)
    else {
      this.#line(message)?.push(message)
      this.#wakeOne()
    }
    return message
  }

  /** The handle by which a delayed message can be deleted before anybody receives it. */
  handleOf(message: QueuedMessage): string {
    return this.#handles.make(message.serial, message.handleSerial)
  }

  /**
   * Hands out up to `count` active messages, and hides them for the visibility timeout.
   * @param stayVisible they are not hidden, so that they come once more at once: what "at least once" allows
   */
  take(count: number, stayVisible = false): Delivery[] {
    this.#refresh()
    const nowMs = this.#now()
    const messages = this.#firstActive(count, (line, most) => line.take(most))
    return messages.map((message) => {
      message.dequeueCount++
      message.handleSerial++
      if (message.dequeueCount === 1) message.firstDequeuedAtMs = nowMs
      else this.#totals.redelivered++
      this.#totals.delivered++
      const nextVisibleAtMs = nowMs + this.#attributes.visibilityTimeoutS * SECOND_MS
      if (stayVisible) this.#line(message)?.push(message)
      else this.#hide(message, nextVisibleAtMs)
      return { message, handle: this.handleOf(message), nextVisibleAtMs, dequeueCount: message.dequeueCount }
    })
  }

  /** As `take`, waiting up to `waitMs` for a first message. Empty when none came. Rejects when `gone` aborts. */
  async receive(count: number, waitMs: number, gone: AbortSignal, stayVisible = false): Promise<Delivery[]> {
    const untilMs = this.#now() + waitMs
    for (;;) {
      if (gone.aborted) {
        // It may be this poll that was woken for a message which another one can take.
        if (this.#states.active > 0) this.#wakeOne()
        throw gone.reason
      }
      if (this.#removed) throw new SmqFault('QueueNotExist', 'The queue name you provided is not exist.')
      const deliveries = this.take(count, stayVisible)
      const nowMs = this.#now()
      if (deliveries.length > 0 || nowMs >= untilMs) {
        // Woken for one message, and there are more: the next poll shall not sleep over them.
        if (this.#states.active > 0) this.#wakeOne()
        return deliveries
      }
      await this.#somethingNew(Math.min(untilMs, this.#hidden.nextMs() ?? untilMs) - nowMs, gone)
    }
  }

  /** Up to `count` active messages, which stay as they are. */
  peek(count: number): QueuedMessage[] {
    this.#refresh()
    return this.#firstActive(count, (line, most) => line.peek(most))
  }

  /** @throws {SmqFault} ReceiptHandleError, MessageNotExist */
  delete(handle: string): void {
    const message = this.#find(handle)
    this.#remove(message)
    this.#totals.deleted++
    this.#context.onDeleted(message)
  }

  /** @throws {SmqFault} ReceiptHandleError, MessageNotExist */
  changeVisibility(handle: string, timeoutS: number): Delivery {
    const message = this.#find(handle)
    const nextVisibleAtMs = this.#now() + timeoutS * SECOND_MS
    message.handleSerial++
    this.#hide(message, nextVisibleAtMs)
    return { message, handle: this.handleOf(message), nextVisibleAtMs, dequeueCount: message.dequeueCount }
  }

  /** Makes every message that was handed out visible again at once, as if its time were over. Returns how many. */
  release(): number {
    this.#refresh()
    let released = 0
    for (const message of this.#messages.values()) {
      if (message.state !== 'inactive') continue
      this.#activate(message)
      released++
    }
    if (released > 0) this.#wakeOne()
    return released
  }

  /** Ends every poll that waits; the store forgets the queue. */
  close(): void {
    this.#removed = true
    this.#wakeAll()
  }

  /** The message of a handle that is still good. */
  #find(handle: string): QueuedMessage {
    this.#refresh()
    const claim = this.#handles.read(handle)
    if (claim === undefined) throw new SmqFault('ReceiptHandleError', 'The receipt handle you provide is not valid.')
    const message = this.#messages.get(claim.serial)
    if (message === undefined) throw new SmqFault('MessageNotExist', 'Message not exist.')
    if (claim.handleSerial !== message.handleSerial || message.state === 'active') {
      throw new SmqFault('ReceiptHandleError', 'The receipt handle you provide has expired.')
    }
    return message
  }

  #now(): number {
    return this.#context.clock.now()
  }

  #line(message: QueuedMessage): ActiveLine | undefined {
    return this.#active[message.priority - 1]
  }

  #firstActive(count: number, from: (line: ActiveLine, most: number) => QueuedMessage[]): QueuedMessage[] {
    const found: QueuedMessage[] = []
    for (const line of this.#active) found.push(...from(line, count - found.length))
    return found
  }

  #hide(message: QueuedMessage, untilMs: number): void {
    const state = message.state === 'delayed' ? 'delayed' : 'inactive'
    message.visibleAtMs = untilMs
    this.#enter(message, state)
    this.#waitFor(message)
  }

  /** Polls that wait must know of a message that becomes visible sooner than what they wait for. */
  #waitFor(message: QueuedMessage): void {
    const nextMs = this.#hidden.nextMs()
    this.#hidden.add(message)
    if (nextMs === undefined || message.visibleAtMs < nextMs) this.#wakeAll()
  }

  #activate(message: QueuedMessage): void {
    this.#enter(message, 'active')
    this.#line(message)?.push(message)
  }

  #remove(message: QueuedMessage): void {
    this.#enter(message, 'gone')
    this.#messages.delete(message.serial)
  }

  #enter(message: QueuedMessage, state: MessageState): void {
    this.#states[message.state]--
    this.#states[state]++
    message.state = state
  }

  /** What time has done since the last call. */
  #refresh(): void {
    const nowMs = this.#now()
    const retentionMs = this.#attributes.messageRetentionPeriodS * SECOND_MS
    for (const message of this.#messages.values()) {
      if (message.enqueuedAtMs + retentionMs > nowMs) break
      this.#remove(message)
      this.#totals.expired++
    }
    for (const message of this.#hidden.takeDue(nowMs)) this.#activate(message)
  }

  #wakeOne(): void {
    const [wake] = this.#waiting
    wake?.()
  }

  #wakeAll(): void {
    for (const wake of [...this.#waiting]) wake()
  }

  /** Resolves after `ms` or when woken, which takes it off the list of those who wait; rejects when `gone` aborts. */
  async #somethingNew(ms: number, gone: AbortSignal): Promise<void> {
    const woken = new AbortController()
    const wake = () => {
      this.#waiting.delete(wake)
      woken.abort()
    }
    this.#waiting.add(wake)
    try {
      await this.#context.clock.sleep(ms, AbortSignal.any([woken.signal, gone]))
    } catch (error) {
      if (!woken.signal.aborted) throw error
    } finally {
      this.#waiting.delete(wake)
    }
  }
}
