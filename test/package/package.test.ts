import { execFile } from 'node:child_process'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { defaultAccessKey } from '../../simulator/accounts.ts'
import { startSimulator } from '../../simulator/simulator.ts'
import { readmeBlock } from '../fakes/readme.ts'

const run = promisify(execFile)
const root = fileURLToPath(new URL('../..', import.meta.url))
const npm = ['npm_execpath', 'npm'] as const
let folder: string
let bin: string

/** npm as it was called, on this very Node. */
async function runNpm(args: string[], cwd: string): Promise<string> {
  const script = process.env[npm[0]]
  const { stdout } = script ? await run(process.execPath, [script, ...args], { cwd }) : await run(npm[1], args, { cwd })
  return stdout
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'alibabacloud-otel-package-'))
  await runNpm(['pack', '--pack-destination', folder], root)
  const tarball = (await readdir(folder)).find((name) => name.endsWith('.tgz')) ?? ''
  await writeFile(join(folder, 'package.json'), JSON.stringify({ name: 'user', private: true, type: 'module' }))
  await runNpm(['install', '--no-audit', '--no-fund', '--prefer-offline', `./${tarball}`], folder)
  bin = join(folder, 'node_modules', 'alibabacloud-otel-receiver', 'dist', 'src', 'cli', 'main.js')
})

afterAll(() => rm(folder, { recursive: true, force: true }))

it('the packed program says its version and accepts the example configuration', async () => {
  const { stdout } = await run(process.execPath, [bin, '--version'])
  expect(stdout.trim()).toMatch(/^\d+\.\d+\.\d+$/)
  const example = join(folder, 'node_modules', 'alibabacloud-otel-receiver', 'otel-config.example.yaml')
  await expect(run(process.execPath, [bin, 'validate', '--config', example])).resolves.toBeDefined()
})

it('the packed program has its rules', async () => {
  const { stdout } = await run(process.execPath, [bin, 'rules', 'list', '--json'])
  expect(JSON.parse(stdout)).toContainEqual(expect.objectContaining({ id: 'trail-stopped', severity: 'critical' }))
})

it('the packed program runs its demo and loses nothing', async () => {
  const { stdout } = await run(process.execPath, [bin, 'demo', '--for', '5s', '--summary', 'json'])
  const summary = JSON.parse(stdout.trim().split('\n').at(-1) ?? '')
  expect(summary).toMatchObject({ lost: 0, duplicates: 0 })
  expect(summary.delivered).toBeGreaterThan(0)
})

it('a program that imports the packed library runs the example of the README', async () => {
  const simulator = await startSimulator()
  try {
    simulator.traffic.issue('web-prod', 'slb-access', 25)
    const example = readmeBlock("import { InMemoryLogRecordExporter } from '@opentelemetry/sdk-logs'")
    await writeFile(join(folder, 'example.js'), example)
    const { stdout } = await run(process.execPath, ['example.js'], {
      cwd: folder,
      env: {
        ...process.env,
        SLS_ENDPOINT: simulator.url,
        ALIBABA_CLOUD_ACCESS_KEY_ID: defaultAccessKey.id,
        ALIBABA_CLOUD_ACCESS_KEY_SECRET: defaultAccessKey.secret,
      },
    })
    expect(stdout.trim().split('\n')).toHaveLength(25)
  } finally {
    await simulator.close()
  }
})
