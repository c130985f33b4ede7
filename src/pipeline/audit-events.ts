import type { ActionTrailRecord } from '../alibaba/actiontrail/event.ts'
import type { JsonObject } from '../lossless-json.ts'
import type { OutgoingRecord } from './record-encoder.ts'

/**
 * Looks at every ActionTrail event of the process, whichever way it came: watched AccessKeys, detection rules and the
 * counts of both. One for a running service, shared by all its receivers.
 */
export interface AuditEvents {
  /** False where nothing looks at events: then a receiver need not build anything for `examine`. */
  readonly isActive: boolean
  /**
   * Looks at one event. The same event may come again (another outlet, another receiver, a page that is read again): it
   * counts once, and what was found the first time is given again, with the same `log.record.uid`.
   */
  examine(event: JsonObject, record: ActionTrailRecord): Examination
  /** Makes durable what the examined events changed. Awaited before the position behind those events is saved. */
  save(): Promise<void>
}

export interface Examination {
  /** The event's own severity, or a higher one. */
  readonly severityNumber: number
  /** Findings, to be delivered beside the event. */
  readonly findings: readonly OutgoingRecord[]
}

/** Where no component asked to look at events. */
export const noAuditEvents: AuditEvents = {
  isActive: false,
  examine: (_event, { severityNumber }) => ({ severityNumber, findings: [] }),
  save: async () => {},
}
