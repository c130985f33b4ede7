import { describe, expect, it } from 'vitest'
import type { FaultEffect } from '../../../simulator/faults.ts'
import type { Behaviour } from '../../../simulator/otlp/backend.ts'
import { createRandom, type Random } from '../../../simulator/random.ts'
import type { World } from '../../../simulator/world.ts'
import { cursorNumber } from '../../../src/alibaba/sls/cursor.ts'
import { fileStorage } from '../../../src/storage/sqlite/file-storage.ts'
import { faultSeeds } from '../../fakes/fault-seeds.ts'
import { createRecordingLog } from '../../fakes/recording-log.ts'
import { createWorld, type TestService, type TestWorld } from '../../fakes/world.ts'

const world: World = {
  projects: [
    {
      name: 'web-prod',
      region: 'cn-hangzhou',
      accountId: '1234567890123456',
      logstores: [
        { name: 'slb-access', shards: 2 },
        { name: 'app', shards: 1 },
      ],
    },
  ],
  traffic: [
    { project: 'web-prod', logstore: 'slb-access', kinds: ['clb-access'], share: 3 },
    { project: 'web-prod', logstore: 'app', kinds: ['app', 'actiontrail-event'], share: 1 },
  ],
}

const slsFaults: readonly [FaultEffect, ...FaultEffect[]] = [
  { kind: 'throttle' },
  { kind: 'html', status: 502 },
  { kind: 'error', status: 500, code: 'InternalServerError' },
  { kind: 'error', status: 503, code: 'ServerBusy' },
  { kind: 'drop', when: 'before_headers' },
  { kind: 'drop', when: 'after_headers' },
  { kind: 'truncated_body' },
  { kind: 'wrong_count', by: 1 },
  { kind: 'wrong_rawsize', by: -1 },
  { kind: 'garbage' },
  { kind: 'clock_offset', ms: 20 * 60_000 },
  { kind: 'expired_token' },
  { kind: 'delay', ms: 20 },
]

const backendFaults: readonly [Behaviour, ...Behaviour[]] = [
  { kind: 'refuse', status: 503 },
  { kind: 'refuse', status: 429, retryAfter: '1' },
  { kind: 'refuse', status: 500 },
  { kind: 'refuse', status: 400 },
  { kind: 'refuse', status: 401 },
  { kind: 'limit', maxBytes: 20_000 },
  { kind: 'cut', when: 'after_reading' },
  { kind: 'cut', when: 'after_accepting' },
]

/**
 * Each seed is a history of its own: traffic, faults of SLS, faults of the backend, splits, merges, stops and crashes, in
 * an order and number that the seed decides. Whatever happens, what was issued has arrived in the end, and what arrived
 * twice was in flight when something was cut off. `npm run test:faults` runs more seeds, or one.
 */
describe('the SLS receiver through random faults', () => {
  it.each(faultSeeds(100))('seed %i: all that was issued has arrived, and repeats were in flight', async (seed) => {
    const random = createRandom(seed)
    const test = await createWorld({ world, seed })
    let life = 1
    let service = await start(test, life)
    let mayRepeat = 0
    const answerWith = (behaviour: Behaviour) =>
      test.backend.setBehaviour((request) => {
        // All of a request comes again when its answer is cut off, or comes to a receiver that is no more.
        const isCut = behaviour.kind === 'cut' && behaviour.when === 'after_accepting'
        if (isCut || Number(request.headers['x-life']) < life) mayRepeat += request.items
        return behaviour
      })
    answerWith({ kind: 'accept' })

    const steps = random.integer(6, 14)
    for (let step = 0; step < steps; step++) {
      switch (random.integer(0, 7)) {
        case 0:
        case 1:
          test.simulator.traffic.issue('web-prod', 'slb-access', random.integer(1, 300), random.integer(1, 20))
          break
        case 2:
          test.simulator.traffic.issue('web-prod', 'app', random.integer(1, 60), random.integer(1, 5))
          break
        case 3:
          test.simulator.faults.inject({
            service: 'sls',
            times: random.integer(1, 4),
            probability: 0.3 + 0.7 * random.next(),
            effect: random.pick(slsFaults),
          })
          break
        case 4:
          answerWith(random.pick(backendFaults))
          break
        case 5:
          answerWith({ kind: 'accept' })
          break
        case 6:
          splitOrMerge(test, random)
          break
        case 7: {
          const crash = random.chance(0.5)
          if (crash) void service.stop()
          else answerWith({ kind: 'accept' })
          await service.stop()
          life++
          mayRepeat += await deliveredBeyondPosition(test)
          service = await start(test, life)
        }
      }
      // Lets the receiver come to a point that differs from run to run; nothing below depends on which.
      await new Promise<void>((resolve) => setTimeout(resolve, random.integer(0, 15)))
    }

    test.simulator.faults.clear()
    answerWith({ kind: 'accept' })
    await test.drained()
    await service.stop()
    const { issued, delivered, lost, duplicates } = test.proof.total()
    expect({ delivered, lost, unknown: test.proof.unknown() }).toEqual({ delivered: issued, lost: 0, unknown: 0 })
    expect(duplicates).toBeLessThanOrEqual(mayRepeat)
  })
})

/** `life` tells the requests of one start from those of the others. A time-out would repeat what the backend took. */
const start = (test: TestWorld, life: number): Promise<TestService> =>
  test.start({
    sls: { refresh_interval: '2s', max_in_flight: '1MiB' },
    exporter: { on_rejected: 'stop', timeout: '10m', headers: { 'x-life': String(life) } },
  })

function splitOrMerge(test: TestWorld, random: Random): void {
  const logstore = test.simulator.sls.store.logstore('web-prod', 'slb-access')
  const nowMs = Date.now()
  const writable = logstore.writableShards(nowMs).toSorted((a, b) => (a.beginKey < b.beginKey ? -1 : 1))
  const at = random.integer(0, writable.length - 1)
  const shard = writable[at]
  if (shard === undefined) return
  // The last shard has no right neighbour to merge with.
  if (writable.length > 4 && at < writable.length - 1) logstore.merge(shard.id, nowMs)
  else if (writable.length <= 6) logstore.split(shard.id, { shardCount: 2 }, nowMs)
}

/** Records that arrived although no stored position says so: these will come again. */
async function deliveredBeyondPosition(test: TestWorld): Promise<number> {
  const store = await fileStorage.open(
    { directory: `${test.folder}/state` },
    { id: 'file_storage', log: createRecordingLog() },
  )
  const positions = new Map<string, bigint>()
  for (const { key, value } of await store.scope('alibabacloud_sls').list()) {
    const cursor: unknown = JSON.parse(value).cursor
    if (typeof cursor === 'string') positions.set(key, cursorNumber(cursor) ?? 0n)
  }
  await store.close()
  return test.arrived.filter(({ uid }) => {
    const [project, logstore, shard, number] = uid.split('/')
    const position = positions.get(`${project}/${logstore}/${shard}`)
    // An event's own id does not tell its place: it may always have been in flight.
    return number === undefined || position === undefined || BigInt(number) >= position
  }).length
}
