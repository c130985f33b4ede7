import { describe, expect, it } from 'vitest'
import type { ConvertOptions } from '../../../receivers/sls/convert.ts'
import type { Processor } from '../../../src/pipeline/component.ts'
import { noProcessing, type Processing, type RecordStep } from '../../../src/pipeline/outlet.ts'
import { filterProcessor } from '../../../src/pipeline/processors/filter.ts'
import { redactionProcessor } from '../../../src/pipeline/processors/redaction.ts'
import { goldenCases } from '../../golden.ts'
import { convertOnce, pageOf } from './pages.ts'

interface Sample {
  project: string
  logstore: string
  topic: string
  source: string
  time: number
  tags: Record<string, string>
  contents: Record<string, string>
  options?: Partial<ConvertOptions>
}

const samples = goldenCases(new URL('testdata/', import.meta.url)).map(({ input }) => input as Sample)

const filter = (...drop: string[]) => filterProcessor.create(filterProcessor.schema.parse({ drop }))
const redaction = (...rules: { keys: string[]; action: string }[]) =>
  redactionProcessor.create(redactionProcessor.schema.parse({ rules, hash_key: 'key' }))

const ruleSets: [string, Processor[]][] = [
  [
    'rules about attributes that none has, which leaves the bodies that were not understood',
    [filter('attributes["none"] == 1'), redaction({ keys: ['none'], action: 'mask' })],
  ],
  ['a filter on a number', [filter('attributes["http.response.status_code"] >= 400')]],
  ['a filter on severity and body', [filter('severity >= ERROR and body contains "a"', 'not severity < ERROR')]],
  [
    'redactions of flat attributes',
    [
      redaction(
        { keys: ['client.address', 'alibabacloud.*.id'], action: 'hash' },
        { keys: ['url.*'], action: 'drop' },
        { keys: ['user_agent.original', 'http.request.header.*'], action: 'last4' },
      ),
    ],
  ],
  ['redactions of members and of the body', [redaction({ keys: ['body.*', '*.name', '*user*'], action: 'mask' })]],
  ['a redaction of the resource', [redaction({ keys: ['cloud.resource_id', 'cloud.account.id'], action: 'hash' })]],
  [
    'a filter that sees what a redaction left',
    [
      redaction({ keys: ['http.request.method'], action: 'mask' }),
      filter('attributes["http.request.method"] == "***"'),
    ],
  ],
]

const processingOf = (steps: readonly RecordStep[]): Processing => ({ ...noProcessing, steps })

/** The same step, which is shown all attributes. */
const shownAll = ({ identity, changeResource, changeRecord }: RecordStep): RecordStep => ({
  identity,
  changeResource,
  changeRecord,
})

describe('steps that are shown only the attributes they look at', () => {
  it.each(ruleSets)('do to all golden cases what they do when they are shown all: %s', (_, processors) => {
    const steps = processors.flatMap((each) => (each.role === 'record' ? [each.step] : []))
    expect(steps.every(({ looksAt }) => looksAt !== undefined)).toBe(true)
    let changedOrDropped = 0
    for (const { project, logstore, topic, source, time, tags, contents, options } of samples) {
      const page = pageOf({
        topic,
        source,
        tags: Object.entries(tags),
        logs: [{ time, contents: Object.entries(contents) }],
      })
      for (const body of ['summary', 'original'] as const) {
        const convert = (processing: Processing) => {
          const { payloads, filtered } = convertOnce(page, {
            source: { project, logstore },
            options: { ...options, body },
            processing,
          })
          return { filtered, payloads: payloads.map(({ bytes }) => Buffer.from(bytes).toString('latin1')) }
        }
        const some = convert(processingOf(steps))
        expect(some).toEqual(convert(processingOf(steps.map(shownAll))))
        if (JSON.stringify(some) !== JSON.stringify(convert(noProcessing))) changedOrDropped++
      }
    }
    expect(changedOrDropped).toBeGreaterThan(0)
  })
})
