import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { fileStorage } from '../../src/storage/sqlite/file-storage.ts'
import { version } from '../../src/version.ts'
import { createRecordingLog } from '../fakes/recording-log.ts'

const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url))
const example = fileURLToPath(new URL('../../otel-config.example.yaml', import.meta.url))
let folder: string
let broken: string

interface Ended {
  code: number | null
  stdout: string
  stderr: string
}

/** Runs the real program in a folder of its own, with no environment but `env`. */
function command(args: string[], env: Record<string, string> = {}, nodeFlags: string[] = []): Promise<Ended> {
  return new Promise((resolve) => {
    const options = { cwd: folder, env: { PATH: process.env['PATH'], ...env } }
    const child = execFile(process.execPath, [...nodeFlags, main, ...args], options, (_error, stdout, stderr) => {
      resolve({ code: child.exitCode, stdout, stderr })
    })
  })
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'alibabacloud-otel-cli-'))
  broken = join(folder, 'broken.yaml')
  await writeFile(broken, 'receivers:\n  alibaba_sls: {}\nexporters: {}\nservice:\n  pipeline: {}\n')
})

afterAll(() => rm(folder, { recursive: true }))

describe.concurrent('the exit code and output', () => {
  it('of --version are 0 and the version', async () => {
    expect(await command(['--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' })
  })

  it('on an older Node.js are 2 and one line that says what is needed', async () => {
    const pretend = 'Object.defineProperty(process, "versions", { value: { ...process.versions, node: "20.19.0" } })'
    const { code, stdout, stderr } = await command(['run'], {}, ['--import', `data:text/javascript,${pretend}`])
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(/^alibabacloud-otel-receiver needs Node\.js 22\.15 or newer; this is 20\.19\.0\..*\n$/)
  })

  it('of --help are 0 and the commands, with examples', async () => {
    const { code, stdout } = await command(['--help'])
    expect(code).toBe(0)
    for (const name of [
      'run',
      'validate',
      'config',
      'components',
      'state',
      'explain',
      'simulate',
      'demo',
      'Examples:',
    ]) {
      expect(stdout).toContain(name)
    }
  })

  it('of no command are 2 and the help', async () => {
    const { code, stdout, stderr } = await command([])
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain('Commands:')
  })

  it('of an unknown flag are 2 and what to do', async () => {
    const { code, stderr } = await command(['run', '--onse'])
    expect(code).toBe(2)
    expect(stderr).toContain("USAGE: unknown option '--onse'")
    expect(stderr).toContain('what to do:')
  })

  it('of a file that is not there are 2, as JSON where that is asked for', async () => {
    const { code, stdout, stderr } = await command(['run', '--config', 'nowhere.yaml', '--json'])
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(JSON.parse(stderr)).toEqual({
      error: {
        code: 'USAGE',
        message: 'Cannot read the configuration file "nowhere.yaml"',
        cause: expect.stringContaining('ENOENT'),
        remedy: expect.any(String),
      },
    })
  })

  it('of run with a broken configuration are 3 and every fault', async () => {
    const { code, stdout, stderr } = await command(['run', '--config', broken])
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' })
    expect(stderr).toContain(`${broken}:2:3\n  receivers.alibaba_sls is of a type that is not known`)
    expect(stderr).toContain('did you mean: alibabacloud_sls')
    expect(stderr).toContain('did you mean: pipelines')
    expect(stderr).toContain('CONFIG_INVALID')
  })

  it('of validate with a broken configuration are 3 and, with --json, the faults on stdout', async () => {
    const { code, stdout } = await command(['validate', '--config', broken, '--json'])
    expect(code).toBe(3)
    expect(JSON.parse(stdout)).toMatchObject({
      valid: false,
      faults: [
        { path: 'receivers.alibaba_sls', line: 2, suggestion: 'alibabacloud_sls' },
        { path: 'service.pipelines', line: 4 },
        { path: 'service.pipeline', line: 5, suggestion: 'pipelines' },
      ],
    })
  })

  it('of validate with the example are 0 and its pipelines', async () => {
    const { code, stdout, stderr } = await command(['validate', '--config', example])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toContain('logs: alibabacloud_sls → resource, batch → otlp_http')
  })

  it('of config print are 0 and YAML after substitution, without its secrets', async () => {
    const file = join(folder, 'secret.yaml')
    await writeFile(
      file,
      `receivers:
  alibabacloud_sls:
    endpoint: cn-hangzhou.log.aliyuncs.com
    project: \${env:PROJECT}
    logstores: [a]
    credentials: { type: access_key, access_key_id: LTAI1, access_key_secret: "\${env:SECRET}" }
exporters: { otlp_http: { endpoint: "http://h:4318", headers: { x-scope: "\${env:SECRET}" } } }
service: { pipelines: { logs: { receivers: [alibabacloud_sls], exporters: [otlp_http] } } }
`,
    )
    const { code, stdout, stderr } = await command(['config', 'print', '-c', file], {
      PROJECT: '0123',
      SECRET: 'hunter2',
    })
    expect(code).toBe(0)
    expect(stdout + stderr).not.toContain('hunter2')
    expect(parse(stdout)).toMatchObject({
      receivers: {
        alibabacloud_sls: { project: '0123', credentials: { access_key_id: 'LTAI1', access_key_secret: '***' } },
      },
      exporters: { otlp_http: { headers: { 'x-scope': '***' } } },
    })
  })

  it('of config schema are 0 and a JSON schema', async () => {
    const { code, stdout } = await command(['config', 'schema'])
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ $defs: { 'receivers.alibabacloud_sls': { type: 'object' } } })
  })

  it('of components are 0 and every component with its aliases', async () => {
    const { code, stdout } = await command(['components', '--json'])
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ kind: 'receiver', type: 'alibabacloud_sls', signals: ['logs'] }),
        expect.objectContaining({ kind: 'exporter', type: 'otlp_http', aliases: ['otlphttp'] }),
        expect.objectContaining({ kind: 'extension', type: 'health_check' }),
      ]),
    )
  })

  it('of explain are 0 and what the code means, however it is spelled', async () => {
    const { code, stdout } = await command(['explain', 'storage-locked'])
    expect(code).toBe(0)
    expect(stdout).toMatch(/^STORAGE_LOCKED\n {2}cause: .+\n {2}what to do: .+\n$/)
  })

  it('of explain with an unknown code are 2 and the nearest one', async () => {
    const { code, stderr } = await command(['explain', 'STORAGE_LOKED'])
    expect(code).toBe(2)
    expect(stderr).toContain('Did you mean STORAGE_LOCKED?')
  })
})

describe('state', () => {
  const component = 'alibabacloud_sls'

  async function storeWith(name: string): Promise<Record<string, string>> {
    const directory = join(folder, name)
    const store = await fileStorage.open({ directory }, { id: 'file_storage', log: createRecordingLog() })
    await store.scope(component).save([
      ['shard/0', 'a'],
      ['shard/1', 'b'],
    ])
    await store.close()
    return { STATE_DIRECTORY: directory }
  }

  async function keysIn(env: Record<string, string>): Promise<string[]> {
    const { stdout } = await command(['state', 'show', '-c', example, '--json'], env)
    return (JSON.parse(stdout) as { key: string }[]).map(({ key }) => key)
  }

  it('show lists component, key, value and time', async () => {
    const env = await storeWith('shown')
    const { code, stdout } = await command(['state', 'show', '-c', example], env)
    expect(code).toBe(0)
    expect(stdout).toMatch(/^COMPONENT +KEY +SAVED AT +VALUE\nalibabacloud_sls +shard\/0 +\d{4}-.+Z +a\n/)
  })

  it('reset removes nothing without --yes, then one key, then all of the component', async () => {
    const env = await storeWith('reset')
    const reset = ['state', 'reset', '-c', example, '--component', component]
    const asked = await command(reset, env)
    expect(asked.code).toBe(2)
    expect(asked.stderr).toContain('This would remove 2 positions: shard/0, shard/1')
    expect(await keysIn(env)).toEqual(['shard/0', 'shard/1'])

    expect((await command([...reset, '--key', 'shard/0', '--yes'], env)).code).toBe(0)
    expect(await keysIn(env)).toEqual(['shard/1'])

    expect((await command([...reset, '--yes'], env)).stdout).toBe('Removed 1 position\n')
    expect(await keysIn(env)).toEqual([])
  })

  it('reset of a component that has no positions is wrong usage', async () => {
    const env = await storeWith('unknown')
    const { code, stderr } = await command(['state', 'reset', '-c', example, '--component', 'nobody', '--yes'], env)
    expect(code).toBe(2)
    expect(stderr).toContain('Components with positions: alibabacloud_sls')
  })
})
