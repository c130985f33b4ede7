import { describe, expect, it } from 'vitest'
import { parseCredentialReport } from '../../../receivers/access_keys/credential-report.ts'

const header =
  'user,user_creation_time,access_key_1_exist,access_key_1_active,access_key_1_last_rotated,access_key_1_last_used,' +
  'access_key_2_exist,access_key_2_active,access_key_2_last_rotated,access_key_2_last_used'

describe('parseCredentialReport', () => {
  it('gives the keys that exist, of the root account too', () => {
    const report = [
      header,
      '<root>,2020-01-01T00:00:00Z,TRUE,TRUE,2020-02-01T00:00:00Z,N/A,FALSE,N/A,N/A,N/A',
      'alice@1234567890123456.onaliyun.com,2021-01-01T00:00:00Z,TRUE,FALSE,2021-02-01T08:00:00+08:00,-,true,true,2022-01-01T00:00:00Z,2025-05-31T23:00:00Z',
      'bob@1234567890123456.onaliyun.com,2021-01-01T00:00:00Z,FALSE,N/A,N/A,N/A,FALSE,N/A,N/A,N/A',
    ].join('\n')
    expect(parseCredentialReport([report])).toEqual([
      {
        userName: 'root',
        principalName: '<root>',
        isRoot: true,
        id: undefined,
        place: '1',
        isActive: true,
        createdAtMs: Date.parse('2020-02-01T00:00:00Z'),
        lastUsedAtMs: undefined,
      },
      expect.objectContaining({
        userName: 'alice',
        principalName: 'alice@1234567890123456.onaliyun.com',
        isRoot: false,
        isActive: false,
        createdAtMs: Date.parse('2021-02-01T00:00:00Z'),
        lastUsedAtMs: undefined,
      }),
      expect.objectContaining({ userName: 'alice', place: '2', lastUsedAtMs: Date.parse('2025-05-31T23:00:00Z') }),
    ])
  })

  it('reads pages with and without the names of the columns, quotes, other ends of lines, and a byte order mark', () => {
    const alice = '"alice, the ""admin""@a.b",x,TRUE,TRUE,-,-,FALSE,-,-,-'
    const bob = 'bob@a.b,x,TRUE,TRUE,-,-,FALSE,-,-,-'
    const pages = [`\ufeff${header}\r\n${alice}\r\n`, `${header}\r\n${bob}\r\n`, bob.replace('bob', 'eve')]
    expect(parseCredentialReport(pages).map(({ userName }) => userName)).toEqual(['alice, the "admin"', 'bob', 'eve'])
  })

  it('finds additional keys, wherever their columns stand', () => {
    const report = 'additional_access_key_2_active,user,additional_access_key_2_exist\nTRUE,<root>,TRUE\n'
    expect(parseCredentialReport([report])).toMatchObject([{ isRoot: true, place: 'additional-2', isActive: true }])
  })

  it('an empty report has no keys', () => {
    expect(parseCredentialReport([''])).toEqual([])
    expect(parseCredentialReport([])).toEqual([])
    expect(parseCredentialReport([header])).toEqual([])
  })
})
