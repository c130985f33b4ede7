import type { RpcCall } from '../rpc/call.ts'
import { CallRate } from '../rpc/call-rate.ts'
import { RpcFault } from '../rpc/fault.ts'
import type { CloudMonitorBehaviour } from './behaviour.ts'

/** The calls that count against the free ones of a month. */
const metered: ReadonlySet<string> = new Set([
  'DescribeMetricList',
  'DescribeMetricLast',
  'DescribeMetricData',
  'DescribeMetricTop',
])

/** What an account may call, a second and a month (cloudmonitor.md 1.8). All its users share it. */
export class CallLimits {
  readonly #behaviour: CloudMonitorBehaviour
  readonly #rate = new CallRate()
  /** By account and month. */
  readonly #calls = new Map<string, number>()

  constructor(behaviour: CloudMonitorBehaviour) {
    this.#behaviour = behaviour
  }

  /** Counts a call. @throws {RpcFault} Throttling.User, or `monthlyRefusal` */
  admit({ action, accountId, nowMs }: RpcCall): void {
    const { callsPerSecond, callsPerMonth, monthlyRefusal } = this.#behaviour
    this.#rate.admit(`${accountId} ${action}`, callsPerSecond[action], nowMs)
    if (!metered.has(action)) return
    const key = keyOf(accountId, nowMs)
    const calls = this.#calls.get(key) ?? 0
    if (callsPerMonth !== undefined && calls >= callsPerMonth) {
      const { code, message, status } = monthlyRefusal
      throw new RpcFault(code, message, status)
    }
    this.#calls.set(key, calls + 1)
  }

  /** Metered calls that were answered in the month of this time. */
  callsOfMonth(accountId: string, nowMs: number): number {
    return this.#calls.get(keyOf(accountId, nowMs)) ?? 0
  }
}

const keyOf = (accountId: string, nowMs: number) => `${accountId} ${new Date(nowMs).toISOString().slice(0, 7)}`
