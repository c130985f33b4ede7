import { describe, expect, it } from 'vitest'
import { smqSchema } from '../../../receivers/smq/config.ts'

const endpoint = '1234567890123456.mns.cn-hangzhou.aliyuncs.com'
const parse = (raw: Record<string, unknown>) => smqSchema.safeParse({ endpoint, queues: ['q'], ...raw })
const faultOf = (raw: Record<string, unknown>) => {
  const { error } = parse(raw)
  return error?.issues.map(({ path, message }) => `${path.join('.')} ${message}`).join('; ') ?? ''
}

describe('smqSchema', () => {
  it('fills in every default', () => {
    expect(parse({}).data).toEqual({
      endpoint,
      queues: ['q'],
      region: 'cn-hangzhou',
      accountId: '1234567890123456',
      signature: 'classic',
      waitSeconds: 30,
      batchSize: 16,
      polls: 'auto',
      extendVisibilityMs: 120_000,
      poison: { after: 10, action: 'park', queue: '' },
      decode: 'auto',
      body: 'summary',
      serviceName: '',
      deduplicate: 'own',
      refreshIntervalMs: 60_000,
      maxInFlightBytes: 16 * 1024 * 1024,
      credentials: undefined,
      proxy: '',
      rateLimitPerSecond: 1000,
    })
  })

  it('reads numbers that the environment put in as text, and waits whole seconds', () => {
    expect(
      parse({ polls: '4', batch_size: '8', wait: '1500ms', poison: { after: '3', action: 'leave' } }).data,
    ).toMatchObject({
      polls: 4,
      batchSize: 8,
      waitSeconds: 2,
      poison: { after: 3, action: 'leave', queue: '' },
    })
  })

  it.each([
    [{ endpoint: 'http://host/path' }, /^endpoint is no address/],
    [{ queues: [] }, /^queues/],
    [{ queues: ['!a'] }, /^queues only excludes/],
    [{ wait: '31s' }, /^wait/],
    [{ batch_size: 17 }, /^batch_size/],
    [{ polls: 0 }, /^polls/],
    [{ polls: 'many' }, /^polls/],
    [{ decode: 'hex' }, /^decode/],
    [{ endpoint: 'http://127.0.0.1:1', signature: 'v4' }, /^region is needed/],
    [{ poison: { action: 'park', queue: 'q' } }, /^poison.queue is one of the queues/],
    [{ poison: { action: 'drop', queue: 'other' } }, /^poison.queue is used by action: park only/],
    [{ poison: { queue: 'no name' } }, /^poison.queue must be the name/],
    [{ poisons: {} }, /poisons/],
  ])('refuses %j', (raw, fault) => {
    expect(faultOf(raw)).toMatch(fault)
  })
})
