import { resolve } from 'node:path'
import { z } from 'zod'
import { ReceiverError } from '../errors.ts'
import type { StorageDefinition } from '../pipeline/component.ts'
import type { CheckpointEntry, CheckpointStore, Checkpoints } from './checkpoints.ts'

/** Checkpoints that are lost at exit: for a trial, a test, or sources that keep their position on the server. */
export const memoryStorage: StorageDefinition<Record<string, never>> = {
  type: 'memory_storage',
  summary: 'Positions in memory: lost at exit, for trials',
  schema: z.strictObject({}),
  deadLetterDirectory: () => resolve('dead-letter'),
  open: async () => createMemoryStore(),
}

export function createMemoryStore(): CheckpointStore {
  const components = new Map<string, Map<string, CheckpointEntry>>()
  let open = true

  function refuseWhenClosed(): void {
    if (!open) throw new ReceiverError('STORAGE_FAILED', 'Cannot use the store in memory: it is closed')
  }

  function entriesOf(component: string): Map<string, CheckpointEntry> {
    refuseWhenClosed()
    const entries = components.get(component) ?? new Map<string, CheckpointEntry>()
    components.set(component, entries)
    return entries
  }

  function scope(component: string): Checkpoints {
    return {
      load: async (key) => entriesOf(component).get(key)?.value,
      save: async (entries) => {
        const stored = entriesOf(component)
        const savedAtMs = Date.now()
        // Taken whole before anything is stored: an iterable that throws half-way leaves nothing behind.
        for (const [key, value] of [...entries]) stored.set(key, { key, value, savedAtMs })
      },
      remove: async (keys) => {
        const stored = entriesOf(component)
        for (const key of [...keys]) stored.delete(key)
      },
      list: async (prefix = '') =>
        [...entriesOf(component).values()]
          .filter(({ key }) => key.startsWith(prefix))
          .sort((a, b) => compareBytes(a.key, b.key)),
    }
  }

  return {
    scope,
    components: async () => {
      refuseWhenClosed()
      return [...components]
        .filter(([, entries]) => entries.size > 0)
        .map(([component]) => component)
        .sort(compareBytes)
    },
    close: async () => {
      open = false
    },
  }
}

/** The order of the UTF-8 bytes, as in SQLite. JavaScript's own would put emoji before U+E000 to U+FFFF. */
function compareBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b))
}
