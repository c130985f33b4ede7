import { systemClock } from '../clock.ts'
import { ReceiverError } from '../errors.ts'
import type { CheckpointStore } from '../storage/checkpoints.ts'
import { createLogger } from '../telemetry/logger.ts'
import { createStreamSink } from '../telemetry/stream-sink.ts'
import { type CommandIo, exitCodes } from './command-io.ts'
import { type ConfigFlags, requireConfig } from './read-config.ts'
import { textTable } from './text-table.ts'

export interface StateShowFlags extends ConfigFlags {
  readonly component?: string | undefined
}

/**
 * `state show`: the positions in the store that a configuration names.
 * @throws {ReceiverError} STORAGE_LOCKED while the receiver runs
 */
export async function showState(flags: StateShowFlags, io: CommandIo): Promise<number> {
  return withStore(flags, io, async (store) => {
    const components = flags.component === undefined ? await store.components() : [flags.component]
    const rows = await Promise.all(
      components.map(async (component) => {
        const entries = await store.scope(component).list()
        return entries.map(({ key, value, savedAtMs }) => ({
          component,
          key,
          value,
          savedAt: new Date(savedAtMs).toISOString(),
        }))
      }),
    )
    const entries = rows.flat()
    if (flags.json) io.stdout.write(`${JSON.stringify(entries, null, 2)}\n`)
    else if (entries.length === 0) io.stdout.write('The store holds no positions\n')
    else {
      const lines = entries.map(({ component, key, value, savedAt }) => [component, key, savedAt, shorten(value)])
      io.stdout.write(textTable([['COMPONENT', 'KEY', 'SAVED AT', 'VALUE'], ...lines]))
    }
    return exitCodes.done
  })
}

/** Some values are for programs only, such as the marks of 20,000 series. */
const shorten = (value: string) => (value.length > 200 ? `${value.slice(0, 60)}… (${value.length} characters)` : value)

export interface StateResetFlags extends ConfigFlags {
  readonly component: string
  /** Absent: every key of the component. */
  readonly key?: string | undefined
  readonly yes: boolean
}

/**
 * `state reset`: removes positions, so that reading begins at `start_at` again. Without `yes` it only tells what it
 * would remove.
 */
export async function resetState(flags: StateResetFlags, io: CommandIo): Promise<number> {
  return withStore(flags, io, async (store) => {
    const scope = store.scope(flags.component)
    const keys = (await scope.list())
      .map((entry) => entry.key)
      .filter((key) => flags.key === undefined || key === flags.key)
    if (keys.length === 0) {
      const known = (await store.components()).join(', ') || 'none'
      throw new ReceiverError('USAGE', `The store has no position "${flags.key ?? '*'}" of "${flags.component}"`, {
        remedy: `Components with positions: ${known}. \`state show\` lists their keys.`,
      })
    }
    if (!flags.yes) {
      throw new ReceiverError('USAGE', `This would remove ${counted(keys)}: ${keys.join(', ')}`, {
        remedy: 'Add --yes to remove them. Reading then begins at `start_at`; what was read before may come again.',
      })
    }
    await scope.remove(keys)
    io.stdout.write(flags.json ? `${JSON.stringify({ removed: keys })}\n` : `Removed ${counted(keys)}\n`)
    return exitCodes.done
  })
}

const counted = ({ length }: readonly string[]) => (length === 1 ? '1 position' : `${length} positions`)

async function withStore(
  flags: ConfigFlags,
  io: CommandIo,
  use: (store: CheckpointStore) => Promise<number>,
): Promise<number> {
  const loaded = await requireConfig(flags, io)
  if ('exitCode' in loaded) return loaded.exitCode
  const { id, definition, options } = loaded.config.storage
  const sink = createStreamSink({ stream: io.stderr, format: 'auto', env: io.env })
  const { log } = createLogger({ level: 'warn', sinks: [sink], clock: systemClock })
  const store = await definition.open(options, { id, log })
  try {
    return await use(store)
  } finally {
    await store.close()
  }
}
