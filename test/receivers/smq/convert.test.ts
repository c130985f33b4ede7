import { describe, expect, it } from 'vitest'
import { convertMessage } from '../../../receivers/smq/convert.ts'
import { decodeBody } from '../../../receivers/smq/decode-body.ts'
import { severityOfFields } from '../../../receivers/smq/severity.ts'
import { parseTraceparent } from '../../../receivers/smq/shapes/recognise.ts'
import type { ActionTrailRecord } from '../../../src/alibaba/actiontrail/event.ts'
import { parseEventTime } from '../../../src/alibaba/event-time.ts'
import type { JsonObject } from '../../../src/lossless-json.ts'
import { noAuditEvents } from '../../../src/pipeline/audit-events.ts'
import type { OutgoingRecord } from '../../../src/pipeline/record-encoder.ts'
import { sampleMessage } from './sample-message.ts'

const source = { queue: 'q', region: undefined, accountId: undefined }
const base = { decode: 'auto', body: 'summary', serviceName: '' } as const
const toBase64 = (content: string | Uint8Array) => Buffer.from(content).toString('base64')

function convert(body: string, options: Partial<Parameters<typeof convertMessage>[2]> = {}) {
  const message = sampleMessage({ MessageId: 'M1', MessageBody: body, DequeueCount: 1, EnqueueTime: 1795170001000 })
  return convertMessage(message, source, { ...base, ...options }, 1n)
}
const fieldsOf = (...parameters: Parameters<typeof convert>) => {
  const [record] = convert(...parameters).toRecords(noAuditEvents)
  if (record === undefined) throw new Error('no record')
  return record.fields
}

const event = {
  eventId: 'E1',
  eventName: 'DeleteInstance',
  eventTime: '2026-11-20T08:15:31Z',
  serviceName: 'Ecs',
  eventRW: 'Write',
  userIdentity: { type: 'ram-user', userName: 'alice' },
}

describe('decodeBody', () => {
  it.each([
    ['JSON', '{"a":1}', '{"a":1}'],
    ['JSON in Base64', toBase64('{"a":1}'), '{"a":1}'],
    ['Base64 over several lines', 'eyJhIjox\r\nfSAgICAg\n', '{"a":1}     '],
    ['words', 'nothing to see', 'nothing to see'],
    ['a short word', 'abcd', 'abcd'],
    ['a word of eight letters', 'password', 'password'],
    ['digits of a length that Base64 has', '20261120', '20261120'],
    ['nothing', '', ''],
    ['Base64 of bytes', toBase64(Uint8Array.of(0xff, 0xfe, 1, 2, 3, 4, 5, 6)), '//4BAgMEBQY='],
    ['Base64 of control characters', toBase64('\u0001\u0002\u0003abcdef'), 'AQIDYWJjZGVm'],
    ['text beyond ASCII in Base64', toBase64('磁盘已满, disk full'), '磁盘已满, disk full'],
  ])('auto: %s', (_what, body, text) => {
    expect(decodeBody(body, 'auto')).toEqual({ form: 'text', text })
  })

  it('raw takes everything as it is', () => {
    expect(decodeBody(toBase64('{"a":1}'), 'raw')).toEqual({ form: 'text', text: toBase64('{"a":1}') })
  })

  it('base64 keeps what is none, and gives bytes that are no text as bytes', () => {
    expect(decodeBody('abcd', 'base64')).toEqual({ form: 'bytes', bytes: Buffer.from('abcd', 'base64') })
    expect(decodeBody(toBase64('hi'), 'base64')).toEqual({ form: 'text', text: 'hi' })
    expect(decodeBody('not base64!', 'base64')).toEqual({ form: 'undecodable', text: 'not base64!' })
  })
})

describe('parseEventTime', () => {
  const at = BigInt(Date.parse('2026-11-20T11:04:42.179Z')) * 1_000_000n
  it.each([
    ['2026-11-20T11:04:42.179Z'],
    ['2026-11-20T19:04:42.179+08:00'],
    ['2026-11-20T19:04:42.179PRC'],
    ['20261120T190442.179+0800'],
    ['2026-11-20 19:04:42,179 +08:00'],
    [1795172682179],
    ['1795172682179'],
    ['1795172682.179'],
    [1795172682.179],
    ['1795172682179000'],
    [1795172682179000000n],
  ])('%s', (value) => {
    expect(parseEventTime(value)).toBe(at)
  })

  it.each([undefined, null, true, {}, '', 'now', '12', -5, '2026-13-40T00:00:00Z', '2026-11-20T11:04:42'])(
    'knows no time in %j',
    (value) => {
      expect(parseEventTime(value)).toBeUndefined()
    },
  )
})

describe('parseTraceparent', () => {
  const trace = '9c1f5a7d2e8b4063a1d7c5e9f0b32481'
  it.each([
    [`00-${trace}-5b1e9d70c4a8f236-01`, { traceId: trace, spanId: '5b1e9d70c4a8f236', traceFlags: 1 }],
    [`01-${trace}-5b1e9d70c4a8f236-00-more`, { traceId: trace, spanId: '5b1e9d70c4a8f236', traceFlags: 0 }],
    [`00-${trace}-5b1e9d70c4a8f236-01-more`, undefined],
    [`ff-${trace}-5b1e9d70c4a8f236-01`, undefined],
    [`00-${'0'.repeat(32)}-5b1e9d70c4a8f236-01`, undefined],
    [`00-${trace}-0000000000000000-01`, undefined],
    ['nonsense', undefined],
    [undefined, undefined],
  ])('%s', (text, span) => {
    expect(parseTraceparent(text)).toEqual(span)
  })
})

describe('severityOfFields', () => {
  it.each([
    [{ Level: 'Warning' }, 13],
    [{ severity: 'CRITICAL' }, 17],
    [{ 'log.level': 'debug' }, 5],
    [{ level: 30 }, undefined],
    [{ level: 'constructor' }, undefined],
    [{ level: 'unheard of', severity: 'error' }, 17],
    [{}, undefined],
  ])('%j', (fields, severity) => {
    expect(severityOfFields(fields)).toBe(severity)
  })
})

describe('convertMessage', () => {
  it('gives the bytes of a body that is no text, and counts it as malformed', () => {
    const bytes = Uint8Array.of(0xff, 0xfe, 0)
    expect(convert(toBase64(bytes), { decode: 'base64' }).isMalformed).toBe(true)
    const fields = fieldsOf(toBase64(bytes), { decode: 'base64' })
    expect(Buffer.from(fields.body as Uint8Array)).toEqual(Buffer.from(bytes))
    expect(fields.attributes['alibabacloud.parse_error']).toMatch(/no UTF-8/)
  })

  it('keeps what is no Base64 where it should be, and says so', () => {
    expect(convert('plain words', { decode: 'base64' }).isMalformed).toBe(true)
    expect(fieldsOf('plain words', { decode: 'base64' })).toMatchObject({
      body: 'plain words',
      attributes: { 'alibabacloud.parse_error': 'the body is no Base64' },
    })
  })

  it('reads JSON behind a byte order mark, encoded or not', () => {
    const body = '\ufeff{"level":"error"}'
    for (const sent of [body, Buffer.from(body).toString('base64')]) {
      expect(fieldsOf(sent)).toMatchObject({ severityNumber: 17, body: { level: 'error' } })
    }
  })

  it('keeps JSON as text that is nested too deeply for a map', () => {
    const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`
    expect(fieldsOf(deep).body).toBe(deep)
  })

  it('keeps a key of an application that means something to JavaScript', () => {
    expect(JSON.stringify(fieldsOf('{"__proto__":{"a":1},"constructor":2}').body)).toBe(
      '{"__proto__":{"a":1},"constructor":2}',
    )
  })

  it('takes the trace from a field of JSON too', () => {
    const traceparent = '00-9c1f5a7d2e8b4063a1d7c5e9f0b32481-5b1e9d70c4a8f236-01'
    expect(fieldsOf(JSON.stringify({ traceparent })).span).toMatchObject({ spanId: '5b1e9d70c4a8f236' })
  })

  it.each([
    ['none', undefined, undefined],
    ['original', '{"a":1}', '{"a":1}'],
    ['summary', { a: 1 }, '{"a":1}'],
  ] as const)('gives the body that is asked for: %s', (body, json, text) => {
    expect(fieldsOf('{"a":1}', { body }).body).toEqual(json)
    const cloudEvent = JSON.stringify({
      specversion: '1.0',
      id: '1',
      source: 'acs.ecs',
      type: 'ecs:X',
      data: { password: 'p' },
    })
    const shown = fieldsOf(cloudEvent, { body }).body
    if (body === 'original') expect(shown).toContain('"password":"REDACTED"')
    else expect(shown).toBe(text === undefined ? undefined : 'ecs:X')
  })

  it('leaves out who is told of an alert', () => {
    const alert = {
      ruleId: 'r',
      curLevel: 'WARN',
      contactGroups: ['ops'],
      webhooks: 'https://example.com/?token=1',
      dingMembers: 'x',
    }
    for (const body of ['summary', 'original'] as const) {
      const { body: shown, attributes } = fieldsOf(JSON.stringify(alert), { body })
      expect(JSON.stringify({ shown, attributes })).not.toMatch(/ops|example\.com|dingMembers/)
    }
  })

  it('takes a list of other things than events for JSON', () => {
    expect(convert('{"events":[{"a":1}]}').kind).toBe('json/other')
    expect(convert('{"events":[]}').kind).toBe('json/other')
  })

  it('overrides the name of the service', () => {
    const [record] = convert('hello', { serviceName: 'shop' }).toRecords(noAuditEvents)
    expect(record?.resource.get('service.name')).toBe('shop')
  })

  it('shows ActionTrail events to the rules, and delivers what they find beside them', () => {
    const finding = {
      resource: new Map(),
      scopeName: 's',
      format: 'f',
      fields: { attributes: {} },
    } as unknown as OutgoingRecord
    const examined: [JsonObject, ActionTrailRecord][] = []
    const audit = {
      isActive: true,
      examine: (shown: JsonObject, record: ActionTrailRecord) => {
        examined.push([shown, record])
        return { severityNumber: 17, findings: [finding] }
      },
    }
    const wrapped = {
      specversion: '1.0',
      id: '1',
      source: 'acs.actiontrail',
      type: 'actiontrail:ActionTrail:ApiCall',
      data: event,
    }
    const records = convert(JSON.stringify(wrapped)).toRecords(audit)
    expect(records[0]?.fields.severityNumber).toBe(17)
    expect(records[1]).toBe(finding)
    expect(examined).toMatchObject([[{ eventId: 'E1' }, { eventId: 'E1', severityNumber: 10 }]])
    expect(convert('hello').toRecords(audit)).toHaveLength(1)
  })
})
