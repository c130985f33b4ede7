/** `npm run test:faults -- 2000`: the random-fault tests with that many seeds; `-- 17..17` one. */
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const [seeds = '2000', ...options] = process.argv.slice(2)
const top = fileURLToPath(new URL('..', import.meta.url))
const vitest = fileURLToPath(new URL('../node_modules/vitest/vitest.mjs', import.meta.url))
const tests = spawn(process.execPath, [vitest, 'run', 'random-faults', ...options], {
  cwd: top,
  env: { ...process.env, FAULT_SEEDS: seeds },
  stdio: 'inherit',
})
tests.once('close', (code) => {
  process.exitCode = code ?? 1
})
