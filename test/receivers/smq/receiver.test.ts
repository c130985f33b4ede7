import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { noAuditEvents } from '../../../src/pipeline/audit-events.ts'
import { createManualClock } from '../../fakes/manual-clock.ts'
import { createQueueWorld, type QueueWorld } from './queue-world.ts'

const poll = { timeout: 10_000, interval: 5 }
const counts = (world: QueueWorld, queue = 'q') => world.simulator.smq.store.queue(queue).counts()

/** Sends so many texts to the queue `q`; returns their ids, which are the uids of their records. */
function send(world: QueueWorld, count: number, queue = 'q'): string[] {
  return Array.from({ length: count }, (_, index) => world.simulator.smq.send(queue, { body: `message ${index}` }))
}

/** A backend that answers nothing until it is let go. */
function holdBackend(world: QueueWorld): { readonly waiting: string[]; letGo(): void } {
  const gate = Promise.withResolvers<void>()
  const waiting: string[] = []
  world.answer = (uids) => {
    waiting.push(...uids)
    return gate.promise
  }
  return { waiting, letGo: () => gate.resolve() }
}

const cloudEvent = (eventId: string, source = 'shop.checkout') =>
  JSON.stringify({ specversion: '1.0', id: eventId, source, type: 'shop:Order:Paid', data: {} })

describe('the queue receiver', () => {
  it.each(['classic', 'v4'])(
    'run --once with signature %s delivers and deletes all there is, and ends',
    async (signature) => {
      const world = await createQueueWorld({ queues: [{ name: 'q' }, { name: 'other' }] })
      const sent = [...send(world, 40), ...send(world, 3, 'other')]
      const running = world.start({ options: { signature }, context: { once: true } })
      expect(await running.ended).toBeUndefined()
      expect(world.delivered.toSorted()).toEqual(sent.toSorted())
      expect(world.empty()).toBe(true)
      expect(world.deletedTooEarly).toEqual([])
    },
  )

  it('deletes nothing before the backend has answered', async () => {
    const world = await createQueueWorld()
    const backend = holdBackend(world)
    const sent = send(world, 20)
    world.start()
    await expect.poll(() => backend.waiting.length, poll).toBe(20)
    expect(counts(world)).toMatchObject({ inactive: 20, deleted: 0 })
    backend.letGo()
    await expect.poll(() => world.empty(), poll).toBe(true)
    expect(world.delivered.toSorted()).toEqual(sent.toSorted())
    expect(counts(world)).toMatchObject({ delivered: 20, redelivered: 0 })
  })

  it('hides messages anew while the backend is slow, and deletes with the new handles', async () => {
    const clock = createManualClock(Date.now())
    const world = await createQueueWorld({}, clock)
    const backend = holdBackend(world)
    send(world, 3)
    world.start({ options: { extend_visibility: '60s' } })
    await expect.poll(() => backend.waiting.length, poll).toBe(3)
    for (let second = 0; second < 200; second++) {
      await clock.advance(1000)
      // The calls go over real sockets: time stands still until those that are due are through.
      await expect
        .poll(() => [...world.queue.messages()].every(({ visibleAtMs }) => visibleAtMs - clock.now() > 14_000), poll)
        .toBe(true)
    }
    backend.letGo()
    await expect.poll(() => world.empty(), poll).toBe(true)
    expect(counts(world)).toMatchObject({ delivered: 3, redelivered: 0, deleted: 3 })
  })

  it('takes the newer handle of a message that comes again while it waits, and sends it once', async () => {
    const world = await createQueueWorld()
    const backend = holdBackend(world)
    const sent = send(world, 2)
    world.start()
    await expect.poll(() => backend.waiting.length, poll).toBe(2)
    world.queue.release()
    await expect.poll(() => counts(world).redelivered, poll).toBe(2)
    backend.letGo()
    await expect.poll(() => world.empty(), poll).toBe(true)
    expect(world.delivered.toSorted()).toEqual(sent.toSorted())
  })

  it('gets again what was not answered when it was killed', async () => {
    const world = await createQueueWorld()
    const backend = holdBackend(world)
    const sent = send(world, 5)
    const first = world.start()
    await expect.poll(() => backend.waiting.length, poll).toBe(5)
    first.abandon()
    await first.ended
    expect(world.delivered).toEqual([])
    world.answer = async () => {}
    world.queue.release()
    await world.start({ context: { once: true } }).ended
    expect(world.delivered.toSorted()).toEqual(sent.toSorted())
    expect(world.empty()).toBe(true)
  })

  it('deletes, and does not send again, what was answered and could not be deleted', async () => {
    const world = await createQueueWorld()
    send(world, 5)
    const rule = {
      service: 'smq',
      api: 'BatchDeleteMessage',
      effect: { kind: 'error', status: 500, code: 'InternalError' },
    }
    const fault = world.simulator.faults.inject(rule as never)
    const first = world.start()
    await expect.poll(() => world.delivered.length, poll).toBe(5)
    first.abandon()
    await first.ended
    world.simulator.faults.remove(fault)
    world.queue.release()
    await world.start({ context: { once: true } }).ended
    expect(world.empty()).toBe(true)
    expect(world.delivered).toHaveLength(5)
  })

  it('sends an event once that EventBridge put into the queue several times', async () => {
    const world = await createQueueWorld()
    const copies = ['e-1', 'e-2', 'e-1', 'e-1']
    for (const copy of copies) world.simulator.smq.send('q', { body: cloudEvent(copy) })
    world.simulator.smq.send('q', { body: cloudEvent('e-1', 'another.source') })
    await world.start({ context: { once: true } }).ended
    world.simulator.smq.send('q', { body: cloudEvent('e-2') })
    await world.start({ context: { once: true } }).ended
    expect(world.delivered.toSorted()).toEqual(['another.source/e-1', 'shop.checkout/e-1', 'shop.checkout/e-2'])
    expect(world.empty()).toBe(true)
  })

  it('sends every copy where it is told to', async () => {
    const world = await createQueueWorld()
    for (const copy of ['e-1', 'e-1']) world.simulator.smq.send('q', { body: cloudEvent(copy) })
    await world.start({ options: { deduplicate: 'none' }, context: { once: true } }).ended
    expect(world.delivered).toEqual(['shop.checkout/e-1', 'shop.checkout/e-1'])
  })

  it('leaves out an ActionTrail event that another receiver of the service has delivered, where it is told to', async () => {
    const world = await createQueueWorld()
    const shared = new Set(['E1'])
    const delivered = {
      take: (eventId: string) => (shared.has(eventId) ? ('delivered' as const) : ('mine' as const)),
      release: () => {},
      settled: async () => {},
      add: async (eventIds: readonly string[]) => {
        for (const eventId of eventIds) shared.add(eventId)
      },
    }
    for (const eventId of ['E1', 'E2']) {
      const data = { eventId, eventName: 'X', serviceName: 'Ecs', userIdentity: { type: 'ram-user' } }
      world.simulator.smq.send('q', { body: JSON.stringify(data) })
    }
    const context = { once: true, openDelivered: async () => delivered }
    await world.start({ options: { deduplicate: 'service' }, context }).ended
    expect(world.delivered).toEqual(['E2'])
    expect(shared).toEqual(new Set(['E1', 'E2']))
    expect(world.empty()).toBe(true)
  })

  it('saves what rules learnt of the events before it deletes them', async () => {
    const world = await createQueueWorld()
    send(world, 2)
    let deletedAtSave: number | undefined
    const audit = {
      ...noAuditEvents,
      save: async () => {
        deletedAtSave = counts(world).deleted
      },
    }
    await world.start({ context: { once: true, audit } }).ended
    expect(deletedAtSave).toBe(0)
    expect(world.empty()).toBe(true)
  })

  it('tries again the deletes that failed, and only those', async () => {
    const world = await createQueueWorld()
    const sent = send(world, 16)
    world.simulator.faults.inject({
      api: 'BatchDeleteMessage',
      times: 2,
      effect: { kind: 'partial_failure', count: 3 },
    })
    await world.start({ context: { once: true } }).ended
    expect(world.empty()).toBe(true)
    expect(world.delivered.toSorted()).toEqual(sent.toSorted())
    expect(counts(world)).toMatchObject({ redelivered: 0, deleted: 16 })
  })

  it('finishes at SIGTERM what is in flight, and receives nothing more', async () => {
    const world = await createQueueWorld()
    const backend = holdBackend(world)
    send(world, 4)
    const running = world.start()
    await expect.poll(() => backend.waiting.length, poll).toBe(4)
    running.stop()
    backend.letGo()
    expect(await running.ended).toBeUndefined()
    send(world, 2)
    expect(counts(world)).toMatchObject({ active: 2, inactive: 0, deleted: 4 })
  })

  it('shows messages in a dry run, and changes nothing', async () => {
    const world = await createQueueWorld()
    const sent = send(world, 3)
    await world.start({ context: { once: true, dryRun: true } }).ended
    expect(world.delivered.toSorted()).toEqual(sent.toSorted())
    expect(counts(world)).toMatchObject({ active: 3, delivered: 0, deleted: 0 })
  })

  it('does not spin when the service answers empty at once', async () => {
    const clock = createManualClock(Date.now())
    const world = await createQueueWorld({}, clock)
    let receives = 0
    world.simulator.faults.inject({ api: 'BatchReceiveMessage', effect: { kind: 'early_empty' } })
    world.start({ options: { wait: '30s', queues: ['q'] } })
    for (const pauseMs of [1, 2, 4, 8, 16, 30, 30]) {
      await expect.poll(() => clock.waits(), poll).toContain(pauseMs * 1000)
      receives++
      await clock.advance(pauseMs * 1000)
    }
    expect(receives).toBe(7)
  })

  it('reads one queue while another does not exist, and that one once it does', async () => {
    const world = await createQueueWorld()
    const running = world.start({ options: { queues: ['q', 'late'] } })
    const sent = send(world, 1)
    await expect.poll(() => world.delivered, poll).toEqual(sent)
    await expect.poll(() => running.status()?.message, poll).toMatch(/^late: .*QueueNotExist/)
    expect(running.status()?.state).toBe('recoverable_error')
    world.simulator.smq.store.add({ name: 'late' })
    sent.push(...send(world, 1, 'late'))
    await expect.poll(() => world.delivered, poll).toEqual(sent)
    await expect.poll(() => running.status()?.state, poll).toBe('ok')
  })

  it('finds queues that are made later, and leaves out what is excluded', async () => {
    const world = await createQueueWorld({ queues: [{ name: 'audit-1' }, { name: 'audit-test' }, { name: 'q' }] })
    world.start({ options: { queues: ['audit-*', '!*-test'], refresh_interval: '1s' } })
    for (const queue of ['audit-test', 'q']) send(world, 1, queue)
    const sent = send(world, 1, 'audit-1')
    await expect.poll(() => world.delivered, poll).toEqual(sent)
    world.simulator.smq.store.add({ name: 'audit-2' })
    sent.push(...send(world, 1, 'audit-2'))
    await expect.poll(() => world.delivered, poll).toEqual(sent)
    expect(counts(world)).toMatchObject({ active: 1, delivered: 0 })
  })

  it('names a queue whose calls are repeated, as long as they are, whatever else works', async () => {
    const world = await createQueueWorld({ queues: [{ name: 'q' }, { name: 'broken' }] })
    const rule = { queue: 'broken', effect: { kind: 'error', status: 500, code: 'InternalError' } } as const
    const fault = world.simulator.faults.inject(rule)
    const running = world.start()
    await expect.poll(() => running.status()?.message, poll).toMatch(/^broken \(BatchReceiveMessage\): .*InternalError/)
    const sent = send(world, 20)
    await expect.poll(() => world.delivered.length, poll).toBe(sent.length)
    await expect.poll(() => world.empty('q'), poll).toBe(true)
    expect(running.status()?.state).toBe('recoverable_error')
    world.simulator.faults.remove(fault)
    await expect.poll(() => running.status()?.state, poll).toBe('ok')
  })

  it('names the RAM action that is missing', async () => {
    const world = await createQueueWorld()
    world.simulator.faults.inject({
      api: 'BatchReceiveMessage',
      effect: { kind: 'error', status: 403, code: 'AccessDenied' },
    })
    const running = world.start({ options: { queues: ['q'] } })
    await expect.poll(() => running.status()?.message, poll).toMatch(/mns:BatchReceiveMessage.*:\/queues\/q\/messages/)
  })

  it('with run --once ends with the error that repeating does not cure', async () => {
    const world = await createQueueWorld()
    const running = world.start({ options: { queues: ['nowhere'] }, context: { once: true } })
    expect(await running.ended).toMatchObject({ code: 'SMQ_NOT_FOUND' })
  })

  it('with run --once empties the other queues although one does not exist, and then fails', async () => {
    const world = await createQueueWorld()
    const sent = send(world, 100)
    const running = world.start({ options: { queues: ['nowhere', 'q'] }, context: { once: true } })
    expect(await running.ended).toMatchObject({ code: 'SMQ_NOT_FOUND' })
    expect(world.delivered.toSorted()).toEqual(sent.toSorted())
    expect(world.empty()).toBe(true)
  })

  it('with run --once ends where it may not delete, and says so', async () => {
    const world = await createQueueWorld()
    const sent = send(world, 20)
    world.simulator.faults.inject({
      api: 'BatchDeleteMessage',
      effect: { kind: 'error', status: 403, code: 'AccessDenied' },
    })
    const running = world.start({ options: { queues: ['q'] }, context: { once: true } })
    expect(await running.ended).toMatchObject({ code: 'PERMISSION_DENIED' })
    expect(world.delivered.toSorted()).toEqual(sent.toSorted())
  })

  it('names a queue that does not exist although others are chosen by a glob', async () => {
    const world = await createQueueWorld({ queues: [{ name: 'alerts-1' }] })
    const running = world.start({ options: { queues: ['late', 'alerts-*'] } })
    await expect.poll(() => running.status()?.message, poll).toMatch(/^late: .*QueueNotExist/)
    world.simulator.smq.store.add({ name: 'late' })
    const sent = send(world, 1, 'late')
    await expect.poll(() => world.delivered, poll).toEqual(sent)
  })

  it('reads the queues it is told by name although it may not list the others', async () => {
    const world = await createQueueWorld()
    world.simulator.faults.inject({ api: 'ListQueue', effect: { kind: 'error', status: 403, code: 'AccessDenied' } })
    const sent = send(world, 1)
    const running = world.start({ options: { queues: ['q', 'alerts-*'] } })
    await expect.poll(() => world.delivered, poll).toEqual(sent)
    await expect.poll(() => running.status()?.message, poll).toMatch(/^queues: .*mns:ListQueue/)
  })

  it('does not spin on an empty queue where no poll is to wait', async () => {
    const clock = createManualClock(Date.now())
    const world = await createQueueWorld({}, clock)
    world.start({ options: { wait: '0s', queues: ['q'] } })
    for (const pauseMs of [1000, 2000, 4000]) {
      await expect.poll(() => clock.waits(), poll).toContain(pauseMs)
      await clock.advance(pauseMs)
    }
  })
})

describe('a message that was delivered too often', () => {
  async function withPoison(poison: Record<string, unknown>, more: Parameters<QueueWorld['start']>[0] = {}) {
    const world = await createQueueWorld({ queues: [{ name: 'q' }, { name: 'parked' }] })
    const [poisonous = ''] = send(world, 1)
    for (let delivery = 0; delivery < 2; delivery++) {
      world.queue.take(16)
      world.queue.release()
    }
    const [good = ''] = send(world, 1)
    const running = world.start({ ...more, options: { queues: ['q'], poison: { after: 2, ...poison } } })
    await expect.poll(() => world.delivered, poll).toEqual([good])
    return { world, running, poisonous }
  }

  it('is parked in the dead-letter folder, as it came', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'alibabacloud-otel-park-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    const { world, running, poisonous } = await withPoison(
      { action: 'park' },
      { context: { deadLetterDirectory: folder, id: 'alibabacloud_smq/events' } },
    )
    await expect.poll(() => world.empty('q'), poll).toBe(true)
    const lines = (await readFile(join(folder, 'alibabacloud_smq%2Fevents.jsonl'), 'utf8')).trimEnd().split('\n')
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { receiver: 'alibabacloud_smq/events', queue: 'q', messageId: poisonous, dequeueCount: 3, body: 'message 0' },
    ])
    expect(running.lines).toContainEqual(
      expect.objectContaining({
        level: 'warn',
        fields: expect.objectContaining({ code: 'SMQ_POISON', first: poisonous }),
      }),
    )
  })

  it('is parked in another queue', async () => {
    const { world } = await withPoison({ action: 'park', queue: 'parked' })
    await expect.poll(() => world.empty('q'), poll).toBe(true)
    expect([...world.simulator.smq.store.queue('parked').messages()].map(({ draft }) => draft.body)).toEqual([
      'message 0',
    ])
  })

  it('stays in the queue where it cannot be parked', async () => {
    const { world, running } = await withPoison({ action: 'park' })
    await expect.poll(() => running.status()?.message, poll).toMatch(/^q \(poison\): Cannot write a message/)
    await expect.poll(() => counts(world).deleted, poll).toBe(1)
    expect(counts(world).inactive).toBe(1)
  })

  it('fails run --once where it cannot be parked', async () => {
    const { running } = await withPoison({ action: 'park' }, { context: { once: true } })
    expect(await running.ended).toMatchObject({ message: expect.stringContaining('Cannot write a message') })
  })

  it('is dropped, and said to be', async () => {
    const { world, running } = await withPoison({ action: 'drop' })
    await expect.poll(() => world.empty('q'), poll).toBe(true)
    expect(running.lines).toContainEqual(
      expect.objectContaining({ level: 'error', fields: expect.objectContaining({ code: 'SMQ_POISON' }) }),
    )
  })

  it('is left, hidden for longer than the queue would', async () => {
    const { world, poisonous } = await withPoison({ action: 'leave' })
    const left = () => [...world.queue.messages()]
    await expect.poll(() => (left()[0]?.visibleAtMs ?? 0) - Date.now(), poll).toBeGreaterThan(50_000)
    await expect.poll(() => left().map(({ id }) => id), poll).toEqual([poisonous])
  })
})
