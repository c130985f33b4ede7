import { once } from 'node:events'
import type { Worker } from 'node:worker_threads'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createWorld } from '../../fakes/world.ts'
import { balanced, counter, expectEachOnce, issue, passTimeout, startMember, worldOf } from './group-world.ts'

/** The worker threads that are started from now on, in order. */
function watchWorkers() {
  const workers: Worker[] = []
  const watchers: (() => void)[] = []
  const onWorker = (worker: Worker) => {
    workers.push(worker)
    for (const watcher of watchers) watcher()
  }
  process.on('worker', onWorker)
  onTestFinished(() => void process.off('worker', onWorker))
  return {
    workers,
    count: (wanted: number) =>
      new Promise<void>((resolve) => {
        const look = () => workers.length >= wanted && resolve()
        watchers.push(look)
        look()
      }),
  }
}

const threads = { workers: 3, poll_interval: '200ms' }

describe('workers: more than one', () => {
  it('delivers every record once, with threads for the shards', async () => {
    const { workers } = watchWorkers()
    const world = await createWorld({ world: worldOf(5) })
    issue(world, 3_000, 20)
    const service = await world.start({ once: true, sls: threads })
    expect(await service.ended).toBeUndefined()
    expectEachOnce(world, 3_000)
    expect(workers).toHaveLength(3)
  })

  it('makes the records that one thread makes, processors and all', async () => {
    const world = await createWorld({ world: worldOf(2) })
    issue(world, 200, 20)
    const processors = {
      filter: { drop: ['attributes["http.request.method"] == "GET"'] },
      redaction: { rules: [{ keys: ['client.address'], action: 'last4' }] },
      resource: { attributes: { team: 'web' } },
      batch: {},
    }
    const sorted = () => world.arrived.splice(0).sort((a, b) => (a.uid < b.uid ? -1 : 1))
    const withoutObserved = () =>
      sorted().map(({ record, resource }) => ({ ...record, observedTimeUnixNano: 0n, resource }))
    await (await world.start({ once: true, processors, storage: 'memory_storage' })).ended
    const one = withoutObserved()
    await (await world.start({ once: true, processors, storage: 'memory_storage', sls: threads })).ended
    expect(one.length).toBeGreaterThan(0)
    expect(withoutObserved()).toEqual(one)
  })

  it('goes on where it stopped, and repeats nothing', async () => {
    const world = await createWorld({ world: worldOf(4) })
    issue(world, 500, 20)
    const first = await world.start({ sls: threads })
    await world.drained()
    await first.stop()
    issue(world, 500, 20)
    await (await world.start({ once: true, sls: threads })).ended
    expectEachOnce(world, 1_000)
  })

  it('counts and shows what it does as one thread does', async () => {
    const world = await createWorld({ world: worldOf(3) })
    issue(world, 600, 20)
    const service = await world.start({ sls: threads })
    await world.drained()
    await expect.poll(() => counter(service, 'otelcol_receiver_accepted_log_records')).toBe(600)
    expect(await counter(service, 'alibabacloud_receiver_api_calls')).toBeGreaterThan(3)
    await expect.poll(() => counter(service, 'alibabacloud_receiver_in_flight_bytes')).toBe(0)
  })

  it('loses nothing when a thread ends: its shards go on in a new one from their stored positions', async () => {
    const { workers, count } = watchWorkers()
    const world = await createWorld({ world: worldOf(4) })
    world.backend.setBehaviour({ kind: 'slow', delayMs: 20 })
    issue(world, 4_000, 20)
    const service = await world.start({ sls: { ...threads, workers: 2 }, processors: {} })
    await world.backend.received(2)
    const [first] = workers
    await first?.terminate()
    await count(3)
    await world.drained()
    await service.stop()
    const { lost, issued } = world.proof.total()
    expect({ lost, issued }).toEqual({ lost: 0, issued: 4_000 })
    expect(service.lines.map(({ message }) => message)).toContain(
      'A worker thread ended; its shards go on in a new one',
    )
  })

  it('stops within its grace while the backend answers nothing, and delivers after a restart', async () => {
    const world = await createWorld({ world: worldOf(2) })
    issue(world, 200, 20)
    world.backend.setBehaviour({ kind: 'stall' })
    const service = await world.start({ sls: threads })
    await world.backend.received(1)
    const stopping = service.stop()
    await service.stop()
    await stopping
    world.backend.setBehaviour({ kind: 'accept' })
    await (await world.start({ once: true, sls: threads })).ended
    expectEachOnce(world, 200)
  })

  it('ends with the failure when an exporter was told to stop the process', async () => {
    const world = await createWorld({ world: worldOf(2) })
    issue(world, 10, 5)
    world.backend.setBehaviour({ kind: 'refuse', status: 413 })
    const service = await world.start({ sls: threads, processors: {}, exporter: { on_rejected: 'stop' } })
    expect(await service.ended).toMatchObject({ code: 'EXPORT_REJECTED' })
  })

  it('reads the shards that a consumer group gives this member, and hands them over', async () => {
    const world = await createWorld({ world: worldOf(4) })
    issue(world, 1_000, 20)
    const first = await startMember(world, { sls: threads })
    await world.drained()
    await startMember(world, { sls: threads })
    await balanced(world, 2)
    issue(world, 1_000, 20)
    await world.drained()
    await first.stop()
    issue(world, 500, 20)
    await passTimeout(world, 1)
    await world.drained()
    expectEachOnce(world, 2_500)
  })

  it('leaves no thread behind', async () => {
    const { workers } = watchWorkers()
    const world = await createWorld({ world: worldOf(3) })
    issue(world, 100, 20)
    const service = await world.start({ sls: threads })
    await world.drained()
    const exits = workers.map((worker) => once(worker, 'exit'))
    await service.stop()
    await Promise.all(exits)
    expect(exits).toHaveLength(3)
  })
})
