import { describe, expect, it } from 'vitest'
import { convertActionTrailEvent, parseEventText } from '../../../src/alibaba/actiontrail/event.ts'
import { attributeValue } from '../../../src/alibaba/actiontrail/limit.ts'
import { isSecretName, redactJson } from '../../../src/alibaba/actiontrail/redact.ts'
import { formatJson, type JsonObject, parseJson } from '../../../src/lossless-json.ts'

const convert = (event: JsonObject, body: 'summary' | 'original' | 'none' = 'summary') =>
  convertActionTrailEvent(event, { body, fallbackUnixNano: 7n })

describe('parseEventText', () => {
  it('keeps every digit of long ids', () => {
    const parsed = parseEventText('{"id":12345678901234567890,"small":1987654321098765,"half":0.12345678901234567}')
    expect(parsed).toEqual({
      status: 'event',
      event: { id: 12_345_678_901_234_567_890n, small: 1_987_654_321_098_765, half: Number('0.12345678901234567') },
    })
  })
  it.each([
    ['[]', 'the event is no JSON object'],
    ['null', 'the event is no JSON object'],
    ['"text"', 'the event is no JSON object'],
    ['{"a":', 'the event is no JSON'],
    ['', 'the event is no JSON'],
  ])('%j is no event', (text, reason) => expect(parseEventText(text)).toEqual({ status: 'invalid', reason }))
})

describe('convertActionTrailEvent', () => {
  it('an empty object is an event, with an id made from its content', () => {
    const record = convert({})
    expect(record).toMatchObject({ family: 'management', isIdSynthetic: true, timeUnixNano: 7n, severityNumber: 9 })
    expect(convert({ b: 1, a: [2] }).eventId).toBe(convert({ a: [2], b: 1 }).eventId)
    expect(convert({ a: 1 }).eventId).not.toBe(convert({ a: 2 }).eventId)
  })

  it('takes any type in any place and loses nothing', () => {
    const odd: JsonObject = {
      eventId: 12_345_678_901_234_567_890n,
      eventName: { a: 'b' },
      userIdentity: 'me',
      sourceIpAddress: 'what is this',
      requestParameters: 'text',
      responseElements: [1, 'two'],
      referencedResources: 5,
      eventAttributes: ['x'],
      isGlobal: 'maybe',
      errorCode: ['E'],
      sessionContext: null,
      resourceType: 'T',
      additionalEventData: true,
      eventTime: 'later',
      insightExtra: { deep: [{ er: false }] },
    }
    const { attributes, eventId } = convert(odd)
    expect(eventId).toBe('12345678901234567890')
    expect(attributes).toMatchObject({
      'alibabacloud.request.parameters': 'text',
      'alibabacloud.response.elements': [1, 'two'],
      'alibabacloud.resources': [{ type: 'T' }],
      'alibabacloud.actiontrail.additional_event_data': true,
      'alibabacloud.actiontrail.extra': {
        eventName: { a: 'b' },
        userIdentity: 'me',
        sourceIpAddress: 'what is this',
        eventAttributes: ['x'],
        isGlobal: 'maybe',
        errorCode: ['E'],
        insightExtra: { deep: [{ er: false }] },
      },
    })
  })

  it.each<[string, JsonObject, string, string | undefined, number]>([
    ['empty error fields', { errorCode: '', errorMessage: '' }, 'success', undefined, 9],
    ['the words null and success', { errorCode: 'NULL', errorMessage: 'Success' }, 'success', undefined, 9],
    ['only a message', { errorMessage: 'no such thing' }, 'failure', '_OTHER', 13],
    ['a refusal', { errorCode: 'NoPermission', eventRW: 'Write' }, 'failure', 'NoPermission', 13],
    ['a fault of the product', { errorCode: 'InternalError.Disk' }, 'failure', 'InternalError.Disk', 17],
    ['a sensitive write', { eventRW: 'Write', eventAttributes: { SensitiveAction: 'true' } }, 'success', undefined, 11],
  ])('outcome and severity with %s', (_what, event, outcome, errorType, severity) => {
    const { attributes, severityNumber } = convert(event)
    expect(attributes['alibabacloud.event.outcome']).toBe(outcome)
    expect(attributes['error.type']).toBe(errorType)
    expect(severityNumber).toBe(severity)
  })

  it.each<[string, JsonObject, number]>([
    ['an insight that ends', { eventType: 'ActionTrailInsight', insightDetails: { state: 'End' } }, 9],
    ['an insight that starts', { insightDetails: { state: 'Start' } }, 13],
    ['a platform warning', { EventID: '1', EventLevel: 'WARNING' }, 13],
    ['a platform notice', { EventID: '1', EventLevel: 'NOTICE' }, 10],
  ])('severity of %s', (_what, event, severity) => expect(convert(event).severityNumber).toBe(severity))

  it.each<[string, JsonObject, unknown]>([
    [
      'groups that pair',
      { resourceType: 'A;B', resourceName: 'a1,a2;b1' },
      [
        { type: 'A', name: 'a1' },
        { type: 'A', name: 'a2' },
        { type: 'B', name: 'b1' },
      ],
    ],
    [
      'groups that do not pair',
      { resourceType: 'A', resourceName: 'a;b' },
      [
        { type: 'A', name: 'a' },
        { type: 'A', name: 'b' },
      ],
    ],
    ['names without types', { resourceName: 'a' }, [{ name: 'a' }]],
    [
      'a map, which goes before the flat form',
      { referencedResources: { A: 'a' }, resourceType: 'B', resourceName: 'b' },
      [{ type: 'A', name: 'a' }],
    ],
  ])('resources of %s', (_what, event, resources) => {
    expect(convert(event).attributes['alibabacloud.resources']).toEqual(resources)
  })

  it('the account is the recipient, else the carrier’s, else the caller’s', () => {
    const event: JsonObject = { recipientAccountId: 1, userIdentity: { accountId: 3 } }
    const context = { body: 'none' as const, fallbackUnixNano: 0n, accountId: '2' }
    expect(convertActionTrailEvent(event, context).accountId).toBe('1')
    expect(convertActionTrailEvent({ ...event, recipientAccountId: '' }, context).accountId).toBe('2')
    expect(convert({ ...event, recipientAccountId: '' }).accountId).toBe('3')
  })

  const extra = 'alibabacloud.actiontrail.extra'
  const client = 'client.address'
  const source = 'source.address'
  const internal = 'alibabacloud.event.internal_source'
  it.each<[string, JsonObject, Record<string, unknown>]>([
    ['an IPv4 address', { sourceIpAddress: '192.0.2.1' }, { [client]: '192.0.2.1', [source]: '192.0.2.1' }],
    ['an IPv6 address', { sourceIpAddress: '2001:db8::1' }, { [client]: '2001:db8::1', [source]: '2001:db8::1' }],
    ['the domain of a service', { sourceIpAddress: 'ecs.aliyuncs.com' }, { [source]: 'ecs.aliyuncs.com' }],
    ['the word Internal', { sourceIpAddress: 'Internal' }, { [internal]: true }],
    ['an empty text', { sourceIpAddress: '' }, {}],
    ['null', { sourceIpAddress: null }, {}],
    ['nothing', {}, {}],
    [
      'something else',
      { sourceIpAddress: '300.1.2.3/8, 10.0.0.1' },
      { [extra]: { sourceIpAddress: '300.1.2.3/8, 10.0.0.1' } },
    ],
    ['an object', { sourceIpAddress: { ip: '192.0.2.1' } }, { [extra]: { sourceIpAddress: { ip: '192.0.2.1' } } }],
  ])('sourceIpAddress with %s', (_what, event, expected) => {
    const names = [client, source, internal, extra]
    const found = Object.entries(convert(event).attributes).filter(([name]) => names.includes(name))
    expect(Object.fromEntries(found)).toEqual(expected)
  })

  it.each<[string, JsonObject, string | undefined]>([
    ['a number', { eventVersion: 1 }, '1'],
    ['a text', { eventVersion: '1' }, '1'],
    ['an empty text', { eventVersion: '' }, undefined],
    ['nothing', {}, undefined],
    ['a version nobody has seen', { eventVersion: '2.0' }, '2.0'],
  ])('eventVersion with %s', (_what, event, expected) => {
    expect(convert(event).attributes['alibabacloud.actiontrail.event_version']).toBe(expected)
  })

  it('integers beyond 2^53 keep their digits, wherever they stand', () => {
    const text = `{"recipientAccountId":1754986938261234567,
      "userIdentity":{"principalId":300000000000000001,"accountId":1754986938261234568},
      "requestParameters":{"PlayerUid":1987654321098765,"Ids":[9007199254740993,9007199254740991]},
      "responseElements":{"Size":18446744073709551616}}`
    const parsed = parseEventText(text)
    if (parsed.status !== 'event') throw new Error(parsed.reason)
    const { accountId, attributes, body } = convert(parsed.event, 'original')
    expect(accountId).toBe('1754986938261234567')
    expect(attributes).toMatchObject({
      'user.id': '300000000000000001',
      'alibabacloud.user_identity.account_id': '1754986938261234568',
      'alibabacloud.request.parameters': {
        PlayerUid: 1_987_654_321_098_765,
        Ids: ['9007199254740993', 9_007_199_254_740_991],
      },
      'alibabacloud.response.elements': { Size: '18446744073709551616' },
    })
    expect(body).toContain('"recipientAccountId":1754986938261234567')
  })

  it('secrets are in no attribute and in no body, however deep they lie', () => {
    const hidden = 'hunter2'
    let parameters: JsonObject = { MasterPassword: hidden, Nested: [{ 'Tag.1.SecretKey': hidden }] }
    for (let level = 0; level < 6; level++) parameters = { [`Level${level}`]: [parameters] }
    const event: JsonObject = {
      eventId: 'e',
      requestParameters: parameters,
      requestParameterJson: formatJson(parameters),
      responseElements: { AccessKey: { AccessKeyId: 'LTAIEXAMPLE', AccessKeySecret: hidden } },
      additionalEventData: { sessionToken: hidden },
      someThingNew: { userData: hidden },
    }
    for (const body of ['summary', 'original', 'none'] as const) {
      const record = convert(event, body)
      const text = JSON.stringify([record.attributes, record.body])
      expect(text).not.toContain(hidden)
      expect(text).toContain('LTAIEXAMPLE')
    }
  })

  it('an AccessKey insight names the key; the text NULL names none', () => {
    const insight = convert({ insightDetails: { insightType: 'AkInsight', insightObject: 'LTAIEXAMPLE' } })
    expect(insight.attributes['alibabacloud.user_identity.access_key.id']).toBe('LTAIEXAMPLE')
    const nobody = convert({ userIdentity: { accessKeyId: 'NULL' } })
    expect(nobody.attributes).not.toHaveProperty('alibabacloud.user_identity.access_key.id')
  })

  it('body none leaves it out, body original is the whole event without its secrets', () => {
    const event: JsonObject = { eventId: 'e', requestParameters: { Password: 'p', Uid: 12_345_678_901_234_567_890n } }
    expect(convert(event, 'none').body).toBeUndefined()
    expect(convert(event, 'original').body).toBe(
      '{"eventId":"e","requestParameters":{"Password":"REDACTED","Uid":12345678901234567890}}',
    )
  })

  it('says what was cut', () => {
    const { attributes } = convert({ requestParameters: { Script: 'x'.repeat(9000), Id: 'i' } })
    expect(attributes['alibabacloud.actiontrail.truncated']).toEqual(['alibabacloud.request.parameters.Script'])
    expect(attributes['alibabacloud.request.parameters']).toEqual({ Script: 'x'.repeat(8192), Id: 'i' })
  })
})

describe('redactJson', () => {
  it.each([
    'AccessKeySecret',
    'MasterUserPassword',
    'passwd',
    'SecurityToken',
    'private_key',
    'Private-Key',
    'Credentials',
    'UserData',
    'ConnectionString',
  ])('masks %s', (name) => expect(isSecretName(name)).toBe(true))
  it.each(['NextToken', 'ClientToken', 'AccessKeyId', 'UserName', 'Key'])('keeps %s', (name) =>
    expect(isSecretName(name)).toBe(false),
  )
  it.each([
    [
      { Key: 'MasterUserPassword', Value: 'x' },
      { Key: 'MasterUserPassword', Value: 'REDACTED' },
    ],
    [
      { name: 'api_token', value: 7 },
      { name: 'api_token', value: 'REDACTED' },
    ],
    [
      {
        'Parameters.1.ParameterKey': 'DbPassword',
        'Parameters.1.ParameterValue': 'x',
        'Parameters.2.ParameterValue': 'y',
      },
      {
        'Parameters.1.ParameterKey': 'DbPassword',
        'Parameters.1.ParameterValue': 'REDACTED',
        'Parameters.2.ParameterValue': 'y',
      },
    ],
    [
      { Key: 'team', Value: 'x' },
      { Key: 'team', Value: 'x' },
    ],
    [{ Value: 'x' }, { Value: 'x' }],
  ])('the value of a pair is told by its name: %j', (pair, expected) => {
    expect(redactJson([pair])).toEqual([expected])
  })

  it('at any depth, whatever the type, and inside text that is JSON', () => {
    const value = parseJson(
      '{"a":[{"password":{"x":1}}],"body":"{\\"Token\\":\\"t\\",\\"n\\":12345678901234567890}","secret":"","text":"{password"}',
    )
    expect(formatJson(redactJson(value))).toBe(
      '{"a":[{"password":"REDACTED"}],"body":"{\\"Token\\":\\"REDACTED\\",\\"n\\":12345678901234567890}","secret":"","text":"{password"}',
    )
  })
})

describe('attributeValue', () => {
  const limited = (value: Parameters<typeof attributeValue>[0]) => {
    const cut: string[] = []
    return { value: attributeValue(value, 'at', cut), cut }
  }
  it('leaves out nulls, empty texts and empty maps', () => {
    expect(limited({ a: null, b: '', c: {}, d: [null, 0, false] })).toEqual({ value: { d: [0, false] }, cut: [] })
    expect(limited({}).value).toBeUndefined()
  })
  it('writes integers beyond 2^53 as text', () => {
    expect(limited([9_007_199_254_740_993n, 1e20, 1.5]).value).toEqual([
      '9007199254740993',
      '100000000000000000000',
      1.5,
    ])
  })
  it('stops at ten levels', () => {
    let deep: JsonObject = { end: 1 }
    for (let level = 0; level < 20; level++) deep = { deep }
    expect(limited({ deep, other: 'x' })).toEqual({ value: { other: 'x' }, cut: [`at${'.deep'.repeat(10)}`] })
  })
  it('stops at a hundred keys and at 32 KiB', () => {
    const wide = Object.fromEntries(Array.from({ length: 150 }, (_, index) => [`k${index}`, 1]))
    expect(Object.keys(limited(wide).value as object)).toHaveLength(100)
    expect(limited(wide).cut).toEqual(['at'])
    const large = limited(Array.from({ length: 100 }, () => 'x'.repeat(1000)))
    expect(Buffer.byteLength(JSON.stringify(large.value))).toBeLessThan(34 * 1024)
    expect(large.cut).not.toEqual([])
  })
  it('cuts no character in two', () => {
    expect(limited('é'.repeat(5000)).value).toBe('é'.repeat(4096))
    expect(limited(`x${'é'.repeat(5000)}`).value).toBe(`x${'é'.repeat(4095)}`)
  })
  it('a key named __proto__ is a key', () => {
    expect(Object.keys(limited(JSON.parse('{"__proto__":{"a":1},"b":2}')).value as object)).toEqual(['__proto__', 'b'])
  })
})
