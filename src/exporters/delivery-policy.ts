import { type Backoff, createBackoff } from '../backoff.ts'
import { describeError, type ErrorCode, ReceiverError } from '../errors.ts'
import { splitPayload } from '../otlp/split.ts'
import type { ExporterContext } from '../pipeline/component.ts'
import type { Answer, Payload, Signal } from '../pipeline/payload.ts'
import { oldestUnansweredDetail } from '../telemetry/status.ts'
import { createDeadLetter, type Rejection } from './dead-letter.ts'
import { createExporterMetrics } from './exporter-metrics.ts'

/**
 * What a backend answered to one request, or that it did not.
 *
 * - `accepted`: taken, but for `refused` items of a partial success; `message` is the backend's remark, if any.
 * - `retry`: nothing is wrong with the request; it may pass in a moment. With a `rejection`: if the same answer comes again
 *   and again, the content may be to blame after all.
 * - `misconfigured`: no request of ours would pass: the address or the credentials are wrong, not the records.
 * - `too_large`: too many bytes in one request.
 * - `malformed`: the backend blames the content. Some record in it is bad, or it was too large, or the backend is wrong.
 */
export type Outcome =
  | { readonly status: 'accepted'; readonly refused: number; readonly message: string }
  | {
      readonly status: 'retry'
      readonly message: string
      readonly retryAfterMs?: number | undefined
      readonly rejection?: Rejection
    }
  | {
      readonly status: 'misconfigured'
      readonly code: ErrorCode
      readonly message: string
      readonly retryAfterMs?: number | undefined
    }
  | { readonly status: 'too_large'; readonly rejection: Rejection }
  | { readonly status: 'malformed'; readonly rejection: Rejection }

/** One way to a backend. A failed request is an outcome, not an exception. */
export interface Transport {
  /**
   * Makes one attempt. Rejects with the signal's reason when it aborts, and never otherwise. Once it settles, nothing reads
   * the payload any more.
   */
  send(payload: Payload, signal: AbortSignal): Promise<Outcome>
  close(): Promise<void>
}

export interface DeliveryOptions {
  /** Requests under way at the same time. */
  readonly maxConcurrent: number
  /** Wait before the first repetition of a request, at the most; doubles up to `maxIntervalMs`. */
  readonly retry: { readonly initialIntervalMs: number; readonly maxIntervalMs: number }
  /** What happens to a record that the backend refuses for ever: kept in the dead-letter folder, dropped, or the process stops. */
  readonly onRejected: 'park' | 'drop' | 'stop'
  readonly deadLetterDirectory: string
}

export interface Delivery {
  /** Sends until there is an answer; see `Exporter.export`. */
  deliver(payload: Payload, signal: AbortSignal): Promise<Answer>
  close(): Promise<void>
}

/** Waits while no request can pass: long enough not to be a nuisance, short enough to notice a repaired address. */
const slowWaits = { initialMs: 1_000, maxMs: 30_000 }
/** A backend that says "at once" is still given a moment; one that says "next year" is asked again sooner. */
const MIN_RETRY_AFTER_MS = 100
const MAX_RETRY_AFTER_MS = 3_600_000
/**
 * How often a record must be refused by itself when nothing else was accepted in between, though part of its payload
 * was earlier. With the waits above that is some 15 seconds: an outage that began just then should be over, or show.
 */
const REFUSALS_WITHOUT_CONTROL = 5

/** How often in a row a request must fail with a server error that may be about its content, before it is taken for that. */
const SERVER_ERRORS_UNTIL_SUSPECT = 5

/**
 * A part of a payload that is not answered yet.
 * - `refusedAt`: how many requests had begun when what it is a part of was refused (when it was first refused, if whole).
 * - `refusals`: how often it was refused alone.
 */
interface Piece {
  readonly payload: Payload
  readonly refusedAt: number | undefined
  readonly refusals: number
}

/**
 * The rules by which every exporter that speaks to a backend treats its answers: repeats without a limit of
 * time, splits what is too large or refused until the offending record stands alone, and gives up only on that record.
 *
 * A refusal of content (HTTP 400) blames a record only if the backend accepts others at that time: something that was sent after
 * the refusal must have been accepted, and the record must then be refused again by itself. While *everything* is
 * refused the backend is at fault, and nothing is given up.
 */
export function createDelivery(transport: Transport, options: DeliveryOptions, context: ExporterContext): Delivery {
  const { clock, status, log } = context
  const metrics = createExporterMetrics(context)
  const deadLetter = createDeadLetter(options.deadLetterDirectory, context.id, clock)
  const slots = createSlots(options.maxConcurrent)
  const sleepers = new Set<AbortController>()
  const unansweredSinceMs = new Map<symbol, number>()

  let requestsBegun = 0
  /**
   * Which request, counted by its beginning, was the latest to be accepted. Each signal has an address of its own, and
   * that one works says nothing about the other.
   */
  const lastAccepted: Record<Signal, number> = { logs: 0, metrics: 0 }
  let requestsInFlight = 0
  let failuresInARow = 0
  let lastError = ''
  let lastRefusal = ''
  let lastRemark = ''
  let lastRejection = ''

  status.details(() => ({
    requests_in_flight: requestsInFlight,
    unanswered_payloads: unansweredSinceMs.size,
    [oldestUnansweredDetail]: oldestUnansweredSeconds(),
    consecutive_failures: failuresInARow,
    last_error: lastError,
  }))

  return {
    async deliver(payload, signal) {
      const id = Symbol('delivery')
      unansweredSinceMs.set(id, clock.now())
      try {
        return await deliver(payload, signal)
      } finally {
        unansweredSinceMs.delete(id)
      }
    },
    async close() {
      await transport.close()
      await deadLetter.close()
    },
  }

  function oldestUnansweredSeconds(): number {
    const [oldestMs] = unansweredSinceMs.values()
    return oldestMs === undefined ? 0 : Math.max(0, clock.now() - oldestMs) / 1000
  }

  async function deliver(payload: Payload, signal: AbortSignal): Promise<Answer> {
    const answer = { refused: 0, rejected: 0 }
    const slowBackoff = createSlowBackoff()
    let pieces: Piece[] = [{ payload, refusedAt: undefined, refusals: 0 }]
    let someAccepted = false
    for (;;) {
      const left = await attemptAll()
      if (left.length === 0) return answer
      if (!left.some(acceptedOthersSince)) {
        noteFailure('EXPORT_REFUSED', lastRefusal)
        await sleepUnlessAccepted(slowBackoff.nextMs(), signal)
      }
      // If nothing at all passed, `left` is the whole payload in parts: it is tried as a whole again, not part by part.
      const inParts = someAccepted || payload.items === 1 || left.some(acceptedOthersSince)
      pieces = inParts ? left : [{ payload, refusedAt: left[0]?.refusedAt, refusals: 0 }]
    }

    /** One round over what is left: the pieces that something speaks for, or else all of them. Returns what is left then. */
    async function attemptAll(): Promise<Piece[]> {
      const left: Piece[] = []
      const onlyProven = pieces.some(acceptedOthersSince)
      let mayDescend = true
      for (const piece of pieces) {
        if (onlyProven && !acceptedOthersSince(piece)) {
          left.push(piece)
          continue
        }
        left.push(...(await attempt(piece, mayDescend)))
        if (piece.payload.items > 1) mayDescend = false
      }
      return left
    }

    /** Sends a piece and, as far as that makes sense now, its parts. Returns what is still unanswered, in order. */
    async function attempt(piece: Piece, mayDescend: boolean): Promise<Piece[]> {
      const provenBefore = acceptedOthersSince(piece)
      // A part of something suspect is opened at the first server error; a whole payload and a lone record are not.
      const isPart = piece.refusedAt !== undefined && piece.payload.items > 1
      const outcome = await sendUntilAnswered(piece.payload, isPart ? 1 : SERVER_ERRORS_UNTIL_SUSPECT, signal)
      if (outcome.status === 'accepted') {
        someAccepted = true
        answer.refused += outcome.refused
        return []
      }
      if (outcome.status === 'too_large') return attemptHalves(piece.payload, outcome.rejection)
      lastRefusal = outcome.rejection.message
      const refusals = piece.refusals + 1
      const blamed = provenBefore || (someAccepted && refusals >= REFUSALS_WITHOUT_CONTROL)
      const mayGoOn =
        piece.payload.items > 1 ? mayDescend || blamed || acceptedOthersSince(piece) : blamed && refusals > 1
      if (mayGoOn) return attemptHalves(piece.payload, outcome.rejection)
      return [{ payload: piece.payload, refusedAt: piece.refusedAt ?? requestsBegun, refusals }]
    }

    /**
     * Sends the halves of a refused payload; one record cannot be halved and is given up. One half is followed down to a
     * single record, the other is opened only if something shows that the backend accepts at all. Chance says which, so
     * that in time every record is tried by itself.
     */
    async function attemptHalves(refused: Payload, rejection: Rejection): Promise<Piece[]> {
      const halves = splitPayload(refused)
      if (halves === undefined) {
        await giveUp(refused, rejection, signal)
        answer.rejected += refused.items
        return []
      }
      const refusedAt = requestsBegun
      const [first, second] = halves.map((half): Piece => ({ payload: half, refusedAt, refusals: 0 })) as [Piece, Piece]
      if (clock.random() < 0.5) return [...(await attempt(first, true)), ...(await attempt(second, false))]
      const secondLeft = await attempt(second, true)
      return [...(await attempt(first, false)), ...secondLeft]
    }
  }

  /** Whether something was accepted that was sent after this piece had been refused. */
  function acceptedOthersSince({ payload, refusedAt }: Piece): boolean {
    return refusedAt !== undefined && lastAccepted[payload.signal] > refusedAt
  }

  /** Repeats a request until the backend says something about its content, if need be by `patience` server errors in a row. */
  async function sendUntilAnswered(payload: Payload, patience: number, signal: AbortSignal): Promise<ContentOutcome> {
    const { initialIntervalMs: initialMs, maxIntervalMs: maxMs } = options.retry
    const backoff = createBackoff({ initialMs, maxMs }, clock.random)
    const slowBackoff = createSlowBackoff()
    for (let suspicions = 0; ; ) {
      const outcome = await sendOnce(payload, signal)
      if (outcome.status === 'retry') {
        noteFailure('EXPORT_UNREACHABLE', outcome.message)
        suspicions = outcome.rejection === undefined ? 0 : suspicions + 1
        if (outcome.rejection !== undefined && suspicions >= patience) {
          return { status: 'malformed', rejection: outcome.rejection }
        }
        const retryAfterMs = boundRetryAfter(outcome.retryAfterMs)
        if (retryAfterMs === undefined) await sleepUnlessAccepted(backoff.nextMs(), signal)
        else await clock.sleep(retryAfterMs, signal)
      } else if (outcome.status === 'misconfigured') {
        noteFailure(outcome.code, outcome.message)
        const retryAfterMs = boundRetryAfter(outcome.retryAfterMs)
        if (retryAfterMs === undefined) await sleepUnlessAccepted(slowBackoff.nextMs(), signal)
        else await clock.sleep(retryAfterMs, signal)
      } else return outcome
    }
  }

  async function sendOnce(payload: Payload, signal: AbortSignal): Promise<Outcome> {
    const release = await slots.take(signal)
    const number = ++requestsBegun
    requestsInFlight++
    try {
      const outcome = await transport.send(payload, signal)
      metrics.request(outcome.status)
      if (outcome.status === 'accepted') noteAccepted(number, payload, outcome.refused, outcome.message)
      return outcome
    } finally {
      requestsInFlight--
      release()
    }
  }

  function noteAccepted(number: number, payload: Payload, refused: number, remark: string): void {
    lastAccepted[payload.signal] = Math.max(lastAccepted[payload.signal], number)
    metrics.sent(payload.signal, payload.items - refused)
    if (refused > 0) metrics.failed(payload.signal, refused)
    noteHealthy()
    if (remark !== lastRemark) {
      lastRemark = remark
      if (refused > 0) log.warn('The backend dropped part of a request', { refused, reason: remark })
      else if (remark !== '') log.warn('The backend accepted a request with a remark', { remark })
    }
    for (const sleeper of sleepers) sleeper.abort()
  }

  function noteHealthy(): void {
    failuresInARow = 0
    status.set('ok')
  }

  function noteFailure(code: ErrorCode, message: string): void {
    failuresInARow++
    lastError = `${code}: ${message}`
    status.set('recoverable_error', lastError)
  }

  /** Sleeps, but not on after another request was accepted: what kept this one back may be over. */
  async function sleepUnlessAccepted(ms: number, signal: AbortSignal): Promise<void> {
    const sleeper = new AbortController()
    sleepers.add(sleeper)
    try {
      await clock.sleep(ms, AbortSignal.any([signal, sleeper.signal]))
    } catch {
      signal.throwIfAborted()
    } finally {
      sleepers.delete(sleeper)
    }
  }

  /** From half the bound up to it, so that these waits are never next to nothing. */
  function createSlowBackoff(): Backoff {
    return createBackoff(slowWaits, () => (1 + clock.random()) / 2)
  }

  /** Does with a record that is refused for ever what `on_rejected` says. */
  async function giveUp(record: Payload, rejection: Rejection, signal: AbortSignal): Promise<void> {
    const { message } = rejection
    if (options.onRejected === 'stop') {
      const error = new ReceiverError('EXPORT_REJECTED', `The backend refuses a record for ever: ${message}`)
      log.error('The backend refuses a record, and on_rejected says to stop', { err: error })
      throw error
    }
    if (options.onRejected === 'park') await park(record, rejection, signal)
    metrics.failed(record.signal, record.items)
    metrics.poison(record.items)
    noteHealthy()
    if (message !== lastRejection) {
      lastRejection = message
      log.error('The backend refuses a record for ever', { on_rejected: options.onRejected, reason: message })
    }
  }

  async function park(record: Payload, rejection: Rejection, signal: AbortSignal): Promise<void> {
    const backoff = createSlowBackoff()
    for (;;) {
      try {
        return await deadLetter.park(record, rejection)
      } catch (error) {
        noteFailure('DEAD_LETTER_FAILED', describeError(error))
        await clock.sleep(backoff.nextMs(), signal)
      }
    }
  }
}

type ContentOutcome = Extract<Outcome, { status: 'accepted' | 'too_large' | 'malformed' }>

function boundRetryAfter(ms: number | undefined): number | undefined {
  return ms === undefined ? undefined : Math.min(Math.max(ms, MIN_RETRY_AFTER_MS), MAX_RETRY_AFTER_MS)
}

/** Lets `count` callers through at a time, in the order they came. */
function createSlots(count: number) {
  let free = count
  const waiting: (() => void)[] = []
  const release = () => {
    const next = waiting.shift()
    if (next === undefined) free++
    else next()
  }
  return {
    /** Resolves with the function that gives the slot back; rejects with the signal's reason when it aborts. */
    async take(signal: AbortSignal): Promise<() => void> {
      signal.throwIfAborted()
      if (free > 0) free--
      else await turn(signal)
      return release
    },
  }

  function turn(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const enter = () => {
        signal.removeEventListener('abort', leave)
        resolve()
      }
      const leave = () => {
        waiting.splice(waiting.indexOf(enter), 1)
        reject(signal.reason)
      }
      waiting.push(enter)
      signal.addEventListener('abort', leave, { once: true })
    })
  }
}
