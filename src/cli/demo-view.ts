import { styleText } from 'node:util'
import type { SourceTally } from '../../simulator/proof.ts'

/** What the demo shows at one moment. */
export interface DemoState {
  readonly elapsedMs: number
  /** How long the demo runs; absent: until Ctrl-C. */
  readonly forMs: number | undefined
  readonly endpoints: readonly (readonly [name: string, value: string])[]
  readonly sources: readonly (readonly [name: string, tally: SourceTally])[]
  readonly total: SourceTally
  /** Deliveries a second, lately. */
  readonly perSecond: number
  readonly latencyMs: { readonly p50: number; readonly p99: number }
  /** Of the receiver's process; absent while it is not known. */
  readonly rssBytes: number | undefined
  readonly ready: boolean
  /** What is going on: `delivering`, or why not. */
  readonly note: string
  /** The newest records that arrived, newest last. */
  readonly newest: readonly DemoRecord[]
  /** The newest findings of the detection rules, newest last, and how many there were. */
  readonly findings: readonly DemoRecord[]
  readonly findingCount: number
  /** The newest points of metrics, newest last, and how many there were. */
  readonly points: readonly DemoRecord[]
  readonly pointCount: number
}

export interface DemoRecord {
  readonly timeMs: number
  readonly severity: number
  readonly service: string
  readonly text: string
}

const count = new Intl.NumberFormat('en-US')
const columns = ['issued', 'delivered', 'on the way', 'duplicates'] as const

/** The whole screen, as lines no longer than `width`. */
export function renderScreen(state: DemoState, width: number, colors: boolean): string[] {
  const paint = (style: Parameters<typeof styleText>[0], text: string) =>
    colors ? styleText(style, text, { validateStream: false }) : text
  const clip = (text: string) => (text.length > width ? `${text.slice(0, Math.max(0, width - 1))}…` : text)
  const nameWidth = Math.max(12, ...state.sources.map(([name]) => name.length))
  const row = (name: string, cells: readonly string[]) =>
    clip(`  ${name.padEnd(nameWidth)}${cells.map((cell) => cell.padStart(13)).join('')}`)
  const cells = (tally: SourceTally) =>
    [tally.issued, tally.delivered, tally.lost, tally.duplicates].map((each) => count.format(each))
  const recordLine = (record: DemoRecord) => {
    const time = new Date(record.timeMs).toISOString().slice(11, 19)
    const level = severityName(record.severity)
    const line = clip(`  ${time} ${level.padEnd(5)} ${record.service.padEnd(12)} ${record.text}`)
    return record.severity >= 17 ? paint('red', line) : record.severity >= 13 ? paint('yellow', line) : line
  }
  const left = state.forMs === undefined ? 'Ctrl-C to stop' : `of ${seconds(state.forMs)}`

  return [
    paint('bold', clip(`alibabacloud-otel-receiver demo · ${seconds(state.elapsedMs)} · ${left}`)),
    ...state.endpoints.map(([name, value]) => paint('dim', clip(`  ${name.padEnd(12)} ${value}`))),
    '',
    paint('bold', row('source', columns)),
    ...state.sources.map(([name, tally]) => row(name, cells(tally))),
    paint('bold', row('total', cells(state.total))),
    '',
    paint(state.ready ? 'green' : 'yellow', clip(`  ${state.ready ? '●' : '○'} ${state.note}`)),
    clip(`  ${facts(state)}`),
    '',
    paint('bold', clip(`  findings (${count.format(state.findingCount)})`)),
    ...state.findings.map(recordLine),
    '',
    paint('bold', clip(`  metrics (${count.format(state.pointCount)} points)`)),
    ...state.points.map(recordLine),
    '',
    paint('bold', '  arriving'),
    ...state.newest.map(recordLine),
  ]
}

/** One line for a log file or a pipe. */
export function renderLine(state: DemoState): string {
  const { issued, delivered, lost, duplicates } = state.total
  const tally = `issued ${count.format(issued)}, delivered ${count.format(delivered)}, on the way ${count.format(lost)}`
  return `${seconds(state.elapsedMs).padStart(6)}  ${tally}, duplicates ${duplicates}; ${facts(state)}; ${state.note}`
}

function facts({ perSecond, latencyMs, rssBytes }: DemoState): string {
  const rss = rssBytes === undefined ? '' : `, receiver uses ${Math.round(rssBytes / 2 ** 20)} MiB`
  return `${count.format(Math.round(perSecond))} records/s, ${latencyMs.p50} ms from issue to arrival (p99 ${latencyMs.p99} ms)${rss}`
}

const seconds = (ms: number) => `${Math.floor(ms / 1000)} s`

function severityName(severity: number): string {
  if (severity === 0) return ''
  return ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'][Math.floor((severity - 1) / 4)] ?? ''
}
