import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { parseFaultScript, parseScriptEntry } from '../../../simulator/fault-script.ts'
import type { FaultEffect, FaultRule } from '../../../simulator/faults.ts'
import { type Simulator, startSimulator } from '../../../simulator/simulator.ts'
import { createManualClock, type ManualClock } from '../../fakes/manual-clock.ts'
import { send } from '../sls-caller.ts'
import { type CallOptions, callSmq, fieldsOf, handlesXml, messagesOf, messageXml, outcomeOf, xmlOf } from './caller.ts'

const messages = '/queues/q/messages'
let clock: ManualClock
let simulator: Simulator
beforeEach(async () => {
  clock = createManualClock()
  const queues = [{ name: 'q' }, { name: 'other' }]
  simulator = await startSimulator({ clock, world: { projects: [], traffic: [], queues } })
  for (const body of ['a', 'b', 'c']) simulator.smq.send('q', { body })
})
afterEach(() => simulator.close())

const call = (request: string, options: CallOptions = {}) => callSmq(simulator, request, options)
const outcome = async (request: string, options: CallOptions = {}) => outcomeOf(await call(request, options))
const inject = (effect: FaultEffect, rule: Omit<FaultRule, 'effect'> = { times: 1 }) =>
  simulator.faults.inject({ ...rule, effect })
const receive = async () => messagesOf(await call(`GET ${messages}?numOfMessages=16&waitseconds=0`))
const counts = () => simulator.smq.store.queue('q').counts()

test('a fault hits the queue and the call that it names', async () => {
  const failure = { kind: 'error', status: 500, code: 'InternalError' } as const
  inject(failure, { service: 'smq', queue: 'q', api: 'PeekMessage' })
  const peeks = [`GET ${messages}?peekonly=true`, 'GET /queues/other/messages?peekonly=true', `GET ${messages}`]
  expect(await Promise.all(peeks.map((peek) => outcome(peek)))).toEqual([
    '500 InternalError',
    '404 MessageNotExist',
    '200',
  ])
})

test.each([
  ['ReceiveMessage', `GET ${messages}`],
  ['BatchReceiveMessage', `GET ${messages}?numOfMessages=1`],
  ['PeekMessage', `GET ${messages}?peekOnly=true`],
  ['BatchPeekMessage', `GET ${messages}?peekonly=true&numofmessages=1`],
  ['SendMessage', `POST ${messages}`, messageXml('x')],
  ['BatchSendMessage', `POST ${messages}`, `<Messages>${messageXml('x')}</Messages>`],
  ['DeleteMessage', `DELETE ${messages}?receipthandle=x`],
  ['BatchDeleteMessage', `DELETE ${messages}`, handlesXml(['x'])],
  ['ChangeMessageVisibility', `PUT ${messages}?ReceiptHandle=x&VisibilityTimeout=1`],
  ['GetQueueAttributes', 'GET /queues/q'],
  ['SetQueueAttributes', 'PUT /queues/q?MetaOverride=true'],
  ['CreateQueue', 'PUT /queues/q'],
  ['DeleteQueue', 'DELETE /queues/q'],
  ['ListQueue', 'GET /queues'],
])('%s is what scripts call %s', async (api, request, body = '') => {
  inject({ kind: 'throttle' }, { api })
  expect(await outcome(request, { body })).toBe('429 TooManyRequests')
})

describe('what a client sees of', () => {
  test('an expired token', async () => {
    inject({ kind: 'expired_token' })
    expect(await outcome(`GET ${messages}`)).toBe('403 InvalidSecurityToken')
  })

  test('a clock that is off', async () => {
    inject({ kind: 'clock_offset', ms: 20 * 60_000 })
    const { status, headers } = await call(`GET ${messages}`)
    expect({ status, date: headers['date'] }).toEqual({
      status: 408,
      date: new Date(clock.now() + 20 * 60_000).toUTCString(),
    })
  })

  test('a gateway', async () => {
    inject({ kind: 'text', status: 502 })
    const text = await call(`GET ${messages}`)
    expect(text).toMatchObject({ status: 502, headers: { 'content-type': 'text/plain' } })
    inject({ kind: 'html', status: 503 })
    expect(await call(`GET ${messages}`)).toMatchObject({ status: 503, headers: { 'content-type': 'text/html' } })
    expect(counts()).toMatchObject({ delivered: 0 })
  })

  test('a body that breaks off', async () => {
    inject({ kind: 'truncated_body' })
    const { status, body } = await call(`GET ${messages}`)
    expect(status).toBe(200)
    expect(() => xmlOf(body)).toThrow(SyntaxError)
  })

  test('a connection that drops after the call took effect', async () => {
    inject({ kind: 'drop', when: 'before_headers' })
    await expect(call(`GET ${messages}?numOfMessages=16`)).rejects.toThrow('socket hang up')
    expect(counts()).toMatchObject({ inactive: 3 })
  })

  test('a poll that is cut in its middle: nothing was handed out', async () => {
    await receive()
    inject({ kind: 'cut_wait', ms: 5000 })
    const poll = call(`GET ${messages}?waitseconds=30`)
    const cut = expect(poll).rejects.toThrow('socket hang up')
    await clock.sleeping()
    await clock.advance(5000)
    await cut
    await expect.poll(() => simulator.smq.store.queue('q').waitingPolls).toBe(0)
    simulator.smq.send('q', { body: 'd' })
    expect(counts()).toMatchObject({ active: 1, delivered: 3 })
  })

  test('too many long polls: empty at once, unless a message is there', async () => {
    inject({ kind: 'early_empty' }, {})
    expect(await receive()).toHaveLength(3)
    expect(await outcome(`GET ${messages}?waitseconds=30`)).toBe('404 MessageNotExist')
  })

  test('a message that is delivered twice: the second handle is the good one', async () => {
    inject({ kind: 'duplicate_delivery' })
    const [first, second] = [await receive(), await receive()]
    expect(second.map(({ MessageId }) => MessageId)).toEqual(first.map(({ MessageId }) => MessageId))
    expect(second.map(({ DequeueCount }) => DequeueCount)).toEqual(['2', '2', '2'])
    expect(await outcome(`DELETE ${messages}?ReceiptHandle=${first[0]?.['ReceiptHandle']}`)).toBe(
      '400 ReceiptHandleError',
    )
    expect(await outcome(`DELETE ${messages}?ReceiptHandle=${second[0]?.['ReceiptHandle']}`)).toBe('204')
  })

  test('a batch of which a part fails', async () => {
    const handles = (await receive()).map(({ ReceiptHandle = '' }) => ReceiptHandle)
    inject({ kind: 'partial_failure', count: 2 }, { api: 'BatchDeleteMessage', times: 1 })
    const answer = await call(`DELETE ${messages}`, { body: handlesXml(handles) })
    expect(answer.status).toBe(404)
    expect(xmlOf(answer.body).children.map((error) => fieldsOf(error)['ReceiptHandle'])).toEqual(handles.slice(0, 2))
    expect(counts()).toMatchObject({ inactive: 2, deleted: 1 })
    expect(await outcome(`DELETE ${messages}`, { body: handlesXml(handles.slice(0, 2)) })).toBe('204')
  })
})

test('a script takes the effects and actions of queues', async () => {
  const { faults } = parseFaultScript(
    `faults:
  - { on: { service: smq, queue: q }, effect: early_empty }
  - { effect: { kind: cut_wait, after: 5s } }
  - { effect: { kind: partial_failure, count: 3 } }
  - { effect: duplicate_delivery }
  - { effect: text }
  - { at: 1s, action: { kind: issue_messages, queue: q, messages: 5 } }
  - { action: { kind: release_messages, queue: q } }`,
    'script',
  )
  expect(faults.map((entry) => ('effect' in entry ? entry.effect : entry.action))).toEqual([
    { kind: 'early_empty' },
    { kind: 'cut_wait', ms: 5000 },
    { kind: 'partial_failure', count: 3 },
    { kind: 'duplicate_delivery' },
    { kind: 'text', status: 502 },
    { kind: 'issue_messages', queue: 'q', messages: 5 },
    { kind: 'release_messages', queue: 'q' },
  ])
})

test('an action gives all messages back that were handed out', async () => {
  await receive()
  simulator.run(parseScriptEntry({ action: { kind: 'release_messages', queue: 'q' } }))
  expect((await receive()).map(({ DequeueCount }) => DequeueCount)).toEqual(['2', '2', '2'])
})

test('the admin address tells how the queues stand', async () => {
  await receive()
  const { body } = await send(simulator, 'GET', '/_simulator/status', { host: 'localhost' })
  expect(JSON.parse(body.toString())).toMatchObject({
    messagesPerSecond: 0,
    queues: [
      { name: 'other', active: 0 },
      { name: 'q', active: 0, inactive: 3, sent: 3, delivered: 3, waitingPolls: 0 },
    ],
  })
})
