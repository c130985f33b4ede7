import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { defaultAccessKey } from '../../simulator/accounts.ts'
import { uidOf } from '../../simulator/ledger.ts'
import { type OtlpBackend, startOtlpBackend } from '../../simulator/otlp/backend.ts'
import { createProof, type Proof } from '../../simulator/proof.ts'
import { type Simulator, startSimulator } from '../../simulator/simulator.ts'
import { systemClock } from '../clock.ts'
import { findingFormat } from '../detection/finding.ts'
import { NANOS_PER_MS } from '../nanoseconds.ts'
import type { DecodedLogRecord, DecodedResourceLogs, DecodedValue } from '../otlp/decode.ts'
import { packageRoot } from '../version.ts'
import { attributeText } from './attribute-text.ts'
import { createPointReader, type DemoPoint, demoPoints, firstPointAfterMs } from './demo-points.ts'
import { createDemoScreen } from './demo-screen.ts'
import type { DemoRecord } from './demo-view.ts'
import { type ReceiverProcess, startReceiverProcess } from './receiver-process.ts'

export interface DemoFlags {
  /** Stop after this long; absent: on Ctrl-C. */
  readonly forMs: number | undefined
  /** Records a second that the simulator writes. */
  readonly rate: number
  /** How long the backend refuses everything, beginning after a quarter of the time, or after 5 s. */
  readonly outageMs: number | undefined
  readonly summary: 'text' | 'json'
  readonly seed: number
}

export interface DemoIo {
  readonly stdout: NodeJS.WriteStream
  readonly stderr: NodeJS.WriteStream
  /** Ctrl-C. */
  readonly stop: AbortSignal
}

/** After the last record is written, how long the delivery of all is waited for. */
const drainMs = 30_000
const shownRecords = 6
const shownFindings = 4
const shownPoints = 3
const rateWindowMs = 3_000
/** Of Node's timers; 24 days. */
const longestTimerMs = 2 ** 31 - 1
const configPath = fileURLToPath(new URL('deploy/demo/otel-config.yaml', packageRoot))
/** Of the rate of log records; an account has fewer of these. */
const rateShares = { auditEvents: 1 / 40, messages: 1 / 20, cloudEvents: 1 / 200 }
const regions = ['cn-hangzhou', 'ap-southeast-1'] as const

/**
 * Runs a simulated Alibaba Cloud, the receiver as a process of its own with all its receivers, and a backend that holds
 * what arrives against what was issued.
 *
 * @returns the exit code: 0 when all has arrived; 1 when something is lost, or the receiver ended by itself
 */
export async function demo(flags: DemoFlags, io: DemoIo): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'alibabacloud-otel-demo-'))
  const proof = createProof()
  const arrived: Arrived = { newest: [], findings: [], findingCount: 0, points: [], pointCount: 0 }
  const readPoints = await createPointReader()
  const simulator = await startSimulator({ seed: flags.seed, regions })
  const backend = await startOtlpBackend({
    onLogs: (logs) => takeDelivery(logs, proof, arrived),
    onMetrics: (metrics) => takePoints(readPoints(metrics), proof, arrived),
  })
  const startedAtMs = Date.now()
  const receiver = startReceiverProcess(
    configPath,
    environmentFor(simulator, backend, folder, startedAtMs),
    join(folder, 'log'),
  )
  simulator.cloudmonitor.start([demoPoints])
  const screen = createDemoScreen(flags.summary === 'json' ? io.stderr : io.stdout)
  let note = 'starting'
  let health: ReceiverHealth = { ready: false }
  const rate = createRate()

  simulator.ledger.onIssued((batch) => {
    // What has a call of its own that no receiver makes.
    if (batch.source.endsWith('/insights')) return
    const source = `${batch.service} ${batch.source}`
    for (let index = 0; index < batch.items; index++) proof.issued(source, uidOf(batch, index), batch.issuedAtMs)
  })

  async function draw(): Promise<void> {
    health = (await readHealth(receiver)) ?? health
    const [p50 = 0, p99 = 0] = proof.latencyMs(0.5, 0.99)
    const total = proof.total()
    screen.show({
      elapsedMs: Date.now() - startedAtMs,
      forMs: flags.forMs,
      endpoints: [
        ['simulator', `${simulator.url}  AccessKey ${defaultAccessKey.id}`],
        ['backend', `${backend.url}  OTLP/HTTP`],
        ['receiver', `process ${receiver.pid}, log in ${receiver.logPath}`],
        ['its config', configPath],
      ],
      sources: [...proof.tallies()].sort(([a], [b]) => a.localeCompare(b)),
      total,
      perSecond: rate.of(total.delivered),
      latencyMs: { p50, p99 },
      rssBytes: health.rssBytes,
      ready: health.ready,
      note,
      ...arrived,
    })
  }

  const receiverEnded = new AbortController()
  void receiver.exited.then(() => receiverEnded.abort())
  const end = AbortSignal.any([io.stop, receiverEnded.signal])
  const closing = new AbortController()
  const drawing = repeat(draw, screen.everyMs, closing.signal)
  try {
    simulator.traffic.start(flags.rate)
    simulator.actiontrail.start(flags.rate * rateShares.auditEvents)
    simulator.smq.start(flags.rate * rateShares.messages)
    simulator.cloudMonitorEvents.start(flags.rate * rateShares.cloudEvents)
    // What no account should see, so that two rules have something to find.
    simulator.actiontrail.issue(regions[0], 2, { shapes: ['trail-stopped', 'console-signin-ram-user-success'] })
    for (const phase of phasesOf(flags)) {
      note = phase.note
      backend.setBehaviour(phase.refuses ? { kind: 'refuse', status: 503 } : { kind: 'accept' })
      await systemClock.sleep(phase.ms, end).catch(() => {})
    }
    simulator.traffic.stop()
    simulator.actiontrail.stop()
    simulator.smq.stop()
    simulator.cloudMonitorEvents.stop()
    simulator.cloudmonitor.stop()
    backend.setBehaviour({ kind: 'accept' })
    note = 'no more traffic; waiting for what is on the way'
    await drained(proof, receiverEnded.signal)
  } finally {
    closing.abort()
    await drawing
    screen.close()
    await receiver.stop()
    await simulator.close()
    await backend.close()
  }
  const { lastLines } = await receiver.exited
  if (receiverEnded.signal.aborted && proof.outstanding() > 0) {
    io.stderr.write(`The last lines of the receiver's log:\n${lastLines.join('\n')}\n`)
  }
  await rm(folder, { recursive: true, force: true })
  const summary = summarise(proof, arrived, health, startedAtMs)
  io.stdout.write(flags.summary === 'json' ? `${JSON.stringify(summary)}\n` : describeSummary(summary))
  return summary.lost > 0 ? 1 : 0
}

/** What the demo's configuration reads from the environment. */
function environmentFor(
  simulator: Simulator,
  backend: OtlpBackend,
  folder: string,
  startedAtMs: number,
): Record<string, string> {
  return {
    DEMO_ENDPOINT: simulator.regionUrl(regions[0]),
    DEMO_ENDPOINT_SINGAPORE: simulator.regionUrl(regions[1]),
    DEMO_OTLP_ENDPOINT: backend.url,
    DEMO_STATE: join(folder, 'state'),
    DEMO_STARTED_AT: new Date(firstPointAfterMs(startedAtMs)).toISOString(),
    ALIBABA_CLOUD_ACCESS_KEY_ID: defaultAccessKey.id,
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: defaultAccessKey.secret,
  }
}

/** What is shown of the records that arrived, the newest last. */
interface Arrived {
  readonly newest: DemoRecord[]
  readonly findings: DemoRecord[]
  findingCount: number
  readonly points: DemoRecord[]
  pointCount: number
}

/** The backend's hand: notes every record that arrived, and keeps the newest to show. */
function takeDelivery(logs: readonly DecodedResourceLogs[], proof: Proof, arrived: Arrived): void {
  const nowMs = Date.now()
  for (const { resource, scopeLogs } of logs) {
    const service = attributeText(resource.attributes, 'service.name')
    for (const { scope, logRecords } of scopeLogs) {
      const isFinding = attributeText(scope.attributes, 'encoding.format') === findingFormat
      const shown = logRecords.map((record) => toShown(record, service))
      if (isFinding) {
        // The receiver makes findings itself, so nobody issued them.
        arrived.findings.push(...shown)
        arrived.findingCount += shown.length
        continue
      }
      for (const record of logRecords) proof.delivered(attributeText(record.attributes, 'log.record.uid'), nowMs)
      arrived.newest.push(...shown.slice(-1))
    }
  }
  arrived.newest.splice(0, arrived.newest.length - shownRecords)
  arrived.findings.splice(0, arrived.findings.length - shownFindings)
}

/** As `takeDelivery`, for metrics. */
function takePoints(points: readonly DemoPoint[], proof: Proof, arrived: Arrived): void {
  const nowMs = Date.now()
  for (const { uid, ...shown } of points) {
    proof.delivered(uid, nowMs)
    arrived.pointCount++
    arrived.points.push({ ...shown, severity: 0 })
  }
  arrived.points.splice(0, arrived.points.length - shownPoints)
}

function toShown({ timeUnixNano, severityNumber, body }: DecodedLogRecord, service: string): DemoRecord {
  const timeMs = Number(timeUnixNano / NANOS_PER_MS)
  return { timeMs, severity: severityNumber, service, text: describeBody(body) }
}

/** A body as one line: a text as it is, the fields of a generic record as `key=value`. */
function describeBody(body: DecodedValue | undefined): string {
  if (typeof body !== 'object' || body === null || !('pairs' in body)) return String(body ?? '').replaceAll(/\s+/g, ' ')
  return body.pairs.map(({ key, value }) => `${key}=${describeBody(value)}`).join(' ')
}

interface Phase {
  readonly ms: number
  readonly refuses: boolean
  readonly note: string
}

function phasesOf({ forMs, outageMs }: DemoFlags): Phase[] {
  const all = forMs ?? longestTimerMs
  if (outageMs === undefined) return [{ ms: all, refuses: false, note: 'delivering' }]
  const before = forMs === undefined ? 5_000 : forMs / 4
  const after = Math.max(0, all - before - outageMs)
  return [
    { ms: before, refuses: false, note: `delivering; the backend will refuse everything for ${outageMs / 1000} s` },
    { ms: outageMs, refuses: true, note: 'the backend refuses everything (HTTP 503); the receiver waits' },
    { ms: after, refuses: false, note: 'delivering; the backend is back' },
  ]
}

/** Resolves when everything has arrived, when the time for it is over, or when the receiver is gone. */
async function drained(proof: Proof, receiverEnded: AbortSignal): Promise<void> {
  const deadlineMs = Date.now() + drainMs
  while (proof.outstanding() > 0 && Date.now() < deadlineMs && !receiverEnded.aborted) {
    await systemClock.sleep(50, receiverEnded).catch(() => {})
  }
}

async function repeat(task: () => Promise<void>, everyMs: number, end: AbortSignal): Promise<void> {
  while (!end.aborted) {
    await task()
    await systemClock.sleep(everyMs, end).catch(() => {})
  }
}

/** Deliveries a second over the last few seconds. */
function createRate(): { of(delivered: number): number } {
  const readings: { delivered: number; atMs: number }[] = []
  return {
    of(delivered) {
      const atMs = Date.now()
      readings.push({ delivered, atMs })
      while (readings.length > 1 && atMs - (readings[0]?.atMs ?? atMs) > rateWindowMs) readings.shift()
      const first = readings[0] ?? { delivered, atMs }
      return ((delivered - first.delivered) * 1000) / Math.max(1, atMs - first.atMs)
    },
  }
}

interface ReceiverHealth {
  readonly ready: boolean
  readonly rssBytes?: number
}

/** What the receiver's own /status says; `undefined` while it does not answer. */
async function readHealth(receiver: ReceiverProcess): Promise<ReceiverHealth | undefined> {
  const url = receiver.healthUrl()
  if (url === undefined) return undefined
  try {
    const answer = await fetch(`${url}/status`, { signal: AbortSignal.timeout(2_000) })
    const { ready, rss_bytes: rssBytes } = (await answer.json()) as { ready: boolean; rss_bytes: number }
    return { ready, rssBytes }
  } catch {
    return undefined
  }
}

function summarise(proof: Proof, { findingCount }: Arrived, health: ReceiverHealth, startedAtMs: number) {
  const [p50 = 0, p99 = 0] = proof.latencyMs(0.5, 0.99)
  return {
    ...proof.total(),
    unknown: proof.unknown(),
    findings: findingCount,
    sources: Object.fromEntries(proof.tallies()),
    seconds: (Date.now() - startedAtMs) / 1000,
    latency_ms: { p50, p99 },
    receiver_rss_mib: health.rssBytes === undefined ? null : Math.round(health.rssBytes / 2 ** 20),
  }
}

function describeSummary(summary: ReturnType<typeof summarise>): string {
  const { issued, delivered, lost, duplicates, findings, seconds } = summary
  const verdict = lost === 0 ? 'Nothing was lost' : `${lost} records were LOST`
  return `${verdict}: ${issued} records issued, ${delivered} delivered, ${duplicates} duplicates, ${findings} findings, in ${seconds.toFixed(1)} s.\n`
}
