import { expect, it } from 'vitest'
import { formatFaults, formatPath } from '../../src/config/fault.ts'

it.each([
  [[], ''],
  [['receivers', 'sample/a', 'logstores', 1], 'receivers.sample/a.logstores[1]'],
  [['attributes', 'k8s.pod.name'], 'attributes["k8s.pod.name"]'],
])('the path %j is written %j', (path, text) => {
  expect(formatPath(path)).toBe(text)
})

it('a fault is written with its place, what was found, what is allowed, and what was meant', () => {
  const fault = {
    path: 'receivers.sample.body',
    line: 4,
    column: 11,
    message: 'is none of the values it can have',
    found: '"sumary"',
    allowed: 'summary, none',
    suggestion: 'summary',
  }
  const whole = { path: '', message: 'The file is empty' }
  expect(formatFaults('a.yaml', [fault, whole], (text) => `<${text}>`)).toBe(`a.yaml:4:11
  <receivers.sample.body> is none of the values it can have
    found:        "sumary"
    allowed:      summary, none
    did you mean: summary

a.yaml
  The file is empty
`)
})
