import { createNoopMeter } from '@opentelemetry/api'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { fetchPage } from '../../../receivers/cloudmonitor_events/calls.ts'
import type { EventList } from '../../../receivers/cloudmonitor_events/config.ts'
import { createRpcClient, type RpcClient } from '../../../src/alibaba/rpc/client.ts'
import { type ScriptedRpcServer, startScriptedRpcServer } from '../../alibaba/rpc/scripted-server.ts'
import { createLeapingClock } from '../../fakes/leaping-clock.ts'
import { createRecordingLog } from '../../fakes/recording-log.ts'

const never = new AbortController().signal
const good = { RequestId: 'R', Code: '200', Success: 'true' }
const event = { Id: 'E-1' }

let server: ScriptedRpcServer
let client: RpcClient

beforeEach(async () => {
  server = await startScriptedRpcServer()
  client = createRpcClient(
    { endpoint: server.endpoint, region: 'cn-hangzhou', product: 'cms', proxy: 'none', userAgent: 'test' },
    {
      credentials: {
        get: async () => ({ accessKeyId: 'testAccessKeyId', accessKeySecret: 'testAccessKeySecret' }),
        refresh: () => {},
        describe: () => 'test',
      },
      limiter: { acquire: async () => {} },
      clock: createLeapingClock(1_772_410_530_000),
      log: createRecordingLog(),
      meter: createNoopMeter(),
    },
  )
})
afterEach(async () => {
  await client.close()
  await server.close()
  server.verify()
})

const fetchFirst = (list: EventList) => fetchPage(client, list, { from: 100, to: 160 }, undefined, never)

it('asks in milliseconds, with both seconds whole, a hundred at once', async () => {
  server.reply({ body: { ...good, SystemEvents: { SystemEvent: [event] } } })
  expect(await fetchFirst('system_events')).toEqual({ items: [event], nextToken: undefined })
  expect(server.calls[0]).toMatchObject({
    action: 'DescribeSystemEventAttribute',
    version: '2019-01-01',
    parameters: { StartTime: '100000', EndTime: '160999', PageNumber: '1', PageSize: '100' },
  })
})

it('asks for the page behind a full one', async () => {
  const AlertLogList = Array.from({ length: 100 }, () => event)
  server.reply({ body: { ...good, Success: true, AlertLogList } }, { body: { ...good, AlertLogList: [] } })
  const { nextToken } = await fetchFirst('alerts')
  expect(nextToken).toBe('2')
  expect(await fetchPage(client, 'alerts', { from: 100, to: 160 }, nextToken, never)).toEqual({
    items: [],
    nextToken: undefined,
  })
  expect(server.calls[1]?.parameters).toMatchObject({ PageNumber: '2' })
})

it.each<[EventList, string, object]>([
  ['system_events', 'a list without entries', { SystemEvents: { SystemEvent: [] } }],
  ['system_events', 'an object without members', { SystemEvents: {} }],
  ['system_events', 'neither Success nor Code', { Success: undefined, Code: undefined, SystemEvents: [] }],
  ['system_events', 'no list', {}],
  ['system_events', 'null', { SystemEvents: null }],
  ['system_events', 'an empty text', { SystemEvents: '' }],
  ['system_events', 'null inside', { SystemEvents: { SystemEvent: null } }],
  ['system_events', 'an empty older form', { Data: '[]' }],
  ['alerts', 'no list', {}],
  ['alerts', 'null', { AlertLogList: null }],
])('%s: takes an answer with %s for an empty page', async (list, _, body) => {
  server.reply({ body: { ...good, ...body } })
  expect(await fetchFirst(list)).toEqual({ items: [], nextToken: undefined })
})

it.each<[EventList, string, object]>([
  ['system_events', 'without its wrapper', { SystemEvents: [event] }],
  ['system_events', 'in the older form', { Data: JSON.stringify([event]) }],
  [
    'system_events',
    'in the older form with its wrapper',
    { Data: JSON.stringify({ SystemEvents: { SystemEvent: [event] } }) },
  ],
  ['alerts', 'in a wrapper', { AlertLogList: { AlertLog: [event] } }],
])('%s: finds the list %s', async (list, _, body) => {
  server.reply({ body: { ...good, ...body } })
  expect((await fetchFirst(list)).items).toEqual([event])
})

it.each<[EventList, string, object, string]>([
  ['system_events', 'nothing that says it succeeded', { Success: undefined, Code: undefined }, 'found only RequestId'],
  [
    'system_events',
    'an event in the place of the list',
    { SystemEvents: { Id: 'E-1', Name: 'x' } },
    'found SystemEvents as an object of Id, Name',
  ],
  ['system_events', 'a text in the place of the list', { SystemEvents: 'none' }, 'found SystemEvents as a string'],
  ['system_events', 'a cut older form', { Data: '[{"Id":"E' }, 'found Data as a string'],
  ['alerts', 'a number in the place of the list', { AlertLogList: 0 }, 'found AlertLogList as a number'],
])('%s: an answer with %s is an error, not an empty page', async (list, _, body, found) => {
  server.reply({ body: { ...good, ...body } })
  await expect(fetchFirst(list)).rejects.toMatchObject({
    code: 'API_BAD_RESPONSE',
    requestId: 'R',
    message: expect.stringContaining(found),
  })
})

it.each([
  ['Success is the text false', { Success: 'false' }, 'API_REFUSED', 'Success is false'],
  ['Success is false', { Success: false, Message: 'no' }, 'API_REFUSED', 'Success is false, no'],
  ['Code is another number', { Code: 400, Message: 'no' }, 'API_REFUSED', '400, no'],
  ['Code is another text', { Code: '400' }, 'API_REFUSED', '400'],
  [
    'Code speaks of a right',
    { Success: 'false', Code: '403' },
    'PERMISSION_DENIED',
    'cms:DescribeSystemEventAttribute',
  ],
])('a success of HTTP in which %s is an error', async (_, body, code, message) => {
  server.reply({ body: { ...good, SystemEvents: { SystemEvent: [] }, ...body } })
  await expect(fetchFirst('system_events')).rejects.toMatchObject({
    code,
    requestId: 'R',
    message: expect.stringContaining(message),
  })
})

it('repeats what is refused for now, though HTTP says success', async () => {
  server.reply(
    { body: { Code: 'Throttling.User', Success: false } },
    { body: { Code: 500, Success: 'false' } },
    { body: { ...good, SystemEvents: { SystemEvent: [event] } } },
  )
  expect((await fetchFirst('system_events')).items).toEqual([event])
})
