import { readFileSync, writeFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { errorCatalogue } from '../src/error-catalogue.ts'

const page = new URL('../docs/errors.md', import.meta.url)
const rows = Object.entries(errorCatalogue).map(([code, { cause, remedy }]) => `| \`${code}\` | ${cause} | ${remedy} |`)

it('docs/errors.md lists every error code, and no other, in the words of the catalogue', () => {
  const text = readFileSync(page, 'utf8')
  const found = text.split('\n').filter((line) => line.startsWith('| `'))
  if (process.env['UPDATE_EXPECTED'] === '1') {
    const head = text.split('\n').filter((line) => !line.startsWith('| `'))
    writeFileSync(page, `${head.join('\n').trimEnd()}\n${rows.join('\n')}\n`)
    expect.unreachable('docs/errors.md was rewritten; read the difference and run again without UPDATE_EXPECTED')
  }
  expect(found).toEqual(rows)
})
