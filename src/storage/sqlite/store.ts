import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { ReceiverError } from '../../errors.ts'
import type { CheckpointEntry, CheckpointStore, Checkpoints } from '../checkpoints.ts'
import { storageError } from './database.ts'

/** One row to write; `value` undefined removes it. */
interface Write {
  readonly component: string
  readonly key: string
  readonly value: string | undefined
  readonly savedAtMs: number
}

/** What the next transaction will hold, and the promise of all who asked for it. */
interface Group {
  readonly writes: Write[]
  readonly committed: PromiseWithResolvers<void>
}

/** Writing to the disk stops the event loop. It may do so for one part in 25 of the time, unless the disk is slow. */
const IDLE_PER_COMMIT = 24
/** What is saved waits no longer than this for others, but where a commit takes more than a fifth of it. */
const LONGEST_WAIT_MS = 100
const LEAST_IDLE_PER_COMMIT = 4

/**
 * Checkpoints in an open SQLite database.
 *
 * A commit costs a wait for the disk, whatever it holds, and many shards save at about the same time. So everything
 * that is saved or removed in one turn of the event loop, by any component, becomes one transaction in the order of the
 * calls; on a slow disk the turns of a few commits' time are put together.
 */
export class SqliteStore implements CheckpointStore {
  readonly #database: DatabaseSync
  readonly #path: string
  readonly #upsert: StatementSync
  readonly #delete: StatementSync
  readonly #select: StatementSync
  readonly #selectFrom: StatementSync
  readonly #selectComponents: StatementSync
  #open = true
  #group: Group | undefined
  #cancelFlush: () => void = () => {}
  #nextCommitAtMs = 0

  /** Takes the database over; `path` is for messages. */
  constructor(database: DatabaseSync, path: string) {
    this.#database = database
    this.#path = path
    this.#upsert = database.prepare(
      `INSERT INTO checkpoints (component, key, value, saved_at_ms) VALUES (?, ?, ?, ?)
       ON CONFLICT (component, key) DO UPDATE SET value = excluded.value, saved_at_ms = excluded.saved_at_ms`,
    )
    this.#delete = database.prepare('DELETE FROM checkpoints WHERE component = ? AND key = ?')
    this.#select = database.prepare('SELECT value FROM checkpoints WHERE component = ? AND key = ?')
    this.#selectFrom = database.prepare(
      'SELECT key, value, saved_at_ms FROM checkpoints WHERE component = ? AND key >= ? ORDER BY key',
    )
    this.#selectComponents = database.prepare('SELECT DISTINCT component FROM checkpoints ORDER BY component')
  }

  scope(component: string): Checkpoints {
    return {
      load: async (key) =>
        this.#read(() => {
          const row = this.#select.get(component, key)
          return row === undefined ? undefined : String(row['value'])
        }),
      save: async (entries) => {
        const savedAtMs = Date.now()
        return this.#write(Array.from(entries, ([key, value]) => ({ component, key, value, savedAtMs })))
      },
      remove: async (keys) =>
        this.#write(Array.from(keys, (key) => ({ component, key, value: undefined, savedAtMs: 0 }))),
      list: async (prefix = '') => this.#read(() => this.#list(component, prefix)),
    }
  }

  async components(): Promise<string[]> {
    return this.#read(() => this.#selectComponents.all().map((row) => String(row['component'])))
  }

  async close(): Promise<void> {
    if (!this.#open) return
    this.#commit()
    this.#open = false
    this.#database.close()
  }

  /** Keys are sorted and those with the prefix stand together, so reading ends at the first without it. */
  #list(component: string, prefix: string): CheckpointEntry[] {
    const entries: CheckpointEntry[] = []
    for (const row of this.#selectFrom.iterate(component, prefix)) {
      const key = String(row['key'])
      if (!key.startsWith(prefix)) break
      entries.push({ key, value: String(row['value']), savedAtMs: Number(row['saved_at_ms']) })
    }
    return entries
  }

  #read<T>(query: () => T): T {
    this.#refuseWhenClosed('read')
    // What was saved before must be seen.
    this.#commit()
    try {
      return query()
    } catch (error) {
      throw storageError('read', this.#path, error)
    }
  }

  #write(writes: readonly Write[]): Promise<void> {
    this.#refuseWhenClosed('write')
    if (this.#group === undefined) {
      this.#group = { writes: [], committed: Promise.withResolvers() }
      this.#scheduleCommit()
    }
    for (const write of writes) this.#group.writes.push(write)
    return this.#group.committed.promise
  }

  #scheduleCommit(): void {
    const waitMs = this.#nextCommitAtMs - performance.now()
    if (waitMs > 1) {
      const timer = setTimeout(() => this.#commit(), waitMs)
      this.#cancelFlush = () => clearTimeout(timer)
    } else {
      const immediate = setImmediate(() => this.#commit())
      this.#cancelFlush = () => clearImmediate(immediate)
    }
  }

  /** Never throws: those who wait for the group are told. */
  #commit(): void {
    const group = this.#group
    if (group === undefined) return
    this.#group = undefined
    this.#cancelFlush()
    const startMs = performance.now()
    try {
      this.#database.exec('BEGIN')
      for (const { component, key, value, savedAtMs } of group.writes) {
        if (value === undefined) this.#delete.run(component, key)
        else this.#upsert.run(component, key, value, savedAtMs)
      }
      this.#database.exec('COMMIT')
      group.committed.resolve()
    } catch (error) {
      this.#rollBack()
      group.committed.reject(storageError('write', this.#path, error))
    }
    const endMs = performance.now()
    const tookMs = endMs - startMs
    this.#nextCommitAtMs =
      endMs + Math.max(LEAST_IDLE_PER_COMMIT * tookMs, Math.min(LONGEST_WAIT_MS, IDLE_PER_COMMIT * tookMs))
  }

  #rollBack(): void {
    try {
      this.#database.exec('ROLLBACK')
    } catch {
      // After a full disk or an I/O error SQLite has rolled back by itself, and says there is nothing left to do.
    }
  }

  #refuseWhenClosed(attempt: string): void {
    if (!this.#open) throw new ReceiverError('STORAGE_FAILED', `Cannot ${attempt} "${this.#path}": the store is closed`)
  }
}
