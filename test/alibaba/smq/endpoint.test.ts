import { describe, expect, it } from 'vitest'
import { endpointFacts, smqOrigin } from '../../../src/alibaba/smq/endpoint.ts'

describe('smqOrigin', () => {
  it.each([
    ['1234567890123456.mns.cn-hangzhou.aliyuncs.com', 'https://1234567890123456.mns.cn-hangzhou.aliyuncs.com'],
    ['http://127.0.0.1:9000', 'http://127.0.0.1:9000'],
    ['http://127.0.0.1:9000/', 'http://127.0.0.1:9000'],
    ['HTTPS://a.b.c.mns.x.aliyuncs.com', 'https://a.b.c.mns.x.aliyuncs.com'],
  ])('%s is %s', (endpoint, origin) => {
    expect(smqOrigin(endpoint)).toBe(origin)
  })

  it.each(['', 'http://', 'http://host/path', 'http://host/?a=b', 'ftp://host', 'http://me:word@host'])(
    'refuses "%s"',
    (endpoint) => {
      expect(() => smqOrigin(endpoint)).toThrow(/no host/)
      expect(() => smqOrigin(endpoint)).not.toThrow(/word/)
    },
  )
})

describe('endpointFacts', () => {
  it.each([
    ['1.mns.cn-hangzhou.aliyuncs.com', '1', 'cn-hangzhou'],
    ['1.mns.cn-hangzhou-internal.aliyuncs.com', '1', 'cn-hangzhou'],
    ['http://1.mns.eu-central-1-internal-vpc.aliyuncs.com', '1', 'eu-central-1'],
    ['http://127.0.0.1:9000', undefined, undefined],
    ['1.more.mns.cn-hangzhou.aliyuncs.com', undefined, undefined],
  ])('of %s', (endpoint, accountId, region) => {
    expect(endpointFacts(endpoint)).toEqual({ accountId, region })
  })
})
