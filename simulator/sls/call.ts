import type { SimulatorClock } from '../clock.ts'
import type { FaultEffect } from '../faults.ts'
import type { Reply, SimulatedRequest } from '../http-frame.ts'
import { SlsFault } from './errors.ts'
import type { PageCache } from './page-cache.ts'
import type { QuotaMeter } from './quotas.ts'
import type { SlsBehaviour } from './service.ts'
import type { SlsStore } from './store.ts'

/** What every call of the service works with. */
export interface SlsContext {
  readonly clock: SimulatorClock
  readonly store: SlsStore
  readonly quotas: QuotaMeter
  readonly pages: PageCache
  readonly behaviour: SlsBehaviour
  readonly recordWithheld: (source: string, items: number) => void
}

/** One authenticated call. `logstore`, `shard` and `consumerGroup` are as the path names them; whether they exist is for the call to find out. */
export interface SlsCall {
  readonly request: SimulatedRequest
  readonly project: string
  readonly logstore: string
  readonly shard: number
  readonly consumerGroup: string
  /** The simulator's time, without the offset that a fault gives the answering server: data must not expire by it. */
  readonly nowMs: number
  readonly effects: readonly FaultEffect[]
}

export type SlsHandler = (call: SlsCall, context: SlsContext) => Reply

export function json(value: unknown): Reply {
  return { status: 200, headers: { 'content-type': 'application/json' }, body: Buffer.from(JSON.stringify(value)) }
}

/** A success that says nothing: 200 without content (sls-protocol 2.0). */
export function emptyReply(): Reply {
  return { status: 200, headers: {}, body: new Uint8Array(0) }
}

/** The first value of a parameter. */
export function parameter(call: SlsCall, name: string): string | undefined {
  return call.request.query.find(([key]) => key === name)?.[1]
}

/** @throws {SlsFault} MissingParameter */
export function requiredParameter(call: SlsCall, name: string): string {
  const value = parameter(call, name)
  if (value === undefined || value === '') throw new SlsFault('MissingParameter', `parameter ${name} is missing`)
  return value
}

/** @throws {SlsFault} ParameterInvalid when it is no whole number from `low` to `high` */
export function numberParameter(call: SlsCall, name: string, low: number, high: number, byDefault?: number): number {
  const text = byDefault === undefined ? requiredParameter(call, name) : (parameter(call, name) ?? byDefault.toString())
  const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN
  if (!(value >= low && value <= high)) {
    throw new SlsFault('ParameterInvalid', `parameter ${name} is ${text}, allowed is ${low} to ${high}`)
  }
  return value
}
