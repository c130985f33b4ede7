import { describe, expect, it } from 'vitest'
import { CallError, type CallErrorFacts } from '../../src/alibaba/call-error.ts'
import type { Credentials } from '../../src/alibaba/credentials.ts'
import { type CallRepeaterDeps, createCallRepeater, type RepeatedCall } from '../../src/alibaba/repeated-call.ts'
import { ReceiverError } from '../../src/errors.ts'
import { createLeapingClock } from '../fakes/leaping-clock.ts'

const NOW_MS = Date.parse('2025-06-01T01:10:00Z')
const never = new AbortController().signal

type Kind = 'throttled' | 'transient' | 'credentials' | 'clock' | 'refused'

class TestError extends CallError<Kind> {
  constructor(kind: Kind, message = kind as string, facts: CallErrorFacts = {}) {
    super(kind, { code: 'API_REFUSED', retryable: kind === 'throttled' || kind === 'transient' }, message, facts)
  }
}
const failure = (kind: Kind, facts: CallErrorFacts = {}) => new TestError(kind, kind, facts)

/** A call whose attempts throw these, one after the other; what is left over after the last is a success. */
function setUp(failures: readonly unknown[], deps: Partial<CallRepeaterDeps> = {}, longestWaitMs = 10_000) {
  const clock = createLeapingClock(NOW_MS)
  const counted: string[] = []
  const corrections: number[] = []
  const used: string[] = []
  const retries: [Kind, number, number][] = []
  let keys = 1
  let turns = 0
  let successes = 0
  const repeat = createCallRepeater(
    { region: 'cn-hangzhou', longestWaitMs, Failure: TestError },
    {
      credentials: {
        get: async () => ({ accessKeyId: `key${keys}`, accessKeySecret: 'secret' }),
        refresh: () => keys++,
        describe: () => 'test',
      },
      limiter: {
        acquire: async () => {
          turns++
        },
      },
      clock,
      serverClock: { now: clock.now, correct: (serverTimeMs) => corrections.push(serverTimeMs) },
      meter: {
        createCounter: (name) => ({
          add: (value, attributes) => counted.push([name.slice(22), value, ...Object.values(attributes)].join(' ')),
        }),
      },
      ...deps,
    },
  )
  const left = [...failures]
  const attempt = async ({ accessKeyId }: Credentials) => {
    used.push(accessKeyId)
    if (left.length > 0) throw left.shift()
    return 'done'
  }
  const call = (more: Partial<RepeatedCall<string, TestError>> = {}, signal = never) =>
    repeat(
      {
        api: 'Look',
        attempt,
        onRetry: ({ kind }, number, waitMs) => retries.push([kind, number, waitMs]),
        onSuccess: () => successes++,
        ...more,
      },
      signal,
    )
  return { call, clock, counted, corrections, used, retries, turns: () => turns, successes: () => successes }
}

describe('a call', () => {
  it('takes a turn, and is counted with its api and region', async () => {
    const { call, counted, turns, successes } = setUp([])
    expect(await call()).toBe('done')
    expect(counted).toEqual(['api_calls 1 Look cn-hangzhou ok'])
    expect([turns(), successes()]).toEqual([1, 1])
  })

  it('that may pass is repeated with growing waits, each attempt with a turn of its own', async () => {
    const { call, counted, retries, clock, turns, successes } = setUp(
      [failure('transient'), failure('throttled'), failure('transient'), failure('throttled')],
      {},
      1_500,
    )
    await call()
    expect(retries).toEqual([
      ['transient', 1, 200],
      ['throttled', 2, 1_000],
      ['transient', 3, 400],
      ['throttled', 4, 1_500],
    ])
    expect(clock.slept).toEqual([200, 1_000, 400, 1_500])
    expect([turns(), successes()]).toEqual([5, 1])
    expect(counted.slice(0, 3)).toEqual([
      'api_calls 1 Look cn-hangzhou transient',
      'api_calls 1 Look cn-hangzhou throttled',
      'throttled_calls 1 Look cn-hangzhou',
    ])
  })

  it('waits as long as the answer asks for, but not for hours', async () => {
    const { call, clock } = setUp([
      failure('throttled', { retryAfterMs: 4_000 }),
      failure('transient', { retryAfterMs: 1 }),
      failure('throttled', { retryAfterMs: 24 * 3_600_000 }),
    ])
    await call()
    expect(clock.slept).toEqual([4_000, 200, 300_000])
  })

  it('is not repeated beyond its time', async () => {
    const { call, clock } = setUp([failure('transient'), failure('transient'), failure('transient')])
    await expect(call({ repeatForMs: 600 })).rejects.toMatchObject({ kind: 'transient' })
    expect(clock.slept).toEqual([200, 400])
  })

  it('is not repeated where the caller does not want it', async () => {
    const { call, clock, retries } = setUp([failure('throttled'), failure('transient')])
    await expect(call({ repeats: ({ kind }) => kind === 'throttled' })).rejects.toMatchObject({ kind: 'transient' })
    expect(clock.slept).toEqual([1_000])
    expect(retries).toHaveLength(1)
  })

  it('fails at once with what repeating does not cure', async () => {
    const refused = failure('refused')
    const { call, counted, successes } = setUp([refused])
    await expect(call()).rejects.toBe(refused)
    expect(counted).toEqual(['api_calls 1 Look cn-hangzhou refused'])
    expect(successes()).toBe(0)
  })

  it('fails at once with what is no failure of the call', async () => {
    const fault = new TypeError('ours')
    const { call, counted } = setUp([fault])
    await expect(call()).rejects.toBe(fault)
    expect(counted).toEqual([])
  })

  it('ends with the signal’s reason, whatever the attempt made of it', async () => {
    const stop = new AbortController()
    const { call, counted } = setUp([])
    const attempt = async () => {
      stop.abort(new Error('stopping'))
      throw failure('transient')
    }
    await expect(call({ attempt }, stop.signal)).rejects.toThrow('stopping')
    expect(counted).toEqual([])
  })
})

describe('a refused date', () => {
  it('corrects the clock and is repeated at once; refused again, it fails the call', async () => {
    const expired = () => failure('clock', { serverTimeMs: NOW_MS + 3_600_000 })
    const { call, corrections, clock } = setUp([expired(), expired()])
    await expect(call()).rejects.toMatchObject({ kind: 'clock' })
    expect(corrections).toEqual([NOW_MS + 3_600_000])
    expect(clock.slept).toEqual([])
  })

  it('fails the call where the server does not tell its time', async () => {
    const { call, used } = setUp([failure('clock')])
    await expect(call()).rejects.toMatchObject({ kind: 'clock' })
    expect(used).toHaveLength(1)
  })
})

describe('refused credentials', () => {
  it('are fetched anew and used at once; refused again, they fail the call', async () => {
    const { call, used, clock } = setUp([failure('credentials'), failure('credentials')])
    await expect(call()).rejects.toMatchObject({ kind: 'credentials' })
    expect(used).toEqual(['key1', 'key2'])
    expect(clock.slept).toEqual([])
  })

  it('are fetched anew once for all calls that used them', async () => {
    const { call, used } = setUp([failure('credentials'), failure('credentials')])
    expect(await Promise.all([call(), call()])).toEqual(['done', 'done'])
    expect(used).toEqual(['key1', 'key1', 'key2', 'key2'])
  })

  it('are fetched anew again when the new ones are refused later', async () => {
    const { call, used } = setUp([failure('credentials')])
    await call()
    const refuseOnce = () => {
      let refused = false
      return async ({ accessKeyId }: Credentials) => {
        used.push(accessKeyId)
        if (refused) return 'done'
        refused = true
        throw failure('credentials')
      }
    }
    await Promise.all([call({ attempt: refuseOnce() }), call({ attempt: refuseOnce() })])
    expect(used).toEqual(['key1', 'key2', 'key2', 'key2', 'key3', 'key3'])
  })
})

describe('credentials that cannot be had', () => {
  it('fail the call with the client’s error, the provider’s code and its remedy', async () => {
    const missing = new ReceiverError('CREDENTIALS_MISSING', 'none', { remedy: 'set them' })
    const credentials = { get: () => Promise.reject(missing), refresh: () => {}, describe: () => 'test' }
    const { call, counted } = setUp([], { credentials })
    const error = await call().catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(TestError)
    expect(error).toMatchObject({
      kind: 'credentials',
      code: 'CREDENTIALS_MISSING',
      message: 'none',
      remedy: 'set them',
      cause: missing,
    })
    expect(counted).toEqual(['api_calls 1 Look cn-hangzhou credentials'])
  })
})
