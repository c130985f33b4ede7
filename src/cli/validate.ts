import type { ServiceConfig } from '../config/load.ts'
import { type CommandIo, exitCodes, styleFor } from './command-io.ts'
import { type ConfigFlags, readConfigFile, reportFaults } from './read-config.ts'

/** `validate`: every fault of a configuration at once. Reads the file and what it refers to, and calls nobody. */
export async function validate(flags: ConfigFlags, io: CommandIo): Promise<number> {
  const loaded = await readConfigFile(flags.config, io)
  if ('faults' in loaded) {
    if (flags.json) io.stdout.write(`${JSON.stringify({ valid: false, faults: loaded.faults }, null, 2)}\n`)
    else reportFaults(flags, loaded.faults, io)
    return exitCodes.configInvalid
  }
  const { config } = loaded
  if (flags.json) {
    io.stdout.write(`${JSON.stringify({ valid: true, faults: [], warnings: config.warnings }, null, 2)}\n`)
    return exitCodes.done
  }
  const style = styleFor(io.stderr, io.env)
  for (const warning of config.warnings) io.stderr.write(`${style('yellow', 'warning')}: ${warning}\n`)
  io.stdout.write(`${flags.config} is valid\n${describePipelines(config)}`)
  return exitCodes.done
}

function describePipelines({ pipelines }: ServiceConfig): string {
  const lines = pipelines.map(({ id, receivers, processors, exporters }) => {
    const stages = [receivers, processors, exporters].filter((stage) => stage.length > 0)
    return `  ${id}: ${stages.map((stage) => stage.join(', ')).join(' → ')}\n`
  })
  return lines.join('')
}
