import { describe, expect, it } from 'vitest'
import { createPageConverter } from '../../../receivers/sls/convert.ts'
import { decodeLogs } from '../../../src/otlp/decode.ts'
import { noProcessing, type Processing } from '../../../src/pipeline/outlet.ts'
import { event, rules, startDetection } from '../../detection/events.ts'
import { defaultOptions, defaultSource, observedTimeUnixNano, pageOf } from './pages.ts'

const watched = { ...event({ eventRW: 'Read' }), eventId: 'watched' }
const page = pageOf({
  topic: 'actiontrail_audit_event',
  logs: [{ time: 1_748_833_200, contents: [['event', JSON.stringify(watched)]] }],
})

async function converter() {
  const watch = ['LTAIEXAMPLEKEY01']
  const audit = await startDetection({ watch, rules: rules({}, ['watched-access-key']) })
  return createPageConverter(defaultOptions, { audit, delivered: undefined })
}

function recordsOf(payloads: readonly { readonly bytes: Uint8Array }[]) {
  return payloads.flatMap(({ bytes }) =>
    decodeLogs(bytes).flatMap(({ scopeLogs }) =>
      scopeLogs.flatMap(({ scope, logRecords }) =>
        logRecords.map(({ severityNumber, attributes }) => [
          scope.attributes.find(({ key }) => key === 'encoding.format')?.value,
          attributes.find(({ key }) => key === 'log.record.uid')?.value,
          severityNumber,
        ]),
      ),
    ),
  )
}

describe('a page with audit events', () => {
  it('has the severity of watched keys, and findings behind its records', async () => {
    const conversion = (await converter()).convert(page, defaultSource, observedTimeUnixNano, noProcessing)
    expect(recordsOf(conversion.payloads)).toEqual([
      ['alibabacloud.actiontrail-event', 'watched', 13],
      ['alibabacloud.finding', 'finding/watched-access-key/watched', 17],
    ])
    expect(conversion.records).toBe(1)
  })

  it('is the same for every way out, and when it is read again', async () => {
    const pages = await converter()
    const other: Processing = { resourceAttributes: new Map([['team', 'web']]), steps: [] }
    const read = (processing: Processing) =>
      recordsOf(pages.convert(page, defaultSource, observedTimeUnixNano, processing).payloads)
    const first = read(noProcessing)
    expect(first).toHaveLength(2)
    expect(read(other)).toEqual(first)
    expect(read(noProcessing)).toEqual(first)
  })

  it('is as it always was where nobody looks', () => {
    const { payloads } = createPageConverter(defaultOptions).convert(
      page,
      defaultSource,
      observedTimeUnixNano,
      noProcessing,
    )
    expect(recordsOf(payloads)).toEqual([['alibabacloud.actiontrail-event', 'watched', 9]])
  })
})
