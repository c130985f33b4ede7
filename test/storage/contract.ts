import { afterEach, beforeEach, expect, it } from 'vitest'
import type { CheckpointStore } from '../../src/storage/checkpoints.ts'

/** What every store must do. Call it inside a `describe`; `open` gives a fresh, empty store for each test. */
export function checkpointStoreContract(open: () => Promise<CheckpointStore>): void {
  let store: CheckpointStore

  beforeEach(async () => {
    store = await open()
  })
  afterEach(() => store.close())

  it('gives undefined for a key that was never saved', async () => {
    expect(await store.scope('a').load('cursor')).toBeUndefined()
  })

  it('gives back what was saved, also an empty text', async () => {
    const checkpoints = store.scope('a')
    await checkpoints.save([
      ['cursor', 'MTU3'],
      ['nothing', ''],
    ])
    expect(await checkpoints.load('cursor')).toBe('MTU3')
    expect(await checkpoints.load('nothing')).toBe('')
  })

  it('keeps the last of several values of one key, within a call and across calls', async () => {
    const checkpoints = store.scope('a')
    await checkpoints.save([
      ['k', '1'],
      ['k', '2'],
    ])
    expect(await checkpoints.load('k')).toBe('2')
    await Promise.all(['3', '4', '5'].map((value) => checkpoints.save([['k', value]])))
    expect(await checkpoints.load('k')).toBe('5')
  })

  it('applies saves and removals in the order of the calls', async () => {
    const checkpoints = store.scope('a')
    await Promise.all([
      checkpoints.save([['kept', '1']]),
      checkpoints.remove(['kept']),
      checkpoints.save([['kept', '2']]),
      checkpoints.save([['gone', '1']]),
      checkpoints.remove(['gone']),
    ])
    expect(await checkpoints.load('kept')).toBe('2')
    expect(await checkpoints.load('gone')).toBeUndefined()
  })

  it('lets load and list see a save that has not resolved yet', async () => {
    const checkpoints = store.scope('a')
    const saving = checkpoints.save([['k', '1']])
    expect(await checkpoints.load('k')).toBe('1')
    void checkpoints.save([['l', '2']])
    expect((await checkpoints.list()).map(({ key }) => key)).toEqual(['k', 'l'])
    await saving
  })

  it('saves all entries of a call or none', async () => {
    const checkpoints = store.scope('a')
    function* brokenHalfWay(): Generator<[string, string]> {
      yield ['first', '1']
      throw new Error('no second entry')
    }
    await expect(checkpoints.save(brokenHalfWay())).rejects.toThrow('no second entry')
    expect(await checkpoints.load('first')).toBeUndefined()
  })

  it('keeps components apart, whatever they are called', async () => {
    const ids = ['alibabacloud_sls', 'alibabacloud_sls/access', 'alibabacloud_sls/access/', 'ALIBABACLOUD_SLS', '']
    await Promise.all(ids.map((id) => store.scope(id).save([['k', `of ${id}`]])))
    for (const id of ids) {
      expect(await store.scope(id).load('k')).toBe(`of ${id}`)
      expect(await store.scope(id).list()).toHaveLength(1)
    }
    await store.scope('alibabacloud_sls').remove(['k'])
    expect(await store.scope('alibabacloud_sls/access').load('k')).toBe('of alibabacloud_sls/access')
  })

  it('names the components that have checkpoints, sorted', async () => {
    expect(await store.components()).toEqual([])
    await store.scope('b').save([['k', '1']])
    await store.scope('a/x').save([['k', '1']])
    await store.scope('c').save([['k', '1']])
    await store.scope('c').remove(['k'])
    await store.scope('never saved').load('k')
    expect(await store.components()).toEqual(['a/x', 'b'])
  })

  it('lists entries in the order of their keys, with the time of the save', async () => {
    const before = Date.now()
    const checkpoints = store.scope('a')
    await checkpoints.save([
      ['shard/10', 'c'],
      ['shard/1', 'a'],
      ['shard/2', 'd'],
      ['shard', 'first'],
    ])
    const entries = await checkpoints.list()
    expect(entries.map(({ key, value }) => [key, value])).toEqual([
      ['shard', 'first'],
      ['shard/1', 'a'],
      ['shard/10', 'c'],
      ['shard/2', 'd'],
    ])
    for (const { savedAtMs } of entries) {
      expect(savedAtMs).toBeGreaterThanOrEqual(before)
      expect(savedAtMs).toBeLessThanOrEqual(Date.now())
    }
  })

  it.each([
    ['a%', ['a%', 'a%b']],
    ['a_', ['a_', 'a_b']],
    ['a*', ['a*']],
    ['a', ['a%', 'a%b', 'a*', 'a_', 'a_b', 'axb']],
    ['A', ['Axb']],
    ['nothing', []],
    ['', ['Axb', 'a%', 'a%b', 'a*', 'a_', 'a_b', 'axb']],
  ])('lists the keys that start with %j, and takes no character for a wildcard', async (prefix, expected) => {
    const checkpoints = store.scope('a')
    await checkpoints.save(['a%b', 'a_b', 'axb', 'a%', 'a_', 'a*', 'Axb'].map((key) => [key, 'v'] as const))
    expect((await checkpoints.list(prefix)).map(({ key }) => key)).toEqual(expected)
  })

  it('takes any characters in keys and values, and sorts them by code point', async () => {
    const checkpoints = store.scope('接收器/🚀')
    const keys = ['é', 'e\u0301', '日志/访问', '\uffee', '🚀', "quote'; --", 'line\nbreak', ' ']
    await checkpoints.save(keys.map((key) => [key, `value of ${key}`] as const))
    for (const key of keys) expect(await checkpoints.load(key)).toBe(`value of ${key}`)
    expect((await checkpoints.list()).map(({ key }) => key)).toEqual([
      ' ',
      'e\u0301',
      'line\nbreak',
      "quote'; --",
      'é',
      '日志/访问',
      '\uffee',
      '🚀',
    ])
    expect((await checkpoints.list('日')).map(({ key }) => key)).toEqual(['日志/访问'])
  })

  it('removes what it is asked to, and does not mind keys that are not there', async () => {
    const checkpoints = store.scope('a')
    await checkpoints.save([
      ['one', '1'],
      ['two', '2'],
      ['three', '3'],
    ])
    await checkpoints.remove(['one', 'three', 'four'])
    expect((await checkpoints.list()).map(({ key }) => key)).toEqual(['two'])
  })

  it('does nothing for an empty save and an empty removal', async () => {
    await store.scope('a').save([])
    await store.scope('a').remove([])
    expect(await store.components()).toEqual([])
  })

  it('holds 10,000 keys', async () => {
    const checkpoints = store.scope('a')
    const keys = Array.from({ length: 10_000 }, (_, index) => `shard/${String(index).padStart(5, '0')}`)
    await checkpoints.save(keys.map((key) => [key, `value ${key}`] as const))
    expect((await checkpoints.list()).map(({ key }) => key)).toEqual(keys)
    expect(await checkpoints.list('shard/0999')).toHaveLength(10)
    expect(await checkpoints.load('shard/07777')).toBe('value shard/07777')
  })

  it('takes saves of many components at the same time', async () => {
    const scopes = Array.from({ length: 50 }, (_, index) => store.scope(`component/${index}`))
    for (let round = 0; round < 5; round++) {
      await Promise.all(scopes.map((scope, index) => scope.save([['round', `${round} of ${index}`]])))
    }
    for (const [index, scope] of scopes.entries()) expect(await scope.load('round')).toBe(`4 of ${index}`)
  })

  it('finishes on close what was begun, and refuses everything after', async () => {
    const checkpoints = store.scope('a')
    const saving = checkpoints.save([['k', '1']])
    await store.close()
    await saving
    const closed = { code: 'STORAGE_FAILED', message: expect.stringContaining('closed') }
    await expect(checkpoints.load('k')).rejects.toMatchObject(closed)
    await expect(checkpoints.save([['k', '2']])).rejects.toMatchObject(closed)
    await expect(checkpoints.remove(['k'])).rejects.toMatchObject(closed)
    await expect(checkpoints.list()).rejects.toMatchObject(closed)
    await expect(store.components()).rejects.toMatchObject(closed)
    await store.close()
  })
}
