import type { Answer, Payload } from './payload.ts'

/**
 * What the processors of a pipeline ask of whoever encodes the records. Processors run while a record is encoded, so
 * the pipeline itself never opens a payload.
 */
export interface Processing {
  /** Set on every resource, over whatever the record brought. */
  readonly resourceAttributes: ReadonlyMap<string, string | number | boolean>
}

export const noProcessing: Processing = { resourceAttributes: new Map() }

/**
 * One way out of a receiver: all pipelines whose processors ask for the same encoding. A receiver encodes a page once
 * for each outlet and delivers each encoding to its outlet.
 */
export interface Outlet {
  readonly processing: Processing
  /**
   * Resolves once every exporter behind this outlet has its backend's answer. Rejects only when the process gives up
   * what is unanswered at shutdown, or when an exporter was told to stop the process (`on_rejected: stop`).
   */
  deliver(payload: Payload): Promise<Answer>
}
