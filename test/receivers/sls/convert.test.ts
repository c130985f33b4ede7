import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createPageConverter, kindIds } from '../../../receivers/sls/convert.ts'
import {
  encodeLogGroup,
  encodeLogGroupList,
  type SlsLog,
  type SlsLogGroup,
} from '../../../src/alibaba/sls/log-group.ts'
import { noProcessing, type Processing } from '../../../src/pipeline/outlet.ts'
import { ProtobufError } from '../../../src/protobuf/reader.ts'
import { convertOnce, defaultOptions, defaultSource, observedTimeUnixNano, pageOf, readableRecords } from './pages.ts'

const sample = (kind: string): { contents: Record<string, string> } =>
  JSON.parse(readFileSync(new URL(`testdata/${kind}/input.json`, import.meta.url), 'utf8'))

const clb = Object.entries(sample('clb-access/usual').contents)
const event = Object.entries(sample('actiontrail-event/usual').contents)
const time = 1_772_410_530

const clbLog = (changes: Record<string, string> = {}): SlsLog => ({
  time,
  contents: clb.map(([key, value]) => [key, changes[key] ?? value]),
})
const log = (contents: [string, string][]): SlsLog => ({ time, contents })
const clbGroup = (...logs: SlsLog[]): Partial<SlsLogGroup> => ({
  topic: 'slb_layer7_access_log',
  source: 'log_service',
  logs,
})

/** Records of one log of the generic kind. */
const convertContents = (contents: [string, string][]) =>
  readableRecords(convertOnce(pageOf({ logs: [log(contents)] })).payloads)[0]

const frame = (tag: number, bytes: Uint8Array) => {
  if (bytes.length > 127) throw new Error('Too long for one byte of length')
  return Buffer.concat([Buffer.from([tag, bytes.length]), bytes])
}
const pair = (key: string, value: string | Uint8Array) =>
  frame(0x12, Buffer.concat([frame(0x0a, Buffer.from(key)), frame(0x12, Buffer.from(value))]))
const timeField = Buffer.from([0x08, 0xa2, 0x86, 0x94, 0xcd, 0x06])
/** A page of one group with these encoded logs. */
const rawPage = (...logs: Uint8Array[]) => frame(0x0a, Buffer.concat(logs.map((bytes) => frame(0x0a, bytes))))

describe('uids', () => {
  const groups = [
    clbGroup(clbLog(), clbLog({ slbid: 'lb-2' }), clbLog({ status: '500' })),
    {
      source: '192.0.2.1',
      tags: [['__path__', '/var/log/a.log']] as [string, string][],
      logs: [log([['content', 'x']]), log([['a', '1']])],
    },
    { logs: [] },
    { topic: 'actiontrail_audit_event', logs: [log(event as [string, string][])] },
    clbGroup(clbLog()),
  ]
  const encoded = groups.map((group) => encodeLogGroup({ topic: '', source: '', tags: [], logs: [], ...group }))

  it.each([0, 1, 2, 3, 4, 5])('the same records have the same uids when the page is cut after %i groups', (cut) => {
    const whole = readableRecords(convertOnce(encodeLogGroupList(encoded)).payloads)
    const first = defaultSource.firstGroupNumber ?? 0n
    const parts = [
      convertOnce(encodeLogGroupList(encoded.slice(0, cut)), { source: { firstGroupNumber: first } }),
      convertOnce(encodeLogGroupList(encoded.slice(cut)), { source: { firstGroupNumber: first + BigInt(cut) } }),
    ].flatMap(({ payloads }) => readableRecords(payloads))
    const byUid = (records: typeof whole) =>
      records.toSorted((a, b) =>
        String(a.attributes['log.record.uid']) < String(b.attributes['log.record.uid']) ? -1 : 1,
      )
    expect(whole).toHaveLength(7)
    expect(byUid(parts)).toEqual(byUid(whole))
  })

  it('name project, logstore, shard, the number of the group and the place in it', () => {
    const page = pageOf(
      ...Array.from({ length: 3 }, () => ({ logs: Array.from({ length: 11 }, () => log([['a', 'b']])) })),
    )
    const { payloads } = convertOnce(page, { source: { firstGroupNumber: 98n, shardId: 12 } })
    const uids = readableRecords(payloads).map(({ attributes }) => attributes['log.record.uid'])
    expect(new Set(uids).size).toBe(33)
    expect(uids.at(0)).toBe('web-prod/access/12/98/0')
    expect(uids.at(10)).toBe('web-prod/access/12/98/10')
    expect(uids.at(11)).toBe('web-prod/access/12/99/0')
    expect(uids.at(32)).toBe('web-prod/access/12/100/10')
  })

  it('count from the cursor where the number of the first group is not known', () => {
    const page = pageOf({ logs: [log([['a', 'b']])] }, { logs: [log([['a', 'b']])] })
    const { payloads } = convertOnce(page, { source: { firstGroupNumber: undefined, startCursor: 'abc==' } })
    expect(readableRecords(payloads).map(({ attributes }) => attributes['log.record.uid'])).toEqual([
      'web-prod/access/0/abc==+0/0',
      'web-prod/access/0/abc==+1/0',
    ])
  })
})

describe('fields', () => {
  it('a key that occurs again keeps its values too, numbered under its own name', () => {
    const [record] = readableRecords(
      convertOnce(pageOf(clbGroup(log([...(clb as [string, string][]), ['status', '404'], ['status', '500']]))))
        .payloads,
    )
    expect(record?.attributes).toMatchObject({
      'http.response.status_code': 200,
      'alibabacloud.slb.status.2': '404',
      'alibabacloud.slb.status.3': '500',
    })
    expect(record?.severityNumber).toBe(9)
  })

  it('a key that occurs twice in a generic log is two entries of the body', () => {
    const record = convertContents([
      ['a', '1'],
      ['a', '2'],
      ['a.2', '3'],
      ['a', '4'],
    ])
    expect(record?.body).toEqual({ a: '1', 'a.2': '2', 'a.2.2': '3', 'a.3': '4' })
  })

  it('two unknown names that become one attribute are told apart', () => {
    const [record] = readableRecords(
      convertOnce(pageOf(clbGroup(log([...(clb as [string, string][]), ['a.b', '1'], ['a b', '2'], ['a_b', '3']]))))
        .payloads,
    )
    expect(record?.attributes).toMatchObject({
      'alibabacloud.slb.a_b': '1',
      'alibabacloud.slb.a_b.2': '2',
      'alibabacloud.slb.a_b.3': '3',
    })
  })

  it('an unknown field of the SLS log cannot take the name of the topic', () => {
    const operation = Object.entries(sample('sls-operation/query').contents) as [string, string][]
    const page = pageOf({ topic: 'mine', logs: [log([...operation, ['topic', 'x']])] })
    const [record] = readableRecords(convertOnce(page, { options: { kind: 'sls-operation' } }).payloads)
    expect(record?.attributes).toMatchObject({ 'alibabacloud.sls.topic': 'mine', 'alibabacloud.sls.topic.2': 'x' })
  })

  it('bytes that are no UTF-8 become U+FFFD, in values, keys and bodies', () => {
    const broken = Buffer.from([0x61, 0xff, 0xc3, 0xa9, 0xe2, 0x82])
    const bad = Buffer.concat([timeField, frame(0x12, Buffer.concat([frame(0x0a, broken), frame(0x12, broken)]))])
    const [record] = readableRecords(convertOnce(rawPage(bad)).payloads)
    expect(record?.body).toEqual({ 'a\ufffdé\ufffd': 'a\ufffdé\ufffd' })

    const uri = Buffer.concat([Buffer.from('/\xff', 'latin1'), Buffer.from('?q=é')])
    const bytes = Buffer.concat([
      timeField,
      pair('request_method', 'GET'),
      pair('request_uri', uri),
      pair('host', broken),
      pair('http_host', broken),
    ])
    const [access] = readableRecords(convertOnce(rawPage(bytes), { options: { kind: 'clb-access' } }).payloads)
    expect(access?.body).toBe('GET /\ufffd')
    expect(access?.attributes).toMatchObject({
      'url.path': '/\ufffd',
      'url.query': 'q=é',
      'url.domain': 'a\ufffdé\ufffd',
      'http.request.header.host': ['a\ufffdé\ufffd'],
    })
  })

  it('long values and long keys come through whole', () => {
    const record = convertContents([
      ['k'.repeat(300), 'é'.repeat(20_000)],
      ['big', 'x'.repeat(300_000)],
    ])
    expect(record?.body).toEqual({ ['k'.repeat(300)]: 'é'.repeat(20_000), big: 'x'.repeat(300_000) })
  })

  it('a log with a thousand fields keeps them all', () => {
    const contents = Array.from({ length: 1000 }, (_, index): [string, string] => [`field${index}`, String(index)])
    expect(convertContents(contents)?.body).toEqual(Object.fromEntries(contents))
  })

  it('two fields for one resource attribute that differ: the first counts, the second is kept on the record', () => {
    const contents = [...(clb as [string, string][]), ['instance_id', 'lb-other'] as [string, string]]
    const [record] = readableRecords(convertOnce(pageOf(clbGroup(log(contents)))).payloads)
    expect(record?.resource['cloud.resource_id']).toBe('lb-bp1example0001')
    expect(record?.attributes['alibabacloud.slb.instance_id']).toBe('lb-other')
  })

  it('a time of the container that is more than a day off does not become the time of the record', () => {
    const contents: [string, string][] = [
      ['content', 'x'],
      ['_container_name_', 'web'],
      ['_time_', '2026-03-04T00:15:31Z'],
    ]
    const record = convertContents(contents)
    expect(record?.timeUnixNano).toBe('1772410530000000000')
    expect(record?.attributes['alibabacloud.log._time_']).toBe('2026-03-04T00:15:31Z')
  })

  it('nanoseconds are added to the second', () => {
    const page = pageOf({ logs: [{ time: 4_294_967_295, timeNs: 999_999_999, contents: [] }] })
    const { payloads } = convertOnce(page)
    expect(readableRecords(payloads)[0]?.timeUnixNano).toBe('4294967295999999999')
    expect(payloads[0]?.oldestUnixNano).toBe(4_294_967_295_999_999_999n)
  })
})

describe('tags', () => {
  it('are attributes under their own names, a second one of a name too', () => {
    const tags: [string, string][] = [
      ['env', 'prod'],
      ['env', 'blue'],
      ['__receive_time__', '1'],
      ['empty', ''],
    ]
    const [record] = readableRecords(
      convertOnce(pageOf({ source: '192.0.2.9', tags, logs: [log([['a', 'b']])] })).payloads,
    )
    expect(record?.attributes).toEqual({
      'log.record.uid': 'web-prod/access/0/1447329401102130904/0',
      'alibabacloud.sls.tag.env': 'prod',
      'alibabacloud.sls.tag.env.2': 'blue',
      'alibabacloud.sls.source': '192.0.2.9',
    })
  })

  it('lose against the same fact in the contents, which keeps the other as a tag', () => {
    const tags: [string, string][] = [
      ['_pod_name_', 'from-tag'],
      ['_namespace_', 'default'],
    ]
    const contents: [string, string][] = [
      ['content', 'x'],
      ['_pod_name_', 'from-contents'],
      ['_namespace_', 'default'],
    ]
    const [record] = readableRecords(convertOnce(pageOf({ tags, logs: [log(contents)] })).payloads)
    expect(record?.resource).toMatchObject({ 'k8s.pod.name': 'from-contents', 'k8s.namespace.name': 'default' })
    expect(record?.attributes['alibabacloud.sls.tag._pod_name_']).toBe('from-tag')
    expect(record?.attributes).not.toHaveProperty('alibabacloud.sls.tag._namespace_')
  })

  it('that only say when and in which batch a group came do not make another group', () => {
    const group = (receiveTime: string): Partial<SlsLogGroup> => ({
      tags: [
        ['__hostname__', 'web-1'],
        ['__receive_time__', receiveTime],
      ],
      logs: [log([['a', 'b']])],
    })
    const { payloads } = convertOnce(pageOf(group('1'), group('2')))
    const resources = readableRecords(payloads).map(({ resource }) => resource['host.name'])
    expect(resources).toEqual(['web-1', 'web-1'])
  })
})

describe('resources', () => {
  it('records of one resource stand together, in the order of the shard, in one ResourceLogs', () => {
    const ids = ['lb-a', 'lb-b', 'lb-a', 'lb-b', 'lb-c', 'lb-a']
    const { payloads } = convertOnce(
      pageOf(clbGroup(...ids.map((slbid, index) => clbLog({ slbid, client_port: String(index) })))),
    )
    const records = readableRecords(payloads)
    expect(payloads).toHaveLength(1)
    expect(
      records.map(({ resource, attributes }) => [resource['cloud.resource_id'], attributes['client.port']]),
    ).toEqual([
      ['lb-a', 0],
      ['lb-a', 2],
      ['lb-a', 5],
      ['lb-b', 1],
      ['lb-b', 3],
      ['lb-c', 4],
    ])
  })

  it('more resources than are kept open at a time are all delivered', () => {
    const logs = Array.from({ length: 3000 }, (_, index) => clbLog({ slbid: `lb-${index}` }))
    const { payloads, records } = convertOnce(pageOf(clbGroup(...logs)))
    expect(records).toBe(3000)
    expect(new Set(readableRecords(payloads).map(({ resource }) => resource['cloud.resource_id'])).size).toBe(3000)
  })

  it('attributes of a processor are set over those of the record, for its own way out only', () => {
    const converter = createPageConverter(defaultOptions)
    const page = pageOf(clbGroup(clbLog()))
    const labelled: Processing = {
      resourceAttributes: new Map<string, string | number | boolean>([
        ['deployment.environment.name', 'prod'],
        ['cloud.region', 'mine'],
        ['tier', 1],
        ['on', true],
      ]),
      steps: [],
    }
    const other: Processing = { ...noProcessing }
    const resourceWith = (processing: Processing) =>
      readableRecords(converter.convert(page, defaultSource, observedTimeUnixNano, processing).payloads)[0]?.resource
    expect(resourceWith(labelled)).toMatchObject({
      'deployment.environment.name': 'prod',
      'cloud.region': 'mine',
      tier: 1,
      on: true,
    })
    expect(resourceWith(other)).toMatchObject({ 'cloud.region': 'cn-hangzhou' })
    expect(resourceWith(other)).not.toHaveProperty('tier')
    expect(resourceWith(labelled)).toHaveProperty('tier', 1)
  })

  it('a converter that serves several logstores keeps them apart', () => {
    const converter = createPageConverter(defaultOptions)
    const page = pageOf({ logs: [log([['a', 'b']])] })
    const names = ['one', 'two', 'one'].map((logstore) => {
      const { payloads } = converter.convert(page, { ...defaultSource, logstore }, observedTimeUnixNano, {
        ...noProcessing,
      })
      return readableRecords(payloads)[0]?.resource['service.name']
    })
    expect(names).toEqual(['one', 'two', 'one'])
  })
})

describe('payloads', () => {
  it('are cut between records and hold all of them', () => {
    const logs = Array.from({ length: 200 }, (_, index) =>
      clbLog({ client_port: String(index), slbid: `lb-${index % 3}` }),
    )
    const { payloads, records } = convertOnce(pageOf(clbGroup(...logs)), { options: { maxPayloadBytes: 10_000 } })
    expect(payloads.length).toBeGreaterThan(10)
    for (const payload of payloads) expect(payload.bytes.length).toBeLessThanOrEqual(10_000)
    expect(payloads.reduce((sum, { items }) => sum + items, 0)).toBe(records)
    const ports = readableRecords(payloads).map(({ attributes }) => Number(attributes['client.port']))
    expect(ports.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 200 }, (_, index) => index))
  })

  it('a record larger than a payload stands alone', () => {
    const logs = [log([['a', '1']]), log([['a', 'x'.repeat(50_000)]]), log([['a', '2']])]
    const { payloads } = convertOnce(pageOf({ logs }), { options: { maxPayloadBytes: 1000 } })
    expect(payloads.map(({ items }) => items)).toEqual([1, 1, 1])
    expect(readableRecords(payloads).map(({ body }) => (body as { a: string }).a.length)).toEqual([1, 50_000, 1])
  })

  it('tell the oldest and the newest time in them', () => {
    const logs = [7, 5, 9].map((seconds): SlsLog => ({ time: time + seconds, timeNs: seconds, contents: [] }))
    const [payload] = convertOnce(pageOf({ logs })).payloads
    expect(payload).toMatchObject({
      signal: 'logs',
      oldestUnixNano: 1_772_410_535_000_000_005n,
      newestUnixNano: 1_772_410_539_000_000_009n,
    })
  })

  it('share no memory with the page or with the next page', () => {
    const converter = createPageConverter(defaultOptions)
    const page = pageOf(clbGroup(clbLog()))
    const processing = noProcessing
    const { payloads } = converter.convert(page, defaultSource, observedTimeUnixNano, processing)
    const before = readableRecords(payloads)
    page.fill(0)
    converter.convert(pageOf(clbGroup(clbLog({ host: 'other' }))), defaultSource, observedTimeUnixNano, processing)
    expect(readableRecords(payloads)).toEqual(before)
  })

  it('there are none for a page without logs', () => {
    expect(convertOnce(new Uint8Array())).toEqual({
      payloads: [],
      records: 0,
      malformed: 0,
      filtered: 0,
      unparsedValues: 0,
      duplicates: 0,
      auditEventIds: [],
      awaitedEventIds: [],
    })
    expect(convertOnce(pageOf({ topic: 'x' }, {})).payloads).toEqual([])
  })
})

describe('broken input', () => {
  const good = Buffer.concat([timeField, pair('a', '1')])

  it('a log without a time is kept as bytes, and its neighbours are converted', () => {
    const timeless = pair('a', '2')
    const conversion = convertOnce(rawPage(good, timeless, good))
    expect(conversion).toMatchObject({ records: 3, malformed: 1 })
    const records = readableRecords(conversion.payloads)
    expect(records.map(({ body }) => body)).toEqual([{ a: '1' }, { bytes: timeless.toString('hex') }, { a: '1' }])
    expect(records[1]).toMatchObject({
      timeUnixNano: '0',
      observedTimeUnixNano: String(observedTimeUnixNano),
      attributes: {
        'alibabacloud.malformed': 'the log has no time',
        'log.record.uid': 'web-prod/access/0/1447329401102130904/1',
      },
    })
  })

  it.each([
    ['a field that runs past the log', Buffer.concat([timeField, Buffer.from([0x12, 0x20, 0x0a, 0x01])])],
    ['a pair that runs past its field', Buffer.concat([timeField, frame(0x12, Buffer.from([0x0a, 0x20, 0x61]))])],
    ['a group mark, which protobuf 3 does not know', Buffer.concat([timeField, Buffer.from([0x0b])])],
    ['a number that does not end', Buffer.from([0x08, 0xff, 0xff])],
    ['a time beyond 32 bits', Buffer.from([0x08, 0xff, 0xff, 0xff, 0xff, 0x7f])],
  ])('a log with %s is kept as bytes', (_what, bytes) => {
    const conversion = convertOnce(rawPage(good, bytes, good))
    expect(conversion).toMatchObject({ records: 3, malformed: 1 })
    expect(readableRecords(conversion.payloads)[1]?.body).toEqual({ bytes: bytes.toString('hex') })
  })

  it('what stands behind a break in a group is kept as bytes; the next group is converted', () => {
    const rest = Buffer.from([0x0a, 0x7f, 0x01, 0x02])
    const broken = frame(0x0a, Buffer.concat([frame(0x1a, Buffer.from('t')), frame(0x0a, good), rest]))
    const conversion = convertOnce(Buffer.concat([broken, rawPage(good)]))
    expect(conversion).toMatchObject({ records: 3, malformed: 1 })
    const records = readableRecords(conversion.payloads)
    expect(records.map(({ body }) => body)).toEqual([{ a: '1' }, { bytes: rest.toString('hex') }, { a: '1' }])
    expect(records[1]?.attributes).toMatchObject({
      'alibabacloud.sls.topic': 't',
      'alibabacloud.malformed': 'the log group breaks off',
      'log.record.uid': 'web-prod/access/0/1447329401102130904/1',
    })
  })

  it('a broken list of groups is refused', () => {
    expect(() => convertOnce(Buffer.from([0x0a, 0x7f, 0x00]))).toThrow(ProtobufError)
  })

  it('unknown fields, fields in another order and longer numbers than needed are read', () => {
    const unknown = Buffer.concat([
      Buffer.from([0x28, 0x07]),
      frame(0x1a, Buffer.from('values')),
      Buffer.from([0x31, 1, 2, 3, 4, 5, 6, 7, 8]),
    ])
    const valueFirst = frame(
      0x12,
      Buffer.concat([frame(0x12, Buffer.from('v')), Buffer.from([0x18, 0x01]), frame(0x0a, Buffer.from('k'))]),
    )
    const paddedLength = Buffer.from([0x12, 0x86, 0x00, 0x0a, 0x01, 0x6d, 0x12, 0x01, 0x6e])
    const missingParts = Buffer.concat([
      frame(0x12, frame(0x0a, Buffer.from('key only'))),
      frame(0x12, frame(0x12, Buffer.from('value only'))),
    ])
    const nanos = Buffer.from([0x25, 0x05, 0, 0, 0])
    const conversion = convertOnce(
      rawPage(Buffer.concat([nanos, valueFirst, unknown, paddedLength, missingParts, timeField]), good),
    )
    expect(conversion).toMatchObject({ records: 2, malformed: 0 })
    const [record] = readableRecords(conversion.payloads)
    expect(record?.body).toEqual({ k: 'v', m: 'n', 'key only': '', '': 'value only' })
    expect(record?.timeUnixNano.endsWith('000000005')).toBe(true)
  })

  it('no page that was cut or changed makes the converter fail otherwise than by refusing it', () => {
    const page = pageOf(clbGroup(clbLog(), clbLog({ status: '404' })), { logs: [log(event as [string, string][])] })
    const converter = createPageConverter(defaultOptions)
    let random = 1
    for (let round = 0; round < 2000; round++) {
      random = (Math.imul(random, 1_103_515_245) + 12_345) & 0x7fffffff
      const changed = page.slice(0, round % 3 === 0 ? random % page.length : page.length)
      changed[random % Math.max(1, changed.length)] = (random >> 8) & 0xff
      try {
        const { payloads, records } = converter.convert(changed, defaultSource, observedTimeUnixNano, {
          ...noProcessing,
        })
        expect(readableRecords(payloads)).toHaveLength(records)
      } catch (error) {
        expect(error).toBeInstanceOf(ProtobufError)
      }
    }
  })
})

describe('options', () => {
  it('kindIds lists every kind, sorted', () => {
    const ids = kindIds()
    expect(ids).toHaveLength(88)
    expect(ids).toEqual(ids.toSorted())
    expect(ids).toEqual(expect.arrayContaining(['actiontrail-event', 'clb-access', 'generic', 'waf3-access']))
  })

  it('a kind that does not exist is refused', () => {
    expect(() => createPageConverter({ ...defaultOptions, kind: 'clb' })).toThrow('There is no kind "clb"')
  })
})
