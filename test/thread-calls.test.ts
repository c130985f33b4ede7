import { MessageChannel } from 'node:worker_threads'
import { describe, expect, it, onTestFinished } from 'vitest'
import { ReceiverError } from '../src/errors.ts'
import { connectThread, type Handlers } from '../src/thread-calls.ts'

type Offered = {
  readonly double: (value: number) => Promise<number>
  readonly refuse: () => Promise<void>
  readonly wait: () => Promise<string>
  readonly note: (message: string, fields: object) => Promise<void>
  readonly take: (bytes: Uint8Array) => Promise<number>
}

function setUp() {
  const noted: unknown[] = []
  const waiting = Promise.withResolvers<void>()
  const handlers: Handlers<Offered> = {
    double: (_signal, value) => value * 2,
    refuse: () => {
      throw new ReceiverError('EXPORT_REJECTED', 'refused', { remedy: 'Look at it.' })
    },
    wait: (signal) =>
      new Promise((resolve) => {
        waiting.resolve()
        signal.addEventListener('abort', () => resolve('aborted'))
      }),
    note: async (_signal, message, fields) => void noted.push(message, fields),
    take: (_signal, bytes) => bytes.length,
  }
  const { port1, port2 } = new MessageChannel()
  onTestFinished(() => port1.close())
  connectThread<Record<never, never>, Offered>(port2, handlers)
  return { calls: connectThread<Offered, Record<never, never>>(port1, {}), noted, waiting: waiting.promise }
}

describe('calls between threads', () => {
  it('give what the function of the other side gives', async () => {
    expect(await setUp().calls.ask('double', [21])).toBe(42)
  })

  it('reject with an error of ours as it was thrown', async () => {
    await expect(setUp().calls.ask('refuse', [])).rejects.toMatchObject({
      name: 'ReceiverError',
      code: 'EXPORT_REJECTED',
      message: 'refused',
      remedy: 'Look at it.',
    })
  })

  it('carry an abort over, and end when the other side says so', async () => {
    const { calls, waiting } = setUp()
    const stop = new AbortController()
    const answer = calls.ask('wait', [], { signal: stop.signal })
    await waiting
    stop.abort()
    expect(await answer).toBe('aborted')
    expect(await calls.ask('wait', [], { signal: stop.signal })).toBe('aborted')
  })

  it('arrive in order, with errors among the arguments and in their fields', async () => {
    const { calls, noted } = setUp()
    calls.tell('note', ['failed', { err: new Error('why', { cause: new Error('because') }), shard: 1 }])
    await calls.ask('double', [1])
    expect(noted[0]).toBe('failed')
    expect(noted[1]).toMatchObject({ shard: 1, err: { message: 'why', cause: { message: 'because' } } })
    expect((noted[1] as { err: unknown }).err).toBeInstanceOf(Error)
  })

  it('hand memory over rather than copy it, where told to', async () => {
    const { calls } = setUp()
    const bytes = new Uint8Array(1_000)
    expect(await calls.ask('take', [bytes], { transfer: [bytes.buffer] })).toBe(1_000)
    expect(bytes).toHaveLength(0)
  })

  it('reject when the other thread is gone, then and later', async () => {
    const { calls, waiting } = setUp()
    const answer = calls.ask('wait', [])
    await waiting
    calls.lost(new Error('gone'))
    await expect(answer).rejects.toThrow('gone')
    await expect(calls.ask('double', [1])).rejects.toThrow('gone')
  })
})
