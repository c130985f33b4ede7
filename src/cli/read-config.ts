import { readFile } from 'node:fs/promises'
import { type ConfigFault, formatFaults } from '../config/fault.ts'
import { type Loaded, loadConfig, type ServiceConfig } from '../config/load.ts'
import { ReceiverError } from '../errors.ts'
import { registry } from '../registry.ts'
import { type CommandIo, exitCodes, styleFor } from './command-io.ts'

export interface ConfigFlags {
  readonly config: string
  readonly json: boolean
}

/** @throws {ReceiverError} USAGE when there is no such file */
export async function readConfigFile(path: string, io: CommandIo): Promise<Loaded> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (cause) {
    const remedy = 'Give the path with --config. otel-config.example.yaml is a start.'
    throw new ReceiverError('USAGE', `Cannot read the configuration file "${path}"`, { cause, remedy })
  }
  return loadConfig(text, { path, env: io.env, registry })
}

/**
 * Reads a configuration for a command that needs it whole.
 * @returns the configuration, or, after its faults are reported, the exit code
 */
export async function requireConfig(
  flags: ConfigFlags,
  io: CommandIo,
): Promise<{ config: ServiceConfig } | { exitCode: number }> {
  const loaded = await readConfigFile(flags.config, io)
  if ('config' in loaded) return loaded
  reportFaults(flags, loaded.faults, io)
  return { exitCode: exitCodes.configInvalid }
}

/** Writes all faults to stderr: for people with their lines, or as one JSON object. */
export function reportFaults({ config: path, json }: ConfigFlags, faults: readonly ConfigFault[], io: CommandIo): void {
  const count = faults.length === 1 ? '1 fault' : `${faults.length} faults`
  const message = `${path} has ${count}`
  if (json) {
    io.stderr.write(`${JSON.stringify({ error: { code: 'CONFIG_INVALID', message, faults } })}\n`)
    return
  }
  const style = styleFor(io.stderr, io.env)
  const list = formatFaults(path, faults, (text) => style('bold', text))
  io.stderr.write(`${list}\n${style('red', 'CONFIG_INVALID')}: ${message}; nothing was started\n`)
}
