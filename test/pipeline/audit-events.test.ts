import { describe, expect, it } from 'vitest'
import { type AuditExaminer, createAuditHub } from '../../src/pipeline/audit-events.ts'
import type { OutgoingRecord } from '../../src/pipeline/record-encoder.ts'
import { event, recordOf } from '../detection/events.ts'

const finding = (uid: string): OutgoingRecord => ({
  resource: new Map(),
  scopeName: 'test',
  format: 'test',
  fields: { timeUnixNano: 0n, observedTimeUnixNano: 0n, attributes: { 'log.record.uid': uid } },
})

function examiner(severityNumber: number, uids: readonly string[], calls: string[] = []): AuditExaminer {
  return {
    isActive: true,
    examine: () => ({ severityNumber, findings: uids.map(finding) }),
    load: async () => void calls.push('load'),
    save: async () => void calls.push('save'),
  }
}

const shown = event({ eventRW: 'Read' })
const record = recordOf(shown)

describe('createAuditHub', () => {
  it('passes events unchanged where nobody looks', () => {
    const hub = createAuditHub()
    expect(hub.isActive).toBe(false)
    expect(hub.examine(shown, record)).toEqual({ severityNumber: 9, findings: [] })
  })

  it('takes the highest severity, and what two found alike once', () => {
    const hub = createAuditHub()
    expect(hub.attach(examiner(13, ['a', 'b']))).toBe(true)
    expect(hub.attach(examiner(17, ['b', 'c']))).toBe(false)
    const { severityNumber, findings } = hub.examine(shown, record)
    expect(severityNumber).toBe(17)
    expect(findings.map(({ fields }) => fields.attributes['log.record.uid'])).toEqual(['a', 'b', 'c'])
    expect(hub.isActive).toBe(true)
  })

  it('loads and saves all', async () => {
    const calls: string[] = []
    const hub = createAuditHub()
    hub.attach(examiner(9, [], calls))
    hub.attach(examiner(9, [], calls))
    await hub.load()
    await hub.save()
    expect(calls).toEqual(['load', 'load', 'save', 'save'])
  })
})
