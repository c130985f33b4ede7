import { createRequire } from 'node:module'
import { beforeAll, expect, onTestFinished, test } from 'vitest'
import { defaultAccessKey } from '../../simulator/accounts.ts'
import { type Simulator, startSimulator } from '../../simulator/simulator.ts'
import { HOUR_MS, MINUTE_MS, worldOf } from './cloudmonitor-caller.ts'

type Library = typeof import('@alicloud/cms20190101', { with: { 'resolution-mode': 'require' }})
/** The vendor's own client, over its own transport: what others will point at the simulator. */
let sdk: Library
beforeAll(() => {
  sdk = createRequire(import.meta.url)('@alicloud/cms20190101') as Library
})

async function start(): Promise<{ simulator: Simulator; client: InstanceType<Library['default']> }> {
  const simulator = await startSimulator({ world: worldOf(3) })
  onTestFinished(() => simulator.close())
  const config = {
    accessKeyId: defaultAccessKey.id,
    accessKeySecret: defaultAccessKey.secret,
    endpoint: `127.0.0.1:${simulator.port}`,
    protocol: 'HTTP',
    regionId: 'cn-hangzhou',
  } as ConstructorParameters<Library['default']>[0]
  return { simulator, client: new sdk.default(config) }
}

const ecs = { namespace: 'acs_ecs_dashboard', metricName: 'CPUUtilization' }

test('the vendor’s SDK reads all pages of DescribeMetricList', async () => {
  const { simulator, client } = await start()
  const endMs = Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS - MINUTE_MS
  const window = { period: '60', startTime: String(endMs - 10 * MINUTE_MS), endTime: String(endMs), length: '12' }
  const points: object[] = []
  let nextToken: string | undefined
  do {
    const { body } = await client.describeMetricList(
      new sdk.DescribeMetricListRequest({ ...ecs, ...window, ...(nextToken === undefined ? {} : { nextToken }) }),
    )
    expect(body).toMatchObject({ code: '200', success: true, period: '60' })
    points.push(...JSON.parse(body?.datapoints ?? ''))
    nextToken = body?.nextToken
  } while (nextToken !== undefined)
  expect(points).toHaveLength(30)
  expect(simulator.cloudmonitor.meteredCalls()).toBe(3)
})

test('and the other metric calls, the metadata and the hosts', async () => {
  const { client } = await start()
  const last = await client.describeMetricLast(new sdk.DescribeMetricLastRequest(ecs))
  expect(JSON.parse(last.body?.datapoints ?? '')).toHaveLength(3)
  const data = await client.describeMetricData(new sdk.DescribeMetricDataRequest(ecs))
  expect(JSON.parse(data.body?.datapoints ?? '')).toHaveLength(1)
  const top = await client.describeMetricTop(new sdk.DescribeMetricTopRequest({ ...ecs, orderby: 'Average' }))
  expect(JSON.parse(top.body?.datapoints ?? '')).toHaveLength(3)
  const metas = await client.describeMetricMetaList(
    new sdk.DescribeMetricMetaListRequest({ namespace: 'acs_rds_dashboard', pageSize: 100 }),
  )
  expect(metas.body?.resources?.resource).toHaveLength(63)
  expect(metas.body?.totalCount).toBe('63')
  const projects = await client.describeProjectMeta(new sdk.DescribeProjectMetaRequest({ pageSize: 100 }))
  expect(projects.body?.resources?.resource).toHaveLength(21)
  const hosts = await client.describeMonitoringAgentHosts(new sdk.DescribeMonitoringAgentHostsRequest({}))
  expect(hosts.body?.hosts?.host?.map(({ instanceId }) => instanceId)).toEqual(['i-0', 'i-1', 'i-2'])
})

test('and the bulk export, whose calls are forms', async () => {
  const { client } = await start()
  const metric = { namespace: 'acs_ecs_dashboard', metric: 'CPUUtilization' }
  const opened = await client.cursor(
    new sdk.CursorRequest({
      ...metric,
      period: 60,
      startTime: String(Date.now() - HOUR_MS),
      matchers: [new sdk.Matcher({ label: 'instanceId', operator: 'EQUALS', value: 'i-1' })],
    }),
  )
  const request = { ...metric, cursor: opened.body?.cursor ?? '', length: 1000, measurements: ['Average'] }
  const { body } = await client.batchExport(new sdk.BatchExportRequest(request))
  expect(body).toMatchObject({ code: 200, success: true, hasNext: false })
  expect(body?.dataResults?.length).toBeGreaterThanOrEqual(59)
  expect(body?.dataResults?.[0]).toMatchObject({
    metric: 'CPUUtilization',
    measurements: { Average: expect.any(Number) },
  })
})

test('it does not see a failure that comes as a success, and sees throttling as such', async () => {
  const { simulator, client } = await start()
  const unknown = await client.describeMetricList(new sdk.DescribeMetricListRequest({ ...ecs, metricName: 'none' }))
  expect(unknown.body).toMatchObject({ success: false, code: '404', datapoints: '' })
  simulator.cloudmonitor.behaviour.callsPerSecond = { DescribeMetricList: 0.001 }
  simulator.rpc.behaviour.retryAfterMs = 1500
  await client.describeMetricList(new sdk.DescribeMetricListRequest(ecs))
  await expect(client.describeMetricList(new sdk.DescribeMetricListRequest(ecs))).rejects.toMatchObject({
    name: 'ThrottlingError',
    code: 'Throttling.User',
    statusCode: 400,
    retryAfter: 1500,
  })
})
