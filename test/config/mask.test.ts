import { describe, expect, it } from 'vitest'
import { isSecretPath, maskSecrets } from '../../src/config/mask.ts'

describe('isSecretPath', () => {
  it.each([
    'access_key_secret',
    'security_token',
    'password',
    'api_key',
    'hash_key',
    'api-key',
    'dd-api-key',
    'Authorization',
    'x-acme-token',
    'client_secret',
  ])('hides %s', (key) => {
    expect(isSecretPath(['exporters', 'x', key])).toBe(true)
  })

  it.each(['access_key_id', 'endpoint', 'project', 'oidc_token_file', 'token_url', 'key_file'])('shows %s', (key) => {
    expect(isSecretPath(['exporters', 'x', key])).toBe(false)
  })

  it('hides every value under headers, whatever the header is called', () => {
    expect(isSecretPath(['exporters', 'x', 'headers', 'x-scope'])).toBe(true)
    expect(isSecretPath(['exporters', 'x', 'headers'])).toBe(false)
  })
})

describe('maskSecrets', () => {
  it('masks at any depth, leaves all else, and does not change its argument', () => {
    const tree = {
      credentials: { type: 'sts', access_key_id: 'LTAI1', access_key_secret: 's', security_token: 't' },
      headers: { 'x-scope': 'tenant', empty: '' },
      list: [{ password: 12 }, { tokens: ['a', 'b'] }],
      proxy: 'http://user:pass@proxy:3128/',
      endpoint: 'http://proxy:3128/',
      password: null,
      batch: null,
      port: 4318,
    }
    const before = structuredClone(tree)
    expect(maskSecrets(tree)).toEqual({
      credentials: { type: 'sts', access_key_id: 'LTAI1', access_key_secret: '***', security_token: '***' },
      headers: { 'x-scope': '***', empty: '' },
      list: [{ password: '***' }, { tokens: ['***', '***'] }],
      proxy: 'http://***@proxy:3128/',
      endpoint: 'http://proxy:3128/',
      password: null,
      batch: null,
      port: 4318,
    })
    expect(tree).toEqual(before)
  })
})
