import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { convertEvent, type EventSource } from '../../../receivers/actiontrail/convert.ts'
import { formatJson, type Json, parseJson } from '../../../src/lossless-json.ts'
import { type AuditEvents, noAuditEvents } from '../../../src/pipeline/audit-events.ts'
import { noProcessing } from '../../../src/pipeline/outlet.ts'
import { createRecordEncoder } from '../../../src/pipeline/record-encoder.ts'
import { convertOnce, observedTimeUnixNano, pageOf, readableRecords } from '../sls/pages.ts'

const source: EventSource = {
  serviceName: 'actiontrail',
  body: 'summary',
  observedTimeUnixNano,
  audit: noAuditEvents,
}

function readable(event: Json, changes: Partial<EventSource> = {}) {
  const records = convertEvent(event, { ...source, ...changes }).toRecords()
  return readableRecords(createRecordEncoder(2 ** 20).encode(records, noProcessing).payloads)
}

/** The same event as a trail delivers it to a logstore. */
function bySls(text: string, body: EventSource['body'] = 'summary') {
  const log = { time: 1_748_736_540, contents: [['event', text]] as [string, string][] }
  const page = pageOf({ logs: [log] })
  return readableRecords(
    convertOnce(page, { source: { logstore: 'actiontrail_audit', region: 'cn-beijing' }, options: { body } }).payloads,
  )
}

const samples = new URL('../../alibaba/actiontrail/testdata/', import.meta.url)
const events = readdirSync(samples).map((name) => ({
  name,
  text: readFileSync(new URL(`${name}/input.json`, samples), 'utf8'),
}))

describe('an event is the same record whichever way it came', () => {
  it('there are all 26 samples', () => expect(events).toHaveLength(26))

  it.each(events)('$name', ({ text }) => {
    for (const body of ['summary', 'original', 'none'] as const) {
      const [bySlsRecord] = bySls(formatJson(parseJson(text)), body)
      const [byApi] = readable(parseJson(text), { body })
      const {
        'alibabacloud.sls.project': _project,
        'alibabacloud.sls.logstore': _logstore,
        ...resource
      } = bySlsRecord?.resource ?? {}
      expect(byApi).toEqual({
        ...bySlsRecord,
        resource,
        scope: { ...bySlsRecord?.scope, name: 'alibabacloud-otel-receiver/receivers/actiontrail' },
      })
      expect(byApi?.attributes['log.record.uid']).toEqual(expect.any(String))
    }
  })
})

describe('convertEvent', () => {
  const event = { eventId: 'e1', eventTime: '2025-06-01T00:00:00Z', eventName: 'A', acsRegion: 'cn-hangzhou' }

  it('tells id, time and whether other regions may have it', () => {
    const seconds = BigInt(Date.parse('2025-06-01T00:00:00Z') / 1000)
    expect(convertEvent(event, source)).toMatchObject({
      eventId: 'e1',
      timeUnixNano: seconds * 1_000_000_000n,
      isGlobal: false,
      isMalformed: false,
    })
    expect(convertEvent({ ...event, isGlobal: true }, source).isGlobal).toBe(true)
    expect(convertEvent({ ...event, isGlobal: 'true' }, source).isGlobal).toBe(true)
  })

  it('service.name is as told, and a region that the event does not name is not made up', () => {
    const resource = { 'cloud.provider': 'alibaba_cloud', 'service.name': 'audit' }
    expect(readable({ eventId: 'e1' }, { serviceName: 'audit' })[0]?.resource).toEqual(resource)
  })

  it('an event without an id has the same one each time it is read', () => {
    const [a, b] = [convertEvent({ b: 1, a: 2 }, source), convertEvent({ a: 2, b: 1 }, source)]
    expect(a.eventId).toBe(b.eventId)
  })

  it.each<[string, Json]>([
    ['a text', 'text'],
    ['a number', 5],
    ['null', null],
    ['a list', ['list']],
    ['a long integer', 12_345_678_901_234_567_890n],
  ])('%s is no event, and is handed on as it is', (_what, broken) => {
    const converted = convertEvent(broken, source)
    expect(converted.isMalformed).toBe(true)
    expect(readable(broken)).toMatchObject([
      {
        body: formatJson(broken),
        scope: { 'encoding.format': 'alibabacloud.actiontrail-event' },
        attributes: {
          'log.record.uid': converted.eventId,
          'alibabacloud.parse_error': 'the event is no JSON object',
        },
      },
    ])
  })

  it('findings go beside the event, and raise its severity', () => {
    const examined: unknown[] = []
    const audit: AuditEvents = {
      isActive: true,
      examine(document, { eventId }) {
        examined.push(document)
        const fields = {
          timeUnixNano: 5n,
          observedTimeUnixNano,
          attributes: { 'log.record.uid': `finding/${eventId}` },
        }
        return {
          severityNumber: 17,
          findings: [{ resource: new Map([['service.name', 'rules']]), scopeName: 'rules', format: 'finding', fields }],
        }
      },
      save: async () => {},
    }
    const converted = convertEvent(event, { ...source, audit })
    expect(examined).toEqual([])
    const records = converted.toRecords()
    expect(records.map(({ fields }) => fields.attributes['log.record.uid'])).toEqual(['e1', 'finding/e1'])
    expect(records[0]?.fields.severityNumber).toBe(17)
    expect(examined).toEqual([event])
  })
})
