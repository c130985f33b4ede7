import { defaultAccountId } from '../accounts.ts'
import type { SimulatorClock } from '../clock.ts'
import type { Ledger } from '../ledger.ts'
import type { RpcProduct } from '../rpc/call.ts'
import { agentHosts } from './agent-hosts.ts'
import type { CloudMonitorBehaviour } from './behaviour.ts'
import { CallLimits } from './call-limits.ts'
import { exportCalls } from './export-calls.ts'
import { createResourceCenter, createTagService } from './inventory-calls.ts'
import { metaCalls } from './meta-calls.ts'
import { metricCalls } from './metric-calls.ts'
import { PointLedger, type PointPlan, usualPeriodSeconds } from './point-ledger.ts'
import { type ExpectedPoint, type PointRule, Points, publishedMetric } from './points.ts'
import { createEcs, createRds } from './product-calls.ts'
import { type Resource, type ResourceSpec, Resources } from './resources.ts'

/** What a program does with the simulated metrics and resources. */
export interface SimulatedCloudMonitor {
  /** Change its fields to change how calls are answered, and which points there are, from now on. */
  readonly behaviour: CloudMonitorBehaviour
  /** All there ever were, in the order they were added. */
  resources(): readonly Resource[]
  /** Appears now, unless it says otherwise. @throws {RangeError} for an id that its type has already */
  addInstance(spec: ResourceSpec): void
  /** Vanishes now: no point of a period that is not over. @throws {RangeError} for an id that there is not */
  removeInstance(id: string): void
  /** Holds points back, from now on; what was read of them before stays read. */
  hold(rule: PointRule): void
  /**
   * The points of a metric with timestamps in `(fromMs, toMs]`, those that cannot be seen yet among them: each must be
   * delivered once, and nothing else.
   * @throws {RangeError} for a metric that there is not
   */
  expectedPoints(
    namespace: string,
    metric: string,
    fromMs: number,
    toMs: number,
    options?: { readonly periodSeconds?: number; readonly accountId?: string },
  ): ExpectedPoint[]
  /** Puts the points of these metrics into the ledger as they become due, until `stop`. */
  start(plans: readonly PointPlan[]): void
  stop(): void
  /** Calls of this month that count against the free ones. */
  meteredCalls(accountId?: string): number
}

export interface CloudMonitorParts {
  readonly clock: SimulatorClock
  readonly ledger: Ledger
  readonly seed: number
  readonly resources: readonly ResourceSpec[]
  readonly behaviour: CloudMonitorBehaviour
  readonly report: (error: unknown) => void
}

/** CloudMonitor's metrics, and the inventory of what reports them. */
export function createSimulatedCloudMonitor(parts: CloudMonitorParts): {
  readonly cloudmonitor: SimulatedCloudMonitor
  /** Of the product `cms`. */
  readonly actions: RpcProduct['actions']
  readonly inventoryProducts: readonly RpcProduct[]
} {
  const { clock, ledger, behaviour } = parts
  const resources = new Resources(clock.now(), parts.resources)
  const points = new Points(resources, parts.seed, behaviour)
  const limits = new CallLimits(behaviour)
  const pointLedger = new PointLedger({ clock, ledger, resources, points, report: parts.report })
  const context = {
    points,
    behaviour,
    admit(call: Parameters<CallLimits['admit']>[0]) {
      // No point may be read before the ledger has it.
      pointLedger.countDue()
      return limits.admit(call)
    },
  }
  const inventory = { resources, behaviour }
  return {
    actions: {
      ...metricCalls(context),
      ...metaCalls(behaviour),
      ...exportCalls(context),
      ...agentHosts(resources, behaviour),
    },
    inventoryProducts: [
      createResourceCenter(inventory),
      createTagService(inventory),
      createEcs(resources),
      createRds(resources),
    ],
    cloudmonitor: {
      behaviour,
      resources: () => resources.all(),
      addInstance: (spec) => void resources.add(spec, clock.now()),
      removeInstance: (id) => resources.remove(id, clock.now()),
      hold: (rule) => points.hold(rule),
      expectedPoints(namespace, name, fromMs, toMs, options = {}) {
        const metric = publishedMetric(namespace, name)
        const { periodSeconds = usualPeriodSeconds(metric), accountId = defaultAccountId } = options
        return [...points.expected(accountId, metric, periodSeconds * 1000, fromMs, toMs)]
      },
      start: (plans) => pointLedger.start(plans),
      stop: () => pointLedger.stop(),
      meteredCalls: (accountId = defaultAccountId) => limits.callsOfMonth(accountId, clock.now()),
    },
  }
}
