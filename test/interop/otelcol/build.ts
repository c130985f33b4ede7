import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { homedir, setPriority } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { TestProject } from 'vitest/node'
import { parse, stringify } from 'yaml'

/** The path of the Collector's program, or why there is none on this machine. */
export type Otelcol = { readonly path: string } | { readonly missing: string }

declare module 'vitest' {
  interface ProvidedContext {
    otelcol: Otelcol
  }
}

const run = promisify(execFile)

/** Go from which the Collector's own go.mod starts. */
const oldestGo = [1, 26] as const

/** Vitest calls this once before all interop tests; they get the result by `inject('otelcol')`. */
export default async function setup(project: TestProject): Promise<void> {
  const report = (line: string) => project.vitest.logger.log(line)
  const otelcol = await findOrBuild(report)
  if ('missing' in otelcol) report(`Tests with a Collector are skipped: ${otelcol.missing}`)
  project.provide('otelcol', otelcol)
}

/**
 * Builds a Collector from builder.yaml by the Collector's own builder, out of Go modules, and keeps it in the user's cache
 * until builder.yaml changes.
 *
 * @throws {Error} when Go and the modules are there and the build fails all the same
 */
async function findOrBuild(report: (line: string) => void): Promise<Otelcol> {
  const manifestText = await readFile(new URL('builder.yaml', import.meta.url), 'utf8')
  const manifest = parse(manifestText)
  const version: string = manifest.dist.version
  const fingerprint = createHash('sha256').update(manifestText).digest('hex').slice(0, 8)
  const cache = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'alibabacloud-otel-receiver')
  const path = join(cache, `otelcol-${version}-${fingerprint}`)
  if (existsSync(path)) return { path }

  const builder = `go.opentelemetry.io/collector/cmd/builder@v${version}`
  const missing = await whyNot(builder)
  if (missing !== undefined) return { missing }

  report(`Building an OpenTelemetry Collector ${version} once, which takes some minutes: ${path}`)
  await mkdir(cache, { recursive: true })
  const folder = await mkdtemp(join(cache, 'build-'))
  try {
    manifest.dist.output_path = join(folder, 'out')
    await writeFile(join(folder, 'builder.yaml'), stringify(manifest))
    const building = run('go', ['run', builder, '--config', 'builder.yaml'], {
      cwd: folder,
      env: { ...process.env, CGO_ENABLED: '0' },
    })
    if (building.child.pid !== undefined) setPriority(building.child.pid, 19)
    await building
    // In one step, so that a run beside this one sees the whole program or none.
    await rename(join(folder, 'out', manifest.dist.name), path)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
  return { path }
}

/** Why a Collector cannot be built here; `undefined` when it can. */
async function whyNot(builder: string): Promise<string | undefined> {
  let goVersion: string
  try {
    goVersion = (await run('go', ['env', 'GOVERSION'])).stdout.trim()
  } catch {
    return 'Go is not installed, so no Collector can be built'
  }
  const [major = 0, minor = 0] = goVersion.replace('go', '').split('.').map(Number)
  if (major === oldestGo[0] && minor < oldestGo[1]) return `${goVersion} is too old to build a Collector`
  try {
    await run('go', ['list', '-m', builder], { cwd: homedir(), timeout: 60_000 })
  } catch (error) {
    const { stderr = '' } = error as { stderr?: string }
    return `the Go modules of the Collector cannot be had: ${stderr.trim().split('\n').at(-1)}`
  }
  return undefined
}
