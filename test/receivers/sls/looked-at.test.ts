import { describe, expect, it } from 'vitest'
import { type ConvertOptions, createPageConverter, type PageConverter } from '../../../receivers/sls/convert.ts'
import { decodeLogs } from '../../../src/otlp/decode.ts'
import type { Processor } from '../../../src/pipeline/component.ts'
import { noProcessing, type Processing, type RecordStep } from '../../../src/pipeline/outlet.ts'
import { filterProcessor } from '../../../src/pipeline/processors/filter.ts'
import { redactionProcessor } from '../../../src/pipeline/processors/redaction.ts'
import { goldenCases } from '../../golden.ts'
import { defaultOptions, defaultSource, observedTimeUnixNano, pageOf } from './pages.ts'

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

// To make a converter, with all it knows of kinds, takes much longer than to convert a log with it.
const converters = new Map<string, PageConverter>()
function converterFor(options: Partial<ConvertOptions>): PageConverter {
  const key = JSON.stringify(options)
  const converter = converters.get(key) ?? createPageConverter({ ...defaultOptions, ...options })
  converters.set(key, converter)
  return converter
}

/** Every golden case with both kinds of body, ready to be converted. */
const samples = goldenCases(new URL('testdata/', import.meta.url)).flatMap(({ input }) => {
  const { project, logstore, topic, source, time, tags, contents, options } = input as Sample
  const logs = [{ time, contents: Object.entries(contents) }]
  const page = pageOf({ topic, source, tags: Object.entries(tags), logs })
  return (['summary', 'original'] as const).map((body) => {
    const converter = converterFor({ ...options, body })
    const from = { ...defaultSource, project, logstore }
    const convert = (processing: Processing) => {
      const { payloads, filtered } = converter.convert(page, from, observedTimeUnixNano, processing)
      const [payload, ...more] = payloads
      expect([payloads.length + filtered, more.length]).toEqual([1, 0])
      return Buffer.from(payload?.bytes ?? []).toString('latin1')
    }
    return { convert, untouched: convert(noProcessing) }
  })
})

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

const stepsOf = (...processors: Processor[]) =>
  processors.flatMap((each) => (each.role === 'record' ? [each.step] : []))

const processingOf = (steps: readonly RecordStep[]): Processing => ({ ...noProcessing, steps })

/** The same step, which is shown all attributes. */
const shownAll = ({ identity, changeResource, changeRecord }: RecordStep): RecordStep => ({
  identity,
  changeResource,
  changeRecord,
})

describe('steps that are shown only the attributes they look at', () => {
  it.each(ruleSets)('do to all golden cases what they do when they are shown all: %s', (_, processors) => {
    const steps = stepsOf(...processors)
    expect(steps.every(({ looksAt }) => looksAt !== undefined)).toBe(true)
    const some = processingOf(steps)
    const all = processingOf(steps.map(shownAll))
    let changedOrDropped = 0
    for (const { convert, untouched } of samples) {
      const converted = convert(some)
      expect(converted).toBe(convert(all))
      if (converted !== untouched) changedOrDropped++
    }
    expect(changedOrDropped).toBeGreaterThan(0)
  })

  it.each([0, 1])(
    'are shown each that they name, with all between them left out: those from %i on, every second',
    (first) => {
      for (const { convert, untouched } of samples) {
        const names = decodeLogs(Buffer.from(untouched, 'latin1')).flatMap(({ scopeLogs }) =>
          scopeLogs.flatMap(({ logRecords }) =>
            logRecords.flatMap(({ attributes }) => attributes.map(({ key }) => JSON.stringify(key))),
          ),
        )
        const named = names.filter((_, index) => index % 2 === first)
        if (named.length === 0) continue
        const each = filter(named.map((name) => `attributes[${name}] != "what no attribute holds"`).join(' and '))
        expect(convert(processingOf(stepsOf(each))), named.join()).toBe('')
      }
    },
  )
})
