import { describe, expect, it } from 'vitest'
import { convertMessage } from '../../../receivers/smq/convert.ts'
import { parseEventTime } from '../../../src/alibaba/event-time.ts'
import { noAuditEvents } from '../../../src/pipeline/audit-events.ts'
import { expectGolden, type GoldenCase, goldenCases } from '../../golden.ts'
import { type SampleMessage, sampleMessage } from './sample-message.ts'

const observedUnixNano = 1_795_180_000_000_000_000n
const source = { queue: 'audit-events', region: 'cn-hangzhou', accountId: '1234567890123456' }
const options = { decode: 'auto', body: 'summary', serviceName: '' } as const

/** What index.json of the samples says of a message. */
interface SampleFacts {
  readonly kind: string
  readonly eventId: string | null
  readonly eventTime: string | number | null
  readonly severity: 'INFO' | 'WARN' | 'ERROR' | null
  readonly bytesOnWire?: number
}
interface Input {
  readonly message: SampleMessage
  readonly index: SampleFacts
}

const ranges = { INFO: [9, 12], WARN: [13, 16], ERROR: [17, 20] } as const
/**
 * The index holds what the account's owner does for a warning; actiontrail.md 6.5, which decides for ActionTrail events
 * whichever way they came, does not.
 */
const severityByActionTrail = ['eventbridge-actiontrail-console-operation']

const convert = (input: Input) => convertMessage(sampleMessage(input.message), source, options, observedUnixNano)

const cases = goldenCases(new URL('testdata/', import.meta.url)) as (GoldenCase & { input: Input })[]

describe('convertMessage, golden cases', () => {
  it.each(cases)('$name is as expected', (golden) => {
    const { toRecords, ...facts } = convert(golden.input)
    expectGolden(golden, {
      ...facts,
      records: toRecords(noAuditEvents).map(({ resource, fields, ...rest }) => ({
        resource: Object.fromEntries(resource),
        ...rest,
        fields: {
          ...fields,
          timeUnixNano: String(fields.timeUnixNano),
          observedTimeUnixNano: String(fields.observedTimeUnixNano),
        },
      })),
    })
  })

  it.each(cases)('$name agrees with the index of the samples', ({ name, input }) => {
    const { kind, toRecords } = convert(input)
    const { index } = input
    const [first] = toRecords(noAuditEvents)
    expect(kind).toBe(index.kind)
    const time = index.eventTime ?? input.message.EnqueueTime
    if (time !== undefined && name !== 'moved-to-a-dead-letter-queue') {
      expect(first?.fields.timeUnixNano).toBe(parseEventTime(time))
    }
    const severity = first?.fields.severityNumber
    if (index.severity === null) expect(severity).toBeUndefined()
    else if (!severityByActionTrail.includes(name)) {
      const [low, high] = ranges[index.severity]
      expect(severity).toBeGreaterThanOrEqual(low)
      expect(severity).toBeLessThanOrEqual(high)
    }
    if (index.eventId !== null) expect(Object.values(first?.fields.attributes ?? {})).toContain(index.eventId)
    if (index.bytesOnWire !== undefined) {
      expect(first?.fields.attributes['messaging.message.body.size']).toBe(index.bytesOnWire)
    }
  })
})
