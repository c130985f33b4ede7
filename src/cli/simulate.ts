import { readFile } from 'node:fs/promises'
import { type AccessKey, defaultAccessKey } from '../../simulator/accounts.ts'
import { type FaultScript, parseFaultScript } from '../../simulator/fault-script.ts'
import { type Simulator, startSimulator } from '../../simulator/simulator.ts'
import { defaultRegion } from '../../simulator/smq/store.ts'
import { defaultRegions } from '../../simulator/world.ts'
import { describeError, ReceiverError } from '../errors.ts'

export interface SimulateFlags {
  readonly host: string
  /** 0: a free one. */
  readonly port: number
  /** Records a second over all logstores; 0: none. */
  readonly rate: number
  /** Audit events a second over all regions, and as many events and alerts of CloudMonitor; 0: none. */
  readonly eventRate: number
  /** Messages a second over all queues; 0: none. */
  readonly messageRate: number
  readonly seed: number
  /** A fault script. */
  readonly faults?: string | undefined
  /** Print one JSON object instead of text. */
  readonly json: boolean
}

export const simulateDefaults: SimulateFlags = {
  host: '127.0.0.1',
  port: 9000,
  rate: 50,
  eventRate: 2,
  messageRate: 5,
  seed: 1,
  json: false,
}

export interface SimulateIo {
  readonly stdout: NodeJS.WritableStream
  readonly stderr: NodeJS.WritableStream
  readonly stop: AbortSignal
}

/**
 * `simulate`: runs the simulator alone until `io.stop`. Resolves with the exit code.
 * @throws {ReceiverError} USAGE for a script that is not there, CONFIG_INVALID for a wrong one, ADDRESS_IN_USE
 */
export async function simulate(flags: SimulateFlags, io: SimulateIo): Promise<number> {
  const faultScript = flags.faults === undefined ? undefined : await loadScript(flags.faults)
  const simulator = await startSimulator({
    host: flags.host,
    port: flags.port,
    seed: flags.seed,
    recordsPerSecond: flags.rate,
    eventsPerSecond: flags.eventRate,
    messagesPerSecond: flags.messageRate,
    regions: defaultRegions,
    actiontrail: { trailDelivery: true },
    onProblem: (error) => io.stderr.write(`A scripted action failed: ${describeError(error)}\n`),
    ...(faultScript === undefined ? {} : { faultScript }),
  })
  try {
    if (flags.eventRate > 0) simulator.cloudMonitorEvents.start(flags.eventRate)
    io.stdout.write(
      flags.json ? `${JSON.stringify(describe(simulator, flags, defaultAccessKey))}\n` : guide(simulator, flags),
    )
    await aborted(io.stop)
  } finally {
    await simulator.close()
  }
  return 0
}

async function loadScript(path: string): Promise<FaultScript> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (cause) {
    throw new ReceiverError('USAGE', `Cannot read the fault script ${path}`, { cause })
  }
  return parseFaultScript(text, path)
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
}

interface LogstoreSummary {
  readonly name: string
  readonly shards: number
}

interface ProjectSummary {
  readonly name: string
  readonly region: string
  readonly logstores: readonly LogstoreSummary[]
}

interface UserSummary {
  readonly name: string
  readonly access_keys: readonly string[]
}

interface ResourceSummary {
  readonly type: string
  readonly id: string
  readonly name: string
}

interface SimulatorSummary {
  readonly endpoint: string
  /** Where each region's ActionTrail and CloudMonitor answer. */
  readonly region_endpoints: Readonly<Record<string, string>>
  readonly access_key_id: string
  readonly access_key_secret: string
  readonly records_per_second: number
  readonly events_per_second: number
  readonly messages_per_second: number
  readonly seed: number
  readonly projects: readonly ProjectSummary[]
  readonly queues: readonly string[]
  readonly users: readonly UserSummary[]
  readonly resources: readonly ResourceSummary[]
}

function describe(simulator: Simulator, flags: SimulateFlags, key: AccessKey): SimulatorSummary {
  return {
    endpoint: simulator.url,
    region_endpoints: simulator.regionUrls,
    access_key_id: key.id,
    access_key_secret: key.secret,
    records_per_second: flags.rate,
    events_per_second: flags.eventRate,
    messages_per_second: flags.messageRate,
    seed: flags.seed,
    projects: simulator.sls.store.projects().map(({ name, region, logstores }) => ({
      name,
      region,
      logstores: [...logstores.values()].map((logstore) => ({
        name: logstore.name,
        shards: logstore.shards(simulator.clock.now()).length,
      })),
    })),
    queues: simulator.smq.store.queues().map(({ name }) => name),
    users: simulator.ram.users.users().map(({ name, keys }) => ({ name, access_keys: keys.map(({ id }) => id) })),
    resources: simulator.cloudmonitor.resources().map(({ type, id, name }) => ({ type, id, name })),
  }
}

function guide(simulator: Simulator, flags: SimulateFlags): string {
  const summary = describe(simulator, flags, defaultAccessKey)
  const { endpoint, region_endpoints, access_key_id, access_key_secret, projects, queues, users, resources } = summary
  const credentials = [
    '    credentials:',
    '      type: access_key',
    `      access_key_id: ${access_key_id}`,
    `      access_key_secret: ${access_key_secret}`,
  ]
  const contents = projects.flatMap(({ name, region, logstores }) => [
    `  ${name} (${region})`,
    ...logstores.map(
      (logstore) => `    ${logstore.name.padEnd(24)} ${logstore.shards} shard${logstore.shards === 1 ? '' : 's'}`,
    ),
  ])
  const receivers = projects.flatMap(({ name, region }) => [
    `  alibabacloud_sls/${name}:`,
    `    endpoint: ${endpoint}`,
    `    region: ${region}`,
    `    project: ${name}`,
    '    logstores: ["*"]',
    '    start_at: earliest',
    ...credentials,
  ])
  const trailReceiver = [
    '  alibabacloud_actiontrail:',
    `    regions: [${Object.keys(region_endpoints).join(', ')}]`,
    '    endpoint:',
    ...Object.entries(region_endpoints).map(([region, url]) => `      ${region}: ${url}`),
    // The simulated events are not late, unless a script says so.
    '    settle_delay: 5s',
    '    poll_interval: 5s',
    ...credentials,
  ]
  const queueReceiver = [
    '  alibabacloud_smq:',
    `    endpoint: ${endpoint}`,
    `    region: ${defaultRegion}`,
    `    queues: [${queues.join(', ')}]`,
    ...credentials,
  ]
  const metricReceiver = [
    '  alibabacloud_cloudmonitor:',
    `    endpoint: ${endpoint}`,
    `    regions: [${defaultRegions[0]}]`,
    '    preset: [ecs, slb, rds, redis]',
    '    poll_interval: 1m',
    // The simulated points are there as soon as their minute is over, unless a script says otherwise.
    '    delay: 5s',
    ...credentials,
  ]
  const eventReceiver = [
    '  alibabacloud_cloudmonitor_events:',
    `    endpoint: ${endpoint}`,
    `    regions: [${defaultRegions[0]}]`,
    '    poll_interval: 5s',
    ...credentials,
  ]
  return [
    `Simulated Alibaba Cloud on ${endpoint}, ${flags.rate} records/s, ${flags.eventRate} audit events/s and as many of CloudMonitor, ${flags.messageRate} messages/s, seed ${flags.seed}. Ctrl-C ends it.`,
    '',
    `  access key id      ${access_key_id}`,
    `  access key secret  ${access_key_secret}`,
    '',
    'It holds',
    ...contents,
    '',
    `Queues in ${defaultRegion}`,
    ...queues.map((queue) => `  ${queue}`),
    '',
    'ActionTrail and CloudMonitor answer for',
    ...Object.entries(region_endpoints).map(([region, url]) => `  ${region.padEnd(26)} ${url}`),
    '',
    'Users and their AccessKeys',
    ...users.map(({ name, access_keys }) => `  ${name.padEnd(26)} ${access_keys.join(' ') || 'none'}`),
    '',
    'Resources, with metrics of CloudMonitor',
    ...resources.map(({ type, id, name }) => `  ${type.padEnd(26)} ${id}${name === id ? '' : ` (${name})`}`),
    '',
    'To read it, put this into the receiver’s configuration:',
    '',
    'receivers:',
    ...receivers,
    ...trailReceiver,
    ...queueReceiver,
    ...metricReceiver,
    ...eventReceiver,
    '',
    'What it holds, what it issued, and faults to inject:',
    '',
    `  curl ${endpoint}/_simulator/status`,
    `  curl ${endpoint}/_simulator/ledger`,
    `  curl ${endpoint}/_simulator/faults -d '{"for":"10s","effect":"throttle"}'`,
    '',
    '',
  ].join('\n')
}
