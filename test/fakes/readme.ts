import { readFileSync } from 'node:fs'

/** The text of the first fenced block of README.md that begins with this line. */
export function readmeBlock(firstLine: string): string {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')
  for (const [, , code = ''] of readme.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)) {
    if (code.startsWith(`${firstLine}\n`)) return code
  }
  throw new Error(`README.md has no block that begins with: ${firstLine}`)
}
