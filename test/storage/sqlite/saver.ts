/**
 * A process to be killed: saves numbers one after the other in the store of the directory given, and prints each after
 * its save resolved. With a count of bytes as second argument each value is that long; a save that fails is printed as
 * JSON and ends the process, with what is stored after it.
 */
import { writeSync } from 'node:fs'
import { ReceiverError } from '../../../src/errors.ts'
import { fileStorage } from '../../../src/storage/sqlite/file-storage.ts'

const [directory = '', valueBytes = '0'] = process.argv.slice(2)
const nothing = () => {}
const log = { debug: nothing, info: nothing, warn: nothing, error: nothing, with: () => log }
const store = await fileStorage.open({ directory }, { id: 'file_storage', log })
const checkpoints = store.scope('saver')

for (let number = 0; ; number++) {
  const value = `${number} ${'x'.repeat(Number(valueBytes))}`
  try {
    await Promise.all([checkpoints.save([['last', value]]), checkpoints.save([[`number/${number}`, value]])])
  } catch (error) {
    if (!(error instanceof ReceiverError)) throw error
    const { code, message, remedy } = error
    const last = (await checkpoints.load('last'))?.split(' ')[0]
    writeSync(1, `${JSON.stringify({ code, message, remedy, last })}\n`)
    break
  }
  writeSync(1, `${number}\n`)
}
