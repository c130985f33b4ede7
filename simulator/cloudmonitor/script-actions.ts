import type { SimulatorAction } from '../fault-script.ts'
import { type CloudMonitorBehaviour, documentedCallLimits } from './behaviour.ts'
import type { SimulatedCloudMonitor } from './simulated.ts'

type Action<Kind extends SimulatorAction['kind']> = Extract<SimulatorAction, { kind: Kind }>

/**
 * Does what a script says of CloudMonitor.
 * @throws {RangeError} for an instance to add that is there, or to remove that is not
 */
export function performOnCloudMonitor(
  cloudmonitor: SimulatedCloudMonitor,
  action: Action<'add_instance' | 'remove_instance' | 'hold_points' | 'change_cloudmonitor'>,
  nowMs: number,
): void {
  switch (action.kind) {
    case 'add_instance': {
      const { type, id, name, region, tags } = action
      cloudmonitor.addInstance({ type, id, name, region, tags })
      break
    }
    case 'remove_instance':
      cloudmonitor.removeInstance(action.id)
      break
    case 'hold_points':
      hold(cloudmonitor, action, nowMs)
      break
    case 'change_cloudmonitor':
      change(cloudmonitor.behaviour, action)
      break
  }
}

function hold(
  cloudmonitor: SimulatedCloudMonitor,
  { namespace, metric, id, span, for: forMs }: Action<'hold_points'>,
  nowMs: number,
): void {
  cloudmonitor.hold({
    ...(namespace === undefined ? {} : { namespace }),
    ...(metric === undefined ? {} : { metric }),
    ...(id === undefined ? {} : { resourceId: id }),
    afterMs: nowMs,
    untilMs: nowMs + span,
    hold: forMs === undefined ? 'for_ever' : { untilMs: nowMs + forMs },
  })
}

function change(behaviour: CloudMonitorBehaviour, wanted: Action<'change_cloudmonitor'>): void {
  if (wanted.delay !== undefined) behaviour.delayMs = { '*': wanted.delay }
  if (wanted.late_share !== undefined) behaviour.lateShare = wanted.late_share
  if (wanted.late !== undefined) behaviour.lateMs = wanted.late
  if (wanted.gap_share !== undefined) behaviour.gapShare = wanted.gap_share
  if (wanted.empty_statistic_share !== undefined) behaviour.emptyStatisticShare = wanted.empty_statistic_share
  if (wanted.missing_statistic_share !== undefined) behaviour.missingStatisticShare = wanted.missing_statistic_share
  if (wanted.order !== undefined) behaviour.order = wanted.order
  if (wanted.last_token !== undefined) behaviour.lastToken = wanted.last_token
  if (wanted.refusals !== undefined) behaviour.refusals = wanted.refusals
  if (wanted.code !== undefined) behaviour.code = wanted.code
  const perSecond = wanted.calls_per_second
  if (perSecond !== undefined) {
    const limited = perSecond === 0 ? [] : Object.keys(documentedCallLimits).map((api) => [api, perSecond] as const)
    behaviour.callsPerSecond = Object.fromEntries(limited)
  }
  if (wanted.calls_per_month !== undefined) behaviour.callsPerMonth = wanted.calls_per_month
}
