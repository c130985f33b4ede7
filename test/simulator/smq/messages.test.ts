import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Simulator, startSimulator } from '../../../simulator/simulator.ts'
import { createManualClock, type ManualClock } from '../../fakes/manual-clock.ts'
import { type CallOptions, callSmq, fieldsOf, handlesXml, messagesOf, messageXml, outcomeOf, xmlOf } from './caller.ts'

const SECOND_MS = 1000
const messages = '/queues/q/messages'
let clock: ManualClock
let simulator: Simulator
beforeEach(async () => {
  clock = createManualClock()
  simulator = await startSimulator({ clock, world: { projects: [], traffic: [], queues: [{ name: 'q' }] } })
})
afterEach(() => simulator.close())

const call = (request: string, options: CallOptions = {}) => callSmq(simulator, request, options)
const outcome = async (request: string, options: CallOptions = {}) => outcomeOf(await call(request, options))
const put = (...bodies: string[]) => bodies.map((body) => simulator.smq.send('q', { body }))
const receive = async (parameters = 'numOfMessages=16&waitseconds=0') => {
  const answer = await call(`GET ${messages}?${parameters}`)
  return answer.status === 404 ? [] : messagesOf(answer)
}
const bodies = (received: Record<string, string>[]) => received.map(({ MessageBody }) => MessageBody)
const handles = (received: Record<string, string>[]) => received.map(({ ReceiptHandle = '' }) => ReceiptHandle)
const advance = (ms: number) => simulator.clock.advance(ms)

describe('what is sent', () => {
  test('comes back as it was, with all nine fields', async () => {
    const sent = fieldsOf(
      xmlOf(
        (await call(`POST ${messages}`, { body: messageXml('a &lt;b&gt; &amp;&#13;&#x4e2d;<![CDATA[<c>]]>') })).body,
      ),
    )
    expect(sent).toEqual({ MessageId: expect.any(String), MessageBodyMD5: 'F98C398BCBC307A387F57C250DB67B16' })
    const nowMs = clock.now()
    expect(await receive()).toEqual([
      {
        MessageId: sent['MessageId'],
        ReceiptHandle: expect.stringMatching(/^1-[A-Za-z0-9+/]{22}==$/),
        MessageBody: 'a <b> &\r中<c>',
        MessageBodyMD5: sent['MessageBodyMD5'],
        EnqueueTime: String(nowMs),
        NextVisibleTime: String(nowMs + 30 * SECOND_MS),
        FirstDequeueTime: String(nowMs),
        DequeueCount: '1',
        Priority: '8',
      },
    ])
  })

  test('has one root for a single message and another for a batch, of one as well', async () => {
    put('a', 'b')
    expect(xmlOf((await call(`GET ${messages}`)).body).name).toBe('Message')
    expect(xmlOf((await call(`GET ${messages}?numOfMessages=1`)).body).name).toBe('Messages')
    expect(xmlOf((await call(`POST ${messages}`, { body: messageXml('c') })).body).name).toBe('Message')
    const batch = `<Messages>${messageXml('d')}</Messages>`
    expect(await call(`POST ${messages}`, { body: batch })).toMatchObject({ status: 201 })
  })

  test('keeps its properties', async () => {
    const properties =
      '<UserProperties><PropertyValue><Name>n</Name><Value>1</Value><Type>NUMBER</Type></PropertyValue></UserProperties>' +
      '<SystemProperties><SystemPropertyValue><Name>traceparent</Name><Value>00-ab-cd-01</Value><Type>STRING</Type></SystemPropertyValue></SystemProperties>'
    expect(await outcome(`POST ${messages}`, { body: messageXml('x', properties) })).toBe('201')
    const { body } = await call(`GET ${messages}`)
    expect(body.toString()).toContain(properties)
    const unknownType = properties.replace('NUMBER', 'DATE')
    expect(await outcome(`POST ${messages}`, { body: messageXml('x', unknownType) })).toBe('400 InvalidArgument')
  })

  test('is at most 64 KiB on the wire, and something', async () => {
    expect(await outcome(`POST ${messages}`, { body: messageXml('中'.repeat(21_845)) })).toBe('201')
    expect(await outcome(`POST ${messages}`, { body: messageXml(`中中${'中'.repeat(21_844)}`) })).toBe(
      '400 InvalidArgument',
    )
    expect(await outcome(`POST ${messages}`, { body: messageXml('') })).toBe('400 InvalidArgument')
  })

  test.each([
    ['<Message><MessageBody>a &unknown; b</MessageBody></Message>', 'MalformedXML'],
    ['<Message><MessageBody>a & b</MessageBody></Message>', 'MalformedXML'],
    ['<Message><MessageBody>&#7;</MessageBody></Message>', 'MalformedXML'],
    ['<ReceiptHandles/>', 'InvalidArgument'],
    [messageXml('x', '<Priority>17</Priority>'), 'InvalidArgument'],
    [messageXml('x', '<Priority>0</Priority>'), 'InvalidArgument'],
    [messageXml('x', '<DelaySeconds>604801</DelaySeconds>'), 'InvalidArgument'],
    ['<Messages/>', 'InvalidArgument'],
    [`<Messages>${messageXml('x').repeat(17)}</Messages>`, 'InvalidArgument'],
  ])('is refused when it is %s', async (body, code) => {
    expect(await outcome(`POST ${messages}`, { body })).toBe(`400 ${code}`)
  })

  test('is taken one by one in a batch: what is wrong fails alone', async () => {
    const batch = `<Messages>${messageXml('a')}${messageXml('b', '<Priority>99</Priority>')}${messageXml('c')}</Messages>`
    const answer = await call(`POST ${messages}`, { body: batch })
    expect(answer.status).toBe(500)
    expect(messagesOf(answer).map((entry) => entry['ErrorCode'] ?? typeof entry['MessageId'])).toEqual([
      'string',
      'InvalidArgument',
      'string',
    ])
    expect(bodies(await receive())).toEqual(['a', 'c'])
  })

  test('comes in the order of priority, then of arrival', async () => {
    for (const [body, priority] of [
      ['a', 8],
      ['b', 16],
      ['c', 1],
      ['d', 8],
    ] as const) {
      simulator.smq.send('q', { body, priority })
    }
    expect(bodies(await receive())).toEqual(['c', 'a', 'd', 'b'])
  })

  test('can be delayed, and deleted until then by the handle of the sender', async () => {
    const delayed = messageXml('later', '<DelaySeconds>10</DelaySeconds>')
    await call(`POST ${messages}`, { body: delayed })
    const sent = fieldsOf(xmlOf((await call(`POST ${messages}`, { body: delayed })).body))
    expect(await outcome(`DELETE ${messages}?ReceiptHandle=${sent['ReceiptHandle']}`)).toBe('204')
    advance(10 * SECOND_MS - 1)
    expect(await receive()).toEqual([])
    advance(1)
    expect(bodies(await receive())).toEqual(['later'])
  })
})

describe('a message that was handed out', () => {
  test('is hidden for its time and comes again with a new handle and a higher count', async () => {
    const [id] = put('a')
    const startMs = clock.now()
    const [first = {}] = await receive()
    advance(30 * SECOND_MS - 1)
    expect(await receive()).toEqual([])
    advance(1)
    const [second = {}] = await receive()
    expect(second).toMatchObject({ MessageId: id, DequeueCount: '2', FirstDequeueTime: String(startMs) })
    expect(second['ReceiptHandle']).not.toBe(first['ReceiptHandle'])
    expect(await outcome(`DELETE ${messages}?ReceiptHandle=${first['ReceiptHandle']}`)).toBe('400 ReceiptHandleError')
    expect(await outcome(`DELETE ${messages}?ReceiptHandle=${second['ReceiptHandle']}`)).toBe('204')
    expect(await outcome(`DELETE ${messages}?ReceiptHandle=${second['ReceiptHandle']}`)).toBe('404 MessageNotExist')
    expect(simulator.smq.store.queue('q').counts()).toMatchObject({
      delivered: 2,
      redelivered: 1,
      deleted: 1,
      inactive: 0,
    })
  })

  test('cannot be deleted once its time is over, though nobody has received it again', async () => {
    put('a')
    const [handle] = handles(await receive())
    advance(30 * SECOND_MS)
    expect(await outcome(`DELETE ${messages}?ReceiptHandle=${handle}`)).toBe('400 ReceiptHandleError')
    expect(bodies(await receive())).toEqual(['a'])
  })

  test('stays hidden for longer when that is asked, from then on and with a new handle', async () => {
    put('a')
    const [old] = handles(await receive())
    advance(20 * SECOND_MS)
    const changed = await call(`PUT ${messages}?receiptHandle=${old}&visibilityTimeout=60`)
    const { ReceiptHandle: handle, NextVisibleTime } = fieldsOf(xmlOf(changed.body))
    expect(xmlOf(changed.body).name).toBe('ChangeVisibility')
    expect(Number(NextVisibleTime)).toBe(simulator.clock.now() + 60 * SECOND_MS)
    expect(await outcome(`PUT ${messages}?ReceiptHandle=${old}&VisibilityTimeout=60`)).toBe('400 ReceiptHandleError')
    advance(60 * SECOND_MS - 1)
    expect(await receive()).toEqual([])
    expect(await outcome(`DELETE ${messages}?ReceiptHandle=${handle}`)).toBe('204')
  })

  test('comes at once when its visibility is cut to a second', async () => {
    put('a')
    const [handle] = handles(await receive())
    await call(`PUT ${messages}?ReceiptHandle=${handle}&VisibilityTimeout=1`)
    advance(SECOND_MS)
    expect(await receive()).toMatchObject([{ DequeueCount: '2' }])
  })

  test.each([
    ['VisibilityTimeout=60', 'MissingReceiptHandle'],
    ['ReceiptHandle=1-abc', 'MissingVisibilityTimeout'],
    ['ReceiptHandle=1-abc&VisibilityTimeout=60', 'ReceiptHandleError'],
    ['ReceiptHandle=1-abc&VisibilityTimeout=0', 'InvalidArgument'],
    ['ReceiptHandle=1-abc&VisibilityTimeout=43201', 'InvalidArgument'],
  ])('cannot be changed by %s', async (parameters, code) => {
    expect(await outcome(`PUT ${messages}?${parameters}`)).toBe(`400 ${code}`)
  })
})

describe('a batch of handles', () => {
  test('deletes all', async () => {
    const ids = put('a', 'b', 'c')
    const deleted: string[] = []
    simulator.smq.store.onDeleted(({ queue, messageId, uids }) => deleted.push(`${queue} ${messageId} ${uids}`))
    expect(await outcome(`DELETE ${messages}`, { body: handlesXml(handles(await receive())) })).toBe('204')
    expect(deleted).toEqual(ids.map((id) => `q ${id} ${id}`))
    advance(60 * SECOND_MS)
    expect(await receive()).toEqual([])
  })

  test('tells of each that could not be deleted, and deletes the rest', async () => {
    put('late', 'gone', 'good')
    const [late = ''] = handles(await receive('numOfMessages=1'))
    advance(30 * SECOND_MS)
    const [gone = '', good = ''] = handles(await receive('numOfMessages=2'))
    await call(`DELETE ${messages}?ReceiptHandle=${gone}`)
    const answer = await call(`DELETE ${messages}`, { body: handlesXml([late, gone, good, 'rubbish']) })
    expect(answer.status).toBe(404)
    const root = xmlOf(answer.body)
    expect(root.name).toBe('Errors')
    expect(root.children.map(fieldsOf)).toEqual([
      { ErrorCode: 'ReceiptHandleError', ErrorMessage: expect.any(String), ReceiptHandle: late },
      { ErrorCode: 'MessageNotExist', ErrorMessage: expect.any(String), ReceiptHandle: gone },
      { ErrorCode: 'ReceiptHandleError', ErrorMessage: expect.any(String), ReceiptHandle: 'rubbish' },
    ])
    expect(simulator.smq.store.queue('q').counts()).toMatchObject({ deleted: 2 })
  })

  test('is 1 to 16', async () => {
    const handles = Array.from({ length: 17 }, () => '1-abc')
    expect(await outcome(`DELETE ${messages}`, { body: handlesXml(handles) })).toBe('400 InvalidArgument')
    expect(await outcome(`DELETE ${messages}`, { body: handlesXml([]) })).toBe('400 InvalidArgument')
    expect(await outcome(`DELETE ${messages}`)).toBe('400 MalformedXML')
  })

  test('without a namespace, or with a prefix, is the same', async () => {
    put('a', 'b')
    const [one, two] = handles(await receive())
    const plain = `<ReceiptHandles><ReceiptHandle>${one}</ReceiptHandle></ReceiptHandles>`
    const prefixed = `<m:ReceiptHandles xmlns:m="http://mns.aliyuncs.com/doc/v1"><m:ReceiptHandle>\n${two}\n</m:ReceiptHandle></m:ReceiptHandles>`
    expect(await outcome(`DELETE ${messages}`, { body: plain })).toBe('204')
    expect(await outcome(`DELETE ${messages}`, { body: prefixed })).toBe('204')
  })
})

describe('a peek', () => {
  test('changes nothing and has no handle', async () => {
    const [id] = put('a')
    for (const parameters of ['peekonly=true', 'PeekOnly=true&NUMOFMESSAGES=16']) {
      expect(messagesOf(await call(`GET ${messages}?${parameters}`))).toEqual([
        {
          MessageId: id,
          MessageBody: 'a',
          MessageBodyMD5: '0CC175B9C0F1B6A831C399E269772661',
          EnqueueTime: String(clock.now()),
          FirstDequeueTime: '0',
          DequeueCount: '0',
          Priority: '8',
        },
      ])
    }
    expect(await receive()).toMatchObject([{ DequeueCount: '1' }])
  })

  test('does not see what is hidden', async () => {
    put('a')
    await receive()
    expect(await outcome(`GET ${messages}?peekonly=true`)).toBe('404 MessageNotExist')
  })
})

describe('a long poll', () => {
  const poll = (parameters: string) => call(`GET ${messages}?${parameters}`).then(outcomeOf)

  test('is held until a message comes', async () => {
    const waiting = receive('numOfMessages=16&waitseconds=30')
    await clock.sleeping()
    put('a')
    expect(bodies(await waiting)).toEqual(['a'])
  })

  test('is held until its wait is over, and no longer', async () => {
    const waiting = poll('waitseconds=20')
    await clock.sleeping()
    expect(clock.waits()).toEqual([20 * SECOND_MS])
    await clock.advance(20 * SECOND_MS)
    expect(await waiting).toBe('404 MessageNotExist')
  })

  test('waits as long as the queue says when it says nothing itself', async () => {
    const queue = simulator.smq.store.queue('q')
    queue.attributes = { ...queue.attributes, pollingWaitS: 7 }
    expect(await poll('waitseconds=0')).toBe('404 MessageNotExist')
    const waiting = poll('numOfMessages=1')
    await clock.sleeping()
    expect(clock.waits()).toEqual([7 * SECOND_MS])
    put('a')
    expect(await waiting).toBe('200')
  })

  test('wakes when a message becomes visible again, or its delay is over', async () => {
    simulator.smq.send('q', { body: 'hidden' })
    await receive()
    const waiting = receive('waitseconds=30&numOfMessages=16')
    await clock.sleeping()
    simulator.smq.send('q', { body: 'delayed', delayS: 10 })
    await clock.advance(10 * SECOND_MS)
    expect(bodies(await waiting)).toEqual(['delayed'])
    const second = receive('waitseconds=30&numOfMessages=16')
    await clock.sleeping()
    await clock.advance(20 * SECOND_MS)
    expect(bodies(await second)).toEqual(['hidden'])
  })

  test('beside others gets a message each', async () => {
    const waiting = [1, 2, 3].map(() => receive('waitseconds=30'))
    await expect.poll(() => simulator.smq.store.queue('q').waitingPolls).toBe(3)
    put('a', 'b', 'c')
    expect((await Promise.all(waiting)).flatMap(bodies).toSorted()).toEqual(['a', 'b', 'c'])
  })

  test('whose caller went away takes nothing', async () => {
    const leaving = new AbortController()
    const { host, ...signed } = await headersOf(`GET ${messages}?waitseconds=30`)
    const left = fetch(`http://${host}${messages}?waitseconds=30`, { headers: signed, signal: leaving.signal })
    const queue = simulator.smq.store.queue('q')
    await expect.poll(() => queue.waitingPolls).toBe(1)
    leaving.abort()
    await expect(left).rejects.toThrow()
    await expect.poll(() => queue.waitingPolls).toBe(0)
    put('a')
    expect(queue.counts()).toMatchObject({ active: 1, delivered: 0 })
  })

  /** What a request would be sent with; it is sent once, and finds nothing. */
  async function headersOf(request: string) {
    let headers: Record<string, string> = {}
    simulator.faults.inject({ times: 1, effect: { kind: 'early_empty' } })
    await call(request, { change: (signed) => (headers = { ...signed }) })
    return headers
  }

  test.each([
    'waitseconds=31',
    'waitseconds=-1',
    'waitseconds=x',
    'numOfMessages=0',
    'numOfMessages=17',
    'peekonly=true&numOfMessages=17',
  ])('refuses %s', async (parameters) => {
    expect(await poll(parameters)).toBe('400 InvalidArgument')
  })

  test('is turned away at once when too many hang', async () => {
    simulator.smq.behaviour.maxLongPolls = 1
    const waiting = poll('waitseconds=30')
    await clock.sleeping()
    expect(await poll('waitseconds=30')).toBe('404 MessageNotExist')
    put('a')
    expect(await waiting).toBe('200')
  })
})

describe('the form of answers can vary:', () => {
  const text = 'a & b < c > "d"\r\n中文 ]]> 😀'

  test.each(['entities', 'cdata', 'numeric'] as const)('text as %s', async (textStyle) => {
    simulator.smq.behaviour.textStyle = textStyle
    put(text, 'no line end ]]> <')
    expect(bodies(await receive())).toEqual([text, 'no line end ]]> <'])
  })

  test('no declaration, elements nobody knows, a host without a scheme', async () => {
    Object.assign(simulator.smq.behaviour, { xmlDeclaration: false, unknownElements: true, hostIdScheme: false })
    put('a')
    expect((await call(`GET ${messages}`)).body.toString()).toMatch(/^<Message .*<Unheard>/)
    expect((await call('GET /queues/q')).body.toString()).toContain('<QueueType>')
    expect(fieldsOf(xmlOf((await call(`GET ${messages}`)).body))['HostId']).toBe(`127.0.0.1:${simulator.port}`)
  })
})
