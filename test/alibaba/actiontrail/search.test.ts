import { expect, it } from 'vitest'
import { searchRegion } from '../../../src/alibaba/actiontrail/search.ts'
import type { RpcAnswer } from '../../../src/alibaba/rpc/client.ts'

it('a search whose token repeats fails, rather than passing a part for all', async () => {
  const tokens = ['a', 'b', 'a']
  const client = {
    call: async (): Promise<RpcAnswer> => ({
      body: { Events: [], NextToken: tokens.shift() ?? 'a' },
      requestId: undefined,
      serverTimeMs: undefined,
    }),
  }
  const search = { fromMs: 0, toMs: 3_600_000, criteria: {} }
  const found = searchRegion(client, search, () => {}, new AbortController().signal)
  await expect(found.next()).rejects.toMatchObject({ code: 'API_BAD_RESPONSE' })
})
