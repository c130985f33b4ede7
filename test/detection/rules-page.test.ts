import { readFileSync, writeFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { builtInRules, parseRuleFile } from '../../src/detection/rule-files.ts'
import { rulesPage } from './rules-page.ts'

const file = new URL('../../docs/rules.md', import.meta.url)

it('docs/rules.md shows the rules as they are', () => {
  const page = rulesPage(builtInRules())
  if (process.env['UPDATE_EXPECTED'] === '1') {
    writeFileSync(file, page)
    expect.unreachable('docs/rules.md was rewritten; read the difference and run again without UPDATE_EXPECTED')
  }
  expect(readFileSync(file, 'utf8')).toBe(page)
})

it('the rule that docs/rules.md shows as an example is valid', () => {
  const [, example = ''] = /```yaml\n(rules:[\s\S]*?)```/.exec(readFileSync(file, 'utf8')) ?? []
  const { rules, faults } = parseRuleFile('docs/rules.md', example)
  expect(faults).toEqual([])
  expect(rules.map(({ id }) => id)).toEqual(['big-disk-at-night'])
})
