import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Simulator, startSimulator } from '../../../simulator/simulator.ts'
import { createManualClock } from '../../fakes/manual-clock.ts'
import { type CallOptions, callSmq, fieldsOf, messageXml, outcomeOf, xmlOf } from './caller.ts'

let simulator: Simulator
beforeEach(async () => {
  simulator = await startSimulator({ clock: createManualClock(), world: { projects: [], traffic: [] } })
})
afterEach(() => simulator.close())

const outcome = async (request: string, options: CallOptions = {}) =>
  outcomeOf(await callSmq(simulator, request, options))
const queueXml = (inside: string) => `<Queue xmlns="http://mns.aliyuncs.com/doc/v1/">${inside}</Queue>`
const attributesOf = async (queue: string) => fieldsOf(xmlOf((await callSmq(simulator, `GET /queues/${queue}`)).body))

test('a queue is created once, changed and deleted', async () => {
  const attributes = queueXml('<VisibilityTimeout>60</VisibilityTimeout><DelaySeconds>5</DelaySeconds>')
  const created = await callSmq(simulator, 'PUT /queues/q', { body: attributes })
  expect(created).toMatchObject({ status: 201, headers: { location: `http://127.0.0.1:${simulator.port}/queues/q` } })
  expect(created.body).toHaveLength(0)
  expect(await outcome('PUT /queues/q', { body: attributes })).toBe('204')
  expect(await outcome('PUT /queues/q', { body: queueXml('') })).toBe('409 QueueAlreadyExist')

  simulator.clock.advance(2000)
  const change = queueXml('<PollingWaitSeconds>20</PollingWaitSeconds><LoggingEnabled>True</LoggingEnabled>')
  expect(await outcome('PUT /queues/q?metaoverride=true', { body: change })).toBe('204')
  const createdS = Math.floor(simulator.clock.now() / 1000) - 2
  expect(await attributesOf('q')).toEqual({
    QueueName: 'q',
    CreateTime: String(createdS),
    LastModifyTime: String(createdS + 2),
    VisibilityTimeout: '60',
    MaximumMessageSize: '65536',
    MessageRetentionPeriod: '345600',
    DelaySeconds: '5',
    PollingWaitSeconds: '20',
    ActiveMessages: '0',
    InactiveMessages: '0',
    DelayMessages: '0',
    LoggingEnabled: 'True',
  })

  expect(await outcome('DELETE /queues/q')).toBe('204')
  for (const call of [
    'GET /queues/q',
    'DELETE /queues/q',
    'PUT /queues/q?metaoverride=true',
    'GET /queues/q/messages',
  ]) {
    expect(await outcome(call)).toBe('404 QueueNotExist')
  }
})

test('the attributes count messages that are active, handed out and delayed', async () => {
  simulator.smq.store.add({ name: 'q' })
  for (const delayS of [0, 0, 0, 60]) simulator.smq.send('q', { body: 'x', delayS })
  await callSmq(simulator, 'GET /queues/q/messages')
  expect(await attributesOf('q')).toMatchObject({ ActiveMessages: '2', InactiveMessages: '1', DelayMessages: '1' })
})

test.each([
  ['VisibilityTimeout', 0, 43_201],
  ['MaximumMessageSize', 1023, 65_537],
  ['MessageRetentionPeriod', 59, 1_296_001],
  ['DelaySeconds', -1, 604_801],
  ['PollingWaitSeconds', -1, 31],
])('%s has bounds', async (name, below, above) => {
  for (const [value, expected] of [
    [below, '400 InvalidArgument'],
    [below + 1, '201'],
    [above, '400 InvalidArgument'],
    [above - 1, '201'],
  ] as const) {
    const body = queueXml(`<${name}>${value}</${name}>`)
    expect(await outcome(`PUT /queues/q${value > below ? above - value : 'x'}`, { body })).toBe(expected)
  }
})

test.each([
  ['9queue', 'InvalidQueueName'],
  ['under_score', 'InvalidQueueName'],
  [`q${'x'.repeat(120)}`, 'QueueNameLengthError'],
])('no queue can be called %s', async (name, code) => {
  expect(await outcome(`PUT /queues/${name}`)).toBe(`400 ${code}`)
})

test.each([
  ['<Queue', 'MalformedXML'],
  ['<Topic/>', 'InvalidArgument'],
  ['<Queue><LoggingEnabled>maybe</LoggingEnabled></Queue>', 'InvalidArgument'],
  ['<Queue><DelaySeconds>soon</DelaySeconds></Queue>', 'InvalidArgument'],
])('the body %s is refused', async (body, code) => {
  expect(await outcome('PUT /queues/q', { body })).toBe(`400 ${code}`)
})

test.each([
  ['POST /queues', 'InvalidRequestURL'],
  ['PATCH /queues/q', 'InvalidRequestURL'],
  ['GET /queues/q/other', 'InvalidRequestURL'],
  ['GET /topics/t', 'InvalidRequestURL'],
  ['GET /queues/q/messages?waitseconds=%zz', 'InvalidQueryString'],
])('%s is no call', async (request, code) => {
  expect(await outcome(request)).toBe(`400 ${code}`)
})

describe('ListQueue', () => {
  const list = async (headers: Record<string, string> = {}) => {
    const root = xmlOf((await callSmq(simulator, 'GET /queues', { headers })).body)
    const queues = root.children.filter(({ name }) => name === 'Queue').map(fieldsOf)
    return {
      names: queues.map(({ QueueURL = '' }) => QueueURL.split('/').at(-1)),
      marker: fieldsOf(root)['NextMarker'],
      queues,
    }
  }

  test('pages by headers until no marker is left', async () => {
    const names = Array.from({ length: 5 }, (_, index) => `audit-${index}`)
    for (const name of [...names.toReversed(), 'other']) simulator.smq.store.add({ name })
    const first = await list({ 'x-mns-prefix': 'audit', 'x-mns-ret-number': '2' })
    expect(first.names).toEqual(['audit-0', 'audit-1'])
    const second = await list({ 'x-mns-prefix': 'audit', 'x-mns-ret-number': '2', 'x-mns-marker': first.marker ?? '' })
    expect(second.names).toEqual(['audit-2', 'audit-3'])
    const third = await list({ 'x-mns-prefix': 'audit', 'x-mns-ret-number': '2', 'x-mns-marker': second.marker ?? '' })
    expect(third).toMatchObject({ names: ['audit-4'], marker: undefined })
    expect((await list()).names).toEqual([...names, 'other'])
  })

  test('answers an empty list, and attributes where they are asked for', async () => {
    expect(await list()).toEqual({ names: [], marker: undefined, queues: [] })
    simulator.smq.store.add({ name: 'q' })
    expect((await list({ 'x-mns-with-meta': 'true' })).queues).toMatchObject([
      { QueueName: 'q', VisibilityTimeout: '30' },
    ])
  })

  test.each(['0', '1001', 'x'])('refuses a page of %s', async (number) => {
    expect(await outcome('GET /queues', { headers: { 'x-mns-ret-number': number } })).toBe('400 InvalidArgument')
  })
})

test('a deleted queue ends the polls that wait for it', async () => {
  const clock = createManualClock()
  await using own = await startedWith(clock)
  own.simulator.smq.store.add({ name: 'q' })
  const poll = callSmq(own.simulator, 'GET /queues/q/messages?waitseconds=30')
  await clock.sleeping()
  expect(outcomeOf(await callSmq(own.simulator, 'DELETE /queues/q'))).toBe('204')
  expect(outcomeOf(await poll)).toBe('404 QueueNotExist')
})

test('messages over the retention of their queue are gone', async () => {
  simulator.smq.store.add({ name: 'q', attributes: { messageRetentionPeriodS: 60 } })
  expect(await outcome('POST /queues/q/messages', { body: messageXml('x') })).toBe('201')
  simulator.clock.advance(59_999)
  expect(await outcome('GET /queues/q/messages?peekonly=true')).toBe('200')
  simulator.clock.advance(1)
  expect(await outcome('GET /queues/q/messages?peekonly=true')).toBe('404 MessageNotExist')
  expect(simulator.smq.store.queue('q').counts()).toMatchObject({ active: 0, sent: 1, expired: 1, deleted: 0 })
})

async function startedWith(clock: ReturnType<typeof createManualClock>) {
  const own = await startSimulator({ clock, world: { projects: [], traffic: [] } })
  return { simulator: own, [Symbol.asyncDispose]: () => own.close() }
}
