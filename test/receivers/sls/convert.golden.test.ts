import { describe, it } from 'vitest'
import type { ConvertOptions } from '../../../receivers/sls/convert.ts'
import { expectGolden, goldenCases } from '../../golden.ts'
import { convertOnce, pageOf, readableRecords } from './pages.ts'

/** One log with the group it came in, as the samples of the references write it. */
interface Sample {
  project: string
  logstore: string
  topic: string
  source: string
  time: number
  timeNs?: number
  tags: Record<string, string>
  contents: Record<string, string>
  options?: Partial<ConvertOptions>
}

describe('createPageConverter, golden cases', () => {
  it.each(goldenCases(new URL('testdata/', import.meta.url)))('$name', (golden) => {
    const { project, logstore, topic, source, time, timeNs, tags, contents, options } = golden.input as Sample
    const log = { time, ...(timeNs === undefined ? {} : { timeNs }), contents: Object.entries(contents) }
    const page = pageOf({ topic, source, tags: Object.entries(tags), logs: [log] })
    const { payloads, records, malformed, unparsedValues } = convertOnce(page, {
      source: { project, logstore },
      ...(options === undefined ? {} : { options }),
    })
    expectGolden(golden, { records, malformed, unparsedValues, record: readableRecords(payloads)[0] })
  })
})
