import { describeError } from '../src/errors.ts'
import { parseScriptEntry } from './fault-script.ts'
import { type AdminHandler, hostName, isBareHost, type Reply, type SimulatedRequest } from './http-frame.ts'
import type { Simulator } from './simulator.ts'

const PREFIX = '/_simulator/'

/**
 * The simulator's own address, `/_simulator/…` on the same port: what it holds, what it issued, and faults and actions
 * to inject. It answers unless the first label of `Host` is a project, so that nothing of a project's name space is taken.
 */
export function createAdmin(simulator: () => Simulator): AdminHandler {
  return (request) => {
    if (!request.path.startsWith(PREFIX) || isForProject(request, simulator())) return undefined
    try {
      return handle(simulator(), request)
    } catch (error) {
      return jsonReply(400, { error: describeError(error) })
    }
  }
}

function isForProject(request: SimulatedRequest, simulator: Simulator): boolean {
  const name = hostName(request.headers['host'] ?? '')
  return !isBareHost(name) && simulator.sls.store.hasProject(name.split('.')[0] ?? '')
}

function handle(simulator: Simulator, request: SimulatedRequest): Reply {
  const [resource = '', id] = request.path.slice(PREFIX.length).split('/')
  switch (`${request.method} ${resource}`) {
    case 'GET status':
      return jsonReply(200, status(simulator))
    case 'GET ledger':
      return jsonReply(200, { totals: simulator.ledger.totals(), droppedBatches: simulator.ledger.droppedBatches })
    case 'GET faults':
      return jsonReply(200, { faults: simulator.faults.list() })
    case 'POST faults': {
      const id = simulator.run(parseScriptEntry(JSON.parse(request.body.toString('utf8'))))
      return jsonReply(200, id === undefined ? {} : { id })
    }
    case 'DELETE faults':
      if (id === undefined || id === '') simulator.faults.clear()
      else if (!simulator.faults.remove(Number(id))) return jsonReply(404, { error: `There is no fault ${id}` })
      return jsonReply(200, {})
    default:
      return jsonReply(404, {
        error: `${request.method} ${request.path} is unknown. Known: GET status, GET ledger, GET, POST and DELETE faults`,
      })
  }
}

/** What stands in the simulated cloud now. */
function status(simulator: Simulator): unknown {
  const nowMs = simulator.clock.now()
  return {
    url: simulator.url,
    time: new Date(nowMs).toISOString(),
    recordsPerSecond: simulator.traffic.recordsPerSecond,
    messagesPerSecond: simulator.smq.messagesPerSecond,
    queues: simulator.smq.store.queues().map((queue) => ({
      name: queue.name,
      attributes: queue.attributes,
      waitingPolls: queue.waitingPolls,
      ...queue.counts(),
    })),
    ...auditStatus(simulator),
    cloudmonitor: metricStatus(simulator, nowMs),
    projects: simulator.sls.store.projects().map((project) => ({
      name: project.name,
      region: project.region,
      logstores: [...project.logstores.values()].map((logstore) => ({
        name: logstore.name,
        shards: logstore.shards(nowMs).map((shard) => ({
          ...shard.describe(),
          groups: shard.groupCount,
          expiredGroups: shard.expiredGroups,
          bytes: shard.bytes,
          beginNumber: shard.beginNumber.toString(),
          endNumber: shard.endNumber.toString(),
        })),
        consumerGroups: [...logstore.consumerGroups.values()].map((group) => group.describe(nowMs)),
      })),
    })),
  }
}

/** ActionTrail, and the users whose keys it watches. */
function auditStatus({ actiontrail, regionUrls, ram: { users } }: Simulator): object {
  const { globalEventsRegion, eventsPerSecond, behaviour, trails } = actiontrail
  return {
    actiontrail: { regionUrls, globalEventsRegion, eventsPerSecond, behaviour, trails },
    users: users.users().map(({ name, id, keys }) => ({
      name,
      id,
      keys: keys.map((key) => ({ id: key.id, active: users.isActive(key.id), addresses: key.addresses })),
    })),
  }
}

/** CloudMonitor, and what reports to it. */
function metricStatus({ cloudmonitor }: Simulator, nowMs: number): object {
  const resources: Record<string, number> = {}
  for (const { type, bornMs, vanishedMs } of cloudmonitor.resources()) {
    if (bornMs <= nowMs && nowMs < vanishedMs) resources[type] = (resources[type] ?? 0) + 1
  }
  return { behaviour: cloudmonitor.behaviour, meteredCalls: cloudmonitor.meteredCalls(), resources }
}

function jsonReply(httpStatus: number, value: unknown): Reply {
  const body = Buffer.from(`${JSON.stringify(value, undefined, 2)}\n`)
  return { status: httpStatus, headers: { 'content-type': 'application/json' }, body }
}
