import { failureInBody } from '../../src/alibaba/cms/errors.ts'
import type { RpcClient } from '../../src/alibaba/rpc/client.ts'
import { RpcError } from '../../src/alibaba/rpc/errors.ts'
import { formatJson, isJsonObject, type Json, type JsonObject } from '../../src/lossless-json.ts'
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
 * @throws {RpcError} as the client; `bad_response` for an answer in which the list is not where it belongs: taking that for
 *   an empty page would lose the window
 */
export async function fetchPage(
  client: Pick<RpcClient, 'call'>,
  list: EventList,
  { from, to }: Seconds,
  token: string | undefined,
  signal: AbortSignal,
): Promise<Page<Json>> {
  const page = Number(token ?? 1)
  const { body, requestId } = await client.call(
    {
      action: actions[list],
      version,
      query: {
        // Milliseconds, although the documentation says seconds.
        StartTime: String(from * 1000),
        EndTime: String(to * 1000 + 999),
        PageNumber: String(page),
        PageSize: String(pageSize),
      },
      onTimeout: 'throw',
      failureIn: ({ api, host }, answer) => failureInBody({ api, endpoint: host }, answer),
    },
    signal,
  )
  const items = list === 'alerts' ? body['AlertLogList'] : systemEventsOf(body)
  if (!Array.isArray(items)) {
    const expected = list === 'alerts' ? 'AlertLogList' : 'SystemEvents.SystemEvent'
    const message = `${actions[list]} was answered without a list at ${expected}; found ${excerptOf(list, body)}`
    throw new RpcError('bad_response', message, { requestId })
  }
  return { items, nextToken: items.length < pageSize ? undefined : String(page + 1) }
}

/** The list, or what is in its place. An object with nothing in it is how some of the vendor's APIs write an empty list. */
function systemEventsOf(body: JsonObject): Json | undefined {
  const wrapper = body['SystemEvents']
  if (!isJsonObject(wrapper)) return undefined
  return Object.keys(wrapper).length === 0 ? [] : wrapper['SystemEvent']
}

/** What came in the list's place, told by kinds and names only: events hold what is nobody's business in a log. */
function excerptOf(list: EventList, body: JsonObject): string {
  const member = list === 'alerts' ? 'AlertLogList' : 'SystemEvents'
  if (body[member] !== undefined) return `${member} as ${kindOf(body[member])}`
  if (typeof body['Data'] === 'string') return 'the older form of the answer, with all in the text Data'
  return `only ${namesIn(body)}`
}

function kindOf(value: Json): string {
  if (Array.isArray(value)) return 'a list'
  if (isJsonObject(value)) return `an object of ${namesIn(value)}`
  return value === null || value === '' ? formatJson(value) : `a ${typeof value}`
}

/** The first few are enough to see what it is. */
const namesIn = (object: JsonObject) => Object.keys(object).slice(0, 10).join(', ') || 'nothing'
