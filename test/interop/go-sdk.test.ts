import { inject, test } from 'vitest'
import { expectEverythingReadOnce, requirePartner } from './sdks/partner.ts'

const program = requirePartner(inject('goSdk'))

test.each([
  { signature: 'v1', order: false },
  { signature: 'v4', order: true },
])('aliyun-log-go-sdk writes, and its consumer library reads everything once, %j', async (options) => {
  await expectEverythingReadOnce([program], options)
})
