import type { Registry } from '../registry.ts'
import { registry } from '../registry.ts'
import { type CommandIo, exitCodes } from './command-io.ts'
import { textTable } from './text-table.ts'

interface ListedComponent {
  readonly kind: 'receiver' | 'processor' | 'exporter' | 'extension'
  readonly type: string
  readonly aliases: readonly string[]
  readonly signals: readonly string[]
  readonly summary: string
}

/** `components`: everything a configuration can name. */
export function printComponents(flags: { readonly json: boolean }, io: CommandIo): number {
  const components = listComponents(registry)
  if (flags.json) {
    io.stdout.write(`${JSON.stringify(components, null, 2)}\n`)
    return exitCodes.done
  }
  const rows = components.map(({ kind, type, aliases, signals, summary }) => {
    const names = aliases.length === 0 ? type : `${type} (also ${aliases.join(', ')})`
    return [kind, names, signals.join(', '), summary]
  })
  io.stdout.write(textTable([['KIND', 'TYPE', 'SIGNALS', 'WHAT IT DOES'], ...rows]))
  return exitCodes.done
}

function listComponents({ receivers, processors, exporters, storages, healthCheck }: Registry): ListedComponent[] {
  const list = (
    kind: ListedComponent['kind'],
    definitions: readonly (Pick<ListedComponent, 'type' | 'summary'> & Partial<ListedComponent>)[],
  ) => definitions.map(({ type, aliases = [], signals = [], summary }) => ({ kind, type, aliases, signals, summary }))
  return [
    ...list('receiver', receivers),
    ...list('processor', processors),
    ...list('exporter', exporters),
    ...list('extension', [...storages, healthCheck]),
  ]
}
