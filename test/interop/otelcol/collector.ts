import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { beforeEach, inject, onTestFinished } from 'vitest'
import { stringify } from 'yaml'

/** A Collector configuration as a tree. */
export type CollectorConfig = Record<string, Record<string, unknown>>

export interface Collector {
  /** Ends it and resolves when it is gone. SIGKILL leaves it no time for anything. */
  stop(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>
}

/** The Collector's program. Where there is none, every test of the calling file is skipped, with the reason. */
export function requireCollector(): string {
  const otelcol = inject('otelcol')
  if ('path' in otelcol) return otelcol.path
  beforeEach(({ skip }) => skip(otelcol.missing))
  return ''
}

/** A folder that is removed after the test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'interop-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('A TCP server without a port')
  return address.port
}

/**
 * Starts a Collector and resolves when it says that it receives. It is ended with the test at the latest.
 * @param folder where its configuration is written
 * @throws {Error} with what it printed, when it ends instead
 */
export async function startCollector(
  program: string,
  config: CollectorConfig,
  folder: string,
  env: Record<string, string> = {},
): Promise<Collector> {
  const file = await writeConfig(config, folder)
  const child = spawn(program, ['--config', file], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const gone = once(child, 'exit')
  const collector: Collector = {
    async stop(signal) {
      child.kill(signal)
      await gone
    },
  }
  onTestFinished(() => collector.stop('SIGKILL'))

  const printed: string[] = []
  const lines = createInterface(child.stderr)
  await new Promise<void>((resolve, reject) => {
    lines.on('line', (line) => {
      printed.push(line)
      if (line.includes('Everything is ready')) resolve()
    })
    gone.then(() => reject(new Error(`The Collector ended instead of starting:\n${printed.join('\n')}`)), reject)
  })
  return collector
}

/** What the Collector finds wrong with a configuration; empty when nothing. */
export async function validateConfig(
  program: string,
  config: CollectorConfig,
  folder: string,
  env: Record<string, string>,
): Promise<string> {
  const file = await writeConfig(config, folder)
  try {
    await promisify(execFile)(program, ['validate', '--config', file], { env: { ...process.env, ...env } })
    return ''
  } catch (error) {
    return String((error as { stderr?: string }).stderr || error)
  }
}

async function writeConfig(config: CollectorConfig, folder: string): Promise<string> {
  const file = join(folder, 'collector.yaml')
  const { telemetry, ...service } = config['service'] ?? {}
  // Its own metrics would be served on a fixed port.
  const quiet = { ...(telemetry as object | undefined), metrics: { level: 'none' } }
  await writeFile(file, stringify({ ...config, service: { ...service, telemetry: quiet } }))
  return file
}

/**
 * A configuration that writes what arrives on a port into a file, and answers only when it is written: `rotation` is
 * there because without it the exporter keeps up to a second of answered records in memory, and empties the file at a start.
 */
export function toFile(port: number, path: string): CollectorConfig {
  const pipeline = { receivers: ['otlp'], processors: ['memory_limiter'], exporters: ['file'] }
  return {
    receivers: { otlp: { protocols: { http: { endpoint: `127.0.0.1:${port}` } } } },
    processors: { memory_limiter: { check_interval: '1s', limit_mib: 256 } },
    exporters: { file: { path, rotation: { max_megabytes: 1000 } } },
    service: { pipelines: { logs: pipeline, metrics: pipeline } },
  }
}

export interface WrittenAttribute {
  readonly key: string
  readonly value: unknown
}
export interface WrittenRecord {
  readonly attributes: readonly WrittenAttribute[]
}
export interface WrittenRequest {
  readonly resourceLogs: readonly {
    readonly resource: { readonly attributes: readonly WrittenAttribute[] }
    readonly scopeLogs: readonly { readonly scope: object; readonly logRecords: readonly WrittenRecord[] }[]
  }[]
}

/** The requests in a file of OTLP JSON lines; none when it is not there yet. */
export async function readRequests(path: string): Promise<WrittenRequest[]> {
  const text = await readFile(path, 'utf8').catch((error) => {
    if (error.code === 'ENOENT') return ''
    throw error
  })
  return (
    text
      // The Collector's exporter writes a line and its end separately; one that was killed between them left no end.
      .replaceAll('}{"resourceLogs"', '}\n{"resourceLogs"')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line))
  )
}

export const recordsOf = (requests: readonly WrittenRequest[]): WrittenRecord[] =>
  requests.flatMap(({ resourceLogs }) =>
    resourceLogs.flatMap(({ scopeLogs }) => scopeLogs.flatMap(({ logRecords }) => logRecords)),
  )

/** `log.record.uid` of each record, in order. */
export const uidsOf = (records: readonly WrittenRecord[]): string[] =>
  records.map(({ attributes }) => {
    const value = attributes.find(({ key }) => key === 'log.record.uid')?.value as { stringValue?: string } | undefined
    return value?.stringValue ?? 'none'
  })
