import { describe, expect, it } from 'vitest'
import type { EventList } from '../../../receivers/cloudmonitor_events/config.ts'
import { convertEvent } from '../../../receivers/cloudmonitor_events/convert.ts'
import type { Json } from '../../../src/lossless-json.ts'
import { expectGolden, type GoldenCase, goldenCases } from '../../golden.ts'

interface Input {
  readonly list: EventList
  readonly event: Json
}

const observedUnixNano = 1_795_180_000_000_000_000n
const options = { body: 'summary', contacts: 'drop', serviceName: '' } as const
const cases = goldenCases(new URL('testdata/', import.meta.url)) as (GoldenCase & { readonly input: Input })[]

const asJson = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (_key, each) =>
      typeof each === 'bigint' ? String(each) : each instanceof Map ? Object.fromEntries(each) : each,
    ),
  )

describe('convertEvent, golden cases', () => {
  it.each(cases)('$name is as expected', (golden) => {
    const { list, event } = golden.input
    expectGolden(golden, asJson(convertEvent(list, event, observedUnixNano, options)))
  })

  it('keeps contacts where that is asked for', () => {
    const event = { LogId: '1', AlertTime: '1795180000000', ContactMailList: ['a@example.com'] }
    const kept = convertEvent('alerts', event, observedUnixNano, { ...options, contacts: 'keep' })
    expect(JSON.stringify(asJson(kept))).toContain('a@example.com')
    const dropped = convertEvent('alerts', event, observedUnixNano, options)
    expect(JSON.stringify(asJson(dropped))).not.toContain('a@example.com')
  })
})
