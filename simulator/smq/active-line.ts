import type { QueuedMessage } from './message.ts'

/** The active messages of one priority, the oldest first. One that went meanwhile is skipped when its turn comes. */
export class ActiveLine {
  #messages: QueuedMessage[] = []
  /** How many in front were taken already; they are cut off now and then, since that costs a copy. */
  #taken = 0

  push(message: QueuedMessage): void {
    this.#messages.push(message)
  }

  take(most: number): QueuedMessage[] {
    const { found, end } = this.#look(most)
    this.#taken = end
    if (this.#taken > 1000 && this.#taken * 2 > this.#messages.length) {
      this.#messages = this.#messages.slice(this.#taken)
      this.#taken = 0
    }
    return found
  }

  peek(most: number): QueuedMessage[] {
    return this.#look(most).found
  }

  #look(most: number): { found: QueuedMessage[]; end: number } {
    const found: QueuedMessage[] = []
    let end = this.#taken
    while (found.length < most && end < this.#messages.length) {
      const message = this.#messages[end++]
      if (message?.state === 'active') found.push(message)
    }
    return { found, end }
  }
}
