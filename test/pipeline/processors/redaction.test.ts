import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { DecodedAttribute, DecodedLogRecord, DecodedValue } from '../../../src/otlp/decode.ts'
import type { BodySources } from '../../../src/pipeline/outlet.ts'
import { redactionProcessor } from '../../../src/pipeline/processors/redaction.ts'

const none = new Uint8Array()
const hashOf = (value: string | Uint8Array) => createHmac('sha256', 'k1').update(value).digest('hex').slice(0, 32)

type Rule = [action: string, ...keys: string[]]
function stepOf(rules: readonly Rule[]) {
  const options = { rules: rules.map(([action, ...keys]) => ({ keys, action })), hash_key: 'k1' }
  const processor = redactionProcessor.create(redactionProcessor.schema.parse(options))
  if (processor.role !== 'record') throw new Error(processor.role)
  return processor.step
}

function redact(
  rules: readonly Rule[],
  attributes: Record<string, DecodedValue>,
  body: DecodedValue = null,
  { resource = [], sources = new Map() }: { resource?: DecodedAttribute[]; sources?: BodySources } = {},
) {
  const record: DecodedLogRecord = {
    timeUnixNano: 0n,
    observedTimeUnixNano: 0n,
    severityNumber: 0,
    severityText: '',
    body,
    attributes: Object.entries(attributes).map(([key, value]) => ({ key, value })),
    droppedAttributesCount: 0,
    flags: 0,
    traceId: none,
    spanId: none,
    eventName: '',
  }
  const outcome = stepOf(rules).changeRecord(record, resource, sources)
  return {
    outcome,
    attributes: Object.fromEntries(record.attributes.map(({ key, value }) => [key, value])),
    body: record.body,
  }
}
const map = (members: Record<string, DecodedValue>): DecodedValue => ({
  pairs: Object.entries(members).map(([key, value]) => ({ key, value })),
})

describe('an action', () => {
  it.each<[string, DecodedValue, DecodedValue]>([
    ['mask', 'secret', '***'],
    ['mask', 42n, '***'],
    ['mask', 1.5, '***'],
    ['mask', true, '***'],
    ['mask', ['a', 'b'], ['***', '***']],
    ['mask', map({ a: 'x' }), map({ a: '***' })],
    ['mask', Uint8Array.of(1), '***'],
    ['hash', 'secret', hashOf('secret')],
    ['hash', 42n, hashOf('42')],
    ['hash', '42', hashOf('42')],
    ['hash', ['a', 'é'], [hashOf('a'), hashOf('é')]],
    ['hash', Uint8Array.of(1), hashOf(Uint8Array.of(1))],
    ['last4', '6222020200112233', '***2233'],
    ['last4', 123456n, '***3456'],
    ['last4', 'x中文字😀', '***中文字😀'],
    ['last4', 'four', '***'],
  ])('%s of %o', (action, value, expected) => {
    expect(redact([[action, 'key']], { key: value, other: 'stays' })).toMatchObject({
      outcome: 'changed',
      attributes: { key: expected, other: 'stays' },
    })
  })

  it('drop takes the attribute away', () => {
    expect(redact([['drop', 'a']], { a: 'x', b: 'y' }).attributes).toEqual({ b: 'y' })
  })

  it('an empty text stays empty', () => {
    expect(redact([['hash', 'a']], { a: '' })).toMatchObject({ outcome: 'kept', attributes: { a: '' } })
  })

  it('a hash has 32 hexadecimal digits', () => {
    expect(redact([['hash', 'a']], { a: 'x' }).attributes['a']).toMatch(/^[0-9a-f]{32}$/)
  })
})

describe('keys', () => {
  it.each([
    ['url.*', ['url.query', 'url.path']],
    ['url.quer?', ['url.query']],
    ['url.query', ['url.query']],
    ['*.query', ['url.query', 'db.query']],
    ['urlxquery', []],
    ['*word', ['password']],
  ])('%s names %j', (key, expected) => {
    const names = ['url.query', 'url.path', 'db.query', 'password']
    const { attributes } = redact([['mask', key]], Object.fromEntries(names.map((name) => [name, 'x'])))
    expect(names.filter((name) => attributes[name] === '***')).toEqual(expected)
  })

  it('the first rule that names a key counts', () => {
    const rules: Rule[] = [
      ['last4', 'card'],
      ['mask', 'c*'],
    ]
    expect(redact(rules, { card: '123456', cvc: '123456' }).attributes).toEqual({ card: '***3456', cvc: '***' })
  })

  it('reach members of maps and of maps in lists', () => {
    const value = { 'a.b': map({ c: 'x', d: [map({ c: 'y' }), 'z'] }) }
    expect(redact([['mask', 'a.b.c', 'a.b.d.c']], value).attributes).toEqual({
      'a.b': map({ c: '***', d: [map({ c: '***' }), 'z'] }),
    })
  })

  it('a record that no rule names is kept as it is', () => {
    expect(redact([['mask', 'x', 'body.x']], { a: map({ b: ['x'] }) }, map({ y: [map({ z: 'x' })] })).outcome).toBe(
      'kept',
    )
  })

  it('change resources too, once for a resource', () => {
    const step = stepOf([['mask', 'host.*']])
    const resource = [
      { key: 'host.ip', value: ['192.0.2.1'] },
      { key: 'service.name', value: 'x' },
    ]
    expect(step.changeResource(resource)).toEqual([
      { key: 'host.ip', value: ['***'] },
      { key: 'service.name', value: 'x' },
    ])
    expect(step.changeResource(resource)).toBe(step.changeResource(resource))
    const untouched = [{ key: 'service.name', value: 'x' }]
    expect(step.changeResource(untouched)).toBe(untouched)
  })
})

describe('the body', () => {
  it.each<[string, Rule, DecodedValue, DecodedValue]>([
    ['masked as a whole', ['mask', 'body'], 'text', '***'],
    ['dropped', ['drop', 'body'], map({ a: 'x' }), null],
    ['masked by members', ['mask', 'body'], map({ a: ['x', 'y'] }), map({ a: ['***', '***'] })],
    ['without a member', ['drop', 'body.a'], map({ a: 'x', b: 'y' }), map({ b: 'y' })],
    ['with a hashed member', ['hash', 'body.a.b'], map({ a: map({ b: 'x' }) }), map({ a: map({ b: hashOf('x') }) })],
    [
      'a member that stands elsewhere too',
      ['mask', 'body.a'],
      map({ a: 'abc', b: '<abc>' }),
      map({ a: '***', b: '<***>' }),
    ],
  ])('%s', (_, rule, body, expected) => {
    expect(redact([rule], {}, body).body).toEqual(expected)
  })

  it.each([
    ['mask', 'GET /a?*** 200'],
    ['hash', `GET /a?${hashOf('t=abc')} 200`],
    ['drop', 'GET /a?*** 200'],
    ['last4', 'GET /a?***=abc 200'],
  ])('does not keep the text of an attribute after %s', (action, expected) => {
    expect(redact([[action, 'url.query']], { 'url.query': 't=abc' }, 'GET /a?t=abc 200').body).toBe(expected)
  })

  it('does not keep it at any depth, in JSON, or in a number', () => {
    const body = map({ list: [map({ text: 'x "a\\nb" y' })], json: '{"k":"\\"a\\\\nb\\""}', count: 7n, other: 8n })
    const { body: redacted } = redact([['mask', 'q', 'n']], { q: '"a\\nb"', n: 7n }, body)
    expect(redacted).toEqual(map({ list: [map({ text: 'x *** y' })], json: '{"k":"***"}', count: '***', other: 8n }))
  })

  it('does not keep the text of a resource attribute', () => {
    const resource = [{ key: 'host.name', value: 'db-7' }]
    expect(redact([['mask', 'host.name']], {}, 'at db-7.local', { resource }).body).toBe('at ***.local')
  })

  it('loses the longer of two texts first', () => {
    expect(
      redact(
        [
          ['mask', 'a'],
          ['hash', 'b'],
        ],
        { a: 'abc', b: 'b' },
        'abc b',
      ).body,
    ).toBe(`*** ${hashOf('b')}`)
  })

  it('keeps no end of texts that overlap, and takes a text of any length', () => {
    expect(redact([['mask', '?']], { a: 'abcd', b: 'cdef' }, 'xabcdefx').body).toBe('x***x')
    const long = 'a.(b'.repeat(1_000_000)
    expect(redact([['mask', 'a']], { a: long }, `<${long}><${long}>`).body).toBe('<***><***>')
  })

  it('is masked where it may hold the value in another form', () => {
    const sources = new Map([['', ['duration']]])
    expect(redact([['mask', 'duration']], { duration: 0.25 }, 'took 250 ms', { sources }).body).toBe('***')
    expect(redact([['mask', 'duration']], { duration: 0.25 }, 'took 0.25 s', { sources }).body).toBe('took *** s')
    expect(redact([['mask', 'duration']], {}, 'took long', { sources }).body).toBe('took long')
  })

  it('has the member masked that may hold the value in another form', () => {
    const sources = new Map([['request_time', ['duration']]])
    const { body } = redact([['hash', 'duration']], { duration: 0.25 }, map({ request_time: '250', x: '250' }), {
      sources,
    })
    expect(body).toEqual(map({ request_time: '***', x: '250' }))
  })

  it('is masked where the record was not understood', () => {
    expect(redact([['mask', 'x']], { 'alibabacloud.malformed': 'why' }, Uint8Array.of(1, 2)).body).toBe('***')
    expect(redact([['mask', 'x']], { 'alibabacloud.parse_error': 'why' }, '{"x": "secret"').body).toBe('***')
  })

  it('the untouched log in log.record.original is cleaned as the body is', () => {
    const { attributes } = redact([['mask', 'body.pw']], { 'log.record.original': 'pw=abc' }, map({ pw: 'abc' }))
    expect(attributes).toEqual({ 'log.record.original': 'pw=***' })
  })
})

describe('the configuration of a redaction', () => {
  it.each<[string, object, object]>([
    [
      'hash without a key',
      { rules: [{ keys: ['a'], action: 'hash' }] },
      { path: ['hash_key'], message: 'is needed: a rule hashes' },
    ],
    ['the uid', { rules: [{ keys: ['a', 'log.record.uid'], action: 'mask' }] }, { path: ['rules', 0, 'keys', 1] }],
    ['a glob that takes the uid', { rules: [{ keys: ['log.*'], action: 'mask' }] }, { path: ['rules', 0, 'keys', 0] }],
    ['an unknown action', { rules: [{ keys: ['a'], action: 'blur' }] }, { path: ['rules', 0, 'action'] }],
    ['no rule', { rules: [] }, { path: ['rules'] }],
    ['no key', { rules: [{ keys: [], action: 'mask' }] }, { path: ['rules', 0, 'keys'] }],
  ])('with %s is a fault', (_, options, fault) => {
    expect(redactionProcessor.schema.safeParse(options).error?.issues).toMatchObject([fault])
  })
})
