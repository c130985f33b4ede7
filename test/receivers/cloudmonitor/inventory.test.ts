import { describe, expect, it } from 'vitest'
import type { InventoryItem } from '../../../receivers/cloudmonitor/identity.ts'
import { createInventory } from '../../../receivers/cloudmonitor/inventory.ts'
import { createManualClock } from '../../fakes/manual-clock.ts'
import { createRecordingLog } from '../../fakes/recording-log.ts'

const minute = 60_000
const item = (id: string): InventoryItem => ({ id, type: 'ACS::ECS::Instance', addresses: [], tags: [] })

function start(read: () => InventoryItem[]) {
  const clock = createManualClock()
  const log = createRecordingLog()
  const stop = new AbortController()
  let reads = 0
  const inventory = createInventory(
    async () => {
      reads++
      return read()
    },
    { refreshMs: 10 * minute, resourceTypes: [] },
    { clock, log },
  )
  const running = inventory.run(async () => {}, stop.signal)
  return {
    inventory,
    clock,
    log,
    reads: () => reads,
    async end() {
      stop.abort(new Error('stopped'))
      await running
    },
  }
}

describe('createInventory', () => {
  it('is read in its interval, and early when an instance was missed', async () => {
    const { inventory, clock, reads, end } = start(() => [item('i-1')])
    await clock.advance(9 * minute)
    expect([reads(), inventory.find('i-1')?.id, inventory.find('i-2')]).toEqual([1, 'i-1', undefined])
    await clock.advance(minute)
    expect(reads()).toBe(2)
    inventory.missed()
    await clock.advance(minute)
    expect(reads()).toBe(2)
    await clock.advance(minute)
    expect(reads()).toBe(3)
    await clock.advance(5 * minute)
    inventory.missed()
    await clock.advance(0)
    expect(reads()).toBe(4)
    await end()
  })

  it('keeps what has vanished for an hour, and does not list it', async () => {
    let listed = [item('i-1'), item('i-2')]
    const { inventory, clock, end } = start(() => listed)
    await clock.advance(0)
    listed = [item('i-1')]
    await clock.advance(10 * minute)
    expect([...inventory.listed()].map(({ id }) => id)).toEqual(['i-1'])
    expect(inventory.find('i-2')?.id).toBe('i-2')
    await clock.advance(60 * minute)
    expect(inventory.find('i-2')).toBeUndefined()
    await end()
  })

  it('stays as it was while it cannot be read, and says so once', async () => {
    let failing = false
    const { inventory, clock, log, end } = start(() => {
      if (failing) throw new Error('no')
      return [item('i-1')]
    })
    await clock.advance(0)
    failing = true
    await clock.advance(20 * minute)
    expect([inventory.isLoaded, inventory.find('i-1')?.id]).toEqual([true, 'i-1'])
    expect(log.lines.filter(({ level }) => level === 'warn')).toHaveLength(1)
    failing = false
    await clock.advance(2 * minute)
    expect(log.lines.filter(({ message }) => message === 'Inventory read')).toHaveLength(2)
    await end()
  })
})
