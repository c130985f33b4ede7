import type { QueuedMessage } from './message.ts'

interface Entry {
  readonly atMs: number
  readonly message: QueuedMessage
}

/** Hidden messages by the time at which they become visible: a binary heap, the soonest in front. */
export class DueMessages {
  /** An entry counts as long as its message is hidden until that very time; others are left over and skipped. */
  readonly #heap: Entry[] = []

  /** Adds a message under its `visibleAtMs`, again after each change of it. */
  add(message: QueuedMessage): void {
    const heap = this.#heap
    const entry: Entry = { atMs: message.visibleAtMs, message }
    let at = heap.length
    heap.push(entry)
    while (at > 0) {
      const parent = (at - 1) >> 1
      const above = heap[parent]
      if (above === undefined || above.atMs <= entry.atMs) break
      heap[at] = above
      at = parent
    }
    heap[at] = entry
  }

  /** When the next message becomes visible; `undefined` when none is hidden. */
  nextMs(): number | undefined {
    this.#dropLeftOvers()
    return this.#heap[0]?.atMs
  }

  /** The messages whose time has come, the soonest first. */
  takeDue(nowMs: number): QueuedMessage[] {
    const due: QueuedMessage[] = []
    for (this.#dropLeftOvers(); ; this.#dropLeftOvers()) {
      const first = this.#heap[0]
      if (first === undefined || first.atMs > nowMs) return due
      this.#dropFirst()
      due.push(first.message)
    }
  }

  #dropLeftOvers(): void {
    for (let first = this.#heap[0]; first !== undefined && !counts(first); first = this.#heap[0]) this.#dropFirst()
  }

  #dropFirst(): void {
    const heap = this.#heap
    const last = heap.pop()
    if (last === undefined || heap.length === 0) return
    let at = 0
    for (;;) {
      const left = 2 * at + 1
      const child = (heap[left + 1]?.atMs ?? Number.POSITIVE_INFINITY) < (heap[left]?.atMs ?? 0) ? left + 1 : left
      const below = heap[child]
      if (below === undefined || below.atMs >= last.atMs) break
      heap[at] = below
      at = child
    }
    heap[at] = last
  }
}

function counts({ atMs, message }: Entry): boolean {
  return (message.state === 'inactive' || message.state === 'delayed') && message.visibleAtMs === atMs
}
