import { describe, expect, it } from 'vitest'
import { regionOfEndpoint, slsAddress } from '../../../src/alibaba/sls/endpoint.ts'

describe('slsAddress', () => {
  it.each([
    ['cn-hangzhou.log.aliyuncs.com', 'https://p.cn-hangzhou.log.aliyuncs.com', 'p.cn-hangzhou.log.aliyuncs.com'],
    [
      'HTTP://cn-hangzhou-intranet.log.aliyuncs.com/',
      'http://p.cn-hangzhou-intranet.log.aliyuncs.com',
      'p.cn-hangzhou-intranet.log.aliyuncs.com',
    ],
    ['https://sls.example.com:8443', 'https://p.sls.example.com:8443', 'p.sls.example.com:8443'],
    ['http://127.0.0.1:9000', 'http://127.0.0.1:9000', 'p.127.0.0.1:9000'],
    ['10.0.0.1', 'https://10.0.0.1', 'p.10.0.0.1'],
    ['http://[::1]:9000', 'http://[::1]:9000', 'p.[::1]:9000'],
    ['http://localhost:9000', 'http://localhost:9000', 'p.localhost:9000'],
    ['localhost:9000', 'https://localhost:9000', 'p.localhost:9000'],
    ['http://simulator:9000', 'http://simulator:9000', 'p.simulator:9000'],
  ])('of %s connects to %s with Host %s', (endpoint, origin, host) => {
    expect(slsAddress(endpoint, 'p')).toEqual({ origin, host })
  })

  it.each(['', 'ftp://host', 'http://host/path', 'http://host/?q=1', 'http://user@host', 'a b'])(
    'refuses "%s"',
    (endpoint) => {
      expect(() => slsAddress(endpoint, 'p')).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID' }))
    },
  )
})

it('keeps a password in the endpoint out of the message', () => {
  expect(() => slsAddress('http://user:hidden@host', 'p')).toThrow(/^(?!.*hidden).*\*\*\*@host/)
})

describe('regionOfEndpoint', () => {
  it.each([
    ['cn-hangzhou.log.aliyuncs.com', 'cn-hangzhou'],
    ['https://cn-hangzhou-intranet.log.aliyuncs.com', 'cn-hangzhou'],
    ['ap-southeast-1-share.log.aliyuncs.com', 'ap-southeast-1'],
    ['cn-beijing-vpc.log.aliyuncs.com:80', 'cn-beijing'],
    ['web-prod.eu-central-1.log.aliyuncs.com', 'eu-central-1'],
    ['cn-shanghai-corp.sls.aliyuncs.com', 'cn-shanghai-corp'],
    ['log-global.aliyuncs.com', undefined],
    ['http://127.0.0.1:9000', undefined],
    ['sls.example.com', undefined],
    ['cn-hangzhou.log.aliyuncs.com.example.com', undefined],
    ['a b', undefined],
  ])('of %s is %s', (endpoint, region) => {
    expect(regionOfEndpoint(endpoint)).toBe(region)
  })
})
