import { afterEach, describe, expect, test } from 'vitest'
import { parseFaultScript } from '../../simulator/fault-script.ts'
import { type Simulator, startSimulator } from '../../simulator/simulator.ts'
import { ReceiverError } from '../../src/errors.ts'
import { createManualClock } from '../fakes/manual-clock.ts'
import { callSls, outcomeOf } from './sls-caller.ts'

let simulator: Simulator | undefined
afterEach(async () => {
  await simulator?.close()
  simulator = undefined
})

test('a script is read with its durations and defaults', () => {
  const script = parseFaultScript(
    `faults:
  - { at: 5s, for: 10s, on: { api: PullLogs, shard: 1 }, effect: throttle }
  - { times: 3, effect: { kind: error, status: 500, code: InternalServerError } }
  - { effect: { kind: delay, time: 250ms } }
  - { effect: { kind: clock_offset, by: -20m } }
  - { at: 1m, action: { kind: split, project: web-prod, logstore: slb-access, shard: 0 } }
`,
    'faults.yaml',
  )
  expect(script.faults).toEqual([
    { at: 5000, for: 10_000, on: { api: 'PullLogs', shard: 1 }, effect: { kind: 'throttle' } },
    { at: 0, times: 3, on: {}, effect: { kind: 'error', status: 500, code: 'InternalServerError' } },
    { at: 0, on: {}, effect: { kind: 'delay', ms: 250 } },
    { at: 0, on: {}, effect: { kind: 'clock_offset', ms: -1_200_000 } },
    { at: 60_000, action: { kind: 'split', project: 'web-prod', logstore: 'slb-access', shard: 0, parts: 2 } },
  ])
})

describe('a wrong script', () => {
  const problemsOf = (text: string): string => {
    try {
      parseFaultScript(text, 'faults.yaml')
    } catch (error) {
      if (error instanceof ReceiverError && error.code === 'CONFIG_INVALID') return error.message
      throw error
    }
    return 'none'
  }

  test('is refused with all its faults and where they are', () => {
    const message = problemsOf(`faults:
  - { at: 5, effect: throttle }
  - { effect: explode }
  - { effect: { kind: error, status: 200, code: X } }
  - { effect: throttle, wehn: 3s }
  - { action: { kind: split, project: p, logstore: l } }
`)
    expect(message).toContain('faults[0].at: needs a unit')
    expect(message).toContain('faults[1].effect')
    expect(message).toContain('faults[2].effect.status')
    expect(message).toContain('faults[3]: ')
    expect(message).toContain('wehn')
    expect(message).toContain('faults[4].action.shard')
  })

  test.each(['', '- 1', 'faults: {}', 'other: []', '{'])('%j is refused', (text) => {
    expect(problemsOf(text)).toContain('faults.yaml')
  })
})

test('a script runs by the time since the start', async () => {
  const clock = createManualClock()
  const problems: unknown[] = []
  const running = await startSimulator({
    clock,
    onProblem: (error) => problems.push(error),
    faultScript: parseFaultScript(
      `faults:
  - { at: 5s, for: 10s, on: { api: ListLogStores }, effect: throttle }
  - { at: 20s, action: { kind: split, project: web-prod, logstore: slb-access, shard: 0, parts: 3 } }
  - { at: 21s, action: { kind: split, project: web-prod, logstore: slb-access, shard: 0 } }
  - { at: 22s, action: { kind: merge, project: web-prod, logstore: slb-access, shard: 1 } }
  - { at: 23s, action: { kind: disable_key, id: LTAIsimulatorNotARealKey } }
`,
      'faults.yaml',
    ),
  })
  simulator = running
  const list = async () => outcomeOf(await callSls(running, '/logstores'))
  const shards = () => running.sls.store.logstore('web-prod', 'slb-access').shards(running.clock.now()).length

  expect(await list()).toBe('200')
  await clock.advance(5000)
  expect(await list()).toBe('403 ReadQuotaExceed')
  await clock.advance(10_000)
  expect(await list()).toBe('200')
  expect(shards()).toBe(4)
  await clock.advance(5000)
  expect(shards()).toBe(7)
  await clock.advance(1000)
  expect(problems).toMatchObject([{ code: 'ParameterInvalid' }])
  await clock.advance(1000)
  expect(shards()).toBe(8)
  await clock.advance(1000)
  expect(await list()).toBe('401 Unauthorized')
})
