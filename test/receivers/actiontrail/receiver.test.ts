import { describe, expect, it } from 'vitest'
import { ReceiverError } from '../../../src/errors.ts'
import type { AuditHub } from '../../../src/pipeline/audit-events.ts'
import type { CheckpointStore } from '../../../src/storage/checkpoints.ts'
import { createMemoryStore } from '../../../src/storage/memory.ts'
import { positionKey } from '../../../src/windows/follow-windows.ts'
import { positionFrom } from '../../../src/windows/next-window.ts'
import { encodePosition } from '../../../src/windows/stored-position.ts'
import { createLeapingClock } from '../../fakes/leaping-clock.ts'
import { createManualClock } from '../../fakes/manual-clock.ts'
import { createEventWorld, type TestEvent } from './event-world.ts'

const NOW_MS = Date.parse('2026-03-01T12:00:00.500Z')
const NOW = Math.floor(NOW_MS / 1000)
const HOUR = 3600
const id = 'alibabacloud_actiontrail'

/** One event every `step` seconds, from `from` seconds ago to `to` seconds ago. */
function series(prefix: string, from: number, to: number, step: number, more: Partial<TestEvent> = {}): TestEvent[] {
  const count = Math.floor((from - to) / step) + 1
  return Array.from({ length: count }, (_, index) => ({
    id: `${prefix}${index}`,
    at: NOW - from + index * step,
    ...more,
  }))
}

const idsOf = (events: readonly TestEvent[]) => events.map((event) => event.id)
const failure = (status: number, Code: string) => ({ status, body: { RequestId: 'R', Code, Message: Code } })

describe('a catch-up', () => {
  it('delivers every event once, the oldest first, up to the settle delay', async () => {
    const world = await createEventWorld(createLeapingClock(NOW_MS))
    const events = series('e', 5 * HOUR, 602, 60)
    world.events.push(...events, { id: 'too young', at: NOW - 600 })
    const { log, progress } = await world.runOnce({ start_at: '-6h' })
    expect(world.delivered).toEqual(idsOf(events))
    expect(world.lookups[0]).toMatchObject({ from: NOW - 6 * HOUR, to: NOW - 5 * HOUR, token: undefined })
    expect(world.lookups.at(-1)?.to).toBe(NOW - 601)
    expect(log.lines.filter(({ message }) => message === 'Caught up')).toMatchObject([
      {
        level: 'info',
        fields: {
          region: 'cn-hangzhou',
          sent: events.length,
          received: expect.any(Number),
          duplicates: expect.any(Number),
        },
      },
    ])
    expect(progress.map(({ doneMs }) => doneMs)).toEqual(progress.map(({ doneMs }) => doneMs).toSorted())
    expect(progress.at(-1)).toMatchObject({ doneMs: (NOW - 601) * 1000, untilMs: (NOW - 601) * 1000 })
  })

  it('counts requests and duplicates in its line', async () => {
    const world = await createEventWorld(createLeapingClock(NOW_MS), undefined, 2)
    world.events.push(...series('edge', 3 * HOUR, HOUR, HOUR))
    const { log } = await world.runOnce({ start_at: '-4h' })
    const edges = world.lookups.filter(({ token }) => token === undefined).length
    expect(edges).toBeGreaterThan(2)
    const [line] = log.lines.filter(({ message }) => message === 'Caught up')
    // Windows share a second, in which some of the events lie.
    expect(line?.fields).toMatchObject({ requests: world.lookups.length, sent: 3 })
    expect(Number(line?.fields['received'])).toBe(3 + Number(line?.fields['duplicates']))
    expect(Number(line?.fields['duplicates'])).toBeGreaterThan(0)
  })

  it('has a line each poll_interval also while it never catches up', async () => {
    const clock = createLeapingClock(NOW_MS)
    const world = await createEventWorld(clock)
    world.events.push(...Array.from({ length: 200 }, (_, i) => ({ id: `e${i}`, at: NOW - 10 * HOUR + i })))
    // A call every ten seconds, and a window of an hour for each.
    const { ended, log, progress } = await world.start({ start_at: '-12h', rate_limit: 0.1, poll_interval: '20s' })
    expect(await ended).toBeUndefined()
    const lines = log.lines.filter(({ message }) => message === 'Still behind' || message === 'Caught up')
    expect(lines.length).toBeGreaterThan(2)
    expect(lines.at(-1)?.message).toBe('Caught up')
    const sum = (name: string) => lines.reduce((total, { fields }) => total + Number(fields?.[name]), 0)
    expect(sum('received') - sum('duplicates')).toBe(200)
    expect(sum('sent')).toBe(200)
    // The bar goes on counting.
    expect(progress.at(-1)?.records).toBe(sum('received'))
  })

  it('loses none of many events in the second at the edge of a window', async () => {
    const world = await createEventWorld(createLeapingClock(NOW_MS))
    const start = NOW - 6 * HOUR
    const atEdges = [-1, 0, 1].flatMap((offset) =>
      Array.from({ length: 70 }, (_, index) => ({ id: `${offset}/${index}`, at: start + HOUR + offset })),
    )
    world.events.push(...atEdges)
    await world.runOnce({ start_at: '-6h' })
    expect(world.delivered.toSorted()).toEqual(idsOf(atEdges).toSorted())
  })

  it('starts 90 days back with `earliest`, in windows that grow to a day', async () => {
    const world = await createEventWorld(createLeapingClock(NOW_MS))
    const events = series('e', 89 * 24 * HOUR, HOUR, 24 * HOUR)
    world.events.push({ id: 'too old', at: NOW - 91 * 24 * HOUR }, ...events)
    await world.runOnce({ start_at: 'earliest' })
    expect(world.delivered).toEqual(idsOf(events))
    expect(Math.max(...world.lookups.map(({ from, to }) => to - from))).toBe(24 * HOUR)
    expect(world.lookups.length).toBeLessThan(120)
  })

  it('`--from` goes before start_at, and a stored position before both', async () => {
    const world = await createEventWorld(createLeapingClock(NOW_MS))
    world.events.push({ id: 'a', at: NOW - 5 * HOUR })
    const startAt = { at: 'relative', ms: -6 * HOUR * 1000 } as const
    const { store } = await world.runOnce({ start_at: 'latest' }, { startAt })
    expect(world.delivered).toEqual(['a'])
    const before = world.lookups.length
    await world.runOnce({ start_at: '-1h' }, { startAt }, store)
    expect(world.lookups.slice(before)).toEqual([])
  })

  it('warns where start_at lies before what is kept', async () => {
    const world = await createEventWorld(createLeapingClock(NOW_MS))
    const { log } = await world.runOnce({ start_at: '2020-01-01T00:00:00Z' })
    expect(log.lines).toContainEqual(expect.objectContaining({ level: 'warn', fields: { source: 'cn-hangzhou' } }))
  })

  it('goes on where it was killed: what was answered does not come again, and nothing is left out', async () => {
    const world = await createEventWorld(createLeapingClock(NOW_MS), undefined, 5)
    const events = series('e', 50 * HOUR, HOUR, 300)
    world.events.push(...events)
    const store = createMemoryStore()
    for (let kills = 0; kills < 10; kills++) {
      const run = await world.start({ start_at: '-50h' }, {}, store)
      const killAt = world.delivered.length + 31
      world.onDeliver(async () => {
        if (world.delivered.length < killAt) return
        run.stop()
        run.abandon()
        throw new Error('killed')
      })
      await run.ended
    }
    world.onDeliver(async () => {})
    const before = world.lookups.length
    await world.runOnce({}, {}, store)
    expect(world.delivered.toSorted()).toEqual(idsOf(events).toSorted())
    // It did not begin anew.
    expect(world.lookups[before]?.from).toBeGreaterThan(NOW - 50 * HOUR + HOUR)
  })

  it('a position that is older than 90 days is told as a loss, and reading goes on', async () => {
    const world = await createEventWorld(createLeapingClock(NOW_MS))
    world.events.push({ id: 'a', at: NOW - HOUR })
    const store = createMemoryStore()
    const old = encodePosition(positionFrom(NOW - 100 * 24 * HOUR))
    await store.scope(id).save([[positionKey('cn-hangzhou'), old]])
    const { log } = await world.runOnce({}, {}, store)
    expect(world.delivered).toEqual(['a'])
    expect(log.lines.filter(({ level }) => level === 'error')).toMatchObject([{ fields: { code: 'DATA_EXPIRED' } }])
  })
})

describe('pages', () => {
  it('follow the token over empty and short pages', async () => {
    const world = await createEventWorld(createLeapingClock(NOW_MS))
    world.events.push({ id: 'last', at: NOW - HOUR })
    const tokens: (string | undefined)[] = []
    world.intervene((_region, call) => {
      if (call.action !== 'LookupEvents' || tokens.length >= 3) return undefined
      tokens.push(call.parameters['NextToken'])
      return { body: { RequestId: 'R', Events: [], NextToken: `t=${tokens.length > 2 ? 0 : tokens.length}` } }
    })
    await world.runOnce({ start_at: '-90m' })
    expect(tokens).toEqual([undefined, 't=1', 't=2'])
    expect(world.delivered).toEqual(['last'])
  })

  it.each<[string, unknown]>([
    ['without Events', { RequestId: 'R' }],
    ['with null', { RequestId: 'R', Events: null, NextToken: null }],
    ['with an empty token', { RequestId: 'R', Events: [], NextToken: '' }],
  ])('an answer %s is the empty last page', async (_what, body) => {
    const world = await createEventWorld(createLeapingClock(NOW_MS))
    world.intervene((_region, call) => (call.action === 'LookupEvents' ? { body } : undefined))
    await world.runOnce({ start_at: '-30m', overlap: '0s' })
    expect(world.delivered).toEqual([])
  })

  it('a token that comes again and again is an error of the window, which is read again', async () => {
    const world = await createEventWorld(createLeapingClock(NOW_MS), undefined, 3)
    const events = series('e', 2 * HOUR, HOUR, 400)
    world.events.push(...events)
    let repeats = 0
    world.intervene((_region, { action, parameters }) => {
      if (action !== 'LookupEvents' || parameters['NextToken'] === undefined || repeats >= 4) return undefined
      repeats++
      return { body: { RequestId: 'R', Events: [], NextToken: parameters['NextToken'] } }
    })
    const { log } = await world.runOnce({ start_at: '-2h' })
    expect(world.delivered).toEqual(idsOf(events))
    expect(log.lines).toContainEqual(expect.objectContaining({ level: 'warn', message: 'Source fails, will retry' }))
  })

  it('with `once`, a token that never stops repeating ends it', async () => {
    const world = await createEventWorld(createLeapingClock(NOW_MS))
    world.intervene((_region, { action }) =>
      action === 'LookupEvents' ? { body: { RequestId: 'R', Events: [], NextToken: 'same' } } : undefined,
    )
    await expect(world.runOnce({ start_at: '-2h' })).rejects.toMatchObject({ code: 'API_BAD_RESPONSE' })
  })

  it('one that fails half-way repeats the window without doubling', async () => {
    const clock = createManualClock(NOW_MS)
    const world = await createEventWorld(clock, undefined, 4)
    const events = series('e', HOUR, 700, 60)
    world.events.push(...events)
    let failures = 0
    world.intervene((_region, { parameters }) =>
      parameters['NextToken']?.endsWith('=8') && failures++ < 2 ? failure(400, 'InvalidQueryParameter') : undefined,
    )
    const run = await world.start({ start_at: '-1h' }, { once: false })
    for (const state of ['recoverable_error', 'recoverable_error', 'ok']) {
      await clock.sleeping()
      expect(run.status()?.state).toBe(state)
      await clock.advance(30_000)
    }
    expect(world.delivered).toEqual(idsOf(events))
  })

  it('in shorter windows where the API takes too long', async () => {
    const world = await createEventWorld(createLeapingClock(NOW_MS))
    const events = series('e', 3 * HOUR, HOUR, 60)
    world.events.push(...events)
    world.intervene((_region, { action, parameters: { StartTime = '', EndTime = '' } }) =>
      action === 'LookupEvents' && Date.parse(EndTime) - Date.parse(StartTime) > 600_000
        ? failure(504, 'ServiceTimeout')
        : undefined,
    )
    await world.runOnce({ start_at: '-3h' })
    expect(world.delivered).toEqual(idsOf(events))
  })
})

describe('following', () => {
  it('finds events that appear late, each once', async () => {
    const clock = createManualClock(NOW_MS)
    const world = await createEventWorld(clock)
    // Of every minute, one in time, one just within the settle delay, one two and one nine minutes later than that.
    const delays = [60, 590, 720, 1140]
    const events = Array.from({ length: 60 }, (_, minute) =>
      delays.map((delay) => ({
        id: `${minute}+${delay}`,
        at: NOW + minute * 60,
        visibleAtMs: NOW_MS + (minute * 60 + delay) * 1000,
      })),
    ).flat()
    world.events.push(...events)
    await world.start({ start_at: 'latest' }, { once: false })
    for (let minute = 0; minute < 90; minute++) {
      await clock.sleeping()
      await clock.advance(60_000)
    }
    await clock.sleeping()
    expect(world.delivered.toSorted()).toEqual(idsOf(events).toSorted())
    // Of the eleven times that a poll every minute could ask for each second, it takes four.
    const windows = world.lookups.filter(({ token }) => token === undefined)
    const seconds = windows.reduce((sum, { from, to }) => sum + to - from, 0)
    expect(seconds / (90 * 60)).toBeLessThan(4.2)
  })

  it('lags while it is behind, and not when it is caught up', async () => {
    const clock = createManualClock(NOW_MS)
    const world = await createEventWorld(clock)
    const run = await world.start({ start_at: '-1h' }, { once: false })
    await clock.sleeping()
    expect(run.status()).toMatchObject({ state: 'ok', details: { sources: 1, caught_up: 1, failing: {} } })
  })

  it('what it remembers stays as large as what may come again', async () => {
    const clock = createManualClock(NOW_MS)
    const world = await createEventWorld(clock)
    const store = createMemoryStore()
    for (let minute = 0; minute < 120; minute++) world.events.push({ id: `e${minute}`, at: NOW + minute * 60 })
    await world.start({ start_at: 'latest' }, { once: false }, store)
    for (let minute = 0; minute < 120; minute++) {
      await clock.sleeping()
      await clock.advance(60_000)
    }
    await clock.sleeping()
    expect(world.delivered).toHaveLength(110)
    expect((await store.scope(id).list('seen/')).length).toBeLessThan(20)
  })

  it('a window that the server’s clock shows to be too young is not taken as read', async () => {
    const clock = createManualClock(NOW_MS)
    const world = await createEventWorld(clock)
    // This machine is an hour ahead of the server, where the event can be asked for in a few minutes.
    world.events.push({ id: 'a', at: NOW - HOUR - 300, visibleAtMs: NOW_MS + 200_000 })
    const date = new Date(NOW_MS - HOUR * 1000).toUTCString()
    let calls = 0
    world.intervene((_region, { action }) =>
      action === 'LookupEvents' && calls++ === 0 ? { headers: { date }, body: { RequestId: 'R' } } : undefined,
    )
    await world.start({ start_at: '-2h' }, { once: false })
    for (let minute = 0; minute < 12; minute++) {
      await clock.sleeping()
      await clock.advance(60_000)
    }
    await clock.sleeping()
    expect(world.delivered).toEqual(['a'])
  })

  it('begins by the server’s clock where this machine’s runs ahead, and leaves nothing out', async () => {
    const clock = createManualClock(NOW_MS)
    const world = await createEventWorld(clock)
    // By our clock `latest` is half an hour later than by the server's, and this event would lie before it.
    const behind = 1800
    world.events.push({ id: 'a', at: NOW - behind + 60 })
    world.intervene((_region, { action }) =>
      action === 'LookupEvents' && world.lookups.length === 0 && clock.now() < NOW_MS + 700_000
        ? { headers: { date: new Date(clock.now() - behind * 1000).toUTCString() }, body: { RequestId: 'R' } }
        : undefined,
    )
    await world.start({ start_at: 'latest' }, { once: false })
    for (let minute = 0; minute < 30; minute++) {
      await clock.sleeping()
      await clock.advance(60_000)
    }
    await clock.sleeping()
    expect(world.delivered).toEqual(['a'])
  })

  it('stops at once while it waits, and keeps what was answered', async () => {
    const clock = createManualClock(NOW_MS)
    const world = await createEventWorld(clock)
    const run = await world.start({}, { once: false })
    await clock.sleeping()
    run.stop()
    expect(await run.ended).toBeUndefined()
  })
})

describe('regions', () => {
  const regions = ['cn-hangzhou', 'ap-southeast-1']

  it('each is read from its own endpoint, and stores a position of its own', async () => {
    const world = await createEventWorld(createLeapingClock(NOW_MS), regions)
    world.events.push({ id: 'a', at: NOW - HOUR }, { id: 'b', at: NOW - HOUR, region: 'ap-southeast-1' })
    const { store } = await world.runOnce({ start_at: '-2h' })
    expect(world.delivered.toSorted()).toEqual(['a', 'b'])
    const keys = (await store.scope(id).list('position/')).map(({ key }) => key)
    expect(keys).toEqual(['position/ap-southeast-1', 'position/cn-hangzhou'])
  })

  it('one that fails does not stop the other, and is named', async () => {
    const world = await createEventWorld(createLeapingClock(NOW_MS), regions)
    world.events.push(...series('a', 2 * HOUR, HOUR, 60), { id: 'b', at: NOW - HOUR, region: 'ap-southeast-1' })
    world.intervene((region, { action }) =>
      region === 'ap-southeast-1' && action === 'LookupEvents' ? failure(403, 'NoPermission') : undefined,
    )
    const run = await world.start({ start_at: '-3h' })
    expect(await run.ended).toMatchObject({
      code: 'PERMISSION_DENIED',
      remedy: expect.stringContaining('actiontrail:LookupEvents'),
    })
    expect(world.delivered).toHaveLength(61)
  })

  it('one that fails is read again for as long as it takes', async () => {
    const clock = createManualClock(NOW_MS)
    const world = await createEventWorld(clock)
    world.events.push({ id: 'a', at: NOW - HOUR })
    let isDenied = true
    world.intervene((_region, { action }) =>
      isDenied && action === 'LookupEvents' ? failure(403, 'NoPermission') : undefined,
    )
    const run = await world.start({ start_at: '-2h' }, { once: false })
    await clock.sleeping()
    expect(run.status()).toMatchObject({
      state: 'recoverable_error',
      message: expect.stringContaining('cn-hangzhou: Cannot call'),
    })
    isDenied = false
    await clock.advance(30_000)
    await clock.sleeping()
    expect(world.delivered).toEqual(['a'])
    expect(run.status()?.state).toBe('ok')
  })

  it('an event that two regions give is delivered once, also when one of them is far behind', async () => {
    const world = await createEventWorld(createLeapingClock(NOW_MS), regions)
    const both = series('g', 20 * HOUR, HOUR, 600).flatMap((event) =>
      regions.map((region) => ({ ...event, region, isGlobal: true })),
    )
    world.events.push(...both)
    let isDenied = true
    world.intervene((region, { action }) =>
      isDenied && region === 'ap-southeast-1' && action === 'LookupEvents' ? failure(403, 'NoPermission') : undefined,
    )
    const run = await world.start({ start_at: '-20h' })
    await run.ended
    isDenied = false
    await world.runOnce({}, {}, run.store)
    expect(world.delivered).toHaveLength(both.length / 2)
    expect(new Set(world.delivered).size).toBe(both.length / 2)
  })

  it('share the rate of calls', async () => {
    const clock = createLeapingClock(NOW_MS)
    const world = await createEventWorld(clock, regions)
    await world.runOnce({ start_at: '-2d', rate_limit: 1.5 })
    const elapsed = (clock.now() - NOW_MS) / 1000
    expect(world.lookups.length).toBeGreaterThan(10)
    expect(world.lookups.length / elapsed).toBeLessThan(1.7)
  })

  it.each<[string, string[], { known?: string }, RegExp | undefined]>([
    ['the region that the API names is there', ['cn-hangzhou', 'cn-beijing'], { known: 'cn-hangzhou' }, undefined],
    ['the region that the API names is missing', ['cn-beijing'], { known: 'ap-southeast-1' }, /are missed/],
    ['nobody may ask, and one is missing', ['cn-hangzhou'], {}, /may be missed/],
    ['nobody may ask, and both are there', regions, {}, undefined],
  ])('a warning about global events: %s', async (_what, chosen, { known }, warning) => {
    const world = await createEventWorld(createLeapingClock(NOW_MS), chosen)
    world.intervene((_region, { action }) => {
      if (action !== 'GetGlobalEventsStorageRegion') return undefined
      return known === undefined ? failure(403, 'NoPermission') : { body: { RequestId: 'R', StorageRegion: known } }
    })
    const { log } = await world.runOnce()
    const warnings = log.lines.filter(({ message }) => message.includes('global services'))
    expect(warnings).toHaveLength(warning === undefined ? 0 : 1)
    if (warning !== undefined) expect(warnings[0]?.message).toMatch(warning)
  })
})

describe('failures', () => {
  it('an exporter that is told to stop the process stops all regions', async () => {
    const clock = createManualClock(NOW_MS)
    const world = await createEventWorld(clock, ['cn-hangzhou', 'ap-southeast-1'])
    world.events.push({ id: 'a', at: NOW - HOUR })
    const rejected = new ReceiverError('EXPORT_REJECTED', 'refused')
    world.onDeliver(() => Promise.reject(rejected))
    // The other one is busy with an API that does not answer.
    world.intervene((region) => (region === 'ap-southeast-1' ? () => {} : undefined))
    const run = await world.start({ start_at: '-2h' }, { once: false })
    expect(await run.ended).toBe(rejected)
  })

  it('a page that could not be made ready for delivery is read again, not taken for delivered', async () => {
    const clock = createManualClock(NOW_MS)
    const world = await createEventWorld(clock)
    const events = series('e', 2 * HOUR, HOUR, 600)
    world.events.push(...events)
    let failures = 0
    const audit: AuditHub = {
      isActive: true,
      attach: () => false,
      examine: (_event, { eventId, severityNumber }) => {
        if (eventId === 'e3' && failures++ < 2) throw new Error('a rule is broken')
        return { severityNumber, findings: [] }
      },
      save: async () => {},
    }
    const run = await world.start({ start_at: '-2h' }, { once: false, audit })
    for (let failure = 0; failure < 2; failure++) {
      await clock.sleeping()
      expect(run.status()?.message).toContain('a rule is broken')
      await clock.advance(30_000)
    }
    await clock.sleeping()
    expect(world.delivered).toEqual(idsOf(events))
  })

  it('a position that cannot be read is named, and neither skipped nor written over', async () => {
    const clock = createManualClock(NOW_MS)
    const world = await createEventWorld(clock)
    const store = createMemoryStore()
    await store.scope(id).save([[positionKey('cn-hangzhou'), '{"start":"garbage"}']])
    const run = await world.start({}, { once: false }, store)
    await clock.sleeping()
    expect(run.status()).toMatchObject({
      state: 'recoverable_error',
      message: expect.stringContaining('Not a position'),
    })
    expect(await store.scope(id).load(positionKey('cn-hangzhou'))).toBe('{"start":"garbage"}')
    expect(world.lookups).toEqual([])
  })
})

describe('what is asked for', () => {
  it('one criterion goes to the API, further ones are held against what comes back', async () => {
    const world = await createEventWorld(createLeapingClock(NOW_MS))
    world.events.push({ id: 'a', at: NOW - HOUR })
    await world.runOnce({ lookup: { event_rw: 'Write' }, start_at: '-2h' })
    expect(world.lookups[0]?.call.parameters).toMatchObject({
      'LookupAttribute.1.Key': 'EventRW',
      'LookupAttribute.1.Value': 'Write',
    })
    expect(world.delivered).toEqual(['a'])
    await world.runOnce({ lookup: { event_rw: 'Write', event_name: 'Other' }, start_at: '-2h' })
    expect(world.lookups.at(-1)?.call.parameters['LookupAttribute.1.Key']).toBe('EventName')
    expect(world.delivered).toEqual(['a', 'a'])
    await world.runOnce({ lookup: { event_rw: 'Read', event_name: 'DeleteInstance' }, start_at: '-2h' })
    expect(world.delivered).toEqual(['a', 'a'])
  })
})

describe('what is delivered is remembered', () => {
  /** A store that tells what it saves, and fails when told to. */
  function watchedStore() {
    const store = createMemoryStore()
    const seen: string[] = []
    const faults = { left: 0 }
    const watched: CheckpointStore = {
      ...store,
      scope(component) {
        const scope = store.scope(component)
        return {
          ...scope,
          async save(entries) {
            const list = [...entries]
            if (faults.left-- > 0) throw new Error('disk full')
            seen.push(...list.map(([key]) => `save ${component === id ? key.replace(/\d+$/, 'n') : component}`))
            await scope.save(list)
          },
        }
      },
    }
    return { store: watched, seen, faults }
  }

  it('after the answer: first what rules learnt, then the ids, then the position', async () => {
    const world = await createEventWorld(createLeapingClock(NOW_MS))
    world.events.push({ id: 'a', at: NOW - HOUR })
    const { store, seen } = watchedStore()
    world.onDeliver(async (uids) => void seen.push(`answer ${uids}`))
    const audit: AuditHub = {
      isActive: true,
      attach: () => false,
      examine: (_event, { eventId, severityNumber }) => {
        seen.push(`examine ${eventId}`)
        return { severityNumber, findings: [] }
      },
      save: async () => void seen.push('save rules'),
    }
    await world.runOnce({ start_at: '-1h', deduplicate: 'service' }, { audit }, store)
    expect(seen.slice(0, 7)).toEqual([
      'save position/cn-hangzhou',
      'examine a',
      'answer a',
      'save rules',
      'save delivered_events',
      'save seen/cn-hangzhou/n',
      'save position/cn-hangzhou',
    ])
    const before = seen.length
    await store.scope(id).remove([positionKey('cn-hangzhou')])
    await world.runOnce({ start_at: '-1h', deduplicate: 'service' }, { audit }, store)
    expect(seen.slice(before).filter((line) => !line.startsWith('save position'))).toEqual([])
  })

  it('a store that fails holds the position back until it works', async () => {
    const world = await createEventWorld(createLeapingClock(NOW_MS))
    world.events.push({ id: 'a', at: NOW - HOUR })
    const { store, faults } = watchedStore()
    world.onDeliver(async () => {
      faults.left = 3
    })
    await world.runOnce({ start_at: '-2h' }, {}, store)
    expect(faults.left).toBeLessThan(0)
    await world.runOnce({}, {}, store)
    expect(world.delivered).toEqual(['a'])
  })

  it('by `deduplicate: service`, also what another receiver delivered', async () => {
    const world = await createEventWorld(createLeapingClock(NOW_MS))
    const events = series('e', 2 * HOUR, HOUR, 600)
    world.events.push(...events)
    const store = createMemoryStore()
    const one = { checkpoints: store.scope('alibabacloud_actiontrail/one') }
    const other = { checkpoints: store.scope('alibabacloud_actiontrail/other') }
    await world.runOnce({ start_at: '-2h', deduplicate: 'service' }, one, store)
    await world.runOnce({ start_at: '-2h', deduplicate: 'service' }, other, store)
    expect(world.delivered).toEqual(idsOf(events))
    await world.runOnce({ start_at: '-2h', deduplicate: 'own' }, { checkpoints: store.scope('third') }, store)
    expect(world.delivered).toHaveLength(events.length * 2)
  })

  it('what was not answered comes again', async () => {
    const world = await createEventWorld(createLeapingClock(NOW_MS))
    world.events.push({ id: 'a', at: NOW - HOUR })
    const asked = Promise.withResolvers<void>()
    const givenUp = Promise.withResolvers<void>()
    world.onDeliver(() => {
      asked.resolve()
      return givenUp.promise
    })
    const run = await world.start({ start_at: '-2h' })
    await asked.promise
    run.stop()
    givenUp.reject(new Error('given up at shutdown'))
    await run.ended
    world.onDeliver(async () => {})
    await world.runOnce({}, {}, run.store)
    expect(world.delivered).toEqual(['a'])
  })
})
