import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url))
const sample = (name: string) =>
  fileURLToPath(new URL(`../alibaba/actiontrail/testdata/${name}/input.json`, import.meta.url))
let folder: string

const rule = `rules:
  - id: any-trail-call
    title: A call about trails
    description: Any call.
    severity: info
    condition: { field: serviceName, equals: Actiontrail }
`
const config = `receivers:
  alibabacloud_access_keys:
    watch: [LTAIEXAMPLEKEY01]
    rules: { enabled: [watched-access-key], settings: { watched-access-key: { severity: critical } } }
    inventory: none
exporters: { debug: {} }
service: { pipelines: { logs: { receivers: [alibabacloud_access_keys], exporters: [debug] } } }
`

function command(...args: string[]): Promise<{ code: number | null; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const options = { cwd: folder, env: { PATH: process.env['PATH'] } }
    const child = execFile(process.execPath, [main, 'rules', ...args], options, (_error, stdout, stderr) => {
      resolve({ code: child.exitCode, stdout, stderr })
    })
  })
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'alibabacloud-otel-rules-'))
  await writeFile(join(folder, 'mine.yaml'), rule)
  await writeFile(join(folder, 'bad.yaml'), rule.replace('equals:', 'eqals:'))
  await writeFile(join(folder, 'taken.yaml'), rule.replace('any-trail-call', 'trail-stopped'))
  await writeFile(join(folder, 'config.yaml'), config)
  await writeFile(join(folder, 'bad-config.yaml'), config.replace('[watched-access-key]', '[watched-acces-key]'))
})

afterAll(() => rm(folder, { recursive: true }))

describe.concurrent('rules', () => {
  it('list names every rule, and those that sleep', async () => {
    const { code, stdout } = await command('list')
    expect(code).toBe(0)
    expect(stdout).toMatch(/^trail-stopped +critical +A trail was stopped or deleted +each event$/m)
    expect(stdout).toMatch(/^signin-outside-office-hours .*; sleeps until office_hours is set$/m)
  })

  it('list --json is for programs, with the rules of files that are named', async () => {
    const { stdout } = await command('list', '--json', '--rules', 'mine.yaml')
    const listed = JSON.parse(stdout)
    expect(listed.length).toBeGreaterThan(40)
    expect(listed.at(-1)).toMatchObject({ id: 'any-trail-call', fires_at: 'each event', settings: ['severity'] })
  })

  it('show prints all of a rule', async () => {
    const { code, stdout } = await command('show', 'weak-password-policy')
    expect(code).toBe(0)
    expect(stdout).toContain('requestParameters.MinimumPasswordLength < <min_length>')
    expect(stdout).toContain('min_length: Shortest password (default 14)')
  })

  it('show of a rule that nobody knows names the nearest', async () => {
    const { code, stderr } = await command('show', 'trail-stoped')
    expect(code).toBe(2)
    expect(stderr).toContain('Did you mean trail-stopped?')
  })

  it('test tells which rules fire, and why', async () => {
    const { code, stdout } = await command('test', sample('19-trail-stopped'), sample('10-error-access-denied'))
    expect(code).toBe(0)
    expect(stdout).toMatch(
      /^2025-06-01T00:17:00Z +Actiontrail\.StopLogging +A0000019-\S+ +critical +trail-stopped +serviceName = Actiontrail; eventName = StopLogging; fact.failed = false$/m,
    )
    expect(stdout).toMatch(/^2 events, 1 finding of 1 rule; \d+ rules ran$/m)
  })

  it('test --json with rules of files and a watch list', async () => {
    const args = ['--json', '--rules', 'mine.yaml', '--watch', 'LTAIEXAMPLEKEY01']
    const { stdout } = await command('test', sample('19-trail-stopped'), sample('10-error-access-denied'), ...args)
    const { events, findings } = JSON.parse(stdout)
    expect(events).toBe(2)
    expect(findings.map((finding: { rule: string }) => finding.rule)).toEqual([
      'trail-stopped',
      'any-trail-call',
      'watched-access-key',
    ])
    expect(findings[2]).toMatchObject({
      event_id: 'A0000010-0000-5000-8000-000000000010',
      severity: 'high',
      why: ['fact.watched = true', 'fact.access_key_id=LTAIEXAMPLEKEY01'],
      uid: 'finding/watched-access-key/A0000010-0000-5000-8000-000000000010',
    })
  })

  it('test takes --rules and --watch before the files as well', async () => {
    const args = ['--rules', 'mine.yaml', '--watch', 'LTAIEXAMPLEKEY01', '--watch', 'LTAIEXAMPLEKEY02', '--json']
    const { stdout } = await command('test', ...args, sample('19-trail-stopped'))
    expect(JSON.parse(stdout).findings.map(({ rule }: { rule: string }) => rule)).toEqual([
      'trail-stopped',
      'any-trail-call',
    ])
  })

  it('test --config takes rules and watch list of the configuration', async () => {
    const files = [sample('19-trail-stopped'), sample('10-error-access-denied')]
    const { stdout } = await command('test', ...files, '--config', 'config.yaml', '--json')
    expect(JSON.parse(stdout).findings).toMatchObject([{ rule: 'watched-access-key', severity: 'critical' }])
  })

  it('test --config with a fault in its rules tells path and nearest id', async () => {
    const { code, stderr } = await command('test', sample('19-trail-stopped'), '--config', 'bad-config.yaml')
    expect(code).toBe(3)
    expect(stderr).toContain('receivers.alibabacloud_access_keys.rules.enabled[0] is no rule that is known')
    expect(stderr).toContain('such as watched-access-key')
  })

  it('test of a file that is not there, or holds no events, is wrong usage', async () => {
    expect(await command('test', 'nowhere.json')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('nowhere.json'),
    })
    expect(await command('test', 'mine.yaml')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('holds no events'),
    })
  })

  it('validate accepts a good file and tells all that is wrong with a bad one', async () => {
    expect(await command('validate', 'mine.yaml')).toEqual({ code: 0, stdout: '1 rule without a fault\n', stderr: '' })
    const { code, stderr } = await command('validate', 'bad.yaml')
    expect(code).toBe(3)
    expect(stderr).toMatch(/^bad\.yaml:6:\d+\n {2}rules\[0\]\.condition\.eqals is no known key\n/)
    expect(stderr).toContain('did you mean: equals')
  })

  it('validate refuses the id of a built-in rule, and the same id in two files, as `run` does', async () => {
    const { code, stdout } = await command('validate', 'taken.yaml', '--json')
    expect(code).toBe(3)
    expect(JSON.parse(stdout)).toMatchObject({ valid: false, faults: [{ file: 'taken.yaml', path: 'rules[0].id' }] })
    const twice = await command('validate', 'mine.yaml', 'mine.yaml')
    expect(twice.code).toBe(3)
    expect(twice.stderr).toContain('rules[0].id is there twice')
  })
})
