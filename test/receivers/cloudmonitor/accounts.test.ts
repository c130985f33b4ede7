import { expect, it, onTestFinished } from 'vitest'
import { type AccessKey, defaultAccessKey } from '../../../simulator/accounts.ts'
import { documentedCallLimits } from '../../../simulator/cloudmonitor/behaviour.ts'
import { checkPoints } from '../../../simulator/cloudmonitor/point-check.ts'
import { startOtlpBackend } from '../../../simulator/otlp/backend.ts'
import { startSimulator } from '../../../simulator/simulator.ts'
import { loadConfig } from '../../../src/config/load.ts'
import { registry } from '../../../src/registry.ts'
import { startService } from '../../../src/service/service.ts'
import { createHurriedClock } from '../../fakes/hurried-clock.ts'
import { createRecordingLog } from '../../fakes/recording-log.ts'
import { worldOf } from '../../simulator/cloudmonitor-caller.ts'
import { deliveredValues, metrics, namespace } from './delivered-values.ts'
import { type ArrivedPoint, arrivedPoints } from './receiver-world.ts'

const minute = 60_000
const startMs = Date.UTC(2026, 2, 4, 2, 0)
const otherKey: AccessKey = { id: 'LTAIother', secret: 'opens-nothing-either', accountId: '9876543210987654' }

it('several accounts, one of them twice, are read in one process, and their series never mix', async () => {
  const clock = createHurriedClock(startMs + 60 * minute, 20)
  const { resources = [], ...world } = worldOf(5, { tags: { owner: 'default' } })
  const { resources: others = [] } = worldOf(4, { tags: { owner: 'other' }, accountId: otherKey.accountId })
  const simulator = await startSimulator({
    clock,
    accessKeys: [defaultAccessKey, otherKey],
    // Hosts of both have the same names.
    world: { ...world, resources: [...resources, ...others.map((each) => ({ ...each, id: `other-${each.id}` }))] },
    cloudmonitor: { callsPerSecond: documentedCallLimits },
  })
  const arrived: ArrivedPoint[] = []
  const backend = await startOtlpBackend({ onMetrics: (requests) => void arrived.push(...arrivedPoints(requests)) })
  onTestFinished(async () => {
    await simulator.close()
    await backend.close()
  })
  const [cpu, disk] = metrics
  const receivers = {
    'alibabacloud_cloudmonitor/a': receiverOf(simulator.url, defaultAccessKey, [cpu]),
    'alibabacloud_cloudmonitor/a-again': receiverOf(simulator.url, defaultAccessKey, [disk]),
    'alibabacloud_cloudmonitor/b': receiverOf(simulator.url, otherKey, metrics),
  }
  const text = JSON.stringify({
    receivers,
    processors: { batch: {} },
    exporters: { otlp_http: { endpoint: backend.url } },
    service: {
      pipelines: {
        metrics: { receivers: Object.keys(receivers), processors: ['batch'], exporters: ['otlp_http'] },
      },
    },
    extensions: { memory_storage: {} },
  })
  const loaded = loadConfig(text, { path: 'test', env: {}, registry })
  if ('faults' in loaded) throw new Error(JSON.stringify(loaded.faults))
  const logger = { log: createRecordingLog(), setLevel: () => {}, addSink: () => () => {} }
  const endMs = Math.floor((clock.now() - 4 * minute) / minute) * minute
  const service = await startService(loaded.config, { once: true, dryRun: false, clock, logger })
  expect(await service.ended).toBeUndefined()

  const expectedUpTo = (untilMs: number) =>
    [defaultAccessKey, otherKey].flatMap(({ accountId }) =>
      metrics.flatMap((metric) =>
        simulator.cloudmonitor.expectedPoints(namespace, metric, startMs, untilMs, { accountId }),
      ),
    )
  const delivered = deliveredValues(arrived)
  expect(checkPoints(expectedUpTo(endMs), delivered).missing).toEqual([])
  expect(checkPoints(expectedUpTo(clock.now()), delivered)).toMatchObject({
    repeated: [],
    invented: [],
    wrongValue: [],
  })
  const identities = new Set(
    arrived
      .filter(({ resource }) => resource['host.id'] !== undefined)
      .map(({ resource }) =>
        [
          resource['cloud.account.id'],
          /^other-/.test(String(resource['host.id'])),
          resource['alibabacloud.tag.owner'],
        ].join(),
      ),
  )
  expect([...identities].sort()).toEqual(['1234567890123456,false,default', '9876543210987654,true,other'])
})

function receiverOf(endpoint: string, { id, secret }: AccessKey, names: readonly (string | undefined)[]) {
  return {
    regions: ['cn-hangzhou'],
    endpoint,
    proxy: 'none',
    namespaces: [{ namespace, metrics: names }],
    start_at: new Date(startMs).toISOString(),
    rate_limit: 50,
    credentials: { type: 'access_key', access_key_id: id, access_key_secret: secret },
  }
}
