import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import * as conventions from '@opentelemetry/semantic-conventions/incubating'
import { describe, expect, it } from 'vitest'
import { type FieldTable, type KindTable, targetsOf, timeFieldsOf } from '../../../receivers/sls/kinds/kind-table.ts'
import { kindTables } from '../../../receivers/sls/kinds/registry.ts'
import { goldenCases } from '../../golden.ts'
import { logKindsPage } from './log-kinds-page.ts'
import { convertOnce, pageOf, readableRecords } from './pages.ts'

const time = 1_772_410_530

/** One log of the kind, whatever its fields would be recognised as. */
function convertAs({ id }: KindTable, contents: Record<string, string>, topic = '') {
  const page = pageOf({ topic, logs: [{ time, contents: Object.entries(contents) }] })
  const conversion = convertOnce(page, { options: { kind: id } })
  const [record] = readableRecords(conversion.payloads)
  if (record === undefined) throw new Error('No record came out')
  return { ...conversion, record }
}

/** A text that is valid for the type of the field. */
function plausible({ name, type }: FieldTable): string {
  switch (type) {
    case 'int':
      return '7'
    case 'double':
      return '1.5'
    case 'bool':
      return 'true'
    default:
      return `text of ${name}`
  }
}

const anyText: readonly string[] = [
  ...[
    '',
    '-',
    'null',
    '0',
    '-1',
    '42',
    '9223372036854775808',
    '1.5',
    '.',
    '1e400',
    'true',
    '1772410530',
    '%',
    '%e5%9b',
  ],
  ...[
    '/a?b=c&token=d',
    '?',
    '[2001:db8::1]:443',
    '192.0.2.1:80, 192.0.2.2:81',
    ', , ',
    'HTTP/2.0',
    'TLSv1.3',
    '/',
    '[',
    '|',
  ],
  ...[
    'SELECT 1',
    'a[b] @ c [d]',
    '[ERROR] x',
    'E0302 08:15:31.000001 1 x',
    '2026-03-02T00:15:30Z',
    '2026-03-02 00:15:30',
  ],
  ...[
    '{"a":{"b":[1,null,"x",{"c":0.5}]},"code":500,"message":"m","Cookie":"x"}',
    '["198.51.100.1"]',
    '{',
    '"x"',
    '{"":""}',
  ],
  ...['é', '\u0000', '\ud800', '图'.repeat(3000), 'x'.repeat(20_000), `[${'0,'.repeat(5000)}0]`],
]

/** Numbers from 0 to 1, the same for the same seed. */
function randomFrom(seed: string): () => number {
  let state = [...seed].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) >>> 0, 7)
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

describe.each(kindTables)('$id', (kind) => {
  const isDocument = kind.content !== undefined && kind.content !== 'fields'

  it('a record with nothing in it has only what its kind and place say', () => {
    const { record, malformed, unparsedValues } = convertAs(kind, {})
    expect({ malformed, unparsedValues }).toEqual({
      malformed: kind.content === 'actiontrail_fields' ? 0 : 0,
      unparsedValues: 0,
    })
    expect(record.scope['encoding.format']).toBe(`alibabacloud.${kind.id}`)
    expect(record.resource['service.name']).toBe(kind.product)
    if (isDocument) return
    expect(record.timeUnixNano).toBe(`${time}000000000`)
    const constants = Object.keys(kind.constantAttributes ?? {}).filter((name) => !name.startsWith('resource:'))
    expect(Object.keys(record.attributes).sort()).toEqual(['log.record.uid', ...constants].sort())
  })

  it('a record whose fields are all absent by `-` says no more', () => {
    const { record, unparsedValues } = convertAs(kind, Object.fromEntries(kind.fields.map(({ name }) => [name, '-'])))
    expect(unparsedValues).toBe(0)
    if (isDocument) return
    const constants = Object.keys(kind.constantAttributes ?? {}).filter((name) => !name.startsWith('resource:'))
    expect(Object.keys(record.attributes).sort()).toEqual(['log.record.uid', ...constants].sort())
  })

  it('a record with every field names each attribute once, and drops no field but those that say nothing', () => {
    const contents = Object.fromEntries(kind.fields.map((field) => [field.name, plausible(field)]))
    const { record } = convertAs(kind, contents)
    if (isDocument) return
    const told = JSON.stringify([
      record.attributes,
      record.resource,
      record.body,
      record.eventName,
      record.severityText,
    ])
    const lost = kind.fields.filter((field) => {
      const isConditional = targetsOf(field).every(({ unless, when, constant }) => unless ?? when ?? constant)
      return (
        (field.type ?? 'string') === 'string' &&
        !isConditional &&
        targetsOf(field).length > 0 &&
        !told.toLowerCase().includes(field.name.toLowerCase())
      )
    })
    expect(lost.map(({ name }) => name)).toEqual([])
  })

  const numbers = kind.fields.filter(
    ({ type = 'string', to }) => type !== 'string' && !(Array.isArray(to) && to.length === 0),
  )
  if (numbers.length > 0)
    it('numbers and booleans that are none are kept as text and counted', () => {
      for (const field of numbers) {
        const { record, unparsedValues } = convertAs(kind, { [field.name]: '12x4' })
        expect.soft(unparsedValues, field.name).toBeGreaterThan(0)
        expect.soft(Object.values(record.attributes), field.name).toContain('12x4')
      }
    })

  if (timeFieldsOf(kind).length > 0)
    it('a time that is none is kept as text and counted', () => {
      for (const field of timeFieldsOf(kind)) {
        const { record, unparsedValues } = convertAs(kind, { [field]: 'yesterday' })
        expect(unparsedValues).toBe(1)
        expect(Object.values(record.attributes)).toContain('yesterday')
        expect(record.timeUnixNano).toBe(`${time}000000000`)
        expect(convertAs(kind, { [field]: `${time - 1}250` }).record.timeUnixNano).toBe(`${time - 1}250000000`)
      }
    })

  it('any text in any field gives a record that can be read, and keeps its neighbours', () => {
    const random = randomFrom(kind.id)
    const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T
    const logs = Array.from({ length: 20 }, () => {
      const names = [...kind.fields.map(({ name }) => name), ...timeFieldsOf(kind), 'unknown', 'unknown']
      return { time, contents: names.map((name): [string, string] => [name, pick(anyText)]) }
    })
    for (const body of ['summary', 'original', 'none'] as const) {
      const { payloads, records } = convertOnce(pageOf({ logs }), { options: { kind: kind.id, body } })
      expect(records).toBe(logs.length)
      expect(readableRecords(payloads)).toHaveLength(logs.length)
    }
  })

  it('is held to a golden case', () => {
    expect(existsSync(new URL(`testdata/${kind.id}/`, import.meta.url))).toBe(true)
  })
})

it('every folder of golden cases is of a kind', () => {
  const ids = new Set(['generic', ...kindTables.map(({ id }) => id)])
  const folders = goldenCases(new URL('testdata/', import.meta.url)).map(({ name }) => name.split('/')[0])
  expect(folders.filter((folder) => folder === undefined || !ids.has(folder))).toEqual([])
})

it('docs/log-kinds.md shows the tables as they are', () => {
  const file = new URL('../../../docs/log-kinds.md', import.meta.url)
  const page = logKindsPage(kindTables)
  if (process.env['UPDATE_EXPECTED'] === '1') {
    writeFileSync(file, page)
    expect.unreachable('docs/log-kinds.md was rewritten; read the difference and run again without UPDATE_EXPECTED')
  }
  expect(readFileSync(file, 'utf8')).toBe(page)
})

describe('attribute names', () => {
  /** Not in the conventions: names that the Collector's own encodings and receivers write (sls-log-schemas 3.2). */
  const ofTheCollector = ['security_rule.action', 'network.tcp.flags', 'k8s.event.', 'k8s.object.']
  const published = new Set<string>(
    Object.entries(conventions).flatMap(([name, value]) =>
      name.startsWith('ATTR_') && typeof value === 'string' ? [value] : [],
    ),
  )
  const names = new Set(
    kindTables.flatMap((kind) => [
      ...kind.fields.flatMap(targetsOf).map(({ attribute }) => attribute),
      ...kind.fields.flatMap(({ whole }) => whole ?? []),
      ...Object.keys(kind.constantAttributes ?? {}),
      ...(kind.joined ?? []).map(({ attribute }) => attribute),
      ...(kind.named ?? []).map(({ attribute }) => attribute),
    ]),
  )
  const isKnown = (name: string) =>
    name.startsWith('alibabacloud.') ||
    /^@(body|event_name|trace_id)$/.test(name) ||
    /^http\.(request|response)\.header(\.[a-z0-9-]+)?$/.test(name) ||
    ofTheCollector.some((known) => (known.endsWith('.') ? name.startsWith(known) : name === known)) ||
    published.has(name)

  it('are published in the semantic conventions, or ours', () => {
    const plain = [...names].map((name) => name.replace(/^resource:/, ''))
    expect(plain.filter((name) => !isKnown(name))).toEqual([])
  })

  it('are not deprecated there', () => {
    const types = new URL(
      '../../../node_modules/@opentelemetry/semantic-conventions/dist/experimental_attributes.d.mts',
      import.meta.url,
    )
    const text = readFileSync(types, 'utf8')
    const deprecated = new Set(
      [...text.matchAll(/@deprecated(?:(?!\*\/)[\s\S])*\*\/\s*declare const ATTR_\w+: "([^"]+)"/g)].map(
        ([, name]) => name ?? '',
      ),
    )
    expect(deprecated.size).toBeGreaterThan(50)
    expect([...names].map((name) => name.replace(/^resource:/, '')).filter((name) => deprecated.has(name))).toEqual([])
  })
})
