import { describe, expect, it } from 'vitest'
import type { DecodedLogRecord } from '../../../src/otlp/decode.ts'
import { filterProcessor } from '../../../src/pipeline/processors/filter.ts'
import { compileExpression } from '../../../src/pipeline/processors/filter-expression.ts'

const none = new Uint8Array()
const record: DecodedLogRecord = {
  timeUnixNano: 1n,
  observedTimeUnixNano: 1n,
  severityNumber: 13,
  severityText: '',
  body: {
    pairs: [
      { key: 'level', value: 'warn' },
      { key: 'size', value: '12.5' },
      { key: 'inner', value: { pairs: [{ key: 'user', value: 'ann' }] } },
    ],
  },
  attributes: [
    { key: 'http.response.status_code', value: 200n },
    { key: 'url.path', value: '/health/"live"' },
    { key: 'ratio', value: 0.5 },
    { key: 'ok', value: true },
    { key: 'tags', value: ['red', 'blue'] },
  ],
  droppedAttributesCount: 0,
  flags: 0,
  traceId: none,
  spanId: none,
  eventName: 'login',
}
const resource = [{ key: 'service.name', value: 'slb' }]

describe('an expression', () => {
  it.each([
    ['severity == WARN', true],
    ['severity < WARN', false],
    ['severity <= WARN', true],
    ['severity >= WARN2', false],
    ['severity != 13', false],
    ['severity > INFO4', true],
    ['attributes["http.response.status_code"] == 200', true],
    ['attributes["http.response.status_code"] == "200"', false],
    ['attributes["http.response.status_code"] != 404', true],
    ['attributes["http.response.status_code"] >= 200 and attributes["http.response.status_code"] < 300', true],
    ['attributes["ratio"] > 0.25', true],
    ['attributes["ratio"] < -1', false],
    ['attributes["ok"] == true', true],
    ['attributes["ok"] != false', true],
    ['attributes["tags"] contains "lu"', true],
    ['attributes["tags"] == "red"', false],
    ['attributes["missing"] == 1', false],
    ['attributes["missing"] != 1', false],
    ['attributes["missing"] contains ""', false],
    ['not attributes["missing"] == 1', true],
    ['resource["service.name"] == "slb"', true],
    ["resource['service.name'] matches 's.b'", true],
    ['attributes["url.path"] matches "^/health/\\"l\\w+\\"$"', true],
    ['attributes["url.path"] contains "live\\""', true],
    ['event_name == "login"', true],
    ['body contains "ann"', true],
    ['body contains "level"', false],
    ['body["level"] == "warn"', true],
    ['body["size"] > 12', true],
    ['body["level"] > 12', false],
    ['body["inner"]["user"] == "ann"', true],
    ['body["level"]["user"] == "ann"', false],
    ['severity == INFO or severity == WARN and event_name == "x"', false],
    ['(severity == WARN or severity == INFO) and not (event_name == "x")', true],
    ['not not severity == WARN', true],
  ])('%s is %s', (source, expected) => {
    expect(compileExpression(source)(record, resource)).toBe(expected)
  })

  it('is false for a severity, a name and a body that the record does not have, whatever the operator', () => {
    const bare: DecodedLogRecord = { ...record, severityNumber: 0, eventName: '', body: null }
    for (const source of ['severity < WARN', 'severity != INFO', 'event_name != "x"', 'body != "x"']) {
      expect(compileExpression(source)(bare, [])).toBe(false)
    }
  })
})

describe('the configuration of a filter', () => {
  it.each([
    ['severity < LOUD', 'expects TRACE, DEBUG, INFO, WARN, ERROR, FATAL, or a number from 1 to 24 (character 12)'],
    ['severity < 25', 'expects TRACE, DEBUG, INFO, WARN, ERROR, FATAL, or a number from 1 to 24 (character 12)'],
    ['severity', 'expects one of ==, !=, <, <=, >, >=, contains, matches, not the end (character 9)'],
    ['severity = WARN', 'does not know = (character 10)'],
    ['attributes == 1', 'expects ["name"] after attributes (character 12)'],
    ['attributes[status] == 1', 'expects a name in quotes after [ (character 12)'],
    ['attributes["a" == 1', 'expects ], not == (character 16)'],
    ['attributes["a"] == b', 'expects a text in quotes, a number, true or false, not b (character 20)'],
    ['attributes["a"] < "b"', 'expects a number after < (character 19)'],
    ['attributes["a"] contains 1', 'expects a text in quotes after contains (character 26)'],
    ['attributes["a"] == "b', 'has a quote that is not closed (character 20)'],
    ['event_name["a"] == 1', 'has no parts: event_name (character 1)'],
    [
      'status == 1',
      'does not know status: it knows severity, body, event_name, attributes["name"], resource["name"] (character 1)',
    ],
    ['(severity == WARN', 'expects ), not the end (character 18)'],
    ['severity == WARN severity', 'expects and, or, or the end, not severity (character 18)'],
    ['', 'expects one of severity, body, event_name, attributes["name"], resource["name"], not the end (character 1)'],
    [
      'body matches "a(b"',
      'has a pattern that has a "(" that is not closed, at character 2 of the pattern (character 14)',
    ],
    ['body toString "a"', 'expects one of ==, !=, <, <=, >, >=, contains, matches, not toString (character 6)'],
  ])('tells the fault of %s', (source, message) => {
    const result = filterProcessor.schema.safeParse({ drop: ['severity == WARN', source] })
    expect(result.error?.issues).toMatchObject([{ path: ['drop', 1], message }])
  })

  it('tells all faults at once', () => {
    const result = filterProcessor.schema.safeParse({ drop: ['x', 'y'] })
    expect(result.error?.issues.map(({ path }) => path)).toEqual([
      ['drop', 0],
      ['drop', 1],
    ])
  })
})
