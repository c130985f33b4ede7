import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it, onTestFinished } from 'vitest'
import { defaultAccessKey } from '../../simulator/accounts.ts'
import { startSimulator } from '../../simulator/simulator.ts'

const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url))
const kills = 3
const eventsPerRegion = 1_000
const regions = ['cn-hangzhou', 'ap-southeast-1']
const DAY_MS = 24 * 3600 * 1000

it('kill -9 in a long catch-up loses no event, and the next start goes on', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'alibabacloud-otel-kill-'))
  const simulator = await startSimulator({ regions })
  let running: ChildProcess | undefined
  onTestFinished(async () => {
    running?.kill('SIGKILL')
    await simulator.close()
    await rm(folder, { recursive: true, force: true })
  })
  const times = { fromMs: Date.now() - 40 * DAY_MS, toMs: Date.now() - DAY_MS }
  const issued = new Set(
    regions.flatMap((region) => simulator.actiontrail.issue(region, eventsPerRegion, times).map(({ id }) => id)),
  )
  const output = join(folder, 'out.jsonl')
  const config = join(folder, 'config.yaml')
  const endpoint = Object.fromEntries(regions.map((region) => [region, simulator.regionUrl(region)]))
  const credentials = {
    type: 'access_key',
    access_key_id: defaultAccessKey.id,
    access_key_secret: defaultAccessKey.secret,
  }
  const configuration = {
    extensions: { file_storage: { directory: join(folder, 'state') } },
    receivers: { alibabacloud_actiontrail: { regions, endpoint, credentials, rate_limit: 100 } },
    exporters: { file: { path: output } },
    service: {
      extensions: ['file_storage'],
      pipelines: { logs: { receivers: ['alibabacloud_actiontrail'], exporters: ['file'] } },
    },
  }
  await writeFile(config, JSON.stringify(configuration))
  const start = () => {
    const flags = ['run', '--config', config, '--once', '--from', '-41d']
    return spawn(process.execPath, [main, ...flags], { stdio: 'ignore' })
  }
  const size = async () => (existsSync(output) ? (await stat(output)).size : 0)

  for (let kill = 0; kill < kills; kill++) {
    const sizeBefore = await size()
    running = start()
    const ended = once(running, 'close')
    // In the middle of its work: as soon as something new is in the file, and a little later each time.
    await expect.poll(size, { timeout: 20_000, interval: 10 }).toBeGreaterThan(sizeBefore)
    await new Promise((resolve) => setTimeout(resolve, kill * 67))
    running.kill('SIGKILL')
    await ended
  }
  running = start()
  const [code] = await once(running, 'close')
  expect(code).toBe(0)

  const lines = (await readFile(output, 'utf8')).split('\n')
  const arrived = lines.flatMap((line) => uidsIn(line))
  expect(new Set(arrived)).toEqual(issued)
  // What was answered in the moment of a kill may come again: a few pages of each region, not all of it.
  expect(arrived.length - issued.size).toBeLessThanOrEqual(kills * regions.length * 5 * 50)
}, 90_000)

/** A line that a kill cut in the middle is no JSON; its records come again in a later one. */
function uidsIn(line: string): string[] {
  try {
    JSON.parse(line)
  } catch {
    return []
  }
  return [...line.matchAll(/"key":"log\.record\.uid","value":\{"stringValue":"([^"]+)"/g)].map(([, uid = '']) => uid)
}
