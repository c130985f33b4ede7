import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'

/** Set it to rewrite the expected files. Such a run fails, so that it cannot pass for a test. */
const isUpdating = process.env['UPDATE_EXPECTED'] === '1'

export interface GoldenCase {
  readonly name: string
  readonly folder: string
  readonly input: unknown
}

/** The cases below a folder: every folder, at any depth, that holds an input.json. */
export function goldenCases(root: URL, prefix = ''): GoldenCase[] {
  return readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const url = new URL(`${entry.name}/`, root)
      const name = `${prefix}${entry.name}`
      const input = new URL('input.json', url)
      if (!existsSync(input)) return goldenCases(url, `${name}/`)
      return [{ name, folder: url.pathname, input: JSON.parse(readFileSync(input, 'utf8')) as unknown }]
    })
}

/** Holds a result to the case's expected.json. `actual` is compared as the JSON it makes. */
export function expectGolden(golden: GoldenCase, actual: unknown): void {
  const file = join(golden.folder, 'expected.json')
  const plain = JSON.parse(JSON.stringify(actual)) as unknown
  if (isUpdating) {
    writeFileSync(file, `${JSON.stringify(plain, undefined, 2)}\n`)
    expect.fail(`${file} was rewritten: read it, then run the tests without UPDATE_EXPECTED`)
  }
  expect(plain).toEqual(JSON.parse(readFileSync(file, 'utf8')))
}
