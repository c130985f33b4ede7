import { Writable } from 'node:stream'
import type { Clock } from '../clock.ts'
import type { CatchUp } from '../pipeline/catch-up.ts'
import type { Log } from '../telemetry/log.ts'

/** Shows how far receivers are that work off the past. */
export interface CatchUpView {
  report(receiver: string, source: string, progress: CatchUp): void
  /** Leaves what it shows last on the screen. */
  close(): void
}

const logEveryMs = 5_000
/** In the ordinary course a source is a poll behind; that is no catch-up. */
const worthTellingMs = 10 * 60_000
const drawEveryMs = 100
const barCells = 24

/** A line in the log every few seconds for each source that is not there yet; for whoever has no terminal. */
export function logCatchUp(log: Log, clock: Pick<Clock, 'now'>): CatchUpView {
  const nextAtMs = new Map<string, number>()
  return {
    report(receiver, source, progress) {
      const key = `${receiver} ${source}`
      const nowMs = clock.now()
      if (nowMs < (nextAtMs.get(key) ?? nowMs + logEveryMs)) {
        // What is done within seconds is not worth a line.
        if (!nextAtMs.has(key)) nextAtMs.set(key, nowMs + logEveryMs)
        return
      }
      if (progress.untilMs - progress.doneMs < worthTellingMs) return
      nextAtMs.set(key, nowMs + logEveryMs)
      const percent = Math.floor(shareOf(progress) * 100)
      const upTo = new Date(progress.doneMs).toISOString()
      log.info('Catching up', { component: receiver, source, percent, upTo, records: progress.records })
    },
    close: () => {},
  }
}

/**
 * Progress bars at the foot of a terminal, one for each source. Log lines go through `logStream`, which writes them above
 * the bars.
 */
export function drawCatchUp(
  terminal: Writable & { readonly columns?: number },
  clock: Pick<Clock, 'now'>,
): CatchUpView & { readonly logStream: Writable & { readonly isTTY: boolean } } {
  const bars = new Map<string, string>()
  let drawnLines = 0
  let drawnAtMs = Number.NEGATIVE_INFINITY

  function erase(): void {
    if (drawnLines > 0) terminal.write(`\x1b[${drawnLines}A\x1b[0J`)
    drawnLines = 0
  }

  function draw(): void {
    // A terminal that does not know its width says 0.
    const width = (terminal.columns || 80) - 1
    for (const line of bars.values()) terminal.write(`${line.slice(0, width)}\n`)
    drawnLines = bars.size
    drawnAtMs = clock.now()
  }

  const logStream = new Writable({
    write(chunk, _encoding, done) {
      erase()
      terminal.write(chunk)
      draw()
      done()
    },
  })
  return {
    logStream: Object.assign(logStream, { isTTY: true }),
    report(receiver, source, progress) {
      bars.set(`${receiver} ${source}`, barOf(source, progress))
      const isThere = progress.doneMs >= progress.untilMs
      if (!isThere && clock.now() - drawnAtMs < drawEveryMs) return
      erase()
      draw()
    },
    close() {
      erase()
      draw()
    },
  }
}

/** 0 to 1. */
function shareOf({ fromMs, doneMs, untilMs }: CatchUp): number {
  if (doneMs >= untilMs) return 1
  return Math.max(0, doneMs - fromMs) / (untilMs - fromMs)
}

function barOf(source: string, progress: CatchUp): string {
  const share = shareOf(progress)
  const full = Math.floor(share * barCells)
  const bar = '█'.repeat(full) + '░'.repeat(barCells - full)
  const upTo = new Date(progress.doneMs).toISOString().slice(0, 16).replace('T', ' ')
  const percent = `${Math.floor(share * 100)}`.padStart(3)
  return `${source.padEnd(16)} ${bar} ${percent} %  ${upTo}  ${progress.records} records`
}
