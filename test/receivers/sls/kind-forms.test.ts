import { describe, expect, it } from 'vitest'
import type { ConvertOptions } from '../../../receivers/sls/convert.ts'
import { convertOnce, pageOf, readableRecords } from './pages.ts'

const time = 1_772_410_530

/** What becomes of one log of a kind that uses the form under test. */
function convertAs(kind: string, contents: Record<string, string>, options: Partial<ConvertOptions> = {}, topic = '') {
  const page = pageOf({ topic, logs: [{ time, contents: Object.entries(contents) }] })
  const { payloads, unparsedValues } = convertOnce(page, { options: { kind, ...options } })
  const [record] = readableRecords(payloads)
  if (record === undefined) throw new Error('No record came out')
  const { 'log.record.uid': _, 'alibabacloud.sls.topic': __, ...attributes } = record.attributes
  return { ...record, attributes, unparsedValues }
}

describe('values', () => {
  it.each([
    ['true', true],
    ['FALSE', false],
    ['1', true],
    ['0', false],
    ['On', true],
    ['off', false],
  ])('the boolean %s', (text, value) => {
    const { attributes, unparsedValues } = convertAs('oss-access', { logging_flag: text })
    expect({ attributes, unparsedValues }).toEqual({
      attributes: { 'alibabacloud.oss.logging_flag': value },
      unparsedValues: 0,
    })
  })

  it.each([
    ['img%2Flogo.png', 'img/logo.png'],
    ['a%20b%25', 'a b%'],
    ['%E5%9B%BE.png', '图.png'],
    ['plain', 'plain'],
    ['100%', '100%'],
    ['%ff', '%ff'],
  ])('the percent-encoded text %s is decoded once', (text, value) => {
    expect(convertAs('oss-access', { object: text }).attributes['alibabacloud.oss.key']).toBe(value)
  })

  it.each([
    ['www.example.com.', 'www.example.com'],
    ['www.example.com', 'www.example.com'],
    ['.', '.'],
  ])('the domain %s', (text, value) => {
    expect(convertAs('dns-privatezone', { query_name: text }).attributes['dns.question.name']).toBe(value)
  })

  it('lists are divided and lose what is empty', () => {
    expect(convertAs('sas-dns', { answer: '203.0.113.1| 203.0.113.2||-' }).attributes['dns.answers']).toEqual([
      '203.0.113.1',
      '203.0.113.2',
    ])
    expect(convertAs('sas-dns', { answer: '||' }).attributes).toEqual({})
  })

  it('of several words the first known one counts; without any the text stays whole', () => {
    const outcome = (text: string) =>
      convertAs('cdn-realtime', { hit_info: text }).attributes['alibabacloud.cdn.cache.outcome']
    expect(outcome('-,TCP_REFRESH,HIT,MISS')).toBe('HIT')
    expect(outcome('TCP_REFRESH')).toBe('TCP_REFRESH')
    const operation = (contents: Record<string, string>) =>
      convertAs('nas-nfs', contents).attributes['nfs.operation.name']
    expect(operation({ OpList: '53,22,38,9' })).toBe('WRITE')
    expect(operation({ OpList: '53,22' })).toBeUndefined()
    expect(operation({ Proc: '6' })).toBe('READ')
    expect(operation({ Proc: '99' })).toBeUndefined()
  })

  it('an IANA protocol is a transport, or a protocol by its name, or its number', () => {
    const protocol = (text: string) => convertAs('vpc-flow', { protocol: text }).attributes
    expect(protocol('6')).toEqual({ 'network.transport': 'tcp' })
    expect(protocol('17')).toEqual({ 'network.transport': 'udp' })
    expect(protocol('1')).toEqual({ 'network.protocol.name': 'icmp' })
    expect(protocol('200')).toEqual({ 'network.protocol.name': '200' })
  })

  it.each([
    ['app_rw[app_rw] @ [192.0.2.31]', 'app_rw', '192.0.2.31'],
    ['app_rw[app_rw] @ web-1 [192.0.2.31]', 'app_rw', '192.0.2.31'],
    ['app_rw[app_rw] @ localhost []', 'app_rw', 'localhost'],
    ['app_rw[192.0.2.31]', 'app_rw', '192.0.2.31'],
  ])('user and client of %s', (text, user, address) => {
    const { attributes, unparsedValues } = convertAs('rds-slow', { user_host: text })
    expect({ attributes, unparsedValues }).toEqual({
      attributes: { 'user.name': user, 'client.address': address },
      unparsedValues: 0,
    })
  })

  it('a user and client in another notation stay together', () => {
    const { attributes, unparsedValues } = convertAs('rds-slow', { user_host: 'app_rw' })
    expect(attributes).toEqual({ 'alibabacloud.rds.user_host': 'app_rw' })
    expect(unparsedValues).toBeGreaterThan(0)
  })

  it('long texts are not searched beyond their start', () => {
    const text = 'x@'.repeat(200_000)
    expect(convertAs('rds-slow', { user_host: text }).attributes).toEqual({ 'alibabacloud.rds.user_host': text })
  })

  it('the unit of a duration may depend on the topic', () => {
    const duration = (topic: string) =>
      convertAs('redis-audit', { latency: '2500' }, {}, topic).attributes['alibabacloud.request.duration']
    expect(duration('redis_audit_log')).toEqual({ double: 0.0025 })
    expect(duration('redis_proxy_audit_log')).toEqual({ double: 2.5 })
  })

  it('one field stands in for another only where that one has no value', () => {
    const client = (contents: Record<string, string>) => convertAs('waf3-access', contents).attributes['client.address']
    const all = { real_client_ip: '198.51.100.1', src_ip: '198.51.100.2', remote_addr: '198.51.100.3' }
    expect(client(all)).toBe('198.51.100.1')
    expect(client({ ...all, real_client_ip: '-' })).toBe('198.51.100.2')
    expect(client({ remote_addr: '198.51.100.3' })).toBe('198.51.100.3')
  })

  it('what the Log Audit Service adds tells the resource, where the kind does not use the name itself', () => {
    const copy = { owner_id: '1234567890123456', region: 'cn-beijing' }
    expect(convertAs('vpc-flow', copy).resource).toMatchObject({
      'cloud.account.id': '1234567890123456',
      'cloud.region': 'cn-beijing',
    })
    expect(convertAs('csb-gateway', copy).resource).toMatchObject({
      'cloud.account.id': '1234567890123456',
      'cloud.region': 'cn-beijing',
    })
    expect(convertAs('waf2-access', { region: 'int' }).resource).toMatchObject({
      'alibabacloud.waf.region': 'int',
      'cloud.region': 'cn-hangzhou',
    })
    expect(convertAs('generic', copy).body).toEqual(copy)
  })

  it('a date without a zone is neither the time nor a fault', () => {
    const { attributes, timeUnixNano, unparsedValues } = convertAs('mns-queue-operation', {
      Time: '2026-03-02 08:15:30.123',
    })
    expect({ attributes, timeUnixNano, unparsedValues }).toEqual({
      attributes: { 'alibabacloud.smq.Time': '2026-03-02 08:15:30.123' },
      timeUnixNano: `${time}000000000`,
      unparsedValues: 0,
    })
  })

  it.each([
    ['2/Mar/2026:08:15:31 +0800', 1_772_410_531],
    ['02/Mar/2026:00:15:31 +0000', 1_772_410_531],
    ['01/Mar/2026:19:15:31 -0500', 1_772_410_531],
    ['02/Mar/2026:08:15:31', time],
    ['02/Foo/2026:08:15:31 +0800', time],
  ])('the date of an access log %s', (text, seconds) => {
    expect(convertAs('cdn-offline', { Time: text }).timeUnixNano).toBe(`${seconds}000000000`)
  })
})

describe('JSON', () => {
  const event = (object: object) => convertAs('k8s-event', { eventId: JSON.stringify(object) })

  it('members become attributes, body and event name; the rest keeps its names', () => {
    const { attributes, body, eventName } = event({
      message: 'm',
      reason: 'r',
      count: 3,
      metadata: { name: 'n', namespace: 'x' },
      series: { count: 2, half: 0.5, deep: [true, null, [], {}] },
      eventTime: null,
      note: '',
    })
    expect({ body, eventName }).toEqual({ body: 'm', eventName: 'r' })
    expect(attributes).toMatchObject({
      'k8s.event.count': 3,
      'k8s.event.name': 'n',
      'alibabacloud.k8s.event.series': { count: 2, half: { double: 0.5 }, deep: [true, null, [], {}] },
    })
    expect(Object.keys(attributes)).not.toEqual(expect.arrayContaining(['alibabacloud.k8s.event.note']))
  })

  it.each(['{"message":', 'text', '', '-'])('the text %j is no JSON, and stays as it is', (text) => {
    const { attributes, body } = convertAs('k8s-event', { eventId: text })
    expect(attributes).toEqual(text === '' || text === '-' ? {} : { 'alibabacloud.k8s.event.eventId': text })
    expect(body ?? '').toBe('')
  })

  it('a document that is too deep to be written as one stays text', () => {
    const text = `${'['.repeat(20_000)}${']'.repeat(20_000)}`
    const { attributes, unparsedValues } = convertAs('idaas-eiam', { targets: text })
    expect(attributes['alibabacloud.idaas.targets']).toBe(text)
    expect(unparsedValues).toBe(1)
  })

  it('integers keep their digits, and what no integer of 64 bits can hold becomes text', () => {
    const { attributes } = convertAs('idaas-eiam', {
      targets: '{"a":1234567890123456789,"b":12345678901234567890,"c":-5}',
    })
    expect(attributes['alibabacloud.idaas.targets']).toEqual({
      a: { int: '1234567890123456789' },
      b: '12345678901234567890',
      c: -5,
    })
  })

  it('names that every object has are no members', () => {
    const { attributes } = convertAs('k8s-audit', { user: '{"toString":"x","__proto__":{"username":"y"}}' })
    expect(attributes['user.name']).toBeUndefined()
  })

  it('headers become lists, with neither cookies nor credentials, and leave the kind’s own headers alone', () => {
    const headers = {
      Accept: 'a/b',
      ACCEPT: 'c/d',
      'X-Many': ['1', '2'],
      Cookie: 'sid=1',
      Authorization: 'Bearer 1',
      'Content-Type': 'other',
      Referer: 'https://www.example.com/?token=1',
    }
    const { attributes } = convertAs('waf3-access', {
      content_type: 'text/html',
      request_header: JSON.stringify(headers),
    })
    expect(attributes).toEqual({
      'http.request.header.content-type': ['text/html'],
      'http.request.header.accept': ['a/b'],
      'http.request.header.x-many': ['1', '2'],
    })
  })

  it('headers that are no JSON are kept as text, unless they hold a secret', () => {
    const kept = (text: string) => convertAs('waf3-access', { request_header: text }).attributes
    expect(kept('Accept: a/b')).toEqual({ 'alibabacloud.waf.request_header': 'Accept: a/b' })
    expect(kept('Accept: a/b\r\nCookie: sid=1')).toEqual({ 'alibabacloud.waf.request_header': 'REDACTED' })
  })
})

describe('trace ids', () => {
  const traceOf = (text: string) => {
    const { traceId, attributes } = convertAs('gateway-envoy-access', { trace_id: text })
    return { traceId, attributes }
  }
  it('of 32 and of 16 hex digits', () => {
    expect(traceOf('0AF7651916cd43dd8448eb211c80319c').traceId).toBe('0af7651916cd43dd8448eb211c80319c')
    expect(traceOf('8448eb211c80319c').traceId).toBe('00000000000000008448eb211c80319c')
  })
  it.each([
    '00000000000000000000000000000000',
    '0af7651916cd43dd8448eb211c80319',
    'xaf7651916cd43dd8448eb211c80319c',
    'none',
  ])('the text %s is none, and stays as it is', (text) => {
    expect(traceOf(text)).toEqual({ traceId: undefined, attributes: { 'alibabacloud.gateway.trace_id': text } })
  })
})

describe('severity', () => {
  const severityOf = (kind: string, contents: Record<string, string>) => convertAs(kind, contents).severityNumber

  it.each([
    ['[Warning] Aborted connection', 13],
    ['2026-03-02T00:15:30.123456Z 42 [Note] [MY-1] ready', 9],
    ['2026-03-02 00:15:30 UTC [42] FATAL:  no password', 21],
    ['2026-03-02 00:15:30 UTC [42] LOG:  an error was fixed', 9],
    ['error while closing', 17],
    ['there was no error: all went well, said the system', 17],
    ['nothing in particular', 17],
  ])('the level of %s', (content, severity) => {
    expect(severityOf('rds-error', { content })).toBe(severity)
  })

  it.each([
    ['2026-03-02T00:15:30.123Z 1-65e1 [ERROR] bad header', 17],
    ['2026-03-02T00:15:30.123Z 1-65e1 [INFO] done', 9],
    ['an error in the middle of a sentence', 0],
    ['pre-ERROR is no word of its own', 0],
    ['FC Invoke Start RequestId: 1-65e1', 0],
  ])('the level of the function’s line %s', (message, severity) => {
    expect(severityOf('fc-function-log', { message })).toBe(severity)
  })

  it.each([
    ['E0302 08:15:31.000001       1 leaderelection.go:330] lost', 17],
    ['F0302 08:15:31.000001       1 main.go:1] gone', 21],
    ['E03x2 08:15:31', 0],
    ['Error', 0],
  ])('the klog level of %s', (content, severity) => {
    expect(severityOf('ack-controlplane', { content })).toBe(severity)
  })

  it.each<[Record<string, string>, number]>([
    [{ waf_action: 'block', status: '405' }, 13],
    [{ waf_action: 'block', waf_test: 'true', status: '200' }, 9],
    [{ waf_action: 'block', waf_test: 'true', status: '500' }, 17],
    [{ acl_action: 'js', cc_action: 'block', status: '200' }, 13],
    [{ final_action: 'captcha_strict', status: '200' }, 10],
    [{ cc_action: 'js_pass', status: '200' }, 9],
  ])('WAF 3.0 %j', (contents, severity) => {
    expect(severityOf('waf3-access', contents)).toBe(severity)
  })

  it('a code of its own is the error type before the status', () => {
    const errorType = (contents: Record<string, string>) => convertAs('api-gateway', contents).attributes['error.type']
    expect(errorType({ statusCode: '500', errorCode: 'X500ER' })).toBe('X500ER')
    expect(errorType({ statusCode: '500', errorCode: 'OK' })).toBe('500')
    expect(errorType({ statusCode: '200', errorCode: 'OK' })).toBeUndefined()
  })

  it('a push is judged by its status, and failed by any word', () => {
    const push = (NotifyStatus: string) => {
      const { severityNumber, attributes } = convertAs('mns-topic-operation', { NotifyStatus })
      return [severityNumber, attributes]
    }
    expect(push('204')).toEqual([9, { 'http.response.status_code': 204 }])
    expect(push('503')).toEqual([13, { 'http.response.status_code': 503, 'error.type': '503' }])
    expect(push('InvalidHost')).toEqual([13, { 'error.type': 'InvalidHost' }])
  })
})

describe('bodies', () => {
  it('a message stays the body with option none, and stands in the map with option original', () => {
    const contents = { content: '[ERROR] x', instance_id: 'rm-1' }
    expect(convertAs('rds-error', contents, { body: 'none' }).body).toBe('[ERROR] x')
    expect(convertAs('rds-error', contents, { body: 'original' }).body).toEqual(contents)
  })

  it('an original body holds neither cookies nor the secrets of queries and headers', () => {
    const { body } = convertAs(
      'waf3-access',
      {
        http_cookie: 'sid=1',
        response_set_cookie: 'sid=1',
        querystring: 'token=abc&x=1',
        request_uri: '/a?token=abc',
        http_referer: 'https://www.example.com/?password=abc',
        request_header: '{"Cookie":"sid=1"}',
        response_header: '{"Server":"x"}',
      },
      { body: 'original' },
    )
    expect(body).toEqual({
      querystring: 'token=REDACTED&x=1',
      request_uri: '/a?token=REDACTED',
      http_referer: 'https://www.example.com/?password=REDACTED',
      request_header: 'REDACTED',
      response_header: '{"Server":"x"}',
    })
    const cdn = convertAs('cdn-realtime', { refer_domain: 'a.example', refer_param: 'token=abc' }, { body: 'original' })
    expect(cdn.body).toEqual({ refer_domain: 'a.example', refer_param: 'token=REDACTED' })
    expect(cdn.attributes['http.request.header.referer']).toEqual(['a.example?token=REDACTED'])
  })

  it('a summary names values as the attributes do', () => {
    const flow = { action: 'ACCEPT', protocol: '6', srcaddr: '192.0.2.1', dstaddr: '192.0.2.2' }
    expect(convertAs('vpc-flow', flow).body).toBe('ACCEPT tcp 192.0.2.1 -> 192.0.2.2')
    const audit = { verb: 'get', requestURI: '/version', user: '{"username":"é"}', responseStatus: '{"code":200}' }
    expect(convertAs('k8s-audit', audit).body).toBe('get /version by é 200')
  })
})
