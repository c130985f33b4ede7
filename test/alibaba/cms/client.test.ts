import { createNoopMeter } from '@opentelemetry/api'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type CmsApi, type CmsClient, createCmsClient } from '../../../src/alibaba/cms/client.ts'
import { isNotFound } from '../../../src/alibaba/cms/errors.ts'
import type { RpcError } from '../../../src/alibaba/rpc/errors.ts'
import { createLeapingClock } from '../../fakes/leaping-clock.ts'
import { createRecordingLog } from '../../fakes/recording-log.ts'
import { type ScriptedRpcServer, startScriptedRpcServer } from '../rpc/scripted-server.ts'

const never = new AbortController().signal
const cpu = { namespace: 'acs_ecs_dashboard', metric: 'cpu_idle', periodSeconds: 60, startMs: 1000, endMs: 61_000 }
const point = { timestamp: 60_000, userId: '120886317861', instanceId: 'i-1', Average: 9.9 }
const page = (points: unknown, more: Record<string, unknown> = {}) => ({
  body: { RequestId: 'R', Code: '200', Success: true, Period: '60', Datapoints: JSON.stringify(points), ...more },
})

let server: ScriptedRpcServer
let client: CmsClient
let attempts: CmsApi[]
const clock = createLeapingClock(1_772_410_530_000)

beforeEach(async () => {
  server = await startScriptedRpcServer()
  attempts = []
  clock.slept.length = 0
  client = createCmsClient(
    { endpoint: server.endpoint, region: 'cn-hangzhou', proxy: 'none', userAgent: 'test' },
    {
      credentials: {
        get: async () => ({ accessKeyId: 'testAccessKeyId', accessKeySecret: 'testAccessKeySecret' }),
        refresh: () => {},
        describe: () => 'test',
      },
      limiterOf: (api) => ({
        acquire: async () => {
          attempts.push(api)
        },
      }),
      clock,
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

describe('listMetric', () => {
  it('asks for all instances, in milliseconds, 1440 points a page, signed', async () => {
    server.reply(page([point], { NextToken: 'T2' }))
    expect(await client.listMetric({ ...cpu, nextToken: 'T1' }, never)).toEqual({ points: [point], nextToken: 'T2' })
    const [call] = server.calls
    expect(call).toMatchObject({ action: 'DescribeMetricList', version: '2019-01-01', body: '' })
    expect(call?.parameters).toEqual({
      Namespace: 'acs_ecs_dashboard',
      MetricName: 'cpu_idle',
      Period: '60',
      StartTime: '1000',
      EndTime: '61000',
      Length: '1440',
      NextToken: 'T1',
    })
  })

  it.each([
    ['no token', {}],
    ['an empty token', { NextToken: '' }],
    ['null', { NextToken: null }],
    ['the token that was sent', { NextToken: 'T1' }],
  ])('takes %s for the last page', async (_case, more) => {
    server.reply(page([point], more))
    expect((await client.listMetric({ ...cpu, nextToken: 'T1' }, never)).nextToken).toBeUndefined()
  })

  it.each([
    ['empty text', { Datapoints: '' }],
    ['null', { Datapoints: null }],
    ['an empty list', { Datapoints: '[]' }],
    ['a numeric code', { Datapoints: '[]', Code: 200 }],
  ])('reads %s as no points', async (_case, more) => {
    server.reply(page([], more))
    expect(await client.listMetric(cpu, never)).toEqual({ points: [], nextToken: undefined })
  })

  it('keeps all digits of large integers', async () => {
    server.reply(page([], { Datapoints: '[{"timestamp":60000,"userId":12088631786191234567,"Value":1}]' }))
    const { points } = await client.listMetric(cpu, never)
    expect(points[0]?.['userId']).toBe(12088631786191234567n)
  })

  it('refuses points that are no list', async () => {
    server.reply(page({ not: 'a list' }))
    await expect(client.listMetric(cpu, never)).rejects.toMatchObject({ kind: 'bad_response' })
  })

  it.each([
    ['400', 'refused', false],
    ['404', 'refused', true],
    [404, 'refused', true],
    ['ResourceNotFound', 'refused', true],
    ['403', 'permission', false],
    ['AccessForbidden', 'permission', false],
  ])('finds the failure %s in a body that came with HTTP 200', async (code, kind, notFound) => {
    server.reply({ body: { Code: code, Success: false, Message: 'no', Datapoints: '', NextToken: '', Period: '' } })
    const error = await client.listMetric(cpu, never).catch((failure: RpcError) => failure)
    expect(error).toMatchObject({ kind, vendorCode: String(code) })
    expect(isNotFound(error)).toBe(notFound)
  })

  it('knows a failure by a code alone, and by Success alone', async () => {
    server.reply({ body: { Code: '404', Message: 'not found' } }, { body: { Success: 'false' } })
    await expect(client.listMetric(cpu, never)).rejects.toMatchObject({ vendorCode: '404' })
    await expect(client.listMetric(cpu, never)).rejects.toThrow('Success is false')
  })

  it('repeats throttling and server errors, whether in the body or in the status, each with a turn of its own', async () => {
    server.reply(
      { status: 400, body: { Code: 'Throttling.User', Message: 'flow control' } },
      { body: { Code: 'Throttling.User', Success: false } },
      { status: 503, body: '<html>busy</html>' },
      { body: { Code: 500, Success: false } },
      page([point]),
    )
    expect((await client.listMetric(cpu, never)).points).toEqual([point])
    expect(attempts).toEqual(Array(5).fill('DescribeMetricList'))
    expect(clock.slept).toHaveLength(4)
  })

  it('gives up after two minutes, so that other metrics have their turn', async () => {
    server.answer(() => ({ body: { Code: 'Throttling.User', Success: false } }))
    await expect(client.listMetric(cpu, never)).rejects.toMatchObject({ kind: 'throttled', code: 'API_THROTTLED' })
    expect(clock.slept.reduce((sum, ms) => sum + ms, 0)).toBeLessThanOrEqual(120_000)
  })

  it('ends at once when it is told to', async () => {
    const controller = new AbortController()
    server.answer(() => () => controller.abort(new Error('stopped')))
    await expect(client.listMetric(cpu, controller.signal)).rejects.toThrow('stopped')
  })
})

describe('listMetricMeta', () => {
  it('reads all pages, and the unit of alerts where there is no other', async () => {
    const resource = (MetricName: string, more = {}) => ({
      Namespace: 'acs_slb_dashboard',
      MetricName,
      Description: '',
      Dimensions: 'userId,instanceId, port',
      Labels: '[{"name":"alertUnit","value":"Mbits/s"},{"name":"unitFactor","value":"1048576"}]',
      Periods: '300,60',
      Statistics: 'Average,Minimum',
      Unit: '',
      ...more,
    })
    server.reply(
      { body: { Code: 200, Success: true, TotalCount: 3, Resources: { Resource: [resource('A'), resource('B')] } } },
      {
        body: {
          Code: 200,
          Success: true,
          TotalCount: 3,
          Resources: { Resource: [resource('C', { Unit: 'Count/s', Labels: '' })] },
        },
      },
    )
    const metas = await client.listMetricMeta('acs_slb_dashboard', never)
    expect(metas.map(({ metric, unit }) => [metric, unit])).toEqual([
      ['A', 'Mbits/s'],
      ['B', 'Mbits/s'],
      ['C', 'Count/s'],
    ])
    expect(metas[0]).toMatchObject({
      dimensions: ['userId', 'instanceId', 'port'],
      statistics: ['Average', 'Minimum'],
      periodsSeconds: [60, 300],
    })
    expect(server.calls.map(({ parameters }) => parameters['PageNumber'])).toEqual(['1', '2'])
  })

  it('ends at a page that brings nothing new', async () => {
    const body = { Code: 200, Success: true, TotalCount: 9, Resources: { Resource: [{ MetricName: 'A' }] } }
    server.reply({ body }, { body })
    expect(await client.listMetricMeta('acs_x', never)).toHaveLength(1)
  })
})

describe('bulk export', () => {
  it('opens a cursor without an end and reads batches as points', async () => {
    server.reply({ body: { Code: 200, Success: true, Cursor: 'v2.abc' } })
    expect(await client.openCursor(cpu, never)).toBe('v2.abc')
    expect(Object.fromEntries(new URLSearchParams(server.calls[0]?.body))).toEqual({
      Namespace: 'acs_ecs_dashboard',
      Metric: 'cpu_idle',
      Period: '60',
      StartTime: '1000',
    })

    const result = {
      Namespace: 'acs_ecs_dashboard',
      Metric: 'cpu_idle',
      Period: 60,
      Timestamp: 60_000,
      LogTime: null,
      Dimensions: [
        { Label: 'userId', Value: '1' },
        { Label: 'instanceId', Value: 'i-1' },
      ],
      Measurements: { Average: 1.5, Maximum: 2 },
      Associated: {},
    }
    server.reply({
      body: { Code: 200, Success: true, Cursor: 'v2.next', HasNext: true, Length: 1, DataResults: [result] },
    })
    expect(await client.exportBatch({ ...cpu, cursor: 'v2.abc' }, never)).toEqual({
      points: [{ timestamp: 60_000, userId: '1', instanceId: 'i-1', Average: 1.5, Maximum: 2 }],
      cursor: 'v2.next',
      hasNext: true,
    })
    expect(Object.fromEntries(new URLSearchParams(server.calls[1]?.body))).toMatchObject({
      Cursor: 'v2.abc',
      Length: '10000',
    })
  })

  it('reads the end of an export', async () => {
    server.reply({ body: { Code: 200, Success: true, Cursor: null, HasNext: false, Length: 0, DataResults: [] } })
    const { cursor, hasNext } = await client.exportBatch({ ...cpu, cursor: 'v2.abc' }, never)
    expect([cursor, hasNext]).toEqual([undefined, false])
  })
})
