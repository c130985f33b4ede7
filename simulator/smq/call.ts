import type { SimulatorClock } from '../clock.ts'
import type { FaultEffect } from '../faults.ts'
import type { Reply, SimulatedRequest } from '../http-frame.ts'
import { SmqFault } from './errors.ts'
import type { Queue } from './queue.ts'
import type { QueuePlace, SmqStore } from './store.ts'
import type { TextStyle } from './xml-text.ts'

/** Where the reference leaves a choice to the server, or clients must cope with either. May be changed while running. */
export interface SmqBehaviour {
  xmlDeclaration: boolean
  /** Elements that no client knows, as newer servers add them. */
  unknownElements: boolean
  textStyle: TextStyle
  /** Whether `HostId` of an error is a URL or a host name. */
  hostIdScheme: boolean
  /** Long polls of all queues that may hang at once; one more comes back empty at once. `Infinity`: no limit. */
  maxLongPolls: number
}

export const defaultBehaviour: SmqBehaviour = {
  xmlDeclaration: true,
  unknownElements: false,
  textStyle: 'entities',
  hostIdScheme: true,
  maxLongPolls: Number.POSITIVE_INFINITY,
}

/** What every call of the service works with. */
export interface SmqContext {
  readonly clock: SimulatorClock
  readonly store: SmqStore
  readonly behaviour: SmqBehaviour
}

/** One authenticated call. */
export interface SmqCall {
  readonly request: SimulatedRequest
  readonly place: QueuePlace
  /** As the path names it; whether it exists is for the call to find out. */
  readonly queueName: string
  /** Names in lower case, values decoded; a plus sign is one. */
  readonly parameters: ReadonlyMap<string, string>
  readonly effects: readonly FaultEffect[]
  /** Aborts when nobody waits for the answer any more. */
  readonly gone: AbortSignal
}

export type SmqHandler = (call: SmqCall, context: SmqContext) => Reply | Promise<Reply>

/** @throws {SmqFault} QueueNotExist */
export function queueOf(call: SmqCall, context: SmqContext): Queue {
  return context.store.queue(call.queueName, call.place)
}

/** The parameters of a request target, read without regard to the case of their names. @throws {SmqFault} InvalidQueryString */
export function readParameters({ target, path }: SimulatedRequest): Map<string, string> {
  const parameters = new Map<string, string>()
  for (const pair of target.slice(path.length + 1).split('&')) {
    const [name = '', ...value] = pair.split('=')
    if (name === '') continue
    try {
      parameters.set(decodeURIComponent(name).toLowerCase(), decodeURIComponent(value.join('=')))
    } catch {
      throw new SmqFault('InvalidQueryString', `The parameter ${pair} is escaped wrongly.`)
    }
  }
  return parameters
}

/**
 * @param name as messages call it
 * @throws {SmqFault} InvalidArgument when the text is no whole number from `low` to `high`
 */
export function wholeNumber(name: string, text: string, low: number, high: number): number {
  const value = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN
  if (!(value >= low && value <= high)) {
    throw new SmqFault('InvalidArgument', `The value of ${name} should between ${low} and ${high}: ${text}`)
  }
  return value
}
