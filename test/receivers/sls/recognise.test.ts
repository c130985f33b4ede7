import { describe, expect, it } from 'vitest'
import type { KindTable } from '../../../receivers/sls/kinds/kind-table.ts'
import { kindTables } from '../../../receivers/sls/kinds/registry.ts'
import { createRecogniser, type RecordShape } from '../../../receivers/sls/recognise.ts'
import { goldenCases } from '../../golden.ts'

interface Sample {
  project: string
  logstore: string
  topic: string
  contents: Record<string, string>
  options?: { kind?: string }
}

const shapeOf = (sample: Partial<Sample>): RecordShape => {
  const { project = 'p', logstore = 'l', topic = '', contents = {} } = sample
  return { project, logstore, topic, fields: Object.keys(contents), value: (field) => contents[field] }
}
const recognise = createRecogniser(kindTables)
const kindOf = (sample: Partial<Sample>) => recognise(shapeOf(sample))?.id ?? 'generic'

const table = (id: string, part: Partial<KindTable>): KindTable => ({
  id,
  title: id,
  product: 'x',
  topics: [],
  signatureFields: [],
  fields: [],
  ...part,
})
const contentsOf = (...fields: string[]) => Object.fromEntries(fields.map((field) => [field, 'v']))

describe('recognition', () => {
  const samples = goldenCases(new URL('testdata/', import.meta.url)).filter(
    (golden) => (golden.input as Sample).options?.kind === undefined,
  )
  it.each(samples)('the sample $name is of its kind', (golden) => {
    expect(kindOf(golden.input as Sample)).toBe(golden.name.split('/')[0])
  })

  // Lines of plain text, and fields of everyday use, say nothing without the place they lie in.
  const placed = samples.filter(
    (golden) => !/^(ack-controlplane|actiontrail|cfw-event|dcdn-realtime)/.test(golden.name),
  )
  it.each(placed)('the sample $name is of its kind without project and logstore', (golden) => {
    const { topic, contents } = golden.input as Sample
    expect(kindOf({ topic, contents })).toBe(golden.name.split('/')[0])
  })

  // Two signature fields are not enough without a topic, and some kinds have the fields of others.
  const untold =
    /^(actiontrail|aegis-(crack|dns|login|network|snap-account)|ddos-origin|fc-instance|mongodb-slow|oss-batch|redis-slow|sas-(other|session)|sls-consumer|sls-logtail-alarm)/
  it.each(placed.filter(({ name }) => !untold.test(name)))(
    'the sample $name is of its kind by its fields alone',
    (golden) => {
      const { contents } = golden.input as Sample
      expect(kindOf({ contents })).toBe(golden.name.split('/')[0])
    },
  )

  it('slow logs of RDS and of PolarDB share a topic and are parted by the instance’s or the cluster’s id', () => {
    const fields = ['query_sql', 'query_time', 'lock_time', 'rows_examined']
    const topic = 'rds_slow_log'
    expect(kindOf({ topic, contents: contentsOf(...fields, 'instance_id') })).toBe('rds-slow')
    expect(kindOf({ topic, contents: contentsOf(...fields, 'cluster_id') })).toBe('polardb-slow')
  })

  it('a topic of everyday use counts only in the logstores of its product', () => {
    const contents = { log_type: 'tls' }
    const topic = 'event_log'
    const project = 'cloudfirewallnew-project-1234567890123456-cn-hangzhou'
    expect(kindOf({ topic, contents })).toBe('generic')
    expect(kindOf({ topic, contents, project, logstore: 'cloudfirewallnew-logstore' })).toBe('cfw-event')
    expect(kindOf({ contents: { content: 'a line' } })).toBe('generic')
  })

  it('a topic of the customer’s own that happens to be a known one needs half of the signature', () => {
    expect(kindOf({ topic: 'slb_layer7_access_log', contents: contentsOf('message') })).toBe('generic')
    expect(kindOf({ topic: 'slb_layer7_access_log', contents: contentsOf('slbid', 'vip_addr') })).toBe('clb-access')
  })

  it.each(['actiontrail_event', 'actiontrail_audit_event'])('topic %s with a field event is ActionTrail', (topic) => {
    expect(kindOf({ topic, contents: { event: 'cut {' } })).toBe('actiontrail-event')
  })

  it.each(['actiontrail_audit-trail', 'innertrail_audit'])(
    'a field event in logstore %s is ActionTrail',
    (logstore) => {
      expect(kindOf({ logstore, contents: { event: 'cut {' } })).toBe('actiontrail-event')
    },
  )

  it('a lone document with an event id is ActionTrail anywhere; other events and documents with company are not', () => {
    expect(kindOf({ contents: { event: ' {"EventID":"1"}' } })).toBe('actiontrail-event')
    expect(kindOf({ contents: { event: '{"eventId":"1"}', owner_id: '1' } })).toBe('actiontrail-event')
    expect(kindOf({ contents: { event: '{"eventId":"1"}', message: 'x' } })).toBe('generic')
    expect(kindOf({ contents: { event: '{"a":{"eventId":"1"}}' } })).toBe('generic')
    expect(kindOf({ contents: { event: '{"eventId":' } })).toBe('generic')
    expect(kindOf({ contents: { event: 'login' } })).toBe('generic')
  })

  it('field names count in any of their spellings', () => {
    expect(kindOf({ contents: contentsOf('SlbId', 'upstream-addr', 'slb_vport', 'VIP-Addr') })).toBe('clb-access')
  })

  it('kinds that share a topic are parted by values, then by complete signatures, then by longer ones', () => {
    const shared = createRecogniser([
      table('nat', { topics: ['fw'], signatureFields: ['log_type'], signatureValues: { log_type: ['nat'] } }),
      table('vpc', { topics: ['fw'], signatureFields: ['log_type'], signatureValues: { log_type: ['vpc'] } }),
      table('small', { topics: ['waf'], signatureFields: ['host', 'trace'] }),
      table('large', { topics: ['waf'], signatureFields: ['host', 'trace', ['src_ip', 'dst_port']] }),
    ])
    const id = (topic: string, contents: Record<string, string>) => shared(shapeOf({ topic, contents }))?.id
    expect(id('fw', { log_type: 'vpc' })).toBe('vpc')
    expect(id('fw', { log_type: 'other' })).toBeUndefined()
    expect(id('waf', contentsOf('host', 'trace'))).toBe('small')
    expect(id('waf', contentsOf('host', 'trace', 'dst_port'))).toBe('large')
  })

  it('by logstore and project when no topic fits; by fields alone only with three of them and no equal rival', () => {
    const some = createRecogniser([
      table('here', { logstorePatterns: ['^store$'], projectPatterns: ['^audit-'], signatureFields: ['a'] }),
      table('two', { signatureFields: ['a', 'b'] }),
      table('three', { signatureFields: ['c', 'd', 'e'] }),
      table('rival', { signatureFields: ['c', 'd', 'f'] }),
    ])
    const id = (sample: Partial<Sample>) => some(shapeOf(sample))?.id
    expect(id({ project: 'audit-1', logstore: 'store', contents: contentsOf('a') })).toBe('here')
    expect(id({ project: 'other', logstore: 'store', contents: contentsOf('a') })).toBeUndefined()
    expect(id({ contents: contentsOf('a', 'b') })).toBeUndefined()
    expect(id({ contents: contentsOf('c', 'd', 'e') })).toBe('three')
    expect(id({ contents: contentsOf('c', 'd', 'e', 'f') })).toBeUndefined()
  })
})
