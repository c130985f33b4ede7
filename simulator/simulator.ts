import { type Clock, systemClock } from '../src/clock.ts'
import { type AccessKey, Accounts, defaultAccessKey, defaultAccountId } from './accounts.ts'
import { type ActionTrailBehaviour, defaultActionTrailBehaviour } from './actiontrail/issuer.ts'
import { createSimulatedActionTrail, type SimulatedActionTrail } from './actiontrail/simulated.ts'
import { createAdmin } from './admin.ts'
import { SimulatorClock } from './clock.ts'
import { type CloudMonitorBehaviour, defaultCloudMonitorBehaviour } from './cloudmonitor/behaviour.ts'
import { defaultResources } from './cloudmonitor/default-resources.ts'
import {
  type CloudMonitorEventBehaviour,
  createCloudMonitorEvents,
  defaultCloudMonitorEventBehaviour,
  type SimulatedCloudMonitorEvents,
} from './cloudmonitor/events.ts'
import { createCms } from './cloudmonitor/product.ts'
import { performOnCloudMonitor } from './cloudmonitor/script-actions.ts'
import { createSimulatedCloudMonitor, type SimulatedCloudMonitor } from './cloudmonitor/simulated.ts'
import { type FaultScript, ruleOf, type ScriptEntry, type SimulatorAction } from './fault-script.ts'
import { Faults } from './faults.ts'
import { startFrame } from './http-frame.ts'
import { Ledger } from './ledger.ts'
import { UserDirectory } from './ram/directory.ts'
import { createIms, createRam, defaultRamBehaviour, type RamBehaviour, type RamContext } from './ram/products.ts'
import { defaultUsers } from './ram/user-spec.ts'
import { derivedSeed } from './random.ts'
import { createRpcGateway, defaultRpcBehaviour, type RpcBehaviour } from './rpc/gateway.ts'
import type { SlsContext } from './sls/call.ts'
import type { Compression } from './sls/compression.ts'
import { PageCache } from './sls/page-cache.ts'
import { preparePages } from './sls/pull-logs.ts'
import { QuotaMeter, type SlsQuotas } from './sls/quotas.ts'
import { createSlsService, defaultBehaviour, type SlsBehaviour } from './sls/service.ts'
import { SlsStore } from './sls/store.ts'
import { defaultBehaviour as defaultSmqBehaviour, type SmqBehaviour, type SmqContext } from './smq/call.ts'
import type { MessageDraft } from './smq/message.ts'
import { createSmqService } from './smq/service.ts'
import { SmqStore } from './smq/store.ts'
import { TrafficGenerator } from './traffic/generator.ts'
import { MessageGenerator } from './traffic/message-generator.ts'
import { createPaced } from './traffic/pace.ts'
import { defaultRegions, defaultTrails, defaultWorld, type World } from './world.ts'

export interface SimulatorOptions {
  /** Default 127.0.0.1. */
  readonly host?: string
  /** Default 0: a free one. */
  readonly port?: number
  /** Decides all traffic and all chance; default 1. */
  readonly seed?: number
  /** Default: the system's. Time inside the simulator is this plus what `simulator.clock.advance` added. */
  readonly clock?: Clock
  /** Default `defaultAccessKey`. */
  readonly accessKeys?: readonly AccessKey[]
  /** Default `defaultWorld`. */
  readonly world?: World
  /** Records a second over all logstores with traffic; default 0: none until `traffic.start` or `traffic.issue`. */
  readonly recordsPerSecond?: number
  /** Messages a second over all queues with planned messages; default 0. */
  readonly messagesPerSecond?: number
  /** Records kept, all logstores together; the oldest go first. Default 256 MiB. */
  readonly retentionBytes?: number
  /** Compressed pages kept for whoever asks for them again. Default 32 MiB. */
  readonly pageCacheBytes?: number
  /** Batches that the ledger remembers one by one; default 1 000 000. */
  readonly ledgerBatches?: number
  /** Default: no limits. `documentedQuotas` are the vendor's. */
  readonly quotas?: SlsQuotas
  readonly behaviour?: Partial<SlsBehaviour>
  readonly rpc?: Partial<RpcBehaviour>
  readonly actiontrail?: Partial<ActionTrailBehaviour>
  readonly ram?: Partial<RamBehaviour>
  /** Audit events a second over all regions; default 0. */
  readonly eventsPerSecond?: number
  /** Further regions with a port of their own: the ones behind `port`, or free ones. Default: none. */
  readonly regions?: readonly string[]
  readonly smqBehaviour?: Partial<SmqBehaviour>
  readonly cloudMonitorEvents?: Partial<CloudMonitorEventBehaviour>
  readonly cloudmonitor?: Partial<CloudMonitorBehaviour>
  /** Its times count from the start. */
  readonly faultScript?: FaultScript
  /** Told what a scripted action or the traffic could not do; default: nobody. */
  readonly onProblem?: (error: unknown) => void
}

export interface SimulatedTraffic {
  /** The present rate over all logstores; 0 when stopped. */
  readonly recordsPerSecond: number
  /** Issues at this rate until `stop`, or changes the rate. */
  start(recordsPerSecond: number): void
  /** No record is issued after this returns. */
  stop(): void
  /** Issues exactly `records` now. Group sizes vary unless `recordsPerGroup` is given. */
  issue(project: string, logstore: string, records: number, recordsPerGroup?: number): void
}

export interface SimulatedSls {
  readonly store: SlsStore
  /** Change its fields to change how calls are answered from now on. */
  readonly behaviour: SlsBehaviour
  /** Set `quotas.quotas` to change the limits. */
  readonly quotas: QuotaMeter
  /** Compresses all pages that a reader asking for `count` groups will get, as far as the page cache holds them. */
  preparePages(project: string, logstore: string, count: number, compression: Compression): void
}

export interface SimulatedSmq {
  /** The queues, what they hold, and who hears of deleted messages. */
  readonly store: SmqStore
  /** Change its fields to change how calls are answered from now on. */
  readonly behaviour: SmqBehaviour
  /** The present rate over all queues with planned messages; 0 when stopped. */
  readonly messagesPerSecond: number
  /** Sends planned messages at this rate until `stop`, or changes the rate. */
  start(messagesPerSecond: number): void
  stop(): void
  /** Sends exactly so many planned messages to a queue now. */
  issue(queue: string, messages: number): void
  /** Sends a message of your own to a queue of the default account, and returns its id. */
  send(queue: string, draft: MessageDraft): string
}

/** What all products of the RPC style share. */
export interface SimulatedRpc {
  /** Change its fields to change how calls are answered from now on. */
  readonly behaviour: RpcBehaviour
}

/** RAM and IMS. */
export interface SimulatedRam {
  /** The users of the world's account, and their keys. */
  readonly users: UserDirectory
  /** Change its fields to change how calls are answered from now on. */
  readonly behaviour: RamBehaviour
}

/** A running local Alibaba Cloud. */
export interface Simulator {
  /** `http://host:port`, what a receiver takes as `endpoint`. */
  readonly url: string
  readonly port: number
  /**
   * Where a region's RPC products answer when `Host` tells no region: `url` for the world's first one, and a port of its
   * own for each of `options.regions`.
   * @throws {RangeError} for a region that has none
   */
  regionUrl(region: string): string
  /** Every region that has a URL, with it. */
  readonly regionUrls: Readonly<Record<string, string>>
  readonly clock: SimulatorClock
  readonly accounts: Accounts
  readonly sls: SimulatedSls
  readonly rpc: SimulatedRpc
  readonly actiontrail: SimulatedActionTrail
  readonly ram: SimulatedRam
  readonly smq: SimulatedSmq
  /** System events and the history of alerts. */
  readonly cloudMonitorEvents: SimulatedCloudMonitorEvents
  /** Metrics, and the resources that report them. */
  readonly cloudmonitor: SimulatedCloudMonitor
  readonly traffic: SimulatedTraffic
  readonly faults: Faults
  readonly ledger: Ledger
  /** Puts a script entry into effect, its `at` counted from now. Returns the id of a fault; actions have none. */
  run(entry: ScriptEntry): number | undefined
  /** Stops the traffic and every scripted action, cuts all connections and frees the port. */
  close(): Promise<void>
}

const MIB = 1024 * 1024

/**
 * Starts a local Alibaba Cloud on one port.
 * @throws {ReceiverError} ADDRESS_IN_USE
 */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const baseClock = options.clock ?? systemClock
  const seed = options.seed ?? 1
  const world = options.world ?? defaultWorld
  const clock = new SimulatorClock(baseClock)
  const ledger = new Ledger(options.ledgerBatches)
  const faults = new Faults(derivedSeed(seed, 'faults'))
  const accounts = new Accounts(options.accessKeys ?? [defaultAccessKey])
  const store = new SlsStore({
    clock,
    ledger,
    seed: derivedSeed(seed, 'routing'),
    retentionBytes: options.retentionBytes ?? 256 * MIB,
  })
  for (const project of world.projects) store.addProject(project)
  const context: SlsContext = {
    clock,
    store,
    quotas: new QuotaMeter(options.quotas ?? {}),
    pages: new PageCache(options.pageCacheBytes ?? 32 * MIB),
    behaviour: { ...defaultBehaviour, ...options.behaviour },
    recordWithheld: (source, items) => ledger.recordWithheld('sls', source, items, clock.now()),
  }
  const [firstRegion, ...otherRegions] = world.regions ?? defaultRegions
  const portRegions = [firstRegion, ...(options.regions ?? []).filter((region) => region !== firstRegion)] as const
  const users = new UserDirectory(
    defaultAccountId,
    accounts,
    () => clock.now(),
    world.users ?? defaultUsers(defaultAccountId),
  )
  const usersOf = (accountId: string) =>
    accountId === users.accountId ? users : new UserDirectory(accountId, accounts, () => clock.now(), [])
  const report = options.onProblem ?? (() => {})
  const {
    actiontrail,
    usage,
    product: actiontrailProduct,
  } = createSimulatedActionTrail({
    clock,
    ledger,
    seed,
    regions: [firstRegion, ...new Set([...otherRegions, ...portRegions.slice(1)])],
    globalEventsRegion: world.globalEventsRegion ?? firstRegion,
    retentionBytes: options.retentionBytes ?? 256 * MIB,
    trails: world.trails ?? defaultTrails.filter(({ project }) => store.hasProject(project)),
    users,
    usersOf,
    sls: store,
    behaviour: { ...defaultActionTrailBehaviour, ...options.actiontrail },
    report,
  })
  const { events: cloudMonitorEvents, actions: cloudMonitorEventCalls } = createCloudMonitorEvents({
    clock,
    ledger,
    seed: derivedSeed(seed, 'cloudmonitor events'),
    regions: [firstRegion, ...otherRegions],
    behaviour: { ...defaultCloudMonitorEventBehaviour, ...options.cloudMonitorEvents },
    report,
  })
  const {
    cloudmonitor,
    actions: metricCalls,
    inventoryProducts,
  } = createSimulatedCloudMonitor({
    clock,
    ledger,
    seed: derivedSeed(seed, 'cloudmonitor'),
    resources: world.resources ?? defaultResources,
    behaviour: { ...defaultCloudMonitorBehaviour, ...options.cloudmonitor },
    report,
  })
  const ramContext: RamContext = { usersOf, usage, behaviour: { ...defaultRamBehaviour, ...options.ram } }
  const rpcBehaviour: RpcBehaviour = { ...defaultRpcBehaviour, ...options.rpc }
  const generator = new TrafficGenerator(store, world.traffic, derivedSeed(seed, 'traffic'), () => clock.now())
  const ending = new AbortController()
  // A logstore that lost all its shards cannot be written any more, and a queue may be deleted.
  const records = createPaced((...owed) => generator.issueFor(...owed), clock, report)
  const traffic: SimulatedTraffic = {
    get recordsPerSecond() {
      return records.perSecond
    },
    start: records.start,
    stop: records.stop,
    issue: (...issue) => generator.issue(...issue),
  }
  const smqStore = new SmqStore({ clock, ledger, seed: derivedSeed(seed, 'queues') })
  for (const queue of world.queues ?? []) smqStore.add(queue)
  const smqContext: SmqContext = {
    clock,
    store: smqStore,
    behaviour: { ...defaultSmqBehaviour, ...options.smqBehaviour },
  }
  const messageGenerator = new MessageGenerator(smqStore, world.messages ?? [], derivedSeed(seed, 'messages'), () =>
    clock.now(),
  )
  const messages = createPaced((...owed) => messageGenerator.issueFor(...owed), clock, report)

  const perform = (action: SimulatorAction): void => {
    switch (action.kind) {
      case 'split':
        store.logstore(action.project, action.logstore).split(action.shard, { shardCount: action.parts }, clock.now())
        break
      case 'merge':
        store.logstore(action.project, action.logstore).merge(action.shard, clock.now())
        break
      case 'jump':
        store.logstore(action.project, action.logstore).shard(action.shard, clock.now()).jump(BigInt(action.by))
        break
      case 'issue':
        traffic.issue(action.project, action.logstore, action.records)
        break
      case 'advance_clock':
        clock.advance(action.by)
        break
      case 'expire_consumer':
        store.logstore(action.project, action.logstore).consumerGroup(action.group).expire(action.consumer, clock.now())
        break
      case 'steal_shard':
        store
          .logstore(action.project, action.logstore)
          .consumerGroup(action.group)
          .steal(action.shard, action.consumer, clock.now())
        break
      case 'issue_messages':
        messageGenerator.issue(action.queue, action.messages)
        break
      case 'release_messages':
        smqStore.queue(action.queue).release()
        break
      case 'issue_events':
        actiontrail.issue(action.region, action.events, action.shapes === undefined ? {} : { shapes: action.shapes })
        break
      case 'issue_cloudmonitor':
        cloudMonitorEvents.issue('system_event', action.system_events)
        cloudMonitorEvents.issue('alert', action.alerts)
        break
      case 'change_actiontrail':
        changeActionTrail(actiontrail.behaviour, action)
        break
      case 'change_throttling':
        rpcBehaviour.throttlingStatus = action.status
        rpcBehaviour.retryAfterMs = action.retry_after
        break
      case 'add_instance':
      case 'remove_instance':
      case 'hold_points':
      case 'change_cloudmonitor':
        performOnCloudMonitor(cloudmonitor, action, clock.now())
        break
      case 'disable_key':
        accounts.disable(action.id)
        break
      case 'enable_key':
        accounts.enable(action.id)
        break
    }
  }
  const performLater = async (action: SimulatorAction, afterMs: number): Promise<void> => {
    try {
      await clock.sleep(afterMs, ending.signal)
      perform(action)
    } catch (error) {
      if (!ending.signal.aborted) report(error)
    }
  }

  const basePort = options.port ?? 0
  const extraPorts = portRegions.slice(1).map((_, index) => (basePort === 0 ? 0 : basePort + 1 + index))
  const frame = await startFrame({
    host: options.host ?? '127.0.0.1',
    ports: [basePort, ...extraPorts],
    clock,
    faults,
    admin: createAdmin(() => simulator),
    // What nobody claims is for SLS, the first.
    services: [
      createSlsService(context, accounts),
      createRpcGateway({
        clock,
        accounts,
        behaviour: rpcBehaviour,
        products: [
          actiontrailProduct,
          createRam(ramContext),
          createIms(ramContext),
          createCms(metricCalls, cloudMonitorEventCalls),
          ...inventoryProducts,
        ],
        regionOfPort: (asked) => portRegions[frame.ports.indexOf(asked)] ?? firstRegion,
      }),
      createSmqService(smqContext, accounts),
    ],
  })
  const urlHost = frame.host.includes(':') ? `[${frame.host}]` : frame.host
  const [port = 0] = frame.ports
  const urlOf = (number: number) => `http://${urlHost}:${number}`
  const regionUrls = Object.fromEntries(portRegions.map((region, index) => [region, urlOf(frame.ports[index] ?? port)]))
  const simulator: Simulator = {
    url: urlOf(port),
    port,
    regionUrls,
    regionUrl(region) {
      const url = regionUrls[region]
      if (url === undefined) throw new RangeError(`${region} has no port; name it in the option regions`)
      return url
    },
    clock,
    accounts,
    sls: {
      store,
      behaviour: context.behaviour,
      quotas: context.quotas,
      preparePages: (...page) => preparePages(context, ...page),
    },
    smq: {
      store: smqStore,
      behaviour: smqContext.behaviour,
      get messagesPerSecond() {
        return messages.perSecond
      },
      start: messages.start,
      stop: messages.stop,
      issue: (queue, count) => messageGenerator.issue(queue, count),
      send: (queue, draft) => smqStore.send(smqStore.queue(queue), draft, 'client').id,
    },
    rpc: { behaviour: rpcBehaviour },
    actiontrail,
    ram: { users, behaviour: ramContext.behaviour },
    cloudMonitorEvents,
    cloudmonitor,
    traffic,
    faults,
    ledger,
    run(entry) {
      if ('effect' in entry) return faults.inject(ruleOf(entry, clock.now()))
      if (entry.at === 0) perform(entry.action)
      else void performLater(entry.action, entry.at)
      return undefined
    },
    async close() {
      records.stop()
      messages.stop()
      actiontrail.stop()
      cloudMonitorEvents.stop()
      cloudmonitor.stop()
      ending.abort()
      await frame.close()
    },
  }
  for (const entry of options.faultScript?.faults ?? []) {
    if ('effect' in entry) simulator.run(entry)
    else void performLater(entry.action, entry.at)
  }
  if (options.recordsPerSecond !== undefined && options.recordsPerSecond > 0) traffic.start(options.recordsPerSecond)
  if (options.messagesPerSecond !== undefined && options.messagesPerSecond > 0)
    messages.start(options.messagesPerSecond)
  if (options.eventsPerSecond !== undefined && options.eventsPerSecond > 0) actiontrail.start(options.eventsPerSecond)
  return simulator
}

function changeActionTrail(
  behaviour: ActionTrailBehaviour,
  change: Extract<SimulatorAction, { kind: 'change_actiontrail' }>,
): void {
  if (change.late !== undefined) behaviour.lateSeconds = change.late / 1000
  if (change.lookups_per_second !== undefined) behaviour.lookupsPerSecond = change.lookups_per_second || undefined
  if (change.trail_delivery !== undefined) behaviour.trailDelivery = change.trail_delivery
  if (change.duplicate_delivery !== undefined) behaviour.duplicateDelivery = change.duplicate_delivery
}
