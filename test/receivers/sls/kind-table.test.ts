import { describe, expect, it } from 'vitest'
import { type KindTable, kindTableSchema } from '../../../receivers/sls/kinds/kind-table.ts'
import { generic, kindTables } from '../../../receivers/sls/kinds/registry.ts'

const table: KindTable = {
  id: 'own-kind',
  title: 'A kind of one’s own',
  product: 'own',
  topics: ['own'],
  signatureFields: ['a', ['b', 'c']],
  fields: [
    { name: 'a', to: 'own.a' },
    { name: 'b', to: ['own.b', { attribute: 'own.c', unless: 'c' }] },
    { name: 'c', to: 'own.c' },
  ],
  severity: { rules: [{ when: { field: 'a', in: ['bad'] }, severity: 'ERROR', errorType: 'b' }] },
  summary: ['{own.a}', ' ({own.b})'],
}

const faultsOf = (changes: object): string[] => {
  const parsed = kindTableSchema.safeParse({ ...table, ...changes })
  return parsed.success ? [] : parsed.error.issues.map(({ message }) => message)
}

describe('kindTableSchema', () => {
  it.each([...kindTables, generic])('accepts the table of $id, which is plain data', (known) => {
    expect(kindTableSchema.safeParse(JSON.parse(JSON.stringify(known))).error).toBeUndefined()
  })

  it('accepts a table with everything in order', () => {
    expect(faultsOf({})).toEqual([])
  })

  it('accepts two fields for one attribute where a record can have only one of them', () => {
    const when = { field: 'a', in: ['x'] }
    const one = { name: 'd', to: { attribute: 'own.d', when } }
    const other = { name: 'e', to: { attribute: 'own.d', unless: ['d'] } }
    expect(faultsOf({ fields: [...table.fields, one, other] })).toEqual([])
    expect(faultsOf({ fields: [...table.fields, { name: 'd', to: 'own.d' }, other] })).toEqual([])
  })

  it.each<[string, object, string]>([
    [
      'two fields for one attribute',
      { fields: [...table.fields, { name: 'd', to: 'own.a' }] },
      'own.a has two sources, the second is the field d',
    ],
    ['a field twice', { fields: [...table.fields, { name: 'a', to: 'own.d' }] }, 'a is a field already'],
    [
      'the attribute of a field for a whole list',
      { fields: [...table.fields, { name: 'd', list: true, whole: 'own.a', to: 'own.d' }] },
      'own.a has two sources, the second is a whole list',
    ],
    ['a pattern that is none', { topicPatterns: ['('] }, 'is no regular expression'],
    [
      'a constant for the attribute of a field',
      { constantAttributes: { 'own.a': 'x' } },
      'own.a has two sources, the second is the field a',
    ],
    [
      '"unless" with a field that is not there',
      { fields: [...table.fields, { name: 'd', to: { attribute: 'x', unless: 'e' } }] },
      '"unless" names e, which is no field',
    ],
    [
      'a rule with a field that is not there',
      { severity: { rules: [{ when: { field: 'x', present: true }, severity: 'WARN' }] } },
      'a severity rule names x, which is no field',
    ],
    [
      'an error type from a field that is not there',
      { severity: { rules: [{ when: { field: 'a', present: true }, severity: 'WARN', errorType: 'x' }] } },
      'the error type names x, which is no field',
    ],
    [
      '"when" with a field that is not there',
      { fields: [...table.fields, { name: 'd', to: { attribute: 'x', when: { field: 'e', present: true } } }] },
      '"when" names e, which is no field',
    ],
    [
      'seconds of a number without a unit of time',
      { fields: [...table.fields, { name: 'd', unit: 'By', to: { attribute: 'x', form: 'seconds' } }] },
      'd has no unit of time to make seconds of',
    ],
    [
      'an attribute joined from a field that is not there',
      { joined: [{ attribute: 'own.j', needs: 'a', parts: ['{a}', '{e}'] }] },
      '"joined" names e, which is no field',
    ],
    [
      'a joined attribute that a field gives too',
      { joined: [{ attribute: 'own.a', needs: 'a', parts: ['{a}'] }] },
      'own.a has two sources, the second is joined',
    ],
    [
      "a severity's text from a field that is not there",
      { severity: { rules: [], text: 'e' } },
      "the severity's text names e, which is no field",
    ],
    [
      'a summary of an attribute that is not there',
      { summary: ['{own.x}'] },
      'the summary names own.x, which is no attribute of the kind',
    ],
  ])('refuses %s', (_what, changes, message) => {
    expect(faultsOf(changes)).toContain(message)
  })

  it.each<[string, object]>([
    ['an unknown key', { colour: 'red' }],
    ['an unknown form', { fields: [{ name: 'a', to: { attribute: 'own.a', form: 'upper' } }] }],
    ['an unknown severity', { severity: { rules: [], otherwise: 'LOUD' } }],
    ['a summary part without an attribute', { summary: ['text'] }],
  ])('refuses %s', (_what, changes) => {
    expect(kindTableSchema.safeParse({ ...table, ...changes }).success).toBe(false)
  })
})
