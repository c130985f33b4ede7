import { createRandom, type Random } from './random.ts'

/** The call a request stands for, as far as its service could tell. */
export interface CallTarget {
  readonly service: string
  /** The vendor's name: `PullLogs`, `GetCursor`, … `Unknown` where no call fits. */
  readonly api: string
  readonly project?: string
  readonly logstore?: string
  readonly shard?: number
  readonly queue?: string
  /** Of the RPC products that are regional: where the call is answered. */
  readonly region?: string
  /** Of CloudMonitor. */
  readonly namespace?: string
  readonly metric?: string
}

/**
 * What a fault does to a call. From `wrong_count` to `skip_groups` they touch only answers of SLS that carry data
 * (PullLogs); those from `duplicate_page` to `empty_page` only answers in pages: events of ActionTrail, points of CloudMonitor.
 */
export type FaultEffect =
  /** Answered with this error instead of being handled. */
  | { readonly kind: 'error'; readonly status: number; readonly code: string; readonly message?: string }
  /** Answered as the service answers when a quota is used up. */
  | { readonly kind: 'throttle' }
  /** Answered by "a gateway" with an HTML page. */
  | { readonly kind: 'html'; readonly status: number }
  /** Handled after this time. */
  | { readonly kind: 'delay'; readonly ms: number }
  /** Handled, and then the connection is closed: before any byte of the answer, or in the middle of its body. */
  | { readonly kind: 'drop'; readonly when: 'before_headers' | 'after_headers' }
  /** Handled by a server whose clock is off by this. */
  | { readonly kind: 'clock_offset'; readonly ms: number }
  /** Answered as if the caller's temporary token had expired. */
  | { readonly kind: 'expired_token' }
  /** The second half of the body is missing, with a `Content-Length` that agrees. */
  | { readonly kind: 'truncated_body' }
  /** The header that counts the items is off by this. */
  | { readonly kind: 'wrong_count'; readonly by: number }
  /** The header with the uncompressed size is off by this. */
  | { readonly kind: 'wrong_rawsize'; readonly by: number }
  /** The body is well compressed and no protobuf. */
  | { readonly kind: 'garbage' }
  /** No items and yet a new position, as when a server-side filter let none of the next `groups` groups pass. They are gone for the reader, and the ledger counts them as withheld. */
  | { readonly kind: 'skip_groups'; readonly groups: number }
  /** Answered by "a gateway" with a line of plain text. */
  | { readonly kind: 'text'; readonly status: number }
  /** The connection is cut after this time if the call is not answered by then, and the call has no effect: a long poll in its middle. */
  | { readonly kind: 'cut_wait'; readonly ms: number }
  /** A receive of SMQ does not wait, as when too many long polls hang. */
  | { readonly kind: 'early_empty' }
  /** The messages of a receive of SMQ stay visible, so that they are handed out once more at once. */
  | { readonly kind: 'duplicate_delivery' }
  /** The first `count` entries of a batch delete or batch send of SMQ fail. */
  | { readonly kind: 'partial_failure'; readonly count: number }
  /** The token leads to the same page once more. */
  | { readonly kind: 'duplicate_page' }
  /** The token is the one the call came with; a call that came with none is answered as usual. */
  | { readonly kind: 'same_token' }
  /** No items, and a token that leads to those that would have been here. */
  | { readonly kind: 'empty_page' }
  /** Refused by CloudMonitor with status 200, in a body with `Success: false`. */
  | { readonly kind: 'body_failure'; readonly code: string; readonly message?: string }

export type FaultKind = FaultEffect['kind']

/** Which calls a fault hits, and when. What is left out matches everything. */
export interface FaultRule {
  readonly service?: string
  readonly api?: string
  readonly project?: string
  readonly logstore?: string
  readonly shard?: number
  readonly queue?: string
  readonly region?: string
  readonly namespace?: string
  readonly metric?: string
  /** At most this many calls. */
  readonly times?: number
  /** Of the matching calls, 0 to 1; decided by the seed of the simulator. */
  readonly probability?: number
  /** Simulator time, milliseconds since the epoch: from (included) and until (excluded). */
  readonly fromMs?: number
  readonly untilMs?: number
  readonly effect: FaultEffect
}

export interface ActiveFault {
  readonly id: number
  readonly rule: FaultRule
  /** Calls hit so far. */
  readonly hits: number
}

/** The faults of a simulator, for all services. */
export class Faults {
  readonly #random: Random
  readonly #rules = new Map<number, { rule: FaultRule; hits: number }>()
  #nextId = 1

  constructor(seed: number) {
    this.#random = createRandom(seed)
  }

  /** Adds a rule and returns the id to remove it by. */
  inject(rule: FaultRule): number {
    const id = this.#nextId++
    this.#rules.set(id, { rule, hits: 0 })
    return id
  }

  remove(id: number): boolean {
    return this.#rules.delete(id)
  }

  clear(): void {
    this.#rules.clear()
  }

  list(): ActiveFault[] {
    return [...this.#rules].map(([id, { rule, hits }]) => ({ id, rule, hits }))
  }

  /** The effects that hit this call, in the order the rules came; counts them as used and forgets rules that are over. */
  take(target: CallTarget, nowMs: number): FaultEffect[] {
    const effects: FaultEffect[] = []
    for (const [id, entry] of this.#rules) {
      const { rule } = entry
      if (rule.untilMs !== undefined && nowMs >= rule.untilMs) {
        this.#rules.delete(id)
        continue
      }
      if (rule.fromMs !== undefined && nowMs < rule.fromMs) continue
      if (!matches(rule, target)) continue
      if (rule.probability !== undefined && !this.#random.chance(rule.probability)) continue
      entry.hits++
      if (rule.times !== undefined && entry.hits >= rule.times) this.#rules.delete(id)
      effects.push(rule.effect)
    }
    return effects
  }
}

function matches(rule: FaultRule, target: CallTarget): boolean {
  return (
    (rule.service === undefined || rule.service === target.service) &&
    (rule.api === undefined || rule.api === target.api) &&
    (rule.project === undefined || rule.project === target.project) &&
    (rule.logstore === undefined || rule.logstore === target.logstore) &&
    (rule.shard === undefined || rule.shard === target.shard) &&
    (rule.queue === undefined || rule.queue === target.queue) &&
    (rule.region === undefined || rule.region === target.region) &&
    (rule.namespace === undefined || rule.namespace === target.namespace) &&
    (rule.metric === undefined || rule.metric === target.metric)
  )
}

/** The effect of this kind, if it is among them. */
export function effectOf<Kind extends FaultKind>(
  effects: readonly FaultEffect[],
  kind: Kind,
): Extract<FaultEffect, { kind: Kind }> | undefined {
  return effects.find((effect): effect is Extract<FaultEffect, { kind: Kind }> => effect.kind === kind)
}
