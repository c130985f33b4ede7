import type { StorageDefinition } from './pipeline/component.ts'
import { memoryStorage } from './storage/memory.ts'
import { fileStorage } from './storage/sqlite/file-storage.ts'

/** Every store a configuration can name under `extensions`. */
export const storageDefinitions: readonly StorageDefinition<unknown>[] = [fileStorage, memoryStorage]
