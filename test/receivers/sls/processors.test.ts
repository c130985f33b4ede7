import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createPageConverter } from '../../../receivers/sls/convert.ts'
import type { Processor } from '../../../src/pipeline/component.ts'
import { noProcessing, type Processing } from '../../../src/pipeline/outlet.ts'
import { filterProcessor } from '../../../src/pipeline/processors/filter.ts'
import { redactionProcessor } from '../../../src/pipeline/processors/redaction.ts'
import { convertOnce, defaultOptions, defaultSource, observedTimeUnixNano, pageOf, readableRecords } from './pages.ts'

const sample = (kind: string, name = 'usual'): [string, string][] =>
  Object.entries(
    JSON.parse(readFileSync(new URL(`testdata/${kind}/${name}/input.json`, import.meta.url), 'utf8')).contents,
  )

const time = 1_772_410_530
const clb = sample('clb-access')
const clbGroup = (...changes: Record<string, string>[]) => ({
  topic: 'slb_layer7_access_log',
  logs: changes.map((changed) => ({
    time,
    contents: clb.map(([key, value]): [string, string] => [key, changed[key] ?? value]),
  })),
})
const trail = { topic: 'actiontrail_audit_event', logs: [{ time, contents: sample('actiontrail-event') }] }
const generic = (...logs: [string, string][][]) => ({ logs: logs.map((contents) => ({ time, contents })) })

function processingOf(...processors: Processor[]): Processing {
  return { ...noProcessing, steps: processors.flatMap((each) => (each.role === 'record' ? [each.step] : [])) }
}
const drop = (...expressions: string[]) => filterProcessor.create(filterProcessor.schema.parse({ drop: expressions }))
const mask = (...keys: string[]) =>
  redactionProcessor.create(redactionProcessor.schema.parse({ rules: [{ keys, action: 'mask' }] }))

/** Everything that leaves the machine, as text. */
const sent = (conversion: ReturnType<typeof convertOnce>) => JSON.stringify(readableRecords(conversion.payloads))

describe('a redaction', () => {
  it.each(['summary', 'original', 'none'] as const)('leaves nothing of a flat record’s field with body %s', (body) => {
    const page = pageOf(clbGroup({ request_uri: '/pay?card=6222020200112233', client_ip: '198.51.100.77' }))
    const options = { body }
    const plain = sent(convertOnce(page, { options }))
    expect(plain).toContain('6222020200112233')
    expect(plain).toContain('198.51.100.77')
    const conversion = convertOnce(page, { options, processing: processingOf(mask('url.query', 'client.address')) })
    const [record] = readableRecords(conversion.payloads)
    expect(record?.attributes).toMatchObject({ 'url.path': '/pay', 'url.query': '***', 'client.address': '***' })
    expect(JSON.stringify(record)).not.toContain('6222020200112233')
    expect(JSON.stringify(record)).not.toContain('198.51.100.77')
  })

  it('masks a field of body original whose attribute has another form', () => {
    const page = pageOf({ topic: 'oss_access_log', logs: [{ time, contents: sample('oss-access', 'signed-read') }] })
    const attribute = 'alibabacloud.request.duration'
    const options = { body: 'original' } as const
    const [plain] = readableRecords(convertOnce(page, { options }).payloads)
    const bodyOf = (record: typeof plain) => (record?.body ?? {}) as Record<string, unknown>
    expect(plain?.attributes[attribute]).toEqual({ double: Number(bodyOf(plain)['response_time']) / 1000 })
    const [record] = readableRecords(convertOnce(page, { options, processing: processingOf(mask(attribute)) }).payloads)
    expect(bodyOf(record)['response_time']).toBe('***')
  })

  it('changes only what it names: all else is as without it', () => {
    const page = pageOf(clbGroup({ request_uri: '/a?only=here' }), trail, generic([['a', 'b']]))
    const texts = (processing: Processing) =>
      readableRecords(convertOnce(page, { processing }).payloads)
        .map((record) => JSON.stringify(record))
        .sort()
    const before = texts(noProcessing)
    expect(before).toHaveLength(3)
    expect(before.join()).not.toContain('***')
    const after = texts(processingOf(mask('url.query')))
    expect(after.join()).toContain('***')
    expect(after.map((text) => JSON.parse(text.replaceAll('***', 'only=here')))).toEqual(
      before.map((text) => JSON.parse(text)),
    )
  })

  it('leaves the attributes in their order', () => {
    const page = pageOf(clbGroup({ request_uri: '/a?only=here' }))
    const names = (processing: Processing) =>
      readableRecords(convertOnce(page, { processing }).payloads).map(({ attributes }) => Object.keys(attributes))
    expect(names(processingOf(mask('url.path', 'url.query', 'log.record.original')))).toEqual(names(noProcessing))
  })

  it.each(['summary', 'original'] as const)('reaches into an ActionTrail event with body %s', (body) => {
    const options = { body }
    const [plain] = readableRecords(convertOnce(pageOf(trail), { options }).payloads)
    const address = String(plain?.attributes['client.address'])
    expect(address).toMatch(/\d/)
    const conversion = convertOnce(pageOf(trail), {
      options,
      processing: processingOf(mask('client.address', 'cloud.account.id')),
    })
    const [record] = readableRecords(conversion.payloads)
    expect(record?.attributes['client.address']).toBe('***')
    expect(record?.resource['cloud.account.id']).toBe('***')
    expect(JSON.stringify(record?.body)).not.toContain(address)
    expect(JSON.stringify(record?.body)).not.toContain(String(plain?.resource['cloud.account.id']))
  })

  it('reaches a field of a generic record, and other fields that hold the same text', () => {
    const page = pageOf(
      generic([
        ['password', 'hunter2'],
        ['message', 'login with hunter2'],
      ]),
    )
    const [record] = readableRecords(convertOnce(page, { processing: processingOf(mask('body.password')) }).payloads)
    expect(record?.body).toEqual({ password: '***', message: 'login with ***' })
    expect(record?.attributes['log.record.uid']).toMatch(/^web-prod\/access\/0\//)
  })

  it('makes one resource of those that became alike', () => {
    const page = pageOf(clbGroup({ slbid: 'lb-1' }, { slbid: 'lb-2' }, { slbid: 'lb-3' }))
    const { payloads } = convertOnce(page, { processing: processingOf(mask('cloud.resource_id')) })
    const records = readableRecords(payloads)
    expect(records.map(({ resource }) => resource['cloud.resource_id'])).toEqual(['***', '***', '***'])
    expect(payloads.map(({ items }) => items)).toEqual([3])
    const occurrences =
      Buffer.from(payloads[0]?.bytes ?? [])
        .toString('latin1')
        .split('cloud.resource_id').length - 1
    expect(occurrences).toBe(1)
  })

  it('keeps no bytes of a log that is broken', () => {
    const page = Buffer.concat([Buffer.from([0x0a, 10, 0x0a, 8, 0x12, 0x7f]), Buffer.from('secret')])
    expect(readableRecords(convertOnce(page).payloads)[0]?.body).toMatchObject({
      bytes: expect.stringContaining(Buffer.from('secret').toString('hex')),
    })
    const { payloads, malformed } = convertOnce(page, { processing: processingOf(mask('x')) })
    expect(malformed).toBe(1)
    expect(readableRecords(payloads)[0]?.body).toBe('***')
  })
})

describe('a filter', () => {
  it('leaves out records of every kind, and counts them', () => {
    const page = pageOf(
      clbGroup({ status: '200' }, { status: '503' }, { status: '200' }),
      trail,
      generic([['level', 'debug']], [['level', 'error']]),
    )
    const processing = processingOf(
      drop('attributes["http.response.status_code"] == 200', 'body["level"] == "debug"', 'event_name contains ""'),
    )
    const conversion = convertOnce(page, { processing })
    expect(conversion).toMatchObject({ records: 6, filtered: 4, malformed: 0 })
    expect(conversion.payloads.reduce((sum, { items }) => sum + items, 0)).toBe(2)
    const records = readableRecords(conversion.payloads)
    expect(records[0]?.attributes['http.response.status_code']).toBe(503)
    expect(records[1]?.body).toEqual({ level: 'error' })
  })

  it('leaves the bytes of the others as they are', () => {
    const kept = convertOnce(pageOf(clbGroup({ status: '503' }), trail))
    const processing = processingOf(drop('attributes["http.response.status_code"] == 200'))
    const filtered = convertOnce(pageOf(clbGroup({ status: '503' }), trail, clbGroup({ status: '200' })), {
      processing,
    })
    expect(filtered.payloads.map(({ bytes }) => bytes)).toEqual(kept.payloads.map(({ bytes }) => bytes))
  })

  it('has no payload where nothing is left', () => {
    const conversion = convertOnce(pageOf(clbGroup({}, {})), { processing: processingOf(drop('severity >= TRACE')) })
    expect(conversion).toMatchObject({ payloads: [], records: 2, filtered: 2 })
  })

  it('sees the resource', () => {
    const page = pageOf(clbGroup({}), generic([['a', 'b']]))
    const { payloads } = convertOnce(page, { processing: processingOf(drop('resource["service.name"] == "access"')) })
    expect(readableRecords(payloads).map(({ resource }) => resource['service.name'])).toEqual(['slb'])
  })
})

describe('the order of processors', () => {
  const page = pageOf(clbGroup({ client_ip: '198.51.100.77' }))
  const isAddress = drop('attributes["client.address"] == "198.51.100.77" and resource["service.name"] == "slb"')

  it('a filter before a redaction sees what the record brought', () => {
    expect(
      convertOnce(page, { processing: processingOf(isAddress, mask('client.address', 'service.name')) }),
    ).toMatchObject({ filtered: 1 })
  })

  it('a filter behind it sees what is left', () => {
    expect(
      convertOnce(page, { processing: processingOf(mask('client.address', 'service.name'), isAddress) }),
    ).toMatchObject({ filtered: 0 })
  })
})

it('one converter serves pipelines with different processors', () => {
  const converter = createPageConverter(defaultOptions)
  const page = pageOf(clbGroup({ client_ip: '198.51.100.77' }, { client_ip: '198.51.100.78' }))
  const ways = [
    processingOf(mask('client.address')),
    noProcessing,
    processingOf(drop('attributes["client.address"] contains ".78"')),
  ]
  const addresses = [0, 1, 2, 0].map((way) =>
    readableRecords(
      converter.convert(page, defaultSource, observedTimeUnixNano, ways[way] ?? noProcessing).payloads,
    ).map(({ attributes }) => attributes['client.address']),
  )
  const both = ['198.51.100.77', '198.51.100.78']
  expect(addresses).toEqual([['***', '***'], both, ['198.51.100.77'], ['***', '***']])
})
