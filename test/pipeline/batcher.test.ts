import { describe, expect, it } from 'vitest'
import { batching } from '../../src/pipeline/batcher.ts'
import { acceptedWhole, type Payload } from '../../src/pipeline/payload.ts'
import { createManualClock } from '../fakes/manual-clock.ts'

const payload = (size: number, mark: number): Payload => ({
  signal: 'logs',
  bytes: new Uint8Array(size).fill(mark),
  items: 1,
  oldestUnixNano: BigInt(mark),
  newestUnixNano: BigInt(mark),
})

function setUp(maxBytes = 100) {
  const clock = createManualClock()
  const sent: { payload: Payload; answer: (refused: number) => void; fail: (reason: Error) => void }[] = []
  const deliver = batching(
    { maxBytes, timeoutMs: 200 },
    (each) =>
      new Promise((resolve, reject) => {
        sent.push({ payload: each, answer: (refused) => resolve({ refused, rejected: 0 }), fail: reject })
      }),
    clock,
  )
  return { clock, sent, deliver }
}

describe('batching', () => {
  it('gives the memory of a batch back once it is answered, and leaves the payloads to those who made them', async () => {
    const { sent, deliver } = setUp(2 ** 20)
    const parts = [payload(2 ** 19, 1), payload(2 ** 19, 2)]
    const answers = Promise.all(parts.map(deliver))
    expect(sent[0]?.payload.bytes).toHaveLength(2 ** 20)
    sent[0]?.answer(0)
    await answers
    expect(sent[0]?.payload.bytes).toHaveLength(0)
    expect(parts.map(({ bytes }) => bytes.length)).toEqual([2 ** 19, 2 ** 19])
  })

  it('sends a large payload alone, at once and uncopied', async () => {
    const { sent, deliver } = setUp(2 ** 22)
    const [small, large] = [payload(10, 1), payload(2 ** 20, 2)]
    const waiting = deliver(small)
    const answer = deliver(large)
    expect(sent.map(({ payload: { bytes } }) => bytes)).toEqual([large.bytes])
    expect(sent[0]?.payload).toBe(large)
    sent[0]?.answer(1)
    expect(await answer).toEqual({ refused: 1, rejected: 0 })
    expect(large.bytes).toHaveLength(2 ** 20)
    void waiting
  })

  it('lays payloads end to end and gives each the answer of its batch', async () => {
    const { clock, sent, deliver } = setUp()
    const answers = Promise.all([deliver(payload(10, 3)), deliver(payload(20, 1)), deliver(payload(5, 2))])
    expect(sent).toHaveLength(0)
    await clock.advance(200)
    expect(sent).toHaveLength(1)
    expect([...(sent[0]?.payload.bytes ?? [])]).toEqual([
      ...new Array(10).fill(3),
      ...new Array(20).fill(1),
      ...new Array(5).fill(2),
    ])
    expect(sent[0]?.payload).toMatchObject({ items: 3, oldestUnixNano: 1n, newestUnixNano: 3n })
    sent[0]?.answer(7)
    expect(await answers).toEqual(new Array(3).fill({ refused: 7, rejected: 0 }))
  })

  it('sends before a batch would grow past its limit, and at once when it is full', async () => {
    const { sent, deliver } = setUp(100)
    void deliver(payload(60, 1))
    void deliver(payload(60, 2))
    expect(sent.map((each) => each.payload.bytes.length)).toEqual([60])
    void deliver(payload(40, 3))
    expect(sent.map((each) => each.payload.bytes.length)).toEqual([60, 100])
  })

  it('lets a payload larger than the limit travel alone', async () => {
    const { sent, deliver } = setUp(100)
    void deliver(payload(10, 1))
    void deliver(payload(300, 2))
    expect(sent.map((each) => each.payload.bytes.length)).toEqual([10, 300])
  })

  it('starts the wait anew for the next batch', async () => {
    const { clock, sent, deliver } = setUp(100)
    void deliver(payload(100, 1))
    await clock.advance(150)
    void deliver(payload(1, 2))
    await clock.advance(150)
    expect(sent).toHaveLength(1)
    await clock.advance(50)
    expect(sent).toHaveLength(2)
  })

  it('rejects every delivery of a batch whose sending was given up, and no other', async () => {
    const { sent, deliver } = setUp(20)
    const first = Promise.allSettled([deliver(payload(10, 1)), deliver(payload(10, 2))])
    const second = deliver(payload(20, 3))
    sent[0]?.fail(new Error('given up'))
    sent[1]?.answer(0)
    expect((await first).map((each) => each.status)).toEqual(['rejected', 'rejected'])
    expect(await second).toEqual(acceptedWhole)
  })
})
