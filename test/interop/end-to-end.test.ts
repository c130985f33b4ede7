import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished, vi } from 'vitest'
import { parse } from 'yaml'
import { defaultAccessKey } from '../../simulator/accounts.ts'
import { uidOf } from '../../simulator/ledger.ts'
import { type Simulator, startSimulator } from '../../simulator/simulator.ts'
import { systemClock } from '../../src/clock.ts'
import { loadConfig, type ServiceConfig } from '../../src/config/load.ts'
import { registry } from '../../src/registry.ts'
import { type Service, startService } from '../../src/service/service.ts'
import { createLogger } from '../../src/telemetry/logger.ts'
import {
  freePort,
  readRequests,
  recordsOf,
  requireCollector,
  startCollector,
  temporaryFolder,
  toFile,
  uidsOf,
} from './otelcol/collector.ts'

const program = requireCollector()

const deployed = (path: string) => parse(readFileSync(new URL(`../../deploy/${path}`, import.meta.url), 'utf8'))

/** deploy/receiver/sidecar.yaml, pointed at the simulator and at a Collector on a port of the test's own. */
function receiverConfig(simulator: Simulator, collectorPort: number, folder: string): ServiceConfig {
  const tree = deployed('receiver/sidecar.yaml')
  tree.extensions.health_check.endpoint = '127.0.0.1:0'
  Object.assign(tree.receivers.alibabacloud_sls, {
    region: 'cn-hangzhou',
    start_at: 'earliest',
    poll_interval: '200ms',
    credentials: {
      type: 'access_key',
      access_key_id: defaultAccessKey.id,
      access_key_secret: defaultAccessKey.secret,
    },
  })
  Object.assign(tree.exporters.otlp_http, {
    endpoint: `http://127.0.0.1:${collectorPort}`,
    retry: { initial_interval: '20ms', max_interval: '200ms' },
  })
  const loaded = loadConfig(JSON.stringify(tree), {
    path: 'sidecar.yaml',
    env: { SLS_ENDPOINT: simulator.url, SLS_PROJECT: 'web-prod', STATE_DIRECTORY: join(folder, 'state') },
    registry,
  })
  if ('faults' in loaded) throw new Error(loaded.faults.map(({ path, message }) => `${path}: ${message}`).join('\n'))
  return loaded.config
}

/** deploy/collector/sidecar.yaml on ports of the test's own. */
function collectorConfig(port: number, healthPort: number) {
  const tree = deployed('collector/sidecar.yaml')
  tree.extensions.health_check.endpoint = `127.0.0.1:${healthPort}`
  tree.receivers.otlp.protocols.http.endpoint = `127.0.0.1:${port}`
  return tree
}

const issuedUids = (simulator: Simulator): string[] =>
  [...simulator.ledger.batches()]
    .filter(({ source }) => !source.includes('/internal-'))
    .flatMap((batch) => Array.from({ length: batch.items }, (_, index) => uidOf(batch, index)))

it('what SLS holds arrives behind deploy/collector/sidecar.yaml, over a kill of the Collector and a restart of the receiver', async () => {
  const folder = await temporaryFolder()
  const simulator = await startSimulator({ seed: 7 })
  onTestFinished(() => simulator.close())
  const [port, healthPort, backendPort] = [await freePort(), await freePort(), await freePort()]
  const output = join(folder, 'backend.jsonl')
  await startCollector(program, toFile(backendPort, output), await temporaryFolder())
  const startSidecar = () =>
    startCollector(program, collectorConfig(port, healthPort), folder, {
      OTLP_ENDPOINT: `http://127.0.0.1:${backendPort}`,
    })
  const startReceiver = async (): Promise<Service> => {
    const logger = createLogger({ level: 'error', sinks: [], clock: systemClock })
    const service = await startService(receiverConfig(simulator, port, folder), { once: false, dryRun: false, logger })
    onTestFinished(() => service.stop())
    return service
  }
  const arrived = async () => uidsOf(recordsOf(await readRequests(output)))
  const arrivedOver = (count: number) =>
    vi.waitFor(async () => expect((await arrived()).length).toBeGreaterThan(count), { timeout: 30_000 })

  simulator.traffic.start(3_000)
  const firstSidecar = await startSidecar()
  const firstReceiver = await startReceiver()
  await arrivedOver(1_000)
  await firstSidecar.stop('SIGKILL')
  await startSidecar()
  await arrivedOver(6_000)
  await firstReceiver.stop()
  const secondReceiver = await startReceiver()
  await arrivedOver(9_000)
  simulator.traffic.stop()
  const issued = issuedUids(simulator).sort()
  await vi.waitFor(async () => expect(new Set(await arrived()).size).toBeGreaterThanOrEqual(issued.length), {
    timeout: 30_000,
  })
  await secondReceiver.stop()
  expect([...new Set(await arrived())].sort()).toEqual(issued)
})
