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

/** What looks at events for a receiver that was configured for it. */
export interface AuditExaminer extends AuditEvents {
  /** Reads what was saved. Resolves before the first event is examined. */
  load(): Promise<void>
}

/** What receivers are given: those that convert events show them here, the one that looks at them attaches itself. */
export interface AuditHub extends AuditEvents {
  /**
   * To be called in a receiver's `create`, so that no event passes before.
   * @returns true for the first, the one to send the counts of events on
   */
  attach(examiner: AuditExaminer): boolean
}

/** Where no component asked to look at events, and none may. */
export const noAuditEvents: AuditHub = {
  isActive: false,
  examine: (_event, { severityNumber }) => ({ severityNumber, findings: [] }),
  save: async () => {},
  attach: () => false,
}

/**
 * Shows each event to all that were attached; without any, events pass unchanged. What two of them found alike (the same
 * `log.record.uid`) is one finding.
 */
export function createAuditHub(): AuditHub & AuditExaminer {
  const examiners: AuditExaminer[] = []
  return {
    get isActive() {
      return examiners.length > 0
    },
    attach: (examiner) => examiners.push(examiner) === 1,
    load: async () => void (await Promise.all(examiners.map((examiner) => examiner.load()))),
    examine(event, record) {
      let { severityNumber } = record
      const findings = new Map<unknown, OutgoingRecord>()
      for (const examiner of examiners) {
        const examination = examiner.examine(event, record)
        severityNumber = Math.max(severityNumber, examination.severityNumber)
        for (const finding of examination.findings) findings.set(finding.fields.attributes['log.record.uid'], finding)
      }
      return { severityNumber, findings: [...findings.values()] }
    },
    save: async () => void (await Promise.all(examiners.map((examiner) => examiner.save()))),
  }
}
