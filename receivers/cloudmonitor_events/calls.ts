import type { RpcClient } from '../../src/alibaba/rpc/client.ts'
import { RpcError } from '../../src/alibaba/rpc/errors.ts'
import { isJsonObject, type Json, type JsonObject } from '../../src/lossless-json.ts'
import type { Page } from '../../src/windows/read-pages.ts'
import type { EventList } from './config.ts'

const version = '2019-01-01'
/** The most that either call gives at once. */
const pageSize = 100

/** A window in whole seconds, both of which belong to it. */
export interface Seconds {
  readonly from: number
  readonly to: number
}

const actions = { system_events: 'DescribeSystemEventAttribute', alerts: 'DescribeAlertLogList' } as const

/**
 * One page of the events of a window (cloudmonitor.md 3.1 and 3.2). There is no total: a page that is not full is the last.
 * @param token the number of the page; absent for the first
 * @throws {RpcError} as the client; `refused` for an answer that says so with status 200, `bad_response` for one of another shape
 */
export async function fetchPage(
  client: Pick<RpcClient, 'call'>,
  list: EventList,
  { from, to }: Seconds,
  token: string | undefined,
  signal: AbortSignal,
): Promise<Page<Json>> {
  const page = Number(token ?? 1)
  const action = actions[list]
  const { body, requestId } = await client.call(
    {
      action,
      version,
      query: {
        // Milliseconds, although the documentation says seconds.
        StartTime: String(from * 1000),
        EndTime: String(to * 1000 + 999),
        PageNumber: String(page),
        PageSize: String(pageSize),
      },
      onTimeout: 'throw',
    },
    signal,
  )
  const { Success, Code, Message } = body
  if (Success !== undefined && String(Success).toLowerCase() !== 'true') {
    const said = `${String(Code ?? 'no code')}: ${String(Message ?? 'no message')}`
    throw new RpcError('refused', `${action} was answered with ${said}`, { vendorCode: String(Code ?? ''), requestId })
  }
  const items = itemsOf(list, body)
  if (items === undefined) throw new RpcError('bad_response', `${action} was answered without a list`, { requestId })
  return { items, nextToken: items.length < pageSize ? undefined : String(page + 1) }
}

/** `undefined` when the answer holds something else. A list without entries may be missing. */
function itemsOf(list: EventList, body: JsonObject): readonly Json[] | undefined {
  const outer = body[list === 'alerts' ? 'AlertLogList' : 'SystemEvents'] ?? []
  const inner = list === 'system_events' && isJsonObject(outer) ? (outer['SystemEvent'] ?? []) : outer
  return Array.isArray(inner) ? inner : undefined
}
