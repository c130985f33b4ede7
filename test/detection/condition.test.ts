import { describe, expect, it } from 'vitest'
import {
  type Condition,
  compileCondition,
  describeCondition,
  type ParameterValue,
} from '../../src/detection/condition.ts'
import { createEventView } from '../../src/detection/event-view.ts'
import type { JsonObject } from '../../src/lossless-json.ts'
import { event, recordOf, sample } from './events.ts'

function compiled(condition: Condition, parameters: Readonly<Record<string, ParameterValue>> = {}) {
  const result = compileCondition(condition, new Map(Object.entries(parameters)))
  if ('faults' in result) throw new Error(JSON.stringify(result.faults))
  return result.compiled
}

const viewOf = (document: JsonObject) => createEventView(document, recordOf(document))
const matches = (condition: Condition, document: JsonObject) => compiled(condition).matches(viewOf(document))

describe('paths', () => {
  const nested = event({
    requestParameters: { Rules: [{ Cidr: 'a' }, { Cidr: 'b' }], 'Tag.1.Key': 'env', Deep: { Er: 7 } },
  })

  it.each([
    ['a nested key', 'requestParameters.Deep.Er', 7],
    ['a key that holds dots', 'requestParameters.Tag.1.Key', 'env'],
    ['any one step of a key that holds dots', 'requestParameters.Tag.*.Key', 'env'],
    ['each member of a list, without saying so', 'requestParameters.Rules.Cidr', 'b'],
    ['each member of a list', 'requestParameters.Rules.*.Cidr', 'b'],
  ])('find %s', (_, field, value) => {
    expect(matches({ field, equals: value }, nested)).toBe(true)
    expect(matches({ field, equals: 'other' }, nested)).toBe(false)
  })

  it('find parameters that are there only as JSON text', () => {
    const document = event({ requestParameterJson: '{"AcsProduct":"Ecs","Force":"true"}' })
    expect(matches({ field: 'requestParameters.Force', equals: true }, document)).toBe(true)
  })

  it('find what the Log Audit Service misspells', () => {
    const document = event({ addionalEventData: { mfaChecked: 'false' } })
    expect(matches({ field: 'additionalEventData.mfaChecked', equals: false }, document)).toBe(true)
  })

  it('survive a document that is nested a thousand times', () => {
    let deep: JsonObject = { x: 1 }
    for (let i = 0; i < 1000; i++) deep = { x: [deep] }
    expect(matches({ field: 'requestParameters.*.x', equals: 1 }, { ...event(), requestParameters: deep })).toBe(false)
  })
})

describe('operators', () => {
  const document = event({
    requestParameters: { Flag: 'False', Count: '120', List: ['x', 'y'], Big: 12345678901234567890n, Empty: '' },
  })

  it.each<[string, Condition, boolean]>([
    ['equals reads truth written as text', { field: 'requestParameters.Flag', equals: false }, true],
    ['equals reads numbers written as text', { field: 'requestParameters.Count', equals: 120 }, true],
    [
      'equals keeps the digits of large numbers',
      { field: 'requestParameters.Big', equals: '12345678901234567890' },
      true,
    ],
    ['equals minds the case of other text', { field: 'serviceName', equals: 'ecs' }, false],
    ['in', { field: 'requestParameters.List', in: ['y', 'z'] }, true],
    ['contains', { field: 'sourceIpAddress', contains: '51.100' }, true],
    ['starts_with takes several', { field: 'eventName', starts_with: ['Create', 'Describe'] }, true],
    ['matches', { field: 'eventName', matches: '^Describe.*s$' }, true],
    ['matches may find nothing', { field: 'eventName', matches: '^describe' }, false],
    ['gt', { field: 'requestParameters.Count', gt: 119 }, true],
    ['gt of the same', { field: 'requestParameters.Count', gt: 120 }, false],
    ['gte of the same', { field: 'requestParameters.Count', gte: 120 }, true],
    ['lt', { field: 'requestParameters.Count', lt: 121 }, true],
    ['lte', { field: 'requestParameters.Count', lte: 119 }, false],
    ['lt of what is no number', { field: 'requestParameters.List', lt: 5 }, false],
    ['a range, of one and the same value', { field: 'requestParameters.Count', gt: 1, lt: 100 }, false],
    ['cidr', { field: 'sourceIpAddress', cidr: ['203.0.113.0/24', '198.51.100.77'] }, true],
    ['cidr of another network', { field: 'sourceIpAddress', cidr: ['203.0.113.0/24'] }, false],
    ['exists', { field: 'requestParameters.Flag', exists: true }, true],
    ['an empty text does not exist', { field: 'requestParameters.Empty', exists: true }, false],
    ['what is absent does not exist', { field: 'vpcId', exists: false }, true],
    ['within', { field: 'eventTime', within: 'Mon-Mon 03:00-03:01 UTC' }, true],
    ['not', { not: { field: 'vpcId', exists: true } }, true],
    ['several fields, of which one holds it', { field: ['vpcId', 'eventName'], equals: 'DescribeInstances' }, true],
  ])('%s', (_, condition, expected) => {
    expect(matches(condition, document)).toBe(expected)
  })

  it('a value may be a parameter', () => {
    const condition = compiled({ field: 'serviceName', in: { param: 'services' } }, { services: ['Ecs'] })
    expect(condition.matches(viewOf(document))).toBe(true)
  })
})

describe('facts', () => {
  it.each([
    ['01-console-signin-ram-user-success', { failed: false, root: false, mfa: false, user: 'alice' }],
    ['02-console-signin-ram-user-failure', { failed: true, denied: false, error_code: 'PasswordIncorrect' }],
    ['03-console-signin-root-mfa-success', { failed: false, root: true, mfa: true, source_address: '192.0.2.10' }],
    ['09-accesskey-created', { root: true, sensitive: true, read_only: false, mfa: false, permanent_key: false }],
    ['10-error-access-denied', { denied: true, failed: true, permanent_key: true, access_key_id: 'LTAIEXAMPLEKEY01' }],
    ['11-error-throttling', { denied: false, failed: true, read_only: true }],
    ['15-ecs-create-network-interface', { permanent_key: false, access_key_id: 'STS.NEXAMPLEexample0001' }],
    ['13-insight-ip', { family: 'insight', account_id: '1234567890123456', source_address: '198.51.100.77' }],
  ])('of sample %s', (name, facts) => {
    expect(viewOf(sample(name)).facts).toMatchObject(facts)
  })

  it('no address where the source is a service or a word', () => {
    expect(viewOf(sample('15-ecs-create-network-interface')).facts.source_address).toBeUndefined()
    expect(viewOf(sample('20-service-linked-role-call')).facts.source_address).toBeUndefined()
  })
})

describe('faults', () => {
  it.each<[string, Condition, unknown]>([
    [
      'a fact that nobody knows',
      { all: [{ field: 'fact.faild', equals: true }] },
      { path: ['all', 0, 'field'], allowed: expect.arrayContaining(['fact.failed']) },
    ],
    ['a pattern', { field: 'eventName', matches: '(a' }, { path: ['matches'] }],
    ['an address', { not: { field: 'x', cidr: ['10.0.0.0/40'] } }, { path: ['not', 'cidr'] }],
    ['office hours', { field: 'eventTime', within: 'always' }, { path: ['within'] }],
    ['a parameter', { field: 'x', equals: { param: 'nobody' } }, { path: ['equals', 'param'] }],
  ])('%s is named with its place', (_, condition, fault) => {
    const result = compileCondition(condition, new Map())
    expect(result).toMatchObject({ faults: [fault] })
  })
})

describe('explanations', () => {
  const condition: Condition = {
    all: [
      { field: 'eventName', equals: 'DescribeInstances' },
      {
        any: [
          { field: 'fact.failed', equals: true },
          { field: 'sourceIpAddress', exists: true },
        ],
      },
      { not: { field: 'vpcId', in: ['a', 'b'] } },
    ],
  }

  it('tell what was found in the event', () => {
    expect(compiled(condition).explain(viewOf(event()))).toEqual([
      'eventName = DescribeInstances',
      'sourceIpAddress = 198.51.100.77',
      'not (vpcId in [a, b])',
    ])
  })

  it('a condition fits on a line', () => {
    expect(describeCondition(condition)).toBe(
      'eventName = DescribeInstances and (fact.failed = true or sourceIpAddress is there) and not (vpcId in [a, b])',
    )
  })
})
