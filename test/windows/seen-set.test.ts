import { expect, it } from 'vitest'
import { memoryStorage } from '../../src/storage/memory.ts'
import { loadSeenSet } from '../../src/windows/seen-set.ts'
import { createRecordingLog } from '../fakes/recording-log.ts'

const options = { prefix: 'seen/', maxIds: 100 }

async function setUp(maxIds = 100) {
  const log = createRecordingLog()
  const store = await memoryStorage.open({}, { id: 'memory_storage', log })
  const checkpoints = store.scope('receiver')
  const load = () => loadSeenSet(checkpoints, { ...options, maxIds }, log)
  return { log, checkpoints, load }
}

it('a set knows after a restart what was saved, and only that', async () => {
  const { checkpoints, load } = await setUp()
  const seen = await load()
  await checkpoints.save([['position', '{}'], seen.add('cn-hangzhou', ['a', 'b'], 10), seen.add('global', ['c'], 11)])
  seen.add('cn-hangzhou', ['not saved'], 12)
  expect(['a', 'b', 'c', 'not saved', 'd'].map(seen.has)).toEqual([true, true, true, true, false])
  const again = await load()
  expect(['a', 'b', 'c', 'not saved'].map(again.has)).toEqual([true, true, true, false])
  const [key] = again.add('cn-hangzhou', ['e'], 13)
  expect(await checkpoints.load(key)).toBeUndefined()
})

it('pages of a group expire when their newest second does', async () => {
  const { checkpoints, load } = await setUp()
  const seen = await load()
  const entries = [seen.add('a', ['a1', 'a2'], 10), seen.add('a', ['a3'], 11), seen.add('b', ['b1'], 5)]
  await checkpoints.save(entries)
  await checkpoints.remove(seen.expire('a', 11))
  expect(['a1', 'a2', 'a3', 'b1'].map(seen.has)).toEqual([false, false, true, true])
  expect((await checkpoints.list()).map(({ key }) => key)).toEqual(['seen/a/2', 'seen/b/3'])
  expect(seen.size).toBe(2)
})

it('an id that stands in two pages is known until both have expired', async () => {
  const { load } = await setUp()
  const seen = await load()
  seen.add('a', ['x'], 10)
  seen.add('b', ['x'], 20)
  seen.expire('a', 100)
  expect(seen.has('x')).toBe(true)
  seen.expire('b', 100)
  expect(seen.has('x')).toBe(false)
})

it('a page that was not delivered is forgotten, and its neighbours are not', async () => {
  const { load } = await setUp()
  const seen = await load()
  const [key] = seen.add('a', ['x', 'y'], 10)
  seen.add('a', ['y', 'z'], 10)
  seen.forget(key)
  seen.forget('unknown')
  expect(['x', 'y', 'z'].map(seen.has)).toEqual([false, true, true])
})

it('past its bound it forgets the oldest pages, and says so once', async () => {
  const { log, checkpoints, load } = await setUp(4)
  const seen = await load()
  const pages = [1, 2, 3, 4].map((n) => seen.add('a', [`${n}a`, `${n}b`], n))
  await checkpoints.save(pages)
  expect(seen.size).toBe(4)
  expect(['2b', '3a', '4b'].map(seen.has)).toEqual([false, true, true])
  await checkpoints.remove(seen.expire('a', 0))
  expect((await checkpoints.list()).map(({ key }) => key)).toEqual(['seen/a/3', 'seen/a/4'])
  expect(log.lines).toMatchObject([{ level: 'warn', fields: { maxIds: 4 } }])
})

it('a stored value that is something else is an error that shows it', async () => {
  const { checkpoints, load } = await setUp()
  await checkpoints.save([['seen/a/1', 'garbage']])
  await expect(load()).rejects.toMatchObject({ code: 'STORAGE_FAILED', message: expect.stringContaining('garbage') })
})
