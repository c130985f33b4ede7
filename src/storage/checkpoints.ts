/**
 * The checkpoint contract. A value is a short text only its writer understands (a cursor, a JSON document).
 *
 * - `load` tells "none yet" (`undefined`) from "could not be read" (rejects with STORAGE_FAILED).
 * - `save` resolves once the values would survive a power cut; all entries of one call are saved, or none.
 *   Calls take effect in the order they were made.
 */
export interface Checkpoints {
  load(key: string): Promise<string | undefined>
  save(entries: Iterable<readonly [key: string, value: string]>): Promise<void>
  remove(keys: Iterable<string>): Promise<void>
  /** All entries whose key starts with `prefix`, in the order of their keys. */
  list(prefix?: string): Promise<CheckpointEntry[]>
}

export interface CheckpointEntry {
  readonly key: string
  readonly value: string
  /** When it was saved, milliseconds since the epoch. */
  readonly savedAtMs: number
}

/** An open store. One process holds it at a time; a second one is refused at `open` with STORAGE_LOCKED. */
export interface CheckpointStore {
  /** The checkpoints of one component; two components never see each other's keys. */
  scope(componentId: string): Checkpoints
  /** The components that have checkpoints, sorted. */
  components(): Promise<string[]>
  /** Finishes the writes under way and releases the store. Later calls reject. */
  close(): Promise<void>
}
