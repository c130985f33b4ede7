import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { mkdir, mkdtemp, rm, truncate, writeFile } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { createInterface } from 'node:readline'
import { DatabaseSync } from 'node:sqlite'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { CheckpointStore } from '../../../src/storage/checkpoints.ts'
import { fileStorage } from '../../../src/storage/sqlite/file-storage.ts'
import type { Log } from '../../../src/telemetry/log.ts'
import { checkpointStoreContract } from '../contract.ts'

const saver = join(import.meta.dirname, 'saver.ts')

let folder: string
let databasePath: string
const stores: CheckpointStore[] = []
const children: ChildProcess[] = []
const info = vi.fn<Log['info']>()
const log: Log = { debug: vi.fn(), info, warn: vi.fn(), error: vi.fn(), with: () => log }

async function open(directory = folder): Promise<CheckpointStore> {
  const store = await fileStorage.open({ directory }, { id: 'file_storage', log })
  stores.push(store)
  return store
}

function spawnSaver(): ChildProcess {
  const child = spawn(process.execPath, [saver, folder], { stdio: ['ignore', 'pipe', 'inherit'] })
  children.push(child)
  return child
}

/** Resolves with the lines once `count` of them have come, and goes on collecting into the same list. */
async function collectLines(child: ChildProcess, count: number): Promise<string[]> {
  if (child.stdout === null) throw new Error('the child has no stdout')
  const lines: string[] = []
  const reader = createInterface(child.stdout)
  await new Promise<void>((resolve, reject) => {
    reader.on('line', (line) => {
      lines.push(line)
      if (lines.length === count) resolve()
    })
    reader.on('close', () => reject(new Error(`the child ended after ${lines.length} lines`)))
  })
  return lines
}

beforeEach(async () => {
  info.mockClear()
  folder = await mkdtemp(join(tmpdir(), 'file-storage-'))
  databasePath = join(folder, 'checkpoints.sqlite')
})

afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue
    child.kill('SIGKILL')
    await once(child, 'close')
  }
  for (const store of stores.splice(0)) await store.close()
  await rm(folder, { recursive: true, force: true })
})

describe('file_storage, as a checkpoint store', () => {
  checkpointStoreContract(() => open())
})

describe('file_storage', () => {
  it('needs a directory', () => {
    expect(fileStorage.schema.parse({ directory: './state' })).toEqual({ directory: './state' })
    for (const raw of [{}, { directory: '' }, { directory: 5 }, { directory: 'x', path: 'y' }]) {
      expect(fileStorage.schema.safeParse(raw).success).toBe(false)
    }
  })

  it('takes the directory relative to the working directory and creates it', async () => {
    const nested = join(folder, 'not', 'there', 'yet')
    const store = await open(relative(process.cwd(), nested))
    await store.scope('a').save([['k', 'v']])
    expect(existsSync(join(nested, 'checkpoints.sqlite'))).toBe(true)
    expect(fileStorage.deadLetterDirectory({ directory: relative(process.cwd(), nested) })).toBe(
      join(nested, 'dead-letter'),
    )
  })

  it('keeps what was saved over a close, and says whether it began anew', async () => {
    const first = await open()
    await first.scope('a').save([['k', 'v']])
    await first.close()
    const second = await open()
    expect(await second.scope('a').load('k')).toBe('v')
    expect(info.mock.calls.map(([message]) => message)).toEqual([
      'New store of positions created',
      'Store of positions opened',
    ])
  })

  it('leaves one plain SQLite file that any tool can read', async () => {
    const store = await open()
    await store.scope('alibabacloud_sls').save([['shard/0', 'cursor']])
    await store.close()
    expect(readdirSync(folder).sort()).toEqual(['checkpoints.owner.json', 'checkpoints.sqlite'])
    const tool = new DatabaseSync(databasePath)
    expect(tool.prepare('SELECT component, key, value FROM checkpoints').all()).toEqual([
      { component: 'alibabacloud_sls', key: 'shard/0', value: 'cursor' },
    ])
    expect(tool.prepare('PRAGMA user_version').get()).toEqual({ user_version: 1 })
    tool.close()
  })

  it('puts all saves and removals of one turn of the event loop into one transaction', async () => {
    const store = await open()
    await store.scope('warm').save([['up', '1']])
    const before = countCommits()
    await Promise.all(
      Array.from({ length: 100 }, (_, index) => {
        const scope = store.scope(`component/${index % 10}`)
        return index % 3 === 0 ? scope.remove(['k']) : scope.save([['k', String(index)]])
      }),
    )
    expect(countCommits() - before).toBe(1)
    await store.scope('a').save([['k', '1']])
    await store.scope('a').save([['k', '2']])
    expect(countCommits() - before).toBe(3)
  })

  it('puts several turns into one transaction while the disk is slow', async () => {
    const checkpoints = (await open()).scope('a')
    // What takes long to write stands for the slow disk.
    await checkpoints.save(Array.from({ length: 20_000 }, (_, index) => [`k${index}`, 'v'] as const))
    const before = countCommits()
    const first = checkpoints.save([['k0', 'first']])
    await nextTurn()
    const second = checkpoints.save([['k0', 'second']])
    await Promise.all([first, second])
    expect(countCommits() - before).toBe(1)
    expect(await checkpoints.load('k0')).toBe('second')
  })

  it('still has everything whose save resolved after kill -9 in the middle of the work', async () => {
    const child = spawnSaver()
    const lines = await collectLines(child, 200)
    child.kill('SIGKILL')
    await once(child, 'close')
    const saved = lines.length
    expect(saved).toBeGreaterThanOrEqual(200)

    const checkpoints = (await open()).scope('saver')
    for (const line of lines) expect(await checkpoints.load(`number/${line}`)).toBe(`${line} `)
    // Both saves of a turn are there, or neither.
    const stored = (await checkpoints.list('number/')).length
    expect(stored).toBeGreaterThanOrEqual(saved)
    expect(await checkpoints.load('last')).toBe(`${stored - 1} `)
  })

  it('refuses a second process, names the first, and lets it in once the first is killed', async () => {
    const child = spawnSaver()
    await collectLines(child, 1)
    await expect(open()).rejects.toMatchObject({
      code: 'STORAGE_LOCKED',
      message: expect.stringMatching(
        `^Cannot open the store in "${folder}": process ${child.pid} on ${hostname()}, since 20.+Z, holds it$`,
      ),
    })
    child.kill('SIGKILL')
    await once(child, 'close')
    expect(await (await open()).scope('saver').load('number/0')).toBe('0 ')
  })

  it('refuses to open the same directory twice in one process', async () => {
    await open()
    await expect(open()).rejects.toMatchObject({
      code: 'STORAGE_LOCKED',
      message: expect.stringContaining(`process ${process.pid} on`),
    })
  })

  it('refuses even when nobody can tell who holds it', async () => {
    await open()
    await writeFile(join(folder, 'checkpoints.owner.json'), 'half a f')
    await expect(open()).rejects.toMatchObject({
      code: 'STORAGE_LOCKED',
      message: expect.stringContaining('another process holds it'),
    })
  })

  it('refuses a layout of a newer release and leaves it as it is', async () => {
    await (await open()).close()
    const newer = new DatabaseSync(databasePath)
    newer.exec('PRAGMA user_version = 2')
    newer.close()
    for (let attempt = 0; attempt < 2; attempt++) {
      await expect(open()).rejects.toMatchObject({
        code: 'STORAGE_VERSION',
        message: `Cannot open "${databasePath}": its layout has version 2, this release knows up to 1`,
      })
    }
  })

  it('refuses a database of another program', async () => {
    const other = new DatabaseSync(databasePath)
    other.exec('CREATE TABLE bookmarks (url TEXT)')
    other.close()
    await expect(open()).rejects.toMatchObject({
      code: 'STORAGE_FAILED',
      message: expect.stringContaining('another program'),
    })
  })

  it('refuses a file that is not a database, and does not touch it', async () => {
    const text = 'this is not a database at all, but it is longer than a header'
    await writeFile(databasePath, text)
    await expect(open()).rejects.toMatchObject({
      code: 'STORAGE_FAILED',
      message: `Cannot open "${databasePath}": file is not a database`,
      remedy: expect.stringContaining('backup'),
    })
    expect(readFileSync(databasePath, 'utf8')).toBe(text)
  })

  it('refuses a database with a damaged page', async () => {
    const store = await open()
    await store.scope('a').save(Array.from({ length: 2_000 }, (_, index) => [`k${index}`, 'v'.repeat(50)] as const))
    await store.close()
    const bytes = readFileSync(databasePath)
    bytes.fill(0xff, 8 * 4096, 10 * 4096)
    await writeFile(databasePath, bytes)
    await expect(open()).rejects.toMatchObject({
      code: 'STORAGE_FAILED',
      remedy: expect.stringContaining('backup'),
    })
  })

  it('does not take a store that was cut to nothing for a new one', async () => {
    await (await open()).close()
    await truncate(databasePath, 0)
    await expect(open()).rejects.toMatchObject({
      code: 'STORAGE_FAILED',
      message: expect.stringContaining('empty but was in use before'),
    })
  })

  it('opens where the very first start was killed before it wrote anything', async () => {
    await writeFile(databasePath, '')
    const store = await open()
    await store.scope('a').save([['k', 'v']])
    expect(await store.scope('a').load('k')).toBe('v')
  })

  it('says so when the directory is a file, or the database a directory', async () => {
    const file = join(folder, 'file')
    await writeFile(file, '')
    await expect(open(file)).rejects.toMatchObject({
      code: 'STORAGE_FAILED',
      message: expect.stringContaining(`Cannot open "${file}"`),
    })
    await mkdir(databasePath)
    await expect(open()).rejects.toMatchObject({
      code: 'STORAGE_FAILED',
      message: `Cannot open "${databasePath}": unable to open database file`,
    })
  })

  it.skipIf(process.platform === 'win32')('rejects a save that finds no space, and keeps what was there', async () => {
    // A limit on the size of files stands for the full disk: 200 kB, while each value brings 2 x 10 kB.
    const child = spawn(
      'sh',
      ['-c', 'trap "" XFSZ; ulimit -f 400; exec "$0" "$@"', process.execPath, saver, folder, '10000'],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    )
    children.push(child)
    const lines: string[] = []
    for await (const line of createInterface(child.stdout)) lines.push(line)
    const failure = JSON.parse(lines.pop() ?? '')
    expect(failure).toMatchObject({
      code: 'STORAGE_FAILED',
      message: expect.stringContaining(`Cannot write "${databasePath}": `),
      remedy: expect.stringContaining('disk'),
      last: lines.at(-1),
    })
    expect(lines.length).toBeGreaterThan(2)
    const checkpoints = (await open()).scope('saver')
    expect((await checkpoints.list('number/')).map(({ key }) => key).sort()).toEqual(
      lines.map((line) => `number/${line}`).sort(),
    )
  })
})

/**
 * Commits in the write-ahead log: a frame (24 bytes of header, then a page) whose header has a database size in bytes 4
 * to 8 ends a transaction. https://www.sqlite.org/fileformat2.html#walformat
 */
function countCommits(): number {
  const wal = readFileSync(`${databasePath}-wal`)
  const pageBytes = wal.readUInt32BE(8)
  let commits = 0
  for (let frame = 32; frame + 24 + pageBytes <= wal.length; frame += 24 + pageBytes) {
    if (wal.readUInt32BE(frame + 4) > 0) commits += 1
  }
  return commits
}
