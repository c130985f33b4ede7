import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { expect, onTestFinished, test } from 'vitest'
import { parse } from 'yaml'
import { actiontrailSchema } from '../../receivers/actiontrail/config.ts'
import { cloudMonitorSchema } from '../../receivers/cloudmonitor/config.ts'
import { cloudMonitorEventsSchema } from '../../receivers/cloudmonitor_events/config.ts'
import { smqSchema } from '../../receivers/smq/config.ts'
import { type SimulateFlags, simulate, simulateDefaults } from '../../src/cli/simulate.ts'

interface Run {
  readonly output: string
  readonly exitCode: Promise<number>
  readonly stop: () => void
}

async function start(flags: Partial<SimulateFlags>): Promise<Run> {
  const stop = new AbortController()
  const stdout = new PassThrough({ encoding: 'utf8' })
  const io = { stdout, stderr: new PassThrough(), stop: stop.signal }
  const printed = new Promise<string>((resolve) => stdout.once('data', resolve))
  const exitCode = simulate({ ...simulateDefaults, port: 0, rate: 0, ...flags }, io)
  onTestFinished(async () => {
    stop.abort()
    await exitCode.catch(() => {})
  })
  const output = await Promise.race([printed, exitCode.then(() => '')])
  return { output, exitCode, stop: () => stop.abort() }
}

test('simulate prints an endpoint, a key and a receiver block that can be copied, and ends with 0', async () => {
  const { output, exitCode, stop } = await start({})
  const block = parse(output.slice(output.indexOf('\nreceivers:'), output.indexOf('\nWhat it holds, what')))
  const receiver = block.receivers['alibabacloud_sls/web-prod']
  expect(receiver).toMatchObject({
    region: 'cn-hangzhou',
    project: 'web-prod',
    credentials: { type: 'access_key', access_key_id: 'LTAIsimulatorNotARealKey' },
  })
  expect(output).toContain('slb-access')
  expect(smqSchema.parse(block.receivers['alibabacloud_smq'])).toMatchObject({
    endpoint: receiver.endpoint,
    region: 'cn-hangzhou',
    queues: ['app-messages', 'audit-events', 'ops-alerts'],
  })
  const status = await fetch(`${receiver.endpoint}/_simulator/status`)
  expect(status.status).toBe(200)
  stop()
  expect(await exitCode).toBe(0)
  await expect(fetch(`${receiver.endpoint}/_simulator/status`)).rejects.toThrow()
})

test('simulate tells where ActionTrail answers for each region, and whose keys it watches', async () => {
  const { output } = await start({})
  const block = parse(output.slice(output.indexOf('\nreceivers:'), output.indexOf('\nWhat it holds, what')))
  const receiver = block.receivers['alibabacloud_actiontrail']
  expect(actiontrailSchema.parse(receiver)).toMatchObject({ regions: ['cn-hangzhou', 'ap-southeast-1'] })
  const urls = Object.values<string>(receiver.endpoint)
  expect(new Set(urls).size).toBe(2)
  for (const url of urls) expect((await fetch(`${url}/?Action=DescribeRegions&Version=2020-07-06`)).status).toBe(400)
  expect(output).toMatch(/alice +LTAIEXAMPLEKEY01 LTAIEXAMPLEKEY02/)
})

test('simulate tells what reports metrics, and how to read them', async () => {
  const { output } = await start({})
  const block = parse(output.slice(output.indexOf('\nreceivers:'), output.indexOf('\nWhat it holds, what')))
  const receiver = block.receivers['alibabacloud_cloudmonitor']
  expect(cloudMonitorSchema.parse(receiver)).toMatchObject({ regions: ['cn-hangzhou'], pollIntervalMs: 60_000 })
  expect(output).toMatch(/ACS::ECS::Instance +i-bp1shopweb01 \(shop-web-1\)/)
})

test('simulate has events of CloudMonitor, and tells how to read them', async () => {
  const { output } = await start({ eventRate: 1000 })
  const block = parse(output.slice(output.indexOf('\nreceivers:'), output.indexOf('\nWhat it holds, what')))
  const receiver = block.receivers['alibabacloud_cloudmonitor_events']
  expect(cloudMonitorEventsSchema.parse(receiver)).toMatchObject({ regions: ['cn-hangzhou'] })
  const ledger = async () => (await fetch(`${receiver.endpoint}/_simulator/ledger`)).text()
  await expect.poll(ledger).toMatch(/system_events|alerts/)
})

test('simulate --json prints one object', async () => {
  const { output } = await start({ json: true, seed: 5 })
  expect(JSON.parse(output)).toMatchObject({
    endpoint: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
    access_key_id: 'LTAIsimulatorNotARealKey',
    seed: 5,
    region_endpoints: { 'cn-hangzhou': expect.any(String), 'ap-southeast-1': expect.any(String) },
    users: expect.arrayContaining([{ name: 'root', access_keys: ['LTAIEXAMPLEROOT1'] }]),
    projects: [{ name: 'web-prod', logstores: expect.arrayContaining([{ name: 'slb-access', shards: 4 }]) }],
    queues: ['app-messages', 'audit-events', 'ops-alerts'],
    resources: expect.arrayContaining([{ type: 'ACS::RDS::DBInstance', id: 'rm-bp1orders', name: 'orders-mysql' }]),
  })
})

test('simulate --faults refuses a script that is not there or wrong', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'simulate-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const path = join(folder, 'faults.yaml')
  await expect(start({ faults: path })).rejects.toMatchObject({ code: 'USAGE' })
  await writeFile(path, 'faults: [{ effect: explode }]')
  await expect(start({ faults: path })).rejects.toMatchObject({ code: 'CONFIG_INVALID' })
})

test('simulate refuses a port that is taken', async () => {
  const { output } = await start({ json: true })
  const { port } = new URL(JSON.parse(output).endpoint)
  await expect(start({ port: Number(port) })).rejects.toMatchObject({ code: 'ADDRESS_IN_USE' })
})
