import type { Clock } from '../clock.ts'
import { describeError } from '../errors.ts'
import type { Log } from './log.ts'
import { type ComponentState, oldestUnansweredDetail, type StatusReporter, type StatusValue } from './status.ts'

export type ComponentKind = 'receiver' | 'exporter' | 'extension'

/** `starting` until all components run, `stopping` from the signal to the end. */
export type ServicePhase = 'starting' | 'running' | 'stopping'

export interface ComponentStatus {
  readonly kind: ComponentKind
  readonly id: string
  readonly state: ComponentState
  /** When it came into this state, milliseconds since the epoch. */
  readonly sinceMs: number
  readonly message: string
  readonly details: Readonly<Record<string, StatusValue>>
}

/** Whether the process does its work; `reasons` says for people why not, and is empty when it does. */
export interface Readiness {
  readonly ready: boolean
  readonly reasons: readonly string[]
}

/** Where the components say how they are, and probes and people read it. */
export interface StatusBoard {
  /** The way in for one component. Whoever asks again with the same kind and id writes to the same entry. */
  reporter(kind: ComponentKind, id: string): StatusReporter
  setPhase(phase: ServicePhase): void
  phase(): ServicePhase
  /** All components, in the order they were first named. */
  snapshot(): ComponentStatus[]
  readiness(): Readiness
}

/** An exporter may fail and recover within this without the process being called unready. */
const DELIVERY_GRACE_MS = 3_000
const MAX_UNANSWERED_SECONDS = 15

interface Entry {
  readonly kind: ComponentKind
  readonly id: string
  state: ComponentState
  sinceMs: number
  /** When it left the states without an error; changing from one error to another does not move it. */
  failingSinceMs: number | undefined
  message: string
  readDetails: () => Readonly<Record<string, StatusValue>>
}

export function createStatusBoard(clock: Pick<Clock, 'now'>, log: Log): StatusBoard {
  const entries = new Map<string, Entry>()
  let phase: ServicePhase = 'starting'

  function entryOf(kind: ComponentKind, id: string): Entry {
    const key = `${kind} ${id}`
    let entry = entries.get(key)
    if (entry === undefined) {
      const sinceMs = clock.now()
      entry = { kind, id, state: 'starting', sinceMs, failingSinceMs: undefined, message: '', readDetails: () => ({}) }
      entries.set(key, entry)
    }
    return entry
  }

  function setState(entry: Entry, state: ComponentState, message: string): void {
    entry.message = message
    if (entry.state === state) return
    const from = entry.state
    entry.state = state
    entry.sinceMs = clock.now()
    entry.failingSinceMs = isFailing(state) ? (entry.failingSinceMs ?? entry.sinceMs) : undefined
    log[levelOf(from, state)]('Component changed state', {
      kind: entry.kind,
      component: entry.id,
      from,
      state,
      ...(message === '' ? {} : { reason: message }),
    })
  }

  const snapshot = () =>
    [...entries.values()].map(({ kind, id, state, sinceMs, message, readDetails }) => ({
      kind,
      id,
      state,
      sinceMs,
      message,
      details: readSafely(readDetails),
    }))

  return {
    reporter(kind, id) {
      const entry = entryOf(kind, id)
      return {
        set: (state, message = '') => setState(entry, state, message),
        details: (read) => {
          entry.readDetails = read
        },
      }
    },
    setPhase: (next) => {
      phase = next
    },
    phase: () => phase,
    snapshot,
    readiness() {
      const now = clock.now()
      const reasons = [...entries.values()].flatMap((entry) => reasonsAgainst(entry, now))
      if (phase !== 'running') reasons.unshift(`the service is ${phase}`)
      return { ready: reasons.length === 0, reasons }
    },
  }
}

/** What speaks against calling the process ready: delivery that is stuck, or a source that will never be read. */
function reasonsAgainst(entry: Entry, nowMs: number): string[] {
  const { kind, id, state, failingSinceMs, message } = entry
  const because = message === '' ? '' : `: ${message}`
  if (kind === 'receiver') return state === 'permanent_error' ? [`receiver ${id} cannot work${because}`] : []
  if (kind !== 'exporter') return []
  const reasons: string[] = []
  const failingMs = failingSinceMs === undefined ? 0 : nowMs - failingSinceMs
  if (failingMs > DELIVERY_GRACE_MS) {
    reasons.push(`exporter ${id} has failed for ${Math.floor(failingMs / 1_000)} s${because}`)
  }
  const waitingSeconds = readSafely(entry.readDetails)[oldestUnansweredDetail]
  if (typeof waitingSeconds === 'number' && waitingSeconds > MAX_UNANSWERED_SECONDS) {
    reasons.push(`exporter ${id} has waited ${Math.floor(waitingSeconds)} s for the answer to its oldest request`)
  }
  return reasons
}

const isFailing = (state: ComponentState) => state === 'recoverable_error' || state === 'permanent_error'

function levelOf(from: ComponentState, to: ComponentState): 'debug' | 'info' | 'warn' | 'error' {
  if (to === 'permanent_error') return 'error'
  if (to === 'recoverable_error') return 'warn'
  // Starting and stopping as planned is told once for the whole service.
  return to === 'ok' && isFailing(from) ? 'info' : 'debug'
}

function readSafely(read: Entry['readDetails']): Readonly<Record<string, StatusValue>> {
  try {
    return read()
  } catch (error) {
    return { details_failed: describeError(error) }
  }
}
