import { describe, expect, it } from 'vitest'
import { createNameMatcher, isPlainName } from '../src/name-patterns.ts'

describe('createNameMatcher', () => {
  it.each([
    [['*'], ['vm.CPU', 'net_rx.rate', '.hidden', 'a/b'], []],
    [['cpu_*', '!cpu_wait'], ['cpu_idle'], ['cpu_wait', 'memory', 'CPU_idle']],
    [['!*.test'], ['web', 'test'], ['web.test']],
    [
      ['i-1', 'i-2'],
      ['i-1', 'i-2'],
      ['i-3', 'i-11'],
    ],
    [['*HTTPCode50?'], ['XHTTPCode502'], ['XHTTPCode5XX1']],
  ])('%j', (patterns, matching, others) => {
    const matches = createNameMatcher(patterns)
    for (const name of matching) expect(matches(name), name).toBe(true)
    for (const name of others) expect(matches(name), name).toBe(false)
  })
})

describe('isPlainName', () => {
  it.each([
    ['CPUUtilization', true],
    ['net_rx.rate', true],
    ['i-bp1', true],
    ['vm.*', false],
    ['!x', false],
    ['a?', false],
    ['{a,b}', false],
  ])('%s: %s', (pattern, expected) => {
    expect(isPlainName(pattern)).toBe(expected)
  })
})
