import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { TestProject } from 'vitest/node'

/** Where a partner's SDK stands, or why it is not on this machine. */
export type Partner = { readonly path: string } | { readonly missing: string }

declare module 'vitest' {
  interface ProvidedContext {
    /** A Python program that can import the SDK. */
    pythonSdk: Partner
    /** A folder whose `node_modules` holds the SDK. */
    nodeSdk: Partner
  }
}

const pythonPackage = { name: 'aliyun-log-python-sdk', version: '0.9.52' }
const nodePackage = { name: '@alicloud/sls20201230', version: '5.9.0' }
const INSTALL_TIMEOUT_MS = 300_000

const run = promisify(execFile)

/** Vitest calls this once before all interop tests; they get the results by `inject`. */
export default async function setup(project: TestProject): Promise<void> {
  const report = (line: string) => project.vitest.logger.log(line)
  const pythonSdk = await findOrInstall(await pythonFolder(), installPythonSdk, report)
  const nodeSdk = await findOrInstall({ path: `node-sdk-${nodePackage.version}` }, installNodeSdk, report)
  if ('missing' in pythonSdk) report(`Tests with ${pythonPackage.name} are skipped: ${pythonSdk.missing}`)
  if ('missing' in nodeSdk) report(`Tests with ${nodePackage.name} are skipped: ${nodeSdk.missing}`)
  project.provide('pythonSdk', 'path' in pythonSdk ? { path: join(pythonSdk.path, 'bin', 'python') } : pythonSdk)
  project.provide('nodeSdk', nodeSdk)
}

/** Installs once and keeps the result in the user's cache, as the Collector is kept. */
async function findOrInstall(
  wanted: Partner,
  install: (folder: string) => Promise<void>,
  report: (line: string) => void,
): Promise<Partner> {
  if ('missing' in wanted) return wanted
  const cache = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'alibabacloud-otel-receiver')
  const path = join(cache, wanted.path)
  if (existsSync(path)) return { path }
  report(`Installing a partner for the interop tests once: ${path}`)
  await mkdir(cache, { recursive: true })
  const folder = await mkdtemp(join(cache, 'install-'))
  try {
    await install(folder)
    // In one step, so that a run beside this one sees the whole of it or nothing.
    await rename(folder, path)
  } catch (error) {
    // A run beside this one was faster.
    if (existsSync(path)) return { path }
    return { missing: `it cannot be installed: ${lastLine(error)}` }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
  return { path }
}

/** Its compiled dependencies fit one Python only. */
async function pythonFolder(): Promise<Partner> {
  const script = 'import sys; print(*sys.version_info[:3], sep=".")'
  try {
    const version = (await run('python3', ['-c', script])).stdout.trim()
    return { path: `python-sdk-${pythonPackage.version}-python-${version}` }
  } catch (error) {
    return { missing: `there is no python3: ${lastLine(error)}` }
  }
}

async function installPythonSdk(folder: string): Promise<void> {
  await run('python3', ['-m', 'venv', folder], { timeout: INSTALL_TIMEOUT_MS })
  const requirement = `${pythonPackage.name}==${pythonPackage.version}`
  await run(join(folder, 'bin', 'python'), ['-m', 'pip', '-q', '--disable-pip-version-check', 'install', requirement], {
    timeout: INSTALL_TIMEOUT_MS,
  })
}

async function installNodeSdk(folder: string): Promise<void> {
  const requirement = `${nodePackage.name}@${nodePackage.version}`
  await run('npm', ['install', '--prefix', folder, '--ignore-scripts', '--no-audit', '--no-fund', requirement], {
    cwd: folder,
    timeout: INSTALL_TIMEOUT_MS,
  })
}

/** What a failed program said last; else what went wrong in starting it. */
function lastLine(error: unknown): string {
  const { stderr = '', message } = error as { readonly stderr?: string; readonly message: string }
  return (stderr.trim() || message).split('\n').at(-1) ?? ''
}
