/**
 * `npm run bench`: one question a file, each in a process of its own; `npm run bench -- NAME …` runs those only.
 * Every file prints a table; figures of one run may be compared with each other, not with those of another machine.
 */
import { spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'

const folder = new URL('.', import.meta.url)
const all = readdirSync(folder)
  .filter((name) => name.endsWith('.bench.ts'))
  .map((name) => basename(name, '.bench.ts'))
const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('--'))
const options = process.argv.slice(2).filter((argument) => argument.startsWith('--'))
const unknown = wanted.filter((name) => !all.includes(name))
if (unknown.length > 0) {
  process.stderr.write(`There is no bench "${unknown.join(', ')}"; there are: ${all.join(', ')}\n`)
  process.exit(2)
}
for (const name of wanted.length > 0 ? wanted : all) {
  const path = fileURLToPath(new URL(`${name}.bench.ts`, folder))
  const child = spawn(process.execPath, ['--expose-gc', path, ...options], { stdio: 'inherit' })
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  if (code !== 0) process.exit(code ?? 1)
}
