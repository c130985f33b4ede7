import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { copyFile, mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { TestProject } from 'vitest/node'

/** Where a partner's SDK stands, or why it is not on this machine. */
export type Partner = { readonly path: string } | { readonly missing: string }

declare module 'vitest' {
  interface ProvidedContext {
    /** Python programs that can import the SDK of SLS and that of SMQ. */
    pythonSdk: Partner
    pythonSmqSdk: Partner
    /** Folders whose `node_modules` hold the SDK of SLS and that of SMQ. */
    nodeSdk: Partner
    nodeSmqSdk: Partner
    /** go_client.go with the SDK in it, built. */
    goSdk: Partner
  }
}

interface Package {
  readonly name: string
  readonly version: string
  /** What its folder in the cache begins with. */
  readonly folder: string
}

const pythonPackage: Package = { name: 'aliyun-log-python-sdk', version: '0.9.52', folder: 'python-sdk' }
const pythonSmqPackage: Package = { name: 'aliyun-mns-sdk', version: '1.3.0', folder: 'python-mns' }
const nodePackage: Package = { name: '@alicloud/sls20201230', version: '5.9.0', folder: 'node-sdk' }
const nodeSmqPackage: Package = { name: '@alicloud/mns', version: '1.2.0', folder: 'node-mns' }
// Named with its version, since some module proxies answer for it and refuse the list of versions.
const goModule = { name: 'github.com/aliyun/aliyun-log-go-sdk', version: '0.1.100' }
const INSTALL_TIMEOUT_MS = 300_000

const goProgram = new URL('go_client.go', import.meta.url)

const run = promisify(execFile)

/** Vitest calls this once before all interop tests; they get the results by `inject`. */
export default async function setup(project: TestProject): Promise<void> {
  const report = (line: string) => project.vitest.logger.log(line)
  const provided = async (name: string, program: string, wanted: Partner, ...steps: Steps) => {
    const found = await findOrInstall(wanted, report, ...steps)
    if ('path' in found) return { path: join(found.path, program) }
    report(`Tests with ${name} are skipped: ${found.missing}`)
    return found
  }
  const python = async (wanted: Package) =>
    provided(wanted.name, 'bin/python', await pythonFolder(wanted), (folder) => installPython(folder, wanted))
  const node = (wanted: Package) =>
    provided(wanted.name, '', { path: `${wanted.folder}-${wanted.version}` }, (folder) => installNode(folder, wanted))
  project.provide('pythonSdk', await python(pythonPackage))
  project.provide('pythonSmqSdk', await python(pythonSmqPackage))
  project.provide('nodeSdk', await node(nodePackage))
  project.provide('nodeSmqSdk', await node(nodeSmqPackage))
  project.provide('goSdk', await provided(goModule.name, 'interop', await goFolder(), fetchGoSdk, buildGoProgram))
}

/** `install` may fail for want of a registry, which is no fault of ours; `build` may not. */
type Steps = [install: (folder: string) => Promise<unknown>, build?: (folder: string) => Promise<unknown>]

/**
 * Installs once and keeps the result in the user's cache, as the Collector is kept.
 * @throws {Error} when our own program does not build
 */
async function findOrInstall(
  wanted: Partner,
  report: (line: string) => void,
  ...[install, build]: Steps
): Promise<Partner> {
  if ('missing' in wanted) return wanted
  const cache = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'alibabacloud-otel-receiver')
  const path = join(cache, wanted.path)
  if (existsSync(path)) return { path }
  report(`Installing a partner for the interop tests once: ${path}`)
  await mkdir(cache, { recursive: true })
  const folder = await mkdtemp(join(cache, 'install-'))
  try {
    try {
      await install(folder)
    } catch (error) {
      return { missing: `it cannot be installed: ${reasonOf(error)}` }
    }
    await build?.(folder)
    // In one step, so that a run beside this one sees the whole of it or nothing; that one may have been faster.
    await rename(folder, path).catch((error: unknown) => {
      if (!existsSync(path)) throw error
    })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
  return { path }
}

/** Its compiled dependencies fit one Python only. */
async function pythonFolder(wanted: Package): Promise<Partner> {
  const script = 'import sys; print(*sys.version_info[:3], sep=".")'
  try {
    const version = (await run('python3', ['-c', script])).stdout.trim()
    return { path: `${wanted.folder}-${wanted.version}-python-${version}` }
  } catch (error) {
    return { missing: `there is no python3: ${reasonOf(error)}` }
  }
}

async function installPython(folder: string, { name, version }: Package): Promise<void> {
  await run('python3', ['-m', 'venv', folder], { timeout: INSTALL_TIMEOUT_MS })
  const requirement = `${name}==${version}`
  await run(join(folder, 'bin', 'python'), ['-m', 'pip', '-q', '--disable-pip-version-check', 'install', requirement], {
    timeout: INSTALL_TIMEOUT_MS,
  })
}

async function installNode(folder: string, { name, version }: Package): Promise<void> {
  const requirement = `${name}@${version}`
  await run('npm', ['install', '--prefix', folder, '--ignore-scripts', '--no-audit', '--no-fund', requirement], {
    cwd: folder,
    timeout: INSTALL_TIMEOUT_MS,
  })
}

async function goFolder(): Promise<Partner> {
  try {
    await run('go', ['version'])
  } catch (error) {
    return { missing: `there is no go: ${reasonOf(error)}` }
  }
  const fingerprint = createHash('sha256')
    .update(await readFile(goProgram))
    .digest('hex')
    .slice(0, 8)
  return { path: `go-sdk-${goModule.version}-${fingerprint}` }
}

async function fetchGoSdk(folder: string): Promise<void> {
  await copyFile(goProgram, join(folder, 'main.go'))
  await go(folder, 'mod', 'init', 'interop')
  await go(folder, 'mod', 'edit', `-require=${goModule.name}@v${goModule.version}`)
  await go(folder, 'mod', 'tidy')
}

const buildGoProgram = (folder: string) => go(folder, 'build', '-o', 'interop', '.')

const go = (folder: string, ...words: readonly string[]) =>
  run('go', words, { cwd: folder, timeout: INSTALL_TIMEOUT_MS })

/** The line in which a failed program told what went wrong; else why it could not be started. */
function reasonOf(error: unknown): string {
  const { stderr = '', message } = error as { readonly stderr?: string; readonly message: string }
  const lines = (stderr.trim() || message).split('\n')
  return lines.find((line) => /error/i.test(line)) ?? lines.at(-1) ?? ''
}
