import { mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { ReceiverError } from '../../errors.ts'
import type { StorageDefinition } from '../../pipeline/component.ts'
import { openDatabase, storageError } from './database.ts'
import { SqliteStore } from './store.ts'

export interface FileStorageOptions {
  /** Folder of the store, relative to the working directory; created when it is not there. */
  directory: string
}

const DATABASE_FILE = 'checkpoints.sqlite'
const OWNER_FILE = 'checkpoints.owner.json'

/** Who holds the store, or held it last. Only for people: the lock itself is on the database. */
const ownerSchema = z.object({ pid: z.number(), host: z.string(), startedAt: z.string() })

/** Checkpoints in a SQLite file. Survives a kill and a power cut; one process at a time. */
export const fileStorage: StorageDefinition<FileStorageOptions> = {
  type: 'file_storage',
  summary: 'Positions in a SQLite file: crash-safe, one process at a time',
  schema: z.strictObject({
    directory: z
      .string()
      .min(1)
      .describe('Folder of the store, relative to the working directory; created when it is not there'),
  }),
  deadLetterDirectory: ({ directory }) => join(resolve(directory), 'dead-letter'),
  async open(options, { log }) {
    const directory = resolve(options.directory)
    const databasePath = join(directory, DATABASE_FILE)
    const ownerPath = join(directory, OWNER_FILE)
    const sizeBefore = await prepareDirectory(directory, databasePath)
    if (sizeBefore === 0) await refuseEmptied(databasePath, ownerPath)

    const database = await openOrNameHolder(databasePath, directory, ownerPath)
    const store = new SqliteStore(database, databasePath)
    try {
      await writeOwner(ownerPath)
    } catch (error) {
      await store.close()
      throw storageError('write', ownerPath, error)
    }
    log.info(sizeBefore === undefined ? 'New store of positions created' : 'Store of positions opened', {
      path: databasePath,
    })
    return store
  },
}

/** Size of the database file; `undefined` when there is none yet. */
async function prepareDirectory(directory: string, databasePath: string): Promise<number | undefined> {
  try {
    await mkdir(directory, { recursive: true })
    return (await stat(databasePath)).size
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw storageError('open', directory, error)
  }
}

/**
 * SQLite takes an empty file for a new database. It is one when the very first start was killed; but where a store was
 * open before, something cut the file, and beginning anew in silence would lose the positions.
 */
async function refuseEmptied(databasePath: string, ownerPath: string): Promise<void> {
  const usedBefore = await stat(ownerPath).then(
    () => true,
    () => false,
  )
  if (!usedBefore) return
  throw new ReceiverError('STORAGE_FAILED', `Cannot open "${databasePath}": the file is empty but was in use before`, {
    remedy: `Restore it from a backup, or remove it: reading then begins at \`start_at\` of each receiver.`,
  })
}

async function openOrNameHolder(databasePath: string, directory: string, ownerPath: string) {
  try {
    return openDatabase(databasePath)
  } catch (error) {
    if (!(error instanceof ReceiverError) || error.code !== 'STORAGE_LOCKED') throw error
    const holder = await readOwner(ownerPath)
    throw new ReceiverError('STORAGE_LOCKED', `Cannot open the store in "${directory}": ${holder} holds it`, {
      cause: error,
    })
  }
}

async function writeOwner(ownerPath: string): Promise<void> {
  const owner = { pid: process.pid, host: hostname(), startedAt: new Date().toISOString() }
  // Renamed into place, so that a process that is refused never reads half a file.
  await writeFile(`${ownerPath}.new`, `${JSON.stringify(owner)}\n`)
  await rename(`${ownerPath}.new`, ownerPath)
}

async function readOwner(ownerPath: string): Promise<string> {
  try {
    const owner = ownerSchema.parse(JSON.parse(await readFile(ownerPath, 'utf8')))
    return `process ${owner.pid} on ${owner.host}, since ${owner.startedAt},`
  } catch {
    return 'another process'
  }
}
