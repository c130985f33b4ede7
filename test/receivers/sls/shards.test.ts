import { describe, expect, it } from 'vitest'
import { areLiteral, matchLogstores } from '../../../receivers/sls/logstores.ts'
import { firstPace, idlePauseMs, nextPace } from '../../../receivers/sls/pace.ts'
import { isNewToGroup, startableShards } from '../../../receivers/sls/shards.ts'
import type { SlsShard } from '../../../src/alibaba/sls/types.ts'

const shard = (
  shardId: number,
  range: string,
  createTime: number,
  status: SlsShard['status'] = 'readwrite',
): SlsShard => {
  const [begin = '', end = ''] = range.split('-')
  return {
    shardId,
    status,
    beginKey: begin.padEnd(32, '0'),
    endKey: end.padEnd(32, end === 'f' ? 'f' : '0'),
    createTime,
  }
}

describe('startableShards', () => {
  // 0 was split into 2 and 3; 1 and 3 were merged into 4.
  const family = [
    shard(0, '0-8', 100, 'readonly'),
    shard(1, '8-f', 100, 'readonly'),
    shard(2, '0-4', 200),
    shard(3, '4-8', 200, 'readonly'),
    shard(4, '4-f', 300),
  ]
  const table: [finished: number[], running: number[], startable: number[]][] = [
    [[], [], [0, 1]],
    [[], [0, 1], []],
    [[0], [1], [2, 3]],
    [[0, 1], [2], [3]],
    [[0, 3], [1, 2], []],
    [[0, 1, 3], [2], [4]],
    [[0, 1, 3], [2, 4], []],
  ]
  it.each(table)('with %j finished and %j running starts %j', (finished, running, expected) => {
    const found = startableShards(
      family,
      (id) => finished.includes(id),
      (id) => running.includes(id),
    )
    expect(found.map((each) => each.shardId)).toEqual(expected)
  })

  it('starts a child whose parent expired and left the list', () => {
    expect(
      startableShards(
        family.slice(2, 3),
        () => false,
        () => false,
      ).map((each) => each.shardId),
    ).toEqual([2])
  })

  it('tells parent from child by id when a split falls into the second of creation', () => {
    const shards = [shard(0, '0-f', 100, 'readonly'), shard(1, '0-8', 100), shard(2, '8-f', 100)]
    expect(
      startableShards(
        shards,
        () => false,
        () => false,
      ).map((each) => each.shardId),
    ).toEqual([0])
  })
})

describe('isNewToGroup', () => {
  const [first, second] = [shard(0, '0-8', 100, 'readonly'), shard(1, '8-f', 100)]
  const child = shard(2, '0-4', 200)
  it.each<[name: string, SlsShard, listed: SlsShard[], atStart: number[], isNew: boolean]>([
    ['a shard that was there when the group was new', second, [first, second], [0, 1], false],
    ['a child that was there when the group was new', child, [first, second, child], [0, 1, 2], false],
    ['a child made later', child, [first, second, child], [0, 1], true],
    ['a child, for a replica that joined later', child, [first, second, child], [], true],
    ['a first shard, for a replica that joined later', second, [first, second, child], [], false],
    ['a child whose parent has expired', child, [second, child], [], true],
    ['any shard that may be a child of one that has expired', second, [second], [], true],
  ])('%s: %#', (_name, asked, listed, atStart, isNew) => {
    expect(isNewToGroup(asked, listed, new Set(atStart))).toBe(isNew)
  })
})

describe('matchLogstores', () => {
  const names = ['slb-access', 'ingress-a', 'ingress-b', 'app']
  it.each<[string[], string[]]>([
    [['*'], names],
    [['ingress-*', '!ingress-b'], ['ingress-a']],
    [['app'], ['app']],
    [['nothing-*'], []],
    [['{slb,app}*'], ['slb-access', 'app']],
  ])('%j', (patterns, expected) => {
    expect(matchLogstores(patterns, names)).toEqual(expected)
  })

  it('plain names need no listing, globs and excludes do', () => {
    expect(areLiteral(['a-b', 'internal-operation_log'])).toBe(true)
    expect(areLiteral(['a*'])).toBe(false)
    expect(areLiteral(['a', '!b'])).toBe(false)
  })
})

describe('pace', () => {
  const MIB = 2 ** 20
  const target = 4 * MIB
  const first = firstPace(target)

  it('begins with few groups, whose size nobody knows', () => {
    expect(first).toEqual({ count: 16, expectedBytes: MIB, groupBytes: undefined })
    expect(nextPace(first, 0, 0, target)).toEqual(first)
  })

  it('grows while pages come full, up to the target', () => {
    const second = nextPace(first, 16 * 10_000, 16, target)
    expect(second).toEqual({ count: 128, expectedBytes: 1_280_000, groupBytes: 10_000 })
    expect(nextPace(second, 128 * 10_000, 128, target)).toEqual({
      count: 419,
      expectedBytes: 4_190_000,
      groupBytes: 10_000,
    })
  })

  it('asks for fewer groups when they are large, for one at the least, and for 1000 at the most', () => {
    expect(nextPace(first, 16 * MIB, 16, target)).toMatchObject({ count: 4, expectedBytes: 4 * MIB })
    expect(nextPace(first, 100 * MIB, 1, target).count).toBe(1)
    expect(nextPace(first, 16 * 100, 16, target).count).toBe(1000)
  })

  it('reserves little once caught up', () => {
    const busy = nextPace(first, 16 * 64 * 1024, 16, target)
    expect(busy.expectedBytes).toBe(4 * MIB)
    expect(nextPace(busy, 0, 0, target)).toEqual({ count: 4, expectedBytes: 256 * 1024, groupBytes: 64 * 1024 })
  })

  it('asks a quiet shard less often, down to a third', () => {
    const pauses = [1, 6, 11, 21, 1000].map((emptyPages) => idlePauseMs(1_000, emptyPages, 0, () => 0.5))
    expect(pauses).toEqual([1_000, 1_500, 2_000, 3_000, 3_000])
  })

  it('lets shards that are about as quiet ask together, at quarters of the interval', () => {
    const ends = [0, 0.3, 0.6, 0.99].map((chance, index) => index * 7 + idlePauseMs(1_000, 1, index * 7, () => chance))
    expect(ends).toEqual([1_000, 1_000, 1_000, 1_000])
    expect(idlePauseMs(200, 1, 170, () => 0)).toBe(180)
  })
})
