import { PassThrough } from 'node:stream'
import { expect, it } from 'vitest'
import { drawCatchUp, logCatchUp } from '../../src/cli/catch-up-view.ts'
import { createLeapingClock } from '../fakes/leaping-clock.ts'
import { createRecordingLog } from '../fakes/recording-log.ts'

const fromMs = Date.parse('2026-01-01T00:00:00Z')
const at = (share: number, records = 0) => ({ fromMs, doneMs: fromMs + share * 1e8, untilMs: fromMs + 1e8, records })

it('without a terminal there is a line every few seconds for each source, and none for what is soon done', () => {
  const clock = createLeapingClock(fromMs)
  const log = createRecordingLog()
  const view = logCatchUp(log, clock)
  for (let second = 0; second < 12; second++) {
    clock.set(fromMs + second * 1000)
    view.report('actiontrail', 'cn-hangzhou', at(second / 20, second))
    if (second < 2) view.report('actiontrail', 'cn-beijing', at(second))
  }
  expect(log.lines.map(({ fields }) => [fields['source'], fields['percent'], fields['records']])).toEqual([
    ['cn-hangzhou', 25, 5],
    ['cn-hangzhou', 50, 10],
  ])
  clock.set(fromMs + 60_000)
  view.report('actiontrail', 'cn-hangzhou', at(1))
  expect(log.lines).toHaveLength(2)
})

it('on a terminal there is a bar for each source, and log lines stand above them', () => {
  const clock = createLeapingClock(fromMs)
  const terminal = Object.assign(new PassThrough({ encoding: 'utf8' }), { columns: 100 })
  const view = drawCatchUp(terminal, clock)
  view.report('actiontrail', 'cn-hangzhou', at(0.5, 7))
  expect(terminal.read()).toBe(
    `cn-hangzhou      ${'█'.repeat(12)}${'░'.repeat(12)}  50 %  2026-01-01 13:53  7 records\n`,
  )
  // Too soon to draw anew.
  view.report('actiontrail', 'cn-hangzhou', at(0.6, 8))
  expect(terminal.read()).toBe(null)
  view.logStream.write('a line\n')
  const shown = String(terminal.read())
  expect(shown.startsWith('\x1b[1A\x1b[0Ja line\ncn-hangzhou')).toBe(true)
  expect(shown).toContain('60 %')
  view.report('actiontrail', 'cn-beijing', at(1))
  view.close()
  expect(String(terminal.read()).split('\n').at(-2)).toContain('100 %')
})
