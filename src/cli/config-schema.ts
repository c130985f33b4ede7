import { configJsonSchema } from '../config/json-schema.ts'
import { registry } from '../registry.ts'
import { type CommandIo, exitCodes } from './command-io.ts'

/** `config schema`: the JSON schema of a configuration file. */
export function printSchema(io: CommandIo): number {
  io.stdout.write(`${JSON.stringify(configJsonSchema(registry), null, 2)}\n`)
  return exitCodes.done
}
