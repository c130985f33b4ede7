import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createRandom } from '../../../simulator/random.ts'
import { type Simulator, startSimulator } from '../../../simulator/simulator.ts'
import { decodedBody, recordUids } from '../../../simulator/smq/record-uids.ts'
import { createMessage, type MessageKind } from '../../../simulator/traffic/messages.ts'
import { parseXml } from '../../../src/alibaba/smq/xml.ts'
import { createManualClock, type ManualClock } from '../../fakes/manual-clock.ts'
import { callSmq, fieldsOf, messagesOf } from './caller.ts'

let clock: ManualClock
let simulator: Simulator
beforeEach(async () => {
  clock = createManualClock()
  simulator = await startSimulator({ clock })
})
afterEach(() => simulator.close())

const uids = () => [...simulator.ledger.items()].map(({ uid }) => uid)

test('the ledger holds every record that was sent, by traffic and by clients', async () => {
  simulator.smq.issue('audit-events', 40)
  simulator.smq.issue('app-messages', 60)
  const id = simulator.smq.send('app-messages', { body: '{"specversion":"1.0","source":"s","id":"7","type":"t"}' })
  const totals = simulator.ledger.totals()
  expect(totals).toMatchObject([
    { service: 'smq', source: 'app-messages', batches: 61 },
    { service: 'smq', source: 'audit-events', batches: 40, items: 40 },
  ])
  // A notification of OSS holds up to three events.
  expect(totals[0]?.items).toBeGreaterThan(61)
  expect([...simulator.ledger.batches()].at(-1)).toMatchObject({ position: id, ids: ['s/7'], origin: 'client' })
  expect(new Set(uids()).size).toBe(uids().length)
})

test('the same seed sends the same messages', async () => {
  await using other = {
    simulator: await startSimulator({ clock }),
    [Symbol.asyncDispose]: () => other.simulator.close(),
  }
  for (const each of [simulator, other.simulator]) each.smq.issue('ops-alerts', 30)
  const bodiesOf = (each: Simulator) => [...each.smq.store.queue('ops-alerts').messages()].map(({ draft }) => draft)
  expect(bodiesOf(other.simulator)).toEqual(bodiesOf(simulator))
})

test('messages come at a rate, shared by the plan, until they are stopped', async () => {
  simulator.smq.start(60)
  expect(simulator.smq.messagesPerSecond).toBe(60)
  await clock.sleeping()
  await clock.advance(10_000)
  simulator.smq.stop()
  await clock.advance(10_000)
  const sent = simulator.smq.store.queues().map((queue) => [queue.name, queue.counts().sent])
  expect(sent).toEqual([
    ['app-messages', 200],
    ['audit-events', 300],
    ['ops-alerts', 100],
  ])
  expect(simulator.smq.messagesPerSecond).toBe(0)
})

test('a deleted message is told with the records it stood for', async () => {
  const told: unknown[] = []
  const end = simulator.smq.store.onDeleted((message) => told.push(message))
  simulator.smq.issue('audit-events', 2)
  const received = messagesOf(await callSmq(simulator, 'GET /queues/audit-events/messages?numOfMessages=16'))
  const deleteOne = (index: number) =>
    callSmq(simulator, `DELETE /queues/audit-events/messages?ReceiptHandle=${received[index]?.['ReceiptHandle']}`)
  await deleteOne(0)
  end()
  await deleteOne(1)
  expect(told).toEqual([
    { queue: 'audit-events', messageId: received[0]?.['MessageId'], uids: [uids()[0]], atMs: clock.now() },
  ])
})

describe('a message', () => {
  const random = createRandom(3)
  const timeMs = Date.parse('2026-11-20T09:01:14.058Z')
  const envelope =
    'datacontenttype aliyunaccountid data subject aliyunoriginalaccountid source type aliyunpublishtime specversion aliyuneventbusname id time aliyunregionid aliyunpublishaddr'
  const topic = 'TopicOwner TopicName Subscriber SubscriptionName MessageId Message MessageMD5 MessageTag PublishTime'
  const jsonOf = (kind: MessageKind): Record<string, unknown> =>
    JSON.parse(decodedBody(createMessage(kind, random, timeMs).body))

  // As in smq.md 10.
  test.each<[MessageKind, string]>([
    ['eventbridge-actiontrail', envelope],
    ['eventbridge-ecs', envelope],
    ['eventbridge-oss', envelope],
    ['eventbridge-custom', envelope],
    ['eventbridge-template', 'instance state'],
    ['oss-notification', 'events'],
    ['topic-json', topic],
    ['app-json', 'ts level service msg order durationMs'],
    [
      'cms-threshold-alert',
      'ruleId ruleName curLevel preLevel resources escalation metricData metricName namespace period groupBy productGroupName groupId lastTime time userId eventName eventType batchId version',
    ],
  ])('%s has the fields of its kind', (kind, fields) => {
    expect(Object.keys(jsonOf(kind)).join(' ')).toBe(fields)
  })

  test('cms-system-event travels as Base64 and has its time in UTC+8', () => {
    const { body } = createMessage('cms-system-event', random, timeMs)
    expect(body).toMatch(/^[A-Za-z0-9+/]+={0,2}$/)
    expect(JSON.parse(decodedBody(body))).toMatchObject({
      ver: '1.0',
      product: 'ECS',
      eventTime: '20261120T170114.058+0800',
    })
  })

  test('topic-xml is a notification whose text is escaped', () => {
    const xml = parseXml(createMessage('topic-xml', random, timeMs).body)
    expect(xml.children.map(({ name }) => name).join(' ')).toBe(topic)
    const { Message = '', MessageMD5 } = fieldsOf(xml)
    expect(createHash('md5').update(Message).digest('hex').toUpperCase()).toBe(MessageMD5)
  })

  test('app-json carries the trace it belongs to', () => {
    expect(createMessage('app-json', random, timeMs).systemProperties).toEqual([
      { name: 'traceparent', value: expect.stringMatching(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/), type: 'STRING' },
    ])
  })

  test('of EventBridge comes raw or as Base64, and of ActionTrail tells only what writes', () => {
    const drafts = Array.from({ length: 200 }, () => createMessage('eventbridge-actiontrail', random, timeMs).body)
    expect(new Set(drafts.map((body) => body.startsWith('{')))).toEqual(new Set([true, false]))
    const events = drafts.map((body) => JSON.parse(decodedBody(body)))
    for (const event of events) {
      expect(event.type).toBe(`actiontrail:ActionTrail:${event.data.eventType}`)
      expect(event.data.eventRW ?? 'Write').toBe('Write')
      expect(event.id).toBe(event.data.eventId)
    }
  })
})

describe('the uids of the records of a message are', () => {
  const cloudEvent = { specversion: '1.0', source: 'acs.ecs', id: '1', type: 'ecs:Instance:StateChange' }
  const trail = { ...cloudEvent, type: 'ecs:ActionTrail:ApiCall', data: { eventId: 'E' } }
  const oss = { oss: {} }

  test.each([
    ['eventId of ActionTrail, under whatever name', trail, ['E']],
    ['source and id of a CloudEvent', cloudEvent, ['acs.ecs/1']],
    ['the message id', { specversion: '1.0', id: '1' }, ['M']],
    ['the message id for a single event of OSS', { events: [oss] }, ['M']],
    ['the message id and the index for several', { events: [oss, oss] }, ['M/0', 'M/1']],
    ['the message id for a list of something else', { events: [{}] }, ['M']],
  ])('%s', (_what, event, expected) => {
    const text = JSON.stringify(event)
    expect(recordUids(text, 'M')).toEqual(expected)
    expect(recordUids(Buffer.from(text).toString('base64'), 'M')).toEqual(expected)
  })

  test.each(['', 'deadbeefcafebabe', 'no JSON', '[]', 'null', '{'])('the message id for the text %j', (text) => {
    expect(recordUids(text, 'M')).toEqual(['M'])
  })
})
