import { expect, it } from 'vitest'
import { nearest } from '../../src/config/nearest.ts'

const known = ['endpoint', 'project', 'logstores', 'poll_interval', 'alibabacloud_sls', 'x']

it.each([
  ['logstore', 'logstores'],
  ['endpiont', 'endpoint'],
  ['Poll-Interval', 'poll_interval'],
  ['pollInterval', 'poll_interval'],
  ['alibaba_sls', 'alibabacloud_sls'],
  ['projct', 'project'],
  ['zebra', undefined],
  ['y', undefined],
  ['', undefined],
])('the nearest to %j is %j', (written, expected) => {
  expect(nearest(written, known)).toBe(expected)
})
