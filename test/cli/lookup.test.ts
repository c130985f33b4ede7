import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { defaultAccessKey } from '../../simulator/accounts.ts'
import { type Simulator, startSimulator } from '../../simulator/simulator.ts'

const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url))
const dayMs = 24 * 60 * 60 * 1000
let simulator: Simulator

interface Ended {
  code: number | null
  stdout: string
  stderr: string
}

/** `lookup` as a person calls it: one region of the simulator, its key in the environment. */
const lookup = (...args: string[]) => lookupUntil(undefined, ...args)

/** The same, interrupted as with Ctrl-C once it has said something. */
function lookupUntil(said: string | undefined, ...args: string[]): Promise<Ended> {
  return new Promise((resolve) => {
    const env = {
      PATH: process.env['PATH'],
      ALIBABA_CLOUD_ACCESS_KEY_ID: defaultAccessKey.id,
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: defaultAccessKey.secret,
    }
    const child = execFile(process.execPath, [main, 'lookup', ...args], { env }, (_error, stdout, stderr) => {
      resolve({ code: child.exitCode, stdout, stderr })
    })
    let heard = ''
    child.stderr?.on('data', (text: string) => {
      heard += text
      if (said !== undefined && heard.includes(said)) child.kill('SIGINT')
    })
  })
}

const event = (id: string, atMs: number, more: Record<string, unknown> = {}) => ({
  eventId: id,
  eventVersion: '1',
  eventTime: `${new Date(atMs).toISOString().slice(0, 19)}Z`,
  eventName: 'DeleteInstance',
  eventType: 'ApiCall',
  eventCategory: 'Management',
  eventRW: 'Write',
  eventSource: 'ecs.cn-hangzhou.aliyuncs.com',
  serviceName: 'Ecs',
  acsRegion: 'cn-hangzhou',
  requestId: id,
  sourceIpAddress: '198.51.100.7',
  userIdentity: { type: 'ram-user', userName: 'alice', accessKeyId: 'LTAIEXAMPLEKEY01', accountId: '1234567890123456' },
  requestParameters: { InstanceId: 'i-1', Password: 'hunter2' },
  referencedResources: { 'ACS::ECS::Instance': ['i-1'] },
  ...more,
})

beforeAll(async () => {
  simulator = await startSimulator({ actiontrail: { trailDelivery: true } })
  const nowMs = Date.now()
  const documents = [
    event('E-NEW', nowMs - 60_000),
    event('E-FAILED', nowMs - 2 * dayMs, { errorCode: 'Forbidden.RAM', errorMessage: 'User not authorized' }),
    event('E-OTHER-KEY', nowMs - 3 * dayMs, {
      eventName: 'StopInstance',
      userIdentity: {
        type: 'ram-user',
        userName: 'bob',
        accessKeyId: 'LTAIEXAMPLEKEY02',
        accountId: '1234567890123456',
      },
      referencedResources: { 'ACS::ECS::Instance': ['i-2'] },
    }),
    event('E-OLD', nowMs - 80 * dayMs, { eventRW: 'Read' }),
  ]
  simulator.actiontrail.issue(
    'cn-hangzhou',
    documents.map((each) => JSON.stringify(each)),
  )
})
afterAll(() => simulator.close())

const place = () => ['--region', 'cn-hangzhou', '--endpoint', simulator.url]
const idsOf = ({ stdout }: Ended) => (JSON.parse(stdout) as { eventId: string }[]).map(({ eventId }) => eventId)

describe('lookup by the API', () => {
  it('finds the events of a key within 90 days, newest first, with secrets masked', async () => {
    const ended = await lookup('--access-key', 'LTAIEXAMPLEKEY01', '--from', '-90d', '--json', ...place())
    expect(ended).toMatchObject({ code: 0, stderr: '' })
    expect(idsOf(ended)).toEqual(['E-NEW', 'E-FAILED', 'E-OLD'])
    expect(ended.stdout).not.toContain('hunter2')
  })

  it('holds every criterion against the events, not only the one that the API is given', async () => {
    const base = ['--from', '-90d', '--json', ...place()]
    const searches = [
      ['--access-key', 'LTAIEXAMPLEKEY01', '--failed'],
      ['--user', 'alice', '--read'],
      ['--resource', 'i-2', '--event', 'StopInstance'],
      ['--resource', 'i-2', '--user', 'alice'],
    ]
    const found = await Promise.all(searches.map(async (criteria) => idsOf(await lookup(...criteria, ...base))))
    expect(found).toEqual([['E-FAILED'], ['E-OLD'], ['E-OTHER-KEY'], []])
  })

  it('shows a table, and says when there is more', async () => {
    const { code, stdout, stderr } = await lookup('--from', '-7d', '--limit', '2', ...place())
    expect(code).toBe(0)
    const lines = stdout.trimEnd().split('\n')
    expect(lines[0]).toMatch(/^TIME +REGION +EVENT +USER +ACCESS KEY +SOURCE +FAILURE +RESOURCES$/)
    expect(lines[1]).toMatch(/^\S+Z +cn-hangzhou +Ecs\.DeleteInstance +alice +LTAIEXAMPLEKEY01 +198\.51\.100\.7 +i-1$/)
    expect(lines[2]).toMatch(/Forbidden\.RAM +i-1$/)
    expect(lines).toHaveLength(3)
    expect(stderr).toBe('Only the newest 2 are shown; --limit 0 shows all\n')
  })

  it('says on stderr that nothing matches', async () => {
    const { code, stdout, stderr } = await lookup('--user', 'nobody', ...place())
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' })
    expect(stderr).toMatch(/^No event matches between \S+Z and \S+Z\n$/)
  })

  it('refuses what the API does not keep, and a time that is none', async () => {
    const tooOld = await lookup('--from', '-91d', ...place())
    expect(tooOld.code).toBe(2)
    expect(tooOld.stderr).toContain('further back than the 90 days')
    const wrong = await lookup('--from', 'yesterday', ...place())
    expect(wrong.code).toBe(2)
    expect(wrong.stderr).toContain('--from "yesterday"')
  })

  it('ends with 1 and shows the rest when a region cannot be read', async () => {
    const fault = simulator.faults.inject({
      service: 'actiontrail',
      effect: { kind: 'error', status: 403, code: 'NoPermission' },
    })
    const { code, stderr } = await lookup(...place())
    simulator.faults.remove(fault)
    expect(code).toBe(1)
    expect(stderr).toContain('Not read: cn-hangzhou: PERMISSION_DENIED: ')
    expect(stderr).toContain('actiontrail:LookupEvents')
    expect(stderr).toContain('what to do: ')
    // Nobody looked, so nobody can say that nothing matches.
    expect(stderr).not.toContain('No event matches')
  })

  it('says that the API fails while it asks again, and does not call a search complete that was stopped', async () => {
    const fault = simulator.faults.inject({
      service: 'actiontrail',
      effect: { kind: 'error', status: 503, code: 'ServiceUnavailable' },
    })
    const ended = await lookupUntil('cannot be asked', ...place())
    simulator.faults.remove(fault)
    expect(ended.code).toBe(1)
    expect(ended.stderr).toContain('Stopped before everything was searched')
    expect(ended.stderr).not.toContain('No event matches')
  })
})

it('lookup finds in the logstore of a trail what the API has as well', async () => {
  const place = ['--logstore', 'actiontrail_audit', '--project', 'web-prod', '--endpoint', simulator.url]
  const ended = await lookup(
    '--access-key',
    'LTAIEXAMPLEKEY01',
    '--from',
    '-400d',
    '--json',
    '--region',
    'cn-hangzhou',
    ...place,
  )
  expect(ended).toMatchObject({ code: 0, stderr: '' })
  expect(idsOf(ended)).toEqual(['E-NEW', 'E-FAILED', 'E-OLD'])
  expect(ended.stdout).not.toContain('hunter2')
})
