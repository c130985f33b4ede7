import { expect, test, vi } from 'vitest'
import { alertSecrets } from '../../../simulator/cloudmonitor/event-documents.ts'
import { createEventsWorld, type EventsWorld } from './events-world.ts'

const MINUTE_MS = 60_000

/** Events of the last hour, so that all of them are in the past. */
function issueBefore(world: EventsWorld, systemEvents: number, alerts: number): void {
  const { cloudMonitorEvents, clock } = world.simulator
  for (let index = 0; index < systemEvents; index++) {
    cloudMonitorEvents.issue('system_event', 1, { timeMs: clock.now() - (index % 50) * MINUTE_MS - 5000 })
  }
  for (let index = 0; index < alerts; index++) {
    cloudMonitorEvents.issue('alert', 1, { timeMs: clock.now() - (index % 50) * MINUTE_MS - 5000 })
  }
}

const uids = (world: EventsWorld) => world.arrived.map(({ uid }) => uid).toSorted()
const issued = (world: EventsWorld) => [...world.simulator.ledger.items()].map(({ uid }) => uid).toSorted()

test('every event and alert arrives once, though both endpoints tell of all', async () => {
  const world = await createEventsWorld()
  issueBefore(world, 350, 120)
  const service = await world.startReceiver({}, { once: true })
  await service.ended
  expect(uids(world)).toEqual(issued(world))
})

test('each region tells of its own where the vendor does it so', async () => {
  const world = await createEventsWorld({ cloudMonitorEvents: { regional: true, order: 'oldest_first' } })
  issueBefore(world, 60, 0)
  await (await world.startReceiver({}, { once: true })).ended
  expect(uids(world)).toEqual(issued(world))
})

test('a record has time, severity, name and resource of what it tells', async () => {
  const world = await createEventsWorld()
  const { cloudMonitorEvents, clock } = world.simulator
  const timeMs = clock.now() - MINUTE_MS
  const event = cloudMonitorEvents.issueSystemEvent(
    {
      Level: 'CRITICAL',
      Name: 'Instance:SystemFailure.Reboot:Executing',
      Product: 'ECS',
      ResourceId: 'acs:ecs:cn-hangzhou:1234567890123456:instance/i-1',
    },
    { timeMs, region: 'cn-hangzhou' },
  )
  await (await world.startReceiver({}, { once: true })).ended
  const [{ record, resource, uid } = expect.unreachable()] = world.arrived
  expect(uid).toBe(`${event.Id}/${event.Status}`)
  expect(record).toMatchObject({
    timeUnixNano: BigInt(timeMs) * 1_000_000n,
    severityNumber: 17,
    eventName: 'Instance:SystemFailure.Reboot:Executing',
  })
  expect(resource).toMatchObject({
    'service.name': 'ecs',
    'cloud.account.id': '1234567890123456',
    'cloud.region': 'cn-hangzhou',
    'cloud.resource_id': 'i-1',
  })
})

test('late events within the overlap are found, and nothing is delivered twice for them', async () => {
  const world = await createEventsWorld()
  const { cloudMonitorEvents, clock } = world.simulator
  const service = await world.startReceiver()
  for (let minute = 0; minute < 20; minute++) {
    const nowMs = clock.now()
    cloudMonitorEvents.issue('system_event', 3)
    cloudMonitorEvents.issue('alert', 2, { visibleAtMs: nowMs + 8 * MINUTE_MS })
    clock.advance(MINUTE_MS)
  }
  clock.advance(15 * MINUTE_MS)
  await world.drained()
  await service.stop()
  expect(uids(world)).toEqual(issued(world))
})

test('an event that changes its status is a record of its own', async () => {
  const world = await createEventsWorld()
  const { cloudMonitorEvents, clock } = world.simulator
  const times = { timeMs: clock.now() - MINUTE_MS }
  const event = cloudMonitorEvents.issueSystemEvent({ Status: 'Executing' }, times)
  cloudMonitorEvents.issueSystemEvent({ ...event, Status: 'Executed' }, times)
  await (await world.startReceiver({}, { once: true })).ended
  expect(uids(world)).toEqual([`${event.Id}/Executed`, `${event.Id}/Executing`])
})

test('positions outlive the process: nothing comes again, nothing is left out', async () => {
  const world = await createEventsWorld()
  issueBefore(world, 30, 10)
  await (await world.startReceiver({}, { once: true })).ended
  world.simulator.clock.advance(MINUTE_MS)
  world.simulator.cloudMonitorEvents.issue('alert', 5)
  world.simulator.clock.advance(2000)
  await (await world.startReceiver({}, { once: true })).ended
  expect(uids(world)).toEqual(issued(world))
})

test.each(['summary', 'original', 'none'])(
  'no contact, phone number or webhook leaves, with the body %s',
  async (body) => {
    const world = await createEventsWorld()
    issueBefore(world, 0, 20)
    await (await world.startReceiver({ body }, { once: true })).ended
    expect(world.arrived).toHaveLength(20)
    const everything = JSON.stringify(world.arrived, (_key, value) =>
      typeof value === 'bigint' ? String(value) : value,
    )
    for (const secret of Object.values(alertSecrets)) expect(everything).not.toContain(secret)
  },
)

test('a list that is refused does not stop the other one', async () => {
  const world = await createEventsWorld()
  world.simulator.faults.inject({
    api: 'DescribeAlertLogList',
    effect: { kind: 'error', status: 403, code: 'NoPermission', message: 'not allowed' },
  })
  const service = await world.startReceiver()
  world.simulator.cloudMonitorEvents.issue('system_event', 5)
  world.simulator.clock.advance(5000)
  await vi.waitFor(() => expect(world.arrived).toHaveLength(5), { timeout: 10_000 })
  const status = async () => (await fetch(`${service.healthUrl}/status`)).text()
  await expect.poll(status, { timeout: 10_000 }).toContain('Cannot call cms:DescribeAlertLogList')
})

test('answers in the older form are read as well', async () => {
  const world = await createEventsWorld({ cloudMonitorEvents: { form: 'data_text' } })
  issueBefore(world, 120, 5)
  const service = await world.startReceiver()
  await world.drained()
  await service.stop()
  expect(uids(world)).toEqual(issued(world))
})

test('an entry that is no event arrives as text, once, and is counted', async () => {
  const world = await createEventsWorld()
  const { cloudMonitorEvents, clock } = world.simulator
  cloudMonitorEvents.issueSystemEvent({ Id: '', InstanceName: 'call 13900000000' }, { timeMs: clock.now() - MINUTE_MS })
  const service = await world.startReceiver()
  await vi.waitFor(() => expect(world.arrived).toHaveLength(1), { timeout: 10_000 })
  const metrics = async () => (await fetch(`${service.healthUrl}/metrics`)).text()
  await expect.poll(metrics).toMatch(/alibabacloud_receiver_malformed_records\S* 1\b/)
  // Both endpoints tell of it.
  await expect.poll(metrics).toMatch(/alibabacloud_receiver_duplicates_dropped\S* [1-9]/)
  await service.stop()
  const [{ record } = expect.unreachable(), ...more] = world.arrived
  expect(more).toEqual([])
  expect(record.body).toContain('call REDACTED')
  expect(Object.fromEntries(record.attributes.map(({ key, value }) => [key, value]))).toMatchObject({
    'alibabacloud.malformed.reason': 'no id',
    'alibabacloud.malformed.is_masked': true,
  })
})
