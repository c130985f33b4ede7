import type { DatabaseSync } from 'node:sqlite'
import { describeError, ReceiverError } from '../../errors.ts'

/**
 * The layout, one entry per version: entry n brings a database from version n to n + 1 (`PRAGMA user_version`). Entries
 * are only ever added. Text compares by its UTF-8 bytes, which is the order `list` promises.
 */
const migrations: readonly string[] = [
  `CREATE TABLE checkpoints (
     component   TEXT NOT NULL,
     key         TEXT NOT NULL,
     value       TEXT NOT NULL,
     saved_at_ms INTEGER NOT NULL,
     PRIMARY KEY (component, key)
   ) STRICT, WITHOUT ROWID`,
]

/**
 * Opens a checkpoint database for this process alone, made durable and brought to the newest layout.
 *
 * The lock is SQLite's own on the file, which the operating system takes back when the process dies, however it dies.
 * On POSIX systems it also goes when this process opens and closes the same file by other means: so nothing in this
 * program reads the file except through the connection.
 *
 * @throws {ReceiverError} STORAGE_LOCKED, STORAGE_VERSION, STORAGE_FAILED
 */
export function openDatabase(path: string): DatabaseSync {
  const { DatabaseSync } = loadSqlite()
  let database: DatabaseSync | undefined
  try {
    database = new DatabaseSync(path)
    // The exclusive mode comes first: then the write-ahead log needs no shared memory, and the first access locks the file.
    database.exec('PRAGMA busy_timeout = 0; PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL')
    // FULL: a commit is on the disk before it returns. On macOS only fullfsync gets it past the drive's cache.
    database.exec('PRAGMA synchronous = FULL; PRAGMA fullfsync = ON')
    migrate(database, path)
    checkIntegrity(database, path)
    return database
  } catch (error) {
    database?.close()
    throw storageError('open', path, error)
  }
}

function migrate(database: DatabaseSync, path: string): void {
  database.exec('BEGIN IMMEDIATE')
  const version = Number(database.prepare('PRAGMA user_version').get()?.['user_version'])
  if (version > migrations.length) {
    throw new ReceiverError(
      'STORAGE_VERSION',
      `Cannot open "${path}": its layout has version ${version}, this release knows up to ${migrations.length}`,
    )
  }
  if (version === 0 && database.prepare('SELECT name FROM sqlite_schema').get() !== undefined) {
    throw new ReceiverError('STORAGE_FAILED', `Cannot open "${path}": it is a database of another program`, {
      remedy: 'Give the store a directory of its own.',
    })
  }
  for (const migration of migrations.slice(version)) database.exec(migration)
  database.exec(`PRAGMA user_version = ${migrations.length}`)
  database.exec('COMMIT')
}

/** Damage is found now and said, not when a position is missed. A store is small: this takes milliseconds. */
function checkIntegrity(database: DatabaseSync, path: string): void {
  const verdict = database.prepare('PRAGMA quick_check(1)').get()?.['quick_check']
  if (verdict !== 'ok') {
    throw new ReceiverError('STORAGE_FAILED', `Cannot open "${path}": ${verdict}`, { remedy: damagedRemedy })
  }
}

const damagedRemedy =
  'Restore the file from a backup, or move it away: reading then begins at `start_at` of each receiver.'

/** Primary result codes, https://www.sqlite.org/rescode.html */
const remedies: ReadonlyMap<number, string> = new Map([
  [8, 'Make the directory and its files writable for the user this process runs as.'],
  [10, 'Check the disk: space, quota, file size limit, hardware.'],
  [11, damagedRemedy],
  [13, 'Free some space on the disk.'],
  [14, 'Make the directory and its files readable and writable for the user this process runs as.'],
  [26, damagedRemedy],
])
const SQLITE_BUSY = 5

/** Turns what SQLite or the file system threw into our error; errors of ours pass unchanged. */
export function storageError(attempt: string, path: string, error: unknown): ReceiverError {
  if (error instanceof ReceiverError) return error
  const extended = error instanceof Error && 'errcode' in error ? Number(error.errcode) : 0
  const resultCode = extended & 0xff
  const message = `Cannot ${attempt} "${path}": ${describeError(error)}`
  if (resultCode === SQLITE_BUSY) return new ReceiverError('STORAGE_LOCKED', message, { cause: error })
  const remedy = remedies.get(resultCode)
  return new ReceiverError('STORAGE_FAILED', message, { cause: error, ...(remedy === undefined ? {} : { remedy }) })
}

/**
 * `node:sqlite`, loaded on first use. Node 22 prints an ExperimentalWarning while it loads; that one line is held back,
 * as it would be the first thing every user sees. Loading is synchronous, so no other warning can fall into the gap.
 */
function loadSqlite(): typeof import('node:sqlite') {
  const emitWarning = process.emitWarning
  process.emitWarning = (warning: string | Error, ...rest: unknown[]) => {
    if (rest[0] === 'ExperimentalWarning' && String(warning).startsWith('SQLite')) return
    Reflect.apply(emitWarning, process, [warning, ...rest])
  }
  try {
    return process.getBuiltinModule('node:sqlite')
  } finally {
    process.emitWarning = emitWarning
  }
}
