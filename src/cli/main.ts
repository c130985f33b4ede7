#!/usr/bin/env node
// Nothing may be imported statically here: an older Node.js must come as far as this sentence.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major > 22 || (major === 22 && minor >= 15)) {
  // Compiled code is kept in the temporary folder, so the next start is faster; where that is impossible nothing changes.
  const { enableCompileCache } = await import('node:module')
  enableCompileCache()
  // New objects are few and short-lived here, so the room for them need not grow: it would take 30 MiB and give no speed.
  const { setFlagsFromString } = await import('node:v8')
  setFlagsFromString('--semi-space-growth-factor=1')
  const { runCommandLine } = await import('./program.ts')
  const exitCode = await runCommandLine(process.argv.slice(2), process)
  // What is written to a pipe must be out before the process ends, and the process must end whatever is still open.
  process.stdout.write('', () => process.stderr.write('', () => process.exit(exitCode)))
} else {
  process.stderr.write(
    `alibabacloud-otel-receiver needs Node.js 22.15 or newer; this is ${process.versions.node}. ` +
      'Get one from https://nodejs.org, or use the npm scripts of the repository, which bring their own.\n',
  )
  process.exitCode = 2
}
