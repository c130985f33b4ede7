import { expect } from 'vitest'
import type { World } from '../../../simulator/world.ts'
import { cursorNumber } from '../../../src/alibaba/sls/cursor.ts'
import type { ServiceSettings, TestService, TestWorld } from '../../fakes/world.ts'
import { parsePrometheusText } from '../../telemetry/prometheus-lines.ts'

export const worldOf = (shards: number): World => ({
  projects: [
    {
      name: 'web-prod',
      region: 'cn-hangzhou',
      accountId: '1234567890123456',
      logstores: [{ name: 'slb-access', shards }],
    },
  ],
  traffic: [{ project: 'web-prod', logstore: 'slb-access', kinds: ['clb-access'], share: 1 }],
})

/** Heartbeats are a fortieth of five seconds apart in these tests. */
export const patience = { timeout: 15_000, interval: 20 }

interface GroupView {
  consumers: { name: string; lastHeartbeat: string; listed: number[] }[]
  shards: { shardId: number; state: string; consumer?: string; checkpoint?: { cursor: string; consumer: string } }[]
}

export const logstoreOf = (world: TestWorld) => world.simulator.sls.store.logstore('web-prod', 'slb-access')
export const groupOf = (world: TestWorld) => logstoreOf(world).consumerGroup('otel')
export const view = (world: TestWorld) => groupOf(world).describe(world.simulator.clock.now()) as GroupView
export const issue = (world: TestWorld, records: number, perGroup?: number) =>
  world.simulator.traffic.issue('web-prod', 'slb-access', records, perGroup)

/** A member of the group, with nothing on disk. */
export function startMember(world: TestWorld, settings: ServiceSettings = {}): Promise<TestService> {
  const sls = { consumer_group: 'otel', refresh_interval: '1s', ...settings.sls }
  // A backend that is slow because the machine is must not look dead: what is sent twice for that proves nothing here.
  const exporter = { timeout: '10m', ...settings.exporter }
  return world.start({ ...settings, storage: 'memory_storage', sls, exporter })
}

/** Shards that each consumer holds by its own word and the server's; `undefined` while some are free or on their way. */
export function holdings(world: TestWorld): Map<string, number[]> | undefined {
  const { consumers, shards } = view(world)
  const open = shards.filter(({ state }) => state !== 'over' && state !== 'wait')
  if (open.some(({ state }) => state !== 'already_alloc')) return undefined
  const held = new Map(
    consumers.map(({ name }) => [name, open.filter(({ consumer }) => consumer === name).map(({ shardId }) => shardId)]),
  )
  const isAgreed = consumers.every(
    ({ name, listed }) => String(listed.toSorted((a, b) => a - b)) === String(held.get(name)),
  )
  return isAgreed ? held : undefined
}

/** Resolves when this many consumers hold shards, whose numbers differ by one at most. */
export async function balanced(world: TestWorld, consumers: number): Promise<void> {
  const isBalanced = () => {
    const sizes = [...(holdings(world)?.values() ?? [])].map(({ length }) => length)
    return sizes.length === consumers && Math.max(...sizes) - Math.min(...sizes) <= 1
  }
  await expect.poll(isBalanced, patience).toBe(true)
}

/** Resolves when this many consumers have sent a heartbeat from now on. */
export async function heartbeats(world: TestWorld, consumers: number): Promise<void> {
  const since = world.simulator.clock.now()
  const heard = () => view(world).consumers.filter(({ lastHeartbeat }) => Date.parse(lastHeartbeat) > since).length
  await expect.poll(heard, patience).toBeGreaterThanOrEqual(consumers)
}

/** Lets the group's timeout pass for consumers that are silent, while the others go on with their heartbeats. */
export async function passTimeout(world: TestWorld, living: number): Promise<void> {
  for (let step = 0; step < 3; step++) {
    world.simulator.clock.advance(25_000)
    await heartbeats(world, living)
  }
}

/** Checkpoints on the server as cursor numbers. */
export function checkpoints(world: TestWorld): Map<number, bigint | undefined> {
  return new Map(
    groupOf(world)
      .checkpoints(world.simulator.clock.now())
      .map(({ shard, checkpoint }) => [shard, cursorNumber(checkpoint)]),
  )
}

/** uid: project/logstore/shard/number of the group/index */
export const placeOf = (uid: string) => ({ shard: Number(uid.split('/')[2]), group: BigInt(uid.split('/')[3] ?? '') })

export function expectEachOnce(world: TestWorld, issued: number): void {
  expect(world.proof.total()).toEqual({ issued, delivered: issued, lost: 0, duplicates: 0 })
  expect(world.proof.unknown()).toBe(0)
}

export async function counter(service: TestService, name: string): Promise<number> {
  const { samples } = parsePrometheusText(await (await fetch(`${service.healthUrl}/metrics`)).text())
  return samples.filter((sample) => sample.name === name).reduce((sum, { value }) => sum + value, 0)
}
export const lostShards = (service: TestService) => counter(service, 'alibabacloud_receiver_lost_shards')
