import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { actiontrailSchema } from '../../../receivers/actiontrail/config.ts'
import { splitCriteria } from '../../../receivers/actiontrail/receiver.ts'
import { loadConfig } from '../../../src/config/load.ts'
import { toJsonSchema } from '../../../src/config/option-faults.ts'
import { registry } from '../../../src/registry.ts'

const jsonSchema = toJsonSchema(actiontrailSchema) as { properties?: Record<string, unknown> }

const faultsOf = (raw: unknown) =>
  actiontrailSchema.safeParse(raw).error?.issues.map(({ path, message }) => `${path.join('.')} ${message}`)

describe('the options of alibabacloud_actiontrail', () => {
  it('have defaults for everything', () => {
    expect(actiontrailSchema.parse({})).toEqual({
      regions: ['cn-hangzhou', 'ap-southeast-1'],
      endpoint: '',
      startAt: { at: 'relative', ms: -3_600_000 },
      pollIntervalMs: 60_000,
      settleDelayMs: 600_000,
      overlapMs: 600_000,
      lookup: {},
      body: 'summary',
      serviceName: 'actiontrail',
      deduplicate: 'own',
      maxInFlightBytes: 16 * 1024 * 1024,
      credentials: undefined,
      proxy: '',
      rateLimitPerSecond: 1.5,
    })
  })

  it.each<[string, unknown, RegExp]>([
    ['a start in the future', { start_at: '2999-01-01T00:00:00Z' }, /^start_at lies in the future$/],
    ['a start of a wrong format', { start_at: '01.02.2026' }, /^start_at is no place to start$/],
    ['a date that does not exist', { start_at: '2026-02-30T25:00:00Z' }, /^start_at is a time that does not exist$/],
    ['a start without its sign', { start_at: '6h' }, /^start_at needs a minus sign/],
    ['no region', { regions: [] }, /^regions /],
    ['a region twice', { regions: ['cn-hangzhou', 'cn-hangzhou'] }, /^regions\.1 is named twice$/],
    ['a text that is no region', { regions: ['Hangzhou!'] }, /^regions\.0 must be a region id/],
    ['an endpoint with a path', { endpoint: 'http://host/path' }, /^endpoint is no address$/],
    [
      'an endpoint of an unknown region',
      { endpoint: { 'cn-beijing': 'http://host' } },
      /^endpoint\.cn-beijing is none of/,
    ],
    [
      'a bad endpoint in the map',
      { endpoint: { 'cn-hangzhou': 'ftp://host' } },
      /^endpoint\.cn-hangzhou is no address$/,
    ],
    ['a filter nobody knows', { lookup: { colour: 'red' } }, /^lookup /],
    ['read or write spelt otherwise', { lookup: { event_rw: 'write' } }, /^lookup\.event_rw /],
    ['more calls than any account has', { rate_limit: 1000 }, /^rate_limit /],
  ])('%s is a fault', (_what, raw, fault) => expect(faultsOf(raw)?.[0]).toMatch(fault))

  it('take one endpoint, or one for each region', () => {
    expect(actiontrailSchema.parse({ endpoint: 'http://127.0.0.1:9000' }).endpoint).toBe('http://127.0.0.1:9000')
    const endpoint = { 'cn-hangzhou': 'http://127.0.0.1:9001' }
    expect(actiontrailSchema.parse({ endpoint }).endpoint).toEqual(endpoint)
  })
})

it('the example of the README is valid, and names every option', () => {
  const path = fileURLToPath(new URL('../../../receivers/actiontrail/README.md', import.meta.url))
  const text = readFileSync(path, 'utf8')
  const [, yaml = ''] = /```yaml\n(.*?)```/s.exec(text) ?? []
  expect(loadConfig(yaml, { path, env: {}, registry })).toMatchObject({ config: { receivers: { size: 1 } } })
  const documented = [...text.matchAll(/^\| `(\w+)` \|/gm)].map(([, key]) => key)
  expect(documented.toSorted()).toEqual(Object.keys(jsonSchema.properties ?? {}).toSorted())
})

describe('the criteria of `lookup`', () => {
  it('the API is given the most selective one, the rest stays with us', () => {
    expect(splitCriteria({ readWrite: 'Write', accessKeyId: 'LTAI1', sourceAddress: '192.0.2.1' })).toEqual({
      filter: { key: 'EventAccessKeyId', value: 'LTAI1' },
      ownCriteria: { readWrite: 'Write', sourceAddress: '192.0.2.1' },
    })
  })
  it('what the API may not know stays with us', () => {
    expect(splitCriteria({ sourceAddress: '192.0.2.1' })).toEqual({
      filter: undefined,
      ownCriteria: { sourceAddress: '192.0.2.1' },
    })
  })
  it('one is left to the API, whose rules for it may be wider than ours', () => {
    const filter = { key: 'User', value: 'alice' }
    expect(splitCriteria({ userName: 'alice', readWrite: undefined })).toEqual({ filter, ownCriteria: undefined })
  })
})
