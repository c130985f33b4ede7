import { spawn } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { createInterface } from 'node:readline'

/** A receiver running as a process of its own, as a user would run it. */
export interface ReceiverProcess {
  readonly pid: number | undefined
  readonly logPath: string
  /** Where its health server answers; known once it says that it runs. */
  healthUrl(): string | undefined
  /** Resolves with what it said when it ended; `code` is null when a signal ended it. */
  readonly exited: Promise<{ code: number | null; lastLines: string[] }>
  /** SIGTERM, and waits for the end. */
  stop(): Promise<void>
}

const keptLines = 20
/** A receiver waits 10 s for answers; one that is still there after this will not end by itself. */
const killAfterMs = 20_000

/** Starts `run --config` of this very program. `env` is added to this process's. */
export function startReceiverProcess(
  configPath: string,
  env: Record<string, string>,
  logPath: string,
): ReceiverProcess {
  const main = process.argv[1] ?? ''
  const child = spawn(process.execPath, [main, 'run', '--config', configPath], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
    // Ctrl-C goes to the whole group of a terminal; the receiver is to be stopped by us, when its records have arrived.
    detached: true,
  })
  const lastLines: string[] = []
  let healthUrl: string | undefined
  const logFile = createWriteStream(logPath)
  createInterface({ input: child.stderr }).on('line', (line) => {
    logFile.write(`${line}\n`)
    if (lastLines.push(line) > keptLines) lastLines.shift()
    healthUrl ??= readHealthUrl(line)
  })
  const exited = new Promise<{ code: number | null; lastLines: string[] }>((resolve) => {
    child.once('error', (error) => resolve({ code: 1, lastLines: [error.message] }))
    child.once('close', (code) => {
      logFile.end()
      resolve({ code, lastLines })
    })
  })
  // Were this process to end in haste, the receiver must not stay behind.
  const killChild = () => child.kill('SIGKILL')
  process.once('exit', killChild)
  void exited.then(() => process.off('exit', killChild))

  return {
    pid: child.pid,
    logPath,
    healthUrl: () => healthUrl,
    exited,
    async stop() {
      child.kill('SIGTERM')
      const timer = setTimeout(killChild, killAfterMs)
      await exited
      clearTimeout(timer)
    },
  }
}

/** The receiver logs JSON lines where stderr is no terminal; the one of its start names the address. */
function readHealthUrl(line: string): string | undefined {
  if (!line.includes('"health"')) return undefined
  try {
    const { health } = JSON.parse(line) as { health?: unknown }
    return typeof health === 'string' ? health : undefined
  } catch {
    return undefined
  }
}
