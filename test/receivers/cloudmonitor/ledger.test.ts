import { createNoopMeter } from '@opentelemetry/api'
import { describe, expect, it, onTestFinished } from 'vitest'
import { loadCatalogue } from '../../../receivers/cloudmonitor/catalogue/catalogue.ts'
import { PageEncoder } from '../../../receivers/cloudmonitor/encode-page.ts'
import { createInstanceFilter } from '../../../receivers/cloudmonitor/filter.ts'
import { createNamer } from '../../../receivers/cloudmonitor/naming.ts'
import { type FollowedMetric, moveTo, type PollDeps, pollWindows } from '../../../receivers/cloudmonitor/poll.ts'
import { loadStates } from '../../../receivers/cloudmonitor/query-state.ts'
import { selectQueries } from '../../../receivers/cloudmonitor/selection.ts'
import { firstPosition, lookBackMs, periodNumber } from '../../../receivers/cloudmonitor/windows.ts'
import { createRandom } from '../../../simulator/random.ts'
import { createCmsClient } from '../../../src/alibaba/cms/client.ts'
import type { Clock } from '../../../src/clock.ts'
import { noProcessing } from '../../../src/pipeline/outlet.ts'
import { acceptedWhole } from '../../../src/pipeline/payload.ts'
import { createMemoryStore } from '../../../src/storage/memory.ts'
import { createReceiverMetrics } from '../../../src/telemetry/data-metrics.ts'
import { createSourceHealth } from '../../../src/telemetry/source-health.ts'
import { createRecordingLog } from '../../fakes/recording-log.ts'
import { type FakeSeries, failure, startFakeCms } from './fake-cms.ts'
import { pointsOf } from './receiver-world.ts'

const midnight = Date.UTC(2026, 2, 2)
const minute = 60_000
const never = new AbortController().signal
const catalogue = await loadCatalogue()

/**
 * A day of polls at odd times, with every kind of failure that CloudMonitor has and restarts in between. The ledger holds
 * what was issued, and every point must arrive once, with its own time and value; only what came later than the hold-back
 * and the overlap allow may be missing.
 */
async function runDay(seed: number) {
  const random = createRandom(seed)
  const cms = await startFakeCms()
  onTestFinished(() => cms.close())
  cms.pageSize = 50
  const store = createMemoryStore()
  const log = createRecordingLog()
  let nowMs = midnight
  const clock: Clock = {
    now: () => nowMs,
    random: () => 0.1,
    sleep: async (ms) => {
      nowMs += ms
    },
  }
  const health = createSourceHealth({ set: () => {}, details: () => {} }, log, clock)
  const delivered = new Map<string, number>()
  const wrong: string[] = []
  const issued = new Map<string, { readonly value: number; readonly mayBeMissed: boolean }>()
  const meter = createNoopMeter()
  const poll: PollDeps = {
    outlets: [
      {
        processing: noProcessing,
        deliver: async (payload) => {
          for (const { resource, timeMs, value } of pointsOf(payload)) {
            const key = `${resource['host.id']} ${timeMs}`
            if (issued.get(key)?.value !== value) wrong.push(key)
            delivered.set(key, (delivered.get(key) ?? 0) + 1)
          }
          return acceptedWhole
        },
      },
    ],
    encoders: [new PageEncoder(noProcessing, '', 2 ** 20)],
    metrics: createReceiverMetrics(meter, 'test'),
    health,
    clock,
    log,
    onPage: () => {},
    heldBack: () => undefined,
    reportCatchUp: () => {},
    abandon: never,
  }
  const [query] = selectQueries(
    [{ namespace: 'acs_ecs_dashboard', metrics: ['CPUUtilization'], trustsNames: true }],
    catalogue,
    4 * minute,
  ).queries
  if (query === undefined) throw new Error('the catalogue has no CPUUtilization')
  const windows = { periodMs: minute, delayMs: 4 * minute, overlapPeriods: 2, maxPeriods: 62 }
  const client = createCmsClient(
    { endpoint: cms.endpoint, region: 'cn-hangzhou', proxy: 'none', userAgent: 'test' },
    {
      credentials: {
        get: async () => ({ accessKeyId: 'id', accessKeySecret: 'testAccessKeySecret' }),
        refresh: () => {},
        describe: () => 'test',
      },
      limiterOf: () => ({ acquire: async () => {} }),
      clock,
      log,
      meter,
    },
  )
  onTestFinished(() => client.close())

  /** As after a start: everything that is known comes from the store. */
  async function open(): Promise<FollowedMetric> {
    const states = await loadStates(store.scope('test'), nowMs, log)
    const first = firstPosition({ at: 'time', unixMs: midnight }, nowMs, windows)
    const state = states.take('cpu', 64, (stored) => periodNumber(lookBackMs(stored ?? first, windows), minute))
    const position = state.position ?? first
    const opened = Object.assign(state, { position })
    const conversion = {
      query: query as NonNullable<typeof query>,
      namer: createNamer('datadog', 'acs_ecs_dashboard', 'ecs', []),
      filter: createInstanceFilter({ tags: {}, resourceGroups: [], ids: [], names: [], regions: [] }),
      deltaSums: false,
      marks: state.marks,
      otherMarks: [],
      findItem: () => undefined,
    }
    const progress = { seriesSeen: 0, startedAtMs: position.lastEndMs, pointsRead: 0 }
    const metric = { source: 'cpu', query: conversion.query, client, state: opened, conversion, windows, ...progress }
    moveTo(metric, position)
    return metric
  }

  const faults = [
    () => failure('400', 'no'),
    () => failure('404', 'not found'),
    () => ({ body: { Code: 'Throttling.User', Success: false } }),
    () => ({ status: 400, body: { Code: 'Throttling.User', Message: 'flow control' } }),
    () => ({ status: 503, body: 'busy' }),
    () => ({ body: '<html>not me</html>' }),
    () => (_request: unknown, response: { destroy(): void }) => response.destroy(),
  ] as const
  let faultRate = 0
  cms.intercept = () => (random.chance(faultRate) ? random.pick(faults)() : undefined)

  let metric = await open()
  for (let each = 1; each <= 24 * 60; each++) {
    // Instances come and go, some are silent for a while, and one in fifty points is late.
    for (let host = 0; host < 12; host++) {
      const lives = each >= host * 60 && each < 1500 - host * 30
      if (!lives || random.chance(0.05)) continue
      const id = `i-${host}`
      const series: FakeSeries = {
        namespace: 'acs_ecs_dashboard',
        metric: 'CPUUtilization',
        dimensions: { userId: '1', instanceId: id },
      }
      const timestampMs = midnight + each * minute
      const lateMs = random.chance(0.02) ? random.integer(4, 9) * minute : random.integer(0, 239) * 1000
      const value = host * 10_000 + each
      // What is later than hold-back and overlap together may come after the last look at its period.
      issued.set(`${id} ${timestampMs}`, { value, mayBeMissed: lateMs > 5 * minute })
      cms.add(series, { timestampMs, visibleMs: timestampMs + lateMs, values: { Average: value } })
    }
    nowMs = Math.max(nowMs, midnight + each * minute)
    cms.nowMs = nowMs
    if (random.chance(0.1)) faultRate = random.pick([0, 0, 0.1, 0.5, 1])
    if (random.chance(0.02)) metric = await open()
    if (random.chance(0.2)) await pollWindows(metric, poll, never).catch(() => {})
  }
  faultRate = 0
  nowMs += 30 * minute
  cms.nowMs = nowMs
  await pollWindows(metric, poll, never)
  cms.verify()
  const repeated = [...delivered].filter(([, times]) => times > 1).map(([key]) => key)
  const missing = [...issued]
    .filter(([key, { mayBeMissed }]) => !mayBeMissed && !delivered.has(key))
    .map(([key]) => key)
  return { issued: issued.size, delivered: delivered.size, repeated, wrong, missing }
}

describe('a day with random faults', () => {
  it.each([1, 2, 3])(
    'delivers every point once and none that was not issued, seed %i',
    async (seed) => {
      const { issued, delivered, repeated, wrong, missing } = await runDay(seed)
      expect(issued).toBeGreaterThan(8000)
      expect(delivered).toBeGreaterThan(issued * 0.98)
      expect({ repeated, wrong, missing }).toEqual({ repeated: [], wrong: [], missing: [] })
    },
    60_000,
  )
})
