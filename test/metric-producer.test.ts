import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startMetricProducer } from '../src/index.ts'
import { readmeBlock } from './fakes/readme.ts'
import { type FakeCms, startFakeCms } from './receivers/cloudmonitor/fake-cms.ts'

const minute = 60_000
let cms: FakeCms
/** The newest whole minute that is older than the hold-back by some minutes. */
let pointMs: number

beforeEach(async () => {
  cms = await startFakeCms()
  cms.nowMs = Date.now()
  pointMs = Math.floor(Date.now() / minute) * minute - 7 * minute
  for (const instanceId of ['i-1', 'i-2']) {
    const dimensions = { userId: '1', instanceId }
    const series = { namespace: 'acs_ecs_dashboard', metric: 'CPUUtilization', dimensions }
    cms.add(series, { timestampMs: pointMs, visibleMs: 0, values: { Average: instanceId === 'i-1' ? 12.5 : 25 } })
  }
  cms.resources.push({
    ResourceId: 'i-1',
    ResourceName: 'web-1',
    ResourceType: 'ACS::ECS::Instance',
    RegionId: 'cn-beijing',
  })
})

afterEach(async () => {
  await cms.close()
  cms.verify()
})

describe('startMetricProducer', () => {
  it('gives each point once, with its own time, and the instance on the point', async () => {
    const producer = await startMetricProducer({
      receivers: {
        alibabacloud_cloudmonitor: {
          regions: ['cn-hangzhou'],
          endpoint: cms.endpoint,
          namespaces: [{ namespace: 'acs_ecs_dashboard', metrics: ['CPUUtilization'] }],
          credentials: { type: 'access_key', access_key_id: 'id', access_key_secret: 'testAccessKeySecret' },
        },
      },
      once: true,
    })
    await producer.ended
    const { resourceMetrics, errors } = await producer.collect()
    expect(errors).toEqual([])
    expect(resourceMetrics.resource.attributes).toEqual({})
    const metrics = resourceMetrics.scopeMetrics.flatMap((scope) => scope.metrics)
    const cpu = metrics.find(({ descriptor }) => descriptor.name === 'alibabacloud.ecs.cpu_utilization.average')
    expect(cpu?.descriptor.unit).toBe('%')
    const points = (cpu?.dataPoints ?? []).map(({ attributes, value, endTime }) => [
      attributes['cloud.resource_id'],
      attributes['host.name'],
      value,
      endTime[0] * 1000,
    ])
    expect(points.sort()).toEqual([
      ['i-1', 'web-1', 12.5, pointMs],
      ['i-2', undefined, 25, pointMs],
    ])
    expect((await producer.collect()).resourceMetrics.scopeMetrics).toEqual([])
  })

  it('names every fault of its options', async () => {
    const start = startMetricProducer({ receivers: { alibabacloud_cloudmonitor: { preset: 'ecs', poll: '1m' } } })
    await expect(start).rejects.toMatchObject({ code: 'CONFIG_INVALID' })
    await expect(start).rejects.toThrow(/regions[\s\S]*poll|poll[\s\S]*regions/)
  })
})

it('the example in the README of the receiver runs as it stands there', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'alibabacloud-otel-producer-'))
  try {
    const root = fileURLToPath(new URL('..', import.meta.url))
    await mkdir(join(folder, 'node_modules'))
    await symlink(root, join(folder, 'node_modules', 'alibabacloud-otel-receiver'))
    await symlink(join(root, 'node_modules', '@opentelemetry'), join(folder, 'node_modules', '@opentelemetry'))
    const firstLine =
      "import { AggregationTemporality, InMemoryMetricExporter, MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics'"
    await writeFile(join(folder, 'example.mjs'), readmeBlock(firstLine, 'receivers/cloudmonitor/README.md'))
    const { stdout } = await promisify(execFile)(process.execPath, ['--conditions=source', 'example.mjs'], {
      cwd: folder,
      env: {
        ...process.env,
        CMS_ENDPOINT: cms.endpoint,
        ALIBABA_CLOUD_ACCESS_KEY_ID: 'id',
        ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'testAccessKeySecret',
      },
    })
    const at = new Date(pointMs).toISOString()
    expect(stdout).toContain(`alibabacloud.ecs.cpu_utilization.average i-1 12.5 ${at}`)
    expect(stdout).toContain(`alibabacloud.ecs.cpu_utilization.average i-2 25 ${at}`)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}, 20_000)
