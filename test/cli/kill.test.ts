import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it, onTestFinished } from 'vitest'
import { defaultAccessKey } from '../../simulator/accounts.ts'
import { uidOf } from '../../simulator/ledger.ts'
import { startSimulator } from '../../simulator/simulator.ts'

const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url))
const kills = 5

it('kill -9 at any moment loses nothing: every record is in the file, and the file is whole', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'alibabacloud-otel-kill-'))
  const simulator = await startSimulator()
  let running: ChildProcess | undefined
  onTestFinished(async () => {
    running?.kill('SIGKILL')
    await simulator.close()
    await rm(folder, { recursive: true, force: true })
  })
  const output = join(folder, 'out.jsonl')
  const config = join(folder, 'config.yaml')
  await writeFile(config, JSON.stringify(configuration(simulator.url, folder, output)))
  const start = (...flags: string[]) =>
    spawn(process.execPath, [main, 'run', '--config', config, ...flags], { stdio: 'ignore' })

  simulator.traffic.start(2_000)
  for (let kill = 0; kill < kills; kill++) {
    const sizeBefore = existsSync(output) ? (await stat(output)).size : 0
    running = start()
    const ended = once(running, 'close')
    // Killed in the middle of its work: as soon as something new is in the file, and a little later each time.
    await expect
      .poll(async () => (existsSync(output) ? (await stat(output)).size : 0), poll)
      .toBeGreaterThan(sizeBefore)
    await new Promise((resolve) => setTimeout(resolve, kill * 37))
    running.kill('SIGKILL')
    await ended
  }
  simulator.traffic.stop()
  running = start('--once')
  const [code] = await once(running, 'close')
  expect(code).toBe(0)

  const issued = new Set(
    [...simulator.ledger.batches()].flatMap((batch) =>
      Array.from({ length: batch.items }, (_, index) => uidOf(batch, index)),
    ),
  )
  const lines = (await readFile(output, 'utf8')).split('\n').filter((line) => line !== '')
  const arrived = new Set(lines.flatMap((line) => uidsIn(line)))
  expect(issued.size).toBeGreaterThan(1_000)
  expect([...issued].filter((uid) => !arrived.has(uid))).toEqual([])
  expect([...arrived].filter((uid) => !issued.has(uid))).toEqual([])
}, 60_000)

const poll = { timeout: 20_000, interval: 10 }

/** A line that a kill cut in the middle is no JSON; its records come again in a later one. */
function uidsIn(line: string): string[] {
  let request: ExportedLogs
  try {
    request = JSON.parse(line)
  } catch {
    return []
  }
  return request.resourceLogs
    .flatMap(({ scopeLogs }) => scopeLogs)
    .flatMap(({ logRecords }) => logRecords)
    .map(({ attributes }) => attributes.find(({ key }) => key === 'log.record.uid')?.value.stringValue ?? '')
}

interface ExportedLogs {
  resourceLogs: {
    scopeLogs: { logRecords: { attributes: { key: string; value: { stringValue?: string } }[] }[] }[]
  }[]
}

function configuration(endpoint: string, folder: string, output: string) {
  return {
    extensions: { file_storage: { directory: join(folder, 'state') } },
    receivers: {
      alibabacloud_sls: {
        endpoint,
        region: 'cn-hangzhou',
        project: 'web-prod',
        logstores: ['*'],
        start_at: 'earliest',
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
      pipelines: { logs: { receivers: ['alibabacloud_sls'], processors: ['batch'], exporters: ['file'] } },
    },
  }
}
