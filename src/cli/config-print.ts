import { maskSecrets } from '../config/mask.ts'
import { type CommandIo, exitCodes } from './command-io.ts'
import { type ConfigFlags, requireConfig } from './read-config.ts'

/** `config print`: the configuration as it is after substitution and merging, with secrets masked. */
export async function printConfig(flags: ConfigFlags, io: CommandIo): Promise<number> {
  const loaded = await requireConfig(flags, io)
  if ('exitCode' in loaded) return loaded.exitCode
  const shown = maskSecrets(loaded.config.written)
  if (flags.json) {
    io.stdout.write(`${JSON.stringify(shown, null, 2)}\n`)
  } else {
    const { stringify } = await import('yaml')
    io.stdout.write(stringify(shown, { aliasDuplicateObjects: false, lineWidth: 120 }))
  }
  return exitCodes.done
}
