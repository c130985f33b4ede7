import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { InMemoryLogRecordExporter } from '@opentelemetry/sdk-logs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { defaultAccessKey } from '../simulator/accounts.ts'
import { type Simulator, startSimulator } from '../simulator/simulator.ts'
import { startReceiver } from '../src/index.ts'
import { readmeBlock } from './fakes/readme.ts'

let simulator: Simulator
let folder: string

beforeEach(async () => {
  simulator = await startSimulator()
  folder = await mkdtemp(join(tmpdir(), 'alibabacloud-otel-embedding-'))
})

afterEach(async () => {
  await simulator.close()
  await rm(folder, { recursive: true, force: true })
})

const sls = () => ({
  endpoint: simulator.url,
  region: 'cn-hangzhou',
  project: 'web-prod',
  logstores: ['slb-access'],
  start_at: 'earliest',
  credentials: { type: 'access_key', access_key_id: defaultAccessKey.id, access_key_secret: defaultAccessKey.secret },
})

describe('startReceiver', () => {
  it('delivers to any LogRecordExporter of the SDK, and goes on from the stored positions', async () => {
    const storage = { directory: join(folder, 'state') }
    const uids: unknown[] = []
    for (const records of [40, 60]) {
      simulator.traffic.issue('web-prod', 'slb-access', records)
      const logRecordExporter = new InMemoryLogRecordExporter()
      const receiver = await startReceiver({
        receivers: { alibabacloud_sls: sls() },
        storage,
        logRecordExporter,
        resourceAttributes: { 'deployment.environment.name': 'test' },
        once: true,
      })
      await receiver.ended
      const arrived = logRecordExporter.getFinishedLogRecords()
      expect(arrived).toHaveLength(records)
      for (const { resource, attributes } of arrived) {
        expect(resource.attributes).toMatchObject({
          'cloud.provider': 'alibaba_cloud',
          'deployment.environment.name': 'test',
        })
        uids.push(attributes['log.record.uid'])
      }
    }
    expect(new Set(uids).size).toBe(100)
  })

  it('names every fault of its options at once', async () => {
    const start = startReceiver({
      receivers: { alibabacloud_sls: { ...sls(), projekt: 'x', poll_interval: '1 hour' } },
      logRecordExporter: new InMemoryLogRecordExporter(),
    })
    await expect(start).rejects.toMatchObject({ code: 'CONFIG_INVALID' })
    await expect(start).rejects.toThrow(/projekt[\s\S]*poll_interval|poll_interval[\s\S]*projekt/)
  })

  it('stops when told, and a second one may then have the folder', async () => {
    const options = {
      receivers: { alibabacloud_sls: sls() },
      storage: { directory: join(folder, 'state') },
      logRecordExporter: new InMemoryLogRecordExporter(),
    }
    const first = await startReceiver(options)
    await expect(startReceiver(options)).rejects.toMatchObject({ code: 'STORAGE_LOCKED' })
    await first.stop()
    const second = await startReceiver(options)
    await second.stop()
    await Promise.all([first.ended, second.ended])
  })
})

it('the example in the README runs as it stands there', async () => {
  const root = fileURLToPath(new URL('..', import.meta.url))
  simulator.traffic.issue('web-prod', 'slb-access', 25)
  await mkdir(join(folder, 'node_modules'))
  await symlink(root, join(folder, 'node_modules', 'alibabacloud-otel-receiver'))
  await symlink(join(root, 'node_modules', '@opentelemetry'), join(folder, 'node_modules', '@opentelemetry'))
  await writeFile(
    join(folder, 'example.mjs'),
    readmeBlock("import { InMemoryLogRecordExporter } from '@opentelemetry/sdk-logs'"),
  )
  const { stdout } = await promisify(execFile)(process.execPath, ['--conditions=source', 'example.mjs'], {
    cwd: folder,
    env: {
      ...process.env,
      SLS_ENDPOINT: simulator.url,
      ALIBABA_CLOUD_ACCESS_KEY_ID: defaultAccessKey.id,
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: defaultAccessKey.secret,
    },
  })
  expect(stdout.trim().split('\n')).toHaveLength(25)
  expect(stdout).toContain('web-prod/slb-access/')
})
