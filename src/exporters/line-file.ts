import { type FileHandle, mkdir, open } from 'node:fs/promises'
import { dirname } from 'node:path'

/** A file that grows by whole lines. */
export interface LineFile {
  /** Adds a line (given without its line break). Resolves once it would survive a power cut, if the file is synced. */
  append(line: string): Promise<void>
  /** Writes what was appended and closes the file. */
  close(): Promise<void>
}

const newline = 0x0a

/**
 * Opens a file for appending lines and creates it, with its folder, where it is not there. A last line that a crash
 * cut short is ended, so that the next one is whole.
 *
 * Lines appended while a write is under way go into the next write together, with one fsync for all of them.
 *
 * @param sync whether to fsync before an append resolves
 */
export async function openLineFile(path: string, sync: boolean): Promise<LineFile> {
  await mkdir(dirname(path), { recursive: true })
  const file = await open(path, 'a+')
  let size: number
  try {
    size = await endLastLine(file)
    if (sync) await syncDirectory(dirname(path))
  } catch (error) {
    await file.close()
    throw error
  }

  let waiting: { line: string; resolve: () => void; reject: (error: unknown) => void }[] = []
  let writing: Promise<void> | undefined

  async function writeWaiting(): Promise<void> {
    while (waiting.length > 0) {
      const group = waiting
      waiting = []
      try {
        const bytes = Buffer.from(group.map(({ line }) => `${line}\n`).join(''))
        await file.appendFile(bytes)
        if (sync) await file.datasync()
        size += bytes.length
        for (const { resolve } of group) resolve()
      } catch (error) {
        // What a full disk let through of these lines must not stand before the next ones.
        await cutBackTo(file, size)
        for (const { reject } of group) reject(error)
      }
    }
    writing = undefined
  }

  return {
    append: (line) =>
      new Promise((resolve, reject) => {
        waiting.push({ line, resolve, reject })
        writing ??= writeWaiting()
      }),
    async close() {
      await writing
      await file.close()
    },
  }
}

/** Returns the file's size, every line in it ended. */
async function endLastLine(file: FileHandle): Promise<number> {
  const { size } = await file.stat()
  if (size === 0) return 0
  const { buffer } = await file.read(Buffer.alloc(1), 0, 1, size - 1)
  if (buffer[0] === newline) return size
  await file.appendFile('\n')
  return size + 1
}

async function cutBackTo(file: FileHandle, size: number): Promise<void> {
  try {
    if ((await file.stat()).size > size) await file.truncate(size)
  } catch {
    // The disk fails altogether; the error of the write itself is the one to report.
  }
}

/** Makes a new file's name survive a power cut. Not every platform can open a folder; there it does so by itself. */
async function syncDirectory(path: string): Promise<void> {
  let directory: FileHandle
  try {
    directory = await open(path, 'r')
  } catch {
    return
  }
  try {
    await directory.sync()
  } catch {
    // As above.
  } finally {
    await directory.close()
  }
}
