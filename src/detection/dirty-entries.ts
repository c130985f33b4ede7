import type { Checkpoints } from '../storage/checkpoints.ts'

/** Keeps what changed in memory apart from what is stored, so that a save writes only that. */
export interface DirtyEntries {
  /** The entry has another value than the stored one, or is gone. */
  changed(key: string): void
  /** Resolves once all that changed before the call is durable, also what an earlier call is still writing. */
  save(): Promise<void>
}

/** @param contentOf the value of a changed entry at the time it is written; `undefined` when it is gone */
export function createDirtyEntries(
  checkpoints: Pick<Checkpoints, 'save' | 'remove'>,
  contentOf: (key: string) => string | undefined,
): DirtyEntries {
  const dirty = new Set<string>()
  const underWay = new Set<Promise<void>>()

  async function write(keys: readonly string[]): Promise<void> {
    const entries: [string, string][] = []
    const gone: string[] = []
    for (const key of keys) {
      const value = contentOf(key)
      if (value === undefined) gone.push(key)
      else entries.push([key, value])
    }
    try {
      await Promise.all([
        ...(entries.length > 0 ? [checkpoints.save(entries)] : []),
        // What is left behind by a crash in between is too much, never too little.
        ...(gone.length > 0 ? [checkpoints.remove(gone)] : []),
      ])
    } catch (error) {
      for (const key of keys) dirty.add(key)
      throw error
    }
  }

  return {
    changed: (key) => void dirty.add(key),
    async save() {
      const keys = [...dirty]
      dirty.clear()
      if (keys.length > 0) {
        const writing = write(keys)
        underWay.add(writing)
        const done = () => void underWay.delete(writing)
        writing.then(done, done)
      }
      await Promise.all(underWay)
    },
  }
}
