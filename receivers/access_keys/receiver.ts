import type { ResourceMetrics } from '@opentelemetry/sdk-metrics'
import { createCredentials } from '../../src/alibaba/credentials.ts'
import { createRateLimiter } from '../../src/alibaba/rate-limit.ts'
import { createRpcClient, type RpcClient } from '../../src/alibaba/rpc/client.ts'
import { RpcError } from '../../src/alibaba/rpc/errors.ts'
import { createDetection, type Detection } from '../../src/detection/detection.ts'
import { ReceiverError } from '../../src/errors.ts'
import { encodeMetrics } from '../../src/otlp/encode-metrics.ts'
import type { ReceiverContext, ReceiverDefinition, RunSignals } from '../../src/pipeline/component.ts'
import type { Outlet } from '../../src/pipeline/outlet.ts'
import type { Payload, Signal } from '../../src/pipeline/payload.ts'
import { createRecordEncoder } from '../../src/pipeline/record-encoder.ts'
import { createReceiverMetrics, type ReceiverMetrics } from '../../src/telemetry/data-metrics.ts'
import { createSourceHealth, type SourceHealth } from '../../src/telemetry/source-health.ts'
import { userAgent } from '../../src/version.ts'
import { type AccessKeyApi, type AccessKeysOptions, accessKeysSchema } from './config.ts'
import type { AccountKey } from './credential-report.ts'
import { findingsOf, type KeyFinding, keyIdentity } from './findings.ts'
import { readInventory } from './inventory.ts'
import { parseUsage, readUsage, type UsageReading } from './key-usage.ts'
import { type ObservedKey, toCountMetrics, toKeyMetrics } from './metrics.ts'

const maxPayloadBytes = 2 * 1024 * 1024
/** Pause after a pass that failed; calls that may succeed by themselves are repeated by the client. */
const retryMs = 5 * 60 * 1000
const worrisomeAttempts = 3
const keySource = 'keys'
const usageSource = 'use of keys'
const countSource = 'event counts'
/** Keys in the store: `usage/<key id>`, and `open/<finding>` with the id under which it was sent. */
const usagePrefix = 'usage/'
const openPrefix = 'open/'

export const accessKeysReceiver: ReceiverDefinition<AccessKeysOptions> = {
  type: 'alibabacloud_access_keys',
  summary: 'Watches AccessKeys: age, use and owner of each, and rules over the audit events of all receivers',
  signals: ['logs', 'metrics'],
  schema: accessKeysSchema,
  create(options, context) {
    const { checkpoints, clock, log, meter, id } = context
    const detection = createDetection(options.detection, { checkpoints, clock, log, meter, receiver: id })
    const sendsCounts = context.audit.attach(detection)
    return { run: (signals) => runReceiver(options, context, sendsCounts ? detection : undefined, signals) }
  },
}

interface KeyDeps extends Pick<ReceiverContext, 'log' | 'clock' | 'checkpoints' | 'outlets' | 'once'> {
  readonly options: AccessKeysOptions
  readonly clients: Readonly<Record<AccessKeyApi, RpcClient>>
  readonly encoder: ReturnType<typeof createRecordEncoder>
  readonly metrics: ReceiverMetrics
  readonly health: SourceHealth
}

/** @param counted whose counts of events this receiver sends; absent where another one does */
async function runReceiver(
  options: AccessKeysOptions,
  context: ReceiverContext,
  counted: Detection | undefined,
  signals: RunSignals,
): Promise<void> {
  const { log, meter, clock } = context
  const metrics = createReceiverMetrics(meter, context.id)
  const health = createSourceHealth(context.status, log, clock)
  metrics.observeLag(health.lags)
  metrics.observeSinceProgress(health.sinceProgress)
  const clients = createClients(options, context, health)
  const encoder = createRecordEncoder(maxPayloadBytes)
  const deps: KeyDeps = { ...context, options, clients, encoder, metrics, health }
  health.works(keySource)
  try {
    await Promise.all([
      options.inventory === 'none' ? undefined : followKeys(options.inventory, deps, signals),
      counted === undefined || context.once ? undefined : sendCounts(counted, deps, signals),
    ])
  } finally {
    await Promise.all(Object.values(clients).map((client) => client.close()))
  }
}

// -------------------------------------------------------------------------------------------------------------- keys

/** Looks at all keys now and every `poll_interval`. With `once`: one time, and a failure ends it. */
async function followKeys(inventory: 'credential_report' | 'list', deps: KeyDeps, { stop }: RunSignals): Promise<void> {
  const { options, clock, health, once } = deps
  while (!stop.aborted) {
    let pauseMs = options.pollIntervalMs
    try {
      await inspectKeys(inventory, deps, stop)
      health.progressed(keySource, { caughtUp: true })
    } catch (error) {
      if (stop.aborted) return
      if (once || (error instanceof ReceiverError && error.code === 'EXPORT_REJECTED')) throw error
      health.failed(keySource, error)
      pauseMs = retryMs
    }
    if (once) return
    await clock.sleep(pauseMs, stop).catch(() => {})
  }
}

/** One pass: fetch, convert, deliver, remember. */
async function inspectKeys(inventory: 'credential_report' | 'list', deps: KeyDeps, stop: AbortSignal): Promise<void> {
  const { options, clients, clock, checkpoints, encoder, outlets } = deps
  const keys = await readInventory(inventory, { ...deps, ims: clients.ims, ram: clients.ram }, stop)
  const readings = options.usage ? await readUsages(keys, deps, stop) : new Map<string, UsageReading>()
  const nowMs = clock.now()
  const observed: ObservedKey[] = []
  const findings: KeyFinding[] = []
  for (const key of keys) {
    const reading = readings.get(keyIdentity(key))
    observed.push({ key: withLatestUse(key, reading), usage: reading?.usage })
    findings.push(...findingsOf(withLatestUse(key, reading), reading?.newAddresses ?? [], options, nowMs))
  }
  const open = new Map((await checkpoints.list(openPrefix)).map(({ key, value }) => [key, value]))
  const news = findings.filter(({ key, uid }) => open.get(`${openPrefix}${key}`) !== uid)
  const records = news.map(({ record }) => record)
  await deliver('logs', outlets.logs, ({ processing }) => encoder.encode(records, processing).payloads, deps)
  await deliverMetrics(toKeyMetrics(observed, nowMs), deps)
  await checkpoints.save([
    ...[...readings].map(([id, { usage }]) => [`${usagePrefix}${id}`, JSON.stringify(usage)] as const),
    ...news.flatMap(({ key, uid, isState }) => (isState ? [[`${openPrefix}${key}`, uid] as const] : [])),
  ])
  await forgetClosed(keys, findings, [...open.keys()], deps)
}

/** What ActionTrail saw may be younger than the report. */
function withLatestUse(key: AccountKey, reading: UsageReading | undefined): AccountKey {
  const uses = [key.lastUsedAtMs ?? 0, ...Object.values(reading?.usage.products ?? {})]
  const lastUsedAtMs = Math.max(...uses)
  return lastUsedAtMs === 0 ? key : { ...key, lastUsedAtMs }
}

/** Where ActionTrail does not tell of the use of keys, all else is still known of them. */
async function readUsages(
  keys: readonly AccountKey[],
  { clients, checkpoints, health, log }: KeyDeps,
  stop: AbortSignal,
): Promise<Map<string, UsageReading>> {
  const known = new Map((await checkpoints.list(usagePrefix)).map(({ key, value }) => [key, value]))
  const readings = new Map<string, UsageReading>()
  try {
    for (const { id } of keys) {
      if (id === undefined) continue
      const stored = known.get(`${usagePrefix}${id}`)
      const before = stored === undefined ? undefined : parseUsage(stored)
      readings.set(id, await readUsage(id, before, clients.actiontrail, log, stop))
    }
    health.works(usageSource)
  } catch (error) {
    if (!(error instanceof RpcError) || error.kind === 'credentials') throw error
    health.failed(usageSource, error)
  }
  return readings
}

/** Findings that hold no more, and keys that are gone. */
async function forgetClosed(
  keys: readonly AccountKey[],
  findings: readonly KeyFinding[],
  open: readonly string[],
  { checkpoints }: KeyDeps,
): Promise<void> {
  const stillOpen = new Set(findings.map(({ key }) => `${openPrefix}${key}`))
  const ids = new Set(keys.map(({ id }) => `${usagePrefix}${id}`))
  const usages = (await checkpoints.list(usagePrefix)).map(({ key }) => key)
  const gone = [...open.filter((key) => !stillOpen.has(key)), ...usages.filter((key) => !ids.has(key))]
  if (gone.length > 0) await checkpoints.remove(gone)
}

// ------------------------------------------------------------------------------------------------------------ counts

/** Sends the counts of the event stream every `metrics_interval`, and a last time when it is stopped. */
async function sendCounts(detection: Detection, deps: KeyDeps, { stop, abandon }: RunSignals): Promise<void> {
  const { clock, options, health } = deps
  const startMs = clock.now()
  while (!abandon.aborted) {
    const isLast = stop.aborted
    await deliverMetrics(toCountMetrics(detection.eventCounts(), startMs, clock.now()), deps)
    health.progressed(countSource, { caughtUp: true })
    if (isLast) return
    await clock.sleep(options.metricsIntervalMs, stop).catch(() => {})
  }
}

// ---------------------------------------------------------------------------------------------------------- delivery

async function deliverMetrics(metrics: readonly ResourceMetrics[], deps: KeyDeps): Promise<void> {
  await deliver(
    'metrics',
    deps.outlets.metrics,
    ({ processing }) => encodeMetrics(metrics, processing, maxPayloadBytes),
    deps,
  )
}

/** Resolves when every backend behind every outlet has answered. */
async function deliver(
  signal: Signal,
  outlets: readonly Outlet[],
  encode: (outlet: Outlet) => readonly Payload[],
  { metrics }: KeyDeps,
): Promise<void> {
  const encoded = outlets.map((outlet) => ({ outlet, payloads: encode(outlet) }))
  // What a filter left out of one pipeline may be in another.
  const items = Math.max(0, ...encoded.map(({ payloads }) => payloads.reduce((sum, each) => sum + each.items, 0)))
  try {
    await Promise.all(encoded.flatMap(({ outlet, payloads }) => payloads.map((payload) => outlet.deliver(payload))))
    metrics.accepted(signal, items)
  } catch (error) {
    metrics.refused(signal, items)
    throw error
  }
}

// ----------------------------------------------------------------------------------------------------------- clients

/** They share credentials and the rate of calls. */
function createClients(
  { endpoints, credentials: configured, rateLimitPerSecond, proxy }: AccessKeysOptions,
  { log, meter, clock }: ReceiverContext,
  health: SourceHealth,
): Record<AccessKeyApi, RpcClient> {
  const credentials = createCredentials(configured, log)
  const limiter = createRateLimiter({ perSecond: rateLimitPerSecond }, clock)
  const create = (api: AccessKeyApi): RpcClient => {
    const source = `api ${api}`
    let isUnreachable = false
    return createRpcClient(
      { endpoint: endpoints[api], product: api === 'actiontrail' ? 'actiontrail' : 'ram', proxy, userAgent },
      {
        credentials,
        limiter,
        clock,
        log,
        meter,
        onRetry(error, attempt) {
          if (attempt < worrisomeAttempts) return
          isUnreachable = true
          health.failed(source, error)
        },
        onSuccess() {
          if (!isUnreachable) return
          isUnreachable = false
          health.forget(source)
        },
      },
    )
  }
  return { ims: create('ims'), ram: create('ram'), actiontrail: create('actiontrail') }
}
