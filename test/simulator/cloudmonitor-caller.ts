import type { ResourceSpec } from '../../simulator/cloudmonitor/resources.ts'
import type { Simulator } from '../../simulator/simulator.ts'
import type { World } from '../../simulator/world.ts'
import { callRpc, type Flat, type RpcOptions } from './rpc-caller.ts'

export const MINUTE_MS = 60_000
export const HOUR_MS = 60 * MINUTE_MS
export const DAY_MS = 24 * HOUR_MS

export interface ApiPoint {
  readonly timestamp: number
  readonly [key: string]: string | number
}

/** Any action of CloudMonitor: the status, and the body as it came. */
export async function callCms(simulator: Simulator, action: string, parameters: Flat, options: RpcOptions = {}) {
  const { status, body } = await callRpc(simulator, action, parameters, { version: '2019-01-01', ...options })
  return { status, body: JSON.parse(body.toString()) }
}

/** All pages of a query. @throws {Error} when one is refused */
export async function readPages(simulator: Simulator, action: string, parameters: Flat, options: RpcOptions = {}) {
  const pages: ApiPoint[][] = []
  for (let token: string | undefined; ; ) {
    const asked = token === undefined ? parameters : { ...parameters, NextToken: token }
    const { status, body } = await callCms(simulator, action, asked, options)
    if (status !== 200 || body.Success === false)
      throw new Error(`${action} answered ${status} ${JSON.stringify(body)}`)
    pages.push(body.Datapoints === '' ? [] : JSON.parse(body.Datapoints))
    if (!body.NextToken || body.NextToken === token) return pages
    token = body.NextToken
    if (pages.length > 1000) throw new Error('The pages do not end')
  }
}

/** All points of a metric in a window. */
export async function readPoints(
  simulator: Simulator,
  Namespace: string,
  MetricName: string,
  StartTime: number,
  EndTime: number,
  others: Flat = {},
): Promise<ApiPoint[]> {
  const parameters = { Namespace, MetricName, StartTime, EndTime, Length: 1440, ...others }
  return (await readPages(simulator, 'DescribeMetricList', parameters)).flat()
}

/** Hosts `i-0`, `i-1` … and nothing else. */
export function worldOf(hosts: number, spec: Partial<ResourceSpec> = {}): World {
  const resources = Array.from({ length: hosts }, (_, index) => ({
    id: `i-${index}`,
    type: 'ACS::ECS::Instance',
    name: `host-${index}`,
    region: 'cn-hangzhou',
    ...spec,
  }))
  return { projects: [], traffic: [], trails: [], resources }
}
