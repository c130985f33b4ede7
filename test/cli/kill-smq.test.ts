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
const kills = 4
const poll = { timeout: 20_000, interval: 10 }

it('kill -9 at any moment loses no message: every one is in the file before it leaves its queue', async () => {
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
  const sizeOf = async () => (existsSync(output) ? (await stat(output)).size : 0)
  const queues = simulator.smq.store.queues()
  const deleted = new Set<string>()
  simulator.smq.store.onDeleted(({ uids }) => {
    for (const uid of uids) deleted.add(uid)
  })

  simulator.smq.start(500)
  for (let kill = 0; kill < kills; kill++) {
    const sizeBefore = await sizeOf()
    running = start()
    const ended = once(running, 'close')
    // Killed in the middle of its work: as soon as something new is in the file, and a little later each time.
    await expect.poll(sizeOf, poll).toBeGreaterThan(sizeBefore)
    await new Promise((resolve) => setTimeout(resolve, kill * 37))
    running.kill('SIGKILL')
    await ended
    const written = await writtenTo(output)
    expect([...deleted].filter((uid) => !written.has(uid))).toEqual([])
    // As if their time were over: what the killed one had received comes again.
    for (const queue of queues) queue.release()
  }
  simulator.smq.stop()
  running = start('--once')
  const [code] = await once(running, 'close')
  expect(code).toBe(0)

  const issued = new Set(
    [...simulator.ledger.batches()]
      .filter(({ service }) => service === 'smq')
      .flatMap((batch) => Array.from({ length: batch.items }, (_, index) => uidOf(batch, index))),
  )
  const arrived = await writtenTo(output)
  expect(issued.size).toBeGreaterThan(500)
  expect([...issued].filter((uid) => !arrived.has(uid))).toEqual([])
  expect([...arrived].filter((uid) => !issued.has(uid))).toEqual([])
  for (const queue of queues) expect(queue.counts()).toMatchObject({ active: 0, inactive: 0 })
}, 60_000)

/** The uids of all whole lines. A line that a kill cut in the middle is no JSON; its messages come again. */
async function writtenTo(output: string): Promise<Set<string>> {
  const lines = (await readFile(output, 'utf8')).split('\n').filter(isJson)
  const uids = lines.flatMap((line) => [...line.matchAll(/"log\.record\.uid","value":\{"stringValue":"([^"]+)"/g)])
  return new Set(uids.map(([, uid = '']) => uid))
}

function isJson(line: string): boolean {
  try {
    JSON.parse(line)
    return true
  } catch {
    return false
  }
}

function configuration(endpoint: string, folder: string, output: string) {
  return {
    extensions: { file_storage: { directory: join(folder, 'state') } },
    receivers: {
      alibabacloud_smq: {
        endpoint,
        queues: ['*'],
        wait: '1s',
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
      pipelines: { logs: { receivers: ['alibabacloud_smq'], processors: ['batch'], exporters: ['file'] } },
    },
  }
}
