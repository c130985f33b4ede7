import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { beforeEach, expect, onTestFinished, vi } from 'vitest'
import { defaultAccessKey, defaultAccountId } from '../../../simulator/accounts.ts'
import { type Simulator, startSimulator } from '../../../simulator/simulator.ts'
import { cursorOf } from '../../../src/alibaba/sls/cursor.ts'
import type { Partner } from './install.ts'

const run = promisify(execFile)

export const project = 'interop'
export const logstore = 'app'

/** The path of a partner's SDK; without one, every test of the calling file is skipped with the reason. */
export function requirePartner(partner: Partner): string {
  if ('path' in partner) return partner.path
  beforeEach(({ skip }) => skip(partner.missing))
  return ''
}

/** A simulator with nothing but one logstore; closed after the test. */
export async function startEmptySimulator(shards: number): Promise<Simulator> {
  const simulator = await startSimulator({
    world: {
      projects: [
        { name: project, region: 'cn-hangzhou', accountId: defaultAccountId, logstores: [{ name: logstore, shards }] },
      ],
      traffic: [],
    },
  })
  onTestFinished(() => simulator.close())
  return simulator
}

type Job = Readonly<Record<string, unknown>>

/** A program around an SDK that takes its job as JSON; the simulator is its HTTP proxy. */
export interface PartnerProgram {
  /** What it printed, a value a line. */
  does(job: Job): Promise<unknown[]>
  /** Killed after the test. */
  startConsumer(consumer: string, onLine: (line: unknown) => void): ChildProcess
}

/** @param command the program and its arguments in front of the job */
export function partnerProgram(command: readonly string[], simulator: Simulator, options: Job): PartnerProgram {
  const [program = '', ...before] = command
  // Only what programs need to start, so that no proxy of this machine takes part.
  const env = { PATH: process.env['PATH'], http_proxy: simulator.url }
  const argumentsOf = (job: Job) => [
    ...before,
    JSON.stringify({
      endpoint: 'http://cn-hangzhou.log.aliyuncs.com',
      region: 'cn-hangzhou',
      keyId: defaultAccessKey.id,
      keySecret: defaultAccessKey.secret,
      project,
      logstore,
      group: 'g',
      ...options,
      ...job,
    }),
  ]
  return {
    async does(job) {
      const { stdout } = await run(program, argumentsOf(job), { env })
      return stdout.trim() === '' ? [] : stdout.trim().split('\n').map(parse)
    },
    startConsumer(consumer, onLine) {
      const child = spawn(program, argumentsOf({ do: 'consume', consumer }), {
        env,
        stdio: ['pipe', 'pipe', 'inherit'],
      })
      onTestFinished(() => {
        child.kill('SIGKILL')
      })
      createInterface(child.stdout).on('line', (line) => onLine(parse(line)))
      return child
    },
  }
}

const parse = (line: string): unknown => JSON.parse(line)

interface Read {
  readonly consumer: string
  readonly shard: number
  readonly ids: readonly string[]
}

/**
 * The SDK writes, splits a shard, and reads everything back once with two workers of its own consumer library, the
 * second one joining in the middle.
 */
export async function expectEverythingReadOnce(
  command: readonly string[],
  options: { readonly signature: string; readonly order: boolean },
): Promise<void> {
  const simulator = await startEmptySimulator(4)
  const partner = partnerProgram(command, simulator, options)
  const reads: Read[] = []
  const startConsumer = (consumer: string) =>
    partner.startConsumer(consumer, (line) => reads.push({ consumer, ...(line as Omit<Read, 'consumer'>) }))
  const issued: string[] = []
  /** Ten groups of three wherever the server likes, and two in each quarter of the keys. */
  const produce = async () => {
    const keys = [...Array<undefined>(10), ...['1', '2', '5', '7', '9', 'b', 'd', 'e'].map((digit) => digit.repeat(32))]
    const groups = keys.map((key) => {
      const ids = [0, 1, 2].map((index) => `log-${issued.length + index}`)
      issued.push(...ids)
      return key === undefined ? { ids } : { ids, key }
    })
    await partner.does({ do: 'produce', groups })
  }
  const waitUntil = (expectation: () => Promise<void> | void) =>
    vi.waitFor(expectation, { timeout: 30_000, interval: 500 })
  const readIds = () => reads.flatMap(({ ids }) => ids)

  await produce()
  startConsumer('first')
  await waitUntil(() => expect(readIds()).toHaveLength(issued.length))
  await produce()
  expect(await partner.does({ do: 'split', shard: 0 })).toEqual([[0, 4, 5]])
  await produce()
  startConsumer('second')
  await waitUntil(async () => {
    // That it holds shards shows when it reads from one, for which something must be there.
    await produce()
    expect(reads.filter(({ consumer }) => consumer === 'second')).not.toEqual([])
  })
  await produce()
  await waitUntil(() => expect(readIds().length).toBeGreaterThanOrEqual(issued.length))

  expect(readIds().toSorted()).toEqual(issued.toSorted())
  expect(simulator.ledger.totals()).toMatchObject([{ source: `${project}/${logstore}`, items: issued.length }])
  expect(new Set(reads.map(({ shard }) => shard))).toEqual(new Set([0, 1, 2, 3, 4, 5]))
  if (!options.order) return
  const family = reads.map(({ shard }) => shard).filter((shard) => shard === 0 || shard >= 4)
  expect(family.lastIndexOf(0)).toBeLessThan(family.findIndex((shard) => shard >= 4))
  const nowMs = simulator.clock.now()
  const store = simulator.sls.store.logstore(project, logstore)
  const parent = store.consumerGroup('g').checkpoints(nowMs)[0]
  expect(parent?.checkpoint).toBe(cursorOf(store.shard(0, nowMs).endNumber))
}
