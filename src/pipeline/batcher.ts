import type { Clock } from '../clock.ts'
import { freeBytes } from '../free-bytes.ts'
import type { Deliver } from './fan-out.ts'
import { type Answer, concatPayloads, type Payload } from './payload.ts'

export interface BatchOptions {
  /** A batch is sent before it would grow past this; one payload larger than it travels alone. */
  readonly maxBytes: number
  /** A batch is sent at the latest this long after its first payload came. */
  readonly timeoutMs: number
}

/**
 * A payload of this size travels alone: a larger request would save little, and to lay it beside another takes a second copy
 * of both. Beyond 64 MB of buffers the garbage collector begins to run for them.
 */
const aloneFromBytes = 1024 * 1024

interface Waiting {
  readonly payload: Payload
  readonly resolve: (answer: Answer) => void
  readonly reject: (reason: unknown) => void
}

/**
 * Lays payloads end to end and sends them as one; each gets the answer of its batch. Holds no more than its callers
 * have unanswered, so whoever bounds the work in flight bounds this too.
 */
export function batching(options: BatchOptions, send: Deliver, clock: Clock): Deliver {
  let waiting: Waiting[] = []
  let waitingBytes = 0
  let timer: AbortController | undefined

  function flush(): void {
    timer?.abort()
    timer = undefined
    const batch = waiting
    waiting = []
    waitingBytes = 0
    const [first, ...rest] = batch
    if (first === undefined) return
    const joined = concatPayloads([first.payload, ...rest.map((each) => each.payload)])
    send(joined).then(
      (answer) => {
        if (rest.length > 0) freeBytes(joined.bytes)
        for (const each of batch) each.resolve(answer)
      },
      (reason) => {
        for (const each of batch) each.reject(reason)
      },
    )
  }

  function flushLater(): void {
    const mine = new AbortController()
    timer = mine
    clock.sleep(options.timeoutMs, mine.signal).then(flush, () => {})
  }

  return (payload) => {
    if (payload.bytes.length >= aloneFromBytes) return send(payload)
    return new Promise((resolve, reject) => {
      if (waitingBytes > 0 && waitingBytes + payload.bytes.length > options.maxBytes) flush()
      waiting.push({ payload, resolve, reject })
      waitingBytes += payload.bytes.length
      if (waitingBytes >= options.maxBytes) flush()
      else if (timer === undefined) flushLater()
    })
  }
}
