import type { Attributes } from '@opentelemetry/api'
import { createBackoff } from '../backoff.ts'
import type { Clock } from '../clock.ts'
import { describeError, ReceiverError } from '../errors.ts'
import type { CallError, CallErrorFacts } from './call-error.ts'
import type { Credentials, CredentialsProvider } from './credentials.ts'
import type { RateLimiter } from './rate-limit.ts'
import type { ServerClock } from './server-clock.ts'

/** What a client needs of a Meter. */
export interface CounterFactory {
  createCounter(
    name: string,
    options: { readonly description: string },
  ): { add(value: number, attributes: Attributes): void }
}

interface CallRepeaterOptions<Failure extends CallError> {
  /** For metrics. Absent: the API has none, or it is not known. */
  readonly region: string | undefined
  /** The bound of the waits that grow. */
  readonly longestWaitMs: number
  /** The client's class of errors; also for credentials that cannot be had. */
  readonly Failure: new (
    kind: 'credentials',
    message: string,
    facts: CallErrorFacts,
  ) => Failure
}

export interface CallRepeaterDeps {
  readonly credentials: CredentialsProvider
  /** Asked before each attempt. */
  readonly limiter: RateLimiter
  readonly clock: Clock
  /** Corrected when a server refuses the date of a request. */
  readonly serverClock: ServerClock
  readonly meter: CounterFactory
}

export interface RepeatedCall<Result, Failure extends CallError> {
  /** For metrics. */
  readonly api: string
  /** Signs, sends and reads once. Throws a Failure, or what is no failure of the call and ends it. */
  readonly attempt: (used: Credentials) => Promise<Result>
  /** Asked of a failure that may pass. Default: it is repeated. */
  readonly repeats?: (failure: Failure) => boolean
  /** How long after the call began it is still repeated. Default: without end. */
  readonly repeatForMs?: number | undefined
  /** Told before each wait for a repetition; `attempt` counts from 1. */
  readonly onRetry?: ((failure: Failure, attempt: number, waitMs: number) => void) | undefined
  /** Told after success. */
  readonly onSuccess?: (() => void) | undefined
}

/** One call with its repetitions. @throws {CallError} the client's, for what repeating does not cure, or the signal's reason */
type CallRepeater<Failure extends CallError> = <Result>(
  call: RepeatedCall<Result, Failure>,
  signal: AbortSignal,
) => Promise<Result>

const firstWaitMs = { throttled: 1_000, other: 200 }
/** A `Retry-After` beyond this is not obeyed to the letter: nobody plans a longer pause for one call. */
const LONGEST_RETRY_AFTER_MS = 5 * 60_000

/**
 * How every client of Alibaba Cloud calls: each attempt waits for the rate limiter, gets the credentials of the moment and
 * is counted. A refused date is corrected and refused credentials are fetched anew, each once a call and at once; a
 * retryable failure is repeated with back-off, not before its `Retry-After`.
 */
export function createCallRepeater<Failure extends CallError>(
  { region, longestWaitMs, Failure }: CallRepeaterOptions<Failure>,
  { credentials, limiter, clock, serverClock, meter }: CallRepeaterDeps,
): CallRepeater<Failure> {
  const calls = meter.createCounter('alibabacloud_receiver_api_calls', {
    description: 'Calls to Alibaba Cloud by api and result, repetitions included',
  })
  const throttledCalls = meter.createCounter('alibabacloud_receiver_throttled_calls', {
    description: 'Calls that Alibaba Cloud refused because a quota is used up',
  })
  let refusedCredentials: Credentials | undefined

  async function currentCredentials(api: string, signal: AbortSignal): Promise<Credentials> {
    try {
      return await credentials.get(signal)
    } catch (cause) {
      signal.throwIfAborted()
      recordCall(api, 'credentials')
      throw new Failure('credentials', describeError(cause), {
        cause,
        ...(cause instanceof ReceiverError ? { code: cause.code, remedy: cause.remedy } : {}),
      })
    }
  }

  /** Many calls may be refused with the same credentials at once; only the first of them makes the provider fetch anew. */
  function renewCredentials(used: Credentials): void {
    const { accessKeyId, securityToken } = used
    const alreadyRenewed =
      refusedCredentials?.accessKeyId === accessKeyId && refusedCredentials.securityToken === securityToken
    if (alreadyRenewed) return
    refusedCredentials = used
    credentials.refresh()
  }

  function recordCall(api: string, result: 'ok' | Failure['kind']): void {
    const attributes: Attributes = { api, ...(region === undefined ? {} : { region }) }
    calls.add(1, { ...attributes, result })
    if (result === 'throttled') throttledCalls.add(1, attributes)
  }

  return async (call, signal) => {
    const { api, repeatForMs = Number.POSITIVE_INFINITY } = call
    const backoffs = {
      throttled: createBackoff({ initialMs: firstWaitMs.throttled, maxMs: longestWaitMs }, clock.random),
      other: createBackoff({ initialMs: firstWaitMs.other, maxMs: longestWaitMs }, clock.random),
    }
    const repeatUntilMs = clock.now() + repeatForMs
    let clockCorrected = false
    let credentialsRenewed = false
    for (let attempt = 1; ; attempt++) {
      await limiter.acquire(signal)
      const used = await currentCredentials(api, signal)
      try {
        const result = await call.attempt(used)
        recordCall(api, 'ok')
        call.onSuccess?.()
        return result
      } catch (error) {
        signal.throwIfAborted()
        if (!(error instanceof Failure)) throw error
        recordCall(api, error.kind)
        if (error.kind === 'clock' && !clockCorrected && error.serverTimeMs !== undefined) {
          clockCorrected = true
          serverClock.correct(error.serverTimeMs)
          continue
        }
        if (error.kind === 'credentials' && !credentialsRenewed) {
          credentialsRenewed = true
          renewCredentials(used)
          continue
        }
        if (!error.retryable || call.repeats?.(error) === false) throw error
        const waitMs = Math.max(
          backoffs[error.kind === 'throttled' ? 'throttled' : 'other'].nextMs(),
          Math.min(error.retryAfterMs ?? 0, LONGEST_RETRY_AFTER_MS),
        )
        if (clock.now() + waitMs > repeatUntilMs) throw error
        call.onRetry?.(error, attempt, waitMs)
        await clock.sleep(waitMs, signal)
      }
    }
  }
}
