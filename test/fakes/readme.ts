import { readFileSync } from 'node:fs'

/** The text of the first fenced block of README.md, or of another file of the repository, that begins with this line. */
export function readmeBlock(firstLine: string, path = 'README.md'): string {
  const readme = readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')
  for (const [, , code = ''] of readme.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)) {
    if (code.startsWith(`${firstLine}\n`)) return code
  }
  throw new Error(`${path} has no block that begins with: ${firstLine}`)
}
