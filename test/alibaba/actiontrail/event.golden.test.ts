import { describe, it } from 'vitest'
import { convertActionTrailEvent } from '../../../src/alibaba/actiontrail/event.ts'
import type { JsonObject } from '../../../src/lossless-json.ts'
import { expectGolden, goldenCases } from '../../golden.ts'

describe('convertActionTrailEvent, golden cases', () => {
  it.each(goldenCases(new URL('testdata/', import.meta.url)))('$name', (golden) => {
    const record = convertActionTrailEvent(golden.input as JsonObject, { body: 'summary', fallbackUnixNano: 0n })
    expectGolden(golden, { ...record, timeUnixNano: String(record.timeUnixNano) })
  })
})
