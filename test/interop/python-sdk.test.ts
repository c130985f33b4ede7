import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { expect, inject, onTestFinished, test, vi } from 'vitest'
import { defaultAccessKey, defaultAccountId } from '../../simulator/accounts.ts'
import { type Simulator, startSimulator } from '../../simulator/simulator.ts'
import { cursorOf } from '../../src/alibaba/sls/cursor.ts'
import { requirePartner } from './sdks/partner.ts'

const python = requirePartner(inject('pythonSdk'))
const script = new URL('sdks/python_client.py', import.meta.url).pathname
const run = promisify(execFile)

type Job = Readonly<Record<string, unknown>>

interface Read {
  readonly consumer: string
  readonly shard: number
  readonly ids: readonly string[]
}

/** One project with one logstore of four shards, and the SDK in front of it: the simulator is its HTTP proxy. */
class Partner {
  readonly simulator: Simulator
  /** Every LogGroup that a consumer read, in the order of their words. */
  readonly reads: Read[] = []
  readonly #job: Job

  constructor(simulator: Simulator, job: Job) {
    this.simulator = simulator
    this.#job = {
      endpoint: 'http://cn-hangzhou.log.aliyuncs.com',
      region: 'cn-hangzhou',
      keyId: defaultAccessKey.id,
      keySecret: defaultAccessKey.secret,
      project: 'interop',
      logstore: 'app',
      group: 'g',
      ...job,
    }
  }

  /** What the script printed, a value a line. */
  async does(job: Job): Promise<unknown[]> {
    const { stdout } = await run(python, this.#arguments(job), { env: this.#env })
    return stdout.trim() === '' ? [] : stdout.trim().split('\n').map(parse)
  }

  startConsumer(consumer: string): ChildProcess {
    const child = spawn(python, this.#arguments({ do: 'consume', consumer }), {
      env: this.#env,
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    onTestFinished(() => {
      child.kill('SIGKILL')
    })
    createInterface(child.stdout).on('line', (line) => {
      this.reads.push({ consumer, ...(parse(line) as Omit<Read, 'consumer'>) })
    })
    return child
  }

  #arguments(job: Job): string[] {
    return [script, JSON.stringify({ ...this.#job, ...job })]
  }

  get #env(): NodeJS.ProcessEnv {
    return { PATH: process.env['PATH'], http_proxy: this.simulator.url }
  }
}

const parse = (line: string): unknown => JSON.parse(line)

async function startPartner(job: Job, shards: number): Promise<Partner> {
  const simulator = await startSimulator({
    world: {
      projects: [
        {
          name: 'interop',
          region: 'cn-hangzhou',
          accountId: defaultAccountId,
          logstores: [{ name: 'app', shards }],
        },
      ],
      traffic: [],
    },
  })
  onTestFinished(() => simulator.close())
  return new Partner(simulator, job)
}

test.each(['v1', 'v4'])(
  'aliyun-log-python-sdk makes every call of a consumer group, signature %s',
  async (signature) => {
    const partner = await startPartner({ signature }, 2)
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
])(
  'aliyun-log-python-sdk writes, and its ConsumerWorkers read everything once through a second worker and a split, %j',
  async (options) => {
    const partner = await startPartner(options, 4)
    const { simulator, reads } = partner
    const issued: string[] = []
    /** Ten groups of three wherever the server likes, and two in each quarter of the keys. */
    const produce = async () => {
      const keys = [
        ...Array<undefined>(10),
        ...['1', '2', '5', '7', '9', 'b', 'd', 'e'].map((digit) => digit.repeat(32)),
      ]
      const groups = keys.map((key) => {
        const ids = [0, 1, 2].map((index) => `log-${issued.length + index}`)
        issued.push(...ids)
        return key === undefined ? { ids } : { ids, key }
      })
      await partner.does({ do: 'produce', groups })
    }
    const readBy = (consumer: string) => reads.filter((read) => read.consumer === consumer)
    const everythingIsRead = () =>
      vi.waitFor(() => expect(reads.flatMap(({ ids }) => ids)).toHaveLength(issued.length), {
        timeout: 30_000,
        interval: 100,
      })

    await produce()
    partner.startConsumer('first')
    await everythingIsRead()
    await produce()
    expect(await partner.does({ do: 'split', shard: 0 })).toEqual([[0, 4, 5]])
    await produce()
    partner.startConsumer('second')
    await vi.waitFor(
      async () => {
        // Its shards are its own once it read from one of them, which needs something to read.
        await produce()
        expect(readBy('second')).not.toEqual([])
      },
      { timeout: 30_000, interval: 500 },
    )
    await produce()
    await everythingIsRead()

    expect(reads.flatMap(({ ids }) => ids).toSorted()).toEqual(issued.toSorted())
    expect(simulator.ledger.totals()).toMatchObject([{ source: 'interop/app', items: issued.length }])
    expect(new Set(reads.map(({ shard }) => shard))).toEqual(new Set([0, 1, 2, 3, 4, 5]))
    if (options.order) {
      const order = reads.map(({ shard }) => shard).filter((shard) => shard === 0 || shard >= 4)
      expect(order.lastIndexOf(0)).toBeLessThan(order.findIndex((shard) => shard >= 4))
      const nowMs = simulator.clock.now()
      const logstore = simulator.sls.store.logstore('interop', 'app')
      const parent = logstore.consumerGroup('g').checkpoints(nowMs)[0]
      expect(parent?.checkpoint).toBe(cursorOf(logstore.shard(0, nowMs).endNumber))
    }
  },
)
