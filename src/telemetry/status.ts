/** The Collector's component states, in lower case. */
export type ComponentState = 'starting' | 'ok' | 'recoverable_error' | 'permanent_error' | 'stopping' | 'stopped'

/** A value that `/status` can print. */
export type StatusValue =
  | string
  | number
  | boolean
  | null
  | readonly StatusValue[]
  | { readonly [key: string]: StatusValue }

/**
 * The detail by which an exporter tells how long its oldest request has waited for an answer, in seconds (0: none waits).
 * Readiness looks at it.
 */
export const oldestUnansweredDetail = 'oldest_unanswered_seconds'

/** How one component tells its state. A change of state is logged once; the same state again only updates the text. */
export interface StatusReporter {
  set(state: ComponentState, message?: string): void
  /** A function asked for the component's details when `/status` is read. */
  details(read: () => Readonly<Record<string, StatusValue>>): void
}
