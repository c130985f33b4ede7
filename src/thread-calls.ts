import type { Transferable } from 'node:worker_threads'
import { type ErrorCode, ReceiverError } from './errors.ts'

/** The functions that one thread offers another, as the caller sees them. */
export type Offer = { readonly [name: string]: (...args: never[]) => Promise<unknown> }

/** The same functions where they are carried out. `signal` aborts when the caller's does. */
export type Handlers<Offered extends Offer> = {
  readonly [Name in keyof Offered]: (
    signal: AbortSignal,
    ...args: Parameters<Offered[Name]>
  ) => ReturnType<Offered[Name]> | Awaited<ReturnType<Offered[Name]>>
}

export interface AskOptions {
  /** Passed on to the other thread, which decides what an abort means; the call ends when it says so. */
  readonly signal?: AbortSignal
  /** Memory that is handed over rather than copied. */
  readonly transfer?: readonly Transferable[]
}

/** Calls into another thread. */
export interface ThreadCalls<Offered extends Offer> {
  /** Resolves with what the other side's function gives; rejects with its error, or when the other thread is gone. */
  ask<Name extends keyof Offered & string>(
    name: Name,
    args: Parameters<Offered[Name]>,
    options?: AskOptions,
  ): ReturnType<Offered[Name]>
  /** Does not wait, and hears of no error. In order with all other calls. */
  tell<Name extends keyof Offered & string>(name: Name, args: Parameters<Offered[Name]>): void
  /** The other thread is gone: all calls under way, and all later ones, reject with this; what it asked for is aborted. */
  lost(error: Error): void
}

/** Both ends of a channel between threads: a Worker here, its parentPort there. */
export interface Port {
  postMessage(message: unknown, transfer?: readonly Transferable[]): void
  on(event: 'message', listener: (message: unknown) => void): unknown
}

type Message =
  | { readonly kind: 'ask'; readonly id: number; readonly name: string; readonly args: unknown[] }
  | { readonly kind: 'tell'; readonly name: string; readonly args: unknown[] }
  | { readonly kind: 'abort'; readonly id: number }
  | { readonly kind: 'result'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'error'; readonly id: number; readonly error: SentError }

/** Our errors keep code and remedy; of others the message is left. Classes do not survive the way between threads. */
interface SentError {
  readonly sent: 'error'
  readonly message: string
  readonly cause: string | undefined
  readonly code: ErrorCode | undefined
  readonly remedy: string | undefined
  readonly retryable: boolean
}

const never = new AbortController().signal

/** Carries out what the thread behind `port` asks of `handlers`, and calls what it offers. */
export function connectThread<Theirs extends Offer, Ours extends Offer>(
  port: Port,
  handlers: Handlers<Ours>,
): ThreadCalls<Theirs> {
  const asked = new Map<number, PromiseWithResolvers<unknown>>()
  const serving = new Map<number, AbortController>()
  let lastId = 0
  let gone: Error | undefined

  async function serve(id: number, name: string, args: unknown[]): Promise<void> {
    const stop = new AbortController()
    serving.set(id, stop)
    try {
      const value = await call(name, stop.signal, args)
      if (gone === undefined) port.postMessage({ kind: 'result', id, value } satisfies Message)
    } catch (error) {
      if (gone === undefined) port.postMessage({ kind: 'error', id, error: packError(error) } satisfies Message)
    } finally {
      serving.delete(id)
    }
  }

  function call(name: string, signal: AbortSignal, args: unknown[]): unknown {
    const handler = handlers[name] as ((signal: AbortSignal, ...args: unknown[]) => unknown) | undefined
    if (handler === undefined) throw new Error(`A thread was asked for "${name}", which it does not offer`)
    return handler(signal, ...args.map(unpackArgument))
  }

  port.on('message', (value) => {
    const message = value as Message
    switch (message.kind) {
      case 'ask':
        void serve(message.id, message.name, message.args)
        break
      case 'tell':
        call(message.name, never, message.args)
        break
      case 'abort':
        serving.get(message.id)?.abort(new Error('Aborted by the thread that asked'))
        break
      case 'result':
        asked.get(message.id)?.resolve(message.value)
        break
      case 'error':
        asked.get(message.id)?.reject(unpackError(message.error))
    }
  })

  return {
    ask(name, args, { signal, transfer = [] } = {}) {
      const id = ++lastId
      const answer = Promise.withResolvers<unknown>()
      const abort = () => port.postMessage({ kind: 'abort', id } satisfies Message)
      const settled = answer.promise.finally(() => {
        asked.delete(id)
        signal?.removeEventListener('abort', abort)
      })
      if (gone !== undefined) answer.reject(gone)
      else {
        asked.set(id, answer)
        port.postMessage({ kind: 'ask', id, name, args: args.map(packArgument) } satisfies Message, transfer)
        if (signal?.aborted) abort()
        else signal?.addEventListener('abort', abort, { once: true })
      }
      return settled as ReturnType<Theirs[typeof name]>
    },
    tell(name, args) {
      if (gone === undefined) port.postMessage({ kind: 'tell', name, args: args.map(packArgument) } satisfies Message)
    },
    lost(error) {
      gone ??= error
      for (const { reject } of asked.values()) reject(gone)
      for (const stop of serving.values()) stop.abort(gone)
    },
  }
}

function packError(error: unknown): SentError {
  const isOurs = error instanceof ReceiverError
  return {
    sent: 'error',
    message: error instanceof Error ? error.message : String(error),
    cause: error instanceof Error && error.cause instanceof Error ? error.cause.message : undefined,
    code: isOurs ? error.code : undefined,
    remedy: isOurs ? error.remedy : undefined,
    retryable: isOurs && error.retryable,
  }
}

function unpackError({ message, cause, code, remedy, retryable }: SentError): Error {
  const options = cause === undefined ? {} : { cause: new Error(cause) }
  if (code === undefined) return new Error(message, options)
  return new ReceiverError(code, message, { ...options, ...(remedy === undefined ? {} : { remedy }), retryable })
}

/** An error among the arguments, or in a field of one (`err` of a log line), arrives as an error. */
function packArgument(value: unknown): unknown {
  if (value instanceof Error) return packError(value)
  if (!isPlain(value) || !Object.values(value).some((field) => field instanceof Error)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, field]) => [key, field instanceof Error ? packError(field) : field]),
  )
}

function unpackArgument(value: unknown): unknown {
  if (isSentError(value)) return unpackError(value)
  if (!isPlain(value) || !Object.values(value).some(isSentError)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, field]) => [key, isSentError(field) ? unpackError(field) : field]),
  )
}

const isSentError = (value: unknown): value is SentError => isPlain(value) && value['sent'] === 'error'
const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
