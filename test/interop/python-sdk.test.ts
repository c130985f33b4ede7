import { expect, inject, test } from 'vitest'
import { expectEverythingReadOnce, partnerProgram, requirePartner, startEmptySimulator } from './sdks/partner.ts'

const python = requirePartner(inject('pythonSdk'))
const command = [python, new URL('sdks/python_client.py', import.meta.url).pathname]

test.each(['v1', 'v4'])(
  'aliyun-log-python-sdk makes every call of a consumer group, signature %s',
  async (signature) => {
    const partner = partnerProgram(command, await startEmptySimulator(2), { signature })
    expect(await partner.does({ do: 'calls' })).toEqual([
      '404 ConsumerGroupNotExist',
      null,
      '400 ConsumerGroupAlreadyExist',
      [['g', 60, false]],
      null,
      [['g', 90, true]],
      '400 NotExistConsumerWithBody',
      [0, 1],
      [],
      [0],
      [1],
      null,
      '400 ConsumerNotMatch',
      '404 ConsumerNotExist',
      '404 ShardNotExist',
      '400 InvalidShardCheckPoint',
      null,
      [
        [0, true, 'a'],
        [1, true, 'a'],
      ],
      [[0, true, 'a']],
      null,
      [],
      '404 ConsumerGroupNotExist',
    ])
  },
)

test.each([
  { signature: 'v1', order: false },
  { signature: 'v4', order: true },
])('aliyun-log-python-sdk writes, and its consumer library reads everything once, %j', async (options) => {
  await expectEverythingReadOnce(command, options)
})
