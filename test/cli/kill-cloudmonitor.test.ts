import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it, onTestFinished } from 'vitest'
import { defaultAccessKey } from '../../simulator/accounts.ts'
import { checkPoints, type DeliveredValue } from '../../simulator/cloudmonitor/point-check.ts'
import { parseMetricsJson } from '../../simulator/otlp/json-request.ts'
import { startSimulator } from '../../simulator/simulator.ts'
import { deliveredValues, metrics, namespace } from '../receivers/cloudmonitor/delivered-values.ts'
import { arrivedPoints } from '../receivers/cloudmonitor/receiver-world.ts'
import { worldOf } from '../simulator/cloudmonitor-caller.ts'

const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url))
const kills = 4
const poll = { timeout: 20_000, interval: 10 }
const minute = 60_000
/** What a page of the test holds, each point with three statistics: a crash repeats one of each metric at most. */
const valuesOfPage = 144 * 3

it('kill -9 at any moment loses no point: each is in the file, and only those of pages under way are there twice', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'alibabacloud-otel-kill-'))
  const simulator = await startSimulator({ world: worldOf(20), cloudmonitor: { pageFill: 0.1 } })
  let running: ChildProcess | undefined
  onTestFinished(async () => {
    running?.kill('SIGKILL')
    await simulator.close()
    await rm(folder, { recursive: true, force: true })
  })
  const output = join(folder, 'out.jsonl')
  const config = join(folder, 'config.yaml')
  const startMs = Math.floor(Date.now() / minute) * minute - 5 * 60 * minute
  await writeFile(config, JSON.stringify(configuration(simulator.url, folder, output, startMs)))
  const start = (...flags: string[]) =>
    spawn(process.execPath, [main, 'run', '--config', config, ...flags], { stdio: 'ignore' })
  const sizeOf = async () => (existsSync(output) ? (await stat(output)).size : 0)

  for (let kill = 0; kill < kills; kill++) {
    const sizeBefore = await sizeOf()
    running = start()
    const ended = once(running, 'close')
    // Killed in the middle of its work: as soon as something new is in the file, and a little later each time.
    await expect.poll(sizeOf, poll).toBeGreaterThan(sizeBefore)
    await new Promise((resolve) => setTimeout(resolve, kill * 37))
    running.kill('SIGKILL')
    await ended
  }
  const dueMs = Math.floor((Date.now() - 4 * minute) / minute) * minute
  const before = new Set((await writtenTo(output)).map(({ uid, statistic }) => `${uid} ${statistic}`)).size
  running = start('--once')
  const [code] = await once(running, 'close')
  expect(code).toBe(0)

  const values = await writtenTo(output)
  const upTo = (untilMs: number) =>
    metrics.flatMap((metric) => simulator.cloudmonitor.expectedPoints(namespace, metric, startMs, untilMs))
  const { missing, delivered } = checkPoints(upTo(dueMs), values)
  const { invented, wrongValue, repeated } = checkPoints(upTo(Date.now()), values)
  expect({ missing, invented, wrongValue }).toEqual({ missing: [], invented: [], wrongValue: [] })
  expect(delivered).toBeGreaterThan(before)
  expect(repeated.length).toBeLessThanOrEqual(kills * metrics.length * valuesOfPage)
}, 60_000)

/** The points of all whole lines. A line that a kill cut in the middle is no JSON; its points come again. */
async function writtenTo(output: string): Promise<DeliveredValue[]> {
  const lines = (await readFile(output, 'utf8')).split('\n').filter(isJson)
  return lines.flatMap((line) => deliveredValues(arrivedPoints(parseMetricsJson(Buffer.from(line)))))
}

function isJson(line: string): boolean {
  try {
    JSON.parse(line)
    return true
  } catch {
    return false
  }
}

function configuration(endpoint: string, folder: string, output: string, startMs: number) {
  const id = 'alibabacloud_cloudmonitor'
  return {
    extensions: { file_storage: { directory: join(folder, 'state') } },
    receivers: {
      [id]: {
        regions: ['cn-hangzhou'],
        endpoint,
        proxy: 'none',
        inventory: 'none',
        namespaces: [{ namespace, metrics }],
        start_at: new Date(startMs).toISOString(),
        max_catch_up: '24h',
        // Slow enough that no life reads it all.
        rate_limit: 10,
        credentials: {
          type: 'access_key',
          access_key_id: defaultAccessKey.id,
          access_key_secret: defaultAccessKey.secret,
        },
      },
    },
    processors: { batch: {} },
    exporters: { file: { path: output } },
    service: {
      extensions: ['file_storage'],
      pipelines: { metrics: { receivers: [id], processors: ['batch'], exporters: ['file'] } },
    },
  }
}
