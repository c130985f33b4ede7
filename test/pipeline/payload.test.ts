import { expect, it } from 'vitest'
import { fanOut } from '../../src/pipeline/fan-out.ts'
import { acceptedWhole, concatPayloads, type Payload } from '../../src/pipeline/payload.ts'

const one: Payload = { signal: 'logs', bytes: new Uint8Array([1]), items: 2, oldestUnixNano: 5n, newestUnixNano: 6n }

it('concatPayloads returns a single payload as it is', () => {
  expect(concatPayloads([one])).toBe(one)
})

it('fanOut is answered when every target has answered, with the worst of the answers', async () => {
  const slow = Promise.withResolvers<typeof acceptedWhole>()
  let answered = false
  const deliver = fanOut([async () => ({ refused: 3, rejected: 0 }), () => slow.promise])
  const answer = deliver(one).then((each) => {
    answered = true
    return each
  })
  await new Promise<void>((resolve) => setImmediate(resolve))
  expect(answered).toBe(false)
  slow.resolve({ refused: 1, rejected: 2 })
  expect(await answer).toEqual({ refused: 3, rejected: 2 })
})

it('fanOut fails when one target is told to stop the process', async () => {
  const deliver = fanOut([async () => acceptedWhole, async () => Promise.reject(new Error('stop'))])
  await expect(deliver(one)).rejects.toThrow('stop')
})
