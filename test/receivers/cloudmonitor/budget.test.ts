import { describe, expect, it } from 'vitest'
import { budgetSpacingMs, createCallBudget } from '../../../receivers/cloudmonitor/budget.ts'
import { createMemoryStore } from '../../../src/storage/memory.ts'
import { createLeapingClock } from '../../fakes/leaping-clock.ts'
import { createManualClock } from '../../fakes/manual-clock.ts'
import { createRecordingLog } from '../../fakes/recording-log.ts'

const day = 86_400_000
const lastOfMonth = Date.UTC(2026, 10, 30)
const never = new AbortController().signal

describe('budgetSpacingMs', () => {
  it.each([
    [0, 1000, 0],
    [799, 1000, 0],
    [800, 1000, day / 200],
    [999, 1000, day],
    [1000, 1000, Number.POSITIVE_INFINITY],
    [10 ** 9, Number.POSITIVE_INFINITY, 0],
  ])('after %i of %d calls, a day before the month ends: %d ms', (used, budget, expected) => {
    expect(budgetSpacingMs(used, budget, lastOfMonth)).toBe(expected)
  })
})

describe('createCallBudget', () => {
  it('warns once, spreads what is left, and never spends more in a month', async () => {
    const clock = createLeapingClock(lastOfMonth)
    const log = createRecordingLog()
    const budget = await createCallBudget(1000, 'calls', { checkpoints: createMemoryStore().scope('x'), clock, log })
    const callTimes: number[] = []
    for (let call = 0; call < 1100; call++) {
      await budget.acquire(never)
      callTimes.push(clock.now())
    }
    expect(callTimes.filter((atMs) => atMs < lastOfMonth + day).length).toBeLessThanOrEqual(1000)
    expect(callTimes.filter((atMs) => atMs < lastOfMonth + day).length).toBeGreaterThan(950)
    expect(log.lines.map(({ message }) => message)).toHaveLength(1)
    expect(callTimes.at(-1)).toBeGreaterThanOrEqual(lastOfMonth + day)
  })

  it('goes on counting after a restart, with no call too few', async () => {
    const checkpoints = createMemoryStore().scope('x')
    const deps = { checkpoints, clock: createLeapingClock(lastOfMonth), log: createRecordingLog() }
    const first = await createCallBudget(Number.POSITIVE_INFINITY, 'calls', deps)
    for (let call = 0; call < 350; call++) await first.acquire(never)
    const second = await createCallBudget(Number.POSITIVE_INFINITY, 'calls', deps)
    expect(second.usedCalls).toBeGreaterThanOrEqual(350)
    expect(second.usedCalls).toBeLessThan(350 + 201)
    deps.clock.set(lastOfMonth + day)
    expect((await createCallBudget(Number.POSITIVE_INFINITY, 'calls', deps)).usedCalls).toBe(0)
  })

  it('ends its wait when it is told to', async () => {
    const controller = new AbortController()
    const clock = createManualClock(lastOfMonth)
    const budget = await createCallBudget(1, 'calls', {
      checkpoints: createMemoryStore().scope('x'),
      clock,
      log: createRecordingLog(),
    })
    await budget.acquire(controller.signal)
    const second = budget.acquire(controller.signal)
    await clock.sleeping()
    controller.abort(new Error('stopped'))
    await expect(second).rejects.toThrow('stopped')
    expect(budget.usedCalls).toBe(1)
  })
})
