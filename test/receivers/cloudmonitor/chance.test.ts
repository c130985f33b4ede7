import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { defaultAccessKey } from '../../../simulator/accounts.ts'
import { checkPoints, type DeliveredValue } from '../../../simulator/cloudmonitor/point-check.ts'
import type { FaultEffect } from '../../../simulator/faults.ts'
import { type Behaviour, type OtlpRequest, startOtlpBackend } from '../../../simulator/otlp/backend.ts'
import { createRandom } from '../../../simulator/random.ts'
import { startSimulator } from '../../../simulator/simulator.ts'
import { loadConfig } from '../../../src/config/load.ts'
import { registry } from '../../../src/registry.ts'
import { startService } from '../../../src/service/service.ts'
import { createHurriedClock } from '../../fakes/hurried-clock.ts'
import { createRecordingLog } from '../../fakes/recording-log.ts'
import { worldOf } from '../../simulator/cloudmonitor-caller.ts'
import { deliveredValues, metrics, namespace } from './delivered-values.ts'
import { pointsOf } from './receiver-world.ts'

const minute = 60_000
const startMs = Date.UTC(2026, 2, 4, 2, 0)
/** An hour of the simulated cloud in nine seconds. */
const timesFaster = 400

const cloudFaults: readonly [FaultEffect, ...FaultEffect[]] = [
  { kind: 'throttle' },
  { kind: 'html', status: 502 },
  { kind: 'error', status: 500, code: 'InternalError' },
  { kind: 'error', status: 400, code: 'ParameterInvalid' },
  { kind: 'drop', when: 'before_headers' },
  { kind: 'drop', when: 'after_headers' },
  { kind: 'truncated_body' },
]
const backendFaults: readonly [Behaviour, ...Behaviour[]] = [
  { kind: 'refuse', status: 503 },
  { kind: 'refuse', status: 429, retryAfter: '1' },
  { kind: 'limit', maxBytes: 20_000 },
  { kind: 'stall' },
  { kind: 'cut', when: 'after_reading' },
  { kind: 'cut', when: 'after_accepting' },
]

/** A value that the backend took, in which life of the receiver, and whether the receiver could hear of it. */
interface TakenValue extends DeliveredValue {
  readonly life: number
  readonly isAnswered: boolean
}

/**
 * The whole service against the simulated CloudMonitor and a backend, all of them in trouble now and then, and deaths that
 * leave no time to answer or to save.
 */
describe('the receiver through faults of cloud, backend and process', () => {
  it.each([
    [1, 'metric_list'],
    [2, 'metric_list'],
    [3, 'batch_export'],
  ])(
    'every point arrives, a second time only after a lost answer or a death, none is invented or changed, seed %i, %s',
    async (seed, api) => {
      const random = createRandom(seed)
      const clock = createHurriedClock(startMs, timesFaster)
      const folder = await mkdtemp(join(tmpdir(), 'alibabacloud-otel-chance-'))
      const simulator = await startSimulator({
        clock,
        seed,
        world: worldOf(30),
        cloudmonitor: { order: 'shuffled', pageFill: 0.1, lateShare: 0.1, lateMs: 4 * minute, gapShare: 0.05 },
      })
      const backend = await startOtlpBackend()
      const taken: TakenValue[] = []
      let behaviour: Behaviour = { kind: 'accept' }
      backend.setBehaviour((request) => {
        const kept = takenOf(request, behaviour)
        taken.push(...kept)
        return behaviour
      })
      const start = async (life: number, once: boolean) => {
        const text = JSON.stringify(configuration(simulator.url, backend.url, folder, life, api))
        const loaded = loadConfig(text, { path: 'test', env: {}, registry })
        if ('faults' in loaded) throw new Error(JSON.stringify(loaded.faults))
        const logger = { log: createRecordingLog(), setLevel: () => {}, addSink: () => () => {} }
        return await startService(loaded.config, { once, clock, logger, dryRun: false, shutdownGraceMs: 60 * minute })
      }
      let life = 1
      let service = await start(life, false)
      onTestFinished(async () => {
        await Promise.all([service.stop(), service.stop()])
        await simulator.close()
        await backend.close()
        await rm(folder, { recursive: true, force: true })
      })

      const killed = new Set<number>()
      for (let step = 0; step < 12; step++) {
        behaviour = random.chance(0.5) ? random.pick(backendFaults) : { kind: 'accept' }
        if (random.chance(0.5)) {
          simulator.faults.inject({ service: 'cms', times: random.integer(1, 6), effect: random.pick(cloudFaults) })
        }
        if (random.chance(0.2)) simulator.cloudmonitor.removeInstance(`i-${step}`)
        await clock.sleep(random.integer(1, 5) * minute)
        if (random.chance(0.6)) continue
        if (random.chance(0.6)) {
          killed.add(life)
          await Promise.all([service.stop(), service.stop()])
        } else {
          behaviour = { kind: 'accept' }
          await service.stop()
        }
        service = await start(++life, false)
      }
      simulator.faults.clear()
      behaviour = { kind: 'accept' }
      await service.stop()
      const readMs = clock.now()
      // A late point is looked for when the next period is due, not before.
      await clock.sleep(2 * minute)
      service = await start(++life, true)
      expect(await service.ended).toBeUndefined()

      const expected = metrics.flatMap((metric) =>
        simulator.cloudmonitor.expectedPoints(namespace, metric, startMs, clock.now()),
      )
      const newestMs = Math.floor((readMs - 4 * minute) / minute) * minute
      const isDue = ({ timestampMs, visibleAtMs }: (typeof expected)[number]) =>
        timestampMs <= newestMs && visibleAtMs <= readMs
      const due = checkPoints(expected.filter(isDue), taken)
      expect(due.missing).toEqual([])
      expect(due.delivered).toBeGreaterThan(2_000)
      const { invented, wrongValue } = checkPoints(expected, taken)
      expect({ invented, wrongValue, contradicting: contradicting(taken) }).toEqual({
        invented: [],
        wrongValue: [],
        contradicting: [],
      })
      expect(killed.size).toBeGreaterThan(0)
      expect(needlessRepeats(taken, killed)).toEqual([])
    },
    60_000,
  )
})

/** What a request brings, if the backend takes it. */
function takenOf({ body, headers }: OtlpRequest, behaviour: Behaviour): TakenValue[] {
  const isCut = behaviour.kind === 'cut' && behaviour.when === 'after_accepting'
  const isTaken =
    isCut || behaviour.kind === 'accept' || (behaviour.kind === 'limit' && body.length <= behaviour.maxBytes)
  if (!isTaken) return []
  const life = Number(headers['x-life'])
  return deliveredValues(pointsOf({ bytes: body })).map((value) => ({ ...value, life, isAnswered: !isCut }))
}

const keyOf = ({ uid, statistic }: DeliveredValue) => `${uid} ${statistic}`

/** Values that came with one amount and later with another. */
function contradicting(taken: readonly TakenValue[]): string[] {
  const first = new Map<string, number>()
  return taken
    .filter((each) => {
      const known = first.get(keyOf(each)) ?? each.value
      first.set(keyOf(each), known)
      return known !== each.value
    })
    .map(keyOf)
}

/** Values that came again although the receiver had the answer, and lived to save it. */
function needlessRepeats(taken: readonly TakenValue[], killed: ReadonlySet<number>): string[] {
  const certain = new Map<string, number>()
  return taken
    .filter((each) => {
      const known = certain.get(keyOf(each))
      const isExcused = known === undefined || (killed.has(known) && each.life > known)
      if (each.isAnswered) certain.set(keyOf(each), each.life)
      return !isExcused
    })
    .map(keyOf)
}

function configuration(cloudUrl: string, backendUrl: string, folder: string, life: number, api: string) {
  const id = 'alibabacloud_cloudmonitor'
  return {
    extensions: { file_storage: { directory: join(folder, 'state') } },
    receivers: {
      [id]: {
        regions: ['cn-hangzhou'],
        endpoint: cloudUrl,
        proxy: 'none',
        namespaces: [{ namespace, metrics }],
        api,
        poll_interval: '1m',
        start_at: new Date(startMs).toISOString(),
        max_catch_up: '6h',
        credentials: {
          type: 'access_key',
          access_key_id: defaultAccessKey.id,
          access_key_secret: defaultAccessKey.secret,
        },
      },
    },
    processors: { batch: {} },
    // Of the hurried clock: a time-out that the machine's load brings about would repeat what the backend took.
    exporters: { otlp_http: { endpoint: backendUrl, timeout: '5m', headers: { 'x-life': String(life) } } },
    service: {
      extensions: ['file_storage'],
      pipelines: { metrics: { receivers: [id], processors: ['batch'], exporters: ['otlp_http'] } },
    },
  }
}
