import type { Json } from '../../src/lossless-json.ts'
import type { CallTarget, FaultEffect } from '../faults.ts'
import { RpcFault } from './fault.ts'

/** One authenticated call of an action. */
export interface RpcCall {
  readonly action: string
  readonly version: string
  /** Of the endpoint that was called. Central products need not care. */
  readonly region: string
  readonly accountId: string
  readonly accessKeyId: string
  /** Query and form body; of a name sent twice the first. Those of the signature are among them. */
  readonly parameters: ReadonlyMap<string, string>
  /** The simulator's time, without the offset that a fault gives the answering server. */
  readonly nowMs: number
  readonly effects: readonly FaultEffect[]
}

/** Text that goes into the answer as it is, for numbers and spellings that must not pass through a parser. */
export class RawJson {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

/** The fields of the answer; the gateway puts `RequestId` in front. `undefined` is left out. */
export type RpcAnswer = Readonly<Record<string, Json | RawJson | undefined>>

/** @throws {RpcFault} to refuse the call */
export type RpcAction = (call: RpcCall) => RpcAnswer

/** A product of the RPC style: one version of one API. */
export interface RpcProduct {
  /** How faults and ledger call it. */
  readonly service: string
  /** First labels of its hosts: `actiontrail` is `actiontrail[-vpc][.{region}].aliyuncs.com`. Default: `service`. */
  readonly hosts?: readonly string[]
  readonly version: string
  readonly actions: Readonly<Record<string, RpcAction>>
  /** What else faults can tell its calls apart by. */
  readonly describe?: (parameters: ReadonlyMap<string, string>) => Pick<CallTarget, 'namespace' | 'metric'>
}

/** @throws {RpcFault} MissingParameter */
export function requiredParameter(call: RpcCall, name: string): string {
  const value = call.parameters.get(name)
  if (value === undefined || value === '') throw new RpcFault(`Missing${name}`, `${name} is mandatory for this action.`)
  return value
}

/**
 * A whole number. An empty one counts as absent.
 * @throws {RpcFault} `code` when it is none, or not from `low` to `high`
 */
export function numberParameter(
  call: RpcCall,
  name: string,
  { low, high, byDefault, code }: { low: number; high: number; byDefault: number; code: string },
): number {
  const text = call.parameters.get(name) ?? ''
  if (text === '') return byDefault
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN
  if (!(value >= low && value <= high)) {
    throw new RpcFault(code, `The specified ${name} ${JSON.stringify(text)} is invalid: ${low} to ${high} are allowed.`)
  }
  return value
}

/** `{prefix}.1.{field}`, `{prefix}.2.{field}` …: the list of objects that the parameters spell, by ascending number. */
export function listParameter(call: RpcCall, prefix: string): ReadonlyMap<string, string>[] {
  const items = new Map<number, Map<string, string>>()
  for (const [name, value] of call.parameters) {
    const [, number, field] = /^\.(\d{1,4})\.(.+)$/.exec(name.startsWith(prefix) ? name.slice(prefix.length) : '') ?? []
    if (number === undefined || field === undefined) continue
    const item = items.get(Number(number)) ?? new Map<string, string>()
    items.set(Number(number), item.set(field, value))
  }
  return [...items].toSorted(([a], [b]) => a - b).map(([, item]) => item)
}

/** `YYYY-MM-DDThh:mm:ssZ`, as these products write times. */
export function isoSeconds(timeMs: number): string {
  return `${new Date(timeMs).toISOString().slice(0, 19)}Z`
}

/** Milliseconds since the epoch of such a time; `undefined` for any other text. */
export function parseIsoSeconds(text: string): number | undefined {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text)) return undefined
  const timeMs = Date.parse(text)
  // 2025-02-30 is read as a day in March.
  return Number.isNaN(timeMs) || isoSeconds(timeMs) !== text ? undefined : timeMs
}
