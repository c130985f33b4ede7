import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { SlsOptions } from '../../../receivers/sls/config.ts'
import type { ConvertOptions } from '../../../receivers/sls/convert.ts'
import { kindTableSchema } from '../../../receivers/sls/kinds/kind-table.ts'
import { kindTables } from '../../../receivers/sls/kinds/registry.ts'
import { createRecogniser } from '../../../receivers/sls/recognise.ts'
import { configJsonSchema } from '../../../src/config/json-schema.ts'
import { loadConfig } from '../../../src/config/load.ts'
import { registry } from '../../../src/registry.ts'
import { convertOnce, pageOf, readableRecords } from './pages.ts'

const readme = readFileSync(new URL('../../../receivers/sls/README.md', import.meta.url), 'utf8')
const example = /## Kinds of your own[\s\S]*?```yaml\n([\s\S]*?)```/.exec(readme)?.[1] ?? ''

const load = (text: string) => loadConfig(text, { path: 'otel-config.yaml', env: {}, registry })

function optionsOf(text: string): SlsOptions {
  const loaded = load(text)
  if ('faults' in loaded) throw new Error(JSON.stringify(loaded.faults))
  return loaded.config.receivers.get('alibabacloud_sls')?.options as SlsOptions
}

/** A configuration with these kinds, each in YAML's flow form, and other options of the receiver. */
const configWith = (kinds: readonly string[], options = '') => `
receivers:
  alibabacloud_sls:
    endpoint: cn-hangzhou.log.aliyuncs.com
    project: shop-prod
    logstores: [checkout]
${options}
    kinds:
${kinds.map((kind) => `      - ${kind}`).join('\n')}
exporters: { debug: }
service: { pipelines: { logs: { receivers: [alibabacloud_sls], exporters: [debug] } } }
`

/** A small table in order, but for what is given. */
const kindWith = (more = '', fields = '{ name: a, to: own.a }') =>
  `{ id: own-kind, title: Own, product: own, topics: [own], signature_fields: [a], fields: [${fields}], ${more} }`

function faultsOf(text: string): string[] {
  const loaded = load(text)
  if ('config' in loaded) return []
  return loaded.faults.map(({ path, message }) => `${path.replace('receivers.alibabacloud_sls.', '')} ${message}`)
}

const time = 1_772_410_530

function convert({ kind, kinds }: SlsOptions, topic: string, contents: Record<string, string>) {
  const options: Partial<ConvertOptions> = { kind, ownKinds: kinds }
  const page = pageOf({ topic, logs: [{ time, contents: Object.entries(contents) }] })
  const { payloads, unparsedValues } = convertOnce(page, { options })
  const [record] = readableRecords(payloads)
  if (record === undefined) throw new Error('The page gave no record')
  return { record, unparsedValues }
}

const kindOf = (options: SlsOptions, topic: string, contents: Record<string, string>) =>
  convert(options, topic, contents).record.scope['encoding.format']

const order = {
  at: '2026-03-02T00:15:29.250Z',
  order_id: 'o-81',
  step: 'pay',
  took: '250',
  amount: '19.5',
  page: '/pay?token=abc&lang=de',
  result: '1',
  shop: 'berlin',
  session: 's3cr3t',
  coupon: 'SPRING',
}
const clbFields = {
  slbid: 'lb-1',
  upstream_addr: '192.0.2.1:80',
  slb_vport: '80',
  vip_addr: '192.0.2.2',
  status: '200',
}

describe('kinds of the user’s own', () => {
  it('the example of the README converts its log, from YAML to OTLP', () => {
    const { record, unparsedValues } = convert(optionsOf(example), 'checkout', order)
    expect(unparsedValues).toBe(0)
    expect(record).toEqual({
      resource: {
        'cloud.provider': 'alibaba_cloud',
        'cloud.region': 'cn-hangzhou',
        'service.name': 'shop',
        'alibabacloud.sls.project': 'web-prod',
        'alibabacloud.sls.logstore': 'access',
        'shop.name': 'berlin',
      },
      scope: { name: 'alibabacloud-otel-receiver/receivers/sls', 'encoding.format': 'alibabacloud.shop-checkout' },
      timeUnixNano: '1772410529250000000',
      observedTimeUnixNano: '1772410540000000000',
      severityNumber: 13,
      eventName: 'pay',
      body: 'order o-81 declined',
      attributes: {
        'log.record.uid': expect.stringContaining('web-prod/access/0/'),
        'alibabacloud.sls.topic': 'checkout',
        'shop.channel': 'web',
        'shop.order.id': 'o-81',
        'shop.checkout.duration': { double: 0.25 },
        'shop.order.amount': { double: 19.5 },
        'url.path': '/pay',
        'url.query': 'token=REDACTED&lang=de',
        'shop.result': 'declined',
        'error.type': '1',
        'alibabacloud.shop.coupon': 'SPRING',
      },
    })
  })

  it('a value that is not its type is kept as text and counted, as with built-in kinds', () => {
    const { record, unparsedValues } = convert(optionsOf(example), 'checkout', { ...order, took: 'long' })
    expect(unparsedValues).toBe(1)
    expect(record.attributes['alibabacloud.shop.took']).toBe('long')
  })

  it('every key in camelCase has its counterpart in snake_case, down to the conditions', () => {
    const [table] = optionsOf(
      configWith([
        kindWith(
          [
            'field_prefix: own.x',
            'field_groups: [g]',
            'topic_patterns: ["^own-"]',
            'project_patterns: ["^shop"]',
            'needs_logstore: false',
            'signature_values: { aB: [x] }',
            'signature_json: { field: a, members: [m] }',
            'constant_attributes: { own.c: 1 }',
            'severity: { rules: [{ when: [{ field: a, at_least: 1 }], severity: WARN, error_type: a }] }',
          ].join(', '),
          '{ name: a, unit_by_topic: { aB: ms }, redact_query: true, to: [own.a, { attribute: own.b, only_known: true, values: { aB: x } }] }',
        ),
      ]),
    ).kinds
    expect(table).toMatchObject({
      fieldPrefix: 'own.x',
      fieldGroups: ['g'],
      topicPatterns: ['^own-'],
      projectPatterns: ['^shop'],
      needsLogstore: false,
      signatureValues: { aB: ['x'] },
      signatureJson: { field: 'a', members: ['m'] },
      constantAttributes: { 'own.c': 1 },
      severity: { rules: [{ when: [{ field: 'a', atLeast: 1 }], severity: 'WARN', errorType: 'a' }] },
      fields: [
        { unitByTopic: { aB: 'ms' }, redactQuery: true, to: ['own.a', { onlyKnown: true, values: { aB: 'x' } }] },
      ],
    })
    expect(table).not.toHaveProperty('replacesBuiltIn')
  })

  it('every built-in table, written in snake_case, is read back as it is', () => {
    const dataMaps = new Set(['values', 'signatureValues', 'unitByTopic', 'constantAttributes'])
    const written = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(written)
      if (typeof value !== 'object' || value === null) return value
      const snake = (key: string) => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
      return Object.fromEntries(
        Object.entries(value).map(([key, item]) => [snake(key), dataMaps.has(key) ? item : written(item)]),
      )
    }
    // This one gives log.file.path itself, which the receiver may write too.
    const tables = kindTables.filter(({ id }) => id !== 'sls-logtail-profile')
    const kinds = tables.map((table) => JSON.stringify({ ...Object(written(table)), replaces_built_in: true }))
    const withDollars = kinds.map((kind) => kind.replaceAll('$', '$$$$'))
    // Some of them are recognised in no record, so auto would be refused.
    expect(optionsOf(configWith(withDollars, '    kind: generic')).kinds).toEqual(
      tables.map((table) => kindTableSchema.parse(table)),
    )
  })
})

describe('recognition of kinds of the user’s own', () => {
  const own = (more: string) => optionsOf(configWith([more]))
  const rival = own(
    '{ id: own-lb, title: Own, product: own, topics: [], signature_fields: [slbid, status, vip_addr], fields: [] }',
  )

  it('one that is there whole goes before a built-in kind that is there whole, with its topic', () => {
    expect(kindOf(rival, 'slb_layer7_access_log', clbFields)).toBe('alibabacloud.own-lb')
  })

  it('one that is there in part does not', () => {
    const { status: _, ...rest } = clbFields
    expect(kindOf(rival, 'slb_layer7_access_log', rest)).toBe('alibabacloud.clb-access')
    const halfByTopic = own(
      '{ id: own-lb, title: Own, product: own, topics: [slb_layer7_access_log], signature_fields: [slbid, x], fields: [] }',
    )
    expect(kindOf(halfByTopic, 'slb_layer7_access_log', clbFields)).toBe('alibabacloud.clb-access')
  })

  it('a topic alone is enough for a table without a signature', () => {
    const byTopic = own(
      '{ id: by-topic, title: Own, product: own, topics: [orders], signature_fields: [], fields: [] }',
    )
    expect(kindOf(byTopic, 'orders', { x: '1' })).toBe('alibabacloud.by-topic')
    expect(kindOf(byTopic, '', { x: '1' })).toBe('alibabacloud.generic')
  })

  it('values that part them from others are asked of each record', () => {
    const byValue = own(
      '{ id: by-value, title: Own, product: own, topics: [], signature_fields: [slbid, status, vip_addr], signature_values: { status: ["500"] }, fields: [] }',
    )
    expect(kindOf(byValue, '', { ...clbFields, status: '500' })).toBe('alibabacloud.by-value')
    expect(kindOf(byValue, '', clbFields)).toBe('alibabacloud.clb-access')
    const logs = ['500', '200', '500'].map((status) => ({ time, contents: Object.entries({ ...clbFields, status }) }))
    const { payloads } = convertOnce(pageOf({ logs }), { options: { ownKinds: byValue.kinds } })
    expect(readableRecords(payloads).map(({ scope }) => scope['encoding.format'])).toEqual([
      'alibabacloud.by-value',
      'alibabacloud.by-value',
      'alibabacloud.clb-access',
    ])
  })

  it('kind: pins one of them', () => {
    const pinned = optionsOf(configWith([kindWith()], '    kind: own-kind'))
    expect(kindOf(pinned, 'slb_layer7_access_log', clbFields)).toBe('alibabacloud.own-kind')
  })

  it('one that replaces a built-in kind takes its place, recognised and pinned', () => {
    const replacing =
      '{ id: clb-access, replaces_built_in: true, title: Own, product: own, topics: [mine], signature_fields: [a], fields: [] }'
    const recognised = own(replacing)
    expect(kindOf(recognised, 'slb_layer7_access_log', clbFields)).toBe('alibabacloud.generic')
    expect(convert(recognised, 'mine', { a: '1' }).record.resource['service.name']).toBe('own')
    const pinned = optionsOf(configWith([replacing], '    kind: clb-access'))
    expect(convert(pinned, '', clbFields).record.resource['service.name']).toBe('own')
  })

  it('without kinds nothing changes', () => {
    const without = optionsOf(example.replace(/ {4}kinds:[\s\S]*?(?=exporters:)/, ''))
    expect(without).toMatchObject({ kind: 'auto', kinds: [] })
    expect(convert(without, 'checkout', order).record).toMatchObject({ body: order, severityNumber: 0 })
    expect(kindOf(without, '', clbFields)).toBe('alibabacloud.clb-access')
  })

  it('a receiver’s kinds are not those of another', () => {
    const clb: Parameters<ReturnType<typeof createRecogniser>>[0] = {
      project: 'p',
      logstore: 'l',
      topic: '',
      fields: Object.keys(clbFields),
      value: () => undefined,
    }
    expect(createRecogniser(kindTables, rival.kinds)(clb)?.id).toBe('own-lb')
    expect(createRecogniser(kindTables)(clb)?.id).toBe('clb-access')
  })
})

describe('faults of kinds of the user’s own', () => {
  const another = kindWith('', '{ name: a, to: own.b }')

  it('a table in order has none', () => {
    expect(faultsOf(configWith([kindWith()]))).toEqual([])
  })

  it.each<[string, string[], string]>([
    ['an unknown key', [kindWith('colour: red')], 'kinds[0].colour is no known key'],
    ['a key in camelCase', [kindWith('topicPatterns: [x]')], 'kinds[0].topicPatterns is no known key'],
    [
      'an unknown key deep inside',
      [kindWith('', '{ name: a, to: { attribute: own.a, froms: text } }')],
      'kinds[0].fields[0].to.froms is no known key',
    ],
    ['a missing key', ['{ id: own-kind }'], 'kinds[0].title is required'],
    [
      'an unknown form',
      [kindWith('', '{ name: a, to: { attribute: own.a, form: upper } }')],
      'kinds[0].fields[0].to.form is none of the values it can have',
    ],
    [
      'a pattern that is none',
      [kindWith('topic_patterns: ["("]')],
      'kinds[0].topic_patterns[0] is no regular expression',
    ],
    ['an id twice', [kindWith(), another], 'kinds[1].id is the id of an earlier one of these kinds'],
    [
      'the id of a built-in kind',
      [kindWith().replace('own-kind', 'clb-access')],
      'kinds[0].id is the id of a built-in kind; replaces_built_in: true puts yours in its place',
    ],
    [
      'a built-in kind to replace that is not there',
      [kindWith('replaces_built_in: true')],
      'kinds[0].replaces_built_in is true, but there is no built-in kind own-kind',
    ],
    [
      'the id of what is of no kind',
      [kindWith('replaces_built_in: true').replace('own-kind', 'generic')],
      'kinds[0].id is a word of kind: and cannot be replaced',
    ],
    [
      'the word auto as an id',
      [kindWith().replace('own-kind', 'auto')],
      'kinds[0].id is a word of kind: and cannot be replaced',
    ],
    [
      'a name that no attribute can have',
      [kindWith('', '{ name: a, to: Own A }')],
      'kinds[0].fields[0].to Own A is no name of an attribute: lower-case letters, digits and _, in parts divided by dots',
    ],
    [
      'a part of the record that there is not',
      [kindWith('', '{ name: a, to: "@time" }')],
      'kinds[0].fields[0].to @time is no name of an attribute: lower-case letters, digits and _, in parts divided by dots',
    ],
    [
      'a constant that no attribute can be',
      [kindWith('constant_attributes: { "resource:": x }')],
      'kinds[0].constant_attributes  is no name of an attribute: lower-case letters, digits and _, in parts divided by dots',
    ],
    [
      'an attribute that the receiver writes',
      [kindWith('', '{ name: a, to: log.record.uid }')],
      'kinds[0].fields[0].to log.record.uid is written by the receiver itself',
    ],
    [
      'two sources for one attribute',
      [kindWith('', '{ name: a, to: own.a }, { name: b, to: own.a }')],
      'kinds[0].fields[1] own.a has two sources, the second is the field b',
    ],
    [
      'two sources for the type of an error',
      [
        kindWith(
          'constant_attributes: { error.type: x }, severity: { rules: [{ when: { field: a, present: true }, severity: WARN, error_type: a }] }',
        ),
      ],
      'kinds[0].severity has an error_type, but error.type has another source',
    ],
    [
      'an error type from a field that is not there',
      [kindWith('severity: { rules: [{ when: { field: a, present: true }, severity: WARN, error_type: x }] }')],
      'kinds[0].severity.rules[0].error_type the error type names x, which is no field',
    ],
    [
      'a kind that can be told of no record',
      [kindWith().replace('[own]', '[]')],
      'kinds[0] can be told of no record: it has no topic, no logstore with a field, and no three fields that show it',
    ],
  ])('%s', (_what, kinds, fault) => {
    expect(faultsOf(configWith(kinds))).toContain(fault)
  })

  it('a kind that can be told of no record may be pinned', () => {
    expect(faultsOf(configWith([kindWith().replace('[own]', '[]')], '    kind: own-kind'))).toEqual([])
  })

  it('kind: with a kind that is neither built in nor among them, with the nearest', () => {
    const loaded = load(configWith([kindWith()], '    kind: own-kinds'))
    expect(loaded).toMatchObject({
      faults: [
        {
          path: 'receivers.alibabacloud_sls.kind',
          line: 7,
          message: 'is none of the values it can have',
          found: '"own-kinds"',
          allowed: expect.stringMatching(/^auto, own-kind, ack-controlplane, /),
          suggestion: 'own-kind',
        },
      ],
    })
  })

  it('all the faults of a table come at once, each with its line', () => {
    const loaded = load(configWith([kindWith('', '{ name: a, to: Own A }, { name: b, to: log.file.path }')]))
    expect(loaded).toMatchObject({ faults: [{ line: 9 }, { line: 9 }] })
  })
})

it('the JSON schema of the configuration tells the tables in snake_case, and the ids of kinds', () => {
  const definitions = configJsonSchema(registry)['$defs'] as Record<string, unknown>
  expect(definitions['receivers.alibabacloud_sls']).toMatchObject({
    properties: {
      kind: { type: 'string', default: 'auto', examples: expect.arrayContaining(['auto', 'clb-access', 'generic']) },
      kinds: {
        type: 'array',
        default: [],
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['id', 'title', 'product', 'topics', 'signature_fields', 'fields'],
          properties: {
            topic_patterns: { type: 'array' },
            replaces_built_in: { type: 'boolean' },
            fields: { items: { properties: { redact_query: { type: 'boolean' } } } },
          },
        },
      },
    },
  })
})
