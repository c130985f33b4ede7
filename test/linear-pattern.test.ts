import { describe, expect, it } from 'vitest'
import { compilePattern, PatternError } from '../src/linear-pattern.ts'

describe('compilePattern', () => {
  it.each([
    ['abc', ['xabcx', 'abc'], ['ab', 'aBc', '']],
    ['', ['', 'x'], []],
    ['^a.c$', ['abc', 'a😀c'], ['abcd', 'xabc', 'a\nc']],
    ['a|bc|^$', ['xa', 'bc', ''], ['b', 'c']],
    ['^(?:ab)+$', ['ab', 'abab'], ['', 'aba']],
    ['^a*b?c+$', ['c', 'aabcc', 'bc'], ['ab', 'bbc']],
    ['^a{2}b{1,2}c{2,}$', ['aabcc', 'aabbcccc'], ['abcc', 'aabbbcc', 'aabc']],
    ['^(a|b)*?c$', ['c', 'ababc'], ['abd']],
    ['^[a-c_\\]-]+$', ['abc_]-'], ['d', '[']],
    ['^[^0-9]$', ['a', 'é'], ['5', '12']],
    ['^\\d+\\.\\d\\s\\S$', ['12.3 x'], ['12x3 x']],
    ['^\\w+-\\W$', ['ab_1-!'], ['ab!-!']],
    ['(?i)^error: É', ['ERROR: é', 'error: É'], ['x error: é']],
    ['^\\p{Lu}\\u4e2d\\x41$', ['Z中A'], ['z中A']],
    ['^]}/\\/$', [']}//'], ['x']],
    ['(a*)*b', ['aab', 'b'], ['aaa']],
  ])('%s', (source, matching, others) => {
    const matches = compilePattern(source)
    for (const text of matching) expect([text, matches(text)]).toEqual([text, true])
    for (const text of others) expect([text, matches(text)]).toEqual([text, false])
  })

  it('takes time in proportion to the text, where an engine that backtracks would not come to an end', () => {
    expect(compilePattern('^(a+)+$')(`${'a'.repeat(50_000)}!`)).toBe(false)
    expect(compilePattern('(.*),(.*),(.*),(.*)x$')(','.repeat(20_000))).toBe(false)
  })

  it.each([
    ['a(b', 'has a "(" that is not closed', 1],
    ['ab)', 'has a ")" that closes nothing', 2],
    ['a[b', 'has a "[" that is not closed', 1],
    ['*a', 'has a "*" that repeats nothing', 0],
    ['a**', 'repeats a repetition', 2],
    ['a{3,1}', 'repeats too often, or less than never (at most 1000)', 1],
    ['a{1001}', 'repeats too often, or less than never (at most 1000)', 1],
    ['((a{1000}){1000}){1000}', 'is too large', 0],
    ['x(?=a)', 'uses a kind of group that is not known', 1],
    ['(a)\\1', 'has an escape that is not known', 3],
    ['\\bword', 'has an escape that is not known', 0],
    ['a[z-a]', 'has a part that is not understood: [z-a]', 1],
  ])('refuses %s', (source, message, at) => {
    expect(() => compilePattern(source)).toThrow(PatternError)
    expect(() => compilePattern(source)).toThrow(expect.objectContaining({ message, at }))
  })
})
